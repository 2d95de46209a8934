"""Sessions kept on the server: a token of 256 bits in the cookie, only its hash here.

One ends when nothing was asked for 15 minutes, after 8 hours, on signing out, on signing out everywhere, when its
account is closed or gets a new password, and when the clock is set back.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from threading import Lock

from dataset.access.accounts import Account, Accounts
from dataset.access.records import Records

IDLE = 15 * 60.0
ABSOLUTE = 8 * 3600.0
REMEMBERED = 1.0  # seconds a found session is not looked up again
SEEN_EVERY = 30.0  # seconds between two notes of when it was last used
MOST_REMEMBERED = 10_000
CLOCKS_DIFFER = 60.0  # seconds by which a clock may be corrected without ending a session


class Sessions:
    """The sessions of one store."""

    def __init__(
        self,
        records: Records,
        accounts: Accounts,
        *,
        idle: float = IDLE,
        absolute: float = ABSOLUTE,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._records, self._accounts, self._clock = records, accounts, clock
        self._idle, self._absolute = idle, absolute
        self._found: dict[tuple[str, bool], tuple[float, Account]] = {}
        self._forgotten = 0
        self._lock = Lock()

    def begin(self, account: Account) -> str:
        """A new session; its token, for the cookie alone."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._records.writing() as database:
            database.execute("INSERT INTO session VALUES (?, ?, ?, ?, 0)", (_hash(token), account.name, now, now))
            database.execute("DELETE FROM session WHERE began < ?", (now - 2 * self._absolute,))
        return token

    def account(self, token: str, *, active: bool = True) -> Account | None:
        """Whose session it is, None when it is over or never was. `active`: that somebody asked for something, which
        keeps it from falling idle."""
        if held := self.remembered(token, active=active):
            return held
        key, now = _hash(token), self._clock()
        with self._lock:
            forgotten = self._forgotten
        account = self._looked_up(key, now, active)
        with self._lock:
            self._found.pop((key, active), None)
            # What was found before somebody signed out meanwhile is not remembered.
            if account is not None and forgotten == self._forgotten:
                if len(self._found) > MOST_REMEMBERED:
                    self._found.clear()
                self._found[key, active] = (now, account)
        return account

    def remembered(self, token: str, *, active: bool = True) -> Account | None:
        """What was found within the last second; None where it has to be looked up, which waits for the disk."""
        key, now = (_hash(token), active), self._clock()
        with self._lock:
            held = self._found.get(key)
        return held[1] if held is not None and 0 <= now - held[0] < REMEMBERED else None

    def end(self, token: str) -> None:
        """Sign out here."""
        with self._records.writing() as database:
            database.execute("UPDATE session SET ended = 1 WHERE token = ?", (_hash(token),))
        self._forget()

    def end_all(self, name: str) -> None:
        """Sign an account out everywhere."""
        with self._records.writing() as database:
            database.execute("UPDATE session SET ended = 1 WHERE account = ? COLLATE NOCASE", (name,))
        self._forget()

    def _forget(self) -> None:
        with self._lock:
            self._found.clear()
            self._forgotten += 1

    def _looked_up(self, key: str, now: float, active: bool) -> Account | None:
        with self._records.reading() as database:
            row = database.execute(
                "SELECT account, began, last_seen FROM session WHERE token = ? AND NOT ended", (key,)
            ).fetchone()
        if row is None:
            return None
        name, began, last_seen = row
        if now < last_seen - CLOCKS_DIFFER:  # The clock was set back: how old the session is cannot be told any more.
            return None
        if now - began > self._absolute or now - last_seen > self._idle:
            return None
        account = self._accounts.named(name)
        if account is None or account.closed:
            return None
        if active and now - last_seen > SEEN_EVERY:
            with self._records.writing() as database:
                database.execute("UPDATE session SET last_seen = ? WHERE token = ? AND NOT ended", (now, key))
        return account


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
