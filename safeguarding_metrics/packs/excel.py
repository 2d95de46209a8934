"""A paper as a workbook: a cover, a sheet for each section, and the figures behind every chart beside the chart itself.

Nothing in it is a formula: every text is written as text, every value as a number.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

import xlsxwriter

from dataset.spreadsheets import harmless
from safeguarding_metrics.packs.blocks import Block, Bullets, Chart, Paper, Paragraph, Section, Table
from safeguarding_metrics.packs.fitting import height_of
from safeguarding_metrics.packs.same_bytes import moment, repacked
from safeguarding_metrics.packs.same_words import (
    BLUE,
    INK,
    MADE_BY,
    PALE,
    QUIET,
    RULE,
    alt_of,
    axis_format,
    axis_of,
    caption_of,
    caption_on_axis,
    chapters,
    colours,
    legible,
    marks,
    number_format,
    one_line,
)

FIGURES = "Figures"
HEADS = ("Chart", "Period", "Line", "Value", "Counts", "Shown and source")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FIGURE_WIDTHS = (40, 12, 22, 10, 17, 46)
_PAGE_WIDTH = 118  # of the columns of a sheet together, in characters
_CELL = 32_000  # Excel holds 32,767 characters in a cell
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\n\t]")
_SIGNED_FIGURE = re.compile(r"[+-][0-9][0-9.,]*[ %A-Za-z]*")
_CHARACTER, _HIGHEST = 5.25, 400  # points: a column is measured in characters of 7 pixels; the highest row
_CHART_WIDTH, _CHART_HEIGHT, _ROW = 520, 320, 20  # pixels; a row that is not set is 20 pixels high


def as_xlsx(paper: Paper) -> bytes:
    """The whole paper. Raises ValueError for a chart without alternative text."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, _OPTIONS) as book:
        book.set_properties(
            {
                "title": one_line(paper.title),
                "subject": one_line(paper.subtitle),
                "author": MADE_BY,
                "category": one_line(paper.marking),
                "comments": " ".join(marks(paper)),
                "created": moment(paper.made_from),
            }
        )
        looks = _Looks(book)
        _cover(book, paper, looks)
        names = _Names()
        for section, chapter in chapters(paper):
            _section(book, paper, section, chapter, names.free(section.title), looks)
        if any(True for _ in paper.charts()):
            _figures(book, paper, looks)
    return repacked(memory.getvalue())


def as_cell(text: str) -> str:
    """Text as a cell shows it, which no spreadsheet takes for a formula, also when it is saved as CSV and opened again.

    A signed figure ("-4.0 points") can be no formula and stays as it is.
    """
    shown = legible(text)
    shown = shown if _SIGNED_FIGURE.fullmatch(shown) else harmless(shown)
    return shown if len(shown) <= _CELL else shown[: _CELL - 1] + "…"


class _Names:
    """Names of sheets: at most 31 characters, none twice, none that Excel keeps for itself."""

    def __init__(self) -> None:
        self.used = {"cover", FIGURES.lower(), "history"}

    def free(self, title: str) -> str:
        plain = " ".join(_NOT_IN_A_NAME.sub(" ", legible(title)).split()).strip("'=+-@ ") or "Section"
        for number in range(1, 10_000):
            end = f" ({number})" if number > 1 else ""
            name = plain[: 31 - len(end)].strip(" '") + end
            if name.lower() not in self.used:
                break
        self.used.add(name.lower())
        return name


class _Looks:
    """The formats of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book

    def _made(self, **how: Any) -> Any:
        return self.book.add_format(
            {"font_name": "Arial", "font_size": 10, "font_color": f"#{INK}", "valign": "top", **how}
        )

    @cached_property
    def text(self) -> Any:
        return self._made(text_wrap=True)

    @cached_property
    def strong(self) -> Any:
        return self._made(text_wrap=True, bold=True)

    @cached_property
    def answer(self) -> Any:
        return self._made(text_wrap=True, bold=True, font_size=13, font_color=f"#{BLUE}")

    @cached_property
    def title(self) -> Any:
        return self._made(text_wrap=True, bold=True, font_size=16, font_color=f"#{BLUE}")

    @cached_property
    def quiet(self) -> Any:
        return self._made(text_wrap=True, font_color=f"#{QUIET}")

    @cached_property
    def caption(self) -> Any:
        return self._made(text_wrap=True, bold=True, font_color=f"#{BLUE}")

    @cached_property
    def head(self) -> Any:
        return self._made(text_wrap=True, bold=True, font_color="#FFFFFF", bg_color=f"#{BLUE}", border=1)

    @cached_property
    def first(self) -> Any:
        return self._made(text_wrap=True, bold=True, bg_color=f"#{PALE}", border=1, border_color=f"#{RULE}")

    @cached_property
    def cell(self) -> Any:
        return self._made(text_wrap=True, border=1, border_color=f"#{RULE}")

    @cached_property
    def values(self) -> dict[str, Any]:
        forms = ("0.0%", "#,##0", "#,##0.0")
        return {
            form: self._made(num_format=form, indent=1, align="right", border=1, border_color=f"#{RULE}")
            for form in forms
        }


@dataclass
class _Sheet:
    """A sheet being written from the top: `widths` of its columns in characters, `line` the next free row."""

    sheet: Any
    widths: list[float]
    line: int = 0

    def across(self, text: str, look: Any, size: float = 10) -> None:
        """Text over all columns, in a row high enough for it; long text goes on in the next row."""
        shown = as_cell(text)
        height = min(_height(shown, sum(self.widths), size) + 4, _HIGHEST)
        last = len(self.widths) - 1
        if last:
            self.sheet.merge_range(self.line, 0, self.line, last, "", look)
        self.sheet.write_string(self.line, 0, shown, look)
        self.sheet.set_row(self.line, height)
        self.line += 1

    def cells(self, texts: Iterable[str], looks: Iterable[Any]) -> float:
        """One row of cells, high enough for the longest of them; its height in points."""
        most = 0.0
        for place, (text, look, width) in enumerate(zip(texts, looks, self.widths, strict=False)):
            shown = as_cell(text)
            self.sheet.write_string(self.line, place, shown, look)
            most = max(most, _height(shown, width - 1, bold=not place))
        height = min(most + 4, _HIGHEST)
        self.sheet.set_row(self.line, height)
        self.line += 1
        return height


def _height(text: str, width: float, size: float = 10, *, bold: bool = True) -> float:
    """Points that text takes in a column so many characters wide."""
    return height_of(text.rstrip(), width * _CHARACTER, size, bold=bold) * 1.06


def _begun(book: Any, paper: Paper, name: str, widths: list[float]) -> _Sheet:
    """A new sheet, printed on A4 across with the marks on every page."""
    sheet = book.add_worksheet(name)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    said = " · ".join(marks(paper)).replace("&", "&&")
    small = '&"Arial,Regular"&9'
    sheet.set_header(f"&L{small} {said[:200]}")  # the space: a digit first would be read as part of the size
    sheet.set_footer(f"&L{small} &A&R{small} Page &P of &N")
    return _Sheet(sheet, widths)


def _cover(book: Any, paper: Paper, looks: _Looks) -> None:
    page = _begun(book, paper, "Cover", [28, 82])
    page.across(paper.title, looks.title, 16)
    if paper.subtitle:
        page.across(paper.subtitle, looks.quiet)
    page.line += 1
    page.across(paper.answer, looks.answer, 13)
    page.line += 1
    for said in marks(paper):
        page.across(said, looks.strong)
    page.line += 1
    for name, text in paper.facts:
        page.cells((name, text), (looks.first, looks.cell))
    page.line += 1
    if any(True for _ in paper.charts()):
        page.across(
            f"The sheet “{FIGURES}” holds the numbers behind every chart, with the chart beside them.", looks.quiet
        )


def _section(book: Any, paper: Paper, section: Section, chapter: str, name: str, looks: _Looks) -> None:
    page = _begun(book, paper, name, _columns(section))
    page.across(section.title, looks.title, 16)
    page.across(" · ".join((chapter, *marks(paper)) if chapter else marks(paper)), looks.quiet)
    frozen = page.line
    for block in section.blocks:
        if isinstance(block, Table) and block is section.blocks[0]:
            _table(page, block, looks)
            frozen = page.line - len(block.rows)
        else:
            _block(page, block, looks)
        page.line += 1
    page.sheet.freeze_panes(frozen, 0)
    page.sheet.repeat_rows(0, frozen - 1)


def _columns(section: Section) -> list[float]:
    """Widths of the columns of a section's sheet: those of its widest table, shared out over the page."""
    tables = [block for block in section.blocks if isinstance(block, Table)]
    widest = max(tables, key=lambda one: len(one.heads), default=None)
    if widest is None:
        return [_PAGE_WIDTH / 4, _PAGE_WIDTH * 3 / 4]
    whole = sum(widest.widths)
    return [max(9.0, round(_PAGE_WIDTH * width / whole, 1)) for width in widest.widths]


def _block(page: _Sheet, block: Block, looks: _Looks) -> None:
    if isinstance(block, Paragraph):
        page.across(block.text, looks.strong if block.strong else looks.text)
    elif isinstance(block, Bullets):
        for item in block.items:
            page.across(f"•  {item}", looks.text)
    elif isinstance(block, Table):
        _table(page, block, looks)
    else:
        page.across(block.title, looks.caption)
        page.across(caption_of(block), looks.quiet)
        page.across(f"{alt_of(block)} The chart and its numbers are on the sheet “{FIGURES}”.", looks.text)


def _table(page: _Sheet, table: Table, looks: _Looks) -> None:
    page.across(table.caption, looks.caption)
    page.cells(table.heads, [looks.head] * len(table.heads))
    for row in table.rows:
        page.cells(row, (looks.first, *[looks.cell] * (len(row) - 1)))


def _figures(book: Any, paper: Paper, looks: _Looks) -> None:
    """Every chart's numbers, one row for each value of each line, with the chart to the right of its rows."""
    page = _begun(book, paper, FIGURES, list(map(float, _FIGURE_WIDTHS)))
    page.cells(HEADS, [looks.head] * len(HEADS))
    page.sheet.freeze_panes(1, 2)
    page.sheet.repeat_rows(0)
    page.sheet.set_column(6, 6, 3)
    for chart in paper.charts():
        first = page.line
        high = _numbers(page, chart, looks)
        if chart.categories and chart.lines:
            _native(book, page, chart, first)
        page.line += max(0, ceil((_CHART_HEIGHT - high) / _ROW)) + 1
    page.sheet.autofilter(0, 0, max(page.line - 1, 1), len(HEADS) - 1)


def _numbers(page: _Sheet, chart: Chart, looks: _Looks) -> float:
    """The rows of one chart; pixels they are high together."""
    form, high = looks.values[number_format(chart)], 0.0
    for line in chart.lines:
        for place, period in enumerate(chart.categories):
            counts = chart.counts[place] if line is chart.lines[0] and place < len(chart.counts) else ""
            source = "" if high else caption_on_axis(chart)  # once, so that the other rows stay low
            texts = (chart.title, period, line.name, "", counts, source)
            high += page.cells(texts, (looks.first, *[looks.cell] * 5))
            value = line.values[place] if place < len(line.values) else None
            if value is None:
                page.sheet.write_blank(page.line - 1, 3, None, form)
            else:
                page.sheet.write_number(page.line - 1, 3, value, form)
    return high / 0.75


def _native(book: Any, page: _Sheet, chart: Chart, first: int) -> None:
    """A chart of Excel's own over the rows of its numbers; its words are those of the cells, never formulas."""
    drawn, count = book.add_chart({"type": "line"}), len(chart.categories)
    for place, (line, ink) in enumerate(zip(chart.lines, colours(chart), strict=True)):
        top, colour = first + place * count, f"#{ink}"
        drawn.add_series(
            {
                "name": [FIGURES, top, 2],
                "categories": [FIGURES, top, 1, top + count - 1, 1],
                "values": [FIGURES, top, 3, top + count - 1, 3],
                "line": {
                    "color": colour,
                    "width": 1.75 if line.dashed else 2.25,
                    "dash_type": "dash" if line.dashed else "solid",
                },
                "marker": {"type": "none"} if line.dashed else _marker(colour),
            }
        )
    low, high, step = axis_of(chart)
    small = {"name": "Arial", "size": 9, "color": f"#{INK}"}
    drawn.set_title({"name": [FIGURES, first, 0], "name_font": {**small, "size": 11}, "overlay": False})
    drawn.set_x_axis({"num_font": {**small, "rotation": -45}, "line": {"color": f"#{QUIET}"}, "label_position": "low"})
    drawn.set_y_axis(
        {
            "min": low,
            "max": high,
            "major_unit": step,
            "num_font": small,
            "num_format": axis_format(chart),
            "major_gridlines": {"visible": True, "line": {"color": f"#{RULE}", "width": 0.5}},
            "line": {"none": True},
        }
    )
    drawn.set_legend({"position": "bottom", "font": small})
    drawn.show_blanks_as("gap")
    drawn.set_size({"width": _CHART_WIDTH, "height": _CHART_HEIGHT})
    how = {"description": alt_of(chart), "object_position": 1}
    page.sheet.insert_chart(first, 7, drawn, how)


def _marker(colour: str) -> dict[str, Any]:
    return {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
