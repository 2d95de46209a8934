"""Making a store again from the files and ledger kept beside it, when the store itself is damaged."""

from __future__ import annotations

import os
import shutil
from itertools import chain
from pathlib import Path

from dataset.agencies import STOCKPORT, Area
from dataset.checking import check, create_code_types
from dataset.comment import Comment
from dataset.entering import entering
from dataset.intake import insert_facts
from dataset.keeping import Keeping
from dataset.ledger import Submission
from dataset.rebase import Rebase
from dataset.schema import StoreVersion
from dataset.store import Store, StoreDamaged, StoreKind
from dataset.tables import return_named
from dataset.versions import restore


def rebuild(path: Path) -> tuple[int, Path | None]:
    """Make the store again; the number of entries restored and where the damaged file was put aside.

    Every kept file goes through the same checks as when it was sent and keeps its entry's number and
    date; every version of every comment and rebase comes back too. Raises StoreDamaged when a kept file is gone or
    no longer passes; the old store then stays.
    """
    keeping = Keeping(path)
    if path.exists():
        _refuse_if_held(path)
    if not any(one.confirmed() for one in (keeping, keeping.comments, keeping.rebases)):
        raise StoreDamaged(f"There is nothing kept beside {path.name} to make it from: {keeping.folder.name} is empty.")
    fresh = path.with_name(path.name + ".rebuilding")
    _remove(fresh)
    shutil.copytree(keeping.files, Keeping(fresh).files)
    store = Store.open(fresh, kind=_kind(keeping), area=_area(keeping))
    try:
        for value in keeping.entries():
            _replay(store, Submission.from_entry(value))
        for value in keeping.comments.entries():
            restore(store, store.keeping.comments, Comment.from_entry(value))
        for value in keeping.rebases.entries():
            restore(store, store.keeping.rebases, Rebase.from_entry(value))
        restored = len(store.entries())
    finally:
        store.close()
    return restored, _put_in_place(path, fresh)


def _refuse_if_held(path: Path) -> None:
    """Raises StoreUnavailable when another process has the store open: it would go on writing to the old file."""
    try:
        Store.open(path).close()
    except (StoreDamaged, StoreVersion):
        return


def _kind(keeping: Keeping) -> StoreKind:
    return "demonstration" if (keeping.folder / "demonstration").exists() else "real"


def _area(keeping: Keeping) -> Area:
    """The area of the entries, comments and rebases: a store holds one area."""
    code = next(chain(keeping.entries(), keeping.comments.entries(), keeping.rebases.entries()))["area"]
    return STOCKPORT if code == STOCKPORT.code else Area(code, code)


def _replay(store: Store, entry: Submission) -> None:
    has_rows = entry.status == "accepted" and entry.kind != "nil"
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


def _kept(store: Store, entry: Submission) -> bytes:
    try:
        return store.keeping.file(entry.sha256)
    except FileNotFoundError:
        raise StoreDamaged(
            f"The file of entry {entry.id} ({entry.slot.dataset}, {entry.slot.agency}, {entry.slot.quarter}) is no longer "
            "kept; ask the agency to send it again. The store was left as it was."
        ) from None


def _put_in_place(path: Path, fresh: Path) -> Path | None:
    """Swap the files; the kept folder of the damaged store stays the one that counts."""
    aside = None
    if path.exists():
        aside = path.with_name(path.name + ".damaged")
        os.replace(path, aside)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    os.replace(fresh, path)
    _remove(fresh)
    return aside


def _remove(store: Path) -> None:
    for leftover in (store, store.with_name(store.name + ".wal")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(Keeping(store).folder, ignore_errors=True)
