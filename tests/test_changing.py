"""Whether a figure has changed from one year to the next, as far as the cases can tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding_metrics.changing import difference_interval, direction, verdict
from safeguarding_metrics.measuring import Count

SIZES = st.integers(1, 5_000)


@st.composite
def counts(draw: st.DrawFn) -> Count:
    n = draw(SIZES)
    return Count(draw(st.integers(0, n)), n)


def test_without_cases_nothing_is_compared() -> None:
    assert direction(Count(0, 0), Count(3, 10)) is None
    assert direction(Count(3, 10), Count(0, 0)) is None


def test_the_interval_is_that_of_newcombe_1998() -> None:
    """His table II, example (a): 56 of 70 against 48 of 80, method 10 without continuity correction."""
    assert difference_interval(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@pytest.mark.parametrize(
    ("k", "n", "before_k", "before_n", "low", "high"),
    [(9, 10, 3, 10, 0.1705, 0.8090), (10, 10, 0, 20, 0.6791, 1.0), (10, 10, 0, 10, 0.6075, 1.0)],
)
def test_it_holds_for_few_cases_too(k: int, n: int, before_k: int, before_n: int, low: float, high: float) -> None:
    """The same table, examples (b), (g) and (h)."""
    assert difference_interval(k, n, before_k, before_n) == pytest.approx((low, high), abs=5e-5)


@given(counts(), counts())
def test_a_change_back_is_the_opposite_change(now: Count, before: Count) -> None:
    opposite = {"higher": "lower", "lower": "higher", "too_few": "too_few"}
    there = direction(now, before)
    assert there is not None
    assert direction(before, now) == opposite[there]


@given(counts())
def test_a_figure_has_not_changed_from_itself(count: Count) -> None:
    assert direction(count, count) == "too_few"


def test_a_few_cases_more_are_chance() -> None:
    assert direction(Count(4), Count(2)) == "too_few"
    assert direction(Count(0), Count(0)) == "too_few"


def test_many_cases_more_are_a_change() -> None:
    assert direction(Count(7_763), Count(4_481)) == "higher"
    assert direction(Count(45), Count(128)) == "lower"


def test_better_needs_a_better_way() -> None:
    assert verdict("higher", "increase") == verdict("lower", "decrease") == "better"
    assert verdict("higher", "decrease") == verdict("lower", "increase") == "worse"
    assert verdict("higher", "neutral") == "different"
    assert verdict("too_few", "increase") == "too_few"
