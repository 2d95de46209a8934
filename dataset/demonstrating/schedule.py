"""Who sends which return when: most in time, some late, one never, one restated, one refused at first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from random import Random

from dataset.agencies import (
    ADULT_SOCIAL_CARE,
    BUSINESS_UNIT,
    DUTIES,
    MAARS,
    PENNINE_CARE,
    STOCKPORT_FAMILY,
    STOCKPORT_NHS,
    Duty,
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
    (BUSINESS_UNIT.code, "rapid_reviews", Quarter(2023, 3)): 4,
    (STOCKPORT_FAMILY.code, "case_audits", Quarter(2024, 1)): 25,
    (ADULT_SOCIAL_CARE.code, "safeguarding_concerns", Quarter(2025, 2)): 3,
    (PENNINE_CARE.code, "section_42_enquiries", Quarter(2026, 1)): 21,
    (STOCKPORT_NHS.code, "case_audits", Quarter(2026, 2)): 9,
}
NEVER_SENT: Return = (PENNINE_CARE.code, "section_42_enquiries", Quarter(2025, 3))

RESTATED: Return = (ADULT_SOCIAL_CARE.code, "safeguarding_concerns", Quarter(2023, 2))
RESTATED_AT = datetime(2024, 1, 17, 10, 40, tzinfo=UTC)
RESTATED_BECAUSE = "41 concerns logged at the hospital front desk were left out of the first return"

# Refused on the working day before, because of a date in July.
REFUSED_FIRST: Return = (MAARS.code, "maars_referrals", Quarter(2024, 3))

# What the sender answered when the intake asked about a return, by query.
EXPLAINED: dict[Return, dict[str, str]] = {
    (MAARS.code, "case_audits", Quarter(2026, 2)): {
        "DATES_ON_ONE_DAY:audited_on": "Right as it is: the agencies read all 20 cases together on one audit day (invented)"
    },
}

ROLES = {
    ADULT_SOCIAL_CARE.code: "Adult Social Care performance analyst (invented)",
    STOCKPORT_FAMILY.code: "Stockport Family quality assurance officer (invented)",
    BUSINESS_UNIT.code: "Business unit coordinator (invented)",
    MAARS.code: "MAARS coordinator (invented)",
    PENNINE_CARE.code: "Pennine Care safeguarding administrator (invented)",
    STOCKPORT_NHS.code: "Stockport NHS safeguarding lead (invented)",
}
NOTHING_TO_REPORT = {
    "maars_referrals": "No referrals were received",
    "rapid_reviews": "No rapid review was completed",
    "sar_referrals": "No referrals were received",
    "safeguarding_concerns": "No concerns were received",
    "section_42_enquiries": "No enquiries were concluded",
    "case_audits": "No cases were audited",
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
    return [one for one in every if one.name != NEVER_SENT and one.moment.date() <= TODAY]


def day_before(moment: datetime) -> datetime:
    """The same hour of the working day before."""
    return datetime.combine(working_days_before(moment.date(), 1), moment.timetz())


def _moment(duty: Duty, quarter: Quarter, rng: Random) -> datetime:
    due = duty.due_on(quarter)
    late = LATE.get((duty.agency.code, duty.dataset, quarter), 0)
    # The survey is due around New Year and is sent in December.
    early = rng.randint(5, 8) if duty.dataset == "survey_results" else rng.randint(1, 8)
    day = add_working_days(due, late) if late else working_days_before(due, early)
    return datetime.combine(day, time(rng.randint(9, 15), rng.randint(0, 59), rng.randint(0, 59)), UTC)
