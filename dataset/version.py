"""A version of something people write and change: kept for ever, never changed, the latest counts.

Comments and rebases are of this form: a row of a table of their own, whose columns are their fields.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any, ClassVar, Self, TypeVar

import duckdb

from dataset.quarter import Quarter

V = TypeVar("V", bound="Version")


class Version(ABC):
    """What dataclasses of this form have in common; `table` is where they are kept.

    `written_by` is a role, `written_at` UTC, `replaces` the version before it.
    """

    table: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]

    id: int
    quarter: Quarter
    written_at: datetime
    replaces: int | None

    @property
    @abstractmethod
    def about(self) -> Hashable:
        """What it is about: of two versions about the same, the later one counts."""

    def as_entry(self) -> dict[str, Any]:
        """Plain values to be kept beside the store; `from_entry` reads them back."""
        return asdict(self) | {
            "quarter": str(self.quarter),
            "written_at": self.written_at.isoformat(),
        }

    @classmethod
    def from_entry(cls, entry: dict[str, Any]) -> Self:
        quarter, written_at = Quarter.parse(entry["quarter"]), datetime.fromisoformat(entry["written_at"])
        return cls(**(entry | {"quarter": quarter, "written_at": written_at}))

    @classmethod
    def select(cls) -> str:
        """SQL: every version, oldest first."""
        return f"SELECT {', '.join(_names(cls))} FROM {cls.table} ORDER BY id"

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[Any, ...]]) -> tuple[Self, ...]:
        """What `select` found."""
        return tuple(cls._from_row(row) for row in rows)

    @classmethod
    def _from_row(cls, row: tuple[Any, ...]) -> Self:
        values = dict(zip(_names(cls), row, strict=True))
        moment = values["written_at"].replace(tzinfo=UTC)
        return cls(**(values | {"quarter": Quarter.from_id(values["quarter"]), "written_at": moment}))

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection) -> tuple[Self, ...]:
        """Every version, oldest first."""
        return cls.from_rows(connection.execute(cls.select()).fetchall())

    def write(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Add it inside the caller's transaction."""
        values = {name: getattr(self, name) for name in _names(type(self))}
        values |= {"quarter": self.quarter.id, "written_at": self.written_at.astimezone(UTC).replace(tzinfo=None)}
        marks = ", ".join("?" for _ in values)
        connection.execute(f"INSERT INTO {self.table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))


def _names(kind: type[Version]) -> list[str]:
    return [field.name for field in fields(kind)]


def latest(versions: Iterable[V]) -> dict[Hashable, V]:
    """What counts: the last version about each thing."""
    return {one.about: one for one in sorted(versions, key=lambda one: one.id)}
