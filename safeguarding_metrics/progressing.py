"""The chair's page as values: every outcome judged for one quarter, and the answer in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from dataset.agencies import DUTIES, Agency, duties_for
from dataset.ledger import Submission
from dataset.quarter import Quarter, quarters_between
from dataset.store import Reading
from safeguarding_metrics import wording
from safeguarding_metrics.comparing import Conflict, conflicts_about
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.indicators import all_indicators, indicator_named
from safeguarding_metrics.judging import Judgement, Status, judge
from safeguarding_metrics.measuring import Cube, PeriodCount, Series, measure, over
from safeguarding_metrics.plan import Action, Outcome, Plan, Priority
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.settings import Settings

OUTCOMES_HELD = 200  # of each quarter looked at
_CANNOT: frozenset[Status] = frozenset({"not_attainable", "no_milestone", "no_baseline", "incomplete", "no_data"})


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome for one quarter: its verdict, the same period a year before, and what documents dispute."""

    priority: Priority
    outcome: Outcome
    indicator: Indicator | None
    judgement: Judgement
    year_before: PeriodCount | None
    series: Series | None
    conflicts: tuple[Conflict, ...]
    data_state: str
    sentence: str

    @property
    def is_numeric(self) -> bool:
        return self.outcome.target is not None


@dataclass(frozen=True)
class Progress:
    """The plan at one quarter; `answer` is the title of the page, `rows` all outcomes in the plan's order."""

    plan: Plan
    quarter: Quarter
    answer: str
    detail: str
    rows: tuple[OutcomeRow, ...]
    counts: dict[Status, int]
    discuss: tuple[OutcomeRow, ...]
    missing: tuple[tuple[Agency, str, Quarter], ...]
    restated: tuple[Submission, ...]
    passed_actions: tuple[tuple[Priority, Action], ...]
    coming_actions: tuple[tuple[Priority, Action], ...]
    last_judged: Quarter | None

    @property
    def numeric(self) -> tuple[OutcomeRow, ...]:
        return tuple(row for row in self.rows if row.is_numeric)


def cube_of(reading: Reading, settings: Settings) -> Cube:
    """Every indicator over every quarter: one statement a return."""
    return measure(reading, all_indicators(settings))


def opening_quarter(reading: Reading, plan: Plan) -> Quarter:
    """The latest quarter of the plan that has returns; else the latest that has any; else the plan's first."""
    quarters = {slot.quarter for slot in reading.counting}
    within = [quarter for quarter in quarters if plan.first <= quarter <= plan.last]
    return max(within, default=max(quarters, default=plan.first))


def progress(reading: Reading, cube: Cube, plan: Plan, quarter: Quarter, settings: Settings, today: date) -> Progress:
    """Judge every outcome of the plan for the financial year up to `quarter`."""
    rows = tuple(
        reading.carried.once(
            "outcomes",
            (outcome.id, quarter),
            (cube.get(outcome.indicator or ""), plan, settings, today),
            partial(_row, cube, plan, priority, outcome, quarter, settings, today),
            OUTCOMES_HELD,
        )
        for priority, outcome in plan.outcomes()
    )
    numeric = [row for row in rows if row.is_numeric]
    counts: dict[Status, int] = dict(Counter(row.judgement.status for row in rows))
    answer, detail = _answer(reading, cube, plan, quarter, settings, numeric, today)
    return Progress(
        plan=plan,
        quarter=quarter,
        answer=answer,
        detail=detail,
        rows=rows,
        counts=counts,
        discuss=_discuss(numeric),
        missing=missing_returns(reading, quarter, today),
        restated=_restated(reading, quarter),
        passed_actions=tuple((p, a) for p, a in plan.actions() if a.by <= quarter.end),
        coming_actions=tuple((p, a) for p, a in plan.actions() if a.by > quarter.end),
        last_judged=_last_judged(plan, quarter) if _none_has_a_milestone(numeric) else None,
    )


def _row(
    cube: Cube, plan: Plan, priority: Priority, outcome: Outcome, quarter: Quarter, settings: Settings, today: date
) -> OutcomeRow:
    indicator = indicator_named(outcome.indicator, settings) if outcome.indicator else None
    series = cube.get(outcome.indicator) if outcome.indicator else None
    figure = over(series, indicator, quarter.year_to_date()) if indicator else None
    before = over(series, indicator, quarter.plus(-4).year_to_date()) if indicator else None
    judgement = judge(outcome, plan, quarter, figure, settings)
    return OutcomeRow(
        priority=priority,
        outcome=outcome,
        indicator=indicator,
        judgement=judgement,
        year_before=before,
        series=series,
        conflicts=tuple(_conflicts(outcome, judgement)),
        data_state=data_state(indicator, figure, quarter, today),
        sentence=wording.sentence(outcome, plan, judgement),
    )


def _conflicts(outcome: Outcome, judgement: Judgement) -> list[Conflict]:
    """Disputes about the baseline stay with the outcome in every year: the way from it depends on them."""
    return conflicts_about(outcome.measures)


def data_state(indicator: Indicator | None, figure: PeriodCount | None, quarter: Quarter, today: date) -> str:
    """ "Final", "Provisional" or "Incomplete": final once the year's last returns are due and all are in."""
    if indicator is None or figure is None or figure.count is None:
        return "–"
    if figure.missing:
        return "Incomplete"
    ending = Quarter(quarter.year, 4)
    due = max((duty.due_on(ending) for duty in duties_for(indicator.table.about.name)), default=ending.end)
    state = "Final" if quarter.number == 4 and today > due else "Provisional"
    return f"{state}, restated" if figure.restated else state


def _answer(
    reading: Reading,
    cube: Cube,
    plan: Plan,
    quarter: Quarter,
    settings: Settings,
    numeric: Sequence[OutcomeRow],
    today: date,
) -> tuple[str, str]:
    year, total = quarter.financial_year, len(numeric)
    if not reading.counting:
        return "Nothing has been sent yet, so no target can be judged", "Start with Upload: choose a return."
    met = sum(row.judgement.status == "met" for row in numeric)
    cannot = sum(row.judgement.status in _CANNOT for row in numeric)
    if _none_has_a_milestone(numeric):
        where = "has no milestone for" if plan.first <= quarter <= plan.last else "does not cover"
        said = _said_of_last_judged(cube, plan, _last_judged(plan, quarter), settings)
        return f"The plan {where} {year}, so none of its {total} targets can be judged", said
    off = total - met - cannot
    so_far = "" if quarter.number == 4 else " so far"
    is_met, is_off = ("is" if number == 1 else "are" for number in (met, off))
    answer = f"{met} of {total} targets {is_met} met in {year}{so_far}; {off} {is_off} not"
    if cannot:
        answer += f", and {cannot} cannot be judged"
    unsure = sum(row.judgement.evidence is not None and row.judgement.evidence.word == "too_few" for row in numeric)
    detail = f"For {unsure} of the {met + off} judged, there are too few cases to tell more than the figure itself."
    return answer, detail if unsure else ""


def _none_has_a_milestone(numeric: Sequence[OutcomeRow]) -> bool:
    return all(row.judgement.status == "no_milestone" for row in numeric)


def _last_judged(plan: Plan, quarter: Quarter) -> Quarter | None:
    """The end of the last year before `quarter` that has milestones."""
    years = [year for year in plan.milestone_years() if year < quarter.financial_year]
    return Quarter.parse(f"{years[-1]} Q4") if years else None


def _said_of_last_judged(cube: Cube, plan: Plan, ending: Quarter | None, settings: Settings) -> str:
    """What the last year with milestones ended with, said as what it is: an earlier year."""
    if ending is None:
        return "It is a year before the plan: the figures below are where it starts from."
    statuses = []
    for _, outcome in plan.outcomes():
        if outcome.target and outcome.indicator:
            indicator = indicator_named(outcome.indicator, settings)
            figure = over(cube.get(outcome.indicator), indicator, ending.year_to_date())
            statuses.append(judge(outcome, plan, ending, figure, settings).status)
    met = statuses.count("met")
    year, were = ending.financial_year, "was" if met == 1 else "were"
    return f"In {year}, the last year with milestones, {met} of {len(statuses)} {were} met."


def _discuss(numeric: Sequence[OutcomeRow]) -> tuple[OutcomeRow, ...]:
    """The three outcomes furthest from their milestone, in parts of the milestone's own size."""

    def distance(row: OutcomeRow) -> float:
        judgement = row.judgement
        if judgement.status not in ("not_met", "near") or judgement.gap is None or judgement.goal is None:
            return 0.0
        bound = judgement.goal.at_most if judgement.gap > 0 else judgement.goal.at_least
        return abs(float(judgement.gap)) / float(bound) if bound else abs(float(judgement.gap))

    furthest = sorted((row for row in numeric if distance(row) > 0), key=distance, reverse=True)
    return tuple(furthest[:3])


def missing_returns(reading: Reading, quarter: Quarter, today: date) -> tuple[tuple[Agency, str, Quarter], ...]:
    """The returns of the financial year up to `quarter` that are past their due date and were not sent."""
    missing = []
    for one in quarters_between(Quarter(quarter.year, 1), quarter):
        for duty in DUTIES:
            if duty.owed_for(one) and duty.due_on(one) < today and not _sent(reading, duty.agency, duty.dataset, one):
                missing.append((duty.agency, duty.dataset, one))
    return tuple(missing)


def left_open(agency: Agency, dataset: str, settings: Settings) -> tuple[Indicator, ...]:
    """The indicators that a missing return leaves open: those of the plan first, then the headline set."""
    mine = [
        one
        for one in all_indicators(settings)
        if one.table.about.name == dataset and any(owner.code == agency.code for owner in one.owners)
    ]
    planned = {outcome.indicator for plan in PLANS for _, outcome in plan.outcomes()}
    return tuple(sorted(mine, key=lambda one: (one.id not in planned, not one.headline)))


def _sent(reading: Reading, agency: Agency, dataset: str, quarter: Quarter) -> bool:
    return any(entry.slot.agency == agency.code for entry in reading.sent_for(dataset, quarter))


def _restated(reading: Reading, quarter: Quarter) -> tuple[Submission, ...]:
    """The counting restatements of the financial year up to `quarter`."""
    shown = set(quarter.year_to_date())
    found = (e for e in reading.counting.values() if e.replaces is not None and e.slot.quarter in shown)
    return tuple(sorted(found, key=lambda entry: entry.slot))
