"""What the registers say at a moment: what is open, overdue, carried forward, above the threshold, unreported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dataset.quarter import NotAQuarter, Quarter
from dataset.register import Item, Register
from dataset.register_entry import RegisterEntry
from dataset.registering import of_register
from safeguarding_metrics.plan import Action, Outcome, Plan, Priority
from safeguarding_metrics.registers import (
    audits,
    case_actions,
    challenges,
    decisions,
    delivery,
    outcome_evidence,
    risks,
)
from safeguarding_metrics.settings import Settings

When = Literal["before", "after"]
NOT_REPORTED = "Not reported"


def quarter_of(item: Item) -> Quarter | None:
    """The quarter an item is linked to."""
    try:
        return Quarter.parse(item.cell("quarter"))
    except NotAQuarter:
        return None


def risk_score(item: Item, when: When) -> int | None:
    """Likelihood times impact, 1 to 25, before or after what is done about it."""
    likelihood, impact = item.number(f"likelihood_{when}"), item.number(f"impact_{when}")
    return None if likelihood is None or impact is None else likelihood * impact


def crosses(item: Item, settings: Settings) -> bool:
    """Whether an open risk is shown to the Executive: its score after controls is the threshold or more."""
    score = risk_score(item, "after")
    return item.is_open and score is not None and score >= settings.risk_threshold


@dataclass(frozen=True)
class Movement:
    """The score of a risk from a day on, before and after controls, and why it was changed."""

    day: date
    before: int | None
    after: int | None
    reason: str


def movement(item: Item) -> tuple[Movement, ...]:
    """How a risk's score went, oldest first; versions that left the scores alone are passed over."""
    found: list[Movement] = []
    for one in item.versions:
        version = Item(item.register, (one,))
        scores = risk_score(version, "before"), risk_score(version, "after")
        if not found or (found[-1].before, found[-1].after) != scores:
            found.append(Movement(one.written_at.date(), *scores, one.reason))
    return tuple(found)


@dataclass(frozen=True)
class DeliveryRow:
    """One action of the plan and what was last reported of it; `item` None while nobody has."""

    priority: Priority
    action: Action
    item: Item | None
    today: date

    @property
    def state(self) -> str:
        return self.item.state if self.item else NOT_REPORTED

    @property
    def is_done(self) -> bool:
        return self.state == delivery.DONE

    @property
    def is_overdue(self) -> bool:
        """Neither done nor stopped although its last day has passed."""
        return self.state not in (delivery.DONE, delivery.STOPPED) and self.action.by < self.today


def delivery_rows(plan: Plan, reported: Iterable[Item], today: date) -> tuple[DeliveryRow, ...]:
    """Every action of the plan in its order, reported on or not."""
    by_action = {item.reference: item for item in reported}
    return tuple(DeliveryRow(priority, one, by_action.get(one.id), today) for priority, one in plan.actions())


@dataclass(frozen=True)
class EvidenceRow:
    """One outcome without a number and its latest evidence up to a quarter; `item` None while there is none."""

    priority: Priority
    outcome: Outcome
    item: Item | None


def evidence_rows(plan: Plan, evidence: Iterable[Item], quarter: Quarter) -> tuple[EvidenceRow, ...]:
    """Every outcome of the plan without a number."""
    found: dict[str, tuple[Quarter, Item]] = {}
    for item in evidence:
        of, outcome = quarter_of(item), item.cell("outcome")
        if of is not None and of <= quarter and (outcome not in found or found[outcome][0] < of):
            found[outcome] = of, item
    return tuple(
        EvidenceRow(priority, one, found[one.id][1] if one.id in found else None)
        for priority, one in plan.outcomes()
        if one.target is None
    )


@dataclass(frozen=True)
class Following:
    """Everything the registers hold at a moment, each list in the order of its references."""

    challenges: tuple[Item, ...]
    risks: tuple[Item, ...]
    audits: tuple[Item, ...]
    case_actions: tuple[Item, ...]
    decisions: tuple[Item, ...]
    delivery: tuple[DeliveryRow, ...]
    evidence: tuple[EvidenceRow, ...]
    quarter: Quarter
    today: date
    settings: Settings

    @property
    def open_challenges(self) -> tuple[Item, ...]:
        return tuple(item for item in self.challenges if item.is_open)

    @property
    def carried(self) -> tuple[Item, ...]:
        """Open challenges of earlier quarters."""
        return tuple(
            item for item in self.open_challenges if (of := quarter_of(item)) is not None and of < self.quarter
        )

    @property
    def to_the_executive(self) -> tuple[Item, ...]:
        """Open risks at or above the threshold, the highest score first."""
        found = [item for item in self.risks if crosses(item, self.settings)]
        return tuple(sorted(found, key=lambda item: -(risk_score(item, "after") or 0)))

    @property
    def overdue(self) -> tuple[Item, ...]:
        """Actions after reviews, challenges, decisions and repeated audits that are past their day."""
        every: Sequence[Item] = (*self.challenges, *self.case_actions, *self.decisions, *self.audits)
        return tuple(item for item in every if is_late(item, self.today))

    @property
    def overdue_delivery(self) -> tuple[DeliveryRow, ...]:
        return tuple(row for row in self.delivery if row.is_overdue)

    @property
    def to_moderate(self) -> tuple[Item, ...]:
        """Actions said to be done that nobody has moderated."""
        return tuple(
            item for item in self.case_actions if item.state == case_actions.DONE and item.day("moderated_on") is None
        )


def is_late(item: Item, today: date) -> bool:
    """Whether its owner owes it past its day: an action that is done waits for moderation, not for its agency."""
    is_owed = item.register is not case_actions.REGISTER or item.state != case_actions.DONE
    return is_owed and item.is_overdue(today)


def following(
    versions: Sequence[RegisterEntry], plan: Plan, quarter: Quarter, today: date, settings: Settings
) -> Following:
    """What the registers say, from every version known at the moment that is looked at."""

    def of(register: Register) -> tuple[Item, ...]:
        return of_register(versions, register)

    return Following(
        challenges=of(challenges.REGISTER),
        risks=of(risks.REGISTER),
        audits=of(audits.REGISTER),
        case_actions=of(case_actions.REGISTER),
        decisions=of(decisions.REGISTER),
        delivery=delivery_rows(plan, of(delivery.REGISTER), today),
        evidence=evidence_rows(plan, of(outcome_evidence.REGISTER), quarter),
        quarter=quarter,
        today=today,
        settings=settings,
    )
