"""The frozen record of a meeting: every figure as it was judged and shown, as plain values.

A record is made once and then only read: what is shown of it later, and every paper made from it, comes from these
values and never from the store. Its keys are only ever added to, so that an old record can always be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from dataset.agencies import Agency
from dataset.comment import Comment, current
from dataset.commentary import comments
from dataset.ledger import Submission
from dataset.meeting import Meeting
from dataset.quarter import Quarter
from dataset.register_entry import RegisterEntry
from dataset.registering import of_register
from dataset.store import Reading
from dataset.tables import return_named
from dataset.versions import known
from safeguarding_metrics import quarter_wording, wording
from safeguarding_metrics.measuring import Cube, PeriodCount
from safeguarding_metrics.meetings.definitions import definitions_version
from safeguarding_metrics.meetings.pictures import frozen_chart
from safeguarding_metrics.narrating import NarrativeState, owed
from safeguarding_metrics.plan import Plan
from safeguarding_metrics.progressing import Progress, cube_of, progress
from safeguarding_metrics.quarterly import QuarterRow, QuarterView, is_headline, quarter_view
from safeguarding_metrics.registers import REGISTERS
from safeguarding_metrics.registers.following import Following, following
from safeguarding_metrics.registers.frozen import agency_name, register_values
from safeguarding_metrics.reporting import progress_json
from safeguarding_metrics.settings import Settings

FORMAT = 1
PARTS_HELD = 1_000
Record = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Seen:
    """Everything a record is made of: the store at one moment, judged for one quarter."""

    reading: Reading
    cube: Cube
    plan: Plan
    quarter: Quarter
    settings: Settings
    today: date
    invented: bool
    progress: Progress
    view: QuarterView
    following: Following
    said: tuple[Comment, ...]
    entries: tuple[RegisterEntry, ...]


def seen_at(
    reading: Reading,
    plan: Plan,
    quarter: Quarter,
    settings: Settings,
    today: date,
    *,
    invented: bool,
    cube: Cube | None = None,
) -> Seen:
    """Judge everything there is at a reading for a quarter."""
    measured = cube_of(reading, settings) if cube is None else cube
    said, entries = comments(reading), known(RegisterEntry, reading)
    return Seen(
        reading=reading,
        cube=measured,
        plan=plan,
        quarter=quarter,
        settings=settings,
        today=today,
        invented=invented,
        progress=progress(reading, measured, plan, quarter, settings, today),
        view=quarter_view(reading, measured, plan, quarter, settings, today, said),
        following=following(entries, plan, quarter, today, settings),
        said=said,
        entries=entries,
    )


def record_of(seen: Seen, meeting: Meeting, shown_at: datetime, *, drawn: bool = True) -> Record:
    """The record of a meeting. `figures` has every indicator once, `charts` those of the plan and the headline set;
    a record that is only to be compared needs none `drawn`."""
    return {
        "format": FORMAT,
        "meeting": {
            "reference": meeting.reference,
            "name": meeting.name,
            "date": meeting.held_on,
            "group": meeting.group_name,
            "quarter": str(meeting.quarter),
        },
        "shown_at": shown_at.isoformat(),
        "versions": {
            "plan": seen.plan.id,
            "plan_title": seen.plan.title,
            "definitions": _definitions(seen),
            "store": seen.reading.version,
            "ledger_entry": seen.reading.last,
        },
        "invented": seen.invented,
        "progress": _carried(
            seen, "judged", seen.quarter, (seen.progress, seen.plan, seen.invented), lambda: _judged(seen)
        ),
        "quarter_answer": seen.view.answer,
        "priorities": [
            {"number": one.number, "title": one.title, "who": one.who, "why": one.why} for one in seen.plan.priorities
        ],
        "figures": [_figure_of(seen, row) for row in seen.view.rows],
        "charts": {
            row.indicator.id: frozen_chart(row, seen.quarter, seen.settings, seen.reading, seen.invented)
            for row in seen.view.rows
            if drawn and is_headline(row) and row.series is not None
        },
        "comments": [_comment(one) for one in _of_quarter(seen.said, seen.quarter)],
        "owed": [
            {
                "agency": one.agency.name,
                "indicator": one.indicator.id,
                "title": one.indicator.title,
                "words": one.sentence,
            }
            for one in owed(seen.view.narratives.values())
        ],
        "missing_returns": [_missing(*one) for one in seen.progress.missing],
        "restated": [_restated(one) for one in seen.progress.restated],
        "registers": _carried(
            seen,
            "registers",
            seen.quarter,
            (seen.entries, seen.plan, seen.today, seen.settings),
            lambda: register_values(seen.following),
        ),
        "register_entries": _carried(seen, "register entries", None, (seen.entries,), lambda: _entries(seen.entries)),
    }


def _carried(seen: Seen, family: str, key: Hashable, made_of: tuple[Any, ...], make: Callable[[], T]) -> T:
    """A part of a record, which nobody changes once it is made."""
    return seen.reading.carried.once(f"record: {family}", key, made_of, make, PARTS_HELD)


def _definitions(seen: Seen) -> str:
    version = partial(definitions_version, seen.plan, seen.settings)
    return _carried(seen, "definitions", seen.settings, (seen.plan,), version)


def _figure_of(seen: Seen, row: QuarterRow) -> dict[str, Any]:
    made_of = (row, seen.view.narratives[row.indicator.id])
    return _carried(seen, "figures", (row.indicator.id, seen.quarter), made_of, partial(_figure_row, *made_of))


def _judged(seen: Seen) -> dict[str, Any]:
    """The outcomes of the plan, with the words shown of them."""
    judged = progress_json(seen.progress, invented=seen.invented)
    priorities = {outcome.id: priority.number for priority, outcome in seen.plan.outcomes()}
    for row, outcome in zip(seen.progress.rows, judged["outcomes"], strict=True):
        figure = row.judgement.figure
        outcome["priority"] = priorities[outcome["id"]]
        outcome["status_words"] = wording.status_words(outcome["status"])
        outcome["figure_words"] = wording.figure_words(figure.count if figure else None)
    return judged


def _entries(entries: tuple[RegisterEntry, ...]) -> dict[str, list[dict[str, Any]]]:
    return {
        one.name: [
            {"item": item.reference, "version": item.now.id, "cells": item.row} for item in of_register(entries, one)
        ]
        for one in REGISTERS
    }


def as_text(record: Record) -> str:
    """The record as it is kept: the same values always give the same text."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def record_in(meeting: Meeting) -> Record:
    """The record of a frozen meeting. Raises ValueError for one that is not frozen."""
    if not meeting.is_frozen:
        raise ValueError(f"{meeting.title} is not frozen.")
    found: Record = json.loads(meeting.content)
    return found


def _figure_row(row: QuarterRow, narrative: NarrativeState) -> dict[str, Any]:
    judgement = row.judgement
    evidence = judgement.evidence if judgement else None
    judged = judgement is not None and judgement.goal is not None
    return {
        "id": row.indicator.id,
        "title": row.indicator.title,
        "theme": row.indicator.theme,
        "about": row.indicator.about,
        "headline": is_headline(row),
        "outcome": row.outcome.id if row.outcome else None,
        "priority": row.priority.number if row.priority else None,
        "owners": [agency.name for agency in row.owners],
        "this_quarter": _figure(row.own),
        "last_quarter": _figure(row.last),
        "year_before": _figure(row.year_ago),
        "year_to_date": _figure(row.to_date),
        "rolling_year": _figure(row.rolling) if row.rolling else None,
        "status": judgement.status if judgement else None,
        "status_words": wording.status_words(judgement.status) if judgement else "",
        "milestone": judgement.goal.words if judgement and judgement.goal else "",
        "milestone_year": judgement.year if judged and judgement else "",
        "evidence": wording.evidence_words(evidence) if evidence else "",
        "variation": wording.variation_words(row.control) if row.control else "",
        "assurance": wording.assurance_words(row.control) if row.control else "",
        "compared": row.compared,
        "reasons": list(row.reasons),
        "reason_words": quarter_wording.why(row.reasons),
        "why": row.why,
        "sentence": row.sentence,
        "data": row.data,
        "marks": list(row.marks),
        "narrative": narrative.state,
        "narrative_words": narrative.sentence,
        "owed_by": [agency.name for agency in narrative.owed_by],
    }


def _figure(figure: PeriodCount) -> dict[str, Any]:
    """k of n with its words, and who had not sent."""
    count = figure.count
    return {
        "k": count.k if count else None,
        "n": count.n if count else None,
        "value": float(count.value) if count and count.value is not None else None,
        "words": wording.figure_words(count),
        "missing": [f"{agency.name}, {quarter}" for agency, quarter in figure.missing],
        "restated": [str(quarter) for quarter in figure.restated],
    }


def _of_quarter(said: Sequence[Comment], quarter: Quarter) -> Iterable[Comment]:
    return (one for one in current(said).values() if one.quarter == quarter)


def _comment(one: Comment) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "agency": agency_name(one.agency),
        "what_happened": one.what_happened,
        "so_what": one.so_what,
        "now_what": one.now_what,
        "written_by": one.written_by,
        "written_at": one.written_at.isoformat(),
        "version": one.id,
    }


def _missing(agency: Agency, dataset: str, quarter: Quarter) -> dict[str, str]:
    return {"agency": agency.name, "return": return_named(dataset).about.title, "quarter": str(quarter)}


def _restated(entry: Submission) -> dict[str, Any]:
    return {
        "agency": agency_name(entry.slot.agency),
        "return": return_named(entry.slot.dataset).about.title,
        "quarter": str(entry.slot.quarter),
        "reason": entry.reason,
        "on": entry.recorded_at.date().isoformat(),
        "entry": entry.id,
    }


__all__ = ["FORMAT", "Record", "Seen", "as_text", "record_in", "record_of", "seen_at"]
