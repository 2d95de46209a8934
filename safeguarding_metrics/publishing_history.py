"""The published figures of a measure as series over the years, every break marked with what it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from dataset.agencies import STOCKPORT
from dataset.published.figure import PublishedFigure
from safeguarding_metrics.publishing import area_name, in_order, title_of, when
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.wording import counted

_UNITS = {
    "percent": "a share",
    "count": "a count",
    "per 100,000": "a rate per 100,000",
    "percent change": "a change in per cent",
    "pounds": "an amount of money",
    "score": "a rank or score",
}
_KINDS = {
    "as at": "one day",
    "month": "one month",
    "part of a year": "part of a year",
    "several years": "several years",
    "since start": "the time since a start",
    "twelve months": "twelve months",
}


@dataclass(frozen=True)
class Step:
    """A figure in its series, and what sets it apart from the one before: breaks, years without one, its document."""

    figure: PublishedFigure
    breaks: tuple[str, ...] = ()
    years_missing: int = 0
    moved: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether a line may lead here from the figure before."""
        return not self.breaks and not self.years_missing

    @property
    def words(self) -> str:
        """ "≠ Break: one day instead of a financial year. No figure for 3 years in between."; empty where it goes on."""
        said = [f"≠ Break: {'; '.join(self.breaks)}."] if self.breaks else []
        said += [f"No figure for {counted(self.years_missing, 'year')} in between."] if self.years_missing else []
        said += [f"Another document: {self.moved}."] if self.moved else []
        return " ".join(said)


@dataclass(frozen=True)
class Strand:
    """The published figures of one measure, breakdown and area in order of period."""

    measure: str
    breakdown: str
    area: str
    steps: tuple[Step, ...]

    def title(self, settings: Settings = Settings()) -> str:
        """ "SAR referrals, self-neglect, North West"."""
        area = "" if self.area == STOCKPORT.code else area_name(self.area)
        return ", ".join(part for part in (title_of(self.measure, settings), self.breakdown, area) if part)


def history(figures: Iterable[PublishedFigure]) -> tuple[Strand, ...]:
    """Figures as series with their breaks marked: the whole first, Stockport before other areas, oldest period first.

    Figures of another unit follow those of the usual one, since no line leads from a count to a share.
    """
    same: dict[tuple[str, str, str], list[PublishedFigure]] = defaultdict(list)
    for figure in sorted(figures, key=lambda one: (one.measure, *in_order(one))):
        same[figure.measure, figure.breakdown, figure.area].append(figure)
    strands = []
    for (measure, breakdown, area), members in same.items():
        usual = [unit for unit, _ in Counter(figure.unit for figure in members).most_common()]
        members.sort(key=lambda one: (usual.index(one.unit), when(one), one.period.kind, one.document.number, one.line))
        steps = [Step(members[0]), *(_step(a, b) for a, b in pairwise(members))]
        strands.append(Strand(measure, breakdown, area, tuple(steps)))
    return tuple(strands)


def _step(before: PublishedFigure, figure: PublishedFigure) -> Step:
    breaks = []
    if before.unit != figure.unit:
        breaks.append(f"{_unit(figure)} instead of {_unit(before)}")
    elif _another_basis(before, figure):
        breaks.append(f"another basis, before it {f'“{before.basis}”' if before.basis else 'not said'}")
    if before.period.kind != figure.period.kind:
        breaks.append(f"{_kind(figure)} instead of {_kind(before)}")
    years = when(figure)[0] - when(before)[0] - 1 if before.unit == figure.unit else 0
    moved = before.document != figure.document and before.period != figure.period
    said = f"{figure.document.short}, before it the {before.document.short}" if moved else ""
    return Step(figure, tuple(breaks), max(years, 0), said)


def _another_basis(before: PublishedFigure, figure: PublishedFigure) -> bool:
    """Whether two figures are said to be of different things; of a share, also where only one says what it is of."""
    said = bool(before.basis and figure.basis) or figure.unit in ("percent", "per 100,000", "percent change")
    return said and before.basis != figure.basis


def _unit(figure: PublishedFigure) -> str:
    return _UNITS.get(figure.unit, f"a number of {figure.unit}")


def _kind(figure: PublishedFigure) -> str:
    return _KINDS.get(figure.period.kind, f"a {figure.period.kind}")
