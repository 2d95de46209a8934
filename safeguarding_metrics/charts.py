"""Pictures of a series: a small SVG for tables, one Plotly figure (a plain dict) for a page, one SVG to take away."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from dataset.quarter import Quarter
from safeguarding_metrics import indicator_wording as words
from safeguarding_metrics import wording
from safeguarding_metrics.charted import Chart, Stretch, bounds, chart_of, drawn, goals_of, is_rolling, is_small, number
from safeguarding_metrics.charts_colours import LIMIT, LINE, POINT, SPECIAL, TARGET
from safeguarding_metrics.charts_labels import labels
from safeguarding_metrics.charts_svg import as_svg
from safeguarding_metrics.measuring import PeriodCount, Series
from safeguarding_metrics.targets import Goal

WIDTH, HEIGHT, MARGIN = 132, 34, 4
ROOM_FOR_LABELS = 92


def basis_words(series: Series) -> str:
    """What one point of the line stands for."""
    return words.basis_words(yearly=series.indicator.is_yearly, rolling=is_rolling(series))


def sparkline(series: Series, last: Quarter, goals: dict[str, Goal]) -> tuple[str, str]:
    """An SVG as a data address and its alternative text; gaps stay gaps, milestones are stepped dashes."""
    points = drawn(series, last)
    values = [number(figure) for _, figure in points]
    seen = [value for value in values if value is not None]
    ends = [bound for goal in goals.values() for bound in bounds(goal)]
    low, high = min([*seen, *ends, 0.0]), max([*seen, *ends], default=1.0) or 1.0
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
    return as_address(svg), _described(series, points)


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
        for bound in bounds(goals.get(quarter.financial_year)):
            x, y = at(index, bound)
            left, right = (x - 6, x + 6) if index else (x, x + 6)
            dashes.append(
                f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{TARGET}" '
                'stroke-width="1.5" stroke-dasharray="4 3"/>'
            )
    return "".join(dashes)


def _described(series: Series, points: list[tuple[Quarter, PeriodCount]]) -> str:
    return words.line_sentence([(q, one) for q, one in points if number(one) is not None], basis_words(series))


def figure(chart: Chart) -> dict[str, Any]:
    """The page's one chart as a plain Plotly dict; its alternative text is `chart.alt`."""
    names = [str(point.quarter) for point in chart.points]
    share = chart.indicator.is_share
    traces = [
        *(trace for one in chart.stretches for trace in _limit_traces(one, names)),
        *_target_traces(chart, names),
        _line_trace(chart, names),
        *_special_traces(chart, names),
    ]
    layout = {
        "height": 400,
        "margin": {"l": 10, "r": ROOM_FOR_LABELS if chart.has_limits else 10, "t": 44, "b": 10},
        "showlegend": any(trace["showlegend"] for trace in traces),
        "legend": {"orientation": "h", "x": 0, "y": 1.04, "yanchor": "bottom", "xanchor": "left", "itemclick": False},
        "xaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": names,
            "range": [-0.5, len(names) - 0.5],
            "tickangle": -45,
            "automargin": True,
            "showgrid": False,
            "nticks": 12,
        },
        "yaxis": {
            "rangemode": "normal" if chart.axis[0] else "tozero",
            "tickformat": ".0%" if share else ",d",
            "automargin": True,
            "gridcolor": "rgba(128,128,128,0.25)",
        },
        "shapes": [_rebase_line(place) for place, _ in chart.rebases],
        "annotations": labels(chart),
        "dragmode": False,
    }
    return {"data": traces, "layout": layout}


def _line_trace(chart: Chart, names: list[str]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": chart.indicator.title,
        "showlegend": False,
        "x": names,
        "y": [point.value for point in chart.points],
        "text": [wording.figure_words(point.figure.count) for point in chart.points],
        "hovertemplate": "%{x}: %{text}<extra></extra>",
        "connectgaps": False,
        "line": {"color": LINE, "width": 2.5},
        "marker": {"size": 7, "color": LINE},
    }


def _special_traces(chart: Chart, names: list[str]) -> list[dict[str, Any]]:
    """The special causes over the line, a trace for each class: its own shape, its own colour, named in words."""
    traces = []
    for kind, (colour, symbol) in SPECIAL.items():
        found = [
            (name, point.value)
            for name, point in zip(names, chart.points, strict=True)
            if point.is_special and point.control is not None and point.control.point_type == kind
        ]
        if found:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": words.SHAPES[kind][1].capitalize(),
                    "showlegend": True,
                    "x": [name for name, _ in found],
                    "y": [value for _, value in found],
                    "marker": {"size": 12, "color": colour, "symbol": symbol},
                    "hoverinfo": "skip",
                }
            )
    return traces


def _limit_traces(one: Stretch, names: list[str]) -> list[dict[str, Any]]:
    """Mean and limits of one segment: long dashes, or dots where they are trial."""
    dashes = {"mean": "solid", "lower": "longdash", "upper": "longdash"}
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "showlegend": False,
            "x": names[one.first : one.last + 1],
            "y": [getattr(one, name)] * (one.last - one.first + 1),
            "line": {"color": LIMIT, "width": 1.5, "dash": "dot" if one.trial else dash},
            "hoverinfo": "skip",
        }
        for name, dash in dashes.items()
    ]


def _target_traces(chart: Chart, names: list[str]) -> list[dict[str, Any]]:
    traces = []
    for side in ("at_least", "at_most"):
        ends = [getattr(chart.goals.get(point.quarter.financial_year), side, None) for point in chart.points]
        if any(end is not None for end in ends):
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": f"Milestone ({side.replace('_', ' ')})",
                    "showlegend": False,
                    "x": names,
                    "y": [None if end is None else float(end) for end in ends],
                    "line": {"color": TARGET, "width": 2, "dash": "dash", "shape": "hvh"},
                    "hoverinfo": "skip",
                }
            )
    return traces


def _rebase_line(place: int) -> dict[str, Any]:
    x = place - 0.5
    line = {"color": LIMIT, "width": 1.5, "dash": "dashdot"}
    return {"type": "line", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": line}


def as_address(svg: str) -> str:
    """A picture as the address of an <img>, so that nothing is fetched for it."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


__all__ = [
    "Chart",
    "as_address",
    "as_svg",
    "basis_words",
    "chart_of",
    "drawn",
    "figure",
    "goals_of",
    "is_small",
    "sparkline",
]
