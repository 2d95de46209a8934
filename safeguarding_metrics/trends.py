"""Whether a short series goes anywhere: the recent trend, and the run chart.

The recent trend of OHID's Fingertips needs five periods; the run chart of Anhøj and Olesen (2014) needs ten
and no limits. Both are for periods that share no cases: never for rolling or cumulative values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import comb, isfinite, log2
from statistics import median
from typing import Literal

Improvement = Literal["increase", "decrease", "neutral"]
Direction = Literal["increasing", "decreasing", "no_change", "cannot_be_calculated"]
Verdict = Literal["better", "worse"]
Cases = tuple[int, int]
Number = Fraction | float

POINTS = 5
FEWEST_CASES = 20
SIGNIFICANT = 9.5495  # chi-squared with one degree of freedom that chance exceeds once in 500: 99.8%
POINTS_FOR_RUNS = 10


@dataclass(frozen=True)
class RecentTrend:
    """The trend of a share over its last five periods.

    `verdict` is None without a trend and for a neutral measure. `chi_squared` is None when it cannot be
    calculated; `reason` says why not, or why a large one counts as no change; empty otherwise.
    """

    direction: Direction
    verdict: Verdict | None = None
    chi_squared: float | None = None
    reason: str = ""


def recent_trend(shares: Sequence[Cases | None], *, improvement: Improvement) -> RecentTrend:
    """The recent trend of shares, given as (k, n) for each period in order, None for a missing period.

    Of the last five periods, each of 20 cases or more: chi-squared of the slope of k/n weighted by n (the
    test of Cochran and Armitage) above 9.5495, and a slope of the same sign without each period in turn.
    Raises ValueError for k outside 0 to n.
    """
    last = list(shares[-POINTS:])
    for share in last:
        if share is not None and not 0 <= share[0] <= share[1]:
            raise ValueError(f"Cases must lie between 0 and the whole: {share[0]} of {share[1]}.")
    whole = [(place, *share) for place, share in enumerate(last, 1) if share is not None]
    if reason := _hindrance(len(last), whole):
        return RecentTrend("cannot_be_calculated", reason=reason)
    slope, chi_squared = _slope(whole), _chi_squared(whole)
    if chi_squared <= SIGNIFICANT:
        return RecentTrend("no_change", chi_squared=chi_squared)
    rest = [_slope([point for point in whole if point is not left]) for left in whole]
    if not all(one * slope > 0 for one in rest):
        return RecentTrend("no_change", None, chi_squared, "one period alone makes the difference")
    return _trend(slope > 0, improvement, chi_squared)


def _hindrance(periods: int, whole: Sequence[tuple[int, int, int]]) -> str:
    if periods < POINTS:
        return f"there are fewer than {POINTS} periods"
    if len(whole) < POINTS:
        return f"a figure is missing among the last {POINTS} periods"
    if any(n < FEWEST_CASES for _, _, n in whole):
        return f"a period has fewer than {FEWEST_CASES} cases"
    return ""


def _trend(rises: bool, improvement: Improvement, chi_squared: float) -> RecentTrend:
    direction: Direction = "increasing" if rises else "decreasing"
    if improvement == "neutral":
        return RecentTrend(direction, None, chi_squared)
    return RecentTrend(direction, "better" if rises == (improvement == "increase") else "worse", chi_squared)


def _slope(points: Iterable[tuple[int, int, int]]) -> int:
    """The slope of k/n over time, weighted by n, times a positive number: exact, so its sign is."""
    points = list(points)
    cases, whole = sum(k for _, k, _ in points), sum(n for _, _, n in points)
    return whole * sum(t * k for t, k, _ in points) - cases * sum(t * n for t, _, n in points)


def _chi_squared(points: Sequence[tuple[int, int, int]]) -> float:
    cases, whole = sum(k for _, k, _ in points), sum(n for _, _, n in points)
    if cases in (0, whole):
        return 0.0  # every share is 0 or every share is 1: nothing has changed
    times, squares = sum(t * n for t, _, n in points), sum(t * t * n for t, _, n in points)
    return float(Fraction(whole * _slope(points) ** 2, cases * (whole - cases) * (whole * squares - times**2)))


@dataclass(frozen=True)
class RunChart:
    """Values about their median: values on the median are not useful and neither break nor lengthen a run.

    `signal` is None with fewer than ten useful values; else whether the longest run is longer, or the
    crossings of the median are fewer, than chance allows.
    """

    median: float | None
    useful: int
    longest_run: int
    longest_run_limit: int | None
    crossings: int
    crossings_limit: int | None

    @property
    def long_run(self) -> bool | None:
        return None if self.longest_run_limit is None else self.longest_run > self.longest_run_limit

    @property
    def few_crossings(self) -> bool | None:
        return None if self.crossings_limit is None else self.crossings < self.crossings_limit

    @property
    def signal(self) -> bool | None:
        return None if self.long_run is None else bool(self.long_run or self.few_crossings)


def run_chart(values: Sequence[Number | None]) -> RunChart:
    """The run chart of raw values in order, None for a missing one (left out).

    Limits as Anhøj: a longest run above round(log₂ n) + 3, crossings below the 5% point of the binomial
    distribution of n − 1 tosses. Raises ValueError for values that are no finite numbers.
    """
    present = [float(value) for value in values if value is not None]
    if not all(isfinite(value) for value in present):
        raise ValueError("A value must be a finite number, or None when it is missing.")
    centre = median(present) if present else None
    sides = [value > centre for value in present if centre is not None and value != centre]
    runs = [len(list(run)) for _, run in groupby(sides)]
    tested = len(sides) >= POINTS_FOR_RUNS
    return RunChart(
        centre,
        len(sides),
        max(runs, default=0),
        round(log2(len(sides))) + 3 if tested else None,
        max(len(runs) - 1, 0),
        _fewest_crossings(len(sides)) if tested else None,
    )


def _fewest_crossings(useful: int) -> int:
    """The smallest number that as many tosses of a coin as there are gaps reach or stay below in 5% of cases."""
    tosses, crossings, ways = useful - 1, 0, 1
    while 20 * ways < 2**tosses:
        crossings += 1
        ways += comb(tosses, crossings)
    return crossings
