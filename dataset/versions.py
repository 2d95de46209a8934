"""Entering versions: announced beside the store, committed, then confirmed, so that none is ever lost or halved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import duckdb

from dataset.store import Reading, Store
from dataset.version import Version, latest

V = TypeVar("V", bound=Version)


class Same(Exception):
    """The current version says the very same: nothing is to be committed."""


def enter(
    store: Store,
    draft: V,
    is_same: Callable[[V], bool],
    more: Callable[[duckdb.DuckDBPyConnection], Mapping[str, Any]] = lambda cursor: {},
) -> tuple[V, V | None]:
    """The draft as the current version, under its number and moment, and the version it replaces.

    `is_same` compares the current version with the draft; `more` gives fields that only the transaction
    knows. Raises Same.
    """
    kept, announced = store.keeping.of(type(draft)), 0
    with store.cursor() as cursor:
        try:
            with store.committing(cursor):
                held = type(draft).read(cursor)
                before = latest(held).get(draft.about)
                if before is not None and is_same(before):
                    raise Same
                entered = replace(
                    draft,
                    id=max((one.id for one in held), default=0) + 1,
                    # Should the clock have been set back, versions do not run backwards.
                    written_at=max([store.clock(), *(one.written_at for one in held[-1:])]),
                    replaces=before.id if before else None,
                    **more(cursor),
                )
                kept.announce(entered.as_entry())
                announced = entered.id
                entered.write(cursor)
        except BaseException:
            if announced:
                kept.forget(announced)
            raise
    kept.confirm(announced)
    return entered, before


def enter_all(store: Store, drafts: Sequence[V]) -> tuple[V, ...]:
    """Many drafts, about a different thing each, in one transaction: all of them or none."""
    if not drafts:
        return ()
    kept, entered = store.keeping.of(type(drafts[0])), list[V]()
    with store.cursor() as cursor:
        try:
            with store.committing(cursor):
                held = type(drafts[0]).read(cursor)
                before, number = latest(held), max((one.id for one in held), default=0)
                moment = max([store.clock(), *(one.written_at for one in held[-1:])])
                for place, draft in enumerate(drafts, start=1):
                    known_now = before.get(draft.about)
                    replaces = known_now.id if known_now else None
                    entered.append(replace(draft, id=number + place, written_at=moment, replaces=replaces))
                    kept.announce(entered[-1].as_entry())
                    entered[-1].write(cursor)
        except BaseException:
            for one in entered:
                kept.forget(one.id)
            raise
    for one in entered:
        kept.confirm(one.id)
    return tuple(entered)


def restore(store: Store, one: Version) -> None:
    """Enter a kept version again under the number and moment it has already."""
    kept = store.keeping.of(type(one))
    with store.cursor() as cursor, store.committing(cursor):
        kept.announce(one.as_entry())
        one.write(cursor)
    kept.confirm(one.id)


def known(kind: type[V], source: Reading | Store, as_at: datetime | None = None) -> tuple[V, ...]:
    """Every version written up to a moment (UTC; None: that of the reading, else now), oldest first."""
    # Versions are no returns: reading the ledger for them would cost more than they do.
    reading = Reading(source, (), {}, 0, source.version, as_at) if isinstance(source, Store) else source
    moment = as_at or reading.as_at
    held = every(kind, reading)
    return held if moment is None else tuple(one for one in held if one.written_at <= moment)


def every(kind: type[V], reading: Reading) -> tuple[V, ...]:
    """Every version up to now, oldest first; only those are read that were not known before, as none ever changes."""
    carried = reading.carried if reading.within else reading.store.carried
    memory: dict[str, tuple[int, tuple[V, ...]]] = carried.growing("versions", kind.table)
    # The number first: whatever is committed while it is read makes it another one. Both are kept in one step.
    version = reading.store.version
    read_at, before = memory.get("", (-1, ()))
    if read_at == version and not reading.within:
        return before
    later = kind.from_rows(reading.rows(kind.select(before[-1].id if before else 0)))
    held = (*before, *later) if later else before
    memory[""] = (version, held)
    return held
