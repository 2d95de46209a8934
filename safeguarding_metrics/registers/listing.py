"""The list of a register as it is looked at: one line an item, or a line that the plan asks for and nobody has filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dataset.quarter import Quarter
from dataset.register import Item, Register
from safeguarding_metrics.registers import delivery, outcome_evidence
from safeguarding_metrics.registers.code_lists import ACTION
from safeguarding_metrics.registers.following import (
    NOT_REPORTED,
    DeliveryRow,
    EvidenceRow,
    Following,
    is_late,
    quarter_of,
)

ANY, OPEN, ALL = "any", "open", "all"
NO_EVIDENCE = "No evidence yet"


@dataclass(frozen=True)
class Line:
    """One line. `item` is None for an action or outcome of the plan about which nothing is entered; `row` is what the
    plan says of it, None in a register that does not follow the plan. `reference` is the item's, else the plan's."""

    reference: str
    state: str
    is_open: bool
    is_overdue: bool
    item: Item | None = None
    row: DeliveryRow | EvidenceRow | None = None

    @property
    def owner(self) -> str:
        return self.item.owner if self.item else ""

    @property
    def quarter(self) -> Quarter | None:
        return quarter_of(self.item) if self.item else None


@dataclass(frozen=True)
class Choice:
    """What is asked of a list: a state ("open", "all" or a word of the register), an owner's code, a quarter as the
    register writes it (each may be "any"), and whether only what is overdue."""

    state: str = ALL
    owner: str = ANY
    linked: str = ANY
    overdue: bool = False

    def keeps(self, line: Line) -> bool:
        return (
            (self.state == ALL or line.state == self.state or (self.state == OPEN and line.is_open))
            and self.owner in (ANY, line.owner)
            and self.linked in (ANY, str(line.quarter))
            and (line.is_overdue or not self.overdue)
        )


def opening_state(register: Register) -> str:
    """What a list opens on: what is not settled, or the whole plan where the plan says what belongs on it."""
    return ALL if register in (delivery.REGISTER, outcome_evidence.REGISTER) else OPEN


def states(register: Register) -> tuple[str, ...]:
    """What the list can be narrowed to."""
    codes = next(
        c.codes.values for n, c in register.table.columns().items() if n == register.state and hasattr(c, "codes")
    )
    blank = {delivery.REGISTER.name: (NOT_REPORTED,), outcome_evidence.REGISTER.name: (NO_EVIDENCE,)}
    return OPEN, ALL, *codes, *blank.get(register.name, ())


def lines(register: Register, held: Sequence[Item], found: Following, choice: Choice = Choice()) -> tuple[Line, ...]:
    """The lines that a choice keeps, in the order of their references or of the plan.

    Of an outcome without a number the latest evidence up to the quarter looked at stands here, and that of one quarter
    where a quarter was chosen.
    """
    if register is delivery.REGISTER:
        every: list[Line] = [_of_action(row) for row in found.delivery]
    elif register is outcome_evidence.REGISTER and choice.linked == ANY:
        every = [_of_outcome(row) for row in found.evidence]
    else:
        every = [_of_item(item, found) for item in held]
    return tuple(line for line in every if choice.keeps(line))


def _of_item(item: Item, found: Following) -> Line:
    return Line(item.reference, item.state, item.is_open, is_late(item, found.today), item)


def _of_action(row: DeliveryRow) -> Line:
    is_open = row.state not in (delivery.DONE, delivery.STOPPED)
    return Line(row.action.id, row.state, is_open, row.is_overdue, row.item, row)


def _of_outcome(row: EvidenceRow) -> Line:
    if row.item is None:
        return Line(row.outcome.id, NO_EVIDENCE, True, False, None, row)
    return Line(row.item.reference, row.item.state, row.item.is_open, False, row.item, row)


def line_of(register: Register, reference: str, held: Sequence[Item], found: Following) -> Line | None:
    """The line of one item, or of an action or outcome of the plan that has none; None where there is no such thing."""
    if register is delivery.REGISTER:
        return next((_of_action(row) for row in found.delivery if row.action.id == reference), None)
    item = next((one for one in held if one.reference == reference), None)
    return None if item is None else _of_item(item, found)


def falls_due(register: Register) -> bool:
    """Whether anything of a register can be overdue."""
    return register is not outcome_evidence.REGISTER


def owners(held: Sequence[Item]) -> tuple[str, ...]:
    """The codes of the agencies that own something of the list."""
    return tuple(sorted({item.owner for item in held}))


def linked_quarters(held: Sequence[Item]) -> tuple[Quarter, ...]:
    """The quarters that items are linked to, newest first."""
    return tuple(sorted({quarter for item in held if (quarter := quarter_of(item))}, reverse=True))


def unreported(held: Sequence[Item]) -> tuple[str, ...]:
    """The actions of the plan on which nobody has reported."""
    reported = {item.reference for item in held}
    return tuple(code for code in ACTION.values if code not in reported)


@dataclass(frozen=True)
class Neighbour:
    """Another item that has to do with one: why is "figure", "review" or "outcome"."""

    item: Item
    why: str


def neighbours(item: Item, every: Sequence[Item]) -> tuple[Neighbour, ...]:
    """Items of any register about the same figure, after the same review, or about the same outcome."""
    asked = {"figure": ("indicator",), "review": ("review_kind", "review_id"), "outcome": ("outcome",)}
    found = []
    for why, columns in asked.items():
        if not set(columns) <= set(item.register.table.columns()) or not all(item.cell(name) for name in columns):
            continue
        if why == "outcome" and item.register is not outcome_evidence.REGISTER:
            continue  # a challenge has an outcome too: what came of it
        same = [item.cell(name) for name in columns]
        found += [
            Neighbour(one, why)
            for one in every
            if (one.register.name, one.reference) != (item.register.name, item.reference)
            and (why != "outcome" or one.register is item.register)
            and [one.cell(name) for name in columns] == same
        ]
    return tuple(found)
