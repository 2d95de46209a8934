"""Invented episodes of missing children: every year's children and episodes are met exactly.

Nothing is printed about 2022/23 but the 89 of Stockport's own children in care (004:219), who are in the return of
children in care: the police count children of every council who go missing in Stockport, and none who live
elsewhere. As in 2016/17 (001:338-342) about twice as many children go from home as from care, and few go again
and again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dataset.agencies import POLICE
from dataset.children_code_lists import RETURN_INTERVIEW, WELFARE_CHECK
from dataset.demonstrating.allocating import SEED, Cells, Rows, quarters_of, short_year
from dataset.demonstrating.days import written
from dataset.quarter import Quarter


@dataclass(frozen=True)
class Year:
    """(children, episodes) from home and from care; percentages as RETURN_INTERVIEW and WELFARE_CHECK."""

    year: int
    home: tuple[int, int]
    care: tuple[int, int]
    interviews: tuple[int, ...]
    checks: tuple[int, ...]


YEARS = (
    Year(2021, (262, 371), (148, 566), (52, 17, 22, 9), (80, 14, 6)),
    Year(2022, (281, 403), (152, 588), (56, 16, 20, 8), (83, 12, 5)),
    Year(2023, (290, 417), (149, 561), (60, 15, 18, 7), (86, 10, 4)),
    Year(2024, (274, 389), (158, 602), (63, 13, 18, 6), (88, 9, 3)),
    Year(2025, (266, 385), (151, 613), (58, 16, 18, 8), (84, 11, 5)),
    Year(2026, (171, 204), (98, 311), (55, 17, 19, 9), (85, 11, 4)),  # half a year
)
# The fewer, the more a handful of children stand for most of the episodes.
_UNEVENNESS = {"Home": 2.5, "Care": 1.1}
_STILL_MISSING = 0.02  # of episodes begun in the last days of a quarter
_LAST_DAYS = 10
_NIGHTS_AND_WEEKENDS = (1.0, 1.0, 1.0, 1.0, 1.4, 1.5, 1.2)


@dataclass(frozen=True)
class Episode:
    day: date
    place: str
    first: bool


def rows() -> Rows:
    """Every episode of every quarter, also of the quarter that is never sent."""
    rng = Random(SEED)
    made: Rows = {}
    for year in YEARS:
        quarters = quarters_of(year.year)
        days = [quarters[0].start + timedelta(n) for n in range((quarters[-1].end - quarters[0].start).days + 1)]
        episodes = [*_episodes("Home", *year.home, days, rng), *_episodes("Care", *year.care, days, rng)]
        for quarter in quarters:
            begun = sorted(
                (one for one in episodes if Quarter.of(one.day) == quarter), key=lambda one: (one.day, one.place)
            )
            stem = f"ME-{short_year(quarter.year)}-Q{quarter.number}"
            made[POLICE.code, quarter] = [
                {"episode_id": f"{stem}-{number:04}"} | _cells(one, quarter, year, rng)
                for number, one in enumerate(begun, start=1)
            ]
    return made


def _episodes(place: str, children: int, episodes: int, days: list[date], rng: Random) -> list[Episode]:
    """Each child once, and the other episodes unevenly among them."""
    readiness = [rng.paretovariate(_UNEVENNESS[place]) for _ in range(children)]
    whose = [*range(children), *rng.choices(range(children), readiness, k=episodes - children)]
    weights = [_NIGHTS_AND_WEEKENDS[day.weekday()] for day in days]
    made, gone = [], set()
    for child, day in _in_time_order(whose, rng.choices(days, weights, k=episodes)):
        made.append(Episode(day, place, child not in gone))
        gone.add(child)
    return made


def _in_time_order(whose: list[int], when: list[date]) -> list[tuple[int, date]]:
    return sorted(zip(whose, when, strict=True), key=lambda one: one[1])


def _cells(episode: Episode, quarter: Quarter, year: Year, rng: Random) -> Cells:
    known = {
        "began_on": written(episode.day),
        "missing_from": episode.place,
        "first_since_april": "Yes" if episode.first else "No",
    }
    if (quarter.end - episode.day).days < _LAST_DAYS and rng.random() < _STILL_MISSING:
        return known | {"hours_missing": "", "welfare_check": "", "return_interview": ""}
    return known | {
        "hours_missing": str(min(int(rng.lognormvariate(1.8, 1.0)), 2_000)),
        "welfare_check": rng.choices(WELFARE_CHECK.values, year.checks)[0],
        "return_interview": rng.choices(RETURN_INTERVIEW.values, year.interviews)[0],
    }
