"""What the server keeps of an open window."""

from __future__ import annotations

from typing import Any

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SafeSessionState


def forget_what_is_gone() -> None:
    """At the end of a drawing: let go of how widgets looked that are not on it. What was chosen in them is kept.

    Streamlit 1.67 keeps that of every widget a window ever showed, its options and words too: after an hour of clicking
    a megabyte a window, and it never becomes less. It has no setting for it, so its own dictionary is cleared out.
    """
    context = get_script_run_ctx()
    if context is None:
        return
    state: Any = context.session_state
    while isinstance(state, SafeSessionState):
        state = state._state
    widgets, drawn = state._new_widget_state, context.shared.widget_ids_this_run.snapshot()
    # What a browser has just said of the screen before is still to be read.
    for gone in widgets.widget_metadata.keys() - widgets.states.keys() - drawn:
        del widgets.widget_metadata[gone]
