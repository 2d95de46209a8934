"""What every screen stands in: the list of screens, the stylesheet, the label of invented data.

Run by the launcher, never by itself; Streamlit runs it on every first request, deep links included.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from dataset.access.access import is_demonstration
from dataset.access.acting import NotAllowed, acting, actor_now
from dataset.access.roles import Actor, can
from dataset.store import StoreUnavailable
from pages.parts.drawing import draw, invented_banner, style
from pages.parts.foot import foot
from pages.parts.held import held_store, say_and_stop, store_path
from pages.parts.screens import AT_THE_FOOT, Visibility, icon, screens
from pages.parts.who import choose_role, current_user, say_who
from pages.parts.window import forget_what_is_gone


def main() -> None:
    """Draw the frame, then the screen asked for."""
    st.set_page_config(
        page_title="Safeguarding performance",
        page_icon=icon(),
        layout="wide",
        initial_sidebar_state="auto",
    )
    told = is_demonstration(store_path())  # without opening the store, so that there is a frame to say why it cannot be
    signed_in = current_user(invented=told)
    pages = screens(lambda address: _visibility(address, signed_in, invented=told))
    home = st.Page(lambda: _go_to(pages[0]), title="Home", default=True, visibility="hidden")
    chosen = st.navigation([home, *pages], position="top")
    style()
    invented = held_store().is_demonstration
    if invented:
        invented_banner()
    with acting(current_user(invented=invented)):
        _run(chosen, invented=invented)


def _visibility(address: str, who: Actor | None, *, invented: bool) -> Visibility:
    """Whether a screen stands in the top navigation; one that does not is still reached by its address."""
    if address == "administration":
        return "visible" if can(who, "administer") and not invented else "hidden"
    return "hidden" if address in AT_THE_FOOT else "visible"


def _run(chosen: Any, *, invented: bool) -> None:
    """Draw the screen for whoever may look; what a role may not do is said and changes nothing."""
    if not can(actor_now(), "look"):
        st.title("Sign in to see this")
        draw('<p class="lead"><a href="/sign-in" target="_self">Sign in</a></p>')
        return
    try:
        chosen.run()
    except StoreUnavailable as error:  # found damaged only now, when it was read
        say_and_stop("The store cannot be read", error)
    except NotAllowed as error:
        st.error(str(error))
    foot()
    if invented:
        choose_role()
    else:
        say_who()
    forget_what_is_gone()


def _go_to(page: Any) -> None:
    """The bare address opens the first screen under its own name, so that links to it can be kept."""
    st.switch_page(page, query_params=dict(st.query_params))


main()
