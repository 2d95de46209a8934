"""Making a backup while the store is in use: the engine's own copy as at one moment, and the folder kept beside it.

The copy blocks nobody: readers and writers go on while it is made (24 ms for the demonstration store). Where another
process holds the store, the kept folder alone is backed up; every accepted return can be made again from it.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from dataset import schema
from dataset.access.records import Records, RecordsDamaged, RecordsUnavailable
from dataset.access.saving import looked_at, save
from dataset.backups import (
    MANIFEST,
    SNAPSHOT,
    Backup,
    access_words,
    backups_of,
    counted,
    default_folder,
    files_in,
    needs_file,
    removed_in,
)
from dataset.disk import refused_by_disk
from dataset.keeping import Announced, Keeping, flush_folder, sha256_of, write_for_good
from dataset.kept_versions import KEPT_VERSIONS
from dataset.store import Clock, Store, StoreUnavailable, utc_now

FEWEST, USUAL = 2, 14
_MAKING = threading.Lock()
_HALF, _ABANDONED_AFTER = ".half-", 3600


@dataclass(frozen=True)
class Made:
    """A backup that was made and read back, and what it could not hold: entries whose kept file is gone or altered."""

    backup: Backup
    lacking: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        backup, counts = self.backup, self.backup.manifest["counts"]
        said = f"B{backup.title[1:]} holds {counted(counts)}. It is in {backup.folder}."
        if not backup.has_store:
            said += (
                " Another program holds the store, so what is kept beside it was copied: that is enough to make the store "
                "again with every accepted return."
            )
        said += access_words(backup.manifest)
        if self.lacking:
            numbers = ", ".join(str(number) for number in self.lacking[:5])
            said += f" The kept file of entry {numbers} is gone or altered: ask for the file again."
        return said


def backups_kept() -> int:
    """How many backups stay: SAFEGUARDING_BACKUPS_KEPT, 14 without it, never fewer than 2."""
    text = os.environ.get("SAFEGUARDING_BACKUPS_KEPT", "").strip()
    if text and not text.isdecimal():
        raise StoreUnavailable(f"SAFEGUARDING_BACKUPS_KEPT is “{text[:20]}”. Write a whole number such as {USUAL}.")
    return max(int(text or USUAL), FEWEST)


def back_up(store: Store, folder: Path | None = None, *, keep: int | None = None) -> Made:
    """Back up an open store while it is in use. Raises StoreUnavailable with a sentence; then nothing was changed.

    Only the newest `keep` backups stay (14), and with them the newest that holds the engine's own copy.
    """
    with _half_made(store.path, folder or default_folder(store.path)) as (half, earlier):
        with store.snapshot() as (copied, last):
            shutil.copyfile(copied, half / SNAPSHOT)
        copy = Keeping(half / SNAPSHOT)
        for kind in KEPT_VERSIONS:
            _copy_entries(store.keeping.of(kind), copy.of(kind), last[kind.table])
        _copy_entries(store.keeping, copy, last["submission"])
        _copy_the_rest(store.keeping, copy)
        held = _said_by(half / SNAPSHOT, store.path)
        return _finished(store.path, store.keeping, half, earlier, held, store.clock, keep)


def back_up_kept(path: Path, folder: Path | None = None, *, clock: Clock = utc_now, keep: int | None = None) -> Made:
    """Back up what is kept beside a store that another process holds: entries are only ever added to it."""
    keeping = Keeping(path)
    if not keeping.confirmed() and not any(keeping.of(kind).confirmed() for kind in KEPT_VERSIONS):
        raise StoreUnavailable(f"There is nothing to back up yet: {keeping.folder.name} holds no entry.")
    with _half_made(path, folder or default_folder(path)) as (half, earlier):
        copy = Keeping(half / SNAPSHOT)
        # A comment names the ledger it was written under, so the ledger is listed last.
        for kind in KEPT_VERSIONS:
            _copy_entries(keeping.of(kind), copy.of(kind))
        _copy_entries(keeping, copy)
        _copy_the_rest(keeping, copy)
        return _finished(path, keeping, half, earlier, {}, clock, keep)


def _said_by(snapshot: Path, path: Path) -> dict[str, Any]:
    """Open a copied store as it would be opened after a restore; what it says of itself."""
    try:
        store = Store.open(snapshot)
    except StoreUnavailable:
        raise StoreUnavailable(
            f"The backup was not made: a copy of {path.name} does not open as a whole store. Ask what is wrong with it: "
            f"python -m dataset verify --store {path}"
        ) from None
    try:
        return {"version": store.version, "kind": store.meta("kind"), "area": store.area}
    finally:
        store.close()


def _copy_entries(source: Announced, copy: Announced, last: int | None = None) -> None:
    """Entries as they are kept, up to the last; one not confirmed yet is written again by the copied store as it opens."""
    copy.entered.mkdir(parents=True, exist_ok=True)
    for number in source.confirmed():
        if (last is None or number <= last) and source.entry_or_none(number) is not None:
            write_for_good(copy.place_of(number), source.place_of(number).read_bytes())


def _finished(
    path: Path,
    keeping: Keeping,
    half: Path,
    earlier: Backup | None,
    said: Mapping[str, Any],
    clock: Clock,
    keep: int | None,
) -> Made:
    """Files, manifest, name; then read back, and only then are older backups let go."""
    copy = Keeping(half / SNAPSHOT)
    removed = removed_in(copy) | removed_in(keeping)
    lacking = tuple(
        entry["id"]
        for entry in copy.entries()
        if needs_file(entry, removed) and not _copy_file(entry["sha256"], keeping, copy, earlier)
    )
    shutil.rmtree(copy.staging, ignore_errors=True)
    access = _access_saved(path, half)
    made_at = clock()
    counts = {"submission": len(copy.confirmed())} | {k.table: len(copy.of(k).confirmed()) for k in KEPT_VERSIONS}
    manifest = {
        "made_at": made_at.isoformat(),
        "store": path.name,
        "last_entry": max(copy.confirmed(), default=0),
        "counts": counts,
        "access": access,
        "lacking": list(lacking),
        "software": {
            "store_version": schema.SCHEMA_VERSION,
            "engine": duckdb.__version__,
            "python": platform.python_version(),
        },
        "files": {name: [place.stat().st_size, sha256_of(place)] for name, place in files_in(half).items()},
        **said,
    }
    if (half / SNAPSHOT).exists():
        _flush(half / SNAPSHOT)
    write_for_good(half / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
    made = _named(path, half, made_at)
    if made.fault:
        raise StoreUnavailable(f"The {made.title} cannot be read back as it was written: {made.fault}. Check the disk.")
    _let_go(path, made, keep or backups_kept())
    return Made(made, lacking)


def _access_saved(path: Path, half: Path) -> dict[str, Any]:
    """Accounts and trail beside the copy, and what they are; {} where a store has none. Damaged ones keep nobody from
    backing up the returns."""
    try:
        save(path, half / SNAPSHOT)
        saved = looked_at(half / SNAPSHOT)
    except RecordsDamaged as error:
        shutil.rmtree(Records(half / SNAPSHOT).folder, ignore_errors=True)
        return {"fault": str(error)}
    except RecordsUnavailable as error:
        raise StoreUnavailable(f"The backup was not made. {error}") from None
    return (
        {"accounts": saved.accounts, "lines": saved.lines, "fault": "" if saved.holds else saved.said} if saved else {}
    )


def _copy_file(digest: str, keeping: Keeping, copy: Keeping, earlier: Backup | None) -> bool:
    """One kept file by its content: linked to the last backup's where that is whole, else copied. False when it is lost."""
    place = copy.place_of_file(digest)
    if place.exists():
        return True
    place.parent.mkdir(parents=True, exist_ok=True)
    if earlier is not None and earlier.keeping.is_intact(digest):
        try:
            os.link(earlier.keeping.place_of_file(digest), place)
            return True
        except OSError:  # the disk has no links, or no more of them for this file
            write_for_good(place, earlier.keeping.file(digest))
            return True
    if not keeping.is_intact(digest):
        return False
    write_for_good(place, keeping.file(digest))
    return True


def _copy_the_rest(keeping: Keeping, copy: Keeping) -> None:
    """Whatever else is kept beside the store, as it is at this moment."""
    ours = {"files", "ledger", "staging", *(kind.folder for kind in KEPT_VERSIONS)}
    for name, place in files_in(keeping.folder).items():
        if name.split("/")[0] not in ours and not name.endswith(".half"):
            target = copy.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            write_for_good(target, place.read_bytes())


def _named(path: Path, half: Path, made_at: datetime) -> Backup:
    """Give a finished backup the next number and its name."""
    folder = half.parent
    for place in half.rglob("*"):
        if place.is_dir():
            flush_folder(place)
    flush_folder(half)
    number = max((one.number for one in backups_of(path, folder)), default=0) + 1
    while True:
        final = folder / f"{path.name}-{number:04}-{made_at:%Y%m%dT%H%M%S}Z"
        if not final.exists():
            os.rename(half, final)
            flush_folder(folder)
            return Backup(final)
        number += 1


def _let_go(path: Path, made: Backup, keep: int) -> None:
    """Remove what is older than the newest `keep`; the newest with the engine's own copy stays in any case."""
    every = backups_of(path, made.folder.parent)
    whole = next((one for one in every if one.manifest and one.has_store and one.is_good), None)
    for one in every[keep:]:
        if whole is None or one.folder != whole.folder:
            _remove(one.folder)


def _remove(backup: Path) -> None:
    """Under another name first: should the removal be interrupted, what is left is no backup, and is cleared away later."""
    going = backup.with_name(f"{_HALF}{uuid.uuid4().hex}")
    with suppress(OSError):  # one that cannot be removed stays
        os.rename(backup, going)
        shutil.rmtree(going, ignore_errors=True)


@contextmanager
def _half_made(path: Path, folder: Path) -> Iterator[tuple[Path, Backup | None]]:
    """A folder to make a backup in, gone again unless it gets its name, and the newest backup there is."""
    half = folder / f"{_HALF}{uuid.uuid4().hex}"
    with _MAKING:
        try:
            half.mkdir(parents=True)
            _clear_abandoned(folder, but=half)
            yield half, next((one for one in backups_of(path, folder) if one.manifest), None)
        except OSError as error:
            raise StoreUnavailable(f"The backup was not made. {refused_by_disk(error, folder)}") from None
        finally:
            shutil.rmtree(half, ignore_errors=True)


def _clear_abandoned(folder: Path, but: Path) -> None:
    """Remove what a process that was killed left half made."""
    for left in folder.glob(f"{_HALF}*"):
        if left != but and time.time() - left.stat().st_mtime > _ABANDONED_AFTER:
            shutil.rmtree(left, ignore_errors=True)


def _flush(place: Path) -> None:
    descriptor = os.open(place, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
