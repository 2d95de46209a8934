"""A chart as it is frozen: its numbers, what it says in words, and the drawing itself."""

from __future__ import annotations

from typing import Any

from dataset.quarter import Quarter
from dataset.rebasing import in_force, rebases
from dataset.store import Reading
from safeguarding_metrics import indicator_wording as words
from safeguarding_metrics import wording
from safeguarding_metrics.charted import Chart, bounds, chart_of
from safeguarding_metrics.charts_svg import as_svg
from safeguarding_metrics.process_charts import control_chart
from safeguarding_metrics.quarterly import QuarterRow
from safeguarding_metrics.settings import Settings


def frozen_chart(
    row: QuarterRow, quarter: Quarter, settings: Settings, reading: Reading, invented: bool
) -> dict[str, Any]:
    """The chart of an indicator up to a quarter; its row has a series."""
    assert row.series is not None
    rebased = in_force(rebases(reading), row.indicator.id)
    control = control_chart(row.series, quarter, row.judgement, rebased)
    chart = chart_of(row.series, quarter, row.outcome, settings, control, rebased)
    period, source = f"{chart.points[0].quarter} to {chart.points[-1].quarter}", words.source_words(invented)
    return {
        "title": row.indicator.title,
        "period": period,
        "source": source,
        "alt": f"{row.indicator.title}. {chart.alt}",
        "sentences": list(chart.sentences),
        "categories": [str(point.quarter) for point in chart.points],
        "values": [point.value for point in chart.points],
        "counts": [
            wording.figure_words(point.figure.count) if point.value is not None else "" for point in chart.points
        ],
        "milestones": [{"name": name, "values": values} for name, values in _milestones(chart)],
        "share": row.indicator.is_share,
        "svg": as_svg(chart, title=row.indicator.title, period=period, source=source),
    }


def _milestones(chart: Chart) -> list[tuple[str, list[float | None]]]:
    """The milestone at each point, or both ends of a band."""
    ends = max((len(bounds(goal)) for goal in chart.goals.values()), default=0)
    names = ["Milestone"] if ends == 1 else ["Milestone, lower end", "Milestone, upper end"]
    found = []
    for place in range(ends):
        values = [
            level[place] if len(level := bounds(chart.goals.get(point.quarter.financial_year))) > place else None
            for point in chart.points
        ]
        found.append((names[place], values))
    return found
