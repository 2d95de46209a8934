"""From what a measure comes to in a year to the figures of its quarters: totals are met, parts add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from dataset.counts.measure import WHOLE, CountMeasure
from dataset.demonstrating.allocating import FIRST, LAST, SEED, quarters_of
from dataset.demonstrating.counts_levels import Level, Years
from dataset.quarter import Quarter

Figures = dict[Quarter, int]
# Each word of a measure → its numerators and its denominators; a plain count has no denominators.
Words = dict[str, tuple[Figures, Figures]]


def words_of(measure: CountMeasure, level: Level, made: Mapping[str, Words]) -> Words:
    """Every figure of a measure that one agency sends; `made` are the measures made before it."""
    spread = _Spread(measure, level)
    own = {word: spread.over(years, word) for word, years in level.parts.items() if isinstance(years, tuple)}
    weights = {word: weight for word, weight in level.parts.items() if not isinstance(weight, tuple)}
    below = made[level.out_of][WHOLE][0] if isinstance(level.out_of, str) else spread.over(level.out_of, "out of")
    counted = spread.over(level.years, WHOLE) if level.years else added(own.values())
    whole = spread.within(below) if measure.is_share else counted
    words: Words = {WHOLE: (whole, below)} | {word: (figures, {}) for word, figures in own.items()}
    return words | _divided(whole, below, weights, spread.chance("parts"))


def added(parts: Iterable[Figures]) -> Figures:
    """Parts as their whole, quarter by quarter."""
    whole: Figures = {}
    for part in parts:
        for quarter, figure in part.items():
            whole[quarter] = whole.get(quarter, 0) + figure
    return whole


def thrown(total: int, weights: Sequence[float], chance: Random) -> list[int]:
    """The total as cases that fall where they will, by weight: small counts vary as real ones do."""
    fell = chance.choices(range(len(weights)), weights, k=total)
    return [fell.count(i) for i in range(len(weights))]


def drawn(total: int, most: Sequence[int], chance: Random) -> list[int]:
    """The total as some of all the cases, so that no number is above its own limit in `most`."""
    taken = chance.sample([i for i, limit in enumerate(most) for _ in range(limit)], total)
    return [taken.count(i) for i in range(len(most))]


@dataclass(frozen=True)
class _Spread:
    measure: CountMeasure
    level: Level

    def chance(self, word: str) -> Random:
        return Random(f"{SEED} {self.measure.id} {word}")

    def over(self, years: Years, word: str) -> Figures:
        """A year's figures over the quarters the measure is due in."""
        if self.measure.yearly:
            return {Quarter(FIRST.year + i, 4): figure for i, figure in enumerate(years)}
        if self.measure.moment == "at the end":
            return self._standing(years, self.chance(word))
        return self._counted(years, self.chance(word))

    def _counted(self, years: Years, chance: Random) -> Figures:
        found: Figures = {}
        for year, total in enumerate(years, FIRST.year):
            quarters = quarters_of(year)
            weights = [self.level.season[quarter.number - 1] * chance.uniform(0.96, 1.04) for quarter in quarters]
            found |= dict(zip(quarters, thrown(total, weights, chance), strict=True))
        return found

    def _standing(self, years: Years, chance: Random) -> Figures:
        """The way from one year's end to the next, or, by steps, the last year's end until the next."""
        found: Figures = {}
        before = max(0, 2 * years[0] - years[1]) if years and not self.level.by_steps else sum(years[:1])
        for year, end in enumerate(years, FIRST.year):
            quarters = quarters_of(year)
            for place, quarter in enumerate(quarters, 1):
                way = before + (end - before) * place / len(quarters)
                about = before if self.level.by_steps else round(way + chance.uniform(-0.25, 0.25) * way**0.5)
                found[quarter] = end if quarter in (Quarter(year, 4), LAST) else about
            before = end
        return found

    def within(self, below: Figures) -> Figures:
        """Numerators of a share, none above its denominator."""
        if self.measure.moment == "at the end" and not self.measure.yearly:
            about = self._standing(self.level.years, self.chance(WHOLE))
            return {quarter: min(figure, below[quarter]) for quarter, figure in about.items()}
        found: Figures = {}
        for year, total in enumerate(self.level.years, FIRST.year):
            quarters = [quarter for quarter in below if quarter.year == year]
            shared = drawn(total, [below[quarter] for quarter in quarters], self.chance(f"{WHOLE} {year}"))
            found |= dict(zip(quarters, shared, strict=True))
        return found


def _divided(whole: Figures, below: Figures, weights: Mapping[str, float], chance: Random) -> Words:
    """The whole by weights; of a share the denominators, and numerators drawn from them."""
    words: Words = {word: ({}, {}) for word in weights}
    for quarter, figure in whole.items() if weights else ():
        bases = thrown(below[quarter], list(weights.values()), chance) if below else []
        numbers = drawn(figure, bases, chance) if below else thrown(figure, list(weights.values()), chance)
        for i, (numerators, denominators) in enumerate(words.values()):
            numerators[quarter] = numbers[i]
            if below:
                denominators[quarter] = bases[i]
    return words
