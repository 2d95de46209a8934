"""Pictures of a series: a small SVG for tables, one Plotly figure (a plain dict) for a page.

Colours are the Government Analysis Function's; each line differs from the others in shape too.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from dataset.quarter import Quarter
from safeguarding_metrics import wording
from safeguarding_metrics.measuring import PeriodCount, Series, over
from safeguarding_metrics.plan import Outcome
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.targets import Goal

# Middle tones that keep 3:1 against the light and the dark background alike.
LINE, TARGET, POINT = "#2f7fc1", "#d4500f", "#2f7fc1"
WIDTH, HEIGHT, MARGIN = 132, 34, 4
SMALL = 20  # below this many cases a quarter's share is drawn over the four quarters that end with it


def drawn(series: Series, last: Quarter, quarters: int = 12) -> list[tuple[Quarter, PeriodCount]]:
    """What a line shows: each quarter's own count, or the rolling year where quarters hold few cases."""
    shown = [last.plus(back) for back in range(1 - quarters, 1)]
    indicator = series.indicator
    if indicator.is_yearly:
        return [(q, over(series, indicator, (q,))) for q in shown if q.number == 4]
    return [(q, over(series, indicator, q.rolling_year() if is_small(series) else (q,))) for q in shown]


def is_small(series: Series) -> bool:
    """Whether the usual quarter holds too few cases for a share of its own, or a handful for a count."""
    sizes = sorted(one.count.n if one.count.n is not None else one.count.k for one in series.quarters if one.count)
    return bool(sizes) and sizes[len(sizes) // 2] < SMALL


def basis_words(series: Series) -> str:
    """What one point of the line stands for."""
    if series.indicator.is_yearly:
        return "each point is one yearly survey"
    return "each point is the four quarters that end there" if is_small(series) else "each point is one quarter"


def _number(figure: PeriodCount) -> float | None:
    if figure.count is None or figure.count.value is None or not figure.complete:
        return None
    return float(figure.count.value)


def goals_of(outcome: Outcome | None, settings: Settings) -> dict[str, Goal]:
    """The milestones of an outcome by financial year."""
    if outcome is None or outcome.target is None:
        return {}
    found = {year: outcome.target.goal(year, outcome.baseline, settings) for year in outcome.target.years}
    return {year: goal for year, goal in found.items() if goal is not None}


def _bounds(goal: Goal | None) -> list[float]:
    return [float(bound) for bound in (goal.at_least, goal.at_most) if bound is not None] if goal else []


def sparkline(series: Series, last: Quarter, goals: dict[str, Goal]) -> tuple[str, str]:
    """An SVG as a data address and its alternative text; gaps stay gaps, milestones are stepped dashes."""
    points = drawn(series, last)
    values = [_number(figure) for _, figure in points]
    seen = [value for value in values if value is not None]
    bounds = [bound for goal in goals.values() for bound in _bounds(goal)]
    low, high = min([*seen, *bounds, 0.0]), max([*seen, *bounds], default=1.0) or 1.0
    step = (WIDTH - 2 * MARGIN) / max(len(points) - 1, 1)

    def at(index: int, value: float) -> tuple[float, float]:
        return MARGIN + index * step, HEIGHT - MARGIN - (value - low) / (high - low or 1) * (HEIGHT - 2 * MARGIN)

    parts = [_runs(values, at), _steps([q for q, _ in points], goals, at)]
    last_seen = max((i for i, value in enumerate(values) if value is not None), default=None)
    if last_seen is not None:
        x, y = at(last_seen, values[last_seen] or 0.0)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{POINT}"/>')
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{''.join(parts)}</svg>"
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}", _described(series, points)


def _runs(values: list[float | None], at: Any) -> str:
    lines, run = [], []
    for index, value in enumerate([*values, None]):
        if value is not None:
            run.append("{:.1f},{:.1f}".format(*at(index, value)))
        elif run:
            lines.append(run)
            run = []
    return "".join(
        f'<polyline points="{" ".join(line)}" fill="none" stroke="{LINE}" stroke-width="2"/>' for line in lines
    )


def _steps(quarters: list[Quarter], goals: dict[str, Goal], at: Any) -> str:
    dashes = []
    for index, quarter in enumerate(quarters):
        for bound in _bounds(goals.get(quarter.financial_year)):
            x, y = at(index, bound)
            left, right = (x - 6, x + 6) if index else (x, x + 6)
            dashes.append(
                f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{TARGET}" '
                'stroke-width="1.5" stroke-dasharray="4 3"/>'
            )
    return "".join(dashes)


def _described(series: Series, points: list[tuple[Quarter, PeriodCount]]) -> str:
    known = [(q, figure) for q, figure in points if _number(figure) is not None]
    if not known:
        return "No figures to draw."
    (first, before), (last, now) = known[0], known[-1]
    return (
        f"From {wording.figure_words(before.count)} at {first} to {wording.figure_words(now.count)} at {last}; "
        f"{basis_words(series)}."
    )


def figure(series: Series, last: Quarter, outcome: Outcome | None, settings: Settings) -> tuple[dict[str, Any], str]:
    """The page's one chart as a plain Plotly dict, and its alternative text."""
    points = drawn(series, last, quarters=_length(series, last))
    share = series.indicator.is_share
    goals = goals_of(outcome, settings)
    traces = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "name": series.indicator.title,
            "x": [str(quarter) for quarter, _ in points],
            "y": [_number(one) for _, one in points],
            "text": [wording.figure_words(one.count) for _, one in points],
            "hovertemplate": "%{x}: %{text}<extra></extra>",
            "connectgaps": False,
            "line": {"color": LINE, "width": 2.5},
            "marker": {"size": 7, "color": LINE},
        },
        *_target_traces([quarter for quarter, _ in points], goals),
    ]
    axis = {
        "rangemode": "tozero",
        "tickformat": ".0%" if share else "d",
        "automargin": True,
        "gridcolor": "rgba(128,128,128,0.25)",
    }
    layout = {
        "height": 360,
        "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
        "showlegend": False,
        "xaxis": {"type": "category", "tickangle": -45, "automargin": True, "showgrid": False, "nticks": 12},
        "yaxis": axis,
        "annotations": _target_labels([quarter for quarter, _ in points], goals),
        "dragmode": False,
    }
    return {"data": traces, "layout": layout}, _described(series, points)


def _length(series: Series, last: Quarter) -> int:
    """From the first quarter that could have a point to the last shown; four at least, so that a line has room."""
    first = min((one.quarter.id for one in series.quarters), default=last.id)
    return max(last.id - first + 1, 4)


def _target_traces(quarters: list[Quarter], goals: dict[str, Goal]) -> list[dict[str, Any]]:
    traces = []
    for side in ("at_least", "at_most"):
        bounds = [getattr(goals.get(q.financial_year), side, None) for q in quarters]
        if any(bound is not None for bound in bounds):
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": f"Milestone ({side.replace('_', ' ')})",
                    "x": [str(quarter) for quarter in quarters],
                    "y": [None if bound is None else float(bound) for bound in bounds],
                    "line": {"color": TARGET, "width": 2, "dash": "dash", "shape": "hvh"},
                    "hoverinfo": "skip",
                }
            )
    return traces


def _target_labels(quarters: list[Quarter], goals: dict[str, Goal]) -> list[dict[str, Any]]:
    labels = []
    for number, (year, goal) in enumerate(goals.items()):
        inside = [quarter for quarter in quarters if quarter.financial_year == year]
        if inside:
            bound = _bounds(goal)[-1]
            labels.append(
                {
                    "x": str(inside[0]),
                    "y": bound,
                    "text": f"{year}: {goal.words}",
                    "showarrow": False,
                    "xanchor": "left",
                    "yanchor": "top" if number % 2 else "bottom",  # neighbours' labels do not overlap
                    "font": {"color": TARGET, "size": 12},
                }
            )
    return labels
