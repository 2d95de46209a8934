"""Meetings of a small store: a clock that never stands still, one return of MAARS, what is planned and frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from maars_files import SLOT as ANY_SLOT
from maars_files import file_of
from maars_files import sent as send_file

from dataset.intake import Answer as Sent
from dataset.meeting import Meeting
from dataset.meetings import meetings, plan_meeting
from dataset.quarter import Quarter
from dataset.store import Store
from safeguarding_metrics.meetings.freezing import freeze_meeting
from safeguarding_metrics.meetings.record import Record, record_of, seen_at
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.settings import Settings

QUARTER = Quarter(2023, 1)
SLOT = replace(ANY_SLOT, quarter=QUARTER)
GROUP = "Quality Assurance Partnership"
PLAN = PLANS[-1]
BEGIN = datetime(2023, 8, 15, 9, tzinfo=UTC)
HOUSING, NEGLECT = "Housing", "Self-neglect"


class Ticking:
    """A clock that shows a second and a bit more each time it is looked at."""

    def __init__(self, now: datetime = BEGIN) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1, microseconds=1)
        return self.now


def opened(path: Path) -> Store:
    return Store.open(path, clock=Ticking())


def sent(store: Store, *risks: str, reason: str = "", quarter: Quarter = QUARTER) -> Sent:
    """A return of MAARS with one referral for each risk."""
    rows = {f"MR-{quarter.id}-{number}": {"risks": risk} for number, risk in enumerate(risks)}
    answer = send_file(store, file_of(rows, quarter), replace(SLOT, quarter=quarter), reason=reason)
    assert answer.accepted, answer.findings
    return answer


def planned(
    store: Store, held_on: str = "22/08/2023", group: str = GROUP, quarter: Quarter = QUARTER, name: str = "Review"
) -> Meeting:
    answer = plan_meeting(store, name=name, held_on=held_on, group=group, quarter=quarter, written_by="Coordinator")
    assert answer.meeting, answer.findings
    return answer.meeting


def frozen(
    store: Store, held_on: str = "22/08/2023", group: str = GROUP, quarter: Quarter = QUARTER, name: str = "Review"
) -> Meeting:
    """A meeting that was planned and frozen."""
    meeting = planned(store, held_on, group, quarter, name)
    answer = freeze_meeting(store, meeting, PLAN, Settings(), written_by="Coordinator")
    assert answer.meeting, answer.findings
    return answer.meeting


def again(store: Store, meeting: Meeting) -> Meeting:
    """The meeting as the store has it now."""
    return next(one for one in meetings(store) if one.reference == meeting.reference)


def record_now(
    store: Store,
    meeting: Meeting,
    *,
    as_at: datetime | None = None,
    settings: Settings = Settings(),
    drawn: bool = True,
) -> Record:
    """What the meeting would see at a moment, by default now."""
    today: date = (as_at or BEGIN).date()
    seen = seen_at(store.reading(as_at), PLAN, meeting.quarter, settings, today, invented=False)
    return record_of(seen, meeting, as_at or BEGIN, drawn=drawn)
