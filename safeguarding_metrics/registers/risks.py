"""The risk register: likelihood times impact, before and after what is done about it (002:429-432)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset.code_lists import CodeList
from dataset.columns import Day, Identifier, OneOf, Whole
from dataset.counts.named_quarter import NamedQuarter
from dataset.register import Register
from dataset.rules import OnlyWhen
from dataset.table import About, Return
from dataset.words import Words
from safeguarding_metrics.registers.code_lists import AGENCY, INDICATOR, IndicatorCode

OPEN, CLOSED = "Open", "Closed"
STATE = CodeList("risk_state", (OPEN, CLOSED), "The risk register (002:429-432)")


class Risk(Return):
    """One risk to the partnership's work."""

    about = About(
        name="risks",
        title="Risk register",
        one_row_is="one risk to children, adults or the partnership's work",
        why="Risks whose score stays high are taken to the Executive; the rest are reviewed here.",
        source="002:429-432, 595",
    )
    key = ("reference",)
    period = None
    rules: ClassVar = (OnlyWhen("closed_on", "state", (CLOSED,)),)

    reference: Annotated[str, Identifier("The risk's own reference.", prefix="RI")]
    quarter: Annotated[str, NamedQuarter("The quarter in which it was found.")]
    title: Annotated[str, Words("The risk in a line.", longest=200)]
    description: Annotated[str, Words("What may happen, to whom, and why it is thought so.")]
    indicator: Annotated[
        str | None,
        IndicatorCode("The figure that shows it; blank where none does.", codes=INDICATOR, required=False),
    ]
    owner: Annotated[str, OneOf("Code of the agency that answers for it.", codes=AGENCY)]
    likelihood_before: Annotated[int, Whole("How likely it is with nothing done, 1 to 5.", low=1, high=5)]
    impact_before: Annotated[int, Whole("How bad it would be with nothing done, 1 to 5.", low=1, high=5)]
    controls: Annotated[str, Words("What is done about it.")]
    likelihood_after: Annotated[int, Whole("How likely it is with that done, 1 to 5.", low=1, high=5)]
    impact_after: Annotated[int, Whole("How bad it would be with that done, 1 to 5.", low=1, high=5)]
    next_review: Annotated[date, Day("The day it is looked at again.")]
    state: Annotated[str, OneOf("Whether it is still carried.", codes=STATE)]
    closed_on: Annotated[date | None, Day("The day it was closed.", required=False)]


REGISTER = Register(
    Risk,
    headline="title",
    owner="owner",
    state="state",
    open_states=(OPEN,),
    prefix="RI",
    due="next_review",
    done="closed_on",
)
