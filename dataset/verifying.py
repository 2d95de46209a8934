"""Checking a store, what is kept beside it, and its backups, without changing any of them: a sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dataset import schema
from dataset.access.records import RecordsUnavailable
from dataset.access.saving import looked_at
from dataset.backups import (
    Backup,
    access_words,
    backups_of,
    counted,
    default_folder,
    in_words,
    kept_entries,
    needs_file,
    removed_in,
)
from dataset.keeping import Keeping
from dataset.kept_versions import KEPT_VERSIONS
from dataset.ledger import Submission
from dataset.meeting import Meeting
from dataset.refusing import StoreHeld
from dataset.schema import StoreVersion
from dataset.store import Store, StoreUnavailable
from dataset.tables import RETURNS
from dataset.version import Version

_MOST_NAMED = 5


@dataclass(frozen=True)
class Verdict:
    """What was found of one thing: whether it is as it should be, and the sentence."""

    fine: bool
    sentence: str


def verify(path: Path, folder: Path | None = None) -> tuple[Verdict, ...]:
    """The store, what lies beside it, every backup: each with a sentence, the newest backup first."""
    beside = (*_of_kept(Keeping(path)), *_of_access(path))
    return (*_of_store(path), *beside, *of_backups(path, folder or default_folder(path)))


def _of_store(path: Path) -> Iterator[Verdict]:
    if not path.exists():
        yield Verdict(False, f"There is no store {path}.")
        return
    try:
        store = Store.open(path)
    except StoreHeld as error:
        yield Verdict(True, f"{error} So the store itself was not read; what lies beside it was.")
        return
    except (StoreUnavailable, StoreVersion) as error:
        yield Verdict(False, str(error))
        return
    try:
        yield from of_open(store)
    finally:
        store.close()


def of_open(store: Store) -> Iterator[Verdict]:
    """An open store: every block of it is read, and what it holds is what is kept beside it, word for word."""
    try:
        rows = read_through(store)
    except StoreUnavailable as error:
        yield Verdict(False, str(error))
        return
    with store.cursor() as cursor:
        versions = {kind: {one.id: one for one in kind.read(cursor)} for kind in KEPT_VERSIONS}
    entries = {entry.id: entry for entry in store.entries()}
    otherwise = [*_otherwise(None, entries, store.keeping)]
    for kind, held in versions.items():
        otherwise += _otherwise(kind, held, store.keeping)
    altered = [one.title for one in versions[Meeting].values() if isinstance(one, Meeting) and not one.is_intact]
    if otherwise:
        yield Verdict(False, f"The store and what is kept beside it say different things of {_first(otherwise)}.")
    if altered:
        yield Verdict(False, f"The record of {_first(altered)} is not the one that was frozen.")
    if not otherwise and not altered:
        counts = {"submission": len(entries)} | {kind.table: len(held) for kind, held in versions.items()}
        yield Verdict(True, f"The store {store.path.name} is whole: {rows:,} rows of returns, {counted(counts)}.")


def read_through(store: Store) -> int:
    """Read every cell of every table; the number of rows of returns. Raises StoreDamaged where a block is damaged."""
    reading, rows = store.reading(), 0
    for table in RETURNS:
        (found,) = reading.rows(f"SELECT count(*), bit_xor(hash(facts)) FROM {schema.facts_table(table)} AS facts")
        rows += found[0]
    for name in ("meta", "submission", "explanation", *(kind.table for kind in KEPT_VERSIONS)):
        reading.rows(f"SELECT count(*), bit_xor(hash(entry)) FROM main.{name} AS entry")
    return rows


def _otherwise(kind: type[Version] | None, held: dict[int, Any], keeping: Keeping) -> Iterator[str]:
    """Entries that the store and the kept folder have otherwise, in words."""
    kept = kept_entries(keeping.of(kind) if kind else keeping)
    for number in sorted(set(held) | set(kept)):
        one: Submission | Version | None = held.get(number)
        if one is None or one.as_entry() != kept.get(number):
            yield in_words(kind, number, one.as_entry() if one else kept[number])


def _of_kept(keeping: Keeping) -> Iterator[Verdict]:
    """The kept folder by itself: every entry can be read, every file is the one that was accepted."""
    faults, files, removed = list[str](), 0, removed_in(keeping)
    for kind in (None, *KEPT_VERSIONS):
        for number, entry in kept_entries(keeping.of(kind) if kind else keeping).items():
            if entry is None:
                faults.append(in_words(kind, number, None))
            elif kind is None and needs_file(entry, removed):
                files += 1
                if not keeping.is_intact(entry["sha256"]):
                    faults.append(f"the file of {in_words(kind, number, entry)}")
            elif kind is Meeting and not Meeting.from_entry(entry).is_intact:
                faults.append(in_words(kind, number, entry))
    if faults:
        yield Verdict(
            False,
            f"Kept beside the store but gone or altered: {_first(faults)}. A backup may hold it: python -m dataset restore "
            f"--store {str(keeping.folder).removesuffix('.kept')} --from newest",
        )
    else:
        yield Verdict(
            True,
            f"The folder {keeping.folder.name} is whole: the files of {files:,} returns are as they were accepted.",
        )


def _of_access(path: Path) -> Iterator[Verdict]:
    """Accounts and audit trail, where the store has any."""
    try:
        found = looked_at(path)
    except RecordsUnavailable as error:
        yield Verdict(False, str(error))
        return
    if found:
        yield Verdict(found.holds, f"Accounts can be read: {found.accounts:,}. {found.said}")


def of_backups(path: Path, folder: Path) -> Iterator[Verdict]:
    """Every backup against its own manifest; having none is said and is no fault."""
    found = backups_of(path, folder)
    if not found:
        yield Verdict(True, f"There is no backup in {folder} yet.")
    for one in found:
        yield Verdict(one.is_good, _of_backup(one))


def _of_backup(one: Backup) -> str:
    if one.fault:
        return f"B{one.title[1:]} is not good: {one.fault}. Do not restore from it."
    lacking = one.manifest.get("lacking", [])
    said = f" When it was made, the files of {len(lacking):,} entries were gone." if lacking else ""
    what = "the store and what is kept beside it" if one.has_store else "what is kept beside the store"
    return f"B{one.title[1:]} is good: {what}, {counted(one.manifest['counts'])}.{access_words(one.manifest)}{said}"


def _first(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return "; ".join(names[:_MOST_NAMED]) + (f"; and {more:,} more" if more > 0 else "")
