"""The comparator figures of the demonstration: those the annual report 2022/23 prints, and nothing invented.

They are read from the published figures (004:309-353 and 004:622) and sent once, with the fourth quarter of
2022/23; every other year has a nil return.
"""

from __future__ import annotations

from dataset.agencies import BUSINESS_UNIT, STOCKPORT
from dataset.comparator_code_lists import definition_of
from dataset.demonstrating.allocating import Cells, Rows
from dataset.published import FIGURES
from dataset.published.figure import ANNUAL_REPORT, PublishedFigure
from dataset.quarter import Quarter


def rows() -> Rows:
    """The printed figures of Greater Manchester and the North West, each once."""
    printed = {_about(figure): _cells(figure) for figure in FIGURES if _is_comparator(figure)}
    return {(BUSINESS_UNIT.code, Quarter(2022, 4)): list(printed.values())}


def _is_comparator(figure: PublishedFigure) -> bool:
    elsewhere = figure.area != STOCKPORT.code
    return elsewhere and figure.document == ANNUAL_REPORT and definition_of(figure) is not None


def _about(figure: PublishedFigure) -> tuple[object, ...]:
    """What the text and the table of the report may both print."""
    return figure.area, figure.period.label, figure.measure, figure.value


def _cells(figure: PublishedFigure) -> Cells:
    definition = definition_of(figure)
    assert definition is not None  # only those are sent
    return {
        "area": figure.area,
        "period_as_printed": figure.period.label,
        "measure": figure.measure,
        "value": f"{float(figure.value):.10g}",
        "unit": definition.unit,
        "interval_low": "",
        "interval_high": "",
        "definition": definition.words,
        "source": f"{figure.document.title}, {figure.place}; from North West ADASS",
    }
