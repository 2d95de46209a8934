"""Stage 7: personal data in cells that their columns could read, in columns nobody reads, and never shown again.

A cell that cannot be read is judged by its column. What is left are references, which an NHS number can pass for,
printed sources, and the columns a return does not know: they are passed over but would be kept with the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import duckdb

from dataset.checking.findings import Finding, shown
from dataset.checking.staging import STAGED, STAGED_UNREAD, stage_unread
from dataset.checking.structure import Structure
from dataset.checking.withholding import EXPECTED, PERSONAL_DATA, TAKE_OUT, in_cell
from dataset.columns import AnyOf, Day, Decimal, Identifier, OneOf, Whole, sql_text
from dataset.counts.named_quarter import NamedQuarter
from dataset.personal_data import (
    FULL_DATE,
    REFERENCE_FORMS,
    ReferenceForm,
    is_too_many,
    kinds_in,
    withheld,
)
from dataset.table import ReturnType
from dataset.words import Words

ROWS_NAMED = 1_000
# So many different references of one form tell their share of check digits beyond doubt.
_LOOKED_AT = 20_000
# What these read is a day, a number or a word of a list; and a register looks at its own texts itself.
_SAFE_ONCE_READ = (Day, OneOf, AnyOf, Whole, Decimal, NamedQuarter, Words)
_REFERENCE = "[A-Za-z0-9_./-]+"
# Any text with an @ or two digits in it: nothing else can hold what `kinds_in` looks for.
_WORTH_READING = "@|[0-9].*[0-9]"


class _Place(NamedTuple):
    """A column of a staged table: its name there and what the sender calls it."""

    table: str
    name: str
    heading: str


def personal_data(
    table: ReturnType, structure: Structure, connection: duckdb.DuckDBPyConnection, folder: Path
) -> list[Finding]:
    """A finding for each of the first rows in which a sound cell or a column that was passed over holds personal data."""
    findings: list[Finding] = []
    for name, column in structure.present(table.columns()).items():
        place = _Place(STAGED, name, structure.headings[name])
        if isinstance(column, Identifier):
            findings += _references(place, structure, connection, REFERENCE_FORMS)
        elif not isinstance(column, _SAFE_ONCE_READ):
            findings += _texts(place, structure, connection, "true")
    without_days = [form for form in REFERENCE_FORMS if form.what != FULL_DATE]
    for name in stage_unread(structure, connection, folder):
        place = _Place(STAGED_UNREAD, name, f"column {int(name.removeprefix('unread_')) + 1}")
        findings += _references(place, structure, connection, without_days)
        findings += _texts(place, structure, connection, f"NOT regexp_full_match({name}, {sql_text(_REFERENCE)})")
    return findings


def _texts(
    place: _Place, structure: Structure, connection: duckdb.DuckDBPyConnection, condition: str
) -> Iterator[Finding]:
    """Cells that cannot be references, each judged by itself."""
    rows = connection.execute(
        f"SELECT rowid, {place.name} FROM {place.table} "
        f"WHERE regexp_matches({place.name}, {sql_text(_WORTH_READING)}) AND {condition} ORDER BY rowid"
    ).fetchall()
    kinds = {text: kinds_in(text) for _, text in rows}
    named = [(record, kinds[text]) for record, text in rows if kinds[text]]
    for record, found in named[:ROWS_NAMED]:
        yield in_cell(found, int(structure.rows[record]), place.heading)


def _references(
    place: _Place, structure: Structure, connection: duckdb.DuckDBPyConnection, forms: Sequence[ReferenceForm]
) -> Iterator[Finding]:
    """References that are not random: too many keep a check digit, or have the form of something else."""
    pattern = "|".join(f"(?:{form.pattern})" for form in forms)
    suspects = connection.execute(
        f"SELECT DISTINCT {place.name} AS text FROM {place.table} "
        f"WHERE regexp_full_match({place.name}, {sql_text(pattern)})"
    ).fetchnumpy()["text"]
    step = max(1, len(suspects) // _LOOKED_AT)
    looked_at = [str(text) for text in suspects[::step]]
    different = _different(place, connection) // step if looked_at else 0
    for form in forms:
        alike = [text for text in looked_at if form.is_met_by(text)]
        found = [text for text in alike if form.passes is None or form.passes(text)]
        of = different if form.passes is None else len(alike)
        if found and is_too_many(len(found), of):
            yield from _named(place, structure, connection, form, f"{len(found):,} of {of:,}")


def _different(place: _Place, connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute(f"SELECT count(DISTINCT {place.name}) FROM {place.table}").fetchone()
    return int(row[0]) if row else 0


def _named(
    place: _Place,
    structure: Structure,
    connection: duckdb.DuckDBPyConnection,
    form: ReferenceForm,
    share: str,
) -> Iterator[Finding]:
    """The first rows with a reference of the form."""
    cells = connection.execute(
        f"SELECT rowid, {place.name} FROM {place.table} "
        f"WHERE regexp_full_match({place.name}, {sql_text(form.pattern)}) ORDER BY rowid LIMIT {ROWS_NAMED}"
    ).fetchall()
    told = "keep its check digit" if form.passes else "in the column have its form"
    message = f"This reference looks like {form.what}: {share} different ones {told}."
    fix = f"{TAKE_OUT} If they are references of your own, put letters such as R- before them."
    for record, text in cells:
        if form.passes is None or form.passes(text):
            row = int(structure.rows[record])
            yield Finding("error", PERSONAL_DATA, message, row, place.heading, None, EXPECTED, fix)


def without_personal_data(
    structure: Structure, findings: Sequence[Finding], in_columns: Iterable[Finding]
) -> tuple[Structure, tuple[Finding, ...]]:
    """The structure and the findings with nothing of the cells that hold personal data left to be shown.

    `in_columns` are what `personal_data` found; a column that holds such references is withheld as a whole.
    """
    columns = {one.column for one in in_columns if one.column}
    cells = {(one.record, one.column) for one in findings if one.code == PERSONAL_DATA and one.column}
    if not cells and not columns:
        return structure, tuple(findings)
    hidden = frozenset(cells | {(None, column) for column in columns})
    return replace(structure, withheld=hidden), tuple(_without(one, hidden) for one in findings)


def _without(finding: Finding, hidden: frozenset[tuple[int | None, str]]) -> Finding:
    """Another finding about the same cell or column: what it says of the cell goes."""
    heads = (finding.column or "").split(" + ")
    if finding.code == PERSONAL_DATA or not any({(finding.record, head), (None, head)} & hidden for head in heads):
        return finding
    message = f"There is more to correct in this cell ({finding.code}); see first what is said of personal data."
    return finding._replace(message=shown(withheld(message)), value=None, fix=TAKE_OUT)
