"""Invented contacts with the front door: every year's outcomes and re-referrals are met exactly.

The 3,207 referrals of 2022/23 are the annual report's (004:202), which calls them open referrals between April
and March: the demonstration takes them for the referrals received in the year. It also has fewer contacts in
2022/23 than the year before (004:357). No document since 2019 prints contacts, outcomes or re-referrals:
those are invented, near the 21.4% of re-referrals of 2016/17 (001:210).
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from dataset.agencies import STOCKPORT_FAMILY
from dataset.children_code_lists import CONTACT_OUTCOME
from dataset.demonstrating.allocating import SEED, Cells, Rows, apportion, by_weight, dealt, quarters_of, short_year
from dataset.demonstrating.days import some_days, written
from dataset.tables.child_contacts import REFERRAL


@dataclass(frozen=True)
class Year:
    """`outcomes` as CONTACT_OUTCOME; `again`: referrals of a child referred in the 12 months before."""

    year: int
    outcomes: tuple[int, ...]
    again: int
    neglect: int


YEARS = (
    # year, (referral, early help, advice, open case, no action), referred again, about neglect
    Year(2021, (3391, 1180, 1240, 540, 1069), 712, 980),
    Year(2022, (3207, 1130, 1190, 520, 1013), 689, 1010),
    Year(2023, (3168, 1246, 1205, 515, 1006), 652, 1075),
    Year(2024, (3290, 1302, 1322, 530, 1196), 664, 1160),
    Year(2025, (3384, 1275, 1391, 560, 1340), 717, 1245),
    Year(2026, (1720, 620, 724, 286, 750), 385, 655),  # half a year
)

_NEGLECT = "Neglect"
# The summer holidays keep schools from telling.
_SEASONS = {1: 1.02, 2: 0.88, 3: 1.05, 4: 1.05}
_SOURCES = {
    "Police": 27.0,
    "School": 21.0,
    "Family member or carer": 8.0,
    "Accident and emergency": 6.0,
    "Other health service": 6.0,
    "Health visitor": 4.0,
    "GP": 3.5,
    "Other primary health": 2.0,
    "School nurse": 1.5,
    "Early help": 4.0,
    "Another council": 3.5,
    "Court, probation or immigration": 3.0,
    "Voluntary or other organisation": 3.0,
    "Adult social care": 1.5,
    "Other council service": 1.5,
    "Education service": 1.0,
    "Housing": 1.2,
    "Friend or neighbour": 1.0,
    "Other individual": 0.6,
    "Child themselves": 0.4,
    "Anonymous": 0.8,
    "Not Known": 0.5,
}
_OTHER_CONCERNS = {
    "Domestic abuse": 30.0,
    "Emotional abuse": 9.0,
    "Physical abuse": 10.0,
    "Sexual abuse": 5.0,
    "Mental health: parent or carer": 8.0,
    "Mental health or self-harm: child": 9.0,
    "Alcohol or drugs: parent or carer": 8.0,
    "Alcohol or drugs: child": 1.5,
    "Disability or illness: parent or carer": 1.0,
    "Disability or illness: child": 3.0,
    "Sexual exploitation": 2.0,
    "Criminal exploitation or gangs": 2.5,
    "Trafficking": 0.2,
    "Missing": 3.0,
    "Behaviour of the child": 3.0,
    "Young carer": 1.0,
    "Private fostering": 0.3,
    "Unaccompanied asylum-seeking child": 0.5,
    "Female genital mutilation or abuse linked to belief": 0.1,
    "Other": 2.0,
    "Not Known": 0.9,
}


def rows() -> Rows:
    """Every contact of every quarter."""
    rng = Random(SEED)
    made: Rows = {}
    for year in YEARS:
        quarters, total = quarters_of(year.year), sum(year.outcomes)
        cases = _cases(year, total, rng)
        weights = [_SEASONS[quarter.number] * rng.uniform(0.97, 1.03) for quarter in quarters]
        for quarter, count in zip(quarters, apportion(total, weights), strict=True):
            days = some_days(quarter, count, rng, weekends=True)
            made[STOCKPORT_FAMILY.code, quarter] = [
                {"contact_id": f"MC-{short_year(quarter.year)}-Q{quarter.number}-{number:04}"}
                | {"received_on": written(day)}
                | cases.pop()
                for number, day in enumerate(days, start=1)
            ]
    return made


def _cases(year: Year, total: int, rng: Random) -> list[Cells]:
    """Who was worried about what and what was decided, for each contact of the year."""
    sources = dealt(by_weight(total, _SOURCES), rng)
    concerns = dealt({_NEGLECT: year.neglect} | by_weight(total - year.neglect, _OTHER_CONCERNS), rng)
    outcomes = dict(zip(CONTACT_OUTCOME.values, year.outcomes, strict=True))
    again = dealt({"Yes": year.again, "No": outcomes[REFERRAL] - year.again}, rng)
    return [
        {
            "source": source,
            "main_concern": concern,
            "outcome": outcome,
            "re_referral": again.pop() if outcome == REFERRAL else "",
        }
        for source, concern, outcome in zip(sources, concerns, dealt(outcomes, rng), strict=True)
    ]
