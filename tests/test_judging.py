"""How a figure is judged against the plan: exactly, in a fixed order, and never on what is missing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset.agencies import ADULT_SOCIAL_CARE, BUSINESS_UNIT, PENNINE_CARE, Agency
from dataset.quarter import Quarter
from safeguarding_metrics.judging import Judgement, attainable, judge, judge_figure, weigh
from safeguarding_metrics.measuring import Count, PeriodCount
from safeguarding_metrics.plan import Outcome
from safeguarding_metrics.plans.business_plan_2023_26 import BUSINESS_PLAN_2023_26 as PLAN
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.targets import Baseline, Goal, percent

YEAR = "2023/24"
Q4 = Quarter(2023, 4)
ALL_YEAR = Q4.year_to_date()
OUTCOMES = {outcome.id: outcome for _, outcome in PLAN.outcomes()}
NUMERIC = [outcome for outcome in OUTCOMES.values() if outcome.target]
AT_MOST_35, AT_LEAST_80 = Goal(at_most=percent(35)), Goal(at_least=percent(80))
BAND = Goal(at_least=percent(7), at_most=percent(10))
AT_LEAST_3 = Goal(at_least=Fraction(3), unit="count")
TWO_POINTS = Settings(tolerance=percent(2))
EXACT = Settings()


def figure(
    k: int, n: int | None = None, *, missing: tuple[Agency, ...] = (), margin: float | None = None, quarters: int = 4
) -> PeriodCount:
    """A figure over so many quarters of 2023/24; agencies that are missing lack the last of them."""
    wanted = ALL_YEAR[:quarters]
    return PeriodCount(wanted, wanted, Count(k, n, margin), tuple((agency, wanted[-1]) for agency in missing))


def nobody_returned(*missing: Agency) -> PeriodCount:
    return PeriodCount(ALL_YEAR, (), None, tuple((agency, Q4) for agency in missing))


def verdict(goal: Goal, shown: PeriodCount | None, *, over: bool = True, settings: Settings = EXACT) -> Judgement:
    return judge_figure(goal, shown, year=YEAR, year_is_over=over, settings=settings)


def judged(outcome: Outcome, quarter: str, shown: PeriodCount | None, settings: Settings = EXACT) -> Judgement:
    return judge(outcome, PLAN, Quarter.parse(quarter), shown, settings)


def test_three_of_ten_against_at_most_35_percent_is_met_with_too_few_cases_and_probability_0_62() -> None:
    judgement = verdict(AT_MOST_35, figure(3, 10))
    assert judgement.status == "met"
    assert judgement.evidence
    assert judgement.evidence.word == "too_few"
    assert judgement.evidence.probability == pytest.approx(0.62, abs=0.005)


def test_five_of_ten_against_at_most_35_percent_is_not_met_with_probability_0_16() -> None:
    judgement = verdict(AT_MOST_35, figure(5, 10))
    assert judgement.status == "not_met"
    assert judgement.gap == percent(15)
    assert judgement.evidence
    assert judgement.evidence.probability == pytest.approx(0.16, abs=0.005)


def test_seven_of_twenty_is_exactly_35_percent_and_meets_it() -> None:
    assert verdict(AT_MOST_35, figure(7, 20)).status == "met"
    assert verdict(Goal(at_least=percent(35)), figure(7, 20)).status == "met"


def test_a_share_that_a_float_cannot_tell_from_the_milestone_is_still_told_from_it() -> None:
    goal = Goal(at_most=Fraction(1, 3))
    assert 333333333333333334 / 10**18 == 1 / 3
    assert verdict(goal, figure(333333333333333334, 10**18)).status == "not_met"


@given(st.integers(1, 400), st.integers(0, 400), st.integers(0, 100))
def test_status_agrees_with_whole_numbers(n: int, part: int, target: int) -> None:
    k = part % (n + 1)
    met = 100 * k <= target * n
    assert verdict(Goal(at_most=percent(target)), figure(k, n)).status == ("met" if met else "not_met")
    met = 100 * k >= target * n
    assert verdict(Goal(at_least=percent(target)), figure(k, n)).status == ("met" if met else "not_met")


@given(st.integers(1, 60), st.integers(0, 60))
def test_a_band_is_not_attainable_or_met_exactly_at_its_listed_numbers(n: int, part: int) -> None:
    k = part % (n + 1)
    judgement, reachable = verdict(BAND, figure(k, n)), attainable(BAND, n)
    if reachable is None:
        assert judgement.status == "not_attainable"
    else:
        assert (judgement.status == "met") == (reachable[0] <= k <= reachable[1])
    assert judgement.reachable == reachable


def test_one_repeat_referral_of_18_is_not_attainable_rather_than_not_met() -> None:
    judgement = verdict(BAND, figure(1, 18))
    assert judgement.status == "not_attainable"
    assert judgement.gap == Fraction(1, 18) - percent(7)


def test_five_of_72_is_outside_the_band_that_six_of_72_is_in() -> None:
    assert verdict(BAND, figure(5, 72)).status == "not_met"
    assert verdict(BAND, figure(6, 72)).status == "met"


def test_near_is_never_said_without_a_tolerance() -> None:
    assert verdict(AT_MOST_35, figure(36, 100)).status == "not_met"


@pytest.mark.parametrize(("k", "status"), [(35, "met"), (36, "near"), (37, "near"), (38, "not_met")])
def test_near_reaches_to_the_tolerance_and_no_further(k: int, status: str) -> None:
    assert verdict(AT_MOST_35, figure(k, 100), settings=TWO_POINTS).status == status


def test_near_works_on_either_side_of_a_band() -> None:
    statuses = [verdict(BAND, figure(k, 100), settings=TWO_POINTS).status for k in (4, 5, 7, 10, 12, 13)]
    assert statuses == ["not_met", "near", "met", "met", "near", "not_met"]


def test_a_tolerance_does_not_make_an_unattainable_band_near() -> None:
    assert verdict(BAND, figure(1, 18), settings=TWO_POINTS).status == "not_attainable"


def test_a_tolerance_in_points_says_nothing_about_counts() -> None:
    assert verdict(AT_LEAST_3, figure(2), settings=TWO_POINTS).status == "not_met"


@pytest.mark.parametrize(
    ("goal", "shown"), [(AT_MOST_35, figure(9, 10)), (AT_LEAST_3, figure(0)), (BAND, figure(1, 18))]
)
def test_an_outcome_without_a_target_has_no_measure_whatever_the_figure(goal: Goal, shown: PeriodCount) -> None:
    assert judged(OUTCOMES["1.1"], "2023/24 Q4", shown).status == "no_measure"
    assert verdict(goal, shown).status != "no_measure"


@pytest.mark.parametrize("number", [1, 4])
@pytest.mark.parametrize("outcome", NUMERIC, ids=lambda outcome: outcome.id)
def test_no_outcome_has_a_milestone_for_2025_26(outcome: Outcome, number: int) -> None:
    judgement = judged(outcome, f"2025/26 Q{number}", figure(5, 10))
    assert (judgement.status, judgement.outside_plan) == ("no_milestone", False)
    assert judgement.goal is None and judgement.evidence is None


@pytest.mark.parametrize("quarter", ["2022/23 Q4", "2026/27 Q1", "2030/31 Q4"])
def test_a_quarter_before_or_after_the_plan_is_outside_it(quarter: str) -> None:
    for outcome in NUMERIC:
        judgement = judged(outcome, quarter, figure(5, 10))
        assert (judgement.status, judgement.outside_plan) == ("no_milestone", True), outcome.id


def test_march_2026_is_the_last_quarter_of_the_plan() -> None:
    assert PLAN.last.end.isoformat() == "2026-03-31"
    assert not judged(OUTCOMES["5.1"], str(PLAN.last), figure(5, 10)).outside_plan


def test_a_one_year_promise_has_no_milestone_the_year_after() -> None:
    assert judged(OUTCOMES["4.3"], "2023/24 Q4", figure(12, 16)).status == "met"
    assert judged(OUTCOMES["4.3"], "2024/25 Q4", figure(12, 16)).status == "no_milestone"


@pytest.mark.parametrize(
    "shown", [None, nobody_returned(BUSINESS_UNIT), figure(1, 4), figure(1, 4, missing=(PENNINE_CARE,))]
)
def test_no_baseline_comes_before_anything_about_the_figure(shown: PeriodCount | None) -> None:
    assert judged(OUTCOMES["1.4"], "2023/24 Q4", shown).status == "no_baseline"


def test_no_milestone_comes_before_no_baseline() -> None:
    assert judged(OUTCOMES["1.4"], "2025/26 Q1", None).status == "no_milestone"


def test_no_return_at_all_is_no_data() -> None:
    assert verdict(AT_LEAST_80, None).status == "no_data"
    assert verdict(AT_LEAST_80, nobody_returned()).status == "no_data"
    assert verdict(AT_LEAST_80, nobody_returned(BUSINESS_UNIT)).status == "no_data"


def test_returns_without_a_case_to_divide_by_are_no_data_and_not_0_percent() -> None:
    judgement = verdict(AT_MOST_35, figure(0, 0))
    assert (judgement.status, judgement.gap, judgement.evidence) == ("no_data", None, None)


def test_no_case_to_divide_by_and_a_missing_return_is_incomplete() -> None:
    assert verdict(AT_MOST_35, figure(0, 0, missing=(PENNINE_CARE,))).status == "incomplete"


def test_no_sar_referral_in_a_whole_year_is_a_nought_and_not_met() -> None:
    assert verdict(AT_LEAST_3, figure(0)).status == "not_met"


@given(st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_a_missing_return_is_incomplete_and_never_not_met(k: int, others: int, over: bool) -> None:
    for goal in (AT_MOST_35, AT_LEAST_80, BAND):
        shown = figure(k, k + others, missing=(ADULT_SOCIAL_CARE,))
        assert verdict(goal, shown, over=over, settings=TWO_POINTS).status == "incomplete"
    assert verdict(AT_LEAST_3, figure(k, missing=(BUSINESS_UNIT,)), over=over).status == "incomplete"


def test_an_incomplete_figure_keeps_its_gap_but_has_no_evidence() -> None:
    judgement = verdict(AT_MOST_35, figure(5, 10, missing=(ADULT_SOCIAL_CARE,)))
    assert judgement.gap == percent(15)
    assert judgement.evidence is None


@pytest.mark.parametrize(("k", "status"), [(0, "incomplete"), (2, "incomplete"), (3, "met"), (4, "met")])
def test_a_count_is_judged_before_the_year_ends_only_once_it_is_reached(k: int, status: str) -> None:
    assert judged(OUTCOMES["1.6"], "2023/24 Q2", figure(k, quarters=2)).status == status


@pytest.mark.parametrize(("k", "status"), [(0, "incomplete"), (3, "incomplete"), (4, "not_met")])
def test_a_count_that_may_not_exceed_a_number_fails_early_but_is_not_met_early(k: int, status: str) -> None:
    assert verdict(Goal(at_most=Fraction(3), unit="count"), figure(k), over=False).status == status


@pytest.mark.parametrize(("k", "status"), [(2, "not_met"), (3, "met")])
def test_a_count_is_judged_when_the_year_is_over(k: int, status: str) -> None:
    assert judged(OUTCOMES["1.6"], "2023/24 Q4", figure(k)).status == status


def test_a_share_is_judged_on_the_year_so_far() -> None:
    assert judged(OUTCOMES["5.1"], "2023/24 Q2", figure(8, 10, quarters=2)).status == "met"


def test_how_growth_is_read_decides_the_second_year() -> None:
    statuses = [
        judged(OUTCOMES["1.6"], "2024/25 Q4", figure(3), Settings(growth=g)).status for g in ("additive", "compound")
    ]
    assert statuses == ["met", "not_met"]


@pytest.mark.parametrize(
    ("goal", "k", "n", "word"),
    [
        (AT_MOST_35, 100, 1000, "better"),
        (AT_MOST_35, 900, 1000, "worse"),
        (AT_MOST_35, 350, 1000, "too_few"),
        (AT_LEAST_80, 900, 1000, "better"),
        (AT_LEAST_80, 100, 1000, "worse"),
        (AT_LEAST_80, 4, 5, "too_few"),
        (BAND, 850, 10_000, "better"),
        (BAND, 300, 10_000, "worse"),
        (BAND, 2000, 10_000, "worse"),
        (BAND, 6, 72, "too_few"),
    ],
)
def test_evidence_compares_the_interval_with_the_goal(goal: Goal, k: int, n: int, word: str) -> None:
    assert weigh(goal, Count(k, n)).word == word


@given(st.integers(1, 2000), st.integers(0, 2000), st.integers(0, 100))
def test_evidence_never_says_the_opposite_of_the_status(n: int, part: int, target: int) -> None:
    for goal in (Goal(at_most=percent(target)), Goal(at_least=percent(target))):
        judgement = verdict(goal, figure(part % (n + 1), n))
        assert judgement.evidence
        assert (judgement.status, judgement.evidence.word) not in {("met", "worse"), ("not_met", "better")}


def test_three_referrals_are_too_few_to_tell_although_they_meet_at_least_three() -> None:
    judgement = verdict(AT_LEAST_3, figure(3))
    assert judgement.evidence
    assert (judgement.status, judgement.evidence.word) == ("met", "too_few")
    assert judgement.evidence.interval == pytest.approx((0.6187, 8.7673), abs=5e-5)


def test_no_cases_cannot_be_weighed() -> None:
    with pytest.raises(ValueError, match="no cases"):
        weigh(AT_MOST_35, Count(0, 0))


def test_a_survey_is_weighed_by_its_own_margin_not_by_its_answers() -> None:
    goal = Goal(at_least=percent(76))
    assert weigh(goal, Count(7100, 10_000)).word == "worse"
    by_margin = weigh(goal, Count(7100, 10_000, 0.06))
    assert by_margin.word == "too_few"
    assert by_margin.interval == pytest.approx((0.65, 0.77))
    assert by_margin.probability == pytest.approx(0.05, abs=0.01)


def test_a_margin_never_reaches_beyond_nought_or_one() -> None:
    assert weigh(AT_LEAST_80, Count(99, 100, 0.05)).interval == pytest.approx((0.94, 1.0))
    assert weigh(AT_LEAST_80, Count(1, 100, 0.05)).interval == pytest.approx((0.0, 0.06))


@pytest.mark.parametrize("k", [0, 40])
def test_a_margin_around_nobody_or_everybody_falls_back_on_the_answers(k: int) -> None:
    assert weigh(AT_LEAST_80, Count(k, 40, 0.05)) == weigh(AT_LEAST_80, Count(k, 40))


@pytest.mark.parametrize(("k", "progress"), [(50, 0), (35, 1), (20, 2), (65, -1), (44, Fraction(2, 5))])
def test_progress_is_the_part_of_the_way_from_the_baseline(k: int, progress: int | Fraction) -> None:
    start = Baseline(percent(50), "2022/23", "003:285")
    judgement = judge_figure(AT_MOST_35, figure(k, 100), year=YEAR, year_is_over=True, baseline=start)
    assert judgement.progress == progress


def test_there_is_no_progress_in_a_band_without_a_baseline_or_without_a_way_to_go() -> None:
    assert judged(OUTCOMES["5.5"], "2023/24 Q4", figure(6, 72)).progress is None
    assert verdict(AT_MOST_35, figure(3, 10)).progress is None
    there = Baseline(percent(35), "2022/23", "003:285")
    assert judge_figure(AT_MOST_35, figure(3, 10), year=YEAR, year_is_over=True, baseline=there).progress is None


def test_progress_towards_a_count_is_measured_in_cases() -> None:
    assert judged(OUTCOMES["1.6"], "2023/24 Q4", figure(3)).progress == 1
    assert judged(OUTCOMES["1.6"], "2023/24 Q4", figure(1)).progress == -1


def test_the_denominator_decides_the_verdict_on_being_asked() -> None:
    asked = OUTCOMES["5.1"]
    statuses = [judged(asked, "2023/24 Q4", figure(252, n)).status for n in (348, 348 - 31, 348 - 31 - 10)]
    assert statuses == ["not_met", "not_met", "met"]
