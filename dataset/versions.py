"""Entering versions: announced beside the store, committed, then confirmed, so that none is ever lost or halved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

import duckdb

from dataset.keeping import Announced
from dataset.store import Reading, Store
from dataset.version import Version, latest

V = TypeVar("V", bound=Version)


class Same(Exception):
    """The current version says the very same: nothing is to be committed."""


def enter(
    store: Store,
    kept: Announced,
    draft: V,
    is_same: Callable[[V], bool],
    more: Callable[[duckdb.DuckDBPyConnection], Mapping[str, Any]] = lambda cursor: {},
) -> tuple[V, V | None]:
    """The draft as the current version, under its number and moment, and the version it replaces.

    `is_same` compares the current version with the draft; `more` gives fields that only the transaction
    knows. Raises Same.
    """
    announced = 0
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


def restore(store: Store, kept: Announced, one: Version) -> None:
    """Enter a kept version again under the number and moment it has already."""
    with store.cursor() as cursor, store.committing(cursor):
        kept.announce(one.as_entry())
        one.write(cursor)
    kept.confirm(one.id)


def known(kind: type[V], source: Reading | Store, as_at: datetime | None = None) -> tuple[V, ...]:
    """Every version written up to a moment (UTC; None: that of the reading, else now), oldest first."""
    reading = source.reading(as_at) if isinstance(source, Store) else source
    moment = as_at or reading.as_at
    held = kind.from_rows(reading.rows(kind.select()))
    return tuple(one for one in held if moment is None or one.written_at <= moment)
