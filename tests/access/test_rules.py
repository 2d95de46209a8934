"""How people sign in, as settings say it; what is unsafe is refused at the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from access.asking import Clock
from access.conftest import opened
from dataset.access.access import Access, Rules, WrongAccess, is_this_machine
from dataset.keeping import Keeping

NET = ".".join(("192", "0", "2"))  # addresses that are nobody's (RFC 5737)
OPENID = {
    "SAFEGUARDING_SIGN_IN": "openid",
    "SAFEGUARDING_OPENID_ISSUER": "https://id.example",
    "SAFEGUARDING_OPENID_CLIENT_ID": "us",
    "SAFEGUARDING_OPENID_CLIENT_SECRET": "secret",
}
PROXY = {"SAFEGUARDING_SIGN_IN": "proxy", "SAFEGUARDING_PROXY_HEADER": "X-Remote-User", "FORWARDED_ALLOW_IPS": ""}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store.duckdb"


@pytest.fixture
def demonstration(store: Path) -> Path:
    Keeping(store).folder.mkdir()
    (Keeping(store).folder / "demonstration").touch()
    return store


def test_a_store_that_is_not_there_yet_asks_for_accounts(store: Path) -> None:
    assert Rules.from_environment(store, {}).mode == "local"


def test_a_demonstration_is_open_unless_told_otherwise(demonstration: Path) -> None:
    assert Rules.from_environment(demonstration, {}).mode == "open"
    assert Rules.from_environment(demonstration, {"SAFEGUARDING_SIGN_IN": "local"}).mode == "local"


def test_a_real_store_is_never_open(store: Path) -> None:
    with pytest.raises(WrongAccess, match="Only a demonstration store may be open"):
        Rules.from_environment(store, {"SAFEGUARDING_SIGN_IN": "open"})


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"SAFEGUARDING_SIGN_IN": "Local"}, "Write one of: open, local, proxy, openid"),
        ({"SAFEGUARDING_SIGN_IN": "none"}, "Write one of"),
        ({"SAFEGUARDING_HOSTS": "dash.council.example"}, "Put HTTPS in front"),
        (PROXY | {"SAFEGUARDING_PROXY_HEADER": " "}, "SAFEGUARDING_PROXY_HEADER is missing"),
        (PROXY | {"SAFEGUARDING_PROXY_FROM": "nginx"}, "holds “nginx”. Write addresses"),
        ({name: value for name, value in PROXY.items() if name != "FORWARDED_ALLOW_IPS"}, "FORWARDED_ALLOW_IPS"),
        (PROXY | {"FORWARDED_ALLOW_IPS": "*"}, "FORWARDED_ALLOW_IPS"),
        (OPENID | {"SAFEGUARDING_OPENID_CLIENT_SECRET": ""}, "SAFEGUARDING_OPENID_CLIENT_SECRET must be set"),
        (OPENID | {"SAFEGUARDING_OPENID_ISSUER": "http://id.example"}, "must begin with https"),
        (OPENID | {"SAFEGUARDING_OPENID_ISSUER": "https://"}, "must begin with https"),
        (OPENID | {"SAFEGUARDING_OPENID_ISSUER": "https://[id"}, "must begin with https"),
    ],
)
def test_a_setting_that_is_wrong_or_unsafe_is_refused_with_what_to_write(
    store: Path, settings: dict[str, str], said: str
) -> None:
    with pytest.raises(WrongAccess, match=said):
        Rules.from_environment(store, settings)


def test_hosts_are_names_in_any_letters_and_always_this_machine(store: Path) -> None:
    rules = Rules.from_environment(store, {"SAFEGUARDING_HOSTS": " Dash.Example ,,b", "SAFEGUARDING_HTTPS": "1"})
    assert rules.hosts == {"dash.example", "b", "127.0.0.1", "::1", "localhost"} and rules.https


def test_openid_settings_are_read_only_where_they_are_used(store: Path) -> None:
    found = Rules.from_environment(store, OPENID | {"SAFEGUARDING_OPENID_CLAIM": "oid"}).openid
    assert found is not None and found.claim == "oid"
    assert Rules.from_environment(store, OPENID | {"SAFEGUARDING_SIGN_IN": "local"}).openid is None


@pytest.mark.parametrize(
    ("place", "peer", "believed"),
    [
        ("", "127.0.0.1", True),
        ("", "::1", True),
        ("", "::ffff:127.0.0.1", True),
        ("", f"{NET}.7", False),
        ("", "", False),
        ("", "nginx", False),
        (f"{NET}.7", f"{NET}.7", True),
        (f"{NET}.7", f"{NET}.70", False),
        (f"{NET}.7", "127.0.0.1", False),
        (f"{NET}.0/24", f"{NET}.70", True),
        (f"{NET}.0/24", "2001:db8::1", False),
        ("2001:DB8::/32", "2001:db8::1", True),
    ],
)
def test_a_proxy_is_believed_from_its_own_address_alone(store: Path, place: str, peer: str, believed: bool) -> None:
    rules = Rules.from_environment(store, PROXY | {"SAFEGUARDING_PROXY_FROM": place})
    assert rules.believes(peer) is believed


@pytest.mark.parametrize("peer", [f"{NET}.7", "localhost.example", "127.0.0.1.example", "x", "2001:db8::1"])
def test_other_machines_are_not_this_one(peer: str) -> None:
    assert not is_this_machine(peer)


def test_the_first_administrator_is_made_once_and_only_where_people_sign_in_here(access: Access) -> None:
    password = access.first_administrator()
    assert password and access.first_administrator() is None
    assert [(one.name, one.role, one.must_change) for one in access.accounts.all()] == [
        ("administrator", "administrator", True)
    ]
    assert [one.action for one in access.trail.entries()] == ["first administrator made"]
    assert password not in str(access.trail.entries())


@pytest.mark.parametrize("mode", ["open", "proxy", "openid"])
def test_elsewhere_no_account_is_made_by_itself(tmp_path: Path, clock: Clock, mode: str) -> None:
    access = opened(tmp_path / "store.duckdb", clock, mode=mode)
    assert access.first_administrator() is None and access.accounts.all() == []
