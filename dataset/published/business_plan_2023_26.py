"""Figures of the business plan 2023-26: the starting points it gives for its own promises.

Only figures about the past are here; milestones belong to the plan itself.
"""

from __future__ import annotations

from dataset.published.figure import BUSINESS_PLAN, Period, PublishedFigure, printed

YEAR = Period("2022/23")
SURVEY_YEAR = Period("2021/22")
LATEST_TWELVE_MONTHS = Period("12 months before the plan", "twelve months")
AUDIT = Period("July 2021", "as at")
SINCE_APRIL_2022 = Period("April 2022 to the writing of the plan", "since start")
NO_YEAR_PRINTED = "The line names no year; read as 2022/23, the year before the plan."
_NOT_OF_72 = "No whole number out of 72, the total that fits the annual report, gives this share."


def _share(
    measure: str, line: int, token: str, period: Period = YEAR, *, basis: str = "", note: str = ""
) -> PublishedFigure:
    value = printed(token.rstrip("%"))
    return PublishedFigure(measure, BUSINESS_PLAN, line, period, value, "percent", token, basis=basis, note=note)


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
        note="The annual report's two referrals concern adults aged 21 and 49 (004:588).",
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
    *_RAPID_REVIEWS,
    *_SAR_REFERRALS,
    *_MAARS,
    *_KEY_MALES,
    *_ENQUIRIES,
    *_CONCERNS,
    *_SURVEY,
)
