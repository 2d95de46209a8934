"""Counts of children's social care that need no row for each child."""

from __future__ import annotations

from dataset.agencies import STOCKPORT_FAMILY
from dataset.counts.measure import CountMeasure

THEME = "Children's social care"

MEASURES: tuple[CountMeasure, ...] = (
    CountMeasure(
        id="open_referrals",
        title="Open referrals to children's social care",
        question="How many referrals to children's social care were open at the end of the quarter?",
        why_it_matters="A pile of open referrals means children who wait for somebody to decide what happens next.",
        theme=THEME,
        counts="referrals open on the last day of the quarter",
        source="004:202; 003:26",
        reported_by=(STOCKPORT_FAMILY,),
        moment="at the end",
        example=(3150, None),
        left_out="The report gives its figure for a whole year although “open” is a state on one day; "
        "it is read as the last day.",
    ),
    CountMeasure(
        id="child_assessments_completed",
        title="Social work assessments of children completed",
        question="How many social work assessments of children were completed?",
        why_it_matters="Nothing is decided well for a child before somebody has understood how the child lives.",
        theme=THEME,
        counts="social work assessments authorised in the quarter",
        source="002:123-127",
        reported_by=(STOCKPORT_FAMILY,),
        example=(862, None),
    ),
    CountMeasure(
        id="child_assessments_in_time",
        title="Social work assessments completed within 45 working days",
        question="What share of the social work assessments of children were completed within 45 working days?",
        why_it_matters="For a child who is not safe, every week of waiting for an assessment is long.",
        theme=THEME,
        counts="assessments authorised within 45 working days of the referral",
        out_of="social work assessments authorised in the quarter",
        source="002:123-127; 001:216",
        reported_by=(STOCKPORT_FAMILY,),
        example=(741, 862),
        left_out="The limit is that of the national guidance; the documents print only how many were completed.",
    ),
    CountMeasure(
        id="children_in_need",
        title="Children in need",
        question="How many children in need had an open plan at the end of the quarter?",
        why_it_matters="They are helped with their family's consent; for many it is the step before, or after, a plan.",
        theme=THEME,
        counts="children in need on the last day of the quarter",
        source="001:208; 002:129-131",
        reported_by=(STOCKPORT_FAMILY,),
        moment="at the end",
        example=(1920, None),
        headline=True,
    ),
    CountMeasure(
        id="children_with_disability",
        title="Children recorded as disabled",
        question="How many children were recorded as having a disability at the end of the quarter?",
        why_it_matters="Disabled children are at greater risk of harm and less able to tell somebody about it.",
        theme=THEME,
        counts="children recorded as having a disability on the last day of the quarter",
        source="001:374",
        reported_by=(STOCKPORT_FAMILY,),
        moment="at the end",
        example=(3901, None),
    ),
)
