"""Removing the rows and files of returns: those past their period, and single ones on demand.

The entry stays in the ledger with its number of rows, its hash and the mark of its removal; the counts its rows gave
are kept with the removal, so that figures stay what they were. The store's file is written anew, as the engine leaves
deleted rows in it. Copies made earlier (backups, a damaged store put aside) are not touched, and are named.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from dataset.checking.findings import shown
from dataset.ledger import Submission
from dataset.personal_data import kinds_in
from dataset.removal import ERASURE, RETENTION, CountsOfEntry, Removal, as_json
from dataset.retention import kept_until
from dataset.store import Reading, Store
from dataset.tables import return_named
from dataset.versions import every

FOR_RETENTION = "Past the period its return is kept for."


class CannotRemove(ValueError):
    """The removal is refused; the message says why and what to do. Nothing was changed."""


def removals(source: Store | Reading) -> tuple[Removal, ...]:
    """Every removal up to now, whatever moment a reading is of: rows that are gone are gone from every reading."""
    reading = source.reading() if isinstance(source, Store) else source
    return reading.once("removals", lambda: every(Removal, reading))


def has_rows(entry: Submission) -> bool:
    """Whether an entry put rows into the store."""
    return entry.status == "accepted" and entry.kind != "nil"


def due(store: Store, today: date) -> tuple[Submission, ...]:
    """The entries whose rows are past their period and still there, superseded ones too. Raises WrongRetention."""
    gone = {one.submission for one in removals(store)}
    return tuple(
        entry
        for entry in store.entries()
        if has_rows(entry)
        and entry.id not in gone
        and (last := kept_until(return_named(entry.slot.dataset).about.footing, entry.slot.quarter)) is not None
        and last < today
    )


def to_erase(store: Store, number: int) -> Submission:
    """The entry that is to be erased. Raises CannotRemove when there is none, or nothing of it is left."""
    entry = next((one for one in store.entries() if one.id == number), None)
    if entry is None:
        raise CannotRemove(f"There is no entry {number}. See the numbers with: python -m dataset returns")
    if not has_rows(entry):
        raise CannotRemove(f"Entry {number} put no rows into the store and no file of it is kept.")
    for one in removals(store):
        if one.submission == number:
            raise CannotRemove(f"Entry {number} was {one.mark} already.")
    return entry


def purge(
    store: Store, entries: Sequence[Submission], counts: Mapping[int, CountsOfEntry], *, written_by: str
) -> tuple[Removal, ...]:
    """Remove the rows of entries that are past their period, keeping `counts` (by entry). Raises CannotRemove."""
    return _remove(store, entries, counts, why=RETENTION, reason=FOR_RETENTION, written_by=written_by)


def erase(store: Store, entry: Submission, counts: CountsOfEntry, *, reason: str, written_by: str) -> Removal:
    """Remove the rows of one entry for a reason, which names nobody. Raises CannotRemove."""
    if not reason.strip():
        raise CannotRemove("An erasure needs a reason: say why in a few words that name nobody.")
    if found := kinds_in(reason):
        raise CannotRemove(f"The reason holds what looks like {' and '.join(found)}. Take it out.")
    plain = shown(" ".join(reason.split()))
    return _remove(store, [entry], {entry.id: counts}, why=ERASURE, reason=plain, written_by=written_by)[0]


def _remove(
    store: Store,
    entries: Sequence[Submission],
    counts: Mapping[int, CountsOfEntry],
    *,
    why: str,
    reason: str,
    written_by: str,
) -> tuple[Removal, ...]:
    """One transaction: every removal entered and every row deleted, or nothing."""
    if not written_by.strip():
        raise CannotRemove("Nobody is named as the one who removes: write --by and a role.")
    if missing := [entry.id for entry in entries if entry.id not in counts]:
        raise CannotRemove(f"The counts of entry {missing[0]} are not given, so its figures would be lost.")
    kept, made = store.keeping.of(Removal), list[Removal]()
    with store.cursor() as cursor:
        try:
            with store.committing(cursor):
                held = Removal.read(cursor)
                number = max((one.id for one in held), default=0)
                moment = max([store.clock(), *(one.written_at for one in held[-1:])])
                for place, entry in enumerate(entries, start=1):
                    one = Removal(
                        id=number + place,
                        area=entry.slot.area,
                        submission=entry.id,
                        why=why,
                        reason=reason,
                        records=entry.records,
                        counts=as_json(counts[entry.id]),
                        written_by=shown(written_by.strip()),
                        written_at=moment,
                    )
                    kept.announce(one.as_entry())
                    made.append(one)
                    one.write(cursor)
        except BaseException:
            for one in made:
                kept.forget(one.id)
            raise
    for one in made:
        kept.confirm(one.id)
    return tuple(made)


def finish(store: Store) -> list[Path]:
    """Delete the kept files of everything removed, write the store's file anew and close it.

    Gives the copies made earlier that may still hold removed rows. Needs the store to itself; after a stop in the
    middle it may simply be called again.
    """
    gone = {one.submission for one in removals(store)}
    entries = store.entries()
    needed = {entry.sha256 for entry in entries if has_rows(entry) and entry.id not in gone}
    for entry in entries:
        if entry.id in gone and entry.sha256 not in needed:
            store.keeping.place_of_file(entry.sha256).unlink(missing_ok=True)
    _write_anew(store)
    return copies_beside(store.path)


def _write_anew(store: Store) -> None:
    fresh = store.path.with_name(store.path.name + ".anew")
    with store.snapshot() as (copy, _):
        with open(copy, "rb+") as file:
            os.fsync(file.fileno())
        os.replace(copy, fresh)
    store.close()
    os.replace(fresh, store.path)
    store.path.with_name(store.path.name + ".wal").unlink(missing_ok=True)


def copies_beside(path: Path) -> list[Path]:
    """Copies of a store that lie beside it: from before an update or a repair, and the folder of backups."""
    names = (f"{path.name}.before-*", f"{path.name}.damaged*", f"{path.name}.backups")
    return sorted(found for name in names for found in path.parent.glob(name))
