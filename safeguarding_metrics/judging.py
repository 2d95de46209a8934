"""A figure against a goal: status, evidence and progress, three answers that are never made one.

Status compares exact numbers; evidence says whether the cases suffice to tell; progress says how much of
the way from the baseline is done. Nothing here makes sentences: `wording` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from dataset.quarter import Quarter
from safeguarding_metrics.measuring import Count, PeriodCount
from safeguarding_metrics.plan import Outcome, Plan
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.targets import Baseline, Goal
from safeguarding_metrics.uncertainty import (
    Interval,
    count_interval,
    effective_cases,
    probability_count_met,
    probability_met,
    share_interval,
)

Status = Literal[
    "met",
    "not_met",
    "near",
    "not_attainable",
    "no_milestone",
    "no_baseline",
    "incomplete",
    "no_data",
    "no_measure",
]
EvidenceWord = Literal["better", "too_few", "worse"]


@dataclass(frozen=True)
class Evidence:
    """What the cases can tell about the underlying rate: `word` compares the 95% interval with the goal."""

    word: EvidenceWord
    probability: float
    interval: Interval


@dataclass(frozen=True)
class Judgement:
    """The verdict on one outcome for the financial year up to one quarter.

    `gap` is signed, in shares or cases, 0 inside the goal; `progress` is the part of the way from the
    baseline to the milestone (1 = there), None for bands. `reachable` lists the whole numbers of cases that
    would keep the goal at this denominator, as (fewest, most), None when none does.
    """

    status: Status
    year: str
    figure: PeriodCount | None = None
    goal: Goal | None = None
    evidence: Evidence | None = None
    gap: Fraction | None = None
    progress: Fraction | None = None
    reachable: tuple[int, int] | None = None
    outside_plan: bool = False


def judge(outcome: Outcome, plan: Plan, quarter: Quarter, figure: PeriodCount | None, settings: Settings) -> Judgement:
    """Judge an outcome on its financial year up to `quarter`; `figure` is its measure over those quarters."""
    year = quarter.financial_year
    outside = not plan.first <= quarter <= plan.last
    if outcome.target is None:
        return Judgement("no_measure", year, figure, outside_plan=outside)
    if year not in outcome.target.years or outside:
        return Judgement("no_milestone", year, figure, outside_plan=outside)
    goal = outcome.target.goal(year, outcome.baseline, settings)
    if goal is None:
        return Judgement("no_baseline", year, figure)
    return judge_figure(
        goal, figure, year=year, year_is_over=quarter.number == 4, baseline=outcome.baseline, settings=settings
    )


def judge_figure(
    goal: Goal,
    figure: PeriodCount | None,
    *,
    year: str,
    year_is_over: bool,
    baseline: Baseline | None = None,
    settings: Settings = Settings(),
) -> Judgement:
    """Judge a figure that has a goal. A missing return makes it incomplete: missing is never nought."""
    count = figure.count if figure else None
    if figure is None or count is None or count.value is None:
        silent = figure is not None and bool(figure.missing) and count is not None
        return Judgement("incomplete" if silent else "no_data", year, figure, goal)
    value = count.value
    gap, progress = goal.gap(value), _progress(value, goal, baseline)
    if figure.missing:
        return Judgement("incomplete", year, figure, goal, gap=gap, progress=progress)
    if goal.unit == "count" and not year_is_over and not _settled(goal, count):
        return Judgement("incomplete", year, figure, goal, gap=gap, progress=progress)
    evidence = weigh(goal, count)
    reachable = attainable(goal, count.n) if count.n is not None else None
    status: Status = "met" if goal.holds(value) else "not_met"
    if count.n is not None and reachable is None:
        status = "not_attainable"
    elif status == "not_met" and settings.tolerance is not None and abs(gap) <= settings.tolerance:
        status = "near"
    return Judgement(status, year, figure, goal, evidence, gap, progress, reachable)


def _settled(goal: Goal, count: Count) -> bool:
    """Whether the rest of the year can no longer change the verdict on a count: it can only grow."""
    value = Fraction(count.k)
    if goal.at_most is not None and value > goal.at_most:
        return True
    return goal.at_most is None and goal.holds(value)


def attainable(goal: Goal, n: int) -> tuple[int, int] | None:
    """The fewest and the most cases of n that keep the goal; None when no whole number does.

    At most t: up to ⌊t·n⌋. At least t: from ⌈t·n⌉. A band of 7-10% has none at 18: 1.26 to 1.8.
    """
    fewest = ceil(goal.at_least * n) if goal.at_least is not None else 0
    most = floor(goal.at_most * n) if goal.at_most is not None else n
    return (fewest, most) if fewest <= most else None


def weigh(goal: Goal, count: Count) -> Evidence:
    """Evidence of a figure about its goal. A survey with its own margin is weighed by that margin."""
    if count.n is None:
        interval = count_interval(count.k)
        probability: float | None = probability_count_met(count.k, at_least=goal.at_least, at_most=goal.at_most)
    elif count.margin and 0 < count.k < count.n:
        share = count.k / count.n
        n = effective_cases(share, count.margin)
        interval = (max(share - count.margin, 0.0), min(share + count.margin, 1.0))
        probability = probability_met(share * n, n, at_least=goal.at_least, at_most=goal.at_most)
    else:
        interval = share_interval(count.k, count.n)
        probability = probability_met(count.k, count.n, at_least=goal.at_least, at_most=goal.at_most)
    if interval is None or probability is None:
        raise ValueError("there is nothing to weigh in no cases")
    return Evidence(_word(goal, interval), probability, interval)


def _word(goal: Goal, interval: Interval) -> EvidenceWord:
    low, high = interval
    above = goal.at_least is None or low >= goal.at_least
    below = goal.at_most is None or high <= goal.at_most
    if above and below:
        return "better"
    outside = (goal.at_most is not None and low > goal.at_most) or (goal.at_least is not None and high < goal.at_least)
    return "worse" if outside else "too_few"


def _progress(value: Fraction, goal: Goal, baseline: Baseline | None) -> Fraction | None:
    """(now − baseline) / (target − baseline); None for a band or when there is no way to go."""
    if baseline is None or goal.is_band:
        return None
    aim = goal.at_most if goal.at_most is not None else goal.at_least
    assert aim is not None
    return None if aim == baseline.value else (value - baseline.value) / (aim - baseline.value)
