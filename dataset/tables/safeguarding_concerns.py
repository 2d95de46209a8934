from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import code_lists
from dataset.columns import Day, Identifier, OneOf
from dataset.retention import ADULTS, Footing
from dataset.rules import WithinQuarter
from dataset.table import About, Return


class SafeguardingConcern(Return):
    """A contact that tells Adult Social Care an adult may be at risk."""

    about = About(
        name="safeguarding_concerns",
        title="Adult safeguarding concerns",
        one_row_is="one safeguarding concern received in the quarter and what was decided about it",
        why="Most concerns do not become enquiries; the plan wants the right concern to reach the right agency.",
        source="003:329, 003:362; 004:593-612",
        footing=Footing(lawful_basis=ADULTS),
    )
    key = ("concern_id",)
    period = "received_on"
    rules: ClassVar = (WithinQuarter("received_on"),)

    concern_id: Annotated[str, Identifier("Your own reference for the concern; never a name.", prefix="C")]
    received_on: Annotated[date, Day("The day the concern was received.")]
    source: Annotated[str, OneOf("Who raised the concern.", codes=code_lists.CONCERN_SOURCE)]
    age_band: Annotated[str, OneOf("Age of the adult.", codes=code_lists.ADULT_AGE_BAND, example="85-94")]
    outcome: Annotated[str, OneOf("What was decided.", codes=code_lists.CONCERN_OUTCOME, example="No further action")]
