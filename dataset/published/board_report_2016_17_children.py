"""Figures of the board's annual report 2016/17, part two: children at particular risk (001:283-417).

Ranks ("7th in the table") are not figures and are left out.
"""

from __future__ import annotations

from dataset.published.board_report_2016_17 import (
    BEFORE,
    CALENDAR_2015,
    DECEMBER_2016,
    END,
    END_BEFORE,
    GREATER_MANCHESTER,
    SPELLED,
    TWO_BEFORE,
    UNDATED,
    YEAR,
)
from dataset.published.figure import BOARD_2016_17, Period, PublishedFigure, Transcript

CALENDAR_2016 = Period("2016", "calendar year")
NORTH_WEST = "E12000002"

_activity = Transcript(BOARD_2016_17)
_place = Transcript(BOARD_2016_17, "demography")
_staff = Transcript(BOARD_2016_17, "workforce")
_assurance = Transcript(BOARD_2016_17, "assurance")


# Private fostering and child sexual exploitation (289-317)

_FOSTERING_AND_EXPLOITATION = (
    _activity(
        289,
        "11",
        "private_fostering_notifications",
        YEAR,
        note="Printed as at 31 March 2017, but nine of the eleven had ended: a count over the year.",
    ),
    _activity(289, "9 of these", "private_fostering_arrangements_ended", YEAR, basis="of the 11 notified"),
    _activity(289, "2 children", "private_fostering_arrangements", END),
    _activity(293, "984", "exploitation_incidents", YEAR, basis="police reports with a potential link"),
    _activity(293, "1195", "exploitation_incidents", BEFORE, basis="police reports with a potential link"),
    _activity(293, "28", "exploitation_high_risk", YEAR, basis="young people, as recorded by the police"),
    _activity(293, "21", "exploitation_high_risk", BEFORE, basis="young people, as recorded by the police"),
    _staff(301, "one team leader", "exploitation_team_posts", YEAR, "Aspire: team leader", value=1, note=SPELLED),
    _staff(
        301,
        "two senior practitioners",
        "exploitation_team_posts",
        YEAR,
        "Aspire: senior practitioners",
        value=2,
        note=SPELLED,
    ),
    _staff(
        301, "five social workers", "exploitation_team_posts", YEAR, "Aspire: social workers", value=5, note=SPELLED
    ),
    _staff(
        303,
        "a detective sergeant",
        "exploitation_team_posts",
        YEAR,
        "Phoenix: detective sergeant",
        value=1,
        note="One, by its article.",
    ),
    _staff(303, "3 detective constables", "exploitation_team_posts", YEAR, "Phoenix: detective constables"),
    _staff(303, "4 police constables", "exploitation_team_posts", YEAR, "Phoenix: police constables"),
    _staff(
        307,
        "two intelligence police officers",
        "exploitation_team_posts",
        YEAR,
        "Phoenix: intelligence officers",
        value=2,
        note=SPELLED,
    ),
    _assurance(
        313,
        "seventeen",
        "exploitation_peer_reviews",
        Period("start to September 2016", "since start"),
        value=17,
        area=GREATER_MANCHESTER,
        note=SPELLED,
    ),
)


# Missing from home, care and education; home education (338-356)

_MISSING = (
    (341, "missing_from_home", ("278", "290", "302")),
    (342, "children_in_care_missing", ("132", "152", "159")),
)
_RECENT = "“Recent data”, undated; held under the report's own year."
_YEAR_NOT_SAID = "Not said whether the financial or the school year."

_ABSENT = (
    _activity(338, "18", "children_repeatedly_missing", YEAR, note=_RECENT),
    _activity(
        338, "42%", "missing_episodes_of_repeatedly_missing", YEAR, basis="of missing episodes, by 18", note=_RECENT
    ),
    *(
        _activity(
            line,
            token,
            measure,
            period,
            basis="the table does not say children or episodes; the text speaks of children",
        )
        for line, measure, row in _MISSING
        for token, period in zip(row, (TWO_BEFORE, BEFORE, YEAR), strict=True)
    ),
    _activity(344, "61%", "missing_from_family_home", CALENDAR_2015, basis="of children going missing"),
    _activity(344, "39", "childrens_homes", YEAR, note=UNDATED),
    _activity(344, "only one", "childrens_homes", YEAR, "Run by the council", value=1, note=f"{SPELLED} {UNDATED}"),
    _activity(
        344,
        "3 children's homes",
        "childrens_homes",
        CALENDAR_2015,
        "With 90 or more missing incidents",
        basis="privately managed",
    ),
    _activity(344, "90 or more", "missing_incidents_in_each_of_three_homes", CALENDAR_2015, note="A lower limit."),
    _activity(350, "8 young people", "children_missing_education", END),
    _activity(350, "5 the previous year", "children_missing_education", END_BEFORE),
    _staff(352, "Two education welfare officers", "front_door_education_welfare_officers", YEAR, value=2, note=SPELLED),
    _activity(356, "50", "home_educated", Period("September 2011", "as at")),
    _activity(356, "133", "home_educated", DECEMBER_2016),
    _activity(356, "Thirty", "home_educated_back_in_school", BEFORE, value=30, note=f"{SPELLED} {_YEAR_NOT_SAID}"),
    _activity(356, "49", "home_educated_new", BEFORE, note=_YEAR_NOT_SAID),
)


# Domestic abuse and disability (360-378)

_MAINSTREAM = "authorities_with_few_ehc_pupils_in_mainstream"
_FEW = "under 1% of pupils with plans"

_ABUSE_AND_DISABILITY = (
    _activity(360, "2063", "domestic_abuse_notices", BEFORE, basis="incidents referred by the police for children"),
    _activity(360, "1800", "domestic_abuse_notices", YEAR, basis="incidents referred by the police for children"),
    _activity(364, "259", "marac_cases", YEAR, "With children", note=UNDATED),
    _activity(374, "3874", "children_with_disability", Period("2017", "calendar year")),
    _activity(374, "3496", "children_with_disability", CALENDAR_2015),
    _activity(374, "17", "child_protection_plans_started", YEAR, "Disabled children"),
    _activity(374, "9 the previous year", "child_protection_plans_started", BEFORE, "Disabled children"),
    _place(376, "23", "authorities", YEAR, area=NORTH_WEST),
    _place(378, "6", _MAINSTREAM, YEAR, "Primary", basis=_FEW, area=NORTH_WEST, note=UNDATED),
    _place(378, "5", _MAINSTREAM, YEAR, "Secondary", basis=_FEW, area=NORTH_WEST, note=UNDATED),
)


# Mental health, youth justice, violent extremism (384-417)

_BEDS = "local_authority_beds_requested"
_LAST_YEAR = "“Last year”, taken as the year of the report."

_YOUNG_PEOPLE = (
    _place(
        384,
        "4,000",
        "children_with_mental_disorder",
        YEAR,
        "Aged 5-16",
        note=f"An estimate from research. {UNDATED}",
    ),
    _activity(387, "2,348", "camhs_referrals", TWO_BEFORE),
    _activity(387, "2,254", "camhs_referrals", BEFORE),
    _activity(387, "2,465", "camhs_referrals", YEAR),
    _place(
        389,
        "50%",
        "mental_health_needs_with_sen_statement",
        YEAR,
        basis="of children with a statement",
        note=f"Not said whether in Stockport or nationally. {UNDATED}",
    ),
    _activity(407, "168", "youth_justice_first_time_entrants", BEFORE),
    _activity(413, "was 13 - the Courts", _BEDS, CALENDAR_2016, "Custody suite", note="The sentence is garbled."),
    _activity(
        413,
        "was 13 - 69%",
        _BEDS,
        CALENDAR_2016,
        "Courts, on remand",
        note="The sentence is garbled: perhaps the same 13.",
    ),
    _activity(413, "69% (9)", "local_authority_beds_provided", CALENDAR_2016, k=9, n=13, basis="of beds requested"),
    _activity(413, "3 secure placements", "secure_placements_found", CALENDAR_2016, basis="of 3 required"),
    _activity(417, "5 children", "channel_referrals", YEAR, "Children", note=_LAST_YEAR),
    _activity(417, "1 the previous year", "channel_referrals", BEFORE, "Children", note=_LAST_YEAR),
    _activity(417, "8 the year before that", "channel_referrals", TWO_BEFORE, "Children", note=_LAST_YEAR),
)


FIGURES: tuple[PublishedFigure, ...] = (
    *_FOSTERING_AND_EXPLOITATION,
    *_ABSENT,
    *_ABUSE_AND_DISABILITY,
    *_YOUNG_PEOPLE,
)
