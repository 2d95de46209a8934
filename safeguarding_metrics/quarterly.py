"""The quarter the Quality Assurance Partnership reviews, as values: one row for every indicator.

Variation and assurance rest on raw quarters only, never on a rolling or cumulative figure; status and
evidence on the financial year so far, as the plan promises them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from dataset.agencies import Agency, duties_for
from dataset.comment import Comment
from dataset.ledger import Submission
from dataset.quarter import Quarter
from dataset.rebasing import Rebase, in_force, rebases
from dataset.store import Reading
from safeguarding_metrics import quarter_wording, wording
from safeguarding_metrics.comparators import compare, held_figures, spoken_of
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.judging import Judgement, judge
from safeguarding_metrics.measuring import Cube, PeriodCount, Series, over
from safeguarding_metrics.narrating import NarrativeState, narratives, owed
from safeguarding_metrics.plan import Outcome, Plan, Priority
from safeguarding_metrics.process_charts import control_chart, speaks_of_special_cause
from safeguarding_metrics.process_control import ControlChart
from safeguarding_metrics.progressing import data_state, missing_returns
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.tracing import returns_behind

ROWS_HELD = 1_500  # of each indicator and quarter looked at

Reason = Literal["not_met", "concern", "missing", "restated"]


@dataclass(frozen=True)
class QuarterRow:
    """One indicator at one quarter.

    `own`, `last`, `year_ago` are single quarters, `to_date` the financial year so far, `rolling` the four
    quarters that end here (empty with fewer). `control` is None where no control chart may be drawn.
    `reasons` say why the row needs discussion, `owners` who is asked.
    """

    indicator: Indicator
    priority: Priority | None
    outcome: Outcome | None
    own: PeriodCount
    last: PeriodCount
    year_ago: PeriodCount
    to_date: PeriodCount
    rolling: PeriodCount | None
    judgement: Judgement | None
    control: ControlChart | None
    series: Series | None
    reasons: tuple[Reason, ...]
    sentence: str
    why: str
    data: str
    marks: tuple[str, ...]
    compared: str

    @property
    def owners(self) -> tuple[Agency, ...]:
        return self.indicator.owners


@dataclass(frozen=True)
class QuarterView:
    """A quarter; `answer` is the title, `rows` in the order of the plan's priorities and then the themes."""

    quarter: Quarter
    answer: str
    rows: tuple[QuarterRow, ...]
    discuss: tuple[QuarterRow, ...]
    missing: tuple[tuple[Agency, str, Quarter], ...]
    narratives: Mapping[str, NarrativeState]


def quarter_view(
    reading: Reading,
    cube: Cube,
    plan: Plan,
    quarter: Quarter,
    settings: Settings,
    today: date,
    said: Sequence[Comment] = (),
) -> QuarterView:
    """Every indicator at a quarter, those of the plan first; `said` are the comments known."""
    placed = _placed(plan)
    indicators = sorted(all_indicators(settings), key=lambda one: placed.get(one.id, (99, None, None))[0])
    beside, rebased_of = {one.id for one in spoken_of(reading, indicators)}, dict[str, tuple[Rebase, ...]]()
    for one in in_force(rebases(reading)):
        rebased_of[one.indicator] = (*rebased_of.get(one.indicator, ()), one)

    def row(indicator: Indicator) -> QuarterRow:
        series, rebased = cube.get(indicator.id), rebased_of.get(indicator.id, ())
        compared = _beside(reading, series, indicator, quarter) if indicator.id in beside else ""
        sent, place = returns_behind(reading, indicator, (quarter,)), placed.get(indicator.id)
        return reading.carried.once(
            "quarter rows",
            (indicator.id, quarter),
            (indicator, series, rebased, compared, sent, plan, settings, today),
            lambda: _row(reading, series, plan, indicator, place, quarter, settings, today, rebased, compared, sent),
            ROWS_HELD,
        )

    rows = tuple(row(one) for one in indicators)
    missing = missing_returns(reading, quarter, today)
    here = tuple(one for one in missing if one[2] == quarter)
    discuss = tuple(sorted((row for row in rows if row.reasons), key=_urgency))
    states = narratives(
        reading,
        cube,
        indicators,
        quarter,
        said=said,
        today=today,
        judgements={row.indicator.id: (row.judgement,) for row in rows if row.judgement},
        special_cause={row.indicator.id for row in rows if speaks_of_special_cause(row.control)},
    )
    answer = quarter_wording.answer(quarter, rows, discuss, here, owed(states.values()))
    return QuarterView(quarter, answer, rows, discuss, here, states)


Placed = tuple[int, Priority | None, Outcome | None]


def _placed(plan: Plan) -> dict[str, Placed]:
    """Indicator id → its place in the plan; an indicator of two outcomes stands with the first."""
    found: dict[str, Placed] = {}
    for place, (priority, outcome) in enumerate(plan.outcomes()):
        if outcome.indicator:
            found.setdefault(outcome.indicator, (place, priority, outcome))
    return found


def _beside(reading: Reading, series: Series | None, indicator: Indicator, quarter: Quarter) -> str:
    return reading.carried.once(
        "quarter rows beside",
        (indicator.id, quarter),
        (indicator, series, held_figures(reading)),
        lambda: quarter_wording.compared_words(compare(reading, series, indicator, quarter)),
        ROWS_HELD,
    )


def _row(
    reading: Reading,
    series: Series | None,
    plan: Plan,
    indicator: Indicator,
    place: Placed | None,
    quarter: Quarter,
    settings: Settings,
    today: date,
    rebased: Sequence[Rebase],
    compared: str,
    sent: Sequence[Submission],
) -> QuarterRow:
    priority, outcome = (place[1], place[2]) if place else (None, None)
    own, last, year_ago = (over(series, indicator, (quarter.plus(back),)) for back in (0, -1, -4))
    to_date = over(series, indicator, quarter.year_to_date())
    rolling = over(series, indicator, quarter.rolling_year())
    judgement = judge(outcome, plan, quarter, to_date, settings) if outcome else None
    control = _carried_control(reading, series, quarter, judgement, rebased) if series else None
    judged = judgement is not None and judgement.goal is not None
    verdict = wording.sentence(outcome, plan, judgement) if outcome and judgement and judged else ""
    reasons = tuple(_reasons(own, to_date, judgement, control, indicator, quarter))
    return QuarterRow(
        indicator=indicator,
        priority=priority,
        outcome=outcome,
        own=own,
        last=last,
        year_ago=year_ago,
        to_date=to_date,
        rolling=rolling if len(rolling.had) == len(rolling.wanted) else None,
        judgement=judgement,
        control=control,
        series=series,
        reasons=reasons,
        sentence=quarter_wording.sentence(indicator, quarter, own, verdict, control),
        why=quarter_wording.because(reasons, verdict, own, control, indicator),
        data=data_state(indicator, own, quarter, today),
        marks=tuple(_marks(indicator, quarter, own, to_date, sent)),
        compared=compared,
    )


def _marks(
    indicator: Indicator, quarter: Quarter, own: PeriodCount, to_date: PeriodCount, sent: Sequence[Submission]
) -> Iterator[str]:
    """What a careful reader wants to know of the data behind a quarter's figure, a word each."""
    due = _due(indicator.table.about.name, quarter)
    behind = sent if own.had else ()
    if own.missing:
        yield "missing"
    elif to_date.missing:
        yield "missing earlier in the year"
    if any(entry.kind != "restatement" and _after(entry, due) for entry in behind):
        yield "late"
    if own.restated:
        yield "restated"
    codes = {one.code for entry in behind for one in entry.explanations}
    if "SHARE_UNKNOWN" in codes:
        yield "half of a column not known"
    if codes - {"SHARE_UNKNOWN"}:
        yield "queried"


@lru_cache(maxsize=1_000)
def _due(dataset: str, quarter: Quarter) -> Mapping[str, date]:
    """Agency code → the day its return is due."""
    return {duty.agency.code: duty.due_on(quarter) for duty in duties_for(dataset)}


def _after(entry: Submission, due: Mapping[str, date]) -> bool:
    return entry.slot.agency in due and entry.recorded_at.date() > due[entry.slot.agency]


def _carried_control(
    reading: Reading, series: Series, quarter: Quarter, judgement: Judgement | None, rebased: Sequence[Rebase]
) -> ControlChart | None:
    """A chart ends with its quarter: what is sent of later ones leaves it as it was."""
    upto = tuple(one for one in series.quarters if one.quarter <= quarter)
    return reading.carried.once(
        "control charts",
        (series.indicator.id, quarter),
        (series.indicator, upto, judgement.goal if judgement else None, rebased),
        lambda: control_chart(series, quarter, judgement, rebased),
        ROWS_HELD,
    )


def _reasons(
    own: PeriodCount,
    to_date: PeriodCount,
    judgement: Judgement | None,
    control: ControlChart | None,
    indicator: Indicator,
    quarter: Quarter,
) -> Iterable[Reason]:
    if judgement is not None and judgement.status == "not_met":
        yield "not_met"
    if control is not None and control.chart == "full" and control.variation == "special_cause_concern":
        yield "concern"
    if own.missing and (judgement is not None or indicator.headline):
        yield "missing"
    if own.restated:
        yield "restated"


def _urgency(row: QuarterRow) -> tuple[bool, bool, bool, int]:
    """Worse beyond doubt first, then of concern, then plainly off target, then what nobody can tell."""
    evidence = row.judgement.evidence if row.judgement else None
    worse = evidence is not None and evidence.word == "worse" and "not_met" in row.reasons
    return (not worse, "concern" not in row.reasons, "not_met" not in row.reasons, -len(row.reasons))


def chosen(rows: Sequence[QuarterRow], which: str, agency: str, people: str) -> list[QuarterRow]:
    """The rows of a filter: "headline" (the plan's and the headline set), "discuss" or "all"; an agency's
    code or "any"; "children", "adults" or "all"."""
    return [
        row
        for row in rows
        if (which == "all" or (which == "discuss" and row.reasons) or (which == "headline" and is_headline(row)))
        and (agency == "any" or any(owner.code == agency for owner in row.owners))
        and (people == "all" or row.indicator.about == people)
    ]


def is_headline(row: QuarterRow) -> bool:
    return row.indicator.headline or row.outcome is not None
