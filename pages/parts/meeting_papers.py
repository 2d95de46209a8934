"""The papers of a frozen meeting: chosen, made with each step shown, kept by the session to be downloaded."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dataset.meeting import Meeting
from pages.parts.drawing import draw, safe
from safeguarding_metrics.meetings.record import Record
from safeguarding_metrics.packs.forms import FORMS, Form, as_file
from safeguarding_metrics.packs.papers import KINDS, Kind, paper_of
from safeguarding_metrics.packs.showing import Shown, to_members

_MADE = "papers_made"


@dataclass(frozen=True)
class Made:
    """A finished file of a paper."""

    form: Form
    file_name: str
    raw: bytes


def papers(meeting: Meeting, record: Record) -> None:
    """Choose a paper and its forms, make them, download them. `record` is the meeting's own."""
    shown = to_members(record)
    draw(f'<p class="quiet">{safe(shown.marking)}</p>')
    with st.form("papers"):
        kinds: list[Kind] = list(KINDS)
        kind = st.radio("Which paper", kinds, format_func=KINDS.__getitem__, key="papers_kind")
        chosen = st.multiselect("Forms", FORMS, default=FORMS, format_func=lambda form: form.name, key="papers_forms")
        pressed = st.form_submit_button("Make the papers", type="primary")
    if pressed and not chosen:
        st.error("Choose at least one form.")
    elif pressed:
        st.session_state[_MADE] = (meeting.sha256, kind, _made(kind, shown, meeting.sha256, chosen))
    _downloads(meeting)


def _made(kind: Kind, shown: Shown, sha256: str, chosen: list[Form]) -> list[Made]:
    """Each form in turn, said while it is made."""
    place, made = st.empty(), list[Made]()
    with place.container():
        bar = st.progress(0.0, text="Reading the frozen record…")
        paper = paper_of(kind, shown, sha256)
        for number, form in enumerate(chosen, start=1):
            bar.progress(number / (len(chosen) + 1), text=f"Writing {form.name}, {number} of {len(chosen)}…")
            made.append(Made(form, f"{paper.file_name}.{form.ending}", as_file(paper, form)))
    place.empty()
    return made


def _downloads(meeting: Meeting) -> None:
    """What was made last, if it was made of this meeting; a rerun makes nothing again."""
    sha256, kind, made = st.session_state.get(_MADE, ("", "", ()))
    if sha256 != meeting.sha256:
        return
    draw(f'<p role="status">Made: {safe(KINDS[kind])}.</p>')
    with st.container(horizontal=True):
        for one in made:
            st.download_button(
                f"Download {one.form.name}",
                one.raw,
                one.file_name,
                one.form.media_type,
                on_click="ignore",
                key=f"download_{one.form.ending}",
            )
