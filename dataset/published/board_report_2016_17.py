"""Figures of the board's annual report 2016/17, part one: the place, the front door, plans and care (001:66-264).

Where the report gives no date its own year stands, and the note says so. A draft question is printed
where the 2015/16 share of children in residential provision should stand (001:263), so there is none.
"""

from __future__ import annotations

from dataset.published.figure import BOARD_2016_17, Period, PublishedFigure, Transcript

SPELLED = "The number is spelled out."
UNDATED = "Undated in the report; held under its own year."
YEAR = Period("2016/17")
BEFORE = Period("2015/16")
TWO_BEFORE = Period("2014/15")
END = Period("31 March 2017", "as at")
END_BEFORE = Period("31 March 2016", "as at")
END_TWO_BEFORE = Period("31 March 2015", "as at")
MID_2014 = Period("mid-2014", "as at")
OCTOBER_2016 = Period("October 2016", "as at")
DECEMBER_2016 = Period("December 2016", "as at")
CALENDAR_2015 = Period("2015", "calendar year")
GREATER_MANCHESTER = "GM"

_activity = Transcript(BOARD_2016_17)
_place = Transcript(BOARD_2016_17, "demography")
_assurance = Transcript(BOARD_2016_17, "assurance")


# Foreword (74)

_FOREWORD = (
    _assurance(
        74, "didn't commission any", "serious_case_reviews_commissioned", YEAR, value=0, note="None, said in words."
    ),
    _assurance(74, "two", "serious_case_reviews_published", YEAR, value=2, note=SPELLED),
    _assurance(
        74,
        "an Independent Learning Review",
        "independent_learning_reviews_commissioned",
        YEAR,
        value=1,
        note="One, by its article; commissioned in September 2016 (001:470).",
    ),
)


# Local context (173-184)

_PRIORITY_AREAS = "Aged 0-25 living in Priority 1 areas"
_ETHNIC_MINORITY = "Black and minority ethnic"
_MINORITY_SHARES = (("14.3%", "0-4"), ("14%", "5-9"), ("11.6%", "10-14"), ("10.7%", "15-19"))
_SCHOOLS = (
    ("5", "Maintained nursery", "Printed “nurse schools”."),
    ("84", "Primary", ""),
    ("14", "Secondary", ""),
    ("9", "Independent", ""),
    ("6", "Special", ""),
    ("3 Pupil Referral Units", "Pupil referral unit", ""),
)

_CONTEXT = (
    *(
        _place(
            173,
            token,
            "national_deprivation_band_reached",
            YEAR,
            band,
            basis="of small areas in England",
            note=f"Some small areas of Stockport lie in this band, how many is not said. {UNDATED}",
        )
        for token, band in (("2% most", "Most deprived"), ("2% least", "Least deprived"))
    ),
    _place(175, "67,913", "population", MID_2014, "Aged 0-19"),
    _place(175, "23.5%", "population_share", MID_2014, "Aged 0-19", basis="of the borough's population"),
    _place(175, "40,359", "school_population", Period("2015/16", "school year")),
    _place(175, "39,851", "school_population", Period("2014/15", "school year")),
    _place(176, "5017", "sen_pupils", OCTOBER_2016, basis="school census"),
    _place(
        177,
        "1995",
        "ehc_plans",
        DECEMBER_2016,
        basis="statement or plan, of the pupils with special educational needs",
        note="A count, not a year.",
    ),
    _place(178, "8,228", "population", MID_2014, _PRIORITY_AREAS),
    _place(178, "9.6%", "population_share", MID_2014, _PRIORITY_AREAS, basis="of people aged 0-25"),
    _place(
        178, "8,500", "children_in_poverty", CALENDAR_2015, note="An estimate of the joint strategic needs assessment."
    ),
    _place(179, "5,583", "free_school_meals", OCTOBER_2016, basis="school census"),
    _place(179, "14%", "free_school_meals", OCTOBER_2016, basis="of children attending Stockport schools"),
    *(
        _place(
            180,
            token,
            "population_share",
            YEAR,
            f"{_ETHNIC_MINORITY}, aged {ages}",
            basis="of the age group",
            note=UNDATED,
        )
        for token, ages in _MINORITY_SHARES
    ),
    *(
        _place(
            181,
            token,
            "population_share",
            Period(month, "as at"),
            f"{_ETHNIC_MINORITY}, school age",
            basis="of the school age population",
        )
        for token, month in (("17.4 %", "January 2017"), ("15.7 %", "January 2015"))
    ),
    _place(
        182, "9%", "population_share", YEAR, "First language not English", basis="of Stockport's children", note=UNDATED
    ),
    _place(184, "121", "schools", YEAR, basis="the kinds add to it", note=UNDATED),
    *(
        _place(184, token, "schools", YEAR, kind, note=f"{remark} {UNDATED}".strip())
        for token, kind, remark in _SCHOOLS
    ),
    _place(184, "3 secondary schools", "schools", YEAR, "Academies, among the secondary schools", note=UNDATED),
)


# The front door, early help and social care (194-214)

_FRONT_DOOR = (
    _activity(194, "4481", "referrals", BEFORE, basis="calls and e-mails to the multi-agency front door"),
    _activity(194, "7763", "referrals", YEAR, basis="calls and e-mails to the multi-agency front door"),
    _activity(206, "7763", "referrals", YEAR, basis="referrals to the multi-agency front door"),
    _activity(206, "3204", "referrals_to_social_care", YEAR, basis="of the 7,763 at the front door"),
    _activity(208, "2432", "early_help_assessments_completed", YEAR),
    _activity(
        208, "92.1%", "early_help_assessments_completed", YEAR, basis="of referrals that went for early help assessment"
    ),
    _activity(208, "1843", "children_in_need", YEAR, note=UNDATED),
    _activity(210, "21.4%", "re_referrals_within_12_months", YEAR, basis="of referrals"),
    _activity(214, "546", "section_47_enquiries", YEAR, basis="cases received as a child protection enquiry"),
    _activity(214, "603", "section_47_enquiries", BEFORE, basis="cases received as a child protection enquiry"),
    _activity(214, "91.4%", "section_47_leading_to_assessment", YEAR, basis="of child protection enquiries"),
)


# Child protection plans (222-240)

_PLAN_CATEGORIES = (
    (226, "121", "Emotional abuse"),
    (227, "106", "Neglect"),
    (228, "7", "Physical abuse"),
    (229, "5", "Sexual abuse"),
    (230, "239", ""),
)

_PLANS = (
    _activity(222, "239", "child_protection_plans", END),
    _activity(
        222,
        "almost 50",
        "child_protection_plans_change",
        YEAR,
        note="“Almost”; the count a year before is not given.",
    ),
    _activity(
        222,
        "the same as 2014-5",
        "child_protection_plans",
        END_TWO_BEFORE,
        value=239,
        note="Said only to equal the 239 of 31 March 2017.",
    ),
    *(_activity(line, token, "child_protection_plans", END, category) for line, token, category in _PLAN_CATEGORIES),
    _activity(232, "59.9%", "seen_within_4_weeks", BEFORE, basis="of children on a plan"),
    _activity(
        232,
        "over 82%",
        "seen_within_4_weeks",
        Period("April to September 2016", "part of a year"),
        basis="of children on a plan",
        note="“Over”: a lower limit, and half a year set against a whole one.",
    ),
    _activity(
        232,
        "all young people",
        "participation_worker_offered",
        YEAR,
        unit="percent",
        value=100,
        basis="of young people in the child protection process",
        note="All, said in words.",
    ),
    _activity(236, "336", "initial_conferences", YEAR),
    _activity(236, "42", "conferences_without_plan", YEAR),
    _activity(236, "12.5%", "conferences_without_plan", YEAR, k=42, n=336, basis="of initial conferences"),
    *(
        _activity(
            240,
            token,
            "plans_two_years_or_more",
            period,
            basis="of plans",
            note="Not said whether of plans open or of plans ended.",
        )
        for token, period in (("8.7 %", BEFORE), ("2.4 %", YEAR))
    ),
)


# Looked after children (244-264)

_YEAR_ENDS = (END_TWO_BEFORE, END_BEFORE, END)
_IN_CARE = (
    (249, "children_in_care_placed_in_stockport", ("208", "204", "225")),
    (250, "children_in_care_placed_outside", ("83", "91", "106")),
    (251, "children_in_care", ("291", "295", "331")),
    (252, "children_in_care_of_other_authorities", ("267", "318", "388")),
)

_LOOKED_AFTER = (
    _activity(244, "331", "children_in_care", END),
    _activity(
        244, "close to 300", "children_in_care", Period("several years to 2015/16", "several years"), note="“Close to”."
    ),
    *(
        _activity(line, token, measure, period)
        for line, measure, row in _IN_CARE
        for token, period in zip(row, _YEAR_ENDS, strict=True)
    ),
    _activity(
        254,
        "121",
        "children_in_care_of_other_authorities_change",
        Period("31 March 2015 to 31 March 2017", "several years"),
    ),
    _activity(262, "9.2%", "in_residential_provision", TWO_BEFORE, basis="of children in care"),
    _activity(
        264,
        "5/5%",
        "in_residential_provision",
        YEAR,
        value="5.5",
        basis="of children in care",
        note="Printed “5/5%”, read as 5.5%.",
    ),
)


FIGURES: tuple[PublishedFigure, ...] = (
    *_FOREWORD,
    *_CONTEXT,
    *_FRONT_DOOR,
    *_PLANS,
    *_LOOKED_AFTER,
)
