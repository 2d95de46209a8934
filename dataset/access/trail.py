"""The audit trail: every sign-in, return, change, freeze, export and refusal, in a chain that shows any alteration.

Each line's code is made from the line and the code before it with a key of its own file, so that no line can be
changed, put in or left out unseen; the last code also stands in a file outside, so that a cut end is seen as well.
Whoever may write to the folder as its owner could make all three anew: a copy as CSV kept elsewhere shows that.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import json
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path

from dataset.access.records import Records
from dataset.access.roles import Actor
from dataset.spreadsheets import harmless

_COLUMNS = "id, at, account, role, agency, action, what, outcome, mac"
_LAST = "SELECT id, mac FROM trail ORDER BY id DESC LIMIT 1"
HEADS = tuple(_COLUMNS.split(", "))
LONGEST = 300
MOST_BEHIND = 50  # lines by which the head may be behind: one for each writer that was killed at the same moment
_NO_HEAD = -MOST_BEHIND - 1


@dataclass(frozen=True)
class Entry:
    """One line. `what` names returns, quarters, indicators, references and addresses, never the content of a cell."""

    id: int
    at: str
    account: str
    role: str
    agency: str
    action: str
    what: str
    outcome: str
    mac: str


@dataclass(frozen=True)
class Verified:
    """Whether the chain holds; `broken_at` is the first line that does not, 0 where only the end is missing."""

    lines: int
    holds: bool
    broken_at: int | None
    sentence: str


class Trail:
    """The trail of one store."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._key, self._head = records.folder / "trail.key", records.folder / "trail.head"

    def add(self, actor: Actor | None, action: str, what: str = "", outcome: str = "done") -> None:
        """Write a line; what is longer than 300 characters is cut."""
        who = (actor.account, actor.role, actor.agency) if actor else ("", "", "")
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        line = (at, *(_tidy(part) for part in (*who, action, what, outcome)))
        with self._records.writing() as database:
            last = database.execute(_LAST).fetchone()
            number, before = (last[0] + 1, last[1]) if last else (1, "")
            mac = self._code(self._made_key(), before, number, line)
            database.execute("INSERT INTO trail VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *line, mac))
        # The line is kept: a head that is behind is no harm, and the next line brings it up again.
        with suppress(OSError):
            self._remember()

    def _remember(self) -> None:
        """Write the head; one process at a time, so that it never goes back."""
        with self._records.writing() as database:
            number, mac = database.execute(_LAST).fetchone()
            _write(self._head, f"{number} {mac}")

    def entries(self, search: str = "", most: int = 500) -> list[Entry]:
        """The latest lines that hold every word of a search, newest first."""
        words, found = search.casefold().split(), list[Entry]()
        with self._records.reading() as database:
            for row in database.execute(f"SELECT {_COLUMNS} FROM trail ORDER BY id DESC"):
                one = Entry(*row)
                if all(word in _text(one) for word in words):
                    found.append(one)
                if len(found) == most:
                    break
        return found

    def verify(self) -> Verified:
        """Go through the whole chain."""
        # The head first: a line that is added meanwhile is then no line too many.
        number, mac = self._remembered()
        lines, before, at_head, key = 0, "", "", self._kept_key()
        with self._records.reading() as database:
            for row in database.execute(f"SELECT {_COLUMNS} FROM trail ORDER BY id"):
                lines, code = lines + 1, self._code(key, before, lines + 1, row[1:-1])
                if row[0] != lines or not hmac.compare_digest(str(row[-1]).encode("utf-8", "replace"), code.encode()):
                    return Verified(lines, False, lines, _broken(lines, bool(key)))
                before, at_head = code, code if lines == number else at_head
        if not lines - MOST_BEHIND <= number <= lines or at_head != mac:
            return Verified(lines, False, 0, "The end of the audit trail is missing, or its head was altered.")
        return Verified(lines, True, None, _all_well(lines))

    @staticmethod
    def _code(key: bytes, before: str, number: int, line: Sequence[object]) -> str:
        text = json.dumps([before, number, *(str(part) for part in line)])
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()

    def _made_key(self) -> bytes:
        """The key; made with the first line, while no other process writes."""
        if not self._key.exists():
            if not self._head.exists():
                _write(self._head, "0 ")
            _write(self._key, secrets.token_hex(32))
        return self._kept_key()

    def _kept_key(self) -> bytes:
        return self._key.read_bytes() if self._key.exists() else b""

    def _remembered(self) -> tuple[int, str]:
        """The number and the code of the head; where it is missing or unreadable, a number that no trail has."""
        if not self._head.exists() and not self._key.exists():
            return 0, ""
        try:
            number, _, mac = self._head.read_bytes().decode("ascii", "replace").partition(" ")
        except FileNotFoundError:
            return _NO_HEAD, ""
        return int(number) if number.isdecimal() and len(number) < 19 else _NO_HEAD, mac


def _broken(line: int, has_key: bool) -> str:
    if not has_key:
        return "The key of the audit trail is missing: nothing in it can be checked."
    return f"Line {line} of the audit trail was altered or left out."


def _all_well(lines: int) -> str:
    if not lines:
        return "The audit trail has no line yet."
    if lines == 1:
        return "The one line of the audit trail is as it was written."
    return f"All {lines:,} lines of the audit trail are as they were written."


def _tidy(text: str) -> str:
    """One line that every file can hold."""
    return " ".join(text.encode("utf-8", "replace").decode().split())[:LONGEST]


def as_csv(entries: Sequence[Entry]) -> bytes:
    """Lines as CSV in which nothing is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows([harmless(str(cell)) for cell in astuple(one)] for one in entries)
    return ("\ufeff" + text.getvalue()).encode()


def _text(one: Entry) -> str:
    return " ".join(str(part) for part in astuple(one)[:-1]).casefold()


def _write(place: Path, text: str) -> None:
    """Whole or not at all; called by one process at a time."""
    half = place.with_name(place.name + ".half")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(half, place)


__all__ = ["HEADS", "Entry", "Trail", "Verified", "as_csv"]
