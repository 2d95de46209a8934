"""Events too rare for a chart: safeguarding adult reviews, rapid reviews.

Two or three cases a quarter make shares that jump and limits that say nothing. What can be said is which
events there were, how long ago the latest was, and how sure a count makes us of the underlying rate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from safeguarding_metrics.uncertainty import Interval, exact_count_interval


@dataclass(frozen=True)
class RareEvents:
    """The events of a stretch of days, both ends included, oldest first.

    `interval` is the exact Poisson interval for their number over that stretch. `days_since_last` runs from
    the latest event known by its last day, even one before its first day; None when there never was one.
    `gaps` are the days between one event and the next.
    """

    dates: tuple[date, ...]
    first: date
    last: date
    interval: Interval
    confidence: float
    days_since_last: int | None
    gaps: tuple[int, ...]

    @property
    def count(self) -> int:
        return len(self.dates)


def rare_events(dates: Iterable[date], *, first: date, last: date, confidence: float = 0.95) -> RareEvents:
    """What is known on `last` of events since `first`; later dates are not known yet and left out.

    Two events on one day are two. Raises ValueError when the stretch ends before it begins.
    """
    if last < first:
        raise ValueError(f"The period ends on {last}, before it begins on {first}.")
    known = sorted(one for one in dates if one <= last)
    within = tuple(one for one in known if one >= first)
    interval = exact_count_interval(len(within), confidence=confidence)
    assert interval is not None  # there is always an exposure: the stretch itself
    gaps = tuple((after - before).days for before, after in pairwise(within))
    return RareEvents(within, first, last, interval, confidence, (last - known[-1]).days if known else None, gaps)
