"""Facts about the children of the demonstration: what is published holds, and open cases go on until they end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dataset.children_code_lists import CONTACT_OUTCOME
from dataset.columns import read_day
from dataset.demonstrating import children_in_care, children_plans, schedule
from dataset.quarter import Quarter, quarters_between
from dataset.store import Reading, Store
from dataset.tables import return_named

FIRST, LAST = Quarter(2021, 1), Quarter(2026, 2)
MARCH_2022, MARCH_2023 = Quarter(2021, 4), Quarter(2022, 4)
OPEN = "ended_on IS NULL"
OF_2022 = f"quarter BETWEEN {Quarter(2022, 1).id} AND {MARCH_2023.id}"


@pytest.fixture(scope="module")
def store(demonstration_path: Path) -> Iterator[Store]:
    opened = Store.open(demonstration_path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def reading(store: Store) -> Reading:
    return store.reading()


def rows(
    reading: Reading, dataset: str, columns: str, condition: str = "true", more: str = ""
) -> list[tuple[Any, ...]]:
    return reading.rows(f"SELECT {columns} FROM {reading.source(return_named(dataset))} AND ({condition}) {more}")


def count(reading: Reading, dataset: str, condition: str) -> int:
    return int(rows(reading, dataset, "count(*)", condition)[0][0])


def in_quarter(quarter: Quarter, condition: str = OPEN) -> str:
    return f"quarter = {quarter.id} AND {condition}"


# What the annual report prints


def test_271_enquiries_were_started_in_2022_23(reading: Reading) -> None:
    assert count(reading, "child_protection_enquiries", OF_2022) == 271


def test_3207_contacts_of_2022_23_became_referrals_and_contacts_fell(reading: Reading) -> None:
    outcomes = dict(rows(reading, "child_contacts", "outcome, count(*)", OF_2022, "GROUP BY outcome"))
    assert [outcomes[word] for word in CONTACT_OUTCOME.values] == [3207, 1130, 1190, 520, 1013]
    assert sum(outcomes.values()) < count(reading, "child_contacts", f"quarter <= {MARCH_2022.id}")


def test_245_children_have_a_plan_at_march_2023_most_for_emotional_abuse(reading: Reading) -> None:
    condition = in_quarter(MARCH_2023)
    found = dict(rows(reading, "child_protection_plans", "category, count(*)", condition, "GROUP BY category"))
    assert found == {"Neglect": 81, "Emotional abuse": 138, "Physical abuse": 17, "Sexual abuse": 9}
    assert sum(found.values()) == 245


def test_neglect_plans_started_rise_from_33_to_62_while_those_open_fall_by_19_percent(reading: Reading) -> None:
    began = "category = 'Neglect' AND started_day >= 0"
    assert count(reading, "child_protection_plans", f"quarter <= {MARCH_2022.id} AND {began}") == 33
    assert count(reading, "child_protection_plans", f"{OF_2022} AND {began}") == 62
    neglect = f"{OPEN} AND category = 'Neglect'"
    at_end = [count(reading, "child_protection_plans", in_quarter(q, neglect)) for q in (MARCH_2022, MARCH_2023)]
    assert at_end == [100, 81]


@pytest.mark.parametrize(
    ("quarter", "children"),
    [(MARCH_2022, 446), (Quarter(2022, 1), 446), (MARCH_2023, 482), (Quarter(2023, 1), 482)],
    ids=str,
)
def test_children_in_care_are_446_and_482_whichever_q1_is_meant(
    quarter: Quarter, children: int, reading: Reading
) -> None:
    assert count(reading, "children_in_care", in_quarter(quarter)) == children


def test_unaccompanied_children_rise_from_16_to_29(reading: Reading) -> None:
    condition = f"{OPEN} AND unaccompanied = 'Yes'"
    assert [count(reading, "children_in_care", in_quarter(q, condition)) for q in (MARCH_2022, MARCH_2023)] == [16, 29]


def test_89_different_children_in_care_went_missing_in_2022_23(reading: Reading) -> None:
    who = f"{OF_2022} AND went_missing <> 'No'"
    assert rows(reading, "children_in_care", "count(DISTINCT care_id)", who) == [(89,)]
    assert count(reading, "children_in_care", f"{OF_2022} AND went_missing = 'Yes, first time since April'") == 89


# Open cases


OPEN_CASES = pytest.mark.parametrize(
    ("dataset", "key"), [("child_protection_plans", "plan_id"), ("children_in_care", "care_id")]
)


@OPEN_CASES
def test_an_open_case_comes_in_every_quarter_until_it_ends(dataset: str, key: str, reading: Reading) -> None:
    columns = f"{key}, min(quarter), max(quarter), count(*), count(DISTINCT started_on), max(ended_on)"
    for _, first, last, times, starts, ended in rows(reading, dataset, columns, "true", f"GROUP BY {key}"):
        assert (times, starts) == (last - first + 1, 1)
        assert Quarter.of(ended).id == last if ended else last == LAST.id


@OPEN_CASES
def test_open_cases_are_those_before_and_those_that_came_less_those_that_went(
    dataset: str, key: str, reading: Reading
) -> None:
    sums = "quarter, count(*) - count(ended_on), sum(CASE WHEN started_day >= 0 THEN 1 ELSE 0 END), count(ended_on)"
    found = {row[0]: row[1:] for row in rows(reading, dataset, sums, "true", "GROUP BY quarter")}
    assert sorted(found) == [quarter.id for quarter in quarters_between(FIRST, LAST)]
    for quarter in quarters_between(FIRST.plus(1), LAST):
        at_end, came, went = found[quarter.id]
        assert at_end == found[quarter.id - 1][0] + came - went


def test_totals_are_laid_down_for_every_quarter() -> None:
    quarters = quarters_between(FIRST, LAST)
    assert len(children_in_care.AT_END) == len(children_in_care.UNACCOMPANIED_AT_END) == 1 + len(quarters)


def test_every_plan_began_at_a_conference_that_made_one(reading: Reading) -> None:
    held = {day for (day,) in rows(reading, "child_protection_enquiries", "conference_on", "plan_made = 'Yes'")}
    begun = rows(reading, "child_protection_plans", "DISTINCT started_on", "started_day >= 0")
    # Conferences of the first weeks followed enquiries of the year before the demonstration.
    assert {day for (day,) in begun if day >= date(2021, 4, 26)} <= held


def test_no_return_tells_of_a_conference_before_it_was_held(reading: Reading) -> None:
    latest = rows(
        reading, "child_protection_enquiries", "submission, max(conference_on)", "true", "GROUP BY submission"
    )
    sent = {entry.id: entry.recorded_at.date() for entry in reading.entries}
    assert all(day <= sent[submission] for submission, day in latest)


def test_some_plans_that_ended_had_lasted_two_years_but_few(reading: Reading) -> None:
    ended = count(reading, "child_protection_plans", "ended_on IS NOT NULL")
    long = count(reading, "child_protection_plans", "date_diff('day', started_on, ended_on) >= 730")
    assert 0.02 < long / ended < 0.1


# Missing children


def test_a_child_is_missing_for_the_first_time_once_a_year_from_each_place(reading: Reading) -> None:
    places = rows(
        reading,
        "missing_episodes",
        "missing_from, count(*), sum(CASE WHEN first_since_april = 'Yes' THEN 1 ELSE 0 END)",
        OF_2022,
        "GROUP BY missing_from ORDER BY missing_from",
    )
    assert places == [("Home", 403, 281), ("Care", 588, 152)]


# What happened to returns


def test_the_restated_plans_add_those_of_the_last_week_of_june(store: Store, reading: Reading) -> None:
    first, second = (
        e for e in reading.entries if (e.slot.agency, e.slot.dataset, e.slot.quarter) == schedule.PLANS_AGAIN
    )
    before, after = (set(store.keeping.file(e.sha256).decode().splitlines()) for e in (first, second))
    assert (second.kind, second.replaces) == ("restatement", first.id)
    assert before < after
    starts = [read_day(line.split(",")[1]) for line in after - before]
    assert all(day is not None and children_plans.FORGOTTEN_FROM <= day <= date(2024, 6, 30) for day in starts)


def test_a_nil_return_of_the_police_was_wrong_and_is_replaced_by_rows(reading: Reading) -> None:
    nil, rows_after = (
        e for e in reading.entries if (e.slot.agency, e.slot.dataset, e.slot.quarter) == schedule.NIL_AT_FIRST
    )
    assert (nil.kind, nil.records) == ("nil", 0)
    assert (rows_after.kind, rows_after.replaces) == ("restatement", nil.id)
    assert rows_after.records > 200
    assert "another division" in rows_after.reason


def test_nothing_that_the_intake_would_ask_about_is_in_the_childrens_returns(reading: Reading) -> None:
    children = {"child_contacts", "child_protection_enquiries", "child_protection_plans", "children_in_care"}
    assert [e for e in reading.entries if e.slot.dataset in children | {"missing_episodes"} and e.explanations] == []
