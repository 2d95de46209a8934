"""What an indicator is: a question to one return, answered by two whole numbers a quarter.

`numerator` and `denominator` are SQL conditions over the return's own columns, kept to a subset that
every engine reads (columns, literals, comparisons, AND/OR/NOT, IN, IS NULL, list_contains, array_length,
date_diff); a test parses each. Division, targets, intervals and words come later and happen once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dataset.table import ReturnType

Polarity = Literal["increase", "decrease", "neutral"]


@dataclass(frozen=True)
class Total:
    """The sum of a whole-number column, over all rows or those where `where` holds."""

    column: str
    where: str = "true"


@dataclass(frozen=True)
class Example:
    """Rows given by the cells that matter (the rest come from the return's own example) and the answer.

    Examples are lopsided: no two parts are equal, so that a mix-up cannot give the right answer.
    """

    rows: tuple[Mapping[str, str], ...]
    numerator: int
    denominator: int | None = None


@dataclass(frozen=True)
class Indicator:
    """One measure.

    `denominator` None makes it a count. `polarity` says which way is better; "neutral" that neither
    plainly is. `counts` and `out_of` say in words what numerator and denominator are. `margin` names a
    column with a survey's own margin of error in percentage points. Figures add over quarters and
    agencies by adding numerators and denominators, unless `adds_over_quarters` is false.
    """

    id: str
    title: str
    question: str
    why_it_matters: str
    table: ReturnType
    theme: str
    counts: str
    numerator: str | Total
    example: Example
    source: str
    out_of: str = ""
    denominator: str | Total | None = None
    polarity: Polarity = "neutral"
    breakdowns: tuple[str, ...] = ()
    left_out: str = ""
    margin: str | None = None
    adds_over_quarters: bool = field(default=True)

    @property
    def is_share(self) -> bool:
        return self.denominator is not None

    @property
    def is_yearly(self) -> bool:
        """Whether the return comes once a year, so that a quarter has no figure of its own."""
        return self.table.about.yearly


def slug(words: str) -> str:
    """A code list's word as part of an id: "Self-Neglect" → "self_neglect"."""
    kept = "".join(character if character.isalnum() else " " for character in words.casefold())
    return "_".join(kept.split())
