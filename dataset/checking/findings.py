"""What checking says: problems are values, each in plain words with what to write instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["fatal", "error", "query", "note"]
SHOWN_CHARACTERS = 80


@dataclass(frozen=True)
class Finding:
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


@dataclass(frozen=True)
class Group:
    """Findings that say the same of the same column and value: `records` holds the first ten rows."""

    first: Finding
    count: int
    records: tuple[int, ...]


def shown(text: str) -> str:
    """A cell as a person may see it: without control characters, cut to a line."""
    plain = text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= SHOWN_CHARACTERS else plain[: SHOWN_CHARACTERS - 1] + "…"


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Groups by severity, column, code and value; blocking ones first, then the most frequent."""
    members: dict[tuple[str, str | None, str, str | None], list[Finding]] = defaultdict(list)
    for finding in findings:
        members[finding.severity, finding.column, finding.code, finding.value].append(finding)
    groups = [
        Group(same[0], len(same), tuple(f.record for f in same[:10] if f.record is not None))
        for same in members.values()
    ]
    order = {"fatal": 0, "error": 1, "query": 2, "note": 3}
    return sorted(groups, key=lambda group: (order[group.first.severity], -group.count))
