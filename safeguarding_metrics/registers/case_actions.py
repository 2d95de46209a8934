"""Action plans of case reviews: each action moderated by the Quality Assurance Partnership before it is signed off."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset.code_lists import CodeList
from dataset.columns import Day, Identifier, OneOf
from dataset.counts.named_quarter import NamedQuarter
from dataset.register import Register
from dataset.review_code_lists import LEARNT_FROM
from dataset.rules import FilledTogether, NotBefore, OnlyWhen
from dataset.table import About, Return
from dataset.words import Words
from safeguarding_metrics.registers.code_lists import AGENCY

NOT_STARTED, UNDER_WAY, DONE, SIGNED_OFF = "Not started", "Under way", "Done", "Signed off"
STATE = CodeList("case_action_state", (NOT_STARTED, UNDER_WAY, DONE, SIGNED_OFF), "Action plans (002:593-597)")
ENOUGH = "Evidence is enough"
MODERATION = CodeList(
    "moderation",
    (ENOUGH, "More evidence is wanted", "Not done"),
    "Moderation by the Quality Assurance Partnership (002:595)",
)
SIGN_OFF = "Sign off"
RECOMMENDATION = CodeList(
    "recommendation",
    (SIGN_OFF, "Return to the agency", "Take to the Executive"),
    "Sign-off of action plans (002:595-597)",
)


class CaseAction(Return):
    """One action of the plan that follows a review."""

    about = About(
        name="case_actions",
        title="Case-review action plans",
        one_row_is="one action that an agency owes after a review",
        why="Action plans drift: each action has an owner, a day and evidence, and is signed off only once moderated.",
        source="002:593-597; 001:74, 445; 004:528-539",
    )
    key = ("reference",)
    period = None
    rules: ClassVar = (
        NotBefore("due_on", "agreed_on"),
        NotBefore("done_on", "agreed_on"),
        OnlyWhen("done_on", "state", (DONE, SIGNED_OFF)),
        FilledTogether("done_on", "evidence"),
        FilledTogether("moderated_on", "moderation"),
        FilledTogether("moderated_on", "recommendation"),
        NotBefore("moderated_on", "done_on"),
        OnlyWhen("signed_off_on", "state", (SIGNED_OFF,)),
        OnlyWhen("signed_off_on", "recommendation", (SIGN_OFF,)),
        NotBefore("signed_off_on", "moderated_on"),
    )

    reference: Annotated[str, Identifier("The action's own reference.", prefix="CA")]
    quarter: Annotated[str, NamedQuarter("The quarter in which it was agreed.")]
    review_kind: Annotated[str, OneOf("Which kind of review it comes from.", codes=LEARNT_FROM)]
    review_id: Annotated[str, Identifier("The reference of that review; never a name.", prefix="PR")]
    learning: Annotated[str, Words("What the review taught.")]
    action: Annotated[str, Words("What is to be done.")]
    owner: Annotated[str, OneOf("Code of the agency that does it.", codes=AGENCY)]
    agreed_on: Annotated[date, Day("The day it was agreed.")]
    due_on: Annotated[date, Day("The day it is to be done by.", example_offset=60)]
    state: Annotated[str, OneOf("Where it has got to.", codes=STATE)]
    evidence: Annotated[str | None, Words("What shows that it was done.", required=False)]
    done_on: Annotated[date | None, Day("The day it was done.", required=False)]
    moderation: Annotated[str | None, OneOf("What moderation found.", codes=MODERATION, required=False)]
    moderated_on: Annotated[date | None, Day("The day it was moderated.", required=False)]
    recommendation: Annotated[str | None, OneOf("What moderation recommends.", codes=RECOMMENDATION, required=False)]
    signed_off_on: Annotated[date | None, Day("The day it was signed off.", required=False)]


REGISTER = Register(
    CaseAction,
    headline="action",
    owner="owner",
    state="state",
    open_states=(NOT_STARTED, UNDER_WAY, DONE),
    prefix="CA",
    due="due_on",
    done="done_on",
)
