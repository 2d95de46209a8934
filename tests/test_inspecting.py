"""`inspect`: the structure of any file, without a known return."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dataset.__main__ import main
from dataset.checking.inspecting import inspect

ACCEPTED = {
    "plain": (b"a,b\n1,2\n", 2, 2),
    "without a last line end": (b"a,b\n1,2", 2, 2),
    "windows line ends": (b"a,b\r\n1,2\r\n", 2, 2),
    "a line break in quotes is part of the cell": (b'a,b\r\n1,"x\ny"\r\n', 2, 2),
    "a comma in quotes": (b'a,b\n1,"x,y"\n', 2, 2),
    "quotes within quotes": (b'a,b\n1,"say ""x"""\n', 2, 2),
    "every cell in quotes": (b'"a","b"\n"1","2"\n', 2, 2),
    "empty cells": (b'a,b,c\n1,"",""\n2,3,\n', 3, 3),
    "one column": (b"a\n1\n2\n", 3, 1),
    "letters of other alphabets": ("a,b\né,ʤ\n".encode(), 2, 2),
    "dashes and colons in one column": (b"when\n12:30\n2020-01-01\n", 3, 1),
}
WARNED = {
    "BOM": (b"\xef\xbb\xbfa,b\n1,2\n", 2, 2),
    "ENCODING_UTF16": ("a,b\né,2\n".encode("utf-16"), 2, 2),
    "ENCODING_CP1252": ("a,b\né,2\n".encode("cp1252"), 2, 2),
    "DELIMITER_SEMICOLON": (b"a;b\n1,5;2,5\n", 2, 2),
    "DELIMITER_TAB": (b"a\tb\n1\t2\n", 2, 2),
    "DELIMITER_PIPE": (b"a|b\n1|2\n", 2, 2),
    "DELIMITER_OTHER": (b"a^b\n1^2\n", 2, 2),
    "NEWLINES_MIXED": (b"a,b\n1,2\r\n3,4\n", 3, 2),
    "NEWLINES_CR": (b"a,b\r1,2\r", 2, 2),
    "BLANK_ROWS": (b"a,b\n\n1,2\n,\n \n", 2, 2),
    "TRAILING_EMPTY_COLUMNS": (b"a,b,,\n1,2,,\n", 2, 2),
    "WHITESPACE": (b"a, b\n1,2\n", 2, 2),
    "NO_DATA_ROWS": (b"a,b\n", 1, 2),
    "REPLACEMENT_CHAR": ("a,b\n\ufffd,2\n".encode(), 2, 2),
    "C1_CONTROL_CHARS": ("a,b\nx\x85y,2\n".encode(), 2, 2),
}
REJECTED = {
    "nothing": (b"", "EMPTY_FILE"),
    "only blanks": (b" \r\n\r\n", "EMPTY_FILE"),
    "only separators": (b",,\n,,\n", "EMPTY_FILE"),
    "a zip named csv": (b"PK\x03\x04\x14\x00", "NOT_TEXT"),
    "gzip": (b"\x1f\x8b\x08\x00", "NOT_TEXT"),
    "bytes no alphabet has": (b"a,b\n\x81\x8d,2\n", "ENCODING_UNKNOWN"),
    "half a UTF-16 character": (b"\xff\xfea\x00,", "ENCODING_UNKNOWN"),
    "a NUL": (b"a,b\n\x00,2\n", "NUL_BYTES"),
    "UTF-16 without its mark": ("a,b\n1,2\n".encode("utf-16-le"), "NUL_BYTES"),
    "a quote never closed": (b'a,b\n1,"2\n3,4\n', "QUOTE_UNCLOSED"),
    "a quote closed by the next cell's": (b'a,b\n1,"2\n3,"4"\n', "QUOTE_UNCLOSED"),
    "a quote in a cell": (b'a,b\n1,5" pipe\n', "QUOTE_STRAY"),
    "text after a closing quote": (b'a,b\n1,"x"y\n', "QUOTE_STRAY"),
    "a blank before a quote": (b'a,b\n1, "x"\n', "QUOTE_STRAY"),
    "a cell too many": (b"a,b\n1,2,3\n", "RAGGED_ROWS"),
    "an empty cell too many": (b"a,b\n1,2,\n", "RAGGED_ROWS"),
    "a cell too few": (b"a,b,c\n1,2\n", "RAGGED_ROWS"),
    "a title above the header": (b"Title\na,b\n1,2\n", "RAGGED_ROWS"),
    "a title above a header with semicolons": (b"# Title\na;b\n1;2\n", "RAGGED_ROWS"),
    "a column without a heading": (b"a,,c\n1,2,3\n", "HEADER_BLANK_NAME"),
    "cells right of the last heading": (b"a,b,\n1,2,3\n", "HEADER_BLANK_NAME"),
    "two headings alike": (b"a,b,a\n1,2,3\n", "HEADER_DUPLICATE"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_needs_nothing_done_is_accepted(name: str) -> None:
    raw, records, columns = ACCEPTED[name]
    found = inspect(raw)
    assert (found.decision, found.records, found.columns, found.codes) == ("accept", records, columns, ())


@pytest.mark.parametrize("code", WARNED)
def test_what_was_done_to_read_a_file_is_said(code: str) -> None:
    raw, records, columns = WARNED[code]
    found = inspect(raw)
    assert (found.decision, found.codes, found.records, found.columns) == ("warn", (code,), records, columns)
    assert len(found.messages) == 1


@pytest.mark.parametrize("name", REJECTED)
def test_what_cannot_be_told_apart_is_rejected_with_one_message(name: str) -> None:
    raw, code = REJECTED[name]
    found = inspect(raw)
    assert (found.decision, found.codes, len(found.messages)) == ("reject", (code,), 1)


def test_ragged_records_are_named() -> None:
    assert "these records have more or fewer: 3, 5." in inspect(b"a,b\n1,2\n3\n4,5\n6,7,8\n").messages[0]


def test_a_separator_that_excel_announces_is_used_and_its_line_is_no_record() -> None:
    found = inspect(b"sep=~\na~b\n1~2\n")
    assert (found.separator, found.records, found.codes) == ("~", 2, ("DELIMITER_OTHER",))


def test_several_things_done_are_all_said() -> None:
    found = inspect(b"\xef\xbb\xbfa;b\r\n\r\n 1;2\r\n")
    assert set(found.codes) == {"BOM", "DELIMITER_SEMICOLON", "BLANK_ROWS", "WHITESPACE"}


_CELLS = st.text(st.characters(exclude_characters="\r\x00\ufeff\ufffd", exclude_categories=["Cs", "Cc"]), max_size=6)
_FILLED = _CELLS.map(lambda text: f"x{text.strip()}x")


@given(
    st.lists(st.lists(_FILLED, min_size=3, max_size=3), min_size=2, max_size=8), st.sampled_from([",", ";", "\t", "|"])
)
@settings(max_examples=150)
def test_any_table_that_is_written_by_the_rules_is_read_whole(rows: list[list[str]], separator: str) -> None:
    rows[0] = ["one", "two", "three"]
    text = io.StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    found = inspect(text.getvalue().encode())
    assert (found.records, found.columns, found.separator) == (len(rows), 3, separator)
    assert found.decision == ("accept" if separator == "," else "warn")


@given(st.binary(max_size=300) | st.text('a,";\r\n \t|', max_size=60).map(str.encode))
@example(b'"')
@example(b'","\n')
@example(b"sep=")
@example(b"sep=,")
@settings(max_examples=600)
def test_any_bytes_get_a_decision_and_never_an_error(raw: bytes) -> None:
    found = inspect(raw)
    assert (found.decision == "accept") == (not found.codes)
    assert found.decision != "reject" or len(found.messages) == 1
    assert found.decision == "reject" or (found.records >= 1 and found.columns >= 1)


def test_the_command_prints_the_decision_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(b"a,b\n1,2,3\n")
    assert main(["inspect", str(file), "--json"]) == 1
    body = json.loads(capsys.readouterr().out)
    assert list(body) == ["decision", "encoding", "separator", "records", "columns", "codes", "messages"]
    assert (body["decision"], body["codes"]) == ("reject", ["RAGGED_ROWS"])
