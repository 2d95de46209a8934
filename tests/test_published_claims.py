"""Facts about what the documents say of their own figures: worked out, and out both ways."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from dataset.published import FIGURES
from dataset.published.claim import (
    ALMOST_DOUBLE,
    FALL,
    RISE,
    SLIGHT_FALL,
    SLIGHT_RISE,
    STABLE,
    AddsTo,
    Claim,
    Difference,
    PercentChange,
    Share,
    WholeNumber,
    Worded,
)
from dataset.published.claims import CLAIMS, claims_about, not_borne_out
from dataset.published.figure import PublishedFigure
from dataset.published.rounding import half_digit, rounding
from dataset.published.terms import At, Less, Together, Whole

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
KINDS = (PercentChange, AddsTo, Difference, Share, Worded, WholeNumber)


@dataclass(frozen=True)
class Number:
    """A number of no document, for the edges."""

    value: Fraction
    slack: Fraction = Fraction(0)
    figures: tuple[PublishedFigure, ...] = ()

    @property
    def words(self) -> str:
        return str(self.value)


def number(text: str, slack: str = "0") -> Number:
    return Number(Fraction(text), Fraction(slack))


def line_of(claim: Claim) -> str:
    document, line = claim.place.split(":")
    found = sorted(SEEDS.glob(f"{document}_*"))
    if not found:
        pytest.skip("the source documents are not at hand")
    return found[0].read_text(encoding="utf-8").split("\n")[int(line) - 1]


def the(place: str, words: str) -> list[Claim]:
    found = [claim for claim in CLAIMS if (claim.place, claim.words) == (place, words)]
    assert found, f"{place} {words}"
    return found


# The claims we hold


def test_the_words_of_every_claim_stand_on_its_line_and_are_few() -> None:
    for claim in CLAIMS:
        assert re.search(rf"(?<![\w.]){re.escape(claim.words)}(?!\w|\.\d)", line_of(claim)), (claim.place, claim.words)
        assert len(claim.words.split()) <= 6


def test_every_figure_of_a_claim_is_a_published_one() -> None:
    for claim in CLAIMS:
        assert claim.figures, claim.place
        assert set(claim.figures) <= set(FIGURES), claim.place


def test_no_claim_is_held_twice() -> None:
    assert len(CLAIMS) == len(set(CLAIMS))


def test_every_kind_is_used_and_claims_come_out_both_ways() -> None:
    assert {type(claim) for claim in CLAIMS} == set(KINDS)
    assert Counter(claim.holds for claim in CLAIMS)[True] > len(not_borne_out()) > 0


def test_all_five_sorts_of_false_claim_come_with_a_true_one_of_the_same_kind() -> None:
    false = {type(claim) for claim in not_borne_out()}
    assert false == {PercentChange, AddsTo, Share, Worded, WholeNumber}
    assert {type(claim) for claim in CLAIMS if claim.holds} >= false - {PercentChange}


def test_exactly_these_claims_are_not_borne_out() -> None:
    assert {(claim.place, claim.words) for claim in not_borne_out()} == {
        ("000:99", "11.7%"),
        ("000:334", "47%"),
        ("000:354", "0.01%"),
        ("001:293", "slight increase"),
        ("001:317", "dipped slightly"),
        ("001:510", "two thirds"),
        ("001:512", "40%"),
        ("001:534", "198 referrals"),
        ("001:711", "remained stable"),
        ("003:170", "67%"),
        ("003:334", "a decrease"),
        ("004:343", "reduced by 184%"),
        ("004:360", "increased by 87%"),
        ("004:366", "19% decrease"),
        ("004:577", "a small improvement"),
        ("004:622", "dropped slightly"),
        ("004:622", "slightly lower"),
        ("004:627", "2021/22"),
        ("004:906", "116,689"),
        ("004:958", "11.7%"),
    }


def test_128_to_45_assessments_is_64_8_percent_fewer_not_184() -> None:
    (claim,) = the("004:343", "reduced by 184%")
    assert isinstance(claim, PercentChange)
    assert claim.change == Fraction(100 * 45, 128) - 100
    assert "64.8% less" in claim.sentence


def test_the_answers_of_2021_22_add_to_99_5_and_those_of_2022_23_to_100() -> None:
    sums = {claim.words: claim.sum for claim in CLAIMS if claim.place == "004:627" and isinstance(claim, AddsTo)}
    assert sums == {"2022/23": 100, "2021/22": Fraction("99.5")}


def test_the_adults_expenditure_is_1700_short_of_its_total_and_the_other_columns_add_up() -> None:
    accounts = [claim for claim in CLAIMS if claim.place in ("004:895", "004:906") and isinstance(claim, AddsTo)]
    assert [claim.total.value - claim.sum for claim in accounts] == [0, 0, 0, 1700]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("001:230", "239"),
        ("001:236", "12.5%"),
        ("001:254", "121 more children"),
        ("001:1191", "£211,372"),
        ("001:1202", "£208,622"),
        ("004:585", "2022/23"),
        ("004:602", "almost doubled"),
        ("004:622", "comparable"),
    ],
)
def test_claims_that_are_true(place: str, words: str) -> None:
    assert all(claim.holds for claim in the(place, words))


def test_every_sentence_names_its_places_and_tells_the_verdict() -> None:
    for claim in CLAIMS:
        assert claim.sentence.startswith(f"{claim.place} says “{claim.words}”: ")
        assert ("do not bear it out." in claim.sentence) is not claim.holds
        assert all(figure.place in claim.sentence for figure in claim.figures)


def test_the_sentence_about_a_slight_fall_gives_points_percent_and_the_reading() -> None:
    (claim,) = the("004:622", "dropped slightly")
    assert claim.sentence == (
        "004:622 says “dropped slightly”: 59.6% (MSP fully achieved, 2022/23, 004:622) is 13.6 points (18.6% less) "
        "below 73.2% (MSP fully achieved, 2021/22, 004:622); the words are read as less by at most a tenth. "
        "The figures do not bear it out."
    )


def test_claims_about_a_measure_are_those_that_rest_on_it() -> None:
    assert {claim.place for claim in claims_about(["gcp2_completed"])} == {"004:343"}
    assert claims_about(["nothing_of_the_kind"]) == ()


# Looking figures up


def test_a_place_that_fits_no_figure_or_several_is_refused() -> None:
    for place in (At("004:1"), At("004:343")):
        with pytest.raises(LookupError):
            assert place.value
    with pytest.raises(LookupError):
        assert At("004:205", take="numerator").value


def test_figures_put_together_keep_their_rounding() -> None:
    fully, achieved = At("004:622", "2022/23", "msp_fully_achieved"), At("004:622", "2022/23", "msp_achieved")
    assert Less(achieved, fully).value == Fraction("34.4")
    assert Together((achieved, fully)).slack == Less(achieved, fully).slack == Fraction(1, 10)
    assert (Whole().value, Whole().slack) == (100, 0)


# Rounding


@pytest.mark.parametrize(("words", "half"), [("87%", "0.5"), ("12.5% of 336", "0.05"), ("0.01%", "0.005")])
def test_a_number_may_be_off_by_half_its_last_digit(words: str, half: str) -> None:
    assert half_digit(words) == Fraction(half)


@pytest.mark.parametrize(
    ("place", "measure", "slack"),
    [
        ("004:182", "population", "0"),
        ("004:160", "population", "500"),
        ("003:58", "children_with_more_than_one_ace", "50"),
        ("004:577", "sar_referrals", "0"),
        ("004:889", "income", "0"),
    ],
)
def test_large_round_counts_are_rounded_and_small_counts_and_money_exact(place: str, measure: str, slack: str) -> None:
    found = [f for f in FIGURES if f.place == place and f.measure == measure and f.unit in ("count", "pounds")]
    assert {rounding(figure) for figure in found} == {Fraction(slack)}


# The edges of the kinds


@pytest.mark.parametrize(
    ("sense", "ratio", "fits"),
    [
        (RISE, "1", False),
        (FALL, "1", False),
        (STABLE, "1", True),
        (SLIGHT_RISE, "1.1", True),
        (SLIGHT_RISE, "1.101", False),
        (SLIGHT_RISE, "0.99", False),
        (SLIGHT_FALL, "0.9", True),
        (SLIGHT_FALL, "1", False),
        (ALMOST_DOUBLE, "1.79", False),
    ],
    ids=str,
)
def test_a_bound_counts_but_no_change_is_neither_a_rise_nor_a_fall(sense: object, ratio: str, fits: bool) -> None:
    claim = Worded("004:1", "words", number(ratio), (number("1"),), sense)  # type: ignore[arg-type]
    assert claim.holds is fits


def test_a_word_gets_the_benefit_of_the_rounding() -> None:
    assert not Worded("004:1", "more", number("5"), (number("5"),), RISE).holds
    assert Worded("004:1", "more", number("5", "0.5"), (number("5", "0.5"),), RISE).holds


def test_a_word_must_fit_every_figure_it_is_beside() -> None:
    assert Worded("004:1", "peak", number("18"), (number("5"), number("12")), RISE).holds
    assert not Worded("004:1", "peak", number("12"), (number("5"), number("12")), RISE).holds


def test_beside_a_figure_that_may_be_nothing_there_is_no_ratio() -> None:
    claim = Worded("004:1", "more", number("1"), (number("0"),), RISE)
    with pytest.raises(ValueError, match="may be nothing"):
        assert claim.holds


def test_parts_may_miss_the_total_by_their_rounding_and_no_more() -> None:
    parts = (number("33.3", "0.05"), number("33.3", "0.05"), number("33.3", "0.05"))
    assert AddsTo("004:1", "100%", parts, number("99.95", "0.05")).holds is True
    assert AddsTo("004:1", "100%", parts, Whole()).holds is True
    assert AddsTo("004:1", "100%", parts[:2], Whole()).holds is False


@pytest.mark.parametrize(("part", "whole", "holds"), [("125", "1000", True), ("124", "1000", False), ("0", "9", False)])
def test_a_share_holds_within_half_its_last_digit(part: str, whole: str, holds: bool) -> None:
    assert Share("004:1", "12.5%", number(part), number(whole)).holds is holds


@pytest.mark.parametrize(
    ("after", "says", "holds"), [("150", "more", True), ("50", "less", True), ("50", "more", False)]
)
def test_a_change_needs_the_right_direction(after: str, says: str, holds: bool) -> None:
    claim = PercentChange("004:1", "by 50%", number("100"), number(after), says)  # type: ignore[arg-type]
    assert claim.holds is holds


@pytest.mark.parametrize(("after", "holds"), [("130", True), ("70", True), ("129", False)])
def test_a_difference_is_counted_either_way(after: str, holds: bool) -> None:
    assert Difference("004:1", "30 more", number("100"), number(after)).holds is holds


@pytest.mark.parametrize(
    ("words", "of", "how", "holds"),
    [
        ("67%", "10", "share of", False),
        ("67%", "9", "share of", True),
        ("0%", "10", "share of", True),
        ("47%", "79", "growth to", False),
        ("46%", "79", "growth to", True),
        ("11%", "42", "growth by", True),
        ("90%", "1", "growth by", False),
    ],
)
def test_people_come_in_whole_numbers(words: str, of: str, how: str, holds: bool) -> None:
    assert WholeNumber("004:1", words, number(of), how).holds is holds  # type: ignore[arg-type]
