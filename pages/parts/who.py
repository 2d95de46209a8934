"""Who is looking: the one place where a screen learns it."""

from __future__ import annotations

import streamlit as st

from dataset.access.roles import ROLES, TITLES, Actor, Role
from dataset.agencies import AGENCIES, UnknownAgency, agency

AT_THE_MACHINE = "demonstration"


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
    role = next((one for one in ROLES if one == st.query_params.get("as_role", "")), None)
    chosen: Role = st.session_state.get("see_it_as", role or "administrator")
    code = st.session_state.get("see_it_for", "")
    return Actor(AT_THE_MACHINE, chosen, code if chosen == "sender" and _is_known(code) else "")


def choose_role() -> None:
    """A demonstration can be seen as each role sees it."""
    with st.sidebar.expander("See it as another role"):
        st.selectbox(
            "Role",
            list(reversed(ROLES)),
            format_func=TITLES.__getitem__,
            key="see_it_as",
            persist_state="session",
        )
        st.selectbox(
            "Agency of a sender",
            [one.code for one in AGENCIES],
            format_func=lambda code: agency(code).name,
            key="see_it_for",
            persist_state="session",
        )


def _is_known(code: str) -> bool:
    try:
        return bool(agency(code))
    except UnknownAgency:
        return False
