"""One entry into the ledger: announced beside the store, committed with its facts, then confirmed.

Sending, withdrawing and rebuilding enter in this one way, so that a crash at any moment leaves the kept
ledger and the store in a state the next start can tell apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import duckdb

from dataset import ledger
from dataset.ledger import Submission
from dataset.store import Store


@dataclass
class Entering:
    """The ledger as it stands under the commit lock, and the entry added to it."""

    store: Store
    cursor: duckdb.DuckDBPyConnection
    entries: tuple[Submission, ...]
    announced: int = 0

    def add(self, entry: Submission) -> Submission:
        """Enter it under the next number and the present moment; the entry as it was entered."""
        number = max((e.id for e in self.entries), default=0) + 1
        return self.restore(replace(entry, id=number, recorded_at=self.store.next_moment(self.entries)))

    def restore(self, entry: Submission) -> Submission:
        """Enter it under the number and moment it has already."""
        self.store.keeping.announce(entry.as_entry())
        self.announced = entry.id
        ledger.write(self.cursor, entry)
        return entry


@contextmanager
def entering(store: Store, cursor: duckdb.DuckDBPyConnection) -> Iterator[Entering]:
    """A transaction on `cursor` under the commit lock that adds one entry. Any error undoes all of it."""
    under_way: Entering | None = None
    try:
        with store.committing(cursor):
            under_way = Entering(store, cursor, store.entries_seen_by(cursor))
            yield under_way
    except BaseException:
        if under_way and under_way.announced:
            store.keeping.forget(under_way.announced)
        raise
    if under_way and under_way.announced:
        store.keeping.confirm(under_way.announced)
