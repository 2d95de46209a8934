"""What is otherwise between two records, as a table with the way to each figure."""

from __future__ import annotations

from collections.abc import Sequence

from pages.parts.drawing import bullet_list, details, link, safe, table
from safeguarding_metrics.meetings.changes import Change
from safeguarding_metrics.meetings.wording import figures_first, kind_words

HEADS = ("What", "Which", "Before", "After", "Size", "Why")


def changed(title: str, lead: str, sent_again: Sequence[str], found: Sequence[Change], quarter: str) -> str:
    """A section: figures and verdicts first, the registers one step behind."""
    figures, registers = figures_first(found)
    body = f"<p>{safe(lead)}</p>"
    if sent_again:
        body += bullet_list(safe(one) for one in sent_again)
    if figures:
        body += _table("Verdicts and figures", figures, quarter)
    if registers:
        caption = "Entries of the registers"
        body += details(f"{caption}: {len(registers)}", _table(caption, registers, quarter))
    return f'<section class="meeting"><h2>{safe(title)}</h2>{body}</section>'


def _table(caption: str, found: Sequence[Change], quarter: str) -> str:
    return table(caption, HEADS, [_cells(one, quarter) for one in found], "since")


def _cells(one: Change, quarter: str) -> tuple[str, ...]:
    which = link("indicator", one.title, indicator=one.indicator, quarter=quarter) if one.indicator else safe(one.title)
    return safe(kind_words(one)), which, safe(one.before), safe(one.after), safe(one.size), safe(one.reason)
