"""A comment: what an agency says of one indicator's figure for one quarter, in three parts.

A later comment of the same agency on the same figure is a new version. Versions are added, never changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self

import duckdb

from dataset.quarter import Quarter


@dataclass(frozen=True, order=True)
class About:
    """What a comment is about, and whose it is: area code, agency code, indicator id, quarter."""

    area: str
    agency: str
    indicator: str
    quarter: Quarter


@dataclass(frozen=True)
class Comment:
    """One version. `written_by` is a role, `written_at` UTC, `replaces` the version before it.

    `ledger_at` is the last entry of the ledger when it was written: what was sent or taken back later,
    the writer cannot have known.
    """

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

    def as_entry(self) -> dict[str, Any]:
        """Plain values to be kept beside the store; `from_entry` reads them back."""
        return asdict(self) | {"quarter": str(self.quarter), "written_at": self.written_at.isoformat()}

    @classmethod
    def from_entry(cls, entry: dict[str, Any]) -> Self:
        quarter, written_at = Quarter.parse(entry["quarter"]), datetime.fromisoformat(entry["written_at"])
        return cls(**(entry | {"quarter": quarter, "written_at": written_at}))


COLUMNS = "id, area, agency, indicator, quarter, what_happened, so_what, now_what, written_by, written_at, replaces, ledger_at"


def write(connection: duckdb.DuckDBPyConnection, comment: Comment) -> None:
    """Add a comment inside the caller's transaction."""
    values = [
        comment.id,
        comment.area,
        comment.agency,
        comment.indicator,
        comment.quarter.id,
        *comment.parts,
        comment.written_by,
        comment.written_at.astimezone(UTC).replace(tzinfo=None),
        comment.replaces,
        comment.ledger_at,
    ]
    marks = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO commentary ({COLUMNS}) VALUES ({marks})", values)


def read(connection: duckdb.DuckDBPyConnection) -> tuple[Comment, ...]:
    """Every version, oldest first."""
    return from_rows(connection.execute(SELECT).fetchall())


SELECT = f"SELECT {COLUMNS} FROM commentary ORDER BY id"


def from_rows(rows: Iterable[tuple[Any, ...]]) -> tuple[Comment, ...]:
    """What `SELECT` found."""
    return tuple(_comment(row) for row in rows)


def _comment(row: tuple[Any, ...]) -> Comment:
    values = dict(zip(COLUMNS.split(", "), row, strict=True))
    moment = values["written_at"].replace(tzinfo=UTC)
    return Comment(**(values | {"quarter": Quarter.from_id(values["quarter"]), "written_at": moment}))


def current(comments: Iterable[Comment]) -> dict[About, Comment]:
    """The latest version of each."""
    return {one.about: one for one in sorted(comments, key=lambda one: one.id)}
