from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import children_code_lists, code_lists
from dataset.columns import Day, Identifier, OneOf
from dataset.retention import CHILDREN, Footing
from dataset.rules import OnlyWhen, WithinQuarter
from dataset.table import About, Return

REFERRAL = "Referral to social care"


class ChildContact(Return):
    """Somebody tells the front door (MASSH) that they are worried about a child."""

    about = About(
        name="child_contacts",
        title="Contacts with the front door",
        one_row_is="one contact about a child or a family received in the quarter, and what was decided about it",
        why="Here the child's way begins: who is worried, about what, and whether help or a referral followed.",
        source="001:190-210; 002:113-120; 004:202, 004:357",
        footing=Footing(lawful_basis=CHILDREN),
    )
    key = ("contact_id",)
    period = "received_on"
    rules: ClassVar = (WithinQuarter("received_on"), OnlyWhen("re_referral", "outcome", (REFERRAL,)))

    contact_id: Annotated[str, Identifier("Your own reference for the contact; never a name.", prefix="MC")]
    received_on: Annotated[date, Day("The day the front door received the contact.")]
    source: Annotated[str, OneOf("Who made the contact.", codes=children_code_lists.CONTACT_SOURCE, example="School")]
    main_concern: Annotated[
        str, OneOf("What the worry was mainly about.", codes=children_code_lists.MAIN_CONCERN, example="Neglect")
    ]
    outcome: Annotated[str, OneOf("What was decided.", codes=children_code_lists.CONTACT_OUTCOME)]
    re_referral: Annotated[
        str | None,
        OneOf(
            "For a referral, whether the child had been referred to social care in the 12 months before.",
            codes=code_lists.YES_NO,
            required=False,
            example="No",
        ),
    ]
