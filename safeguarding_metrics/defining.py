"""A definition as a reader wants it: who owns the figure, what it may be added over, its worked example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.measuring import Count
from safeguarding_metrics.wording import counted, figure_words


def owner_words(indicator: Indicator) -> str:
    """Whose returns the figure is made of."""
    return "; ".join(agency.name for agency in indicator.owners)


def adding_words(indicator: Indicator) -> str:
    """What the figure may be added over, which is never a percentage but its two counts."""
    if indicator.is_yearly:
        return "One figure a year; added over agencies, never over years."
    if not indicator.adds_over_quarters:
        return "A state on the last day of a quarter: added over agencies, never over quarters."
    return "Added over quarters and agencies: cases first, then the share is worked out."


def breakdown_words(indicator: Indicator) -> str:
    return ", ".join(name.replace("_", " ") for name in indicator.breakdowns) or "none"


def example_words(indicator: Indicator) -> str:
    """The worked example, which is also the indicator's test: the rows that matter and their answer."""
    example = indicator.example
    times = Counter(_row(cells) for cells in example.rows)
    rows = "; ".join(f"{number} × {row}" if number > 1 else row for row, number in times.items())
    answer = figure_words(Count(example.numerator, example.denominator))
    return f"{counted(len(example.rows), 'row')} ({rows}) {'gives' if len(example.rows) == 1 else 'give'} {answer}."


def _row(cells: Mapping[str, str]) -> str:
    said = [f"{name} “{value}”" if value else f"{name} blank" for name, value in cells.items()]
    return ", ".join(said) or "any other row"


def headline_first(indicators: Iterable[Indicator]) -> list[Indicator]:
    """The few the partnership looks at first, then the rest, each in the order of the catalogue."""
    return sorted(indicators, key=lambda indicator: not indicator.headline)
