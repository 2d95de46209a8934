"""Stages 5 and 6: every cell read and every rule tried in one pass of SQL.

The pass gives one number a row in which each bit is a column or a rule; only rows with a bit set
come back, and the class's own Python reading says in words what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import duckdb

from dataset.checking.findings import Finding, shown
from dataset.checking.staging import STAGED
from dataset.checking.structure import Structure
from dataset.columns import NULL_WORDS, SPACES, Column, Identifier, Misread, sql_list
from dataset.quarter import Quarter
from dataset.rules import Rule
from dataset.table import ReturnType

_SPACES_SQL = " || ".join(f"chr({ord(character)})" for character in SPACES)


def cleaned_sql(name: str, column: Column, padded: bool) -> str:
    """SQL for `columns.clean`: blanks taken off where the file has any, null words to NULL.

    A null word in a required date, number or code cannot be read anyway, so only columns that
    would take it for a value or may be blank need the comparison.
    """
    text = f"trim({name}, {_SPACES_SQL})" if padded else name
    if column.required and not isinstance(column, Identifier):
        return f"nullif({text}, '')" if padded else text
    return f"CASE WHEN {text} NOT IN {sql_list(('', *NULL_WORDS))} THEN {text} END"


def present_columns(table: ReturnType, structure: Structure) -> dict[str, Column]:
    """The return's columns that the file has, in the order of the class."""
    return {name: column for name, column in table.columns().items() if name in structure.headings}


def _present_rules(table: ReturnType, structure: Structure) -> tuple[Rule, ...]:
    return tuple(rule for rule in table.rules if set(rule.columns()) <= set(structure.headings))


def _typed_select(columns: Mapping[str, Column], padded: bool) -> str:
    """A SELECT of every column's value (`v_name`) and whether the cell is filled (`f_name`)."""
    inner = ", ".join(f"{cleaned_sql(n, c, padded)} AS c_{n}" for n, c in columns.items())
    outer = ", ".join(f"{c.sql_value(f'c_{n}')} AS v_{n}, c_{n} IS NOT NULL AS f_{n}" for n, c in columns.items())
    return f"SELECT record, {outer} FROM (SELECT rowid AS record, {inner} FROM {STAGED}) AS cleaned"


def _mask_sql(columns: Mapping[str, Column], rules: tuple[Rule, ...], quarter: Quarter, padded: bool) -> str:
    values = {name: f"v_{name}" for name in columns}
    wrong = [
        f"v_{name} IS NULL" if column.required else f"f_{name} AND v_{name} IS NULL" for name, column in columns.items()
    ]
    wrong += [rule.sql_broken(values, quarter) for rule in rules]
    bits = " + ".join(f"CASE WHEN {condition} THEN {1 << bit} ELSE 0 END" for bit, condition in enumerate(wrong))
    return (
        f"SELECT record, mask FROM (SELECT record, {bits} AS mask FROM ({_typed_select(columns, padded)}) AS typed) "
        "AS masked WHERE mask <> 0 ORDER BY record"
    )


def judge_rows(
    table: ReturnType, quarter: Quarter, structure: Structure, connection: duckdb.DuckDBPyConnection
) -> list[Finding]:
    """Every finding about cells, rules and repeated keys, in the order of the rows."""
    columns, rules = present_columns(table, structure), _present_rules(table, structure)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE faulty AS {_mask_sql(columns, rules, quarter, structure.padded)}")
    names = list(columns)
    rows = connection.execute(
        f"SELECT f.record, f.mask, {', '.join(f's.{n}' for n in names)} "
        f"FROM faulty AS f JOIN {STAGED} AS s ON s.rowid = f.record ORDER BY f.record"
    ).fetchall()
    explain = _Explainer(columns, rules, quarter, structure)
    findings = [
        finding for row in rows for finding in explain.row(row[0], row[1], dict(zip(names, row[2:], strict=True)))
    ]
    findings += _repeated_keys(table, structure, connection)
    return sorted(findings, key=lambda finding: finding.record or 0)


class _Explainer:
    """Turns a row's bits into findings; each distinct cell is read only once."""

    def __init__(
        self, columns: Mapping[str, Column], rules: tuple[Rule, ...], quarter: Quarter, structure: Structure
    ) -> None:
        self._columns, self._rules = list(columns.items()), rules
        self._quarter, self._structure = quarter, structure
        self._cell = cache(self._cell_said)

    def row(self, record: int, mask: int, cells: Mapping[str, str | None]) -> Iterator[Finding]:
        excel_row = int(self._structure.rows[record])
        texts = {name: cell or "" for name, cell in cells.items()}
        for bit, (name, _) in enumerate(self._columns):
            if mask & (1 << bit):
                yield self._about_cell(excel_row, bit, name, texts[name])
        for bit, rule in enumerate(self._rules, start=len(self._columns)):
            if mask & (1 << bit):
                yield self._about_rule(excel_row, rule, texts)

    def _about_cell(self, row: int, bit: int, name: str, text: str) -> Finding:
        said = self._cell(bit, text)
        heading = self._structure.headings.get(name, name)
        return Finding("error", said.code, said.message, row, heading, shown(text), said.expected, said.fix)

    def _cell_said(self, bit: int, text: str) -> Misread:
        column = self._columns[bit][1]
        try:
            column.read(text)
        except Misread as misread:
            return misread
        # The bulk reading refused what the class accepts: refuse, in words that hold either way.
        return Misread("UNREADABLE", f"“{shown(text)}” cannot be read.", column.accepts(), column.how_to_fill())

    def _about_rule(self, row: int, rule: Rule, texts: Mapping[str, str]) -> Finding:
        heading = self._structure.headings.get(rule.column, rule.column)
        quarter = self._quarter
        safe = {name: shown(text) for name, text in texts.items()}
        return Finding(
            "error",
            rule.code,
            rule.message(safe, quarter),
            row,
            heading,
            safe[rule.column],
            rule.expected(quarter),
            rule.fix(safe, quarter),
        )


def _repeated_keys(table: ReturnType, structure: Structure, connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """A finding for every row after the first that repeats the key of another."""
    if not set(table.key) <= set(structure.headings):
        return []
    key = [cleaned_sql(name, table.columns()[name], structure.padded) for name in table.key]
    parts = ", ".join(f"{sql} AS k_{i}" for i, sql in enumerate(key))
    names = ", ".join(f"k_{i}" for i in range(len(key)))
    filled = " AND ".join(f"k_{i} IS NOT NULL" for i in range(len(key)))
    rows = connection.execute(
        f"SELECT list(record ORDER BY record), {names} FROM (SELECT rowid AS record, {parts} FROM {STAGED}) AS keyed "
        f"WHERE {filled} GROUP BY {names} HAVING count(*) > 1"
    ).fetchall()
    heading = " + ".join(structure.headings.get(name, name) for name in table.key)
    findings = []
    for records, *values in rows:
        first = int(structure.rows[records[0]])
        value = shown(" + ".join(values))
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


def insert_select(table: ReturnType, padded: bool) -> str:
    """A SELECT of every column's typed value from the staged text, in the order of the class."""
    columns = ", ".join(f"v_{name} AS {name}" for name in table.columns())
    return f"SELECT record, {columns} FROM ({_typed_select(table.columns(), padded)}) AS typed"
