from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import code_lists
from dataset.columns import AnyOf, Day, Identifier, OneOf
from dataset.retention import ADULTS, Footing
from dataset.rules import NotBefore, OnlyWhen, WithinQuarter
from dataset.table import About, Return

OUTCOMES_EXPRESSED = "Yes they were asked and outcomes were expressed"


class Section42Enquiry(Return):
    """A statutory adult safeguarding enquiry concluded in the quarter."""

    about = About(
        name="section_42_enquiries",
        title="Section 42 enquiries concluded",
        one_row_is="one Section 42 enquiry concluded in the quarter, whenever it started",
        why="It shows what adults suffered and where, whether they were asked what they wanted, and whether they got it.",
        source="003:326-332, 003:361; 004:593-632",
        footing=Footing(lawful_basis=ADULTS),
    )
    key = ("enquiry_id",)
    period = "concluded_on"
    rules: ClassVar = (
        WithinQuarter("concluded_on"),
        NotBefore("concluded_on", "started_on"),
        OnlyWhen("msp_achieved", "msp_asked", (OUTCOMES_EXPRESSED,)),
    )

    enquiry_id: Annotated[str, Identifier("Your own reference for the enquiry; never a name.", prefix="E")]
    started_on: Annotated[date, Day("The day the enquiry started; it may lie in an earlier quarter.", example_offset=2)]
    concluded_on: Annotated[date, Day("The day the enquiry was concluded.", example_offset=40)]
    age_band: Annotated[str, OneOf("Age of the adult.", codes=code_lists.ADULT_AGE_BAND, example="75-84")]
    sex: Annotated[str, OneOf("Sex as recorded.", codes=code_lists.SEX)]
    abuse_types: Annotated[
        tuple[str, ...],
        AnyOf(
            "Every type of abuse or neglect the enquiry was about.",
            codes=code_lists.ABUSE_TYPE,
            example="Physical Abuse; Neglect and Acts of Omission",
        ),
    ]
    location: Annotated[
        str,
        OneOf("Where the abuse or neglect happened.", codes=code_lists.ENQUIRY_LOCATION, example="Own Home"),
    ]
    source_of_risk: Annotated[
        str, OneOf("Who the risk came from, as the adult knows them.", codes=code_lists.SOURCE_OF_RISK)
    ]
    msp_asked: Annotated[
        str, OneOf("Whether the adult was asked what outcomes they wanted.", codes=code_lists.MSP_ASKED)
    ]
    msp_achieved: Annotated[
        str | None,
        OneOf(
            "Whether the outcomes the adult expressed were achieved; blank where none were expressed.",
            codes=code_lists.MSP_ACHIEVED,
            required=False,
        ),
    ]
