"""Stage 2 and 3: separator, header and shape; every record has as many cells as the header."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

import numpy as np

from dataset.checking.findings import Finding, shown
from dataset.checking.inspecting import cells_of, quote_findings, record_cells, separator_note
from dataset.checking.scanning import Positions, Scan, scan
from dataset.checking.separating import SEPARATORS, announced_separator, blank_records, likely_separator
from dataset.checking.withholding import above_header, in_headings, seen
from dataset.columns import SPACES, Column

CELL_LIMIT = 4096
RECORD_LIMIT = 1024 * 1024
_HEADER_WITHIN = 20  # title rows people put above the header
_RAGGED_SHOWN = 200
_TOTALS = ("total", "totals", "grand_total", "sum", "count")


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
    # (row, heading) of cells that nobody may see again; (None, heading) for a whole column.
    withheld: frozenset[tuple[int | None, str]] = frozenset()

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
    content: bytes,
    wanted: Sequence[str],
    optional: frozenset[str] = frozenset(),
    former: Mapping[str, str] = MappingProxyType({}),
) -> Structure | Unsound:
    """Find the shape of a text that should hold the `wanted` columns; matched by name, never by place.

    `former` are headings of earlier templates, normalised, and the column each of them stands for.
    """
    skip, announced = announced_separator(content)
    content = content[skip:]
    known = (*wanted, *former)
    separator = announced or _best_separator(content, known)
    found = scan(content, ord(separator))
    if quote_problems := quote_findings(content, found, separator):
        return Unsound(tuple(quote_problems))
    if not len(found.starts):
        words = "The file holds nothing below the line that names its separator."
        return Unsound((Finding("fatal", "EMPTY_FILE", words, fix="Send the file again; check it was saved."),))
    blank = blank_records(content, found, separator)
    header = _header_index(content, found, blank, separator, known)
    cells = record_cells(content, found, header, separator)
    columns, findings = _match_header(cells, wanted, optional, former, header + 1)
    if unnamed := _unnamed_columns(content, cells, separator, header):
        return Unsound((*findings, *unnamed))
    findings += in_headings(cells, [name is not None for name in columns], header + 1)
    findings += above_header((i + 1, record_cells(content, found, i, separator)) for i in range(header) if not blank[i])
    findings = _notes_on_preamble(header, int(blank[:header].sum())) + separator_note(separator) + findings
    is_data = ~blank
    is_data[: header + 1] = False
    findings += _total_rows(content, found, is_data, separator)
    findings += _shape_findings(content, found, is_data, len(cells), separator, columns)
    is_data &= found.separators == len(cells) - 1
    if any(finding.severity == "fatal" for finding in findings) or not is_data.any() or not any(columns):
        return Unsound(tuple(findings))
    return _sound(content, found, is_data, blank, header, separator, cells, columns, findings)


def _best_separator(content: bytes, wanted: Sequence[str]) -> str:
    """The separator under which most wanted headings appear in one of the first lines; the likeliest one
    when no heading is known."""
    lines = content[:RECORD_LIMIT].split(b"\n", _HEADER_WITHIN)[:_HEADER_WITHIN]
    texts = [line.decode("utf-8", "replace") for line in lines]
    scores = {
        separator: max(_recognised(_split(text, separator), wanted) for text in texts) for separator in SEPARATORS
    }
    best = max(scores, key=lambda separator: scores[separator])
    return best if scores[best] else likely_separator(content)


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


def _header_index(content: bytes, found: Scan, blank: np.ndarray, separator: str, wanted: Sequence[str]) -> int:
    """The first record that names the most wanted columns; the first one that is not blank when none names any."""
    filled = np.flatnonzero(~blank[:_HEADER_WITHIN]).tolist()
    scores = {i: _recognised(record_cells(content, found, i, separator), wanted) for i in filled}
    return max(filled, key=lambda i: (scores[i], -i), default=0)


def _unnamed_columns(content: bytes, cells: Sequence[str], separator: str, header: int) -> list[Finding]:
    """Columns without a heading that hold something: what they hold cannot be known."""
    unnamed = [place for place, cell in enumerate(cells) if not normalised(cell)]
    if not unnamed:
        return []
    held = {
        place
        for row in islice(cells_of(content, separator), header + 1, None)
        for place in unnamed
        if place < len(row) and row[place].strip(SPACES)
    }
    return [
        Finding(
            "fatal",
            "HEADER_BLANK_NAME",
            f"Column {place + 1} has no heading, but its cells are not empty.",
            header + 1,
            fix="Give the column its heading, or empty it.",
        )
        for place in sorted(held)
    ]


def _total_rows(content: bytes, found: Scan, is_data: np.ndarray, separator: str) -> list[Finding]:
    """A row of totals at the end, which is no case; it is taken out so that only this is said of it."""
    findings = []
    for index in np.flatnonzero(is_data)[-3:].tolist():
        cells = [cell.strip(SPACES) for cell in record_cells(content, found, index, separator)]
        filled = [cell for cell in cells if cell]
        # A case may bear such a reference; a row of totals has little else in it.
        if filled and len(filled) * 2 <= len(cells) and normalised(filled[0]).rstrip(":") in _TOTALS:
            is_data[index] = False
            message = f"This row begins with “{shown(filled[0])}”: it looks like a row of totals, not a case."
            findings.append(
                Finding(
                    "error", "TOTAL_ROW", message, index + 1, None, shown(filled[0]), "one case a row", "Delete it."
                )
            )
    return findings


def _notes_on_preamble(header: int, blank: int) -> list[Finding]:
    extra = header - blank
    if not extra:
        return []
    rows = "row" if extra == 1 else "rows"
    return [Finding("note", "ROWS_ABOVE_HEADER", f"{extra} {rows} above the header were passed over.", header + 1)]


def _match_header(
    cells: Sequence[str], wanted: Sequence[str], optional: frozenset[str], former: Mapping[str, str], row: int
) -> tuple[tuple[str | None, ...], list[Finding]]:
    names = [normalised(cell) for cell in cells]
    findings = _former_headings(names, cells, former, row)
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        findings.append(
            Finding(
                "fatal",
                "HEADER_DUPLICATE",
                f"Two columns are headed “{seen(name)}”, so nobody can tell which is meant.",
                row,
                seen(name),
                fix="Keep one of them.",
            )
        )
    findings += _missing_columns(names, cells, [name for name in wanted if name not in optional], row)
    findings += _unknown_columns(names, cells, wanted, row)
    return tuple(name if name in wanted else None for name in names), findings


def _former_headings(names: list[str], cells: Sequence[str], former: Mapping[str, str], row: int) -> list[Finding]:
    """Put the present heading in the place of a former one, unless both are there; a note for each."""
    findings = []
    for place, (name, cell) in enumerate(zip(tuple(names), cells, strict=True)):
        present = former.get(name)
        if present is None or present in names:
            continue
        names[place] = present
        message = f"“{seen(cell)}” is the heading of an earlier template; it was read as {present}."
        fix = f"Head the column {present} from now on, or take the present template."
        findings.append(Finding("note", "HEADING_FORMER", message, row, seen(cell), fix=fix))
    return findings


def _missing_columns(names: list[str], cells: Sequence[str], wanted: Sequence[str], row: int) -> list[Finding]:
    spare = {name: cell for name, cell in zip(names, cells, strict=True) if name and name not in wanted}
    findings = []
    for name in wanted:
        if name in names:
            continue
        near = difflib.get_close_matches(name, spare, n=1, cutoff=0.6)
        fix = f"Rename your column “{seen(spare[near[0]])}” to {name}." if near else f"Add a column headed {name}."
        message = f"The column {name} is missing."
        findings.append(Finding("error", "COLUMN_MISSING", message, row, name, None, f"a column headed {name}", fix))
    return findings


def _unknown_columns(names: list[str], cells: Sequence[str], wanted: Sequence[str], row: int) -> list[Finding]:
    return [
        Finding(
            "note",
            "COLUMN_UNKNOWN",
            f"The column “{seen(cell)}” is not part of this return; it was not read and is not stored.",
            row,
            seen(cell),
        )
        for name, cell in zip(names, cells, strict=True)
        if name and name not in wanted and not in_headings([cell], [False], row)
    ]


def _shape_findings(
    content: bytes, found: Scan, is_data: np.ndarray, width: int, separator: str, columns: tuple[str | None, ...]
) -> list[Finding]:
    findings = []
    ragged = np.flatnonzero(is_data & (found.separators != width - 1))
    for index in ragged[:_RAGGED_SHOWN].tolist():
        cells = record_cells(content, found, index, separator)
        findings.append(_ragged(index + 1, cells, width, columns))
    if len(ragged) > _RAGGED_SHOWN:
        message = f"{len(ragged):,} rows in all have more or fewer cells than the header; the first {_RAGGED_SHOWN} are listed."
        findings.append(Finding("error", "RAGGED_ROWS", message, fix="Correct these first and check again."))
    long = np.flatnonzero(is_data & (found.ends - found.starts > RECORD_LIMIT))
    for index in long[:10].tolist():
        message = "This row is longer than a million characters; a quote is probably missing."
        findings.append(Finding("fatal", "RECORD_TOO_LONG", message, index + 1, fix="Look for a missing quote mark."))
    findings += _long_cells(content, found, is_data, separator, columns)
    if not is_data.any():
        message = "The file has a header and no rows."
        fix = "If there was nothing to report, send a nil return instead; otherwise add the rows."
        findings.append(Finding("error", "NO_DATA_ROWS", message, fix=fix))
    return findings


def _long_cells(
    content: bytes, found: Scan, is_data: np.ndarray, separator: str, columns: tuple[str | None, ...]
) -> list[Finding]:
    findings = []
    lengths = found.ends - found.starts
    for index in np.flatnonzero(is_data & (lengths > CELL_LIMIT) & (lengths <= RECORD_LIMIT))[:_RAGGED_SHOWN].tolist():
        for name, cell in zip(columns, record_cells(content, found, index, separator), strict=False):
            if name and len(cell) > CELL_LIMIT:
                message = f"This cell has {len(cell):,} characters; none needs more than {CELL_LIMIT:,}."
                fix = "Shorten it; look for a missing quote mark."
                is_data[index] = False  # Nothing more needs saying of it.
                findings.append(Finding("error", "CELL_TOO_LONG", message, index + 1, name, seen(cell), fix=fix))
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
    return Finding(
        "error", "RAGGED_ROWS", message, row, place, shown(" | ".join(map(seen, cells))), f"{width} cells", fix
    )


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
    blanks = int(blank.sum())
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
