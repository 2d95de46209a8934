"""Figures of the children's annual report 2020/21; its picture of the year (000:504) is not in the text."""

from __future__ import annotations

from dataset.published.figure import CHILDREN_2020_21, Period, PublishedFigure, Transcript

YEAR = Period("2020/21")
CENSUS_2011 = Period("2011", "as at")
POPULATION_2018 = Period("2018", "as at")
WRITING = Period("2021", "as at")
UP_TO_THE_REPORT = Period("up to 2020/21", "several years")
YEAR_TO_MARCH_2021 = Period("31 March 2020 to 31 March 2021", "twelve months")
FIRST_LOCKDOWN = Period("31 March 2020 to 13 July 2020", "part of a year")
SEND_SURVEYS = Period("2019 to 2020", "several years")
ENGLAND = "E92000001"
GREATER_MANCHESTER = "GM"
UNDATED = "No date is printed; taken as the time of the report."
IN_WORDS = "Written as a word."
_POPULATION = 291_775
_SURVEYED = "people asked in the SEND workforce survey"

_read = Transcript(CHILDREN_2020_21)
_town = Transcript(CHILDREN_2020_21, "demography")
_survey = Transcript(CHILDREN_2020_21, "survey")
_training = Transcript(CHILDREN_2020_21, "training")
_assurance = Transcript(CHILDREN_2020_21, "assurance")

# Scrutiny of rapid reviews (000:90)

_SCRUTINY = (
    _assurance(
        90,
        "15 day",
        "rapid_reviews_completed_in_time",
        YEAR,
        unit="percent",
        value=100,
        basis="rapid reviews",
        note="Said of the reviews as a whole, with neither a share nor a count.",
    ),
)

# The town (000:99-131)

_AGE_BANDS = (
    (112, "0-4", "6.1%", "17,798"),
    (113, "5-9", "6.3%", "18,382"),
    (114, "10-14", "5.9%", "17,215"),
    (115, "14-19", "5.2%", "15,172"),
)
_OVERLAP = "Printed 14-19, which overlaps 10-14; the four bands add to the printed 0-19 only if it is 15-19."
# High schools are held as Secondary, the name other documents use.
_SCHOOLS = (
    (103, "84", "Primary"),
    (104, "13", "Secondary"),
    (105, "6", "Special"),
    (106, "3", "Pupil referral unit"),
    (107, "10", "Independent"),
    (108, "9", "Independent special"),
)


def _age_band(line: int, band: str, share: str, people: str) -> tuple[PublishedFigure, PublishedFigure]:
    note = _OVERLAP if band == "14-19" else ""
    k = int(people.replace(",", ""))
    return (
        _town(
            line,
            share,
            "population_share",
            POPULATION_2018,
            f"Aged {band}",
            k=k,
            n=_POPULATION,
            basis="residents",
            note=note,
        ),
        _town(line, people, "population", POPULATION_2018, f"Aged {band}", note=note),
    )


_TOWN = (
    _town(99, "291,775", "population", POPULATION_2018, note="The line gives no year; 000:110 says 2018."),
    _town(
        99,
        "23.5%",
        "population_share",
        POPULATION_2018,
        "Aged 0-19",
        k=68_567,
        n=_POPULATION,
        basis="residents",
    ),
    _town(99, "68,567", "population", POPULATION_2018, "Aged 0-19"),
    _town(
        99,
        "11.7%",
        "children_in_low_income_households_share",
        POPULATION_2018,
        basis="children and young people of an age range not named",
        note="8,500 would be 12.4% of the residents aged 0-19, so another age range is meant.",
    ),
    _town(
        99,
        "8,500",
        "children_in_low_income_households",
        POPULATION_2018,
        note="The board report gives the same number for 2015 (001:178).",
    ),
    _town(101, "125", "schools", WRITING, note=UNDATED),
    *(_town(line, token, "schools", WRITING, kind, note=UNDATED) for line, token, kind in _SCHOOLS),
    _town(110, "291,775", "population", POPULATION_2018),
    *(figure for band in _AGE_BANDS for figure in _age_band(*band)),
    _town(131, "92%", "population_share", CENSUS_2011, "White", basis="residents"),
    _town(
        131,
        "86%",
        "population_share",
        CENSUS_2011,
        "White",
        basis="residents",
        note="Said to be national; held as England.",
        area=ENGLAND,
    ),
    _town(131, "6,600", "population", CENSUS_2011, "Asian Pakistani", note="Printed as a round number (“around”)."),
)

# Transitions and SEND (000:244-323)

_SEND_TOPICS = (
    ("24 schools", "SEND self-evaluation"),
    ("22 schools", "Curriculum provision"),
    ("21 schools", "SEND leadership"),
    ("24 schools", "Quality first teaching"),
    ("24 schools", "Co-production"),
)

_POINTS_OR_PER_CENT = "points or per cent of the first value is not said."
_SURVEY_CHANGES = (
    (321, "11%", "survey_aware_of_school_send_duties", 11, f"Printed as a rise since 2019; {_POINTS_OR_PER_CENT}"),
    (323, "20%", "survey_completely_aware_of_local_offer", 20, f"Printed as a rise; {_POINTS_OR_PER_CENT}"),
    (323, "9%", "survey_not_aware_of_local_offer", -9, f"Printed as a fall, so below nought; {_POINTS_OR_PER_CENT}"),
)
_NOT_CONFIDENT = "survey_not_confident_about_ehc_plans"
_LATER = "The year is that of the survey named at 000:323."
_SURVEY_SHARES = (
    ("26%", _NOT_CONFIDENT, "2019", 26, "The starting value; “since 2019” is the only date."),
    ("12%", _NOT_CONFIDENT, "2020", 12, _LATER),
    ("none", "survey_not_confident_at_all_about_ehc_plans", "2020", 0, f"{IN_WORDS} {_LATER}"),
)

_SEND = (
    _training(
        244,
        "two",
        "training_events",
        YEAR,
        "Mental Capacity Act and capacity assessments",
        value=2,
        note=IN_WORDS,
    ),
    _assurance(
        306,
        "8",
        "audited_cases",
        Period("January 2021", "month"),
        "Dip sample of children with a social worker and an EHCP",
        basis="children whose first annual review of the plan has taken place",
        note="The line names the month only; read as the January of the report's year.",
    ),
    *(
        _assurance(
            311, token, "schools_send_improved", YEAR, topic, basis="schools spoken with; their number is not given"
        )
        for token, topic in _SEND_TOPICS
    ),
    _assurance(311, "29 schools", "schools_using_entitlement_framework", YEAR, basis="schools naming it a key tool"),
    _assurance(311, "19", "schools_developing_graduated_response", YEAR),
    _training(
        319,
        "2388",
        "e_learning_completed",
        UP_TO_THE_REPORT,
        "SEND",
        basis="staff across the local area",
        note="No period is printed. A count, not a year.",
    ),
    *(
        _survey(line, token, measure, SEND_SURVEYS, unit="percent change", value=change, basis=_SURVEYED, note=note)
        for line, token, measure, change, note in _SURVEY_CHANGES
    ),
    *(
        _survey(
            322, token, measure, Period(year, "calendar year"), unit="percent", value=value, basis=_SURVEYED, note=note
        )
        for token, measure, year, value, note in _SURVEY_SHARES
    ),
)

# Children looked after (000:329-358)

_CARE = (
    _read(
        329,
        "11%",
        "children_in_care_change",
        YEAR_TO_MARCH_2021,
        unit="percent change",
        note="42 more being 11% puts the start between 366 and 400 children; neither total is printed.",
    ),
    _read(329, "42 children", "children_in_care_change", YEAR_TO_MARCH_2021),
    _read(334, "79 children", "entries_to_care", FIRST_LOCKDOWN),
    _read(
        334,
        "47%",
        "entries_to_care_change",
        FIRST_LOCKDOWN,
        unit="percent change",
        basis="against the same weeks of 2019",
        note="From 54 to 79 would be 46.3%, from 53 to 79 49.1%: no whole number gives 47%.",
    ),
    _read(
        334,
        "all children",
        "entries_to_care_affected_by_covid",
        FIRST_LOCKDOWN,
        unit="percent",
        value=100,
        basis="children entering care in the period",
        note=f"{IN_WORDS} The line also names July to October 2020, so which weeks are meant is unclear.",
    ),
    *(
        _read(
            336,
            token,
            "discharges_from_care",
            Period(year, "calendar year"),
            note="Printed as a bare year; a financial year beginning in it is possible.",
        )
        for token, year in (("178", "2019"), ("147", "2020"))
    ),
    *(
        _read(
            336,
            token,
            "children_in_care_placed_with_family",
            WRITING,
            part,
            basis="children looked after",
            note=UNDATED,
        )
        for token, part in (
            ("76%", ""),
            ("16%", "At home with parents"),
            ("60%", "With family and friends"),
        )
    ),
    _read(340, "52%", "one_placement_only", WRITING, basis="children cared for", note=UNDATED),
    _read(
        354,
        "0.01%",
        "unaccompanied_children",
        YEAR,
        basis="children looked after",
        note="Cannot be a share in per cent: of some 400 children it is less than one child. "
        "As a proportion, 0.01 would be 1%, about 4 children.",
    ),
    _read(
        358, "One", "care_leaver_supported_accommodation_opened", Period("April 2020", "month"), value=1, note=IN_WORDS
    ),
    _read(
        358,
        "7",
        "care_leaver_flats",
        Period("April 2021", "month"),
        "Planned",
        note="Planned, not yet open, when the report was written.",
    ),
)

# Reviews and safer sleep (000:367-434)

_REVIEWS = (
    _read(367, "four", "rapid_reviews", YEAR, value=4, note=IN_WORDS),
    _assurance(
        381,
        "two",
        "national_reviews_commissioned",
        YEAR,
        value=2,
        note=f"{IN_WORDS} The two are dated March 2020 and July 2020 (000:391, 403), one of them before the year.",
        area=ENGLAND,
    ),
    _read(405, "18", "sudden_infant_deaths", Period("2018/19"), area=GREATER_MANCHESTER),
    _read(405, "3 cases", "sudden_infant_deaths", Period("2018/19")),
    _training(
        414,
        "117 practitioners",
        "training_attendance",
        UP_TO_THE_REPORT,
        "Stockport Family development days on safer sleep",
        note="No date is printed; another item of the list is of November 2019.",
    ),
    *(
        _assurance(
            423,
            "all mothers",
            "mothers_assessed_after_birth",
            UP_TO_THE_REPORT,
            visit,
            unit="percent",
            value=100,
            basis="mothers in the review of the perinatal pathway; their number is not given",
            note=f"{IN_WORDS} No date is printed.",
        )
        for visit in ("New birth visit", "6 to 8 weeks")
    ),
    _read(434, "87 %", "icon_coverage", WRITING, basis="new parents at Stepping Hill Hospital", note=UNDATED),
)

# Feedback and partnership work (000:466-491)

_VOICE = (
    _survey(
        466,
        "1000",
        "comments_from_families",
        UP_TO_THE_REPORT,
        "Family listening events on SEND",
        note="Printed as “more than”; no date is printed.",
    ),
    _read(491, "3 schools", "schools_reached", WRITING, "Virtual decisions theatre programme", note=UNDATED),
)

FIGURES: tuple[PublishedFigure, ...] = (*_SCRUTINY, *_TOWN, *_SEND, *_CARE, *_REVIEWS, *_VOICE)
