"""A journey as values: every step this year against last, and what can be said of the change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dataset.quarter import Quarter
from safeguarding_metrics import journey_wording
from safeguarding_metrics.changing import Verdict, direction, verdict
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.indicators import indicator_named
from safeguarding_metrics.journeys import Journey, Part, Rate, Step
from safeguarding_metrics.measuring import Count, Cube, PeriodCount, over
from safeguarding_metrics.settings import Settings


@dataclass(frozen=True)
class Compared:
    """A figure of the financial year up to a quarter, the same of the year before, and what the change means.

    `verdict` is None where one of the two has no figure or lacks a return: then nothing is compared.
    """

    now: PeriodCount
    before: PeriodCount
    verdict: Verdict | None


@dataclass(frozen=True)
class RateRow:
    rate: Rate
    indicator: Indicator
    compared: Compared
    sentence: str


@dataclass(frozen=True)
class StepRow:
    """One step: `cases` compares the number of cases, `rates` what became of them."""

    step: Step
    indicator: Indicator
    cases: Compared
    sentence: str
    rates: tuple[RateRow, ...]


@dataclass(frozen=True)
class JourneyView:
    """A journey at one quarter; `answer` is the title, `story` the whole way in one paragraph."""

    journey: Journey
    quarter: Quarter
    answer: str
    story: str
    steps: tuple[StepRow, ...]
    better: tuple[RateRow, ...]
    worse: tuple[RateRow, ...]


def journey_view(cube: Cube, journey: Journey, quarter: Quarter, settings: Settings) -> JourneyView:
    """The journey over the financial year up to `quarter`, against the same quarters of the year before."""
    steps = tuple(_step(cube, step, quarter, settings) for step in journey.steps)
    rates = [rate for step in steps for rate in step.rates]
    verdicts = Counter(rate.compared.verdict for rate in rates)
    return JourneyView(
        journey=journey,
        quarter=quarter,
        answer=journey_wording.answer(journey, quarter, verdicts),
        story=journey_wording.story([(row.step, row.cases, row.rates) for row in steps], quarter),
        steps=steps,
        better=tuple(rate for rate in rates if rate.compared.verdict == "better"),
        worse=tuple(rate for rate in rates if rate.compared.verdict == "worse"),
    )


def _step(cube: Cube, step: Step, quarter: Quarter, settings: Settings) -> StepRow:
    indicator = indicator_named(step.indicator, settings)
    cases = _compared(cube, indicator, quarter, step.shows)
    rates = tuple(_rate(cube, rate, quarter, settings) for rate in step.rates)
    return StepRow(step, indicator, cases, journey_wording.cases(step, cases, quarter), rates)


def _rate(cube: Cube, rate: Rate, quarter: Quarter, settings: Settings) -> RateRow:
    indicator = indicator_named(rate.indicator, settings)
    compared = _compared(cube, indicator, quarter)
    return RateRow(rate, indicator, compared, journey_wording.rate(rate, compared, quarter))


def _compared(cube: Cube, indicator: Indicator, quarter: Quarter, shows: Part = "figure") -> Compared:
    series = cube.get(indicator.id)
    now, before = (_part_of(over(series, indicator, one.year_to_date()), shows) for one in (quarter, quarter.plus(-4)))
    if not (now.complete and before.complete and now.count and before.count):
        return Compared(now, before, None)
    found = direction(now.count, before.count)
    # More cases are neither better nor worse by themselves: a step's number only says how many came.
    polarity = indicator.polarity if shows == "figure" and indicator.is_share else "neutral"
    return Compared(now, before, None if found is None else verdict(found, polarity))


def _part_of(figure: PeriodCount, shows: Part) -> PeriodCount:
    """The same period with the numerator or the denominator as a count of its own."""
    if shows == "figure" or figure.count is None:
        return figure
    number = figure.count.k if shows == "numerator" else figure.count.n or 0
    return PeriodCount(figure.wanted, figure.had, Count(number), figure.missing, figure.restated, figure.explained)
