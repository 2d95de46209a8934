"""Invented audits of three years' programmes: the repeated ones are rounds that the returns hold too."""

from __future__ import annotations

from dataset.agencies import (
    ADULT_SOCIAL_CARE,
    BUSINESS_UNIT,
    EDUCATION,
    HOMES,
    MAARS,
    PENNINE_CARE,
    POLICE,
    PROBATION,
    STOCKPORT_FAMILY,
    STOCKPORT_NHS,
    Agency,
)
from safeguarding_metrics.demonstrating.register_steps import Change, Step, history
from safeguarding_metrics.registers.audits import AUDITED_AGAIN, METHOD, PLANNED, REGISTER, REPORTED, UNDER_WAY

_CASES, _SINGLE, _DIP, _THEME, _SECTION_11, _SECTION_175 = METHOD.values
_YEAR_2024, _YEAR_2025, _YEAR_2026 = "06/06/2024", "12/06/2025", "11/06/2026"


def _planned(
    reference: str, day: str, quarter: str, method: str, agencies: tuple[Agency, ...], title: str, indicator: str = ""
) -> Change:
    """The first of the agencies leads."""
    cells = {"reference": reference, "quarter": quarter, "title": title, "method": method, "state": PLANNED}
    cells |= {"lead": agencies[0].code, "agencies": "; ".join(one.code for one in agencies), "indicator": indicator}
    return Change(day, cells)


def _begun(day: str, by: Agency) -> Change:
    return Change(day, {"state": UNDER_WAY}, "The audit has begun", by)


def _reported(day: str, cases: str, findings: str, actions: str, repeat_due: str = "") -> Change:
    cells = {"state": REPORTED, "reported_on": day, "findings": findings, "actions": actions, "cases": cases}
    return Change(day, cells | {"repeat_due": repeat_due}, "The report was received")


def _again(day: str, repeated_on: str, found: str) -> Change:
    cells = {"state": AUDITED_AGAIN, "repeated_on": repeated_on, "found_again": found}
    return Change(day, cells, "The audit was repeated")


_ITEMS: tuple[tuple[Change, ...], ...] = (
    (
        _planned(
            "AU-0001",
            _YEAR_2024,
            "2024/25 Q2",
            _SINGLE,
            (STOCKPORT_FAMILY,),
            "Whether files name the men in a child's life",
            "audit_key_males_recorded",
        ),
        _begun("08/07/2024", STOCKPORT_FAMILY),
        _reported(
            "05/12/2024",
            "20",
            "Fifteen of the 19 files that called for it name the key males. Fathers who live elsewhere are left out most.",
            "The form for a first visit asks who else matters to the child.",
            "30/09/2025",
        ),
        _again("11/09/2025", "31/07/2025", "Seventeen of 20 files name them; two more files did not call for it."),
    ),
    (
        _planned(
            "AU-0002",
            _YEAR_2024,
            "2024/25 Q3",
            _CASES,
            (MAARS, ADULT_SOCIAL_CARE, HOMES, PENNINE_CARE),
            "Whether adults known to MAARS can say who helps them",
            "audit_adult_not_aware",
        ),
        _begun("07/10/2024", MAARS),
        _reported(
            "18/02/2025",
            "25",
            "In six of 24 cases the adult did not know who was involved. Plans were shared between agencies, seldom with "
            "the adult.",
            "Every adult gets the plan on one page; the coordinator checks it at the first review.",
            "30/06/2025",
        ),
        _again("12/06/2025", "30/04/2025", "Four of 20: better, and again where a plan had changed hands."),
    ),
    (
        _planned(
            "AU-0003",
            _YEAR_2024,
            "2024/25 Q4",
            _THEME,
            (BUSINESS_UNIT, STOCKPORT_FAMILY, PROBATION, EDUCATION),
            "What keeps fathers from using services",
        ),
        _begun("13/01/2025", BUSINESS_UNIT),
        _reported(
            "20/05/2025",
            "14",
            "Fathers were invited by letters sent to the mother's home, and to hours when they were at work.",
            "Invitations go to fathers themselves; two evening clinics are tried for a year.",
            "30/09/2026",
        ),
    ),
    (
        _planned(
            "AU-0004",
            _YEAR_2024,
            "2024/25 Q4",
            _SECTION_11,
            (BUSINESS_UNIT, POLICE, STOCKPORT_NHS, PENNINE_CARE, PROBATION),
            "Agencies' own view of their safeguarding duties, with a question on working with men",
            "section_11_returned",
        ),
        _reported(
            "12/06/2025",
            "",
            "Fifteen of 17 agencies answered. Most can show training on working with men, few what came of it.",
            "Agencies in pairs look at each other's evidence in the autumn.",
        ),
    ),
    (
        _planned(
            "AU-0005",
            _YEAR_2024,
            "2024/25 Q4",
            _SECTION_175,
            (EDUCATION,),
            "Schools' own view of their safeguarding duties",
            "section_175_returned",
        ),
        _reported(
            "12/06/2025",
            "",
            "Of 127 schools 121 answered. Records that follow a child to a new school are the commonest gap.",
            "A short session on moving records for the schools that named the gap.",
        ),
    ),
    (
        _planned(
            "AU-0006",
            _YEAR_2024,
            "2024/25 Q4",
            _CASES,
            (ADULT_SOCIAL_CARE, PENNINE_CARE, POLICE),
            "Whether referrals of adults are sound and adults are asked what they want",
            "msp_asked",
        ),
        _begun("02/06/2025", ADULT_SOCIAL_CARE),
        _reported(
            "04/12/2025",
            "30",
            "Adults were asked in most of the 30 cases, yet what they wanted seldom shaped the plan.",
            "The closing form asks what was done about each wish; two adults who have been through it helped to word it.",
            "31/12/2026",
        ),
    ),
    (
        _planned(
            "AU-0007",
            _YEAR_2025,
            "2025/26 Q3",
            _DIP,
            (POLICE, STOCKPORT_FAMILY),
            "Checks on children's safety after they came back",
            "welfare_checks_within_24_hours",
        ),
        _begun("06/10/2025", POLICE),
        _reported(
            "12/03/2026",
            "40",
            "Checks that were late had mostly been passed between two shifts. What the child said is written down well.",
            "The shift that takes the report keeps the check.",
            "28/02/2027",
        ),
    ),
    (
        _planned(
            "AU-0008",
            _YEAR_2025,
            "2025/26 Q4",
            _SECTION_11,
            (BUSINESS_UNIT, POLICE, STOCKPORT_NHS, PENNINE_CARE, PROBATION, HOMES),
            "Agencies' own view of their safeguarding duties",
            "section_11_returned",
        ),
        _reported(
            "11/06/2026",
            "",
            "Sixteen of 17 agencies answered, and the evidence is easier to compare than a year ago.",
            "The agency that did not answer is visited.",
        ),
    ),
    (
        _planned(
            "AU-0009",
            _YEAR_2026,
            "2026/27 Q2",
            _CASES,
            (STOCKPORT_FAMILY, POLICE, STOCKPORT_NHS),
            "Whether every agency that should be there takes part when harm is looked into",
            "section_47_enquiries",
        ),
        _begun("14/09/2026", STOCKPORT_FAMILY),
    ),
    (
        _planned(
            "AU-0010",
            _YEAR_2026,
            "2026/27 Q4",
            _DIP,
            (ADULT_SOCIAL_CARE, PENNINE_CARE),
            "Whether the risk matrix is used and changes what is decided",
            "concerns_not_progressed",
        ),
    ),
)
STEPS: tuple[Step, ...] = tuple(step for item in _ITEMS for step in history(REGISTER, *item))
