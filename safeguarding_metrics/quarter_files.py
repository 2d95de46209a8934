"""The indicators at one quarter as a table to take away: each period with numerator, denominator and value."""

from __future__ import annotations

from collections.abc import Sequence

from safeguarding_metrics import wording
from safeguarding_metrics.measuring import PeriodCount
from safeguarding_metrics.narrating import NARRATIVE
from safeguarding_metrics.quarter_wording import why
from safeguarding_metrics.quarterly import QuarterRow, QuarterView
from safeguarding_metrics.table_files import Cell, FileTable, counts, number

PERIODS = ("this_quarter", "last_quarter", "year_before", "year_to_date", "rolling_year")
HEADS = (
    "place",
    "indicator",
    "title",
    "owners",
    *(f"{period}_{part}" for period in PERIODS for part in ("numerator", "denominator", "value")),
    "status",
    "milestone",
    "evidence",
    "probability_met",
    "variation",
    "assurance",
    "other_areas",
    "to_discuss",
    "commentary",
    "data",
    "marks",
    "in_words",
)


def quarter_table(shown: QuarterView, rows: Sequence[QuarterRow]) -> FileTable:
    """The rows of the quarter that a filter leaves, in the order of the screen; shares lie between 0 and 1.

    The milestone and the status are those of the financial year to date. A rolling year of fewer than four
    quarters is left empty, as on the screen.
    """
    return FileTable(
        name="quarter",
        caption=f"Indicators at {shown.quarter}",
        period=str(shown.quarter),
        heads=HEADS,
        rows=tuple((*_named(row), *_figures(row), *_verdicts(row), *_data(shown, row)) for row in rows),
    )


def _named(row: QuarterRow) -> tuple[Cell, ...]:
    place = f"Priority {row.priority.number}. {row.priority.title}" if row.priority else row.indicator.theme
    return place, row.indicator.id, row.indicator.title, "; ".join(agency.name for agency in row.owners)


def _figures(row: QuarterRow) -> list[Cell]:
    periods: tuple[PeriodCount | None, ...] = (row.own, row.last, row.year_ago, row.to_date, row.rolling)
    return [cell for one in periods for cell in counts(one.count if one else None)]


def _verdicts(row: QuarterRow) -> tuple[Cell, ...]:
    judgement, control = row.judgement, row.control
    goal, found = (judgement.goal, judgement.evidence) if judgement else (None, None)
    return (
        wording.STATUS[judgement.status][1] if judgement else "",
        goal.words if goal else "",
        wording.EVIDENCE[found.word][1] if found else "",
        number(found.probability if found else None),
        wording.variation_words(control) if control else "",
        wording.assurance_words(control) if control else "",
        row.compared,
    )


def _data(shown: QuarterView, row: QuarterRow) -> tuple[Cell, ...]:
    state = shown.narratives[row.indicator.id].state
    commentary = "" if state == "not_needed" else NARRATIVE[state][1]
    return why(row.reasons), commentary, row.data, "; ".join(row.marks), row.sentence
