from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import review_code_lists
from dataset.columns import Day, Identifier, OneOf
from dataset.retention import EVERYONE, REVIEWS, Footing
from dataset.review_code_lists import DONE
from dataset.review_rules import FilledWhen
from dataset.rules import EndedInQuarter, NotAfterQuarter, NotBefore, OnlyWhen
from dataset.table import About, DaysToQuarterEnd, Return


class LearningPoint(Return):
    """Something a review found should change, and where that has got to."""

    about = About(
        name="learning_points",
        title="Learning points of reviews",
        one_row_is="one learning point that is open at the end of the quarter or was done in it; an open point is sent "
        "again every quarter until it is done",
        why="Reviews are held so that practice changes: action plans drifted for years and are to be moderated until "
        "every point is done.",
        source="001:74, 001:445; 002:595; 004:170, 004:532-539",
        footing=Footing(years=REVIEWS, lawful_basis=EVERYONE),
    )
    key = ("point_id",)
    period = None
    rules: ClassVar = (
        NotAfterQuarter("agreed_on"),
        NotBefore("due_on", "agreed_on"),
        OnlyWhen("done_on", "state", (DONE,)),
        FilledWhen("done_on", "state", (DONE,)),
        EndedInQuarter("done_on"),
        NotBefore("done_on", "agreed_on"),
    )
    derived: ClassVar = (
        DaysToQuarterEnd("days_past_due", "Days from the due day to the quarter's last day", "due_on"),
    )

    point_id: Annotated[str, Identifier("The partnership's reference for the point; never a name.", prefix="LP")]
    review_kind: Annotated[str, OneOf("Which kind of review it comes from.", codes=review_code_lists.LEARNT_FROM)]
    review_id: Annotated[str, Identifier("The reference of that review; never a name.", prefix="PR")]
    theme: Annotated[str, OneOf("What the point is about.", codes=review_code_lists.LEARNING_THEME)]
    lead_agency: Annotated[
        str, OneOf("Code of the agency that leads on it.", codes=review_code_lists.LEAD_AGENCY, example="SMBC-SF")
    ]
    agreed_on: Annotated[date, Day("The day the point entered the action plan.", example_offset=-60)]
    due_on: Annotated[date, Day("The day it is to be done by.", example_offset=20)]
    state: Annotated[str, OneOf("Where it has got to.", codes=review_code_lists.LEARNING_STATE, example=DONE)]
    done_on: Annotated[
        date | None,
        Day("The day it was done; blank while it is open.", required=False, example_offset=10),
    ]
