"""Workbooks of a few kilobytes that ask the reader for more memory than there is: refused before they are opened."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from dataset.checking import workbooks
from dataset.checking.inspecting import inspect
from dataset.checking.workbook_bounds import claims_too_much

SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
END = b"</row></sheetData>"
MANY = b'<sst count="9" uniqueCount="4294967295"><si><t>a</t></si></sst>'


def workbook(part: str = SHEET, *, instead: bytes = b"", at_the_end: bytes = b"") -> bytes:
    """Two columns and two rows; one part exchanged, or something put behind the last row."""
    made, packed = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_row(1, 0, [1, 2])
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            text = archive.read(name)
            if name == part:
                text = instead or text.replace(END, b"</row>" + at_the_end + b"</sheetData>")
            changed.writestr(name, text)
    return packed.getvalue()


def one_cell(place: str) -> bytes:
    return f'<row><c r="{place}"><v>5</v></c></row>'.encode()


@pytest.mark.parametrize("place", ["XFD1048576", "B100000000", "ZZZZ3", "AAAAAAA3", "C4294967295", "ZZZZZZ4294967295"])
def test_a_cell_so_far_out_that_the_rectangle_fits_nowhere_is_refused(place: str) -> None:
    assert inspect(workbook(at_the_end=one_cell(place)), is_workbook=True).codes == ("TOO_LARGE",)


@pytest.mark.parametrize(
    "row", [b'<row r="4294967295"><c><v>5</v></c></row>', b"<row r = '99999999'/>", b'<x:row  x="1"\nr="99999999"/>']
)
def test_so_is_a_row_however_it_is_written(row: bytes) -> None:
    assert inspect(workbook(at_the_end=row), is_workbook=True).codes == ("TOO_LARGE",)


def test_so_is_a_part_that_counts_more_texts_than_it_has_bytes() -> None:
    assert inspect(workbook(STRINGS, instead=MANY), is_workbook=True).codes == ("TOO_LARGE",)


@pytest.mark.parametrize("place", ["XFD3", "B1048576", "Z1000000"])
def test_a_cell_far_out_in_one_direction_is_read_as_far_as_it_may(place: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(at_the_end=one_cell(place)))) as archive:
        assert not claims_too_much(archive, 30_000_000)


def test_a_place_cut_in_two_by_reading_in_pieces_is_still_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dataset.checking.workbook_bounds._AT_ONCE", 300)
    for filling in range(0, 300, 7):
        raw = workbook(at_the_end=b" " * filling + one_cell("XFD1048576"))
        assert inspect(raw, is_workbook=True).codes == ("TOO_LARGE",)


def test_a_zip_of_a_version_nobody_has_yet_is_damaged() -> None:
    raw = workbook()
    at = raw.index(b"PK\x01\x02") + 6
    assert inspect(raw[:at] + b"\x54" + raw[at + 1 :], is_workbook=True).codes == ("NOT_TEXT",)


def test_an_honest_workbook_is_read() -> None:
    found = inspect(workbook(), is_workbook=True)
    assert (found.decision, found.records, found.columns) == ("accept", 2, 2)


def test_a_hundred_thousand_cells_are_read_whole(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "large.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(5_000):
            sheet.write_row(row, 0, [f"{row} {column}" for column in range(20)])
    assert inspect((tmp_path / "large.xlsx").read_bytes(), is_workbook=True).records == 5_000


def test_of_rows_of_nothing_before_a_last_cell_no_cell_is_put_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    put, in_words = [], workbooks._text
    monkeypatch.setattr(workbooks, "_text", lambda cell: put.append(cell) or in_words(cell))
    assert inspect(workbook(at_the_end=one_cell("H200000")), is_workbook=True).codes[:1] == ("HEADER_BLANK_NAME",)
    assert len(put) == 1 + 3 * 8, "one to see that there is something, and the cells of the three rows that hold some"
