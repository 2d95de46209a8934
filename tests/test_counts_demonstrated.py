"""The invented counts come to the published figures, and to what each agency owes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from dataset.agencies import (
    AMBULANCE,
    BUSINESS_UNIT,
    PENNINE_CARE,
    POLICE,
    STOCKPORT,
    STOCKPORT_NHS,
    duties_for,
)
from dataset.counts.catalogue import MEASURES
from dataset.demonstrating.counts import CANNOT_FOLLOW
from dataset.demonstrating.counts_levels import LEVELS
from dataset.published import FIGURES
from dataset.published.figure import ANNUAL_REPORT, PublishedFigure
from dataset.quarter import Quarter, quarters_between
from dataset.store import Reading, Store
from safeguarding_metrics.indicators import indicator_named
from safeguarding_metrics.measuring import Count, QuarterCount, break_down, measure, over

BY_ID = {one.id: one for one in MEASURES}


def at(reading: Reading, id: str, quarter: Quarter) -> QuarterCount:
    found = measure(reading, [indicator_named(id)])[id].at(quarter)
    assert found is not None
    return found


YEAR = tuple(quarters_between(Quarter(2022, 1), Quarter(2022, 4)))
SINCE_THE_START = tuple(quarters_between(Quarter(2021, 1), Quarter(2022, 4)))


@pytest.fixture(scope="module")
def reading(demonstration_path: Path) -> Iterator[Reading]:
    opened = Store.open(demonstration_path)
    yield opened.reading()
    opened.close()


def counted(reading: Reading, id: str, quarters: tuple[Quarter, ...], part: str = "") -> Count:
    indicator = indicator_named(id)
    if part:
        return break_down(reading, indicator, "breakdown", quarters)[part]
    count = over(measure(reading, [indicator])[id], indicator, quarters).count
    assert count is not None
    return count


def quarters_meant(figure: PublishedFigure) -> tuple[Quarter, ...]:
    if figure.period.kind == "since start":
        return SINCE_THE_START
    year = 2021 if figure.period.label == "2021/22" else 2022
    return tuple(quarters_between(Quarter(year, 1), Quarter(year, 4)))


# The flats that are open are what the measure counts.
_THE_WHOLE = {("care_leaver_flats", "Open"): ""}
PUBLISHED = [
    figure
    for figure in FIGURES
    if figure.document == ANNUAL_REPORT and figure.measure in BY_ID and figure.area == STOCKPORT.code
]
FOLLOWED = [
    figure
    for figure in PUBLISHED
    if figure.unit in ("count", "percent", "pounds")
    and (figure.measure, figure.place, figure.breakdown)
    not in {(one.measure, one.place, one.breakdown) for one in CANNOT_FOLLOW}
]


@pytest.mark.parametrize("figure", FOLLOWED, ids=lambda f: f"{f.measure} {f.breakdown} {f.place}")
def test_the_demonstration_comes_to_the_published_figure(reading: Reading, figure: PublishedFigure) -> None:
    part = _THE_WHOLE.get((figure.measure, figure.breakdown), figure.breakdown)
    count = counted(reading, figure.measure, quarters_meant(figure), part)
    if figure.unit == "percent" and count.n is None:  # A part of a count, printed as a share of the whole.
        whole = counted(reading, figure.measure, quarters_meant(figure))
        assert round(100 * count.k / whole.k, 1) == float(figure.value)
    else:
        assert count.value == (figure.value / 100 if figure.unit == "percent" else figure.value)


def test_at_least_forty_published_figures_of_counts_are_followed() -> None:
    assert len(FOLLOWED) >= 40


def test_the_falls_that_are_published_as_changes(reading: Reading) -> None:
    (fall,) = [figure for figure in PUBLISHED if figure.measure == "marac_cases"]
    before, after = (counted(reading, "marac_cases", quarters) for quarters in (SINCE_THE_START[:4], YEAR))
    assert Fraction(100 * (after.k - before.k), before.k) == fall.value


@pytest.mark.parametrize(("measure", "total"), [("income", "income_total"), ("expenditure", "expenditure_total")])
def test_money_comes_to_the_printed_totals(reading: Reading, measure: str, total: str) -> None:
    printed = [figure.value for figure in FIGURES if figure.measure == total and figure.document == ANNUAL_REPORT]
    assert counted(reading, measure, YEAR).k == sum(printed)


def test_what_cannot_be_followed_names_a_measure_a_printed_place_and_a_reason() -> None:
    places = {figure.place for figure in FIGURES}
    assert CANNOT_FOLLOW
    for one in CANNOT_FOLLOW:
        assert one.measure in BY_ID and one.place in places and one.reason.endswith("."), one.place


def test_every_measure_is_invented_in_every_quarter_it_is_due(reading: Reading) -> None:
    assert set(LEVELS) == set(BY_ID) - {"training_attendance", "meeting_attendance", "enquiries_ethnicity"}
    cube = measure(reading, [indicator_named(id) for id in BY_ID])
    silent = {
        (id, str(one.quarter), agency.code)
        for id, series in cube.items()
        for one in series.quarters
        for agency in one.missing
    }
    assert silent == {
        ("icon_coverage", "2023/24 Q3", STOCKPORT_NHS.code),
        ("icon_coverage", "2023/24 Q4", STOCKPORT_NHS.code),
        ("training_attendance", "2025/26 Q2", AMBULANCE.code),
    }


def test_no_share_is_above_one_and_every_measure_changes(reading: Reading) -> None:
    for id, series in measure(reading, [indicator_named(id) for id in BY_ID]).items():
        counts = [one.count for one in series.quarters if one.count]
        assert all(0 <= count.k <= (count.k if count.n is None else count.n) for count in counts), id
        assert len(set(counts)) > 1, id


def test_shares_of_the_same_cases_have_the_same_denominator(reading: Reading) -> None:
    for share, count in (("marac_repeats", "marac_cases"), ("care_leavers_in_touch", "care_leavers")):
        assert counted(reading, share, YEAR).n == counted(reading, count, YEAR).k


def test_the_adults_counted_by_ethnicity_are_those_of_the_enquiries(reading: Reading) -> None:
    for quarter in YEAR:
        assert at(reading, "enquiries_ethnicity", quarter).count == at(reading, "enquiries_concluded", quarter).count


def test_one_agency_was_late_one_silent_one_corrected_itself_and_three_returns_were_explained(
    reading: Reading,
) -> None:
    returned = {(slot.agency, slot.quarter): entry for slot, entry in reading.returned("agency_counts").items()}
    duty = next(duty for duty in duties_for("agency_counts") if duty.agency is PENNINE_CARE)
    assert returned[PENNINE_CARE.code, Quarter(2024, 4)].recorded_at.date() > duty.due_on(Quarter(2024, 4))
    assert (AMBULANCE.code, Quarter(2025, 2)) not in returned
    assert [name for name, entry in returned.items() if entry.replaces] == [(POLICE.code, Quarter(2024, 2))]
    explained = {
        name: {one.code for one in entry.explanations} for name, entry in returned.items() if entry.explanations
    }
    assert explained == {
        (BUSINESS_UNIT.code, Quarter(2022, 4)): {"PARTS_DO_NOT_ADD"},
        (STOCKPORT_NHS.code, Quarter(2023, 3)): {"MEASURES_MISSING"},
        (STOCKPORT_NHS.code, Quarter(2023, 4)): {"MEASURES_MISSING"},
    }
    assert len(returned) == 20 * 22 - 1


def test_the_correction_of_the_police_adds_the_notices_they_had_left_out(reading: Reading) -> None:
    """Before it the quarter had fewer; nothing else of the return changed."""
    second = next(e for e in reading.entries if e.slot.dataset == "agency_counts" and e.replaces)
    first = next(e for e in reading.entries if e.id == second.replaces)
    keep = reading.store.keeping
    before, after = (set(keep.file(entry.sha256).decode().splitlines()) for entry in (first, second))
    (changed,) = before - after
    assert changed.startswith("2024/25 Q2,domestic_abuse_notices,All,")
    assert len(after - before) == 1
