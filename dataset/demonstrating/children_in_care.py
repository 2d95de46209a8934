"""Invented children in care: the number at every quarter's end, and who went missing in a year, are met exactly.

The annual report has 482 children at March 2023 (004:205), and 446 and 482 for "Q1" of 2022 and 2023 (004:743).
Whether those are quarters of the calendar or of the financial year it does not say; here there are 446 at the end
of both March and June 2022, and 482 at the end of both March and June 2023, so that either reading holds. The
unaccompanied children rise from 16 at March 2022 to 29 at March 2023 (004:763, which gives no days), and 89
different children are reported missing in 2022/23 (004:219). The 424 of March 2021 fit the rise of 42 children, or
11%, in the year before (000:329). All else is invented, beginning with half of the children in their first
placement (000:340: 52%). The report's children of other councils (004:745) are in no row: they are not
Stockport's to return.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from dataset.agencies import STOCKPORT_FAMILY
from dataset.demonstrating.allocating import FIRST, SEED, Cells, Rows, quarters_of, uneven
from dataset.demonstrating.days import some_days, written
from dataset.demonstrating.open_cases import OpenCase, begun_before, end_some, refer
from dataset.quarter import Quarter

# In care at the end of March 2021 and of each quarter since, and the unaccompanied among them.
# fmt: off
AT_END = (
    424, 429, 433, 440, 446, 446, 459, 470, 482, 482, 489, 491, 494, 490, 487, 483, 478, 474, 470, 473, 469, 466, 471,
)
UNACCOMPANIED_AT_END = (9, 10, 12, 14, 16, 16, 20, 25, 29, 31, 33, 34, 35, 34, 36, 37, 36, 35, 36, 38, 37, 36, 38)
# fmt: on


@dataclass(frozen=True)
class Year:
    """`left` care in the year, `unaccompanied_left` of them; `missing`: different children reported missing in it.

    Shares from 0 to 1: `outside` of new placements lie outside Stockport, `in_time` of health assessments are.
    """

    year: int
    left: int
    unaccompanied_left: int
    missing: int
    outside: float
    in_time: float


YEARS = (
    Year(2021, 149, 3, 84, 0.34, 0.82),
    Year(2022, 138, 4, 89, 0.37, 0.79),
    Year(2023, 151, 6, 97, 0.39, 0.84),
    Year(2024, 168, 9, 92, 0.37, 0.87),
    Year(2025, 172, 10, 86, 0.35, 0.83),
    Year(2026, 84, 4, 58, 0.34, 0.86),  # half a year
)

_FIRST_TIME, _AGAIN = "Yes, first time since April", "Yes, again since April"
_CHANGES = 0.07  # of children, each quarter
_REVIEW_DUE = 0.27
_MISSING_AGAIN = 0.35
# The first time in a year comes early in it for most, since the same children go missing year after year.
_FIRST_TIMES = (4.0, 2.2, 1.5, 1.2)
# Shares of placements, and how readily children go missing from them.
_PLACEMENTS = {
    "Fostered by relatives or friends": (30, 0.6),
    "Fostered by others": (37, 1.5),
    "With parents": (13, 0.6),
    "Placed for adoption": (3, 0.01),
    "Home for children": (9, 8.0),
    "Supported accommodation": (5, 6.0),
    "Residential school": (1, 2.0),
    "Secure home or custody": (1, 0.1),
    "Other": (1, 1.0),
}
_UNACCOMPANIED = {"Fostered by others": 45, "Supported accommodation": 50, "Home for children": 5}
_PLACEMENTS_BEFORE = {1: 52, 2: 22, 3: 12, 4: 7, 5: 4, 7: 2, 10: 1}


@dataclass
class Child(OpenCase):
    """One child's time in care; `kind` is whether they are unaccompanied, "Yes" or "No"."""

    placement: str = ""
    outside: bool = False
    placements: int = 1

    def move(self, outside: float, rng: Random) -> None:
        """Into a placement of any kind, perhaps the kind they had."""
        unaccompanied = self.kind == "Yes"
        shares = _UNACCOMPANIED if unaccompanied else {name: share for name, (share, _) in _PLACEMENTS.items()}
        self.placement = rng.choices(list(shares), list(shares.values()))[0]
        self.outside = rng.random() < (
            0.6 if self.placement in ("Home for children", "Residential school") else outside
        )


def rows() -> Rows:
    """Every child in the return of each quarter in which they were in care."""
    rng = Random(SEED)
    made: Rows = {}
    children = _at_the_beginning(rng)
    for year in YEARS:
        quarters = quarters_of(year.year)
        lefts = uneven(year.left - year.unaccompanied_left, len(quarters), rng)
        unaccompanied_lefts = uneven(year.unaccompanied_left, len(quarters), rng)
        for quarter, left, theirs in zip(quarters, lefts, unaccompanied_lefts, strict=True):
            _pass(quarter, children, {"No": left, "Yes": theirs}, year, rng)
            refer(children, "CIC")
            there = [child for child in children if child.is_open_in(quarter)]
            made[STOCKPORT_FAMILY.code, quarter] = [_cells(child, quarter, year.in_time, rng) for child in there]
        _mark_missing([made[STOCKPORT_FAMILY.code, quarter] for quarter in quarters], year.missing, rng)
    return made


def _counts(index: int) -> dict[str, int]:
    """Children in care at an end by whether they are unaccompanied; 0 is the end of March 2021."""
    return {"No": AT_END[index] - UNACCOMPANIED_AT_END[index], "Yes": UNACCOMPANIED_AT_END[index]}


def _at_the_beginning(rng: Random) -> list[Child]:
    made = []
    for kind, count in _counts(0).items():
        for day in begun_before(count, 1100 if kind == "No" else 400, 6200, rng):
            before = rng.choices(list(_PLACEMENTS_BEFORE), list(_PLACEMENTS_BEFORE.values()))[0]
            child = Child(kind, day, placements=before)
            child.move(YEARS[0].outside, rng)
            made.append(child)
    return made


def _pass(quarter: Quarter, children: list[Child], left: dict[str, int], year: Year, rng: Random) -> None:
    """One quarter: some leave, some move, some come."""
    for child in children:
        if child.ended is None and rng.random() < _CHANGES:
            child.placements += 1
            child.move(year.outside, rng)
    index = quarter.id - FIRST.id
    for kind, at_end in _counts(index + 1).items():
        end_some([child for child in children if child.kind == kind], left[kind], quarter, _readiness, rng)
        for day in some_days(quarter, at_end - _counts(index)[kind] + left[kind], rng, weekends=True):
            child = Child(kind, day)
            child.move(year.outside, rng)
            children.append(child)


def _readiness(days_in_care: int) -> float:
    """Many leave within half a year; those who stay longer stay long."""
    return 2.5 if days_in_care < 180 else 1.0


def _cells(child: Child, quarter: Quarter, in_time: float, rng: Random) -> Cells:
    due = child.started >= quarter.start or rng.random() < _REVIEW_DUE
    return {
        "care_id": child.reference,
        "started_on": written(child.started),
        "ended_on": written(child.ended) if child.ended else "",
        "placed": "Outside Stockport" if child.outside else "In Stockport",
        "placement": child.placement,
        "unaccompanied": child.kind,
        "placements": str(child.placements),
        "health_assessment": "Not due" if not due else "In time" if rng.random() < in_time else "Late or not done",
        "went_missing": "No",
    }


def _mark_missing(quarters: list[list[Cells]], count: int, rng: Random) -> None:
    """So many different children of a year, each missing in one of their quarters and perhaps in later ones."""
    theirs: dict[str, list[Cells]] = {}
    for rows_of_quarter in quarters:
        for row in rows_of_quarter:
            theirs.setdefault(row["care_id"], []).append(row)
    chance = {care_id: rng.random() ** (1 / _PLACEMENTS[own[0]["placement"]][1]) for care_id, own in theirs.items()}
    for care_id in sorted(chance, key=lambda care_id: -chance[care_id])[:count]:
        own = theirs[care_id]
        first = rng.choices(range(len(own)), _FIRST_TIMES[: len(own)])[0]
        own[first]["went_missing"] = _FIRST_TIME
        for later in own[first + 1 :]:
            later["went_missing"] = _AGAIN if rng.random() < _MISSING_AGAIN else "No"
