"""Sentences about figures: a value is never without its counts, a doubt never without its word."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset.agencies import ADULT_SOCIAL_CARE, PENNINE_CARE, Agency
from dataset.quarter import Quarter, quarters_between
from safeguarding_metrics import wording
from safeguarding_metrics.indicators import indicator_named
from safeguarding_metrics.judging import Evidence, EvidenceWord, Judgement, Status, judge, judge_figure, weigh
from safeguarding_metrics.measuring import Count, PeriodCount, over
from safeguarding_metrics.plan import Outcome
from safeguarding_metrics.plans.business_plan_2023_26 import BUSINESS_PLAN_2023_26 as PLAN
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.targets import Baseline, Goal, percent

OUTCOMES = {outcome.id: outcome for _, outcome in PLAN.outcomes()}
QUARTERS = quarters_between(Quarter(2022, 4), Quarter(2026, 2))
SPOILT = re.compile(r"NaN|None|\bnan\b|\binf\b|  |Fraction|\(\)|\.\.|,\.| \.|\{|\}")
AT_MOST_35 = Goal(at_most=percent(35))
SETTINGS = st.builds(
    Settings, growth=st.sampled_from(("additive", "compound")), tolerance=st.sampled_from((None, percent(2)))
)


@st.composite
def periods(draw: st.DrawFn, outcome: Outcome, quarter: Quarter) -> PeriodCount | None:
    """Any figure that measuring can make for an outcome's financial year up to a quarter."""
    if outcome.indicator is None:
        return None
    indicator = indicator_named(outcome.indicator)
    wanted = over(None, indicator, quarter.year_to_date()).wanted
    had = tuple(one for one in wanted if draw(st.booleans()))
    lacking = draw(st.booleans()) or had != wanted
    agencies = (
        draw(st.lists(st.sampled_from((ADULT_SOCIAL_CARE, PENNINE_CARE)), min_size=1, unique=True)) if lacking else []
    )
    missing = tuple((agency, one) for one in wanted for agency in agencies if one not in had or draw(st.booleans()))
    n = draw(st.integers(0, 3000)) if indicator.is_share else None
    k = draw(st.integers(0, 3000 if n is None else n))
    return PeriodCount(wanted, had, Count(k, n) if had else None, missing)


def whole_year(k: int, n: int | None = None, missing: tuple[Agency, ...] = ()) -> PeriodCount:
    quarters = Quarter(2023, 4).year_to_date()
    return PeriodCount(quarters, quarters, Count(k, n), tuple((agency, quarters[2]) for agency in missing))


def said(id: str, quarter: str, figure: PeriodCount | None, settings: Settings = Settings()) -> str:
    return wording.sentence(OUTCOMES[id], PLAN, judge(OUTCOMES[id], PLAN, Quarter.parse(quarter), figure, settings))


@given(st.data(), st.sampled_from(list(OUTCOMES.values())), st.sampled_from(QUARTERS), SETTINGS)
def test_every_verdict_is_a_whole_sentence(
    data: st.DataObject, outcome: Outcome, quarter: Quarter, settings: Settings
) -> None:
    figure = data.draw(periods(outcome, quarter))
    sentence = wording.sentence(outcome, PLAN, judge(outcome, PLAN, quarter, figure, settings))
    assert not SPOILT.search(sentence), sentence
    assert sentence[0].isupper() and sentence.endswith("."), sentence


@given(st.data(), st.sampled_from(list(OUTCOMES.values())), st.sampled_from(QUARTERS), SETTINGS)
def test_no_percentage_stands_without_its_counts(
    data: st.DataObject, outcome: Outcome, quarter: Quarter, settings: Settings
) -> None:
    figure = data.draw(periods(outcome, quarter))
    sentence = wording.sentence(outcome, PLAN, judge(outcome, PLAN, quarter, figure, settings))
    count = figure.count if figure else None
    if count is not None and count.n:
        assert f"{wording.percent_words(Fraction(count.k, count.n))} ({count.k:,} of {count.n:,})" in sentence
    elif count is not None and count.value is not None:
        assert f"{count.k:,} in " in sentence


@given(st.data(), st.sampled_from(list(OUTCOMES.values())), st.sampled_from(QUARTERS))
def test_a_missing_return_is_named_whenever_the_figure_lacks_it(
    data: st.DataObject, outcome: Outcome, quarter: Quarter
) -> None:
    figure = data.draw(periods(outcome, quarter))
    judgement = judge(outcome, PLAN, quarter, figure, Settings())
    sentence = wording.sentence(outcome, PLAN, judgement)
    if figure and figure.missing and judgement.status in ("incomplete", "no_milestone"):
        assert all(f"{agency.name} has not sent" in sentence and str(q) in sentence for agency, q in figure.missing)


def test_a_met_sentence_names_value_counts_period_milestone_and_doubt() -> None:
    assert said("4.1", "2023/24 Q4", whole_year(3, 10)) == (
        "Met: 30.0% (3 of 10) in 2023/24 against at most 35%. "
        "Too few cases to tell: that the underlying rate meets the milestone is likely (62%)."
    )


def test_a_not_met_sentence_says_how_far_away() -> None:
    assert said("5.1", "2023/24 Q4", whole_year(252, 348)) == (
        "Not met: 72.4% (252 of 348) in 2023/24 against at least 80%, 7.6 points below. "
        "There are enough cases to say that the underlying rate is worse than the milestone."
    )


def test_a_near_sentence_says_near() -> None:
    sentence = said("4.1", "2023/24 Q4", whole_year(36, 100), Settings(tolerance=percent(2)))
    assert sentence.startswith("Near: 36.0% (36 of 100) in 2023/24 against at most 35%, 1.0 points above.")


def test_an_unattainable_band_says_that_no_number_of_cases_would_do() -> None:
    sentence = said("5.5", "2023/24 Q4", whole_year(1, 18))
    assert "no number of cases out of 18 lies between 7% and 10%" in sentence
    assert "5.6% (1 of 18)" in sentence


def test_an_incomplete_sentence_names_who_has_not_sent_what() -> None:
    assert said("5.1", "2023/24 Q4", whole_year(8, 10, (PENNINE_CARE,))) == (
        "Incomplete: Pennine Care NHS Foundation Trust has not sent 2023/24 Q3. "
        "Without it the figure is 80.0% (8 of 10) in 2023/24."
    )


def test_a_count_that_is_not_reached_waits_for_the_end_of_the_year() -> None:
    quarters = Quarter(2023, 2).year_to_date()
    figure = PeriodCount(quarters, quarters, Count(2), ())
    assert said("1.6", "2023/24 Q2", figure) == (
        "Incomplete: 2 in 2023/24 so far, 2 of 4 quarters; the year must end before at least 3 can be judged."
    )


def test_no_cases_are_said_to_be_none_and_never_0_percent() -> None:
    sentence = said("4.1", "2023/24 Q4", whole_year(0, 0))
    assert sentence == "No data: every return for 2023/24 is in and holds no case to divide by."


def test_half_a_year_without_cases_does_not_claim_that_the_year_is_in() -> None:
    quarters = Quarter(2023, 2).year_to_date()
    sentence = said("4.1", "2023/24 Q2", PeriodCount(quarters, quarters, Count(0, 0), ()))
    assert (
        sentence == "No data: every return for 2023/24 so far, 2 of 4 quarters, is in and holds no case to divide by."
    )


def test_a_yearly_survey_is_not_expected_before_the_year_is_over() -> None:
    survey = indicator_named("survey_feel_safe")
    for quarter, reason in (("2023/24 Q2", "2023/24 is not over"), ("2023/24 Q4", "of 2023/24 has not been sent")):
        figure = over(None, survey, Quarter.parse(quarter).year_to_date())
        assert said("5.4", quarter, figure).endswith(f"{reason}."), quarter


def test_years_without_a_milestone_are_told_apart_from_years_outside_the_plan() -> None:
    assert "the plan gives none for 2025/26" in said("4.1", "2025/26 Q4", None)
    assert "2026/27 lies after the plan's end (the plan runs from 2023/24 Q1 to 2025/26 Q4)" in said(
        "4.1", "2026/27 Q1", None
    )
    assert "2022/23 lies before the plan starts" in said("4.1", "2022/23 Q4", None)


def test_no_baseline_says_what_would_supply_one_and_shows_the_figure() -> None:
    sentence = said("1.4", "2023/24 Q4", whole_year(4, 10))
    assert "until an audit supplies one" in sentence
    assert "40.0% (4 of 10)" in sentence


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (None, "no figure"),
        (Count(0, 0), "no cases"),
        (Count(0, 5), "0.0% (0 of 5)"),
        (Count(252, 348), "72.4% (252 of 348)"),
        (Count(1200, 2388), "50.3% (1,200 of 2,388)"),
        (Count(0), "0"),
        (Count(2388), "2,388"),
    ],
)
def test_a_figure_is_said_with_its_counts(count: Count | None, words: str) -> None:
    assert wording.figure_words(count) == words


def test_every_status_and_evidence_has_a_glyph_and_words_of_its_own() -> None:
    assert set(wording.STATUS) == set(get_args(Status))
    assert set(wording.EVIDENCE) == set(get_args(EvidenceWord))
    marks = [*wording.STATUS.values(), *wording.EVIDENCE.values()]
    assert len({glyph for glyph, _ in marks}) == len({words for _, words in marks}) == len(marks)


def test_evidence_is_said_with_its_probability() -> None:
    assert wording.evidence_words(weigh(AT_MOST_35, Count(3, 10))) == "? Too few cases to tell: likely (62%)"
    assert wording.evidence_words(Evidence("worse", 0.01, (0.5, 0.7))).startswith("▼ Enough cases")
    assert wording.evidence_words(None) == ""


def gap_of(goal: Goal, k: int, n: int | None = None) -> str:
    return wording.gap_words(judge_figure(goal, whole_year(k, n), year="2023/24", year_is_over=True))


def test_a_gap_is_said_in_points_or_in_cases() -> None:
    assert gap_of(AT_MOST_35, 50, 100) == "15.0 points above"
    assert gap_of(Goal(at_least=percent(7), at_most=percent(10)), 5, 72) == "0.1 points below"
    assert gap_of(Goal(at_least=Fraction(3), unit="count"), 2) == "1 below"
    assert gap_of(AT_MOST_35, 7, 20) == "inside"
    assert wording.gap_words(Judgement("no_data", "2023/24")) == ""


def test_a_gap_too_small_to_print_is_never_called_0_points() -> None:
    assert gap_of(Goal(at_most=percent(64)), 1529, 2388) == "less than 0.1 points above"


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (None, ""),
        (Fraction(0), "0% of the way"),
        (Fraction(1, 2), "50% of the way"),
        (Fraction(2), "200% of the way"),
        (Fraction(-1, 4), "moved the other way by 25% of the distance"),
    ],
)
def test_progress_is_said_in_parts_of_the_way(progress: Fraction | None, words: str) -> None:
    assert wording.progress_words(progress) == words


@pytest.mark.parametrize(
    ("baseline", "words"),
    [
        (None, "none in any document"),
        (Baseline(Fraction(9, 16), "July 2021", "003:313", 9, 16), "56.25% (9 of 16), July 2021 (003:313)"),
        (Baseline(percent("72.4"), "2022/23", "004:620"), "72.4%, 2022/23 (004:620)"),
        (Baseline(percent(100), "2022/23", "003:251"), "100%, 2022/23 (003:251)"),
        (Baseline(Fraction(2), "2022/23", "004:577"), "2, 2022/23 (004:577)"),
    ],
)
def test_a_baseline_is_said_with_its_place(baseline: Baseline | None, words: str) -> None:
    assert wording.baseline_words(baseline) == words


def test_a_year_is_said_to_be_unfinished_only_while_quarters_lack() -> None:
    quarters = Quarter(2023, 4).year_to_date()
    spoken = [
        wording.period_words(PeriodCount(quarters[:wanted], quarters[:had], Count(1), ()), "2023/24")
        for wanted, had in ((1, 1), (3, 2), (4, 3), (4, 4))
    ]
    so_far = [f"2023/24 so far, {n} of 4 quarters" for n in (1, 2)]
    assert spoken == [*so_far, "2023/24, only 3 of 4 quarters", "2023/24"]


def test_several_missing_returns_are_gathered_by_agency() -> None:
    quarters = Quarter(2023, 2).year_to_date()
    missing = tuple((agency, one) for one in quarters for agency in (ADULT_SOCIAL_CARE, PENNINE_CARE))
    assert wording.missing_words(PeriodCount(quarters, (), None, missing)) == (
        "Stockport Council, Adult Social Care has not sent 2023/24 Q1, 2023/24 Q2; "
        "Pennine Care NHS Foundation Trust has not sent 2023/24 Q1, 2023/24 Q2"
    )


def test_a_milestone_is_said_with_its_year() -> None:
    assert wording.milestone_words(AT_MOST_35, "2023/24") == "at most 35% in 2023/24"
    assert wording.milestone_words(None, "2025/26") == "none set for 2025/26"
