from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import code_lists
from dataset.columns import AnyOf, Day, Identifier, OneOf, Whole
from dataset.retention import CHILDREN, REVIEWS, Footing
from dataset.rules import NotBefore, WithinQuarter
from dataset.table import About, Return, WorkingDaysBetween


class RapidReview(Return):
    """A rapid review of a serious child safeguarding incident, completed in the quarter."""

    about = About(
        name="rapid_reviews",
        title="Rapid reviews",
        one_row_is="one rapid review completed in the quarter, with its dates and the themes it found",
        why="Three targets of the plan are about what reviews keep finding; the law sets two clocks on each review.",
        source="003:170, 003:198, 003:251, 003:273, 003:285, 003:311; 004:451-526; 002:601",
        footing=Footing(years=REVIEWS, lawful_basis=CHILDREN),
    )
    key = ("review_id",)
    period = "completed_on"
    rules: ClassVar = (
        WithinQuarter("completed_on"),
        NotBefore("notified_on", "aware_on"),
        NotBefore("completed_on", "notified_on"),
    )
    derived: ClassVar = (
        WorkingDaysBetween("days_to_notify", "Working days from awareness to notification", "aware_on", "notified_on"),
        WorkingDaysBetween("days_to_complete", "Working days from awareness to completion", "aware_on", "completed_on"),
        WorkingDaysBetween(
            "days_from_notice", "Working days from notification to completion", "notified_on", "completed_on"
        ),
    )

    review_id: Annotated[str, Identifier("The partnership's reference for the review; never a name.", prefix="RR")]
    aware_on: Annotated[date, Day("The day the council or a partner became aware of the incident.", example_offset=0)]
    notified_on: Annotated[date, Day("The day the National Panel was notified.", example_offset=3)]
    completed_on: Annotated[date, Day("The day the review was completed.", example_offset=17)]
    children_involved: Annotated[int, Whole("How many children the review is about.", low=1, high=20, example="1")]
    themes: Annotated[
        tuple[str, ...] | None,
        AnyOf(
            "Every theme of learning the review found; blank if none of these.",
            codes=code_lists.REVIEW_THEME,
            required=False,
            example="Information sharing and seeking; Working with men",
        ),
    ]
    decision: Annotated[
        str,
        OneOf("What the panel decided should follow.", codes=code_lists.REVIEW_DECISION, example="No further review"),
    ]
