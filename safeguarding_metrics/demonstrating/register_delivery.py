"""Invented reports on the plan's actions: some done in time, some late, some overdue, one stopped, two never reported."""

from __future__ import annotations

from dataset.agencies import (
    ADULT_SOCIAL_CARE,
    BUSINESS_UNIT,
    MAARS,
    NHS_GM,
    STOCKPORT_FAMILY,
    Agency,
)
from dataset.quarter import Quarter
from safeguarding_metrics.demonstrating.register_steps import Change, Step, day_of, history
from safeguarding_metrics.registers.delivery import DONE, NOT_STARTED, REGISTER, STOPPED, UNDER_WAY

_BEGUN, _NEXT = "14/09/2023", "06/06/2024"


def _first(day: str, action: str, owner: Agency, state: str, note: str) -> Change:
    cells = {"action": action, "owner": owner.code, "quarter": _before(day), "state": state, "note": note}
    return Change(day, cells, by=owner)


def _still(day: str, owner: Agency, note: str, state: str = UNDER_WAY) -> Change:
    return Change(day, {"quarter": _before(day), "state": state, "note": note}, "Reported for the quarter", owner)


def _done(day: str, owner: Agency, evidence: str, entered: str = "") -> Change:
    """`entered` is the day it was reported, where that is a later one."""
    cells = {"quarter": str(Quarter.of(day_of(day))), "state": DONE, "evidence": evidence, "done_on": day}
    return Change(entered or day, cells | {"note": ""}, "The action is done", owner)


def _before(day: str) -> str:
    """The last quarter that had ended by a day: the one a meeting of that day looks at."""
    return str(Quarter.of(day_of(day)).plus(-1))


_ITEMS: tuple[tuple[Change, ...], ...] = (
    (
        _first(_BEGUN, "1.a", BUSINESS_UNIT, UNDER_WAY, "A trainer is found; the first dates are in the new year."),
        _still("07/12/2023", BUSINESS_UNIT, "The course is written and was tried with one group."),
        _done("14/03/2024", BUSINESS_UNIT, "Six courses held; the training sub-group has who came."),
    ),
    (
        _first(_BEGUN, "1.b", BUSINESS_UNIT, UNDER_WAY, "A one-page summary is being read by three agencies."),
        _done("30/01/2024", BUSINESS_UNIT, "Summary sent to every agency; refresher sessions in January."),
    ),
    (
        _first(_BEGUN, "1.c", BUSINESS_UNIT, UNDER_WAY, "Nine action plans are collected, four are read."),
        _still("14/03/2024", BUSINESS_UNIT, "All are read. The paper waits for one review that is not out yet."),
        _done("12/06/2024", BUSINESS_UNIT, "The paper went to the sub-group that learns from practice."),
    ),
    (
        _first(_BEGUN, "1.d", NHS_GM, NOT_STARTED, "Dates are being agreed with the council."),
        _still("07/12/2023", NHS_GM, "Two of four sessions held."),
        _done("22/04/2024", NHS_GM, "Four sessions with 96 practitioners of nine agencies."),
    ),
    (
        _first(_NEXT, "1.e", MAARS, NOT_STARTED, "In the audit programme for the autumn."),
        _still("05/12/2024", MAARS, "Cases are read; the report is being written (AU-0002)."),
        _done("18/02/2025", MAARS, "Report of audit AU-0002, received by the partnership.", "13/03/2025"),
    ),
    (
        _first(_NEXT, "1.f", BUSINESS_UNIT, NOT_STARTED, "Waits for legal advice on the new draft."),
        _still("13/03/2025", BUSINESS_UNIT, "The draft is with all agencies."),
        _still("11/06/2026", BUSINESS_UNIT, "Two agencies have not signed; briefings cannot begin before they have."),
    ),
    (
        _first(_BEGUN, "2.a", STOCKPORT_FAMILY, UNDER_WAY, "The event is set for December."),
        _done("07/12/2023", STOCKPORT_FAMILY, "Event held with 70 people; six young adults helped to lead it."),
    ),
    (
        _first(_BEGUN, "2.b", ADULT_SOCIAL_CARE, NOT_STARTED, "A chair is being looked for."),
        _done("20/03/2024", ADULT_SOCIAL_CARE, "Terms of the group, and its first two sets of notes."),
    ),
    (
        _first(_BEGUN, "2.c", MAARS, UNDER_WAY, "Children's services are still to comment."),
        _still("06/06/2024", MAARS, "Agreed by all but one agency."),
        _done("11/07/2024", MAARS, "The guidance, and the message that made it known."),
    ),
    (
        _first(_NEXT, "2.d", MAARS, NOT_STARTED, "The audit of MAARS comes first."),
        _still("12/06/2025", MAARS, "MAARS is audited (AU-0002). The part on moving to adulthood has no lead yet."),
        _still("10/09/2026", MAARS, "A lead is named; cases are to be chosen in the winter."),
    ),
    (
        _first(_NEXT, "2.e", STOCKPORT_FAMILY, UNDER_WAY, "Two teams try what the framework suggests."),
        _done("10/04/2025", STOCKPORT_FAMILY, "Practice standards of both teams, now used by all."),
    ),
    (
        _first(_BEGUN, "3.a", STOCKPORT_FAMILY, UNDER_WAY, "A first draft is with practitioners."),
        _done("26/04/2024", STOCKPORT_FAMILY, "The guidance, and how often it was opened in its first week."),
    ),
    (
        _first(_BEGUN, "3.b", BUSINESS_UNIT, NOT_STARTED, "To begin in the new year."),
        _still(
            "14/03/2024",
            BUSINESS_UNIT,
            "Stopped: the programme's own evaluation has begun, and asking the same fathers twice would help nobody.",
            STOPPED,
        ),
    ),
    (
        _first(_BEGUN, "3.c", STOCKPORT_FAMILY, NOT_STARTED, "Waits for the risk matrix for adults."),
        _still("12/09/2024", STOCKPORT_FAMILY, "The draft is being tried by two teams."),
        _done("19/02/2025", STOCKPORT_FAMILY, "The guidance as adopted."),
    ),
    (
        _first(_NEXT, "3.d", STOCKPORT_FAMILY, UNDER_WAY, "Young people are choosing words they can stand behind."),
        _still("13/03/2025", STOCKPORT_FAMILY, "The guide is written and is being laid out."),
        _done("25/06/2025", STOCKPORT_FAMILY, "The guide on language, and a film made by young people."),
    ),
    (
        _first(_NEXT, "3.e", STOCKPORT_FAMILY, NOT_STARTED, "Waits for the guidance of action 3.c."),
        _still("12/06/2025", STOCKPORT_FAMILY, "The guidance is out; no readers are named yet.", NOT_STARTED),
        _still("10/09/2026", STOCKPORT_FAMILY, "Left out of two programmes; asked for again.", NOT_STARTED),
    ),
    (
        _first(_NEXT, "3.f", MAARS, NOT_STARTED, "The same audit as action 1.e."),
        _done("18/02/2025", MAARS, "Report of audit AU-0002.", "13/03/2025"),
    ),
    (
        _first(_BEGUN, "4.a", BUSINESS_UNIT, UNDER_WAY, "Key males are asked about in this year's case audits."),
        _done("28/02/2024", BUSINESS_UNIT, "Two rounds of audit: 19 of 25 files name the key males."),
    ),
    (
        _first(_BEGUN, "4.b", STOCKPORT_FAMILY, UNDER_WAY, "Courses run; what counts as success is being settled."),
        _done("16/04/2024", STOCKPORT_FAMILY, "Sixteen fathers finished Caring Dads; four measures are in use."),
    ),
    (
        _first(_BEGUN, "4.c", NHS_GM, UNDER_WAY, "The guide on injuries to babies comes first."),
        _still("06/06/2024", NHS_GM, "One of three guides is out."),
        _still("11/06/2026", NHS_GM, "Two of three guides are out; the third has no writer."),
    ),
    (
        _first(_NEXT, "4.d", BUSINESS_UNIT, NOT_STARTED, "In the audit programme as AU-0003."),
        _done("20/05/2025", BUSINESS_UNIT, "Report of audit AU-0003."),
    ),
    (
        _first(_NEXT, "4.e", BUSINESS_UNIT, NOT_STARTED, "The question goes into the next form."),
        _done("31/03/2025", BUSINESS_UNIT, "The form with the question, answered by 15 of 17 agencies.", "12/06/2025"),
    ),
    (
        _first(_BEGUN, "5.a", ADULT_SOCIAL_CARE, UNDER_WAY, "Two of six guides are out."),
        _still(
            "06/06/2024", ADULT_SOCIAL_CARE, "Four of six guides are out; self-neglect is being written with adults."
        ),
        _done("24/10/2024", ADULT_SOCIAL_CARE, "All six guides; two were written with adults who lived through it."),
    ),
    (
        _first(_BEGUN, "5.b", BUSINESS_UNIT, UNDER_WAY, "Goes together with action 1.b."),
        _done("30/01/2024", BUSINESS_UNIT, "The guidance as every agency has published it."),
    ),
    (
        _first(_BEGUN, "5.c", ADULT_SOCIAL_CARE, UNDER_WAY, "Three teams try the matrix."),
        _done("25/04/2024", ADULT_SOCIAL_CARE, "The matrix, and what three teams said after a month."),
    ),
    (
        _first(_BEGUN, "5.d", BUSINESS_UNIT, UNDER_WAY, "Agencies have agreed what they send and when."),
        _done("29/04/2024", BUSINESS_UNIT, "The framework, and the first returns under it."),
    ),
    (
        _first(_NEXT, "5.e", ADULT_SOCIAL_CARE, NOT_STARTED, "In the audit programme as AU-0006."),
        _still("12/06/2025", ADULT_SOCIAL_CARE, "Cases are being read, later than planned."),
        _done("04/12/2025", ADULT_SOCIAL_CARE, "Report of audit AU-0006."),
    ),
)
STEPS: tuple[Step, ...] = tuple(step for item in _ITEMS for step in history(REGISTER, *item))
