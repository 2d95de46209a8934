"""Stage 2 and 3: separator, header and shape; every record has as many cells as the header."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dataset.checking.findings import Finding, shown
from dataset.checking.scanning import Positions, Scan, scan
from dataset.columns import Column

SEPARATORS: dict[str, str] = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
CELL_LIMIT = 4096
RECORD_LIMIT = 1024 * 1024
_HEADER_WITHIN = 20  # title rows people put above the header
_RAGGED_SHOWN = 200


@dataclass(frozen=True)
class Structure:
    """A text whose rows can be told apart.

    The data records, without blank ones and without those of another length than the header, which are
    findings, lie in `content` from `starts` to `ends`; `rows` gives the Excel row of each of them.
    `columns` names each column of the file, None where it is not part of the return; `headings` are the
    sender's own headings by column name, and a wanted column that is missing has none.
    """

    content: bytes
    starts: Positions
    ends: Positions
    separator: str
    columns: tuple[str | None, ...]
    headings: dict[str, str]
    rows: Positions
    blank_records: int
    padded: bool
    findings: tuple[Finding, ...]

    @property
    def records(self) -> int:
        return len(self.rows)

    def present(self, columns: Mapping[str, Column]) -> dict[str, Column]:
        """The columns that the file has, in the order of the class."""
        return {name: column for name, column in columns.items() if name in self.headings}

    def pieces(self, records: Positions | None = None) -> Iterator[memoryview | bytes]:
        """The text of these records in ascending order, or of all: a piece for each run of neighbours."""
        starts, ends = (self.starts, self.ends) if records is None else (self.starts[records], self.ends[records])
        # A record's line feed lies between its end and the start of its neighbour.
        apart = np.flatnonzero(starts[1:] != ends[:-1] + 1)
        first, last = np.concatenate(([0], apart + 1)), np.concatenate((apart, [len(ends) - 1]))
        view = memoryview(self.content)
        for start, end in zip(starts[first].tolist(), ends[last].tolist(), strict=True):
            yield view[start:end]
            yield b"\n"


@dataclass(frozen=True)
class Unsound:
    """A text that cannot be read as this return, with every reason found."""

    findings: tuple[Finding, ...]


def read_structure(
    content: bytes, wanted: Sequence[str], optional: frozenset[str] = frozenset()
) -> Structure | Unsound:
    """Find the shape of a text that should hold the `wanted` columns; matched by name, never by place."""
    skip, separator = _announced_separator(content)
    separator = separator or _best_separator(content[skip:], wanted)
    found = scan(content, ord(separator))
    quote_problems = _quote_findings(found)
    if quote_problems:
        return Unsound(tuple(quote_problems))
    header = _header_index(content, found, separator, wanted, 1 if skip else 0)
    cells = _cells(content, found, header, separator)
    columns, findings = _match_header(cells, wanted, optional, header + 1)
    findings = _notes_on_preamble(header, bool(skip)) + _note_on_separator(separator) + findings
    blank = found.ends - found.starts == found.separators
    is_data = ~blank
    is_data[: header + 1] = False
    findings += _shape_findings(content, found, is_data, len(cells), separator, columns)
    is_data &= found.separators == len(cells) - 1
    if any(finding.severity == "fatal" for finding in findings) or not is_data.any() or not any(columns):
        return Unsound(tuple(findings))
    return _sound(content, found, is_data, blank, header, separator, cells, columns, findings)


def _announced_separator(content: bytes) -> tuple[int, str | None]:
    """The length of Excel's "sep=;" line and the separator it announces."""
    line, _, _ = content[:RECORD_LIMIT].partition(b"\n")
    text = line.decode("utf-8", "replace").strip().strip('"')
    if len(text) == 5 and text.casefold().startswith("sep=") and ord(text[4]) < 128:
        return len(line) + 1, text[4]
    return 0, None


def _best_separator(content: bytes, wanted: Sequence[str]) -> str:
    """The separator under which most wanted headings appear in one of the first lines."""
    lines = content[:RECORD_LIMIT].split(b"\n", _HEADER_WITHIN)[:_HEADER_WITHIN]
    texts = [line.decode("utf-8", "replace") for line in lines]

    def score(separator: str) -> tuple[int, int]:
        recognised = max(_recognised(_split(text, separator), wanted) for text in texts)
        return recognised, max(text.count(separator) for text in texts)

    return max(SEPARATORS, key=score)


def _split(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(line, newline=""), delimiter=separator), [])
    except csv.Error:
        return line.split(separator)


def normalised(heading: str) -> str:
    """A heading without the differences of case, blanks and underscores that people introduce."""
    return "_".join(heading.replace("\u200b", "").replace("\ufeff", "").casefold().replace("_", " ").split())


def _recognised(cells: Sequence[str], wanted: Sequence[str]) -> int:
    return len({normalised(cell) for cell in cells} & set(wanted))


def _header_index(content: bytes, found: Scan, separator: str, wanted: Sequence[str], first: int) -> int:
    """The first record that names the most wanted columns; the first one when none names any."""
    last = min(len(found.ends), first + _HEADER_WITHIN)
    filled = [i for i in range(first, last) if found.ends[i] - found.starts[i] > found.separators[i]]
    if not filled:
        return first if first < len(found.ends) else 0
    scores = {i: _recognised(_cells(content, found, i, separator), wanted) for i in filled}
    return max(filled, key=lambda i: (scores[i], -i))


def record_text(content: bytes, found: Scan, index: int) -> str:
    return content[int(found.starts[index]) : int(found.ends[index])].decode("utf-8", "replace")


def _cells(content: bytes, found: Scan, index: int, separator: str) -> list[str]:
    return _split(record_text(content, found, index), separator)


def _quote_findings(found: Scan) -> list[Finding]:
    if found.open_quote >= 0:
        offset = int(found.bad_quotes[0]) if len(found.bad_quotes) else found.open_quote
        row = found.record_at(min(offset, found.open_quote)) + 1
        message = "A double quote is opened in this row and never closed, so the rest of the file cannot be told apart."
        return [Finding("fatal", "QUOTE_UNCLOSED", message, row, fix='Close the quote, or write "" for a quote mark.')]
    rows = sorted({found.record_at(int(offset)) + 1 for offset in found.bad_quotes[:1000]})
    message = "A double quote stands in the middle of a cell."
    fix = 'Take it away, or put the whole cell in quotes and write "" for the quote mark.'
    return [Finding("fatal", "QUOTE_STRAY", message, row, fix=fix) for row in rows]


def _notes_on_preamble(header: int, announced: bool) -> list[Finding]:
    extra = header - announced
    if not extra:
        return []
    rows = "row" if extra == 1 else "rows"
    return [Finding("note", "ROWS_ABOVE_HEADER", f"{extra} {rows} above the header were passed over.", header + 1)]


def _note_on_separator(separator: str) -> list[Finding]:
    if separator == ",":
        return []
    name = SEPARATORS.get(separator, "other")
    message = (
        f"Cells are separated by {name if name != 'other' else repr(separator)} instead of a comma; this was read."
    )
    return [Finding("note", f"DELIMITER_{name.upper()}", message)]


def _match_header(
    cells: Sequence[str], wanted: Sequence[str], optional: frozenset[str], row: int
) -> tuple[tuple[str | None, ...], list[Finding]]:
    names = [normalised(cell) for cell in cells]
    findings: list[Finding] = []
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        findings.append(
            Finding(
                "fatal",
                "HEADER_DUPLICATE",
                f"Two columns are headed “{shown(name)}”, so nobody can tell which is meant.",
                row,
                shown(name),
                fix="Keep one of them.",
            )
        )
    findings += _missing_columns(names, cells, [name for name in wanted if name not in optional], row)
    findings += _unknown_columns(names, cells, wanted, row)
    return tuple(name if name in wanted else None for name in names), findings


def _missing_columns(names: list[str], cells: Sequence[str], wanted: Sequence[str], row: int) -> list[Finding]:
    spare = {name: cell for name, cell in zip(names, cells, strict=True) if name and name not in wanted}
    findings = []
    for name in wanted:
        if name in names:
            continue
        near = difflib.get_close_matches(name, spare, n=1, cutoff=0.6)
        fix = f"Rename your column “{shown(spare[near[0]])}” to {name}." if near else f"Add a column headed {name}."
        message = f"The column {name} is missing."
        findings.append(Finding("error", "COLUMN_MISSING", message, row, name, None, f"a column headed {name}", fix))
    return findings


def _unknown_columns(names: list[str], cells: Sequence[str], wanted: Sequence[str], row: int) -> list[Finding]:
    return [
        Finding(
            "note",
            "COLUMN_UNKNOWN",
            f"The column “{shown(cell)}” is not part of this return; it was not read and is not stored.",
            row,
            shown(cell),
        )
        for name, cell in zip(names, cells, strict=True)
        if name and name not in wanted
    ]


def _shape_findings(
    content: bytes, found: Scan, is_data: np.ndarray, width: int, separator: str, columns: tuple[str | None, ...]
) -> list[Finding]:
    findings = []
    ragged = np.flatnonzero(is_data & (found.separators != width - 1))
    for index in ragged[:_RAGGED_SHOWN].tolist():
        cells = _cells(content, found, index, separator)
        findings.append(_ragged(index + 1, cells, width, columns))
    if len(ragged) > _RAGGED_SHOWN:
        message = f"{len(ragged):,} rows in all have more or fewer cells than the header; the first {_RAGGED_SHOWN} are listed."
        findings.append(Finding("error", "RAGGED_ROWS", message, fix="Correct these first and check again."))
    long = np.flatnonzero(is_data & (found.ends - found.starts > RECORD_LIMIT))
    for index in long[:10].tolist():
        message = "This row is longer than a million characters; a quote is probably missing."
        findings.append(Finding("fatal", "RECORD_TOO_LONG", message, index + 1, fix="Look for a missing quote mark."))
    if not is_data.any():
        message = "The file has a header and no rows."
        fix = "If there was nothing to report, send a nil return instead; otherwise add the rows."
        findings.append(Finding("error", "NO_DATA_ROWS", message, fix=fix))
    return findings


def _ragged(row: int, cells: list[str], width: int, columns: tuple[str | None, ...]) -> Finding:
    many = len(cells) > width
    blank = next((i for i, cell in enumerate(cells[:width]) if not cell.strip()), None)
    extra_end = many and not any(cell.strip() for cell in cells[width:])
    place = columns[blank] if blank is not None and blank < len(columns) else None
    if extra_end:
        fix = f"Take the extra separator at the end of row {row} away."
    elif many and blank is not None:
        fix = f"Take the extra separator in row {row} at {place or 'the blank cell'} away: the cells after it are shifted."
    elif many:
        fix = "Put a cell that contains the separator in double quotes, or take the extra one away."
    else:
        fix = "Add the missing cells; leave a cell empty rather than leaving it out."
    message = f"This row has {len(cells)} cells where the header has {width}."
    return Finding("error", "RAGGED_ROWS", message, row, place, shown(" | ".join(cells)), f"{width} cells", fix)


def _sound(
    content: bytes,
    found: Scan,
    is_data: np.ndarray,
    blank: np.ndarray,
    header: int,
    separator: str,
    cells: list[str],
    columns: tuple[str | None, ...],
    findings: list[Finding],
) -> Structure:
    rows = np.flatnonzero(is_data) + 1
    blanks = int(blank[header + 1 :].sum())
    if blanks:
        message = f"{blanks:,} blank {'row was' if blanks == 1 else 'rows were'} passed over."
        findings.append(Finding("note", "BLANK_ROWS", message))
    headings = {name: shown(cell.strip()) for name, cell in zip(columns, cells, strict=True) if name}
    return Structure(
        content,
        found.starts[is_data],
        found.ends[is_data],
        separator,
        columns,
        headings,
        rows,
        blanks,
        found.padded,
        tuple(findings),
    )
