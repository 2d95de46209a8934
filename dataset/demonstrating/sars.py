"""Invented referrals for Safeguarding Adult Reviews: so few that each is written out.

The counts and outcomes of 2021/22 and 2022/23 are the annual report's (1 and 2), and so are the two themes
it names; quarters and all that is of later years are invented.
"""

from __future__ import annotations

from random import Random

from dataset.agencies import BUSINESS_UNIT
from dataset.demonstrating.allocating import SEED, Rows, short_year
from dataset.demonstrating.days import some_days, written
from dataset.quarter import Quarter

_NO, _MET, _OTHER, _AWAITED = (
    "Did not meet criteria",
    "Met criteria",
    "Other review commissioned",
    "Decision awaited",
)

REFERRALS: dict[Quarter, tuple[tuple[str, str, str], ...]] = {
    # quarter: age band, themes, outcome
    Quarter(2021, 3): (("65-74", "Self-neglect", _NO),),
    Quarter(2022, 2): (("18-24", "Transitional safeguarding; Exploitation", _OTHER),),
    Quarter(2022, 4): (("40-49", "Self-neglect", _OTHER),),
    Quarter(2023, 1): (("50-64", "Self-neglect; Mental health", _NO),),
    Quarter(2023, 3): (("30-39", "Domestic abuse", _MET), ("75-84", "Other", _NO)),
    Quarter(2024, 2): (("40-49", "Mental health", _OTHER),),
    Quarter(2024, 4): (("18-24", "Transitional safeguarding", _NO),),
    Quarter(2025, 1): (("50-64", "Self-neglect", _MET),),
    Quarter(2025, 3): (("85-94", "Other", _NO),),
    Quarter(2025, 4): (("25-29", "Exploitation; Mental health", _OTHER),),
    Quarter(2026, 2): (("65-74", "Self-neglect", _AWAITED),),
}


def rows() -> Rows:
    """Every referral of the quarters that had one."""
    rng = Random(SEED)
    made: Rows = {}
    number: dict[int, int] = {}
    for quarter, referrals in REFERRALS.items():
        days = some_days(quarter, len(referrals), rng)
        for day, (age_band, themes, outcome) in zip(days, referrals, strict=True):
            number[quarter.year] = number.get(quarter.year, 0) + 1
            made.setdefault((BUSINESS_UNIT.code, quarter), []).append(
                {
                    "referral_id": f"SAR-{short_year(quarter.year)}-{number[quarter.year]:02}",
                    "received_on": written(day),
                    "age_band": age_band,
                    "themes": themes,
                    "outcome": outcome,
                }
            )
    return made
