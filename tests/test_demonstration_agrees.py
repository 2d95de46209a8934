"""The demonstration comes to every published figure of 2021/22 and 2022/23, or says why it does not."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from dataset.agencies import STOCKPORT
from dataset.demonstrating.counts import CANNOT_FOLLOW
from dataset.demonstrating.not_followed import NOT_MET
from dataset.published import FIGURES
from dataset.published.figure import PublishedFigure
from dataset.quarter import Quarter
from dataset.store import Store
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.measuring import Cube, over
from safeguarding_metrics.progressing import cube_of
from safeguarding_metrics.settings import Settings

INDICATORS = {indicator.id: indicator for indicator in all_indicators()}
ENDS = {
    ("2022/23", "financial year"): Quarter(2022, 4),
    ("2021/22", "financial year"): Quarter(2021, 4),
    ("31 March 2023", "as at"): Quarter(2022, 4),
}


def compared() -> list[tuple[PublishedFigure, Quarter]]:
    """Every published figure about the whole of a measure in the two years, and where its year ends."""
    return [
        (figure, ENDS[figure.period.label, figure.period.kind])
        for figure in FIGURES
        if figure.measure in INDICATORS
        and not figure.breakdown
        and figure.area == STOCKPORT.code
        and (figure.period.label, figure.period.kind) in ENDS
    ]


@pytest.fixture(scope="module")
def cube(demonstration_path: Path) -> Iterator[Cube]:
    store = Store.open(demonstration_path)
    yield cube_of(store.reading(), Settings())
    store.close()


def met(cube: Cube, figure: PublishedFigure, ends: Quarter) -> bool:
    """Whether the demonstration's figure, rounded as the printed one, is the printed one."""
    count = over(cube.get(figure.measure), INDICATORS[figure.measure], ends.year_to_date()).count
    if count is None or count.value is None or figure.unit not in ("percent", "count", "pounds"):
        return False
    shown = count.value * 100 if figure.unit == "percent" else count.value
    decimals = len(figure.as_printed.rstrip("% ").partition(".")[2]) if "." in figure.as_printed else 0
    within = Fraction(1, 2 * 10**decimals) if figure.unit == "percent" else Fraction(0)
    return abs(shown - figure.value) <= within


def test_there_is_much_to_compare() -> None:
    assert len(compared()) >= 100


def test_exactly_those_that_are_not_met_have_a_reason(cube: Cube) -> None:
    missed = {(figure.measure, figure.place) for figure, ends in compared() if not met(cube, figure, ends)}
    of_counts = {(one.measure, one.place) for one in CANNOT_FOLLOW} & {(f.measure, f.place) for f, _ in compared()}
    assert missed == {(one.measure, one.place) for one in NOT_MET} | of_counts


def test_every_reason_is_a_sentence() -> None:
    assert all(one.reason.endswith(".") and len(one.reason) > 30 for one in NOT_MET)
