"""One measure side by side over documents, periods and areas: as a table and, where it helps, as one small chart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from dataset.agencies import STOCKPORT
from dataset.published.figure import Document, Period, PublishedFigure
from safeguarding_metrics.publishing import (
    WHOLE,
    area_name,
    area_order,
    figure_words,
    in_order,
    period_words,
    when,
)
from safeguarding_metrics.publishing_history import history

Cell = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Row:
    """One breakdown and period; a cell holds each value printed there with every place that prints it."""

    breakdown: str
    period: Period
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """One measure side by side: a column for each document and area, a row for each breakdown and period."""

    columns: tuple[tuple[Document, str], ...]
    rows: tuple[Row, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """ "Business plan", "Annual report 2022/23, North West"."""
        names = [f"{document.short[:1].upper()}{document.short[1:]}" for document, _ in self.columns]
        several = {area for _, area in self.columns} != {STOCKPORT.code}
        areas = [f", {area_name(area)}" if several else "" for _, area in self.columns]
        return tuple(name + area for name, area in zip(names, areas, strict=True))


def side_by_side(figures: Sequence[PublishedFigure]) -> Grid:
    """The figures of one measure over documents, areas and periods."""
    ordered = sorted(figures, key=in_order)
    columns = sorted({(f.document, f.area) for f in ordered}, key=lambda c: (c[0].number, area_order(c[1])))
    cells: dict[tuple[str, Period], dict[tuple[Document, str], list[PublishedFigure]]] = {}
    for figure in sorted(ordered, key=lambda f: (f.breakdown, when(f), f.period.kind)):
        row = cells.setdefault((figure.breakdown or WHOLE, figure.period), defaultdict(list))
        row[figure.document, figure.area].append(figure)
    rows = [Row(*key, tuple(_cell(row.get(column, ())) for column in columns)) for key, row in cells.items()]
    return Grid(tuple(columns), tuple(rows))


def _cell(figures: Sequence[PublishedFigure]) -> Cell:
    places: dict[str, list[str]] = defaultdict(list)
    for figure in figures:
        places[figure_words(figure)].append(figure.place)
    return tuple((words, ", ".join(dict.fromkeys(where))) for words, where in places.items())


# Middle tones that keep 3:1 against the light and the dark background alike; each line has a shape of its own too.
_LOOKS = (("#2f7fc1", "circle"), ("#d4500f", "diamond"), ("#1f9a8a", "square"), ("#b0489b", "triangle-up"))
_FEWEST_POINTS = 3
_TICK = 12
_LEVEL_TICKS = 6


def chart(figures: Sequence[PublishedFigure]) -> tuple[dict[str, Any], str] | None:
    """A plain Plotly dict of the breakdown and unit with the most periods, and its alternative text.

    A line for each document and area, interrupted where the series breaks; None where there is no course to see.
    """
    by_part: dict[tuple[str, str], list[PublishedFigure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda one: (when(one), one.document.number)):
        by_part[figure.breakdown, figure.unit].append(figure)
    part = max(by_part.values(), key=lambda same: (len({one.period for one in same}), not same[0].breakdown))
    points = list({(one.document, one.area, one.period, one.value): one for one in part}.values())
    if len({one.period for one in points}) < 2 or len(points) < _FEWEST_POINTS:
        return None
    columns = side_by_side(points)
    named = _names([one.period for one in points])
    traces = [
        _trace(
            [one for one in points if (one.document, one.area) == column], named, name, *_LOOKS[number % len(_LOOKS)]
        )
        for number, (column, name) in enumerate(zip(columns.columns, columns.heads, strict=True))
    ]
    what = points[0].breakdown or WHOLE
    courses = [
        _course([one for one in points if (one.document, one.area) == column], name)
        for column, name in zip(columns.columns, columns.heads, strict=True)
    ]
    alt = f"{what}. {' '.join(courses)} Lines stop where the series breaks."
    return {"data": traces, "layout": _layout(list(named.values()), one_line=len(traces) == 1)}, alt


def _course(points: Sequence[PublishedFigure], name: str) -> str:
    """ "Business plan: from 12 in 2018/19 (financial year) to 2 in 2022/23 (financial year)."."""
    said = [f"{figure_words(one)} in {period_words(one)}" for one in (points[0], points[-1])]
    return f"{name}: {said[0]}." if len(points) == 1 else f"{name}: from {said[0]} to {said[1]}."


def _names(periods: Sequence[Period]) -> dict[Period, str]:
    """What stands under each point, broken into short lines; the kind only where one label has two."""
    labels = Counter(period.label for period in dict.fromkeys(periods))
    said = {one: one.label if labels[one.label] == 1 else f"{one.label} ({one.kind})" for one in periods}
    return {period: "<br>".join(wrap(words, _TICK)) for period, words in said.items()}


def _trace(
    points: Sequence[PublishedFigure], named: Mapping[Period, str], name: str, colour: str, symbol: str
) -> dict[str, Any]:
    x: list[str] = []
    y: list[float | None] = []
    text: list[str] = []
    for strand in history(points):
        for step in strand.steps:
            if x and (not step.goes_on or x[-1] == named[step.figure.period]):
                x, y, text = [*x, named[step.figure.period]], [*y, None], [*text, ""]
            x.append(named[step.figure.period])
            y.append(float(step.figure.value))
            text.append(f"{figure_words(step.figure)}, {step.figure.place}")
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": x,
        "y": y,
        "text": text,
        "hovertemplate": "%{x}: %{text}<extra></extra>",
        "connectgaps": False,
        "line": {"color": colour, "width": 2},
        "marker": {"size": 9, "color": colour, "symbol": symbol},
    }


def _layout(periods: Sequence[str], *, one_line: bool) -> dict[str, Any]:
    grey = "rgba(128,128,128,0.25)"
    return {
        "height": 260 if one_line else 320,
        "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
        "showlegend": not one_line,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        "xaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(dict.fromkeys(periods)),
            "automargin": True,
            "showgrid": False,
            "tickangle": 0 if len(set(periods)) <= _LEVEL_TICKS else -90,
        },
        "yaxis": {"rangemode": "tozero", "automargin": True, "gridcolor": grey},
        "dragmode": False,
    }
