from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import children_code_lists, code_lists
from dataset.columns import Day, Identifier, OneOf, Whole
from dataset.retention import CHILDREN, Footing
from dataset.rules import EndedInQuarter, NotAfterQuarter, NotBefore
from dataset.table import About, DaysIntoQuarter, Return


class ChildInCare(Return):
    """A child in Stockport's care on at least one day of the quarter, wherever they live."""

    about = About(
        name="children_in_care",
        title="Children in care",
        one_row_is="one child Stockport was responsible for on any day of the quarter, as things stood at its end "
        "or when the child left; the child comes again each quarter until then",
        why="How many children the council is parent to, how near and how steady their home is, and whether they "
        "are well and safe there.",
        source="001:244-266; 002:109-111; 000:329-342; 004:205, 004:219, 004:743-771",
        footing=Footing(lawful_basis=CHILDREN),
    )
    key = ("care_id",)
    period = None
    rules: ClassVar = (
        NotAfterQuarter("started_on"),
        EndedInQuarter("ended_on"),
        NotBefore("ended_on", "started_on"),
    )
    derived: ClassVar = (
        DaysIntoQuarter("started_day", "Days from the quarter's first day to the start of care", "started_on"),
    )

    care_id: Annotated[
        str,
        Identifier(
            "Your own reference for the child's time in care, the same each quarter; never a name.", prefix="CIC"
        ),
    ]
    started_on: Annotated[date, Day("The day the child came into care, perhaps years ago.", example_offset=-400)]
    ended_on: Annotated[
        date | None,
        Day("The day the child left care; blank if still in care at the end of the quarter.", required=False),
    ]
    placed: Annotated[str, OneOf("Where the child lived.", codes=children_code_lists.PLACED)]
    placement: Annotated[str, OneOf("With whom or in what the child lived.", codes=children_code_lists.PLACEMENT)]
    unaccompanied: Annotated[
        str,
        OneOf("Whether the child came to seek asylum without an adult.", codes=code_lists.YES_NO, example="No"),
    ]
    placements: Annotated[
        int, Whole("How many placements the child has had in this time in care, this one included.", low=1, high=99)
    ]
    health_assessment: Annotated[
        str,
        OneOf(
            "Whether the health assessment due in the quarter was done in time.",
            codes=children_code_lists.HEALTH_ASSESSMENT,
        ),
    ]
    went_missing: Annotated[
        str,
        OneOf(
            "Whether the child was reported missing in the quarter, and whether for the first time since 1 April.",
            codes=children_code_lists.WENT_MISSING,
        ),
    ]
