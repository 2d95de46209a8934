"""Where every record of a CSV text starts and how many cells it has, found with numpy in one pass.

DuckDB's reader is kind to shifted and ragged rows, so the shape is settled before it sees the file.
The text is UTF-8 with line feeds; commas, quotes and line feeds are single bytes in UTF-8.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

QUOTE, LINE_FEED, SPACE, TAB = 34, 10, 32, 9
_BLOCK = 8 * 1024 * 1024

Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Scan:
    """Shape of a text: `ends` holds the offset just after each record's content (its line feed or the
    end of the text), `separators` how many separators lie outside quotes in each record. `bad_quotes`
    are offsets of quotes that open or close in the middle of a cell; `open_quote` is the offset of a
    quote that is never closed, or -1. `padded` says that some cell may have blanks around it.
    """

    ends: Positions
    separators: Positions
    bad_quotes: Positions
    open_quote: int
    padded: bool

    @property
    def starts(self) -> Positions:
        return np.concatenate((np.zeros(1, np.int64), self.ends[:-1] + 1)) if len(self.ends) else self.ends

    def record_at(self, offset: int) -> int:
        """Index of the record that holds an offset."""
        return int(np.searchsorted(self.ends, offset))


def scan(content: bytes, separator: int) -> Scan:
    """Scan the whole text with one separator byte."""
    data = np.frombuffer(content, np.uint8)
    quotes = _quotes(content, data)
    bad, unclosed = _judge_quotes(data, quotes, separator)
    ends, counts, padded = _records(data, quotes, separator)
    return Scan(ends, counts, bad, unclosed, padded)


def _quotes(content: bytes, data: NDArray[np.uint8]) -> Positions:
    if b'"' not in content:
        return np.empty(0, np.int64)
    return np.flatnonzero(data == QUOTE)


def _judge_quotes(data: NDArray[np.uint8], quotes: Positions, separator: int) -> tuple[Positions, int]:
    """Quotes in the wrong place, and the one never closed.

    Read in order, quotes open and close by turns; an escaped quote ("") closes and opens again at
    once. An opening quote follows a separator, a line feed, the start or such a closing quote.
    """
    if not len(quotes):
        return quotes, -1
    opening, closing = quotes[0::2], quotes[1::2]
    before = np.where(opening > 0, data[np.maximum(opening - 1, 0)], LINE_FEED)
    after = np.where(closing < len(data) - 1, data[np.minimum(closing + 1, len(data) - 1)], LINE_FEED)
    stray_open = opening[~np.isin(before, (separator, LINE_FEED, QUOTE))]
    stray_close = closing[~np.isin(after, (separator, LINE_FEED, QUOTE))]
    unclosed = int(quotes[-1]) if len(quotes) % 2 else -1
    return np.sort(np.concatenate((stray_open, stray_close))), unclosed


def _records(data: NDArray[np.uint8], quotes: Positions, separator: int) -> tuple[Positions, Positions, bool]:
    ends: list[Positions] = []
    counts: list[Positions] = []
    carried, padded = 0, False
    for start in range(0, len(data), _BLOCK):
        block = data[start : start + _BLOCK]
        marks = np.flatnonzero((block == separator) | (block == LINE_FEED))
        marks = _outside_quotes(marks + start, quotes) if len(quotes) else marks + start
        padded = padded or _has_padding(data, marks)
        is_end = data[marks] == LINE_FEED
        index = np.flatnonzero(is_end)
        if not len(index):
            carried += len(marks)
            continue
        seps = np.diff(index, prepend=-1) - 1
        seps[0] += carried
        carried = len(marks) - int(index[-1]) - 1
        ends.append(marks[index])
        counts.append(seps)
    if (len(data) and data[-1] != LINE_FEED) or (len(quotes) % 2):
        ends.append(np.array([len(data)], np.int64))
        counts.append(np.array([carried], np.int64))
    empty = [np.empty(0, np.int64)]
    return np.concatenate(ends or empty), np.concatenate(counts or empty), padded


def _outside_quotes(marks: Positions, quotes: Positions) -> Positions:
    outside: Positions = marks[np.searchsorted(quotes, marks) % 2 == 0]
    return outside


def _has_padding(data: NDArray[np.uint8], marks: Positions) -> bool:
    """Whether a blank, a tab, a control character or a character beyond ASCII touches a separator or
    line end. Cells in quotes count as padded: the reader keeps blanks inside quotes."""
    before, after = data[np.maximum(marks - 1, 0)], data[np.minimum(marks + 1, len(data) - 1)]
    return bool(np.any(_suspect(before)) or np.any(_suspect(after)))


def _suspect(neighbours: NDArray[np.uint8]) -> NDArray[np.bool_]:
    is_line_feed = neighbours == LINE_FEED
    suspect: NDArray[np.bool_] = ((neighbours <= SPACE) & ~is_line_feed) | (neighbours == QUOTE) | (neighbours >= 127)
    return suspect
