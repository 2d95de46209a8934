"""Intervals as published elsewhere, probabilities that behave, and words for them."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from math import inf, isfinite, nan, nextafter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding_metrics.uncertainty import (
    count_interval,
    effective_cases,
    exact_count_interval,
    in_words,
    probability_count_met,
    probability_met,
    share_interval,
)

SIZES = st.integers(1, 5000)
PART = st.integers(0, 5000)
BOUNDS = st.fractions(0, 1, max_denominator=100)


def test_no_cases_have_no_interval_and_no_probability() -> None:
    assert share_interval(0, 0) is None
    assert probability_met(0, 0, at_most=Fraction(7, 20)) is None


def test_no_exposure_has_no_rate() -> None:
    assert count_interval(3, 0) is None


def test_intervals_end_exactly_at_nought_and_at_one() -> None:
    none, every = share_interval(0, 20), share_interval(20, 20)
    assert none and every
    assert none[0] == 0 and every[1] == 1
    assert none[1] == pytest.approx(1 - every[0])


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (3, 10, 0.1078, 0.6032),  # PHEindicatormethods
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3, and the three below
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_shares_have_the_published_intervals_of_wilson(k: int, n: int, low: float, high: float) -> None:
    assert share_interval(k, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("x", "low", "high"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (9, 4.1154, 17.0848)],
)
def test_counts_below_ten_have_the_exact_interval(x: int, low: float, high: float) -> None:
    assert count_interval(x) == pytest.approx((low, high), abs=5e-5)


def test_counts_from_ten_have_the_interval_of_byar() -> None:
    assert count_interval(10) == pytest.approx((4.79, 18.39), abs=0.005)
    assert count_interval(100) == pytest.approx((81.36, 121.63), abs=0.005)


def test_a_rate_has_the_interval_of_its_count_divided_by_the_exposure() -> None:
    assert count_interval(5, 10) == pytest.approx((0.16235, 1.16683), abs=5e-6)


@pytest.mark.parametrize(
    ("interval", "low", "high"),
    [
        # Printed by the tests of PHStatsMethods, the counterpart of PHEindicatormethods in Python.
        (share_interval(100, 10000), 0.008229336148148417, 0.012146982255114647),
        (share_interval(100, 1000), 0.0829094435930957, 0.1201519631953484),
        # Worked out in R 4.2 by the formulas of PHEindicatormethods 2.1.0, on the cases of its tests.
        (share_interval(65, 100), 0.55254443296888, 0.736357517569025),
        (share_interval(65, 100, 0.998), 0.495494657407045, 0.778354061408968),
        (share_interval(1045, 5000), 0.197955498800133, 0.22049130373189),
        (count_interval(65), 50.1631877104595, 82.8491385459398),
        (count_interval(65, confidence=0.998), 42.8802614714802, 94.000290844318),
        (count_interval(1045, confidence=0.998), 947.940703561037, 1148.80616098803),
        (count_interval(9, 4.5, 0.998), 0.544983200969728, 5.03497184645843),
        (count_interval(10, confidence=0.998), 2.91631837469569, 24.1937249278805),
    ],
)
def test_intervals_are_those_of_the_public_packages_to_nine_places(
    interval: tuple[float, float], low: float, high: float
) -> None:
    assert interval == pytest.approx((low, high), rel=1e-11)


@pytest.mark.parametrize("x", [0, 3, 9.5])
def test_below_ten_the_interval_is_the_exact_one(x: float) -> None:
    assert count_interval(x) == exact_count_interval(x)


def test_at_ten_byar_takes_over_and_the_exact_interval_goes_on() -> None:
    assert count_interval(10) != exact_count_interval(10)
    assert exact_count_interval(10) == pytest.approx((4.7954, 18.3904), abs=5e-5)


@given(st.floats(0, 1, exclude_min=True, exclude_max=True), SIZES, PART)
def test_no_confidence_makes_an_interval_without_ends(confidence: float, n: int, part: int) -> None:
    k = part % (n + 1)
    share, count = share_interval(k, n, confidence), count_interval(k, n, confidence)
    assert share and count
    assert share[0] <= k / n <= share[1]
    assert all(isfinite(end) for end in (*share, *count))


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: share_interval(5, 3), "There cannot be more cases than the whole: 5 of 3."),
        (lambda: share_interval(1, 0), "There cannot be more cases than the whole: 1 of 0."),
        (lambda: share_interval(-1, 3), "Cases cannot be negative: -1 of 3."),
        (lambda: share_interval(-2, -1), "Cases cannot be negative: -2 of -1."),
        (lambda: share_interval(nan, 3), "Cases must be finite numbers."),
        (lambda: share_interval(1, inf), "Cases must be finite numbers."),
        (lambda: share_interval(1, 3, 95), "Confidence must lie between 0 and 1, such as 0.95; it was 95."),
        (lambda: share_interval(0, 0, 0), "Confidence must lie between 0 and 1, such as 0.95; it was 0."),
        (lambda: count_interval(3, confidence=1), "Confidence must lie between 0 and 1, such as 0.95; it was 1."),
        (lambda: count_interval(30, confidence=nan), "Confidence must lie between 0 and 1, such as 0.95; it was nan."),
        (lambda: count_interval(-1), "A count cannot be negative: -1."),
        (lambda: count_interval(nan), "A count and its exposure must be finite numbers."),
        (lambda: count_interval(30, inf), "A count and its exposure must be finite numbers."),
        (lambda: count_interval(30, -2), "An exposure cannot be negative: -2."),
        (lambda: probability_met(5, 3, at_most=1), "There cannot be more cases than the whole: 5 of 3."),
        (lambda: probability_met(1, 3), "A target needs a bound: at least, at most, or both for a band."),
        (lambda: probability_met(1, 3, at_most=nan), "The bounds of a target must be numbers."),
        (
            lambda: probability_met(1, 3, at_least=0.5, at_most=0.2),
            "The lower end of a band cannot lie above the upper one: 0.5 to 0.2.",
        ),
        (lambda: probability_count_met(-1, at_most=3), "A count cannot be negative: -1."),
    ],
)
def test_what_makes_no_sense_is_refused(ask: Callable[[], Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        ask()


def test_a_target_beyond_what_a_share_can_be_is_surely_met_or_surely_missed() -> None:
    assert probability_met(3, 10, at_most=1.2) == probability_met(3, 10, at_least=-0.1) == 1
    assert probability_met(3, 10, at_least=1.2) == probability_count_met(3, at_most=-1) == 0


@given(SIZES, PART)
def test_a_share_lies_in_its_interval_and_the_interval_between_nought_and_one(n: int, part: int) -> None:
    k = part % (n + 1)
    interval = share_interval(k, n)
    assert interval
    assert 0 <= interval[0] <= k / n <= interval[1] <= 1


@given(SIZES, PART)
def test_the_interval_of_those_left_out_is_the_mirror_image(n: int, part: int) -> None:
    k = part % (n + 1)
    one, other = share_interval(k, n), share_interval(n - k, n)
    assert one and other
    assert one == pytest.approx((1 - other[1], 1 - other[0]), abs=1e-12)


@given(SIZES, PART, st.integers(2, 9))
def test_more_cases_of_the_same_share_narrow_the_interval(n: int, part: int, times: int) -> None:
    k = part % (n + 1)
    few, many = share_interval(k, n), share_interval(times * k, times * n)
    assert few and many
    assert many[1] - many[0] < few[1] - few[0]


@given(st.integers(0, 5000))
def test_a_count_lies_in_its_interval_and_both_ends_grow_with_it(x: int) -> None:
    one, more = count_interval(x), count_interval(x + 1)
    assert one and more
    assert one[0] <= x < one[1]
    assert one[0] < more[0] and one[1] < more[1]


@given(st.integers(0, 200))
def test_more_confidence_needs_a_wider_interval(x: int) -> None:
    usual, sure = count_interval(x), count_interval(x, confidence=0.998)
    assert usual and sure
    assert sure[0] <= usual[0] < usual[1] < sure[1]


@pytest.mark.parametrize(("k", "probability"), [(5, 0.16), (3, 0.62)])
def test_of_ten_reviews_against_at_most_35_percent(k: int, probability: float) -> None:
    assert probability_met(k, 10, at_most=Fraction(35, 100)) == pytest.approx(probability, abs=0.005)


def test_half_of_the_cases_lie_either_side_of_one_half_with_equal_probability() -> None:
    assert probability_met(5, 10, at_most=Fraction(1, 2)) == pytest.approx(0.5)
    assert probability_met(5, 10, at_least=Fraction(1, 2)) == pytest.approx(0.5)


@given(SIZES, PART, BOUNDS)
def test_at_most_and_at_least_the_same_share_exhaust_the_probability(n: int, part: int, bound: Fraction) -> None:
    k = part % (n + 1)
    below, above = probability_met(k, n, at_most=bound), probability_met(k, n, at_least=bound)
    assert below is not None and above is not None
    assert below + above == pytest.approx(1)


@given(SIZES, PART, BOUNDS, BOUNDS)
def test_the_probability_of_a_band_lies_between_its_ends(n: int, part: int, one: Fraction, other: Fraction) -> None:
    k, low, high = part % (n + 1), min(one, other), max(one, other)
    inside = probability_met(k, n, at_least=low, at_most=high)
    below, under = probability_met(k, n, at_most=high), probability_met(k, n, at_most=low)
    assert inside is not None and below is not None and under is not None
    assert 0 <= inside <= 1
    assert inside == pytest.approx(below - under, abs=1e-9)


@given(SIZES, PART, BOUNDS)
def test_a_case_more_never_makes_at_most_more_probable(n: int, part: int, bound: Fraction) -> None:
    k = part % n
    before, after = probability_met(k, n, at_most=bound), probability_met(k + 1, n, at_most=bound)
    assert before is not None and after is not None
    assert after <= before + 1e-12


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_case_more_never_makes_a_least_count_less_probable(x: int, bound: int) -> None:
    before, after = probability_count_met(x, at_least=bound), probability_count_met(x + 1, at_least=bound)
    assert 0 <= before <= after + 1e-12 <= 1 + 1e-12


def test_a_count_has_the_probability_of_a_gamma_with_half_a_case_more() -> None:
    # Gamma(½) at most 1 is the chance that a standard normal lies within √2: 0.8427.
    assert probability_count_met(0, at_most=1) == pytest.approx(0.8427, abs=5e-5)
    assert probability_count_met(0, at_least=1) == pytest.approx(0.1573, abs=5e-5)


def test_a_survey_is_as_sure_as_the_plain_answers_that_would_give_its_margin() -> None:
    assert effective_cases(0.5, 0.098) == pytest.approx(100, abs=0.1)
    assert effective_cases(0.71, 0.048) == pytest.approx(343.3, abs=0.1)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "a remote chance"),
        (0.05, "a remote chance"),
        (0.10, "highly unlikely"),
        (0.16, "highly unlikely"),
        (0.20, "highly unlikely"),
        (0.25, "unlikely"),
        (0.35, "unlikely"),
        (0.40, "a realistic possibility"),
        (0.50, "a realistic possibility"),
        (0.55, "likely"),
        (0.62, "likely"),
        (0.75, "likely"),
        (0.80, "highly likely"),
        (0.90, "highly likely"),
        (0.95, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_probabilities_have_the_words_of_the_yardstick(probability: float, words: str) -> None:
    assert in_words(probability) == words


@pytest.mark.parametrize(
    ("middle", "below", "above"),
    [
        (0.075, "a remote chance", "highly unlikely"),
        (0.225, "highly unlikely", "unlikely"),
        (0.375, "unlikely", "a realistic possibility"),
        (0.525, "a realistic possibility", "likely"),
        (0.775, "likely", "highly likely"),
        (0.925, "highly likely", "almost certain"),
    ],
)
def test_a_probability_between_two_bands_takes_the_word_of_the_nearer(middle: float, below: str, above: str) -> None:
    assert in_words(middle) == below
    assert in_words(nextafter(middle, inf)) == above
