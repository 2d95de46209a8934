"""Signing in by OpenID Connect, against a provider on this machine."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from joserfc.jwk import OctKey, RSAKey

from access.asking import AS_PAGE, HERE, Answer, Behind, Clock, Headers, ask, seed
from access.conftest import opened
from access.provider import CLIENT, SECRET, Provider, provided
from dataset.access.access import Access, OpenIdSettings
from dataset.access.gate import COOKIE, Gate
from dataset.access.openid import FLOW_LASTS, Flow, NotIdentified, OpenId

FLOW = "safeguarding_flow"
OTHER = RSAKey.generate_key(2048, {"kid": "one"})


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with provided() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Iterator[Provider]:
    """As it was at its start; keys take long to make."""
    keys = running.keys
    running.key, running.person = running.keys[0], "a.b@council"
    running.claims, running.header, running.description, running.asked = {}, {}, {}, []
    yield running
    running.keys = keys


@pytest.fixture
def access(tmp_path: Path, clock: Clock, provider: Provider) -> Access:
    settings = OpenIdSettings(provider.issuer, CLIENT, SECRET)
    found = opened(tmp_path / "store.duckdb", clock, mode="openid", openid=settings)
    seed(found, "a.b@council", "analyst", must_change=True)
    return found


def cookies(said: Answer) -> dict[str, str]:
    kept = [value.partition(";")[0].partition("=") for name, value in said.headers if name == "set-cookie"]
    return {name: value for name, _, value in kept}


def left(gate: Gate, asked: str = "/progress?a=1") -> tuple[dict[str, str], Headers]:
    """What the provider is asked with, and the cookie of the sign-in that was begun."""
    said = ask(gate, "/sign-in", AS_PAGE, query=urlencode({"next": asked}))
    assert said.status == 303
    sent = {name: values[0] for name, values in parse_qs(urlsplit(said.header("location")).query).items()}
    return sent, (("cookie", f"{FLOW}={cookies(said)[FLOW]}"),)


def came_back(gate: Gate, provider: Provider, **changed: str) -> Answer:
    """The whole way, with some of what a browser comes back with changed."""
    sent, flow = left(gate)
    said = {"code": provider.code_for(sent), "state": sent["state"], "iss": provider.issuer} | changed
    return ask(gate, "/sign-in/back", flow, query=urlencode(said))


def test_the_provider_is_asked_for_a_code_with_state_nonce_and_challenge(gate: Gate) -> None:
    sent, _ = left(gate)
    assert sent["response_type"] == "code" and sent["client_id"] == CLIENT and "openid" in sent["scope"].split()
    assert sent["redirect_uri"] == f"http://{HERE}/sign-in/back" and sent["code_challenge_method"] == "S256"
    assert len({sent["state"], sent["nonce"], sent["code_challenge"]}) == 3
    assert min(len(sent[name]) for name in ("state", "nonce", "code_challenge")) == 43
    assert SECRET not in str(sent)


def test_who_comes_back_gets_a_session_of_ours_and_the_deep_link(
    access: Access, gate: Gate, behind: Behind, provider: Provider
) -> None:
    said = came_back(gate, provider)
    assert (said.status, said.header("location")) == (303, "/progress?a=1")
    assert cookies(said)[FLOW] == '""' and "Max-Age=0" in said.header("set-cookie")
    assert ask(gate, "/progress", [("cookie", f"{COOKIE}={cookies(said)[COOKIE]}")]).status == 200
    assert behind.said_of_who()["x-safeguarding-role"] == "analyst"
    assert [(one.action, one.what) for one in access.trail.entries()] == [("sign in", "by OpenID Connect")]


def test_the_provider_is_described_and_its_keys_are_fetched_once(gate: Gate, provider: Provider) -> None:
    for _ in range(3):
        assert came_back(gate, provider).status == 303
    assert provider.asked.count("/.well-known/openid-configuration") == provider.asked.count("/keys") == 1


def test_an_identity_without_an_open_account_here_is_refused_with_a_sentence(
    access: Access, gate: Gate, behind: Behind, provider: Provider
) -> None:
    access.accounts.close("a.b@council")
    for person in ("a.b@council", "stranger@council"):
        provider.person = person
        said = came_back(gate, provider)
        assert said.status == 403 and "have no open account here" in said.body and COOKIE not in cookies(said)
    assert {one.outcome for one in access.trail.entries()} == {"refused"} and behind.reached == []


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another application"},
        {"aud": None},
        {"aud": ["x", CLIENT]},
        {"azp": "another application"},
        {"exp": int(time.time()) - 3_600},
        {"exp": None},
        {"exp": "tomorrow"},
        {"nbf": int(time.time()) + 3_600},
        {"iat": int(time.time()) + 3_600},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"at_hash": "another"},
        {"preferred_username": None},
        {"preferred_username": ["a.b@council"]},
        {"preferred_username": " "},
    ],
    ids=lambda claims: "-".join(f"{name} {type(value).__name__}" for name, value in claims.items()),
)
def test_a_token_that_says_anything_else_than_it_should_is_refused(
    gate: Gate, behind: Behind, provider: Provider, claims: dict[str, object]
) -> None:
    provider.claims = claims
    said = came_back(gate, provider)
    assert said.status == 403 and "Sign in again" in said.body and COOKIE not in cookies(said)
    assert behind.reached == []


@pytest.mark.parametrize(
    ("key", "header"),
    [
        (OTHER, {}),
        (OctKey.import_key("0123456789abcdef0123456789abcdef"), {"alg": "HS256"}),
        (OTHER, {"kid": "unknown"}),
    ],
    ids=["another key", "a shared secret", "an unknown key"],
)
def test_a_token_that_another_key_has_signed_is_refused(
    gate: Gate, provider: Provider, key: RSAKey | OctKey, header: dict[str, object]
) -> None:
    provider.key, provider.header = key, header
    assert came_back(gate, provider).status == 403


def test_a_token_without_a_signature_is_refused(provider: Provider) -> None:
    client = OpenId(OpenIdSettings(provider.issuer, CLIENT, SECRET))
    for token in ("", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJwcmVmZXJyZWRfdXNlcm5hbWUiOiJhLmIifQ.", "...."):
        with pytest.raises(NotIdentified, match="could not be checked"):
            client._claimed({"id_token": token}, "nonce")


def test_keys_that_the_provider_has_changed_are_fetched_once_more(gate: Gate, provider: Provider) -> None:
    assert came_back(gate, provider).status == 303
    new = RSAKey.generate_key(2048, {"kid": "two", "use": "sig", "alg": "RS256"})
    provider.keys, provider.key = [new], new
    assert came_back(gate, provider).status == came_back(gate, provider).status == 303
    assert provider.asked.count("/keys") == 2


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "another"},
        {"state": ""},
        {"code": "another"},
        {"code": ""},
        {"iss": "https://evil.example"},
        {"error": "access_denied"},
        {"state": "é"},
    ],
    ids=str,
)
def test_coming_back_with_anything_else_lets_nobody_in(gate: Gate, provider: Provider, changed: dict[str, str]) -> None:
    said = came_back(gate, provider, **changed)
    assert said.status == 403 and COOKIE not in cookies(said)


def test_a_link_of_somebody_elses_sign_in_signs_nobody_in(gate: Gate, provider: Provider) -> None:
    theirs, _ = left(gate)
    _, own = left(gate)
    query = urlencode({"code": provider.code_for(theirs), "state": theirs["state"]})
    assert ask(gate, "/sign-in/back", own, query=query).status == 403
    assert ask(gate, "/sign-in/back", query=query).status == 403


def test_a_code_serves_once(gate: Gate, provider: Provider) -> None:
    sent, flow = left(gate)
    query = urlencode({"code": provider.code_for(sent), "state": sent["state"]})
    assert [ask(gate, "/sign-in/back", flow, query=query).status for _ in range(2)] == [303, 403]


def test_a_sign_in_that_took_too_long_is_begun_again(provider: Provider, clock: Clock) -> None:
    client = OpenId(OpenIdSettings(provider.issuer, CLIENT, SECRET), clock)
    _, flow = client.begin(f"http://{HERE}/sign-in/back", "/")
    for seconds in (FLOW_LASTS + 1, -2 * FLOW_LASTS):
        clock.now += seconds
        with pytest.raises(NotIdentified, match="took too long"):
            client.identity("", {"state": flow.state, "code": "x"}, flow)


@pytest.mark.parametrize("text", ["", "x", "é", "e30=", "W10=", "bnVsbA==", "eyJzdGF0ZSI6IDF9", "=" * 40, "A" * 4_000])
def test_a_cookie_that_is_no_sign_in_of_ours_is_none(gate: Gate, text: str) -> None:
    assert Flow.from_cookie(text) is None
    assert ask(gate, "/sign-in/back", [("cookie", f"{FLOW}={text}")], query="code=x&state=").status == 403


def test_a_cookie_is_read_as_it_was_written() -> None:
    flow = Flow("a", "b", "c", "/é?x=1", 12.5)
    assert Flow.from_cookie(flow.as_cookie()) == flow


@pytest.mark.parametrize(
    "description",
    [{"issuer": "https://evil.example"}, {"token_endpoint": None}, {"jwks_uri": 1}, {"authorization_endpoint": ["x"]}],
    ids=str,
)
def test_a_provider_that_describes_itself_otherwise_is_not_asked(
    gate: Gate, provider: Provider, description: dict[str, object]
) -> None:
    provider.description = description
    said = ask(gate, "/sign-in", AS_PAGE)
    assert said.status == 503 and "Tell the business unit" in said.body
    provider.description = {}
    assert ask(gate, "/sign-in", AS_PAGE).status == 303


def test_a_provider_that_does_not_answer_is_a_sentence(tmp_path: Path, clock: Clock, behind: Behind) -> None:
    with provided() as gone:
        settings = OpenIdSettings(gone.issuer, CLIENT, SECRET)
    gate = Gate(behind, opened(tmp_path / "s.duckdb", clock, mode="openid", openid=settings))
    said = ask(gate, "/sign-in", AS_PAGE, query="next=/progress")
    assert said.status == 503 and "does not answer. Try again" in said.body and "next=/progress" in said.body


def test_the_name_may_be_in_another_claim_and_an_address_must_be_checked(provider: Provider) -> None:
    client = OpenId(OpenIdSettings(provider.issuer, CLIENT, SECRET, claim="email"))
    for checked, fine in ((None, True), (True, True), (False, False), ("false", False)):
        provider.claims = {"email": "c.d@council", "email_verified": checked}
        assert identified(client, provider) == ("c.d@council" if fine else "")


def identified(client: OpenId, provider: Provider) -> str:
    address, flow = client.begin(f"http://{HERE}/sign-in/back", "/")
    sent = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    said = {"code": provider.code_for(sent), "state": flow.state}
    try:
        return client.identity(f"http://{HERE}/sign-in/back", said, flow)
    except NotIdentified:
        return ""


def test_the_passwords_kept_here_are_no_second_way_in(access: Access, gate: Gate) -> None:
    password = access.accounts.add("boss", "administrator")
    body = urlencode({"name": "boss", "password": password}).encode()
    assert COOKIE not in cookies(ask(gate, "/sign-in", method="POST", body=body))
    assert ask(gate, "/new-password").status == 404


def test_signing_out_ends_the_session_and_says_where_else_to_sign_out(gate: Gate, provider: Provider) -> None:
    cookie = [("cookie", f"{COOKIE}={cookies(came_back(gate, provider))[COOKIE]}")]
    said = ask(gate, "/sign-out", cookie, method="POST")
    assert f"{provider.issuer}/end?client_id={CLIENT}" in said.body
    assert ask(gate, "/", cookie).status == 401


def test_the_limits_of_a_session_are_the_same(gate: Gate, provider: Provider, clock: Clock) -> None:
    cookie = [("cookie", f"{COOKIE}={cookies(came_back(gate, provider))[COOKIE]}")]
    assert ask(gate, "/", cookie).status == 200
    clock.now += 16 * 60
    assert ask(gate, "/", cookie).status == 401
