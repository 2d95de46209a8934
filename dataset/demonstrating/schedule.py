"""Who sends which return when: most in time, some late, a few never, some twice, one refused at first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from random import Random

from dataset.agencies import (
    ADULT_SOCIAL_CARE,
    AMBULANCE,
    BUSINESS_UNIT,
    DUTIES,
    MAARS,
    PENNINE_CARE,
    POLICE,
    STOCKPORT_FAMILY,
    STOCKPORT_NHS,
    Duty,
    agency,
)
from dataset.demonstrating.allocating import FIRST, LAST, SEED
from dataset.demonstrating.days import working_days_before
from dataset.quarter import Quarter, quarters_between
from dataset.working_days import add_working_days

TODAY = date(2026, 11, 20)

# A return among others: agency code, dataset, quarter.
Return = tuple[str, str, Quarter]

# Returns that came late, by how many working days.
LATE: dict[Return, int] = {
    (MAARS.code, "maars_referrals", Quarter(2021, 3)): 6,
    (STOCKPORT_NHS.code, "case_audits", Quarter(2022, 2)): 11,
    (PENNINE_CARE.code, "section_42_enquiries", Quarter(2022, 4)): 17,
    (STOCKPORT_FAMILY.code, "children_in_care", Quarter(2022, 3)): 5,
    (POLICE.code, "missing_episodes", Quarter(2023, 2)): 12,
    (BUSINESS_UNIT.code, "rapid_reviews", Quarter(2023, 3)): 4,
    (STOCKPORT_FAMILY.code, "case_audits", Quarter(2024, 1)): 25,
    (STOCKPORT_FAMILY.code, "child_contacts", Quarter(2025, 1)): 2,
    (ADULT_SOCIAL_CARE.code, "safeguarding_concerns", Quarter(2025, 2)): 3,
    (PENNINE_CARE.code, "section_42_enquiries", Quarter(2026, 1)): 21,
    (POLICE.code, "missing_episodes", Quarter(2026, 1)): 7,
    (STOCKPORT_NHS.code, "case_audits", Quarter(2026, 2)): 9,
    (PENNINE_CARE.code, "agency_counts", Quarter(2024, 4)): 13,
}
NEVER_SENT: frozenset[Return] = frozenset(
    {
        (POLICE.code, "missing_episodes", Quarter(2024, 3)),
        (PENNINE_CARE.code, "section_42_enquiries", Quarter(2025, 3)),
        (AMBULANCE.code, "agency_counts", Quarter(2025, 2)),
    }
)


@dataclass(frozen=True)
class Restatement:
    """That a return is sent again at a moment (UTC), and why."""

    moment: datetime
    because: str


CONCERNS_AGAIN: Return = (ADULT_SOCIAL_CARE.code, "safeguarding_concerns", Quarter(2023, 2))
PLANS_AGAIN: Return = (STOCKPORT_FAMILY.code, "child_protection_plans", Quarter(2024, 1))
NIL_AT_FIRST: Return = (POLICE.code, "missing_episodes", Quarter(2025, 1))
COUNTS_AGAIN: Return = (POLICE.code, "agency_counts", Quarter(2024, 2))
RESTATED: dict[Return, Restatement] = {
    CONCERNS_AGAIN: Restatement(
        datetime(2024, 1, 17, 10, 40, tzinfo=UTC),
        "41 concerns logged at the hospital front desk were left out of the first return",
    ),
    PLANS_AGAIN: Restatement(
        datetime(2024, 8, 6, 14, 5, tzinfo=UTC),
        "The plans made in the last week of June were left out of the first return",
    ),
    NIL_AT_FIRST: Restatement(
        datetime(2025, 7, 24, 11, 20, tzinfo=UTC),
        "The nil return was wrong: the extract had been run for another division",
    ),
    COUNTS_AGAIN: Restatement(
        datetime(2024, 11, 12, 9, 30, tzinfo=UTC),
        "The domestic abuse notices of September were left out of the first return",
    ),
}

# Refused on the working day before, because of a date in July.
REFUSED_FIRST: Return = (MAARS.code, "maars_referrals", Quarter(2024, 3))

# What the sender answered when the intake asked about a return, by query.
EXPLAINED: dict[Return, dict[str, str]] = {
    (MAARS.code, "case_audits", Quarter(2026, 2)): {
        "DATES_ON_ONE_DAY:audited_on": "Right as it is: the agencies read all 20 cases together on one audit day (invented)"
    },
    (BUSINESS_UNIT.code, "agency_counts", Quarter(2022, 4)): {
        "PARTS_DO_NOT_ADD:measure": "As printed in the annual report: the adults' total is £1,700 above its rows (004:906)"
    },
    **{
        (STOCKPORT_NHS.code, "agency_counts", Quarter(2023, number)): {
            "MEASURES_MISSING:measure": "The hospital's new maternity record did not yet show who had the advice (invented)"
        }
        for number in (3, 4)
    },
}

ROLES = {
    ADULT_SOCIAL_CARE.code: "Adult Social Care performance analyst (invented)",
    STOCKPORT_FAMILY.code: "Stockport Family quality assurance officer (invented)",
    BUSINESS_UNIT.code: "Business unit coordinator (invented)",
    MAARS.code: "MAARS coordinator (invented)",
    PENNINE_CARE.code: "Pennine Care safeguarding administrator (invented)",
    POLICE.code: "Greater Manchester Police missing persons coordinator (invented)",
    STOCKPORT_NHS.code: "Stockport NHS safeguarding lead (invented)",
}


def role_of(agency_code: str) -> str:
    """Who sends for an agency: always a role, never a name."""
    return ROLES.get(agency_code, f"{agency(agency_code).name}, data officer (invented)")


NOTHING_TO_REPORT = {
    "missing_episodes": "The extract holds no episode",
    "maars_referrals": "No referrals were received",
    "rapid_reviews": "No rapid review was completed",
    "sar_referrals": "No referrals were received",
    "practice_reviews": "No review was open",
    "learning_points": "No learning point was open",
    "safeguarding_concerns": "No concerns were received",
    "section_42_enquiries": "No enquiries were concluded",
    "case_audits": "No cases were audited",
    "agency_counts": "Nothing was counted",
    "comparator_figures": "No published figure of another area was collected",
}


@dataclass(frozen=True)
class Appointment:
    """That a duty's return for a quarter is sent at a moment (UTC)."""

    duty: Duty
    quarter: Quarter
    moment: datetime

    @property
    def name(self) -> Return:
        return (self.duty.agency.code, self.duty.dataset, self.quarter)


def appointments() -> list[Appointment]:
    """Every return that is sent once or for the first time, in the order of the register."""
    rng = Random(SEED)
    every = [
        Appointment(duty, quarter, _moment(duty, quarter, rng))
        for quarter in quarters_between(FIRST, LAST)
        for duty in DUTIES
        if duty.owed_for(quarter)
    ]
    return [one for one in every if one.name not in NEVER_SENT and one.moment.date() <= TODAY]


def day_before(moment: datetime) -> datetime:
    """The same hour of the working day before."""
    return datetime.combine(working_days_before(moment.date(), 1), moment.timetz())


def _moment(duty: Duty, quarter: Quarter, rng: Random) -> datetime:
    if duty.dataset == "comparator_figures":
        # Draws of its own, so that no other return is sent at another moment because of it.
        rng = Random(SEED + quarter.id)
    due = duty.due_on(quarter)
    late = LATE.get((duty.agency.code, duty.dataset, quarter), 0)
    # The survey is due around New Year and is sent in December.
    early = rng.randint(5, 8) if duty.dataset == "survey_results" else rng.randint(1, 8)
    day = add_working_days(due, late) if late else working_days_before(due, early)
    return datetime.combine(day, time(rng.randint(9, 15), rng.randint(0, 59), rng.randint(0, 59)), UTC)
