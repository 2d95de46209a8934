"""Published figures side by side: where two documents, or one document twice, differ about the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from dataset.published import figures_for
from dataset.published.figure import PublishedFigure
from dataset.published.rounding import rounding


@dataclass(frozen=True)
class Neighbours:
    """Two measures easily taken for one another; `why` says how their figures can differ and both be right."""

    first: str
    second: str
    why: str


NEIGHBOURS = (
    Neighbours(
        "gcp2_started",
        "gcp2_completed",
        "Assessments started and assessments completed are two counts, so both may be right.",
    ),
)


@dataclass(frozen=True)
class Conflict:
    """Figures about the same measure, area, period and unit that cannot all be right, in the order printed.

    `why` is set where they are of neighbouring measures, which need not agree.
    """

    measure: str
    period: str
    figures: tuple[PublishedFigure, ...]
    why: str = ""

    @property
    def sentence(self) -> str:
        """ "2022/23: the business plan says 70% (003:332), the annual report 2022/23 says 72.4% (004:620)."""
        said = [f"the {f.document.short} says {f.words} ({f.place})" for f in self.figures]
        differ = f"Documents differ for {self.period}: {', '.join(said[:-1])} and {said[-1]}."
        return f"{differ} {self.why}".rstrip()


def conflicts(figures: Iterable[PublishedFigure]) -> list[Conflict]:
    """Every set of figures about the same thing of which two cannot be roundings of one value."""
    alike: dict[tuple[str, ...], list[PublishedFigure]] = defaultdict(list)
    for figure in figures:
        alike[figure.measure, figure.breakdown, figure.area, figure.period.label, figure.unit].append(figure)
    found = []
    for (measure, _, _, period, _), same in alike.items():
        if any(_apart(a, b) for a, b in combinations(same, 2)):
            found.append(Conflict(measure, period, _one_a_value(same)))
    return [*found, *_between_neighbours(alike)]


def conflicts_about(measures: Iterable[str], period: str | None = None) -> list[Conflict]:
    """The conflicts among the published figures of some measures, for one period or all."""
    figures = [figure for measure in measures for figure in figures_for(measure)]
    return [c for c in conflicts(figures) if period in (None, c.period)]


def _between_neighbours(alike: dict[tuple[str, ...], list[PublishedFigure]]) -> list[Conflict]:
    """The conflicts between figures of neighbouring measures that share everything but the measure."""
    found = []
    for pair in NEIGHBOURS:
        for (measure, *rest), figures in alike.items():
            beside = alike.get((pair.second, *rest), []) if measure == pair.first else []
            if any(_apart(a, b) for a in figures for b in beside):
                found.append(Conflict(pair.first, rest[2], _one_a_value([*figures, *beside]), pair.why))
    return found


def _apart(a: PublishedFigure, b: PublishedFigure) -> bool:
    return abs(a.value - b.value) > rounding(a) + rounding(b)


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
