"""Statistical process control of one measure over time: the XmR chart of NHS England's Making Data Count.

An XmR chart draws the values (X) with their mean and the limits that the moving range (mR) between
neighbours allows. It tells common cause (the process varies as it always does) from special cause
(something has changed) and asks whether the process can be relied on to meet its target. Worked out as in
the R package NHSRplotthedots 0.2.2. It differs in five places, each on purpose:

* a process that never varied has limits at its mean and its constant is compared with the target; the
  package has no limits and calls the target hit or miss;
* assurance needs 13 points since the last rebase (`chart_allowed`);
* a date of rebase between two periods snaps to the next (`rebase_positions`); the package ignores it;
* variation is the class of the latest point that has a value; the package calls a missing one common cause;
* the last point of a trend that a tie parts from the next trend keeps the direction of its own.

Give it raw periods only: rolling and cumulative values share cases with their neighbours, which makes
special causes out of nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isfinite
from statistics import mean
from typing import Any, Literal, Protocol, TypeVar

Improvement = Literal["increase", "decrease", "neutral"]
PointType = Literal[
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
]
Rule = Literal["outside_limits", "trend", "two_of_three", "shift"]
Assurance = Literal["pass", "hit_or_miss", "fail"]
Chart = Literal["nothing", "run_chart", "trial_limits", "full"]
Number = Fraction | float

POINTS_FOR_A_RUN_CHART = 5  # as many as a recent trend needs
POINTS_FOR_TRIAL_LIMITS = 8
POINTS_FOR_A_VERDICT = 13
FEWEST_FIXED = 12  # points from which limits may be fixed

_LIMIT = 2.66  # three standard deviations, estimated by the mean moving range: 3 / 1.128
_NEAR = 2 * (_LIMIT / 3)  # the package's own order of operations, so that ties at a limit fall alike
_SCREEN = 3.267  # the upper limit of a moving range, in mean moving ranges
_RUN = 7  # points of a trend or a shift


class Ordered(Protocol):
    """Anything that comes before or after another of its kind: a date, a quarter."""

    def __lt__(self, other: Any, /) -> bool: ...


Period = TypeVar("Period", bound=Ordered)


@dataclass(frozen=True, slots=True)
class Point:
    """One period of the chart.

    `value` is None for a missing period, which keeps its slot, breaks moving ranges, trends and runs, and is
    never a special cause. `mean`, `lower` and `upper` belong to its segment, in the unit of the values and
    not clipped to what is possible; None when nothing can be worked out. `rule` names the first rule that
    held, `direction` is 1 for high or rising, -1 for low or falling, 0 without a special cause.
    """

    value: float | None
    mean: float | None
    lower: float | None
    upper: float | None
    special_cause: bool
    point_type: PointType
    rule: Rule | None
    direction: int
    segment: int


@dataclass(frozen=True)
class ControlChart:
    """An XmR chart with its two verdicts.

    `variation` is the class of the latest point with a value (None when there is none): it is worked out at
    any length, and shown only where `chart` is "full". `assurance` is None without a target, for a neutral
    measure and before 13 points; `target` is the one in force at the latest period; `points_since_rebase`
    counts the values of the last segment, which `chart` rests on.
    """

    points: tuple[Point, ...]
    variation: PointType | None
    assurance: Assurance | None
    chart: Chart
    points_since_rebase: int
    improvement: Improvement
    target: float | None

    @property
    def latest(self) -> Point | None:
        """The latest point that has a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


def chart_allowed(points: int) -> Chart:
    """What may be drawn from a number of points since the last rebase.

    13 or more: limits, variation and assurance ("full"). 8 to 12: limits marked as trial, no verdict. 5 to 7:
    a run chart, the values with their median. Fewer: "nothing" but the figures themselves.
    """
    if points >= POINTS_FOR_A_VERDICT:
        return "full"
    if points >= POINTS_FOR_TRIAL_LIMITS:
        return "trial_limits"
    return "run_chart" if points >= POINTS_FOR_A_RUN_CHART else "nothing"


def rebase_positions(periods: Sequence[Period], rebases: Iterable[Period]) -> tuple[int, ...]:
    """The positions where new segments begin: each rebase takes effect at the first period not before it.

    `periods` are the starts of the periods in order; a rebase later than all of them has no effect yet.
    """
    places = {bisect_left(periods, rebase) for rebase in rebases}
    return tuple(sorted(place for place in places if place < len(periods)))


def xmr(
    values: Sequence[Number | None],
    *,
    improvement: Improvement,
    target: Number | Sequence[Number | None] | None = None,
    rebase_at: Collection[int] = (),
    fix_after: int | None = None,
    screen: bool = True,
) -> ControlChart:
    """The XmR chart of raw values in order of time, one for each period, None for a missing one.

    `improvement` says which way is better. `target` is one number, or one for each period (None where none
    was set). `rebase_at` holds the positions where new segments begin; mean, limits and rules start afresh
    there. `fix_after` works mean and limits out from that many first periods of each segment. `screen` leaves
    moving ranges of 3.267 means and more out of the limits, once.
    Raises ValueError for values that are no finite numbers, an unknown direction, a rebase outside the
    series, limits fixed after fewer than 12 points, and targets that do not match the periods.
    """
    numbers = [_finite(value) for value in values]
    in_force = _target_in_force(target, len(numbers))
    _check(improvement, rebase_at, fix_after, len(numbers))
    starts = sorted({0, *rebase_at})
    points: list[Point] = []
    for segment, (start, end) in enumerate(zip(starts, [*starts[1:], len(numbers)], strict=True)):
        points += _segment(numbers[start:end], segment, improvement, fix_after, screen)
    counted = sum(value is not None for value in numbers[starts[-1] :])
    chart = chart_allowed(counted)
    if points and points[-1].lower is None and chart in ("trial_limits", "full"):
        chart = "run_chart"  # no two neighbours among the periods that limits rest on
    latest = next((point for point in reversed(points) if point.value is not None), None)
    return ControlChart(
        tuple(points),
        latest.point_type if latest else None,
        _assurance(points, improvement, in_force) if chart == "full" else None,
        chart,
        counted,
        improvement,
        in_force,
    )


def _finite(value: Number | None) -> float | None:
    if value is None:
        return None
    number = float(value)
    if not isfinite(number):
        raise ValueError("A value must be a finite number, or None when it is missing.")
    return number


def _target_in_force(target: Number | Sequence[Number | None] | None, periods: int) -> float | None:
    if not isinstance(target, Sequence):
        return _finite(target)
    if len(target) != periods:
        raise ValueError(f"There are {len(target)} targets for {periods} periods; give one for each period.")
    return _finite(target[-1]) if target else None


def _check(improvement: Improvement, rebase_at: Collection[int], fix_after: int | None, periods: int) -> None:
    if improvement not in ("increase", "decrease", "neutral"):
        raise ValueError(f'Improvement is "increase", "decrease" or "neutral", not "{improvement}".')
    if outside := [place for place in rebase_at if not 0 <= place < periods]:
        raise ValueError(f"A rebase at position {outside[0]} lies outside a series of {periods} periods.")
    if fix_after is not None and fix_after < FEWEST_FIXED:
        raise ValueError(f"Limits can be fixed after {FEWEST_FIXED} points or more, not after {fix_after}.")


@dataclass(frozen=True)
class _Limits:
    """Mean and mean moving range of a segment; None when it has no value, or no two neighbours."""

    mean: float | None
    moving_range: float | None

    def at(self, width: float) -> tuple[float, float] | None:
        if self.mean is None or self.moving_range is None:
            return None
        return self.mean - width * self.moving_range, self.mean + width * self.moving_range


def _limits(values: Sequence[float | None], screen: bool) -> _Limits:
    present = [value for value in values if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    centre = mean(present) if present else None  # statistics.mean is exact: a value on the mean is found there
    if not ranges:
        return _Limits(centre, None)
    average = mean(ranges)
    if screen:
        # Where nothing varied no range lies below the bound: then all are kept, and are nought.
        average = mean([one for one in ranges if one < _SCREEN * average] or ranges)
    return _Limits(centre, average)


def _segment(
    values: Sequence[float | None], segment: int, improvement: Improvement, fix_after: int | None, screen: bool
) -> list[Point]:
    limits = _limits(values[:fix_after], screen)
    lower, upper = limits.at(_LIMIT) or (None, None)
    points = []
    for value, (rule, direction) in zip(values, _special_causes(values, limits), strict=True):
        kind = _point_type(direction, improvement)
        points.append(Point(value, limits.mean, lower, upper, rule is not None, kind, rule, direction, segment))
    return points


def _point_type(direction: int, improvement: Improvement) -> PointType:
    if not direction:
        return "common_cause"
    if improvement == "neutral":
        return "special_cause_neutral_high" if direction > 0 else "special_cause_neutral_low"
    better = (direction > 0) == (improvement == "increase")
    return "special_cause_improvement" if better else "special_cause_concern"


def _special_causes(values: Sequence[float | None], limits: _Limits) -> list[tuple[Rule | None, int]]:
    """For each point the first rule that holds, with its direction."""
    sides = [_side(value, limits.mean) for value in values]
    outside = [_beyond(value, limits.at(_LIMIT)) for value in values]
    near = [0 if out else _beyond(value, limits.at(_NEAR)) for value, out in zip(values, outside, strict=True)]
    found: tuple[tuple[Rule, list[int]], ...] = (
        ("outside_limits", outside),
        ("trend", _trends(values)),
        ("two_of_three", _two_of_three(near, sides)),
        ("shift", _shifts(sides)),
    )
    return [
        next(((rule, which[place]) for rule, which in found if which[place]), (None, 0)) for place in range(len(values))
    ]


def _side(value: float | None, centre: float | None) -> int:
    return 0 if value is None or centre is None else (value > centre) - (value < centre)


def _beyond(value: float | None, limits: tuple[float, float] | None) -> int:
    """1 above the upper limit, -1 below the lower, 0 between (the limits are included)."""
    return 0 if value is None or limits is None else (value > limits[1]) - (value < limits[0])


def _trends(values: Sequence[float | None]) -> list[int]:
    """The direction of the trend each point is part of: seven values that rise, or fall, without a tie."""
    steps = [0 if a is None or b is None else _side(b, a) for a, b in pairwise(values)]
    found = [0] * len(values)
    for start in range(len(values) - _RUN + 1):
        first = steps[start]
        if first and all(step == first for step in steps[start : start + _RUN - 1]):
            found[start : start + _RUN] = [first] * _RUN  # a turning point takes the later direction
    return found


def _two_of_three(near: Sequence[int], sides: Sequence[int]) -> list[int]:
    """The points near a limit that share a stretch of three, all on one side of the mean, with another."""
    found = [0] * len(near)
    for start in range(len(near) - 2):
        places = range(start, start + 3)
        close = [place for place in places if near[place]]
        if len(close) >= 2 and abs(sum(sides[place] for place in places)) == 3:
            for place in close:
                found[place] = near[place]
    return found


def _shifts(sides: Sequence[int]) -> list[int]:
    """The side of each point that stands among seven or more in a row on one side of the mean."""
    found = [0] * len(sides)
    for start in range(len(sides) - _RUN + 1):
        if abs(sum(sides[start : start + _RUN])) == _RUN:
            found[start : start + _RUN] = sides[start : start + _RUN]
    return found


def _assurance(points: Sequence[Point], improvement: Improvement, target: float | None) -> Assurance | None:
    """Whether the limits of the last segment leave the target within chance's reach."""
    last = points[-1]
    if target is None or improvement == "neutral" or last.lower is None or last.upper is None:
        return None
    values = {point.value for point in points if point.segment == last.segment and point.value is not None}
    if len(values) == 1:
        constant = values.pop()
        return "pass" if (constant >= target if improvement == "increase" else constant <= target) else "fail"
    if last.lower <= target <= last.upper:
        return "hit_or_miss"
    return "pass" if (target < last.lower) == (improvement == "increase") else "fail"
