"""Where every record of a CSV text starts and how many cells it has, found with numpy in one pass.

DuckDB's reader is kind to shifted and ragged rows, so the shape is settled before it sees the file.
The text is UTF-8 with line feeds; commas, quotes and line feeds are single bytes in UTF-8.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dataset.columns import SPACES

QUOTE, LINE_FEED = 34, 10
_BLOCK = 1024 * 1024  # Small enough for what is made of a block to stay in the processor's cache.

Positions = NDArray[np.int64]


def _table(members: Iterable[int]) -> NDArray[np.bool_]:
    table = np.zeros(256, np.bool_)
    table[list(members)] = True
    return table


# Bytes that the UTF-8 form of a blank may begin and end with; other characters may share them.
_BEGINS_BLANK = _table(character.encode()[0] for character in SPACES)
_ENDS_BLANK = _table(character.encode()[-1] for character in SPACES)


@dataclass(frozen=True)
class Scan:
    """Shape of a text: `starts` and `ends` hold the offset of each record's first byte and the one just after
    its content (its line feed or the end of the text), `separators` how many separators lie outside quotes
    in each record. `bad_quotes` are offsets of quotes that open or close in the middle of a cell;
    `open_quote` is the offset of a quote that is never closed, or -1. `padded` says that some cell may have
    blanks around it.
    """

    starts: Positions
    ends: Positions
    separators: Positions
    bad_quotes: Positions
    open_quote: int
    padded: bool

    def record_at(self, offset: int) -> int:
        """Index of the record that holds an offset."""
        return int(np.searchsorted(self.ends, offset))


def scan(content: bytes, separator: int) -> Scan:
    """Scan the whole text with one separator byte."""
    data = np.frombuffer(content, np.uint8)
    has_quotes = b'"' in content
    bad, unclosed = _judge_quotes(data, separator) if has_quotes else (np.empty(0, np.int64), -1)
    ends, counts, padded = _records(data, separator, has_quotes)
    padded = padded or _has_padding(data, ends[-1:])  # The last record may lack its line feed.
    starts = np.concatenate((np.zeros(1, np.int64), ends[:-1] + 1)) if len(ends) else ends
    return Scan(starts, ends, counts, bad, unclosed, padded)


def _judge_quotes(data: NDArray[np.uint8], separator: int) -> tuple[Positions, int]:
    """Quotes in the wrong place, and the one never closed.

    Read in order, quotes open and close by turns; an escaped quote ("") closes and opens again at
    once. An opening quote follows a separator, a line feed, the start or such a closing quote.
    """
    border = _table((separator, LINE_FEED, QUOTE))
    stray: list[Positions] = []
    seen, last = 0, -1
    for start in range(0, len(data), _BLOCK):
        quotes = np.flatnonzero(data[start : start + _BLOCK] == QUOTE) + start
        if not len(quotes):
            continue
        opening, closing = quotes[seen % 2 :: 2], quotes[1 - seen % 2 :: 2]
        before, after = data.take(opening - 1, mode="clip"), data.take(closing + 1, mode="clip")
        stray.append(opening[~border.take(before) & (opening > 0)])
        stray.append(closing[~border.take(after) & (closing < len(data) - 1)])
        seen, last = seen + len(quotes), int(quotes[-1])
    return np.sort(np.concatenate(stray)), last if seen % 2 else -1


def _records(data: NDArray[np.uint8], separator: int, has_quotes: bool) -> tuple[Positions, Positions, bool]:
    """Ends and counts of separators of the records, and whether any cell but the last may be padded."""
    ends: list[Positions] = []
    counts: list[Positions] = []
    carried, quotes, padded = 0, 0, False
    for start in range(0, len(data), _BLOCK):
        block = data[start : start + _BLOCK]
        is_mark = (block == separator) | (block == LINE_FEED)
        if has_quotes:
            # Marks after an odd number of quotes are text; a byte is enough to tell odd from even.
            before = np.cumsum(block == QUOTE, dtype=np.uint8) + np.uint8(quotes)
            is_mark &= before & 1 == 0
            quotes = int(before[-1]) & 1
        marks = np.flatnonzero(is_mark) + start
        padded = padded or _has_padding(data, marks)
        index = np.flatnonzero(data.take(marks) == LINE_FEED)
        if not len(index):
            carried += len(marks)
            continue
        seps = np.diff(index, prepend=-1) - 1
        seps[0] += carried
        carried = len(marks) - int(index[-1]) - 1
        ends.append(marks[index])
        counts.append(seps)
    if (len(data) and data[-1] != LINE_FEED) or quotes:
        ends.append(np.array([len(data)], np.int64))
        counts.append(np.array([carried], np.int64))
    empty = [np.empty(0, np.int64)]
    return np.concatenate(ends or empty), np.concatenate(counts or empty), padded


def _has_padding(data: NDArray[np.uint8], marks: Positions) -> bool:
    """Whether a cell may begin or end with something to be trimmed: whether a byte that blanks end or begin with
    stands before or after a separator or line end, or inside the quotes around a cell."""
    for step, blank in ((-1, _ENDS_BLANK), (1, _BEGINS_BLANK)):
        near = data.take(marks + step, mode="clip")
        inside = data.take(marks[near == QUOTE] + 2 * step, mode="clip")
        # Outside quotes a line feed is another border; inside them it is part of the cell.
        if np.any(blank.take(near) & (near != LINE_FEED)) or np.any(blank.take(inside)):
            return True
    return False
