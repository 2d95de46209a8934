"""Decisions of meetings, and whether they were carried out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset.code_lists import CodeList
from dataset.columns import Day, Identifier, OneOf
from dataset.counts.named_quarter import NamedQuarter
from dataset.register import Register
from dataset.rules import NotBefore, OnlyWhen
from dataset.table import About, Return
from dataset.words import Words
from safeguarding_metrics.registers.code_lists import AGENCY, GROUP, INDICATOR, IndicatorCode

OPEN, CARRIED_OUT = "Open", "Carried out"
STATE = CodeList("decision_state", (OPEN, CARRIED_OUT), "Minutes of the partnership's meetings")


class Decision(Return):
    """One decision."""

    about = About(
        name="decisions",
        title="Decisions of meetings",
        one_row_is="one thing that a meeting decided",
        why="The next meeting asks whether it was done.",
        source="002:429-461; 003:369",
    )
    key = ("reference",)
    period = None
    rules: ClassVar = (
        NotBefore("due_on", "decided_on"),
        OnlyWhen("done_on", "state", (CARRIED_OUT,)),
        NotBefore("done_on", "decided_on"),
    )

    reference: Annotated[str, Identifier("The decision's own reference.", prefix="DE")]
    quarter: Annotated[str, NamedQuarter("The quarter the meeting looked at.")]
    decided_by: Annotated[str, OneOf("Who decided.", codes=GROUP)]
    decided_on: Annotated[date, Day("The day of the meeting.")]
    indicator: Annotated[
        str | None, IndicatorCode("The figure it is about; blank where none is.", codes=INDICATOR, required=False)
    ]
    decision: Annotated[str, Words("What was decided.")]
    owner: Annotated[str, OneOf("Code of the agency that carries it out.", codes=AGENCY)]
    due_on: Annotated[date | None, Day("The day it is to be carried out by.", required=False, example_offset=60)]
    state: Annotated[str, OneOf("Whether it was carried out.", codes=STATE)]
    done_on: Annotated[date | None, Day("The day it was.", required=False)]


REGISTER = Register(
    Decision,
    headline="decision",
    owner="owner",
    state="state",
    open_states=(OPEN,),
    prefix="DE",
    due="due_on",
    done="done_on",
)
