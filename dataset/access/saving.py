"""Accounts and audit trail in a backup: copied while they are in use, put back where they are gone or damaged.

Nobody's session and no wrong attempt goes into a copy. The key of the trail goes with it, so that the chain of a copy
can be checked; a folder of backups is kept as closely as the store itself.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from dataset.access.records import Records, RecordsDamaged, RecordsUnavailable
from dataset.access.trail import Trail
from dataset.disk import refused_by_disk
from dataset.keeping import write_for_good

_BESIDE = ("trail.head", "trail.key")


@dataclass(frozen=True)
class Saved:
    """The accounts and the trail of a store as they are in one folder: how many, and whether the chain holds."""

    accounts: int
    lines: int
    holds: bool
    said: str


def save(store: Path, into: Path) -> bool:
    """Copy accounts and trail of a store to stand beside the copied store `into`; False where there are none.

    Raises RecordsUnavailable where they cannot be read, OSError where the copy cannot be written.
    """
    records, copy = Records(store), Records(into)
    if not records.file.exists():
        return False
    copy.folder.mkdir(mode=0o700)
    # The head first: a line that is added meanwhile then makes it one behind, never one ahead.
    for name in _BESIDE:
        if (place := records.folder / name).exists():
            _written(copy.folder / name, place.read_bytes())
    _written(copy.file, b"")
    with records.reading() as source, closing(sqlite3.connect(copy.file, isolation_level=None)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
        target.execute("DELETE FROM session")
        target.execute("DELETE FROM attempt")
        target.execute("VACUUM")
    return True


def looked_at(store: Path) -> Saved | None:
    """What the accounts and the trail beside a store are; None where there are none.

    Raises RecordsDamaged, and RecordsUnavailable where they cannot be read for another reason.
    """
    records = Records(store)
    if not records.file.exists():
        return None
    with records.reading() as database:
        if [row[0] for row in database.execute("PRAGMA quick_check")] != ["ok"]:
            raise RecordsDamaged(f"The file {records.file} is damaged. A backup may hold it.")
        (accounts,) = database.execute("SELECT count(*) FROM account").fetchone()
    try:
        verified = Trail(records).verify()
    except PermissionError as error:
        raise RecordsUnavailable(refused_by_disk(error, records.folder)) from None
    return Saved(accounts, verified.lines, verified.holds, verified.sentence)


def are_whole(store: Path) -> bool:
    """Whether there are accounts and a trail that can be read. An altered line is no damage: it is evidence, and stays.

    Raises RecordsUnavailable where a full disk or a closed folder lets nobody tell.
    """
    try:
        return looked_at(store) is not None
    except RecordsDamaged:
        return False


def put_back(store: Path, saved: Path, stamp: str) -> Path | None:
    """Put the copy that stands beside `saved` in the place of those of a store; where what was there is now, if anything was.

    Raises OSError; what was there stays then.
    """
    records, copy = Records(store), Records(saved)
    fresh = records.folder.with_name(records.folder.name + ".restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700, parents=True)
    for place in (copy.file, *(copy.folder / name for name in _BESIDE)):
        if place.exists():
            _written(fresh / place.name, place.read_bytes())
    aside = None
    if records.folder.exists():
        aside = records.folder.with_name(f"{records.folder.name}.before-restore-{stamp}")
        os.rename(records.folder, aside)
    os.rename(fresh, records.folder)
    records.prepare()
    return aside


def _written(place: Path, raw: bytes) -> None:
    """For its owner alone, as beside the store."""
    write_for_good(place, raw)
    os.chmod(place, 0o600)
