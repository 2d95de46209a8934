"""The words beside a figure: what its owners say, what they owe, and a form to say it."""

from __future__ import annotations

import streamlit as st

from dataset.agencies import Agency, agency
from dataset.comment import Comment
from dataset.commentary import ABOUT_NOBODY, MOST_CHARACTERS, PARTS, Answer, comments, write_comment
from dataset.quarter import Quarter
from pages.parts.drawing import bullet_list, details, draw, safe
from pages.parts.held import View, progress_view
from pages.parts.who import may
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.narrating import (
    NARRATIVE,
    AgencyNarrative,
    NarrativeState,
    NarrativeWord,
    judgements_by_indicator,
    narrative_state,
)
from safeguarding_metrics.wording import counted

BY = "Your role (no name is needed)"
_ANSWER = "answer_to_comment"
_COLOURS: dict[NarrativeWord, str] = {"owed": "not_met", "outdated": "near", "given": "met", "not_needed": "note"}


def narrative_badge(state: NarrativeWord) -> str:
    """Glyph, word and colour of where the commentary on a figure stands."""
    glyph, word = NARRATIVE[state]
    return f'<span class="badge badge-{_COLOURS[state]}"><span aria-hidden="true">{glyph}</span> {safe(word)}</span>'


def thread(seen: View, indicator: Indicator, quarter: Quarter, *, special_cause: bool = False) -> None:
    """What the owners say of a figure, what they owe, and the earlier versions one step behind."""
    state, said = _known(seen, indicator, quarter, special_cause)
    draw("<h2>What the agencies say</h2>")
    _answered(indicator, quarter)
    lines = [safe(part.sentence) for part in state.parts if part.state != "not_needed"]
    words = bullet_list(lines) if len(lines) > 1 else f"<p>{safe(state.sentence)}</p>"
    draw(f"<p>{narrative_badge(state.state)}</p>{words}")
    for code in dict.fromkeys(one.agency for one in said):
        draw(_versions([one for one in said if one.agency == code]))


def write_form(seen: View, indicator: Indicator, quarter: Quarter, *, special_cause: bool = False) -> None:
    """A form for an owner's comment; what was typed stays when it is refused."""
    if seen.reading.as_at is not None:
        draw(
            '<p class="quiet">You look at the figures of an earlier day. To write a comment, empty “As reported on”.</p>'
        )
        return
    state, _ = _known(seen, indicator, quarter, special_cause)
    if not any(may("comment", part.agency.code) for part in state.parts):
        return
    with st.expander(f"Write a comment on {quarter}", expanded=bool(state.owed_by)):
        draw(f'<p class="lead">{safe(ABOUT_NOBODY)}</p>')
        part = _whose(state)
        # What is typed belongs to one agency's comment on one figure and never passes to another.
        key = f"comment_{indicator.id}_{quarter.id}_{part.agency.code}"
        with st.form(key):
            written = {name: _area(name, part.comment, key) for name in PARTS}
            by = st.text_input(BY, max_chars=80, persist_state="session", key="comment_by")
            pressed = st.form_submit_button("Store the comment", type="primary")
        before = part.comment.id if part.comment else None
        if not pressed:
            st.session_state[f"{key}_before"] = before
            return
        answer = write_comment(
            seen.store,
            agency=part.agency.code,
            indicator=indicator.id,
            quarter=quarter,
            **written,
            written_by=by,
            owners=indicator.owners,
            knowing=st.session_state.get(f"{key}_before", before),
            again=part.state == "outdated",
        )
        if answer.result == "rejected":
            draw(_refused(answer))
            return
        st.session_state[_ANSWER] = (indicator.id, quarter, answer)
        st.rerun()


def _known(
    seen: View, indicator: Indicator, quarter: Quarter, special_cause: bool
) -> tuple[NarrativeState, tuple[Comment, ...]]:
    return seen.once(
        ("narrative", indicator.id, quarter, seen.today, special_cause),
        lambda: _worked_out(seen, indicator, quarter, special_cause),
    )


def _worked_out(
    seen: View, indicator: Indicator, quarter: Quarter, special_cause: bool
) -> tuple[NarrativeState, tuple[Comment, ...]]:
    """The state and every version on the figure."""
    said = tuple(c for c in comments(seen.reading) if (c.indicator, c.quarter) == (indicator.id, quarter))
    verdicts = judgements_by_indicator(progress_view(seen, quarter).rows).get(indicator.id, ())
    state = narrative_state(
        seen.reading,
        seen.cube,
        indicator,
        quarter,
        said=said,
        today=seen.today,
        judgements=verdicts,
        special_cause=special_cause,
    )
    return state, said


def _whose(state: NarrativeState) -> AgencyNarrative:
    """The owner who writes; those who owe a comment stand first."""
    parts: dict[Agency, AgencyNarrative] = {
        part.agency: part
        for part in sorted(state.parts, key=lambda part: not part.is_owed)
        if may("comment", part.agency.code)
    }
    chosen = st.selectbox(
        "Agency that comments (an owner of this figure)",
        list(parts),
        format_func=lambda one: one.name,
        key=f"comment_agency_{state.indicator.id}_{state.quarter.id}",
    )
    return parts[chosen]


def _area(name: str, current: Comment | None, key: str) -> str:
    title, help_text = PARTS[name]
    return st.text_area(
        title,
        value=getattr(current, name) if current else "",
        help=help_text,
        max_chars=MOST_CHARACTERS,
        key=f"{key}_{name}",
        persist_state="session",
    )


def _answered(indicator: Indicator, quarter: Quarter) -> None:
    """What became of the comment just stored, once."""
    kept = st.session_state.get(_ANSWER)
    if not kept or kept[:2] != (indicator.id, quarter):
        return
    answer: Answer = st.session_state.pop(_ANSWER)[2]
    draw(f'<section class="panel calm" role="status"><p>{safe(answer.sentence)}</p></section>')


def _refused(answer: Answer) -> str:
    items = bullet_list(safe(finding.sentence) for finding in answer.findings)
    return f'<section class="panel" role="status"><h3>Nothing was stored</h3>{items}</section>'


def _versions(versions: list[Comment]) -> str:
    """One agency's comment, oldest version first in `versions`, the current one shown open."""
    *earlier, now = versions
    name = safe(agency(now.agency).name)
    body = f'<section class="panel calm"><h3>{name}</h3>{_version(now)}'
    if earlier:
        inner = "".join(_version(one) for one in reversed(earlier))
        body += details(counted(len(earlier), "earlier version"), inner)
    return f"{body}</section>"


def _version(one: Comment) -> str:
    parts = "".join(
        f"<p><strong>{safe(title)}</strong><br>{'<br>'.join(safe(line) for line in text.split(chr(10)))}</p>"
        for (title, _), text in zip(PARTS.values(), one.parts, strict=True)
    )
    return f'{parts}<p class="quiet">{safe(one.written_by)}, {one.written_at:%d/%m/%Y at %H:%M} UTC</p>'
