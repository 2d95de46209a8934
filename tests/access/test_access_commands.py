"""Accounts and audit trail on the command line."""

from __future__ import annotations

import getpass
import re
import sqlite3
from pathlib import Path

import pytest
from commands import Run

from access.asking import Clock
from access.conftest import opened
from dataset.access.accounts import Account
from dataset.access.roles import Actor

STORE = ("--store", "store.duckdb")


@pytest.fixture(autouse=True)
def begun(run: Run) -> None:
    """The folder of the command holds a store that was begun."""
    Path("store.duckdb.kept").mkdir()


def accounts(run: Run, *arguments: str) -> tuple[int, str, str]:
    return run("accounts", *arguments, *STORE)


def test_a_store_that_is_not_there_is_not_made_by_a_mistyped_name(run: Run) -> None:
    for command in (("accounts", "list"), ("accounts", "add", "a.b", "--role", "viewer"), ("trail",)):
        code, said, complaint = run(*command, "--store", "stroe.duckdb")
        assert (code, said) == (1, "") and "There is no store stroe.duckdb. Check its name" in complaint
    assert [place.name for place in Path().iterdir()] == ["store.duckdb.kept"]


def test_where_nothing_is_kept_yet_it_says_so(run: Run) -> None:
    assert accounts(run, "list") == (1, "There is no account yet.\n", "")
    assert run("trail", *STORE) == (1, "Nothing of that kind was noted.\n", "")
    assert run("trail", "--verify", *STORE) == (0, "The audit trail has no line yet.\n", "")


def test_an_account_is_made_and_its_password_shown_once(run: Run, tmp_path: Path) -> None:
    code, said, _ = accounts(run, "add", "a.b", "--role", "sender", "--agency", "gmp")
    password = re.search(r"next sign-in is (\S+):", said)
    assert code == 0 and "a.b may sign in as Agency sender, GMP." in said and password
    access = opened(tmp_path / "store.duckdb", Clock())
    assert access.accounts.check("a.b", password[1]) == Account("a.b", "sender", "GMP", must_change=True, closed=False)
    assert accounts(run, "list")[1].split() == ["a.b", "sender", "GMP", "has", "not", "chosen", "a", "password", "yet"]
    assert password[1] not in str(access.trail.entries())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "a b", "--role", "viewer"), "A name has 2 to 80"),
        (("add", "a.b", "--role", "boss"), "is not a role. Write one of"),
        (("add", "a.b", "--role", "sender"), "A sender belongs to one agency"),
        (("add", "a.b", "--role", "chair", "--agency", "GMP"), "Only a sender"),
        (("close", "a.b"), "There is no account “a.b”"),
        (("open", "a.b"), "There is no account"),
        (("new-password", "a.b"), "There is no account"),
        (("change", "a.b", "--role", "chair"), "There is no account"),
        (("add", "a.b"), "--role"),
        (("remove", "a.b"), "invalid choice"),
        ((), "required"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_wrong_use_with_a_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, complaint = run("accounts", *arguments, *(STORE if arguments else ()))
    assert (code, out) == (2, "") and said in complaint and "Traceback" not in complaint
    assert run("trail", *STORE)[0] == 1


def test_the_last_administrator_is_not_closed(run: Run) -> None:
    accounts(run, "add", "boss", "--role", "administrator")
    code, _, complaint = accounts(run, "close", "BOSS")
    assert code == 2 and "last administrator" in complaint


def test_every_change_is_a_line_of_the_trail_by_the_systems_user(run: Run) -> None:
    accounts(run, "add", "a.b", "--role", "viewer")
    for step in (("change", "A.B", "--role", "chair"), ("close", "a.b"), ("open", "a.b"), ("new-password", "a.b")):
        assert accounts(run, *step)[0] == 0
    lines = run("trail", *STORE)[1].splitlines()
    assert [re.sub(r"^ *\d+  \S+ \S+  ", "", line) for line in reversed(lines)] == [
        f"{getpass.getuser()}  account {words}  done"
        for words in (
            "add  a.b, Viewer",
            "change  a.b, Independent Chair",
            "close  a.b, Independent Chair",
            "open  a.b, Independent Chair",
            "new-password  a.b, Independent Chair",
        )
    ]


def test_closing_ends_open_sessions_in_the_running_application(run: Run, tmp_path: Path) -> None:
    access = opened(tmp_path / "store.duckdb", Clock())
    accounts(run, "add", "a.b", "--role", "viewer")
    found = access.accounts.named("a.b")
    assert found is not None
    token = access.sessions.begin(found)
    accounts(run, "close", "a.b")
    assert access.sessions.account(token) is None
    assert "closed" in accounts(run, "list")[1]


def test_the_trail_is_searched_written_and_verified(run: Run, tmp_path: Path) -> None:
    trail = opened(tmp_path / "store.duckdb", Clock()).trail
    for what in ("return one", "=HYPERLINK()"):
        trail.add(Actor("a.b", "sender", "GMP"), "send", what)
    assert run("trail", "--search", "RETURN gmp", *STORE)[1].count("\n") == 1
    assert run("trail", "--search", "three", *STORE)[:2] == (1, "Nothing of that kind was noted.\n")
    assert run("trail", "--csv", "trail.csv", *STORE)[:2] == (0, "2 lines are in trail.csv.\n")
    assert ",=HYPERLINK" not in Path("trail.csv").read_text("utf-8-sig")
    code, said, _ = run("trail", "--verify", *STORE)
    assert (code, said) == (0, "All 3 lines of the audit trail are as they were written.\n")


def test_an_altered_trail_is_found(run: Run, tmp_path: Path) -> None:
    access = opened(tmp_path / "store.duckdb", Clock())
    for number in range(3):
        access.trail.add(None, "send", str(number))
    database = sqlite3.connect(access.records.file)
    database.executescript("DROP TRIGGER trail_is_never_changed; UPDATE trail SET what = 'x' WHERE id = 2")
    database.close()
    code, said, _ = run("trail", "--verify", "--csv", "trail.csv", *STORE)
    assert (code, said) == (1, "Line 2 of the audit trail was altered or left out.\n")
    assert not Path("trail.csv").exists()


def test_a_place_that_cannot_be_written_to_and_a_damaged_file_are_sentences(run: Run, tmp_path: Path) -> None:
    access = opened(tmp_path / "store.duckdb", Clock())
    access.trail.add(None, "send")
    code, _, complaint = run("trail", "--csv", "no/such/folder.csv", *STORE)
    assert code == 1 and "folder.csv" in complaint and "Traceback" not in complaint
    for place in access.records.folder.iterdir():
        place.write_bytes(b"spoilt")
    code, _, complaint = accounts(run, "list")
    assert code == 1 and "cannot be used" in complaint
