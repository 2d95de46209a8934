"""Cases that stay open over quarters: the same ones come again in each return until they end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dataset.demonstrating.allocating import FIRST, DoesNotFit, short_year
from dataset.demonstrating.days import some_days
from dataset.quarter import Quarter


@dataclass
class OpenCase:
    """One case while it is being made; `kind` is what its totals are laid down by."""

    kind: str
    started: date
    ended: date | None = None
    reference: str = ""

    def is_open_in(self, quarter: Quarter) -> bool:
        """Whether on any day of the quarter."""
        return self.started <= quarter.end and (self.ended is None or self.ended >= quarter.start)


def begun_before(count: int, mean_days: int, most_days: int, rng: Random) -> list[date]:
    """Days before the demonstration begins on which its first cases started."""
    ages = [min(1 + int(rng.expovariate(1 / mean_days)), most_days) for _ in range(count)]
    return [FIRST.start - timedelta(days=age) for age in ages]


def end_some(
    cases: Sequence[OpenCase], count: int, quarter: Quarter, weight: Callable[[int], float], rng: Random
) -> None:
    """End `count` of the cases that were open when the quarter began; `weight` tells from days open how readily.

    Raises DoesNotFit when there are not as many.
    """
    there = [case for case in cases if case.ended is None and case.started < quarter.start]
    if len(there) < count:
        raise DoesNotFit(f"{count} of {len(there)} open cases cannot end in {quarter}.")
    chance = {id(case): rng.random() ** (1 / weight((quarter.start - case.started).days)) for case in there}
    ending = sorted(there, key=lambda case: -chance[id(case)])[:count]
    for case, day in zip(ending, some_days(quarter, count, rng), strict=True):
        case.ended = day


def refer(cases: Sequence[OpenCase], prefix: str) -> None:
    """Give each case its reference, numbered within the year in which it started."""
    numbers: dict[int, int] = {}
    for case in sorted(cases, key=lambda case: case.started):
        year = Quarter.of(case.started).year
        numbers[year] = numbers.get(year, 0) + 1
        case.reference = f"{prefix}-{short_year(year)}-{numbers[year]:04}"
