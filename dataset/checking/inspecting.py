"""The structure of any file, without a known return: can its records and cells be told apart for certain?

accept: nothing had to be done. warn: it was read, and what was done is said. reject: it cannot be read
without guessing, and the one reason that matters most is given.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from dataset.checking.findings import Finding
from dataset.checking.receiving import SIZE_LIMIT, receive
from dataset.checking.scanning import Scan, scan
from dataset.checking.separating import SEPARATORS, announced_separator, blank_records, likely_separator
from dataset.checking.withholding import seen
from dataset.columns import SPACES

Decision = Literal["accept", "warn", "reject"]
csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True)
class Inspection:
    """What is known of a file's structure. `records` counts the header and leaves blank records out."""

    decision: Decision
    encoding: str | None
    separator: str | None
    records: int
    columns: int
    codes: tuple[str, ...]
    messages: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}


def inspect(raw: bytes, *, is_workbook: bool = False, size_limit: int = SIZE_LIMIT) -> Inspection:
    """Inspect a file's bytes; `is_workbook` when its name says that it is an Excel workbook."""
    text = receive(raw, size_limit, sheet="" if is_workbook else None)
    if isinstance(text, Finding):
        return _rejected(text, None, None)
    skip, announced = announced_separator(text.content)
    content = text.content[skip:]
    separator = announced or likely_separator(content)
    found = scan(content, ord(separator))
    blank = blank_records(content, found, separator)
    refused = _refused(content, found, blank, separator)
    if refused:
        return _rejected(refused, text.encoding, separator)
    return _read(content, found, blank, separator, text.encoding, list(text.findings))


def _rejected(finding: Finding, encoding: str | None, separator: str | None) -> Inspection:
    return Inspection("reject", encoding, separator, 0, 0, (finding.code,), (finding.sentence,))


def _refused(content: bytes, found: Scan, blank: np.ndarray, separator: str) -> Finding | None:
    """The first reason for which records cannot be told apart, or the header cannot be used."""
    if quotes := quote_findings(content, found, separator):
        return quotes[0]
    filled = np.flatnonzero(~blank)
    if not len(filled):
        return Finding("fatal", "EMPTY_FILE", "The file holds nothing but blank rows.", fix="Send the file again.")
    ragged = filled[found.separators[filled] != found.separators[filled[0]]]
    if len(ragged):
        return _ragged(ragged, found, int(found.separators[filled[0]]) + 1)
    return _header_refused(content, found, blank, separator)


def _ragged(ragged: np.ndarray, found: Scan, width: int) -> Finding:
    rows = ", ".join(str(index + 1) for index in ragged[:20].tolist())
    more = f" and {len(ragged) - 20:,} more" if len(ragged) > 20 else ""
    cells = int(found.separators[ragged[0]]) + 1
    message = (
        f"The header has {width} {'cell' if width == 1 else 'cells'}, but these records have more or fewer: {rows}{more}. "
        f"Record {int(ragged[0]) + 1} has {cells}."
    )
    fix = "Put a cell that contains the separator in double quotes, and leave a cell empty rather than leaving it out."
    return Finding("fatal", "RAGGED_ROWS", message, fix=fix)


def _header_refused(content: bytes, found: Scan, blank: np.ndarray, separator: str) -> Finding | None:
    header = int(np.flatnonzero(~blank)[0])
    names = [name.strip(SPACES) for name in record_cells(content, found, header, separator)]
    width = _named_width(names)
    trailing_filled = width < len(names) and _any_beyond(content, separator, width, header)
    if "" in names[:width] or not width or trailing_filled:
        place = names.index("") + 1
        message = f"Column {place} has no heading."
        return Finding("fatal", "HEADER_BLANK_NAME", message, header + 1, fix="Give each column a heading.")
    repeated = next((name for name in names[:width] if names.count(name) > 1), None)
    if repeated is not None:
        message = f"Two columns are headed “{seen(repeated)}”."
        return Finding("fatal", "HEADER_DUPLICATE", message, header + 1, seen(repeated), fix="Keep one of them.")
    return None


def _named_width(names: list[str]) -> int:
    """How many columns are left when those without a heading at the right end are taken off."""
    width = len(names)
    while width and not names[width - 1]:
        width -= 1
    return width


def cells_of(content: bytes, separator: str) -> Iterator[list[str]]:
    """Every record's cells, blank ones included."""
    lines = io.TextIOWrapper(io.BytesIO(content), "utf-8", errors="replace", newline="")
    return csv.reader(lines, delimiter=separator, strict=True)


def _any_beyond(content: bytes, separator: str, width: int, header: int) -> bool:
    """Whether any cell right of the named columns holds something."""
    return any(cell.strip(SPACES) for cells in cells_of(content, separator) for cell in cells[width:])


def record_cells(content: bytes, found: Scan, index: int, separator: str) -> list[str]:
    """The cells of one record."""
    text = content[int(found.starts[index]) : int(found.ends[index])].decode("utf-8", "replace")
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [""])


def quote_findings(content: bytes, found: Scan, separator: str) -> list[Finding]:
    """Quotes that stand where none may, and one that is never closed; empty when all are in order."""
    unclosed = _unclosed(content, found, separator)
    if unclosed >= 0:
        row = found.record_at(unclosed) + 1
        message = "A double quote is opened in this row and never closed, so the rest of the file cannot be told apart."
        return [Finding("fatal", "QUOTE_UNCLOSED", message, row, fix='Close the quote, or write "" for a quote mark.')]
    rows = sorted({found.record_at(int(offset)) + 1 for offset in found.bad_quotes[:1000]})
    message = "A double quote stands in the middle of a cell."
    fix = 'Take it away, or put the whole cell in quotes and write "" for the quote mark.'
    return [Finding("fatal", "QUOTE_STRAY", message, row, fix=fix) for row in rows]


def _unclosed(content: bytes, found: Scan, separator: str) -> int:
    """The offset of a quote that opens a cell and has no end of its own, or -1.

    Quotes open and close by turns, so such a quote takes the next cell's opening one for its end. Seen
    from there: a quote that should close but stands where one opens, at the start of a cell.
    """
    if not len(found.bad_quotes):
        return found.open_quote
    first = int(found.bad_quotes[0])
    closes = content.count(b'"', 0, first) % 2 == 1
    starts_cell = first == 0 or content[first - 1] in (ord(separator), 10)
    return content.rindex(b'"', 0, first) if closes and starts_cell else -1


def _read(
    content: bytes, found: Scan, blank: np.ndarray, separator: str, encoding: str, notes: list[Finding]
) -> Inspection:
    header = int(np.flatnonzero(~blank)[0])
    names = record_cells(content, found, header, separator)
    width = _named_width([name.strip(SPACES) for name in names])
    records = int(np.count_nonzero(~blank))
    notes += separator_note(separator)
    if blank.any():
        notes.append(Finding("note", "BLANK_ROWS", f"{int(blank.sum()):,} blank rows were passed over."))
    if width < len(names):
        message = f"{len(names) - width} empty columns at the right end were left out."
        notes.append(Finding("note", "TRAILING_EMPTY_COLUMNS", message))
    if found.padded and _any_padded(content, separator):
        notes.append(Finding("note", "WHITESPACE", "Blanks around cells were taken off."))
    if records == 1:
        notes.append(Finding("note", "NO_DATA_ROWS", "There is a header and no row below it."))
    codes = tuple(dict.fromkeys(note.code for note in notes if note.code != "WORKBOOK"))
    decision: Decision = "warn" if codes else "accept"
    return Inspection(decision, encoding, separator, records, width, codes, tuple(note.message for note in notes))


def separator_note(separator: str) -> list[Finding]:
    """A note when cells are not separated by commas."""
    if separator == ",":
        return []
    name = SEPARATORS.get(separator, "other")
    words = f"a {name}" if name != "other" else repr(separator)
    message = f"Cells are separated by {words} instead of a comma; this was read."
    return [Finding("note", f"DELIMITER_{name.upper()}", message)]


def _any_padded(content: bytes, separator: str) -> bool:
    return any(
        cell != cell.strip(SPACES)
        for cells in cells_of(content, separator)
        for cell in cells
        if any(cells) and cell.strip()
    )
