"""What is written on an indicator's chart on screen: milestones, limits, rebases and restated quarters, each beside its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from safeguarding_metrics import indicator_wording as words
from safeguarding_metrics.charted import Chart, bounds
from safeguarding_metrics.charts_colours import LIMIT, TARGET

LINES_OF_TEXT = 18  # what the height of the chart has room for
LABEL_GOES = 5  # points to the right of where a label begins


def labels(chart: Chart) -> list[dict[str, Any]]:
    """Plotly's annotations of a chart."""
    return [*_target_labels(chart), *_limit_labels(chart), *_event_labels(chart)]


def _target_labels(chart: Chart) -> list[dict[str, Any]]:
    return [
        {
            "x": place,
            "y": level,
            "text": said,
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom" if above else "top",
            "font": {"color": TARGET, "size": 12},
        }
        for (place, level, said), above in placed(chart)
    ]


def placed(chart: Chart) -> list[tuple[tuple[int, float, str], bool]]:
    """The label of every milestone as (first point, level, words), and whether it stands above its line.

    It stands where no other line runs through it, on the other side than a neighbour as high as it where both are free.
    """
    starts = ((next(_places(chart, year), None), year, goal) for year, goal in chart.goals.items())
    found = [(place, bounds(goal)[-1], f"{year}: {goal.words}") for place, year, goal in starts if place is not None]
    sides: list[bool] = []
    for order, (place, level, _) in enumerate(found):
        beside = bool(sides) and abs(found[order - 1][1] - level) < 2 * _line_height(chart)
        usual = not sides[-1] if beside else False
        clashes = {above: _lines_through(chart, place, level, above) for above in (usual, not usual)}
        sides.append(min(clashes, key=clashes.__getitem__))
    return list(zip(found, sides, strict=True))


def _places(chart: Chart, year: str) -> Iterator[int]:
    return (place for place, point in enumerate(chart.points) if point.quarter.financial_year == year)


def _line_height(chart: Chart) -> float:
    low, high = chart.axis
    return (high - low) / LINES_OF_TEXT


def _lines_through(chart: Chart, place: int, level: float, above: bool) -> int:
    """How many means, limits and points lie within a line of text above or beneath a level, as far as a label goes."""
    ends = place, place + LABEL_GOES
    near = [one for one in chart.stretches if one.first <= ends[1] and one.last >= ends[0]]
    drawn = [value for one in near for value in (one.mean, one.lower, one.upper)]
    drawn += [point.value for point in chart.points[ends[0] : ends[1] + 1] if point.value is not None]
    gaps = (value - level if above else level - value for value in drawn)
    return sum(0 < gap < _line_height(chart) for gap in gaps)


def _limit_labels(chart: Chart) -> list[dict[str, Any]]:
    """Mean and limits of the last segment, named at their right end; limits of an earlier one that are trial."""
    trial = [
        {
            "x": one.first,
            "y": one.upper,
            "text": words.TRIAL,
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "bottom",
            "font": {"color": LIMIT, "size": 12},
        }
        for one in chart.stretches[:-1]
        if one.trial
    ]
    return trial + [
        {
            "x": one.last,
            "y": level,
            "text": text,
            "showarrow": False,
            "xanchor": "left",
            "xshift": 8,
            "font": {"color": LIMIT, "size": 12},
        }
        for one in chart.stretches[-1:]
        for level, text in words.limit_labels(one, chart.indicator.is_share)
    ]


def _event_labels(chart: Chart) -> list[dict[str, Any]]:
    """Rebases at the top of their line, restated quarters beneath their point."""
    half = len(chart.points) / 2
    rebased = [
        {
            "x": place - 0.5,
            "y": 1,
            "yref": "paper",
            "text": f"Rebased from {one.quarter}",
            "showarrow": False,
            "xanchor": "left" if place < half else "right",
            "xshift": 4 if place < half else -4,
            "yanchor": "bottom",
            "font": {"size": 12},
        }
        for place, one in chart.rebases
    ]
    restated = [
        {"x": place, "y": point.value, "text": "restated", "showarrow": True, "arrowhead": 0, "ax": 0, "ay": -30}
        for place, point in enumerate(chart.points)
        if point.restated and point.value is not None
    ]
    return rebased + restated
