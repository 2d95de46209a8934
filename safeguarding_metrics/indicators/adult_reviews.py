"""Safeguarding Adult Review referrals: how many, and what the panel decided."""

from __future__ import annotations

from dataset import code_lists
from dataset.tables.sar_referrals import SarReferral
from safeguarding_metrics.indicator import Example, Indicator, slug
from safeguarding_metrics.settings import Settings

THEME = "Safeguarding Adult Reviews"


def _with_outcome(outcome: str) -> Indicator:
    other = next(value for value in code_lists.SAR_OUTCOME.values if value != outcome)
    return Indicator(
        id=f"sar_{slug(outcome)}",
        title=f"SAR referrals: {outcome[0].lower() + outcome[1:]}",
        question=f"How many SAR referrals ended in “{outcome}”?",
        why_it_matters="Referrals that never meet the criteria suggest the criteria are not understood.",
        table=SarReferral,
        theme=THEME,
        counts=f"referrals with the outcome “{outcome}”",
        numerator=f"outcome = '{outcome}'",
        source="004:579-585",
        example=Example(({"outcome": outcome}, {"outcome": other}, {"outcome": other}), 1),
    )


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    """Every SAR indicator."""
    return (
        Indicator(
            id="sar_referrals",
            headline=True,
            title="Safeguarding Adult Review referrals received",
            question="How many referrals for a Safeguarding Adult Review were received?",
            why_it_matters="After 18 in 2020/21 came 1 and 2: too few may mean that staff do not know when to refer.",
            table=SarReferral,
            theme=THEME,
            counts="referrals received in the period",
            numerator="true",
            source="003:176, 003:199; 004:577-585",
            breakdowns=("outcome", "age_band", "themes"),
            left_out="More referrals are not plainly better or worse: the plan reads a rise as better awareness.",
            example=Example(({}, {}, {}), 3),
        ),
        *(_with_outcome(outcome) for outcome in code_lists.SAR_OUTCOME.values),
    )
