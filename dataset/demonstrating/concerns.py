"""Invented safeguarding concerns: every year's outcomes and its concerns from care homes are met exactly.

2021/22 and 2022/23 give the annual report's shares: 75.8 and 85.1% not progressed, 43% from care homes.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from dataset.agencies import ADULT_SOCIAL_CARE
from dataset.code_lists import CONCERN_OUTCOME
from dataset.demonstrating.allocating import SEED, Cells, Rows, by_weight, dealt, quarters_of, short_year, uneven
from dataset.demonstrating.days import some_days, written
from dataset.quarter import Quarter


@dataclass(frozen=True)
class Year:
    """`outcomes` as CONCERN_OUTCOME; `care_home`: raised by care homes."""

    year: int
    outcomes: tuple[int, ...]
    care_home: int


YEARS = (
    # year, progressed, none, advice, existing, other; care homes
    Year(2021, (484, 1140, 63, 306, 7), 800),
    Year(2022, (350, 1504, 82, 406, 8), 1010),
    Year(2023, (521, 1450, 118, 379, 12), 1040),
    Year(2024, (742, 1270, 190, 342, 16), 1010),
    Year(2025, (898, 1160, 236, 330, 16), 1000),
    Year(2026, (492, 545, 130, 155, 8), 490),  # half a year
)

# The first return of this quarter leaves out concerns logged at the hospital front desk; see schedule.RESTATED.
FORGOTTEN_IN, FORGOTTEN = Quarter(2023, 2), 41

_CARE_HOME, _HOSPITAL = "Care home", "Hospital"
_OTHER_SOURCES = {
    _HOSPITAL: 25.0,
    "Primary care": 10.0,
    "Police": 17.0,
    "Ambulance": 15.0,
    "Housing": 8.0,
    "Family or friend": 12.0,
    "Self": 4.0,
    "Other": 9.0,
}
_AGES = ("18-24", "25-29", "30-39", "40-49", "50-64", "65-74", "75-84", "85-94", "95+", "Not Known")
_IN_CARE_HOME = (0, 0, 1, 2, 8, 14, 29, 38, 7, 1)
_ELSEWHERE = (6, 5, 11, 12, 20, 14, 16, 12, 2, 2)


def rows() -> Rows:
    """Every concern of every quarter, the restated quarter as it was in the end."""
    rng = Random(SEED)
    made: Rows = {}
    for year in YEARS:
        total = sum(year.outcomes)
        outcomes = dealt(dict(zip(CONCERN_OUTCOME.values, year.outcomes, strict=True)), rng)
        others = by_weight(total - year.care_home, _OTHER_SOURCES)
        sources = dealt({_CARE_HOME: year.care_home} | others, rng)
        quarters = quarters_of(year.year)
        for quarter, count in zip(quarters, uneven(total, len(quarters), rng), strict=True):
            concerns = [
                _concern(written(day), sources.pop(), outcomes.pop(), rng)
                for day in some_days(quarter, count, rng, weekends=True)
            ]
            if quarter == FORGOTTEN_IN:
                concerns = _forgotten_last(concerns, rng)
            made[ADULT_SOCIAL_CARE.code, quarter] = _numbered(concerns, quarter)
    return made


def first_version(final: list[Cells]) -> list[Cells]:
    """The restated quarter as it was first sent."""
    return final[:-FORGOTTEN]


def _concern(day: str, source: str, outcome: str, rng: Random) -> Cells:
    weights = _IN_CARE_HOME if source == _CARE_HOME else _ELSEWHERE
    return {
        "received_on": day,
        "source": source,
        "age_band": rng.choices(_AGES, weights)[0],
        "outcome": outcome,
    }


def _forgotten_last(concerns: list[Cells], rng: Random) -> list[Cells]:
    """The hospital's forgotten concerns at the end, so that every other reference stays as it was."""
    at_hospital = [i for i, concern in enumerate(concerns) if concern["source"] == _HOSPITAL]
    forgotten = set(rng.sample(at_hospital, FORGOTTEN))
    kept = [concern for i, concern in enumerate(concerns) if i not in forgotten]
    return kept + [concern for i, concern in enumerate(concerns) if i in forgotten]


def _numbered(concerns: list[Cells], quarter: Quarter) -> list[Cells]:
    stem = f"C-{short_year(quarter.year)}-Q{quarter.number}"
    return [{"concern_id": f"{stem}-{number:04}"} | concern for number, concern in enumerate(concerns, start=1)]
