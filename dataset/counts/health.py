"""Counts of the health services for children."""

from __future__ import annotations

from dataset.agencies import PENNINE_CARE, STOCKPORT_NHS
from dataset.code_lists import CodeList
from dataset.counts.measure import CountMeasure

THEME = "Children's health"
VISIT = CodeList(
    "mothers_visit", ("New birth visit", "6 to 8 weeks"), "The two visits the children's report names (000:423)"
)

MEASURES: tuple[CountMeasure, ...] = (
    CountMeasure(
        id="camhs_referrals",
        title="Referrals to children's mental health services",
        question="How many children were referred to mental health services (Healthy Young Minds, formerly CAMHS)?",
        why_it_matters="Distress that is not met early returns as harm to the child or to somebody else.",
        theme=THEME,
        counts="referrals received in the quarter",
        source="001:384-387",
        reported_by=(PENNINE_CARE,),
        example=(648, None),
        left_out="Referrals, not children, and nothing about how long they waited: no document prints a wait.",
    ),
    CountMeasure(
        id="self_harm_admissions",
        title="Children admitted after harming themselves",
        question="How many times was a child admitted to hospital after harming himself or herself?",
        why_it_matters="It is higher in Stockport than nationally, above all among older girls.",
        theme=THEME,
        counts="hospital admissions of children after self-harm in the quarter",
        source="001:389-391",
        reported_by=(STOCKPORT_NHS,),
        example=(37, None),
        left_out="The board report compares rates without printing one.",
    ),
    CountMeasure(
        id="icon_coverage",
        title="New parents reached by ICON",
        question="What share of new parents was told, before going home, how to cope with a baby's crying?",
        why_it_matters="A shaken baby is most often one whose crying nobody had prepared the parents for.",
        theme=THEME,
        counts="new parents at Stepping Hill Hospital given the ICON advice",
        out_of="new parents at Stepping Hill Hospital in the quarter",
        source="000:434, 000:373",
        reported_by=(STOCKPORT_NHS,),
        polarity="increase",
        example=(601, 689),
    ),
    CountMeasure(
        id="mothers_assessed_after_birth",
        title="Mothers assessed after birth",
        question="What share of the assessments due after a birth did health visitors carry out?",
        why_it_matters="They are the moments at which low mood, violence or an unsafe cot are noticed.",
        theme=THEME,
        counts="assessments of mothers carried out",
        out_of="assessments due in the quarter, at the new birth visit and at 6 to 8 weeks",
        source="000:423",
        reported_by=(STOCKPORT_NHS,),
        polarity="increase",
        parts=VISIT,
        example=(1263, 1341),
    ),
)
