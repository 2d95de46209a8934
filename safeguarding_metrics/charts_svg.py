"""The chart of an indicator as an SVG file of its own: for a download, and for packs.

It is drawn on white in colours that print; everything in it is also in its description.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, floor, log10
from xml.sax.saxutils import escape

from safeguarding_metrics import indicator_wording as words
from safeguarding_metrics.charted import Chart, bounds
from safeguarding_metrics.process_control import PointType

WIDTH, HEIGHT = 860, 430
LEFT, RIGHT, TOP, BOTTOM = 62, 110, 74, 92
INK, QUIET, LINE, TARGET, LIMIT = "#1f1f1f", "#4a4f57", "#12436D", "#B3400A", "#5f656e"
COLOURS: dict[PointType, str] = {
    "special_cause_improvement": "#1b7a72",
    "special_cause_concern": "#801650",
    "special_cause_neutral_high": "#5d4596",
    "special_cause_neutral_low": "#5d4596",
}
_LABELS = 12  # quarters named beneath the axis at most


@dataclass(frozen=True)
class _Plane:
    """Where values lie on the drawing: `count` points side by side between `low` and `high`."""

    count: int
    low: float
    high: float

    def x(self, place: float) -> float:
        return LEFT + (place + 0.5) * (WIDTH - LEFT - RIGHT) / max(self.count, 1)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (value - self.low) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)


def as_svg(chart: Chart, *, title: str, period: str, source: str) -> str:
    """The chart with title, period, source and alternative text; nothing in it is loaded from elsewhere."""
    ticks = ticks_between(*chart.axis)
    plane = _Plane(len(chart.points), ticks[0], ticks[-1])
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        _text(LEFT, 26, title, size=17, weight="bold"),
        _text(LEFT, 48, f"{period}. Source: {source}.", size=13, colour=QUIET),
        _axes(chart, plane, ticks),
        _targets(chart, plane),
        _limits(chart, plane),
        _rebases(chart, plane),
        _line(chart, plane),
        _points(chart, plane),
        _key(chart),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-labelledby="title description" font-family="Arial, Helvetica, sans-serif">'
        f'<title id="title">{escape(title)}</title><desc id="description">{escape(chart.alt)}</desc>'
        f"{''.join(parts)}</svg>\n"
    )


def ticks_between(low: float, high: float) -> list[float]:
    """Round numbers from `low` or just below to `high` or just above, four to eight of them."""
    raw = (high - low) / 5 or 1.0
    size = 10 ** floor(log10(raw))
    step = size * next(one for one in (1.0, 2.0, 2.5, 5.0, 10.0) if raw <= one * size * 1.0000001)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [place * step for place in range(first, max(last, first + 1) + 1)]


def _text(
    x: float, y: float, text: str, *, size: int = 12, colour: str = INK, anchor: str = "start", weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" '
        f'font-weight="{weight}">{escape(text)}</text>'
    )


def _straight(x1: float, y1: float, x2: float, y2: float, colour: str, *, width: float = 1, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"{dashes}/>'


def _axes(chart: Chart, plane: _Plane, ticks: list[float]) -> str:
    parts = []
    for value in ticks:
        y = plane.y(value)
        parts.append(_straight(LEFT, y, WIDTH - RIGHT, y, INK if value == ticks[0] else "#d5d9df"))
        shown = f"{value:.3%}" if chart.indicator.is_share else f"{value:,.2f}"
        digits, sign = shown.rstrip("%"), "%" if chart.indicator.is_share else ""
        parts.append(_text(LEFT - 8, y + 4, digits.rstrip("0").rstrip(".") + sign, colour=QUIET, anchor="end"))
    every = -(-len(chart.points) // _LABELS)
    for place, point in enumerate(chart.points):
        if (len(chart.points) - 1 - place) % every == 0:
            x, y = plane.x(place) + 4, HEIGHT - BOTTOM + 16
            label = _text(x, y, str(point.quarter), colour=QUIET, anchor="end")
            parts.append(f'<g transform="rotate(-40 {x:.1f} {y:.1f})">{label}</g>')
    return "".join(parts)


def _targets(chart: Chart, plane: _Plane) -> str:
    parts = []
    for year, goal in chart.goals.items():
        places = [i for i, point in enumerate(chart.points) if point.quarter.financial_year == year]
        left, right = plane.x(places[0] - 0.5), plane.x(places[-1] + 0.5)
        for bound in bounds(goal):
            parts.append(_straight(left, plane.y(bound), right, plane.y(bound), TARGET, width=2, dash="7 5"))
        parts.append(_text(left + 3, plane.y(bounds(goal)[0]) + 15, f"{goal.words}", colour=TARGET))
    return "".join(parts)


def _limits(chart: Chart, plane: _Plane) -> str:
    parts = []
    for one in chart.stretches:
        dash = "2 4" if one.trial else "9 5"
        for level, kind in ((one.mean, "2 4" if one.trial else ""), (one.lower, dash), (one.upper, dash)):
            y = plane.y(level)
            parts.append(_straight(plane.x(one.first), y, plane.x(one.last), y, LIMIT, width=1.4, dash=kind))
        if one.trial and one is not chart.stretches[-1]:
            parts.append(_text(plane.x(one.first), plane.y(one.upper) - 5, words.TRIAL, colour=LIMIT))
    for one in chart.stretches[-1:]:
        for level, text in words.limit_labels(one, chart.indicator.is_share):
            parts.append(_text(plane.x(one.last) + 9, plane.y(level) + 4, text, colour=LIMIT))
    return "".join(parts)


def _rebases(chart: Chart, plane: _Plane) -> str:
    parts = []
    for place, one in chart.rebases:
        x, early = plane.x(place - 0.5), place < len(chart.points) / 2
        parts.append(_straight(x, TOP, x, HEIGHT - BOTTOM, LIMIT, width=1.4, dash="8 3 2 3"))
        words_at = x + 4 if early else x - 4
        parts.append(_text(words_at, TOP - 3, f"Rebased from {one.quarter}", anchor="start" if early else "end"))
    return "".join(parts)


def _line(chart: Chart, plane: _Plane) -> str:
    """Straight pieces between neighbours that both have a value: a gap stays a gap."""
    parts = []
    for place, (before, now) in enumerate(zip(chart.points, chart.points[1:], strict=False)):
        if before.value is not None and now.value is not None:
            ends = (plane.x(place), plane.y(before.value), plane.x(place + 1), plane.y(now.value))
            parts.append(_straight(*ends, LINE, width=2.5))
    return "".join(parts)


def _points(chart: Chart, plane: _Plane) -> str:
    parts = []
    for place, point in enumerate(chart.points):
        if point.value is None:
            continue
        x, y = plane.x(place), plane.y(point.value)
        if point.is_special and point.control is not None:
            kind = point.control.point_type
            parts.append(SHAPES[kind](x, y, COLOURS[kind]))
        else:
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.6" fill="{LINE}"/>')
        if point.restated:
            parts.append(_text(x, y - 14, "restated", size=11, colour=QUIET, anchor="middle"))
    return "".join(parts)


def _key(chart: Chart) -> str:
    """What each shape means, on the last line."""
    parts, x = [], float(LEFT)
    for kind, shape in SHAPES.items():
        if any(p.is_special and p.control is not None and p.control.point_type == kind for p in chart.points):
            name = words.SHAPES[kind][1]
            parts.append(shape(x + 6, HEIGHT - 12, COLOURS[kind]) + _text(x + 18, HEIGHT - 8, name))
            x += 40 + 6.4 * len(name)
    return "".join(parts)


def _polygon(corners: tuple[tuple[float, float], ...]) -> Callable[[float, float, str], str]:
    def draw(x: float, y: float, colour: str) -> str:
        at = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
        return f'<polygon points="{at}" fill="{colour}" stroke="#ffffff" stroke-width="1"/>'

    return draw


SHAPES: dict[PointType, Callable[[float, float, str], str]] = {
    "special_cause_improvement": _polygon(
        (
            (0, -8),
            (2, -2.6),
            (7.6, -2.5),
            (3.1, 1),
            (4.7, 6.5),
            (0, 3.2),
            (-4.7, 6.5),
            (-3.1, 1),
            (-7.6, -2.5),
            (-2, -2.6),
        )
    ),
    "special_cause_concern": _polygon(((0, -7.5), (6, 0), (0, 7.5), (-6, 0))),
    "special_cause_neutral_high": _polygon(((0, -7), (6.5, 5), (-6.5, 5))),
    "special_cause_neutral_low": _polygon(((0, 7), (6.5, -5), (-6.5, -5))),
}
