"""The gate's own pages: signing in and out, choosing a password, going on to the deep link."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

import pytest

from access.asking import HERE, OWN_PAGE, Behind, Clock, Headers, alone, ask, asked, scope_of, seed, signed_in
from access.conftest import opened
from dataset.access import accounts
from dataset.access.access import Access
from dataset.access.gate import COOKIE, Gate
from dataset.access.signing_in import HOME, PLACES, local_address
from dataset.access.slowly import Slowly, TooBusy

OWN = "three words of mine"


def form(**fields: str) -> bytes:
    return urlencode(fields).encode()


def wrong(name: str) -> bytes:
    """A form with a password that is nobody's."""
    return form(name=name, password=OWN)


def cookie_of(headers: Headers) -> Headers:
    """What a browser sends back."""
    kept = [value.partition(";")[0] for name, value in headers if name == "set-cookie"]
    return (("cookie", "; ".join(kept)),)


@pytest.mark.parametrize(
    "text",
    [
        "//evil.example", "///evil.example", "/\\evil.example", "\\/evil", "https://evil.example", "http:evil", "javascript:x",
        "data:x", "evil.example", "", " /x", "/x\n", "/x\r\nset-cookie: a=b", "/\t/evil.example", "/x\x00", "/\u2028x", "/\ud800",
        "/sign-in", "/sign-in?next=/x", "/sign-out", "/sign-out/", "/new-password", "//[", "/" + "x" * 2_001, "@evil", "?x",
        "/sign-in/back?code=x",
    ],
)  # fmt: skip
def test_what_is_no_address_of_ours_leads_to_the_start(text: str) -> None:
    assert local_address(text) == HOME


@pytest.mark.parametrize(
    "text", ["/", "/progress?quarter=2023%2F24+Q1", "/x?next=//evil", "/x#y", "/a:b", "/sign", "/é", "/[x"]
)
def test_a_deep_link_is_kept_as_it_is(text: str) -> None:
    assert local_address(text) == text


def test_the_first_sign_in_asks_for_a_password_of_ones_own_and_goes_on_to_the_deep_link(
    access: Access, gate: Gate, behind: Behind
) -> None:
    password = access.accounts.add("a.b", "viewer")
    said = ask(
        gate, "/sign-in", query="next=/progress%3Fa%3D1", method="POST", body=form(name="A.B", password=password)
    )
    assert (said.status, said.header("location")) == (303, "/new-password?next=/progress%3Fa%3D1")
    first = cookie_of(said.headers)
    assert ask(gate, "/progress", first, method="GET").status == 401 and behind.reached == []
    twice = form(password=OWN, again=OWN)
    said = ask(gate, "/new-password", first, query="next=/progress%3Fa%3D1", method="POST", body=twice)
    assert (said.status, said.header("location")) == (303, "/progress?a=1")
    assert ask(gate, "/progress", cookie_of(said.headers)).status == 200
    assert ask(gate, "/progress", first).status == 401
    assert [one.action for one in access.trail.entries()] == ["choose a password", "sign in"]
    assert OWN not in str(access.trail.entries()) and password not in str(access.trail.entries())


def test_a_wrong_password_an_unknown_name_and_a_closed_account_get_the_same_answer(access: Access, gate: Gate) -> None:
    seed(access, "a.b", "viewer")
    seed(access, "c.d", "viewer")
    access.accounts.close("c.d")
    said = [ask(gate, "/sign-in", method="POST", body=wrong(name)) for name in ("a.b", "nobody", "c.d")]
    assert {(one.status, one.body) for one in said} == {(401, said[0].body)}
    assert "do not match an open account" in said[0].body
    assert not [one for answer in said for one in answer.headers if one[0] == "set-cookie"]


def test_a_password_typed_as_a_name_is_not_in_the_trail(access: Access, gate: Gate) -> None:
    seed(access, "a.b", "viewer")
    for name in ("a.b", "my secret password"):
        ask(gate, "/sign-in", method="POST", body=wrong(name))
    assert [(one.what, one.outcome) for one in access.trail.entries()] == [
        ("an unknown name", "refused"),
        ("account a.b", "refused"),
    ]


def test_after_too_many_attempts_it_says_how_long_to_wait(access: Access, gate: Gate, clock: Clock) -> None:
    with access.records.writing() as database:
        database.executemany("INSERT INTO attempt VALUES ('name a.b', ?)", [(clock(),)] * 5)
    said = ask(gate, "/sign-in", method="POST", body=wrong("a.b"))
    assert said.status == 429 and said.header("retry-after") == "2" and "Try again in 2 seconds" in said.body


@pytest.mark.parametrize("https", [False, True])
def test_the_cookie_is_read_by_no_script_and_sent_by_no_other_site(
    tmp_path: Path, clock: Clock, behind: Behind, https: bool
) -> None:
    access = opened(tmp_path / "s.duckdb", clock, https=https)
    old = access.sessions.begin(seed(access, "a.b", "viewer", must_change=True))
    name = f"__Host-{COOKIE}" if https else COOKIE
    given = [("cookie", f"{name}={old}"), ("sec-fetch-site", "same-origin")]
    said = ask(Gate(behind, access), "/new-password", given, method="POST", body=form(password=OWN, again=OWN))
    kept = said.header("set-cookie")
    assert (
        kept.startswith(f"{name}=") and "Domain" not in kept and "expires" not in kept.lower() and "Max-Age" not in kept
    )
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(kept.split("; "))
    assert ("Secure" in kept.split("; ")) is https
    assert access.sessions.account(old) is None


def test_a_session_that_somebody_put_into_the_browser_is_not_taken_over(access: Access, gate: Gate) -> None:
    password = access.accounts.add("victim", "chair")
    planted = signed_in(access, seed(access, "attacker", "viewer"))
    said = ask(gate, "/sign-in", planted, method="POST", body=form(name="victim", password=password))
    assert said.status == 303 and cookie_of(said.headers) != planted
    assert access.sessions.account(planted[0][1].partition("=")[2]) is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"password": "short", "again": "short", "old": "x"}, "too many attempts"),
        ({"password": OWN, "again": "three words of yours"}, "not the same"),
        ({"password": OWN, "again": OWN}, "The password you have now is another one"),
        ({}, "The password you have now is another one"),
    ],
)
def test_at_a_desk_that_was_left_nobody_chooses_another_password(
    access: Access, gate: Gate, fields: dict[str, str], said: str
) -> None:
    cookie = signed_in(access, seed(access, "a.b", "viewer"))
    answer = ask(gate, "/new-password", cookie, method="POST", body=form(**fields))
    assert answer.status == 400 and said in answer.body
    assert 'name="old"' in ask(gate, "/new-password", cookie).body


def test_without_a_session_there_is_no_password_to_choose(gate: Gate) -> None:
    for method in ("GET", "POST"):
        said = ask(gate, "/new-password", method=method, body=form(password=OWN, again=OWN))
        assert (said.status, said.header("location")) == (303, "/sign-in?next=/new-password")


def test_signing_out_ends_the_session_and_takes_the_cookie_away(access: Access, gate: Gate) -> None:
    cookie = signed_in(access, seed(access, "a.b", "viewer"))
    assert 'method="post"' in ask(gate, "/sign-out", cookie).body
    assert ask(gate, "/", cookie).status == 200
    said = ask(gate, "/sign-out", cookie, method="POST")
    assert said.status == 200 and "Max-Age=0" in said.header("set-cookie")
    assert ask(gate, "/", cookie).status == 401
    assert ask(gate, "/sign-out", cookie, method="POST").status == 200
    assert [one.action for one in access.trail.entries()] == ["sign out"]


def test_signing_out_everywhere_ends_the_others_too(access: Access, gate: Gate) -> None:
    account = seed(access, "a.b", "viewer")
    here, there = signed_in(access, account), signed_in(access, account)
    assert ask(gate, "/sign-out", here, method="POST").status == 200
    assert ask(gate, "/", there).status == 200
    assert ask(gate, "/sign-out-everywhere", there, method="POST").status == 200
    assert ask(gate, "/", there).status == 401


@pytest.mark.parametrize("place", PLACES)
def test_another_sites_form_is_not_taken(access: Access, gate: Gate, place: str) -> None:
    cookie = signed_in(access, seed(access, "a.b", "viewer", must_change=True))
    for headers in ([("origin", "http://evil.example")], [("sec-fetch-site", "cross-site")], [("origin", "null")]):
        assert ask(gate, place, [*cookie, *headers], method="POST", body=form(password=OWN, again=OWN)).status == 403
    assert ask(gate, "/sign-out", cookie).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("place", PLACES)
def test_the_gates_own_addresses_are_read_or_sent_a_form(gate: Gate, place: str, method: str) -> None:
    assert ask(gate, place, method=method).status == 405


def test_coming_back_from_a_provider_is_no_way_in_where_people_sign_in_here(gate: Gate) -> None:
    assert ask(gate, "/sign-in/back", query="code=x&state=y").status == 404


@pytest.mark.parametrize(
    "body",
    [
        b"name=a.b&password=" + b"x" * 5_000,
        b"&".join(b"a=b" for _ in range(2_000)),
        b"&".join(b"a=b" for _ in range(11)),
        b"\xff\xfe\x00",
        b"%",
        b"name=%ff&password=%00",
        b"{}",
        b"",
    ],
)  # fmt: skip
def test_a_form_that_is_too_long_or_none_is_a_wrong_password(gate: Gate, body: bytes) -> None:
    assert ask(gate, "/sign-in", method="POST", body=body).status in (401, 429)


@pytest.mark.parametrize("markup", ['"><script>alert(1)</script>', "'onload=x", "<b>"])
def test_markup_in_an_address_is_not_written_into_the_page(gate: Gate, markup: str) -> None:
    page = ask(gate, "/sign-in", query=urlencode({"next": "/x" + markup})).body
    assert markup not in page and "<script" not in page
    assert re.search(r'action="/sign-in\?next=[^"<>\']*"', page)


async def served_meanwhile(gate: Gate, cookie: Headers) -> list[int]:
    """The statuses of a page and a form, asked for while a password waits for its turn, and then of the sign-in."""
    sign_in = scope_of("http", "/sign-in", "", [("host", HERE), *OWN_PAGE], "127.0.0.1", "POST")
    page, sign_in_form = (
        scope_of("http", path, "", [("host", HERE), *cookie], "127.0.0.1", "GET") for path in ("/", "/sign-in")
    )
    waiting = asyncio.create_task(asked(gate, sign_in, wrong("x")))
    found = [(await asked(gate, one, b"")).status for one in (page, sign_in_form)]
    assert not waiting.done()
    accounts._CHECKING.release()
    return [*found, (await waiting).status]


def test_while_passwords_are_checked_everybody_else_is_served(access: Access, gate: Gate) -> None:
    cookie = signed_in(access, seed(access, "a.b", "viewer"))
    accounts._CHECKING.acquire()
    with accounts._CHECKING:
        assert alone(served_meanwhile(gate, cookie)) == [200, 200, 401]


def test_more_people_than_can_be_served_soon_are_told_so() -> None:
    async def three_at_once() -> list[object]:
        slowly, go_on = Slowly(at_once=1, waiting=1), Event()
        tasks = [asyncio.create_task(slowly.do(go_on.wait, 20)) for _ in range(3)]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        go_on.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    found = alone(three_at_once())
    assert found[:2] == [True, True] and isinstance(found[2], TooBusy)
