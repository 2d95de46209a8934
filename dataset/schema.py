"""The tables of the store: the ledger, what people wrote, and one table of facts for each return.

Facts are typed: coded columns are ENUMs of the return's code list, a quarter is its whole number.
A store made by an older version is brought up to date where that loses nothing, else refused.
"""

from __future__ import annotations

import re

import duckdb

from dataset.columns import AnyOf, Column, OneOf, sql_list
from dataset.table import ReturnType
from dataset.tables import RETURNS

SCHEMA_VERSION = 1

_EXPLANATION = """CREATE TABLE explanation (
    submission INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    column_name VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (submission, code, column_name)
)"""
_COMMENTARY = """CREATE TABLE commentary (
    id INTEGER PRIMARY KEY,
    area VARCHAR NOT NULL,
    agency VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    what_happened VARCHAR NOT NULL,
    so_what VARCHAR NOT NULL,
    now_what VARCHAR NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL,
    replaces INTEGER,
    ledger_at INTEGER NOT NULL
)"""
_REBASE = """CREATE TABLE rebase (
    id INTEGER PRIMARY KEY,
    area VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL,
    taken_back BOOLEAN NOT NULL,
    replaces INTEGER
)"""
_REGISTER_ENTRY = """CREATE TABLE register_entry (
    id INTEGER PRIMARY KEY,
    area VARCHAR NOT NULL,
    register_name VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    cells VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL,
    removed BOOLEAN NOT NULL,
    replaces INTEGER
)"""
_MEETING = """CREATE TABLE meeting (
    id INTEGER PRIMARY KEY,
    area VARCHAR NOT NULL,
    reference VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    held_on VARCHAR NOT NULL,
    group_name VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL,
    content VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    shown_at VARCHAR NOT NULL,
    replaces INTEGER
)"""
_REMOVAL = """CREATE TABLE removal (
    id INTEGER PRIMARY KEY,
    area VARCHAR NOT NULL,
    submission INTEGER NOT NULL,
    why VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    records INTEGER NOT NULL,
    counts VARCHAR NOT NULL,
    written_by VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL,
    replaces INTEGER
)"""
# Tables that came later: a store without them gets them.
_LATER = {
    "explanation": _EXPLANATION,
    "commentary": _COMMENTARY,
    "rebase": _REBASE,
    "register_entry": _REGISTER_ENTRY,
    "meeting": _MEETING,
    "removal": _REMOVAL,
}
_LEDGER = f"""
CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE submission (
    id INTEGER PRIMARY KEY,
    area VARCHAR NOT NULL,
    agency VARCHAR NOT NULL,
    dataset VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    bytes BIGINT NOT NULL,
    records INTEGER NOT NULL,
    blank_records INTEGER NOT NULL,
    encoding VARCHAR NOT NULL,
    separator VARCHAR NOT NULL,
    schema_version INTEGER NOT NULL,
    sent_by VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    status VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    replaces INTEGER
);
{"; ".join(_LATER.values())};
CREATE SCHEMA facts;
"""


class StoreVersion(RuntimeError):
    """The store was made by a version this software cannot bring up to date; the message says what to do."""


def facts_table(table: ReturnType) -> str:
    """The name of a return's table of facts."""
    return f"facts.{table.about.name}"


def _stored_type(column: Column) -> str:
    if isinstance(column, (OneOf, AnyOf)):
        return f"ENUM{sql_list(column.codes.values)}" + ("[]" if isinstance(column, AnyOf) else "")
    return column.sql_type()


def facts_columns(table: ReturnType) -> dict[str, str]:
    """Column → SQL type of a table of facts: where a row came from, its quarter, its cells, what is derived."""
    stored = {"submission": "INTEGER", "record": "INTEGER", "quarter": "SMALLINT"}
    stored |= {name: _stored_type(column) for name, column in table.stored().items()}
    return stored | {derived.name: "INTEGER" for derived in table.derived}


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """All tables of a new store."""
    connection.execute(_LEDGER)
    for table in RETURNS:
        _create_facts(connection, table)


def _create_facts(connection: duckdb.DuckDBPyConnection, table: ReturnType) -> None:
    columns = ", ".join(f"{name} {sql_type}" for name, sql_type in facts_columns(table).items())
    connection.execute(f"CREATE TABLE {facts_table(table)} ({columns})")


def differences(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The SQL statements that bring an older store up to date, none when nothing differs.

    Raises StoreVersion when a statement would lose something: a column or a code that the
    definitions no longer have.
    """
    held: dict[str, dict[str, str]] = {}
    for table_name, column, data_type in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = 'facts' ORDER BY column_index"
    ).fetchall():
        held.setdefault(table_name, {})[column] = data_type
    main = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall()
    statements: list[str] = [statement for name, statement in _LATER.items() if (name,) not in main]
    for table in RETURNS:
        if table.about.name not in held:
            columns = ", ".join(f"{name} {kind}" for name, kind in facts_columns(table).items())
            statements.append(f"CREATE TABLE {facts_table(table)} ({columns})")
        else:
            statements += _alterations(table, held[table.about.name])
    return statements


def _alterations(table: ReturnType, held: dict[str, str]) -> list[str]:
    wanted = facts_columns(table)
    gone = set(held) - set(wanted)
    if gone:
        raise _would_lose(table, f"the column {', '.join(sorted(gone))}")
    statements = []
    for name, kind in wanted.items():
        if name not in held:
            statements.append(f"ALTER TABLE {facts_table(table)} ADD COLUMN {name} {kind}")
        elif _plain(held[name]) != _plain(kind):
            if lost := _codes(held[name]) - _codes(kind):
                raise _would_lose(table, f"the words {', '.join(sorted(lost))} of column {name}")
            statements.append(f"ALTER TABLE {facts_table(table)} ALTER COLUMN {name} SET DATA TYPE {kind}")
    return statements


def _would_lose(table: ReturnType, what: str) -> StoreVersion:
    return StoreVersion(
        f"This store was made by another version: its {table.about.title} hold {what}, which this version does not know. "
        "Nothing was changed. Open it with the version that made it, or run "
        "“python -m dataset rebuild --store STORE” after the definitions hold it again."
    )


def _plain(sql_type: str) -> str:
    return re.sub(r"\s+", "", sql_type)


def _codes(sql_type: str) -> set[str]:
    return {code.replace("''", "'") for code in re.findall(r"'((?:[^']|'')*)'", sql_type)}
