"""Practice reviews and learning points: what their returns take, what is counted of them, what the demonstration holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from dataset import code_lists
from dataset.agencies import AGENCIES, BUSINESS_UNIT, STOCKPORT
from dataset.columns import example_row
from dataset.demonstrating import case_reviews
from dataset.demonstrating.allocating import Cells, csv_file
from dataset.intake import send
from dataset.ledger import Slot
from dataset.published import figures_for
from dataset.quarter import Quarter, quarters_between
from dataset.review_code_lists import ADULT_REVIEW, CHILD_REVIEW, LEAD_AGENCY, LEARNING_THEME, LEARNT_FROM
from dataset.store import Store
from dataset.table import ReturnType, faults
from dataset.tables.learning_points import LearningPoint
from dataset.tables.practice_reviews import PracticeReview
from safeguarding_metrics.indicators import indicator_named
from safeguarding_metrics.measuring import Cube, break_down, measure, over
from safeguarding_metrics.progressing import cube_of
from safeguarding_metrics.settings import Settings

Q1 = Quarter.parse("2023/24 Q1")
OPEN_REVIEW = {"published_on": "", "learning_points": ""}
OPEN_POINT = {"state": "Under way", "done_on": ""}
Put = Callable[..., None]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def put(store: Store) -> Put:
    """Send rows of a return for a quarter: the example's cells, with those given over them."""

    def put(table: ReturnType, quarter: Quarter, *rows: dict[str, str]) -> None:
        cells = [example_row(table.columns(), quarter, n) | row for n, row in enumerate(rows, start=1)]
        slot = Slot(STOCKPORT.code, BUSINESS_UNIT.code, table.about.name, quarter)
        answer = send(store, slot, csv_file(table, cells), sent_by="a test", file_name="rows.csv")
        assert answer.result == "accepted", answer.findings

    return put


def found(table: ReturnType, **cells: str) -> set[tuple[str, str]]:
    return faults(table, example_row(table.columns(), Q1, 1) | cells, Q1)


def figure(store: Store, name: str, *quarters: Quarter) -> tuple[int, int | None] | None:
    one = indicator_named(name)
    count = over(measure(store.reading(), [one])[name], one, quarters or (Q1,)).count
    return (count.k, count.n) if count else None


# Returns


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"published_on": "31/03/2023"}, {("published_on", "DATE_OUTSIDE_QUARTER")}),
        ({"published_on": "01/07/2023"}, {("published_on", "DATE_OUTSIDE_QUARTER")}),
        ({"published_on": "01/04/2023"}, set()),
        ({"published_on": "", "learning_points": ""}, set()),
        (
            {"published_on": "10/05/2023", "commissioned_on": "11/05/2023", "due_on": ""},
            {("published_on", "DATES_OUT_OF_ORDER")},
        ),
        ({"commissioned_on": "01/07/2023", **OPEN_REVIEW, "due_on": ""}, {("commissioned_on", "DATE_AFTER_QUARTER")}),
        ({"due_on": "01/01/2022"}, {("due_on", "DATES_OUT_OF_ORDER")}),
        ({"due_on": ""}, set()),
        ({"learning_points": "201"}, {("learning_points", "OUT_OF_RANGE")}),
        ({"review_id": "A name of somebody"}, {("review_id", "NOT_A_REFERENCE")}),
    ],
)
def test_a_practice_review_is_checked(cells: dict[str, str], wrong: set[tuple[str, str]]) -> None:
    assert found(PracticeReview, **cells) == wrong


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"state": "Done", "done_on": ""}, {("done_on", "NEEDED_HERE")}),
        ({"state": "Under way", "done_on": "01/05/2023"}, {("done_on", "NOT_APPLICABLE_HERE")}),
        ({"state": "Not started", "done_on": ""}, set()),
        ({"done_on": "31/03/2023"}, {("done_on", "DATE_OUTSIDE_QUARTER")}),
        (
            {"agreed_on": "02/05/2023", "due_on": "02/05/2023", "done_on": "01/05/2023"},
            {("done_on", "DATES_OUT_OF_ORDER")},
        ),
        ({"agreed_on": "01/07/2023", "due_on": "02/07/2023", **OPEN_POINT}, {("agreed_on", "DATE_AFTER_QUARTER")}),
        ({"due_on": "01/01/2020"}, {("due_on", "DATES_OUT_OF_ORDER")}),
        ({"due_on": "01/01/2030", **OPEN_POINT}, set()),
        ({"lead_agency": "NOBODY"}, {("lead_agency", "UNKNOWN_CODE")}),
    ],
)
def test_a_learning_point_is_checked(cells: dict[str, str], wrong: set[tuple[str, str]]) -> None:
    assert found(LearningPoint, **cells) == wrong


def test_a_rule_about_a_blank_cell_says_what_to_do(store: Store) -> None:
    row = example_row(LearningPoint.columns(), Q1, 1) | {"done_on": ""}
    slot = Slot(STOCKPORT.code, BUSINESS_UNIT.code, "learning_points", Q1)
    answer = send(store, slot, csv_file(LearningPoint, [row]), sent_by="a test", file_name="x.csv")
    (finding,) = [one for one in answer.findings if one.blocks]
    assert finding.message == "state is “Done”, but done_on is blank."
    assert finding.fix == "Fill done_on, or correct state."


def test_themes_and_agencies_are_those_the_other_lists_know() -> None:
    assert LEARNING_THEME.values == (*code_lists.REVIEW_THEME.values, *code_lists.SAR_THEME.values)
    assert LEAD_AGENCY.values == tuple(agency.code for agency in AGENCIES)
    assert LEARNT_FROM.values[0] == "Rapid review"


def test_an_open_case_is_sent_again_with_the_same_reference_and_nothing_is_asked(put: Put, store: Store) -> None:
    for quarter in (Q1, Q1.plus(1)):
        put(PracticeReview, quarter, {"review_id": "PR-1", "commissioned_on": "01/02/2023", **OPEN_REVIEW})
        put(
            LearningPoint,
            quarter,
            {"point_id": "LP-1", "agreed_on": "01/02/2023", "due_on": "01/09/2023", **OPEN_POINT},
        )
    assert len(store.reading().counting) == 4


@pytest.mark.parametrize(
    ("due", "days"), [("29/06/2023", 1), ("30/06/2023", 0), ("01/07/2023", -1), ("01/04/2023", 90), ("", None)]
)
def test_days_past_due_are_counted_to_the_last_day_of_the_quarter(
    due: str, days: int | None, put: Put, store: Store
) -> None:
    put(PracticeReview, Q1, {"commissioned_on": "01/02/2023", "due_on": due, **OPEN_REVIEW})
    assert store.reading().rows("SELECT days_past_due FROM facts.practice_reviews") == [(days,)]


# Indicators


def test_what_is_open_is_never_added_over_quarters(put: Put, store: Store) -> None:
    for quarter, number in ((Q1, 3), (Q1.plus(1), 2)):
        rows = [{"commissioned_on": "01/02/2023", "due_on": "", **OPEN_REVIEW}] * number
        put(PracticeReview, quarter, *rows)
        put(LearningPoint, quarter, *[OPEN_POINT] * number)
    both = (Q1, Q1.plus(1))
    assert figure(store, "practice_reviews_open", *both) == (2, None)
    assert figure(store, "learning_points_open", *both) == (2, None)
    assert figure(store, "learning_points_overdue", *both)[1] == 2  # type: ignore[index]


def test_what_happened_in_a_quarter_is_added(put: Put, store: Store) -> None:
    put(PracticeReview, Q1, {})
    put(PracticeReview, Q1.plus(1), {}, {})
    assert figure(store, "practice_reviews_published", Q1, Q1.plus(1)) == (3, None)
    assert figure(store, "practice_review_learning_points", Q1, Q1.plus(1)) == (27, None)


def test_a_review_is_commissioned_once_however_often_it_is_sent(put: Put, store: Store) -> None:
    for quarter in (Q1, Q1.plus(1), Q1.plus(2)):
        put(PracticeReview, quarter, {"commissioned_on": "30/06/2023", "due_on": "", **OPEN_REVIEW})
    assert figure(store, "practice_reviews_commissioned", *Q1.rolling_year(), Q1.plus(1), Q1.plus(2)) == (1, None)


def test_terms_without_a_document_have_no_target_and_say_so() -> None:
    for months in (6, 12):
        one = indicator_named(f"practice_reviews_published_within_{months}_months")
        assert "print no term" in one.left_out and "no target" in one.left_out


def test_open_points_can_be_told_apart_by_agency(put: Put, store: Store) -> None:
    put(LearningPoint, Q1, OPEN_POINT, OPEN_POINT | {"lead_agency": "GMP"}, OPEN_POINT | {"lead_agency": "GMP"})
    parts = break_down(store.reading(), indicator_named("learning_points_open"), "lead_agency", (Q1,))
    assert (parts["GMP"].k, parts["SMBC-SF"].k, parts["EDU"].k) == (2, 1, 0)


# The demonstration


@pytest.fixture(scope="module")
def cube(demonstration_path: Path) -> Iterator[tuple[Store, Cube]]:
    opened = Store.open(demonstration_path)
    yield opened, cube_of(opened.reading(), Settings())
    opened.close()


def of_year(cube: tuple[Store, Cube], name: str, year: int) -> int | None:
    count = over(cube[1][name], indicator_named(name), Quarter(year, 4).year_to_date()).count
    return count.k if count else None


def test_two_reviews_are_commissioned_in_2022_23_as_published(cube: tuple[Store, Cube]) -> None:
    printed = {figure.value for figure in figures_for("practice_reviews_commissioned")}
    assert printed == {2} and of_year(cube, "practice_reviews_commissioned", 2022) == 2


def test_nine_learning_points_come_from_the_one_review_published_in_2022_23(cube: tuple[Store, Cube]) -> None:
    (printed,) = figures_for("practice_review_learning_points")
    assert of_year(cube, "practice_review_learning_points", 2022) == printed.value == 9
    assert of_year(cube, "practice_reviews_published", 2022) == 1


def test_the_nine_points_were_done_by_october_2022() -> None:
    done = [row["done_on"] for rows in case_reviews.points().values() for row in rows if row["state"] == "Done"]
    first_nine = sorted(date.fromisoformat("-".join(reversed(day.split("/")))) for day in done)[:9]
    assert date(2022, 6, 14) < first_nine[0] and first_nine[-1] <= date(2022, 10, 31)


def test_the_two_reviews_of_2022_23_are_published_in_may_and_july_2023() -> None:
    one, other = (
        review
        for review in case_reviews.REVIEWS
        if review.commissioned and date(2022, 4, 1) <= review.commissioned <= date(2023, 3, 31)
    )
    assert one.kind == other.kind == CHILD_REVIEW
    assert [f"{review.published:%Y-%m}" for review in (one, other)] == ["2023-05", "2023-07"]


def test_a_review_follows_each_decision_that_asks_for_one(cube: tuple[Store, Cube]) -> None:
    def count(name: str, by: str, word: str) -> int:
        quarters = quarters_between(Quarter(2021, 4), Quarter(2026, 2))
        return break_down(cube[0].reading(), indicator_named(name), by, quarters)[word].k

    commissioned = "practice_reviews_commissioned"
    assert count(commissioned, "kind", CHILD_REVIEW) == count("rapid_reviews", "decision", "Local CSPR commissioned")
    assert count(commissioned, "kind", ADULT_REVIEW) == count("sar_referrals", "outcome", "Met criteria")


def test_learning_points_of_a_published_review_are_as_many_as_it_says() -> None:
    rows: list[Cells] = [row for part in case_reviews.points().values() for row in part]
    for review in (row for part in case_reviews.reviews().values() for row in part if row["published_on"]):
        points = {row["point_id"] for row in rows if row["review_id"] == review["review_id"]}
        assert len(points) == int(review["learning_points"])
