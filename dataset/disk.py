"""What a disk refuses, in a sentence."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
# The engine gives the operating system's words in an error of its own.
_FULL_IN_WORDS = ("No space left on device", "Disk quota exceeded", "File too large", "not enough space")
_CLOSED_IN_WORDS = ("Read-only file system", "Permission denied", "Operation not permitted", "Cannot open file")


# What an engine needs at once for its own files; with less it says “disk I/O error” and not that the disk is full.
_ROOM = 256 * 1024


def has_no_room(folder: Path) -> bool:
    """Whether next to nothing can be written any more on the disk of a folder."""
    try:
        return shutil.disk_usage(folder).free < _ROOM
    except OSError:
        return False


def full_words(place: Path) -> str:
    """What is said when the disk of a place is full."""
    return (
        f"The disk that holds {place} is full. Nothing that was accepted before is lost. Make room, then do the last "
        "step again: what is stored already is recognised and never stored twice."
    )


def refused_by_disk(error: BaseException, place: Path) -> str:
    """Why nothing could be written at a place and what to do; "" when the disk is not the reason."""
    number = error.errno if isinstance(error, OSError) else None
    said = "" if isinstance(error, OSError) else str(error)
    if number in _FULL or any(words in said for words in _FULL_IN_WORDS):
        return full_words(place)
    if number in _CLOSED or any(words in said for words in _CLOSED_IN_WORDS):
        return (
            f"{place} cannot be written to: the disk or the folder allows reading only. Nothing that was accepted before "
            "is lost. Allow writing there, then do the last step again."
        )
    if isinstance(error, OSError):
        return (
            f"{place} cannot be read or written ({error.strerror or 'no reason given'}). Nothing that was accepted before is "
            "lost. Check the disk, then do the last step again."
        )
    return ""
