"""Stage 4: the records as text in DuckDB, every one of them, in order."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from dataset.checking.structure import Structure
from dataset.columns import sql_text

STAGED = "staged_text"


class RowsLost(RuntimeError):
    """The reader did not give back every record that was counted: a defect, never the sender's fault."""


def stage(structure: Structure, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Load the body into the temporary table `staged_text` of `connection`, one VARCHAR a wanted column.

    `rowid` counts the records from 0 in their order. Raises RowsLost unless records staged = counted.
    """
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".csv") as file:
        file.write(structure.body)
        file.flush()
        _load(structure, connection, file.name)
    row = connection.execute(f"SELECT count(*) FROM {STAGED}").fetchone()
    if row is None or row[0] != structure.records:
        raise RowsLost(f"{structure.records} records were counted and {row} staged.")


def _load(structure: Structure, connection: duckdb.DuckDBPyConnection, path: str) -> None:
    names = [name or f"unread_{i}" for i, name in enumerate(structure.columns)]
    columns = ", ".join(f"{sql_text(name)}: 'VARCHAR'" for name in names)
    kept = ", ".join(name for name in structure.columns if name)
    connection.execute(f"DROP TABLE IF EXISTS {STAGED}")
    connection.execute(
        f"CREATE TEMP TABLE {STAGED} AS SELECT {kept} FROM read_csv({sql_text(path)}, columns={{{columns}}}, "
        f"auto_detect=false, header=false, strict_mode=true, null_padding=false, delim={sql_text(structure.separator)}, "
        "quote='\"', escape='\"', nullstr='', max_line_size=4194304)"
    )
