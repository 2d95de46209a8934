"""Invented case audits: every round below is met exactly; an agency with no round in a quarter sends nil.

The audit of July 2021 is the plan's: 9 of 16 cases had key males on record, the 56% its target starts from.
No document gives a start for "Adult aware who is involved"; 12 of 20 in 2022/23 Q4 is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from dataset.agencies import MAARS, STOCKPORT_FAMILY, STOCKPORT_NHS, Agency
from dataset.demonstrating.allocating import SEED, Cells, Rows, dealt, short_year
from dataset.demonstrating.days import written
from dataset.quarter import Quarter
from dataset.working_days import add_working_days

KEY_MALES, ADULT_AWARE = "Key males recorded", "Adult aware who is involved"
_FAMILY, _NHS = STOCKPORT_FAMILY, STOCKPORT_NHS


@dataclass(frozen=True)
class Round:
    """One question put to `cases` cases; those neither yes nor no were not applicable. `one_day`: all read on one day."""

    quarter: Quarter
    agency: Agency
    question: str
    yes: int
    no: int
    not_applicable: int = 0
    one_day: bool = False

    @property
    def cases(self) -> int:
        return self.yes + self.no + self.not_applicable


ROUNDS = (
    Round(Quarter(2021, 2), _FAMILY, KEY_MALES, 9, 7),
    Round(Quarter(2022, 1), _NHS, KEY_MALES, 7, 5),
    Round(Quarter(2022, 3), _FAMILY, KEY_MALES, 11, 7),
    Round(Quarter(2022, 4), MAARS, ADULT_AWARE, 12, 8),
    Round(Quarter(2023, 1), _FAMILY, KEY_MALES, 11, 4),  # with the next but one 19 of 25
    Round(Quarter(2023, 2), MAARS, ADULT_AWARE, 14, 6),
    Round(Quarter(2023, 3), _NHS, KEY_MALES, 8, 2),
    Round(Quarter(2023, 4), MAARS, ADULT_AWARE, 15, 5),
    Round(Quarter(2024, 2), _FAMILY, KEY_MALES, 15, 4, 1),
    Round(Quarter(2024, 3), MAARS, ADULT_AWARE, 18, 6, 1),
    Round(Quarter(2024, 4), _NHS, KEY_MALES, 9, 3),
    Round(Quarter(2025, 1), MAARS, ADULT_AWARE, 16, 4),
    Round(Quarter(2025, 2), _FAMILY, KEY_MALES, 17, 3, 2),
    Round(Quarter(2025, 4), MAARS, ADULT_AWARE, 17, 3),
    Round(Quarter(2025, 4), _NHS, KEY_MALES, 10, 2),
    Round(Quarter(2026, 1), _FAMILY, KEY_MALES, 16, 3),
    Round(Quarter(2026, 2), MAARS, ADULT_AWARE, 18, 2, one_day=True),  # the intake asks about it
)


def rows() -> Rows:
    """Every answer of every round."""
    rng = Random(SEED)
    made: Rows = {}
    for audit in ROUNDS:
        made.setdefault((audit.agency.code, audit.quarter), []).extend(_answers(audit, rng))
    return made


def _answers(audit: Round, rng: Random) -> list[Cells]:
    """The answers of one round: some days of the quarter's first month, so that July's audit is in July."""
    start = audit.quarter.start + timedelta(days=rng.randint(4, 14))
    answers = dealt({"Yes": audit.yes, "No": audit.no, "Not applicable": audit.not_applicable}, rng)
    days = sorted(add_working_days(start, rng.randint(1, 5)) for _ in answers)
    if audit.one_day:
        days = [days[0]] * len(days)
    stem = f"{audit.agency.code}-{short_year(audit.quarter.year)}-Q{audit.quarter.number}"
    return [
        {
            "audit_id": f"AUD-{stem}",
            "case_id": f"CASE-{stem}-{number:02}",
            "audited_on": written(day),
            "question": audit.question,
            "answer": answer,
        }
        for number, (day, answer) in enumerate(zip(days, answers, strict=True), start=1)
    ]
