"""The registers as spreadsheets: taken away, changed there and taken in again without loss.

Nothing in them is a formula: a text that looks like one stands behind an apostrophe, which taking in takes off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter

from dataset.checking import Finding
from dataset.columns import AnyOf, Day, OneOf, Whole, read_day
from dataset.quarter import Quarter
from dataset.register import Item, Register
from dataset.registering import read_sheet, unarmed
from dataset.templates import guide_rows
from safeguarding_metrics.registers.headings import heading, rule_words
from safeguarding_metrics.registers.wording import changes

SOURCE, INVENTED = "source", "INVENTED DATA"
_EXCEL_BEGINS = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
_WIDTHS = {"reference": 12, "quarter": 12}
_LONG, _SHORT = 44, 18


def names_of(register: Register, *, invented: bool) -> list[str]:
    """The headings of a file: the register's columns, and one that says of every row that it is invented where it is."""
    return [*register.table.columns(), *([SOURCE] if invented else [])]


def as_csv(register: Register, found: Sequence[Item], *, invented: bool) -> bytes:
    """The items as CSV with a byte order mark, as Excel reads it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    names = names_of(register, invented=invented)
    writer.writerow(names)
    writer.writerows([_cell(item, name) for name in names] for item in found)
    return ("\ufeff" + text.getvalue()).encode()


def _cell(item: Item, name: str) -> str:
    return INVENTED if name == SOURCE else unarmed(item.cell(name))


def as_xlsx(register: Register, found: Sequence[Item], *, invented: bool) -> bytes:
    """The same rows as a workbook: its sheet bears the register's name, days are days and numbers are numbers."""
    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    names = names_of(register, invented=invented)
    with xlsxwriter.Workbook(memory, options) as book:
        sheet = book.add_worksheet(register.name[:31])
        formats = {"day": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})}
        formats["text"] = book.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, names, book.add_format({"bold": True}))
        for line, item in enumerate(found, start=1):
            for place, name in enumerate(names):
                _write(sheet, line, place, register, name, _cell(item, name), formats)
        for place, name in enumerate(names):
            sheet.set_column(place, place, _width(register, name))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(found), 1), len(names) - 1)
    return memory.getvalue()


def _write(
    sheet: Any, line: int, place: int, register: Register, name: str, text: str, formats: dict[str, Any]
) -> None:
    kind, day = register.table.columns().get(name), read_day(text)
    if isinstance(kind, Day) and day is not None and day >= _EXCEL_BEGINS:
        sheet.write_datetime(line, place, datetime(day.year, day.month, day.day), formats["day"])
    elif isinstance(kind, Whole) and text.isdecimal() and str(int(text)) == text:
        sheet.write_number(line, place, int(text))
    elif text:
        sheet.write_string(line, place, text, formats["text"])


def _width(register: Register, name: str) -> int:
    kind = register.table.columns().get(name)
    return _WIDTHS.get(name, _SHORT if kind is None or isinstance(kind, Day | Whole | OneOf | AnyOf) else _LONG)


@dataclass(frozen=True)
class SheetChanges:
    """What taking a spreadsheet in would do: `added` are references, `changed` (reference, (heading, from, to)…)."""

    added: tuple[str, ...] = ()
    changed: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = ()
    same: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> bool:
        return not any(finding.blocks for finding in self.findings)

    @property
    def does_something(self) -> bool:
        return self.accepted and bool(self.added or self.changed)


def sheet_changes(register: Register, raw: bytes, held: Sequence[Item], quarter: Quarter) -> SheetChanges:
    """A spreadsheet compared with the list, before anything is stored."""
    rows, findings = read_sheet(register, raw, quarter)
    findings = [_worded(finding) for finding in findings if not _is_of_our_making(finding)]
    if any(finding.blocks for finding in findings):
        return SheetChanges(findings=tuple(findings))
    now = {item.reference: item.row for item in held}
    by_reference = {register.reference(row): row for row in rows}
    added = tuple(one for one in by_reference if one not in now)
    changed = tuple(
        (one, changes(register, now[one], row)) for one, row in by_reference.items() if one in now and now[one] != row
    )
    return SheetChanges(added, changed, len(rows) - len(added) - len(changed), tuple(findings))


def _worded(finding: Finding) -> Finding:
    if finding.code == "NO_DATA_ROWS":
        return finding._replace(fix="Add a row for each item, then take it in again.")
    return finding


def _is_of_our_making(finding: Finding) -> bool:
    """What an export has of itself is nothing to be told of: its byte order mark, its column that says “invented”."""
    return finding.code == "BOM" or (finding.code == "COLUMN_UNKNOWN" and finding.column == SOURCE)


def guide(register: Register) -> list[tuple[str, str, str, str, str]]:
    """Column, heading, meaning, what to write, rules: what a person fills a spreadsheet by."""
    found = []
    for row in guide_rows(register.table):
        name = row["column"]
        rules = "; ".join(rule_words(register, rule) for rule in register.table.rules if rule.column == name)
        needed = "" if row["needed"] == "must be filled" else " (may be blank)"
        found.append((name, heading(register, name), f"{row['meaning']}{needed}", row["write"], rules))
    return found


def file_name(register: Register, ending: str, *, invented: bool, part: bool = False) -> str:
    """challenges.csv, challenges_as_filtered_invented.xlsx"""
    return f"{register.name}{'_as_filtered' if part else ''}{'_invented' if invented else ''}.{ending}"
