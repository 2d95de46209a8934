"""Who is looking: the one place where a screen learns it."""

from __future__ import annotations

import streamlit as st

from dataset.access.acting import actor_now
from dataset.access.roles import ROLES, TITLES, Action, Actor, Role, can
from dataset.agencies import AGENCIES, UnknownAgency, agency
from pages.parts.drawing import draw, safe

AT_THE_MACHINE = "demonstration"
FIRST: Role = "administrator"


def current_user(*, invented: bool) -> Actor | None:
    """Whom the gate let in; in a demonstration, whoever sits at the machine in the role chosen. None for nobody."""
    if invented:
        return _as_chosen()
    said = st.user.to_dict()
    role = next((one for one in ROLES if one == said.get("safeguarding_role")), None)
    account = str(said.get("safeguarding_account") or "")
    if role is None or not account:
        return None
    return Actor(account, role, str(said.get("safeguarding_agency") or ""))


def _as_chosen() -> Actor:
    """The role chosen in this window, or the one an address names, so that it outlasts following a link."""
    asked = st.session_state.get("see_it_as") or st.query_params.get("as_role", "")
    role = next((one for one in ROLES if one == asked), FIRST)
    code = st.session_state.get("see_it_for") or st.query_params.get("as_agency", "")
    return Actor(AT_THE_MACHINE, role, _known(code) if role == "sender" else "")


def may(action: Action, agency: str = "") -> bool:
    """Whether whoever looks may do something: what they may not do is not offered."""
    return can(actor_now(), action, agency)


def say_who() -> None:
    """Who is signed in, and the way out."""
    actor = actor_now()
    if actor is not None:
        with st.sidebar:
            draw(
                f'<p class="quiet">Signed in as {safe(actor.account)}: {safe(actor.title)}. '
                '<a href="/sign-out" target="_self">Sign out</a></p>'
            )


def choose_role() -> None:
    """A demonstration can be seen as each role sees it."""
    now, roles, codes = _as_chosen(), list(reversed(ROLES)), [one.code for one in AGENCIES]
    with st.sidebar.expander("See it as another role"):
        role = st.selectbox(
            "Role", roles, roles.index(now.role), TITLES.__getitem__, key="see_it_as", persist_state="session"
        )
        code = ""
        if role == "sender":
            code = st.selectbox(
                "Agency of the sender",
                codes,
                codes.index(now.agency or codes[0]),
                lambda one: agency(one).name,
                key="see_it_for",
                persist_state="session",
            )
    for name, value in (("as_role", role if role != FIRST else ""), ("as_agency", code if role == "sender" else "")):
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def _known(code: str) -> str:
    """The code of an agency of the register; the first one's for anything else."""
    try:
        return agency(code).code
    except UnknownAgency:
        return AGENCIES[0].code
