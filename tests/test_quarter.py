"""The financial quarter: how it is written, read, counted and grouped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset.quarter import NotAQuarter, Quarter, financial_year, quarters_between

IDS = st.integers(min_value=1990 * 4, max_value=2090 * 4 + 3)
DAYS = st.dates(date(1900, 4, 1), date(2099, 3, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2023/24 Q1",
        "2023-24 Q1",
        "2023–24 Q1",
        "2023/2024 Q1",
        "202324 Q1",
        "2023/24Q1",
        "2023 / 24  q1",
        "Q1 2023/24",
        "Quarter 1 2023/24",
        "quarter1 2023-24",
        "  2023/24 Quarter 1\n",
    ],
)
def test_a_quarter_is_read_in_the_forms_people_write(text: str) -> None:
    assert Quarter.parse(text) == Quarter(2023, 1)


@pytest.mark.parametrize("text", ["2023 Q1", "Q1 2023", "quarter 1 2023"])
def test_a_single_year_is_refused_with_a_question_that_names_both_readings(text: str) -> None:
    with pytest.raises(NotAQuarter) as refused:
        Quarter.parse(text)
    assert "2022/23 or 2023/24: which do you mean?" in str(refused.value)


@pytest.mark.parametrize("text", ["2023/25 Q1", "2023/23 Q1", "2024/23 Q1", "Q1 2023/22"])
def test_two_years_that_do_not_follow_are_refused(text: str) -> None:
    with pytest.raises(NotAQuarter, match="do not follow each other"):
        Quarter.parse(text)


@pytest.mark.parametrize(
    "text", ["", " ", "Q1", "2023/24", "2023/24 Q0", "2023/24 Q5", "23/24 Q1", "June 2023", "x" * 99]
)
def test_anything_else_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(NotAQuarter, match=r"Write for example “2023/24 Q1”"):
        Quarter.parse(text)


@pytest.mark.parametrize("number", [-1, 0, 5])
def test_a_year_has_four_quarters(number: int) -> None:
    with pytest.raises(NotAQuarter, match="quarters 1 to 4"):
        Quarter(2023, number)


def test_the_century_turns_as_any_other_year() -> None:
    assert str(Quarter.parse("1999/2000 Q4")) == str(Quarter.parse("1999/00 Q4")) == "1999/00 Q4"
    assert financial_year(2099) == "2099/00"


@given(IDS)
def test_id_and_words_both_lead_back_to_the_quarter(quarter_id: int) -> None:
    quarter = Quarter.from_id(quarter_id)
    assert quarter.id == quarter_id
    assert Quarter.parse(str(quarter)) == quarter


@given(IDS)
def test_quarters_touch_without_gap_or_overlap(quarter_id: int) -> None:
    quarter = Quarter.from_id(quarter_id)
    assert quarter.end + timedelta(days=1) == quarter.plus(1).start
    assert 90 <= (quarter.end - quarter.start).days + 1 <= 92


@given(DAYS)
def test_every_day_lies_in_the_quarter_it_is_said_to_be_of(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.start <= day <= quarter.end


@given(IDS, IDS)
def test_quarters_sort_by_time(one: int, other: int) -> None:
    assert (Quarter.from_id(one) < Quarter.from_id(other)) == (one < other)


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        (1, date(2023, 4, 1), date(2023, 6, 30)),
        (2, date(2023, 7, 1), date(2023, 9, 30)),
        (3, date(2023, 10, 1), date(2023, 12, 31)),
        (4, date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_the_year_runs_from_april_to_march(number: int, first: date, last: date) -> None:
    quarter = Quarter(2023, number)
    assert (quarter.start, quarter.end, quarter.financial_year) == (first, last, "2023/24")


def test_year_to_date_starts_again_in_april() -> None:
    assert [str(q) for q in Quarter(2023, 1).year_to_date()] == ["2023/24 Q1"]
    assert [q.number for q in Quarter(2023, 4).year_to_date()] == [1, 2, 3, 4]


def test_the_rolling_year_is_four_quarters_across_the_turn_of_the_year() -> None:
    rolling = [str(q) for q in Quarter(2023, 2).rolling_year()]
    assert rolling == ["2022/23 Q3", "2022/23 Q4", "2023/24 Q1", "2023/24 Q2"]


@given(IDS)
def test_at_the_fourth_quarter_the_rolling_year_is_the_year_to_date(quarter_id: int) -> None:
    last = Quarter(Quarter.from_id(quarter_id).year, 4)
    assert last.rolling_year() == last.year_to_date()


def test_quarters_between_has_both_ends_and_is_empty_backwards() -> None:
    assert quarters_between(Quarter(2023, 4), Quarter(2024, 1)) == (Quarter(2023, 4), Quarter(2024, 1))
    assert quarters_between(Quarter(2023, 4), Quarter(2023, 4)) == (Quarter(2023, 4),)
    assert quarters_between(Quarter(2024, 1), Quarter(2023, 4)) == ()


@pytest.mark.parametrize("text", ["0000/01 Q1", "9999/00 Q4", "1989/90 Q1", "2091/92 Q1", "2023/2124 Q1"])
def test_a_year_far_from_ours_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(NotAQuarter, match="Write"):
        Quarter.parse(text)
