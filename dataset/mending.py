"""A sender's own rows beside what was found in them, and a copy of the file with some cells mended.

Only the return's own columns are shown or mended: what else a file holds was not read and goes nowhere.
Rows whose shape is wrong are not here; cells that shifted must be put right in the file itself.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PureWindowsPath

import numpy as np

from dataset.checking.findings import SHOWN_CHARACTERS, Finding, shown
from dataset.checking.structure import Structure
from dataset.checking.withholding import PERSONAL_DATA

WITHHELD = "(withheld)"
Edits = Mapping[int, Mapping[str, str]]


@dataclass(frozen=True)
class Change:
    """One mended cell: its row as Excel shows it, the sender's heading, the text before and after."""

    row: int
    column: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        return f"Row {self.row}, column {self.column}: “{shown(self.before)}” became “{shown(self.after)}”"


def headings(structure: Structure) -> tuple[str, ...]:
    """The sender's own headings of the return's columns, in the order of the file."""
    return tuple(structure.headings[name] for name in structure.columns if name)


def own_rows(structure: Structure, records: Iterable[int]) -> list[tuple[int, tuple[str, ...]]]:
    """(Excel row, the cells under `headings`) of those records that are rows of the return, in order.

    A cell that holds personal data is not among what is shown again.
    """
    kept = [place for place, name in enumerate(structure.columns) if name]
    found = ((record, _cells(structure, record)) for record in sorted(set(records)))
    heads, hidden = headings(structure), structure.withheld
    return [
        (
            record,
            tuple(
                WITHHELD if hidden and {(record, head), (None, head)} & hidden else cells[place]
                for place, head in zip(kept, heads, strict=True)
            ),
        )
        for record, cells in found
        if cells
    ]


def can_be_mended(structure: Structure | None, findings: Iterable[Finding]) -> list[int]:
    """The rows where a cell must be corrected or checked; none while a column is missing, or personal data are to be
    taken out: that is done where they came from, so that no copy of them stays here."""
    elsewhere = {"COLUMN_MISSING", PERSONAL_DATA, "PERSONAL_COLUMN"}
    if structure is None or any(finding.code in elsewhere for finding in findings):
        return []
    asked = {f.record for f in findings if f.record is not None and f.column and f.severity in ("error", "query")}
    return sorted(record for record in asked if _cells(structure, record))


def changes_of(structure: Structure, edits: Edits) -> tuple[Change, ...]:
    """The edits that change something, by row; a row or heading that is not the return's is passed over."""
    made = []
    for record in sorted(edits):
        cells = _cells(structure, record)
        for name, place in _places(structure).items():
            after = edits[record].get(name)
            if cells and after is not None and after != cells[place]:
                made.append(Change(record, name, cells[place], after))
    return tuple(made)


def mended(structure: Structure, edits: Edits) -> bytes:
    """The file as CSV in UTF-8 with the edits made: by Excel row and the sender's heading. The rest is as received."""
    places, pieces, upto = _places(structure), [], 0
    for record in sorted({change.row for change in changes_of(structure, edits)}):
        index, cells = _index(structure, record), list(_cells(structure, record))
        for name in places.keys() & edits[record].keys():
            cells[places[name]] = edits[record][name]
        assert index is not None
        pieces += [structure.content[upto : int(structure.starts[index])], _line(cells, structure.separator)]
        upto = int(structure.ends[index])
    return b"".join([*pieces, structure.content[upto:]])


def altogether(earlier: Sequence[Change], later: Sequence[Change]) -> tuple[Change, ...]:
    """What two rounds of mending changed in the file as it was received."""
    both: dict[tuple[int, str], Change] = {(change.row, change.column): change for change in earlier}
    for change in later:
        first = both.get((change.row, change.column), change)
        both[change.row, change.column] = replace(first, after=change.after)
    return tuple(change for _, change in sorted(both.items()) if change.before != change.after)


def mended_name(name: str, changes: Sequence[Change]) -> str:
    """A file name for the ledger that says that the file was mended on the screen."""
    if not changes:
        return name
    note = f" (mended on screen: {len(changes):,} {'cell' if len(changes) == 1 else 'cells'})"
    plain, room = shown(PureWindowsPath(name.replace("\x00", "")).name), SHOWN_CHARACTERS - len(note)
    return (plain if len(plain) <= room else plain[: room - 1] + "…") + note


def _index(structure: Structure, record: int) -> int | None:
    index = int(np.searchsorted(structure.rows, record))
    return index if index < len(structure.rows) and int(structure.rows[index]) == record else None


def _cells(structure: Structure, record: int) -> list[str]:
    index = _index(structure, record)
    if index is None:
        return []
    text = structure.content[int(structure.starts[index]) : int(structure.ends[index])].decode("utf-8", "replace")
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=structure.separator), [])
    except csv.Error:  # a cell far longer than any return's
        return []


def _places(structure: Structure) -> dict[str, int]:
    return {structure.headings[name]: place for place, name in enumerate(structure.columns) if name}


def _line(cells: Sequence[str], separator: str) -> bytes:
    text = io.StringIO()
    plain = (cell.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n") for cell in cells)
    csv.writer(text, delimiter=separator, lineterminator="\n").writerow(plain)
    return text.getvalue().removesuffix("\n").encode("utf-8", "replace")
