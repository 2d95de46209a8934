"""A store to try everything on, from 2021/22 Q1 to 2026/27 Q2, sent as any return is sent.

All of its data are INVENTED: no row is about anyone. Only some totals over a year's quarters are not: those
of 2022/23, and a few of the year before, add up to what the partnership has published. Each module says which.
The same bytes come out every time.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

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


def demonstrate(path: Path) -> int:
    """Make a new demonstration store and send it everything; the number of ledger entries.

    Raises DemonstrationExists when the store, or the folder kept beside it, is there already.
    """
    _see_that_nothing_is_there(path)
    planned: list[Sending | Saying | Rebasing] = with_rebases(among(sendings()))
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


__all__ = ["DemonstrationExists", "Sending", "SimulatedClock", "demonstrate", "sendings"]
