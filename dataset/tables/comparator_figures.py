from __future__ import annotations

from typing import Annotated, ClassVar

from dataset.columns import Decimal, OneOf
from dataset.comparator_code_lists import (
    COMPARATOR_AREA,
    COMPARATOR_DEFINITION,
    COMPARATOR_MEASURE,
    COMPARATOR_UNIT,
)
from dataset.comparator_rules import NotAbove, PrintedPeriod, PrintedSource, ShareUpTo100, UnitOfDefinition
from dataset.retention import NO_PERSON, Footing
from dataset.rules import FilledTogether
from dataset.table import About, Return

_MOST = 100_000_000.0


class ComparatorFigure(Return):
    """One published figure that Stockport's own is compared with."""

    about = About(
        name="comparator_figures",
        title="Comparator figures (yearly)",
        one_row_is="one published figure of another area, or the population of Stockport that its rates are per, "
        "sent with the year's fourth quarter",
        why="Whether a figure is ordinary or not shows only beside others that count the same thing.",
        source="004:309-353, 004:622",
        yearly=True,
        footing=Footing(years=None, lawful_basis=NO_PERSON),
    )
    key = ("area", "period_as_printed", "measure", "definition", "source")
    period = None
    rules: ClassVar = (
        UnitOfDefinition("unit", "definition"),
        ShareUpTo100("value", "unit"),
        FilledTogether("interval_low", "interval_high"),
        NotAbove("interval_low", "value"),
        NotAbove("value", "interval_high"),
    )

    area: Annotated[
        str,
        OneOf(
            "Whose figure: GM is Greater Manchester, E12000002 the North West, E92000001 England, SN the statistical "
            "neighbours together, any other code one neighbour; E08000007 (Stockport) for its population only.",
            codes=COMPARATOR_AREA,
        ),
    ]
    period_as_printed: Annotated[str, PrintedPeriod("The year or the day the figure describes.")]
    measure: Annotated[str, OneOf("The indicator it is to be compared with, or population.", codes=COMPARATOR_MEASURE)]
    value: Annotated[float, Decimal("The figure as printed, without a sign.", high=_MOST, example="65.8")]
    unit: Annotated[str, OneOf("What the figure is expressed in.", codes=COMPARATOR_UNIT)]
    interval_low: Annotated[
        float | None,
        Decimal(
            "The lower end of its published 95% interval; blank if none is published.",
            high=_MOST,
            required=False,
            example="61.2",
        ),
    ]
    interval_high: Annotated[
        float | None,
        Decimal(
            "The upper end of its published 95% interval; blank if none is published.",
            high=_MOST,
            required=False,
            example="70.1",
        ),
    ]
    definition: Annotated[
        str, OneOf("What it counts and out of what, as its source says.", codes=COMPARATOR_DEFINITION)
    ]
    source: Annotated[
        str, PrintedSource("Publication, year, table or page.", example="Benchmark of the region 2022/23, table 3")
    ]
