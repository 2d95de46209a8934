"""The screen of reviews as values: clocks over bank holidays, counts of n, what is open and since when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from dataset.agencies import BUSINESS_UNIT, STOCKPORT
from dataset.code_lists import REVIEW_THEME
from dataset.columns import example_row
from dataset.demonstrating.allocating import csv_file
from dataset.intake import send, send_nil
from dataset.ledger import Slot
from dataset.quarter import Quarter, quarters_between
from dataset.store import Reading, Store
from dataset.table import ReturnType
from dataset.tables.learning_points import LearningPoint
from dataset.tables.practice_reviews import PracticeReview
from dataset.tables.rapid_reviews import RapidReview
from dataset.tables.sar_referrals import SarReferral
from safeguarding_metrics.indicators import indicator_named
from safeguarding_metrics.indicators.rapid_reviews import THEMES
from safeguarding_metrics.measuring import Cube, over
from safeguarding_metrics.progressing import cube_of
from safeguarding_metrics.reviewing import Reviews, Span, quarters_of, reviews
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.uncertainty import exact_count_interval

Q1 = Quarter.parse("2023/24 Q1")
TRAUMA, SHARING, MEN, *_ = REVIEW_THEME.values
LATER = date(2027, 1, 1)
Put = Callable[..., None]
See = Callable[..., Reviews]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def put(store: Store) -> Put:
    """Send rows of a return for a quarter: the example's cells, with those given over them; nil without rows."""

    def put(table: ReturnType, quarter: Quarter, *rows: dict[str, str]) -> None:
        slot = Slot(STOCKPORT.code, BUSINESS_UNIT.code, table.about.name, quarter)
        if not rows:
            assert send_nil(store, slot, sent_by="a test", reason="none").accepted
            return
        cells = [example_row(table.columns(), quarter, n) | row for n, row in enumerate(rows, start=1)]
        asked = {f"{code}:{table.key[0]}": "a test" for code in ("KEYS_SEEN_BEFORE",)}
        answer = send(store, slot, csv_file(table, cells), sent_by="a test", file_name="rows.csv", reasons=asked)
        assert answer.result == "accepted", answer.findings

    return put


@pytest.fixture
def see(store: Store) -> See:
    def see(
        quarter: Quarter = Q1, span: Span = "year", today: date = LATER, settings: Settings = Settings()
    ) -> Reviews:
        reading = store.reading()
        return reviews(reading, cube_of(reading, settings), quarter, span, settings, today)

    return see


def rapid(aware: str, notified: str, completed: str, themes: str = "") -> dict[str, str]:
    return {"aware_on": aware, "notified_on": notified, "completed_on": completed, "themes": themes}


def point(reference: str, due: str, state: str = "Under way", done: str = "") -> dict[str, str]:
    return {"point_id": reference, "agreed_on": "01/02/2023", "due_on": due, "state": state, "done_on": done}


# Periods


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("year", "2023/24 Q1", "2023/24 Q2"),
        ("before", "2022/23 Q1", "2022/23 Q2"),
        ("rolling", "2022/23 Q3", "2023/24 Q2"),
    ],
)
def test_a_period_is_the_year_so_far_the_same_of_the_year_before_or_four_quarters(
    span: Span, first: str, last: str
) -> None:
    wanted = quarters_between(Quarter.parse(first), Quarter.parse(last))
    assert quarters_of(Quarter.parse("2023/24 Q2"), span) == wanted


def test_nothing_later_than_the_period_is_looked_at(put: Put, see: See) -> None:
    put(RapidReview, Q1, {})
    put(RapidReview, Q1.plus(4), {}, {})
    before = see(Q1.plus(4), "before")
    assert len(before.rapid) == 1 and [year.cases for year in before.rapid_themes.years] == [1]
    assert before.day == Q1.end and before.rapid_events.count == 1


# Clocks


def test_the_clocks_leave_out_easter_and_say_by_how_many_working_days_a_review_is_late(put: Put, see: See) -> None:
    # Good Friday was 7 April 2023, Easter Monday the 10th, the early May bank holiday the 1st.
    put(RapidReview, Q1, rapid("03/04/2023", "13/04/2023", "03/05/2023"))
    (row,) = see().rapid
    assert (row.notify.days, row.notify.late_by, row.notify.due_on) == (6, 1, date(2023, 4, 12))
    assert (row.complete.days, row.complete.late_by, row.complete.due_on) == (19, 4, date(2023, 4, 26))
    assert row.holidays == 3 and row.is_late


def test_the_last_day_of_a_clock_is_in_time(put: Put, see: See) -> None:
    put(RapidReview, Q1, rapid("03/04/2023", "12/04/2023", "26/04/2023"))
    (row,) = see().rapid
    assert (row.notify.days, row.complete.days) == (5, 15)
    assert not row.is_late


def test_a_setting_moves_the_start_of_the_fifteen_days(put: Put, see: See) -> None:
    put(RapidReview, Q1, rapid("03/04/2023", "06/04/2023", "02/05/2023"))
    (from_aware,), (from_notice,) = (
        see(settings=Settings(review_clock=clock)).rapid
        for clock in ("aware", "notified")  # type: ignore[arg-type]
    )
    assert (from_aware.complete.late_by, from_notice.complete.late_by) == (3, 0)
    assert from_aware.notify == from_notice.notify


def test_a_review_is_late_exactly_when_it_was_done_after_its_last_day(seen: Demonstrated) -> None:
    for row in seen(Quarter(2024, 4)).rapid:
        assert (row.complete.late_by > 0) == (row.completed_on > row.complete.due_on)
        assert (row.notify.late_by > 0) == (row.notified_on > row.notify.due_on)


# Themes and how often


def test_themes_are_counts_of_the_reviews_of_each_year_the_latest_first(put: Put, see: See) -> None:
    put(RapidReview, Q1.plus(-4), {"themes": TRAUMA}, {"themes": ""})
    put(RapidReview, Q1, {"themes": f"{TRAUMA}; {MEN}"}, {"themes": MEN}, {"themes": MEN})
    now, before = see().rapid_themes.years
    assert [(count.k, count.n) for count in now.counts if count][:3] == [(1, 3), (0, 3), (3, 3)]
    assert [(count.k, count.n) for count in before.counts if count][:3] == [(1, 2), (0, 2), (0, 2)]


def test_a_year_without_any_return_has_no_counts_and_one_with_nil_returns_has_noughts(put: Put, see: See) -> None:
    put(RapidReview, Q1.plus(-8), {})
    put(RapidReview, Q1)
    now, none, _ = see().rapid_themes.years
    assert now.cases == 0 and {count.n for count in now.counts if count} == {0}
    assert none.cases is None and set(none.counts) == {None}


def test_days_run_from_the_latest_event_even_before_the_period_to_its_last_day(put: Put, see: See) -> None:
    put(SarReferral, Q1.plus(-1), {"received_on": "31/03/2023"})
    put(SarReferral, Q1)
    shown = see()
    assert (shown.sar_events.count, shown.sar_events.days_since_last) == (0, 91)
    assert shown.rapid_events.days_since_last is None


def test_a_quarter_that_still_runs_is_seen_today(put: Put, see: See) -> None:
    put(RapidReview, Q1, {"completed_on": "20/04/2023"})
    shown = see(today=date(2023, 5, 4))
    assert shown.day == date(2023, 5, 4) and shown.rapid_events.days_since_last == 14


def test_each_year_has_its_count_with_the_exact_interval(put: Put, see: See) -> None:
    put(RapidReview, Q1, {}, {}, {})
    (year,) = see().years
    assert year.rapid_reviews is not None and year.rapid_reviews.count == 3
    assert year.rapid_reviews.interval == exact_count_interval(3)
    assert year.sar_referrals is None


# Practice reviews


def test_open_reviews_say_how_long_and_how_far_past_their_day(put: Put, see: See) -> None:
    blank = {"published_on": "", "learning_points": ""}
    put(
        PracticeReview,
        Q1,
        {"review_id": "A", "commissioned_on": "31/03/2023", "due_on": "20/06/2023", **blank},
        {"review_id": "B", "commissioned_on": "30/06/2023", "due_on": "", **blank},
        {"review_id": "C", "commissioned_on": "01/04/2023", "due_on": "01/05/2023", "published_on": "03/05/2023"},
    )
    practice = see().practice
    assert [(row.reference, row.days, row.late_by) for row in practice.open] == [("A", 91, 10), ("B", 0, 0)]
    assert [(row.reference, row.days, row.late_by) for row in practice.published] == [("C", 32, 2)]


def test_a_return_that_is_missing_leaves_the_latest_one_and_names_its_quarter(put: Put, see: See) -> None:
    put(PracticeReview, Q1.plus(-1), {"commissioned_on": "01/02/2023", "due_on": "", "published_on": ""})
    assert see().practice.as_sent == Q1.plus(-1)
    assert len(see().practice.open) == 1
    put(PracticeReview, Q1)
    assert (see().practice.as_sent, see().practice.open) == (Q1, ())


# Learning points


def test_each_point_is_where_its_latest_return_has_it(put: Put, see: See) -> None:
    put(LearningPoint, Q1, point("A", "01/06/2023"), point("B", "01/09/2023"), point("C", "30/06/2023"))
    put(LearningPoint, Q1.plus(1), point("A", "01/06/2023", "Done", "20/07/2023"), point("B", "01/09/2023"))
    first, second = see().learning, see(Q1.plus(1)).learning
    assert {one.reference: one.overdue_by for one in first.points} == {"A": 29, "B": 0, "C": 0}
    assert {one.reference: (one.is_done, one.overdue_by) for one in second.points} == {
        "A": (True, 0),
        "B": (False, 29),
        "C": (False, 0),
    }


def test_a_point_left_out_without_being_done_is_neither_open_nor_done(put: Put, see: See) -> None:
    put(LearningPoint, Q1, point("A", "01/06/2023"))
    put(LearningPoint, Q1.plus(1))
    tally = see(Q1.plus(1)).learning.all
    assert (tally.followed, tally.done, tally.open, tally.overdue, tally.dropped) == (1, 0, 0, 0, 1)
    assert "1 learning point was left out of the latest return without ever being done." in see(Q1.plus(1)).detail


def test_points_done_in_an_earlier_period_are_not_followed_any_more(put: Put, see: See) -> None:
    put(LearningPoint, Q1.plus(-1), point("A", "01/06/2023", "Done", "20/02/2023"))
    put(LearningPoint, Q1, point("B", "01/06/2023"))
    assert [one.reference for one in see().learning.points] == ["B"]
    assert [one.reference for one in see(span="rolling").learning.points] == ["B", "A"]


def test_reviews_and_agencies_with_most_to_do_come_first(put: Put, see: See) -> None:
    put(
        LearningPoint,
        Q1,
        point("A", "01/09/2023") | {"lead_agency": "EDU", "review_id": "R-1"},
        point("B", "01/06/2023") | {"lead_agency": "GMP", "review_id": "R-2"},
        point("C", "11/06/2023") | {"lead_agency": "GMP", "review_id": "R-1"},
    )
    found = see().learning
    assert [(one.name, one.open, one.overdue, one.longest_overdue) for one in found.by_lead] == [
        ("Greater Manchester Police", 2, 2, 29),
        ("Safeguarding Children in Education", 1, 0, 0),
    ]
    assert [one.name.split()[-1] for one in found.by_review] == ["R-2", "R-1"]


# The answer


def test_before_anything_was_sent_it_says_so(see: See) -> None:
    shown = see()
    assert not shown.anything_sent and shown.answer == "No return about reviews has been sent yet"
    assert shown.missing == ()


@pytest.mark.parametrize(
    ("themes", "answer"),
    [
        ((TRAUMA, TRAUMA, MEN), f"Reviews most often found “{TRAUMA}” (2 of 3 in 2023/24 so far, up to Q1)"),
        ((TRAUMA, MEN), f"Reviews most often found “{TRAUMA}” and “{MEN}” (1 of 2 each in 2023/24 so far, up to Q1)"),
        (
            (TRAUMA, MEN, SHARING),
            "No theme of reviews stands out: 3 were each found in 1 of 3 in 2023/24 so far, up to Q1",
        ),
        (("",), "No theme is recorded for 1 rapid review of 2023/24 so far, up to Q1"),
        ((), "No rapid review was completed in 2023/24 so far, up to Q1"),
    ],
)
def test_the_answer_names_the_theme_found_most(themes: tuple[str, ...], answer: str, put: Put, see: See) -> None:
    put(RapidReview, Q1, *({"themes": theme} for theme in themes))
    assert see().answer == f"{answer}; what is done about it has not been sent"


def test_a_theme_of_both_years_is_kept_finding(put: Put, see: See) -> None:
    put(RapidReview, Q1.plus(-4), {"themes": TRAUMA}, {"themes": MEN})
    put(RapidReview, Q1, {"themes": TRAUMA})
    put(LearningPoint, Q1, point("A", "01/06/2023"), point("B", "01/06/2023", "Done", "20/04/2023"))
    shown = see()
    assert shown.answer.startswith(f"Reviews keep finding “{TRAUMA}” (1 of 1 in 2023/24 so far, up to Q1); ")
    assert shown.answer.endswith("of 2 learning points, 1 is done and 1 is overdue")
    assert shown.detail.startswith(
        "That was 1 of 2 in the same quarters of the year before. In every one of the 2 years"
    )


def test_what_the_documents_dispute_about_themes_is_told(see: See) -> None:
    told = {theme: conflict.sentence for theme, conflict in see().conflicts}
    assert "says 100% (003:273)" in told[TRAUMA] and "7 of 10" in told[TRAUMA]
    assert "says 67% (003:170)" in told[SHARING]
    assert MEN not in told


def test_a_return_that_is_not_in_is_named(put: Put, see: See) -> None:
    put(RapidReview, Q1, {})
    put(PracticeReview, Q1)
    assert [(agency.code, table.about.name, quarter) for agency, table, quarter in see().missing] == [
        ("SSP-BU", "sar_referrals", Q1),
        ("SSP-BU", "learning_points", Q1),
    ]


# The demonstration: the values of the screen are those of the indicators

Demonstrated = Callable[..., Reviews]


@pytest.fixture(scope="module")
def held(demonstration_path: Path) -> Iterator[tuple[Reading, Cube]]:
    opened = Store.open(demonstration_path)
    reading = opened.reading()
    yield reading, cube_of(reading, Settings())
    opened.close()


@pytest.fixture(scope="module")
def seen(held: tuple[Reading, Cube]) -> Demonstrated:
    return lambda quarter, span="year": reviews(*held, quarter, span, Settings(), LATER)


@pytest.mark.parametrize("quarter", quarters_between(Quarter(2021, 1), Quarter(2026, 2)), ids=str)
def test_what_is_open_and_overdue_agrees_with_the_indicators(
    quarter: Quarter, seen: Demonstrated, held: tuple[Reading, Cube]
) -> None:
    def measured(name: str, quarters: tuple[Quarter, ...]) -> int:
        count = over(held[1][name], indicator_named(name), quarters).count
        assert count is not None
        return count.k

    shown = seen(quarter)
    year, tally = quarter.year_to_date(), shown.learning.all
    assert measured("practice_reviews_open", (quarter,)) == len(shown.practice.open)
    assert measured("practice_reviews_published", year) == len(shown.practice.published)
    assert measured("practice_reviews_overdue", (quarter,)) == sum(row.late_by > 0 for row in shown.practice.open)
    assert measured("learning_points_open", (quarter,)) == tally.open
    assert measured("learning_points_overdue", (quarter,)) == tally.overdue
    assert measured("learning_points_done", year) == tally.done


@pytest.mark.parametrize("year", range(2021, 2026))
def test_themes_agree_with_the_indicators(year: int, seen: Demonstrated, held: tuple[Reading, Cube]) -> None:
    shown = seen(Quarter(year, 4)).rapid_themes
    quarters = Quarter(year, 4).year_to_date()
    measured = [over(held[1][name], indicator_named(name), quarters).count for name in THEMES.values()]
    assert tuple(measured) == shown.years[0].counts
    assert shown.words == tuple(THEMES)


def test_the_year_of_the_annual_report_reads_as_published(seen: Demonstrated) -> None:
    shown = seen(Quarter(2022, 4))
    assert (
        shown.answer == f"Reviews keep finding “{TRAUMA}” (7 of 10 in 2022/23); every one of 9 learning points is done"
    )
    assert [count.k for count in shown.rapid_themes.years[0].counts if count] == [7, 6, 5, 3, 2, 1]
    assert len(shown.sars) == 2 and shown.missing == ()
