"""Where an indicator's process is looked at afresh: a small form, and what was decided before."""

from __future__ import annotations

import streamlit as st

from dataset.quarter import Quarter, quarters_between
from dataset.rebasing import MOST_CHARACTERS, Answer, Rebase, in_force, start_baseline, take_back
from pages.parts.drawing import bullet_list, details, draw, safe
from pages.parts.held import View
from pages.parts.narrating import BY
from pages.parts.who import may
from safeguarding_metrics import indicator_wording as words
from safeguarding_metrics import wording
from safeguarding_metrics.measuring import Series

_ANSWER = "answer_to_rebase"


def rebase_form(seen: View, series: Series, quarter: Quarter, versions: tuple[Rebase, ...]) -> None:
    """Start a new baseline or take one back; what was typed stays when it is refused."""
    indicator = series.indicator
    own = tuple(one for one in versions if one.indicator == indicator.id)
    _answered(indicator.id)
    if own:
        said = bullet_list(safe(words.rebase_version_sentence(one)) for one in reversed(own))
        draw(details(f"{wording.counted(len(own), 'decision')} about baselines", said))
    if seen.reading.as_at is not None:
        draw(f'<p class="quiet">{safe(words.REBASE_EARLIER_DAY)}</p>')
        return
    if not may("rebase"):
        return
    started = [one.quarter for one in in_force(own)]
    with st.expander("Start a new baseline"):
        draw(f"<p>{safe(words.REBASE_INTRO)}</p>")
        kind = _kind() if started else "start"
        offered = started if kind == "take_back" else _on_offer(series, quarter)
        with st.form(f"rebase_{indicator.id}_{kind}"):
            chosen = st.selectbox(words.KINDS[kind], offered, format_func=str, key=f"rebase_from_{indicator.id}_{kind}")
            reason = st.text_input(
                "Reason: what changed in the process, and when",
                max_chars=MOST_CHARACTERS,
                key=f"rebase_reason_{indicator.id}_{kind}",
            )
            by = st.text_input(BY, max_chars=80, persist_state="session", key="rebase_by")
            pressed = st.form_submit_button("Record it")
        if pressed:
            act = take_back if kind == "take_back" else start_baseline
            _shown(indicator.id, act(seen.store, indicator=indicator.id, quarter=chosen, reason=reason, written_by=by))


def _kind() -> words.Kind:
    chosen: words.Kind = st.radio(
        "What to record", list(words.KINDS), format_func=words.KINDS.__getitem__, key="rebase_kind"
    )
    return chosen


def _on_offer(series: Series, quarter: Quarter) -> list[Quarter]:
    """The quarters a baseline may start from, newest first: any but the first, up to the one looked at."""
    first = series.quarters[0].quarter
    return list(reversed(quarters_between(first, quarter)))[:-1] or [quarter]


def _shown(indicator: str, answer: Answer) -> None:
    if answer.result == "rejected":
        items = bullet_list(safe(finding.sentence) for finding in answer.findings)
        draw(f'<section class="panel" role="status"><h3>Nothing was stored</h3>{items}</section>')
        return
    st.session_state[_ANSWER] = (indicator, answer)
    st.rerun()


def _answered(indicator: str) -> None:
    """What became of what was just recorded, once."""
    kept = st.session_state.pop(_ANSWER, None)
    if kept and kept[0] == indicator:
        draw(f'<section class="panel calm" role="status"><p>{safe(kept[1].sentence)}</p></section>')
