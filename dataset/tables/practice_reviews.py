from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import review_code_lists
from dataset.columns import Day, Identifier, OneOf, Whole
from dataset.retention import EVERYONE, REVIEWS, Footing
from dataset.rules import EndedInQuarter, NotAfterQuarter, NotBefore
from dataset.table import About, DaysIntoQuarter, DaysToQuarterEnd, Return


class PracticeReview(Return):
    """A child safeguarding practice review, Safeguarding Adult Review or domestic homicide review under way."""

    about = About(
        name="practice_reviews",
        title="Practice reviews",
        one_row_is="one child safeguarding practice review, Safeguarding Adult Review or domestic homicide review that "
        "was open at any time in the quarter; an open review is sent again every quarter until it is published",
        why="A review teaches nothing before it is published: two were commissioned in 2022/23 and none of them "
        "appeared within that year.",
        source="003:186; 004:465, 004:528-539",
        footing=Footing(years=REVIEWS, lawful_basis=EVERYONE),
    )
    key = ("review_id",)
    period = None
    rules: ClassVar = (
        NotAfterQuarter("commissioned_on"),
        NotBefore("due_on", "commissioned_on"),
        EndedInQuarter("published_on"),
        NotBefore("published_on", "commissioned_on"),
    )
    derived: ClassVar = (
        DaysIntoQuarter("days_commissioned", "Days from the quarter's first day to commissioning", "commissioned_on"),
        DaysToQuarterEnd("days_past_due", "Days from the due day to the quarter's last day", "due_on"),
    )

    review_id: Annotated[str, Identifier("The partnership's reference for the review; never a name.", prefix="PR")]
    kind: Annotated[str, OneOf("Which kind of review it is.", codes=review_code_lists.PRACTICE_REVIEW_KIND)]
    commissioned_on: Annotated[date, Day("The day the partnership decided to hold the review.", example_offset=-170)]
    due_on: Annotated[
        date | None,
        Day("The day the review is to be published by; blank while none is set.", required=False, example_offset=20),
    ]
    published_on: Annotated[
        date | None,
        Day("The day it was published; blank while it is open.", required=False, example_offset=10),
    ]
    learning_points: Annotated[
        int | None,
        Whole(
            "How many learning points the report has; blank until it is written.",
            high=200,
            required=False,
            example="9",
        ),
    ]
