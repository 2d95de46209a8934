"""Administration: accounts, and the audit trail. For administrators alone."""

from __future__ import annotations

import streamlit as st

from dataset.access.access import administration_of
from dataset.access.accounts import Account, WrongAccount
from dataset.access.acting import actor_now, require
from dataset.access.roles import ROLES, TITLES
from dataset.access.trail import Trail, as_csv
from dataset.agencies import AGENCIES, agency
from pages.parts.drawing import bullet_list, draw, safe, table
from pages.parts.held import view
from safeguarding_metrics.wording import counted

_SAID = "said_of_account"
MOST_LINES = 200


def main() -> None:
    """Draw the screen."""
    view()
    require("see_trail")
    administration = administration_of(view().store.path.resolve())
    accounts = administration.accounts.all()
    open_now = sum(not one.closed for one in accounts)
    st.title(f"Administration: {counted(open_now, 'open account')}")
    if said := st.session_state.pop(_SAID, ""):
        draw(f'<section class="panel calm" role="status"><p>{safe(said)}</p></section>')
    draw(_accounts(accounts))
    _add()
    if accounts:
        _change(accounts)
    _trail(administration.trail)


def _accounts(accounts: list[Account]) -> str:
    if not accounts:
        return "<p>No account has been made: a demonstration needs none.</p>"
    rows = [
        (
            safe(one.name),
            safe(TITLES[one.role]),
            safe(agency(one.agency).name if one.agency else "–"),
            "closed" if one.closed else "first password not changed yet" if one.must_change else "open",
        )
        for one in accounts
    ]
    return table("Accounts", ("Name", "Role", "Agency", "State"), rows)


def _add() -> None:
    with st.expander("Make an account"), st.form("make_account"):
        name = st.text_input("Name of the account, such as a work address", max_chars=80)
        left, right = st.columns(2)
        role = left.selectbox("Role", list(ROLES), format_func=TITLES.__getitem__)
        codes = ["", *(one.code for one in AGENCIES)]
        code = right.selectbox(
            "Agency (of a sender)", codes, format_func=lambda one: agency(one).name if one else "none"
        )
        pressed = st.form_submit_button("Make it", type="primary")
    if not pressed:
        return
    administration = administration_of(view().store.path.resolve())
    try:
        password = administration.make(actor_now(), name, role, code)
    except WrongAccount as error:
        draw(
            f'<section class="panel" role="status"><h3>Nothing was changed</h3>{bullet_list([safe(str(error))])}</section>'
        )
        return
    st.session_state[_SAID] = (
        f"{name} can sign in with the password {password}. It is shown this once; a password of their own is asked for then."
    )
    st.rerun()


def _change(accounts: list[Account]) -> None:
    with st.expander("Close an account, open it again, give it a new password"), st.form("change_account"):
        name = st.selectbox("Account", [one.name for one in accounts])
        what = st.radio("What to do", ["Give it a new password", "Close it", "Open it again"])
        pressed = st.form_submit_button("Do it")
    if not pressed:
        return
    administration = administration_of(view().store.path.resolve())
    try:
        if what == "Give it a new password":
            said = (
                f"{name}: the new password is {administration.new_password(actor_now(), name)}. It is shown this once."
            )
        else:
            administration.close(actor_now(), name, closed=what == "Close it")
            said = f"{name} is {'closed' if what == 'Close it' else 'open'} now; all its sessions have ended."
    except WrongAccount as error:
        draw(
            f'<section class="panel" role="status"><h3>Nothing was changed</h3>{bullet_list([safe(str(error))])}</section>'
        )
        return
    st.session_state[_SAID] = said
    st.rerun()


def _trail(trail: Trail) -> None:
    st.header("Audit trail")
    verified = trail.verify()
    glyph = "✔" if verified.holds else "✖"
    draw(f'<p class="lead"><span aria-hidden="true">{glyph}</span> {safe(verified.sentence)}</p>')
    search = st.text_input("Search (every word must stand in the line)", max_chars=100, key="trail_search")
    found = trail.entries(search, MOST_LINES)
    rows = [
        (
            safe(str(one.id)),
            safe(one.at[:19].replace("T", " ")),
            safe(one.account or "nobody"),
            safe(one.action),
            safe(one.what),
            safe(one.outcome),
        )
        for one in found
    ]
    if rows:
        draw(
            table(
                f"The latest {counted(len(rows), 'line')}",
                ("Line", "When (UTC)", "Who", "Action", "What", "Outcome"),
                rows,
            )
        )
        st.download_button("These lines (CSV)", lambda: as_csv(found), "audit_trail.csv", "text/csv", on_click="ignore")
    elif search:
        draw("<p>No line holds all these words.</p>")


main()
