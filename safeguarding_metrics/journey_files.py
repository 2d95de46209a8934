"""A journey as a table to take away: each step and rate with its two years side by side."""

from __future__ import annotations

from safeguarding_metrics import wording
from safeguarding_metrics.changing import Verdict
from safeguarding_metrics.journey_wording import VERDICT
from safeguarding_metrics.journeying import Compared, JourneyView
from safeguarding_metrics.table_files import Cell, FileTable, Row, counts

HEADS = (
    "step",
    "what",
    "indicator",
    "counted",
    "this_year_numerator",
    "this_year_denominator",
    "this_year_value",
    "this_year_not_sent",
    "year_before_numerator",
    "year_before_denominator",
    "year_before_value",
    "year_before_not_sent",
    "change",
    "in_words",
)
_NOT_COMPARED = "Not compared"


def journey_table(shown: JourneyView) -> FileTable:
    """One row for the cases of each step and one for each rate, in the order of the way; shares between 0 and 1."""
    rows: list[Row] = []
    for step in shown.steps:
        title = step.step.title
        rows.append((title, step.step.noun, step.indicator.id, "cases", *_compared(step.cases), step.sentence))
        for rate in step.rates:
            named: tuple[Cell, ...] = (title, rate.indicator.title, rate.indicator.id, "what became of them")
            rows.append((*named, *_compared(rate.compared), rate.sentence))
    return FileTable(
        name=f"journey_{shown.journey.id}",
        caption=f"{shown.journey.whose}: step by step beside the year before",
        period=f"{shown.quarter.financial_year} up to {shown.quarter}",
        heads=HEADS,
        rows=tuple(rows),
    )


def _compared(one: Compared) -> tuple[Cell, ...]:
    sides = [(*counts(figure.count), wording.missing_words(figure)) for figure in (one.now, one.before)]
    return (*sides[0], *sides[1], _change(one.verdict))


def _change(verdict: Verdict | None) -> str:
    return VERDICT[verdict][1] if verdict else _NOT_COMPARED
