"""An Excel workbook as the text of one sheet, so that it goes through the same stages as a CSV.

Rows and columns keep their places, so a finding names the row the sender sees. What a workbook could
hide (macros, a sheet that unpacks to gigabytes) is settled before any cell is read.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime

import python_calamine

from dataset.checking.findings import Finding
from dataset.checking.withholding import seen
from dataset.checking.workbook_bounds import claims_too_much

UNPACKED_LIMIT = 400 * 1024 * 1024
CELL_COUNT_LIMIT = 30_000_000
# What a zip raises that is damaged, cut short, locked, or of a kind that cannot be unpacked.
_DAMAGED = (zipfile.BadZipFile, zlib.error, ValueError, OSError, OverflowError, EOFError, RuntimeError)
_MACROS = ("vbaproject.bin", "xlmacrosheet", "macrosheets/")


def is_zip(raw: bytes) -> bool:
    """Whether the file is a zip, as every .xlsx is."""
    return raw.startswith(b"PK\x03\x04")


def sheet_as_csv(raw: bytes, wanted_sheet: str = "") -> tuple[bytes, Finding] | Finding:
    """The sheet named `wanted_sheet`, else the first one, as CSV in UTF-8, and a note that says so.

    A Finding alone says why the workbook was refused.
    """
    if refused := _refused(raw):
        return refused
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        name = _sheet(workbook.sheet_names, wanted_sheet)
        if name is None:
            return _fatal("EMPTY_FILE", "The workbook has no sheet.", "Send the workbook that holds the return.")
        sheet = workbook.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > CELL_COUNT_LIMIT:
            return _too_many_cells()
        rows = sheet.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError):
        return _damaged()
    except BaseException as error:  # a panic of the reader is no Exception, and its class can be imported from nowhere
        if type(error).__name__ != "PanicException":
            raise
        return _damaged()
    if not any(cell != "" and _text(cell) for row in rows for cell in row):
        return _fatal("EMPTY_FILE", f"The sheet “{seen(name)}” is empty.", "Send the workbook that holds the return.")
    note = Finding("note", "WORKBOOK", f"The sheet “{seen(name)}” of the workbook was read.")
    return _as_csv(rows), note


def _refused(raw: bytes) -> Finding | None:
    """Why a workbook is not opened, before any cell of it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _unfit(archive.infolist()) or (
                _too_many_cells() if claims_too_much(archive, CELL_COUNT_LIMIT) else None
            )
    except _DAMAGED:
        return _damaged()


def _unfit(parts: Sequence[zipfile.ZipInfo]) -> Finding | None:
    names = [part.filename.casefold() for part in parts]
    if "xl/workbook.xml" not in names:
        kind = "an Excel workbook in binary form" if "xl/workbook.bin" in names else "a zip file, not an Excel workbook"
        return _fatal(
            "NOT_TEXT", f"This is {kind}.", "In Excel choose Save As, “CSV UTF-8” or “Excel Workbook (.xlsx)”."
        )
    if any(macro in name for name in names for macro in _MACROS):
        return _fatal(
            "MACROS", "The workbook holds macros; such files are not opened.", "Save it as .xlsx without macros."
        )
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT or len(parts) > 10_000:
        return _fatal(
            "TOO_LARGE", "The workbook unpacks to far more than any return.", "Send one sheet with one quarter."
        )
    return None


def _too_many_cells() -> Finding:
    return _fatal("TOO_LARGE", "The sheet has more cells than any return.", "Delete what is not the return.")


def _damaged() -> Finding:
    return _fatal(
        "NOT_TEXT", "This Excel or zip file is damaged and cannot be read.", "Save it again in Excel, or as CSV."
    )


def _sheet(names: list[str], wanted: str) -> str | None:
    folded = {name.casefold().replace(" ", "_"): name for name in names}
    return folded.get(wanted.casefold()) or (names[0] if names else None)


def _as_csv(rows: Sequence[Sequence[object]]) -> bytes:
    text = io.StringIO()
    # One cell far below leaves a million rows of nothing between; they must not take seconds.
    nothing = [""] * max(map(len, rows))
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(row if row == nothing else [_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def _text(cell: object) -> str:
    """A cell as its sender reads it: whole numbers without .0, days first."""
    if cell == "":
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y" if cell.time() == datetime.min.time() else "%d/%m/%Y %H:%M:%S")
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return "" if cell is None else str(cell).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _fatal(code: str, message: str, fix: str) -> Finding:
    return Finding("fatal", code, message, fix=fix)
