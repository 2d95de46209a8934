"""What each role is offered on each screen, and what nobody is shown without signing in."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dataset.access.roles import ROLES
from screens.opening import FRAME, SCREENS, fine, said, signed_in, title


def at_screen_as(screen: str, role: str, of: str = "", **parameters: str) -> AppTest:
    at = AppTest.from_file(FRAME, default_timeout=60)
    at.user = signed_in(role, of)
    at.query_params.update(parameters)
    return fine(at.switch_page(f"{screen}.py").run())


def offered(at: AppTest) -> set[str]:
    """Everything that can be pressed or unfolded."""
    buttons = {one.label for one in at.button} | {one.label for one in at.expander}
    return buttons | {one.label for one in at.get("download_button")}  # type: ignore[attr-defined]


NOBODY: tuple[dict[str, str], ...] = (
    {},
    {"email": "somebody@example"},
    {"safeguarding_role": "administrator"},
    signed_in("boss"),
)


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_shown_to_nobody(screen: str, half_filled: Path) -> None:
    for user in NOBODY:
        at = AppTest.from_file(FRAME, default_timeout=60)
        at.user = dict(user)
        at = fine(at.switch_page(f"{screen}.py").run())
        assert title(at) == "Sign in to see this", user
        assert not offered(at) and "MAARS" not in said(at), user


@pytest.mark.parametrize("screen", SCREENS)
def test_every_role_may_look_at_every_screen(screen: str, half_filled: Path) -> None:
    titles = {role: title(at_screen_as(screen, role, "MAARS" if role == "sender" else "")) for role in ROLES}
    assert len(titles) == 5 and [role for role in ROLES if titles[role] == "Sign in to see this"] == []


@pytest.mark.parametrize("screen", SCREENS)
def test_a_viewer_is_offered_nothing_to_send_change_or_take_away(screen: str, half_filled: Path) -> None:
    forbidden = (
        "Send",
        "Store",
        "Enter",
        "Withdraw",
        "Plan",
        "Freeze",
        "Download",
        "CSV",
        "Excel",
        "Take",
        "Write",
        "Start",
    )
    assert not [one for one in offered(at_screen_as(screen, "viewer")) if one.startswith(forbidden) or "(CSV)" in one]


def test_a_sender_sends_for_its_own_agency_alone(half_filled: Path) -> None:
    at = at_screen_as("upload", "sender", "MAARS", agency="GMP")
    (agencies,) = [one for one in at.selectbox if one.label == "Agency"]
    assert agencies.options == ["Multi-Agency Adults At Risk System coordinator"]


def test_a_sender_withdraws_its_own_returns_alone(half_filled: Path) -> None:
    at = at_screen_as("returns", "sender", "SSP-BU")
    (which,) = [one for one in at.selectbox if one.label == "Which return"]
    assert which.options and all("SSP-BU" in one for one in which.options)


@pytest.mark.parametrize(("role", "agency"), [("viewer", ""), ("analyst", ""), ("chair", ""), ("sender", "GMP")])
def test_only_administrators_see_accounts_and_the_trail(role: str, agency: str, half_filled: Path) -> None:
    at = at_screen_as("administration", role, agency)
    assert "you may not do this" in said(at)
    assert "Audit trail" not in said(at) and not at.text_input


def test_an_administrator_makes_an_account_whose_password_is_shown_once(empty: Path) -> None:
    at = at_screen_as("administration", "administrator")
    at.text_input[0].set_value("officer@example")
    at.selectbox[0].set_value("sender")
    at.selectbox[1].set_value("GMP")
    at = fine(at.button[0].click().run())
    assert "officer@example can sign in with the password" in said(at)
    assert "Greater Manchester Police" in said(at) and "account officer@example made: sender GMP" in said(at)
    assert "can sign in with the password" not in said(fine(at.run()))


def test_a_wrong_account_is_refused_with_what_to_write(empty: Path) -> None:
    at = at_screen_as("administration", "administrator")
    at.text_input[0].set_value("officer@example")
    at.selectbox[0].set_value("sender")
    at = fine(at.button[0].click().run())
    assert "A sender belongs to one agency." in said(at) and "Nothing was changed" in said(at)


@pytest.mark.parametrize("role", ROLES)
def test_a_demonstration_can_be_seen_as_each_role(role: str, demonstration: Path) -> None:
    at = AppTest.from_file(FRAME, default_timeout=60)
    at.query_params["as_role"] = role
    at = fine(at.switch_page("registers.py").run())
    may_keep = role in ("analyst", "chair", "administrator")
    assert ("Enter a challenge" in offered(at)) == may_keep
