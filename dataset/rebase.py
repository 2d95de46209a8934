"""A rebase: from which quarter an indicator's process is looked at afresh, why, and who says so.

A later word on the same indicator and quarter is a new version. Versions are added, never changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self

import duckdb

from dataset.quarter import Quarter


@dataclass(frozen=True)
class Rebase:
    """One version. `written_by` is a role, `written_at` UTC, `replaces` the version before it.

    `taken_back` says that no new baseline starts there after all; `reason` then says why not.
    """

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

    def as_entry(self) -> dict[str, Any]:
        """Plain values to be kept beside the store; `from_entry` reads them back."""
        return asdict(self) | {"quarter": str(self.quarter), "written_at": self.written_at.isoformat()}

    @classmethod
    def from_entry(cls, entry: dict[str, Any]) -> Self:
        quarter, written_at = Quarter.parse(entry["quarter"]), datetime.fromisoformat(entry["written_at"])
        return cls(**(entry | {"quarter": quarter, "written_at": written_at}))


COLUMNS = "id, area, indicator, quarter, reason, written_by, written_at, taken_back, replaces"
SELECT = f"SELECT {COLUMNS} FROM rebase ORDER BY id"


def write(connection: duckdb.DuckDBPyConnection, one: Rebase) -> None:
    """Add a version inside the caller's transaction."""
    values = [
        one.id,
        one.area,
        one.indicator,
        one.quarter.id,
        one.reason,
        one.written_by,
        one.written_at.astimezone(UTC).replace(tzinfo=None),
        one.taken_back,
        one.replaces,
    ]
    marks = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO rebase ({COLUMNS}) VALUES ({marks})", values)


def read(connection: duckdb.DuckDBPyConnection) -> tuple[Rebase, ...]:
    """Every version, oldest first."""
    return from_rows(connection.execute(SELECT).fetchall())


def from_rows(rows: Iterable[tuple[Any, ...]]) -> tuple[Rebase, ...]:
    """What `SELECT` found."""
    return tuple(_rebase(row) for row in rows)


def _rebase(row: tuple[Any, ...]) -> Rebase:
    values = dict(zip(COLUMNS.split(", "), row, strict=True))
    moment = values["written_at"].replace(tzinfo=UTC)
    return Rebase(**(values | {"quarter": Quarter.from_id(values["quarter"]), "written_at": moment}))


def in_force(versions: Iterable[Rebase], indicator: str = "") -> tuple[Rebase, ...]:
    """The latest version of each (of one indicator), those taken back left out, in the order of their quarters."""
    latest = {one.about: one for one in sorted(versions, key=lambda one: one.id)}
    kept = [one for one in latest.values() if not one.taken_back and indicator in ("", one.indicator)]
    return tuple(sorted(kept, key=lambda one: (one.indicator, one.quarter)))
