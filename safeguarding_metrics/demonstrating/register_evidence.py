"""Invented evidence for eleven of the fourteen outcomes without a number; for 2.2, 3.4 and 4.2 nobody has any."""

from __future__ import annotations

from dataset.agencies import (
    ADULT_SOCIAL_CARE,
    BUSINESS_UNIT,
    HEALTHWATCH,
    MAARS,
    STOCKPORT_FAMILY,
    Agency,
)
from safeguarding_metrics.demonstrating.register_steps import Change, Step, history
from safeguarding_metrics.registers.outcome_evidence import JUDGEMENT, REGISTER

_GOOD, _SOME, _NONE, _EARLY = JUDGEMENT.values
# The day on which the evidence for a quarter is entered: that of the meeting about it.
_DAYS = {
    "2023/24 Q2": "07/12/2023",
    "2023/24 Q4": "06/06/2024",
    "2024/25 Q2": "05/12/2024",
    "2024/25 Q4": "12/06/2025",
    "2025/26 Q2": "04/12/2025",
    "2025/26 Q4": "11/06/2026",
    "2026/27 Q1": "10/09/2026",
}


def _seen(outcome: str, quarter: str, agency: Agency, evidence: str, judgement: str) -> tuple[Change, ...]:
    cells = {"outcome": outcome, "quarter": quarter, "agency": agency.code}
    return (Change(_DAYS[quarter], cells | {"evidence": evidence, "judgement": judgement}, by=agency),)


_SF, _ASC, _BU = STOCKPORT_FAMILY, ADULT_SOCIAL_CARE, BUSINESS_UNIT
_ITEMS: tuple[tuple[Change, ...], ...] = (
    _seen("1.1", "2023/24 Q4", _SF, "Of 20 files read, 11 draw on what other agencies know of the family.", _SOME),
    _seen("1.1", "2024/25 Q4", _SF, "Of 20 files read, 14 do; grandparents are still left out.", _SOME),
    _seen("1.1", "2025/26 Q4", _SF, "Of 22 files read, 19 do, and plans say what follows from it.", _GOOD),
    _seen("1.2", "2023/24 Q4", _BU, "One adult review has been commissioned and none has been published.", _EARLY),
    _seen("1.2", "2024/25 Q4", _BU, "One review is published; its three actions are being moderated.", _SOME),
    _seen(
        "1.2", "2026/27 Q1", _BU, "Two reviews are published. Landlords changed their warnings after the first.", _GOOD
    ),
    _seen(
        "1.3", "2023/24 Q2", _BU, "Seven of eleven teams asked say that past records take days to reach them.", _NONE
    ),
    _seen("1.3", "2024/25 Q4", _BU, "Five of eleven teams say so; the joint view of records is in use in two.", _SOME),
    _seen(
        "2.1", "2023/24 Q4", HEALTHWATCH, "Twelve young adults were asked; three could name who stays with them.", _NONE
    ),
    _seen("2.1", "2024/25 Q4", HEALTHWATCH, "Fifteen were asked; six could. None had a plan in writing.", _NONE),
    _seen("2.1", "2025/26 Q4", HEALTHWATCH, "Fourteen were asked; nine could, most of them from one team.", _SOME),
    _seen("2.3", "2023/24 Q4", MAARS, "The guidance is not out yet, so no team has worked to it.", _EARLY),
    _seen("2.3", "2024/25 Q2", MAARS, "Four teams were formed for young adults since the guidance came out.", _SOME),
    _seen("2.3", "2025/26 Q4", MAARS, "Nine teams in the year; seven adults said that it was one team to them.", _GOOD),
    _seen("2.5", "2024/25 Q4", _SF, "The offer is agreed by the council and health; housing is still to sign.", _SOME),
    _seen(
        "2.5",
        "2026/27 Q1",
        _SF,
        "All have signed. Nine in ten care leavers live somewhere suitable (215 of 237).",
        _GOOD,
    ),
    _seen(
        "3.3", "2023/24 Q4", _SF, "Of 20 assessments read, six hold words that lay blame on a child or adult.", _NONE
    ),
    _seen("3.3", "2024/25 Q4", _SF, "Of 20 read, four do. Managers hand such reports back.", _SOME),
    _seen("3.3", "2025/26 Q4", _SF, "Of 24 read, one does, after the guide on language came out.", _GOOD),
    _seen("3.5", "2024/25 Q4", _ASC, "Of 60 practitioners asked, 31 feel sure of their risk assessments.", _SOME),
    _seen("3.5", "2025/26 Q4", _ASC, "Of 58 asked, 39 do. The audit that would test it has not begun.", _SOME),
    _seen("4.4", "2023/24 Q4", _BU, "Four of the year's nine rapid reviews had working with men as a theme.", _SOME),
    _seen("4.4", "2024/25 Q4", _BU, "Three of ten had it.", _SOME),
    _seen(
        "4.4",
        "2025/26 Q4",
        _BU,
        "Three of eight had it; practitioners asked say that fathers' hours are theirs.",
        _SOME,
    ),
    _seen("4.5", "2023/24 Q4", _SF, "Sixteen fathers finished Caring Dads in the year.", _EARLY),
    _seen("4.5", "2024/25 Q4", _SF, "Eighteen finished it, two more than the year before.", _SOME),
    (
        *_seen("4.5", "2025/26 Q4", _SF, "Twenty-one finished it, and partners of eight say what changed.", _GOOD),
        Change(
            "18/06/2026",
            {"judgement": _SOME},
            "Eight partners are too few for “good”; the meeting asked for more",
        ),
    ),
    _seen("4.6", "2024/25 Q2", _SF, "Fifteen of 19 audited files name the key males.", _SOME),
    _seen("4.6", "2025/26 Q2", _SF, "Seventeen of 20 do; seven of ten fathers were met in person.", _GOOD),
)
STEPS: tuple[Step, ...] = tuple(step for item in _ITEMS for step in history(REGISTER, *item))
