"""The gate by websocket: asked again for every message, in both directions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from access.asking import Behind, Clock, Headers, seed, signed_in, talk
from dataset.access.access import Access
from dataset.access.accounts import Account
from dataset.access.gate import COOKIE, Gate
from dataset.access.sessions import IDLE

CLOSED = [{"type": "websocket.close", "code": 4401}]
UNFIT = [{"type": "websocket.close", "code": 4403}]


@pytest.fixture
def account(access: Access) -> Account:
    return seed(access, "a.b", "chair")


@pytest.fixture
def cookie(access: Access, account: Account) -> Headers:
    return signed_in(access, account)


@pytest.mark.parametrize("headers", [(), (("cookie", f"{COOKIE}=forged"),), (("x-safeguarding-account", "a.b"),)])
def test_without_a_session_it_does_not_open(gate: Gate, behind: Behind, account: Account, headers: Headers) -> None:
    assert talk(gate, ["a"], headers) == CLOSED
    assert behind.reached == []


def test_with_a_session_messages_go_both_ways_as_its_account(gate: Gate, behind: Behind, cookie: Headers) -> None:
    sent = talk(gate, ["a", "b"], [*cookie, ("X-Safeguarding-Role", "administrator")])
    assert [one.get("text") for one in sent] == [None, "answer to a", "answer to b", "said too late"]
    assert behind.said_of_who()["x-safeguarding-role"] == "chair"
    assert "X-Safeguarding-Role" not in behind.said_of_who()


@pytest.mark.parametrize(
    ("host", "headers"),
    [
        ("evil.example", ()),
        ("[", ()),
        ("127.0.0.1:8501", (("origin", "http://evil.example"),)),
        ("127.0.0.1:8501", (("origin", "http://127.0.0.1:9000"),)),
        ("127.0.0.1:8501", (("origin", "null"),)),
        ("127.0.0.1:8501", (("sec-fetch-site", "cross-site"),)),
    ],
)
def test_another_sites_page_opens_none_with_somebodys_cookie(
    gate: Gate, behind: Behind, cookie: Headers, host: str, headers: Headers
) -> None:
    assert talk(gate, ["a"], [*cookie, *headers], host=host) == UNFIT
    assert behind.reached == []


def test_another_machine_opens_none(gate: Gate, cookie: Headers) -> None:
    assert talk(gate, ["a"], cookie, peer="2001:db8::1") == UNFIT


def test_before_a_password_is_chosen_it_does_not_open(access: Access, gate: Gate) -> None:
    assert talk(gate, ["a"], signed_in(access, seed(access, "new", "chair", must_change=True))) == CLOSED


ENDS: dict[str, Callable[[Access, Clock], object]] = {
    "signed out everywhere": lambda access, clock: access.sessions.end_all("a.b"),
    "closed": lambda access, clock: access.accounts.close("a.b"),
    "a new password": lambda access, clock: access.accounts.give_new_password("a.b"),
    "another role": lambda access, clock: access.accounts.change("a.b", "administrator"),
    "another agency": lambda access, clock: access.accounts.change("a.b", "sender", "GMP"),
    "idle": lambda access, clock: setattr(clock, "now", clock.now + IDLE),
    "the clock set back": lambda access, clock: setattr(clock, "now", clock.now - 3600),
    "accounts unreadable": lambda access, clock: [
        place.write_bytes(b"spoilt") for place in access.records.folder.iterdir()
    ],
}


@pytest.mark.parametrize("end", ENDS)
def test_an_open_page_is_closed_at_its_next_message(
    access: Access, gate: Gate, behind: Behind, cookie: Headers, clock: Clock, end: str
) -> None:
    def over() -> None:
        ENDS[end](access, clock)
        clock.now += 1

    sent = talk(gate, ["before", over, "after"], cookie)
    assert [one.get("text", one.get("code")) for one in sent] == [None, "answer to before", 4401]
    assert behind.heard == ["before"]


def test_what_the_application_says_by_itself_after_the_end_is_not_shown(
    access: Access, gate: Gate, behind: Behind, cookie: Headers, clock: Clock
) -> None:
    def over() -> None:
        access.sessions.end_all("a.b")

    sent = talk(gate, ["before", over], cookie)
    assert [one.get("text", one.get("code")) for one in sent] == [None, "answer to before", 4401]


def test_one_who_signs_out_closes_only_the_pages_of_that_session(access: Access, gate: Gate, account: Account) -> None:
    here, there = signed_in(access, account), signed_in(access, account)
    token = here[0][1].partition("=")[2]
    assert talk(gate, ["a", lambda: access.sessions.end(token), "b"], here)[-1] == CLOSED[0]
    assert talk(gate, ["a"], there)[1]["text"] == "answer to a"
