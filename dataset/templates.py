"""What an agency needs before it sends: the template, the column guide and an example, from the class."""

from __future__ import annotations

import csv
import io

from dataset.columns import Day, example_row
from dataset.counts.catalogue import measures_of
from dataset.quarter import Quarter
from dataset.table import ReturnType
from dataset.tables.agency_counts import AgencyCount

# Excel on a computer set to English (UK) opens UTF-8 rightly only when it finds this mark.
_MARK = "\ufeff"


def template_csv(table: ReturnType) -> str:
    """The header alone, ready to be filled in."""
    return _MARK + _csv([list(table.columns())])


def prefilled_rows(table: ReturnType, agency_code: str, quarter: Quarter) -> list[list[str]]:
    """The rows an agency has only to put its numbers in: one for each count it owes; none for other returns."""
    if table is not AgencyCount:
        return []
    return [
        [str(quarter), measure.id, part, "", ""]
        for measure in measures_of(agency_code)
        if measure.is_due_in(quarter.number)
        for part in measure.words
    ]


def prefilled_csv(table: ReturnType, agency_code: str, quarter: Quarter) -> str:
    """The template as one agency gets it for one quarter: the header, and the rows it owes a number for."""
    return _MARK + _csv([list(table.columns()), *prefilled_rows(table, agency_code, quarter)])


def example_csv(table: ReturnType, quarter: Quarter, rows: int = 3) -> str:
    """A return for `quarter` that passes every check, with invented rows."""
    columns = table.columns()
    made, keys = [], set()
    for number in range(1, rows + 1):
        row = example_row(columns, quarter, number)
        key = tuple(row[name] for name in table.key)
        if key not in keys:
            made.append([row[name] for name in columns])
            keys.add(key)
    return _MARK + _csv([list(columns), *made])


def guide_rows(table: ReturnType) -> list[dict[str, str]]:
    """One row a column: its heading, meaning, whether it must be filled, what may be written, an example."""
    quarter = Quarter(2023, 1)
    rules = [rule.statement() for rule in table.rules]
    return [
        {
            "column": name,
            "meaning": column.meaning,
            "needed": "must be filled" if column.required else "may be blank",
            "write": column.accepts(),
            "example": column.example_for(quarter, 1) + (" (in 2023/24 Q1)" if isinstance(column, Day) else ""),
            "rules": "; ".join(rule for rule in rules if rule.startswith(f"{name} ")),
        }
        for name, column in table.columns().items()
    ]


def guide_text(table: ReturnType) -> str:
    """The column guide as plain text."""
    about = table.about
    lines = [about.title, f"One row is {about.one_row_is}.", about.why, ""]
    for row in guide_rows(table):
        lines += [f"{row['column']} ({row['needed']}): {row['meaning']}", f"    Write {row['write']}."]
        if row["rules"]:
            lines.append(f"    Rule: {row['rules']}.")
    lines += ["", f"No two rows may have the same {' + '.join(table.key)}."]
    return "\n".join(lines)


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
