"""Whatever bytes arrive, the gate answers with a status below 500 and lets nothing through without a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access.asking import HERE, Behind, Clock, ask, seed, signed_in, talk
from access.conftest import opened
from dataset.access.gate import COOKIE, Gate
from dataset.access.signing_in import PLACES, local_address

ANY = st.text(st.characters(max_codepoint=255), max_size=60)
NAMES = st.sampled_from(
    ["host", "Host", "origin", "cookie", "accept", "sec-fetch-site", "x-safeguarding-role", "x-forwarded-for"]
)
HEADERS = st.lists(st.tuples(NAMES | ANY, ANY | ANY.map(lambda text: f"{COOKIE}={text}")), max_size=4)
PATHS = ANY | ANY.map(lambda text: "/" + text) | st.sampled_from([place for place in PLACES if place != "/sign-in"])
TRIED = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gate, Behind]:
    behind = Behind()
    return Gate(behind, opened(tmp_path_factory.mktemp("fuzz") / "store.duckdb", Clock())), behind


@TRIED
@given(
    path=PATHS,
    query=ANY | ANY.map(lambda text: f"next={text}"),
    headers=HEADERS,
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "OPTIONS"]) | ANY,
    body=st.binary(max_size=200),
    host=st.just(HERE) | ANY,
)
def test_any_request(
    guarded: tuple[Gate, Behind],
    path: str,
    query: str,
    headers: list[tuple[str, str]],
    method: str,
    body: bytes,
    host: str,
) -> None:
    gate, behind = guarded
    said = ask(gate, path, headers, method=method, query=query, body=body, host=host)
    assert 200 <= said.status < 500
    assert not [scope for scope in behind.reached if scope["path"] != "/healthz"]


@TRIED
@given(headers=HEADERS, host=st.just(HERE) | ANY)
def test_any_websocket(guarded: tuple[Gate, Behind], headers: list[tuple[str, str]], host: str) -> None:
    gate, _ = guarded
    assert [one["type"] for one in talk(gate, ["a"], headers, host=host)] == ["websocket.close"]


@settings(max_examples=500)
@given(st.text(max_size=40) | st.text("/\\.:@[]?#%evil \t", max_size=12).map(lambda text: "/" + text))
def test_any_address_to_go_on_to_stays_here(text: str) -> None:
    found = local_address(text)
    assert found.startswith("/") and found[:2] not in ("//", "/\\") and "\\" not in found and found.isprintable()


def test_what_is_written_beside_the_store_is_no_cell(tmp_path: Path, clock: Clock) -> None:
    """The query of a file's address may hold anything; the trail holds the path alone."""
    access = opened(tmp_path / "s.duckdb", clock)
    gate = Gate(Behind(), access)
    ask(gate, "/media/0123.csv", signed_in(access, seed(access, "a.b", "chair")), query="title=somebody")
    assert "somebody" not in str(access.trail.entries())
