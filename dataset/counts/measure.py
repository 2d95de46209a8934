"""What a count measure is: one or two whole numbers an agency counts in its own system each quarter.

Where a case process exists the partnership asks for rows; elsewhere it asks for counts, all in one
return. A measure is declared once, with what it means; the return's code list, its template, the checks,
the indicator, its definition and its example are read from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dataset.agencies import Agency
from dataset.code_lists import CodeList

# The row that holds the whole, whatever it is divided into.
WHOLE = "All"


@dataclass(frozen=True)
class CountMeasure:
    """One measure of the return of counts.

    `counts` and `out_of` say in words what numerator and denominator are; `out_of` "" makes it a count.
    `reported_by` are the agencies that send it: their counts are added. `moment` says whether things are
    counted over the quarter, or as they stood on its last day and so never added over quarters. A `yearly`
    measure comes with the fourth quarter. `parts` is a list of words the count is also sent by; `adds_up`
    whether each case has exactly one of them. `example` is (numerator, denominator or None).
    """

    id: str
    title: str
    question: str
    why_it_matters: str
    theme: str
    counts: str
    source: str
    reported_by: tuple[Agency, ...]
    example: tuple[int, int | None]
    out_of: str = ""
    moment: Literal["during", "at the end"] = "during"
    yearly: bool = False
    polarity: Literal["increase", "decrease", "neutral"] = "neutral"
    parts: CodeList | None = None
    adds_up: bool = True
    left_out: str = ""
    pounds: bool = False
    headline: bool = False

    @property
    def is_share(self) -> bool:
        return self.out_of != ""

    @property
    def words(self) -> tuple[str, ...]:
        """What the breakdown column may say for this measure: the whole first, then its parts."""
        return (WHOLE, *(self.parts.values if self.parts else ()))

    def is_due_in(self, quarter_number: int) -> bool:
        return not self.yearly or quarter_number == 4
