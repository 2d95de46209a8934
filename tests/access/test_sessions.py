"""Sessions: when they end, and what of them is kept."""

from __future__ import annotations

import hashlib

import pytest

from access.asking import Clock, seed
from dataset.access.access import Access
from dataset.access.accounts import Account
from dataset.access.sessions import ABSOLUTE, CLOCKS_DIFFER, IDLE, REMEMBERED, SEEN_EVERY


@pytest.fixture
def account(access: Access) -> Account:
    return seed(access, "a.b", "viewer")


def kept_by(access: Access) -> bytes:
    return b"".join(place.read_bytes() for place in access.records.folder.iterdir())


def test_a_token_has_256_bits_and_only_its_hash_is_kept(access: Access, account: Account) -> None:
    token = access.sessions.begin(account)
    assert len(token) == 43 and token != access.sessions.begin(account)
    assert access.sessions.account(token) == account
    assert token.encode() not in kept_by(access)
    assert hashlib.sha256(token.encode()).hexdigest().encode() in kept_by(access)


@pytest.mark.parametrize("token", ["", "x", "é", "\x00", "a" * 100_000, "' OR 1=1 --", "%"])
def test_what_never_was_a_session_is_nobodys(access: Access, account: Account, token: str) -> None:
    access.sessions.begin(account)
    assert access.sessions.account(token) is None


def test_the_hash_that_is_kept_signs_nobody_in(access: Access, account: Account) -> None:
    token = access.sessions.begin(account)
    assert access.sessions.account(hashlib.sha256(token.encode()).hexdigest()) is None


def test_it_ends_after_fifteen_minutes_without_a_request(access: Access, account: Account, clock: Clock) -> None:
    token = access.sessions.begin(account)
    clock.now += IDLE
    assert access.sessions.account(token, active=False) == account
    clock.now += REMEMBERED
    assert access.sessions.account(token) is None


def test_a_page_that_only_listens_falls_idle(access: Access, account: Account, clock: Clock) -> None:
    token, began = access.sessions.begin(account), clock.now
    while access.sessions.account(token, active=False):
        clock.now += 0.9 * IDLE / 10
    assert clock.now - began <= 1.1 * IDLE


def test_somebody_at_work_stays_in_also_while_the_page_listens(access: Access, account: Account, clock: Clock) -> None:
    token = access.sessions.begin(account)
    for _ in range(20):
        clock.now += IDLE / 4
        assert access.sessions.account(token, active=False) and access.sessions.account(token)


def test_it_ends_after_eight_hours_of_work(access: Access, account: Account, clock: Clock) -> None:
    token, began = access.sessions.begin(account), clock.now
    while access.sessions.account(token):
        clock.now += IDLE / 2
    assert ABSOLUTE < clock.now - began <= ABSOLUTE + IDLE


def test_it_is_looked_up_once_a_second_and_noted_once_in_half_a_minute(
    access: Access, account: Account, clock: Clock
) -> None:
    token, began = access.sessions.begin(account), clock.now
    access.sessions.account(token)
    assert access.sessions.remembered(token) == account
    clock.now += REMEMBERED
    assert access.sessions.remembered(token) is None
    access.sessions.account(token)
    assert last_seen(access) == began
    clock.now += SEEN_EVERY
    access.sessions.account(token)
    assert last_seen(access) == clock.now


def last_seen(access: Access) -> float:
    with access.records.reading() as database:
        return float(database.execute("SELECT last_seen FROM session").fetchone()[0])


def test_signing_out_here_ends_this_session_at_once_and_no_other(access: Access, account: Account) -> None:
    here, there = access.sessions.begin(account), access.sessions.begin(account)
    assert access.sessions.account(here) and access.sessions.account(there)
    access.sessions.end(here)
    assert access.sessions.account(here) is None
    assert access.sessions.account(there) == account


def test_signing_out_everywhere_ends_all_of_one_account(access: Access, account: Account) -> None:
    tokens = [access.sessions.begin(account) for _ in range(2)]
    other = access.sessions.begin(seed(access, "c.d", "chair"))
    access.sessions.end_all("A.B")
    assert [access.sessions.account(token) for token in tokens] == [None, None]
    assert access.sessions.account(other) is not None


@pytest.mark.parametrize("change", ["close", "give_new_password"])
def test_a_closed_account_and_a_new_password_end_them_within_a_second(
    access: Access, account: Account, clock: Clock, change: str
) -> None:
    token = access.sessions.begin(account)
    assert access.sessions.account(token)
    getattr(access.accounts, change)("a.b")
    clock.now += REMEMBERED
    assert access.sessions.account(token) is None
    access.accounts.close("a.b", closed=False)
    assert access.sessions.account(token) is None


def test_another_role_is_seen_within_a_second(access: Access, account: Account, clock: Clock) -> None:
    token = access.sessions.begin(account)
    assert access.sessions.account(token) == account
    access.accounts.change("a.b", "chair")
    clock.now += REMEMBERED
    found = access.sessions.account(token)
    assert found is not None and found.role == "chair"


@pytest.mark.parametrize("hours", [1, 7, 24, 24 * 365])
def test_a_clock_set_back_prolongs_nothing(access: Access, account: Account, clock: Clock, hours: int) -> None:
    token = access.sessions.begin(account)
    clock.now -= hours * 3600
    assert access.sessions.account(token) is None


def test_a_clock_that_is_corrected_by_seconds_ends_nothing(access: Access, account: Account, clock: Clock) -> None:
    token = access.sessions.begin(account)
    clock.now -= CLOCKS_DIFFER / 2
    assert access.sessions.account(token) == account


def test_old_sessions_are_forgotten(access: Access, account: Account, clock: Clock) -> None:
    access.sessions.begin(account)
    clock.now += 2 * ABSOLUTE + 1
    access.sessions.begin(account)
    with access.records.reading() as database:
        assert database.execute("SELECT count(*) FROM session").fetchone() == (1,)
