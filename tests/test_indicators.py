"""Every indicator says what it means and proves it: its worked example, sent and measured, gives its answer."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dataset.columns import Day, example_row
from dataset.counts.catalogue import MEASURES, measures_of
from dataset.intake import send
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.store import Store
from dataset.tables.agency_counts import AgencyCount
from safeguarding_metrics.indicator import Indicator, Total, slug
from safeguarding_metrics.indicators import UnknownIndicator, all_indicators, indicator_named
from safeguarding_metrics.measuring import Count, measure
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.settings import Settings

FIRST = Quarter.parse("2023/24 Q1")
BOTH_CLOCKS = (Settings(review_clock="aware"), Settings(review_clock="notified"))
ALL = all_indicators()
SHARES = [indicator for indicator in ALL if indicator.is_share]
PLACES = re.compile(r"\d{3}:\d+(-\d+)?([;,] \d{3}:\d+(-\d+)?)*")


def example_csv(indicator: Indicator, quarter: Quarter) -> bytes:
    columns = indicator.table.columns()
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    for number, cells in enumerate(indicator.example.rows, 1):
        writer.writerow(example_row(columns, quarter, number) | dict(cells))
    return text.getvalue().encode()


def send_example(store: Store, indicator: Indicator, quarter: Quarter) -> None:
    slot = Slot("E08000007", "SSP-BU", indicator.table.about.name, quarter)
    answer = send(store, slot, example_csv(indicator, quarter), sent_by="a test", file_name="example.csv")
    assert answer.result == "accepted", (indicator.id, answer.findings)


# The example of a measure that several agencies report is sent by the first; the others count nothing.
def counts_of(agency: str, quarter: Quarter) -> bytes:
    columns = AgencyCount.columns()
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    for one in measures_of(agency):
        for cells in indicator_named(one.id).example.rows if one.reported_by[0].code == agency else ():
            writer.writerow({"quarter": str(quarter)} | dict(cells))
    return text.getvalue().encode()


def answers_of_counts(folder: Path) -> dict[str, Count | None]:
    quarter = Quarter(FIRST.year, 4)
    asked = {f"{code}:measure": "a test" for code in ("MEASURES_MISSING", "PARTS_DO_NOT_ADD")}
    with new_store(folder) as store:
        for agency in {one.reported_by[0].code for one in MEASURES}:
            slot = Slot("E08000007", agency, "agency_counts", quarter)
            answer = send(
                store, slot, counts_of(agency, quarter), sent_by="a test", file_name="counts.csv", reasons=asked
            )
            assert answer.result == "accepted", (agency, answer.findings)
        return {one.id: counted(store, indicator_named(one.id), quarter) for one in MEASURES}


@contextmanager
def new_store(folder: Path) -> Iterator[Store]:
    store = Store.open(folder / "store.duckdb")
    try:
        yield store
    finally:
        store.close()


def has_its_own_dates(indicator: Indicator) -> bool:
    days = {name for name, column in indicator.table.columns().items() if isinstance(column, Day)}
    return any(days & set(cells) for cells in indicator.example.rows)


def first_home(indicator: Indicator) -> Quarter:
    """2023/24 Q1, which dates in examples are about; a yearly return comes with the fourth quarter."""
    return Quarter(FIRST.year, 4) if indicator.is_yearly else FIRST


def counted(store: Store, indicator: Indicator, quarter: Quarter) -> Count | None:
    found = measure(store.reading(), [indicator])[indicator.id].at(quarter)
    return found.count if found else None


def each_in_its_own_quarter(store: Store, indicators: Iterable[Indicator]) -> dict[str, Count | None]:
    """One quarter after another, back from the first, so that no example meets another and none lies ahead."""
    homes: dict[str, Quarter] = {}
    last: dict[str, Quarter] = {}
    for indicator in indicators:
        name = indicator.table.about.name
        step = -4 if indicator.is_yearly else -1
        homes[indicator.id] = last[name] = last[name].plus(step) if name in last else first_home(indicator)
        send_example(store, indicator, homes[indicator.id])
    cube = measure(store.reading(), ALL)
    found = {id: cube[id].at(quarter) for id, quarter in homes.items()}
    return {id: one.count if one else None for id, one in found.items()}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Count | None]:
    """What measuring makes of every example: a store for all, and one more for each example with dates."""
    rows = [indicator for indicator in ALL if indicator.table is not AgencyCount]
    with new_store(tmp_path_factory.mktemp("examples")) as store:
        found = each_in_its_own_quarter(store, (i for i in rows if not has_its_own_dates(i)))
    found |= answers_of_counts(tmp_path_factory.mktemp("counts"))
    for indicator in filter(has_its_own_dates, ALL):
        with new_store(tmp_path_factory.mktemp(indicator.id)) as store:
            send_example(store, indicator, FIRST)
            found[indicator.id] = counted(store, indicator, FIRST)
    return found


def test_every_worked_example_gives_its_answer(answers: dict[str, Count | None]) -> None:
    given = {one.id: (count.k, count.n) if (count := answers[one.id]) else None for one in ALL}
    expected = {one.id: (one.example.numerator, one.example.denominator) for one in ALL}
    assert len(expected) == len(ALL) and given == expected


def test_the_clock_that_starts_with_the_notification_has_an_example_too(tmp_path: Path) -> None:
    indicator = indicator_named("rapid_reviews_completed_in_time", Settings(review_clock="notified"))
    with new_store(tmp_path) as store:
        send_example(store, indicator, FIRST)
        assert counted(store, indicator, FIRST) == Count(indicator.example.numerator, indicator.example.denominator)


def test_a_survey_keeps_its_own_margin(answers: dict[str, Count | None]) -> None:
    count = answers["survey_feel_safe"]
    assert count is not None
    assert count.margin == pytest.approx(0.048)


@pytest.mark.parametrize("settings", BOTH_CLOCKS, ids=lambda settings: settings.review_clock)
def test_every_indicator_has_a_question_a_reason_and_a_source(settings: Settings) -> None:
    for one in all_indicators(settings):
        words = (one.id, one.title, one.question, one.why_it_matters, one.counts, one.source, one.theme)
        assert all(text.strip() == text != "" for text in words), one.id
        assert one.question.endswith("?"), one.id
        assert one.why_it_matters.endswith("."), one.id


def test_a_share_says_what_it_is_out_of_and_a_count_does_not() -> None:
    assert [one.id for one in ALL if bool(one.out_of) != one.is_share] == []


def test_an_example_answers_with_a_denominator_exactly_when_the_indicator_is_a_share() -> None:
    assert [one.id for one in ALL if (one.example.denominator is not None) != one.is_share] == []


def test_ids_and_titles_are_used_once() -> None:
    assert len({one.id for one in ALL}) == len({one.title for one in ALL}) == len(ALL)


def test_ids_are_plain_words() -> None:
    assert [one.id for one in ALL if not re.fullmatch(r"[a-z][a-z0-9_]*", one.id)] == []


def test_sources_are_lines_of_the_documents() -> None:
    assert [(one.id, one.source) for one in ALL if not PLACES.fullmatch(one.source)] == []


def test_examples_of_shares_count_some_but_not_all() -> None:
    outside = [one.id for one in SHARES if not 0 < one.example.numerator < (one.example.denominator or 0)]
    assert outside == []


def test_examples_of_shares_are_lopsided() -> None:
    """Half of an even number would hide a numerator that counts the other half."""
    assert [one.id for one in SHARES if 2 * one.example.numerator == one.example.denominator] == []


def test_examples_of_counts_are_lopsided() -> None:
    partial = [
        one for one in ALL if not one.is_share and one.numerator != "true" and not isinstance(one.numerator, Total)
    ]
    assert [one.id for one in partial if one.example.numerator in (0, len(one.example.rows) / 2)] == []


def test_examples_name_columns_of_their_return() -> None:
    for one in ALL:
        assert set().union(*one.example.rows) <= set(one.table.columns()), one.id


def test_breakdowns_and_margins_are_columns_of_the_return() -> None:
    for one in ALL:
        named = {*one.breakdowns, *([one.margin] if one.margin else [])}
        assert named <= set(one.table.columns()), one.id


def test_settings_change_definitions_but_never_which_indicators_exist() -> None:
    aware, notified = ([one.id for one in all_indicators(settings)] for settings in BOTH_CLOCKS)
    assert aware == notified


def test_every_outcome_with_a_number_has_its_indicator() -> None:
    for plan in PLANS:
        for _, outcome in plan.outcomes():
            if outcome.target:
                assert indicator_named(outcome.indicator or "").is_share == (outcome.target.unit == "share"), outcome.id


def test_an_unknown_indicator_is_told_its_nearest_name() -> None:
    with pytest.raises(UnknownIndicator, match="Did you mean maars_housing"):
        indicator_named("mars_housing")
    with pytest.raises(UnknownIndicator, match="Definitions lists them all"):
        indicator_named("⚠")


@pytest.mark.parametrize(
    ("words", "id"),
    [("Self-Neglect", "self_neglect"), ("95+", "95"), ("Care Home - Nursing", "care_home_nursing"), ("", "")],
)
def test_ids_are_made_from_words(words: str, id: str) -> None:
    assert slug(words) == id
