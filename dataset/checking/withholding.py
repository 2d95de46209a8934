"""What is said of personal data where none belong: where they stand and what kind they are, never the text itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dataset.checking.findings import Finding, shown
from dataset.personal_data import kinds_in, personal_heading, withheld

PERSONAL_DATA = "PERSONAL_DATA"
EXPECTED = "nothing that tells who a person is"
TAKE_OUT = "Take it out of your own file and send that. What was found is not stored and not repeated."


def in_cell(what: Sequence[str], record: int | None, column: str | None) -> Finding:
    """A cell that holds these kinds of personal data."""
    message = f"This cell holds what looks like {' and '.join(what)}; a return never does."
    return Finding("error", PERSONAL_DATA, message, record, column, None, EXPECTED, TAKE_OUT)


def seen(text: str) -> str:
    """A text from outside as a person may see it: cut to a line, and withheld where it tells who somebody is."""
    return shown(withheld(text))


def above_header(rows: Iterable[tuple[int, Sequence[str]]]) -> list[Finding]:
    """Personal data in (row, cells) that stand above the header: they would be kept with the file."""
    return [
        in_cell(found, row, f"column {place}")
        for row, cells in rows
        for place, cell in enumerate(cells, start=1)
        if (found := kinds_in(cell))
    ]


def in_headings(cells: Sequence[str], is_known: Sequence[bool], row: int) -> list[Finding]:
    """Columns the return does not know whose heading says that they hold personal data, or holds some itself."""
    findings = []
    for place, (cell, known) in enumerate(zip(cells, is_known, strict=True), start=1):
        if known:
            continue
        if found := kinds_in(cell):
            findings.append(in_cell(found, row, f"column {place}"))
        elif what := personal_heading(cell):
            message = (
                f"Column {place} is headed as one of {what}; no return takes such a column, not even to pass it over."
            )
            fix = "Delete the whole column in your own file, save it and send that."
            findings.append(Finding("error", "PERSONAL_COLUMN", message, row, f"column {place}", None, EXPECTED, fix))
    return findings
