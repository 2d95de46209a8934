"""Who may do what, cell by cell."""

from __future__ import annotations

from typing import get_args

import pytest

from dataset.access.acting import NotAllowed, acting, actor_now, require
from dataset.access.roles import ACTIONS, ROLES, Action, Actor, Role, can

# For each action: what belongs to one's own agency, to another, to none.
# fmt: off
TABLE: dict[str, tuple[str, str, str, str, str]] = {
    #                 viewer        sender        analyst       chair         administrator
    "look":           ("yes yes yes", "yes yes yes", "yes yes yes", "yes yes yes", "yes yes yes"),
    "look_at_rows":   ("no no no",    "yes no no",   "yes yes yes", "no no no",    "yes yes yes"),
    "take_away":      ("no no no",    "yes yes yes", "yes yes yes", "yes yes yes", "yes yes yes"),
    "send":           ("no no no",    "yes no no",   "no no no",    "no no no",    "yes yes yes"),
    "comment":        ("no no no",    "yes no no",   "no no no",    "no no no",    "yes yes yes"),
    "answer":         ("no no no",    "yes no no",   "yes yes yes", "yes yes yes", "yes yes yes"),
    "keep_registers": ("no no no",    "no no no",    "yes yes yes", "yes yes yes", "yes yes yes"),
    "rebase":         ("no no no",    "no no no",    "yes yes yes", "no no no",    "yes yes yes"),
    "plan_meeting":   ("no no no",    "no no no",    "yes yes yes", "yes yes yes", "yes yes yes"),
    "freeze_meeting": ("no no no",    "no no no",    "yes yes yes", "yes yes yes", "yes yes yes"),
    "see_trail":      ("no no no",    "no no no",    "no no no",    "no no no",    "yes yes yes"),
    "administer":     ("no no no",    "no no no",    "no no no",    "no no no",    "yes yes yes"),
}
# fmt: on
IN_TABLE: tuple[Role, ...] = ("viewer", "sender", "analyst", "chair", "administrator")


def actor(role: Role) -> Actor:
    return Actor("a", role, "GMP")


def test_the_table_has_every_role_and_every_action() -> None:
    assert IN_TABLE == ROLES
    assert tuple(TABLE) == ACTIONS == get_args(Action)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ACTIONS)
def test_a_role_may_do_what_the_table_says_and_nothing_else(role: Role, action: Action) -> None:
    expected = [word == "yes" for word in TABLE[action][IN_TABLE.index(role)].split()]
    assert [can(actor(role), action, agency) for agency in ("GMP", "SMBC-ASC", "")] == expected


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_may_do_anything(action: Action) -> None:
    assert not any(can(None, action, agency) for agency in ("GMP", ""))


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ["", "Administrator", "admin", "viewer ", "root"])
def test_a_role_that_is_not_declared_may_do_nothing(role: str, action: Action) -> None:
    unknown = Actor("a", role, "GMP")  # type: ignore[arg-type]
    assert not any(can(unknown, action, agency) for agency in ("GMP", ""))
    assert unknown.title


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ["", "delete", "Look", "send "])
def test_an_action_that_is_not_declared_is_refused_to_everybody(role: Role, action: str) -> None:
    assert not can(actor(role), action, "GMP")  # type: ignore[arg-type]


def test_a_sender_without_an_agency_owns_nothing() -> None:
    homeless = Actor("a", "sender")
    assert not [action for action in ACTIONS if action not in ("look", "take_away") and can(homeless, action)]


@pytest.mark.parametrize("other", ["gmp", " GMP", "GMPS", "GM", "GMP "])
def test_an_agency_is_its_code_letter_by_letter(other: str) -> None:
    assert not can(actor("sender"), "send", other)


def test_inside_a_screen_the_one_who_acts_is_whoever_the_frame_says() -> None:
    with acting(actor("sender")):
        assert require("send", "GMP") == actor_now() == actor("sender")
        with pytest.raises(
            NotAllowed, match=r"Agency sender, GMP: you may not do this for SMBC-ASC\. Nothing was changed"
        ):
            require("send", "SMBC-ASC")


def test_inside_a_screen_of_nobody_nothing_may_be_done() -> None:
    with acting(None), pytest.raises(NotAllowed, match="Nobody is signed in"):
        require("look")


def test_outside_every_screen_the_systems_user_acts_also_after_a_screen_failed() -> None:
    with pytest.raises(ZeroDivisionError), acting(None):
        _ = 1 / 0
    found = require("administer")
    assert found.account and found.role == "administrator"


def test_screens_inside_each_other_end_one_by_one() -> None:
    with acting(actor("chair")):
        with acting(actor("viewer")):
            assert actor_now() == actor("viewer")
        assert actor_now() == actor("chair")
