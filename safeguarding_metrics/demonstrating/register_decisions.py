"""Invented decisions of meetings: most carried out, two past their day, one not yet due."""

from __future__ import annotations

from dataset.agencies import BUSINESS_UNIT, HOMES, NHS_GM, POLICE, STOCKPORT_FAMILY, STOCKPORT_NHS, Agency
from safeguarding_metrics.demonstrating.register_steps import Change, Step, history
from safeguarding_metrics.registers.code_lists import GROUP
from safeguarding_metrics.registers.decisions import CARRIED_OUT, OPEN, REGISTER

_QAP, _CHAIRS, _EXECUTIVE, _LEARNING, _COMPLEX, _TRAINING = GROUP.values


def _decided(
    reference: str, day: str, quarter: str, by: str, owner: Agency, indicator: str, decision: str, due: str
) -> Change:
    cells = {"reference": reference, "quarter": quarter, "decided_by": by, "decided_on": day, "indicator": indicator}
    return Change(day, cells | {"decision": decision, "owner": owner.code, "due_on": due, "state": OPEN})


def _carried_out(day: str, by: Agency) -> Change:
    return Change(day, {"state": CARRIED_OUT, "done_on": day}, "Carried out", by)


_ITEMS: tuple[tuple[Change, ...], ...] = (
    (
        _decided(
            "DE-0001",
            "11/01/2024",
            "2023/24 Q2",
            _EXECUTIVE,
            NHS_GM,
            "sar_referrals",
            "When to refer for an adult review becomes part of every agency's induction.",
            "31/03/2024",
        ),
        _carried_out("26/03/2024", NHS_GM),
    ),
    (
        _decided(
            "DE-0002",
            "14/03/2024",
            "2023/24 Q3",
            _QAP,
            STOCKPORT_NHS,
            "icon_coverage",
            "The tally kept on two wards is kept on all until the record is mended.",
            "30/04/2024",
        ),
        _carried_out("25/04/2024", STOCKPORT_NHS),
    ),
    (
        _decided(
            "DE-0003",
            "20/06/2024",
            "2023/24 Q4",
            _TRAINING,
            BUSINESS_UNIT,
            "training_attendance",
            "A third of the places at autumn courses is held for agencies that sent nobody in the year.",
            "30/09/2024",
        ),
        _carried_out("05/11/2024", BUSINESS_UNIT),
    ),
    (
        _decided(
            "DE-0004",
            "19/09/2024",
            "2024/25 Q1",
            _CHAIRS,
            BUSINESS_UNIT,
            "concerns_not_progressed",
            "The milestone stays as it is; the figure is shown together with where the concerns went instead.",
            "05/12/2024",
        ),
        _carried_out("28/11/2024", BUSINESS_UNIT),
    ),
    (
        _decided(
            "DE-0005",
            "10/12/2024",
            "2024/25 Q2",
            _COMPLEX,
            HOMES,
            "maars_housing_young_adults",
            "Young adults about to lose a home are talked about at one table before a referral is made.",
            "30/04/2025",
        ),
        _carried_out("22/04/2025", HOMES),
    ),
    (
        _decided(
            "DE-0006",
            "10/04/2025",
            "2024/25 Q3",
            _EXECUTIVE,
            POLICE,
            "missing_episodes",
            "The police name a day for the missing quarter.",
            "30/05/2025",
        ),
    ),
    (
        _decided(
            "DE-0007",
            "18/09/2025",
            "2025/26 Q1",
            _LEARNING,
            BUSINESS_UNIT,
            "learning_points_done_in_time",
            "When an action is agreed it is written down what will show that it is done.",
            "31/12/2025",
        ),
        _carried_out("15/12/2025", BUSINESS_UNIT),
    ),
    (
        _decided(
            "DE-0008",
            "09/07/2026",
            "2025/26 Q4",
            _EXECUTIVE,
            BUSINESS_UNIT,
            "learning_points_overdue",
            "Chief officers answer each month for their own actions after reviews until RI-0002 is below 12.",
            "30/09/2026",
        ),
        _carried_out("28/09/2026", BUSINESS_UNIT),
    ),
    (
        _decided(
            "DE-0009",
            "09/07/2026",
            "2025/26 Q4",
            _EXECUTIVE,
            BUSINESS_UNIT,
            "",
            "A draft of the next business plan with milestones for every outcome is laid before us.",
            "31/10/2026",
        ),
    ),
    (
        _decided(
            "DE-0010",
            "17/11/2026",
            "2026/27 Q2",
            _CHAIRS,
            STOCKPORT_FAMILY,
            "return_interviews_not_offered",
            "Talks with children who come back to other boroughs are bought again before the winter ends.",
            "26/02/2027",
        ),
    ),
)
STEPS: tuple[Step, ...] = tuple(step for item in _ITEMS for step in history(REGISTER, *item))
