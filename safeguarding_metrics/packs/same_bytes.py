"""Files that are the same, byte for byte, whenever the same paper is written: no clock of the machine is in them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file can name
_READABLE = 0o644 << 16


def moment(made_from: str) -> datetime:
    """The moment of the frozen record, in UTC. Raises ValueError when it is no ISO 8601 time."""
    found = datetime.fromisoformat(made_from)
    return (found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)).replace(microsecond=0)


def repacked(package: bytes) -> bytes:
    """A zip package with the same members in the same order, none of them with a time or a machine of its own."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _EARLIEST)
            member.compress_type, member.create_system, member.external_attr = zipfile.ZIP_DEFLATED, 3, _READABLE
            new.writestr(member, old.read(name))
    return memory.getvalue()
