"""Published figures to take away: a CSV file and a workbook whose every row names its document and line.

Nothing in them is a formula: a text that looks like one is written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import xlsxwriter

from dataset.published.figure import PublishedFigure
from dataset.spreadsheets import harmless
from safeguarding_metrics.publishing import area_name, thing_of, things_that_differ, title_of
from safeguarding_metrics.settings import Settings

Cell = str | int | float

HEADS = (
    "measure",
    "title",
    "breakdown",
    "topic",
    "area",
    "area_name",
    "period",
    "period_kind",
    "value",
    "unit",
    "numerator",
    "denominator",
    "counts",
    "as_printed",
    "document",
    "document_number",
    "line",
    "place",
    "basis",
    "note",
    "documents_differ",
)
_WIDTHS = {"title": 44, "breakdown": 26, "document": 40, "basis": 40, "note": 60, "as_printed": 18, "period": 18}


def rows(figures: Iterable[PublishedFigure], settings: Settings = Settings()) -> list[tuple[Cell, ...]]:
    """One row a figure in the order of HEADS; an unknown count is "", numbers are numbers."""
    differing = things_that_differ()
    return [
        (
            one.measure,
            title_of(one.measure, settings),
            one.breakdown,
            one.topic,
            one.area,
            area_name(one.area),
            one.period.label,
            one.period.kind,
            int(one.value) if one.value.denominator == 1 else float(one.value),
            one.unit,
            "" if one.numerator is None else one.numerator,
            "" if one.denominator is None else one.denominator,
            one.counts,
            one.as_printed,
            one.document.title,
            one.document.number,
            one.line,
            one.place,
            one.basis,
            one.note,
            "yes" if thing_of(one) in differing else "",
        )
        for one in figures
    ]


def as_csv(figures: Iterable[PublishedFigure], settings: Settings = Settings()) -> str:
    """The rows as CSV with a byte order mark, as Excel reads it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in rows(figures, settings):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return "\ufeff" + text.getvalue()


def as_xlsx(figures: Iterable[PublishedFigure], settings: Settings = Settings()) -> bytes:
    """The rows as a workbook of one sheet, its head frozen and filtered."""
    memory = io.BytesIO()
    found = rows(figures, settings)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(memory, options) as book:
        sheet = book.add_worksheet("Published figures")
        sheet.write_row(0, 0, HEADS, book.add_format({"bold": True}))
        for line, row in enumerate(found, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, place, harmless(cell))
                else:
                    sheet.write_number(line, place, cell)
        for place, head in enumerate(HEADS):
            sheet.set_column(place, place, _WIDTHS.get(head, 14))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(found), 1), len(HEADS) - 1)
    return memory.getvalue()
