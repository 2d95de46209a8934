"""Meetings: what changed, what is off course, what to ask whom; and, once frozen, what a meeting saw, for ever."""

from __future__ import annotations

import re
from dataclasses import dataclass

import streamlit as st

from dataset.meeting import Meeting
from dataset.meetings import meeting_before, meetings
from pages.parts.choosing import pick
from pages.parts.drawing import bullet_list, details, draw, link, safe
from pages.parts.held import PLAN, View, frozen_record, record_now, since_meeting, view
from pages.parts.meeting_blocks import section
from pages.parts.meeting_changes import changed
from pages.parts.meeting_forms import answered, freeze_form, meeting_to_show, plan_form
from pages.parts.meeting_papers import papers
from pages.parts.who import may
from safeguarding_metrics.meetings import wording as words
from safeguarding_metrics.meetings.changes import Change, changes
from safeguarding_metrics.meetings.definitions import definitions_version
from safeguarding_metrics.meetings.record import Record
from safeguarding_metrics.packs import parts
from safeguarding_metrics.packs.papers import in_short, paper_of
from safeguarding_metrics.packs.showing import to_members

# What a title would obey as Markdown; who meets is written by people.
_MARKED = re.compile(r"[\\`*_\[\]<>$~#|]|:(?=\S)")


@dataclass(frozen=True)
class Looked:
    """What a meeting saw, or would see now, the record of the meeting before it, and what differs between them."""

    meeting: Meeting
    record: Record
    before: Record | None
    since: tuple[Change, ...]


def main() -> None:
    """Draw the screen."""
    seen = view()
    every = seen.once(("meetings",), lambda: meetings(seen.reading))
    if not every:
        st.title(words.NO_MEETING)
        draw(f'<p class="lead">{safe(words.NO_MEETING_HELP)}</p>')
        if may("plan_meeting"):
            plan_form(seen)
        return
    heading = st.container()
    meeting = _pick(every)
    looked = seen.once(("meeting", meeting.id, seen.today), lambda: _look(seen, meeting, every))
    said = words.answer(looked.record, looked.before, looked.since, is_frozen=meeting.is_frozen)
    heading.title(_MARKED.sub(r"\\\g<0>", said))
    with st.container():  # always there, or what follows would move, and close, when the answer goes
        answered()
    draw(_standing(seen, looked))
    _to_do(seen, looked)
    draw(seen.once(("meeting parts", meeting.id, seen.today), lambda: _parts(looked)))
    if meeting.is_frozen:
        draw(_since(seen, looked))


def _pick(every: tuple[Meeting, ...]) -> Meeting:
    by_reference = {one.reference: one for one in every}
    if (just := meeting_to_show()) in by_reference and just != st.session_state.get("pick_meeting"):
        st.query_params["meeting"] = st.session_state["pick_meeting"] = just
    chosen = pick(
        "Meeting", "meeting", list(by_reference), every[0].reference, shown=lambda one: words.listed(by_reference[one])
    )
    return by_reference[chosen]


def _look(seen: View, meeting: Meeting, every: tuple[Meeting, ...]) -> Looked:
    record = frozen_record(seen, meeting) if meeting.is_frozen else record_now(seen, meeting, meeting.written_at)
    last = meeting_before(meeting, every)
    before = frozen_record(seen, last) if last else None
    then = tuple(one for one in seen.reading.entries if one.id <= record["versions"]["ledger_entry"])
    return Looked(meeting, record, before, changes(before, record, then, seen.settings) if before else ())


def _standing(seen: View, looked: Looked) -> str:
    """Whether it is frozen, under which versions, and the screens as it saw them."""
    meeting, record = looked.meeting, looked.record
    if not meeting.is_frozen:
        return f'<p class="lead"><strong>{safe(words.NOT_FROZEN)}</strong></p>'
    facts = paper_of("pack", to_members(record), meeting.sha256).facts
    more = (
        *facts,
        ("Version of the store", record["versions"]["store"]),
        ("Frozen by", f"{meeting.written_by}, {meeting.written_at:%d/%m/%Y at %H:%M} UTC"),
    )
    rows = "".join(f'<dt>{safe(name)}</dt><dd class="hash">{safe(value)}</dd>' for name, value in more)
    today = seen.once(("definitions",), lambda: definitions_version(PLAN, seen.settings))
    differ = words.versions_differ(record, PLAN.title, PLAN.id, today)
    ways = " · ".join(
        link(screen, title, as_at_meeting=meeting.reference, quarter=record["meeting"]["quarter"])
        for screen, title in (("progress", "Progress"), ("quarter", "Quarter"))
    )
    return (
        f'<p class="lead">{safe(words.FROM_THE_RECORD)}</p>'
        + (f'<section class="panel"><p>{safe(differ)}</p></section>' if differ else "")
        + f"<p>See the screens as this meeting saw them: {ways}</p>"
        + details(
            "When it was frozen, under which versions, and its content hash", f'<dl class="definition">{rows}</dl>'
        )
    )


def _to_do(seen: View, looked: Looked) -> None:
    """What the business unit does with a meeting: papers of a frozen one, changing and freezing a planned one."""
    if looked.meeting.is_frozen:
        if may("take_away"):
            with st.expander("Papers of this meeting"):
                papers(looked.meeting, looked.record)
    else:
        missing = bullet_list(safe(one) for one in words.still_missing(looked.record))
        draw(f'<section class="panel calm"><h2>Before it is frozen</h2>{missing}</section>')
        if may("freeze_meeting"):
            with st.expander("Freeze this meeting"):
                freeze_form(seen, looked.meeting)
                draw(f'<p class="quiet">{safe(words.PAPERS_NEED_A_RECORD)}</p>')
        if may("plan_meeting"):
            with st.expander("Change this meeting"):
                plan_form(seen, looked.meeting)
    if may("plan_meeting"):
        with st.expander("Plan another meeting"):
            plan_form(seen)


def _parts(looked: Looked) -> str:
    """The meeting in five minutes, in the order in which a chair asks."""
    record = to_members(looked.record).record
    return (
        section(in_short(record))
        + _since_the_one_before(looked)
        + "".join(
            section(found)
            for found in (
                parts.off_course(record),
                words.to_ask(record),
                parts.cannot_be_judged(record),
                parts.risks(record),
            )
        )
    )


def _since_the_one_before(looked: Looked) -> str:
    again = words.sent_again_since(looked.record, looked.before) if looked.before else []
    lead = words.compared_with(looked.before, len(looked.since) + len(again))
    quarter = looked.record["meeting"]["quarter"]
    return changed("What changed since the meeting before", lead, again, looked.since, quarter)


def _since(seen: View, looked: Looked) -> str:
    found = since_meeting(seen, looked.meeting.quarter, looked.meeting)
    quarter = looked.record["meeting"]["quarter"]
    return changed("What has changed since this meeting", words.since_words(len(found), quarter), (), found, quarter)


main()
