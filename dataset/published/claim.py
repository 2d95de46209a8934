"""What a document says of its own figures, in a form that can be worked out again.

A claim names its place, the words printed there and the published figures it speaks of, by where they
stand; `holds` and `sentence` are worked out from those figures, so that a correction reaches both. A
claim fails only when no reading of the printed figures within their rounding bears it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal, Protocol

from dataset.published.figure import PublishedFigure, first_number
from dataset.published.rounding import half_digit
from dataset.published.terms import Term, Together, plain


@dataclass(frozen=True)
class Sense:
    """How a word about two figures is read: the ratio of the first to the second lies between the bounds.

    A bound of 1 is not itself a rise or a fall. `share` says the ratio is read as a part of the whole.
    """

    reading: str
    low: Fraction | None = None
    high: Fraction | None = None
    share: bool = False

    def fits(self, low: Fraction, high: Fraction) -> bool:
        """Whether some ratio from `low` to `high` is within the bounds."""
        enough = self.low is None or high > self.low or (high == self.low != 1)
        little = self.high is None or low < self.high or (low == self.high != 1)
        return enough and little


# Words are read generously, and the reading is part of the sentence. Slight: a tenth, about what chance alone
# does to a count of a hundred (its square root is 10). Strong, steep, significant: a quarter, more than twice
# that. Stable, comparable, in line: half of it. Close behind: a fifth.
RISE = Sense("", low=Fraction(1))
FALL = Sense("", high=Fraction(1))
SLIGHT_RISE = Sense("more by at most a tenth", Fraction(1), Fraction(11, 10))
SLIGHT_FALL = Sense("less by at most a tenth", Fraction(9, 10), Fraction(1))
STABLE = Sense("within a twentieth of each other", Fraction(19, 20), Fraction(21, 20))
STRONG_RISE = Sense("more by at least a quarter", low=Fraction(5, 4))
ALMOST_DOUBLE = Sense("between 1.8 and 2 times", Fraction(9, 5), Fraction(2))
CLOSELY = Sense("at most a fifth less", Fraction(4, 5), Fraction(1))
MOST = Sense("more than half", low=Fraction(1, 2), share=True)
TWO_THIRDS = Sense("two thirds, give or take a tenth of that", Fraction(3, 5), Fraction(11, 15), share=True)


class Claim(Protocol):
    """What the kinds below have in common; `place` is where the words stand, such as "004:343"."""

    @property
    def place(self) -> str: ...

    @property
    def words(self) -> str: ...

    @property
    def figures(self) -> tuple[PublishedFigure, ...]: ...

    @property
    def holds(self) -> bool: ...

    @property
    def sentence(self) -> str: ...


@dataclass(frozen=True)
class PercentChange:
    """So many percent more or less; the number is that of the words, exact to its last printed digit."""

    place: str
    words: str
    before: Term
    after: Term
    says: Literal["more", "less"]
    caveat: str = ""

    @property
    def change(self) -> Fraction:
        return 100 * (self.after.value / self.before.value - 1)

    @property
    def figures(self) -> tuple[PublishedFigure, ...]:
        return (*self.before.figures, *self.after.figures)

    @property
    def holds(self) -> bool:
        said = first_number(self.words) * (1 if self.says == "more" else -1)
        return abs(self.change - said) <= half_digit(self.words)

    @property
    def sentence(self) -> str:
        worked = f"from {self.before.words} to {self.after.words} is {by(self.after.value / self.before.value)}"
        return told(self.place, self.words, worked, self.holds, self.caveat)


@dataclass(frozen=True)
class AddsTo:
    """Parts that make a total: exact for counts and money, within the rounding of every share otherwise."""

    place: str
    words: str
    parts: tuple[Term, ...]
    total: Term
    caveat: str = ""

    @property
    def sum(self) -> Fraction:
        return Together(self.parts).value

    @property
    def figures(self) -> tuple[PublishedFigure, ...]:
        return (*Together(self.parts).figures, *self.total.figures)

    @property
    def holds(self) -> bool:
        return abs(self.sum - self.total.value) <= Together(self.parts).slack + self.total.slack

    @property
    def sentence(self) -> str:
        parts = listed([part.words for part in self.parts])
        gap = self.total.value - self.sum
        short = f", {plain(abs(gap))} {'short of' if gap > 0 else 'more than'} the total" if gap else ""
        worked = f"{parts} add to {plain(self.sum)}{short}; the total is {self.total.words}"
        return told(self.place, self.words, worked, self.holds, self.caveat)


@dataclass(frozen=True)
class Difference:
    """So many more or fewer; the number is that of the words."""

    place: str
    words: str
    before: Term
    after: Term
    caveat: str = ""

    @property
    def figures(self) -> tuple[PublishedFigure, ...]:
        return (*self.before.figures, *self.after.figures)

    @property
    def holds(self) -> bool:
        slack = self.before.slack + self.after.slack
        return abs(abs(self.after.value - self.before.value) - first_number(self.words)) <= slack

    @property
    def sentence(self) -> str:
        gap = self.after.value - self.before.value
        worked = f"from {self.before.words} to {self.after.words} is {plain(abs(gap))} {'more' if gap > 0 else 'fewer'}"
        return told(self.place, self.words, worked, self.holds, self.caveat)


@dataclass(frozen=True)
class Share:
    """So many percent of a whole; the number is that of the words, within its rounding and the counts'."""

    place: str
    words: str
    part: Term
    whole: Term
    caveat: str = ""

    @property
    def share(self) -> Fraction:
        return 100 * self.part.value / self.whole.value

    @property
    def figures(self) -> tuple[PublishedFigure, ...]:
        return (*self.part.figures, *self.whole.figures)

    @property
    def holds(self) -> bool:
        low, high = (100 * ratio for ratio in ratios(self.part, self.whole))
        said, half = first_number(self.words), half_digit(self.words)
        return low <= said + half and high >= said - half

    @property
    def sentence(self) -> str:
        worked = f"{self.part.words} of {self.whole.words} is {tenths(self.share)}%"
        return told(self.place, self.words, worked, self.holds, self.caveat)


@dataclass(frozen=True)
class Worded:
    """A word about a figure beside others ("dropped slightly", "fewer"): it must fit each of them."""

    place: str
    words: str
    figure: Term
    than: tuple[Term, ...]
    sense: Sense
    caveat: str = ""

    @property
    def figures(self) -> tuple[PublishedFigure, ...]:
        return (*self.figure.figures, *(figure for other in self.than for figure in other.figures))

    @property
    def holds(self) -> bool:
        return all(self.sense.fits(*ratios(self.figure, other)) for other in self.than)

    @property
    def sentence(self) -> str:
        beside = listed([f"{self._compared(other)} {other.words}" for other in self.than])
        reading = f"; the words are read as {self.sense.reading}" if self.sense.reading else ""
        worked = f"{self.figure.words} is {beside}{reading}"
        return told(self.place, self.words, worked, self.holds, self.caveat)

    def _compared(self, other: Term) -> str:
        ratio = self.figure.value / other.value
        if self.sense.share:
            return f"{tenths(100 * ratio)}% of"
        if ratio == 1:
            return "the same as"
        if {figure.unit for figure in self.figures} == {"percent"}:
            return f"{tenths(abs(self.figure.value - other.value))} points ({by(ratio)}) {'above' if ratio > 1 else 'below'}"
        return f"{by(ratio)} than"


@dataclass(frozen=True)
class WholeNumber:
    """A printed share or growth for which some whole number of people must exist.

    `of` is the whole of the share, the count grown to, or the count grown by.
    """

    place: str
    words: str
    of: Term
    how: Literal["share of", "growth to", "growth by"] = "share of"
    caveat: str = ""

    @property
    def figures(self) -> tuple[PublishedFigure, ...]:
        return self.of.figures

    @property
    def between(self) -> tuple[Fraction, Fraction]:
        """The numbers, whole or not, that would give the printed percentage."""
        said, half = first_number(self.words), half_digit(self.words)
        low, high = (said - half) / 100, (said + half) / 100
        if self.how == "share of":
            return self.of.value * low, self.of.value * high
        if self.how == "growth to":
            return self.of.value / (1 + high), self.of.value / (1 + low)
        return self.of.value / high, self.of.value / low

    @property
    def holds(self) -> bool:
        low, high = self.between
        return ceil(low) <= floor(high)

    @property
    def sentence(self) -> str:
        low, high = self.between
        found = f"such as {plain(Fraction(ceil(low)))}" if self.holds else "and there is none"
        needs = {
            "share of": f"as a share of {self.of.words} it needs",
            "growth to": f"as growth to {self.of.words} it needs, to start from,",
            "growth by": f"as growth by {self.of.words} it needs, to start from,",
        }[self.how]
        worked = f"{needs} a whole number between {float(low):,.2f} and {float(high):,.2f}, {found}"
        return told(self.place, self.words, worked, self.holds, self.caveat)


def ratios(first: Term, second: Term) -> tuple[Fraction, Fraction]:
    """The least and the greatest ratio that rounding allows; a second figure that may be nothing is refused."""
    least = second.value - second.slack
    if least <= 0:
        raise ValueError(f"{second.words} may be nothing, so there is no ratio to it.")
    return (first.value - first.slack) / (second.value + second.slack), (first.value + first.slack) / least


def tenths(value: Fraction) -> str:
    return f"{float(value):,.1f}".removesuffix(".0")


def by(ratio: Fraction) -> str:
    """How far a ratio is from 1: 45/128 → "64.8% less"."""
    change = 100 * (ratio - 1)
    return f"{tenths(abs(change))}% {'more' if change > 0 else 'less'}" if change else "the same"


def listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


def told(place: str, words: str, worked: str, holds: bool, caveat: str) -> str:
    verdict = "The figures bear it out." if holds else "The figures do not bear it out."
    return " ".join(filter(None, (f"{place} says “{words}”: {worked}.", verdict, caveat)))
