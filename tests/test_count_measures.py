"""What is asked about a return of counts, what its rows may say, and what measuring makes of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dataset.agencies import (
    AGE_UK,
    AGENCIES,
    BUSINESS_UNIT,
    FIRE,
    STOCKPORT,
    STOCKPORT_FAMILY,
    STOCKPORT_NHS,
    Agency,
)
from dataset.checking import check, create_code_types
from dataset.counts.catalogue import MEASURES, measures_of
from dataset.counts.measure import WHOLE, CountMeasure
from dataset.intake import Answer, send
from dataset.ledger import Slot
from dataset.quarter import Quarter, quarters_between
from dataset.store import Reading, Store
from dataset.table import faults
from dataset.tables.agency_counts import AgencyCount
from safeguarding_metrics.indicators import indicator_named
from safeguarding_metrics.measuring import Count, QuarterCount, break_down, measure, over

Q4 = Quarter(2023, 4)
BY_ID = {one.id: one for one in MEASURES}

# What is asked about a return


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store.duckdb")
    yield opened
    opened.close()


Cells = Mapping[str, str]


def row(one: CountMeasure, k: int | str, n: int | str | None = None, part: str = WHOLE) -> Cells:
    return {"measure": one.id, "breakdown": part, "numerator": str(k), "denominator": "" if n is None else str(n)}


def complete(agency: Agency, quarter: Quarter = Q4) -> dict[str, Cells]:
    """Each measure the agency owes for the quarter, whole, with the figure of its example."""
    return {one.id: row(one, *one.example) for one in measures_of(agency.code) if one.is_due_in(quarter.number)}


def csv_of(rows: Sequence[Cells], quarter: Quarter) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, AgencyCount.columns())
    writer.writeheader()
    writer.writerows({"quarter": str(quarter), **cells} for cells in rows)
    return text.getvalue().encode()


def sent(
    store: Store, agency: Agency, rows: Sequence[Cells], quarter: Quarter = Q4, why: Mapping[str, str] | None = None
) -> Answer:
    slot = Slot(STOCKPORT.code, agency.code, "agency_counts", quarter)
    return send(store, slot, csv_of(rows, quarter), sent_by="a test", file_name="counts.csv", reasons=why)


def at(reading: Reading, id: str, quarter: Quarter = Q4) -> QuarterCount:
    found = measure(reading, [indicator_named(id)])[id].at(quarter)
    assert found is not None
    return found


def asked(answer: Answer) -> dict[str, str]:
    return {finding.code: finding.message for finding in answer.findings}


MISSING = {"MEASURES_MISSING:measure": "the system was changed"}


def test_a_complete_return_is_asked_nothing(store: Store) -> None:
    for agency in AGENCIES:
        answer = sent(store, agency, list(complete(agency).values()))
        assert answer.accepted and asked(answer) == {}, agency.code


def test_a_yearly_measure_is_asked_for_in_the_fourth_quarter_only(store: Store) -> None:
    rows = list(complete(BUSINESS_UNIT, Quarter(2023, 3)).values())
    assert sent(store, BUSINESS_UNIT, rows, Quarter(2023, 3)).accepted
    assert "section_11_returned" in asked(sent(store, BUSINESS_UNIT, rows, Q4))["MEASURES_MISSING"]


def test_a_measure_without_a_row_is_asked_for_and_then_missing_never_nought(store: Store) -> None:
    rows = [cells for id, cells in complete(STOCKPORT_NHS).items() if id != "icon_coverage"]
    refused = sent(store, STOCKPORT_NHS, rows)
    assert not refused.accepted
    assert asked(refused) == {"MEASURES_MISSING": "1 measure that SNHSFT reports has no figure: icon_coverage."}
    assert sent(store, STOCKPORT_NHS, rows, why=MISSING).accepted
    found = at(store.reading(), "icon_coverage")
    assert (found.count, found.missing) == (None, (STOCKPORT_NHS,))


def test_x_means_not_counted_is_asked_for_and_is_missing_never_nought(store: Store) -> None:
    rows = complete(STOCKPORT_NHS) | {
        "icon_coverage": row(BY_ID["icon_coverage"], "[x]", "[x]"),
        "stillbirths": row(BY_ID["stillbirths"], "[x]"),
    }
    assert "icon_coverage" in asked(sent(store, STOCKPORT_NHS, list(rows.values())))["MEASURES_MISSING"]
    assert sent(store, STOCKPORT_NHS, list(rows.values()), why=MISSING).accepted
    for id in ("icon_coverage", "stillbirths"):
        found = at(store.reading(), id)
        assert (found.count, found.missing) == (None, (STOCKPORT_NHS,))


def test_nought_is_a_figure(store: Store) -> None:
    rows = complete(STOCKPORT_NHS) | {"stillbirths": row(BY_ID["stillbirths"], 0)}
    assert sent(store, STOCKPORT_NHS, list(rows.values())).accepted
    assert at(store.reading(), "stillbirths").count == Count(0)


def test_a_figure_of_an_agency_that_does_not_own_the_measure_is_asked_about_and_never_counted(store: Store) -> None:
    rows = [*complete(AGE_UK).values(), row(BY_ID["gcp2_completed"], 99)]
    message = asked(sent(store, AGE_UK, rows))["MEASURES_OF_OTHERS"]
    assert message == "1 measure in this return has another owner and will not be counted: gcp2_completed."
    assert sent(store, AGE_UK, rows, why={"MEASURES_OF_OTHERS:measure": "we did them too"}).accepted
    found = at(store.reading(), "gcp2_completed")
    assert (found.count, found.missing) == (None, (STOCKPORT_FAMILY,))


def deaths(whole: int, expected: int | str, unexpected: int | str) -> list[Cells]:
    one = BY_ID["child_deaths"]
    rows = [row(one, whole), row(one, expected, part="Expected"), row(one, unexpected, part="Unexpected")]
    return [*(cells for id, cells in complete(one.reported_by[0]).items() if id != one.id), *rows]


def test_parts_that_do_not_add_up_are_asked_about_and_the_whole_is_what_counts(store: Store) -> None:
    (owner,) = BY_ID["child_deaths"].reported_by
    answer = sent(store, owner, deaths(7, 4, 2))
    assert asked(answer) == {"PARTS_DO_NOT_ADD": "The parts of 1 measure do not add up to “All”: child_deaths."}
    assert sent(store, owner, deaths(7, 4, 2), why={"PARTS_DO_NOT_ADD:measure": "one is not yet known"}).accepted
    assert at(store.reading(), "child_deaths").count == Count(7)
    assert at(store.reading(), "child_deaths").explained


def test_a_part_that_could_not_be_counted_claims_nothing(store: Store) -> None:
    assert sent(store, BY_ID["child_deaths"].reported_by[0], deaths(7, 4, "[x]")).accepted


def test_parts_are_never_added_to_the_whole(store: Store) -> None:
    assert sent(store, BY_ID["child_deaths"].reported_by[0], deaths(7, 4, 3)).accepted
    reading = store.reading()
    assert at(reading, "child_deaths").count == Count(7)
    parts = break_down(reading, indicator_named("child_deaths"), "breakdown", (Q4,))
    assert parts == {"Expected": Count(4), "Unexpected": Count(3)}


# What measuring makes of it


def test_the_counts_of_two_agencies_are_added_and_the_others_are_missing(store: Store) -> None:
    one = BY_ID["training_attendance"]
    for agency, places in ((AGE_UK, 5), (FIRE, 3)):
        assert sent(store, agency, [row(one, places)]).accepted
    found = at(store.reading(), one.id)
    assert found.count == Count(8)
    assert set(found.missing) == set(AGENCIES) - {AGE_UK, FIRE}


def test_the_shares_of_quarters_are_added_as_counts(store: Store) -> None:
    one = BY_ID["icon_coverage"]
    for quarter, k, n in ((Quarter(2023, 3), 1, 10), (Q4, 80, 100)):
        rows = complete(STOCKPORT_NHS, quarter) | {one.id: row(one, k, n)}
        assert sent(store, STOCKPORT_NHS, list(rows.values()), quarter).accepted
    indicator = indicator_named(one.id)
    series = measure(store.reading(), [indicator])[one.id]
    assert over(series, indicator, (Quarter(2023, 3), Q4)).count == Count(81, 110)


def test_a_snapshot_over_a_year_is_the_figure_of_its_last_quarter(store: Store) -> None:
    one = BY_ID["children_in_need"]
    quarters = quarters_between(Quarter(2023, 1), Q4)
    for quarter, children in zip(quarters, (1900, 1950, 2000, 1980), strict=True):
        rows = complete(STOCKPORT_FAMILY, quarter) | {one.id: row(one, children)}
        assert sent(store, STOCKPORT_FAMILY, list(rows.values()), quarter).accepted
    indicator = indicator_named(one.id)
    series = measure(store.reading(), [indicator])[one.id]
    assert over(series, indicator, tuple(quarters)).count == Count(1980)
    assert over(series, indicator, tuple(quarters[:2])).count == Count(1950)


def test_a_yearly_measure_has_a_figure_in_the_fourth_quarter_and_owes_none_before(store: Store) -> None:
    for quarter in (Quarter(2023, 3), Q4):
        assert sent(store, BUSINESS_UNIT, list(complete(BUSINESS_UNIT, quarter).values()), quarter).accepted
    reading = store.reading()
    assert at(reading, "section_11_returned", Quarter(2023, 3)).missing == ()
    assert at(reading, "section_11_returned", Quarter(2023, 3)).count is None
    assert at(reading, "section_11_returned").count == Count(13, 16)


# What a row may say


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (row(BY_ID["icon_coverage"], 5), "DENOMINATOR_NEEDED"),
        (row(BY_ID["icon_coverage"], "[x]", 9), "DENOMINATOR_NEEDED"),
        (row(BY_ID["icon_coverage"], "", 9), "DENOMINATOR_NEEDED"),
        (row(BY_ID["stillbirths"], 5, 9), "DENOMINATOR_NEEDED"),
        (row(BY_ID["icon_coverage"], 10, 9), "PART_EXCEEDS_WHOLE"),
        (row(BY_ID["stillbirths"], 5, part="Expected"), "NOT_A_PART"),
        ({**row(BY_ID["stillbirths"], 5), "quarter": "2023/24 Q3"}, "OTHER_QUARTER"),
        ({**row(BY_ID["stillbirths"], 5), "quarter": "2023 Q4"}, "NOT_A_QUARTER"),
    ],
)
def test_a_row_that_contradicts_its_measure_or_its_quarter_is_refused(cells: Cells, code: str) -> None:
    findings = check(csv_of([cells], Q4), AgencyCount, Q4).findings
    blocking = [finding for finding in findings if finding.blocks]
    assert len(blocking) == 1
    assert blocking[0].code == code
    assert blocking[0].fix


_FEW = ("gcp2_completed", "stillbirths", "icon_coverage", "child_deaths", "school_safeguarding_effective", "income")
_QUARTERS = (
    "2023/24 Q4",
    "Q4 2023/24",
    "2023-24 q4",
    "Quarter 4 2023/24",
    "202324 Q4",
    "2023/24 Q3",
    "2023/25 Q4",
    "2023 Q4",
    "",
)
_WORDS = (WHOLE, "all", "Expected", "Primary", "Schools", "Children's Partnership: SMBC", "Nobody", "")
_NUMBERS = ("0", "1", "5", "9", "10", "100000000", "100000001", "[x]", "[X]", "x", "", "-1", "[c]", "2.5")


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "quarter": st.sampled_from((*_QUARTERS[:5], *_QUARTERS)),
                "measure": st.sampled_from((*_FEW, *_FEW, "no_such_measure", "")),
                "breakdown": st.sampled_from((WHOLE, WHOLE, *_WORDS)),
                "numerator": st.sampled_from(_NUMBERS),
                "denominator": st.sampled_from((*_NUMBERS, "", "")),
            }
        ),
        min_size=1,
        max_size=10,
    )
)
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
def test_the_engine_and_the_class_agree_on_every_rule_of_a_row(
    engine: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    """The general test draws measures and parts apart, so that few of its rows come as far as the rules."""
    checked = check(csv_of(rows, Q4), AgencyCount, Q4, engine, tmp_path_factory.getbasetemp())
    found = {
        (finding.record, finding.column, finding.code)
        for finding in checked.findings
        if finding.blocks and finding.code != "DUPLICATE_KEY"
    }
    expected = {
        (line, column, code) for line, cells in enumerate(rows, 2) for column, code in faults(AgencyCount, cells, Q4)
    }
    rules = {rule.code for rule in AgencyCount.rules}
    unread = {line for line, _, code in expected if code not in rules}
    assert {one for one in found if one[0] not in unread or one[2] not in rules} == expected


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        create_code_types(connection, AgencyCount)
        yield connection
