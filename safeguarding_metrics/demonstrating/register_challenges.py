"""Invented challenges: some are answered late, several are carried over quarters, one is never answered."""

from __future__ import annotations

from dataset.agencies import (
    ADULT_SOCIAL_CARE,
    HOMES,
    MAARS,
    NHS_GM,
    PENNINE_CARE,
    POLICE,
    PROBATION,
    STOCKPORT_FAMILY,
    STOCKPORT_NHS,
    Agency,
)
from safeguarding_metrics.demonstrating.register_steps import Change, Step, history
from safeguarding_metrics.registers.challenges import AGREED, ANSWERED, CLOSED, RAISED, REGISTER
from safeguarding_metrics.registers.code_lists import GROUP

_QAP, _CHAIRS, _, _LEARNING, _COMPLEX, _ = GROUP.values


def _raised(
    reference: str, day: str, quarter: str, by: str, to: Agency, indicator: str, challenge: str, due: str
) -> Change:
    cells = {"reference": reference, "quarter": quarter, "raised_on": day, "raised_by": by, "to_agency": to.code}
    cells |= {"indicator": indicator, "challenge": challenge, "state": RAISED, "due_on": due}
    return Change(day, cells)


def _answered(day: str, by: Agency, answer: str, due: str = "") -> Change:
    """`due` is the next day to be kept, where the answer moves it."""
    cells = {"state": ANSWERED, "answered_on": day, "answer": answer} | ({"due_on": due} if due else {})
    return Change(day, cells, "The agency has answered", by)


def _agreed(day: str, action: str, due: str) -> Change:
    return Change(day, {"state": AGREED, "action": action, "due_on": due}, "An action was agreed at the meeting")


def _closed(day: str, outcome: str) -> Change:
    return Change(day, {"state": CLOSED, "outcome": outcome, "closed_on": day}, "Closed at the meeting")


_ITEMS: tuple[tuple[Change, ...], ...] = (
    (
        _raised(
            "CH-0001",
            "14/09/2023",
            "2023/24 Q1",
            _QAP,
            ADULT_SOCIAL_CARE,
            "concerns_not_progressed",
            "Of 630 concerns 495 led to no enquiry. Which of them need not have been raised as concerns?",
            "31/10/2023",
        ),
        _answered(
            "26/09/2023",
            ADULT_SOCIAL_CARE,
            "Most are about quality of care and go to the contracts team. A guide for providers is sent out this month.",
        ),
        _agreed("07/12/2023", "Compare the first three months after the guide with those before it.", "31/03/2024"),
        _closed(
            "06/06/2024",
            "Fewer concerns are about quality of care alone. The share itself is followed as a risk from here on.",
        ),
    ),
    (
        _raised(
            "CH-0002",
            "19/09/2023",
            "2023/24 Q1",
            _COMPLEX,
            MAARS,
            "maars_exploitation",
            "Ten of 19 referrals featured exploitation. Is that one operation, or has something changed?",
            "31/10/2023",
        ),
        _answered(
            "17/10/2023",
            MAARS,
            "One police operation on homes taken over by others explains it; referrals since then are as before.",
        ),
        _closed("07/12/2023", "The next quarter bears the answer out: four of 20."),
    ),
    (
        _raised(
            "CH-0003",
            "07/12/2023",
            "2023/24 Q2",
            _QAP,
            STOCKPORT_FAMILY,
            "return_interviews_in_time",
            "Only 144 of 237 returns were followed by a talk within 72 hours. What stands in the way?",
            "31/01/2024",
        ),
        _answered(
            "08/03/2024",
            STOCKPORT_FAMILY,
            "Two posts stood empty for half a year and nobody works at weekends, when most children come back.",
        ),
        _agreed("06/06/2024", "Fill both posts and run a weekend rota.", "30/09/2024"),
        _closed(
            "05/12/2024",
            "Two thirds are now in time (161 of 243). The rota stays; the risk stays on the register.",
        ),
    ),
    (
        _raised(
            "CH-0004",
            "14/03/2024",
            "2023/24 Q3",
            _QAP,
            STOCKPORT_NHS,
            "icon_coverage",
            "No figure was sent on new parents. How does the trust know that they had the advice?",
            "15/04/2024",
        ),
        _answered(
            "09/04/2024",
            STOCKPORT_NHS,
            "The new record does not show it yet. Midwives on two wards keep a tally, and hardly a parent was missed.",
        ),
        _agreed("06/06/2024", "Send the figure again from 2024/25 Q1.", "31/07/2024"),
        _closed("12/09/2024", "The figure is back: 647 of 714 for 2024/25 Q1."),
    ),
    (
        _raised(
            "CH-0005",
            "06/06/2024",
            "2023/24 Q4",
            _LEARNING,
            NHS_GM,
            "learning_points_overdue",
            "An action on working with men was due in January and is open. When will it be done?",
            "30/06/2024",
        ),
        _answered("18/06/2024", NHS_GM, "Sessions were put off twice. The last one is held in the coming week."),
        _closed("12/09/2024", "Done at the end of June, five months late; moderation finds the evidence enough."),
    ),
    (
        _raised(
            "CH-0006",
            "12/09/2024",
            "2024/25 Q1",
            _CHAIRS,
            HOMES,
            "sar_referrals",
            "No referral for an adult review has come for two quarters. Do housing officers know when to make one?",
            "31/10/2024",
        ),
        _answered(
            "05/02/2025",
            HOMES,
            "We asked eight teams: few officers had heard of the criteria since they were renewed.",
        ),
        _agreed("13/03/2025", "Brief the housing teams twice, in June and in September.", "30/09/2025"),
        _closed(
            "04/12/2025", "Both briefings were held and every team sent somebody. Referrals are watched as a figure."
        ),
    ),
    (
        _raised(
            "CH-0007",
            "05/12/2024",
            "2024/25 Q2",
            _QAP,
            MAARS,
            "maars_repeat_referrals",
            "Not one of 22 adults had been referred before. Did the plans hold, or did people stop referring?",
            "14/02/2025",
        ),
        _answered(
            "11/02/2025",
            MAARS,
            "The three agencies that refer most could name no adult whom they had wanted to refer again.",
        ),
        _closed("13/03/2025", "Accepted: in the quarter after, three of 24 had been referred before."),
    ),
    (
        _raised(
            "CH-0008",
            "13/03/2025",
            "2024/25 Q3",
            _QAP,
            POLICE,
            "missing_episodes",
            "No return came, so nobody can say how many children went missing. When will it be sent?",
            "15/04/2025",
        ),
        _answered(
            "24/04/2025",
            POLICE,
            "The record system has changed and the extract must be written again. No day can be given yet.",
        ),
        _agreed("12/06/2025", "Send the missing quarter as soon as the extract runs.", "31/07/2025"),
    ),
    (
        _raised(
            "CH-0009",
            "04/12/2025",
            "2025/26 Q2",
            _LEARNING,
            PROBATION,
            "learning_points_overdue",
            "The action on working with men after DHR-2324-01 was called done, yet no evidence shows it. What is missing?",
            "15/01/2026",
        ),
        _answered(
            "24/02/2026",
            PROBATION,
            "The new induction waited for a decision of the region. It begins in the spring.",
        ),
        _closed("11/06/2026", "The induction has run since April, seven months after its day."),
    ),
    (
        _raised(
            "CH-0010",
            "12/03/2026",
            "2025/26 Q3",
            _QAP,
            PENNINE_CARE,
            "msp_asked",
            "No return came for enquiries led by the trust. Were the adults asked what they wanted?",
            "30/04/2026",
        ),
        _answered(
            "27/03/2026",
            PENNINE_CARE,
            "They were asked, but two wards that had moved wrote it on paper. The paper is being entered.",
        ),
        _agreed("11/06/2026", "Enter the paper records and send the return.", "30/11/2026"),
    ),
    (
        _raised(
            "CH-0011",
            "11/06/2026",
            "2025/26 Q4",
            _QAP,
            POLICE,
            "welfare_checks_within_24_hours",
            "Safety was checked within 24 hours in 213 of 260 returns, the lowest share of the year. Why?",
            "17/07/2026",
        ),
    ),
    (
        _raised(
            "CH-0012",
            "10/09/2026",
            "2026/27 Q1",
            _QAP,
            STOCKPORT_FAMILY,
            "return_interviews_not_offered",
            "In 27 of 278 returns no talk was offered at all. Which children are left out?",
            "15/10/2026",
        ),
        _answered(
            "30/10/2026",
            STOCKPORT_FAMILY,
            "Most had come back to homes in other boroughs; the contract for talks there ended in May.",
            due="11/12/2026",
        ),
    ),
    (
        _raised(
            "CH-0013",
            "17/11/2026",
            "2026/27 Q2",
            _CHAIRS,
            STOCKPORT_FAMILY,
            "seen_within_4_weeks",
            "Of 279 children on a plan 234 were seen every four weeks, a lower share than in any of the seven quarters "
            "before. Which teams are stretched?",
            "15/01/2027",
        ),
    ),
    (
        _raised(
            "CH-0014",
            "18/11/2026",
            "2026/27 Q2",
            _COMPLEX,
            MAARS,
            "maars_three_or_more_risks",
            "Fourteen of 26 referrals carried three risks or more, after seven of 24. What has changed since the spring?",
            "15/01/2027",
        ),
    ),
)
STEPS: tuple[Step, ...] = tuple(step for item in _ITEMS for step in history(REGISTER, *item))
