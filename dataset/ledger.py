"""The ledger: who sent what, when, and what became of it. Entries are added, never changed.

A slot is one agency's one return for one quarter of one area. What counts for a slot is the latest
accepted entry, now or at an earlier moment; a withdrawal is an entry of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal, Self

import duckdb

from dataset.quarter import Quarter

Status = Literal["rejected", "accepted", "withdrawn"]
Kind = Literal["return", "nil", "restatement", "withdrawal"]


@dataclass(frozen=True, order=True)
class Slot:
    """Where a return belongs: area code, agency code, return name, quarter."""

    area: str
    agency: str
    dataset: str
    quarter: Quarter


@dataclass(frozen=True)
class Explanation:
    """What a sender said of a query about a return: the query's code, column (or "") and message, and the reason."""

    code: str
    column: str
    message: str
    reason: str


@dataclass(frozen=True)
class Submission:
    """One entry of the ledger; `recorded_at` is UTC. `records` counts data rows, blank ones apart."""

    id: int
    slot: Slot
    sha256: str
    file_name: str
    bytes: int
    records: int
    blank_records: int
    encoding: str
    separator: str
    schema_version: int
    sent_by: str
    recorded_at: datetime
    status: Status
    kind: Kind
    reason: str = ""
    replaces: int | None = None
    explanations: tuple[Explanation, ...] = ()

    def as_entry(self) -> dict[str, Any]:
        """Plain values for the kept ledger; `from_entry` reads them back."""
        entry: dict[str, Any] = asdict(self)
        slot: dict[str, Any] = entry.pop("slot")
        entry["explanations"] = list(entry["explanations"])  # as JSON gives it back
        return entry | slot | {"quarter": str(self.slot.quarter), "recorded_at": self.recorded_at.isoformat()}

    @classmethod
    def from_entry(cls, entry: dict[str, Any]) -> Self:
        values = dict(entry)
        quarter = Quarter.parse(values.pop("quarter"))
        slot = Slot(values.pop("area"), values.pop("agency"), values.pop("dataset"), quarter)
        values["recorded_at"] = datetime.fromisoformat(values["recorded_at"])
        # Entries kept before there were queries do not have the key.
        values["explanations"] = tuple(Explanation(**one) for one in values.get("explanations", ()))
        return cls(slot=slot, **values)


_COLUMNS = (
    "id, area, agency, dataset, quarter, sha256, file_name, bytes, records, blank_records, encoding, separator, "
    "schema_version, sent_by, recorded_at, status, kind, reason, replaces"
)
_EXPLAINING = "submission, code, column_name, message, reason"


def write(connection: duckdb.DuckDBPyConnection, entry: Submission) -> None:
    """Add an entry inside the caller's transaction."""
    slot = entry.slot
    values = [
        entry.id,
        slot.area,
        slot.agency,
        slot.dataset,
        slot.quarter.id,
        entry.sha256,
        entry.file_name,
        entry.bytes,
        entry.records,
        entry.blank_records,
        entry.encoding,
        entry.separator,
        entry.schema_version,
        entry.sent_by,
        entry.recorded_at.astimezone(UTC).replace(tzinfo=None),
        entry.status,
        entry.kind,
        entry.reason,
        entry.replaces,
    ]
    marks = ", ".join("?" for _ in values)
    connection.execute(f"INSERT INTO submission ({_COLUMNS}) VALUES ({marks})", values)
    for one in entry.explanations:
        connection.execute(
            f"INSERT INTO explanation ({_EXPLAINING}) VALUES (?, ?, ?, ?, ?)",
            [entry.id, one.code, one.column, one.message, one.reason],
        )


def read(connection: duckdb.DuckDBPyConnection, after: int = 0) -> tuple[Submission, ...]:
    """Every entry, or those numbered higher than `after`, oldest first. An entry never changes once it is made."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM submission WHERE id > ? ORDER BY id", [after]).fetchall()
    if not rows:
        return ()
    explained: dict[int, tuple[Explanation, ...]] = {}
    for entry_id, *words in connection.execute(
        f"SELECT {_EXPLAINING} FROM explanation WHERE submission > ? ORDER BY submission, code, column_name", [after]
    ).fetchall():
        explained[entry_id] = (*explained.get(entry_id, ()), Explanation(*words))
    return tuple(_submission(row, explained.get(row[0], ())) for row in rows)


def _submission(row: tuple[Any, ...], explanations: tuple[Explanation, ...]) -> Submission:
    entry_id, area, agency, dataset, quarter, *rest = row
    slot = Slot(area, agency, dataset, Quarter.from_id(quarter))
    rest[9] = rest[9].replace(tzinfo=UTC)
    return Submission(entry_id, slot, *[*rest, explanations])


def current(entries: Iterable[Submission], as_at: datetime | None = None) -> dict[Slot, Submission]:
    """What counts for each slot at a moment (None: now): the latest accepted entry not withdrawn since."""
    counting: dict[Slot, Submission] = {}
    for entry in entries:
        if as_at is not None and entry.recorded_at > as_at:
            continue
        if entry.status == "accepted":
            counting[entry.slot] = entry
        elif entry.status == "withdrawn":
            counting.pop(entry.slot, None)
    return counting
