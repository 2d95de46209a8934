"""Invented Section 42 enquiries concluded: every year's totals below are met exactly, both agencies together.

2022/23 follows the annual report: 348 enquiries with the answers to Making Safeguarding Personal that give all
its printed shares; 109 and 63 of the 183 whose answer is known give its 59.6 and 94.0% achieved; 43% in care
homes. Its shares by type do not agree with the plan's unless the two divide by different things. With 551
types recorded in 348 enquiries both hold: 177 physical and 162 neglect are the plan's 51 and 47% of enquiries,
and 162, 90, 18, 13 and 38 are the report's 29.4, 16.3, 3.3, 2.4 and 6.9% of types. It is one reading, no more.

2021/22 comes near the printed answers (42.4, 26.6, 17.9, 3.6, 9.0): they add to 99.5, so nothing gives them all.
Its 241 and 41 of 489 types are the report's 49.3 and 8.4%; 101 and 131 of 138 its 73.2 and 94.9%.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dataset.agencies import ADULT_SOCIAL_CARE, PENNINE_CARE
from dataset.code_lists import ABUSE_TYPE, ENQUIRY_LOCATION, MSP_ACHIEVED, MSP_ASKED, SOURCE_OF_RISK
from dataset.demonstrating.allocating import (
    SEED,
    Cells,
    DoesNotFit,
    Rows,
    apportion,
    by_weight,
    dealt,
    joined,
    label_sets,
    quarters_of,
    short_year,
    sizes,
    uneven,
)
from dataset.demonstrating.days import some_days, written
from dataset.tables.section_42_enquiries import OUTCOMES_EXPRESSED


@dataclass(frozen=True)
class Year:
    """`asked`, `achieved` and `abuse` as MSP_ASKED, MSP_ACHIEVED and ABUSE_TYPE; some `achieved` are left blank."""

    year: int
    pennine_care: int
    care_homes: int
    asked: tuple[int, ...]
    achieved: tuple[int, ...]
    abuse: tuple[int, ...]

    @property
    def enquiries(self) -> int:
        return sum(self.asked)


# The totals of 2025/26 include Pennine Care's third quarter, which was never sent (schedule.NEVER_SENT).
YEARS = (
    # year, PCFT, homes, (expressed, not expressed, no, don't know, not recorded), (fully, partly, not),
    #                  (phys, sex, psy, fin, dis, org, neg, dom, SeE, MoS, S-N)
    Year(2021, 46, 140, (142, 89, 60, 12, 32), (101, 30, 7), (100, 12, 41, 35, 1, 18, 241, 10, 2, 1, 28)),
    Year(2022, 48, 150, (188, 64, 55, 10, 31), (109, 63, 11), (177, 20, 90, 38, 2, 18, 162, 13, 3, 2, 26)),
    Year(2023, 50, 155, (262, 80, 9, 3, 10), (150, 74, 13), (170, 21, 88, 45, 2, 20, 175, 16, 3, 2, 36)),
    Year(2024, 54, 157, (288, 84, 6, 1, 5), (168, 75, 12), (165, 22, 92, 52, 3, 19, 182, 20, 4, 3, 45)),
    Year(2025, 56, 158, (308, 81, 6, 1, 6), (190, 78, 13), (160, 24, 98, 60, 3, 21, 188, 24, 4, 3, 54)),
    # half a year
    Year(2026, 28, 80, (160, 40, 3, 0, 3), (100, 40, 6), (78, 12, 50, 33, 1, 10, 96, 13, 2, 2, 31)),
)

# In the order of ENQUIRY_LOCATION: home, community, community service, nursing, residential, acute, mental, community.
_CARE_HOME = "Care Home"
_NOT_CARE_HOMES = (56.0, 9.0, 5.0, 0.0, 0.0, 6.0, 12.0, 2.0, 10.0)
_PENNINE_CARE = (40.0, 8.0, 4.0, 1.0, 4.0, 0.0, 36.0, 0.0, 7.0)
_NURSING = (45.0, 55.0)
_SEXES = {"Female": 58.0, "Male": 41.0, "Not Known": 1.0}
_AGES = ("18-24", "25-29", "30-39", "40-49", "50-64", "65-74", "75-84", "85-94", "95+", "Not Known")
_IN_CARE_HOME = (0, 0, 1, 2, 7, 13, 28, 41, 7, 1)
_ELSEWHERE = (3, 4, 8, 10, 18, 16, 19, 18, 3, 1)
_RISK_IN_CARE_HOME = (74, 21, 5)
_RISK_ELSEWHERE = (24, 62, 14)


def rows() -> Rows:
    """Every enquiry concluded, for both agencies, also for the quarter that is never sent."""
    rng = Random(SEED)
    made: Rows = {}
    for year in YEARS:
        quarters = quarters_of(year.year)
        elsewhere = uneven(year.pennine_care, len(quarters), rng)
        council = uneven(year.enquiries - year.pennine_care, len(quarters), rng)
        cases = _cases(year, rng)
        for agency, stem, counts in ((PENNINE_CARE, "PE", elsewhere), (ADULT_SOCIAL_CARE, "E", council)):
            number = 0
            for quarter, count in zip(quarters, counts, strict=True):
                made[agency.code, quarter] = []
                for day in some_days(quarter, count, rng):
                    number += 1
                    reference = {"enquiry_id": f"{stem}-{short_year(year.year)}-{number:04}"}
                    made[agency.code, quarter].append(reference | _dates(day, rng) | next(cases))
    return made


def _cases(year: Year, rng: Random) -> Iterator[Cells]:
    """What each enquiry of the year was about: Pennine Care's first, then the council's."""
    locations = _locations(year, rng)
    types = _abuse_types(year, rng)
    answers = _answers(year, rng)
    sexes = dealt(by_weight(year.enquiries, _SEXES), rng)
    for location, labels, (asked, achieved), sex in zip(locations, types, answers, sexes, strict=True):
        in_care_home = location.startswith(_CARE_HOME)
        yield {
            "age_band": rng.choices(_AGES, _IN_CARE_HOME if in_care_home else _ELSEWHERE)[0],
            "sex": sex,
            "abuse_types": joined(labels, ABUSE_TYPE.values),
            "location": location,
            "source_of_risk": rng.choices(
                SOURCE_OF_RISK.values, _RISK_IN_CARE_HOME if in_care_home else _RISK_ELSEWHERE
            )[0],
            "msp_asked": asked,
            "msp_achieved": achieved,
        }


def _locations(year: Year, rng: Random) -> list[str]:
    """Pennine Care's locations, many of them wards, then the council's: all that is left of the year's."""
    names = ENQUIRY_LOCATION.values
    counts = apportion(year.enquiries - year.care_homes, _NOT_CARE_HOMES)
    homes = [i for i, name in enumerate(names) if name.startswith(_CARE_HOME)]
    for i, count in zip(homes, apportion(year.care_homes, _NURSING), strict=True):
        counts[i] = count
    theirs = apportion(year.pennine_care, _PENNINE_CARE)
    rest = [count - taken for count, taken in zip(counts, theirs, strict=True)]
    if min(rest) < 0:
        raise DoesNotFit("Pennine Care has more enquiries at a location than the whole year.")
    decks = [dict(zip(names, part, strict=True)) for part in (theirs, rest)]
    return [location for deck in decks for location in dealt(deck, rng)]


def _abuse_types(year: Year, rng: Random) -> list[set[str]]:
    wanted = sizes(year.enquiries, sum(year.abuse), 1, 3, rng)
    return label_sets(wanted, dict(zip(ABUSE_TYPE.values, year.abuse, strict=True)), rng)


def _answers(year: Year, rng: Random) -> list[tuple[str, str]]:
    """Whether asked, and whether achieved: blank unless outcomes were expressed, and for some of those too."""
    asked = dict(zip(MSP_ASKED.values, year.asked, strict=True))
    known = dict(zip(MSP_ACHIEVED.values, year.achieved, strict=True))
    achieved = dealt(known | {"": asked[OUTCOMES_EXPRESSED] - sum(year.achieved)}, rng)
    return [(answer, achieved.pop() if answer == OUTCOMES_EXPRESSED else "") for answer in dealt(asked, rng)]


def _dates(concluded: date, rng: Random) -> Cells:
    started = concluded - timedelta(days=round(rng.triangular(7, 180, 40)))
    return {"started_on": written(started), "concluded_on": written(concluded)}
