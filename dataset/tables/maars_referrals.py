from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import code_lists
from dataset.columns import AnyOf, Day, Identifier, OneOf
from dataset.retention import ADULTS, Footing
from dataset.rules import WithinQuarter
from dataset.table import About, Return


class MaarsReferral(Return):
    """An adult at risk referred to the Multi-Agency Adults At Risk System."""

    about = About(
        name="maars_referrals",
        title="MAARS referrals",
        one_row_is="one adult referred to MAARS in the quarter, with every risk the referral names",
        why="Five targets of the plan rest on it: housing for young adults, exploitation, several risks at once, "
        "self-neglect and repeat referrals.",
        source="003:213-256, 003:336, 003:363-365; 004:647-667",
        footing=Footing(lawful_basis=ADULTS),
    )
    key = ("referral_id",)
    period = "referred_on"
    rules: ClassVar = (WithinQuarter("referred_on"),)

    referral_id: Annotated[
        str, Identifier("Your own reference for the referral; never a name or NHS number.", prefix="MR")
    ]
    person_id: Annotated[
        str, Identifier("Your own reference for the adult, the same each time they are referred.", prefix="P")
    ]
    referred_on: Annotated[date, Day("The day the referral reached MAARS.")]
    age_band: Annotated[str, OneOf("Age on the day of referral.", codes=code_lists.ADULT_AGE_BAND, example="25-29")]
    sex: Annotated[str, OneOf("Sex as recorded by the referrer.", codes=code_lists.SEX)]
    referrer: Annotated[str, OneOf("Who made the referral.", codes=code_lists.MAARS_REFERRER)]
    risks: Annotated[
        tuple[str, ...],
        AnyOf(
            "Every risk the referral names; one at least.",
            codes=code_lists.MAARS_RISK,
            example="Housing; Self-neglect",
        ),
    ]
    repeat_referral: Annotated[
        str,
        OneOf(
            "Whether the adult had been referred to MAARS in the 12 months before.",
            codes=code_lists.YES_NO,
            example="No",
        ),
    ]
