"""A store to try everything on, from 2021/22 Q1 to 2026/27 Q2, sent as any return is sent.

All of its data are INVENTED: no row is about anyone. Only some totals over a year's quarters are not: those
of 2022/23, and a few of the year before, add up to what the partnership has published. Each module says which.
The same bytes come out every time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Protocol

from dataset.demonstrating.commentary import Saying, among
from dataset.demonstrating.rebasing import Rebasing, with_rebases
from dataset.demonstrating.sending import Sending, sendings
from dataset.keeping import Keeping
from dataset.store import Store


class DemonstrationExists(RuntimeError):
    """Something is already where the demonstration should go; the message says what to do."""


class SimulatedClock:
    """A clock that shows what it was last set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Event(Protocol):
    """Something that happens to the demonstration at a moment."""

    @property
    def moment(self) -> datetime: ...

    def to(self, store: Store) -> object:
        """Let it happen."""


def demonstrate(path: Path, also: Iterable[Event] = ()) -> int:
    """Make a new demonstration store and send it everything; the number of ledger entries. `also` are further events,
    each let happen between the returns at its moment.

    Raises DemonstrationExists when the store, or the folder kept beside it, is there already.
    """
    _see_that_nothing_is_there(path)
    returned: list[Sending | Saying | Rebasing] = with_rebases(among(sendings()))
    planned: list[Event] = sorted([*returned, *also], key=attrgetter("moment"))
    clock = SimulatedClock(planned[0].moment)
    store = Store.open(path, kind="demonstration", clock=clock)
    try:
        with store.in_bulk():
            for one in planned:
                clock.now = one.moment
                one.to(store)
        return len(store.entries())
    finally:
        store.close()


def _see_that_nothing_is_there(path: Path) -> None:
    there = [place for place in (path, Keeping(path).folder) if place.exists()]
    if there:
        names = " and ".join(place.name for place in there)
        raise DemonstrationExists(
            f"{names} in {path.parent.resolve()} is there already. "
            "Delete it, or choose another place for the demonstration."
        )


__all__ = ["DemonstrationExists", "Event", "Sending", "SimulatedClock", "demonstrate", "sendings"]
