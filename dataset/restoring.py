"""Going back to a backup: said first what it would lose, then done beside the damaged store, then put in its place.

Whatever the folder kept beside the damaged store still holds is entered again after the backup, so that only what
was kept nowhere is lost. The damaged store and its kept folder stay, under names of their own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dataset.access import saving
from dataset.access.records import Records
from dataset.backups import (
    SNAPSHOT,
    Backup,
    Loss,
    access_words,
    backups_of,
    can_come_back,
    files_in,
    in_words,
    kept_entries,
    loss_by,
    needs_file,
    removed_in,
)
from dataset.disk import refused_by_disk
from dataset.keeping import Keeping, write_for_good
from dataset.kept_versions import KEPT_VERSIONS
from dataset.ledger import Submission
from dataset.purging import finish
from dataset.rebuilding import rebuild, replay
from dataset.schema import StoreVersion, facts_table
from dataset.store import Clock, Store, StoreDamaged, StoreUnavailable, utc_now
from dataset.tables import return_named
from dataset.verifying import read_through
from dataset.versions import restore as enter_again

NEWEST = "newest"


@dataclass(frozen=True)
class Restored:
    """What was done: entries in the store now, how many of them came after the backup, what was lost, where the
    damaged store is (None: the store was whole, and only kept files came back), and what became of accounts and trail."""

    backup: Backup
    entries: int
    brought_back: int
    loss: Loss
    aside: Path | None
    access: str = ""

    @property
    def sentence(self) -> str:
        if self.aside is None:
            return (
                f"The store is whole and was left as it is. {self.brought_back:,} kept files came back from the "
                f"{self.backup.title}.{self.access}"
            )
        after = f", {self.brought_back:,} of them from after the backup" if self.brought_back else ""
        lost = self.loss.sentence.replace("It would lose", "Lost:").replace("would be lost", "was lost")
        return (
            f"The store is back from the {self.backup.title}: {self.entries:,} entries{after}. {lost} The damaged store is "
            f"kept as {self.aside}.{self.access}"
        )


def chosen(path: Path, folder: Path, named: str) -> Backup:
    """The backup a person named: "newest" (the newest good one), its number, its name, or its folder.

    Raises StoreUnavailable when there is none, or when it is not good."""
    every = backups_of(path, folder)
    if named == NEWEST:
        found = next((one for one in every if one.is_good), None)
        if found is None:
            many = f"None of the {len(every)} backups" if every else "No backup"
            raise StoreUnavailable(f"{many} of {path.name} in {folder} is good. Nothing was changed.")
        return found
    places = {one.folder.name: one for one in every} | {str(one.number): one for one in every}
    found = places.get(named) or (Backup(Path(named)) if (Path(named) / "manifest.json").is_file() else None)
    if found is None:
        raise StoreUnavailable(f"There is no backup “{named}” of {path.name} in {folder}. Nothing was changed.")
    if found.fault:
        raise StoreUnavailable(f"The backup {found.folder.name} is not good: {found.fault}. Nothing was changed.")
    return found


def is_whole(path: Path) -> bool:
    """Whether the store opens and can be read to its last block. Raises StoreUnavailable when another process holds it."""
    if not path.exists():
        return False
    try:
        store = Store.open(path)
    except (StoreDamaged, StoreVersion):
        return False
    try:
        read_through(store)
    except StoreDamaged:
        return False
    finally:
        store.close()
    return True


def would_lose(path: Path, backup: Backup) -> Loss:
    """What `restore` would lose; nothing where the store is whole. Raises StoreUnavailable for another store's backup."""
    keeping = Keeping(path)
    _refuse_others(keeping, backup)
    return Loss() if is_whole(path) else loss_by(backup, keeping)


@contextmanager
def _saying_why(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreUnavailable(refused_by_disk(error, path.parent)) from error


def restore(path: Path, backup: Backup, *, clock: Clock = utc_now) -> Restored:
    """Put the store of a backup in the place of a damaged one, with everything that is still kept beside it.

    Raises StoreUnavailable (the damaged store stays then). Interrupted anywhere it can be done again.
    """
    with _saying_why(path):
        return _restored(path, backup, clock)


def _restored(path: Path, backup: Backup, clock: Clock) -> Restored:
    keeping = Keeping(path)
    _refuse_others(keeping, backup)
    if is_whole(path):
        brought = _mended(keeping, backup)
        Store.open(path).close()
        return Restored(backup, 0, brought, Loss(), None, _access_back(path, backup, clock))
    unknown = loss_by(backup, keeping).unknown
    fresh = path.with_name(path.name + ".restoring")
    _remove(fresh)
    shutil.copytree(backup.keeping.folder, Keeping(fresh).folder)
    if backup.has_store:
        shutil.copyfile(backup.folder / SNAPSHOT, fresh)
    else:
        rebuild(fresh)
    store = Store.open(fresh, clock=clock)
    try:
        with store.in_bulk():
            brought, lost = _bring_back(store, keeping)
        entries = len(store.entries())
        if _removed_again(store, backup):
            finish(store)
    finally:
        store.close()
    aside = _put_in_place(path, fresh, f"{clock():%Y%m%dT%H%M%S}")
    Store.open(path).close()
    return Restored(backup, entries, brought, Loss(tuple(lost), unknown), aside, _access_back(path, backup, clock))


def access_would_come_back(path: Path, backup: Backup) -> str:
    """What `restore` would do with accounts and audit trail, in a sentence; "" where they are whole or there never were any."""
    if saving.are_whole(path):
        return ""
    if not backup.has_access:
        gone = " Accounts and audit trail are damaged, and this backup does not hold them."
        return gone if Records(path).file.exists() else ""
    return (
        f" Accounts and audit trail are gone or damaged and would come back as they were then.{access_words(backup.manifest)} "
        "What was noted since would be lost, and an account closed since would be open again."
    )


def _access_back(path: Path, backup: Backup, clock: Clock) -> str:
    """Accounts and audit trail from the backup, where they are gone or damaged; whole ones are left, an altered line too.
    The store is back by then: what goes wrong here is told, and undoes nothing."""
    try:
        if saving.are_whole(path) or not backup.has_access:
            return access_would_come_back(path, backup)
        aside = saving.put_back(path, backup.folder / SNAPSHOT, f"{clock():%Y%m%dT%H%M%S}")
    except OSError as error:
        why = str(error) if isinstance(error, StoreUnavailable) else refused_by_disk(error, path.parent)
        return f" Accounts and audit trail did not come back. {why}"
    kept = f" What was there is kept as {aside}." if aside else ""
    return (
        f" Accounts and audit trail are back as they were then.{access_words(backup.manifest)}{kept} Look through the "
        "accounts: one closed or given another role since has what it had."
    )


def _refuse_others(keeping: Keeping, backup: Backup) -> None:
    """Raises StoreUnavailable when a backup is of another store: invented for real, or another history."""
    kept, saved = kept_entries(keeping), kept_entries(backup.keeping)
    both = [(kept[n], saved[n]) for n in kept.keys() & saved.keys()]
    other = any(a and b and any(a[key] != b[key] for key in ("recorded_at", "sha256", "agency")) for a, b in both)
    marks = {(one.folder / "demonstration").exists() for one in (keeping, backup.keeping)}
    if other or (kept and len(marks) > 1):
        raise StoreUnavailable(f"The {backup.title} in {backup.folder} is of another store. Nothing was changed.")


def _bring_back(store: Store, keeping: Keeping) -> tuple[int, list[str]]:
    """Enter again what was kept after the backup; how many, and what could not be, in words."""
    brought, lost, removed = 0, list[str](), removed_in(keeping) | removed_in(store.keeping)
    for kind in (None, *KEPT_VERSIONS):
        held = set((store.keeping.of(kind) if kind else store.keeping).confirmed())
        for number, entry in kept_entries(keeping.of(kind) if kind else keeping).items():
            if number in held:
                continue
            try:
                if entry is None or not can_come_back(keeping, kind, entry, removed):
                    raise StoreDamaged
                if kind is None:
                    if keeping.has_file(entry["sha256"]):
                        store.keeping.keep_file(keeping.file(entry["sha256"]), entry["sha256"])
                    replay(store, Submission.from_entry(entry), removed)
                else:
                    enter_again(store, kind.from_entry(entry))
                brought += 1
            except StoreDamaged:
                lost.append(in_words(kind, number, entry))
    return brought, lost


def _removed_again(store: Store, backup: Backup) -> bool:
    """Delete the rows that were purged or erased after the backup was made; whether there were any."""
    since = removed_in(store.keeping) - removed_in(backup.keeping)
    for entry in store.entries():
        if entry.id in since and needs_file(entry.as_entry(), frozenset()):
            with store.cursor() as cursor, store.committing(cursor):
                table = facts_table(return_named(entry.slot.dataset))
                cursor.execute(f"DELETE FROM {table} WHERE submission = ?", [entry.id])
    return bool(since)


def _mended(keeping: Keeping, backup: Backup) -> int:
    """Bring back files of a whole store's kept folder that are gone or altered; how many.

    Entries that cannot be read are dropped: the store, which is whole, keeps them again at its next start.
    """
    brought, removed = 0, removed_in(keeping)
    for kind in (None, *KEPT_VERSIONS):
        announced = keeping.of(kind) if kind else keeping
        for number, entry in kept_entries(announced).items():
            if entry is None:
                announced.place_of(number).unlink()
            elif kind is None and needs_file(entry, removed):
                brought += _file_back(entry["sha256"], keeping, backup)
    return brought


def _file_back(digest: str, keeping: Keeping, backup: Backup) -> bool:
    if keeping.is_intact(digest) or not backup.keeping.is_intact(digest):
        return False
    keeping.place_of_file(digest).parent.mkdir(parents=True, exist_ok=True)
    write_for_good(keeping.place_of_file(digest), backup.keeping.file(digest))
    return True


def _put_in_place(path: Path, fresh: Path, stamp: str) -> Path:
    """The damaged store and its kept folder aside, the kept folder completed, then the store.

    The kept folder is never gone from its place: without it and the store, the next start would begin a new one.
    """
    aside = path.with_name(f"{path.name}.before-restore-{stamp}")
    keeping, restored, wal = Keeping(path), Keeping(fresh), path.with_name(path.name + ".wal")
    if keeping.folder.exists():
        shutil.copytree(keeping.folder, Keeping(aside).folder, copy_function=_link, dirs_exist_ok=True)
    for source, kept_as in ((path, aside), (wal, aside.with_name(aside.name + ".wal"))):
        if source.exists():
            _link(str(source), str(kept_as))
    for name, place in files_in(restored.folder).items():
        target = keeping.folder / name
        if not target.exists() or target.read_bytes() != place.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_for_good(target, place.read_bytes())
    for kind in (None, *KEPT_VERSIONS):
        kept, now = (one.of(kind) if kind else one for one in (keeping, restored))
        for number in set(kept.confirmed()) - set(now.confirmed()):
            kept.place_of(number).unlink()
    for entry in restored.entries():
        if entry["id"] in removed_in(restored) and not restored.has_file(entry["sha256"]):
            keeping.place_of_file(entry["sha256"]).unlink(missing_ok=True)
    wal.unlink(missing_ok=True)
    os.replace(fresh, path)
    _remove(fresh)
    return aside


def _link(source: str, target: str) -> None:
    """A second name for a file: what stands beside a store is replaced, never written over."""
    Path(target).unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _remove(store: Path) -> None:
    for leftover in (store, store.with_name(store.name + ".wal")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(Keeping(store).folder, ignore_errors=True)
