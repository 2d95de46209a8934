"""Claims of the business plan 2023-26 and of the annual report 2022/23 about their own figures."""

from __future__ import annotations

from dataset.agencies import STOCKPORT
from dataset.published.claim import (
    ALMOST_DOUBLE,
    FALL,
    MOST,
    RISE,
    SLIGHT_FALL,
    SLIGHT_RISE,
    STABLE,
    STRONG_RISE,
    AddsTo,
    Claim,
    PercentChange,
    Share,
    WholeNumber,
    Worded,
)
from dataset.published.terms import At, Less, Together, Whole

NOW, BEFORE = "2022/23", "2021/22"
CENSUS, CENSUS_BEFORE = "2021", "2011"
HERE, GREATER_MANCHESTER, NORTH_WEST = STOCKPORT.code, "GM", "E12000002"


def _at(*lines: int, period: str = "", breakdown: str | None = None) -> tuple[At, ...]:
    """A column of the annual report: one figure at each line."""
    return tuple(At(f"004:{line}", period, breakdown=breakdown) for line in lines)


# Business plan 2023-26

_REFERRALS_NOW, _REFERRALS_BEFORE = (
    At("004:585", measure="sar_referrals"),
    At("004:584", measure="sar_referrals"),
)
_REVIEWS = At("004:459", measure="rapid_reviews")

_PLAN: tuple[Claim, ...] = (
    AddsTo("003:15", "17.8%", tuple(At(f"003:{line}") for line in (15, 16, 17, 18)), Whole()),
    WholeNumber("003:170", "67%", _REVIEWS),
    WholeNumber("003:285", "50%", _REVIEWS),
    WholeNumber("003:287", "56%", At("003:287", take="denominator", measure="audit_key_males_recorded")),
    Worded(
        "003:334",
        "a decrease",
        _REFERRALS_NOW,
        (_REFERRALS_BEFORE,),
        FALL,
        "Beside the 18 of 2020/21 it is a decrease (004:583).",
    ),
)

# Annual report: the people of Stockport (004:160-213, 958-960)

_GROWTH = "004:160"


def _grown(breakdown: str, area: str = HERE) -> At:
    return At(_GROWTH, breakdown=breakdown, area=area, unit="percent change")


_PEOPLE: tuple[Claim, ...] = (
    Worded(_GROWTH, "lower than the average", _grown(""), (_grown("", GREATER_MANCHESTER),), FALL),
    Worded(_GROWTH, "in line with", _grown("Aged 65+"), (_grown("Aged 65+", GREATER_MANCHESTER),), STABLE),
    Worded(
        "004:162",
        "a fall from 8.9%",
        At("004:162", CENSUS, breakdown="Disabled"),
        (At("004:162", CENSUS_BEFORE, breakdown="Disabled"),),
        FALL,
        "Another share of disabled people, 18.1%, is printed for 2021 (004:187).",
    ),
    Worded(
        "004:162",
        "has fallen",
        At("004:162", CENSUS, breakdown="White"),
        (At("004:162", CENSUS_BEFORE, breakdown="White"),),
        FALL,
    ),
    AddsTo("004:178", "18.9%", _at(178, 179, 180), Whole()),
    AddsTo("004:210", "7.3%", (*_at(210, 211, 212, 213), At("004:162", CENSUS, breakdown="White")), Whole()),
    Share(
        "004:958",
        "23%",
        At("004:958", unit="count", breakdown="Aged 0-19"),
        At("004:958", measure="population", breakdown=""),
    ),
    Share(
        "004:958",
        "11.7%",
        At("004:958", measure="children_in_low_income_households"),
        At("004:958", unit="count", breakdown="Aged 0-19"),
        "The whole is not said; those aged 0-19 are the only children and young people the line counts.",
    ),
    AddsTo("004:960", "127 schools", _at(*range(962, 969)), At("004:960")),
)

# Enquiries by type beside other areas (004:309-351)


def _rate(line: int, kind: str, period: str) -> At:
    return At(f"004:{line}", period, f"enquiries_{kind}")


def _others(lines: tuple[int, int], kind: str, period: str) -> tuple[At, At]:
    return _rate(lines[0], kind, period), _rate(lines[1], kind, period)


_SLAVERY, _EXPLOITATION = "modern_slavery", "sexual_exploitation"
_NEGLECT, _SELF_NEGLECT = "neglect_and_acts_of_omission", "self_neglect"

_BESIDE_OTHERS: tuple[Claim, ...] = (
    *(
        Worded("004:309", "lower than average rates", _rate(309, kind, BEFORE), _others((320, 321), kind, BEFORE), FALL)
        for kind in (_SLAVERY, _EXPLOITATION)
    ),
    *(
        Worded(
            "004:309",
            "closer in Modern Slavery",
            Less(_rate(line, _SLAVERY, NOW), _rate(319, _SLAVERY, NOW)),
            (Less(_rate(line, _SLAVERY, BEFORE), _rate(319, _SLAVERY, BEFORE)),),
            FALL,
        )
        for line in (320, 321)
    ),
    Worded("004:309", "still lower", _rate(319, _EXPLOITATION, NOW), _others((320, 321), _EXPLOITATION, NOW), FALL),
    Worded(
        "004:337",
        "increased significantly",
        At("004:337", NOW, area=NORTH_WEST),
        (At("004:337", BEFORE, area=NORTH_WEST),),
        STRONG_RISE,
    ),
    *(
        Worded("004:601", "Fewer", _rate(349, kind, NOW), _others((350, 351), kind, NOW), FALL)
        for kind in (_SELF_NEGLECT, _NEGLECT)
    ),
)

# Children (004:343-366, 459-482, 743-763)

_UNDER_NEGLECT_NOW = At("004:360", NOW, unit="count")
_UNDER_NEGLECT_BEFORE = At("004:360", BEFORE, unit="count")
_CHILDREN_REVIEWED = At("004:460")

_CHILDREN: tuple[Claim, ...] = (
    PercentChange(
        "004:343",
        "reduced by 184%",
        At("004:343", BEFORE, unit="count"),
        At("004:343", NOW, unit="count"),
        "less",
        "Nothing can fall by more than 100%; 184% is the rise from the later count to the earlier.",
    ),
    PercentChange(
        "004:360",
        "increased by 87%",
        _UNDER_NEGLECT_BEFORE,
        _UNDER_NEGLECT_NOW,
        "more",
        "To the nearest whole number it is 88%.",
    ),
    PercentChange(
        "004:366",
        "19% decrease",
        _UNDER_NEGLECT_BEFORE,
        _UNDER_NEGLECT_NOW,
        "less",
        "It prints no counts of its own; these are the counts the page before gives for the same years.",
    ),
    AddsTo("004:460", "involving 12", _at(469, 475), _CHILDREN_REVIEWED),
    AddsTo("004:460", "involving 12", _at(480, 482), _CHILDREN_REVIEWED),
    Worded("004:743", "continued rise", At("004:743", "Q1 2023"), (At("004:743", "Q1 2022"),), RISE),
    Worded(
        "004:763",
        "from having 16",
        At("004:763", "writing of the annual report 2022/23"),
        (At("004:763", "some months before the annual report 2022/23"),),
        RISE,
    ),
)

# Safeguarding Adult Reviews (004:577-585)

_OUTCOMES = ("sar_did_not_meet_criteria", "sar_met_criteria", "sar_other_review_commissioned")
_SAR_YEARS = ((581, "2018/19"), (582, "2019/20"), (583, "2020/21"), (584, "2021/22"), (585, "2022/23"))


def _received(line: int) -> At:
    return At(f"004:{line}", measure="sar_referrals")


_SAR: tuple[Claim, ...] = (
    Worded(
        "004:577",
        "a small improvement",
        _REFERRALS_NOW,
        (_REFERRALS_BEFORE,),
        SLIGHT_RISE,
        "It is one referral more.",
    ),
    Worded("004:577", "a peak of 18", _received(583), tuple(_received(line) for line in (581, 582, 584, 585)), RISE),
    *(
        AddsTo(
            f"004:{line}",
            year,
            tuple(At(f"004:{line}", measure=outcome) for outcome in _OUTCOMES),
            _received(line),
        )
        for line, year in _SAR_YEARS
    ),
)

# Concerns and enquiries (004:602-608)


def _from_to(line: int, words: str, measure: str) -> tuple[str, str, At, tuple[At]]:
    place = f"004:{line}"
    return place, words, At(place, NOW, measure), (At(place, BEFORE, measure),)


_ENQUIRIES: tuple[Claim, ...] = (
    Worded(*_from_to(602, "almost doubled", "enquiries_psychological_abuse"), ALMOST_DOUBLE),
    Worded(*_from_to(603, "has dropped", "enquiries_neglect_and_acts_of_omission"), FALL),
    Worded(*_from_to(608, "an increase from 75.8%", "concerns_not_progressed"), RISE),
)

# Making Safeguarding Personal (004:620-632)

_ASKED = "msp_asked"
_ANSWERS = (628, 629, 630, 631, 632)
_FULLY, _ACHIEVED = "msp_fully_achieved", "msp_achieved"


def _partly(period: str) -> Less:
    return Less(At("004:622", period, _ACHIEVED), At("004:622", period, _FULLY))


_PERSONAL: tuple[Claim, ...] = (
    Worded(*_from_to(620, "an increase in overall", _ASKED), RISE),
    *(
        AddsTo("004:620", words, _at(628, 629, period=year), At("004:620", year, _ASKED))
        for words, year in (("72.4%", NOW), ("69.0%", BEFORE))
    ),
    Worded("004:620", "not seen the reduction", At("004:632", NOW), (At("004:632", BEFORE),), STABLE),
    *(AddsTo("004:627", year, _at(*_ANSWERS, period=year), Whole()) for year in (NOW, BEFORE)),
    Worded(*_from_to(622, "dropped slightly", _FULLY), SLIGHT_FALL),
    Worded("004:622", "significant increase", _partly(NOW), (_partly(BEFORE),), STRONG_RISE),
    Worded(*_from_to(622, "comparable", _ACHIEVED), STABLE),
    Worded(
        "004:622",
        "slightly lower",
        At("004:628", NOW),
        tuple(At("004:622", NOW, area=area) for area in (GREATER_MANCHESTER, NORTH_WEST)),
        SLIGHT_FALL,
        "The averages printed are of adults asked and stated, so Stockport's share of the same answer is taken.",
    ),
)

# Training and money (004:84, 687, 889-906)

_SIDES = ("Children's Partnership", "Adults' Partnership")
_INCOME, _SPENDING = range(889, 895), range(897, 906)
_ROWS_OF_ADULTS = {*range(889, 892), 897, 898, 904}
_ROWS_OF_CHILDREN = {*_INCOME, *_SPENDING} - {904}


def _entry(line: int, side: str) -> At:
    """The one figure of a partnership at a row; headings follow the name of the partnership."""
    headings = dict(zip((889, 890, 891, 892, 893, 894, *_SPENDING), _HEADINGS, strict=True))
    return At(f"004:{line}", breakdown=f"{side}: {headings[line]}")


_HEADINGS = (
    "SMBC", "ICS", "GMP", "SNHSFT", "Probation", "Education",
    "Chair", "Salaries", "TASP", "MRC", "Mcr Rape", "ICT", "Room hire", "Quality Assurance", "Sundries",
)  # fmt: skip


def _account(line: int, words: str, side: str, rows: range) -> AddsTo:
    filled = _ROWS_OF_CHILDREN if side == _SIDES[0] else _ROWS_OF_ADULTS
    parts = tuple(_entry(row, side) for row in rows if row in filled)
    return AddsTo(f"004:{line}", words, parts, At(f"004:{line}", breakdown=side))


_MONEY_AND_TRAINING: tuple[Claim, ...] = (
    *(
        Worded(
            "004:84",
            "most of the funding",
            Together(tuple(_entry(line, side) for line in (889, 890, 891))),
            (At("004:895", breakdown=side),),
            MOST,
        )
        for side in _SIDES
    ),
    Worded(
        "004:687",
        "over 270",
        At("004:685"),
        (At("004:687"),),
        RISE,
    ),
    _account(895, "221,531", _SIDES[0], _INCOME),
    _account(895, "116,689", _SIDES[1], _INCOME),
    _account(906, "216,214", _SIDES[0], _SPENDING),
    _account(906, "116,689", _SIDES[1], _SPENDING),
)

CLAIMS: tuple[Claim, ...] = (
    *_PLAN,
    *_PEOPLE,
    *_BESIDE_OTHERS,
    *_CHILDREN,
    *_SAR,
    *_ENQUIRIES,
    *_PERSONAL,
    *_MONEY_AND_TRAINING,
)
