"""Invented risks: one rises to the threshold, one stays at it, one falls below it, one is closed, one was a mistake."""

from __future__ import annotations

from dataset.agencies import ADULT_SOCIAL_CARE, BUSINESS_UNIT, POLICE, STOCKPORT_FAMILY, STOCKPORT_NHS, Agency
from safeguarding_metrics.demonstrating.register_steps import Change, Step, history
from safeguarding_metrics.registers.risks import CLOSED, OPEN, REGISTER

# Likelihood and impact.
Score = tuple[int, int]


def _found(
    reference: str,
    day: str,
    quarter: str,
    owner: Agency,
    indicator: str,
    title: str,
    description: str,
    before: Score,
    controls: str,
    after: Score,
    review: str,
) -> Change:
    cells = {"reference": reference, "quarter": quarter, "owner": owner.code, "indicator": indicator, "title": title}
    cells |= {"description": description, "controls": controls, "next_review": review, "state": OPEN}
    cells |= {"likelihood_before": str(before[0]), "impact_before": str(before[1])}
    return Change(day, cells | _after(after))


def _after(score: Score) -> dict[str, str]:
    return {"likelihood_after": str(score[0]), "impact_after": str(score[1])}


def _reviewed(day: str, reason: str, review: str, after: Score | None = None, controls: str = "") -> Change:
    """`after` and `controls` where the review changed them."""
    cells = {"next_review": review} | (_after(after) if after else {}) | ({"controls": controls} if controls else {})
    return Change(day, cells, reason)


_ITEMS: tuple[tuple[Change, ...], ...] = (
    (
        _found(
            "RI-0001",
            "14/09/2023",
            "2023/24 Q1",
            ADULT_SOCIAL_CARE,
            "concerns_not_progressed",
            "Concerns below the threshold crowd out the rest at the front door",
            "Nearly four in five concerns lead to no enquiry. A concern about real harm may wait behind them.",
            (4, 4),
            "A guide for providers; managers sample what was closed at once.",
            (3, 4),
            "14/03/2024",
        ),
        _reviewed("14/03/2024", "Reviewed: the guide is out and it is too early to score again", "12/09/2024"),
        _reviewed(
            "05/12/2024",
            "The share has fallen to about seven in ten and nothing waits longer than a day",
            "11/12/2025",
            (2, 4),
            "A guide for providers; managers sample what was closed at once; a duty desk sorts concerns the same day.",
        ),
        _reviewed("04/12/2025", "Reviewed: two in three now, scores as they were", "10/12/2026"),
    ),
    (
        _found(
            "RI-0002",
            "14/09/2023",
            "2023/24 Q1",
            BUSINESS_UNIT,
            "learning_points_overdue",
            "What reviews teach is agreed and then drifts",
            "Actions after reviews pass their day without anyone asking, and the same harm may come again.",
            (4, 4),
            "Every action has an owner, a day and evidence, and is moderated each quarter.",
            (3, 3),
            "14/03/2024",
        ),
        _reviewed("06/06/2024", "Reviewed: two of six open points are late, scores as they were", "05/06/2025"),
        _reviewed("12/06/2025", "Reviewed: one of eight open points is late, scores as they were", "11/06/2026"),
        _reviewed(
            "21/05/2026",
            "Four of the five open points are past their day: likelihood raised from 3 to 4, for the Executive",
            "10/12/2026",
            (4, 3),
        ),
    ),
    (
        _found(
            "RI-0003",
            "07/12/2023",
            "2023/24 Q2",
            STOCKPORT_FAMILY,
            "return_interviews_in_time",
            "Children who come back after going missing are not spoken to in time",
            "Two in five wait longer than 72 hours. What drew them away may draw them again before anybody has asked.",
            (4, 4),
            "A weekly list of talks that are owed goes to the team manager.",
            (4, 3),
            "05/12/2024",
        ),
        _reviewed(
            "05/12/2024",
            "The rota has helped, the year is too uneven to score lower",
            "04/12/2025",
            controls="A weekly list of talks that are owed goes to the team manager; a rota covers weekends.",
        ),
        _reviewed("04/12/2025", "Reviewed: the share has slipped again, scores as they were", "10/12/2026"),
    ),
    (
        _found(
            "RI-0004",
            "14/03/2024",
            "2023/24 Q3",
            STOCKPORT_NHS,
            "icon_coverage",
            "Parents may miss the advice on crying and no figure would show it",
            "The new record does not hold the advice, so a fall would go unseen while babies are most at risk.",
            (3, 4),
            "Midwives on two wards keep a tally until the record is mended.",
            (2, 4),
            "12/09/2024",
        ),
        Change(
            "12/09/2024",
            {"state": CLOSED, "closed_on": "12/09/2024"} | _after((1, 4)),
            "The record shows the advice again and the figure is as before",
        ),
    ),
    (
        _found(
            "RI-0005",
            "12/09/2024",
            "2024/25 Q1",
            ADULT_SOCIAL_CARE,
            "concerns_not_progressed",
            "Too many concerns lead to no enquiry",
            "Seven in ten concerns go no further, which takes time from those that should.",
            (4, 4),
            "A guide for providers.",
            (4, 4),
            "13/03/2025",
        ),
        Change("16/09/2024", {}, "Entered by mistake: the same risk stands as RI-0001 already", removed=True),
    ),
    (
        _found(
            "RI-0006",
            "13/03/2025",
            "2024/25 Q3",
            POLICE,
            "missing_episodes",
            "A quarter without figures hides children who go missing often",
            "After a change of system no return came. Patterns across children and places cannot be seen.",
            (3, 4),
            "The missing persons coordinator reads each new report daily.",
            (2, 4),
            "12/06/2025",
        ),
        _reviewed("12/06/2025", "The next quarter has come; one is still owed", "10/12/2026", (1, 4)),
    ),
    (
        _found(
            "RI-0007",
            "12/06/2025",
            "2024/25 Q4",
            BUSINESS_UNIT,
            "sar_referrals",
            "Adult reviews are not asked for because the duty is not known",
            "Two referrals came in the year, none from housing or the voluntary sector. Learning is lost.",
            (3, 3),
            "Renewed guidance, and briefings for housing and voluntary agencies.",
            (2, 3),
            "11/06/2026",
        ),
        _reviewed("11/06/2026", "Reviewed: three referrals in the year, scores as they were", "10/06/2027"),
    ),
    (
        _found(
            "RI-0008",
            "04/12/2025",
            "2025/26 Q2",
            STOCKPORT_FAMILY,
            "seen_within_4_weeks",
            "Children on a plan are seen less often as numbers rise",
            "More children are on a plan than two years ago and fewer of them are seen every four weeks.",
            (4, 4),
            "Team managers look through visits that are late every Monday.",
            (2, 4),
            "05/11/2026",
        ),
    ),
    (
        _found(
            "RI-0009",
            "11/06/2026",
            "2025/26 Q4",
            BUSINESS_UNIT,
            "",
            "The business plan has ended and nothing says what is aimed at next",
            "Milestones stop in 2024/25. Agencies may put effort elsewhere before a new plan is agreed.",
            (5, 4),
            "The outcomes of the old plan are followed until the new one is adopted.",
            (5, 3),
            "10/12/2026",
        ),
    ),
)
STEPS: tuple[Step, ...] = tuple(step for item in _ITEMS for step in history(REGISTER, *item))
