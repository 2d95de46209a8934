"""The returns about children: their rules, cases that stay open, and figures that pandas counts as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from expected_by_pandas import Expected
from expected_of_children import (
    care_expected,
    contacts_expected,
    enquiries_expected,
    missing_expected,
    plans_expected,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from trying import tried

from dataset import children_code_lists
from dataset.agencies import POLICE, STOCKPORT, STOCKPORT_FAMILY, duties_for
from dataset.code_lists import YES_NO, CodeList
from dataset.columns import example_row
from dataset.intake import Answer, send
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.store import Store
from dataset.table import faults
from dataset.tables import RETURNS, return_named
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.measuring import measure

QUARTER = Quarter.parse("2023/24 Q1")
CHILDREN = ("child_contacts", "child_protection_enquiries", "child_protection_plans", "children_in_care")
Row = dict[str, str]


def wrong(dataset: str, quarter: Quarter = QUARTER, **cells: str) -> set[tuple[str, str]]:
    """The (column, code) pairs found in the example's row with these cells over it."""
    table = return_named(dataset)
    return faults(table, example_row(table.columns(), quarter, 1) | cells, quarter)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store.duckdb", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    yield opened
    opened.close()


def sent(store: Store, dataset: str, quarter: Quarter, rows: list[Row]) -> Answer:
    columns = return_named(dataset).columns()
    raw = pd.DataFrame(rows, columns=list(columns)).to_csv(index=False).encode()
    agency = duties_for(dataset)[0].agency.code
    return send(store, Slot(STOCKPORT.code, agency, dataset, quarter), raw, sent_by="a test", file_name="made.csv")


# Who sends what


def test_the_childs_way_comes_first_and_in_its_order() -> None:
    assert [table.about.name for table in RETURNS[:5]] == [*CHILDREN, "missing_episodes"]


def test_stockport_family_sends_them_and_the_police_send_missing_children() -> None:
    assert {duty.agency for name in CHILDREN for duty in duties_for(name)} == {STOCKPORT_FAMILY}
    assert [duty.agency for duty in duties_for("missing_episodes")] == [POLICE]


def test_enquiries_are_due_when_every_conference_about_them_may_have_been_held() -> None:
    (duty,) = duties_for("child_protection_enquiries")
    assert duty.working_days >= 15 + 10


def test_code_lists_of_children_say_where_their_words_come_from_and_hold_no_apostrophe() -> None:
    lists = [one for one in vars(children_code_lists).values() if isinstance(one, CodeList)]
    assert len(lists) == 11
    assert all(one.source and not set("'’") & set("".join(one.values)) for one in lists)


# Rules


def test_only_a_referral_says_whether_it_is_one_again() -> None:
    assert wrong("child_contacts", outcome="No further action", re_referral="No") == {
        ("re_referral", "NOT_APPLICABLE_HERE")
    }
    assert wrong("child_contacts", outcome="No further action", re_referral="") == set()
    assert wrong("child_contacts", re_referral="") == set()


@pytest.mark.parametrize(
    ("conference_on", "plan_made", "whole"), [("", "", True), ("", "Yes", False), ("12/05/2023", "", False)]
)
def test_a_conference_and_its_decision_go_together(conference_on: str, plan_made: str, whole: bool) -> None:
    found = wrong("child_protection_enquiries", conference_on=conference_on, plan_made=plan_made)
    assert found == (set() if whole else {("plan_made", "FILLED_TOGETHER")})


def test_a_conference_may_be_held_in_the_next_quarter_but_not_before_its_enquiry() -> None:
    assert wrong("child_protection_enquiries", started_on="28/06/2023", conference_on="14/07/2023") == set()
    assert wrong("child_protection_enquiries", started_on="28/06/2023", conference_on="27/06/2023") == {
        ("conference_on", "DATES_OUT_OF_ORDER")
    }


OPEN_CASES = pytest.mark.parametrize("dataset", ["child_protection_plans", "children_in_care"])


@OPEN_CASES
@pytest.mark.parametrize(
    ("started", "ended", "said"),
    [
        ("30/06/2023", "", set()),
        ("30/06/2023", "30/06/2023", set()),
        ("01/07/2023", "", {("started_on", "DATE_AFTER_QUARTER")}),
        ("01/02/2022", "01/04/2023", set()),
        ("01/02/2022", "31/03/2023", {("ended_on", "DATE_OUTSIDE_QUARTER")}),
        ("01/02/2022", "01/07/2023", {("ended_on", "DATE_OUTSIDE_QUARTER")}),
        ("02/05/2023", "01/05/2023", {("ended_on", "DATES_OUT_OF_ORDER")}),
    ],
)
def test_a_case_began_by_the_quarters_end_and_ended_in_it_or_is_open(
    dataset: str, started: str, ended: str, said: set[tuple[str, str]]
) -> None:
    assert wrong(dataset, started_on=started, ended_on=ended) == said


@OPEN_CASES
def test_the_fix_for_an_end_outside_the_quarter_depends_on_the_side(dataset: str) -> None:
    rule = next(rule for rule in return_named(dataset).rules if rule.code == "DATE_OUTSIDE_QUARTER")
    assert rule.fix({"ended_on": "01/07/2023"}, QUARTER) == (
        "Leave the cell blank: at the end of 2023/24 Q1 it was still open."
    )
    assert "what ended before 2023/24 Q1 does not belong" in rule.fix({"ended_on": "31/03/2023"}, QUARTER)


@pytest.mark.parametrize("column", ["welfare_check", "return_interview"])
def test_a_child_still_missing_has_had_no_check_and_no_interview(column: str) -> None:
    blank = {"hours_missing": "", "welfare_check": "", "return_interview": ""}
    assert wrong("missing_episodes", **blank) == set()
    assert wrong(
        "missing_episodes",
        **blank | {column: example_row(return_named("missing_episodes").columns(), QUARTER, 1)[column]},
    ) == {(column, "FILLED_TOGETHER")}


def test_a_pair_half_filled_is_told_which_half_is_blank(store: Store) -> None:
    row = example_row(return_named("child_protection_enquiries").columns(), QUARTER, 1)
    answer = sent(store, "child_protection_enquiries", QUARTER, [row | {"conference_on": ""}])
    (finding,) = [one for one in answer.findings if one.blocks]
    assert finding.message == "plan_made is filled (“Yes”), but conference_on is blank."


def test_a_cell_that_cannot_be_read_is_not_taken_for_a_blank_one(store: Store) -> None:
    row = example_row(return_named("child_protection_enquiries").columns(), QUARTER, 1)
    answer = sent(store, "child_protection_enquiries", QUARTER, [row | {"conference_on": "in May"}])
    assert [one.code for one in answer.findings if one.blocks] == ["NOT_A_DATE"]


# Cases that stay open


@OPEN_CASES
def test_the_same_case_comes_again_in_the_next_quarter_and_nobody_asks_why(dataset: str, store: Store) -> None:
    row = example_row(return_named(dataset).columns(), QUARTER, 1) | {"ended_on": ""}
    for quarter in (QUARTER, QUARTER.plus(1)):
        answer = sent(store, dataset, quarter, [row])
        assert answer.accepted and answer.findings == ()


def test_a_contact_that_comes_again_is_asked_about(store: Store) -> None:
    row = example_row(return_named("child_contacts").columns(), QUARTER, 1)
    later = row | {"received_on": QUARTER.plus(1).start.isoformat()}
    assert sent(store, "child_contacts", QUARTER, [row]).accepted
    answer = sent(store, "child_contacts", QUARTER.plus(1), [later])
    assert [one.code for one in answer.findings] == ["KEYS_SEEN_BEFORE"]


@OPEN_CASES
@pytest.mark.parametrize(("started", "day"), [("2023-03-31", -1), ("2023-04-01", 0), ("2023-06-30", 90)])
def test_the_day_of_the_quarter_on_which_a_case_began_is_stored(
    dataset: str, started: str, day: int, store: Store
) -> None:
    row = example_row(return_named(dataset).columns(), QUARTER, 1) | {"started_on": started, "ended_on": ""}
    assert sent(store, dataset, QUARTER, [row]).accepted
    assert store.reading().rows(f"SELECT started_day FROM facts.{dataset}") == [(day,)]


# Figures


def one_of(codes: CodeList) -> st.SearchStrategy[str]:
    return st.sampled_from(codes.values)


def days(first: int, last: int) -> st.SearchStrategy[str]:
    return st.integers(first, last).map(lambda day: (QUARTER.start + timedelta(days=day)).isoformat())


def _case(cells: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[Row]:
    dates = st.tuples(days(-900, 90), st.one_of(st.just(""), days(0, 90))).filter(lambda d: not d[1] or d[0] <= d[1])
    return st.builds(lambda d, row: {"started_on": d[0], "ended_on": d[1]} | row, dates, st.fixed_dictionaries(cells))


CONTACT = st.builds(
    lambda row, again: row | {"re_referral": again if row["outcome"] == "Referral to social care" else ""},
    st.fixed_dictionaries(
        {
            "main_concern": one_of(children_code_lists.MAIN_CONCERN),
            "outcome": one_of(children_code_lists.CONTACT_OUTCOME),
        }
    ),
    st.sampled_from(("Yes", "No", "")),
)
ENQUIRY = st.builds(
    lambda assessed, conference: {"led_to_assessment": assessed} | conference,
    one_of(YES_NO),
    st.one_of(
        st.just({"conference_on": "", "plan_made": ""}),
        st.fixed_dictionaries({"conference_on": days(90, 110), "plan_made": one_of(YES_NO)}),
    ),
)
PLAN = _case(
    {
        "category": one_of(children_code_lists.PLAN_CATEGORY),
        "earlier_plan": one_of(YES_NO),
        "seen_in_time": one_of(YES_NO),
    }
)
CARE = _case(
    {
        "placed": one_of(children_code_lists.PLACED),
        "placement": one_of(children_code_lists.PLACEMENT),
        "unaccompanied": one_of(YES_NO),
        "placements": st.integers(1, 4).map(str),
        "health_assessment": one_of(children_code_lists.HEALTH_ASSESSMENT),
        "went_missing": one_of(children_code_lists.WENT_MISSING),
    }
)
MISSING = st.builds(
    lambda row, end: row | end,
    st.fixed_dictionaries(
        {"missing_from": one_of(children_code_lists.MISSING_FROM), "first_since_april": one_of(YES_NO)}
    ),
    st.one_of(
        st.just({"hours_missing": "", "welfare_check": "", "return_interview": ""}),
        st.fixed_dictionaries(
            {
                "hours_missing": st.integers(0, 60).map(str),
                "welfare_check": one_of(children_code_lists.WELFARE_CHECK),
                "return_interview": one_of(children_code_lists.RETURN_INTERVIEW),
            }
        ),
    ),
)
COUNTED = {
    "child_contacts": (CONTACT, contacts_expected),
    "child_protection_enquiries": (ENQUIRY, enquiries_expected),
    "child_protection_plans": (PLAN, plans_expected),
    "children_in_care": (CARE, care_expected),
    "missing_episodes": (MISSING, missing_expected),
}


@tried(4, 15)
@pytest.mark.parametrize("dataset", COUNTED)
def test_they_are_counted_as_pandas_counts_them(dataset: str, times: int) -> None:
    strategy, expect = COUNTED[dataset]

    @settings(
        max_examples=times,
        suppress_health_check=list(HealthCheck),
        phases=[phase for phase in Phase if phase is not Phase.explain],
    )
    @given(st.lists(strategy, min_size=1, max_size=12))
    def agree(rows: list[Row]) -> None:
        assert counted(dataset, rows) == expected(dataset, rows, expect)

    agree()


def whole(dataset: str, rows: list[Row]) -> list[Row]:
    """The rows with the example's cells where they have none."""
    columns = return_named(dataset).columns()
    return [example_row(columns, QUARTER, 1 + n) | {next(iter(columns)): f"A-{n}"} | row for n, row in enumerate(rows)]


def expected(dataset: str, rows: list[Row], expect: Callable[[pd.DataFrame, Quarter], Expected]) -> Expected:
    return expect(pd.DataFrame(whole(dataset, rows), dtype=str), QUARTER)


def counted(dataset: str, rows: list[Row]) -> Expected:
    with TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store.duckdb", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
        try:
            answer = sent(store, dataset, QUARTER, whole(dataset, rows))
            assert answer.accepted, answer.findings
            indicators = [one for one in all_indicators() if one.table is return_named(dataset)]
            found = {id: series.at(QUARTER) for id, series in measure(store.reading(), indicators).items()}
        finally:
            store.close()
    return {id: (one.count.k, one.count.n) for id, one in found.items() if one and one.count}
