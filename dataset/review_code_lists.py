"""Code lists of the reviews that follow a death or serious harm, and of what is learnt from them.

The kinds are the three the partnership names together (003:186); rapid reviews give learning points too
(003:172). The themes are those the reviews' own returns use, so that a point and its review speak alike.
"""

from __future__ import annotations

from dataset.agencies import AGENCIES
from dataset.code_lists import REVIEW_THEME, SAR_THEME, CodeList

CHILD_REVIEW = "Child safeguarding practice review"
ADULT_REVIEW = "Safeguarding Adult Review"
HOMICIDE_REVIEW = "Domestic homicide review"
RAPID_REVIEW = "Rapid review"
DONE = "Done"

PRACTICE_REVIEW_KIND = CodeList(
    "practice_review_kind", (CHILD_REVIEW, ADULT_REVIEW, HOMICIDE_REVIEW), "Business plan 2023-26 (003:186)"
)
LEARNT_FROM = CodeList(
    "learnt_from", (RAPID_REVIEW, *PRACTICE_REVIEW_KIND.values), "Business plan 2023-26 (003:172, 003:186)"
)
LEARNING_THEME = CodeList(
    "learning_theme",
    (*REVIEW_THEME.values, *SAR_THEME.values),
    "Annual report 2022/23: themes of rapid reviews (004:493-526) and of SAR referrals (004:577)",
)
LEARNING_STATE = CodeList(
    "learning_state", ("Not started", "Under way", DONE), "How action plans are followed up (002:595)"
)
LEAD_AGENCY = CodeList("lead_agency", tuple(agency.code for agency in AGENCIES), "The register of agencies")
