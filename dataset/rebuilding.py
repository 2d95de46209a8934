"""Making a store again from the files and ledger kept beside it, when the store itself is damaged."""

from __future__ import annotations

import os
import shutil
from itertools import chain
from pathlib import Path

from dataset.agencies import STOCKPORT, Area
from dataset.backups import restore_advice
from dataset.checking import check, create_code_types
from dataset.entering import entering
from dataset.intake import insert_facts
from dataset.keeping import Announced, Keeping, KeptUnreadable
from dataset.kept_versions import KEPT_VERSIONS
from dataset.ledger import Submission
from dataset.meeting import Meeting
from dataset.refusing import not_opened
from dataset.removal import Removal, entries_removed
from dataset.schema import StoreVersion
from dataset.store import Store, StoreDamaged, StoreKind
from dataset.tables import return_named
from dataset.version import Version
from dataset.versions import restore


def rebuild(path: Path) -> tuple[int, Path | None]:
    """Make the store again; the number of entries restored and where the damaged file was put aside.

    Every kept file goes through the same checks as when it was sent and keeps its entry's number and
    date; every version of whatever people wrote comes back too. Raises StoreDamaged when a kept file is gone or
    no longer passes; the old store then stays.
    """
    try:
        return _rebuilt(path)
    except KeptUnreadable as error:
        raise StoreDamaged(f"{not_opened(path, error)}{restore_advice(path)}") from None


def _rebuilt(path: Path) -> tuple[int, Path | None]:
    keeping = Keeping(path)
    if path.exists():
        refuse_if_held(path)
    if not any(one.confirmed() for one in _announced(keeping)):
        raise StoreDamaged(f"There is nothing kept beside {path.name} to make it from: {keeping.folder.name} is empty.")
    fresh = path.with_name(path.name + ".rebuilding")
    _remove(fresh)
    shutil.copytree(keeping.files, Keeping(fresh).files)
    store = Store.open(fresh, kind=_kind(keeping), area=_area(keeping))
    removed = entries_removed(keeping.of(Removal).entries())
    try:
        with store.in_bulk():  # what the new store keeps beside itself is not what stays
            for value in keeping.entries():
                replay(store, Submission.from_entry(value), removed)
            for kind in KEPT_VERSIONS:
                for value in keeping.of(kind).entries():
                    restore(store, _whole(kind.from_entry(value)))
        restored = len(store.entries())
    finally:
        store.close()
    return restored, _put_in_place(path, fresh)


def refuse_if_held(path: Path) -> None:
    """Raises StoreUnavailable when another process has the store open: it would go on writing to the old file."""
    try:
        Store.open(path).close()
    except (StoreDamaged, StoreVersion):
        return


def _kind(keeping: Keeping) -> StoreKind:
    return "demonstration" if (keeping.folder / "demonstration").exists() else "real"


def _area(keeping: Keeping) -> Area:
    """The area of whatever is kept: a store holds one area."""
    code = next(chain.from_iterable(one.entries() for one in _announced(keeping)))["area"]
    return STOCKPORT if code == STOCKPORT.code else Area(code, code)


def _announced(keeping: Keeping) -> tuple[Announced, ...]:
    return (keeping, *(keeping.of(kind) for kind in KEPT_VERSIONS))


def replay(store: Store, entry: Submission, removed: frozenset[int] = frozenset()) -> None:
    """Enter a kept entry again with the rows of its kept file, without them if they were `removed`.

    Raises StoreDamaged when the file no longer gives them.
    """
    has_rows = entry.status == "accepted" and entry.kind != "nil" and entry.id not in removed
    with store.cursor() as cursor:
        checked = None
        if has_rows:
            table = return_named(entry.slot.dataset)
            create_code_types(cursor, table)
            checked = check(_kept(store, entry), table, entry.slot.quarter, cursor, store.keeping.staging, entry.bytes)
            if not checked.accepted or checked.records != entry.records:
                raise StoreDamaged(
                    f"The kept file of entry {entry.id} ({entry.slot.dataset}, {entry.slot.agency}, {entry.slot.quarter}) "
                    "no longer passes the checks; the store was left as it was. Use the version that accepted it."
                )
        with entering(store, cursor) as under_way:
            under_way.restore(entry)
            if checked is not None:
                insert_facts(cursor, entry, table, checked)


def _whole(one: Version) -> Version:
    """Raises StoreDamaged for a kept record of a meeting that is not the one that was frozen."""
    if isinstance(one, Meeting) and not one.is_intact:
        raise StoreDamaged(
            f"The kept record of {one.title} is not the one that was frozen; the store was left as it was. Put the kept "
            "folder of a backup in its place."
        )
    return one


def _kept(store: Store, entry: Submission) -> bytes:
    if not store.keeping.is_intact(entry.sha256):
        what = "altered" if store.keeping.has_file(entry.sha256) else "no longer kept"
        raise StoreDamaged(
            f"The file of entry {entry.id} ({entry.slot.dataset}, {entry.slot.agency}, {entry.slot.quarter}) is {what}: "
            "restore it from a backup, or ask the agency to send it again. The store was left as it was."
        )
    return store.keeping.file(entry.sha256)


def _put_in_place(path: Path, fresh: Path) -> Path | None:
    """Swap the files; the kept folder of the damaged store stays the one that counts."""
    aside, log = None, path.with_name(path.name + ".wal")
    if path.exists():
        aside = path.with_name(path.name + ".damaged")
        os.replace(path, aside)
    if log.exists():  # a log left beside the new store would be taken for its own
        os.replace(log, path.with_name(path.name + ".damaged.wal"))
    os.replace(fresh, path)
    _remove(fresh)
    return aside


def _remove(store: Path) -> None:
    for leftover in (store, store.with_name(store.name + ".wal")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(Keeping(store).folder, ignore_errors=True)
