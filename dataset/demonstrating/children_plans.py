"""Invented child protection plans: every year's starts and its plans open at the end are met exactly.

The 245 plans at March 2023 are the annual report's (004:206). It says that neglect rose by 87% (004:360: 33, then
62) and that it fell by 19% (004:366); both hold here at once, the first for plans started in the year, the second
for plans open at its end (100, then 81). Emotional abuse is the largest category (004:379). The rest is invented:
plans lasting two years, second plans and visits have no figure since 2017.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from dataset.agencies import STOCKPORT_FAMILY
from dataset.children_code_lists import PLAN_CATEGORY
from dataset.columns import read_day
from dataset.demonstrating.allocating import FIRST, LAST, SEED, Cells, Rows, quarters_of, uneven
from dataset.demonstrating.days import some_days, written
from dataset.demonstrating.open_cases import OpenCase, begun_before, end_some, refer
from dataset.quarter import Quarter, quarters_between

CATEGORIES = PLAN_CATEGORY.values[:4]


@dataclass(frozen=True)
class Year:
    """`started` in the year and `at_end` of it as CATEGORIES; shares from 0 to 1 of `again` and `seen` plans."""

    year: int
    started: tuple[int, ...]
    at_end: tuple[int, ...]
    again: float
    seen: float


AT_THE_BEGINNING: tuple[int, ...] = (120, 124, 14, 8)
YEARS = (
    # year, started (neglect, emotional, physical, sexual), open at the end, second or later, seen in time
    Year(2021, (33, 120, 22, 9), (100, 131, 15, 8), 0.19, 0.86),
    Year(2022, (62, 132, 26, 11), (81, 138, 17, 9), 0.21, 0.88),
    Year(2023, (78, 128, 21, 10), (86, 133, 15, 8), 0.20, 0.90),
    Year(2024, (92, 126, 24, 12), (98, 130, 16, 10), 0.22, 0.87),
    Year(2025, (104, 131, 22, 10), (115, 134, 14, 9), 0.24, 0.84),
    Year(2026, (56, 64, 11, 6), (121, 133, 15, 10), 0.23, 0.88),  # half a year
)
# Plans of the quarter after the last: conferences on enquiries that began in the last one.
_TO_COME = (27, 33, 6, 3)
_FAMILIES = {1: 60, 2: 25, 3: 10, 4: 5}

# The first return of this quarter leaves out the plans of its last week; see schedule.RESTATED.
FORGOTTEN_FROM = date(2024, 6, 24)


@dataclass
class Plan(OpenCase):
    """One child's plan; brothers and sisters have one `family` and one conference."""

    family: int = 0
    again: bool = False


@lru_cache(maxsize=1)
def plans() -> tuple[Plan, ...]:
    """Every plan, with the day it ended if it did."""
    rng = Random(SEED)
    made = [
        Plan(category, day, family=-number, again=rng.random() < YEARS[0].again)
        for category, count in zip(CATEGORIES, AT_THE_BEGINNING, strict=True)
        for number, day in enumerate(begun_before(count, 230, 780, rng), start=1)
    ]
    open_before = AT_THE_BEGINNING
    for year in YEARS:
        ended = [a + b - c for a, b, c in zip(open_before, year.started, year.at_end, strict=True)]
        for kind, started, ending in zip(CATEGORIES, year.started, ended, strict=True):
            _year(kind, year, started, ending, made, rng)
        open_before = year.at_end
    for kind, started in zip(CATEGORIES, _TO_COME, strict=True):
        made += _begun(kind, LAST.plus(1), started, YEARS[-1].again, len(made), rng)
    refer(made, "CP")
    return tuple(made)


def _year(kind: str, year: Year, started: int, ended: int, made: list[Plan], rng: Random) -> None:
    quarters = quarters_of(year.year)
    comings, goings = (uneven(count, len(quarters), rng) for count in (started, ended))
    for quarter, coming, going in zip(quarters, comings, goings, strict=True):
        end_some([plan for plan in made if plan.kind == kind], going, quarter, _readiness, rng)
        made += _begun(kind, quarter, coming, year.again, len(made), rng)


def _readiness(days_open: int) -> float:
    """Plans end at reviews: hardly before the first, and most urgently as two years come near."""
    for limit, weight in ((90, 0.15), (180, 0.7), (365, 1.0), (550, 1.5)):
        if days_open < limit:
            return weight
    return 3.0


def _begun(kind: str, quarter: Quarter, count: int, again: float, families_before: int, rng: Random) -> list[Plan]:
    """`count` plans, family by family."""
    families: list[int] = []
    while sum(families) < count:
        families.append(min(count - sum(families), rng.choices(list(_FAMILIES), list(_FAMILIES.values()))[0]))
    return [
        Plan(kind, day, family=families_before + number, again=rng.random() < again)
        for number, (size, day) in enumerate(
            zip(families, some_days(quarter, len(families), rng), strict=True), start=1
        )
        for _ in range(size)
    ]


def rows() -> Rows:
    """Every plan in the return of each quarter in which it was open."""
    rng = Random(SEED)
    seen = {year.year: year.seen for year in YEARS}
    return {
        (STOCKPORT_FAMILY.code, quarter): _quarter(plans(), quarter, seen[quarter.year], rng)
        for quarter in quarters_between(FIRST, LAST)
    }


def _quarter(every: Sequence[Plan], quarter: Quarter, seen: float, rng: Random) -> list[Cells]:
    there = sorted((plan for plan in every if plan.is_open_in(quarter)), key=lambda plan: plan.reference)
    return [
        {
            "plan_id": plan.reference,
            "started_on": written(plan.started),
            "ended_on": written(plan.ended) if plan.ended and plan.ended <= quarter.end else "",
            "category": plan.kind,
            "earlier_plan": "Yes" if plan.again else "No",
            "seen_in_time": "Yes" if rng.random() < seen else "No",
        }
        for plan in there
    ]


def first_version(final: list[Cells]) -> list[Cells]:
    """The restated quarter as it was first sent."""
    return [row for row in final if (read_day(row["started_on"]) or date.min) < FORGOTTEN_FROM]
