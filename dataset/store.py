"""The DuckDB file: one owner process, a cursor for each use, one lock for commits.

Only this module opens the file. Readers never wait: each takes a `Reading`, the ledger at one
moment, and every query it makes is bound to the returns that counted then.
"""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar

import duckdb

from dataset import ledger, schema
from dataset.agencies import STOCKPORT, Area
from dataset.backups import has_backups, restore_advice
from dataset.carrying import Carried
from dataset.disk import refused_by_disk
from dataset.engine import configure, database, is_configured, last_id, roll_back
from dataset.keeping import Announced, Keeping, KeptUnreadable
from dataset.kept_versions import IN_WORDS, KEPT_VERSIONS
from dataset.ledger import Submission
from dataset.meeting import Meeting, altered
from dataset.reading import Reading as Reading
from dataset.refusing import StoreDamaged as StoreDamaged
from dataset.refusing import StoreUnavailable as StoreUnavailable
from dataset.refusing import gone, not_opened, not_ours, rebuild_advice, why_not
from dataset.removal import Removal
from dataset.version import Version

StoreKind = Literal["real", "demonstration"]
Clock = Callable[[], datetime]
T = TypeVar("T")


@dataclass
class _Shared:
    """What two openings of the same file share in this process, as they share the engine."""

    commit_lock: threading.Lock = field(default_factory=threading.Lock)
    version: int = 0


_SHARED: dict[Path, _Shared] = {}
_OPENING = threading.Lock()


def utc_now() -> datetime:
    return datetime.now(UTC)


class Store:
    """One partnership's store, open in this process until `close`."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection, keeping: Keeping, clock: Clock) -> None:
        self.path, self.keeping, self.clock = path, keeping, clock
        self.carried = Carried()
        self._connection = connection
        self._shared = _SHARED.setdefault(path.resolve(), _Shared())
        self._read_already: tuple[Submission, ...] = ()
        self._latest: Reading | None = None

    @classmethod
    def open(cls, path: Path, *, kind: StoreKind = "real", area: Area = STOCKPORT, clock: Clock = utc_now) -> Store:
        """Open a store, making it when there is none, and compare it with what is kept beside it.

        `kind` and `area` are for a new store. Raises StoreUnavailable (held by another process,
        damaged, of another version, folder not writable, disk full) with a sentence that says what to do.
        """
        with _OPENING:
            try:
                return cls._opened(path, kind, area, clock)
            except StoreDamaged as error:
                raise StoreDamaged(f"{error}{restore_advice(path)}") from None

    @classmethod
    def _opened(cls, path: Path, kind: StoreKind, area: Area, clock: Clock) -> Store:
        keeping = Keeping(path)
        if kind == "real" and not path.exists() and not keeping.folder.exists() and has_backups(path):
            raise StoreDamaged(gone(path))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = _connect(path)
            shared = is_configured(connection)
        except OSError as error:
            raise StoreUnavailable(f"The folder {path.parent} cannot be written to. Choose another one.") from error
        except duckdb.Error as error:
            raise not_opened(path, error) from None
        store = cls(path, connection, keeping, clock)
        try:
            if not shared:
                # Another opening in this process has done all this, and may be in the middle of a commit.
                configure(connection, keeping)
                keeping.prepare()
                store._make_or_migrate(kind, area)
                store._compare_with_kept()
                store._shared.version = int(store.meta("version"))
        except (duckdb.Error, OSError, KeptUnreadable) as error:
            connection.close()
            raise not_opened(path, error) from None
        except BaseException:
            connection.close()
            raise
        return store

    def close(self) -> None:
        self._connection.close()

    def _make_or_migrate(self, kind: StoreKind, area: Area) -> None:
        held = self._connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall()
        if not held:
            self._make(kind, area)
            return
        if not {("meta",), ("submission",)} <= set(held):
            raise StoreUnavailable(not_ours(self.path))
        found = int(self.meta("schema_version"))
        if found != schema.SCHEMA_VERSION:
            age = "newer" if found > schema.SCHEMA_VERSION else "older"
            raise schema.StoreVersion(
                f"This store was made by a{'n' if age == 'older' else ''} {age} version (store version {found}, this "
                f"software's is {schema.SCHEMA_VERSION}). Nothing was changed. Use that version, or make the store again "
                "from its kept files with “python -m dataset rebuild --store STORE”."
            )
        if statements := schema.differences(self._connection):
            self._migrate(statements)

    def _make(self, kind: StoreKind, area: Area) -> None:
        self._connection.execute("BEGIN")
        schema.create(self._connection)
        values = {
            "schema_version": str(schema.SCHEMA_VERSION),
            "kind": kind,
            "area": area.code,
            "version": "0",
            "made_at": self.clock().isoformat(),
        }
        for key, value in values.items():
            self._connection.execute("INSERT INTO meta VALUES (?, ?)", [key, value])
        self._connection.execute("COMMIT")
        self._connection.execute("CHECKPOINT")
        if kind == "demonstration":
            (self.keeping.folder / "demonstration").touch()

    def _migrate(self, statements: list[str]) -> None:
        self._connection.execute("CHECKPOINT")
        stamp = self.clock().strftime("%Y%m%dT%H%M%S")
        shutil.copy2(self.path, self.path.with_name(f"{self.path.name}.before-{stamp}"))
        self._connection.execute("BEGIN")
        for statement in statements:
            self._connection.execute(statement)
        self._connection.execute("COMMIT")
        self._connection.execute("CHECKPOINT")

    def _compare_with_kept(self) -> None:
        """Settle pending entries, then see that nothing accepted is missing. Raises StoreDamaged."""
        entries = {entry.id: entry for entry in self.entries()}
        versions = {kind: {one.id: one for one in kind.read(self._connection)} for kind in KEPT_VERSIONS}
        short = [f"{e.slot.dataset} {e.slot.quarter}" for e in self._with_wrong_counts(entries)]
        lacking = [f"rows of {', '.join(short[:5])}"] if short else []
        if lost := _settled(self.keeping, entries):
            lacking = [f"{len(lost)} entries of the ledger", *lacking]
        for kind, held in versions.items():
            if gone := _settled(self.keeping.of(kind), held):
                lacking.append(f"{len(gone)} {IN_WORDS[kind.table]}")
        if lacking:
            raise StoreDamaged(
                f"The store {self.path.name} lacks {lacking[0]} that were accepted. Nothing was changed. Make it again from "
                f"the kept files: python -m dataset rebuild --store {self.path}"
            )
        self._compare_records([one for one in versions[Meeting].values() if isinstance(one, Meeting)])
        _keep_again(self.keeping, entries)
        for kind, held in versions.items():
            _keep_again(self.keeping.of(kind), held)

    def _compare_records(self, held: list[Meeting]) -> None:
        """Raises StoreDamaged where the record of a meeting is not the one that was frozen."""
        for one in altered({meeting.id: meeting for meeting in held}, self.keeping.of(Meeting).readable()):
            advice = f"Make the store again from the kept files: python -m dataset rebuild --store {self.path}"
            if one.is_intact:
                place = self.keeping.folder / Meeting.folder / f"{one.id:08}.json"
                advice = f"The store holds it unaltered: delete {place}, and it is kept again at the next start."
            raise StoreDamaged(
                f"The record of {one.title} is not the one that was frozen. Nothing was changed. {advice}"
            )

    def _with_wrong_counts(self, entries: dict[int, Submission]) -> list[Submission]:
        accepted = [entry for entry in entries.values() if entry.status == "accepted"]
        tables = self._connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'facts'")
        counted: dict[int, int] = {}
        for name in {name for (name,) in tables.fetchall()} & {entry.slot.dataset for entry in accepted}:
            of_each = self._connection.execute(f"SELECT submission, count(*) FROM facts.{name} GROUP BY submission")
            counted |= dict(of_each.fetchall())
        removed = {one.submission for one in Removal.read(self._connection)}
        expected = {entry.id: 0 if entry.id in removed else entry.records for entry in accepted}
        return [entries[i] for i, n in expected.items() if counted.get(i, 0) != n]

    def meta(self, key: str) -> str:
        """A word the store keeps about itself: kind, area, version, schema_version, made_at."""
        with self.cursor() as cursor:
            row = cursor.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
        if row is None:
            raise StoreUnavailable(not_ours(self.path))
        return str(row[0])

    @cached_property
    def is_demonstration(self) -> bool:
        """What kind of store it is was settled when it was made."""
        return self.meta("kind") == "demonstration"

    @cached_property
    def area(self) -> str:
        """The code of the partnership's area, settled when the store was made."""
        return self.meta("area")

    @property
    def version(self) -> int:
        """Grows by one with every commit; what was computed for a version holds until the next."""
        return self._shared.version

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of its own for one use: one connection must not be used from two threads.

        Raises StoreUnavailable where the disk is full or cannot be written to.
        """
        cursor = self._connection.cursor()
        try:
            yield cursor
        except (OSError, duckdb.Error) as error:
            if why := refused_by_disk(error, self.path):
                raise StoreUnavailable(why) from error
            raise
        finally:
            cursor.close()

    @contextmanager
    def snapshot(self) -> Iterator[tuple[Path, dict[str, int]]]:
        """A copy of the store as at one moment, made while others read and write, and the last number it holds of each
        kind of entry, by table. It lies in the staging folder and is gone after the `with`."""
        place = self.keeping.staging.resolve() / f"{uuid.uuid4().hex}.duckdb"
        alias, named = f"copy_{place.stem}", str(place).replace("'", "''")
        try:
            with self.cursor() as cursor:
                cursor.execute(f"ATTACH '{named}' AS {alias}")
                try:
                    cursor.execute("BEGIN")
                    cursor.execute(f'COPY FROM DATABASE "{database(cursor)}" TO {alias}')
                    last = {name: last_id(cursor, name) for name in ("submission", *(k.table for k in KEPT_VERSIONS))}
                    cursor.execute("COMMIT")
                except BaseException:
                    roll_back(cursor)
                    raise
                finally:
                    cursor.execute(f"DETACH {alias}")
            yield place, last
        finally:
            for left in (place, place.with_name(place.name + ".wal")):
                left.unlink(missing_ok=True)

    def entries(self) -> tuple[Submission, ...]:
        held = self._read_already
        with self.cursor() as cursor:
            return self.entries_seen_by(cursor, held)

    def entries_seen_by(
        self, cursor: duckdb.DuckDBPyConnection, held: tuple[Submission, ...] | None = None
    ) -> tuple[Submission, ...]:
        """The ledger as a cursor sees it; only what is new since it was last read is read again.

        `held` is what had been read before the cursor's transaction began: only that is certain to be older.
        """
        before = self._read_already if held is None else held
        entries = (*before, *ledger.read(cursor, before[-1].id if before else 0))
        if len(entries) > len(self._read_already):
            self._read_already = entries
        return entries

    @contextmanager
    def in_bulk(self) -> Iterator[None]:
        """Many commits without waiting for the disk: for what can be made again, such as a demonstration."""
        everything = (self.keeping, *(self.keeping.of(kind) for kind in KEPT_VERSIONS))
        for kept in everything:
            kept.in_bulk = True
        try:
            yield
        finally:
            for kept in everything:
                kept.in_bulk = False

    def reading(self, as_at: datetime | None = None) -> Reading:
        """The store as it is, or as it was at a moment (UTC)."""
        latest = self._latest
        if latest is None or latest.version != self._shared.version:
            latest = self._latest = self._read_latest()
        if as_at is None:
            return replace(latest)
        seen = tuple(e for e in latest.entries if e.recorded_at <= as_at)
        last = max((e.id for e in seen), default=0)
        return Reading(self, seen, ledger.current(seen), last, latest.version, as_at)

    def _read_latest(self) -> Reading:
        held = self._read_already
        with self.cursor() as cursor:
            cursor.execute("BEGIN")
            entries = self.entries_seen_by(cursor, held)
            row = cursor.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
            cursor.execute("COMMIT")
        last = max((e.id for e in entries), default=0)
        return Reading(self, entries, ledger.current(entries), last, int(row[0]) if row else 0, None)

    @contextmanager
    def committing(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """One transaction on `cursor` under the commit lock: it bumps the store version. Any error rolls all back.

        The commit is in the engine's log when the lock is released. It is not moved into the file itself at
        once: the engine then writes over blocks that are in use, and a process killed in the middle of one left
        a file it could not read (once in some 200 kills). The log is replayed; what is kept beside the store
        tells when it is gone.
        """
        with self._shared.commit_lock:
            cursor.execute("BEGIN")
            try:
                yield
                version = _one_up(cursor)
                cursor.execute("COMMIT")
                self._shared.version = version
            except BaseException:
                roll_back(cursor)
                raise

    def still_moment(self) -> datetime:
        """A moment between two commits: whatever was committed before carries that moment or an earlier one, whatever is
        committed later a later one, so that a reading as at it never changes."""
        with self._shared.commit_lock:
            moment = max([self.clock(), *(entry.recorded_at for entry in self.entries()[-1:])])
            while self.clock is utc_now and self.clock() <= moment:
                pass  # the clock of the machine ticks in microseconds
            return moment

    def next_moment(self, entries: tuple[Submission, ...]) -> datetime:
        """Now, or the moment of the last entry should the clock have been set back: the ledger never runs backwards."""
        return max([self.clock(), *(entry.recorded_at for entry in entries[-1:])])


def _one_up(cursor: duckdb.DuckDBPyConnection) -> int:
    row = cursor.execute(
        "UPDATE meta SET value = CAST(CAST(value AS BIGINT) + 1 AS VARCHAR) WHERE key = 'version' RETURNING value"
    ).fetchone()
    assert row is not None
    return int(row[0])


def _settled(kept: Announced, held: Mapping[int, Submission | Version]) -> list[int]:
    """Confirm what was committed, forget what was not; the numbers of what was confirmed and is not held."""
    for pending in kept.pending():
        if pending in held:
            kept.confirm(pending)
        else:
            kept.forget(pending)
    return [number for number in kept.confirmed() if number not in held]


def _keep_again(kept: Announced, held: Mapping[int, Submission | Version]) -> None:
    for number in sorted(set(held) - set(kept.confirmed())):
        kept.announce(held[number].as_entry())
        kept.confirm(number)


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), config={"storage_compatibility_version": "v1.5.0"})
    except duckdb.IOException as error:
        raise why_not(path, str(error)) from None
    except duckdb.Error:
        raise StoreDamaged(rebuild_advice(path)) from None
