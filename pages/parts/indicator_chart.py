"""The chart of an indicator, what it shows in words, the same numbers as a table, and files of them."""

from __future__ import annotations

import streamlit as st

from dataset.quarter import Quarter
from dataset.rebase import Rebase
from pages.parts.drawing import bullet_list, details, draw, safe, table
from pages.parts.held import View
from pages.parts.taking import WORKBOOK, file_words, offer, picture_files
from safeguarding_metrics import indicator_wording as words
from safeguarding_metrics import wording
from safeguarding_metrics.charts import Chart, as_address, as_svg, chart_of, figure
from safeguarding_metrics.measuring import Series
from safeguarding_metrics.picture_files import Picture
from safeguarding_metrics.process_charts import control_chart
from safeguarding_metrics.progressing import OutcomeRow
from safeguarding_metrics.tracing import as_csv, as_xlsx, quarter_rows

NEWEST = 8
CHARTS_HELD = 100
LIMITS = ("Mean", "Lower limit", "Upper limit", "Special cause")


def chart_for(
    seen: View, series: Series, quarter: Quarter, outcomes: list[OutcomeRow], rebased: tuple[Rebase, ...]
) -> Chart:
    """What the chart shows: the outcome's milestones, and its process where that may be drawn."""
    first = outcomes[0] if outcomes else None

    def made() -> Chart:
        control = control_chart(series, quarter, first.judgement if first else None, rebased)
        return chart_of(series, quarter, first.outcome if first else None, seen.settings, control, rebased)

    key, made_of = (series.indicator.id, quarter), (series, first, rebased, seen.settings)
    return seen.reading.carried.once("charts", key, made_of, made, CHARTS_HELD)


def draw_chart(seen: View, chart: Chart, quarter: Quarter) -> None:
    """The chart, and beneath it what its alternative text says too; paper gets the picture of it."""
    title = chart.indicator.title

    def on_paper() -> str:
        address = as_address(_picture(seen, chart, quarter).svg)
        return f'<img class="on_paper" src="{address}" alt="{safe(title)}. {safe(chart.alt)}">'

    with st.container(key="chart_on_screen"):
        _plotted(seen, chart, quarter)
    draw(seen.reading.carried.once("charts on paper", chart.indicator.id, (chart, quarter), on_paper, CHARTS_HELD))
    said = bullet_list(safe(sentence) for sentence in chart.sentences)
    draw(f'<div class="told">{said}<p class="quiet">Source: {safe(words.source_words(seen.invented))}.</p></div>')


def _plotted(seen: View, chart: Chart, quarter: Quarter) -> None:
    drawn = seen.reading.carried.once(
        "charts plotted", (chart.indicator.id, quarter), (chart,), lambda: figure(chart), CHARTS_HELD
    )
    alt = f"{chart.indicator.title}. {chart.alt}"
    st.plotly_chart(drawn, alt=alt, config={"displayModeBar": False}, key="chart")


def _picture(seen: View, chart: Chart, quarter: Quarter) -> Picture:
    title, source = chart.indicator.title, words.source_words(seen.invented)
    period = f"{chart.points[0].quarter} to {chart.points[-1].quarter}" if chart.points else str(quarter)
    svg = as_svg(chart, title=title, period=period, source=source)
    return Picture(chart.indicator.id, title, period, source, f"{title}. {chart.alt}", svg)


def draw_figures(series: Series, quarter: Quarter, chart: Chart) -> None:
    """The numbers of the chart, newest first, with mean, limits and special cause where they are drawn."""
    limits, adds = chart.has_limits, chart.indicator.adds_over_quarters
    heads = ["Quarter", "This quarter", *(LIMITS if limits else ()), *(["Year to date"] if adds else []), "Data"]
    rows = []
    for (one, own, year, said), levels in quarter_rows(series, quarter, chart):
        drawn = (levels.mean, levels.lower, levels.upper, levels.special_cause) if limits else ()
        ends = (wording.figure_words(year.count), said) if adds else (said,)
        rows.append((str(one), *map(safe, (wording.figure_words(own.count), *drawn, *ends))))
    title = chart.indicator.title
    draw(table(f"{title}, quarter by quarter", heads, rows[:NEWEST], "by_quarter"))
    if rows[NEWEST:]:
        earlier = table("Earlier quarters", heads, rows[NEWEST:], "by_quarter")
        draw(details(f"{len(rows) - NEWEST} earlier quarters", earlier))


def offer_files(seen: View, series: Series, quarter: Quarter, chart: Chart) -> None:
    """The figures as CSV and as a workbook, the chart as a picture."""
    name, invented = f"{series.indicator.id}_{file_words(quarter)}", seen.invented
    files = (
        ("Figures (CSV)", lambda: as_csv(series, quarter, invented=invented, chart=chart), f"{name}.csv", "text/csv"),
        ("Figures (Excel)", lambda: as_xlsx(series, quarter, invented=invented, chart=chart), f"{name}.xlsx", WORKBOOK),
        *picture_files(lambda: _picture(seen, chart, quarter), name),
    )
    offer("figures", files)
