"""Control charts as NHSRplotthedots draws them, and where this one differs on purpose.

The expected classes were worked out with the package's own code (0.2.2) on series that come with R; one
character a point: + improvement, - concern, H and L special cause without a better way, . common cause.
"""

from __future__ import annotations

import re
from datetime import date
from math import isfinite, isnan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding_metrics import wording
from safeguarding_metrics.process_control import ControlChart, chart_allowed, rebase_positions, xmr

LETTERS = {
    "common_cause": ".",
    "special_cause_improvement": "+",
    "special_cause_concern": "-",
    "special_cause_neutral_high": "H",
    "special_cause_neutral_low": "L",
}
# R's datasets: inventions and discoveries a year from 1860, the Nile at Aswan from 1871, deaths from lung
# diseases a month in the United Kingdom from 1974, New Haven's yearly temperature from 1912, Lake Huron's
# level from 1875, users of a web server a minute, lynx trapped a year from 1821.
DISCOVERIES = [5, 3, 0, 2, 0, 3, 2, 3, 6, 1, 2, 1, 2, 1, 3, 3, 3, 5, 2, 4]
DISCOVERIES += [4, 0, 2, 3, 7, 12, 3, 10, 9, 2, 3, 7, 7, 2, 3, 3, 6, 2, 4, 3]
NILE = [1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958]
NILE += [1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020]
NILE += [1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821]
LUNGS = [3035, 2552, 2704, 2554, 2014, 1655, 1721, 1524, 1596, 2074, 2199, 2512, 2933, 2889, 2938, 2497]
LUNGS += [1870, 1726, 1607, 1545, 1396, 1787, 2076, 2837, 2787, 3891, 3179, 2011, 1636, 1580, 1489, 1300]
LUNGS += [1356, 1653, 2013, 2823, 3102, 2294, 2385, 2444, 1748, 1554, 1498, 1361, 1346, 1564, 1640, 2293]
NEW_HAVEN = [49.9, 52.3, 49.4, 51.1, 49.4, 47.9, 49.8, 50.9, 49.3, 51.9, 50.8, 49.6, 49.3, 50.6, 48.4, 50.7, 50.9]
NEW_HAVEN += [50.6, 51.5, 52.8, 51.8, 51.1, 49.8, 50.2, 50.4, 51.6, 51.8, 50.9, 48.8, 51.7, 51, 50.6, 51.7, 51.5]
NEW_HAVEN += [52.1, 51.3, 51, 54, 51.4, 52.7, 53.1, 54.6, 52, 52, 50.9, 52.6, 50.2, 52.6, 51.6, 51.9, 50.5, 50.9]
NEW_HAVEN += [51.7, 51.4, 51.7, 50.8, 51.9, 51.8, 51.9, 53]
HURON = [580.38, 581.86, 580.97, 580.8, 579.79, 580.39, 580.42, 580.82, 581.4, 581.32, 581.44, 581.68, 581.17]
HURON += [580.53, 580.01, 579.91, 579.14, 579.16, 579.55, 579.67, 578.44, 578.24, 579.1, 579.09, 579.35, 578.82]
HURON += [579.32, 579.01, 579, 579.8, 579.83, 579.72, 579.89, 580.01, 579.37, 578.69, 578.19, 578.67, 579.55, 578.92]
USERS = [88, 84, 85, 85, 84, 85, 83, 85, 88, 89, 91, 99, 104, 112, 126, 138, 146, 151, 150, 148, 147, 149, 143, 132]
USERS += [131, 139, 147, 150, 148, 145, 140, 134, 131, 131, 129, 126, 126, 132, 137, 140]
LYNX = [269, 321, 585, 871, 1475, 2821, 3928, 5943, 4950, 2577, 523, 98, 184, 279, 409]
LYNX += [2285, 2685, 3409, 1824, 409, 151, 45, 68, 213, 546, 1033, 2129, 2536, 957, 361]
# The package's own test data: 20 normal numbers from R's generator started at 123.
NORMAL = [-0.560475646552213, -0.23017748948328, 1.55870831414912, 0.070508391424576, 0.129287735160946]
NORMAL += [1.71506498688328, 0.460916205989202, -1.26506123460653, -0.686852851893526, -0.44566197009996]
NORMAL += [1.22408179743946, 0.359813827057364, 0.400771450594052, 0.110682715945119, -0.555841134754075]
NORMAL += [1.78691313680308, 0.497850478229239, -1.96661715662964, 0.701355901563686, -0.472791407727934]

VALUES = st.lists(st.none() | st.integers(-40, 40) | st.floats(-1e6, 1e6), max_size=40)
WAYS = st.sampled_from(("increase", "decrease", "neutral"))


def classes(chart: ControlChart) -> str:
    return "".join(LETTERS[point.point_type] for point in chart.points)


def limits(chart: ControlChart) -> list[tuple[float | None, ...]]:
    """Mean, lower and upper limit of each segment."""
    return list(dict.fromkeys((point.mean, point.lower, point.upper) for point in chart.points))


def drawn(values: list[Any], improvement: Any = "increase", **options: Any) -> ControlChart:
    return xmr(values, improvement=improvement, **options)


@pytest.mark.parametrize(
    ("values", "improvement", "options", "expected", "assurance"),
    [
        (DISCOVERIES, "increase", {"target": 2}, ".-------.--------........+.+............", "hit_or_miss"),
        (DISCOVERIES, "decrease", {"target": 12}, ".+++++++.++++++++........-.-............", "pass"),
        (NILE, "decrease", {"target": 1300}, "...................---------+++++++++.....+.......", "hit_or_miss"),
        (
            NILE,
            "decrease",
            {"target": 1300, "rebase_at": (28,)},
            "...................-------........................",
            "pass",
        ),
        (
            NILE,
            "increase",
            {"target": 1300, "rebase_at": (28,)},
            "...................+++++++........................",
            "fail",
        ),
        (LUNGS, "neutral", {"target": 2000}, "H......LL...HHHLLLLLLLLHHHHLLLLLLLL.H...LLLLLLL.", None),
        (
            NEW_HAVEN,
            "decrease",
            {"target": 45},
            "..+++++++.++++++++...................-------................",
            "fail",
        ),
        (
            NEW_HAVEN,
            "increase",
            {"target": 45, "fix_after": 12},
            "...............+++++++.......+++++++++++++++++++++++++++++++",
            "pass",
        ),
        (HURON, "neutral", {}, ".HH..HHHHHHHHHHHLLLLLLLLLLLLLLLL...LLL..", None),
        (USERS, "increase", {"target": 500}, "-------------+++++++++++++++++++++++++++", "fail"),
        (USERS, "increase", {"target": 500, "screen": False}, "-------------+++++++++++++++++++++++++++", "fail"),
        (LYNX, "decrease", {"target": 5000}, "---------..-------.++-------..", "pass"),
        (NORMAL, "increase", {"target": 0.5}, "." * 20, "hit_or_miss"),
    ],
)
def test_points_variation_and_assurance_are_those_of_the_package(
    values: list[float], improvement: str, options: dict[str, Any], expected: str, assurance: str | None
) -> None:
    chart = drawn(values, improvement, **options)
    assert classes(chart) == expected
    assert LETTERS[chart.variation or ""] == expected[-1]
    assert chart.assurance == assurance
    assert all(point.special_cause == (letter != ".") for point, letter in zip(chart.points, expected, strict=True))


@pytest.mark.parametrize(
    ("values", "options", "expected"),
    [
        (NORMAL, {}, [(0.1416238, -3.01138, 3.294627)]),  # these four as printed by the package's own tests
        ([*NORMAL[:14], 10, *NORMAL[15:]], {}, [(0.6694159, -2.383666, 3.722497)]),
        ([*NORMAL[:14], 10, *NORMAL[15:]], {"screen": False}, [(0.6694159, -4.596625, 5.935457)]),
        (NORMAL, {"rebase_at": (10,)}, [(0.0746256, -2.60, 2.75), (0.209, -3.28, 3.70)]),
        (DISCOVERIES, {}, [(3.575, -2.515, 9.665)]),
        (
            NILE,
            {"rebase_at": (28,)},
            [(1097.75, 722.197407407407, 1473.30259259259), (839.954545454546, 399.534545454545, 1280.37454545455)],
        ),
        (NEW_HAVEN, {"fix_after": 12}, [(50.1916666666667, 45.4278484848485, 54.9554848484848)]),
        (USERS, {}, [(121.95, 111.87, 132.03)]),
        (USERS, {"screen": False}, [(121.95, 111.173589743590, 132.726410256410)]),
    ],
)
def test_limits_are_those_of_the_package(
    values: list[float], options: dict[str, Any], expected: list[tuple[float, ...]]
) -> None:
    printed = 5e-3 if "rebase_at" in options and values is NORMAL else 5e-7
    assert [pytest.approx(one, rel=printed, abs=printed) for one in expected] == limits(drawn(values, **options))


def test_two_near_opposite_limits_are_no_special_cause() -> None:
    # The package's test of its issue 143.
    assert classes(drawn([1, -1] * 7 + [5.5, -5.5])) == "." * 16


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4, 5, 6], "......"),
        ([4, 1, 2, 3, 3, 4, 5, 6, 4, 2, 5, 1], "............"),
        ([4, 1, 2, 3, 4, 5, 6, 7, 2, 1, 5, 3], ".+++++++...."),
        ([4, 6, 5, 1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1, 4, 3, 5, 4], "...++++++-------...."),
        ([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1], "-++++++------"),
    ],
)
def test_a_trend_is_seven_points_and_a_shared_turning_point_takes_the_later_direction(
    values: list[float], expected: str
) -> None:
    assert classes(drawn(values)) == expected


def test_a_tie_parts_two_trends_and_each_point_keeps_the_direction_of_its_own() -> None:
    # The package calls the seventh point of this steady rise falling: "----++-+++++++".
    values = [1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11, 12, 13]
    assert classes(drawn(values)) == "----++++++++++"
    assert classes(drawn([-value for value in values])) == "++++----------"


def test_a_value_on_the_mean_breaks_a_shift() -> None:
    high, low = [11, 13, 12, 13, 11, 12], [9, 7, 8, 7, 9, 8]
    assert classes(drawn([*high, 10, *low])) == ".+.+....-.-.."  # two of three only
    assert classes(drawn([*high, 11, *low, 9])) == "+++++++-------"


def test_each_point_names_the_first_rule_that_holds() -> None:
    assert {point.rule for point in drawn(LUNGS).points} == {"outside_limits", "trend", "two_of_three", "shift", None}
    assert [point.rule for point in drawn(USERS).points[:2]] == ["outside_limits"] * 2


def test_rules_start_afresh_at_a_rebase() -> None:
    steady = [1, 2, 3, 4, 5, 6, 7]
    assert {point.rule for point in drawn(steady).points if point.rule} == {"trend", "outside_limits"}
    assert classes(drawn(steady, rebase_at=(3,))) == "." * 7
    assert drawn(steady, rebase_at=(3,)) == drawn(steady, rebase_at=(0, 3))


def test_a_missing_period_keeps_its_slot_and_breaks_ranges_and_runs() -> None:
    with_gap = drawn([1, 2, 3, None, 9, 10, 11])
    assert [point.value for point in with_gap.points] == [1, 2, 3, None, 9, 10, 11]
    assert limits(with_gap) == [(6.0, 6 - 2.66, 6 + 2.66)]  # the step from 3 to 9 is no moving range
    rising = [4, 1, 2, 3, 4, None, 5, 6, 7, 2, 1, 5, 3]
    assert classes(drawn(rising)) == "." * 13
    assert {point.rule for point in drawn([one for one in rising if one]).points} == {"trend", None}


def test_variation_is_that_of_the_latest_point_with_a_value() -> None:
    chart = drawn([*DISCOVERIES[:25], 12, None])
    assert classes(chart)[-2:] == "+."
    assert chart.variation == "special_cause_improvement"
    assert chart.latest == chart.points[-2]


@pytest.mark.parametrize(
    ("improvement", "target", "assurance"),
    [
        ("increase", 100, "pass"),
        ("increase", 101, "fail"),
        ("increase", 99, "pass"),
        ("decrease", 100, "pass"),
        ("decrease", 99, "fail"),
        ("decrease", 101, "pass"),
        ("neutral", 100, None),
    ],
)
def test_a_process_that_never_varied_is_compared_with_its_target(
    improvement: str, target: float, assurance: str | None
) -> None:
    chart = drawn([100] * 13, improvement, target=target)
    assert limits(chart) == [(100, 100, 100)]
    assert (classes(chart), chart.assurance) == ("." * 13, assurance)


def test_a_first_change_after_none_is_a_special_cause() -> None:
    assert classes(drawn([0.1] * 12 + [0.2], fix_after=12)) == "." * 12 + "+"


@pytest.mark.parametrize(
    ("points", "chart"),
    [
        (0, "nothing"),
        (4, "nothing"),
        (5, "run_chart"),
        (7, "run_chart"),
        (8, "trial_limits"),
        (12, "trial_limits"),
        (13, "full"),
        (200, "full"),
    ],
)
def test_the_ladder_by_number_of_points(points: int, chart: str) -> None:
    assert chart_allowed(points) == chart
    drawn_chart = drawn(([3, 5, 4] * 67)[:points], target=0)
    assert drawn_chart.chart == chart
    assert (drawn_chart.assurance is not None) == (chart == "full")


def test_points_are_counted_from_the_last_rebase_and_missing_ones_are_not() -> None:
    assert drawn(NILE, target=0, rebase_at=(37,)).points_since_rebase == 13
    assert drawn(NILE, target=0, rebase_at=(38,)).assurance is None
    assert drawn([*NILE[:12], None], target=0).assurance is None


def test_without_two_neighbours_there_are_no_limits() -> None:
    chart = drawn([1, None, 2, None] * 5, target=1)
    assert (limits(chart), chart.chart, chart.assurance) == ([(1.5, None, None)], "run_chart", None)
    assert "no two in a row" in wording.control_sentence(chart, "count")


def test_the_target_in_force_is_that_of_the_latest_period() -> None:
    stepped = [500] * 49 + [2000]
    assert drawn(NILE, "decrease", target=stepped) == drawn(NILE, "decrease", target=2000)
    assert drawn(NILE, target=[500] * 49 + [None]).assurance is None


def test_equality_with_a_limit_is_hit_or_miss() -> None:
    upper = drawn(DISCOVERIES).points[-1].upper
    assert drawn(DISCOVERIES, target=upper).assurance == "hit_or_miss"


def test_a_rebase_between_two_periods_snaps_to_the_next() -> None:
    quarters = [date(2023, 4, 1), date(2023, 7, 1), date(2023, 10, 1), date(2024, 1, 1)]
    rebases = [date(2023, 7, 1), date(2023, 7, 2), date(2023, 8, 1), date(2024, 1, 2)]
    assert rebase_positions(quarters, rebases) == (1, 2)
    assert rebase_positions(quarters, [date(2020, 1, 1)]) == (0,)
    assert rebase_positions([], [date(2020, 1, 1)]) == ()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"values": [1, float("nan")]}, "A value must be a finite number, or None when it is missing."),
        ({"values": [1, float("inf")]}, "A value must be a finite number, or None when it is missing."),
        ({"improvement": "up"}, 'Improvement is "increase", "decrease" or "neutral", not "up".'),
        ({"rebase_at": (40,)}, "A rebase at position 40 lies outside a series of 40 periods."),
        ({"rebase_at": (-1,)}, "A rebase at position -1 lies outside a series of 40 periods."),
        ({"fix_after": 11}, "Limits can be fixed after 12 points or more, not after 11."),
        ({"target": [1, 2]}, "There are 2 targets for 40 periods; give one for each period."),
    ],
)
def test_what_makes_no_sense_is_refused(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        drawn(**{"values": DISCOVERIES, **options})


def test_no_values_make_an_empty_chart() -> None:
    chart = drawn([], target=3)
    assert (chart.points, chart.variation, chart.assurance, chart.chart) == ((), None, None, "nothing")
    assert drawn([None, None]).variation is None


@given(VALUES, WAYS, st.booleans(), st.none() | st.integers(12, 20), st.none() | st.floats(-1e6, 1e6))
def test_nothing_is_nan(values: list[Any], way: str, screen: bool, fix: int | None, target: float | None) -> None:
    places = tuple(range(0, len(values), 15))
    chart = drawn(values, way, screen=screen, fix_after=fix, target=target, rebase_at=places)
    numbers = [number for point in chart.points for number in (point.mean, point.lower, point.upper)]
    assert all(number is None or isfinite(number) for number in numbers)
    assert len(chart.points) == len(values)
    assert not re.search("nan|None|inf|  ", wording.control_sentence(chart, "count"))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=20))
def test_not_even_the_largest_numbers_make_nan(values: list[float]) -> None:
    numbers = [number for point in drawn(values).points for number in (point.mean, point.lower, point.upper)]
    assert not any(number is not None and isnan(number) for number in numbers)


@given(VALUES, st.none() | st.integers(-40, 40))
def test_a_mirrored_series_mirrors_its_classes(values: list[Any], target: int | None) -> None:
    mirrored = [None if value is None else -value for value in values]
    other = None if target is None else -target
    plain, turned = drawn(values, "increase", target=target), drawn(mirrored, "decrease", target=other)
    assert (classes(plain), plain.assurance) == (classes(turned), turned.assurance)
    swapped = classes(drawn(mirrored, "increase"))
    assert classes(plain) == swapped.translate(str.maketrans("+-", "-+"))
    assert [point.lower for point in plain.points] == [point.upper and -point.upper for point in turned.points]


@given(VALUES, WAYS, st.integers(-20, 20), st.integers(-6, 6))
def test_scaling_a_series_scales_its_limits_and_keeps_its_classes(
    values: list[Any], way: str, target: int, power: int
) -> None:
    scale = 2.0**power
    plain = drawn(values, way, target=target)
    scaled = drawn([None if value is None else value * scale for value in values], way, target=target * scale)
    assert (classes(plain), plain.assurance) == (classes(scaled), scaled.assurance)
    assert [point.upper and point.upper * scale for point in plain.points] == [point.upper for point in scaled.points]


@given(st.lists(st.none() | st.integers(0, 1000), max_size=40), st.integers(-1000, 1000))
def test_shifting_a_series_shifts_its_limits(values: list[Any], by: int) -> None:
    plain, shifted = drawn(values), drawn([None if value is None else value + by for value in values])
    for one, other in zip(plain.points, shifted.points, strict=True):
        for before, after in ((one.mean, other.mean), (one.lower, other.lower), (one.upper, other.upper)):
            assert after == (None if before is None else pytest.approx(before + by, abs=1e-9))


@pytest.mark.parametrize(
    ("chart", "unit", "sentence"),
    [
        (
            drawn(DISCOVERIES, target=2),
            "count",
            "Common cause: the latest of 40 periods, 3, varies about the mean of 3.6 as the ones before it did. "
            "Hit or miss: chance decides whether the target of 2 is met (limits 0 to 9.7).",
        ),
        (
            drawn([0.3, 0.35, 0.4, 0.32, 0.38, 0.36, 0.31, 0.4, 0.37, 0.33, 0.36, 0.35, 0.8], "decrease", target=0.1),
            "share",
            "Special cause, of concern: the latest of 13 periods, 80.0%, lies above the upper limit of 51.0%. "
            "Fail: the process will miss the target of 10.0% unless it changes (limits 26.4% to 51.0%).",
        ),
        (
            drawn([1] * 14, target=1),
            "share",
            "Common cause: the latest of 14 periods, 100.0%, is the same as the ones before it. "
            "Pass: the process can be relied on to meet the target of 100.0% (limits at 100.0%).",
        ),
        (drawn(NILE[:9]), "count", "Trial limits from 9 periods: a verdict needs 13."),
        (
            drawn(NILE, rebase_at=(49,)),
            "count",
            "No limits yet: 1 period since the last rebase with a figure, and 8 are needed for trial limits.",
        ),
    ],
)
def test_a_chart_is_told_in_plain_words(chart: ControlChart, unit: Any, sentence: str) -> None:
    assert wording.control_sentence(chart, unit) == sentence


def test_each_rule_has_its_own_words() -> None:
    for rule in {point.rule for point in drawn(LUNGS).points if point.rule}:
        last = max(place for place, point in enumerate(drawn(LUNGS).points) if point.rule == rule)
        said = wording._special_cause(drawn(LUNGS).points[last], "count")
        assert said.startswith(("lies ", "is one of ")), rule


def test_verdicts_are_a_glyph_and_a_word_and_wait_for_13_points() -> None:
    full, trial = drawn(NILE, target=0), drawn(NILE[:12], target=0)
    assert (wording.variation_words(full), wording.assurance_words(full)) == ("≈ Common cause", "P Pass")
    assert (wording.variation_words(trial), wording.assurance_words(trial)) == ("", "")
