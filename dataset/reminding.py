"""What is outstanding in words that can be sent to those who owe it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from dataset.returns_calendar import Standing
from dataset.spreadsheets import harmless
from dataset.tables import return_named


def outstanding_line(one: Standing) -> str:
    """Who owes which return, and since when."""
    verb = "was" if one.overdue else "is"
    title = return_named(one.duty.dataset).about.title
    return f"{one.duty.agency.name}: {title}, {one.quarter}, {verb} due {one.due_on:%d/%m/%Y}"


def outstanding_text(owed: Sequence[Standing]) -> str:
    """The list as plain text for a message."""
    return "\n".join(["Safeguarding returns outstanding:", *(f"- {outstanding_line(one)}" for one in owed)])


def outstanding_csv(owed: Sequence[Standing]) -> str:
    """The list as a table, days as Excel takes them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["agency", "return", "quarter", "due_on", "state"])
    for one in owed:
        title = return_named(one.duty.dataset).about.title
        cells = (one.duty.agency.name, title, str(one.quarter), f"{one.due_on:%d/%m/%Y}", one.words.split(" ", 1)[1])
        writer.writerow([harmless(cell) for cell in cells])
    return "\ufeff" + text.getvalue()
