"""The engine's settings, and small things to ask of it."""

from __future__ import annotations

from contextlib import suppress

import duckdb

from dataset.keeping import Keeping


def configure(connection: duckdb.DuckDBPyConnection, keeping: Keeping) -> None:
    """Nothing outside the staging folder can be read through the engine, and nobody can change that."""
    staging = str(keeping.staging.resolve()).replace("'", "''")
    for setting in (
        f"SET allowed_directories = ['{staging}']",
        "SET enable_external_access = false",
        "SET autoload_known_extensions = false",
        "SET enable_progress_bar = false",
        "SET TimeZone = 'UTC'",
        # Its search for a dictionary costs a twentieth of a whole intake and saves what no partnership would notice.
        "SET disabled_compression_methods = 'dict_fsst'",
        "SET lock_configuration = true",
    ):
        try:
            connection.execute(setting)
        except duckdb.CatalogException:  # TimeZone needs an extension that is not always there; times are UTC anyway.
            continue


def is_configured(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether this process holds the file already; its engine then is shared and its settings locked."""
    row = connection.execute("SELECT current_setting('lock_configuration')").fetchone()
    return bool(row and row[0])


def roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    """A commit that the disk refused has been rolled back by the engine already."""
    with suppress(duckdb.Error):
        cursor.execute("ROLLBACK")


def database(cursor: duckdb.DuckDBPyConnection) -> str:
    row = cursor.execute("SELECT current_database()").fetchone()
    assert row is not None
    return str(row[0]).replace('"', '""')


def last_id(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    row = cursor.execute(f"SELECT coalesce(max(id), 0) FROM main.{table}").fetchone()
    assert row is not None
    return int(row[0])
