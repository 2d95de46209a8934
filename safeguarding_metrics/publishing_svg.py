"""The chart of published figures side by side as an SVG file of its own, drawn from what the page draws.

It is drawn on white; each line has a colour and a shape of its own, and stops where the series breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import Any
from xml.sax.saxutils import escape

from dataset.published.figure import PublishedFigure
from safeguarding_metrics.charts_svg import INK, QUIET, ticks_between
from safeguarding_metrics.picture_files import Picture
from safeguarding_metrics.publishing import WHOLE, title_of
from safeguarding_metrics.publishing_side_by_side import chart, side_by_side
from safeguarding_metrics.settings import Settings

WIDTH, PLOT, LEFT, RIGHT, BOTTOM = 860, 260, 72, 24, 118
_LINE, _LETTER = 19, 7.3
_GRID = "#d5d9df"
_SIGNS: dict[str, Callable[[float, float], str]] = {
    "circle": lambda x, y: f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5"',
    "diamond": lambda x, y: f'<path d="M{x:.1f} {y - 6.5:.1f}l6 6.5l-6 6.5l-6 -6.5z"',
    "square": lambda x, y: f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9"',
    "triangle-up": lambda x, y: f'<path d="M{x:.1f} {y - 6:.1f}l6 10.5h-12z"',
}


def picture_of(figures: Sequence[PublishedFigure], settings: Settings = Settings()) -> Picture | None:
    """The chart of one measure's figures as a picture to take away; None where there is no course to see."""
    found = chart(figures)
    if found is None:
        return None
    drawn, alt = found
    measure = figures[0].measure
    named = drawn["layout"]["xaxis"]["categoryarray"]
    part = next(one for one in {figure.breakdown for figure in figures} if alt.startswith(f"{one or WHOLE}. "))
    title = ", ".join(words for words in (title_of(measure, settings), part) if words)
    first, last = (_level(named[place]) for place in (0, -1))
    period = first if first == last else f"{first} to {last}"
    documents = dict.fromkeys(document.title for document, _ in side_by_side(figures).columns)
    source = "; ".join(documents)
    percent = all(said.split()[0].endswith("%") for trace in drawn["data"] for said in trace["text"] if said)
    svg = _drawing(drawn, title, f"{period}. Source: {source}.", f"{title}. {alt}", percent=percent)
    return Picture(f"published_{measure}", title, period, source, f"{title}. {alt}", svg)


def _level(name: str) -> str:
    """A period's name in one line."""
    return name.replace("-<br>", "-").replace("<br>", " ")


@dataclass(frozen=True)
class _Plane:
    """Where values lie: periods side by side beneath `top`, values between `low` and `high`."""

    names: tuple[str, ...]
    low: float
    high: float
    top: float

    def x(self, name: str) -> float:
        return LEFT + (self.names.index(name) + 0.5) * (WIDTH - LEFT - RIGHT) / len(self.names)

    def y(self, value: float) -> float:
        return self.top + PLOT - (value - self.low) / (self.high - self.low) * PLOT


def _drawing(drawn: dict[str, Any], title: str, about: str, alt: str, *, percent: bool) -> str:
    lines, traces = _lines(about), drawn["data"]
    top = 34 + _LINE * (len(_lines(title, 17)) + len(lines) + len(traces))
    values = [value for trace in traces for value in trace["y"] if value is not None]
    ticks = ticks_between(min(0.0, *values), max(0.0, *values))
    plane = _Plane(tuple(drawn["layout"]["xaxis"]["categoryarray"]), ticks[0], ticks[-1], top)
    parts = [
        _head(title, lines, traces),
        _axes(plane, ticks, percent=percent),
        *(_course(plane, trace) for trace in traces),
    ]
    height = top + PLOT + BOTTOM
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="title description" font-family="Arial, Helvetica, sans-serif">'
        f'<title id="title">{escape(title)}</title><desc id="description">{escape(alt)}</desc>'
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )


def _lines(text: str, size: int = 13) -> list[str]:
    return wrap(text, int((WIDTH - LEFT - RIGHT) / (_LETTER * size / 13)))


def _text(x: float, y: float, text: str, *, size: int = 13, colour: str = INK, look: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{look}>{escape(text)}</text>'


def _head(title: str, about: Sequence[str], traces: Sequence[dict[str, Any]]) -> str:
    """Title, period and source, then a line for each course: its sign and whose figures it shows."""
    parts, y = [], 26.0
    for line in _lines(title, 17):
        parts.append(_text(LEFT, y, line, size=17, look=' font-weight="bold"'))
        y += _LINE
    for line in about:
        parts.append(_text(LEFT, y, line, colour=QUIET))
        y += _LINE
    for trace in traces:
        parts.append(_sign(trace, LEFT + 6, y - 4) + _text(LEFT + 20, y, trace["name"]))
        y += _LINE
    return "".join(parts)


def _axes(plane: _Plane, ticks: Sequence[float], *, percent: bool) -> str:
    parts = []
    for value in ticks:
        y, shown = plane.y(value), f"{value:,.10g}{'%' if percent else ''}"
        colour = INK if value == 0 else _GRID
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}"/>')
        parts.append(_text(LEFT - 8, y + 4, shown, size=12, colour=QUIET, look=' text-anchor="end"'))
    for name in plane.names:
        x, y = plane.x(name) + 4, plane.top + PLOT + 18
        label = _text(x, y, _level(name), size=12, colour=QUIET, look=' text-anchor="end"')
        parts.append(f'<g transform="rotate(-40 {x:.1f} {y:.1f})">{label}</g>')
    return "".join(parts)


def _course(plane: _Plane, trace: dict[str, Any]) -> str:
    """Straight pieces between neighbours that both have a value: where a series breaks there is none."""
    parts, colour = [], trace["line"]["color"]
    at = [None if y is None else (plane.x(x), plane.y(y)) for x, y in zip(trace["x"], trace["y"], strict=True)]
    for before, now in pairwise(at):
        if before and now:
            (x1, y1), (x2, y2) = before, now
            ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
            parts.append(f'<line {ends} stroke="{colour}" stroke-width="2.5"/>')
    return "".join([*parts, *(_sign(trace, *place) for place in at if place)])


def _sign(trace: dict[str, Any], x: float, y: float) -> str:
    look = f' fill="{trace["marker"]["color"]}" stroke="#ffffff" stroke-width="1"/>'
    return _SIGNS[trace["marker"]["symbol"]](x, y) + look
