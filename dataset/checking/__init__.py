"""From bytes to findings: receive, structure, header, stage, cells, rules, personal data.

Stages stop at the first that finds the file unfit; inside a stage everything is reported.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import duckdb

from dataset.checking.findings import Finding
from dataset.checking.judging import judge_rows
from dataset.checking.privacy import personal_data, without_personal_data
from dataset.checking.receiving import SIZE_LIMIT, receive
from dataset.checking.staging import stage
from dataset.checking.structure import Structure, Unsound, normalised, read_structure
from dataset.columns import sql_list
from dataset.quarter import Quarter
from dataset.table import ReturnType

# What a check is about to do: take in the text, tell its rows apart, read and judge every cell.
Step = Literal["reading", "rows", "cells"]
OnStep = Callable[[Step], None]


def no_step(step: Step) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Of:
    """What was checked as which return; the bytes themselves, as they cannot change."""

    raw: bytes
    table: ReturnType
    quarter: Quarter

    def is_same(self, other: Of) -> bool:
        return self.raw is other.raw and self.table is other.table and self.quarter == other.quarter


# The engine refused what the scan took for sound: a defect of ours, said in words that help the sender.
_UNREADABLE = Finding(
    "fatal",
    "READER_REFUSED",
    "The rows of this file can be told apart, but they could not be read in.",
    fix="Save the file again as “CSV UTF-8”, without line breaks inside cells, and tell the business unit.",
)


@dataclass(frozen=True)
class Checked:
    """The result of checking one file; `structure` is None when the file could not be read as rows."""

    findings: tuple[Finding, ...]
    encoding: str = ""
    structure: Structure | None = None
    of: Of | None = field(default=None, repr=False, compare=False)

    @property
    def accepted(self) -> bool:
        """Whether nothing stands in the way of storing it."""
        return not any(finding.blocks for finding in self.findings)

    @property
    def records(self) -> int:
        return self.structure.records if self.structure else 0


def check(
    raw: bytes,
    table: ReturnType,
    quarter: Quarter,
    connection: duckdb.DuckDBPyConnection | None = None,
    folder: Path | None = None,
    size_limit: int = SIZE_LIMIT,
    on_step: OnStep = no_step,
) -> Checked:
    """Check a file as the return `table` for `quarter`; `on_step` is told what is about to be done.

    With a connection (the store's), the rows stay staged on it so that they can be stored; it must
    know the code types and be allowed to read `folder`. Without one, a private in-memory engine is used.
    """
    if connection is None:
        with tempfile.TemporaryDirectory() as private, duckdb.connect() as own:
            own.execute("SET enable_progress_bar = false")
            create_code_types(own, table)
            return check(raw, table, quarter, own, Path(private), size_limit, on_step)
    of = Of(raw, table, quarter)
    on_step("reading")
    text = receive(raw, size_limit, sheet=table.about.name)
    if isinstance(text, Finding):
        return Checked((text,), of=of)
    on_step("rows")
    structure = read_structure(text.content, tuple(table.columns()), former=_former_headings(table))
    if isinstance(structure, Unsound):
        return Checked(text.findings + structure.findings, text.encoding, of=of)
    assert folder is not None
    on_step("cells")
    try:
        stage(structure, structure.present(table.columns()), connection, folder)
    except duckdb.Error:
        return Checked((*text.findings, *structure.findings, _UNREADABLE), text.encoding, of=of)
    rows = judge_rows(table, quarter, structure, connection, folder)
    personal = personal_data(table, structure, connection, folder)
    findings = (*text.findings, *structure.findings, *personal, *rows)
    structure, findings = without_personal_data(structure, findings, personal)
    return Checked(findings, text.encoding, structure, of)


def staged_again(
    known: Checked | None,
    raw: bytes,
    table: ReturnType,
    quarter: Quarter,
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    size_limit: int = SIZE_LIMIT,
    on_step: OnStep = no_step,
) -> Checked:
    """An earlier check of these very bytes, its rows staged on this connection; a new check where there is none."""
    if known is None or known.of is None or not known.of.is_same(Of(raw, table, quarter)):
        return check(raw, table, quarter, connection, folder, size_limit, on_step)
    if known.structure is not None and known.accepted:
        stage(known.structure, known.structure.present(table.columns()), connection, folder)
    return known


def _former_headings(table: ReturnType) -> dict[str, str]:
    """Column by each heading it had in an earlier template."""
    return {normalised(heading): name for name, column in table.columns().items() for heading in column.formerly}


def create_code_types(connection: duckdb.DuckDBPyConnection, table: ReturnType) -> None:
    """The ENUM types of a return's coded columns, where they do not exist yet."""
    for codes in table.code_lists():
        connection.execute(f"CREATE TEMP TYPE IF NOT EXISTS code_{codes.name} AS ENUM {sql_list(codes.values)}")


__all__ = [
    "SIZE_LIMIT",
    "Checked",
    "Finding",
    "OnStep",
    "Step",
    "check",
    "create_code_types",
    "no_step",
    "staged_again",
]
