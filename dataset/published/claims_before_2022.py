"""Claims of the board report 2016/17 and of the children's report 2020/21 about their own figures."""

from __future__ import annotations

from dataset.published.claim import (
    ALMOST_DOUBLE,
    CLOSELY,
    FALL,
    MOST,
    RISE,
    SLIGHT_FALL,
    SLIGHT_RISE,
    STABLE,
    STRONG_RISE,
    TWO_THIRDS,
    AddsTo,
    Claim,
    Difference,
    Share,
    WholeNumber,
    Worded,
)
from dataset.published.terms import At, Together, Whole

NOW, BEFORE = "2016/17", "2015/16"
END, END_BEFORE, END_TWO_BEFORE = "31 March 2017", "31 March 2016", "31 March 2015"


def _at(*lines: int) -> tuple[At, ...]:
    """A column of the board report: one figure at each line."""
    return tuple(At(f"001:{line}") for line in lines)


def _grew(line: int, words: str, *, after: str = NOW, before: str = BEFORE) -> Worded:
    """More in the later period than in the earlier, both on the line."""
    place = f"001:{line}"
    return Worded(place, words, At(place, after), (At(place, before),), RISE)


def _fell(line: int, words: str) -> Worded:
    place = f"001:{line}"
    return Worded(place, words, At(place, NOW), (At(place, BEFORE),), FALL)


# Board report 2016/17: the people and the front door (001:175-214)

_SCHOOLS = ("Maintained nursery", "Primary", "Secondary", "Independent", "Special", "Pupil referral unit")

_FRONT_DOOR: tuple[Claim, ...] = (
    _grew(175, "rising year on year", before="2014/15", after="2015/16"),
    Share(
        "001:179",
        "14%",
        At("001:179", unit="count"),
        At("001:175", "2015/16"),
        "The pupils are those of October 2016, the whole is the school age population of 2015-16.",
    ),
    _grew(181, "has increased", before="January 2015", after="January 2017"),
    AddsTo(
        "001:184", "121 schools", tuple(At("001:184", breakdown=kind) for kind in _SCHOOLS), At("001:184", breakdown="")
    ),
    Worded("001:194", "risen steeply", At("001:194", NOW), (At("001:194", BEFORE),), STRONG_RISE),
    Worded(
        "001:214",
        "consistently going down",
        At("001:214", NOW, "section_47_enquiries"),
        (At("001:214", BEFORE, "section_47_enquiries"),),
        FALL,
    ),
)

# Plans (001:222-240)

_PLANS_BY_REASON = _at(226, 227, 228, 229)

_PLANS: tuple[Claim, ...] = (
    AddsTo("001:230", "239", _PLANS_BY_REASON, At("001:230")),
    Worded("001:222", "highest number of plans", At("001:226"), _PLANS_BY_REASON[1:], RISE),
    Worded("001:222", "closely by neglect", At("001:227"), (At("001:226"),), CLOSELY),
    Worded("001:232", "strong improvement", At("001:232", unit="percent", period="April to September 2016"),
           (At("001:232", BEFORE),), STRONG_RISE),
    Share("001:236", "12.5%", At("001:236", unit="count", measure="conferences_without_plan"),
          At("001:236", measure="initial_conferences")),
    _fell(240, "success in dropping"),
)  # fmt: skip

# Children in care (001:244-264, 711)

_IN, _OUT, _ALL, _OTHERS = "001:249", "001:250", "001:251", "001:252"

_CARE: tuple[Claim, ...] = (
    *(
        AddsTo(_ALL, printed, (At(_IN, at), At(_OUT, at)), At(_ALL, at))
        for printed, at in (("291", END_TWO_BEFORE), ("295", END_BEFORE), ("331", END))
    ),
    Worded("001:244", "is increasing", At("001:244", END), (At(_ALL, END_BEFORE), At(_ALL, END_TWO_BEFORE)), RISE),
    *(
        Worded("001:244", "close to 300", At(_ALL, at), (At("001:244", "several years to 2015/16"),), STABLE)
        for at in (END_TWO_BEFORE, END_BEFORE)
    ),
    Worded(
        "001:711",
        "remained stable",
        At(_ALL, END),
        (At(_ALL, END_BEFORE),),
        STABLE,
        "The same report calls the number increasing (001:244).",
    ),
    Difference("001:254", "121 more children", At(_OTHERS, END_TWO_BEFORE), At(_OTHERS, END)),
    Worded("001:258", "a reduction", At("001:264"), (At("001:262"),), FALL),
    AddsTo(
        "001:289",
        "11 young people",
        (At("001:289", measure="private_fostering_arrangements_ended"), At("001:289", END)),
        At("001:289", measure="private_fostering_notifications"),
    ),
)

# Exploitation, missing, other harm (001:293-413)

_HIGH_RISK = "exploitation_high_risk"

_HARM: tuple[Claim, ...] = (
    Worded(
        "001:293",
        "slight increase",
        At("001:293", NOW, _HIGH_RISK),
        (At("001:293", BEFORE, _HIGH_RISK),),
        SLIGHT_RISE,
    ),
    Worded(
        "001:317",
        "dipped slightly",
        At("001:293", NOW, _HIGH_RISK),
        (At("001:293", BEFORE, _HIGH_RISK),),
        SLIGHT_FALL,
        "It speaks of children identified; the only count of children printed is of those at high risk.",
    ),
    *(
        Worded("001:338", "slight increases", At(place, NOW), (At(place, BEFORE),), SLIGHT_RISE)
        for place in ("001:341", "001:342")
    ),
    Worded("001:338", "almost twice as many", At("001:341", NOW), (At("001:342", NOW),), ALMOST_DOUBLE),
    _grew(356, "increased year on year", before="September 2011", after="December 2016"),
    _fell(360, "dropped in the last year"),
    _grew(374, "has risen", before="2015", after="2017"),
    Share(
        "001:413",
        "69%",
        At("001:413", take="numerator", measure="local_authority_beds_provided"),
        At("001:413", take="denominator", measure="local_authority_beds_provided"),
    ),
)

# Reviews, deaths, allegations (001:470-534)

_DEATHS = At("001:510", measure="child_deaths", breakdown="")
_BABIES = Together(
    (At("001:510", breakdown="Under 28 days"), At("001:510", breakdown="28 days to under 1 year")),
)

_DEATHS_AND_ALLEGATIONS: tuple[Claim, ...] = (
    AddsTo(
        "001:472",
        "other three",
        (At("001:472", NOW), At("001:472", measure="serious_case_reviews_awaiting_publication")),
        At("001:470"),
    ),
    AddsTo(
        "001:510",
        "16 deaths",
        (At("001:510", breakdown="Expected"), At("001:510", breakdown="Unexpected")),
        _DEATHS,
    ),
    Worded(
        "001:510",
        "most were premature",
        At("001:510", breakdown="Premature or extremely premature"),
        (At("001:510", breakdown="Expected"),),
        MOST,
    ),
    Worded(
        "001:510",
        "two thirds",
        _BABIES,
        (_DEATHS,),
        TWO_THIRDS,
        "It is said of every year and of the country; the counts are those of this year in Stockport.",
    ),
    WholeNumber("001:512", "40%", _DEATHS, caveat="It may be a share of the deaths of other years, which is not said."),
    _fell(530, "a reduction"),
    AddsTo(
        "001:534",
        "198 referrals",
        (
            At("001:534", breakdown="Managed without a formal meeting"),
            At("001:534", breakdown="Formal child protection route"),
        ),
        At("001:534", measure="lado_referrals", breakdown=""),
        "The report does not say what became of the rest.",
    ),
)

# Families and schools (001:713-1016)

_SURVEY = "001:713"

_SCHOOLS_AND_FAMILIES: tuple[Claim, ...] = (
    *(
        Share(f"001:{line}", words, At(f"001:{line}", take="numerator"), At(_SURVEY, unit="count"))
        for line, words in ((715, "71%"), (717, "75%"), (719, "73%"))
    ),
    AddsTo("001:984", "31 Ofsted inspections", _at(988, 989, 990, 991, 992), At("001:984", unit="count")),
    *(
        Worded("001:1016", "have increased since last year", At(place, NOW), (At(place, BEFORE),), RISE)
        for place in ("001:1012", "001:1013", "001:1014")
    ),
)

# Money (001:1181-1202)

_MONEY: tuple[Claim, ...] = (
    AddsTo("001:1187", "£59,416", _at(1181, 1182, 1183, 1184, 1185, 1186), At("001:1187")),
    AddsTo("001:1191", "£211,372", _at(1187, 1188, 1189, 1190), At("001:1191")),
    AddsTo("001:1195", "£146,159", _at(1193, 1194), At("001:1195")),
    AddsTo("001:1201", "£62,463", _at(1197, 1198, 1199, 1200), At("001:1201")),
    AddsTo("001:1202", "£208,622", _at(1195, 1201), At("001:1202")),
)

# Children's report 2020/21

_AGES = ("000:112", "000:113", "000:114", "000:115")
_RESIDENTS = At("000:110")

_CHILDREN_2020_21: tuple[Claim, ...] = (
    Share(
        "000:99",
        "23.5%",
        At("000:99", unit="count", breakdown="Aged 0-19"),
        At("000:99", measure="population", breakdown=""),
    ),
    AddsTo(
        "000:99",
        "68,567",
        tuple(At(place, unit="count") for place in _AGES),
        At("000:99", unit="count", breakdown="Aged 0-19"),
    ),
    AddsTo(
        "000:99",
        "23.5%",
        tuple(At(place, unit="percent") for place in _AGES),
        At("000:99", unit="percent", breakdown="Aged 0-19"),
    ),
    *(
        Share(place, words, At(place, unit="count"), _RESIDENTS)
        for place, words in zip(_AGES, ("6.1%", "6.3%", "5.9%", "5.2%"), strict=True)
    ),
    Share(
        "000:99",
        "11.7%",
        At("000:99", measure="children_in_low_income_households"),
        At("000:99", unit="count", breakdown="Aged 0-19"),
        "The whole is not said; those aged 0-19 are the only children and young people the line counts.",
    ),
    AddsTo("000:101", "125 schools", tuple(At(f"000:{line}") for line in range(103, 109)), At("000:101")),
    Worded(
        "000:322",
        "has dropped",
        At("000:322", "2020", unit="percent", measure="survey_not_confident_about_ehc_plans"),
        (At("000:322", "2019"),),
        FALL,
    ),
    WholeNumber("000:329", "11%", At("000:329", unit="count"), "growth by"),
    WholeNumber("000:334", "47%", At("000:334", unit="count"), "growth to"),
    Worded("000:336", "Discharges have reduced", At("000:336", "2020"), (At("000:336", "2019"),), FALL),
    AddsTo(
        "000:336",
        "76%",
        (At("000:336", breakdown="At home with parents"), At("000:336", breakdown="With family and friends")),
        At("000:336", measure="children_in_care_placed_with_family", breakdown=""),
    ),
    Worded("000:340", "majority", At("000:340"), (Whole(),), MOST),
    WholeNumber(
        "000:354",
        "0.01%",
        At(_ALL, END),
        caveat="The report prints no number of children in care; this is the nearest printed before it.",
    ),
)

CLAIMS: tuple[Claim, ...] = (
    *_CHILDREN_2020_21,
    *_FRONT_DOOR,
    *_PLANS,
    *_CARE,
    *_HARM,
    *_DEATHS_AND_ALLEGATIONS,
    *_SCHOOLS_AND_FAMILIES,
    *_MONEY,
)
