"""The gate by HTTP: what comes through, as whom, and what does not."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from access.asking import AS_PAGE, HERE, Behind, Clock, ask, seed, signed_in
from access.conftest import opened
from dataset.access.access import Access
from dataset.access.gate import COOKIE, REFUSED, Gate
from dataset.access.roles import ROLES
from dataset.access.sessions import IDLE
from dataset.access.signing_in import local_address

PATHS = (
    "/",
    "/progress",
    "/upload",
    "/static/js/index.js",
    "/media/0123.csv",
    "/component/x/y.js",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/stream",
    "/_stcore/upload_file/s/f",
    "/_stcore/bidi-components/x",
    "/app/static/x",
    "/favicon.png",
    "/healthz/",
    "/HEALTHZ",
    "/sign-in/",
    "/sign-in/../progress",
    "/..%2f..%2fetc/passwd",
    "/../../etc/passwd",
    "//evil.example/x",
    "/\\evil",
    "/a\x00b",
    "",
)
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
FORGED = (
    "x",
    "0" * 43,
    "é" * 20,
    '"',
    "a; other=b",
    "%00",
    "",
)


@pytest.mark.parametrize("path", PATHS)
def test_without_a_session_nothing_is_reached(gate: Gate, behind: Behind, path: str) -> None:
    for method in METHODS:
        assert ask(gate, path, method=method).status == 401
        said = ask(gate, path, AS_PAGE, method=method)
        assert said.status == (303 if method in ("GET", "HEAD") else 401)
    assert behind.reached == []


@pytest.mark.parametrize("query", ["", "quarter=2023%2F24+Q1&indicator=a%26b", "a=1&next=//evil.example", "é=ü"])
def test_the_way_to_sign_in_comes_back_to_the_deep_link_with_its_query(gate: Gate, query: str) -> None:
    place = urlsplit(ask(gate, "/progress", AS_PAGE, query=query).header("location"))
    asked = parse_qs(place.query)["next"][0]
    assert place.path == "/sign-in" and asked == local_address(asked) == ("/progress?" + query).rstrip("?")


def test_with_a_session_a_request_comes_through_as_its_account(access: Access, gate: Gate, behind: Behind) -> None:
    account = seed(access, "a.b@council", "sender", "GMP")
    assert ask(gate, "/progress", signed_in(access, account), query="a=1").body == "what is behind"
    assert behind.reached[-1]["query_string"] == b"a=1"
    assert behind.said_of_who() == {
        "x-safeguarding-account": "a.b@council",
        "x-safeguarding-role": "sender",
        "x-safeguarding-agency": "GMP",
    }


@pytest.mark.parametrize(
    "name",
    ["x-safeguarding-role", "X-Safeguarding-Role", "X-SAFEGUARDING-ROLE", "x_safeguarding_role", "x-Safeguarding_role"],
)
def test_what_a_client_says_of_itself_is_taken_away(access: Access, gate: Gate, behind: Behind, name: str) -> None:
    cookie = signed_in(access, seed(access, "a.b", "viewer"))
    ask(gate, "/", [(name, "administrator"), *cookie, (name, "chair"), ("x-safeguarding-account", "boss")])
    headers = [(key.decode(), value.decode()) for key, value in behind.reached[-1]["headers"]]
    ours = [one for one in headers if one[0].lower().startswith(("x-safe", "x_safe"))]
    assert ours == [("x-safeguarding-account", "a.b"), ("x-safeguarding-role", "viewer"), ("x-safeguarding-agency", "")]


@pytest.mark.parametrize("value", FORGED)
def test_a_forged_cookie_is_nobodys(access: Access, gate: Gate, behind: Behind, value: str) -> None:
    seed(access, "a.b", "viewer")
    assert ask(gate, "/", [("cookie", f"{COOKIE}={value}")]).status == 401
    assert behind.reached == []


def test_a_cookie_among_others_also_broken_ones_is_read(access: Access, gate: Gate) -> None:
    ((_, cookie),) = signed_in(access, seed(access, "a.b", "viewer"))
    assert ask(gate, "/", [("Cookie", f'a="; b@[]=; =c; ;{cookie}; d=é')]).status == 200
    assert ask(gate, "/", [("cookie", "a=b"), ("cookie", cookie)]).status == 200


def test_a_session_of_another_store_is_nobodys(tmp_path: Path, clock: Clock, gate: Gate, access: Access) -> None:
    other = opened(tmp_path / "other.duckdb", clock)
    seed(access, "a.b", "viewer")
    assert ask(gate, "/", signed_in(other, seed(other, "a.b", "administrator"))).status == 401


def test_a_session_that_is_over_lets_nothing_through(access: Access, gate: Gate, clock: Clock) -> None:
    cookie = signed_in(access, seed(access, "a.b", "viewer"))
    assert ask(gate, "/", cookie).status == 200
    clock.now += IDLE + 1
    assert ask(gate, "/", cookie).status == 401


def test_a_closed_account_lets_nothing_through(access: Access, gate: Gate, clock: Clock) -> None:
    cookie = signed_in(access, seed(access, "a.b", "viewer"))
    access.accounts.close("a.b")
    clock.now += 1
    assert ask(gate, "/", cookie).status == 401


@pytest.mark.parametrize("place", REFUSED)
def test_what_tells_of_others_is_refused_also_to_administrators(
    access: Access, gate: Gate, behind: Behind, place: str
) -> None:
    cookie = signed_in(access, seed(access, "a.b", "administrator"))
    for path in (
        place,
        "/" + place,
        "/page2" + place,
        place.upper(),
        place + "/x",
        place + ".json",
        place.replace("/", "//"),
    ):
        assert ask(gate, path, cookie).status == 404
    assert behind.reached == []


def test_health_is_told_to_everybody_on_this_machine_as_nobody(gate: Gate, behind: Behind) -> None:
    assert ask(gate, "/healthz", [("x-safeguarding-role", "administrator")]).status == 200
    assert behind.said_of_who() == {}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE"])
@pytest.mark.parametrize("role", ROLES)
def test_a_file_is_taken_only_from_who_may_send_or_keep_something(
    access: Access, gate: Gate, behind: Behind, role: str, method: str
) -> None:
    account = seed(access, "a.b", role, "GMP" if role == "sender" else "")
    said = ask(gate, "/_stcore/upload_file/secret-session/f", signed_in(access, account), method=method)
    if role == "viewer":
        (line,) = access.trail.entries()
        assert said.status == 403 and behind.reached == []
        assert (line.account, line.action, line.what, line.outcome) == (
            "a.b",
            "upload",
            "/_stcore/upload_file",
            "refused",
        )
    else:
        assert said.status == 200


@pytest.mark.parametrize("role", ROLES)
def test_a_file_that_is_taken_away_is_in_the_trail_with_its_name(access: Access, gate: Gate, role: str) -> None:
    account = seed(access, "a.b", role, "GMP" if role == "sender" else "")
    said = ask(gate, "/media/0123.csv", signed_in(access, account))
    (line,) = access.trail.entries()
    assert (line.account, line.action, line.what) == ("a.b", "take away", "/media/0123.csv figures.csv")
    if role == "viewer":
        assert (said.status, line.outcome) == (403, "refused") and "what is behind" not in said.body
    else:
        assert (said.status, line.outcome, said.body) == (200, "done", "what is behind")


@pytest.mark.parametrize("role", ["viewer", "chair"])
def test_a_picture_that_a_screen_shows_is_no_file_taken_away(access: Access, gate: Gate, role: str) -> None:
    assert ask(gate, "/media/0123.png", signed_in(access, seed(access, "a.b", role))).body == "what is behind"
    assert access.trail.entries() == []


def test_a_page_that_tries_whether_its_file_is_there_gets_no_content_and_no_line(access: Access, gate: Gate) -> None:
    tries = (*signed_in(access, seed(access, "a.b", "chair")), ("sec-fetch-mode", "cors"))
    said = ask(gate, "/media/0123.csv", tries)
    assert (said.status, said.body) == (200, "") and access.trail.entries() == []


def test_to_ask_how_long_a_file_is_takes_nothing_away(access: Access, gate: Gate) -> None:
    ask(gate, "/media/0123.csv", signed_in(access, seed(access, "a.b", "chair")), method="HEAD")
    assert access.trail.entries() == []


def test_what_is_private_is_kept_by_no_cache(access: Access, gate: Gate) -> None:
    cookie = signed_in(access, seed(access, "a.b", "chair"))
    for path in ("/", "/media/0123.csv", "/sign-in", "/healthz"):
        assert ask(gate, path, cookie).header("cache-control") == "no-store"
    assert ask(gate, "/static/js/index.js", cookie).header("cache-control") == "public"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/healthz", "/_stcore/metrics", "/progress"])
def test_every_answer_has_the_security_headers_once(gate: Gate, path: str) -> None:
    names = [name for name, _ in ask(gate, path).headers]
    for name in ("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy"):
        assert names.count(name) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:1", "localhost:8501", "LOCALHOST", "[::1]", "[::1]:8501"])
def test_it_answers_under_the_names_of_this_machine(gate: Gate, host: str) -> None:
    assert ask(gate, "/healthz", host=host).status == 200


@pytest.mark.parametrize(
    "host",
    [
        None, "", "evil.example", "127.0.0.1.evil.example", "evil@127.0.0.1", "127.0.0.1@evil", "127.0.0.1:x",
        "127.0.0.1:99999", "127.0.0.1/x", "127.0.0.1#", "[", "[::1", "::1", "[::2]", "127.0.0.1 ,evil", "é", "127.0.0.1:0",
    ],
)  # fmt: skip
def test_it_answers_under_no_other_name(gate: Gate, behind: Behind, host: str | None) -> None:
    assert ask(gate, "/healthz", host=host).status == 400
    assert behind.reached == []


def test_two_hosts_in_one_request_are_none(gate: Gate) -> None:
    assert ask(gate, "/healthz", [("Host", "evil.example")]).status == 400


def test_a_host_that_another_header_names_counts_for_nothing(gate: Gate) -> None:
    assert ask(gate, "/healthz", [("x-forwarded-host", HERE)], host="evil.example").status == 400
    assert ask(gate, "/healthz", [("x-forwarded-host", "evil.example")]).status == 200


@pytest.mark.parametrize("peer", ["192.0.2." + "7", "2001:db8::1", "x"])
def test_other_machines_are_refused_whatever_they_say_of_themselves(gate: Gate, peer: str) -> None:
    said = [("x-forwarded-for", "127.0.0.1"), ("forwarded", "for=127.0.0.1"), ("x-real-ip", "127.0.0.1")]
    assert ask(gate, "/healthz", said, peer=peer).status == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([("origin", f"http://{HERE}")], 200),
        ([("origin", f"HTTP://{HERE.upper()}")], 200),
        ([("sec-fetch-site", "same-origin")], 200),
        ([("origin", f"http://{HERE}"), ("sec-fetch-site", "same-origin")], 200),
        ([("origin", "null")], 403),
        ([("origin", "")], 403),
        ([("origin", "http://evil.example")], 403),
        ([("origin", "http://127.0.0.1:9000")], 403),
        ([("origin", f"http://{HERE}.evil.example")], 403),
        ([("origin", f"http://user@{HERE}")], 403),
        ([("origin", "http://[")], 403),
        ([("origin", f"http://{HERE}"), ("Origin", "http://evil.example")], 403),
        ([("origin", f"http://{HERE}"), ("sec-fetch-site", "cross-site")], 403),
        ([("sec-fetch-site", "same-site")], 403),
        ([("sec-fetch-site", "cross-site")], 403),
        ([("sec-fetch-site", "none"), ("sec-fetch-site", "cross-site")], 403),
        ([("origin", "http://evil.example"), ("x-forwarded-host", "evil.example")], 403),
    ],
)
def test_a_change_is_asked_for_by_a_page_of_our_own(
    access: Access, gate: Gate, headers: list[tuple[str, str]], status: int
) -> None:
    cookie = signed_in(access, seed(access, "a.b", "chair"))
    assert ask(gate, "/_stcore/upload_file/s/f", [*cookie, *headers], method="PUT").status == status


def test_a_change_of_which_no_browser_says_where_it_comes_from_is_refused(access: Access, gate: Gate) -> None:
    cookie = signed_in(access, seed(access, "a.b", "chair"))
    assert ask(gate, "/x", [*cookie, ("sec-fetch-mode", "cors"), ("sec-fetch-site", "")], method="PUT").status == 403


@pytest.mark.parametrize(
    ("host", "origin"), [("dash.example", "https://dash.example"), ("dash.example:443", "https://dash.example")]
)
def test_the_usual_port_is_the_same_written_or_not(
    tmp_path: Path, clock: Clock, behind: Behind, host: str, origin: str
) -> None:
    access = opened(tmp_path / "s.duckdb", clock, hosts=frozenset({"dash.example"}))
    cookie = signed_in(access, seed(access, "a.b", "chair"))
    gate = Gate(behind, access)
    assert ask(gate, "/x", [*cookie, ("origin", origin)], method="PUT", host=host).status == 200
    assert ask(gate, "/x", [*cookie, ("origin", origin + ":8443")], method="PUT", host=host).status == 403


def test_a_damaged_file_of_accounts_is_a_sentence_and_lets_nobody_in(
    access: Access, gate: Gate, behind: Behind
) -> None:
    cookie = signed_in(access, seed(access, "a.b", "administrator"))
    for place in access.records.folder.iterdir():
        place.write_bytes(b"not a database")
    said = ask(gate, "/", cookie)
    assert said.status == 503 and "Nothing was changed" in said.body and behind.reached == []


def test_a_file_does_not_leave_unnoted(access: Access, gate: Gate) -> None:
    cookie = signed_in(access, seed(access, "a.b", "chair"))
    assert ask(gate, "/", cookie).status == 200
    with access.records.writing() as database:
        database.execute("ALTER TABLE trail RENAME TO gone")
    said = ask(gate, "/media/0123.csv", cookie)
    assert said.status == 503 and "what is behind" not in said.body


@pytest.mark.parametrize("path", ["/", "/upload", "/sign-in", "/media/x"])
def test_a_demonstration_is_open_on_this_machine_as_nobody(
    tmp_path: Path, clock: Clock, behind: Behind, path: str
) -> None:
    gate = Gate(behind, opened(tmp_path / "s.duckdb", clock, mode="open"))
    assert ask(gate, path, [("X-Safeguarding-Role", "administrator")]).status == 200
    assert behind.said_of_who() == {}
    assert ask(gate, path, peer="2001:db8::1").status == 403
    assert ask(gate, "/_stcore/metrics").status == 404
