"""Figures of the joint annual report 2022/23 about children: front door, plans, care, neglect, domestic abuse."""

from __future__ import annotations

from dataset.published.figure import ANNUAL_REPORT, Period, PublishedFigure, Transcript

_at = Transcript(ANNUAL_REPORT)
_assured = Transcript(ANNUAL_REPORT, "assurance")

YEAR = Period("2022/23")
YEAR_BEFORE = Period("2021/22")
YEAR_END = Period("31 March 2023", "as at")
SINCE_START = Period("since the course began", "since start")
NOW = Period("writing of the annual report 2022/23", "as at")
BEFORE_NOW = Period("some months before the annual report 2022/23", "as at")
_WORD = "Printed as a word."
_NO_DATE = "The line gives no date."

# The year in figures (004:202-219)

_GLANCE = (
    _at(202, "3207", "open_referrals", YEAR, basis="children's social care"),
    _at(203, "271", "section_47_enquiries", YEAR, note="The line gives no dates; read as the year to March 2023."),
    _at(204, "54", "gcp2_started", YEAR, note="Printed as up to the end of March 2023; read as the year."),
    _at(205, "482", "children_in_care", YEAR_END),
    _at(206, "245", "child_protection_plans", YEAR_END),
    _at(
        218,
        "14,500",
        "children_with_more_than_one_ace",
        Period("2020", "calendar year"),
        topic="demography",
        basis="children with more than one adverse childhood experience, needs assessment of 2020",
    ),
    _at(219, "89", "children_in_care_missing", YEAR, basis="children in care reported missing"),
)

# Complex safeguarding (004:253, 275)

_COMPLEX = (
    _assured(253, "3 new working groups", "complex_safeguarding_groups_started", YEAR),
    _assured(275, "4 young people", "audited_cases", Period("2023", "calendar year"), "Peer review, exploitation team"),
)

# Neglect (004:343, 360, 366)

_IN_FORCE_OR_STARTED = "Whether plans started in the year or plans in force are counted is not said."

_NEGLECT = (
    _at(343, "45", "gcp2_completed", YEAR),
    _at(343, "128", "gcp2_completed", YEAR_BEFORE),
    _at(
        343,
        "184%",
        "gcp2_completed",
        YEAR,
        unit="percent change",
        value="-184",
        basis="the count of the year before",
        note="Printed as a reduction, so held as a negative change; 128 to 45 is 64.8% fewer.",
    ),
    _at(
        360,
        "87%",
        "child_protection_plans",
        YEAR,
        "Neglect",
        unit="percent change",
        basis="the count of the year before",
        note=_IN_FORCE_OR_STARTED,
    ),
    _at(360, "62", "child_protection_plans", YEAR, "Neglect", note=_IN_FORCE_OR_STARTED),
    _at(360, "33", "child_protection_plans", YEAR_BEFORE, "Neglect", note=_IN_FORCE_OR_STARTED),
    _at(
        366,
        "19%",
        "child_protection_plans",
        YEAR,
        "Neglect",
        unit="percent change",
        value="-19",
        basis="the last annual report",
        note="Printed as a decrease, so held as a negative change; its two counts are not printed.",
    ),
)

# Domestic abuse (004:379, 413-417, 441)

_DOMESTIC_ABUSE = (
    _at(
        379,
        "4.8%",
        "marac_cases",
        YEAR,
        unit="percent change",
        value="-4.8",
        basis="referrals in the 12 months before",
        note="Printed as a reduction, so held as a negative change; neither count is printed.",
    ),
    _at(413, "three cohorts", "caring_dads_cohorts", SINCE_START, value=3, note=_WORD),
    _at(415, "63", "caring_dads_referrals", SINCE_START),
    _at(415, "41", "caring_dads_accepted", SINCE_START),
    _at(417, "24", "caring_dads_completed", SINCE_START),
    _at(
        441,
        "second highest",
        "marac_repeats_rank",
        YEAR,
        unit="score",
        value=2,
        note=f"{_WORD} A place among the boroughs of Greater Manchester, the highest first.",
    ),
)

# Reviews (004:465, 486-487, 530-535); outcomes that fit one child each are left out.

_REVIEWS = (
    _at(465, "2 CSPR", "practice_reviews_commissioned", YEAR),
    _at(530, "two", "practice_reviews_commissioned", YEAR, value=2, note=_WORD),
    _at(486, "6 children", "rapid_review_children", YEAR, "Significant injury"),
    _at(487, "4 children", "rapid_review_children", YEAR, "Died"),
    _at(532, "nine", "practice_review_learning_points", Period("June 2022", "month"), value=9, note=_WORD),
    _at(
        535, "Two", "learning_circles", Period("June to October 2022", "part of a year"), value=2, note=_WORD,
        topic="training",
    ),
)  # fmt: skip

# Children in care and care leavers (004:743-805)

_CARE = (
    _at(
        743,
        "446",
        "children_in_care",
        Period("Q1 2022", "calendar quarter"),
        note="Read as January to March 2022: the same line gives the figure of March 2023 as Q1 of 2023.",
    ),
    _at(743, "482", "children_in_care", Period("Q1 2023", "calendar quarter")),
    _at(763, "16", "unaccompanied_children", BEFORE_NOW, note=_NO_DATE),
    _at(763, "29", "unaccompanied_children", NOW, note=_NO_DATE),
    _at(765, "28", "care_leavers", NOW, "Formerly unaccompanied asylum-seeking children", note=_NO_DATE),
    _at(795, "53", "care_leavers_supported", NOW, "Unlimited internet for 18 months", note=_NO_DATE),
    _at(797, "7 independent flats", "care_leaver_flats", NOW, "Open"),
    _at(797, "20 more", "care_leaver_flats", Period("couple of years ahead", "several years"), "Planned"),
    _at(805, "53", "care_leavers_supported", NOW, "Staying Close", basis="children the team works with", note=_NO_DATE),
)

# Audit and engagement (004:815, 845, 853)

_ASSURANCE = (
    _assured(815, "30", "audited_cases", Period("April 2023", "month"), "Neglect"),
    _assured(845, "five", "parents_group_members", NOW, value=5, note=_WORD),
    _assured(853, "three", "peer_mentors_trained", NOW, value=3, note=_WORD),
)

FIGURES: tuple[PublishedFigure, ...] = (
    *_GLANCE,
    *_COMPLEX,
    *_NEGLECT,
    *_DOMESTIC_ABUSE,
    *_REVIEWS,
    *_CARE,
    *_ASSURANCE,
)
