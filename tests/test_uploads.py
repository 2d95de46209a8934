"""Files as they arrive: every bad one is refused for its own reason, every good one is read as the plain one."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset.agencies import MAARS, STOCKPORT
from dataset.checking import Checked, Finding, check
from dataset.checking.findings import grouped
from dataset.checking.judging import NEAREST_SOUGHT
from dataset.code_lists import SEX, CodeList
from dataset.columns import Day, Identifier, OneOf, example_row
from dataset.intake import send
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.rules import WithinQuarter
from dataset.store import Store
from dataset.table import About, Return
from dataset.tables import RETURNS
from dataset.tables.maars_referrals import MaarsReferral

BAD, GOOD = Path(__file__).with_name("bad_uploads"), Path(__file__).with_name("good_uploads")
SLOT = Slot(STOCKPORT.code, MAARS.code, "maars_referrals", Quarter(2023, 1))
COLUMNS = tuple(MaarsReferral.columns())
ENGINE_WORDS = (
    "duckdb",
    "pydantic",
    "exception",
    "error:",
    "traceback",
    "csv error",
    "varchar",
    "enum",
    "input should",
)

Said = tuple[str, int | None, str | None, str | None]
MISSING = [("COLUMN_MISSING", 1, name, None) for name in COLUMNS]


def unknown(row: int, *headings: str) -> list[Said]:
    return [("COLUMN_UNKNOWN", row, heading, None) for heading in headings]


def shifted(text: str, row: int, column: str | None) -> list[Said]:
    return [("RAGGED_ROWS", row, column, text)]


WRONG: dict[str, list[Said]] = {
    # not a text file, or not readable as one
    "empty": [("EMPTY_FILE", None, None, None)],
    "separator_line_alone": [("EMPTY_FILE", None, None, None)],
    "only_blanks": [("EMPTY_FILE", None, None, None)],
    "excel_renamed": [("NOT_TEXT", None, None, None)],
    "old_excel_renamed": [("NOT_TEXT", None, None, None)],
    "compressed": [("NOT_TEXT", None, None, None)],
    "pdf_renamed": [("NOT_TEXT", None, None, None)],
    "nul_bytes": [("NUL_BYTES", None, None, None)],
    "utf16_without_mark": [("NUL_BYTES", None, None, None)],
    "utf16_cut_short": [("ENCODING_UNKNOWN", None, None, None)],
    "unreadable_bytes": [("ENCODING_UNKNOWN", None, None, None)],
    # no rows that can be told apart
    "header_only": [("NO_DATA_ROWS", None, None, None)],
    "header_and_blank_rows": [("NO_DATA_ROWS", None, None, None)],
    "unclosed_quote": [("QUOTE_UNCLOSED", 3, None, None)],
    "stray_quote": [("QUOTE_STRAY", 3, None, None)],
    "blank_before_quote": [("QUOTE_STRAY", 3, None, None)],
    # the heading row
    "missing_column": [("COLUMN_MISSING", 1, "sex", None)],
    "misspelt_heading": [("COLUMN_MISSING", 1, "age_band", None), *unknown(1, "age_bnad")],
    "duplicate_heading": [("HEADER_DUPLICATE", 1, "sex", None)],
    "no_header": [
        *MISSING,
        *unknown(1, "MR-0001", "P-0001", "03/04/2023", "25-29", "Female", "Police", "Housing; Self-neglect", "No"),
    ],
    "headings_in_other_words": [
        *MISSING,
        *unknown(1, "Reference", "Person", "Date", "Age", "Gender", "Source", "Risk", "Repeat"),
    ],
    "coded_columns_only": [
        *(said for said in MISSING if said[2] not in ("age_band", "sex")),
        ("UNKNOWN_CODE", 3, "age_band", "65 to 74"),
    ],
    "another_return": [
        *(said for said in MISSING if said[2] != "age_band"),
        *unknown(1, "concern_id", "received_on", "source", "outcome"),
    ],
    # rows of another length than the header
    "shifted_row": shifted(
        "MR-0002 | P-0002 | 14/05/2023 |  | 65-74 | Male | Health | Mental health | Yes", 3, "age_band"
    ),
    "extra_separator_at_end": shifted(
        "MR-0002 | P-0002 | 14/05/2023 | 65-74 | Male | Health | Mental health | Yes | ", 3, None
    ),
    "comma_in_cell": shifted(
        "MR-0001 | P-0001 | 03/04/2023 | 25-29 | Female | Police | Housing |  Self-negle…", 2, None
    ),
    "short_row": shifted("MR-0002 | P-0002 | 14/05/2023", 3, None),
    # dates
    "july_date_in_q1": [("DATE_OUTSIDE_QUARTER", 4, "referred_on", "01/07/2023")],
    "march_date_in_q1": [("DATE_OUTSIDE_QUARTER", 2, "referred_on", "2023-03-31")],
    "excel_serial_date": [("EXCEL_SERIAL_DATE", 3, "referred_on", "45060")],
    "excel_hashes": [("EXCEL_HASHES", 3, "referred_on", "########")],
    "two_digit_year": [("TWO_DIGIT_YEAR", 3, "referred_on", "14/05/23")],
    "month_first_date": [("NOT_A_DATE", 3, "referred_on", "05/14/2023")],
    "unpadded_date": [("NOT_A_DATE", 3, "referred_on", "4/5/2023")],
    "date_in_words": [("NOT_A_DATE", 3, "referred_on", "14 May 2023")],
    "date_with_time": [("NOT_A_DATE", 3, "referred_on", "14/05/2023 00:00")],
    "impossible_date": [("NOT_A_DATE", 3, "referred_on", "31/04/2023")],
    "date_the_engine_would_guess": [("NOT_A_DATE", 3, "referred_on", "epoch")],
    # codes
    "unknown_code": [("UNKNOWN_CODE", 3, "age_band", "65 to 74")],
    "code_in_another_case": [("UNKNOWN_CODE", 3, "sex", "male")],
    "suppressed": [("SUPPRESSED_VALUE", 3, "age_band", "*"), ("SUPPRESSED_VALUE", 4, "sex", "[c]")],
    "unknown_code_in_list": [("UNKNOWN_CODE", 2, "risks", "Housing; Gambling")],
    "code_twice_in_list": [("CODE_REPEATED", 2, "risks", "Housing; Housing")],
    "list_with_a_loose_end": [("CODE_BLANK", 2, "risks", "Housing;")],
    "line_break_in_list": [("UNKNOWN_CODE", 2, "risks", "Housing; Self-neglect")],
    "formula_in_cell": [("UNKNOWN_CODE", 3, "age_band", "=HYPERLINK(1)")],
    "markup_in_cell": [("UNKNOWN_CODE", 3, "age_band", "![x](http://example.org/p.png)<b>")],
    # blanks and references
    "blank_cell": [("MISSING_VALUE", 3, "sex", "")],
    "row_of_an_invisible_character": [
        ("MISSING_VALUE", 3, name, " " if name == "person_id" else "") for name in COLUMNS
    ],
    "null_word": [("MISSING_VALUE", 3, "referrer", "N/A")],
    "id_with_a_name": [("PERSONAL_DATA", 3, "person_id", None)],
    "id_too_long": [("NOT_A_REFERENCE", 3, "person_id", "P" * 33)],
    "duplicate_id": [("DUPLICATE_KEY", 4, "referral_id", "MR-0001")],
    "duplicate_id_padded": [("DUPLICATE_KEY", 4, "referral_id", "MR-0001")],
    # rows are counted as Excel shows them, whatever stands above
    "fault_below_title_and_blank_rows": [
        ("ROWS_ABOVE_HEADER", 3, None, None),
        ("BLANK_ROWS", None, None, None),
        ("UNKNOWN_CODE", 7, "sex", "F"),
        ("UNKNOWN_CODE", 9, "sex", "U"),
    ],
    "quoted_line_break_then_fault": [
        *unknown(1, "remark"),
        ("BLANK_ROWS", None, None, None),
        ("UNKNOWN_CODE", 4, "sex", "F"),
    ],
    "semicolon_fault": [("DELIMITER_SEMICOLON", None, None, None), ("UNKNOWN_CODE", 2, "sex", "F")],
    # everything at once
    "five_faults_at_once": [
        ("COLUMN_MISSING", 1, "sex", None),
        *shifted("MR-0004 | P-0002 | 14/05/2023 |  | 65-74 | Health | Mental health | Yes", 5, "age_band"),
        ("DATE_OUTSIDE_QUARTER", 3, "referred_on", "01/07/2023"),
        ("UNKNOWN_CODE", 4, "age_band", "Adult"),
        ("DUPLICATE_KEY", 6, "referral_id", "MR-0001"),
    ],
}

NOTED: dict[str, list[Said]] = {
    "plain": [],
    "semicolon": [("DELIMITER_SEMICOLON", None, None, None)],
    "sep_line": [("DELIMITER_SEMICOLON", None, None, None)],
    "tab": [("DELIMITER_TAB", None, None, None)],
    "pipe": [("DELIMITER_PIPE", None, None, None)],
    "utf8_bom": [("BOM", None, None, None)],
    "utf16_le": [("ENCODING_UTF16", None, None, None)],
    "utf16_be": [("ENCODING_UTF16", None, None, None)],
    "windows_1252_extra_column": [("ENCODING_CP1252", None, None, None), *unknown(1, "Équipe")],
    "line_feeds": [],
    "old_mac": [("NEWLINES_CR", None, None, None)],
    "mixed_newlines": [("NEWLINES_MIXED", None, None, None)],
    "no_newline_at_end": [],
    "blank_rows": [("BLANK_ROWS", None, None, None)],
    "title_rows_above_header": [("ROWS_ABOVE_HEADER", 4, None, None), ("BLANK_ROWS", None, None, None)],
    "reordered_columns": [],
    "headings_as_people_write_them": [],
    "unknown_column": unknown(1, "notes"),
    "unheaded_column": [],
    "padded_cells": [],
    "everything_quoted": [],
    "quoted_line_break": [],
    "quoted_line_break_in_extra_column": unknown(1, "remark"),
    "iso_dates": [],
    "first_and_last_day": [],
    "glob_in_name[1]": [],
}
ROWS = {"blank_rows": [2, 4, 7], "title_rows_above_header": [5, 6, 7]}


@cache
def checked(path: Path) -> Checked:
    return check(path.read_bytes(), MaarsReferral, SLOT.quarter)


def said(findings: tuple[Finding, ...]) -> list[Said]:
    return [(f.code, f.record, f.column, f.value) for f in findings]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.open(tmp_path_factory.mktemp("uploads") / "store.duckdb")
    yield store
    store.close()


def stored(store: Store, name: str, what: str) -> list[tuple[object, ...]]:
    raw = (GOOD / f"{name}.csv").read_bytes()
    answer = send(store, SLOT, raw, sent_by="Ann", file_name=f"{name}.csv", reason="sent in another form")
    assert answer.result != "rejected"
    return store.reading().rows(f"SELECT {what} FROM {store.reading().source(MaarsReferral)} ORDER BY record")


@pytest.mark.parametrize(("folder", "expected"), [(BAD, WRONG), (GOOD, NOTED)], ids=["bad", "good"])
def test_every_upload_has_its_answer_written_down(folder: Path, expected: dict[str, list[Said]]) -> None:
    assert {path.name for path in folder.iterdir()} - {"total_row.csv"} == {f"{name}.csv" for name in expected}


@pytest.mark.parametrize("name", WRONG)
def test_a_bad_upload_is_refused_for_its_own_reason(name: str) -> None:
    result = checked(BAD / f"{name}.csv")
    assert not result.accepted
    assert said(result.findings) == WRONG[name]


@pytest.mark.parametrize("name", NOTED)
def test_a_good_upload_is_accepted_with_at_most_a_note(name: str) -> None:
    result = checked(GOOD / f"{name}.csv")
    assert result.accepted
    assert said(result.findings) == NOTED[name]
    assert {finding.severity for finding in result.findings} <= {"note"}


@pytest.mark.parametrize("name", sorted(set(NOTED) - {"first_and_last_day"}))
def test_a_good_upload_is_stored_as_the_plain_one(name: str, store: Store) -> None:
    columns = ", ".join(COLUMNS)
    plain = stored(store, "plain", columns)
    assert len(plain) == 3
    assert stored(store, name, columns) == plain


@pytest.mark.parametrize("name", sorted(set(NOTED) - {"sep_line"}))
def test_a_stored_row_says_which_row_of_the_file_it_was(name: str, store: Store) -> None:
    assert [row for (row,) in stored(store, name, "record")] == ROWS.get(name, [2, 3, 4])


@pytest.mark.parametrize("path", sorted(BAD.iterdir()), ids=lambda path: path.stem)
def test_every_refusal_says_what_to_do(path: Path) -> None:
    for finding in checked(path).findings:
        if finding.blocks:
            assert finding.fix and finding.message and finding.sentence.endswith((".", "?"))
            assert finding.expected or finding.column is None or finding.severity == "fatal"


@pytest.mark.parametrize("path", sorted([*BAD.iterdir(), *GOOD.iterdir()]), ids=lambda path: path.stem)
def test_no_finding_speaks_the_language_of_an_engine(path: Path) -> None:
    for finding in checked(path).findings:
        text = f"{finding.message} {finding.expected} {finding.fix}".casefold()
        assert not [word for word in ENGINE_WORDS if word in text]


@pytest.mark.parametrize("path", sorted(BAD.iterdir()), ids=lambda path: path.stem)
def test_what_is_shown_of_a_cell_is_one_short_line(path: Path) -> None:
    for finding in checked(path).findings:
        assert finding.value is None or (len(finding.value) <= 80 and finding.value.isprintable())


def test_a_file_with_five_faults_hears_of_all_five_at_once() -> None:
    codes = {finding.code for finding in checked(BAD / "five_faults_at_once.csv").findings}
    assert codes == {"DATE_OUTSIDE_QUARTER", "UNKNOWN_CODE", "RAGGED_ROWS", "COLUMN_MISSING", "DUPLICATE_KEY"}


def test_a_total_row_at_the_end_is_refused() -> None:
    result = checked(BAD / "total_row.csv")
    assert not result.accepted
    assert {finding.record for finding in result.findings} == {5}


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("excel_serial_date", "Write 14/05/2023: format the column as a date before saving."),
        ("two_digit_year", "Write 14/05/2023 if that is the year you mean."),
        ("unpadded_date", "Write 04/05/2023."),
        ("unknown_code", "Did you mean “65-74”? Write it exactly so."),
        ("code_in_another_case", "Did you mean “Male”? Write it exactly so."),
        ("misspelt_heading", "Rename your column “age_bnad” to age_band."),
        ("shifted_row", "Take the extra separator in row 3 at age_band away: the cells after it are shifted."),
        ("extra_separator_at_end", "Take the extra separator at the end of row 3 away."),
        ("july_date_in_q1", "Correct the date, or take the row out and send it in the return for 2023/24 Q2."),
        ("march_date_in_q1", "Correct the date, or take the row out and send it in the return for 2022/23 Q4."),
    ],
)
def test_the_fix_is_the_very_thing_to_write(name: str, fix: str) -> None:
    assert checked(BAD / f"{name}.csv").findings[0].fix == fix


def test_a_file_over_the_limit_is_refused_unread() -> None:
    raw = (GOOD / "plain.csv").read_bytes()
    result = check(raw, MaarsReferral, SLOT.quarter, size_limit=len(raw) - 1)
    assert said(result.findings) == [("TOO_LARGE", None, None, None)]
    assert check(raw, MaarsReferral, SLOT.quarter, size_limit=len(raw)).accepted


def test_the_same_fault_in_many_rows_is_one_group_with_its_first_rows() -> None:
    row = "MR-{:04},P-1,03/04/2023,25-29,female,Police,Housing,No"
    raw = "\n".join([",".join(COLUMNS), *(row.format(n) for n in range(1, 301))]).encode()
    result = check(raw, MaarsReferral, SLOT.quarter)
    assert len(result.findings) == 300
    (group,) = grouped(result.findings)
    assert (group.count, group.records) == (300, tuple(range(2, 12)))


def with_cells(column: str, cells: list[str]) -> bytes:
    """A return in which one column holds these cells and all else is right."""
    sound = example_row(MaarsReferral.columns(), SLOT.quarter, 1)
    rows = [sound | {"referral_id": f"MR-{number}", column: cell} for number, cell in enumerate(cells)]
    return "\n".join([",".join(COLUMNS), *(",".join(row.values()) for row in rows)]).encode()


def test_among_thousands_of_different_wrong_words_the_nearest_is_sought_for_the_first_ones_only() -> None:
    raw = with_cells("referrer", [f"Polica{n:05}" for n in range(NEAREST_SOUGHT)] + ["Polise"] * 3)
    *first, again, last, _ = check(raw, MaarsReferral, SLOT.quarter).findings
    accepted = MaarsReferral.columns()["referrer"].accepts()
    assert {finding.code for finding in (*first, last)} == {"UNKNOWN_CODE"}
    assert last == again._replace(record=last.record)
    assert last.fix.startswith(f"Write {accepted}. (") and f"the first {NEAREST_SOUGHT:,} of them" in last.fix
    assert "(" not in first[0].fix


def test_a_wrong_word_that_repeats_counts_once_among_those_sought() -> None:
    raw = with_cells("referrer", ["Nobody"] * (NEAREST_SOUGHT + 1) + ["Polise"])
    assert check(raw, MaarsReferral, SLOT.quarter).findings[-1].fix == "Did you mean “Police”? Write it exactly so."


@given(st.sampled_from([codes for table in RETURNS for codes in table.code_lists()]), st.text(max_size=60))
def test_no_nearest_word_is_lost_by_comparing_only_words_of_like_length(codes: CodeList, text: str) -> None:
    folded = " ".join(text.casefold().split())
    near = difflib.get_close_matches(folded, [" ".join(v.casefold().split()) for v in codes.values], n=1, cutoff=0.6)
    assert codes.nearest(text) == (codes.folded[near[0]] if near else None)


def test_groups_are_in_the_order_of_weight_and_number() -> None:
    some = [Finding("note", "N", "n"), *(Finding("error", "E", "e", row, "c", "v") for row in (5, 7))]
    some += [Finding("query", "Q", "q"), Finding("fatal", "F", "f"), Finding("error", "E", "e", 6, "c", "w")]
    groups = grouped(some)
    assert [(g.first.code, g.first.value, g.count, g.records) for g in groups] == [
        ("F", None, 1, ()),
        ("E", "v", 2, (5, 7)),
        ("E", "w", 1, (6,)),
        ("Q", None, 1, ()),
        ("N", None, 1, ()),
    ]
    assert (len(groups), groups[1:3], groups[-1].first.code) == (5, [groups[1], groups[2]], "N")
    assert list(grouped([])) == []


class LastYears(Return):
    """A return whose template has changed."""

    about = About(name="last_years", title="T", one_row_is="one", why="w", source="s")
    key = ("case_id",)
    period = "seen_on"
    rules: ClassVar = (WithinQuarter("seen_on"),)

    case_id: Annotated[str, Identifier("The case.", formerly=("Reference No",))]
    seen_on: Annotated[date, Day("The day.", formerly=("date_seen", "Seen"))]
    sex: Annotated[str, OneOf("Sex.", codes=SEX)]


@pytest.mark.parametrize("header", ["Reference No,date_seen,sex", "reference_no;SEEN;Sex", "case_id,Seen,sex"])
def test_headings_of_last_years_template_are_read_with_a_note(header: str) -> None:
    separator = ";" if ";" in header else ","
    raw = f"Title\n{header}\n{separator.join(('A1', '14/05/2023', 'Male'))}\n".encode()
    result = check(raw, LastYears, SLOT.quarter)
    notes = [finding for finding in result.findings if finding.code == "HEADING_FORMER"]
    assert result.accepted and result.records == 1
    assert {(finding.severity, finding.record) for finding in notes} == {("note", 2)}
    assert notes[-1].fix == "Head the column seen_on from now on, or take the present template."


def test_a_former_heading_beside_the_present_one_is_not_read() -> None:
    raw = b"case_id,seen_on,date_seen,sex\nA1,14/05/2023,14/05/1999,Male\n"
    result = check(raw, LastYears, SLOT.quarter)
    assert [(finding.code, finding.column) for finding in result.findings] == [("COLUMN_UNKNOWN", "date_seen")]


def test_two_former_headings_of_one_column_are_not_both_read() -> None:
    raw = b"case_id,date_seen,seen,sex\nA1,14/05/2023,15/05/2023,Male\n"
    result = check(raw, LastYears, SLOT.quarter)
    assert [(f.code, f.column) for f in result.findings] == [
        ("HEADING_FORMER", "date_seen"),
        ("COLUMN_UNKNOWN", "seen"),
    ]


def test_what_is_wrong_below_a_former_heading_is_told_under_it() -> None:
    result = check(b"case_id,Seen,sex\nA1,14/05/2022,Male\n", LastYears, SLOT.quarter)
    assert ("DATE_OUTSIDE_QUARTER", 2, "Seen") in {(f.code, f.record, f.column) for f in result.findings}


def test_a_check_says_what_it_is_about_to_do() -> None:
    steps: list[str] = []
    check((GOOD / "plain.csv").read_bytes(), MaarsReferral, SLOT.quarter, on_step=steps.append)
    check(b"", MaarsReferral, SLOT.quarter, on_step=steps.append)
    assert steps == ["reading", "rows", "cells", "reading"]
