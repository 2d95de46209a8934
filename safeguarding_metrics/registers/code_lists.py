"""The words of the registers' coded columns."""

from __future__ import annotations

from dataclasses import dataclass

from dataset.agencies import AGENCIES
from dataset.code_lists import CodeList
from dataset.columns import OneOf
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.plans import PLANS

AGENCY = CodeList("register_agency", tuple(one.code for one in AGENCIES), "The register of agencies")
INDICATOR = CodeList("register_indicator", tuple(one.id for one in all_indicators()), "The indicators of Definitions")
ACTION = CodeList("plan_action", tuple(one.id for _, one in PLANS[-1].actions()), f"{PLANS[-1].title}: what it orders")
OUTCOME = CodeList(
    "outcome_without_number",
    tuple(one.id for _, one in PLANS[-1].outcomes() if one.target is None),
    f"{PLANS[-1].title}: outcomes without a number",
)
GROUP = CodeList(
    "group",
    (
        "Quality Assurance Partnership",
        "Independent Chair and sub-group chairs",
        "Executive",
        "Learning From Practice Sub-Group",
        "Complex Safeguarding Sub-Group",
        "Training and Workforce Development Sub-Group",
    ),
    "Arrangements of 2019 (002:429-461) and business plan 2023-26 (003:147, 177-187, 271)",
)


@dataclass(frozen=True)
class IndicatorCode(OneOf):
    """The id of an indicator; the list is too long to be printed in a guide."""

    def accepts(self) -> str:
        return "the code of an indicator as Definitions gives it, such as msp_asked"
