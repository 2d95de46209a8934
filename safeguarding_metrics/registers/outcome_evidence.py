"""Evidence for the outcomes of the plan that have no number, quarter by quarter."""

from __future__ import annotations

from typing import Annotated

from dataset.code_lists import CodeList
from dataset.columns import OneOf
from dataset.counts.named_quarter import NamedQuarter
from dataset.register import Register
from dataset.table import About, Return
from dataset.words import Words
from safeguarding_metrics.registers.code_lists import AGENCY, OUTCOME

JUDGEMENT = CodeList(
    "evidence_judgement",
    ("Good progress", "Some progress", "No progress seen", "Too early to say"),
    "The partnership's own words: the plan sets no scale",
)


class OutcomeEvidence(Return):
    """What is known of one outcome in one quarter."""

    about = About(
        name="outcome_evidence",
        title="Outcomes without a number",
        one_row_is="what is known of one outcome of the plan in one quarter",
        why="Half of the plan's outcomes have no measure: without evidence nobody can say whether they are kept.",
        source="003:191-365; 000:90; 004:918",
    )
    key = ("outcome", "quarter")
    period = None

    outcome: Annotated[str, OneOf("The outcome's number in the plan, as Definitions gives it.", codes=OUTCOME)]
    quarter: Annotated[str, NamedQuarter("The quarter the evidence is of.")]
    agency: Annotated[str, OneOf("Code of the agency that supplies it.", codes=AGENCY)]
    evidence: Annotated[str, Words("What was seen, where, and how many were asked or read.")]
    judgement: Annotated[str, OneOf("What the partnership makes of it.", codes=JUDGEMENT)]


REGISTER = Register(
    OutcomeEvidence,
    headline="evidence",
    owner="agency",
    state="judgement",
    open_states=("Some progress", "No progress seen", "Too early to say"),
)
