"""The joint business plan 2023-26 as promises and actions: 5 priorities, 28 outcomes, 29 actions.

Texts are our paraphrases; places such as "003:197" are lines of the plan. Ids follow the order of
the document: outcomes "1.1" to "5.5", actions "1.a" onwards. "By April 2024" is read as by
30 April 2024 and "By April 2025" as by 30 April 2025. No outcome has a milestone for 2025/26,
although the plan runs to March 2026; none is invented here.
"""

from __future__ import annotations

from dataset.quarter import Quarter
from safeguarding_metrics.plan import Plan
from safeguarding_metrics.plans.business_plan_2023_26 import (
    information_sharing,
    managing_risk,
    transitions,
    trauma,
    working_with_men,
)

BUSINESS_PLAN_2023_26: Plan = Plan(
    id="2023-26",
    title="Joint business plan 2023-26",
    first=Quarter(2023, 1),
    last=Quarter(2025, 4),
    set_by="Stockport's Safeguarding Children and Safeguarding Adults Partnerships, June 2023 (004:74)",
    place="003:3",
    priorities=(
        information_sharing.PRIORITY,
        transitions.PRIORITY,
        trauma.PRIORITY,
        working_with_men.PRIORITY,
        managing_risk.PRIORITY,
    ),
)
