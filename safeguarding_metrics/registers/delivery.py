"""The delivery plan: how far every action that the business plan orders has got."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset.code_lists import CodeList
from dataset.columns import Day, OneOf
from dataset.counts.named_quarter import NamedQuarter
from dataset.register import Register
from dataset.rules import FilledTogether, OnlyWhen
from dataset.table import About, Return
from dataset.words import Words
from safeguarding_metrics.registers.code_lists import ACTION, AGENCY

NOT_STARTED, UNDER_WAY, DONE, STOPPED = "Not started", "Under way", "Done", "Stopped"
STATE = CodeList("delivery_state", (NOT_STARTED, UNDER_WAY, DONE, STOPPED), "The delivery plan (003:155)")


class Delivery(Return):
    """How far one action of the plan has got."""

    about = About(
        name="delivery",
        title="Delivery plan",
        one_row_is="one action of the business plan, with how far it has got",
        why="An action that nobody reports on is an action that drifts (003:147).",
        source="003:177-367",
    )
    key = ("action",)
    period = None
    rules: ClassVar = (
        OnlyWhen("done_on", "state", (DONE,)),
        FilledTogether("done_on", "evidence"),
    )

    action: Annotated[str, OneOf("The action's number in the plan, as Definitions gives it.", codes=ACTION)]
    owner: Annotated[str, OneOf("Code of the agency that answers for it.", codes=AGENCY)]
    quarter: Annotated[str, NamedQuarter("The quarter this is reported for.")]
    state: Annotated[str, OneOf("How far it has got.", codes=STATE)]
    note: Annotated[str | None, Words("What was done since, and what is in the way.", required=False)]
    evidence: Annotated[str | None, Words("What shows that it was done.", required=False)]
    done_on: Annotated[date | None, Day("The day it was done.", required=False)]


REGISTER = Register(
    Delivery,
    headline="action",
    owner="owner",
    state="state",
    open_states=(NOT_STARTED, UNDER_WAY),
    done="done_on",
)
