"""A meeting, and the frozen record of what was before it. Once frozen it never changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from dataset.quarter import Quarter
from dataset.version import Version


@dataclass(frozen=True)
class Meeting(Version):
    """One version of a meeting: planned while `content` is empty, then frozen, for ever.

    `held_on` is a day written 2024-05-14; `group` is who meets. `content` is the record, a text in JSON whose bytes
    are `sha256`; `shown_at` is the moment (UTC, ISO 8601) as at which every figure in it was read.
    """

    table: ClassVar[str] = "meeting"
    folder: ClassVar[str] = "meetings"

    id: int
    area: str
    reference: str
    name: str
    held_on: str
    group_name: str
    quarter: Quarter
    written_by: str
    written_at: datetime
    content: str = ""
    sha256: str = ""
    shown_at: str = ""
    replaces: int | None = None

    @property
    def about(self) -> tuple[str, str]:
        """Area code and reference."""
        return self.area, self.reference

    @property
    def is_frozen(self) -> bool:
        return bool(self.content)

    @property
    def is_intact(self) -> bool:
        """Whether its record is still the one that was frozen, byte for byte."""
        return not self.is_frozen or hashlib.sha256(self.content.encode()).hexdigest() == self.sha256

    @property
    def day(self) -> date:
        return date.fromisoformat(self.held_on)

    @property
    def as_at(self) -> datetime | None:
        """The moment its figures are of; None while it is planned."""
        return datetime.fromisoformat(self.shown_at) if self.shown_at else None

    @property
    def title(self) -> str:
        """ "Quality Assurance Partnership, 14/05/2024 (2023/24 Q4)"."""
        return f"{self.group_name}, {self.day:%d/%m/%Y} ({self.quarter})"


def altered(held: Mapping[int, Meeting], kept: Iterable[Mapping[str, Any]]) -> list[Meeting]:
    """The meetings whose record is not the frozen one any more, in the store or among the entries kept beside it."""
    changed = {one.id for one in held.values() if not one.is_intact}
    for entry in kept:
        one = held.get(entry["id"])
        if one is not None and (entry["content"], entry["sha256"]) != (one.content, one.sha256):
            changed.add(one.id)
    return [held[number] for number in sorted(changed)]
