"""Working days in England: Monday to Friday without England's bank holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """England's bank holidays of one calendar year, one-off ones included."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays(day.year)


@lru_cache(maxsize=4096)  # every quarter's due dates are asked for again and again
def add_working_days(day: date, count: int) -> date:
    """The working day that lies `count` working days after `day`; the first day counted is the next one."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def non_working_days(first: date, last: date) -> tuple[date, ...]:
    """Every day from first to last, both included, on which nobody is expected to work."""
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return tuple(day for day in days if not is_working_day(day))
