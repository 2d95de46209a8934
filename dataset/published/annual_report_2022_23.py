"""Figures of the joint annual report 2022/23 that bear on the plan's measures.

Counts marked derived are ours: the smallest whole numbers that give every printed share.
"""

from __future__ import annotations

from dataset.agencies import STOCKPORT
from dataset.published.figure import ANNUAL_REPORT, Period, PublishedFigure, printed

YEAR = Period("2022/23")
YEAR_BEFORE = Period("2021/22")
GREATER_MANCHESTER = "GM"
NORTH_WEST = "E12000002"


def _share(
    measure: str,
    line: int,
    token: str,
    period: Period = YEAR,
    *,
    basis: str = "",
    note: str = "",
    area: str = STOCKPORT.code,
) -> PublishedFigure:
    value = printed(token.rstrip("%"))
    return PublishedFigure(
        measure, ANNUAL_REPORT, line, period, value, "percent", token, basis=basis, note=note, area=area
    )


def _derived_share(
    measure: str, line: int, token: str, numerator: int, denominator: int, basis: str, note: str
) -> PublishedFigure:
    return PublishedFigure(
        measure,
        ANNUAL_REPORT,
        line,
        YEAR,
        printed(token.rstrip("%")),
        "percent",
        token,
        numerator,
        denominator,
        "derived",
        basis=basis,
        note=note,
    )


def _count(
    measure: str, line: int, number: int, token: str, period: Period = YEAR, *, breakdown: str = "", note: str = ""
) -> PublishedFigure:
    return PublishedFigure(
        measure, ANNUAL_REPORT, line, period, printed(str(number)), "count", token, breakdown=breakdown, note=note
    )


# Rapid reviews (004:451-526)

_REVIEWS = 10
_THEMES = (
    ("rapid_reviews_complex_trauma", 500, 7, "7 cases"),
    ("rapid_reviews_information_sharing", 506, 6, "6 cases"),
    ("rapid_reviews_working_with_men", 511, 5, "5 cases"),
    ("rapid_reviews_s47_processes", 517, 3, "3 cases"),
    ("rapid_reviews_safer_sleep", 521, 2, "2 cases"),
    ("rapid_reviews_harmful_sexual_behaviour", 526, 1, "1 case"),
)


def _theme(measure: str, line: int, cases: int, token: str) -> PublishedFigure:
    return PublishedFigure(
        measure,
        ANNUAL_REPORT,
        line,
        YEAR,
        printed(str(cases * 100 // _REVIEWS)),
        "percent",
        token,
        cases,
        _REVIEWS,
        "printed",
        basis="rapid reviews, several themes each",
        note="Only the cases are printed here; the 10 reviews are at 004:451 and 004:459, the share is worked out.",
    )


_RAPID_REVIEWS = (
    _count("rapid_reviews", 451, 10, "ten", note="Printed as a word."),
    _count("rapid_reviews", 459, 10, "10 rapid reviews"),
    _count("rapid_review_children", 460, 12, "12"),
    _count("rapid_review_children", 469, 5, "5 children", breakdown="Aged under 12 months"),
    _count("rapid_review_children", 475, 7, "7 children", breakdown="Aged 13-17"),
    _count("rapid_review_children", 480, 3, "3 females", breakdown="Female"),
    _count("rapid_review_children", 482, 9, "9 males", breakdown="Male"),
    *(_theme(*row) for row in _THEMES),
)


# Safeguarding Adult Reviews (004:337, 345, 569-591)

_SAR_COLUMNS = ("sar_referrals", "sar_did_not_meet_criteria", "sar_met_criteria", "sar_other_review_commissioned")
_SAR_TABLE = (
    (581, "2018/19", (12, 5, 2, 5)),
    (582, "2019/20", (5, 3, 1, 1)),
    (583, "2020/21", (18, 12, 1, 5)),
    (584, "2021/22", (1, 1, 0, 0)),
    (585, "2022/23", (2, 0, 0, 2)),
)
_SAR_NOTES = {
    (585, "sar_did_not_meet_criteria"): "The text says one of the year's two referrals fell short of the criteria "
    "(004:589); the table counts it as another review.",
}

_SAR = (
    _count("sar_referrals", 337, 2, "2 SAR referrals"),
    _count("sar_referrals", 337, 1, "one of", breakdown="Self-neglect", note="Printed as a word."),
    _count(
        "sar_referrals", 345, 1, "one Safeguarding Adult Review", breakdown="Self-neglect", note="Printed as a word."
    ),
    _count(
        "sar_referrals",
        577,
        2,
        "2 SAR referrals",
        note="The text sees a small rise; the plan speaks of a fall (003:334).",
    ),
    _count("sar_referrals", 577, 18, "18 referrals", Period("2020/21")),
    *(
        _count(measure, line, number, str(number), Period(year), note=_SAR_NOTES.get((line, measure), ""))
        for line, year, numbers in _SAR_TABLE
        for measure, number in zip(_SAR_COLUMNS, numbers, strict=True)
    ),
)


# Rates of concluded enquiries, North West ADASS (004:309-353)

_ADASS_TABLES = (
    ("enquiries_modern_slavery", 319, STOCKPORT.code, "0.4", "1"),
    ("enquiries_modern_slavery", 320, GREATER_MANCHESTER, "1.1", "1.2"),
    ("enquiries_modern_slavery", 321, NORTH_WEST, "1.3", "1.22"),
    ("enquiries_sexual_exploitation", 319, STOCKPORT.code, "1", "1.3"),
    ("enquiries_sexual_exploitation", 320, GREATER_MANCHESTER, "3.6", "2.3"),
    ("enquiries_sexual_exploitation", 321, NORTH_WEST, "3.43", "2.8"),
    ("enquiries_neglect_and_acts_of_omission", 349, STOCKPORT.code, "167.7", "125.0"),
    ("enquiries_neglect_and_acts_of_omission", 350, GREATER_MANCHESTER, "137.9", "168.9"),
    ("enquiries_neglect_and_acts_of_omission", 351, NORTH_WEST, "156.6", "139.7"),
    ("enquiries_self_neglect", 349, STOCKPORT.code, "12.2", "11.0"),
    ("enquiries_self_neglect", 350, GREATER_MANCHESTER, "41.8", "44.1"),
    ("enquiries_self_neglect", 351, NORTH_WEST, "40.6", "52.7"),
)


def _rate(
    measure: str, line: int, area: str, token: str, period: Period, note: str = "From NW ADASS."
) -> PublishedFigure:
    return PublishedFigure(
        measure,
        ANNUAL_REPORT,
        line,
        period,
        printed(token),
        "per 100,000",
        token,
        basis="Section 42 enquiries concluded in the year to 31 March, per 100,000 people",
        note=note,
        area=area,
    )


_RECALLED = "Recalled in the text from the report of 2022, so read as 2021/22."
_ADASS = (
    _rate("enquiries_modern_slavery", 309, STOCKPORT.code, "0.4", YEAR_BEFORE, _RECALLED),
    _rate(
        "enquiries_sexual_exploitation",
        309,
        STOCKPORT.code,
        "1.8",
        YEAR_BEFORE,
        _RECALLED + " The table gives 1 (004:319).",
    ),
    _rate("enquiries_self_neglect", 337, NORTH_WEST, "40.6", YEAR_BEFORE),
    _rate("enquiries_self_neglect", 337, NORTH_WEST, "52.7", YEAR),
    *(
        _rate(measure, line, area, token, period)
        for measure, line, area, before, now in _ADASS_TABLES
        for token, period in ((before, YEAR_BEFORE), (now, YEAR))
    ),
)


# Concerns and enquiries (004:593-612)

_ALL_CONCERNS = "all safeguarding concerns"
_STOPPED = "concerns that went no further; the three printed shares add to 99.6"
_ENQUIRIES = "Section 42 enquiries; whether several types count each is not said"

_CONCERNS_AND_ENQUIRIES = (
    _share("concerns_from_care_home", 600, "43%", basis=_ALL_CONCERNS),
    _share("concerns_not_progressed", 608, "85.1%", basis=_ALL_CONCERNS),
    _share("concerns_not_progressed", 608, "75.8%", YEAR_BEFORE, basis=_ALL_CONCERNS),
    _share("concerns_no_further_action", 610, "75.2%", basis=_STOPPED),
    _share("concerns_information_and_advice", 610, "4.1%", basis=_STOPPED),
    _share("concerns_existing_care_management", 610, "20.3%", basis=_STOPPED),
    _share("enquiries_in_care_homes", 606, "43%", basis="all Section 42 enquiries"),
    _share("enquiries_psychological_abuse", 602, "8.4%", YEAR_BEFORE, basis=_ENQUIRIES),
    _share("enquiries_psychological_abuse", 602, "16.3%", basis=_ENQUIRIES),
    _share("enquiries_neglect_and_acts_of_omission", 603, "49.3%", YEAR_BEFORE, basis=_ENQUIRIES),
    _share("enquiries_neglect_and_acts_of_omission", 603, "29.4%", basis=_ENQUIRIES),
    _share("enquiries_organisational_abuse", 604, "3.3%", basis=_ENQUIRIES, note="Printed as institutional abuse."),
    _share("enquiries_domestic_abuse", 604, "2.4%", basis=_ENQUIRIES),
    _share("enquiries_financial_or_material_abuse", 604, "6.9%", basis=_ENQUIRIES),
)


# Making Safeguarding Personal (004:618-632)

_ANSWERS = "concluded enquiries, all five answers"
_EXPRESSED = "adults who said what they wanted"
_MSP_TOTAL = 348
_SMALLEST = (
    "348 is the smallest total whose whole numbers give all five printed shares and add up; "
    "it is not printed, and larger totals such as 450 fit as well."
)
_COLUMN_SHORT = "The year's column adds to 99.5, so no set of counts gives all five shares."
_ACHIEVED_NOTE = "No whole number out of 188, the derived count asked and stated, gives 94.0%."
_MSP_TABLE = (
    ("msp_asked_and_stated", 628, "54.0%", 188, "42.4%"),
    ("msp_asked_not_stated", 629, "18.4%", 64, "26.6%"),
    ("msp_not_asked", 630, "15.8%", 55, "17.9%"),
    ("msp_dont_know", 631, "2.9%", 10, "3.6%"),
    ("msp_not_recorded", 632, "8.9%", 31, "9.0%"),
)

_MAKING_SAFEGUARDING_PERSONAL = (
    _derived_share("msp_asked", 620, "72.4%", 252, _MSP_TOTAL, _ANSWERS, _SMALLEST),
    _share("msp_asked", 620, "69.0%", YEAR_BEFORE, basis=_ANSWERS, note=_COLUMN_SHORT),
    *(
        _derived_share(measure, line, now, n, _MSP_TOTAL, _ANSWERS, _SMALLEST)
        for measure, line, now, n, _ in _MSP_TABLE
    ),
    *(
        _share(measure, line, before, YEAR_BEFORE, basis=_ANSWERS, note=_COLUMN_SHORT)
        for measure, line, _, _, before in _MSP_TABLE
    ),
    _share("msp_asked_and_stated", 622, "65.8%", area=GREATER_MANCHESTER, note="North West ADASS, end of March 2023."),
    _share("msp_asked_and_stated", 622, "69.7%", area=NORTH_WEST, note="North West ADASS, end of March 2023."),
    _share("msp_fully_achieved", 622, "73.2%", YEAR_BEFORE, basis=_EXPRESSED),
    _share(
        "msp_fully_achieved",
        622,
        "59.6%",
        basis=_EXPRESSED,
        note="13.6 points lower, which the text calls a slight fall.",
    ),
    _share("msp_achieved", 622, "94.0%", basis=f"{_EXPRESSED}; fully or partly achieved", note=_ACHIEVED_NOTE),
    _share("msp_achieved", 622, "94.9%", YEAR_BEFORE, basis=f"{_EXPRESSED}; fully or partly achieved"),
)


# MAARS (004:647-667)

_MAARS_NOTE = (
    "72 is not printed. Of totals under 144 only 72 gives all four shares, and a rise from 54 to 72 is the 33% of "
    "004:653; 144 and larger multiples are set aside because the report calls the numbers small (004:658)."
)
_MAARS_RISKS = (
    ("maars_mental_health", 662, "79.2%", 57),
    ("maars_substance_misuse", 663, "59.7%", 43),
    ("maars_housing", 664, "51.4%", 37),
    ("maars_self_neglect", 665, "40.3%", 29),
)

_MAARS = (
    PublishedFigure(
        "maars_referrals",
        ANNUAL_REPORT,
        653,
        YEAR,
        printed("33"),
        "percent change",
        "33%",
        basis="cases referred in the year before",
    ),
    PublishedFigure(
        "maars_criminal_exploitation",
        ANNUAL_REPORT,
        667,
        YEAR,
        printed("100"),
        "percent change",
        "doubling",
        basis="cases in the year before",
        note="Written as a word, without either count.",
    ),
    *(
        _derived_share(measure, line, token, n, 72, "all MAARS referrals, several risks each", _MAARS_NOTE)
        for measure, line, token, n in _MAARS_RISKS
    ),
)

FIGURES: tuple[PublishedFigure, ...] = (
    *_RAPID_REVIEWS,
    *_SAR,
    *_ADASS,
    *_CONCERNS_AND_ENQUIRIES,
    *_MAKING_SAFEGUARDING_PERSONAL,
    *_MAARS,
)
