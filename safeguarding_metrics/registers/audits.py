"""The audit programme: what is audited this year, what was found, and whether it was audited again (001:452-464)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset.code_lists import CodeList
from dataset.columns import AnyOf, Day, Identifier, OneOf, Whole
from dataset.counts.named_quarter import NamedQuarter
from dataset.register import Register
from dataset.rules import FilledTogether, NotBefore, OnlyWhen
from dataset.table import About, Return
from dataset.words import Words
from safeguarding_metrics.registers.code_lists import AGENCY, INDICATOR, IndicatorCode

PLANNED, UNDER_WAY, REPORTED, AUDITED_AGAIN = "Planned", "Under way", "Reported", "Audited again"
STATE = CodeList("audit_state", (PLANNED, UNDER_WAY, REPORTED, AUDITED_AGAIN), "The audit programme (001:452-464)")
METHOD = CodeList(
    "audit_method",
    (
        "Multi-agency case audit",
        "Single-agency audit",
        "Dip sample",
        "Thematic review",
        "Section 11 self-assessment",
        "Section 175 self-assessment",
    ),
    "001:452-464; 003:201, 269, 311; 004:809-827",
)


class Audit(Return):
    """One audit of the year's programme."""

    about = About(
        name="audits",
        title="Audit programme",
        one_row_is="one audit, from its place in the year's plan to the audit that repeats it",
        why="An audit shows what figures cannot; only one that is repeated shows whether practice changed.",
        source="001:452-464; 004:809-827",
    )
    key = ("reference",)
    period = None
    rules: ClassVar = (
        FilledTogether("reported_on", "findings"),
        OnlyWhen("reported_on", "state", (REPORTED, AUDITED_AGAIN)),
        OnlyWhen("repeated_on", "state", (AUDITED_AGAIN,)),
        FilledTogether("repeated_on", "found_again"),
        NotBefore("repeated_on", "reported_on"),
    )

    reference: Annotated[str, Identifier("The audit's own reference.", prefix="AU")]
    quarter: Annotated[str, NamedQuarter("The quarter it is planned for.")]
    title: Annotated[str, Words("What is audited, in a line.", longest=200)]
    method: Annotated[str, OneOf("How it is done.", codes=METHOD)]
    lead: Annotated[str, OneOf("Code of the agency that leads it.", codes=AGENCY)]
    agencies: Annotated[tuple[str, ...], AnyOf("Codes of the agencies that take part.", codes=AGENCY)]
    indicator: Annotated[
        str | None,
        IndicatorCode("The figure it looks behind; blank where there is none.", codes=INDICATOR, required=False),
    ]
    state: Annotated[str, OneOf("Where it has got to.", codes=STATE)]
    cases: Annotated[int | None, Whole("How many cases were read.", required=False)]
    findings: Annotated[str | None, Words("What was found.", required=False)]
    reported_on: Annotated[date | None, Day("The day its report was received.", required=False)]
    actions: Annotated[str | None, Words("What is to be done.", required=False)]
    repeat_due: Annotated[date | None, Day("The day by which it is to be repeated.", required=False)]
    repeated_on: Annotated[date | None, Day("The day it was repeated.", required=False)]
    found_again: Annotated[str | None, Words("What the repetition found.", required=False)]


REGISTER = Register(
    Audit,
    headline="title",
    owner="lead",
    state="state",
    open_states=(PLANNED, UNDER_WAY, REPORTED),
    prefix="AU",
    due="repeat_due",
    done="repeated_on",
)
