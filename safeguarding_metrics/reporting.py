"""The progress of a plan and the figures of an indicator as plain values for `--json`; keys never change."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from safeguarding_metrics import wording
from safeguarding_metrics.comparing import Conflict
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.measuring import Count, QuarterCount, Series
from safeguarding_metrics.progressing import OutcomeRow, Progress
from safeguarding_metrics.targets import Baseline, Goal


def progress_json(progress: Progress, *, invented: bool) -> dict[str, Any]:
    """`outcomes` holds one value an outcome, see `outcome_json`."""
    return {
        "plan": progress.plan.id,
        "quarter": str(progress.quarter),
        "invented_data": invented,
        "answer": progress.answer,
        "detail": progress.detail,
        "outcomes": [outcome_json(row) for row in progress.rows],
        "missing_returns": [
            {"agency": agency.code, "return": dataset, "quarter": str(quarter)}
            for agency, dataset, quarter in progress.missing
        ],
    }


def outcome_json(row: OutcomeRow) -> dict[str, Any]:
    """One outcome. `value` is a share from 0 to 1, or the number of cases for a count (`unit`);
    `probability` is that of the underlying rate meeting the milestone; `gap` is signed, 0 inside."""
    judgement = row.judgement
    figure = judgement.figure
    count = figure.count if figure else None
    evidence = judgement.evidence
    return {
        "id": row.outcome.id,
        "title": row.outcome.title,
        "indicator": row.outcome.indicator,
        "period": judgement.year,
        "quarters": [str(quarter) for quarter in figure.had] if figure else [],
        "numerator": count.k if count else None,
        "denominator": count.n if count else None,
        "value": _number(count.value) if count else None,
        "unit": ("share" if row.indicator.is_share else "count") if row.indicator else None,
        "milestone": _goal(judgement.goal, judgement.year),
        "status": judgement.status,
        "evidence": evidence.word if evidence else None,
        "probability": round(evidence.probability, 4) if evidence else None,
        "interval": [round(end, 4) for end in evidence.interval] if evidence else None,
        "gap": _number(judgement.gap),
        "progress": _number(judgement.progress),
        "data_state": row.data_state,
        "missing": [f"{agency.code} {quarter}" for agency, quarter in figure.missing] if figure else [],
        "baseline": _baseline(row.outcome.baseline),
        "conflicts": [_conflict(conflict) for conflict in row.conflicts],
        "how_we_read": row.outcome.how_we_read,
        "sentence": row.sentence,
    }


def series_json(indicator: Indicator, series: Series | None) -> dict[str, Any]:
    """An indicator quarter by quarter; a quarter nobody returned has null counts and names who is missing."""
    return {
        "indicator": indicator.id,
        "title": indicator.title,
        "unit": "share" if indicator.is_share else "count",
        "counts": indicator.counts,
        "out_of": indicator.out_of,
        "quarters": [_quarter(one) for one in series.quarters] if series else [],
    }


def count_json(count: Count | None) -> dict[str, Any]:
    return {
        "numerator": count.k if count else None,
        "denominator": count.n if count else None,
        "value": _number(count.value) if count else None,
        "words": wording.figure_words(count),
    }


def _quarter(one: QuarterCount) -> dict[str, Any]:
    state = {"missing": [agency.code for agency in one.missing], "restated": one.restated}
    return {"quarter": str(one.quarter), **count_json(one.count), **state}


def _number(value: Fraction | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 and abs(value) > 1 else round(float(value), 6)


def _goal(goal: Goal | None, year: str) -> dict[str, Any] | None:
    if goal is None:
        return None
    return {
        "year": year,
        "at_least": None if goal.at_least is None else float(goal.at_least),
        "at_most": None if goal.at_most is None else float(goal.at_most),
        "words": goal.words,
    }


def _baseline(baseline: Baseline | None) -> dict[str, Any] | None:
    if baseline is None:
        return None
    return {
        "value": float(baseline.value),
        "numerator": baseline.numerator,
        "denominator": baseline.denominator,
        "period": baseline.period,
        "place": baseline.place,
        "words": wording.baseline_words(baseline),
        "note": baseline.note,
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "measure": conflict.measure,
        "period": conflict.period,
        "figures": [
            {
                "value": float(figure.value),
                "unit": figure.unit,
                "as_printed": figure.as_printed,
                "numerator": figure.numerator,
                "denominator": figure.denominator,
                "counts": figure.counts,
                "document": figure.document.title,
                "place": figure.place,
            }
            for figure in conflict.figures
        ],
        "sentence": conflict.sentence,
    }
