"""The outcomes of the plan at one quarter as a table to take away: what the chair's page stacks stands apart."""

from __future__ import annotations

from collections.abc import Sequence

from safeguarding_metrics import wording
from safeguarding_metrics.judging import Status
from safeguarding_metrics.progressing import OutcomeRow, Progress
from safeguarding_metrics.registers.following import EvidenceRow
from safeguarding_metrics.registers.summaries import evidence_line
from safeguarding_metrics.table_files import Cell, FileTable, counts, number
from safeguarding_metrics.targets import Goal

HEADS = (
    "priority",
    "priority_title",
    "outcome",
    "title",
    "indicator",
    "status",
    "evidence",
    "probability_met",
    "numerator",
    "denominator",
    "value",
    "figure_period",
    "milestone",
    "milestone_at_least",
    "milestone_at_most",
    "milestone_year",
    "distance",
    "year_before_numerator",
    "year_before_denominator",
    "year_before_value",
    "baseline",
    "data",
    "in_words",
    "how_we_read",
    "promise",
    "place",
    "documents_differ",
)


def progress_table(shown: Progress, evidence: Sequence[EvidenceRow], status: Status | None = None) -> FileTable:
    """Every outcome in the plan's order, or those of a status; `evidence` is that of the outcomes without a number.

    Values and milestones that are shares lie between 0 and 1. The distance is in words, as the screen has it.
    """
    said = {row.outcome.id: evidence_line(row) for row in evidence}
    rows = [row for row in shown.rows if status in (None, row.judgement.status)]
    return FileTable(
        name="outcomes",
        caption=f"Outcomes of the {shown.plan.title}",
        period=f"{shown.quarter.financial_year} up to {shown.quarter}",
        heads=HEADS,
        rows=tuple((*_named(row), *_judged(row, said.get(row.outcome.id, "")), *_read(row)) for row in rows),
    )


def _named(row: OutcomeRow) -> tuple[Cell, ...]:
    outcome = row.outcome
    return row.priority.number, row.priority.title, outcome.id, outcome.title, outcome.indicator or ""


def _judged(row: OutcomeRow, said: str) -> tuple[Cell, ...]:
    """From the status to the year before; an outcome without a number has its latest evidence in words."""
    judgement, found = row.judgement, row.judgement.evidence
    status = wording.STATUS[judgement.status][1]
    if not row.is_numeric:
        return (status, said, *[""] * 13)
    figure = judgement.figure
    return (
        status,
        wording.EVIDENCE[found.word][1] if found else "",
        number(found.probability if found else None),
        *counts(figure.count if figure else None),
        wording.period_words(figure, judgement.year),
        judgement.goal.words if judgement.goal else "none set",
        *_bounds(judgement.goal),
        judgement.year,
        wording.gap_words(judgement),
        *counts(row.year_before.count if row.year_before else None),
    )


def _bounds(goal: Goal | None) -> tuple[Cell, Cell]:
    return ("", "") if goal is None else (number(goal.at_least), number(goal.at_most))


def _read(row: OutcomeRow) -> tuple[Cell, ...]:
    outcome = row.outcome
    return (
        wording.baseline_words(outcome.baseline) if row.is_numeric else "",
        row.data_state,
        row.sentence,
        outcome.how_we_read,
        outcome.promise,
        outcome.place,
        " ".join(conflict.sentence for conflict in row.conflicts),
    )
