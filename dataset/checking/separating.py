"""Which character separates the cells, when nobody says."""

from __future__ import annotations

import numpy as np

from dataset.checking.scanning import Scan, scan

SEPARATORS: dict[str, str] = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
# Rare ones: characters that hardly stand in ordinary text, and ones that do, which must divide more.
_RARE, _RARE_IN_TEXT = "^~\x1f\x1e\x01", ":!#&$%@"
_SAMPLE = 1024 * 1024


def announced_separator(content: bytes) -> tuple[int, str | None]:
    """The length of Excel's "sep=;" line, which Excel itself never shows as a row, and what it announces."""
    line, _, _ = content[:64].partition(b"\n")
    text = line.decode("utf-8", "replace").strip(" ").strip('"')
    if len(text) == 5 and text.casefold().startswith("sep=") and ord(text[4]) < 128 and text[4] not in '"\n':
        return min(len(line) + 1, len(content)), text[4]
    return 0, None


def likely_separator(content: bytes) -> str:
    """The separator that divides the first record and every other one alike.

    Where none does, one that divides all but the first alike: the first is then a title, and ragged, rather
    than the heading of a single column. A comma where there is none at all.
    """
    sample = content[:_SAMPLE]
    if len(sample) < len(content):
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    best = max(SEPARATORS, key=lambda separator: _score(sample, separator))
    if _divides(sample, best) > 1:
        return best
    for rare, least in ((_RARE, 2), (_RARE_IN_TEXT, 3)):
        for separator in rare:
            if _score(sample, separator)[0] and _divides(sample, separator) >= least and _filled(sample, separator) > 1:
                return separator
    return next((s for s in SEPARATORS if _divides_all_but_the_first(sample, s)), ",")


def blank_records(content: bytes, found: Scan, separator: str) -> np.ndarray:
    """Which records hold nothing but separators and blanks."""
    blank: np.ndarray = found.ends - found.starts == found.separators
    if found.padded:
        nothing = separator.encode() + b" \t\xc2\xa0"
        # Only a record without any other byte can be blank, and those are short.
        for index in np.flatnonzero(~blank & (found.ends - found.starts < 4096)).tolist():
            first = content[found.starts[index]]
            if first in nothing:
                blank[index] = not content[found.starts[index] : found.ends[index]].strip(nothing)
    return blank


def _divides_all_but_the_first(sample: bytes, separator: str) -> bool:
    found = scan(sample, ord(separator))
    counts = found.separators[~blank_records(sample, found, separator)][1:]
    return len(counts) > 1 and bool(counts[0]) and bool(np.all(counts == counts[0]))


def _score(sample: bytes, separator: str) -> tuple[bool, bool, float, bool, int]:
    found = scan(sample, ord(separator))
    counts = found.separators[~blank_records(sample, found, separator)]
    if not len(counts):
        return False, False, -1.0, False, 0
    cells, sound = int(counts[0]) + 1, not len(found.bad_quotes) and found.open_quote < 0
    ragged = float(np.mean(counts != counts[0]))
    many = cells > 1
    return many and sound and not ragged, many and sound, -ragged if many else -1.0, many, cells


def _divides(sample: bytes, separator: str) -> int:
    return _score(sample, separator)[4]


def _filled(sample: bytes, separator: str) -> int:
    found = scan(sample, ord(separator))
    return int(np.count_nonzero(~blank_records(sample, found, separator)))
