"""Counts of how the partnership looks after itself: who comes, who answers, who visits."""

from __future__ import annotations

from dataset.agencies import AGENCIES, BUSINESS_UNIT
from dataset.code_lists import CodeList
from dataset.counts.measure import CountMeasure

THEME = "Assurance"
MEMBER = CodeList(
    "meeting_member",
    tuple(agency.name for agency in AGENCIES if agency is not BUSINESS_UNIT),
    "The register of agencies",
)

MEASURES: tuple[CountMeasure, ...] = (
    CountMeasure(
        id="meeting_attendance",
        title="Attendance at the partnership's meetings",
        question="What share of the meetings it belongs to did each agency attend?",
        why_it_matters="A decision taken without an agency is one it does not carry out.",
        theme=THEME,
        counts="seats at meetings of the executives and sub-groups that were filled",
        out_of="seats at the meetings held in the quarter, agency by agency",
        source="001:129-131, 001:446; 004:914",
        reported_by=(BUSINESS_UNIT,),
        polarity="increase",
        parts=MEMBER,
        example=(71, 88),
        left_out="Whoever came, whatever their seniority; the chair, and members who belong to no agency.",
    ),
    CountMeasure(
        id="section_11_returned",
        title="Agencies' own safeguarding audits returned",
        question="What share of agencies returned their safeguarding audit (Section 11)?",
        why_it_matters="It is each agency's word that its arrangements are in place.",
        theme=THEME,
        counts="agencies whose audit had come back by the end of the year",
        out_of="agencies asked for one in the year",
        source="001:452-462, 001:621; 002:461",
        reported_by=(BUSINESS_UNIT,),
        yearly=True,
        polarity="increase",
        example=(13, 16),
    ),
    CountMeasure(
        id="scrutiny_visits",
        title="Visits to the front line",
        question="How many visits to front-line services did scrutineer, chair or business unit make?",
        why_it_matters="What a dataset shows is understood where the work is done.",
        theme=THEME,
        counts="visits to front-line services in the quarter",
        source="004:608; 002:631",
        reported_by=(BUSINESS_UNIT,),
        example=(2, None),
    ),
)
