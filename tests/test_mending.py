"""Mending cells: what is asked changes, nothing else does, and every change is told."""

from __future__ import annotations

import csv
import io

import pytest

from dataset.checking import Checked, check
from dataset.checking.structure import Structure
from dataset.mending import (
    Change,
    altogether,
    can_be_mended,
    changes_of,
    headings,
    mended,
    mended_name,
    own_rows,
)
from dataset.quarter import Quarter
from dataset.tables import return_named
from dataset.templates import example_csv

TABLE, QUARTER = return_named("section_42_enquiries"), Quarter(2025, 1)
GOOD = example_csv(TABLE, QUARTER, 4)
WRONG = GOOD.replace("Own Home", "Ownn Home", 1)


def checked(text: str) -> Checked:
    return check(text.encode(), TABLE, QUARTER)


def shape(text: str) -> Structure:
    structure = checked(text).structure
    assert structure is not None
    return structure


def test_a_mended_file_passes_and_the_rest_is_as_received() -> None:
    raw = mended(shape(WRONG), {2: {"location": "Own Home"}})
    assert raw.decode() == GOOD.lstrip("\ufeff").replace("\r\n", "\n")
    assert check(raw, TABLE, QUARTER).accepted


@pytest.mark.parametrize(
    "text",
    [
        "title above\r\n\r\n" + WRONG.lstrip("\ufeff"),
        WRONG.replace("Own Home", '"Own\nHome"'),
        WRONG.replace("\r\n", "\n\n"),
        "sep=,\n" + WRONG.lstrip("\ufeff"),
    ],
    ids=["preamble", "line break in a cell", "blank rows", "sep line"],
)
def test_a_row_is_the_one_excel_shows(text: str) -> None:
    structure, findings = shape(text), checked(text).findings
    for record in can_be_mended(structure, findings):
        (row,) = own_rows(structure, [record])
        said = [f for f in findings if f.record == record and f.column == "location"]
        cell = dict(zip(headings(structure), row[1], strict=True))["location"]
        assert all(finding.value in (cell, cell.replace("\n", " ")) for finding in said)
        structure = shape(mended(structure, {record: {"location": "Own Home"}}).decode())
    assert check(structure.content, TABLE, QUARTER).accepted


@pytest.mark.parametrize("cell", ["a,b", 'a "b" c', "a\nb", "a\r\nb", "=1+1", "", " é "])
def test_what_is_written_into_a_cell_is_the_cell(cell: str) -> None:
    raw = mended(shape(GOOD), {3: {"location": cell}})
    rows = list(csv.DictReader(io.StringIO(raw.decode(), newline="")))
    assert rows[1]["location"] == cell.replace("\r\n", "\n")
    before = list(csv.DictReader(io.StringIO(GOOD.lstrip("\ufeff"), newline="")))
    assert [rows[0], *rows[2:]] == [before[0], *before[2:]]


def test_another_separator_is_kept() -> None:
    text = WRONG.replace(",", "|")
    assert '|"Own | Home"|' in mended(shape(text), {2: {"location": "Own | Home"}}).decode().splitlines()[1]


def test_a_column_that_is_not_part_of_the_return_is_neither_shown_nor_touched() -> None:
    lines = WRONG.lstrip("\ufeff").splitlines()
    text = "\n".join([f"surname,{lines[0]}", *(f"Secret{n},{line}" for n, line in enumerate(lines[1:]))])
    structure = shape(text)
    assert "surname" not in headings(structure)
    assert "Secret" not in str(own_rows(structure, [2, 3]))
    raw = mended(structure, {2: {"location": "Own Home", "surname": "X"}}).decode()
    assert raw.startswith("surname,") and "Secret0," in raw


def test_edits_of_other_rows_and_columns_change_nothing() -> None:
    structure = shape(WRONG)
    edits = {1: {"location": "x"}, 2: {"location": "Ownn Home", "nothing": "x"}, 99: {"location": "x"}}
    assert changes_of(structure, edits) == ()
    assert mended(structure, edits) == structure.content


def test_a_file_whose_shape_is_wrong_is_not_mended() -> None:
    short = WRONG.replace(",Ownn", ",,Ownn", 1)
    for text in ("a,b\n1,2\n", WRONG.replace("location", "place", 1), short):
        found = checked(text)
        assert can_be_mended(found.structure, found.findings) == []


def test_two_rounds_are_told_as_one() -> None:
    first = Change(2, "location", "Ownn", "Own"), Change(3, "sex", "M", "Male")
    later = Change(2, "location", "Own", "Own Home"), Change(3, "sex", "Male", "M")
    assert altogether(first, later) == (Change(2, "location", "Ownn", "Own Home"),)


def test_the_ledger_says_that_a_file_was_mended_however_long_its_name() -> None:
    one = (Change(2, "a", "b", "c"),)
    assert mended_name("x.csv", ()) == "x.csv"
    assert mended_name("x.csv", one) == "x.csv (mended on screen: 1 cell)"
    long = mended_name(f"../{'é' * 300}.csv", one * 1200)
    assert long.endswith("(mended on screen: 1,200 cells)") and len(long) == 80
