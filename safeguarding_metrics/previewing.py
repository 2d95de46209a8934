"""What a new file would do to the figures, said before it is sent: figures and verdicts, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.restating import rehearse, unrehearsed
from dataset.store import Reading, Store
from safeguarding_metrics import wording
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.judging import Status, judge
from safeguarding_metrics.measuring import Cube, PeriodCount, measure, over
from safeguarding_metrics.plan import Outcome, Plan
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.settings import Settings


@dataclass(frozen=True)
class Effect:
    """A figure that would change: of the slot's own quarter, or of its financial year up to `quarter`."""

    indicator: Indicator
    quarter: Quarter
    before: PeriodCount
    after: PeriodCount
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """An outcome of a plan whose status for the financial year up to `quarter` would change."""

    plan: Plan
    outcome: Outcome
    quarter: Quarter
    before: Status
    after: Status
    sentence: str


@dataclass(frozen=True)
class Preview:
    """All that would change on the screens, figures in the order of the indicators, verdicts in the plan's."""

    effects: tuple[Effect, ...]
    verdicts: tuple[Verdict, ...]


def preview(store: Store, slot: Slot, raw: bytes, settings: Settings) -> Preview | None:
    """What would change if the file were sent to the slot; None when it does not pass the checks.

    The financial year is looked at up to its last quarter that has any return, as the screens show it.
    """

    def look(after: Reading) -> Preview:
        indicators = [one for one in all_indicators(settings) if _is_touched(one, slot)]
        quarter = _year_end(after, slot.quarter)
        cubes = measure(unrehearsed(after), indicators), measure(after, indicators)
        effects = [effect for one in indicators for effect in _effects(one, slot.quarter, quarter, *cubes)]
        return Preview(tuple(effects), tuple(_verdicts(indicators, quarter, *cubes, settings)))

    return rehearse(store, slot, raw, look)


def _is_touched(indicator: Indicator, slot: Slot) -> bool:
    """Whether a return for the slot has a part in the indicator; what an agency counts is its own figure alone."""
    owners = {agency.code for agency in indicator.reported_by}
    return indicator.table.about.name == slot.dataset and (not owners or slot.agency in owners)


def effects(store: Store, slot: Slot, raw: bytes, settings: Settings) -> tuple[Effect, ...]:
    """The figures that would change if the file were sent; none for a file that does not pass the checks."""
    previewed = preview(store, slot, raw, settings)
    return previewed.effects if previewed else ()


def _year_end(reading: Reading, quarter: Quarter) -> Quarter:
    """The last quarter of the same financial year that has any return."""
    return max(slot.quarter for slot in reading.counting if slot.quarter.year == quarter.year)


def _effects(indicator: Indicator, own: Quarter, last: Quarter, before: Cube, after: Cube) -> Iterator[Effect]:
    """The quarter's own figure and the year's, where they change and are not the same."""
    shown: set[tuple[Quarter, ...]] = set()
    for quarter, quarters in ((own, (own,)), (last, last.year_to_date())):
        was, now = (over(cube.get(indicator.id), indicator, quarters) for cube in (before, after))
        if was.count == now.count or now.wanted in shown:
            continue
        shown.add(now.wanted)
        is_own = len(quarters) == 1 and not indicator.is_yearly
        period = str(quarter) if is_own else wording.period_words(now, quarter.financial_year)
        sentence = wording.changed_figure(indicator.title, was.count, now.count, period)
        yield Effect(indicator, quarter, was, now, sentence)


def _verdicts(
    indicators: list[Indicator], quarter: Quarter, before: Cube, after: Cube, settings: Settings
) -> Iterator[Verdict]:
    by_id = {indicator.id: indicator for indicator in indicators}
    for plan in PLANS:
        for _, outcome in plan.outcomes():
            if outcome.indicator not in by_id:
                continue
            indicator = by_id[outcome.indicator]
            figures = [over(cube.get(indicator.id), indicator, quarter.year_to_date()) for cube in (before, after)]
            was, now = (judge(outcome, plan, quarter, figure, settings).status for figure in figures)
            if was != now:
                period = wording.period_words(figures[1], quarter.financial_year)
                sentence = wording.changed_status(outcome.title, was, now, period)
                yield Verdict(plan, outcome, quarter, was, now, sentence)
