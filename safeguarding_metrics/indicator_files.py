"""An indicator quarter by quarter, as a table to read and as files to take away: CSV and a workbook.

Nothing in them is a formula: a text that looks like one is written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from dataset.quarter import Quarter
from dataset.rebase import Rebase
from dataset.spreadsheets import harmless
from safeguarding_metrics import indicator_wording as words
from safeguarding_metrics import wording
from safeguarding_metrics.charted import Chart, Drawn
from safeguarding_metrics.measuring import Count, PeriodCount, Series, over
from safeguarding_metrics.uncertainty import count_interval, share_interval

Cell = str | int | float
Line = tuple[Quarter, PeriodCount, PeriodCount, str]

HEADS = (
    "indicator",
    "title",
    "quarter",
    "numerator",
    "denominator",
    "value",
    "interval_low",
    "interval_high",
    "year_to_date",
    "year_to_date_numerator",
    "year_to_date_denominator",
    "rolling_year_numerator",
    "rolling_year_denominator",
    "milestone",
    "mean",
    "lower_limit",
    "upper_limit",
    "trial_limits",
    "special_cause",
    "rebased",
    "data",
    "source",
)
_WIDTHS = {
    "title": 44,
    "year_to_date": 40,
    "milestone": 20,
    "special_cause": 26,
    "rebased": 50,
    "data": 40,
    "source": 26,
}


def table_of(series: Series, last: Quarter) -> list[Line]:
    """Each quarter, newest first: its own count, the year to date, and what is to be said of its data."""
    indicator = series.indicator
    rows = []
    for one in reversed(series.quarters):
        if one.quarter > last or (indicator.is_yearly and one.quarter.number != 4):
            continue
        own = over(series, indicator, (one.quarter,))
        year = over(series, indicator, one.quarter.year_to_date())
        rows.append((one.quarter, own, year, _said(own)))
    return rows


def _said(own: PeriodCount) -> str:
    said = wording.missing_words(own) if own.missing else ""
    words = (said, "restated" if own.restated else "", "explained" if own.explained else "")
    return "; ".join(word for word in words if word)


@dataclass(frozen=True)
class Levels:
    """What the process chart draws at one quarter, in words; empty where it draws nothing."""

    mean: str = ""
    lower: str = ""
    upper: str = ""
    special_cause: str = ""


def quarter_rows(series: Series, last: Quarter, chart: Chart) -> list[tuple[Line, Levels]]:
    """The lines of `table_of`, each with the mean, limits and special cause that the chart draws there."""
    levels = _levels(chart)
    return [(line, levels.get(line[0], Levels())) for line in table_of(series, last)]


def _levels(chart: Chart) -> dict[Quarter, Levels]:
    share, found = chart.indicator.is_share, {}
    for one in chart.stretches:
        trial = " (trial)" if one.trial else ""
        mean, lower, upper = (words.level_words(level, share) + trial for level in (one.mean, one.lower, one.upper))
        for point in chart.points[one.first : one.last + 1]:
            found[point.quarter] = Levels(mean, lower, upper, _special(point))
    return found


def _special(point: Drawn) -> str:
    return words.special_cell(point.control.point_type) if point.is_special and point.control else ""


def as_csv(series: Series, last: Quarter, *, invented: bool, chart: Chart | None = None) -> str:
    """Everything as CSV. Every row says whether the data are invented, so that no cut of it can lose that."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in rows(series, last, invented=invented, chart=chart):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return "\ufeff" + text.getvalue()


def as_xlsx(series: Series, last: Quarter, *, invented: bool, chart: Chart | None = None) -> bytes:
    """The same rows as a workbook of one sheet, its head frozen and filtered; numbers are numbers."""
    memory = io.BytesIO()
    found = rows(series, last, invented=invented, chart=chart)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(memory, options) as book:
        sheet = book.add_worksheet("Figures")
        sheet.write_row(0, 0, HEADS, book.add_format({"bold": True}))
        for line, row in enumerate(found, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, place, harmless(cell))
                else:
                    sheet.write_number(line, place, cell)
        for place, head in enumerate(HEADS):
            sheet.set_column(place, place, _WIDTHS.get(head, 14))
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, max(len(found), 1), len(HEADS) - 1)
    return memory.getvalue()


def rows(series: Series, last: Quarter, *, invented: bool, chart: Chart | None = None) -> list[tuple[Cell, ...]]:
    """One row a quarter in the order of HEADS, newest first; what is not known or not drawn is ""."""
    label = "INVENTED DATA" if invented else "returns of the agencies"
    return [
        (
            series.indicator.id,
            series.indicator.title,
            str(quarter),
            *_counts(own.count),
            _plain(own.count.value if own.count else None),
            *(_plain(end) for end in _interval(series, own.count)),
            wording.figure_words(year.count),
            *_counts(year.count),
            *_counts(_rolling(series, quarter)),
            *_drawn(chart, quarter),
            said,
            label,
        )
        for quarter, own, year, said in table_of(series, last)
    ]


def _plain(value: object) -> Cell:
    return "" if value is None else float(f"{float(value):.6g}")  # type: ignore[arg-type]


def _counts(count: Count | None) -> tuple[Cell, Cell]:
    return ("", "") if count is None else (count.k, "" if count.n is None else count.n)


def _rolling(series: Series, quarter: Quarter) -> Count | None:
    """Four quarters that are all in; nothing for yearly figures and for those of a quarter's last day."""
    if series.indicator.is_yearly or not series.indicator.adds_over_quarters:
        return None
    year = over(series, series.indicator, quarter.rolling_year())
    return year.count if year.complete else None


def _interval(series: Series, count: Count | None) -> tuple[float | None, float | None]:
    indicator = series.indicator
    if count is None or (count.n is None and (not indicator.adds_over_quarters or indicator.unit != "cases")):
        return None, None
    if count.margin is not None and count.value is not None:
        return max(0.0, float(count.value) - count.margin), min(1.0, float(count.value) + count.margin)
    found = count_interval(count.k) if count.n is None else share_interval(count.k, count.n)
    return found or (None, None)


def _drawn(chart: Chart | None, quarter: Quarter) -> Iterable[Cell]:
    """Milestone, mean, lower, upper, whether trial, special cause and rebase at a quarter, as the chart has them."""
    if chart is None:
        return [""] * 7
    goal = chart.goals.get(quarter.financial_year)
    place = next((i for i, point in enumerate(chart.points) if point.quarter == quarter), None)
    levels: Sequence[Cell] = ["", "", "", ""]
    for one in chart.stretches:
        if place is not None and one.first <= place <= one.last:
            levels = [_plain(one.mean), _plain(one.lower), _plain(one.upper), "yes" if one.trial else "no"]
    special = "" if place is None else _special(chart.points[place])
    return [goal.words if goal else "", *levels, special, _rebased(place, chart.rebases)]


def _rebased(place: int | None, rebases: Iterable[tuple[int, Rebase]]) -> str:
    return " ".join(f"{one.quarter}: {one.reason}" for at, one in rebases if at == place)
