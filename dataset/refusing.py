"""Why a store cannot be opened, in sentences that say what to do."""

from __future__ import annotations

import os
import re
from pathlib import Path, PureWindowsPath

from dataset.disk import refused_by_disk
from dataset.keeping import KeptUnreadable


class StoreUnavailable(RuntimeError):
    """The store cannot be opened; the message says why and what to do. Nothing was changed."""


class StoreDamaged(StoreUnavailable):
    """The store lacks returns that were accepted, or cannot be read; it can be rebuilt from the kept files."""


class StoreHeld(StoreUnavailable):
    """Another process holds the store."""


def why_not(path: Path, said: str) -> StoreUnavailable:
    """Why the engine did not open the file, from what it said."""
    if "Could not set lock on file" in said or "used by another process" in said:
        holder = re.search(r"(?:held in|open in)\s+(.+?) \(PID (\d+)\)", said)
        who = f" ({PureWindowsPath(holder[1]).name}, process {holder[2]})" if holder else ""
        return StoreHeld(
            f"The store {path.name} is open in another program{who}. Only one may hold it: close the other one, or use "
            "the screens of the application that is running."
        )
    if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
        return StoreUnavailable(f"{path} cannot be written to. Choose another place for the store.")
    if path.stat().st_size == 0:
        return StoreDamaged(
            f"The store {path.name} is an empty file. Delete it to begin a new store. {rebuild_advice(path)}"
        )
    return StoreDamaged(rebuild_advice(path))


def not_opened(path: Path, error: Exception) -> StoreUnavailable:
    """Why a store whose file could be opened could not be read to the end."""
    if isinstance(error, KeptUnreadable):
        return StoreDamaged(
            f"{error.place.name}, kept beside the store in {error.place.parent.name}, cannot be read. Nothing was changed. Put "
            "the one of a backup in its place."
        )
    if why := refused_by_disk(error, path):
        return StoreUnavailable(why)
    # The engine opens a file whose later blocks are damaged or gone and finds out when it reads them.
    return StoreDamaged(rebuild_advice(path))


def not_ours(path: Path) -> str:
    return f"{path.name} is not a store of this software. Choose another file."


def gone(path: Path) -> str:
    return (
        f"There is neither a store {path} nor anything kept beside it, but there are backups of it. Nothing was changed. To "
        "begin a new store, give it another name or move the backups away."
    )


def rebuild_advice(path: Path) -> str:
    return (
        f"The store {path.name} cannot be read: it is damaged or not a store. Nothing was changed. Make it again from the "
        f"files kept beside it: python -m dataset rebuild --store {path}"
    )
