"""The register: who takes part, and who owes which return by when.

Agencies are those of the annual report 2022/23 (appendix B, 004:938-950) and of the
arrangements of 2019 (002:511-559), and START, whose figures the report prints (004:229).
The days after quarter end are the business unit's calendar; no document prints them, so
they are a choice of this register.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dataset.quarter import Quarter, quarters_between
from dataset.working_days import add_working_days


@dataclass(frozen=True)
class Area:
    """One safeguarding partnership's area, by its Office for National Statistics code."""

    code: str
    name: str


STOCKPORT = Area("E08000007", "Stockport")


@dataclass(frozen=True)
class Agency:
    """A member of the partnership: `code` is what returns and commands write."""

    code: str
    name: str


ADULT_SOCIAL_CARE = Agency("SMBC-ASC", "Stockport Council, Adult Social Care")
STOCKPORT_FAMILY = Agency("SMBC-SF", "Stockport Council, Stockport Family (children)")
BUSINESS_UNIT = Agency("SSP-BU", "Safeguarding Partnership business unit")
MAARS = Agency("MAARS", "Multi-Agency Adults At Risk System coordinator")
PENNINE_CARE = Agency("PCFT", "Pennine Care NHS Foundation Trust")
STOCKPORT_NHS = Agency("SNHSFT", "Stockport NHS Foundation Trust")
POLICE = Agency("GMP", "Greater Manchester Police")
NHS_GM = Agency("NHS-GM", "NHS Greater Manchester")
PROBATION = Agency("GMPS", "Greater Manchester Probation Service")
EDUCATION = Agency("EDU", "Safeguarding Children in Education")
HOMES = Agency("SHG", "Stockport Homes")
FIRE = Agency("GMFRS", "Greater Manchester Fire and Rescue Service")
AMBULANCE = Agency("NWAS", "North West Ambulance Service")
AGE_UK = Agency("AGEUK", "Age UK Stockport")
HEALTHWATCH = Agency("HWS", "Healthwatch Stockport")
START = Agency("START", "START substance misuse treatment service")
YOUTH_JUSTICE = Agency("YOS", "Youth Offending Service")
CAFCASS = Agency("CAFCASS", "Children and Family Court Advisory and Support Service")
VOLUNTARY = Agency("VCS", "Community and Voluntary Services")
PRIORY = Agency("PRIORY", "The Priory Group")

AGENCIES: tuple[Agency, ...] = (
    ADULT_SOCIAL_CARE,
    STOCKPORT_FAMILY,
    BUSINESS_UNIT,
    MAARS,
    PENNINE_CARE,
    STOCKPORT_NHS,
    POLICE,
    NHS_GM,
    PROBATION,
    EDUCATION,
    HOMES,
    FIRE,
    AMBULANCE,
    AGE_UK,
    HEALTHWATCH,
    START,
    YOUTH_JUSTICE,
    CAFCASS,
    VOLUNTARY,
    PRIORY,
)
_BY_CODE = {agency.code: agency for agency in AGENCIES}


class UnknownAgency(LookupError):
    """No agency of the register has this code; the message lists those that do."""


def agency(code: str) -> Agency:
    """The agency with this code. Raises UnknownAgency."""
    found = _BY_CODE.get(code.strip().upper())
    if found is None:
        raise UnknownAgency(
            f"“{code.strip()[:40]}” is not an agency of the register. Write one of: {', '.join(_BY_CODE)}."
        )
    return found


@dataclass(frozen=True)
class Duty:
    """That an agency sends a return for each of `quarters`, so many working days after the quarter ends."""

    agency: Agency
    dataset: str
    working_days: int
    quarters: frozenset[int] = frozenset({1, 2, 3, 4})
    since: Quarter = Quarter(2021, 1)

    def owed_for(self, quarter: Quarter) -> bool:
        return quarter.number in self.quarters and quarter >= self.since

    def due_on(self, quarter: Quarter) -> date:
        """The last day on which the return is in time (England's bank holidays do not count)."""
        return _due_on(quarter, self.working_days)


@lru_cache(maxsize=1_000)
def _due_on(quarter: Quarter, working_days: int) -> date:
    return add_working_days(quarter.end, working_days)


_YEARLY = frozenset({4})

DUTIES: tuple[Duty, ...] = (
    Duty(STOCKPORT_FAMILY, "child_contacts", 15),
    # A conference is held up to 15 working days after the enquiry began: by then even the last one's is known.
    Duty(STOCKPORT_FAMILY, "child_protection_enquiries", 25),
    Duty(STOCKPORT_FAMILY, "child_protection_plans", 15),
    Duty(STOCKPORT_FAMILY, "children_in_care", 15),
    Duty(POLICE, "missing_episodes", 15),
    Duty(MAARS, "maars_referrals", 15),
    Duty(BUSINESS_UNIT, "rapid_reviews", 10),
    Duty(BUSINESS_UNIT, "sar_referrals", 10),
    Duty(BUSINESS_UNIT, "practice_reviews", 10),
    Duty(BUSINESS_UNIT, "learning_points", 10),
    Duty(ADULT_SOCIAL_CARE, "safeguarding_concerns", 20),
    Duty(ADULT_SOCIAL_CARE, "section_42_enquiries", 20),
    Duty(PENNINE_CARE, "section_42_enquiries", 20),
    Duty(STOCKPORT_FAMILY, "case_audits", 15),
    Duty(STOCKPORT_NHS, "case_audits", 15),
    Duty(MAARS, "case_audits", 15),
    # ASCOF is published in the autumn or winter after the year it describes, hence the long term.
    Duty(ADULT_SOCIAL_CARE, "survey_results", 190, _YEARLY),
    # Benchmarks and national tables of a year come out in the autumn and winter after it.
    Duty(BUSINESS_UNIT, "comparator_figures", 190, _YEARLY),
    *(Duty(agency, "agency_counts", 15) for agency in AGENCIES),
)


@lru_cache(maxsize=64)
@lru_cache(maxsize=64)
def duties_for(dataset: str) -> tuple[Duty, ...]:
    """Who owes this return."""
    return tuple(duty for duty in DUTIES if duty.dataset == dataset)


def owed(dataset: str, first: Quarter, last: Quarter) -> tuple[tuple[Duty, Quarter], ...]:
    """Every (duty, quarter) of a return from first to last, both included."""
    return tuple(
        (duty, quarter)
        for quarter in quarters_between(first, last)
        for duty in duties_for(dataset)
        if duty.owed_for(quarter)
    )
