"""Stage 6: every cell and every rule tried in one pass over the staged rows.

The pass gives a row one bit for each column and rule; only rows with a bit set come back, and the
class's own Python reading says in words what is wrong with them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from operator import attrgetter
from pathlib import Path

import duckdb
import numpy as np

from dataset.checking.findings import Finding, shown
from dataset.checking.scanning import Positions
from dataset.checking.staging import STAGED, STAGED_TEXT, stage_text
from dataset.checking.structure import Structure
from dataset.checking.withholding import PERSONAL_DATA, seen
from dataset.columns import Column, Misread, UnknownCode
from dataset.quarter import Quarter
from dataset.rules import Rule
from dataset.table import ReturnType

NEAREST_SOUGHT = 1_000
_BITS = 62  # as many as a whole number of the engine holds, the sign apart


def _present_rules(table: ReturnType, structure: Structure) -> tuple[Rule, ...]:
    return tuple(rule for rule in table.rules if set(rule.columns()) <= set(structure.headings))


def _masks_sql(columns: Mapping[str, Column], rules: tuple[Rule, ...], quarter: Quarter) -> str:
    """A SELECT of every record that is not sound, and its bits in as many numbers as they need."""
    wrong = [
        f"{name} IS NULL" if column.required else f"filled_{name} AND {name} IS NULL"
        for name, column in columns.items()
    ]
    wrong += [rule.sql_broken({name: name for name in columns}, quarter) for rule in rules]
    parts = [wrong[start : start + _BITS] for start in range(0, len(wrong), _BITS)]
    masks = ", ".join(f"{_bits_sql(part)} AS mask_{number}" for number, part in enumerate(parts))
    unsound = " OR ".join(f"mask_{number} <> 0" for number in range(len(parts)))
    return f"SELECT * FROM (SELECT rowid AS record, {masks} FROM {STAGED}) AS masked WHERE {unsound} ORDER BY record"


def _bits_sql(conditions: Sequence[str]) -> str:
    bits = " + ".join(f"CASE WHEN {condition} THEN {1 << bit} ELSE 0 END" for bit, condition in enumerate(conditions))
    return f"CAST({bits} AS BIGINT)"


def judge_rows(
    table: ReturnType, quarter: Quarter, structure: Structure, connection: duckdb.DuckDBPyConnection, folder: Path
) -> list[Finding]:
    """Every finding about cells, rules and repeated keys of the staged rows, in the order of the rows."""
    with _collector_at_rest():
        return _judged(table, quarter, structure, connection, folder)


def _judged(
    table: ReturnType, quarter: Quarter, structure: Structure, connection: duckdb.DuckDBPyConnection, folder: Path
) -> list[Finding]:
    columns, rules = structure.present(table.columns()), _present_rules(table, structure)
    unsound = connection.execute(_masks_sql(columns, rules, quarter)).fetchnumpy()
    records = np.asarray(unsound["record"], np.int64)
    findings: list[Finding] = []
    if len(records):
        stage_text(structure, records, connection, folder)
        explain = _Explainer(quarter, structure.headings, structure.rows[records], connection)
        parts = [partial(explain.column, *part) for part in columns.items()]
        parts += [partial(explain.rule, rule) for rule in rules]
        for bit, explain_part in enumerate(parts):
            mask = np.asarray(unsound[f"mask_{bit // _BITS}"], np.int64)
            faulty = np.flatnonzero(mask >> bit % _BITS & 1)
            if len(faulty):
                findings += explain_part(faulty)
    findings += _repeated_keys(table, structure, connection)
    return sorted(findings, key=attrgetter("record"))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Findings hold words and no circles: going through hundreds of thousands of them for circles cost a sixth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


# What is said of a cell, whatever row it stands in: code, message, value, what was expected, fix. A plain tuple of
# plain words, because the collector of garbage lets those alone and there may be hundreds of thousands.
_Said = tuple[str, str, str, str, str]


class _Explainer:
    """Says in words what is wrong with rows, each distinct cell or combination of cells worded once.

    `rows` are the Excel rows of the staged text. The nearest word is looked for in no more than the first
    `NEAREST_SOUGHT` distinct cells of a file: who has more of them has not mistyped words.
    """

    def __init__(
        self,
        quarter: Quarter,
        headings: Mapping[str, str],
        rows: Positions,
        connection: duckdb.DuckDBPyConnection,
    ) -> None:
        self._quarter, self._headings, self._rows, self._connection = quarter, headings, rows, connection
        self._sought = 0

    def column(self, name: str, column: Column, faulty: Positions) -> Iterator[Finding]:
        """A finding for the column's cell in each of these staged rows, counted from 0."""
        (cells,) = self._cells((name,), faulty)
        heading = self._headings.get(name, name)
        said: dict[str, _Said] = {}
        for row, text in zip(self._rows[faulty].tolist(), cells, strict=True):
            if text not in said:
                said[text] = self._cell_said(column, text)
            code, message, value, expected, fix = said[text]
            shown_value = None if code == PERSONAL_DATA else value
            yield Finding("error", code, message, row, heading, shown_value, expected, fix)

    def rule(self, rule: Rule, faulty: Positions) -> Iterator[Finding]:
        """A finding for the rule in each of these staged rows, counted from 0."""
        heading = self._headings.get(rule.column, rule.column)
        said: dict[tuple[str, ...], _Said] = {}
        texts = zip(*self._cells(rule.columns(), faulty), strict=True)
        for row, cells in zip(self._rows[faulty].tolist(), texts, strict=True):
            if cells not in said:
                said[cells] = self._rule_said(rule, cells)
            code, message, value, expected, fix = said[cells]
            yield Finding("error", code, message, row, heading, value, expected, fix)

    def _cells(self, names: Sequence[str], faulty: Positions) -> list[list[str]]:
        """The text of the columns in those rows, "" where blank."""
        wanted = ", ".join(f"coalesce({name}, '') AS {name}" for name in names)
        texts = self._connection.execute(f"SELECT {wanted} FROM {STAGED_TEXT} ORDER BY rowid").fetchnumpy()
        return [np.asarray(texts[name], object)[faulty].tolist() for name in names]

    def _cell_said(self, column: Column, text: str) -> _Said:
        """Words only, as a kept exception keeps every frame it passed through."""
        try:
            column.read(text)
        except Misread as said:
            value = "" if said.code == PERSONAL_DATA else shown(text)
            return said.code, said.message, value, said.expected, self._fix(said)
        # The bulk reading refused what the class accepts: refuse, in words that hold either way.
        message = f"“{seen(text)}” cannot be read."
        return "UNREADABLE", message, seen(text), column.accepts(), column.how_to_fill()

    def _fix(self, said: Misread) -> str:
        if not isinstance(said, UnknownCode):
            return said.fix
        self._sought += 1
        return said.fix if self._sought <= NEAREST_SOUGHT else _without_nearest(said.expected)

    def _rule_said(self, rule: Rule, cells: tuple[str, ...]) -> _Said:
        """`cells` are those the rule reads."""
        safe = {name: seen(text) for name, text in zip(rule.columns(), cells, strict=True)}
        quarter = self._quarter
        message, fix = rule.message(safe, quarter), rule.fix(safe, quarter)
        return rule.code, message, safe[rule.column], rule.expected(quarter), fix


@lru_cache(64)
def _without_nearest(expected: str) -> str:
    return (
        f"Write {expected}. (So many different words are not known that the nearest one was looked for only for the first "
        f"{NEAREST_SOUGHT:,} of them.)"
    )


def _repeated_keys(table: ReturnType, structure: Structure, connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """A finding for every row after the first that repeats the key of another; a key that cannot be read has its own."""
    if not set(table.key) <= set(structure.headings):
        return []
    names = ", ".join(table.key)
    filled = " AND ".join(f"{name} IS NOT NULL" for name in table.key)
    # Nearly every return is without repeats: whole numbers say so sooner than the keys themselves.
    hashes = connection.execute(f"SELECT hash({names}) AS number FROM {STAGED} WHERE {filled}").fetchnumpy()["number"]
    in_order = np.sort(np.asarray(hashes, np.uint64))
    if not np.any(in_order[1:] == in_order[:-1]):
        return []
    rows = connection.execute(
        f"SELECT list(rowid ORDER BY rowid), {names} FROM {STAGED} WHERE {filled} GROUP BY {names} HAVING count(*) > 1"
    ).fetchall()
    heading = " + ".join(structure.headings.get(name, name) for name in table.key)
    findings = []
    for records, *values in rows:
        first = int(structure.rows[records[0]])
        value = shown(" + ".join(seen(str(value)) for value in values))
        message = f"“{value}” stands already in row {first}."
        fix = "Take one of the rows away if it is the same case; otherwise give each case its own reference."
        for record in records[1:]:
            row = int(structure.rows[record])
            findings.append(
                Finding(
                    "error", "DUPLICATE_KEY", message, row, heading, value, f"a {heading} that no other row has", fix
                )
            )
    return findings
