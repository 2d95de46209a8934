from __future__ import annotations

from typing import Annotated, ClassVar

from dataset.code_lists import CodeList
from dataset.columns import OneOf, Whole
from dataset.counts.catalogue import MEASURES
from dataset.counts.measure import WHOLE
from dataset.counts.named_quarter import NamedQuarter
from dataset.counts.rules import DenominatorOfShares, ForThisQuarter, WordOfTheMeasure
from dataset.retention import NO_PERSON, Footing
from dataset.rules import NotMoreThan
from dataset.table import About, Return

# Published tables write [x] for a figure that does not exist.
NOT_AVAILABLE = ("[x]", "[X]", "x", "X")
MEASURE = CodeList("count_measure", tuple(measure.id for measure in MEASURES), "The partnership's catalogue of counts")
BREAKDOWN = CodeList(
    "count_breakdown",
    tuple(dict.fromkeys((WHOLE, *(word for measure in MEASURES for word in measure.words)))),
    "The parts its measures are divided into",
)
_MOST = 100_000_000
_EXAMPLE = next(measure.id for measure in MEASURES if measure.is_share)


class AgencyCount(Return):
    """One figure an agency counts in its own system, as two whole numbers."""

    about = About(
        name="agency_counts",
        title="Counts of the agencies",
        one_row_is="one measure of your agency for the quarter, whole (“All”) or one part of it",
        why="What no return holds row by row is counted where it is known, so that a count stays a count "
        "and is never worked back from a percentage.",
        source="001:577; 002:461, 002:613-619",
        footing=Footing(years=None, lawful_basis=NO_PERSON),
    )
    key = ("measure", "breakdown")
    period = None
    rules: ClassVar = (
        ForThisQuarter("quarter"),
        WordOfTheMeasure("breakdown", "measure"),
        DenominatorOfShares("denominator", "numerator", "measure"),
        NotMoreThan("numerator", "denominator"),
    )

    quarter: Annotated[str, NamedQuarter("The quarter the figures are about.")]
    measure: Annotated[str, OneOf("Which measure of the catalogue.", codes=MEASURE, example=_EXAMPLE)]
    breakdown: Annotated[str, OneOf("“All” for the whole, or one of its parts.", codes=BREAKDOWN, example=WHOLE)]
    numerator: Annotated[
        int | None,
        Whole(
            "The count itself; [x] where it cannot be counted, never 0 for that.",
            high=_MOST,
            required=False,
            nothing=NOT_AVAILABLE,
            example="12",
        ),
    ]
    denominator: Annotated[
        int | None,
        Whole(
            "For a share, what the numerator is out of; blank for a plain count.",
            high=_MOST,
            required=False,
            nothing=NOT_AVAILABLE,
            example="40",
        ),
    ]
