"""Invented rapid reviews: every year's totals below are met exactly.

2022/23 follows the annual report: 10 reviews of 12 children, themes in 7, 6, 5, 3, 2 and 1 of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from dataset.agencies import BUSINESS_UNIT
from dataset.code_lists import REVIEW_THEME
from dataset.demonstrating.allocating import (
    SEED,
    Cells,
    Rows,
    dealt,
    joined,
    label_sets,
    quarters_of,
    short_year,
    sizes,
)
from dataset.demonstrating.days import some_days, working_days_before, written
from dataset.quarter import Quarter
from dataset.working_days import add_working_days

# Working days after awareness (002:601): what is in time, and what is late.
_NOTIFIED, _NOTIFIED_LATE = (1, 5), (6, 9)
_COMPLETED, _COMPLETED_LATE = (10, 15), (16, 24)


@dataclass(frozen=True)
class Year:
    """`reviews` by quarter; `pairs`: of two children; late ones miss the law's clocks; `themes` as REVIEW_THEME."""

    year: int
    reviews: tuple[int, ...]
    pairs: int
    notified_late: int
    completed_late: int
    further: int
    awaited: int
    themes: tuple[int, ...]


YEARS = (
    # year, by quarter, pairs, late: notified, completed; CSPR, awaited; trauma, sharing, men, S.47, sleep, sexual
    Year(2021, (2, 2, 3, 1), 1, 1, 2, 1, 0, (6, 5, 4, 2, 1, 1)),
    Year(2022, (3, 2, 2, 3), 2, 1, 2, 2, 0, (7, 6, 5, 3, 2, 1)),
    Year(2023, (2, 3, 2, 2), 1, 1, 2, 1, 0, (7, 3, 4, 2, 2, 1)),
    Year(2024, (3, 2, 3, 2), 2, 1, 1, 1, 0, (6, 4, 3, 3, 2, 1)),
    Year(2025, (2, 3, 0, 3), 1, 0, 1, 1, 0, (4, 2, 3, 2, 1, 1)),
    Year(2026, (2, 0), 0, 0, 1, 0, 1, (1, 1, 0, 1, 0, 0)),  # half a year
)


def rows() -> Rows:
    """Every review of every quarter that had one."""
    rng = Random(SEED)
    made: Rows = {}
    for year in YEARS:
        for (quarter, _), cells in zip(_places(year), _year(year, rng), strict=True):
            made.setdefault((BUSINESS_UNIT.code, quarter), []).append(cells)
    return made


def _places(year: Year) -> list[tuple[Quarter, int]]:
    """The quarter of each review of the year, with its number in the quarter."""
    counts = zip(quarters_of(year.year), year.reviews, strict=True)
    return [(quarter, number) for quarter, count in counts for number in range(count)]


def _year(year: Year, rng: Random) -> list[Cells]:
    count = sum(year.reviews)
    totals = dict(zip(REVIEW_THEME.values, year.themes, strict=True))
    themes = label_sets(sizes(count, sum(year.themes), 1, 4, rng), totals, rng)
    children = dealt({"2": year.pairs, "1": count - year.pairs}, rng)
    notified_late = dealt({"late": year.notified_late, "": count - year.notified_late}, rng)
    completed_late = dealt({"late": year.completed_late, "": count - year.completed_late}, rng)
    plain = count - year.further - year.awaited
    decisions = dealt({"Local CSPR commissioned": year.further, "No further review": plain}, rng)
    decisions += ["Decision awaited"] * year.awaited
    completed = [
        day
        for quarter, number in zip(quarters_of(year.year), year.reviews, strict=True)
        for day in some_days(quarter, number, rng)
    ]
    made = []
    for i in range(count):
        aware = working_days_before(completed[i], rng.randint(*(_COMPLETED_LATE if completed_late[i] else _COMPLETED)))
        notified = add_working_days(aware, rng.randint(*(_NOTIFIED_LATE if notified_late[i] else _NOTIFIED)))
        made.append(
            {
                "review_id": f"RR-{short_year(year.year)}-{i + 1:02}",
                "aware_on": written(aware),
                "notified_on": written(notified),
                "completed_on": written(completed[i]),
                "children_involved": children[i],
                "themes": joined(themes[i], REVIEW_THEME.values),
                "decision": decisions[i],
            }
        )
    return made
