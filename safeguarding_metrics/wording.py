"""Every sentence about a figure is made here, so that screens, exports and the command line agree.

Sentences name the value with its counts, the period, the milestone and the doubt. Status is always a
glyph and a word; colour is added by whoever draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from safeguarding_metrics.judging import Evidence, EvidenceWord, Judgement, Status
from safeguarding_metrics.measuring import Count, PeriodCount
from safeguarding_metrics.plan import Outcome, Plan
from safeguarding_metrics.process_control import (
    POINTS_FOR_A_VERDICT,
    POINTS_FOR_TRIAL_LIMITS,
    Assurance,
    ControlChart,
    Point,
    PointType,
)
from safeguarding_metrics.rare_events import RareEvents
from safeguarding_metrics.targets import Baseline, Goal, Unit
from safeguarding_metrics.trends import POINTS as TREND_POINTS
from safeguarding_metrics.trends import POINTS_FOR_RUNS, RecentTrend, RunChart
from safeguarding_metrics.uncertainty import in_words

STATUS: dict[Status, tuple[str, str]] = {
    "met": ("✔", "Met"),
    "near": ("◆", "Near"),
    "not_met": ("✖", "Not met"),
    "not_attainable": ("≠", "Not attainable at this size"),
    "incomplete": ("◔", "Incomplete"),
    "no_data": ("–", "No data"),
    "no_baseline": ("□", "No baseline"),
    "no_milestone": ("○", "No milestone set"),
    "no_measure": ("·", "No measure defined"),
}
EVIDENCE: dict[EvidenceWord, tuple[str, str]] = {
    "better": ("▲", "Enough cases: better than the milestone"),
    "too_few": ("?", "Too few cases to tell"),
    "worse": ("▼", "Enough cases: worse than the milestone"),
}


def counted(number: int, thing: str) -> str:
    """ "1 row", "3 rows"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def status_words(status: Status) -> str:
    """ "✔ Met"."""
    return " ".join(STATUS[status])


def evidence_words(evidence: Evidence | None) -> str:
    """ "? Too few cases to tell: likely (62%)"; empty without evidence."""
    if evidence is None:
        return ""
    return f"{' '.join(EVIDENCE[evidence.word])}: {chance_words(evidence.probability)}"


def chance_words(probability: float) -> str:
    """ "likely (62%)"; nothing is said to be impossible or certain that only chance decides."""
    shown = "under 1%" if probability < 0.01 else "over 99%" if probability > 0.99 else f"{probability:.0%}"
    return f"{in_words(probability)} ({shown})"


def percent_words(share: Fraction | float) -> str:
    """One decimal, as the partnership's reports print: 0.7241 → "72.4%"."""
    return f"{float(share) * 100:.1f}%"


def value_words(count: Count | None) -> str:
    """ "72.4%" for a share, "2" for a count, "no cases" for nothing to divide by, "no figure" for no return."""
    if count is None:
        return "no figure"
    if count.n is None:
        return f"{count.k:,}"
    return "no cases" if count.value is None else percent_words(count.value)


def figure_words(count: Count | None) -> str:
    """The value with its counts, never one without the other: "72.4% (252 of 348)"."""
    if count is None or count.n is None or count.value is None:
        return value_words(count)
    return f"{value_words(count)} ({count.k:,} of {count.n:,})"


def period_words(figure: PeriodCount | None, year: str) -> str:
    """ "2023/24", or "2023/24 so far, 2 of 4 quarters"."""
    if figure is None or not figure.had or (len(figure.wanted) in (0, 4) and len(figure.had) == len(figure.wanted)):
        return year
    if figure.wanted and all(quarter.number == 4 for quarter in figure.wanted):
        return year
    over = any(quarter.number == 4 for quarter in figure.wanted)
    return f"{year}{', only' if over else ' so far,'} {len(figure.had)} of 4 quarters"


def missing_words(figure: PeriodCount) -> str:
    """ "Pennine Care NHS Foundation Trust has not sent 2025/26 Q3"."""
    quarters: dict[str, list[str]] = {}
    for agency, quarter in figure.missing:
        quarters.setdefault(agency.name, []).append(str(quarter))
    return "; ".join(f"{name} has not sent {', '.join(which)}" for name, which in quarters.items())


def left_open_words(titles: Sequence[str]) -> str:
    """ "leaves open: Adults asked …, … and 12 more"; empty where a return measures nothing."""
    if not titles:
        return ""
    first, more = ", ".join(titles[:3]), len(titles) - 3
    return f"leaves open: {first}{f' and {more} more' if more > 0 else ''}"


def gap_words(judgement: Judgement) -> str:
    """ "9.4 points above", "1 below", "inside"; empty when nothing was compared."""
    if judgement.gap is None or judgement.goal is None:
        return ""
    if judgement.gap == 0:
        return "inside"
    side = "above" if judgement.gap > 0 else "below"
    size = abs(float(judgement.gap))
    if judgement.goal.unit == "count":
        return f"{size:g} {side}"
    points = f"{size * 100:.1f}"
    return f"{points if float(points) else 'less than 0.1'} points {side}"


def progress_words(progress: Fraction | None) -> str:
    """How much of the way from the baseline is done, in per cent of the way."""
    if progress is None:
        return ""
    if progress < 0:
        return f"moved the other way by {-float(progress):.0%} of the distance"
    return f"{float(progress):.0%} of the way"


def baseline_words(baseline: Baseline | None) -> str:
    """ "56% (9 of 16), July 2021 (003:313)"; "none in any document" without one."""
    if baseline is None:
        return "none in any document"
    counted = baseline.denominator is not None
    shown = f"{float(baseline.value * 100):.4g}%" if baseline.value < 1 or counted else f"{float(baseline.value):g}"
    if baseline.value == 1 and not counted:
        shown = "100%"
    counts = f" ({baseline.numerator} of {baseline.denominator})" if counted else ""
    return f"{shown}{counts}, {baseline.period} ({baseline.place})"


def milestone_words(goal: Goal | None, year: str) -> str:
    """ "at most 40% in 2023/24"; "none set for 2025/26"."""
    return f"{goal.words} in {year}" if goal else f"none set for {year}"


def sentence(outcome: Outcome, plan: Plan, judgement: Judgement) -> str:
    """The verdict on an outcome as a person would say it, with its counts and its doubt."""
    makers = {
        "met": _compared,
        "near": _compared,
        "not_met": _compared,
        "not_attainable": _not_attainable,
        "incomplete": _incomplete,
        "no_data": _no_data,
    }
    if judgement.status == "no_measure":
        return "No measure defined: this outcome rests on the evidence and narrative that people attach."
    if judgement.status == "no_milestone":
        return _no_milestone(plan, judgement)
    if judgement.status == "no_baseline":
        return _no_baseline(outcome, judgement)
    return makers[judgement.status](judgement)


def _figure(judgement: Judgement) -> str:
    count = judgement.figure.count if judgement.figure else None
    return f"{figure_words(count)} in {period_words(judgement.figure, judgement.year)}"


def _compared(judgement: Judgement) -> str:
    assert judgement.goal is not None
    away = "" if judgement.status == "met" else f", {gap_words(judgement)}"
    first = f"{STATUS[judgement.status][1]}: {_figure(judgement)} against {judgement.goal.words}{away}."
    return f"{first} {_doubt(judgement)}".strip()


def _doubt(judgement: Judgement) -> str:
    if judgement.evidence is None:
        return ""
    chance = chance_words(judgement.evidence.probability)
    if judgement.evidence.word == "too_few":
        return f"Too few cases to tell: that the underlying rate meets the milestone is {chance}."
    sure = "better" if judgement.evidence.word == "better" else "worse"
    return f"There are enough cases to say that the underlying rate is {sure} than the milestone."


def _not_attainable(judgement: Judgement) -> str:
    assert judgement.goal is not None and judgement.figure and judgement.figure.count
    return (
        f"Not attainable at this size: no number of cases out of {judgement.figure.count.n} lies {judgement.goal.words}. "
        f"The figure is {_figure(judgement)}; it is to be judged on four quarters."
    )


def _incomplete(judgement: Judgement) -> str:
    assert judgement.figure is not None
    if judgement.figure.missing:
        first = f"Incomplete: {missing_words(judgement.figure)}."
        return first if judgement.figure.count is None else f"{first} Without it the figure is {_figure(judgement)}."
    goal = judgement.goal.words if judgement.goal else ""
    return f"Incomplete: {_figure(judgement)}; the year must end before {goal} can be judged."


def _no_data(judgement: Judgement) -> str:
    figure = judgement.figure
    if figure is not None and figure.count is not None:
        period = period_words(figure, judgement.year)
        comma = "" if period == judgement.year else ","
        return f"No data: every return for {period}{comma} is in and holds no case to divide by."
    if figure is not None and figure.wanted and all(quarter.number == 4 for quarter in figure.wanted):
        return f"No data: the yearly survey of {judgement.year} has not been sent."
    if figure is not None and not figure.wanted:
        return f"No data: this is a yearly survey, and {judgement.year} is not over."
    return f"No data: no return for {judgement.year} has been sent."


def _no_milestone(plan: Plan, judgement: Judgement) -> str:
    count = judgement.figure.count if judgement.figure else None
    said = f" The figure is {_figure(judgement)}." if count is not None else " There is no figure yet."
    if judgement.figure and judgement.figure.missing:
        said += f" Incomplete: {missing_words(judgement.figure)}."
    if not judgement.outside_plan:
        return f"No milestone set: the plan gives none for {judgement.year}.{said}"
    before = judgement.year < plan.first.financial_year
    where = "before the plan starts" if before else "after the plan's end"
    return f"No milestone set: {judgement.year} lies {where} (the plan runs from {plan.first} to {plan.last}).{said}"


def _no_baseline(outcome: Outcome, judgement: Judgement) -> str:
    count = judgement.figure.count if judgement.figure else None
    said = f" The figure is {_figure(judgement)}." if count is not None and count.value is not None else ""
    return (
        "No baseline: the plan promises a change from a starting point that no document gives, so it cannot be judged "
        f"until an audit supplies one.{said}"
    )


def headline(title: str, figure: PeriodCount, year: str) -> str:
    """An indicator's page title: "Adults asked …: 72.4% (252 of 348) in 2022/23"."""
    if figure.count is None:
        return f"{title}: no figure for {year}"
    return f"{title}: {figure_words(figure.count)} in {period_words(figure, year)}"


def polarity_words(polarity: str) -> str:
    """Which way is better, in words."""
    return {
        "increase": "higher is better",
        "decrease": "lower is better",
        "neutral": "neither higher nor lower is plainly better",
    }[polarity]


def small_numbers_words(count: Count | None) -> str:
    """A caution beside a share of few cases; empty when there are 20 or more, or nothing to divide by."""
    if count is None or not count.n or count.n >= 20:
        return ""
    cases = "1 case" if count.n == 1 else f"{count.n} cases"
    return f"Only {cases}: one more or less moves the share by {100 / count.n:.0f} points."


def changed_figure(title: str, before: Count | None, after: Count | None, period: str) -> str:
    """ "Repeat referrals: 12.5% (1 of 8) before, 20.0% (2 of 10) after, in 2023/24 Q2"."""
    return f"{title}: {figure_words(before)} before, {figure_words(after)} after, in {period}"


def changed_status(title: str, before: Status, after: Status, period: str) -> str:
    """ "Fewer repeat referrals: ✔ Met before, ✖ Not met after, in 2023/24"."""
    return f"{title}: {status_words(before)} before, {status_words(after)} after, in {period}"


VARIATION: dict[PointType, tuple[str, str]] = {
    "common_cause": ("≈", "Common cause"),
    "special_cause_improvement": ("★", "Special cause, improving"),
    "special_cause_concern": ("!", "Special cause, of concern"),
    "special_cause_neutral_high": ("↑", "Special cause, high"),
    "special_cause_neutral_low": ("↓", "Special cause, low"),
}
ASSURANCE: dict[Assurance, tuple[str, str]] = {
    "pass": ("P", "Pass"),
    "hit_or_miss": ("±", "Hit or miss"),
    "fail": ("F", "Fail"),
}


def variation_words(chart: ControlChart) -> str:
    """ "★ Special cause, improving"; empty while there are too few points for a verdict."""
    return " ".join(VARIATION[chart.variation]) if chart.variation and chart.chart == "full" else ""


def assurance_words(chart: ControlChart) -> str:
    """ "± Hit or miss"; empty without an assurance."""
    return " ".join(ASSURANCE[chart.assurance]) if chart.assurance else ""


def control_sentence(chart: ControlChart, unit: Unit) -> str:
    """What a control chart tells: variation, then assurance, or how many points either still needs."""
    since = " since the last rebase" if chart.points and chart.points[-1].segment else ""
    have = f"{counted(chart.points_since_rebase, 'period')}{since}"
    latest = chart.latest
    if chart.chart == "trial_limits":
        return f"Trial limits from {have}: a verdict needs {POINTS_FOR_A_VERDICT}."
    if chart.points_since_rebase < POINTS_FOR_TRIAL_LIMITS:
        return f"No limits yet: {have} with a figure, and {POINTS_FOR_TRIAL_LIMITS} are needed for trial limits."
    if chart.chart != "full" or latest is None or chart.variation is None:
        return "No limits: among the periods they rest on, no two in a row have a figure."
    value, why = _level(latest.value, unit), _special_cause(latest, unit)
    said = f"{VARIATION[chart.variation][1]}: the latest of {have}, {value}, {why}."
    return f"{said} {assured(chart, unit)}".strip()


def _special_cause(point: Point, unit: Unit) -> str:
    high = point.direction > 0
    limit = f"{'upper' if high else 'lower'} limit of {_level(point.upper if high else point.lower, unit)}"
    mean = f"the mean of {_level(point.mean, unit)}"
    if point.rule is None and point.lower == point.upper:
        return "is the same as the ones before it"
    if point.rule is None:
        return f"varies about {mean} as the ones before it did"
    return {
        "outside_limits": f"lies {'above' if high else 'below'} the {limit}",
        "trend": f"is one of seven or more in a row that {'rise' if high else 'fall'}",
        "two_of_three": f"is one of two or more in three that lie close to the {limit}",
        "shift": f"is one of seven or more in a row {'above' if high else 'below'} {mean}",
    }[point.rule]


def assured(chart: ControlChart, unit: Unit) -> str:
    """What the limits say of the target, with the limits; "" without an assurance."""
    if chart.assurance is None:
        return ""
    low, high = (_level(limit, unit) for limit in (chart.points[-1].lower, chart.points[-1].upper))
    limits = f"limits at {low}" if low == high else f"limits {low} to {high}"
    target = f"the target of {_level(chart.target, unit)}"
    said = {
        "pass": f"the process can be relied on to meet {target}",
        "hit_or_miss": f"chance decides whether {target} is met",
        "fail": f"the process will miss {target} unless it changes",
    }[chart.assurance]
    return f"{ASSURANCE[chart.assurance][1]}: {said} ({limits})."


def _level(value: float | None, unit: Unit) -> str:
    """A mean or a limit as drawn: no share below 0% or above 100%, no count below 0."""
    assert value is not None  # limits are drawn, so there are some
    least = max(value, 0.0)
    return percent_words(min(least, 1.0)) if unit == "share" else f"{round(least, 1):,g}"


def recent_trend_sentence(trend: RecentTrend) -> str:
    """ "Recent trend: increasing over the last 5 periods, which is better."."""
    if trend.direction == "cannot_be_calculated":
        return f"Recent trend: cannot be calculated, because {trend.reason}."
    if trend.direction == "no_change":
        alone = f"; {trend.reason}" if trend.reason else ""
        return f"Recent trend: no significant change over the last {TREND_POINTS} periods{alone}."
    verdict = f", which is {trend.verdict}" if trend.verdict else ""
    return f"Recent trend: {trend.direction} over the last {TREND_POINTS} periods{verdict}."


def run_chart_sentence(run: RunChart) -> str:
    """Whether the values go back and forth about their median as chance would have them."""
    if run.signal is None:
        return (
            f"Run chart: {counted(run.useful, 'figure')} off the median, and {POINTS_FOR_RUNS} are needed to test it."
        )
    said = "more than chance" if run.signal else "as chance would have it"
    longest = f"the longest run is {run.longest_run}, at most {run.longest_run_limit} expected"
    crossings = f"the median is crossed {counted(run.crossings, 'time')}, at least {run.crossings_limit} expected"
    return f"Run chart: {said}; of {run.useful} figures off the median {longest}, and {crossings}."


def rare_events_sentence(events: RareEvents, thing: str) -> str:
    """ "2 safeguarding adult reviews from 1 April 2023 to 31 March 2026, the latest 143 days before that. …" """
    first, last = (f"{day.day} {day:%B %Y}" for day in (events.first, events.last))
    ago = events.days_since_last
    latest = "none on record" if ago is None else f"the latest {counted(ago, 'day')} before that"
    low, high = events.interval
    return (
        f"{counted(events.count, thing)} from {first} to {last}, {latest}. Uncertainty about the underlying rate: "
        f"{low:.1f} to {high:.1f} in such a period ({events.confidence * 100:.4g}% confidence)."
    )
