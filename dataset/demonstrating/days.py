"""Days for invented cases: spread over a quarter, or counted in working days."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from dataset.quarter import Quarter
from dataset.working_days import is_working_day

_WEEKEND = 0.2


def every_day(quarter: Quarter) -> list[date]:
    return [quarter.start + timedelta(days=offset) for offset in range((quarter.end - quarter.start).days + 1)]


def some_days(quarter: Quarter, count: int, rng: Random, *, weekends: bool = False) -> list[date]:
    """`count` days of a quarter in their order; several cases may share one. Weekends are rarer, or not there."""
    days = every_day(quarter)
    quiet = _WEEKEND if weekends else 0.0
    weights = [1.0 if is_working_day(day) else quiet for day in days]
    return sorted(rng.choices(days, weights, k=count))


def working_days_before(day: date, count: int) -> date:
    """The working day that lies `count` working days before `day`."""
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def written(day: date) -> str:
    return day.strftime("%d/%m/%Y")
