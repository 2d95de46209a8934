"""What every return has, whichever it is."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataset.agencies import DUTIES
from dataset.checking import check
from dataset.columns import AnyOf, Identifier, OneOf
from dataset.quarter import Quarter
from dataset.table import ReturnType, faults
from dataset.tables import RETURNS, UnknownReturn, return_named
from dataset.templates import example_csv, guide_rows, guide_text, template_csv

every_return = pytest.mark.parametrize("table", RETURNS, ids=lambda table: table.about.name)
QUARTERS = st.integers(Quarter(2021, 1).id, Quarter(2027, 4).id).map(Quarter.from_id)
PERSONAL = {
    "name",
    "forename",
    "surname",
    "dob",
    "birth",
    "address",
    "postcode",
    "nhs",
    "email",
    "phone",
    "upn",
    "nino",
}


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


@every_return
def test_a_return_says_what_it_is_for(table: ReturnType) -> None:
    about = table.about
    assert all([about.name, about.title, about.one_row_is, about.why, about.source, table.__doc__])
    assert set(table.key) <= set(table.columns())
    assert table.period is None or table.period in table.columns()


@every_return
def test_every_column_has_a_meaning_an_example_and_says_what_it_accepts(table: ReturnType) -> None:
    for name, column in table.columns().items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
        assert column.meaning.endswith("."), name
        assert column.accepts() and column.how_to_fill(), name
        assert column.read(column.example_for(Quarter(2023, 1), 1)) is not None, name


@every_return
def test_no_column_asks_for_personal_data(table: ReturnType) -> None:
    for name in table.columns():
        assert not PERSONAL & set(name.split("_")), name
    assert all(isinstance(column, Identifier) == name.endswith("_id") for name, column in table.columns().items())


@every_return
def test_rules_and_derived_columns_name_columns_that_exist(table: ReturnType) -> None:
    for rule in table.rules:
        assert set(rule.columns()) <= set(table.columns())
        assert rule.code and rule.statement() and rule.expected(Quarter(2023, 1))
    for derived in table.derived:
        assert set(derived.columns()) <= set(table.columns())
        assert derived.name not in table.columns()


@every_return
@settings(max_examples=7)
@given(quarter=QUARTERS)
def test_its_example_passes_every_check_in_any_quarter(table: ReturnType, quarter: Quarter) -> None:
    checked = check(example_csv(table, quarter).encode(), table, quarter)
    assert [finding.code for finding in checked.findings] == ["BOM"]
    assert checked.accepted and checked.records >= 1


@every_return
@given(quarter=QUARTERS)
def test_the_class_itself_agrees_that_its_example_is_right(table: ReturnType, quarter: Quarter) -> None:
    header, *rows = rows_of(example_csv(table, quarter))
    assert rows
    for row in rows:
        assert faults(table, dict(zip(header, row, strict=True)), quarter) == set()


@every_return
def test_every_word_of_every_code_list_is_accepted_in_its_column(table: ReturnType) -> None:
    for name, column in table.columns().items():
        if isinstance(column, (OneOf, AnyOf)):
            for word in column.codes.values:
                assert column.read(word) in (word, (word,)), name
            assert not any(";" in word or word != word.strip() for word in column.codes.values)


@every_return
def test_the_template_is_the_header_and_nothing_else(table: ReturnType) -> None:
    assert rows_of(template_csv(table)) == [list(table.columns())]
    assert template_csv(table).startswith("\ufeff")
    assert template_csv(table).endswith("\r\n")


@every_return
def test_an_unfilled_template_is_refused_and_nil_is_offered(table: ReturnType) -> None:
    checked = check(template_csv(table).encode(), table, Quarter(2023, 1))
    refused = [finding for finding in checked.findings if finding.blocks]
    assert [finding.code for finding in refused] == ["NO_DATA_ROWS"]
    assert "nil return" in refused[0].fix


@every_return
def test_the_guide_names_every_column_with_what_to_write(table: ReturnType) -> None:
    assert [row["column"] for row in guide_rows(table)] == list(table.columns())
    text = guide_text(table)
    for name, column in table.columns().items():
        assert name in text and column.meaning in text and column.accepts() in text
    assert all(rule.statement() in text for rule in table.rules)


@every_return
def test_the_guide_says_which_cells_may_be_blank(table: ReturnType) -> None:
    said = {row["column"]: row["needed"] for row in guide_rows(table)}
    assert said == {n: "must be filled" if c.required else "may be blank" for n, c in table.columns().items()}


def test_returns_are_named_once_and_found_by_name() -> None:
    assert len({table.about.name for table in RETURNS}) == len({table.about.title for table in RETURNS}) == len(RETURNS)
    assert all(return_named(f" {table.about.name} ") is table for table in RETURNS)
    assert {duty.dataset for duty in DUTIES} == {table.about.name for table in RETURNS}


@pytest.mark.parametrize("name", ["maars_referal", "MAARS_REFERRALS", "maars", "", "../maars_referrals", "x" * 500])
def test_an_unknown_return_is_refused_with_the_names_that_exist(name: str) -> None:
    with pytest.raises(UnknownReturn, match="Write one of: child_contacts, child_protection_enquiries"):
        return_named(name)


def test_a_near_name_is_suggested() -> None:
    with pytest.raises(UnknownReturn, match="Did you mean “maars_referrals”"):
        return_named("maars_referals")
