"""Counts of help that comes before social care."""

from __future__ import annotations

from dataset.agencies import STOCKPORT_FAMILY
from dataset.code_lists import CodeList
from dataset.counts.measure import CountMeasure

THEME = "Early help"
GCP2_BY = CodeList(
    "gcp2_by",
    ("Social care", "Health visiting and school nursing", "Schools", "Other"),
    "Services that use the Graded Care Profile 2; the documents print no such division (004:343)",
)

MEASURES: tuple[CountMeasure, ...] = (
    CountMeasure(
        id="early_help_assessments_completed",
        title="Early help assessments completed",
        question="How many of the early help assessments begun were completed?",
        why_it_matters="Help that is agreed early keeps a worry from becoming a child protection enquiry.",
        theme=THEME,
        counts="early help assessments completed in the quarter",
        out_of="early help assessments that were due to be completed in the quarter",
        source="001:208",
        reported_by=(STOCKPORT_FAMILY,),
        polarity="increase",
        example=(57, 62),
        headline=True,
    ),
    CountMeasure(
        id="gcp2_started",
        title="Graded Care Profile 2 assessments started",
        question="How many Graded Care Profile 2 assessments were started?",
        why_it_matters="A neglected child is helped sooner when what is missing at home is looked at step by step.",
        theme=THEME,
        counts="Graded Care Profile 2 assessments started in the quarter",
        source="003:28; 004:204",
        reported_by=(STOCKPORT_FAMILY,),
        polarity="increase",
        parts=GCP2_BY,
        example=(19, None),
    ),
    CountMeasure(
        id="gcp2_completed",
        title="Graded Care Profile 2 assessments completed",
        question="How many Graded Care Profile 2 assessments were completed?",
        why_it_matters="The tool makes neglect visible early; it only helps where it is used to the end.",
        theme=THEME,
        counts="Graded Care Profile 2 assessments completed in the quarter",
        source="004:343; 000:271",
        reported_by=(STOCKPORT_FAMILY,),
        polarity="increase",
        parts=GCP2_BY,
        example=(17, None),
        left_out="Assessments started and not finished; those completed may have been started in an earlier quarter.",
        headline=True,
    ),
)
