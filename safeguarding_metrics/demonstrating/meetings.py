"""The meetings of the demonstration: INVENTED days on which the partnership met, each frozen as it was seen then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dataset.agencies import BUSINESS_UNIT
from dataset.demonstrating.schedule import role_of
from dataset.meetings import Answer, plan_meeting
from dataset.quarter import Quarter
from dataset.store import Store
from safeguarding_metrics.meetings.freezing import freeze_meeting
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.registers.code_lists import GROUP
from safeguarding_metrics.settings import Settings

QUALITY_ASSURANCE, EXECUTIVE = GROUP.values[0], GROUP.values[2]


class NotHeld(RuntimeError):
    """An invented meeting was refused: a defect of the demonstration."""


@dataclass(frozen=True)
class Held:
    """A meeting, frozen at a moment on the day before it; one that is still to come is only planned."""

    moment: datetime
    name: str
    group: str
    quarter: Quarter
    is_frozen: bool = True

    def to(self, store: Store) -> None:
        """Plan it, and freeze what it sees. Raises NotHeld."""
        day = (self.moment + timedelta(days=1)).date()
        who = role_of(BUSINESS_UNIT.code)
        planned = _accepted(
            plan_meeting(
                store, name=self.name, held_on=day.isoformat(), group=self.group, quarter=self.quarter, written_by=who
            )
        )
        if self.is_frozen and planned.meeting:
            _accepted(freeze_meeting(store, planned.meeting, PLANS[-1], Settings(), written_by=who))


def _accepted(answer: Answer) -> Answer:
    if answer.result != "accepted":
        raise NotHeld(" ".join(finding.sentence for finding in answer.findings))
    return answer


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 15, 30, tzinfo=UTC)


MEETINGS: tuple[Held, ...] = (
    Held(_at(2024, 6, 5), "Review of the year 2023/24", QUALITY_ASSURANCE, Quarter(2023, 4)),
    Held(_at(2024, 9, 11), "Quarterly review", QUALITY_ASSURANCE, Quarter(2024, 1)),
    # The police restated a return of this quarter six days later.
    Held(_at(2024, 11, 6), "Quarterly review", QUALITY_ASSURANCE, Quarter(2024, 2)),
    Held(_at(2025, 3, 12), "Quarterly review", QUALITY_ASSURANCE, Quarter(2024, 3)),
    Held(_at(2025, 6, 11), "Review of the year 2024/25", QUALITY_ASSURANCE, Quarter(2024, 4)),
    Held(_at(2025, 7, 9), "Report on the year 2024/25", EXECUTIVE, Quarter(2024, 4)),
    Held(_at(2026, 6, 10), "Review of the year 2025/26", QUALITY_ASSURANCE, Quarter(2025, 4)),
    Held(_at(2026, 9, 9), "Quarterly review", QUALITY_ASSURANCE, Quarter(2026, 1)),
    Held(_at(2026, 11, 19), "Quarterly review", QUALITY_ASSURANCE, Quarter(2026, 2), is_frozen=False),
)
