"""Roles and what each may do: one pure function, everything denied that is not named here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["viewer", "sender", "analyst", "chair", "administrator"]
Action = Literal[
    "look",  # figures, verdicts, registers, meetings
    "look_at_rows",  # the rows of returns, record by record
    "take_away",  # files of figures, tables and papers
    "send",  # returns: send, restate, withdraw, nil
    "comment",  # an owner's words on a figure
    "answer",  # change what a register holds of one's own agency
    "keep_registers",  # enter, change and remove any item; take in spreadsheets
    "rebase",  # start a new baseline of a process chart
    "plan_meeting",
    "freeze_meeting",
    "see_trail",  # the audit trail
    "administer",  # accounts, purging, backups
]

ROLES: tuple[Role, ...] = get_args(Role)
ACTIONS: tuple[Action, ...] = get_args(Action)

TITLES: Mapping[Role, str] = {
    "viewer": "Viewer",
    "sender": "Agency sender",
    "analyst": "Analyst of the Quality Assurance Partnership",
    "chair": "Independent Chair",
    "administrator": "Administrator of the business unit",
}

# What a role may do whosever it is.
_ANYWHERE: Mapping[Role, frozenset[Action]] = {
    "viewer": frozenset({"look"}),
    "sender": frozenset({"look", "take_away"}),
    "analyst": frozenset(
        {"look", "look_at_rows", "take_away", "keep_registers", "answer", "rebase", "plan_meeting", "freeze_meeting"}
    ),
    "chair": frozenset({"look", "take_away", "keep_registers", "answer", "plan_meeting", "freeze_meeting"}),
    "administrator": frozenset(ACTIONS),
}
# What a role may do for the agency it belongs to, and for no other.
_OWN_AGENCY: Mapping[Role, frozenset[Action]] = {
    "sender": frozenset({"send", "comment", "answer", "look_at_rows"}),
}


@dataclass(frozen=True)
class Actor:
    """Who acts: the name of an account, its role, and its agency's code ("" for none)."""

    account: str
    role: Role
    agency: str = ""

    @property
    def title(self) -> str:
        """ "Agency sender, GMP"."""
        title = TITLES.get(self.role, "A role that is not known")
        return f"{title}, {self.agency}" if self.agency else title


def can(actor: Actor | None, action: Action, agency: str = "") -> bool:
    """Whether somebody may do something, to what belongs to an agency where that matters.

    Nobody may do nothing; a role or an action that is not declared is refused.
    """
    if actor is None:
        return False
    if action in _ANYWHERE.get(actor.role, frozenset()):
        return True
    return bool(agency) and actor.agency == agency and action in _OWN_AGENCY.get(actor.role, frozenset())
