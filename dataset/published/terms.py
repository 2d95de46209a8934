"""Published figures looked up by where they stand, and sums and differences of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal, Protocol

from dataset.published import FIGURES
from dataset.published.figure import PublishedFigure
from dataset.published.rounding import rounding

ELSEWHERE = {
    "GM": "Greater Manchester",
    "E12000002": "North West",
    "E92000001": "England",
    "SN": "statistical neighbours",
}
_SIGNS = {"percent": "%", "percent change": "%", "per 100,000": " per 100,000"}


class Term(Protocol):
    """One figure, or several put together: its value and how far rounding lets it lie from that."""

    @property
    def value(self) -> Fraction: ...

    @property
    def slack(self) -> Fraction: ...

    @property
    def figures(self) -> tuple[PublishedFigure, ...]: ...

    @property
    def words(self) -> str: ...


@dataclass(frozen=True)
class At:
    """The one published figure at a place; what tells it from others there is named as far as needed.

    `take` reads one of its counts instead of its value. LookupError when none or several fit.
    """

    place: str
    period: str = ""
    measure: str = ""
    breakdown: str | None = None
    area: str = ""
    unit: str = ""
    take: Literal["value", "numerator", "denominator"] = "value"

    @property
    def figure(self) -> PublishedFigure:
        found = [figure for figure in _by_place().get(self.place, ()) if self._fits(figure)]
        if len(found) != 1:
            raise LookupError(f"{self} fits {len(found)} published figures.")
        return found[0]

    def _fits(self, figure: PublishedFigure) -> bool:
        return (
            self.period in ("", figure.period.label)
            and self.measure in ("", figure.measure)
            and self.breakdown in (None, figure.breakdown)
            and self.area in ("", figure.area)
            and self.unit in ("", figure.unit)
        )

    @property
    def value(self) -> Fraction:
        if self.take == "value":
            return self.figure.value
        count = self.figure.numerator if self.take == "numerator" else self.figure.denominator
        if count is None:
            raise LookupError(f"{self} has no counts.")
        return Fraction(count)

    @property
    def slack(self) -> Fraction:
        return rounding(self.figure) if self.take == "value" else Fraction(0)

    @property
    def figures(self) -> tuple[PublishedFigure, ...]:
        return (self.figure,)

    @property
    def words(self) -> str:
        figure = self.figure
        sign = _SIGNS.get(figure.unit, "") if self.take == "value" else ""
        pounds = "£" if figure.unit == "pounds" else ""
        about = (
            figure.breakdown or named(figure.measure),
            ELSEWHERE.get(figure.area, ""),
            figure.period.label,
            self.place,
        )
        return f"{pounds}{plain(self.value)}{sign} ({', '.join(filter(None, about))})"


@lru_cache(maxsize=1)
def _by_place() -> dict[str, list[PublishedFigure]]:
    found: dict[str, list[PublishedFigure]] = {}
    for figure in FIGURES:
        found.setdefault(figure.place, []).append(figure)
    return found


@dataclass(frozen=True)
class Whole:
    """All of it: 100%."""

    value = Fraction(100)
    slack = Fraction(0)
    figures: tuple[PublishedFigure, ...] = ()
    words: str = "100%"


@dataclass(frozen=True)
class Together:
    """Several figures added."""

    parts: tuple[Term, ...]

    @property
    def value(self) -> Fraction:
        return sum((part.value for part in self.parts), Fraction(0))

    @property
    def slack(self) -> Fraction:
        return sum((part.slack for part in self.parts), Fraction(0))

    @property
    def figures(self) -> tuple[PublishedFigure, ...]:
        return tuple(figure for part in self.parts for figure in part.figures)

    @property
    def words(self) -> str:
        return f"{plain(self.value)} ({' + '.join(part.words for part in self.parts)})"


@dataclass(frozen=True)
class Less:
    """One figure less another."""

    first: Term
    second: Term

    @property
    def value(self) -> Fraction:
        return self.first.value - self.second.value

    @property
    def slack(self) -> Fraction:
        return self.first.slack + self.second.slack

    @property
    def figures(self) -> tuple[PublishedFigure, ...]:
        return (*self.first.figures, *self.second.figures)

    @property
    def words(self) -> str:
        return f"{plain(self.value)} ({self.first.words} less {self.second.words})"


def plain(value: Fraction) -> str:
    """A number as people write it: "1,700", "99.5"."""
    return f"{float(value):,.10g}"


def named(measure: str) -> str:
    """The id of a measure as words: "msp_asked" → "MSP asked"."""
    return re.sub(
        r"\b(msp|sar|gcp2|maars|lado|marac|ehc|s47)\b", lambda found: found[0].upper(), measure.replace("_", " ")
    )
