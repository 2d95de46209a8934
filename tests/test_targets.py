"""What each shape of promise asks of each year, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding_metrics.judging import attainable
from safeguarding_metrics.settings import Settings, WrongSetting
from safeguarding_metrics.targets import (
    AtLeast,
    AtMost,
    Baseline,
    Between,
    ChangeFromBaseline,
    Goal,
    GrowthInCount,
    Target,
    percent,
)

YEAR, NEXT, OTHER = "2023/24", "2024/25", "2025/26"
ADDITIVE, COMPOUND = Settings(growth="additive"), Settings(growth="compound")
BAND = Goal(at_least=percent(7), at_most=percent(10))
SHARES = st.fractions(0, 1, max_denominator=1000)


def baseline(value: Fraction | int) -> Baseline:
    return Baseline(Fraction(value), "2022/23", "004:1")


def least(target: Target, year: str, start: Baseline | None, settings: Settings = ADDITIVE) -> Fraction | None:
    goal = target.goal(year, start, settings)
    return goal.at_least if goal else None


def test_a_goal_without_a_bound_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a bound"):
        Goal()


@pytest.mark.parametrize(
    "goal", [Goal(at_most=percent(35)), Goal(at_least=percent(35)), Goal(percent(35), percent(35))]
)
def test_meeting_a_bound_exactly_keeps_the_promise(goal: Goal) -> None:
    assert goal.holds(Fraction(7, 20))
    assert goal.gap(Fraction(7, 20)) == 0


def test_one_case_in_a_million_beyond_the_bound_breaks_the_promise() -> None:
    assert not Goal(at_most=percent(35)).holds(Fraction(350_001, 1_000_000))
    assert not Goal(at_least=percent(35)).holds(Fraction(349_999, 1_000_000))


def test_shares_that_floats_cannot_tell_from_their_bound_are_told_apart() -> None:
    third = Fraction(1, 3)
    assert not Goal(at_most=third).holds(third + Fraction(1, 10**30))


def test_both_ends_of_a_band_are_inside() -> None:
    assert BAND.holds(Fraction(7, 100)) and BAND.holds(Fraction(1, 10))
    assert BAND.is_band


def test_five_of_72_is_outside_the_band_although_it_rounds_to_7_percent() -> None:
    assert f"{5 / 72:.0%}" == "7%"
    assert not BAND.holds(Fraction(5, 72))
    assert BAND.gap(Fraction(5, 72)) == Fraction(5, 72) - Fraction(7, 100) < 0


@given(SHARES, SHARES, SHARES)
def test_a_goal_holds_exactly_when_there_is_no_gap(value: Fraction, one: Fraction, other: Fraction) -> None:
    low, high = min(one, other), max(one, other)
    for goal in (Goal(at_most=high), Goal(at_least=low), Goal(low, high)):
        assert goal.holds(value) == (goal.gap(value) == 0)
        assert goal.holds(value - goal.gap(value))


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (Goal(at_most=percent(40)), "at most 40%"),
        (Goal(at_least=percent("72.4")), "at least 72.4%"),
        (BAND, "between 7% and 10%"),
        (Goal(at_least=Fraction(3), unit="count"), "at least 3"),
        (Goal(at_most=Fraction(1)), "at most 100%"),
    ],
)
def test_a_goal_is_said_in_words(goal: Goal, words: str) -> None:
    assert goal.words == words


def test_the_band_has_no_whole_number_of_cases_at_1_to_9_15_to_19_and_29() -> None:
    empty = [n for n in range(1, 40) if attainable(BAND, n) is None]
    assert empty == [*range(1, 10), *range(15, 20), 29]


def test_from_30_cases_the_band_can_always_be_met() -> None:
    assert all(attainable(BAND, n) for n in range(30, 3000))


@given(SHARES, SHARES, st.integers(1, 200))
def test_the_attainable_numbers_are_those_that_keep_the_goal(one: Fraction, other: Fraction, n: int) -> None:
    low, high = min(one, other), max(one, other)
    for goal in (Goal(at_most=high), Goal(at_least=low), Goal(low, high)):
        keeping = [k for k in range(n + 1) if goal.holds(Fraction(k, n))]
        assert attainable(goal, n) == ((keeping[0], keeping[-1]) if keeping else None)


@pytest.mark.parametrize(("n", "most"), [(1, 0), (2, 0), (3, 1), (10, 3), (20, 7), (100, 35)])
def test_at_most_35_percent_allows_so_many_cases(n: int, most: int) -> None:
    assert attainable(Goal(at_most=percent(35)), n) == (0, most)


@pytest.mark.parametrize(("n", "fewest"), [(1, 1), (3, 3), (10, 7), (16, 12), (100, 70)])
def test_at_least_70_percent_needs_so_many_cases(n: int, fewest: int) -> None:
    assert attainable(Goal(at_least=percent(70)), n) == (fewest, n)


@pytest.mark.parametrize(
    "target",
    [
        AtMost({YEAR: percent(40)}),
        AtLeast({YEAR: percent(40)}),
        Between(percent(7), percent(10), (YEAR,)),
        ChangeFromBaseline({YEAR: percent(25)}),
        GrowthInCount({YEAR: percent(25)}),
    ],
    ids=lambda target: type(target).__name__,
)
def test_a_promise_for_one_year_sets_nothing_for_another(target: Target) -> None:
    start = baseline(2)
    assert target.years == (YEAR,)
    assert target.goal(YEAR, start, ADDITIVE) is not None
    assert target.goal(NEXT, start, ADDITIVE) is None
    assert target.goal(OTHER, start, COMPOUND) is None


def test_each_year_has_its_own_milestone() -> None:
    target = AtMost({YEAR: percent(40), NEXT: percent(20)})
    assert target.goal(YEAR, None, ADDITIVE) == Goal(at_most=Fraction(2, 5))
    assert target.goal(NEXT, None, ADDITIVE) == Goal(at_most=Fraction(1, 5))


@pytest.mark.parametrize("target", [ChangeFromBaseline({YEAR: percent(25)}), GrowthInCount({YEAR: percent(25)})])
def test_a_change_from_a_baseline_that_nobody_gave_is_no_goal(target: Target) -> None:
    assert target.needs_baseline
    assert target.goal(YEAR, None, ADDITIVE) is None


def test_a_fall_is_a_part_of_the_baseline_not_percentage_points() -> None:
    target = ChangeFromBaseline({YEAR: percent(25), NEXT: percent(50)})
    assert target.goal(YEAR, baseline(percent(40)), ADDITIVE) == Goal(at_most=percent(30))
    assert target.goal(NEXT, baseline(percent(40)), ADDITIVE) == Goal(at_most=percent(20))


def test_a_fall_from_a_baseline_is_not_rounded() -> None:
    goal = ChangeFromBaseline({YEAR: percent(25)}).goal(YEAR, baseline(Fraction(5, 72)), ADDITIVE)
    assert goal == Goal(at_most=Fraction(5, 96))


def test_additive_growth_starts_from_the_baseline_each_year() -> None:
    target = GrowthInCount({YEAR: percent(25), NEXT: percent(25)})
    assert [least(target, year, baseline(2)) for year in (YEAR, NEXT)] == [3, 3]
    assert [least(target, year, baseline(100)) for year in (YEAR, NEXT)] == [125, 125]


def test_compound_growth_builds_on_the_year_before() -> None:
    target = GrowthInCount({YEAR: percent(25), NEXT: percent(25)})
    assert [least(target, year, baseline(2), COMPOUND) for year in (YEAR, NEXT)] == [3, 4]
    assert [least(target, year, baseline(100), COMPOUND) for year in (YEAR, NEXT)] == [125, 157]


def test_growth_rounds_a_part_of_a_case_up_and_a_whole_case_not() -> None:
    target = GrowthInCount({YEAR: percent(25)})
    assert [least(target, YEAR, baseline(start)) for start in (0, 1, 3, 4, 5, 8)] == [0, 2, 4, 5, 7, 10]


def test_growth_is_a_goal_about_cases() -> None:
    goal = GrowthInCount({YEAR: percent(25)}).goal(YEAR, baseline(2), ADDITIVE)
    assert goal == Goal(at_least=Fraction(3), unit="count")


@given(st.integers(0, 500), st.fractions(0, 2, max_denominator=100), st.fractions(0, 2, max_denominator=100))
def test_compound_growth_never_asks_less_than_additive_growth(start: int, first: Fraction, second: Fraction) -> None:
    target = GrowthInCount({YEAR: first, NEXT: second})
    additive, compound = (least(target, NEXT, baseline(start), settings) for settings in (ADDITIVE, COMPOUND))
    assert additive is not None and compound is not None
    assert start <= additive <= compound


@pytest.mark.parametrize(
    ("printed", "share"), [(0, "0"), (40, "2/5"), ("72.4", "181/250"), ("6.94", "347/5000"), (100, "1")]
)
def test_a_printed_percentage_is_an_exact_share(printed: int | str, share: str) -> None:
    assert percent(printed) == Fraction(share)


def test_settings_not_given_are_additive_from_awareness_and_without_tolerance() -> None:
    assert Settings.from_environment({}) == Settings("additive", "aware", None)


def test_settings_are_read_from_the_environment() -> None:
    words = {
        "SAFEGUARDING_GROWTH": "compound",
        "SAFEGUARDING_REVIEW_CLOCK": "notified",
        "SAFEGUARDING_TOLERANCE": "0.02",
    }
    assert Settings.from_environment(words) == Settings("compound", "notified", Fraction(1, 50))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("GROWTH", "linear"),
        ("REVIEW_CLOCK", ""),
        ("TOLERANCE", "2%"),
        ("TOLERANCE", "-0.1"),
        ("TOLERANCE", "1"),
        ("TOLERANCE", "1/0"),
    ],
)
def test_a_setting_with_an_unknown_word_is_refused(name: str, word: str) -> None:
    with pytest.raises(WrongSetting, match=f"SAFEGUARDING_{name} is"):
        Settings.from_environment({f"SAFEGUARDING_{name}": word})
