"""A table of a screen to take away: plain texts, numbers and days as CSV and as a workbook.

Every row says its period, how it was reported and where it comes from, so that no cut of the file can lose that.
Nothing in a file is a formula: a text that looks like one is written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import xlsxwriter

from dataset.quarter import Quarter
from dataset.spreadsheets import harmless
from safeguarding_metrics.measuring import Count

Cell = str | int | float | date
Row = tuple[Cell, ...]

INVENTED = "INVENTED DATA"
OF_RETURNS = "returns of the agencies"
ABOUT = ("table", "period", "as_reported", "source")
DAY = "dd/mm/yyyy"
_EXCEL_BEGINS = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
_MOST_IN_A_CELL = 32_767
_WIDEST = 60
# Spreadsheets drop blanks before a formula, and some take its signs in full width for the signs themselves.
_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class FileTable:
    """What a table says, without its looks: `rows` in the order of `heads`, each as long; "" is nothing.

    `name` begins the file's name and names the sheet, `period` is what the figures are about. `of_returns` says
    that the rows come from what agencies sent and so are invented where that is; else `source` says whose they are.
    """

    name: str
    caption: str
    period: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    source: str = OF_RETURNS
    of_returns: bool = True

    def __post_init__(self) -> None:
        if any(len(row) != len(self.heads) for row in self.rows):
            raise ValueError(f"A row of the table “{self.caption}” has not a cell for each of its heads.")

    def column(self, head: str) -> tuple[Cell, ...]:
        """The cells under a head, from the first row on. Raises ValueError where there is no such head."""
        place = self.heads.index(head)
        return tuple(row[place] for row in self.rows)


def heads_of(table: FileTable) -> tuple[str, ...]:
    """The heads of the file: those of the table, then those of what every row says of itself."""
    return (*table.heads, *ABOUT)


def rows_of(table: FileTable, *, invented: bool, reported: str = "") -> list[Row]:
    """The rows of the file in the order of `heads_of`; `reported` says which reports they are made of."""
    source = INVENTED if invented and table.of_returns else table.source
    return [(*row, table.caption, table.period, reported, source) for row in table.rows]


def as_csv(table: FileTable, *, invented: bool, reported: str = "") -> bytes:
    """The rows as CSV with a byte order mark, days as 31/03/2024, as Excel reads it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heads_of(table))
    writer.writerows([_written(cell) for cell in row] for row in rows_of(table, invented=invented, reported=reported))
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(table: FileTable, *, invented: bool, reported: str = "") -> bytes:
    """The rows as a workbook of one sheet, its head frozen and filtered; numbers are numbers and days are days."""
    memory = io.BytesIO()
    heads, found = heads_of(table), rows_of(table, invented=invented, reported=reported)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(memory, options) as book:
        book.set_properties({"title": table.caption, "subject": table.period})
        sheet, day = book.add_worksheet(table.name[:31]), book.add_format({"num_format": DAY})
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        for line, row in enumerate(found, start=1):
            for place, cell in enumerate(row):
                _write(sheet, line, place, cell, day)
        for place, head in enumerate(heads):
            sheet.set_column(place, place, _width(head, [row[place] for row in found]))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(found), 1), len(heads) - 1)
    return memory.getvalue()


def _write(sheet: Any, line: int, place: int, cell: Cell, day: Any) -> None:
    if isinstance(cell, date) and cell >= _EXCEL_BEGINS:
        sheet.write_datetime(line, place, datetime(cell.year, cell.month, cell.day), day)
    elif isinstance(cell, (int, float)):
        sheet.write_number(line, place, cell)
    elif written := str(_written(cell)):
        sheet.write_string(line, place, written[:_MOST_IN_A_CELL])


def _written(cell: Cell) -> str | int | float:
    """A day as 31/03/2024, a text that no spreadsheet takes for a formula, a number as it is."""
    if isinstance(cell, date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year:04}"
    return unformed(cell) if isinstance(cell, str) else cell


def unformed(text: str) -> str:
    """A text behind an apostrophe where a spreadsheet could take it for a formula, also after blanks."""
    bare = text.strip().removeprefix("\ufeff").lstrip()
    return f"'{text}" if bare.startswith(_SIGNS) else harmless(text)


def _width(head: str, cells: Sequence[Cell]) -> int:
    """As wide as the longest text in the first rows, within reason."""
    return min(max([len(head) + 3, *(len(str(cell)) + 1 for cell in cells[:200])]), _WIDEST)


def counts(count: Count | None) -> tuple[Cell, Cell, Cell]:
    """Numerator, denominator and value of a count, "" for what there is not; a share lies between 0 and 1."""
    if count is None:
        return "", "", ""
    return count.k, "" if count.n is None else count.n, number(count.value)


def number(value: Fraction | float | None) -> Cell:
    """An exact number as a spreadsheet holds it, to six figures; "" for none."""
    if value is None:
        return ""
    return int(value) if value == int(value) else float(f"{float(value):.6g}")


def days_of(quarters: Sequence[Quarter]) -> str:
    """ "2023/24 Q1 to 2023/24 Q3", or the one quarter."""
    return str(quarters[0]) if len(quarters) == 1 else f"{quarters[0]} to {quarters[-1]}"
