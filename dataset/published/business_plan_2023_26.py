"""Figures of the business plan 2023-26: the borough in numbers and the starting points of the plan's promises.

Only figures about the past are here; milestones belong to the plan itself.
"""

from __future__ import annotations

from dataset.published.figure import BUSINESS_PLAN, Period, PublishedFigure, Transcript, printed

YEAR = Period("2022/23")
SURVEY_YEAR = Period("2021/22")
LATEST_TWELVE_MONTHS = Period("12 months before the plan", "twelve months")
AUDIT = Period("July 2021", "as at")
SINCE_APRIL_2022 = Period("April 2022 to the writing of the plan", "since start")
CENSUS_2021 = Period("2021", "as at")
MARCH_2023 = Period("31 March 2023", "as at")
MARCH_2022 = Period("31 March 2022", "as at")
ASSESSED_2020 = Period("2020", "as at")
WRITING = Period("2023", "as at")
ENGLAND = "E92000001"
NO_YEAR_PRINTED = "The line names no year; read as 2022/23, the year before the plan."
UNDATED = "No date is printed; taken as the time of the plan."
LAST_DAY = "Printed as the month; read as its last day."
_NOT_OF_72 = "No whole number out of 72, the total that fits the annual report, gives this share."

_read = Transcript(BUSINESS_PLAN)
_town = Transcript(BUSINESS_PLAN, "demography")
_assurance = Transcript(BUSINESS_PLAN, "assurance")


def _share(
    measure: str, line: int, token: str, period: Period = YEAR, *, basis: str = "", note: str = ""
) -> PublishedFigure:
    value = printed(token.rstrip("%"))
    return PublishedFigure(measure, BUSINESS_PLAN, line, period, value, "percent", token, basis=basis, note=note)


# The borough in numbers (003:15-82), the council's extract of children's figures among them (003:26-62)

_CENSUS = (
    *(
        _town(line, token, "population_share", CENSUS_2021, part, basis="residents")
        for line, token, part in (
            (15, "17.8%", "Aged 0-14"),
            (16, "9.5%", "Aged 15-24"),
            (17, "52.4%", "Aged 25-64"),
            (18, "20.3%", "Aged 65+"),
            (46, "7.3%", "Asian"),
            (48, "2.6%", "Mixed"),
        )
    ),
    _town(44, "18.1%", "population_share", CENSUS_2021, "Disabled", basis="residents, under the Equality Act"),
    _town(20, "294,800", "population", CENSUS_2021, note="Printed as a round number."),
    _town(
        52,
        "1.2%",
        "population_share",
        CENSUS_2021,
        "Black or Caribbean",
        basis="residents",
        note="The end of the label and the source are on line 54.",
    ),
)

_CHILDREN = (
    _read(
        26,
        "3207",
        "open_referrals",
        YEAR,
        note="Called open, which is a state on one day, but given for a whole year.",
    ),
    _read(
        27, "271", "section_47_enquiries", YEAR, note="The line has no dates; read as the year to March 2023 (003:32)."
    ),
    _read(
        28, "54", "gcp2_started", YEAR, note="Only the end, March 2023, is printed; read as the year that ends there."
    ),
    _read(29, "482", "children_in_care", MARCH_2023, note=f"Dated by 003:32. {LAST_DAY}"),
    _read(30, "245", "child_protection_plans", MARCH_2023, basis="children", note=f"Dated by 003:32. {LAST_DAY}"),
    _town(
        58,
        "14.500",
        "children_with_more_than_one_ace",
        ASSESSED_2020,
        value=14_500,
        note="The full stop stands for a comma.",
    ),
    _read(60, "89", "children_in_care_missing", YEAR, note="The label goes on to line 62."),
)

_HEALTH_AND_CARE = (
    _town(36, "37.8%", "overweight_or_obese", WRITING, "Children in year 6", note=UNDATED),
    _town(38, "65.1%", "overweight_or_obese", WRITING, "Adults", note=UNDATED),
    _town(40, "12.8%", "smokers", WRITING, "Adults", note=UNDATED),
    _assurance(
        66,
        "76%",
        "care_home_ratings_good_or_outstanding",
        MARCH_2023,
        basis="care homes for adults",
        note=LAST_DAY,
    ),
    _town(
        72,
        "38%",
        "deprivation_share",
        ASSESSED_2020,
        basis="residents who live in areas more deprived than average",
    ),
    _town(
        76,
        "451.1",
        "alcohol_admissions",
        MARCH_2022,
        unit="per 100,000",
        note=f"{LAST_DAY} The span the admissions are counted over is not printed.",
    ),
    _town(
        78,
        "1800",
        "falls_admissions",
        MARCH_2022,
        "Aged 65+",
        unit="per 100,000",
        note=f"{LAST_DAY} The span the admissions are counted over is not printed.",
    ),
    _town(80, "87.1%", "flu_vaccination", MARCH_2022, "Aged 65+", note=LAST_DAY),
    _read(
        82,
        "913",
        "substance_misuse_referrals_accepted",
        YEAR,
        note="Taken from a dashboard of quarter 4; no span is printed, read as the year.",
    ),
)

# Starting points of the promises (003:170-364)

_RAPID_REVIEWS = (
    _share(
        "rapid_reviews_information_sharing",
        170,
        "67%",
        basis="rapid reviews",
        note="No whole number out of the annual report's 10 reviews gives this share.",
    ),
    PublishedFigure(
        "rapid_reviews_complex_trauma",
        BUSINESS_PLAN,
        251,
        LATEST_TWELVE_MONTHS,
        printed("100"),
        "percent",
        "All",
        basis="rapid reviews and CSPRs together",
        note="Written as a word, not as a number.",
    ),
    _share("rapid_reviews_complex_trauma", 273, "100%", basis="rapid reviews", note=NO_YEAR_PRINTED),
    _share("rapid_reviews_working_with_men", 285, "50%", basis="rapid reviews"),
)

_SAR_REFERRALS = (
    PublishedFigure(
        "sar_referrals",
        BUSINESS_PLAN,
        219,
        SINCE_APRIL_2022,
        printed("4"),
        "count",
        "last 4",
        note="The annual report counts 2 in 2022/23 (004:577), so 2 came later or the counts disagree.",
    ),
    PublishedFigure(
        "sar_referrals",
        BUSINESS_PLAN,
        219,
        SINCE_APRIL_2022,
        printed("2"),
        "count",
        "2 of",
        breakdown="Aged under 20",
        note="Neither of the annual report's two referrals is of an adult under 20 (004:588).",
    ),
)

_MAARS = (
    _share("maars_under_30", 215, "26%", basis="all MAARS referrals", note="19 of 72 would give it."),
    _share(
        "maars_criminal_exploitation",
        216,
        "29%",
        basis="MAARS cases of every age",
        note=NO_YEAR_PRINTED + " 21 of 72 would give it.",
    ),
    _share("maars_housing", 217, "41%", basis="MAARS cases of every age", note=f"{NO_YEAR_PRINTED} {_NOT_OF_72}"),
    _share(
        "maars_three_or_more_risks",
        256,
        "53%",
        LATEST_TWELVE_MONTHS,
        basis="all MAARS referrals",
        note="38 of 72 would give it.",
    ),
    _share("maars_self_neglect", 328, "45%", basis="all MAARS cases", note=_NOT_OF_72),
    _share("maars_repeat_referrals", 336, "9%", basis="all MAARS referrals", note=_NOT_OF_72),
)

_KEY_MALES = (
    PublishedFigure(
        "audit_key_males_recorded",
        BUSINESS_PLAN,
        287,
        AUDIT,
        printed("56"),
        "percent",
        "56%",
        numerator=9,
        denominator=16,
        counts="derived",
        basis="audited cases whose birth record held the father's details",
        note="16 is printed; 9 is the only whole number of 16 that rounds to this share. "
        "The annual report dates a learning hub on hidden males to July 2022 (004:813).",
    ),
    _share(
        "audit_key_males_recorded",
        313,
        "56%",
        AUDIT,
        basis="audited cases with details of key males",
        note="No date on the line; taken to be the audit of July 2021 (003:287), which asked about birth fathers.",
    ),
)

_REASONS = (
    _assurance(
        287,
        "16 cases",
        "audited_cases",
        AUDIT,
        "Working with men",
        note="The annual report dates a learning hub on hidden males to July 2022 (004:813).",
    ),
    _read(
        291,
        "257",
        "national_rapid_reviews_non_accidental_injury_under_1",
        Period("2018 to the writing of the plan", "since start"),
        basis="cases the national panel has considered",
        area=ENGLAND,
    ),
)

_ENQUIRIES = (
    _share(
        "enquiries_physical_abuse",
        326,
        "51%",
        basis="Section 42 enquiries, several types each",
        note=NO_YEAR_PRINTED,
    ),
    _share(
        "enquiries_neglect_and_acts_of_omission",
        327,
        "47%",
        basis="Section 42 enquiries, several types each",
        note=NO_YEAR_PRINTED + " The annual report gives 29.4%, perhaps of types of abuse rather than enquiries.",
    ),
    _share("msp_asked", 332, "70%", basis="adults; the plan does not say which answers it leaves out"),
)

_CONCERNS = (
    PublishedFigure(
        "concerns_not_progressed",
        BUSINESS_PLAN,
        329,
        YEAR,
        printed("84"),
        "percent",
        "16%",
        basis="referrals about safety that Adult Social Care received",
        note=f"100 less the printed share, which is of those that do progress. {NO_YEAR_PRINTED}",
    ),
    _share(
        "concerns_not_progressed",
        362,
        "84%",
        basis="contacts that Adult Social Care received",
        note=NO_YEAR_PRINTED,
    ),
)

_SURVEY = (
    _share("survey_feel_safe", 330, "71%", SURVEY_YEAR, basis="adults aged 18-64 in the ASCOF survey"),
    _share(
        "survey_feel_safe",
        364,
        "71%",
        SURVEY_YEAR,
        basis="adults aged 18-64",
        note="No year on the line; taken to be the survey named at 003:330.",
    ),
)

FIGURES: tuple[PublishedFigure, ...] = (
    *_CENSUS,
    *_CHILDREN,
    *_HEALTH_AND_CARE,
    *_RAPID_REVIEWS,
    *_SAR_REFERRALS,
    *_MAARS,
    *_KEY_MALES,
    *_REASONS,
    *_ENQUIRIES,
    *_CONCERNS,
    *_SURVEY,
)
