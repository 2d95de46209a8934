"""What checking says: problems are values, each in plain words with what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple, overload

import numpy as np

Severity = Literal["fatal", "error", "query", "note"]
SHOWN_CHARACTERS = 80


# Tuples: a return that is wrong throughout has hundreds of thousands, and nothing is made faster.
class Finding(NamedTuple):
    """One thing to say about a file.

    `record` is the row as Excel shows it (the header is usually row 1), None for the whole file;
    `column` is the heading in the sender's own file, `value` the cell as received, cut short.
    fatal: the file cannot be read further. error: the return is refused until it is corrected.
    query: amend or give a reason. note: what was done for the sender.
    """

    severity: Severity
    code: str
    message: str
    record: int | None = None
    column: str | None = None
    value: str | None = None
    expected: str = ""
    fix: str = ""

    @property
    def blocks(self) -> bool:
        return self.severity in ("fatal", "error")

    def as_json(self) -> dict[str, object]:
        """The finding as the command line prints it; keys never change."""
        return {
            "severity": self.severity,
            "code": self.code,
            "record": self.record,
            "column": self.column,
            "value": self.value,
            "expected": self.expected,
            "message": self.message,
            "fix": self.fix,
        }

    @property
    def sentence(self) -> str:
        """Where, what was found and what to do, in one line."""
        where = [f"Row {self.record}"] if self.record is not None else []
        where += [f"column {self.column}"] if self.column else []
        place = f"{', '.join(where)}: " if where else ""
        return f"{place}{self.message} {self.fix}".strip()


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that say the same of the same column and value: `records` holds the first ten rows."""

    first: Finding
    count: int
    records: tuple[int, ...]


def shown(text: str) -> str:
    """A cell as a person may see it: without control characters, cut to a line."""
    plain = text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= SHOWN_CHARACTERS else plain[: SHOWN_CHARACTERS - 1] + "…"


_ORDER: dict[Severity, int] = {"fatal": 0, "error": 1, "query": 2, "note": 3}
_ROWS_NAMED = 10
_alike = attrgetter("severity", "column", "code", "value")


class Groups(Sequence[Group]):
    """Groups by severity, column, code and value; blocking ones first, then the most frequent.

    A group is made when it is asked for: there may be hundreds of thousands, and few are looked at.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._findings = tuple(findings)
        numbers: dict[tuple[Severity, str | None, str, str | None], int] = {}
        group_of = [numbers.setdefault(same, len(numbers)) for same in map(_alike, self._findings)]
        counts = np.bincount(group_of, minlength=len(numbers)) if group_of else np.zeros(0, np.int64)
        # The findings group by group, and where each group ends among them.
        self._members, self._ends = np.argsort(group_of, kind="stable"), np.cumsum(counts)
        severity = np.array([_ORDER[severity] for severity, *_ in numbers], np.int64)
        self._order, self._counts = np.lexsort((-counts, severity)), counts

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> Group: ...
    @overload
    def __getitem__(self, place: slice) -> list[Group]: ...
    def __getitem__(self, place: int | slice) -> Group | list[Group]:
        if isinstance(place, slice):
            return [self._made(number) for number in self._order[place].tolist()]
        return self._made(int(self._order[place]))

    def _made(self, number: int) -> Group:
        end, count = int(self._ends[number]), int(self._counts[number])
        same = [self._findings[i] for i in self._members[end - count : end][:_ROWS_NAMED].tolist()]
        return Group(same[0], count, tuple(f.record for f in same if f.record is not None))


def grouped(findings: Iterable[Finding]) -> Groups:
    """Groups by severity, column, code and value; blocking ones first, then the most frequent."""
    return Groups(findings)
