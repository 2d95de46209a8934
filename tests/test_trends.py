"""Recent trends as Fingertips tells them, and run charts as Anhøj counts them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding_metrics import wording
from safeguarding_metrics.trends import recent_trend, run_chart

SHARES = st.lists(st.none() | st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
# From the tests of Fingertips and FingertipsNext, oldest first.
CHILDREN = [(994, 40299), (1023, 41527), (1199, 42811), (1332, 44064), (1367, 44701)]
STEADY = [(209, 1017), (213, 1087), (213, 1119), (239, 1117), (210, 1139)]
FEW = [(5, 5), (3, 5), (1, 5), (1, 4), (2, 4)]
DIABETES = [(3455176, 48783947), (3491868, 49122259), (3625401, 49956777), (3774801, 50649129), (3938080, 51441896)]
MMR = [(57274, 61834), (55865, 60511), (53681, 59074), (51767, 57508), (53185, 59028)]
EYES = [(1416, 48246126), (935, 48440507), (1344, 48753376), (1415, 49300918), (1502, 49866388)]


@pytest.mark.parametrize(
    ("shares", "direction"),
    [
        (CHILDREN, "increasing"),
        (STEADY, "no_change"),
        (FEW, "cannot_be_calculated"),
        (DIABETES, "increasing"),
        (MMR, "decreasing"),
        (EYES, "increasing"),
    ],
)
def test_recent_trends_are_those_of_fingertips(shares: list[Any], direction: str) -> None:
    assert recent_trend(shares, improvement="increase").direction == direction


def test_chi_squared_is_that_of_fingertips() -> None:
    assert recent_trend(CHILDREN, improvement="increase").chi_squared == pytest.approx(47.90, abs=0.005)


@pytest.mark.parametrize(("improvement", "verdict"), [("increase", "worse"), ("decrease", "better"), ("neutral", None)])
def test_a_falling_share_is_judged_by_its_better_way(improvement: Any, verdict: str | None) -> None:
    assert recent_trend(MMR, improvement=improvement).verdict == verdict


def test_only_the_last_five_periods_count() -> None:
    assert recent_trend([(9, 10), None, *MMR], improvement="increase") == recent_trend(MMR, improvement="increase")


@pytest.mark.parametrize(
    ("shares", "reason"),
    [
        (MMR[:4], "there are fewer than 5 periods"),
        ([*MMR[:4], None], "a figure is missing among the last 5 periods"),
        ([*MMR[:4], (9, 19)], "a period has fewer than 20 cases"),
        ([*MMR[:4], (0, 0)], "a period has fewer than 20 cases"),
    ],
)
def test_too_little_to_go_by_is_said(shares: list[Any], reason: str) -> None:
    trend = recent_trend(shares, improvement="increase")
    assert (trend.direction, trend.verdict, trend.chi_squared, trend.reason) == (
        "cannot_be_calculated",
        None,
        None,
        reason,
    )


def test_twenty_cases_suffice() -> None:
    assert recent_trend([(2, 20), (6, 20), (10, 20), (14, 20), (18, 20)], improvement="increase").verdict == "better"


def test_a_slope_that_rests_on_one_period_is_no_trend() -> None:
    trend = recent_trend([(50, 100), (50, 100), (50, 100), (50, 100), (90, 100)], improvement="increase")
    assert trend.chi_squared is not None and trend.chi_squared > 9.5495
    assert trend.direction == "no_change"
    assert "one period alone" in wording.recent_trend_sentence(trend)


@pytest.mark.parametrize("k", [0, 100])
def test_shares_that_are_all_nothing_or_all_everything_have_no_trend(k: int) -> None:
    assert recent_trend([(k, 100)] * 5, improvement="increase").chi_squared == 0


def test_more_cases_than_the_whole_are_refused() -> None:
    with pytest.raises(ValueError, match=re.escape("Cases must lie between 0 and the whole: 3 of 2.")):
        recent_trend([(3, 2)], improvement="increase")


@given(SHARES)
def test_the_cases_left_out_have_the_opposite_trend(shares: list[Any]) -> None:
    rest = [share and (share[1] - share[0], share[1]) for share in shares]
    one, other = recent_trend(shares, improvement="increase"), recent_trend(rest, improvement="decrease")
    assert (one.verdict, one.chi_squared, one.reason) == (other.verdict, other.chi_squared, other.reason)
    assert (one.direction == "increasing") == (other.direction == "decreasing")


# From the tables of critical values in the literature on run charts (Anhøj and Olesen 2014).
@pytest.mark.parametrize(
    ("useful", "longest", "crossings"), [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (100, 10, 41)]
)
def test_run_charts_have_the_published_limits(useful: int, longest: int, crossings: int) -> None:
    run = run_chart([1, 2] * (useful // 2))
    assert (run.useful, run.longest_run_limit, run.crossings_limit) == (useful, longest, crossings)


def test_a_longer_run_than_the_limit_is_a_signal_and_one_as_long_is_not() -> None:
    back_and_forth = [1, 3] * 6
    assert run_chart([*back_and_forth, 3, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1]).long_run is False
    assert run_chart([*back_and_forth[:-1], *[3] * 9, *[1] * 4]).long_run is True


def test_a_steady_rise_crosses_its_median_once() -> None:
    run = run_chart(range(12))
    assert (run.median, run.longest_run, run.crossings) == (5.5, 6, 1)
    assert (run.long_run, run.few_crossings, run.signal) == (False, True, True)


def test_values_on_the_median_and_missing_ones_are_left_out() -> None:
    run = run_chart([1, None, 2, 1, 2, 3, 2, 3])
    assert (run.median, run.useful, run.longest_run, run.crossings) == (2, 4, 2, 1)


@pytest.mark.parametrize("values", [[], [None], [5] * 30, [1, 2] * 4])
def test_fewer_than_ten_useful_values_are_not_tested(values: list[Any]) -> None:
    run = run_chart(values)
    assert (run.signal, run.long_run, run.few_crossings) == (None, None, None)
    assert "10 are needed" in wording.run_chart_sentence(run)


def test_a_value_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite number"):
        run_chart([1, float("nan")])


@given(st.lists(st.none() | st.integers(-9, 9), max_size=60))
def test_a_mirrored_series_has_the_same_runs(values: list[Any]) -> None:
    one, other = run_chart(values), run_chart([None if value is None else -value for value in values])
    assert (one.longest_run, one.crossings, one.signal) == (other.longest_run, other.crossings, other.signal)


def test_trends_and_runs_are_told_in_plain_words() -> None:
    better = recent_trend(CHILDREN, improvement="increase")
    assert wording.recent_trend_sentence(better) == "Recent trend: increasing over the last 5 periods, which is better."
    assert wording.run_chart_sentence(run_chart(range(12))) == (
        "Run chart: more than chance; of 12 figures off the median the longest run is 6, at most 7 expected, "
        "and the median is crossed 1 time, at least 3 expected."
    )
