"""The registers of the partnership; a new one is a module and a line here."""

from __future__ import annotations

from dataset.register import Register
from safeguarding_metrics.registers import (
    audits,
    case_actions,
    challenges,
    decisions,
    delivery,
    outcome_evidence,
    risks,
)

REGISTERS: tuple[Register, ...] = (
    challenges.REGISTER,
    risks.REGISTER,
    audits.REGISTER,
    case_actions.REGISTER,
    delivery.REGISTER,
    outcome_evidence.REGISTER,
    decisions.REGISTER,
)


class UnknownRegister(LookupError):
    """There is no register of this name; the message lists those there are."""


def register_named(name: str) -> Register:
    """The register of a name such as "risks". Raises UnknownRegister."""
    found = next((one for one in REGISTERS if one.name == name), None)
    if found is None:
        raise UnknownRegister(f"“{name[:40]}” is not a register. Write one of: {', '.join(r.name for r in REGISTERS)}.")
    return found
