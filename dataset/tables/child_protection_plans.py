from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import children_code_lists, code_lists
from dataset.columns import Day, Identifier, OneOf
from dataset.retention import CHILDREN, Footing
from dataset.rules import EndedInQuarter, NotAfterQuarter, NotBefore
from dataset.table import About, DaysIntoQuarter, Return


class ChildProtectionPlan(Return):
    """A child's protection plan that was open on at least one day of the quarter."""

    about = About(
        name="child_protection_plans",
        title="Child protection plans",
        one_row_is="one child's plan that was open on any day of the quarter; it comes again each quarter until it ends",
        why="How many children need a plan, why, for how long, and whether somebody sees them often enough.",
        source="001:222-240; 002:99-103; 004:206, 004:360-379",
        footing=Footing(lawful_basis=CHILDREN),
    )
    key = ("plan_id",)
    period = None
    rules: ClassVar = (
        NotAfterQuarter("started_on"),
        EndedInQuarter("ended_on"),
        NotBefore("ended_on", "started_on"),
    )
    derived: ClassVar = (
        DaysIntoQuarter("started_day", "Days from the quarter's first day to the start of the plan", "started_on"),
    )

    plan_id: Annotated[
        str, Identifier("Your own reference for the child's plan, the same each quarter; never a name.", prefix="CP")
    ]
    started_on: Annotated[
        date, Day("The day the plan was made; it may lie in an earlier quarter.", example_offset=-150)
    ]
    ended_on: Annotated[
        date | None,
        Day("The day the plan ended; blank if it was still open at the end of the quarter.", required=False),
    ]
    category: Annotated[str, OneOf("The latest category of the plan.", codes=children_code_lists.PLAN_CATEGORY)]
    earlier_plan: Annotated[
        str,
        OneOf(
            "Whether the child had been on a plan at any time before this one.", codes=code_lists.YES_NO, example="No"
        ),
    ]
    seen_in_time: Annotated[
        str,
        OneOf(
            "Whether a social worker saw the child at least every 4 weeks while the plan was open in the quarter.",
            codes=code_lists.YES_NO,
        ),
    ]
