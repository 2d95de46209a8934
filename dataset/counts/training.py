"""Counts of what the workforce learns together."""

from __future__ import annotations

from dataset.agencies import AGENCIES, BUSINESS_UNIT
from dataset.code_lists import CodeList
from dataset.counts.measure import CountMeasure

THEME = "Training"
COURSE = CodeList(
    "training_course",
    (
        "Team around the adult and MAARS",
        "Alerting",
        "Chairing safeguarding adults meetings",
        "MAPPA awareness",
        "Enquiry officer",
        "Hate crime awareness",
        "Domestic abuse in later life",
        "Domestic Homicide Review Conference",
        "Information sharing and professional curiosity",
        "Making Safeguarding Personal",
        "Modern slavery and human trafficking",
        "Understanding exploitation",
        "Damp and mould awareness",
    ),
    "Courses of 2022/23 and those planned for the years after (004:678-685, 695-701; 003:184)",
)
E_COURSE = CodeList(
    "e_learning_course",
    ("SEND", "Safeguarding children level 2"),
    "E-learning the documents name (000:319; 001:870)",
)

MEASURES: tuple[CountMeasure, ...] = (
    CountMeasure(
        id="training_attendance",
        title="Places taken at the partnership's courses",
        question="How many places at the partnership's courses did staff take, course by course?",
        why_it_matters="Learning from a review changes nothing until the people who do the work have heard it.",
        theme=THEME,
        counts="places taken by the agency's staff at the partnership's courses in the quarter",
        source="004:673-685; 001:430; 003:184",
        reported_by=AGENCIES,
        polarity="increase",
        parts=COURSE,
        example=(14, None),
        left_out="Places and not people: who attends two courses takes two places. Agencies' own courses.",
    ),
    CountMeasure(
        id="training_events",
        title="Courses and seminars held",
        question="How many courses and seminars did the partnership hold?",
        why_it_matters="Courses were cancelled when few came; both numbers are needed to see it.",
        theme=THEME,
        counts="courses and seminars held in the quarter",
        source="001:162, 001:491; 000:244; 004:675",
        reported_by=(BUSINESS_UNIT,),
        example=(11, None),
    ),
    CountMeasure(
        id="learning_circles",
        title="Learning circles and hubs held",
        question="How many learning circles and learning hubs were held?",
        why_it_matters="The plan promises hubs at least twice a year: they bring a review's learning to teams.",
        theme=THEME,
        counts="learning circles and learning hubs held in the quarter",
        source="002:507; 004:535, 004:813",
        reported_by=(BUSINESS_UNIT,),
        example=(3, None),
    ),
    CountMeasure(
        id="e_learning_completed",
        title="E-learning completed",
        question="How many members of staff completed e-learning?",
        why_it_matters="It reaches the many who cannot leave a ward or a classroom for a day.",
        theme=THEME,
        counts="completions of e-learning in the quarter",
        source="000:319; 001:870",
        reported_by=(BUSINESS_UNIT,),
        parts=E_COURSE,
        example=(203, None),
    ),
)
