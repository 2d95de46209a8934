"""Excel files for senders: the template with its guide and drop-down lists, and findings beside their rows.

Nothing in them is a formula: text from outside that looks like one is written as text.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from dataset.checking.findings import Finding
from dataset.columns import AnyOf, Day, OneOf
from dataset.quarter import Quarter
from dataset.table import ReturnType
from dataset.templates import guide_rows

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ROWS_WITH_LISTS = 5000
_EXCEL_ROWS = 1_048_000


def template_xlsx(table: ReturnType, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A workbook with a sheet named after the return, empty or with the rows that are known already.

    Drop-down lists where a cell takes one word, dates formatted as days; a second sheet explains each column.
    """
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, **_OPTIONS}) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet, lists = book.add_worksheet(table.about.name[:31]), book.add_worksheet("Lists")
        _guide_sheet(book, table, bold)
        for place, (name, column) in enumerate(table.columns().items()):
            sheet.write_string(0, place, name, bold)
            sheet.set_column(place, place, max(14, len(name) + 2), day if isinstance(column, Day) else None)
            if isinstance(column, (OneOf, AnyOf)):
                lists.write_string(0, place, name, bold)
                lists.write_column(1, place, column.codes.values)
            if isinstance(column, OneOf):
                end = len(column.codes.values) + 1
                letter = xlsxwriter.utility.xl_col_to_name(place)
                source = f"=Lists!${letter}$2:${letter}${end}"
                sheet.data_validation(1, place, _ROWS_WITH_LISTS, place, {"validate": "list", "source": source})
        for line, row in enumerate(rows, start=1):
            for place, text in enumerate(row):
                sheet.write_string(line, place, text)
        sheet.freeze_panes(1, 0)
    return memory.getvalue()


def _guide_sheet(book: Any, table: ReturnType, bold: Any) -> None:
    sheet, wrap = book.add_worksheet("Guide"), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, f"{table.about.title}: one row is {table.about.one_row_is}.", bold)
    sheet.write_string(
        1, 0, "Send this workbook, or save the first sheet as CSV. Never send names, dates of birth or addresses."
    )
    heads = ("column", "meaning", "needed", "write", "example", "rules")
    sheet.write_row(3, 0, heads, bold)
    for line, row in enumerate(guide_rows(table), start=4):
        for place, head in enumerate(heads):
            sheet.write_string(line, place, row[head], wrap)
    for place, width in enumerate((22, 50, 16, 70, 30, 50)):
        sheet.set_column(place, place, width)


def findings_xlsx(
    findings: Sequence[Finding], rows: Sequence[tuple[int, Sequence[str]]], headings: Sequence[str]
) -> bytes:
    """Findings beside the sender's own rows: row number, what to correct and how, then the row as received.

    `rows` are (Excel row, cells) of the rows that have findings; findings of the whole file come first.
    """
    by_row: dict[int | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_row[finding.record].append(finding)
    cells = dict(rows)
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, {"constant_memory": True, **_OPTIONS}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Findings")
        sheet.write_row(0, 0, ["record", "message", "errors", "fix", *headings], bold)
        ordered = sorted(by_row, key=lambda record: -1 if record is None else record)
        for line, record in enumerate(ordered[:_EXCEL_ROWS], start=1):
            said = by_row[record]
            start: list[str] = [
                "whole file" if record is None else str(record),
                " ".join(f.message for f in said),
                ", ".join(sorted({f.code for f in said})),
                " ".join(dict.fromkeys(f.fix for f in said if f.fix)),
            ]
            own = cells.get(record, ()) if record is not None else ()
            for place, text in enumerate([*start, *own]):
                sheet.write_string(line, place, harmless(text)[:32_000])
        sheet.freeze_panes(1, 1)
    return memory.getvalue()


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, also when it is saved as CSV and opened again."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def template_name(table: ReturnType, quarter: Quarter) -> str:
    """maars_referrals_2023-24_Q1_template.xlsx"""
    return f"{table.about.name}_{str(quarter).replace('/', '-').replace(' ', '_')}_template.xlsx"
