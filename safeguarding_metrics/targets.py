"""The shapes a promise can take, and the goal each sets for one financial year.

Every shape ends in a `Goal`: one or two exact bounds on a share or a count. Judging knows goals
only, so a new shape needs no new judge.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from safeguarding_metrics.settings import Settings

Unit = Literal["share", "count"]


@dataclass(frozen=True)
class Goal:
    """What must hold for the promise to be kept: bounds are included and exact.

    Shares lie between 0 and 1; counts are whole numbers of cases in a financial year.
    """

    at_least: Fraction | None = None
    at_most: Fraction | None = None
    unit: Unit = "share"

    def __post_init__(self) -> None:
        if self.at_least is None and self.at_most is None:
            raise ValueError("a goal needs a bound")

    @property
    def is_band(self) -> bool:
        return self.at_least is not None and self.at_most is not None

    @property
    def words(self) -> str:
        """ "at most 40%", "at least 3", "between 7% and 10%"."""
        if self.at_least is not None and self.at_most is not None:
            return f"between {self._shown(self.at_least)} and {self._shown(self.at_most)}"
        if self.at_least is not None:
            return f"at least {self._shown(self.at_least)}"
        assert self.at_most is not None
        return f"at most {self._shown(self.at_most)}"

    def _shown(self, bound: Fraction) -> str:
        return f"{float(bound * 100):.4g}%" if self.unit == "share" else f"{float(bound):.4g}"

    def holds(self, value: Fraction) -> bool:
        """Whether an exact value keeps the promise; meeting a bound exactly keeps it."""
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)

    def gap(self, value: Fraction) -> Fraction:
        """How far the value lies outside the goal: positive above it, negative below it, 0 inside."""
        if self.at_most is not None and value > self.at_most:
            return value - self.at_most
        if self.at_least is not None and value < self.at_least:
            return value - self.at_least
        return Fraction(0)


@dataclass(frozen=True)
class Baseline:
    """Where a promise starts from: the exact printed value with its counts, place and any caution."""

    value: Fraction
    period: str
    place: str
    numerator: int | None = None
    denominator: int | None = None
    note: str = ""


class Target(ABC):
    """A promise with a number. `years` are the financial years it sets a milestone for."""

    unit: Unit = "share"

    @property
    @abstractmethod
    def years(self) -> tuple[str, ...]:
        """Financial years with a milestone, oldest first."""

    @abstractmethod
    def goal(self, year: str, baseline: Baseline | None, settings: Settings) -> Goal | None:
        """The goal of one financial year such as "2023/24"; None when the promise sets none or
        when it needs a baseline that nobody has supplied."""

    @property
    def needs_baseline(self) -> bool:
        """Whether no goal can be worked out without a baseline."""
        return False


@dataclass(frozen=True)
class AtMost(Target):
    """The share is to be this or lower, year by year."""

    shares: Mapping[str, Fraction]

    @property
    def years(self) -> tuple[str, ...]:
        return tuple(self.shares)

    def goal(self, year: str, baseline: Baseline | None, settings: Settings) -> Goal | None:
        return Goal(at_most=self.shares[year]) if year in self.shares else None


@dataclass(frozen=True)
class AtLeast(Target):
    """The share is to be this or higher, year by year."""

    shares: Mapping[str, Fraction]

    @property
    def years(self) -> tuple[str, ...]:
        return tuple(self.shares)

    def goal(self, year: str, baseline: Baseline | None, settings: Settings) -> Goal | None:
        return Goal(at_least=self.shares[year]) if year in self.shares else None


@dataclass(frozen=True)
class Between(Target):
    """The share is to stay in a band, both ends included."""

    low: Fraction
    high: Fraction
    for_years: tuple[str, ...]

    @property
    def years(self) -> tuple[str, ...]:
        return self.for_years

    def goal(self, year: str, baseline: Baseline | None, settings: Settings) -> Goal | None:
        return Goal(at_least=self.low, at_most=self.high) if year in self.for_years else None


@dataclass(frozen=True)
class ChangeFromBaseline(Target):
    """The share is to fall by a part of its baseline: −25% of a baseline of 40% is at most 30%.

    Not rounded: shares are compared exactly.
    """

    falls: Mapping[str, Fraction]

    @property
    def years(self) -> tuple[str, ...]:
        return tuple(self.falls)

    @property
    def needs_baseline(self) -> bool:
        return True

    def goal(self, year: str, baseline: Baseline | None, settings: Settings) -> Goal | None:
        if year not in self.falls or baseline is None:
            return None
        return Goal(at_most=baseline.value * (1 - self.falls[year]))


@dataclass(frozen=True)
class GrowthInCount(Target):
    """A yearly count is to grow by a part of its baseline; a part of a case is rounded up.

    Additive: each year's rise is measured from the baseline (2 → 3, 3). Compound: rises build on
    each other before rounding (2 × 1.25 × 1.25 = 3.125 → 4).
    """

    rises: Mapping[str, Fraction]
    unit: Unit = "count"

    @property
    def years(self) -> tuple[str, ...]:
        return tuple(self.rises)

    @property
    def needs_baseline(self) -> bool:
        return True

    def goal(self, year: str, baseline: Baseline | None, settings: Settings) -> Goal | None:
        if year not in self.rises or baseline is None:
            return None
        factor = 1 + self.rises[year] if settings.growth == "additive" else self._compounded(year)
        return Goal(at_least=Fraction(ceil(baseline.value * factor)), unit="count")

    def _compounded(self, year: str) -> Fraction:
        factor = Fraction(1)
        for one, rise in self.rises.items():
            factor *= 1 + rise
            if one == year:
                break
        return factor


def percent(number: int | str) -> Fraction:
    """40 → 2/5, "72.4" → 181/250: percentages as they are printed, exactly."""
    return Fraction(number) / 100
