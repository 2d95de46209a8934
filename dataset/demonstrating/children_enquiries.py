"""Invented Section 47 enquiries: every year's number is met exactly, and every plan has its conference here.

The 271 enquiries of 2022/23 are the annual report's (004:203). What came of them it does not say: the shares are
near those of 2016/17 (001:214: 91.4% assessed; 001:236: 12.5% of conferences without a plan).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from dataset.agencies import STOCKPORT_FAMILY
from dataset.demonstrating.allocating import SEED, Cells, DoesNotFit, Rows, apportion, quarters_of, short_year, uneven
from dataset.demonstrating.children_plans import plans
from dataset.demonstrating.days import some_days, working_days_before, written
from dataset.quarter import Quarter
from dataset.working_days import add_working_days


@dataclass(frozen=True)
class Year:
    """`no_plan`: conferences that made none; `not_assessed`: enquiries without a full assessment."""

    year: int
    enquiries: int
    no_plan: int
    not_assessed: int


YEARS = (
    Year(2021, 298, 17, 25),
    Year(2022, 271, 19, 22),
    Year(2023, 284, 18, 26),
    Year(2024, 305, 20, 31),
    Year(2025, 322, 24, 36),
    Year(2026, 168, 11, 17),  # half a year
)
# Working days from the start of an enquiry to the conference; 15 is the statutory limit.
_SOONEST, _LATEST = 6, 15
_OTHERS = 40.0  # a quarter's enquiries that lead to no plan, about


@dataclass
class Enquiry:
    """One enquiry while it is being made; `plan_made` is None without a conference."""

    started: date
    conference: date | None = None
    plan_made: bool | None = None
    assessed: bool = True


def rows() -> Rows:
    """Every enquiry of every quarter."""
    rng = Random(SEED)
    with_plan = [_before(day, rng) for day in _conferences_with_plan()]
    made: Rows = {}
    for year in YEARS:
        quarters = quarters_of(year.year)
        theirs = {quarter: [e for e in with_plan if Quarter.of(e.started) == quarter] for quarter in quarters}
        for quarter, enquiries in _year(year, theirs, rng).items():
            stem = f"S47-{short_year(quarter.year)}-Q{quarter.number}"
            made[STOCKPORT_FAMILY.code, quarter] = [
                _cells(f"{stem}-{number:03}", enquiry)
                for number, enquiry in enumerate(sorted(enquiries, key=lambda e: e.started), start=1)
            ]
    return made


def _conferences_with_plan() -> list[date]:
    """One for each family whose plans started on one day, in their order."""
    return sorted(day for day, _, _ in {(plan.started, plan.kind, plan.family) for plan in plans()})


def _before(conference: date, rng: Random) -> Enquiry:
    started = working_days_before(conference, rng.randint(_SOONEST, _LATEST))
    return Enquiry(started, conference, plan_made=True)


def _year(year: Year, with_plan: dict[Quarter, list[Enquiry]], rng: Random) -> dict[Quarter, list[Enquiry]]:
    """Each quarter's enquiries: those that led to plans, and others up to the year's number."""
    totals = apportion(
        year.enquiries, [len(theirs) + _OTHERS * rng.uniform(0.85, 1.15) for theirs in with_plan.values()]
    )
    no_plan = uneven(year.no_plan, len(with_plan), rng)
    made: dict[Quarter, list[Enquiry]] = {}
    for (quarter, theirs), total, unplanned in zip(with_plan.items(), totals, no_plan, strict=True):
        stopped = total - unplanned - len(theirs)
        if stopped < 0:
            raise DoesNotFit(f"{quarter} has more conferences than enquiries.")
        made[quarter] = [*theirs, *_without_plan(quarter, unplanned, rng), *_stopped(quarter, stopped, rng)]
    for enquiry in rng.sample(_no_conference(made.values()), year.not_assessed):
        enquiry.assessed = False
    return made


def _without_plan(quarter: Quarter, count: int, rng: Random) -> list[Enquiry]:
    days = some_days(quarter, count, rng)
    return [Enquiry(day, add_working_days(day, rng.randint(_SOONEST, _LATEST)), plan_made=False) for day in days]


def _stopped(quarter: Quarter, count: int, rng: Random) -> list[Enquiry]:
    return [Enquiry(day) for day in some_days(quarter, count, rng, weekends=True)]


def _no_conference(quarters: Iterable[list[Enquiry]]) -> list[Enquiry]:
    return [enquiry for enquiries in quarters for enquiry in enquiries if enquiry.conference is None]


def _cells(reference: str, enquiry: Enquiry) -> Cells:
    return {
        "enquiry_id": reference,
        "started_on": written(enquiry.started),
        "led_to_assessment": "Yes" if enquiry.assessed else "No",
        "conference_on": written(enquiry.conference) if enquiry.conference else "",
        "plan_made": "" if enquiry.plan_made is None else "Yes" if enquiry.plan_made else "No",
    }
