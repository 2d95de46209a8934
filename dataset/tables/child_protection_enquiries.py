from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import code_lists
from dataset.columns import Day, Identifier, OneOf
from dataset.retention import CHILDREN, Footing
from dataset.rules import FilledTogether, NotBefore, WithinQuarter
from dataset.table import About, Return


class ChildProtectionEnquiry(Return):
    """An enquiry under Section 47: may a child be suffering significant harm?"""

    about = About(
        name="child_protection_enquiries",
        title="Section 47 enquiries",
        one_row_is="one Section 47 enquiry started in the quarter, about one child or several of a family, "
        "and where it led",
        why="It shows how often a worry is grave enough to look into harm, and how often a plan is the answer.",
        source="001:214, 001:236; 002:94-96; 004:203",
        footing=Footing(lawful_basis=CHILDREN),
    )
    key = ("enquiry_id",)
    period = "started_on"
    rules: ClassVar = (
        WithinQuarter("started_on"),
        NotBefore("conference_on", "started_on"),
        FilledTogether("plan_made", "conference_on"),
    )

    enquiry_id: Annotated[str, Identifier("Your own reference for the enquiry; never a name.", prefix="S47")]
    started_on: Annotated[date, Day("The day the enquiry started.", example_offset=2)]
    led_to_assessment: Annotated[str, OneOf("Whether a full social work assessment followed.", codes=code_lists.YES_NO)]
    conference_on: Annotated[
        date | None,
        Day(
            "The day of the initial child protection conference; it may lie in the next quarter; blank if none was held.",
            required=False,
            example_offset=15,
        ),
    ]
    plan_made: Annotated[
        str | None,
        OneOf(
            "Whether the conference made a child protection plan; blank if none was held.",
            codes=code_lists.YES_NO,
            required=False,
        ),
    ]
