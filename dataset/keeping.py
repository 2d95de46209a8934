"""What is kept beside the store: each accepted file by its content, and in plain JSON the ledger and all versions.

The store can be made again from this folder alone. An entry is written as pending before its
transaction and confirmed after it, so that at the next start an entry that never was committed, a
commit that was never confirmed and a commit that was lost can be told apart.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from dataset.kept_versions import KEPT_VERSIONS
from dataset.version import Version


class KeptUnreadable(RuntimeError):
    """An entry kept beside the store cannot be read any more; `place` is its file."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"The kept entry {place} cannot be read any more.")
        self.place = place


class Announced:
    """A folder of entries in plain JSON, each announced before its transaction and confirmed after it.

    While `in_bulk` nothing waits for the disk: only for what can be made again.
    """

    in_bulk = False

    def __init__(self, entered: Path) -> None:
        self.entered = entered

    def announce(self, entry: dict[str, Any]) -> None:
        """Write an entry (it has an "id") as pending."""
        text = json.dumps(entry, indent=1, sort_keys=True, ensure_ascii=False)
        write_for_good(self._pending(entry["id"]), text.encode(), flushed=not self.in_bulk)

    def confirm(self, entry_id: int) -> None:
        """Say that the entry's transaction is committed."""
        os.replace(self._pending(entry_id), self._confirmed(entry_id))
        if not self.in_bulk:
            flush_folder(self.entered)

    def forget(self, entry_id: int) -> None:
        """Drop a pending entry whose transaction never was committed; nobody was told it was."""
        self._pending(entry_id).unlink(missing_ok=True)

    def pending(self) -> list[int]:
        return sorted(int(path.name.split(".")[0]) for path in self.entered.glob("*.pending.json"))

    def confirmed(self) -> list[int]:
        return sorted(int(path.stem) for path in self.entered.glob("*.json") if path.stem.isdigit())

    def entries(self) -> Iterator[dict[str, Any]]:
        """Every confirmed entry in the order of their numbers."""
        for entry_id in self.confirmed():
            entry = self.entry_or_none(entry_id)
            if entry is None:
                raise KeptUnreadable(self.place_of(entry_id))
            yield entry

    def readable(self) -> Iterator[dict[str, Any]]:
        """Every confirmed entry that can be read; the others are dropped, so that a store that holds them keeps them again."""
        for entry_id in self.confirmed():
            entry = self.entry_or_none(entry_id)
            if entry is None:
                self.place_of(entry_id).unlink()
            else:
                yield entry

    def entry_or_none(self, entry_id: int) -> dict[str, Any] | None:
        """A confirmed entry; None when it is not there or cannot be read."""
        try:
            entry = json.loads(self._confirmed(entry_id).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return entry if isinstance(entry, dict) and entry.get("id") == entry_id else None

    def place_of(self, entry_id: int) -> Path:
        """The file of a confirmed entry."""
        return self._confirmed(entry_id)

    def _pending(self, entry_id: int) -> Path:
        return self.entered / f"{entry_id:08}.pending.json"

    def _confirmed(self, entry_id: int) -> Path:
        return self.entered / f"{entry_id:08}.json"


def folder_beside(store: Path) -> Path:
    """Where what is kept of a store lies."""
    return store.with_name(store.name + ".kept")


class Keeping(Announced):
    """The folder `<store>.kept` with `files/` (by sha256), `ledger/`, `staging/` and one folder for each kind of version.

    What is announced here itself is the ledger's; each kind of version has numbers of its own.
    """

    def __init__(self, store: Path) -> None:
        self.folder = folder_beside(store)
        self.files, self.ledger, self.staging = (self.folder / part for part in ("files", "ledger", "staging"))
        super().__init__(self.ledger)
        self._versions = {kind: Announced(self.folder / kind.folder) for kind in KEPT_VERSIONS}

    def of(self, kind: type[Version]) -> Announced:
        """Where the versions of a kind are announced."""
        return self._versions[kind]

    def prepare(self) -> None:
        """Make the folders and clear away what an interrupted check of an earlier process left staged."""
        for part in (self.files, self.ledger, self.staging, *(one.entered for one in self._versions.values())):
            part.mkdir(parents=True, exist_ok=True)
        for left in self.staging.iterdir():
            left.unlink(missing_ok=True)

    def keep_file(self, raw: bytes, digest: str | None = None) -> str:
        """Keep a file's bytes for good; its sha256, which may be given where it is known. The same bytes are kept once."""
        digest = digest or hashlib.sha256(raw).hexdigest()
        place = self._file(digest)
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            write_for_good(place, raw, flushed=not self.in_bulk)
        return digest

    def file(self, digest: str) -> bytes:
        """The kept bytes. Raises FileNotFoundError when they are gone."""
        return self._file(digest).read_bytes()

    def has_file(self, digest: str) -> bool:
        return self._file(digest).exists()

    def is_intact(self, digest: str) -> bool:
        """Whether the kept bytes are still those that were accepted."""
        try:
            return sha256_of(self._file(digest)) == digest
        except OSError:
            return False

    def place_of_file(self, digest: str) -> Path:
        """Where the bytes are kept, or would be."""
        return self._file(digest)

    def _file(self, digest: str) -> Path:
        return self.files / digest[:2] / digest


def write_for_good(place: Path, raw: bytes, *, flushed: bool = True) -> None:
    """Write, flush to the disk, then give the file its name: after a crash it is there whole or not at all."""
    half = place.with_name(place.name + ".half")
    try:
        with open(half, "wb") as file:
            file.write(raw)
            if flushed:
                file.flush()
                os.fsync(file.fileno())
        os.replace(half, place)
    except OSError:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise
    if flushed:
        flush_folder(place.parent)


def flush_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder to flush it; the rename itself is journalled.
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(place: Path) -> str:
    """The sha256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with open(place, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
