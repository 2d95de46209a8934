"""Published figures side by side: where two documents, or one document twice, differ about the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from dataset.published import figures_for
from dataset.published.figure import PublishedFigure


@dataclass(frozen=True)
class Conflict:
    """Figures about the same measure, area, period and unit that cannot all be right, in the order printed."""

    measure: str
    period: str
    figures: tuple[PublishedFigure, ...]

    @property
    def sentence(self) -> str:
        """ "2022/23: the business plan says 70% (003:332), the annual report 2022/23 says 72.4% (004:620)."""
        said = [f"the {f.document.short} says {f.words} ({f.place})" for f in self.figures]
        return f"Documents differ for {self.period}: {', '.join(said[:-1])} and {said[-1]}."


def conflicts(figures: Iterable[PublishedFigure]) -> list[Conflict]:
    """Every set of figures about the same thing of which two cannot be roundings of one value."""
    alike: dict[tuple[str, ...], list[PublishedFigure]] = defaultdict(list)
    for figure in figures:
        alike[figure.measure, figure.breakdown, figure.area, figure.period.label, figure.unit].append(figure)
    found = []
    for (measure, _, _, period, _), same in alike.items():
        if any(_apart(a, b) for a, b in combinations(same, 2)):
            found.append(Conflict(measure, period, _one_a_value(same)))
    return found


def conflicts_about(measures: Iterable[str], period: str | None = None) -> list[Conflict]:
    """The conflicts among the published figures of some measures, for one period or all."""
    figures = [figure for measure in measures for figure in figures_for(measure)]
    return [c for c in conflicts(figures) if period in (None, c.period)]


def _apart(a: PublishedFigure, b: PublishedFigure) -> bool:
    return abs(a.value - b.value) > _half_unit(a) + _half_unit(b)


def _half_unit(figure: PublishedFigure) -> Fraction:
    """Half of the last printed digit: 72.4 stands for 72.35 to 72.45. A figure with printed counts is exact."""
    if figure.counts == "printed" or figure.unit == "count":
        return Fraction(0)
    digits = "".join(c for c in figure.as_printed if c.isdigit() or c == ".").strip(".")
    if not digits:
        return Fraction(0)
    decimals = len(digits.partition(".")[2])
    return Fraction(1, 2 * 10**decimals)


def _one_a_value(figures: list[PublishedFigure]) -> tuple[PublishedFigure, ...]:
    """One figure for each document and value: a document that repeats itself is not a second witness.

    The place that prints the value itself is named rather than one that implies it (84% rather than "only 16%").
    """
    kept: dict[tuple[str, Fraction], PublishedFigure] = {}
    for figure in figures:
        key = (figure.document.number, figure.value)
        if key not in kept or (not _prints_its_value(kept[key]) and _prints_its_value(figure)):
            kept[key] = figure
    return tuple(kept.values())


def _prints_its_value(figure: PublishedFigure) -> bool:
    return f"{float(figure.value):g}" in figure.as_printed
