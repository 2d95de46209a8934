"""Who owes what by when, and where each return stands: one word and one glyph a slot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date
from typing import Literal

from dataset.agencies import DUTIES, STOCKPORT, Duty
from dataset.ledger import Slot, Submission
from dataset.quarter import Quarter
from dataset.store import Reading

State = Literal["not asked", "not due", "due", "missing", "nil", "accepted", "late", "restated", "withdrawn"]

STATES: dict[State, tuple[str, str, str]] = {
    "accepted": ("✔", "Accepted", "The return is in, sent in time."),
    "late": ("◷", "Accepted late", "The return is in; it came after its due date."),
    "restated": ("↻", "Restated", "A later file replaced the first; both readings are kept."),
    "nil": ("0", "Nil", "The agency says there was nothing to report."),
    "due": ("…", "Due", "The quarter has ended and the due date has not passed."),
    "withdrawn": ("⊘", "Withdrawn", "An accepted return was taken back; it is owed again."),
    "missing": ("✖", "Missing", "The due date has passed and nothing was accepted."),
    "not due": ("·", "Not due", "The quarter has not ended."),
    "not asked": (" ", "Not asked", "This return is not asked for in this quarter."),
}


@dataclass(frozen=True)
class Standing:
    """One duty in one quarter: where it stands, when it is due, the counting entry if any, whether it is overdue."""

    duty: Duty
    quarter: Quarter
    state: State
    due_on: date
    entry: Submission | None
    overdue: bool = False

    @property
    def words(self) -> str:
        """Glyph and word."""
        glyph, word, _ = STATES[self.state]
        return f"{glyph} {word}"


def standing(reading: Reading, duty: Duty, quarter: Quarter, today: date) -> Standing:
    """Where one return stands on a day."""
    slot = Slot(STOCKPORT.code, duty.agency.code, duty.dataset, quarter)
    entry, due_on = reading.counting.get(slot), duty.due_on(quarter)
    overdue = entry is None and duty.owed_for(quarter) and today > due_on
    return Standing(duty, quarter, _state(duty, slot, entry, reading, due_on, today), due_on, entry, overdue)


def _state(duty: Duty, slot: Slot, entry: Submission | None, reading: Reading, due_on: date, today: date) -> State:
    if entry is not None:
        if entry.replaces is not None:
            return "restated"
        if entry.kind == "nil":
            return "nil"
        return "late" if entry.recorded_at.astimezone(UTC).date() > due_on else "accepted"
    if not duty.owed_for(slot.quarter):
        return "not asked"
    if slot in reading.once("withdrawn", lambda: {e.slot for e in reading.entries if e.status == "withdrawn"}):
        return "withdrawn"
    if today <= slot.quarter.end:
        return "not due"
    return "due" if today <= due_on else "missing"


def overview(reading: Reading, last: Quarter, today: date, quarters: int = 8) -> list[list[Standing]]:
    """One list a duty, oldest quarter first, for the last `quarters` quarters."""
    shown = [last.plus(back) for back in range(1 - quarters, 1)]
    return [[standing(reading, duty, quarter, today) for quarter in shown] for duty in DUTIES]


def outstanding(rows: Iterable[Iterable[Standing]]) -> list[Standing]:
    """What of an overview is missing, due or taken back, the longest overdue first."""
    found = [one for row in rows for one in row]
    return sorted((one for one in found if one.state in ("missing", "due", "withdrawn")), key=lambda one: one.due_on)
