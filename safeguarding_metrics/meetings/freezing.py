"""Freezing a meeting: what was judged and shown is worked out once, as at one moment, and kept for ever."""

from __future__ import annotations

from datetime import UTC

from dataset.meeting import Meeting
from dataset.meetings import Answer, freeze
from dataset.store import Store
from safeguarding_metrics.meetings.record import as_text, record_of, seen_at
from safeguarding_metrics.plan import Plan
from safeguarding_metrics.settings import Settings


def freeze_meeting(store: Store, meeting: Meeting, plan: Plan, settings: Settings, *, written_by: str) -> Answer:
    """Keep what this meeting sees now. Refused for one that is frozen already; a second or two of work."""
    moment = store.still_moment()
    today = moment.astimezone(UTC).date()
    seen = seen_at(store.reading(moment), plan, meeting.quarter, settings, today, invented=store.is_demonstration)
    return freeze(store, meeting, as_text(record_of(seen, meeting, moment)), moment, written_by=written_by)
