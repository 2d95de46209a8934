"""Invented places at courses and seats at meetings, by agency.

The courses of 2022/23 are those of the annual report, with its numbers (004:678-685): it calls them all the
sessions of the year, so no other course has a place in it. Who came from where is invented, and so is who
came to meetings: no document prints either. The courses added from 2023/24 on are those planned (004:695-701).
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from dataset.agencies import (
    ADULT_SOCIAL_CARE,
    AGE_UK,
    AGENCIES,
    AMBULANCE,
    BUSINESS_UNIT,
    CAFCASS,
    EDUCATION,
    FIRE,
    HEALTHWATCH,
    HOMES,
    MAARS,
    NHS_GM,
    PENNINE_CARE,
    POLICE,
    PRIORY,
    PROBATION,
    START,
    STOCKPORT_FAMILY,
    STOCKPORT_NHS,
    VOLUNTARY,
    YOUTH_JUSTICE,
    Agency,
)
from dataset.counts.measure import WHOLE
from dataset.counts.training import COURSE
from dataset.demonstrating.allocating import FIRST, LAST, SEED, apportion, quarters_of
from dataset.demonstrating.counts_levels import Years
from dataset.demonstrating.counts_spreading import Words, added
from dataset.quarter import Quarter, quarters_between

# Places of each course in 2021/22 to 2026/27 (half a year), in the order of the code list.
_PLACES: tuple[Years, ...] = (
    (74, 98, 102, 110, 108, 52),
    (352, 407, 421, 436, 428, 214),
    (6, 5, 8, 7, 9, 4),
    (29, 36, 38, 33, 35, 16),
    (33, 40, 42, 45, 44, 21),
    (12, 9, 27, 31, 30, 14),
    (0, 45, 38, 36, 33, 15),
    (0, 277, 0, 231, 0, 0),
    (0, 0, 186, 243, 251, 119),
    (0, 0, 97, 128, 131, 64),
    (0, 0, 61, 74, 70, 31),
    (0, 0, 84, 103, 110, 49),
    (0, 0, 35, 48, 41, 17),
)
_CONFERENCE = "Domestic Homicide Review Conference"  # on one day in November (004:687)

# Of each agency: its weight among those at courses, its seats at meetings of a quarter, the share it fills.
_STAFF: Mapping[Agency, tuple[float, int, float]] = {
    ADULT_SOCIAL_CARE: (22, 8, 0.95),
    STOCKPORT_FAMILY: (16, 9, 0.96),
    BUSINESS_UNIT: (2, 0, 0),
    MAARS: (1, 3, 0.94),
    PENNINE_CARE: (10, 7, 0.82),
    STOCKPORT_NHS: (13, 8, 0.88),
    POLICE: (8, 9, 0.79),
    NHS_GM: (4, 9, 0.91),
    PROBATION: (3, 5, 0.66),
    EDUCATION: (8, 6, 0.9),
    HOMES: (5, 4, 0.86),
    FIRE: (2, 2, 0.7),
    AMBULANCE: (1, 2, 0.44),
    AGE_UK: (1, 2, 0.81),
    HEALTHWATCH: (1, 3, 0.84),
    START: (3, 2, 0.77),
    YOUTH_JUSTICE: (3, 4, 0.88),
    CAFCASS: (1, 1, 0.52),
    VOLUNTARY: (4, 3, 0.75),
    PRIORY: (1, 1, 0.6),
}


def training_of() -> dict[Agency, Words]:
    """Places taken at each course by each agency's staff."""
    found: dict[Agency, Words] = {agency: {word: ({}, {}) for word in COURSE.values} for agency in AGENCIES}
    for course, years in zip(COURSE.values, _PLACES, strict=True):
        chance = Random(f"{SEED} training {course}")
        for year, total in enumerate(years, FIRST.year):
            quarters = quarters_of(year)
            for quarter, places in zip(quarters, _sessions(course, total, quarters, chance), strict=True):
                weights = [_STAFF[agency][0] * chance.uniform(0.5, 1.5) for agency in AGENCIES]
                for agency, taken in zip(AGENCIES, apportion(places, weights), strict=True):
                    found[agency][course][0][quarter] = taken
    return {agency: {WHOLE: (added(part for part, _ in words.values()), {})} | words for agency, words in found.items()}


def _sessions(course: str, total: int, quarters: tuple[Quarter, ...], chance: Random) -> list[int]:
    if course == _CONFERENCE:
        return [total if quarter.number == 3 else 0 for quarter in quarters]
    season = (1.0, 0.6, 1.2, 1.2)
    return apportion(total, [season[quarter.number - 1] * chance.uniform(0.8, 1.2) for quarter in quarters])


def meetings() -> Words:
    """Seats filled, of those at the meetings of a quarter, by agency; a little better since 2023/24."""
    found: Words = {agency.name: ({}, {}) for agency in AGENCIES if agency is not BUSINESS_UNIT}
    for agency, (_, seats, share) in _STAFF.items():
        chance = Random(f"{SEED} meetings {agency.code}")
        for quarter in quarters_between(FIRST, LAST) if agency is not BUSINESS_UNIT else ():
            likely = min(1.0, share + 0.02 * (quarter.year - 2022) - (0.06 if quarter.number == 2 else 0))
            filled, of = found[agency.name]
            of[quarter] = seats
            filled[quarter] = sum(chance.random() < likely for _ in range(seats))
    whole = (added(filled for filled, _ in found.values()), added(of for _, of in found.values()))
    return {WHOLE: whole} | found
