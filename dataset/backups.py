"""Backups that were made: what each holds, whether it is still whole, and what a return to it would lose.

A backup is a folder `<store>-0007-20261121T020000Z` with `manifest.json`, `store.duckdb.kept/` (files, ledger,
versions), `store.duckdb.access/` (accounts, audit trail) and, when the engine could be read, `store.duckdb`. It gets
its name last, so a folder with a name is complete.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from dataset.keeping import Announced, Keeping, sha256_of
from dataset.kept_versions import IN_WORDS, KEPT_VERSIONS
from dataset.meeting import Meeting
from dataset.removal import Removal, entries_removed
from dataset.version import Version

MANIFEST, SNAPSHOT = "manifest.json", "store.duckdb"
_MOST_NAMED = 5


@dataclass(frozen=True)
class Backup:
    """One complete backup; `manifest` is what was written when it was made, {} where that cannot be read."""

    folder: Path

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        try:
            found = json.loads((self.folder / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) and "files" in found and "made_at" in found else {}

    @property
    def number(self) -> int:
        """Backups of a store are numbered: the clock of a machine may be set back."""
        return int(self.folder.name.rsplit("-", 2)[1])

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.manifest["made_at"])

    @property
    def has_store(self) -> bool:
        return SNAPSHOT in self.manifest["files"]

    @property
    def has_access(self) -> bool:
        """Whether it holds accounts and audit trail."""
        return "lines" in self.manifest.get("access", {})

    @property
    def title(self) -> str:
        """ "backup 7 of 21/11/2026 02:00 UTC"."""
        when = f"{self.made_at:%d/%m/%Y %H:%M} UTC" if self.manifest else "an unknown day"
        return f"backup {self.number} of {when}"

    @property
    def keeping(self) -> Keeping:
        """What it holds of the folder kept beside the store."""
        return Keeping(self.folder / SNAPSHOT)

    @cached_property
    def fault(self) -> str:
        """Why it is not good, in a few words; "" for a good one. Reads every byte."""
        if not self.manifest:
            return "its manifest cannot be read"
        expected: dict[str, list[Any]] = self.manifest["files"]
        found = {name: place for name, place in files_in(self.folder).items() if name != MANIFEST}
        if gone := sorted(set(expected) - set(found)):
            return f"its file {gone[0]} is gone" + (f", and {len(gone) - 1:,} more" if gone[1:] else "")
        if more := sorted(set(found) - set(expected)):
            return f"the file {more[0]} in it is not its own"
        for name, (size, digest) in expected.items():
            try:
                whole = found[name].stat().st_size == size and sha256_of(found[name]) == digest
            except OSError:
                whole = False
            if not whole:
                return f"its file {name} is not as it was written"
        return ""

    @property
    def is_good(self) -> bool:
        return not self.fault


def access_words(manifest: Mapping[str, Any]) -> str:
    """What a backup says of accounts and audit trail; "" for a store that had none, or a backup made before they were held."""
    held: Mapping[str, Any] = manifest.get("access", {})
    fault = f" {held['fault']}" if held.get("fault") else ""
    if "lines" not in held:
        return f" Accounts and audit trail are not in it.{fault}" if fault else ""
    many = [
        f"{held[key]:,} {one if held[key] == 1 else f'{one}s'}"
        for key, one in (("accounts", "account"), ("lines", "line"))
    ]
    return f" With it: {many[0]}, {many[1]} of the audit trail.{fault}"


def default_folder(store: Path) -> Path:
    """Where backups go and are looked for: SAFEGUARDING_BACKUP_FOLDER, else `<store>.backups` beside the store."""
    named = os.environ.get("SAFEGUARDING_BACKUP_FOLDER")
    return Path(named) if named else store.with_name(store.name + ".backups")


def backups_of(store: Path, folder: Path) -> list[Backup]:
    """Every backup of this store in a folder, the newest first."""
    name = re.compile(re.escape(store.name) + r"-\d{4,}-\d{8}T\d{6}Z")
    try:
        found = [Backup(place) for place in folder.iterdir() if name.fullmatch(place.name) and place.is_dir()]
    except OSError:
        return []
    return sorted(found, key=lambda one: one.number, reverse=True)


def has_backups(store: Path) -> bool:
    """Whether there is any backup of a store where its backups go."""
    return bool(backups_of(store, default_folder(store)))


def newest_good(store: Path, folder: Path) -> Backup | None:
    """The newest backup that is whole."""
    return next((one for one in backups_of(store, folder) if one.is_good), None)


def files_in(folder: Path) -> dict[str, Path]:
    """Every file below a folder by its name from there, with forward slashes."""
    return {place.relative_to(folder).as_posix(): place for place in sorted(folder.rglob("*")) if place.is_file()}


@dataclass(frozen=True)
class Loss:
    """What was entered after a backup and could not be brought back, each by number, thing and day; what cannot be known."""

    named: tuple[str, ...] = ()
    unknown: bool = False

    @property
    def sentence(self) -> str:
        parts = []
        if self.named:
            more = len(self.named) - _MOST_NAMED
            said = "; ".join(self.named[:_MOST_NAMED]) + (f"; and {more:,} more" if more > 0 else "")
            parts.append(f"It would lose {said}.")
        if self.unknown:
            parts.append("Whatever was entered after that backup is lost: nothing is kept beside the store.")
        return " ".join(parts) or "Nothing that was accepted would be lost."


def loss_by(backup: Backup, keeping: Keeping) -> Loss:
    """What going back to a backup would lose, given what the folder kept beside the store still holds."""
    kept = {kind: kept_entries(keeping.of(kind) if kind else keeping) for kind in (None, *KEPT_VERSIONS)}
    if not any(kept.values()):
        return Loss(unknown=True)
    named, removed = [], removed_in(keeping)
    for kind, entries in kept.items():
        saved = backup.keeping
        held = set((saved.of(kind) if kind else saved).confirmed())
        named += [
            in_words(kind, number, entry)
            for number, entry in entries.items()
            if number not in held and not can_come_back(keeping, kind, entry, removed)
        ]
    return Loss(tuple(named))


def kept_entries(announced: Announced) -> dict[int, dict[str, Any] | None]:
    """Confirmed entries by number; None for one that cannot be read any more."""
    return {number: announced.entry_or_none(number) for number in announced.confirmed()}


def removed_in(keeping: Keeping) -> frozenset[int]:
    """The entries whose rows and file were purged or erased, as far as the kept folder can be read."""
    return entries_removed(one for one in kept_entries(keeping.of(Removal)).values() if one is not None)


def can_come_back(
    keeping: Keeping, kind: type[Version] | None, entry: dict[str, Any] | None, removed: frozenset[int]
) -> bool:
    """Whether a kept entry can be entered again: it can be read, and its file or record is still the one accepted."""
    try:
        if entry is None:
            return False
        if kind is None:
            return not needs_file(entry, removed) or keeping.is_intact(entry["sha256"])
        one = kind.from_entry(entry)
        return not isinstance(one, Meeting) or one.is_intact
    except (KeyError, TypeError, ValueError):
        return False


def needs_file(entry: Mapping[str, Any], removed: frozenset[int]) -> bool:
    """Whether an entry of the ledger has rows that are in a kept file."""
    return bool(entry["status"] == "accepted" and entry["kind"] != "nil" and entry["id"] not in removed)


def in_words(kind: type[Version] | None, number: int, entry: Mapping[str, Any] | None) -> str:
    """An entry by number and day, as people know it."""
    thing = {"meeting": "record of a meeting", "register_entry": "entry of a register", "commentary": "comment"}
    what = "entry" if kind is None else thing.get(kind.table, f"entry of {IN_WORDS[kind.table]}")
    if entry is None:
        return f"{what} {number} (it cannot be read any more)"
    day = datetime.fromisoformat(entry["recorded_at" if kind is None else "written_at"])
    about = f"{entry['dataset']}, {entry['agency']}, {entry['quarter']}, " if kind is None else ""
    return f"{what} {number} ({about}{day:%d/%m/%Y})"


def counted(numbers: Mapping[str, int]) -> str:
    """ "12 entries of the ledger, 3 comments"."""
    said = [f"{number:,} {_words(name)}" for name, number in numbers.items() if number]
    return ", ".join(said) or "nothing yet"


def _words(name: str) -> str:
    return "entries of the ledger" if name == "submission" else IN_WORDS[name]


def restore_advice(store: Path, folder: Path | None = None) -> str:
    """The second way out of a damaged store: the newest good backup, and what it would lose. "" when there is none."""
    found = newest_good(store, folder or default_folder(store))
    if found is None:
        return ""
    where = f" --backups {found.folder.parent}" if folder else ""
    lost = loss_by(found, Keeping(store)).sentence
    return f" Or go back to {found.title}: python -m dataset restore --store {store} --from newest{where}. {lost}"
