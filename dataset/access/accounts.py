"""Local accounts: a name, a role, an agency, a password of which only an argon2 code is kept.

Checking a password costs 64 MiB and a sixth of a second by design, so no more than two are checked at once, and whoever
fails waits longer each time.
"""

from __future__ import annotations

import base64
import re
import secrets
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dataset.access.records import Records
from dataset.access.roles import ROLES, TITLES, Actor, Role
from dataset.agencies import UnknownAgency, agency

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
FEWEST_DIFFERENT = 5  # characters
SHORTEST_NAME_SEEN = 4  # characters; a shorter name is part of many words
FREE_ATTEMPTS = 5
# Twenty people behind one address are not one who guesses.
FREE_FROM_ADDRESS = 20
LONGEST_WAIT = 900.0  # seconds
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9@._+-]{1,79}")
_HASHER = PasswordHasher()
_CHECKING = BoundedSemaphore(2)


class WrongAccount(ValueError):
    """An account cannot be made or changed like this; the message says what to write."""


@dataclass(frozen=True)
class Account:
    """An account as others may see it."""

    name: str
    role: Role
    agency: str
    must_change: bool
    closed: bool

    @property
    def actor(self) -> Actor:
        return Actor(self.name, self.role, self.agency)


@dataclass(frozen=True)
class TooSoon:
    """Too many wrong attempts: the next is looked at after so many seconds."""

    seconds: float


class Accounts:
    """The accounts of one store."""

    def __init__(self, records: Records, clock: Callable[[], float] = time.time) -> None:
        self._records, self._clock = records, clock

    def all(self) -> list[Account]:
        """Every account, closed ones too, by name."""
        with self._records.reading() as database:
            rows = database.execute(f"{_SELECT} ORDER BY name").fetchall()
        return [_account(row) for row in rows]

    def named(self, name: str) -> Account | None:
        """The account of a name, closed or not; upper and lower case are the same."""
        with self._records.reading() as database:
            row = database.execute(f"{_SELECT} WHERE name = ?", (name,)).fetchone()
        return _account(row) if row else None

    def add(self, name: str, role: str, agency_code: str = "") -> str:
        """Make an account; the password for its first sign-in, which is shown once. Raises WrongAccount."""
        checked_role, code = _checked(name, role, agency_code)
        password = _one_time_password()
        line = (name, checked_role, code, _HASHER.hash(password), self._clock())
        try:
            with self._records.writing() as database:
                database.execute("INSERT INTO account VALUES (?, ?, ?, ?, 1, 0, ?)", line)
        except sqlite3.IntegrityError:
            raise WrongAccount(
                f"There is an account “{name}” already. Choose another name, or give it a new password."
            ) from None
        return password

    def change(self, name: str, role: str, agency_code: str = "") -> None:
        """Another role or agency for an account; its open pages are closed at their next message. Raises WrongAccount."""
        self._known(name)
        checked_role, code = _checked(name, role, agency_code)
        with self._records.writing() as database:
            if checked_role != "administrator":
                _keep_an_administrator(database, name)
            database.execute("UPDATE account SET role = ?, agency = ? WHERE name = ?", (checked_role, code, name))

    def give_new_password(self, name: str) -> str:
        """A password for the next sign-in, shown once; all sessions end. Raises WrongAccount."""
        self._known(name)
        password = _one_time_password()
        kept = _HASHER.hash(password)
        with self._records.writing() as database:
            database.execute("UPDATE account SET password = ?, must_change = 1 WHERE name = ?", (kept, name))
            database.execute("DELETE FROM attempt WHERE who = ?", (_by_name(name),))
            database.execute("UPDATE session SET ended = 1 WHERE account = ? COLLATE NOCASE", (name,))
        return password

    def change_password(self, name: str, password: str) -> None:
        """The password a person chose; all sessions end. Raises WrongAccount where it is too short or too plain, tells the
        name, or is the one they had."""
        self._known(name)
        if len(password) < SHORTEST_PASSWORD:
            raise WrongAccount(f"A password needs {SHORTEST_PASSWORD} characters or more. Three words make a good one.")
        if len(password) > LONGEST_PASSWORD:
            raise WrongAccount(f"A password has {LONGEST_PASSWORD} characters or fewer. Choose a shorter one.")
        if len(set(password)) < FEWEST_DIFFERENT:
            raise WrongAccount("A password must not be a few characters again and again. Choose another.")
        if len(name) >= SHORTEST_NAME_SEEN and name.casefold() in password.casefold():
            raise WrongAccount("A password must not hold the name of its account. Choose another.")
        if self._fits(name, password):
            raise WrongAccount("This is the password you have already. Choose another.")
        kept = _HASHER.hash(password)
        with self._records.writing() as database:
            database.execute("UPDATE account SET password = ?, must_change = 0 WHERE name = ?", (kept, name))
            database.execute("UPDATE session SET ended = 1 WHERE account = ? COLLATE NOCASE", (name,))

    def close(self, name: str, *, closed: bool = True) -> None:
        """Close an account, or open it again; all its sessions end. Raises WrongAccount."""
        self._known(name)
        with self._records.writing() as database:
            if closed:
                _keep_an_administrator(database, name)
            database.execute("UPDATE account SET closed = ? WHERE name = ?", (int(closed), name))
            database.execute("UPDATE session SET ended = 1 WHERE account = ? COLLATE NOCASE", (name,))

    def check(self, name: str, password: str, address: str = "") -> Account | TooSoon | None:
        """The open account of this name and password, None where they do not match.

        Whoever has failed too often, by name or by address, is not looked at before the wait is over. An attempt counts
        as failed from its beginning, so that many at once are no way round the wait.
        """
        begun = self._begun(name, address)
        if isinstance(begun, TooSoon):
            return begun
        matches = self._fits(name, password)
        account = self.named(name)
        if not matches or account is None or account.closed:
            return None
        with self._records.writing() as database:
            database.execute("DELETE FROM attempt WHERE who = ? OR rowid = ?", (_by_name(name), begun))
        return account

    def _fits(self, name: str, password: str) -> bool:
        """Whether a password is that of an account; as slow where there is no such account."""
        with self._records.reading() as database:
            row = database.execute("SELECT password FROM account WHERE name = ?", (name,)).fetchone()
        with _CHECKING:
            return _matches(row[0] if row else nobodys_code(), password)

    def _begun(self, name: str, address: str) -> TooSoon | int:
        """Count an attempt, or how long to wait before it; the row of the attempt from its address."""
        now = self._clock()
        free = ((_by_name(name), FREE_ATTEMPTS), (f"address {address}", FREE_FROM_ADDRESS))
        with self._records.writing() as database:
            # What lies in the future was written before the clock was set back.
            database.execute("DELETE FROM attempt WHERE at < ? OR at > ?", (now - LONGEST_WAIT, now + LONGEST_WAIT))
            if wait := max(_wait(database, who, most, now) for who, most in free):
                return TooSoon(wait)
            database.executemany("INSERT INTO attempt VALUES (?, ?)", [(who, now) for who, _ in free])
            return int(database.execute("SELECT last_insert_rowid()").fetchone()[0])

    def _known(self, name: str) -> Account:
        found = self.named(name)
        if found is None:
            raise WrongAccount(f"There is no account “{name[:80]}”.")
        return found


_SELECT = "SELECT name, role, agency, must_change, closed FROM account"


def _account(row: tuple[str, Role, str, int, int]) -> Account:
    name, role, code, must_change, closed = row
    return Account(name, role, code, bool(must_change), bool(closed))


def _checked(name: str, role: str, agency_code: str) -> tuple[Role, str]:
    if not _NAME.fullmatch(name):
        raise WrongAccount("A name has 2 to 80 letters, digits or @ . _ + -, such as a work address.")
    found = next((one for one in ROLES if one == role), None)
    if found is None:
        raise WrongAccount(f"“{role[:40]}” is not a role. Write one of: {', '.join(ROLES)}.")
    if found != "sender":
        if agency_code:
            raise WrongAccount(f"Only a sender belongs to an agency; leave it out for {TITLES[found]}.")
        return found, ""
    try:
        return found, agency(agency_code).code
    except UnknownAgency as error:
        raise WrongAccount(f"A sender belongs to one agency. {error}") from None


def _keep_an_administrator(database: sqlite3.Connection, name: str) -> None:
    """Raises WrongAccount where an account is the only open one of an administrator."""
    admins = "SELECT name FROM account WHERE role = 'administrator' AND NOT closed"
    left = [one.casefold() for (one,) in database.execute(admins)]
    if left == [name.casefold()]:
        raise WrongAccount("This is the last administrator: nobody could open an account any more.")


def _by_name(name: str) -> str:
    return f"name {name.casefold()[:80]}"


def _wait(database: sqlite3.Connection, who: str, free: int, now: float) -> float:
    """Seconds until the next attempt is looked at: none for the first ones, then 2, 4, 8 … up to 15 minutes."""
    failed, last = database.execute("SELECT count(*), max(at) FROM attempt WHERE who = ?", (who,)).fetchone()
    if failed < free:
        return 0.0
    waits: float = min(2.0 ** min(failed - free + 1, 20), LONGEST_WAIT)
    return min(max(0.0, float(last) + waits - now), LONGEST_WAIT)


def _one_time_password() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(5))


def nobodys_code() -> str:
    """Checked where no account has the name: as much work as a kept password, and fitted by none."""
    salt, code = (
        base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (_HASHER.salt_len, _HASHER.hash_len)
    )
    work = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    return f"$argon2id$v=19${work}${salt}${code}"


def _matches(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False
