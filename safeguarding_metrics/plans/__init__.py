"""The business plans, oldest first; a reviewed plan is a new module and one line more below."""

from __future__ import annotations

from safeguarding_metrics.plan import Plan
from safeguarding_metrics.plans.business_plan_2023_26 import BUSINESS_PLAN_2023_26

PLANS: tuple[Plan, ...] = (BUSINESS_PLAN_2023_26,)
_BY_ID = {plan.id: plan for plan in PLANS}


class UnknownPlan(LookupError):
    """No plan has this id; the message lists those that exist."""


def plan_named(id: str) -> Plan:
    """The plan with this id, such as "2023-26". Raises UnknownPlan."""
    found = _BY_ID.get(id.strip())
    if found is None:
        raise UnknownPlan(f"“{id.strip()[:40]}” is not a business plan. Write one of: {', '.join(_BY_ID)}.")
    return found
