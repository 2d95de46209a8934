"""`python -m dataset accounts | trail`: who may come in and what was done, for whoever may open the store's folder."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dataset.access.accounts import Account, Accounts, WrongAccount
from dataset.access.acting import actor_now
from dataset.access.records import Records
from dataset.access.roles import ROLES
from dataset.access.trail import Entry, Trail, as_csv
from dataset.keeping import Keeping
from dataset.refusing import StoreUnavailable

FINE, FOUND = 0, 1
_EVERY = 10**9  # lines


class WrongAccountCommand(Exception):
    """An account cannot be made or changed as was written; the message says what to write."""


def add_access_commands(commands: Any) -> None:
    """Their arguments; `commands` is what `add_subparsers` gave."""
    accounts: argparse.ArgumentParser = commands.add_parser(
        "accounts", help="who may sign in: list, add, change, close, open, new-password"
    )
    steps = accounts.add_subparsers(dest="step", required=True, parser_class=type(accounts))
    steps.add_parser("list", help="every account").add_argument("--store")
    for step, words in (
        ("add", "make an account; the password for its first sign-in is shown once"),
        ("change", "give an account another role or agency"),
        ("new-password", "a password for the next sign-in, shown once; signs the account out everywhere"),
        ("close", "let nobody sign in with an account any more; signs it out everywhere"),
        ("open", "open a closed account again"),
    ):
        one = steps.add_parser(step, help=words)
        one.add_argument("name", help="such as a work address")
        one.add_argument("--store")
        if step in ("add", "change"):
            one.add_argument("--role", required=True, help=", ".join(ROLES))
            one.add_argument("--agency", default="", help="the agency's code, for a sender")
    trail = commands.add_parser("trail", help="what was done, by whom and when: the audit trail")
    trail.add_argument("--search", default="", metavar="WORDS", help="only lines that hold every word")
    trail.add_argument("--verify", action="store_true", help="check that no line was changed, put in or left out")
    trail.add_argument("--csv", metavar="FILE", help="write the lines to a file")
    trail.add_argument("--store")


def accounts_command(args: argparse.Namespace, path: Path) -> int:
    """Raises WrongAccountCommand and StoreUnavailable."""
    records = _records(path)
    accounts = Accounts(records)
    if args.step == "list":
        return _list(accounts)
    try:
        print(_STEPS[args.step](args, accounts))
    except WrongAccount as error:
        raise WrongAccountCommand(str(error)) from None
    one = _known(accounts, args.name)
    Trail(records).add(actor_now(), f"account {args.step}", f"{one.name}, {one.actor.title}")
    return FINE


def _records(path: Path) -> Records:
    """Those of a store that is there, or was begun: a mistyped name makes nothing."""
    records = Records(path)
    if not (path.exists() or records.folder.exists() or Keeping(path).folder.exists()):
        raise StoreUnavailable(f"There is no store {path}. Check its name, or start the application with it once.")
    records.prepare()
    return records


def _list(accounts: Accounts) -> int:
    found = accounts.all()
    print("\n".join(_line(one) for one in found) if found else "There is no account yet.")
    return FINE if found else FOUND


def _line(one: Account) -> str:
    states = (("closed", one.closed), ("has not chosen a password yet", one.must_change and not one.closed))
    state = ", ".join(words for words, holds in states if holds)
    return f"{one.name:<30}  {one.role:<13}  {one.agency:<9} {state}".rstrip()


def _known(accounts: Accounts, name: str) -> Account:
    """An account that was found a moment ago."""
    one = accounts.named(name)
    assert one is not None, "accounts are closed, never removed"
    return one


def _add(args: argparse.Namespace, accounts: Accounts) -> str:
    password = accounts.add(args.name, args.role, args.agency)
    return f"{args.name} may sign in as {_known(accounts, args.name).actor.title}. {_shown_once(password)}"


def _change(args: argparse.Namespace, accounts: Accounts) -> str:
    accounts.change(args.name, args.role, args.agency)
    return f"{args.name} is now {_known(accounts, args.name).actor.title}. Pages that are open with this account are closed."


def _new_password(args: argparse.Namespace, accounts: Accounts) -> str:
    password = accounts.give_new_password(args.name)
    return f"{args.name} is signed out everywhere. {_shown_once(password)}"


def _close(args: argparse.Namespace, accounts: Accounts) -> str:
    accounts.close(args.name)
    return f"{args.name} is closed and signed out everywhere."


def _open(args: argparse.Namespace, accounts: Accounts) -> str:
    accounts.close(args.name, closed=False)
    return f"{args.name} is open: {_known(accounts, args.name).actor.title}. The password is the one it had."


def _shown_once(password: str) -> str:
    return (
        f"The password for the next sign-in is {password}: it is not shown again, and another one is chosen then. Where people "
        "sign in elsewhere (proxy, openid) it is not needed."
    )


_STEPS: dict[str, Callable[[argparse.Namespace, Accounts], str]] = {
    "add": _add,
    "change": _change,
    "new-password": _new_password,
    "close": _close,
    "open": _open,
}


def trail_command(args: argparse.Namespace, path: Path) -> int:
    """Raises StoreUnavailable, and OSError where the file cannot be written."""
    trail = Trail(_records(path))
    if args.verify:
        verified = trail.verify()
        print(verified.sentence)
        if not verified.holds:
            return FOUND
    found = trail.entries(args.search, most=_EVERY)
    if args.csv:
        Path(args.csv).write_bytes(as_csv(found))
        trail.add(actor_now(), "take away", f"the audit trail, {len(found)} lines")
        print(f"{len(found):,} lines are in {args.csv}.")
    elif not args.verify:
        print("\n".join(_entry(one) for one in found) if found else "Nothing of that kind was noted.")
    return FINE if found or args.verify else FOUND


def _entry(one: Entry) -> str:
    who = one.account or "nobody"
    return f"{one.id:>6}  {one.at[:19].replace('T', ' ')}  {who}  {one.action}  {one.what}  {one.outcome}".rstrip()


ACCESS_COMMANDS = {"accounts": accounts_command, "trail": trail_command}
