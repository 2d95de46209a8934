"""Definitions keep to a part of SQL that DuckDB, PostgreSQL and Spark read alike: one statement a return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from dataset.agencies import STOCKPORT, duties_for
from dataset.intake import send_nil
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.store import Reading, Store
from dataset.table import ReturnType
from dataset.tables import RETURNS
from dataset.tables.comparator_figures import ComparatorFigure
from safeguarding_metrics.counting import compile_statement
from safeguarding_metrics.indicator import Indicator, Total
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.measuring import measure
from safeguarding_metrics.settings import Settings

ALL = {
    (one.id, settings.review_clock): one
    for settings in (Settings(review_clock="aware"), Settings(review_clock="notified"))
    for one in all_indicators(settings)
}
SOURCE = "returned AS facts"
COMPARING = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Is)
JOINING = (exp.And, exp.Or, exp.Not, exp.Paren)
CALLING = (exp.ArrayContains, exp.ArraySize, exp.DateDiff)
NAMING = (exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Var)
ALLOWED = COMPARING + JOINING + CALLING + NAMING


def conditions(indicator: Indicator) -> Iterator[str]:
    """Every condition a definition is made of."""
    for part in (indicator.numerator, indicator.denominator):
        if part is not None:
            yield part.where if isinstance(part, Total) else part


def strangers(condition: str, table: ReturnType) -> list[str]:
    """What in a condition is neither allowed everywhere nor a column of the return."""
    columns = {*table.columns(), *(one.name for one in table.derived)}
    found = []
    for node in sqlglot.parse_one(condition, dialect="duckdb").walk():
        known = not isinstance(node, exp.Column) or (node.name in columns and not node.table)
        if not isinstance(node, ALLOWED) or not known:
            found.append(node.sql("duckdb"))
    return found


def indicators_of(table: ReturnType) -> list[Indicator]:
    return [one for one in all_indicators() if one.table is table]


@dataclass(frozen=True)
class Listening(Reading):
    """A reading that remembers what it was asked."""

    asked: list[str] = field(default_factory=list)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        self.asked.append(sql)
        return super().rows(sql)


def asked_of_facts(reading: Listening) -> list[str]:
    return [sql for sql in reading.asked if "FROM facts." in sql]


@pytest.fixture
def reading(tmp_path: Path) -> Iterator[Listening]:
    """A store in which one agency has sent every return for one quarter, with rows or without."""
    store = Store.open(tmp_path / "store.duckdb")
    for table in RETURNS:
        agency = duties_for(table.about.name)[0].agency.code
        slot = Slot(STOCKPORT.code, agency, table.about.name, Quarter(2023, 4))
        assert send_nil(store, slot, sent_by="test", reason="nothing to report").accepted
    try:
        now = store.reading()
        yield Listening(now.store, now.entries, now.counting, now.last, now.version, now.as_at)
    finally:
        store.close()


@pytest.mark.parametrize(
    "condition",
    [
        "(SELECT 1) = 1",
        "outcome IN (SELECT outcome FROM facts.sar_referrals)",
        "outcome LIKE 'Met%'",
        "lower(outcome) = 'met criteria'",
        "no_such_column = 'Yes'",
        "other.outcome = 'Met criteria'",
        "received_on - DATE '2023-04-01' < 5",
        "count(*) OVER () > 1",
        "read_csv('people.csv') IS NULL",
        "unnest(themes) = 'Other'",
        "CASE WHEN true THEN false END",
    ],
)
def test_anything_else_would_be_noticed(condition: str) -> None:
    table = next(one for one in RETURNS if one.about.name == "sar_referrals")
    assert strangers(condition, table)


def named_beside_conditions(indicator: Indicator) -> set[str]:
    named = {part.column for part in (indicator.numerator, indicator.denominator) if isinstance(part, Total)}
    return named | ({indicator.margin} if indicator.margin else set())


def test_totals_and_margins_name_one_column() -> None:
    named = {key: named_beside_conditions(one) for key, one in ALL.items()}
    assert any(named.values())
    assert [key for key, one in ALL.items() if not named[key] <= set(one.table.columns())] == []


@pytest.mark.parametrize("engine", ["postgres", "spark"])
@pytest.mark.parametrize("table", RETURNS, ids=lambda table: table.about.name)
def test_each_statement_is_translated_for_other_engines(table: ReturnType, engine: str) -> None:
    statement = compile_statement(table, indicators_of(table), SOURCE)
    translated = sqlglot.transpile(statement, read="duckdb", write=engine, unsupported_level=sqlglot.ErrorLevel.RAISE)
    tree = sqlglot.parse_one(translated[0], dialect=engine)
    assert len(translated) == 1
    assert [one.name for one in tree.find_all(exp.Anonymous)] == []
    assert len(tree.selects) == len(sqlglot.parse_one(statement, dialect="duckdb").selects)


@pytest.mark.parametrize("table", RETURNS, ids=lambda table: table.about.name)
def test_a_statement_reads_the_counting_facts_of_its_return_only(table: ReturnType, reading: Listening) -> None:
    statement = compile_statement(table, indicators_of(table), reading.source(table))
    tables = sqlglot.parse_one(statement, dialect="duckdb").find_all(exp.Table)
    assert {f"{one.db}.{one.name}" for one in tables} == {f"facts.{table.about.name}"}


def test_every_return_has_an_indicator_and_is_asked_once(reading: Listening) -> None:
    measure(reading, all_indicators())
    # Figures of other areas are set beside an indicator and make none.
    measured = set(RETURNS) - {ComparatorFigure}
    assert len(asked_of_facts(reading)) == len(measured)
    assert len(reading.asked) == len(measured) + 1  # what was removed is asked once, whatever the number of returns
    assert {one.table for one in all_indicators()} == measured


def test_what_was_counted_once_is_not_read_again(reading: Listening) -> None:
    first = measure(reading, all_indicators())
    reading.asked.clear()
    later = reading.store.reading()
    again = measure(replace(reading, entries=later.entries, counting=later.counting), all_indicators())
    assert again == first and asked_of_facts(reading) == []


def test_a_return_nobody_asks_about_is_not_read(reading: Listening) -> None:
    measure(reading, indicators_of(RETURNS[0]))
    assert len(asked_of_facts(reading)) == 1
    assert measure(reading, ()) == {}


def test_an_expression_that_several_indicators_need_is_counted_once() -> None:
    table = next(one for one in RETURNS if one.about.name == "maars_referrals")
    statement = sqlglot.parse_one(compile_statement(table, indicators_of(table), SOURCE), dialect="duckdb")
    counted = [one.this.sql() for one in statement.selects[1:]]
    assert len(counted) == len(set(counted)) < 2 * len(indicators_of(table))


def test_the_small_statement_of_case_audits_reads_so() -> None:
    table = next(one for one in RETURNS if one.about.name == "case_audits")
    key_males = indicators_of(table)[:1]
    assert sqlglot.parse_one(compile_statement(table, key_males, SOURCE), dialect="duckdb").sql(
        "duckdb", pretty=True
    ) == (
        """\
SELECT
  facts.quarter AS period,
  COUNT(
    CASE
      WHEN (
        answer = 'Yes'
      )
      AND (
        question = 'Key males recorded' AND answer IN ('Yes', 'No')
      )
      THEN 1
    END
  ) AS c_0,
  COUNT(CASE WHEN question = 'Key males recorded' AND answer IN ('Yes', 'No') THEN 1 END) AS c_1
FROM returned AS facts
GROUP BY
  facts.quarter
ORDER BY
  facts.quarter"""
    )
