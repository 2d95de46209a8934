"""From a figure to its rows: as many as it counts, in the sender's own numbering, and never more than may be seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dataset.access.roles import Actor
from dataset.agencies import ADULT_SOCIAL_CARE
from dataset.columns import AnyOf, Identifier, OneOf
from dataset.quarter import Quarter
from dataset.store import Reading, Store
from dataset.tables import RETURNS
from dataset.tables.agency_counts import AgencyCount
from safeguarding_metrics.indicator import Indicator, Total
from safeguarding_metrics.indicators import all_indicators, indicator_named
from safeguarding_metrics.measuring import measure, over
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.tracing import (
    ROWS_SHOWN,
    may_see_rows,
    parts_overlap,
    returns_behind,
    rows_behind,
    shown_columns,
)

EVERY = all_indicators(Settings())
YEAR_END = Quarter(2024, 4)
LACKING = Quarter(2025, 3)


@pytest.fixture(scope="module")
def reading(demonstration_path: Path) -> Iterator[Reading]:
    store = Store.open(demonstration_path)
    yield store.reading()
    store.close()


def named(name: str) -> Indicator:
    return indicator_named(name, Settings())


@pytest.mark.parametrize("quarter", [YEAR_END, LACKING], ids=str)
def test_as_many_rows_stand_behind_a_numerator_as_it_counts(reading: Reading, quarter: Quarter) -> None:
    cube = measure(reading, EVERY)
    counted = 0
    for one in EVERY:
        figure = over(cube.get(one.id), one, quarter.year_to_date())
        if one.table is AgencyCount or isinstance(one.numerator, Total) or figure.count is None:
            continue
        found = rows_behind(reading, one, figure.had)
        assert found.total == figure.count.k, one.id
        assert len(found.rows) == min(found.total, ROWS_SHOWN), one.id
        counted += 1
    assert counted > 60


def test_a_count_of_the_agencies_has_their_own_figures_behind_it(reading: Reading) -> None:
    one = named("gcp2_started")
    found = rows_behind(reading, one, YEAR_END.year_to_date())
    place = found.columns.index("numerator")
    figure = over(measure(reading, [one])[one.id], one, YEAR_END.year_to_date())
    assert figure.count and sum(int(row.cells[place]) for row in found.rows) == figure.count.k
    assert {row.cells[found.columns.index("breakdown")] for row in found.rows} == {"All"}


def test_a_row_is_found_again_in_the_senders_file(reading: Reading) -> None:
    found = rows_behind(reading, named("msp_asked_and_stated"), YEAR_END.year_to_date())
    entries = {entry.id: entry for entry in reading.entries}
    for row in found.rows[:10]:
        lines = reading.store.keeping.file(entries[row.entry].sha256).decode("utf-8-sig").splitlines()
        assert row.cells[0] in lines[row.record - 1]
        assert (row.agency, row.quarter) == (entries[row.entry].slot.agency, entries[row.entry].slot.quarter)


def test_only_the_reference_the_coded_words_and_what_is_added_up_are_shown() -> None:
    for one in EVERY:
        kinds = one.table.columns()
        added = [part.column for part in (one.numerator, one.denominator) if isinstance(part, Total)]
        shown = shown_columns(one)
        others = [name for name in shown if not isinstance(kinds[name], (Identifier, OneOf, AnyOf))]
        assert set(others) == set(added), one.id
        assert {name for name in shown if isinstance(kinds[name], Identifier)} <= set(one.table.key), one.id


def test_a_row_with_several_words_shows_them_all(reading: Reading) -> None:
    found = rows_behind(reading, named("maars_three_or_more_risks"), YEAR_END.year_to_date())
    risks = [row.cells[found.columns.index("risks")] for row in found.rows]
    assert risks and all(cell.count("; ") >= 2 for cell in risks)


def test_the_most_that_are_shown_can_be_fewer(reading: Reading) -> None:
    found = rows_behind(reading, named("concerns"), YEAR_END.year_to_date(), most=3)
    assert (len(found.rows), found.more) == (3, found.total - 3)
    assert [row.quarter for row in found.rows] == [Quarter(2024, 1)] * 3


def test_where_nothing_was_sent_there_are_no_rows(reading: Reading) -> None:
    found = rows_behind(reading, named("concerns"), (Quarter(2015, 1),))
    assert (found.rows, found.total, found.more) == ((), 0, 0)


def test_a_return_that_was_replaced_has_no_rows_behind_a_figure(reading: Reading) -> None:
    quarters = tuple(q for q in Quarter(2023, 4).year_to_date() if q == Quarter(2023, 2))
    found = rows_behind(reading, named("concerns"), quarters)
    (entry,) = returns_behind(reading, named("concerns"), quarters)
    assert entry.replaces is not None
    assert {row.entry for row in found.rows} == {entry.id}


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (None, False),
        (Actor("a", "viewer"), False),
        (Actor("a", "chair"), False),
        (Actor("a", "analyst"), True),
        (Actor("a", "administrator"), True),
        (Actor("a", "sender", ADULT_SOCIAL_CARE.code), True),
        (Actor("a", "sender", "GMP"), False),
    ],
)
def test_rows_are_seen_by_analysts_and_by_the_agency_whose_they_are(actor: Actor | None, allowed: bool) -> None:
    assert may_see_rows(actor, named("concerns")) == allowed


def test_parts_overlap_where_a_cell_may_hold_several_words() -> None:
    assert parts_overlap(named("maars_referrals"), "risks")
    assert not parts_overlap(named("maars_referrals"), "sex")
    by_part = [one for one in EVERY if one.table is AgencyCount and one.breakdowns]
    assert {parts_overlap(one, "breakdown") for one in by_part} == {True, False}
    assert len(RETURNS) > 10
