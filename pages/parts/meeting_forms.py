"""Forms of a meeting: to plan one, to change one that is planned, to freeze it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dataset.meeting import Meeting
from dataset.meetings import LONGEST_NAME, Answer, plan_meeting
from dataset.quarter import Quarter, quarters_between
from pages.parts.choosing import quarters_on_offer
from pages.parts.drawing import bullet_list, draw, safe
from pages.parts.held import PLAN, View
from pages.parts.narrating import BY
from safeguarding_metrics.meetings.freezing import freeze_meeting
from safeguarding_metrics.meetings.wording import FREEZING
from safeguarding_metrics.registers.code_lists import GROUP

_ANSWER, _SHOW = "answer_about_meeting", "meeting_to_show"


def meeting_to_show() -> str | None:
    """The meeting just planned, once."""
    found = st.session_state.pop(_SHOW, None)
    return found if isinstance(found, str) else None


def answered() -> None:
    """What became of the meeting just planned, changed or frozen, once."""
    answer = st.session_state.pop(_ANSWER, None)
    if isinstance(answer, Answer):
        draw(f'<section class="panel calm" role="status"><p>{safe(answer.sentence)}</p></section>')


def plan_form(seen: View, meeting: Meeting | None = None) -> None:
    """A form for a new meeting, or for one that is planned; what was typed stays when it is refused."""
    key = f"meeting_{meeting.reference}_{meeting.id}" if meeting else "meeting_new"
    offered = _quarters(seen, meeting)
    groups = list(dict.fromkeys([*GROUP.values, *([meeting.group_name] if meeting else [])]))
    with st.form(key):
        name = st.text_input(
            "Name of the meeting", value=meeting.name if meeting else "", max_chars=LONGEST_NAME, key=f"{key}_name"
        )
        left, middle, right = st.columns(3)
        group = left.selectbox(
            "Who meets", groups, index=groups.index(meeting.group_name) if meeting else 0, key=f"{key}_group"
        )
        held_on = middle.date_input(
            "Day of the meeting", value=meeting.day if meeting else None, format="DD/MM/YYYY", key=f"{key}_day"
        )
        quarter = right.selectbox(
            "Quarter it looks at", offered, index=offered.index(meeting.quarter) if meeting else 0, key=f"{key}_quarter"
        )
        by = st.text_input(BY, max_chars=80, key=f"{key}_by")
        pressed = st.form_submit_button("Store the changes" if meeting else "Plan this meeting", type="primary")
    if pressed:
        _kept(
            plan_meeting(
                seen.store,
                name=name,
                held_on=held_on.isoformat() if isinstance(held_on, date) else "",
                group=group,
                quarter=quarter,
                written_by=by,
                reference=meeting.reference if meeting else "",
            )
        )


def freeze_form(seen: View, meeting: Meeting) -> None:
    """The button that keeps for ever what a planned meeting sees."""
    draw(f"<p>{safe(FREEZING)}</p>")
    with st.form(f"freeze_{meeting.reference}"):
        by = st.text_input(BY, max_chars=80, key=f"freeze_{meeting.reference}_by")
        pressed = st.form_submit_button("Freeze this meeting", type="primary")
    if pressed:
        with st.spinner("Keeping everything this meeting sees…"):
            answer = freeze_meeting(seen.store, meeting, PLAN, seen.settings, written_by=by)
        _kept(answer)


def _quarters(seen: View, meeting: Meeting | None) -> list[Quarter]:
    """Every quarter that has begun since the first return, newest first, and the meeting's own."""
    offered = quarters_on_offer(seen)
    begun = quarters_between(offered[-1], max(Quarter.of(seen.today), offered[-1]))
    return sorted({*begun, *([meeting.quarter] if meeting else [])}, reverse=True)


def _kept(answer: Answer) -> None:
    if answer.meeting is None:
        items = bullet_list(safe(finding.sentence) for finding in answer.findings)
        draw(f'<section class="panel" role="status"><h3>Nothing was stored</h3>{items}</section>')
        return
    st.session_state[_ANSWER], st.session_state[_SHOW] = answer, answer.meeting.reference
    st.rerun()
