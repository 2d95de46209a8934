from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import code_lists
from dataset.columns import AnyOf, Day, Identifier, OneOf
from dataset.retention import ADULTS, REVIEWS, Footing
from dataset.rules import WithinQuarter
from dataset.table import About, Return


class SarReferral(Return):
    """A referral asking the partnership to hold a Safeguarding Adult Review."""

    about = About(
        name="sar_referrals",
        title="Safeguarding Adult Review referrals",
        one_row_is="one referral for a Safeguarding Adult Review received in the quarter",
        why="Referrals fell from 18 in 2020/21 to 1 and then 2; the plan wants practitioners to know when to refer.",
        source="003:176, 003:199; 004:569-591",
        footing=Footing(years=REVIEWS, lawful_basis=ADULTS),
    )
    key = ("referral_id",)
    period = "received_on"
    rules: ClassVar = (WithinQuarter("received_on"),)

    referral_id: Annotated[str, Identifier("The partnership's reference for the referral; never a name.", prefix="SAR")]
    received_on: Annotated[date, Day("The day the partnership received the referral.")]
    age_band: Annotated[str, OneOf("Age of the adult.", codes=code_lists.ADULT_AGE_BAND, example="40-49")]
    themes: Annotated[
        tuple[str, ...] | None,
        AnyOf("What the referral is about.", codes=code_lists.SAR_THEME, required=False, example="Self-neglect"),
    ]
    outcome: Annotated[
        str,
        OneOf(
            "What the consideration panel decided; “Decision awaited” until it has.",
            codes=code_lists.SAR_OUTCOME,
            example="Other review commissioned",
        ),
    ]
