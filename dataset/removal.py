"""That the rows and the file of an entry were removed: when, why, by whom, and the counts that stay.

The entry itself stays in the ledger as it was made. A removal is never taken back: what it removed is gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

import duckdb

from dataset.version import Version

RETENTION, ERASURE = "retention", "erasure"


class KeptCount(NamedTuple):
    """What an entry's rows gave an indicator: numerator, denominator (None: a count), a survey's margin as a share."""

    k: int
    n: int | None = None
    margin: float | None = None


CountsOfEntry = Mapping[str, KeptCount]


@dataclass(frozen=True)
class Removal(Version):
    """One removal. `why` is "retention" or "erasure", `records` how many rows went, `counts` what is kept of them as
    JSON: indicator id → [k, n, margin]; `written_by` is a role, `written_at` UTC."""

    table: ClassVar[str] = "removal"
    folder: ClassVar[str] = "removals"

    id: int
    area: str
    submission: int
    why: str
    reason: str
    records: int
    counts: str
    written_by: str
    written_at: datetime
    replaces: int | None = None

    @property
    def about(self) -> int:
        """The number of the entry."""
        return self.submission

    @property
    def mark(self) -> str:
        """What the ledger says of it, such as "purged on 21/11/2026"."""
        return f"{'purged' if self.why == RETENTION else 'erased'} on {self.written_at:%d/%m/%Y}"

    def write(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Enter it and delete the entry's rows, in the caller's transaction: the one is never there without the other."""
        super().write(connection)
        asked = "SELECT dataset FROM submission WHERE id = ?"
        for (dataset,) in connection.execute(asked, [self.submission]).fetchall():
            connection.execute(f'DELETE FROM facts."{dataset}" WHERE submission = ?', [self.submission])

    def kept(self) -> dict[str, KeptCount]:
        """Indicator id → its count."""
        return {indicator: KeptCount(*values) for indicator, values in json.loads(self.counts).items()}


def as_json(counts: CountsOfEntry) -> str:
    """Counts as a removal keeps them."""
    return json.dumps({name: list(counts[name]) for name in sorted(counts)})


def entries_removed(kept: Iterable[Mapping[str, Any]]) -> frozenset[int]:
    """The numbers of the entries whose removal is kept beside a store, from the kept removals."""
    return frozenset(int(one["submission"]) for one in kept)
