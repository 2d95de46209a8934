"""How the invented registers are written down: an item is what was entered first and what was changed when.

Every cell is text as a person would type it; a day is written 22/08/2023.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from dataset.agencies import BUSINESS_UNIT, Agency
from dataset.demonstrating.schedule import role_of
from dataset.register import Register
from dataset.register_entry import RegisterEntry
from dataset.registering import remove, save
from dataset.store import Store

Cells = Mapping[str, str]


class NotEntered(RuntimeError):
    """An invented entry was not taken: a defect of the demonstration."""


@dataclass(frozen=True)
class Change:
    """Cells that are new on a day, why, and who wrote them; the cells that are not named stay as they were."""

    day: str
    cells: Cells
    reason: str = ""
    by: Agency = BUSINESS_UNIT
    removed: bool = False


@dataclass(frozen=True)
class Step:
    """One version of one item: its whole row, entered at a moment (UTC)."""

    moment: datetime
    register: Register
    row: Cells
    reason: str
    by: Agency
    removed: bool

    @property
    def reference(self) -> str:
        return self.register.reference(self.row)

    def to(self, store: Store) -> RegisterEntry:
        """Enter it as anybody does. Raises NotEntered."""
        role = role_of(self.by.code)
        if self.removed:
            answer = remove(store, self.register, self.reference, written_by=role, reason=self.reason)
        else:
            answer = save(store, self.register, self.row, written_by=role, reason=self.reason)
        if answer.result != "accepted" or answer.entry is None:
            said = " ".join(finding.sentence for finding in answer.findings) or answer.sentence
            raise NotEntered(f"{self.register.name} {self.reference} on {self.moment:%d/%m/%Y}: {said}")
        return answer.entry


def day_of(text: str) -> date:
    """The day that is written 22/08/2023."""
    return datetime.strptime(text, "%d/%m/%Y").date()


def history(register: Register, *changes: Change) -> tuple[Step, ...]:
    """An item's versions, oldest first, each at the first hour of its day."""
    row: dict[str, str] = {}
    steps = []
    for change in changes:
        row = row | dict(change.cells)
        moment = datetime.combine(day_of(change.day), time(), UTC)
        steps.append(Step(moment, register, row, change.reason, change.by, change.removed))
    return tuple(steps)
