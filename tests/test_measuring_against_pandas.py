"""Measuring agrees with pandas, written from the definitions in words, on any data; and with itself.

The expectations below never read an indicator's SQL: ids and conditions are spelt out a second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from expected_by_pandas import (
    ASKED_AND_STATED,
    Expected,
    cells_with,
    concerns_expected,
    enquiries_expected,
    maars_expected,
    plain,
    reviews_expected,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from trying import tried

from dataset import code_lists
from dataset.agencies import ADULT_SOCIAL_CARE, BUSINESS_UNIT, MAARS, PENNINE_CARE
from dataset.code_lists import CodeList
from dataset.columns import example_row
from dataset.intake import send, send_nil
from dataset.ledger import Slot
from dataset.quarter import Quarter, quarters_between
from dataset.store import Store
from dataset.tables import return_named
from safeguarding_metrics.indicators import all_indicators, indicator_named
from safeguarding_metrics.measuring import Count, Cube, WrongBreakdown, break_down, measure, over
from safeguarding_metrics.settings import Settings

FIRST = Quarter.parse("2023/24 Q1")
QUARTERS = quarters_between(FIRST, FIRST.plus(4))
SETTINGS = (Settings(review_clock="aware"), Settings(review_clock="notified"))
Row = dict[str, str]
Rows = list[Row]
# Each try makes a store: without the explaining phase a failure is told in a minute rather than five.
_PHASES = [phase for phase in Phase if phase is not Phase.explain]


def on_any(times: int, holds: Callable[..., None], *drawn: st.SearchStrategy[Any]) -> None:
    """So many times, what is drawn at random is measured and compared."""
    randomly = settings(max_examples=times, suppress_health_check=list(HealthCheck), phases=_PHASES)
    randomly(given(*drawn)(holds))()


def one_of(codes: CodeList) -> st.SearchStrategy[str]:
    return st.sampled_from(codes.values)


def any_of(codes: CodeList, least: int = 1) -> st.SearchStrategy[str]:
    return st.lists(one_of(codes), min_size=least, max_size=5, unique=True).map("; ".join)


def years(row: st.SearchStrategy[Row], at_most: int = 9) -> st.SearchStrategy[list[Rows | None]]:
    """Five quarters, each with rows, with a nil return ([]) or with no return (None); the first has one."""
    rows = st.lists(row, max_size=at_most)
    later = st.lists(st.one_of(st.none(), rows, rows, rows), min_size=4, max_size=4)
    return st.builds(lambda first, others: [first, *others], rows, later)


MAARS_ROWS = st.fixed_dictionaries(
    {
        "age_band": one_of(code_lists.ADULT_AGE_BAND),
        "sex": one_of(code_lists.SEX),
        "referrer": one_of(code_lists.MAARS_REFERRER),
        "risks": any_of(code_lists.MAARS_RISK),
        "repeat_referral": one_of(code_lists.YES_NO),
    }
)
CONCERN_ROWS = st.fixed_dictionaries(
    {
        "source": one_of(code_lists.CONCERN_SOURCE),
        "age_band": one_of(code_lists.ADULT_AGE_BAND),
        "outcome": one_of(code_lists.CONCERN_OUTCOME),
    }
)
_MSP = st.one_of(
    st.builds(lambda answer: (ASKED_AND_STATED, answer), st.sampled_from((*code_lists.MSP_ACHIEVED.values, ""))),
    st.builds(lambda answer: (answer, ""), one_of(code_lists.MSP_ASKED)),
)
ENQUIRY_ROWS = st.builds(
    lambda cells, msp: cells | {"msp_asked": msp[0], "msp_achieved": msp[1]},
    st.fixed_dictionaries(
        {
            "age_band": one_of(code_lists.ADULT_AGE_BAND),
            "abuse_types": any_of(code_lists.ABUSE_TYPE),
            "location": one_of(code_lists.ENQUIRY_LOCATION),
            "source_of_risk": one_of(code_lists.SOURCE_OF_RISK),
        }
    ),
    _MSP,
)
REVIEW_ROWS = st.fixed_dictionaries(
    {
        "themes": any_of(code_lists.REVIEW_THEME, least=0),
        "children_involved": st.integers(1, 20).map(str),
        "decision": one_of(code_lists.REVIEW_DECISION),
        "_day": st.integers(0, 89),
        "_since_notice": st.integers(0, 35),
        "_since_aware": st.integers(0, 14),
    }
)


def with_dates(row: Mapping[str, object], quarter: Quarter) -> Row:
    """A review's three dates, worked back from a day of the quarter."""
    cells = {name: str(value) for name, value in row.items() if not name.startswith("_")}
    completed = quarter.start + timedelta(days=int(str(row["_day"])))
    notified = completed - timedelta(days=int(str(row["_since_notice"])))
    aware = notified - timedelta(days=int(str(row["_since_aware"])))
    return cells | {
        "aware_on": aware.isoformat(),
        "notified_on": notified.isoformat(),
        "completed_on": completed.isoformat(),
    }


@contextmanager
def temporary_store(clock: Callable[[], datetime] = lambda: datetime(2026, 1, 1, tzinfo=UTC)) -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store.duckdb", clock=clock)
        try:
            yield store
        finally:
            store.close()


def returned(store: Store, dataset: str, agency: str, quarter: Quarter, rows: Sequence[Row], reason: str = "") -> None:
    """Send a return: the example's cells, with those of `rows` over them; nil when there are no rows."""
    slot = Slot("E08000007", agency, dataset, quarter)
    if not rows:
        assert send_nil(store, slot, sent_by="a test", reason="nothing happened").accepted
        return
    columns = return_named(dataset).columns()
    made = [
        example_row(columns, quarter, 1 + n % 60) | {next(iter(columns)): f"{agency}-{quarter.id}-{n}"} | row
        for n, row in enumerate(rows)
    ]
    raw = pd.DataFrame(made, columns=list(columns)).to_csv(index=False).encode()
    answer = send(store, slot, raw, sent_by="a test", file_name="made.csv", reason=reason)
    assert answer.result == "accepted", answer.findings


def measured(store: Store, which: Settings = SETTINGS[0]) -> Cube:
    return measure(store.reading(), all_indicators(which))


def got(cube: Cube, id: str, quarter: Quarter) -> tuple[int, int | None] | None:
    one = cube[id].at(quarter)
    return (one.count.k, one.count.n) if one and one.count else None


def agree(
    cube: Cube, dataset: str, quarters: Sequence[Rows | None], expect: Callable[[pd.DataFrame], Expected]
) -> None:
    """Every figure of a return is the expected one, quarter by quarter, and none is left unexpected."""
    columns = list(return_named(dataset).columns())
    for quarter, rows in zip(QUARTERS, quarters, strict=True):
        expected = expect(pd.DataFrame(rows or [], columns=columns, dtype=str))
        assert set(expected) == {id for id, series in cube.items() if series.indicator.table.about.name == dataset}
        if cube[next(iter(expected))].at(quarter) is None:
            assert rows is None
        else:
            assert {id: got(cube, id, quarter) for id in expected} == {
                id: expected[id] if rows is not None else None for id in expected
            }


def send_all(store: Store, dataset: str, agency: str, quarters: Sequence[Rows | None]) -> None:
    for quarter, rows in zip(QUARTERS, quarters, strict=True):
        if rows is not None:
            returned(store, dataset, agency, quarter, rows)


def adds_up(cube: Cube, parts: Sequence[str], whole: Callable[[Count], int | None]) -> None:
    """The parts have one denominator and add to the whole of each quarter."""
    for at in QUARTERS:
        counts = [one.count for part in parts if (one := cube[part].at(at)) and one.count]
        assert len({count.n for count in counts}) <= 1
        assert not counts or sum(count.k for count in counts) == whole(counts[0])


def holds_for_every_figure(cube: Cube, dataset: str) -> None:
    """Shares lie between none and all; the year at Q4 is the sum of its quarters."""
    for series in (one for one in cube.values() if one.indicator.table.about.name == dataset):
        for one in series.quarters:
            assert one.count is None or one.count.k >= 0
            assert one.count is None or one.count.n is None or one.count.k <= one.count.n
        counts = [one.count for one in series.quarters[:4] if one.count]
        year = over(series, series.indicator, Quarter(2023, 4).year_to_date()).count
        assert year is not None
        assert year.k == sum(count.k for count in counts)
        assert year.n == (sum(count.n or 0 for count in counts) if series.indicator.is_share else None)


def maars_agree(quarters: list[Rows | None]) -> None:
    with temporary_store() as store:
        send_all(store, "maars_referrals", "MAARS", quarters)
        cube = measured(store)
    agree(cube, "maars_referrals", quarters, maars_expected)
    holds_for_every_figure(cube, "maars_referrals")
    adds_up(cube, [f"maars_age_{plain(band)}" for band in code_lists.ADULT_AGE_BAND.values], lambda count: count.n)


@tried(4, 15)
def test_maars_referrals_are_counted_as_pandas_counts_them(times: int) -> None:
    on_any(times, maars_agree, years(MAARS_ROWS))


def concerns_agree(quarters: list[Rows | None]) -> None:
    with temporary_store() as store:
        send_all(store, "safeguarding_concerns", "SMBC-ASC", quarters)
        cube = measured(store)
    agree(cube, "safeguarding_concerns", quarters, concerns_expected)
    holds_for_every_figure(cube, "safeguarding_concerns")
    adds_up(cube, [f"concerns_from_{plain(s)}" for s in code_lists.CONCERN_SOURCE.values], lambda count: count.n)
    ends = [f"concerns_{plain(outcome)}" for outcome in code_lists.CONCERN_OUTCOME.values[1:]]
    adds_up(cube, ends, lambda count: count.n)


@tried(4, 15)
def test_concerns_are_counted_as_pandas_counts_them(times: int) -> None:
    on_any(times, concerns_agree, years(CONCERN_ROWS))


def enquiries_agree(council: list[Rows | None], trust: list[Rows | None]) -> None:
    with temporary_store() as store:
        send_all(store, "section_42_enquiries", "SMBC-ASC", council)
        send_all(store, "section_42_enquiries", "PCFT", trust)
        cube = measured(store)
    pairs = zip(council, trust, strict=True)
    both = [None if one is None and other is None else [*(one or []), *(other or [])] for one, other in pairs]
    agree(cube, "section_42_enquiries", both, enquiries_expected)
    holds_for_every_figure(cube, "section_42_enquiries")
    answers = ("msp_asked_and_stated", "msp_asked_not_stated", "msp_not_asked", "msp_dont_know", "msp_not_recorded")
    adds_up(cube, answers, lambda count: count.n)
    adds_up(cube, ("msp_fully_achieved", "msp_partially_achieved", "msp_not_achieved"), lambda count: count.n)
    adds_up(cube, [f"enquiries_at_{plain(p)}" for p in code_lists.ENQUIRY_LOCATION.values], lambda count: count.n)


@tried(4, 15)
def test_enquiries_of_both_agencies_are_counted_together(times: int) -> None:
    on_any(times, enquiries_agree, years(ENQUIRY_ROWS, 5), years(ENQUIRY_ROWS, 5))


def reviews_agree(quarters: list[Rows | None]) -> None:
    dated = [rows and [with_dates(row, at) for row in rows] for at, rows in zip(QUARTERS, quarters, strict=True)]
    with temporary_store() as store:
        send_all(store, "rapid_reviews", "SSP-BU", dated)
        aware, notified = (measured(store, which) for which in SETTINGS)
    agree(aware, "rapid_reviews", dated, reviews_expected)
    agree(notified, "rapid_reviews", dated, lambda rows: reviews_expected(rows, "notified_on"))
    holds_for_every_figure(aware, "rapid_reviews")


@tried(4, 15)
def test_rapid_reviews_and_both_their_clocks_are_counted_as_pandas_counts_them(times: int) -> None:
    on_any(times, reviews_agree, years(REVIEW_ROWS, 6))


@pytest.mark.parametrize(
    ("aware_on", "notified_on", "in_time"),
    [
        ("2023-12-21", "2024-01-02", 1),  # Christmas, Boxing Day and New Year's Day do not count
        ("2023-12-21", "2024-01-03", 0),
        ("2023-12-23", "2024-01-02", 1),  # a Saturday
        ("2024-01-05", "2024-01-05", 1),
        ("2024-01-05", "2024-01-12", 1),
        ("2024-01-05", "2024-01-13", 1),  # the sixth day after five working days is a Saturday
        ("2024-01-05", "2024-01-15", 0),
    ],
)
def test_five_working_days_leave_out_weekends_and_bank_holidays(aware_on: str, notified_on: str, in_time: int) -> None:
    row = {"aware_on": aware_on, "notified_on": notified_on, "completed_on": "2024-02-01"}
    with temporary_store() as store:
        returned(store, "rapid_reviews", "SSP-BU", Quarter(2023, 4), [row])
        assert got(measured(store), "rapid_reviews_notified_in_time", Quarter(2023, 4)) == (in_time, 1)


def test_the_setting_decides_from_which_day_the_fifteen_days_run() -> None:
    row = {"aware_on": "2023-05-02", "notified_on": "2023-05-09", "completed_on": "2023-05-31"}
    with temporary_store() as store:
        returned(store, "rapid_reviews", "SSP-BU", FIRST, [row])
        counts = [got(measured(store, which), "rapid_reviews_completed_in_time", FIRST) for which in SETTINGS]
    assert counts == [(0, 1), (1, 1)]


def test_a_nil_return_is_a_nought_and_no_return_is_no_figure() -> None:
    with temporary_store() as store:
        returned(store, "maars_referrals", "MAARS", FIRST, [])
        returned(store, "maars_referrals", "MAARS", FIRST.plus(2), [{}])
        cube = measured(store)
    assert [got(cube, "maars_referrals", at) for at in QUARTERS[:3]] == [(0, None), None, (1, None)]
    assert [got(cube, "maars_housing", at) for at in QUARTERS[:3]] == [(0, 0), None, (1, 1)]
    assert [one.missing for one in cube["maars_housing"].quarters] == [(), (MAARS,), ()]


def test_an_agency_that_is_late_is_named_beside_the_figure_of_the_other() -> None:
    with temporary_store() as store:
        returned(store, "section_42_enquiries", "SMBC-ASC", FIRST, [{}, {}])
        one = measured(store)["enquiries_concluded"].at(FIRST)
    assert one and one.count == Count(2)
    assert one.missing == (PENNINE_CARE,)


def test_a_nil_return_of_the_other_agency_completes_the_figure() -> None:
    with temporary_store() as store:
        returned(store, "section_42_enquiries", "SMBC-ASC", FIRST, [{}, {}])
        returned(store, "section_42_enquiries", "PCFT", FIRST, [])
        one = measured(store)["enquiries_concluded"].at(FIRST)
    assert one and (one.count, one.missing) == (Count(2), ())


def test_a_year_names_every_agency_and_quarter_that_lacks() -> None:
    with temporary_store() as store:
        returned(store, "section_42_enquiries", "SMBC-ASC", FIRST.plus(1), [{}])
        cube = measured(store)
    year = over(cube["msp_asked"], indicator_named("msp_asked"), FIRST.plus(1).year_to_date())
    assert (year.count, year.had, year.complete) == (Count(1, 1), (FIRST.plus(1),), False)
    assert year.missing == ((ADULT_SOCIAL_CARE, FIRST), (PENNINE_CARE, FIRST), (PENNINE_CARE, FIRST.plus(1)))


def test_an_empty_store_has_no_quarters_and_names_who_owes_them() -> None:
    with temporary_store() as store:
        cube = measured(store)
    assert {series.quarters for series in cube.values()} == {()}
    owed = over(cube["rapid_reviews"], indicator_named("rapid_reviews"), (FIRST,))
    assert (owed.count, owed.missing) == (None, ((BUSINESS_UNIT, FIRST),))


def test_a_return_of_another_kind_stretches_the_quarters_that_lack() -> None:
    with temporary_store() as store:
        returned(store, "maars_referrals", "MAARS", FIRST, [{}])
        returned(store, "rapid_reviews", "SSP-BU", FIRST.plus(2), [{}])
        quarters = measured(store)["maars_referrals"].quarters
    assert [one.count for one in quarters] == [Count(1), None, None]


def test_a_yearly_survey_has_a_figure_in_the_fourth_quarter_only() -> None:
    survey = indicator_named("survey_feel_safe")
    with temporary_store() as store:
        returned(store, "survey_results", "SMBC-ASC", Quarter(2023, 4), [{"survey": "ASCOF"}])
        series = measured(store)[survey.id]
    year = over(series, survey, Quarter(2023, 4).year_to_date())
    assert year.count == Count(213, 300, 0.048)
    assert (year.wanted, year.complete) == ((Quarter(2023, 4),), True)
    assert over(series, survey, Quarter(2023, 3).year_to_date()).wanted == ()


def test_as_of_reading_gives_the_figure_that_was_reported_then() -> None:
    moments = iter(datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(1000))
    with temporary_store(clock=lambda: next(moments)) as store:
        returned(store, "maars_referrals", "MAARS", FIRST, [{"risks": "Housing"}] * 3)
        before = next(moments)
        returned(store, "maars_referrals", "MAARS", FIRST, [{"risks": "Offending"}, {"risks": "Housing"}], "a mistake")
        readings = [store.reading(datetime(2024, 1, 1, tzinfo=UTC)), store.reading(before), store.reading()]
        series = [measure(one, [indicator_named("maars_housing")])["maars_housing"] for one in readings]
    shown = [one.at(FIRST) for one in series]
    assert [one and (one.count, one.restated) for one in shown] == [None, (Count(3, 3), False), (Count(1, 2), True)]


def parts_add_up(rows: Rows) -> None:
    indicator = indicator_named("maars_housing")
    with temporary_store() as store:
        returned(store, "maars_referrals", "MAARS", FIRST, rows)
        parts = break_down(store.reading(), indicator, "referrer", (FIRST,))
    frame = pd.DataFrame(rows, columns=["referrer", "risks"])
    expected = {word: frame[frame["referrer"] == word] for word in code_lists.MAARS_REFERRER.values}
    assert parts == {word: Count(cells_with(some["risks"], "Housing"), len(some)) for word, some in expected.items()}


@tried(4, 15)
def test_breaking_down_by_one_word_a_row_adds_to_the_whole(times: int) -> None:
    on_any(times, parts_add_up, st.lists(MAARS_ROWS, max_size=12))


def test_breaking_down_by_several_words_a_row_counts_a_row_once_for_each() -> None:
    enquiries = indicator_named("enquiries_concluded")
    with temporary_store() as store:
        returned(
            store, "section_42_enquiries", "SMBC-ASC", FIRST, [{"abuse_types": "Physical Abuse; Modern Slavery"}] * 2
        )
        parts = break_down(store.reading(), enquiries, "abuse_types", (FIRST,))
        with pytest.raises(WrongBreakdown, match="Possible: age_band"):
            break_down(store.reading(), enquiries, "msp_asked", (FIRST,))
    assert {word: count.k for word, count in parts.items() if count.k} == {"Physical Abuse": 2, "Modern Slavery": 2}
