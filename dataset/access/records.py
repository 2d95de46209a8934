"""The file beside the store that holds accounts, sessions and the audit trail.

SQLite, because the gate, the command line and the application write to it from different processes, and the
store's own engine lets only one of them in.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from dataset.disk import full_words, has_no_room
from dataset.refusing import StoreUnavailable

log = logging.getLogger("safeguarding")

_TABLES = (
    """CREATE TABLE IF NOT EXISTS account (
        name TEXT PRIMARY KEY COLLATE NOCASE,
        role TEXT NOT NULL,
        agency TEXT NOT NULL,
        password TEXT NOT NULL,
        must_change INTEGER NOT NULL,
        closed INTEGER NOT NULL DEFAULT 0,
        made_at REAL NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS session (
        token TEXT PRIMARY KEY,
        account TEXT NOT NULL,
        began REAL NOT NULL,
        last_seen REAL NOT NULL,
        ended INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE TABLE IF NOT EXISTS attempt (who TEXT NOT NULL, at REAL NOT NULL)",
    "CREATE INDEX IF NOT EXISTS attempt_by_whom ON attempt (who, at)",
    """CREATE TABLE IF NOT EXISTS trail (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        account TEXT NOT NULL,
        role TEXT NOT NULL,
        agency TEXT NOT NULL,
        action TEXT NOT NULL,
        what TEXT NOT NULL,
        outcome TEXT NOT NULL,
        mac TEXT NOT NULL
    )""",
    """CREATE TRIGGER IF NOT EXISTS trail_is_never_changed BEFORE UPDATE ON trail
       BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS trail_is_never_cut BEFORE DELETE ON trail
       BEGIN SELECT RAISE(ABORT, 'the audit trail is never cut'); END""",
)

# What the engine calls a file that is none of its own, is damaged, or lacks our tables.
_OF_THE_FILE = ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR")


class RecordsUnavailable(StoreUnavailable, OSError):
    """Accounts, sessions and audit trail cannot be read or written; the message says why. Nothing was changed."""

    def __str__(self) -> str:
        return str(self.args[0])


class RecordsDamaged(RecordsUnavailable):
    """The file itself is the reason: cut, overwritten, or not ours. Not a full disk, nor a folder that may not be read."""


class Records:
    """The folder `<store>.access`, readable by its owner alone."""

    def __init__(self, store: Path) -> None:
        self.folder = store.with_name(store.name + ".access")
        self.file = self.folder / "access.sqlite"

    def prepare(self) -> None:
        """Make the folder and the tables. Raises OSError where that cannot be done."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.chmod(self.folder, 0o700)
        with self._refusals(), closing(self._connected()) as database:
            database.execute("PRAGMA journal_mode = WAL")
        os.chmod(self.file, 0o600)
        with self.writing() as database:
            for table in _TABLES:
                database.execute(table)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept together or not at all; one writer at a time. Raises RecordsUnavailable."""
        with self._refusals(), closing(self._connected()) as database:
            database.execute("PRAGMA synchronous = FULL")
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.execute("COMMIT")
            except BaseException:
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that only reads. Raises RecordsUnavailable."""
        with self._refusals(), closing(self._connected()) as database:
            database.execute("PRAGMA query_only = ON")
            yield database

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, timeout=10, isolation_level=None)

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        """What the engine could not do becomes a sentence; a rule that was broken stays the error it is."""
        try:
            yield
        except (sqlite3.IntegrityError, RecordsUnavailable):
            raise
        except (sqlite3.DatabaseError, OSError) as error:
            name = str(getattr(error, "sqlite_errorname", ""))
            kind = RecordsDamaged if name.startswith(_OF_THE_FILE) else RecordsUnavailable
            raise kind(self._why(error)) from None

    def _why(self, error: Exception) -> str:
        log.error("accounts and trail: %s", getattr(error, "sqlite_errorname", type(error).__name__))
        if has_no_room(self.folder):
            return full_words(self.folder)
        return (
            f"Accounts and audit trail in {self.folder} cannot be used. Nothing was changed. Check that the folder may be "
            "written to; a damaged file is put back from a backup."
        )
