"""What the one chart of an indicator shows, as values: every drawing of it (screen, file, pack) is made from these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dataset.quarter import Quarter
from dataset.rebase import Rebase
from safeguarding_metrics import indicator_wording as words
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.measuring import PeriodCount, Series, over
from safeguarding_metrics.plan import Outcome
from safeguarding_metrics.process_charts import beside_last_milestone
from safeguarding_metrics.process_control import Chart as Allowed
from safeguarding_metrics.process_control import ControlChart, Point, chart_allowed, rebase_positions
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.targets import Goal

FAR_FROM_NOUGHT = 0.6  # of the highest value drawn
SMALL = 20  # below this many cases a quarter's share is drawn over the four quarters that end with it


@dataclass(frozen=True)
class Drawn:
    """One point of the line: `value` is None for a gap; `control` is its point of the process chart where
    that may be drawn, `allowed` how much of it; `restated` whether the quarter's own return replaced another."""

    quarter: Quarter
    figure: PeriodCount
    value: float | None
    control: Point | None = None
    allowed: Allowed = "nothing"
    restated: bool = False

    @property
    def is_special(self) -> bool:
        """Whether it is drawn as a special cause: only on limits that are not trial."""
        return self.allowed == "full" and self.control is not None and self.control.special_cause


@dataclass(frozen=True)
class Stretch:
    """Neighbouring points with the same mean and limits (clipped to what is possible): from `first` to `last`."""

    first: int
    last: int
    mean: float
    lower: float
    upper: float
    trial: bool


@dataclass(frozen=True)
class Chart:
    """A line with all that belongs to it; `rebases` are (place of the first point of the new segment, rebase).

    `control` is the process chart that was asked for, drawn or not; `axis` the ends of the axis of values.
    `sentences` say in words what is drawn; `alt` is all of them.
    """

    indicator: Indicator
    points: tuple[Drawn, ...]
    goals: dict[str, Goal]
    rebases: tuple[tuple[int, Rebase], ...]
    control: ControlChart | None
    axis: tuple[float, float]
    sentences: tuple[str, ...]

    @property
    def alt(self) -> str:
        return " ".join(self.sentences)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Mean and limits where they may be drawn, in the order of time."""
        return stretches_of(self.points, self.indicator.is_share)

    @property
    def has_limits(self) -> bool:
        return bool(self.stretches)


def drawn(series: Series, last: Quarter, quarters: int = 12) -> list[tuple[Quarter, PeriodCount]]:
    """What a line shows: each quarter's own count, or the rolling year where quarters hold few cases."""
    shown = [last.plus(back) for back in range(1 - quarters, 1)]
    indicator = series.indicator
    if indicator.is_yearly:
        return [(q, over(series, indicator, (q,))) for q in shown if q.number == 4]
    return [(q, over(series, indicator, q.rolling_year() if is_rolling(series) else (q,))) for q in shown]


def is_small(series: Series) -> bool:
    """Whether the usual quarter holds too few cases for a share of its own, or a handful for a count."""
    sizes = sorted(one.count.n if one.count.n is not None else one.count.k for one in series.quarters if one.count)
    return bool(sizes) and sizes[len(sizes) // 2] < SMALL


def is_rolling(series: Series) -> bool:
    """Whether each point of the line is four quarters: never for what describes a quarter's last day."""
    return is_small(series) and series.indicator.adds_over_quarters and not series.indicator.is_yearly


def number(figure: PeriodCount) -> float | None:
    """What is drawn of a figure: nothing while anything of it is missing."""
    if figure.count is None or figure.count.value is None or not figure.complete:
        return None
    return float(figure.count.value)


def goals_of(outcome: Outcome | None, settings: Settings) -> dict[str, Goal]:
    """The milestones of an outcome by financial year."""
    if outcome is None or outcome.target is None:
        return {}
    found = {year: outcome.target.goal(year, outcome.baseline, settings) for year in outcome.target.years}
    return {year: goal for year, goal in found.items() if goal is not None}


def bounds(goal: Goal | None) -> list[float]:
    """One end of a goal, or both of a band."""
    return [float(bound) for bound in (goal.at_least, goal.at_most) if bound is not None] if goal else []


def chart_of(
    series: Series,
    last: Quarter,
    outcome: Outcome | None,
    settings: Settings,
    control: ControlChart | None = None,
    rebased: Sequence[Rebase] = (),
) -> Chart:
    """The chart of an indicator up to a quarter. `control` is its process chart of raw quarters up to the same
    quarter; of a line of rolling years it is not drawn, because neighbours there share cases."""
    shown = drawn(series, last, quarters=_length(series, last))
    rolling = is_rolling(series)
    points = _with_control(series, shown, None if rolling else control)
    inside = {q.financial_year for q, _ in shown}
    goals = {year: goal for year, goal in goals_of(outcome, settings).items() if year in inside}
    if not rolling and not series.indicator.is_share and series.indicator.adds_over_quarters:
        goals = {}  # a milestone for a year's cases is no line through single quarters
    rebases = _placed(points, rebased)
    axis = ends_of_axis(points, goals, stretches_of(points, series.indicator.is_share))
    beside = beside_last_milestone(series, last, outcome, settings, rebased) if outcome and not rolling else None
    said = _said(series, last, points, goals, rebases, control)
    said += (words.last_milestone_sentence(beside, last, series.indicator),) if beside else ()
    said += (words.AXIS_NOT_FROM_NOUGHT,) if axis[0] else ()
    return Chart(series.indicator, points, goals, rebases, control, axis, said)


def _length(series: Series, last: Quarter) -> int:
    """From the first quarter that could have a point to the last shown; four at least, so that a line has room."""
    first = min((one.quarter.id for one in series.quarters), default=last.id)
    return max(last.id - first + 1, 4)


def _with_control(
    series: Series, shown: Sequence[tuple[Quarter, PeriodCount]], control: ControlChart | None
) -> tuple[Drawn, ...]:
    """The points of the line, each with its point of the process chart, which ends at the same quarter."""
    processed = list(control.points) if control else []
    padded = [None] * (len(shown) - len(processed)) + processed[-len(shown) :]
    sizes = {
        segment: sum(point.value is not None for point in group)
        for segment, group in groupby(processed, key=lambda point: point.segment)
    }
    points = []
    for (quarter, figure), point in zip(shown, padded, strict=True):
        allowed: Allowed = "nothing" if point is None or point.lower is None else chart_allowed(sizes[point.segment])
        own = series.at(quarter)
        restated = own is not None and own.restated
        points.append(Drawn(quarter, figure, number(figure), point, allowed, restated))
    return tuple(points)


def _placed(points: Sequence[Drawn], rebased: Sequence[Rebase]) -> tuple[tuple[int, Rebase], ...]:
    """Where each rebase takes effect: at the next quarter with a figure; those later than all have no effect yet."""
    seen = [place for place, point in enumerate(points) if point.value is not None]
    quarters = [points[place].quarter for place in seen]
    found = [(rebase_positions(quarters, [one.quarter]), one) for one in rebased]
    return tuple((seen[at[0]], one) for at, one in found if at)


def stretches_of(points: Sequence[Drawn], share: bool) -> tuple[Stretch, ...]:
    """The runs of points whose mean and limits may be drawn."""
    found = []
    for key, group in groupby(enumerate(points), key=lambda one: _segment(one[1])):
        places = [place for place, _ in group]
        point = points[places[0]].control
        if key is None or point is None or point.mean is None or point.lower is None or point.upper is None:
            continue
        mean, lower, upper = (possible(level, share) for level in (point.mean, point.lower, point.upper))
        found.append(Stretch(places[0], places[-1], mean, lower, upper, points[places[0]].allowed == "trial_limits"))
    return tuple(found)


def _segment(point: Drawn) -> int | None:
    may = point.control is not None and point.allowed in ("trial_limits", "full")
    return point.control.segment if may and point.control else None


def possible(level: float, share: bool) -> float:
    """A limit as it is drawn: no share below 0 or above 1, no count below 0."""
    return min(max(level, 0.0), 1.0) if share else max(level, 0.0)


def _said(
    series: Series,
    last: Quarter,
    points: Sequence[Drawn],
    goals: dict[str, Goal],
    rebases: Sequence[tuple[int, Rebase]],
    control: ControlChart | None,
) -> tuple[str, ...]:
    share, rolling = series.indicator.is_share, is_rolling(series)
    known = [(one.quarter, one.figure) for one in points if one.value is not None]
    parts = [
        words.line_sentence(known, words.basis_words(yearly=series.indicator.is_yearly, rolling=rolling)),
        words.milestones_sentence(goals),
        *words.process_sentences(series, last, control, rolling=rolling),
        *(
            words.limits_sentence(one, points[one.first].quarter, points[one.last].quarter, share)
            for one in stretches_of(points, share)
        ),
        words.special_causes_sentence(points),
        *(words.rebase_sentence(one, points[place].quarter) for place, one in rebases),
        words.restated_sentence([one.quarter for one in points if one.restated]),
        words.gaps_sentence([one.quarter for one in points if one.value is None], rolling=rolling),
    ]
    return tuple(part for part in parts if part)


def ends_of_axis(points: Sequence[Drawn], goals: dict[str, Goal], stretches: Sequence[Stretch]) -> tuple[float, float]:
    """From nought to the largest value drawn; from a little below the lowest where all lie far from nought,
    so that limits can be told apart."""
    values = [point.value for point in points if point.value is not None]
    limits = [level for one in stretches for level in (one.lower, one.upper)]
    targets = [bound for goal in goals.values() for bound in bounds(goal)]
    levels = [*values, *limits, *targets]
    low, high = min(levels, default=0.0), max(levels, default=1.0)
    if low > FAR_FROM_NOUGHT * high:
        return max(low - (high - low or high) / 4, 0.0), high
    return 0.0, high or 1.0
