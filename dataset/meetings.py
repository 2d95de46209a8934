"""Meetings: planned, then frozen once, for ever; what a meeting saw can always be shown again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import duckdb

from dataset.access.noting import acts
from dataset.checking import Finding
from dataset.checking.findings import shown
from dataset.columns import read_day
from dataset.commentary import as_text, faults_of_part
from dataset.meeting import Meeting
from dataset.quarter import Quarter
from dataset.store import Reading, Store
from dataset.version import latest
from dataset.versions import Same, enter, known

LONGEST_NAME = 120

Result = Literal["accepted", "rejected", "unchanged"]


@dataclass(frozen=True)
class Answer:
    """What became of a meeting: as it is now (for "rejected", None), and what was found."""

    result: Result
    meeting: Meeting | None
    findings: tuple[Finding, ...] = ()

    @property
    def sentence(self) -> str:
        """What to tell the writer of one that was not refused."""
        assert self.meeting is not None
        if self.result == "unchanged":
            return f"{self.meeting.title} stands like this already; nothing has changed."
        if self.meeting.is_frozen:
            return f"{self.meeting.title} is frozen: what it saw can be shown again at any time."
        return f"{self.meeting.title} is planned."


def meetings(source: Reading | Store, as_at: datetime | None = None) -> tuple[Meeting, ...]:
    """Every meeting as it stood at a moment, the latest day first."""
    return _now(known(Meeting, source, as_at))


def _now(versions: Iterable[Meeting]) -> tuple[Meeting, ...]:
    found = latest(versions).values()
    return tuple(sorted(found, key=lambda one: (one.held_on, one.id), reverse=True))


def meeting_before(meeting: Meeting, every: Iterable[Meeting]) -> Meeting | None:
    """The frozen meeting before this one: the last of the same group, else the last of any; None for the first."""
    frozen = [one for one in every if one.is_frozen and one.about != meeting.about]
    earlier = [one for one in frozen if (one.held_on, one.reference) < (meeting.held_on, meeting.reference)]
    earlier.sort(key=lambda one: (one.group_name == meeting.group_name, one.held_on, one.reference))
    return earlier[-1] if earlier else None


@acts("plan_meeting", "a meeting", lambda quarter, reference="", **_: f"{reference[:20] or 'new'} about {quarter}")
def plan_meeting(
    store: Store, *, name: str, held_on: str, group: str, quarter: Quarter, written_by: str, reference: str = ""
) -> Answer:
    """Plan a meeting, or change one that is not frozen yet; `held_on` is a day written 14/05/2024 or 2024-05-14.

    Without a reference it is a new one. The same again changes nothing.
    """
    every = latest(known(Meeting, store))
    day = read_day(held_on)
    draft = Meeting(
        id=0,
        area=store.area,
        reference=reference,
        name=" ".join(as_text(name).split()),
        held_on=day.isoformat() if day else "",
        group_name=" ".join(as_text(group).split()),
        quarter=quarter,
        written_by=shown(written_by).strip(),
        written_at=store.clock(),
    )
    if findings := _faults(draft, every.get(draft.about)):
        return Answer("rejected", None, findings)
    if not reference:
        again = next((one for one in every.values() if not one.is_frozen and _says(one) == _says(draft)), None)
        return Answer("unchanged", again) if again else Answer("accepted", _enter_under_next_reference(store, draft))
    with suppress(Same):
        return Answer(
            "accepted", enter(store, draft, lambda before: before.is_frozen or _says(before) == _says(draft))[0]
        )
    now = latest(known(Meeting, store))[draft.about]
    # Somebody may have frozen it while it was being changed.
    return Answer("rejected", None, (_frozen(now),)) if now.is_frozen else Answer("unchanged", now)


def _says(meeting: Meeting) -> tuple[str, str, str, Quarter]:
    return meeting.name, meeting.held_on, meeting.group_name, meeting.quarter


def _enter_under_next_reference(store: Store, draft: Meeting) -> Meeting:
    """Enter a new meeting under a reference given inside the transaction: of two planned at once neither covers the other."""

    def numbered(cursor: duckdb.DuckDBPyConnection) -> dict[str, Any]:
        return {"reference": _next_reference(Meeting.read(cursor))}

    return enter(store, draft, lambda before: False, numbered)[0]


@acts("freeze_meeting", "a meeting", lambda meeting, *_, **__: f"{meeting.reference} about {meeting.quarter}")
def freeze(store: Store, meeting: Meeting, content: str, shown_at: datetime, *, written_by: str) -> Answer:
    """Keep the record of a planned meeting for ever; `content` is what it saw as at `shown_at`."""
    draft = replace(
        meeting,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        shown_at=shown_at.isoformat(),
        written_by=shown(written_by).strip(),
        written_at=store.clock(),
    )
    before = latest(known(Meeting, store)).get(meeting.about)
    if findings := _faults(draft, before):
        return Answer("rejected", None, findings)

    def is_frozen(now: Meeting) -> bool:
        return now.is_frozen

    with suppress(Same):
        return Answer("accepted", enter(store, draft, is_frozen)[0])
    return Answer("rejected", None, (_frozen(meeting),))


def _next_reference(every: Iterable[Meeting]) -> str:
    taken = [int(one.reference[3:]) for one in every if one.reference[:3] == "ME-" and one.reference[3:].isdecimal()]
    return f"ME-{max(taken, default=0) + 1:04}"


def _faults(draft: Meeting, before: Meeting | None) -> tuple[Finding, ...]:
    """All that is wrong, each as a sentence; no text of it is repeated."""
    if before is not None and before.is_frozen:
        return (_frozen(before),)
    found = []
    if not draft.held_on:
        found.append(_error("NOT_A_DATE", "The day cannot be read.", "Write a date such as 14/05/2024."))
    if draft.quarter.start > draft.written_at.date():
        message = f"{draft.quarter} has not begun: it starts on {draft.quarter.start:%d/%m/%Y}."
        found.append(_error("QUARTER_TO_COME", message, "Choose the quarter the meeting looks at."))
    for title, text in (("Name", draft.name), ("Group", draft.group_name)):
        if len(text) > LONGEST_NAME:
            message = f"“{title}” has {len(text)} characters; {LONGEST_NAME} is the most."
            found.append(_error("TEXT_TOO_LONG", message, "Shorten it."))
        else:
            found += faults_of_part(title, text)
    if not draft.written_by:
        found.append(_error("WRITER_MISSING", "Nobody is named as the writer.", "Write your role."))
    return tuple(found)


def _frozen(meeting: Meeting) -> Finding:
    message = f"{meeting.title} is frozen: its record cannot change any more."
    return _error("MEETING_FROZEN", message, "Plan a new meeting to show what is known now.")


def _error(code: str, message: str, fix: str) -> Finding:
    return Finding("error", code, message, fix=fix)
