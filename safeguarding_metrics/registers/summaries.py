"""What the chair's page says of the registers, in a sentence each."""

from __future__ import annotations

from collections.abc import Sequence

from safeguarding_metrics.registers.following import DeliveryRow, EvidenceRow, Following, risk_score
from safeguarding_metrics.wording import counted


def delivery_summary(rows: Sequence[DeliveryRow]) -> str:
    """ "12 of 29 actions are done; 9 are overdue, 2 of them never reported on"."""
    done, late = sum(row.is_done for row in rows), [row for row in rows if row.is_overdue]
    silent = sum(row.item is None for row in late)
    said = f"{done} of {counted(len(rows), 'action')} {'is' if done == 1 else 'are'} done"
    if not late:
        return f"{said}; none is overdue"
    never = f", {silent} of them never reported on" if silent else ""
    return f"{said}; {len(late)} {'is' if len(late) == 1 else 'are'} overdue{never}"


def delivery_line(row: DeliveryRow) -> str:
    """One action with how far it has got."""
    overdue = ", overdue" if row.is_overdue else ""
    return f"{row.action.id} {row.action.text} By {row.action.by:%B %Y}: {row.state.lower()}{overdue}."


def evidence_line(row: EvidenceRow) -> str:
    """The latest evidence for an outcome without a number."""
    if row.item is None:
        return "No evidence has been entered."
    return f"{row.item.cell('judgement')} ({row.item.cell('quarter')}): {row.item.cell('evidence')}"


def risk_lines(found: Following) -> list[str]:
    """The open risks that go to the Executive, the highest score first."""
    return [f"{item.reference} {item.headline}: score {risk_score(item, 'after')}" for item in found.to_the_executive]


def challenge_summary(found: Following) -> str:
    """ "4 challenges are open, 1 of them overdue, 2 from earlier quarters"."""
    number = len(found.open_challenges)
    if not number:
        return "No challenge is open"
    overdue = sum(item.is_overdue(found.today) for item in found.open_challenges)
    said = f"{counted(number, 'challenge')} {'is' if number == 1 else 'are'} open"
    return f"{said}, {overdue} of them overdue, {len(found.carried)} from earlier quarters"
