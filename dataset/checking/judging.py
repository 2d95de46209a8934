"""Stage 6: every cell and every rule tried in one pass over the staged rows.

The pass gives one number a row in which each bit is a column or a rule; only rows with a bit set
come back, and the class's own Python reading says in words what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import duckdb
import numpy as np

from dataset.checking.findings import Finding, shown
from dataset.checking.staging import STAGED, STAGED_TEXT, stage_text
from dataset.checking.structure import Structure
from dataset.columns import Column, Misread
from dataset.quarter import Quarter
from dataset.rules import Rule
from dataset.table import ReturnType


def _present_rules(table: ReturnType, structure: Structure) -> tuple[Rule, ...]:
    return tuple(rule for rule in table.rules if set(rule.columns()) <= set(structure.headings))


def _mask_sql(columns: Mapping[str, Column], rules: tuple[Rule, ...], quarter: Quarter) -> str:
    """A SELECT of every record that is not sound, and its bits."""
    wrong = [
        f"{name} IS NULL" if column.required else f"filled_{name} AND {name} IS NULL"
        for name, column in columns.items()
    ]
    wrong += [rule.sql_broken({name: name for name in columns}, quarter) for rule in rules]
    bits = " + ".join(f"CASE WHEN {condition} THEN {1 << bit} ELSE 0 END" for bit, condition in enumerate(wrong))
    return (
        f"SELECT record, mask FROM (SELECT rowid AS record, {bits} AS mask FROM {STAGED}) AS masked "
        "WHERE mask <> 0 ORDER BY record"
    )


def judge_rows(
    table: ReturnType, quarter: Quarter, structure: Structure, connection: duckdb.DuckDBPyConnection, folder: Path
) -> list[Finding]:
    """Every finding about cells, rules and repeated keys of the staged rows, in the order of the rows."""
    columns, rules = structure.present(table.columns()), _present_rules(table, structure)
    faulty = connection.execute(_mask_sql(columns, rules, quarter)).fetchall()
    findings: list[Finding] = []
    if faulty:
        stage_text(structure, np.array([record for record, _ in faulty]), connection, folder)
        names = list(columns)
        texts = connection.execute(f"SELECT {', '.join(names)} FROM {STAGED_TEXT} ORDER BY rowid").fetchall()
        explain = _Explainer(columns, rules, quarter, structure)
        for (record, mask), cells in zip(faulty, texts, strict=True):
            findings += explain.row(record, mask, dict(zip(names, cells, strict=True)))
    findings += _repeated_keys(table, structure, connection)
    return sorted(findings, key=lambda finding: finding.record or 0)


class _Explainer:
    """Turns a row's bits into findings; each distinct cell is read, and each rule worded, only once."""

    def __init__(
        self, columns: Mapping[str, Column], rules: tuple[Rule, ...], quarter: Quarter, structure: Structure
    ) -> None:
        self._columns, self._rules = list(columns.items()), rules
        self._quarter, self._structure = quarter, structure
        self._cell, self._rule = cache(self._cell_said), cache(self._rule_said)

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
        code, message, value, expected, fix = self._cell(bit, text)
        heading = self._structure.headings.get(name, name)
        return Finding("error", code, message, row, heading, value, expected, fix)

    def _cell_said(self, bit: int, text: str) -> tuple[str, str, str, str, str]:
        """Code, message, value as shown, what was expected and the fix; words only, as a kept exception
        keeps every frame it passed through."""
        column = self._columns[bit][1]
        try:
            column.read(text)
        except Misread as said:
            return said.code, str(said), shown(text), said.expected, said.fix
        # The bulk reading refused what the class accepts: refuse, in words that hold either way.
        message = f"“{shown(text)}” cannot be read."
        return "UNREADABLE", message, shown(text), column.accepts(), column.how_to_fill()

    def _about_rule(self, row: int, rule: Rule, texts: Mapping[str, str]) -> Finding:
        message, value, expected, fix = self._rule(rule, tuple(texts[name] for name in rule.columns()))
        heading = self._structure.headings.get(rule.column, rule.column)
        return Finding("error", rule.code, message, row, heading, value, expected, fix)

    def _rule_said(self, rule: Rule, cells: tuple[str, ...]) -> tuple[str, str, str, str]:
        """Message, value as shown, what was expected and the fix; `cells` are those the rule reads."""
        safe = {name: shown(text) for name, text in zip(rule.columns(), cells, strict=True)}
        quarter = self._quarter
        return rule.message(safe, quarter), safe[rule.column], rule.expected(quarter), rule.fix(safe, quarter)


def _repeated_keys(table: ReturnType, structure: Structure, connection: duckdb.DuckDBPyConnection) -> list[Finding]:
    """A finding for every row after the first that repeats the key of another; a key that cannot be read has its own."""
    if not set(table.key) <= set(structure.headings):
        return []
    names = ", ".join(table.key)
    filled = " AND ".join(f"{name} IS NOT NULL" for name in table.key)
    # Nearly every return is without repeats: whole numbers say so sooner than the keys themselves.
    alike = connection.execute(
        f"SELECT count(*) - count(DISTINCT hash({names})) FROM {STAGED} WHERE {filled}"
    ).fetchone()
    if alike == (0,):
        return []
    rows = connection.execute(
        f"SELECT list(rowid ORDER BY rowid), {names} FROM {STAGED} WHERE {filled} GROUP BY {names} HAVING count(*) > 1"
    ).fetchall()
    heading = " + ".join(structure.headings.get(name, name) for name in table.key)
    findings = []
    for records, *values in rows:
        first = int(structure.rows[records[0]])
        value = shown(" + ".join(str(value) for value in values))
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
