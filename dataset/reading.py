"""The store at one moment, for as many questions as one likes: the ledger up to then and what counted."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from dataset import schema
from dataset.carrying import Carried
from dataset.ledger import Slot, Submission
from dataset.quarter import Quarter
from dataset.refusing import StoreDamaged, rebuild_advice
from dataset.table import ReturnType

if TYPE_CHECKING:
    from dataset.store import Store

T = TypeVar("T")
OF_A_MOMENT = 0.2  # of what is held of the store as it is: every indicator at one quarter, and a little more


@dataclass(frozen=True)
class Reading:
    """The store at one moment: `entries` is the ledger up to then, `counting` what counts for each slot.

    `last` is the highest entry; facts of later entries are never seen through this reading. `within` is
    the cursor of a transaction that the reading is part of; without it each query takes a cursor of its own.
    """

    store: Store
    entries: tuple[Submission, ...]
    counting: dict[Slot, Submission]
    last: int
    version: int
    as_at: datetime | None
    within: duckdb.DuckDBPyConnection | None = None
    # What was worked out of this reading, which never changes; a reading made from it begins with nothing.
    _worked_out: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def once(self, key: str, make: Callable[[], T]) -> T:
        """What `make` gives, worked out once for this reading."""
        if key not in self._worked_out:
            self._worked_out[key] = make()
        found: T = self._worked_out[key]
        return found

    @property
    def carried(self) -> Carried:
        """What may hold in other readings of the store as well. A transaction may yet be undone and its numbers given
        to something else, and an earlier moment stays as it is: nothing is carried into or out of either."""
        is_apart = self.within is not None or self.as_at is not None
        return self.once("carried", lambda: Carried(OF_A_MOMENT)) if is_apart else self.store.carried

    def source(self, table: ReturnType) -> str:
        """SQL: the counting facts of a return, for use after FROM: the table as `facts` and a WHERE that may
        be followed by AND; no row of a return that did not count then."""
        superseded = [
            str(e.id)
            for e in self.entries
            if e.slot.dataset == table.about.name and e.status == "accepted" and self.counting.get(e.slot) != e
        ]
        condition = f"facts.submission <= {self.last}"
        if superseded:
            condition += f" AND facts.submission NOT IN ({', '.join(superseded)})"
        return f"{schema.facts_table(table)} AS facts WHERE {condition}"

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a statement over `source`."""
        with nullcontext(self.within) if self.within else self.store.cursor() as cursor:
            try:
                return cursor.execute(sql).fetchall()
            except duckdb.Error as error:
                if type(error) not in (duckdb.Error, duckdb.IOException):  # a fault of ours, not of the file
                    raise
                raise StoreDamaged(rebuild_advice(self.store.path)) from None

    def returned(self, dataset: str) -> dict[Slot, Submission]:
        """The counting entries of one return, nil ones included."""
        by_dataset = self.once("by dataset", self._by_dataset)
        return by_dataset.get(dataset, {})

    def sent_for(self, dataset: str, quarter: Quarter) -> tuple[Submission, ...]:
        """The counting entries of one return for one quarter, agency by agency."""
        found = self.once("by quarter", self._by_quarter).get((dataset, quarter), [])
        return tuple(sorted(found, key=lambda entry: (entry.slot.agency, entry.id)))

    def _by_quarter(self) -> dict[tuple[str, Quarter], list[Submission]]:
        found: dict[tuple[str, Quarter], list[Submission]] = {}
        for slot, entry in self.counting.items():
            found.setdefault((slot.dataset, slot.quarter), []).append(entry)
        return found

    def _by_dataset(self) -> dict[str, dict[Slot, Submission]]:
        found: dict[str, dict[Slot, Submission]] = {}
        for slot, entry in self.counting.items():
            found.setdefault(slot.dataset, {})[slot] = entry
        return found

    def latest_quarter(self, dataset: str | None = None) -> Quarter | None:
        """The last quarter that has any return (of one dataset); None in an empty store."""
        if dataset is None:
            return self.once("latest quarter", lambda: max((slot.quarter for slot in self.counting), default=None))
        return max((slot.quarter for slot in self.returned(dataset)), default=None)
