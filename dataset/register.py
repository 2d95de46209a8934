"""What a register is: items that people enter and change over months, each with its whole history.

Its columns, code lists and rules are declared as a return's are, so that one reading, one template and one wording
serve both; what a register adds is which column says what, whose it is, when it is due and when it is settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dataset.columns import Misread, Value
from dataset.quarter import Quarter
from dataset.register_entry import RegisterEntry
from dataset.table import About, ReturnType


@dataclass(frozen=True)
class Register:
    """A register. `prefix` begins the references the software gives ("" where the key is chosen by hand).

    `headline` is the column that says what an item is, `owner` whose it is, `state` how far it is and `open_states`
    the words that mean it is not settled; `due` and `done` are days, None where nothing falls due.
    """

    table: ReturnType
    headline: str
    owner: str
    state: str
    open_states: tuple[str, ...]
    prefix: str = ""
    due: str | None = None
    done: str | None = None

    @property
    def about(self) -> About:
        return self.table.about

    @property
    def name(self) -> str:
        return self.table.about.name

    def reference(self, row: Mapping[str, str]) -> str:
        """What tells an item from all others: the cells of its key."""
        return " ".join(row.get(name, "").strip() for name in self.table.key).strip()

    def example(self, quarter: Quarter, row: int) -> dict[str, str]:
        """An invented row that passes every check: what must be filled is, the rest is blank."""
        return {
            name: column.example_for(quarter, row) if column.required else ""
            for name, column in self.table.columns().items()
        }

    def value(self, row: Mapping[str, str], column: str | None) -> Value:
        """A cell's value; None where it is blank, has no such column or cannot be read any more."""
        kind = self.table.columns().get(column or "")
        if kind is None:
            return None
        try:
            return kind.read(row.get(column or "", ""))
        except Misread:
            return None


@dataclass(frozen=True)
class Item:
    """One item as it stands, with every version of it, oldest first; never empty."""

    register: Register
    versions: tuple[RegisterEntry, ...]

    @property
    def now(self) -> RegisterEntry:
        return self.versions[-1]

    @property
    def reference(self) -> str:
        return self.now.item

    @property
    def row(self) -> dict[str, str]:
        return self.now.row

    def cell(self, column: str) -> str:
        return self.row.get(column, "")

    def day(self, column: str | None) -> date | None:
        found = self.register.value(self.row, column)
        return found if isinstance(found, date) else None

    def number(self, column: str) -> int | None:
        found = self.register.value(self.row, column)
        return found if isinstance(found, int) else None

    @property
    def headline(self) -> str:
        return self.cell(self.register.headline)

    @property
    def owner(self) -> str:
        return self.cell(self.register.owner)

    @property
    def state(self) -> str:
        return self.cell(self.register.state)

    @property
    def is_open(self) -> bool:
        return self.state in self.register.open_states

    def is_overdue(self, today: date) -> bool:
        """Open past the day it was due; the day itself is in time."""
        due = self.day(self.register.due)
        return self.is_open and due is not None and due < today

    def drift(self, today: date) -> int | None:
        """Days past the day it was due: until it was done, or until today while it is not; 0 when in time, None where
        nothing is due."""
        due, done = self.day(self.register.due), self.day(self.register.done)
        if due is None:
            return None
        end = done if done is not None else today if self.is_open else due
        return max((end - due).days, 0)
