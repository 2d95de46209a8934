"""Counts about the places where adults are cared for, and about treatment."""

from __future__ import annotations

from dataset.agencies import ADULT_SOCIAL_CARE, START
from dataset.code_lists import CodeList
from dataset.counts.measure import CountMeasure

ENQUIRIES = "Section 42 enquiries"
HOMES = "Care homes for adults"
SUBSTANCES = "Substance misuse"
HARM = CodeList(
    "harm_level",
    ("No harm", "Low harm", "Moderate harm", "Severe harm", "Death"),
    "Steps of a harm-levels report; the annual report names the reports and not their steps (004:606)",
)

ETHNICITY = CodeList(
    "enquiry_ethnicity",
    ("White British", "Another ethnic group", "Unknown or undeclared"),
    "The two groups the annual report 2022/23 prints, and the rest (004:641)",
)

MEASURES: tuple[CountMeasure, ...] = (
    CountMeasure(
        id="enquiries_ethnicity",
        title="Adults subject to enquiries by ethnic group",
        question="Of which ethnic group were the adults whom concluded enquiries were about?",
        why_it_matters="Whoever is recorded as unknown cannot be seen to be left out.",
        theme=ENQUIRIES,
        counts="adults subject to a Section 42 enquiry concluded in the quarter, by ethnic group",
        source="004:641-643",
        reported_by=(ADULT_SOCIAL_CARE,),
        parts=ETHNICITY,
        example=(91, None),
        left_out="Which other group it is: so few adults belong to each that they are counted as one.",
    ),
    CountMeasure(
        id="care_home_ratings_good_or_outstanding",
        title="Care homes rated good or outstanding",
        question="What share of care homes for adults was rated good or outstanding?",
        why_it_matters="More than four in ten concerns come from care homes: their quality decides how safe adults are.",
        theme=HOMES,
        counts="care homes rated good or outstanding on the last day of the quarter",
        out_of="care homes for adults with a rating",
        source="004:191; 003:66; 004:600",
        reported_by=(ADULT_SOCIAL_CARE,),
        moment="at the end",
        polarity="increase",
        example=(57, 75),
        headline=True,
    ),
    CountMeasure(
        id="care_home_harm_reports",
        title="Harm reported by care homes",
        question="How many incidents did care homes report, and how much harm had been done?",
        why_it_matters="Beside the concerns it shows which ones were falls and which were abuse.",
        theme=HOMES,
        counts="incidents that care homes reported to the council in the quarter, by level of harm",
        source="004:606",
        reported_by=(ADULT_SOCIAL_CARE,),
        parts=HARM,
        example=(331, None),
        left_out="Concerns: an incident that became one is counted there as well, so the two are never added.",
    ),
    CountMeasure(
        id="substance_misuse_referrals_accepted",
        title="Referrals into substance misuse treatment accepted",
        question="How many referrals into substance misuse treatment were accepted?",
        why_it_matters="Six in ten adults at risk discussed by agencies misuse a substance; treatment is the way out.",
        theme=SUBSTANCES,
        counts="referrals into treatment that START accepted in the quarter",
        source="004:229; 003:82; 004:663",
        reported_by=(START,),
        example=(226, None),
        headline=True,
    ),
)
