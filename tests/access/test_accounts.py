"""Local accounts: names, roles, passwords, and waiting after wrong ones."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters

from access.asking import Clock, seed
from dataset.access import accounts as module
from dataset.access.access import Access
from dataset.access.accounts import (
    FREE_ATTEMPTS,
    FREE_FROM_ADDRESS,
    LONGEST_WAIT,
    Account,
    TooSoon,
    WrongAccount,
    nobodys_code,
)


def failed(access: Access, clock: Clock, who: str, times: int) -> None:
    """As if so many attempts had failed just now."""
    with access.records.writing() as database:
        database.executemany("INSERT INTO attempt VALUES (?, ?)", [(who, clock())] * times)


@pytest.mark.parametrize(
    "name", ["", "a", "é.b", "a b", "a\nb", ".a", "a" * 81, "a'b", "<b>bb", "a/b", "ab\n", "\x00ab"]
)
def test_a_name_is_letters_digits_and_what_work_addresses_hold(access: Access, name: str) -> None:
    with pytest.raises(WrongAccount, match="2 to 80 letters"):
        access.accounts.add(name, "viewer")


@pytest.mark.parametrize("role", ["", "Viewer", "root", "sender;drop"])
def test_a_role_is_one_of_five(access: Access, role: str) -> None:
    with pytest.raises(WrongAccount, match=r"not a role\. Write one of: viewer, sender, analyst, chair, administrator"):
        access.accounts.add("a.b", role)


@pytest.mark.parametrize(
    ("role", "agency", "said"),
    [
        ("sender", "", "belongs to one agency"),
        ("sender", "XYZ", "belongs to one agency"),
        ("viewer", "GMP", "Only a sender"),
    ],
)
def test_an_agency_is_for_senders_and_a_known_one(access: Access, role: str, agency: str, said: str) -> None:
    with pytest.raises(WrongAccount, match=said):
        access.accounts.add("a.b", role, agency)
    assert access.accounts.all() == []


def test_a_name_is_taken_also_in_other_letters_and_when_closed(access: Access) -> None:
    seed(access, "a.b@council", "viewer")
    access.accounts.close("A.B@COUNCIL")
    with pytest.raises(WrongAccount, match=r"There is an account “A\.b@Council” already"):
        access.accounts.add("A.b@Council", "viewer")


def test_a_first_password_is_kept_as_a_code_and_must_be_changed(access: Access) -> None:
    password = access.accounts.add("a.b", "sender", "gmp")
    assert password.encode() not in access.records.file.read_bytes()
    found = access.accounts.check("A.B", password)
    assert found == Account("a.b", "sender", "GMP", must_change=True, closed=False)
    access.accounts.change_password("a.b", "three words of mine")
    found = access.accounts.check("a.b", "three words of mine")
    assert isinstance(found, Account) and not found.must_change
    with pytest.raises(WrongAccount, match="the password you have already"):
        access.accounts.change_password("a.b", "three words of mine")
    access.accounts.close("a.b")
    assert access.accounts.check("a.b", "three words of mine") is None


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "12 characters"),
        ("a" * 11, "12 characters"),
        ("a" * 201, "200 characters"),
        ("ababababababab", "again and again"),
        ("my A.Nother word", "name of its account"),
    ],
)
def test_a_password_that_is_guessed_is_refused(access: Access, password: str, said: str) -> None:
    seed(access, "a.nother", "viewer")
    with pytest.raises(WrongAccount, match=said):
        access.accounts.change_password("a.nother", password)


def test_what_is_not_there_cannot_be_changed(access: Access) -> None:
    for change in (access.accounts.close, access.accounts.give_new_password):
        with pytest.raises(WrongAccount, match="There is no account “nobody”"):
            change("nobody")
    with pytest.raises(WrongAccount, match="There is no account"):
        access.accounts.change("nobody", "viewer")


def test_the_last_administrator_stays(access: Access) -> None:
    seed(access, "one", "administrator")
    two = seed(access, "two", "administrator")
    access.accounts.close("two")
    for change in (lambda: access.accounts.close("ONE"), lambda: access.accounts.change("one", "viewer")):
        with pytest.raises(WrongAccount, match="last administrator"):
            change()
    access.accounts.change("one", "administrator")
    access.accounts.close("two", closed=False)
    access.accounts.close("one")
    assert access.accounts.named("two") == two


def test_others_are_closed_also_where_one_administrator_is_left(access: Access) -> None:
    seed(access, "one", "administrator")
    seed(access, "b.c", "viewer")
    access.accounts.close("b.c")
    found = access.accounts.named("b.c")
    assert found is not None and found.closed


class Noting(PasswordHasher):
    """Remembers how much work each password that it compared was."""

    def __init__(self) -> None:
        super().__init__()
        self.worked: list[Parameters] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.worked.append(extract_parameters(str(hash)))
        return super().verify(hash, password)


def test_a_wrong_name_costs_the_same_work_as_a_wrong_password(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    with access.records.reading() as database:
        seed(access, "real", "viewer")
        kept = database.execute("SELECT password FROM account").fetchone()[0]
    assert (
        extract_parameters(nobodys_code()) == extract_parameters(kept) == extract_parameters(module._HASHER.hash("x"))
    )
    monkeypatch.setattr(module, "_HASHER", noting := Noting())
    for name in ("real", "nobody"):
        assert access.accounts.check(name, "wrong") is None
    assert noting.worked == [extract_parameters(kept)] * 2


def test_the_first_wrong_attempts_are_free_and_each_next_waits_twice_as_long(access: Access, clock: Clock) -> None:
    seed(access, "a.b", "viewer")
    failed(access, clock, "name a.b", FREE_ATTEMPTS - 1)
    assert access.accounts.check("A.B", "wrong") is None
    assert access.accounts.check("a.b", "wrong") == TooSoon(2.0)
    clock.now += 1.5
    assert access.accounts.check("a.b", "wrong") == TooSoon(0.5)
    clock.now += 0.6
    assert access.accounts.check("a.b", "wrong") is None
    assert access.accounts.check("a.b", "wrong") == TooSoon(4.0)


def test_a_wait_is_never_longer_than_fifteen_minutes_and_then_forgotten(access: Access, clock: Clock) -> None:
    failed(access, clock, "name a.b", 5_000)
    assert access.accounts.check("a.b", "wrong") == TooSoon(LONGEST_WAIT)
    clock.now += LONGEST_WAIT + 1
    assert access.accounts.check("a.b", "wrong") is None


def test_an_address_waits_too_whatever_names_it_tries(access: Access, clock: Clock) -> None:
    failed(access, clock, "address there", FREE_FROM_ADDRESS)
    assert isinstance(access.accounts.check("some.name", "wrong", "there"), TooSoon)
    assert access.accounts.check("some.name", "wrong", "elsewhere") is None


def test_signing_in_ends_the_wait_of_a_name_and_counts_nothing_against_the_address(
    access: Access, clock: Clock
) -> None:
    password = access.accounts.add("a.b", "viewer")
    failed(access, clock, "name a.b", FREE_ATTEMPTS - 1)
    assert isinstance(access.accounts.check("a.b", password, "there"), Account)
    with access.records.reading() as database:
        assert database.execute("SELECT count(*) FROM attempt").fetchone() == (0,)


def test_a_new_password_ends_the_wait(access: Access, clock: Clock) -> None:
    seed(access, "a.b", "viewer")
    failed(access, clock, "name a.b", 50)
    access.accounts.give_new_password("a.b")
    assert access.accounts.check("a.b", "wrong") is None


def test_a_clock_set_back_makes_nobody_wait_for_a_year(access: Access, clock: Clock) -> None:
    failed(access, clock, "name a.b", 50)
    clock.now -= 365 * 86_400
    assert access.accounts.check("a.b", "wrong") is None


def test_many_attempts_at_once_are_no_way_round_the_wait(access: Access) -> None:
    seed(access, "a.b", "viewer")
    with ThreadPoolExecutor(12) as threads:
        found = list(threads.map(lambda _: access.accounts.check("a.b", "wrong"), range(12)))
    assert found.count(None) == FREE_ATTEMPTS
    assert sum(isinstance(one, TooSoon) for one in found) == 12 - FREE_ATTEMPTS


def test_two_passwords_at_most_are_checked_at_once() -> None:
    with module._CHECKING, module._CHECKING:
        assert not module._CHECKING.acquire(blocking=False)
