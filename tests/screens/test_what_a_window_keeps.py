"""What the server remembers of an open window: its choices, never the figures or the code that drew them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from streamlit.runtime.state.session_state import WStates

from pages.parts.held import View
from screens.opening import SCREENS, at_screen, fine

NOT_FOLLOWED = (ModuleType, type, CodeType)


def widgets_of(window: Any) -> dict[str, Any]:
    """What Streamlit keeps of how widgets look, by their ids."""
    states = window.session_state._state._state._new_widget_state
    assert isinstance(states, WStates)
    return states.widget_metadata


def kept_by_widgets(window: Any) -> list[Any]:
    """Everything that can be reached from what Streamlit keeps of the widgets."""
    found, waiting = {}, [widgets_of(window)]
    while waiting:
        for one in gc.get_referents(waiting.pop()):
            if id(one) not in found and not isinstance(one, NOT_FOLLOWED) and not _is_namespace(one):
                found[id(one)] = one
                waiting.append(one)
    return list(found.values())


def _is_namespace(one: Any) -> bool:
    return isinstance(one, dict) and "__builtins__" in one


def of_a_screen(kept: list[Any]) -> Iterator[str]:
    """Functions of a screen: each holds the whole namespace of one drawing."""
    return (one.__qualname__ for one in kept if isinstance(one, FunctionType) and one.__module__ == "__main__")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_window_keeps_no_figures_of_what_it_showed(screen: str, demonstration: Path) -> None:
    kept = kept_by_widgets(at_screen(screen))
    assert len(kept) > 100
    assert not [one for one in kept if isinstance(one, View)]
    assert not list(of_a_screen(kept))


def test_a_window_keeps_no_widgets_of_the_screens_it_left(demonstration: Path) -> None:
    window = at_screen("quarter")
    first = set(widgets_of(window))
    for screen in ("returns", "registers", "quarter"):
        fine(window.switch_page(f"{screen}.py").run())
    fine(window.run())  # with a switch of screens the browser still says what stood on the one before
    assert set(widgets_of(window)) == first


def test_a_choice_outlasts_the_screens_between(demonstration: Path) -> None:
    window = at_screen("quarter")
    window.selectbox(key="pick_agency_owner").select("GMP").run()
    for screen in ("returns", "registers", "quarter"):
        fine(window.switch_page(f"{screen}.py").run())
    assert window.selectbox(key="pick_agency_owner").value == "GMP"
