"""A rebase: from which quarter an indicator's process is looked at afresh, why, and who says so.

A later word on the same indicator and quarter is a new version. Versions are added, never changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dataset.quarter import Quarter
from dataset.version import Version, latest


@dataclass(frozen=True)
class Rebase(Version):
    """One version. `written_by` is a role, `written_at` UTC, `replaces` the version before it.

    `taken_back` says that no new baseline starts there after all; `reason` then says why not.
    """

    table: ClassVar[str] = "rebase"
    folder: ClassVar[str] = "rebases"

    id: int
    area: str
    indicator: str
    quarter: Quarter
    reason: str
    written_by: str
    written_at: datetime
    taken_back: bool = False
    replaces: int | None = None

    @property
    def about(self) -> tuple[str, str, Quarter]:
        """Area code, indicator id and quarter."""
        return self.area, self.indicator, self.quarter


def in_force(versions: Iterable[Rebase], indicator: str = "") -> tuple[Rebase, ...]:
    """The latest version of each (of one indicator), those taken back left out, in the order of their quarters."""
    kept = [one for one in latest(versions).values() if not one.taken_back and indicator in ("", one.indicator)]
    return tuple(sorted(kept, key=lambda one: (one.indicator, one.quarter)))
