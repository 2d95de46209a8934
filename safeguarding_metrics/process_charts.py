"""The process chart of an indicator: its raw quarters, the milestone in force, and the last one where none is.

Variation and assurance rest on raw quarters only, never on a rolling or cumulative figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dataset.quarter import Quarter, quarters_between
from dataset.rebase import Rebase
from safeguarding_metrics.judging import Judgement
from safeguarding_metrics.measuring import Series
from safeguarding_metrics.plan import Outcome
from safeguarding_metrics.process_control import ControlChart, rebase_positions, xmr
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.targets import Goal

# Of fewer cases in the usual quarter, a share jumps by chance and says nothing about the process.
ENOUGH_A_QUARTER = 10
PERIODS_OF_HISTORY = 24


def control_chart(
    series: Series | None, quarter: Quarter, judgement: Judgement | None = None, rebased: Sequence[Rebase] = ()
) -> ControlChart | None:
    """The control chart of raw quarters up to one; None for yearly measures and where quarters hold few cases.

    The target is the bound of the goal in force; a band has two, and a year's count is no quarter's, so neither gets
    an assurance. `rebased` are the rebases in force: each takes effect at the first quarter not before it that has
    a figure.
    """
    return _chart_beside(series, quarter, judgement.goal if judgement else None, rebased)


@dataclass(frozen=True)
class LastMilestone:
    """The last milestone a plan had set before a year for which it sets none, and the process read beside it."""

    year: str
    goal: Goal
    control: ControlChart


def beside_last_milestone(
    series: Series, quarter: Quarter, outcome: Outcome, settings: Settings, rebased: Sequence[Rebase] = ()
) -> LastMilestone | None:
    """How the process stands to the last milestone, said openly and beside: it is not in force, so it makes no verdict.

    None where a milestone is in force, where none was ever set, and where the chart gives no assurance.
    """
    target, year = outcome.target, quarter.financial_year
    if target is None or year in target.years:
        return None
    for earlier in sorted((one for one in target.years if one < year), reverse=True):
        goal = target.goal(earlier, outcome.baseline, settings)
        control = _chart_beside(series, quarter, goal, rebased) if goal else None
        return LastMilestone(earlier, goal, control) if goal and control and control.assurance else None
    return None


def _chart_beside(
    series: Series | None, quarter: Quarter, goal: Goal | None, rebased: Sequence[Rebase]
) -> ControlChart | None:
    if series is None or series.indicator.is_yearly or not series.quarters:
        return None
    first = max(series.quarters[0].quarter, quarter.plus(1 - PERIODS_OF_HISTORY))
    periods = quarters_between(first, quarter)
    points = [series.at(one) for one in periods]
    counts = [point.count if point and not point.missing else None for point in points]
    sizes = sorted(count.n if count.n is not None else count.k for count in counts if count)
    if not sizes or sizes[len(sizes) // 2] < ENOUGH_A_QUARTER:
        return None
    values = [None if count is None or count.value is None else float(count.value) for count in counts]
    if goal is not None and goal.unit == "count" and series.indicator.adds_over_quarters:
        goal = None  # a milestone for a year's cases is no measure of one quarter
    target = None if goal is None or goal.is_band else goal.at_most if goal.at_most is not None else goal.at_least
    observed = [place for place, value in enumerate(values) if value is not None]
    starts = rebase_positions([periods[place] for place in observed], (one.quarter for one in rebased))
    return xmr(
        values,
        improvement=series.indicator.polarity,
        target=None if target is None else float(target),
        rebase_at=[observed[place] for place in starts],
    )


def is_special(series: Series | None, quarter: Quarter, rebased: Sequence[Rebase] = ()) -> bool:
    """Whether the quarter is a special cause on a chart that may speak."""
    return speaks_of_special_cause(control_chart(series, quarter, rebased=rebased))


def speaks_of_special_cause(control: ControlChart | None) -> bool:
    """Whether a chart that may speak calls its latest point a special cause."""
    return control is not None and control.chart == "full" and control.variation not in (None, "common_cause")
