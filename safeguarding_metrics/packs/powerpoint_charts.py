"""Line charts as PowerPoint draws them itself: their numbers are in a workbook inside, ready to be edited."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from safeguarding_metrics.packs.blocks import Chart
from safeguarding_metrics.packs.fitting import fitted
from safeguarding_metrics.packs.powerpoint_shapes import FONT, Box, british, rgb
from safeguarding_metrics.packs.same_words import (
    INK,
    QUIET,
    RULE,
    alt_of,
    axis_format,
    axis_of,
    colours,
    legible,
    number_format,
    one_line,
)

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LABEL = 60.0  # points a period takes beneath the axis when it is not turned
_EARLIEST = datetime(1980, 1, 1)  # a time that is nobody's


class _Numbers(CategoryChartData):
    """The numbers of a chart; in the workbook inside every text is text, and no clock was asked."""

    def __init__(self, chart: Chart) -> None:
        super().__init__(number_format=number_format(chart))  # type: ignore[no-untyped-call]
        self.shown = chart
        self.categories = [legible(period) for period in chart.categories]
        for line in chart.lines:
            self.add_series(legible(line.name), line.values)  # type: ignore[no-untyped-call]

    @property
    def xlsx_blob(self) -> bytes:
        """Periods in the first column, a column for each line, then the counts."""
        memory, chart = io.BytesIO(), self.shown
        with xlsxwriter.Workbook(memory, _OPTIONS) as book:
            book.set_properties({"created": _EARLIEST})
            sheet, form = book.add_worksheet("Sheet1"), book.add_format({"num_format": self.number_format})
            sheet.set_column(0, len(chart.lines) + 1, 16)
            for row, period in enumerate(chart.categories, start=1):
                sheet.write_string(row, 0, legible(period))
            for column, line in enumerate(chart.lines, start=1):
                sheet.write_string(0, column, legible(line.name))
                for row, value in enumerate(line.values, start=1):
                    if value is not None:
                        sheet.write_number(row, column, value, form)
            sheet.write_string(0, len(chart.lines) + 1, "Counts")
            for row, counts in enumerate(chart.counts, start=1):
                sheet.write_string(row, len(chart.lines) + 1, legible(counts))
        return memory.getvalue()


def add_chart(slide: Slide, box: Box, chart: Chart) -> None:
    """A line chart at a place, with its alternative text. Raises ValueError where it has none."""
    shapes: Any = slide.shapes
    frame = shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box.lengths(), _Numbers(chart))
    named = frame.element.nvGraphicFramePr.cNvPr
    named.set("name", one_line(chart.title)[:200])
    named.set("descr", alt_of(chart))
    drawn = frame.chart
    drawn.font.name, drawn.font.size, drawn.font.color.rgb = FONT, Pt(10), rgb(INK)
    drawn.has_title = True
    title, size = fitted(one_line(chart.title), box.width - 60, 36, (14, 13, 12, 11, 10, 9), bold=True)
    drawn.chart_title.text_frame.text = title
    letters = drawn.chart_title.text_frame.paragraphs[0].runs[0].font
    letters.size, letters.bold, letters.color.rgb = Pt(size), True, rgb(INK)
    drawn.chart_title.include_in_layout = False
    drawn.has_legend = True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _lines(drawn, chart)
    _axes(drawn, chart, turned=len(chart.categories) * _LABEL > box.width - 50)
    british(drawn.part._element)


def _lines(drawn: Any, chart: Chart) -> None:
    for series, line, ink in zip(drawn.plots[0].series, chart.lines, colours(chart), strict=True):
        colour = rgb(ink)
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = colour, Pt(1.75 if line.dashed else 2.25)
        if line.dashed:
            series.format.line.dash_style = MSO_LINE.DASH
            series.marker.style = XL_MARKER_STYLE.NONE
            continue
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
        series.marker.format.line.color.rgb = colour


def _axes(drawn: Any, chart: Chart, *, turned: bool) -> None:
    low, high, step = axis_of(chart)
    values, periods = drawn.value_axis, drawn.category_axis
    values.minimum_scale, values.maximum_scale, values.major_unit = low, high, step
    values.major_gridlines.format.line.color.rgb = rgb(RULE)
    values.major_gridlines.format.line.width = Pt(0.5)
    values.format.line.fill.background()
    values.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_labels.number_format = axis_format(chart)
    values.tick_labels.number_format_is_linked = False
    periods.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    periods.format.line.color.rgb = rgb(QUIET)
    periods.tick_labels.font.size = Pt(10)
    if turned:
        periods._element.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").set("rot", "-2700000")
