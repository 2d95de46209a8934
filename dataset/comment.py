"""A comment: what an agency says of one indicator's figure for one quarter, in three parts.

A later comment of the same agency on the same figure is a new version. Versions are added, never changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dataset.quarter import Quarter
from dataset.version import Version, latest


@dataclass(frozen=True, order=True)
class About:
    """What a comment is about, and whose it is: area code, agency code, indicator id, quarter."""

    area: str
    agency: str
    indicator: str
    quarter: Quarter


@dataclass(frozen=True)
class Comment(Version):
    """One version. `written_by` is a role, `written_at` UTC, `replaces` the version before it.

    `ledger_at` is the last entry of the ledger when it was written: what was sent or taken back later,
    the writer cannot have known.
    """

    table: ClassVar[str] = "commentary"
    folder: ClassVar[str] = "comments"

    id: int
    area: str
    agency: str
    indicator: str
    quarter: Quarter
    what_happened: str
    so_what: str
    now_what: str
    written_by: str
    written_at: datetime
    replaces: int | None = None
    ledger_at: int = 0

    @property
    def about(self) -> About:
        return About(self.area, self.agency, self.indicator, self.quarter)

    @property
    def parts(self) -> tuple[str, str, str]:
        """What happened, so what, now what."""
        return (self.what_happened, self.so_what, self.now_what)


def current(comments: Iterable[Comment]) -> dict[About, Comment]:
    """The latest version of each."""
    return {one.about: one for one in latest(comments).values()}
