"""Figures of the board's annual report 2016/17, part three: learning, the agencies, schools and money (001:419-1202).

The attendance chart (appendix 1) is a picture: no number of it is in the text. The risks and the
challenges (001:429-448) and the section 11 returns (001:456-460) are lists without a printed count.
"""

from __future__ import annotations

from dataset.published.board_report_2016_17 import BEFORE, GREATER_MANCHESTER, SPELLED, UNDATED, YEAR
from dataset.published.figure import BOARD_2016_17, Period, PublishedFigure, Transcript

SURVEY = Period("June to September 2016", "part of a year")
SCHOOL_YEAR = Period("2016/17", "school year")

_activity = Transcript(BOARD_2016_17)
_training = Transcript(BOARD_2016_17, "training")
_assurance = Transcript(BOARD_2016_17, "assurance")
_survey = Transcript(BOARD_2016_17, "survey")
_money = Transcript(BOARD_2016_17, "finance")


# Serious case reviews (470-491)

_REVIEWS = (
    _assurance(
        470,
        "5 serious",
        "serious_case_reviews_commissioned",
        Period("two years to the 2015/16 report", "several years"),
    ),
    _assurance(472, "Two", "serious_case_reviews_published", YEAR, value=2, note=SPELLED),
    _assurance(
        472,
        "three",
        "serious_case_reviews_awaiting_publication",
        Period("the writing of the report (September 2017)", "as at"),
        value=3,
        note=SPELLED,
    ),
    _training(491, "Two seminars", "training_events", YEAR, "Serious case review seminars", value=2, note=SPELLED),
)


# Deaths of children, stillbirths, allegations (510-534)

_DEATHS = "of child deaths"
_MANY_YEARS = Period("over the years to 2016/17", "several years")

_DEATHS_AND_ALLEGATIONS = (
    _activity(510, "16 deaths", "child_deaths", YEAR),
    _activity(510, "Only 1", "child_deaths", YEAR, "Unexpected"),
    _activity(510, "15 expected deaths", "child_deaths", YEAR, "Expected"),
    _activity(
        510,
        "11 were classified",
        "child_deaths",
        YEAR,
        "Premature or extremely premature",
        basis="of 15 expected deaths",
    ),
    _activity(510, "11 of the deaths", "child_deaths", YEAR, "Under 28 days"),
    _activity(510, "a further 2", "child_deaths", YEAR, "28 days to under 1 year"),
    _activity(
        510,
        "two thirds",
        "child_deaths",
        _MANY_YEARS,
        "Under 1 year",
        unit="percent",
        value="200/3",
        basis=_DEATHS,
        note="Spelled out, and said of Stockport and the country alike.",
    ),
    _activity(
        512,
        "40%",
        "child_deaths",
        YEAR,
        "Most deprived areas",
        basis=_DEATHS,
        note="No count of 16 deaths gives 40%; 6 of the 15 expected deaths would.",
    ),
    _activity(
        512,
        "9%",
        "population_share",
        YEAR,
        "Living in the most deprived areas",
        basis="of the population",
        topic="demography",
        note=UNDATED,
    ),
    _activity(
        512, "no reported sudden infant deaths", "sudden_infant_deaths", YEAR, value=0, note="None, said in words."
    ),
    _activity(512, "Only two", "child_deaths", YEAR, "With modifiable features", value=2, note=SPELLED),
    _activity(530, "18", "stillbirths", BEFORE, note="Called a rate; a whole number, read as a count."),
    _activity(530, "9", "stillbirths", YEAR, note="Called a rate; a whole number, read as a count."),
    _activity(534, "198 referrals", "lado_referrals", YEAR),
    _activity(534, "147 of these", "lado_referrals", YEAR, "Managed without a formal meeting"),
    _activity(
        534,
        "45",
        "lado_referrals",
        YEAR,
        "Formal child protection route",
        note="“An additional” 45: with the 147 it makes 192, and 6 of the 198 are not spoken of.",
    ),
    _activity(534, "254 queries", "lado_queries", YEAR),
)


# Sub-groups and Stockport Family (648-725)

_SURVEY_ANSWERS = (
    (715, "71% (75)", "survey_staff_available", 75),
    (717, "75% (79)", "survey_staff_listened", 79),
    (719, "73% (77)", "survey_staff_kept_their_word", 77),
)

_STOCKPORT_FAMILY = (
    _assurance(648, "10", "safeguarding_boards", YEAR, area=GREATER_MANCHESTER, note=UNDATED),
    _activity(682, "4 localities", "localities", YEAR),
    _money(
        690,
        "20% reduction",
        "children_in_care_spending_cut_aimed_at",
        Period("Stockport Family programme, from December 2014", "since start"),
        basis="of spending on children in care; an objective, not a result",
    ),
    _survey(713, "106 families", "survey_families_answered", SURVEY, note="The year is misprinted “2106”."),
    *(
        _survey(line, token, answer, SURVEY, k=k, n=106, basis="of families")
        for line, token, answer, k in _SURVEY_ANSWERS
    ),
    _activity(
        725,
        "All schools",
        "schools_with_nominated_social_worker",
        YEAR,
        unit="percent",
        value=100,
        basis="of schools within the local areas",
        note="All, said in words.",
    ),
)


# Pennine Care and the police (813-914)

_COACHES = "Coaches and employees"
_ADDRESSES = "Addresses a child may visit"

_HEALTH_AND_POLICE = (
    _assurance(
        813,
        "all contractual standards",
        "pennine_care_contractual_standards_met",
        YEAR,
        unit="percent",
        value=100,
        basis="of the commissioners' safeguarding standards",
        note="All, said in words.",
    ),
    _activity(
        898,
        "24 hours",
        "return_check_wait",
        YEAR,
        unit="days",
        value=1,
        basis="after every return from going missing; a described practice",
        note="Printed in hours, held in days.",
    ),
    _activity(
        912, "one month", "vetting_backlog_months", YEAR, _ADDRESSES, value=1, note=f"{SPELLED} Counted in months."
    ),
    *(
        _activity(
            912,
            "4/5 weeks",
            "vetting_turnaround",
            YEAR,
            f"{_ADDRESSES}, {end}",
            unit="days",
            value=days,
            note="Four to five weeks, held in days.",
        )
        for end, days in (("shortest", 28), ("longest", 35))
    ),
    _activity(
        914, "two weeks", "vetting_backlog", YEAR, _COACHES, unit="days", value=14, note=f"{SPELLED} Held in days."
    ),
    _activity(914, "60 days", "vetting_turnaround", YEAR, _COACHES, unit="days"),
)


# Training for schools and governors (959-978)

_SESSIONS = (
    (960, "51", "Basic awareness"),
    (961, "20", "Prevent and WRAP"),
    (962, "1", "Headteacher safeguarding induction"),
    (963, "1", "Deputy headteacher safeguarding induction"),
    (964, "1", "Safer recruitment"),
    (965, "2", "Safer recruitment refresher"),
)
_ATTENDANCE = (
    (962, "6", "Headteacher safeguarding induction"),
    (963, "4", "Deputy headteacher safeguarding induction"),
    (964, "28", "Safer recruitment"),
)
_GOVERNORS = (
    (973, "24", "safeguarding"),
    (974, "28", "safer recruitment, full day, first listed"),
    (975, "30", "safer recruitment, full day, second listed"),
    (976, "15", "safer recruitment, twilight part 1"),
    (977, "12", "safer recruitment, twilight part 2"),
    (978, "10", "safer recruitment refresher"),
)

_SCHOOL_TRAINING = (
    *(_training(line, token, "training_events", YEAR, f"Schools: {course}") for line, token, course in _SESSIONS),
    *(_training(line, token, "training_attendance", YEAR, f"Schools: {course}") for line, token, course in _ATTENDANCE),
    _training(
        965,
        "18 (X2)",
        "training_attendance",
        YEAR,
        "Schools: Safer recruitment refresher",
        value=36,
        note="Printed “18 (X2)”, read as 18 at each of two sessions.",
    ),
    _training(
        967,
        "in excess of 1800",
        "training_attendance",
        YEAR,
        "Schools: all staff of the table",
        note="A lower limit; most of it is whole settings whose numbers are not printed.",
    ),
    *(
        _training(line, f"{token} attendees", "training_attendance", YEAR, f"Governors: {course}")
        for line, token, course in _GOVERNORS
    ),
)


# Inspections, online safety and allegations (984-1014)

_INSPECTED = (
    (988, "1", "Nursery"),
    (989, "21", "Primary"),
    (990, "4", "Secondary"),
    (991, "4", "Special"),
    (992, "1", "Pupil referral unit"),
)
_ONLINE_SAFETY = (
    (1000, "12", "400 participants", "Parents", "“Approximately”."),
    (1001, "1 Governors session", "30 participants", "Governors", ""),
    (1002, "22", "200 staff", "Staff meetings", "“Approximately”."),
    (1003, "2", "80 participants", "Online child protection command sessions", "“Approximately”."),
    (1005, "3", "70 participants", "Personal, social and health education network", ""),
)
_ALLEGATIONS = (
    (1012, "239", "244", "allegations", "Whole school workforce"),
    (1013, "68", "94", "allegations", "Education staff"),
    (1014, "14", "22", "ofsted_complaints", ""),
)

_SCHOOLS = (
    _assurance(984, "31", "school_inspections", SCHOOL_YEAR, basis="the kinds of school add to it"),
    _assurance(
        984,
        "100%",
        "school_safeguarding_effective",
        SCHOOL_YEAR,
        k=31,
        n=31,
        derived=True,
        basis="of inspections",
        note="The 31 inspections are printed in the same line, the count judged effective follows.",
    ),
    *(_assurance(line, token, "school_inspections", SCHOOL_YEAR, kind) for line, token, kind in _INSPECTED),
    *(
        _training(line, token, "training_events", YEAR, f"Online safety: {audience}")
        for line, token, _, audience, _ in _ONLINE_SAFETY
    ),
    *(
        _training(line, token, "training_attendance", YEAR, f"Online safety: {audience}", note=note)
        for line, _, token, audience, note in _ONLINE_SAFETY
    ),
    _training(1004, "750", "online_network_members", YEAR, note=UNDATED),
    *(_activity(line, token, measure, BEFORE, who) for line, token, _, measure, who in _ALLEGATIONS),
    *(_activity(line, token, measure, YEAR, who) for line, _, token, measure, who in _ALLEGATIONS),
)


# Money (1179-1202)

_INCOME = (
    (1181, "£550", "CAFCASS"),
    (1182, "£4,000", "Stockport NHS Foundation Trust"),
    (1183, "£13,800", "Greater Manchester Police"),
    (1184, "£1,066", "Probation"),
    (1185, "£32,000", "Clinical commissioning group"),
    (1186, "£8,000", "Youth Offending Service"),
    (1187, "£59,416", "Sub-total of partners"),
    (1188, "£1,700", "Training"),
    (1189, "£96,836", "Local authority"),
    (1190, "£53,420", "Local authority reserves for reviews"),
)
_EXPENDITURE = (
    (1193, "£131,944", "Staffing"),
    (1194, "£14,215", "Independent chair"),
    (1195, "£146,159", "Sub-total of staffing and chair"),
    (1197, "£35,830", "Serious case and multi-agency learning reviews"),
    (1198, "£13,500", "Court order"),
    (1199, "£7,403", "Sundries"),
    (1200, "£5,730", "Conference venues and refreshments"),
    (1201, "£62,463", "Sub-total of other costs"),
)

_FINANCE = (
    *(_money(line, token, "income", YEAR, contributor) for line, token, contributor in _INCOME),
    _money(1191, "£211,372", "income_total", YEAR),
    *(_money(line, token, "expenditure", YEAR, heading) for line, token, heading in _EXPENDITURE),
    _money(1202, "£208,622", "expenditure_total", YEAR),
)


FIGURES: tuple[PublishedFigure, ...] = (
    *_REVIEWS,
    *_DEATHS_AND_ALLEGATIONS,
    *_STOCKPORT_FAMILY,
    *_HEALTH_AND_POLICE,
    *_SCHOOL_TRAINING,
    *_SCHOOLS,
    *_FINANCE,
)
