"""Stages 4 and 5: every record in DuckDB, in order, each cell read as its column means it.

The file is read once, straight into typed values; the text of a record is looked up again only
when something is wrong with it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from dataset.checking.scanning import Positions
from dataset.checking.structure import RECORD_LIMIT, Structure
from dataset.columns import NULL_WORDS, SPACES, AnyOf, Column, Day, Decimal, OneOf, Whole, sql_text

QUOTE = b'"'
STAGED = "staged_rows"
STAGED_TEXT = "staged_text"
STAGED_UNREAD = "staged_unread"

_SPACES_SQL = " || ".join(f"chr({ord(character)})" for character in SPACES)


class RowsLost(RuntimeError):
    """The reader did not give back every record that was counted: a defect, never the sender's fault."""


def stage(
    structure: Structure, columns: Mapping[str, Column], connection: duckdb.DuckDBPyConnection, folder: Path
) -> None:
    """Load the records into the temporary table `staged_rows`: the value of every cell of `columns`, NULL
    where it is blank or cannot be read, and for a column that may be blank whether it is `filled_`.

    `rowid` counts the records from 0 in their order. Raises RowsLost unless records staged = counted.
    """
    with _written(structure, None, folder) as path:
        _create(connection, STAGED, _typed_select(columns, structure.padded, _reader(structure, path)))
    _assert_none_lost(connection, STAGED, structure.records)


def stage_text(structure: Structure, records: Positions, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Load these records as they were received into the temporary table `staged_text`, in the order given."""
    with _written(structure, records, folder) as path:
        wanted = ", ".join(name for name in structure.columns if name)
        _create(connection, STAGED_TEXT, f"SELECT {wanted} FROM {_reader(structure, path)}")
    _assert_none_lost(connection, STAGED_TEXT, len(records))


def stage_unread(structure: Structure, connection: duckdb.DuckDBPyConnection, folder: Path) -> tuple[str, ...]:
    """Load the columns that are not part of the return into the temporary table `staged_unread`; their names there,
    in the order of the file. Without such columns nothing is done."""
    names = tuple(_unread(place) for place, name in enumerate(structure.columns) if name is None)
    if names:
        with _written(structure, None, folder) as path:
            trimmed = ", ".join(f"{_trimmed(name)} AS {name}" for name in names)
            _create(connection, STAGED_UNREAD, f"SELECT {trimmed} FROM {_reader(structure, path)}")
    return names


def _unread(place: int) -> str:
    return f"unread_{place}"


@contextmanager
def _written(structure: Structure, records: Positions | None, folder: Path) -> Iterator[str]:
    """The path of a file that holds these records (None: all) for as long as it is read."""
    descriptor, path = tempfile.mkstemp(dir=folder, suffix=".csv")
    try:
        with open(descriptor, "wb") as file:  # Closed before it is read: Windows does not share an open one.
            file.writelines(structure.pieces(records))
        yield path
    finally:
        os.unlink(path)


def _create(connection: duckdb.DuckDBPyConnection, name: str, select: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")


def _assert_none_lost(connection: duckdb.DuckDBPyConnection, name: str, counted: int) -> None:
    row = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
    if row is None or row[0] != counted:
        raise RowsLost(f"{counted} records were counted and {row} staged.")


def _reader(structure: Structure, path: str) -> str:
    names = [name or _unread(place) for place, name in enumerate(structure.columns)]
    columns = ", ".join(f"{sql_text(name)}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({sql_text(path)}, columns={{{columns}}}, auto_detect=false, header=false, strict_mode=true, "
        f"null_padding=false, delim={sql_text(structure.separator)}, quote='\"', escape='\"', nullstr='', "
        f"max_line_size={RECORD_LIMIT + 1}, "  # The reader's buffers grow with it.
        # Where several threads read, one may start inside a quoted cell; files from 8 MB on were then refused.
        f"parallel={'false' if QUOTE in structure.content else 'true'})"
    )


def _typed_select(columns: Mapping[str, Column], padded: bool, source: str) -> str:
    """Trimmed text, null words gone, its reading, its value: a step for each, as a step is worked out once.

    No step may hold a list of words after IN: DuckDB then no longer keeps the order of the records.
    """
    may_be_blank = [name for name, column in columns.items() if not column.required]
    trimmed = {name: _trimmed(name) if padded else name for name in columns}
    cleaned = {name: _without_null_words(name, column) for name, column in columns.items()}
    readings = {name: column.sql_reading(name) for name, column in columns.items()}
    values = {name: column.sql_value(name) for name, column in columns.items()}
    readings |= {f"filled_{name}": f"{name} IS NOT NULL" for name in may_be_blank}
    values |= {f"filled_{name}": f"filled_{name}" for name in may_be_blank}
    for step in (trimmed, cleaned, readings, values):
        parts = ", ".join(f"{expression} AS {name}" for name, expression in step.items())
        source = f"(SELECT {parts} FROM {source}) AS step"
    return f"SELECT * FROM {source}"


def _trimmed(name: str) -> str:
    # Trimming is dear, so cells that begin and end with a character one can see in ASCII go without.
    return (
        f"CASE WHEN {name}[1] BETWEEN '!' AND '~' AND {name}[-1] BETWEEN '!' AND '~' THEN {name} "
        f"ELSE trim({name}, {_SPACES_SQL}) END"
    )


# Any other kind of column might take a null word for a value.
_NEVER_A_NULL_WORD = (Day, OneOf, AnyOf, Whole, Decimal)


def _without_null_words(name: str, column: Column) -> str:
    """A null word in a required date, number or code cannot be read anyway, so only columns that
    would take it for a value or may be blank need the comparison."""
    if column.required and isinstance(column, _NEVER_A_NULL_WORD):
        return name
    words = " ".join(f"WHEN {sql_text(word)} THEN NULL" for word in ("", *NULL_WORDS, *column.nothing))
    return f"CASE {name} {words} ELSE {name} END"
