"""A file checked once for a slot, with its rows on a cursor for all that is asked about them before it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import duckdb

from dataset.checking import SIZE_LIMIT, Checked, OnStep, create_code_types, no_step, staged_again
from dataset.ledger import Slot
from dataset.store import Store
from dataset.tables import return_named


@dataclass(frozen=True)
class Staged:
    """The check of a file and the cursor its rows are staged on, for as long as the `with` lasts."""

    store: Store
    slot: Slot
    raw: bytes
    cursor: duckdb.DuckDBPyConnection
    checked: Checked

    def is_of(self, store: Store, slot: Slot, raw: bytes) -> bool:
        """Bytes never change, so the same object is the same file: nothing is compared byte by byte."""
        return self.store is store and self.slot == slot and self.raw is raw


_HELD: ContextVar[Staged | None] = ContextVar("staged", default=None)


@contextmanager
def staged(
    store: Store,
    slot: Slot,
    raw: bytes,
    *,
    known: Checked | None = None,
    size_limit: int = SIZE_LIMIT,
    on_step: OnStep = no_step,
) -> Iterator[Staged]:
    """Check a file for a slot and stage its rows. Readers and senders do not wait for it.

    Inside such a `with` for the same file and slot the same rows are given again. `known` is an earlier check: where
    it is of these very bytes, return and quarter its findings hold and only the rows are staged anew.
    """
    held = _HELD.get()
    if held is not None and held.is_of(store, slot, raw):
        yield held
        return
    table = return_named(slot.dataset)
    with store.cursor() as cursor:
        create_code_types(cursor, table)
        checked = staged_again(
            known, raw, table, slot.quarter, cursor, store.keeping.staging, size_limit=size_limit, on_step=on_step
        )
        here = Staged(store, slot, raw, cursor, checked)
        token = _HELD.set(here)
        try:
            yield here
        finally:
            _HELD.reset(token)
