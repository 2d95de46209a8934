"""A line in the audit trail for what is done to a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataset.access.access import trail_of
from dataset.access.acting import actor_now

if TYPE_CHECKING:
    from dataset.store import Store


def note(store: Store, action: str, what: str, outcome: str = "done") -> None:
    """Who did what, and with which outcome; nothing while a demonstration is being made."""
    if not store.keeping.in_bulk:
        trail_of(store.path.resolve()).add(actor_now(), action, what, outcome)
