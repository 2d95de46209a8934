"""Figures of other areas beside ours: like for like, or refused with the reason.

Numerator, denominator and period must agree. Then the word follows from intervals: similar when our 95% interval
contains the other figure, ends included. Where the other area publishes an interval as well, similar means that
the two have a value in common, because both figures are uncertain; that says “similar” a little too often rather
than “different” too often. Values and intervals are in the unit printed: 54.0 for 54.0%.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from statistics import median
from typing import Literal

from dataset.agencies import STOCKPORT
from dataset.comparator_code_lists import (
    AREAS,
    DEFINITIONS,
    NEIGHBOURS,
    POPULATION,
    RESIDENTS,
    Definition,
    definition_named,
    definition_of,
)
from dataset.published import FIGURES
from dataset.published.figure import PublishedFigure
from dataset.published.terms import At
from dataset.purging import removals
from dataset.quarter import Quarter
from dataset.store import Reading
from dataset.tables.comparator_figures import ComparatorFigure
from safeguarding_metrics.indicator import Indicator, Polarity
from safeguarding_metrics.measuring import Count, PeriodCount, Series, over
from safeguarding_metrics.uncertainty import count_interval, share_interval

Word = Literal["similar", "better", "worse", "higher", "lower"]
Why = Literal[
    "undefined",
    "numerator",
    "denominator",
    "period",
    "part_year",
    "no_figure",
    "incomplete",
    "no_population",
]

# Of two neighbours the middle is an average, not a standing.
NEIGHBOURS_NEEDED = 3
_PER = 100_000


@dataclass(frozen=True)
class Comparator:
    """One published figure; `period` is "2022/23", or "2023-03-31" for one day, else as printed.

    `definition` is None where its source leaves open what it is of. `low` and `high` are its own interval.
    """

    area: str
    period: str
    measure: str
    value: Fraction
    unit: str
    definition: Definition | None
    source: str
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def year(self) -> int | None:
        """The year in which the financial year begins that the figure is of or falls in."""
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", self.period):
            return Quarter.of(date.fromisoformat(self.period)).year
        return int(self.period[:4]) if re.fullmatch(r"\d{4}(/\d{2})?", self.period) else None


@dataclass(frozen=True)
class Ours:
    """Our own figure in the comparator's unit, with its 95% interval, its counts and the people a rate is per."""

    value: Fraction
    low: float
    high: float
    count: Count
    population: Comparator | None = None


@dataclass(frozen=True)
class Refusal:
    """Why a figure is not compared, and what differs where that has words."""

    why: Why
    theirs: str = ""
    ours: str = ""


@dataclass(frozen=True)
class Comparison:
    """A comparator with our figure and a word, or refused; `printed_here` is what is printed for Stockport by
    the definition and for the period of the comparator."""

    comparator: Comparator
    ours: Ours | None = None
    word: Word | None = None
    refusal: Refusal | None = None
    printed_here: tuple[Comparator, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Us among the statistical neighbours that are like for like: their median, our rank of `of`, ours included.

    Rank 1 is the best, or the highest where neither way is better; fewer than three neighbours have no median.
    """

    definition: Definition
    neighbours: tuple[Comparator, ...]
    ours: Ours
    median: Fraction | None = None
    word: Word | None = None
    rank: int | None = None
    joint: bool = False

    @property
    def of(self) -> int:
        return len(self.neighbours) + 1


@dataclass(frozen=True)
class Compared:
    """An indicator for the financial year up to a quarter, beside every other area that a figure is held of."""

    indicator: Indicator
    quarter: Quarter
    figure: PeriodCount
    each: tuple[Comparison, ...]
    standings: tuple[Standing, ...]


def compare(reading: Reading, series: Series | None, indicator: Indicator, quarter: Quarter) -> Compared:
    """Each area's figure of the quarter's year; of an area without one its latest before, which is refused."""
    held = held_figures(reading)
    figure = over(series, indicator, quarter.year_to_date())
    elsewhere = [one for one in held if one.area != STOCKPORT.code and _speaks_of(one, indicator)]
    each = tuple(
        _comparison(one, held, indicator, quarter, figure) for one in _of_the_year(_each_once(elsewhere), quarter)
    )
    return Compared(indicator, quarter, figure, each, _standings(each, indicator))


def spoken_of(reading: Reading, indicators: Iterable[Indicator]) -> list[Indicator]:
    """The indicators for which a figure of another area is held, whether or not it is like for like."""
    of = reading.once("spoken of", lambda: frozenset(name for one in held_figures(reading) for name in _names(one)))
    return [indicator for indicator in indicators if indicator.id in of]


def verdict(polarity: Polarity, ours: tuple[float, float], theirs: tuple[Fraction | float, Fraction | float]) -> Word:
    """The word for our interval against theirs; a figure without an interval is one of no width."""
    if ours[0] <= theirs[1] and theirs[0] <= ours[1]:
        return "similar"
    above = ours[0] > theirs[1]
    if polarity == "neutral":
        return "higher" if above else "lower"
    return "better" if above == (polarity == "increase") else "worse"


# What is held


@lru_cache(maxsize=1)
def _shipped() -> tuple[Comparator, ...]:
    """The published figures that come with the software, and the one population among them."""
    people = At("004:182", measure=POPULATION).figure
    population = Comparator(
        STOCKPORT.code, people.period.label, POPULATION, people.value, "count", RESIDENTS, _printed_at(people)
    )
    return (population, *(_as_comparator(figure) for figure in FIGURES if not figure.breakdown))


def _as_comparator(figure: PublishedFigure) -> Comparator:
    return Comparator(
        figure.area,
        _period_of(figure),
        figure.measure,
        figure.value,
        figure.unit,
        definition_of(figure),
        _printed_at(figure),
    )


def _printed_at(figure: PublishedFigure) -> str:
    return f"{figure.document.title}, {figure.place}"


def _period_of(figure: PublishedFigure) -> str:
    if figure.period.kind == "as at":
        try:
            return datetime.strptime(figure.period.label, "%d %B %Y").date().isoformat()
        except ValueError:
            return figure.period.label
    if figure.period.kind == "financial year":
        return figure.period.label
    return f"{figure.period.label} ({figure.period.kind})"


def held_figures(reading: Reading) -> tuple[Comparator, ...]:
    """Every figure there is, read anew when the return of them changed."""
    sent = [entry.id for entry in reading.returned(ComparatorFigure.about.name).values()]
    return reading.carried.once(
        "comparators", "", (sent, removals(reading)), lambda: (*_shipped(), *_read_returned(reading)), 20
    )


def _read_returned(reading: Reading) -> tuple[Comparator, ...]:
    """The figures of the return, those sent last first; one that was sent again counts as sent last."""
    # The key of the return: what a source prints is held once, as it was last sent.
    columns = ("area", "period_as_printed", "measure", "definition", "source")
    texts = ", ".join(f"CAST(facts.{name} AS VARCHAR)" for name in (*columns, "unit"))
    rows = reading.rows(
        f"SELECT {texts}, facts.value, facts.interval_low, facts.interval_high FROM {reading.source(ComparatorFigure)} "
        "ORDER BY facts.quarter DESC, facts.record"
    )
    held: dict[tuple[str, ...], Comparator] = {}
    for area, period, measure, definition, source, unit, *numbers in rows:
        value, low, high = (None if number is None else Fraction(repr(number)) for number in numbers)
        assert value is not None  # the return refuses a blank
        found = Comparator(area, period, measure, value, unit, definition_named(definition), source, low, high)
        held.setdefault((area, period, measure, definition, source), found)
    return tuple(held.values())


def _speaks_of(one: Comparator, indicator: Indicator) -> bool:
    """Whether a figure is of the indicator, or is easily taken for it."""
    return indicator.id in _names(one)


def _names(one: Comparator) -> tuple[str, ...]:
    """The ids of the indicators a figure is of, or is easily taken for."""
    return (one.measure, *one.definition.measures, *one.definition.near) if one.definition else (one.measure,)


def _each_once(figures: Iterable[Comparator]) -> list[Comparator]:
    """What is both shipped and returned, or printed twice, is shown once."""
    kept: dict[tuple[object, ...], Comparator] = {}
    for one in figures:
        kept.setdefault((one.area, one.period, one.definition or one.measure, one.value), one)
    return list(kept.values())


def _of_the_year(figures: Sequence[Comparator], quarter: Quarter) -> list[Comparator]:
    """The figures of each area and definition of its latest year up to the quarter's, areas from near to far."""
    latest: dict[tuple[object, ...], int] = {}
    past = [one for one in figures if one.year is None or one.year <= quarter.year]
    for one in past:
        about = (one.area, one.definition or one.measure)
        latest[about] = max(latest.get(about, 0), one.year or 0)
    kept = [one for one in past if one.year in (None, latest[one.area, one.definition or one.measure])]
    order = list(AREAS)
    return sorted(kept, key=lambda one: order.index(one.area) if one.area in order else len(order))


# Like for like


def _comparison(
    one: Comparator, held: Sequence[Comparator], indicator: Indicator, quarter: Quarter, figure: PeriodCount
) -> Comparison:
    here = tuple(other for other in held if other.area == STOCKPORT.code and _alike(one, other))
    refusal = _unlike(one, indicator) or _other_period(one, indicator, quarter) or _unfinished(indicator, figure)
    if refusal is not None:
        return Comparison(one, refusal=refusal, printed_here=here)
    ours = _ours(one, held, figure, quarter)
    if ours is None:
        assert one.definition is not None  # else it is refused above
        return Comparison(one, refusal=Refusal("no_population", one.definition.denominator), printed_here=here)
    theirs = (one.value if one.low is None else one.low, one.value if one.high is None else one.high)
    return Comparison(one, ours, verdict(indicator.polarity, (ours.low, ours.high), theirs))


def _alike(one: Comparator, other: Comparator) -> bool:
    return one.definition is not None and (one.definition, one.period) == (other.definition, other.period)


def _unlike(one: Comparator, indicator: Indicator) -> Refusal | None:
    """What it counts, then what it is out of."""
    if one.definition is None:
        return Refusal("undefined")
    own = [definition for definition in DEFINITIONS if indicator.id in definition.measures]
    if one.definition not in own:
        same = [definition for definition in own if definition.unit == one.unit] or own
        counts, out_of = (
            (same[0].numerator, same[0].denominator) if same else (indicator.counts, indicator.out_of or "nothing")
        )
        if counts != one.definition.numerator:
            return Refusal("numerator", one.definition.numerator, counts)
        return Refusal("denominator", one.definition.denominator, out_of)
    return None


def _other_period(one: Comparator, indicator: Indicator, quarter: Quarter) -> Refusal | None:
    """A year is compared with the same whole year, a day with the same day."""
    adds = indicator.adds_over_quarters
    here = quarter.financial_year if adds else quarter.end.isoformat()
    if one.period != here:
        return Refusal("period", one.period, here)
    if adds and not indicator.is_yearly and quarter.number < 4:
        return Refusal("part_year", one.period, str(quarter.number))
    return None


def _unfinished(indicator: Indicator, figure: PeriodCount) -> Refusal | None:
    if figure.missing and figure.count is not None:
        return Refusal("incomplete")
    return Refusal("no_figure") if figure.count is None or figure.count.value is None else None


def _ours(one: Comparator, held: Sequence[Comparator], figure: PeriodCount, quarter: Quarter) -> Ours | None:
    """Our figure in the comparator's unit; None for a rate without the number of people it is per."""
    count = figure.count
    assert count is not None and one.definition is not None  # else it is refused before
    if not one.definition.population:
        assert count.n and count.value is not None
        interval = share_interval(count.k, count.n)
        if count.margin is not None:  # a survey's published interval
            share = float(count.value)
            interval = (max(share - count.margin, 0.0), min(share + count.margin, 1.0))
        assert interval is not None  # there are cases
        return Ours(count.value * 100, interval[0] * 100, interval[1] * 100, count)
    people = _population(held, one.definition.population, quarter)
    if people is None:
        return None
    rate = count_interval(count.k, float(people.value) / _PER)
    assert rate is not None  # a population is never nought
    return Ours(Fraction(count.k) * _PER / people.value, rate[0], rate[1], count, people)


def _population(held: Sequence[Comparator], words: str, quarter: Quarter) -> Comparator | None:
    """The latest number of these people up to the quarter's year."""
    found = [
        one
        for one in held
        if one.measure == POPULATION and one.area == STOCKPORT.code and one.definition and one.definition.words == words
    ]
    past = [one for one in found if one.value > 0 and one.year is not None and one.year <= quarter.year]
    return max(past, key=lambda one: one.year or 0, default=None)


# Neighbours


def _standings(each: Iterable[Comparison], indicator: Indicator) -> tuple[Standing, ...]:
    """One for each definition that neighbours have a comparable figure of."""
    groups: dict[Definition, dict[str, Comparison]] = {}
    for one in each:
        if one.ours is not None and one.comparator.definition and one.comparator.area in NEIGHBOURS:
            groups.setdefault(one.comparator.definition, {}).setdefault(one.comparator.area, one)
    return tuple(_standing(definition, list(group.values()), indicator) for definition, group in groups.items())


def _standing(definition: Definition, group: list[Comparison], indicator: Indicator) -> Standing:
    ours = group[0].ours
    assert ours is not None  # only those are grouped
    neighbours = tuple(one.comparator for one in group)
    if len(group) < NEIGHBOURS_NEEDED:
        return Standing(definition, neighbours, ours)
    values = [one.value for one in neighbours]
    middle = median(values)
    # Published figures have one decimal: with more of ours nobody would ever share a rank.
    own = round(ours.value, 1)
    ahead = sum(value < own if indicator.polarity == "decrease" else value > own for value in values)
    word = verdict(indicator.polarity, (ours.low, ours.high), (middle, middle))
    return Standing(definition, neighbours, ours, middle, word, ahead + 1, own in values)
