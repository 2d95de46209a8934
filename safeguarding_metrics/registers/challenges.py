"""The challenge log (001:437-448): what an agency was asked, what it answered, what followed."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset.code_lists import CodeList
from dataset.columns import Day, Identifier, OneOf
from dataset.counts.named_quarter import NamedQuarter
from dataset.register import Register
from dataset.rules import FilledTogether, NotBefore, OnlyWhen
from dataset.table import About, Return
from dataset.words import Words
from safeguarding_metrics.registers.code_lists import AGENCY, GROUP, INDICATOR, IndicatorCode

RAISED, ANSWERED, AGREED, CLOSED = "Raised", "Answered", "Action agreed", "Closed"
STATE = CodeList("challenge_state", (RAISED, ANSWERED, AGREED, CLOSED), "How challenges are followed up (001:437-448)")


class Challenge(Return):
    """One question put to one agency."""

    about = About(
        name="challenges",
        title="Challenge log",
        one_row_is="one question that a group of the partnership put to one agency",
        why="Scrutiny that is not written down is forgotten by the next meeting; open challenges are carried forward.",
        source="001:437-448; 002:457-461",
    )
    key = ("reference",)
    period = None
    rules: ClassVar = (
        FilledTogether("answered_on", "answer"),
        NotBefore("answered_on", "raised_on"),
        OnlyWhen("closed_on", "state", (CLOSED,)),
        OnlyWhen("outcome", "state", (CLOSED,)),
        NotBefore("closed_on", "raised_on"),
    )

    reference: Annotated[str, Identifier("The challenge's own reference.", prefix="CH")]
    quarter: Annotated[str, NamedQuarter("The quarter whose figures gave rise to it.")]
    raised_on: Annotated[date, Day("The day it was raised.")]
    raised_by: Annotated[str, OneOf("The group that raised it.", codes=GROUP)]
    to_agency: Annotated[str, OneOf("Code of the agency that is asked.", codes=AGENCY)]
    indicator: Annotated[
        str | None,
        IndicatorCode("The figure it is about; blank where it is about none.", codes=INDICATOR, required=False),
    ]
    challenge: Annotated[str, Words("What is asked, and why.")]
    state: Annotated[str, OneOf("Where it has got to.", codes=STATE)]
    answer: Annotated[str | None, Words("What the agency answered.", required=False)]
    answered_on: Annotated[date | None, Day("The day it answered.", required=False)]
    action: Annotated[str | None, Words("What is done about it.", required=False)]
    due_on: Annotated[date | None, Day("The day the answer, or then the action, is due.", required=False)]
    outcome: Annotated[str | None, Words("What came of it.", required=False)]
    closed_on: Annotated[date | None, Day("The day it was closed.", required=False)]


REGISTER = Register(
    Challenge,
    headline="challenge",
    owner="to_agency",
    state="state",
    open_states=(RAISED, ANSWERED, AGREED),
    prefix="CH",
    due="due_on",
    done="closed_on",
)
