"""Where a proxy says who is signed in: believed from its own address alone, for accounts that are open here."""

from __future__ import annotations

from pathlib import Path

import pytest

from access.asking import AS_PAGE, Behind, Clock, ask, seed, signed_in, talk
from access.conftest import opened
from dataset.access.access import Access
from dataset.access.gate import Gate

PROXY = "2001:db8::5"
SAYS = (("X-Remote-User", "a.b@council"),)


@pytest.fixture
def access(tmp_path: Path, clock: Clock) -> Access:
    settings = {"mode": "proxy", "proxy_header": "X-Remote-User", "proxy_from": frozenset({PROXY})}
    found = opened(tmp_path / "store.duckdb", clock, **settings)
    seed(found, "a.b@council", "analyst", must_change=True)
    seed(found, "boss", "administrator")
    return found


def test_an_account_the_proxy_names_comes_in_without_a_password_of_ours(gate: Gate, behind: Behind) -> None:
    assert ask(gate, "/progress", SAYS, peer=PROXY).status == 200
    assert behind.said_of_who()["x-safeguarding-role"] == "analyst"


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "2001:db8::6", "", "proxy"])
def test_from_anywhere_else_the_same_header_says_nothing(gate: Gate, behind: Behind, peer: str) -> None:
    assert ask(gate, "/progress", [*SAYS, ("x-forwarded-for", PROXY)], peer=peer).status == 401
    assert behind.reached == []


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("x-remote-user", ""),),
        (("x-remote-user", "nobody"),),
        (("x-remote-user", "a.b@council, boss"),),
        (("x-remote-user", "boss"), ("X-Remote-User", "a.b@council")),
        (("x_remote_user", "boss"),),
        (("x-safeguarding-account", "boss"), ("x-safeguarding-role", "administrator")),
        (("x-remote-user", "%"),),
        (("x-remote-user", "\x00boss"),),
    ],
)
def test_a_header_that_is_missing_twice_there_or_unknown_says_nothing(
    gate: Gate, behind: Behind, headers: tuple[tuple[str, str], ...]
) -> None:
    assert ask(gate, "/progress", headers, peer=PROXY).status == 401
    assert behind.reached == []


def test_a_closed_account_stays_out_within_a_second(access: Access, gate: Gate) -> None:
    access.accounts.close("a.b@council")
    assert ask(gate, "/progress", SAYS, peer=PROXY).status == 401


def test_a_cookie_of_ours_and_the_passwords_here_let_nobody_in(access: Access, gate: Gate, behind: Behind) -> None:
    boss = access.accounts.named("boss")
    assert boss is not None
    assert ask(gate, "/", signed_in(access, boss), peer=PROXY).status == 401
    said = ask(gate, "/sign-in", method="POST", body=b"name=boss&password=x", peer=PROXY)
    assert said.status == 403 and "set-cookie" not in dict(said.headers) and behind.reached == []


def test_an_unknown_person_is_told_whom_to_ask(gate: Gate) -> None:
    place = ask(gate, "/progress", AS_PAGE, peer=PROXY).header("location")
    assert place == "/sign-in?next=/progress"
    assert "Ask the business unit for an account" in ask(gate, "/sign-in", peer=PROXY).body


def test_the_first_request_is_the_sign_in_in_the_trail(access: Access, gate: Gate) -> None:
    for _ in range(3):
        ask(gate, "/progress", SAYS, peer=PROXY)
    (line,) = access.trail.entries()
    assert (line.account, line.action, line.what) == ("a.b@council", "sign in", "by the proxy")


def test_there_is_no_password_to_choose_and_no_session_to_end_here(gate: Gate) -> None:
    assert ask(gate, "/new-password", SAYS, peer=PROXY).status == 404
    assert "Sign out there" in ask(gate, "/sign-out", SAYS, peer=PROXY).body


def test_a_websocket_opens_for_whom_the_proxy_names_and_for_nobody_else(gate: Gate) -> None:
    assert [one["type"] for one in talk(gate, ["a"], SAYS, peer=PROXY)][:2] == ["websocket.accept", "websocket.send"]
    assert talk(gate, ["a"], SAYS, peer="::1") == [{"type": "websocket.close", "code": 4401}]
