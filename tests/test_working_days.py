"""Working days in England."""

from __future__ import annotations

from datetime import date, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataset.intake import _working_days_sql
from dataset.table import WorkingDaysBetween
from dataset.working_days import add_working_days, is_working_day, non_working_days

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2023, 4, 7), "Good Friday"),
        (date(2023, 4, 10), "Easter Monday"),
        (date(2023, 5, 1), "Early May"),
        (date(2023, 5, 8), "Coronation"),
        (date(2023, 5, 29), "Spring"),
        (date(2023, 8, 28), "Summer"),
        (date(2022, 9, 19), "the Queen's funeral"),
        (date(2022, 6, 2), "Spring moved for the Platinum Jubilee"),
        (date(2022, 6, 3), "Platinum Jubilee"),
        (date(2021, 12, 27), "Christmas on a Saturday"),
        (date(2021, 12, 28), "Boxing Day on a Sunday"),
        (date(2023, 1, 2), "New Year on a Sunday"),
    ],
)
def test_nobody_works_on_a_bank_holiday(day: date, why: str) -> None:
    assert not is_working_day(day), why


@pytest.mark.parametrize(
    "day", [date(2022, 5, 30), date(2023, 1, 3), date(2023, 3, 17), date(2023, 8, 7), date(2023, 4, 6)]
)
def test_moved_scottish_and_irish_holidays_are_working_days_in_england(day: date) -> None:
    assert is_working_day(day)


@given(DAYS)
def test_a_weekend_is_never_a_working_day(day: date) -> None:
    assert not (day.weekday() >= 5 and is_working_day(day))


def test_the_first_day_counted_is_the_next_working_day() -> None:
    before_easter = date(2023, 4, 6)
    assert add_working_days(before_easter, 0) == before_easter
    assert add_working_days(before_easter, 1) == date(2023, 4, 11)
    assert add_working_days(date(2023, 4, 8), 1) == date(2023, 4, 11)


@given(DAYS, st.integers(1, 40))
def test_adding_working_days_lands_on_one_with_that_many_in_between(day: date, count: int) -> None:
    landed = add_working_days(day, count)
    passed = (landed - day).days
    assert is_working_day(landed)
    assert passed - len(non_working_days(day + timedelta(days=1), landed)) == count


def test_non_working_days_has_both_ends() -> None:
    assert non_working_days(date(2023, 5, 6), date(2023, 5, 8)) == (
        date(2023, 5, 6),
        date(2023, 5, 7),
        date(2023, 5, 8),
    )
    assert non_working_days(date(2023, 5, 9), date(2023, 5, 8)) == ()


@settings(max_examples=40)
@given(st.dates(date(2018, 1, 1), date(2030, 12, 31)), st.integers(0, 120))
def test_the_stored_count_of_working_days_is_the_one_counted_by_hand(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    sql = _working_days_sql(WorkingDaysBetween("days", "", "started", "ended"))
    counted = duckdb.execute(f"SELECT {sql} FROM (SELECT DATE '{start}' AS started, DATE '{end}' AS ended)").fetchone()
    by_hand = sum(is_working_day(start + timedelta(days=n)) for n in range(1, length + 1))
    assert counted == (by_hand,)
