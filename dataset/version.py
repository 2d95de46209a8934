"""A version of something people write and change: kept for ever, never changed, the latest counts.

Comments, rebases, entries of registers and meetings are of this form: a row of a table of their own, whose columns
are their fields. Those about a quarter have a field of that name.
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
    """What dataclasses of this form have in common; `table` is where the store has them, `folder` where they
    are kept beside it.

    `written_by` is a role, `written_at` UTC, `replaces` the version before it.
    """

    table: ClassVar[str]
    folder: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]

    id: int
    written_at: datetime
    replaces: int | None

    @property
    @abstractmethod
    def about(self) -> Hashable:
        """What it is about: of two versions about the same, the later one counts."""

    def as_entry(self) -> dict[str, Any]:
        """Plain values to be kept beside the store; `from_entry` reads them back."""
        quarter: Quarter | None = getattr(self, "quarter", None)
        entry = asdict(self) | {"written_at": self.written_at.isoformat()}
        return entry | ({"quarter": str(quarter)} if quarter else {})

    @classmethod
    def from_entry(cls, entry: dict[str, Any]) -> Self:
        values = entry | {"written_at": datetime.fromisoformat(entry["written_at"])}
        return cls(**(values | ({"quarter": Quarter.parse(entry["quarter"])} if "quarter" in entry else {})))

    @classmethod
    def select(cls, after: int = 0) -> str:
        """SQL: every version, or those numbered higher than `after`, oldest first."""
        later = f" WHERE id > {after}" if after else ""
        return f"SELECT {', '.join(_names(cls))} FROM {cls.table}{later} ORDER BY id"

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[Any, ...]]) -> tuple[Self, ...]:
        """What `select` found."""
        return tuple(cls._from_row(row) for row in rows)

    @classmethod
    def _from_row(cls, row: tuple[Any, ...]) -> Self:
        values = dict(zip(_names(cls), row, strict=True))
        values["written_at"] = values["written_at"].replace(tzinfo=UTC)
        return cls(**(values | ({"quarter": Quarter.from_id(values["quarter"])} if "quarter" in values else {})))

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection) -> tuple[Self, ...]:
        """Every version, oldest first."""
        return cls.from_rows(connection.execute(cls.select()).fetchall())

    def write(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Add it inside the caller's transaction."""
        values = {name: getattr(self, name) for name in _names(type(self))}
        values |= {"written_at": self.written_at.astimezone(UTC).replace(tzinfo=None)}
        values |= {"quarter": values["quarter"].id} if "quarter" in values else {}
        marks = ", ".join("?" for _ in values)
        connection.execute(f"INSERT INTO {self.table} ({', '.join(values)}) VALUES ({marks})", list(values.values()))


def _names(kind: type[Version]) -> list[str]:
    return [field.name for field in fields(kind)]


def latest(versions: Iterable[V]) -> dict[Hashable, V]:
    """What counts: the last version about each thing."""
    return {one.about: one for one in sorted(versions, key=lambda one: one.id)}
