"""What an indicator is: a question to one return, answered by two whole numbers a quarter.

`numerator` and `denominator` are SQL conditions over the return's own columns, kept to a subset that
every engine reads (columns, literals, comparisons, AND/OR/NOT, IN, IS NULL, list_contains, array_length,
date_diff); a test parses each. Division, targets, intervals and words come later and happen once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dataset.agencies import Agency, duties_for
from dataset.quarter import Quarter
from dataset.table import ReturnType

Polarity = Literal["increase", "decrease", "neutral"]

_CHILDREN = (
    "Front door",
    "Child protection",
    "Children in care",
    "Missing children",
    "Rapid reviews",
    "Away from home and leaving care",
    "Early help",
    "Education",
    "Children's health",
    "Children's social care",
    "Voice of families",
    "Children, police and courts",
)
_ADULTS = (
    "Adult safeguarding concerns",
    "Section 42 enquiries",
    "Making Safeguarding Personal",
    "Safeguarding Adult Reviews",
    "MAARS",
    "Surveys",
)
People = Literal["children", "adults", "everyone"]


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
    agencies by adding numerators and denominators; where `adds_over_quarters` is false they describe the
    last day of a quarter, and a longer period has the figure of its latest quarter. `reported_by` names
    the agencies of a measure that not every sender of the return reports. `headline` marks the few that
    the partnership looks at first.
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
    reported_by: tuple[Agency, ...] = ()
    once_a_year: bool = False
    headline: bool = False
    unit: Literal["cases", "pounds"] = "cases"

    @property
    def owners(self) -> tuple[Agency, ...]:
        """The agencies whose returns the figure is made of, in the order of the register."""
        return self.reported_by or tuple(duty.agency for duty in duties_for(self.table.about.name))

    @property
    def about(self) -> People:
        """Whose safety the measure is about, by its theme."""
        return "children" if self.theme in _CHILDREN else "adults" if self.theme in _ADULTS else "everyone"

    @property
    def is_share(self) -> bool:
        return self.denominator is not None

    @property
    def is_yearly(self) -> bool:
        """Whether the return comes once a year, so that a quarter has no figure of its own."""
        return self.once_a_year or self.table.about.yearly

    def is_due_in(self, quarter: Quarter) -> bool:
        """Whether a quarter has a figure of its own."""
        return not self.is_yearly or quarter.number == 4


def slug(words: str) -> str:
    """A code list's word as part of an id: "Self-Neglect" → "self_neglect"."""
    kept = "".join(character if character.isalnum() else " " for character in words.casefold())
    return "_".join(kept.split())
