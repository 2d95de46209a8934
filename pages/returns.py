"""Returns: who has sent what, quarter by quarter, and what is outstanding."""

from __future__ import annotations

import streamlit as st

from dataset.ledger import Submission
from dataset.quarter import Quarter
from dataset.returns_calendar import STATES, Standing, outstanding, overview
from dataset.tables import return_named
from pages.parts.choosing import pick_as_at
from pages.parts.drawing import bullet_list, details, draw, safe, table
from pages.parts.held import view
from safeguarding_metrics import wording


def main() -> None:
    """Draw the screen."""
    seen = view(pick_as_at())
    last = Quarter.of(seen.today)
    owed = outstanding(seen.reading, last, seen.today)
    st.title(_answer(owed, bool(seen.reading.counting)))
    draw(
        f'<p class="quiet">As of {seen.today:%d/%m/%Y}. Due dates are working days after the quarter ends; '
        "England's bank holidays do not count.</p>"
    )
    if owed:
        items = [
            f"{safe(one.duty.agency.name)}: {safe(return_named(one.duty.dataset).about.title)}, {one.quarter}, "
            f"{'was' if one.state == 'missing' else 'is'} due {one.due_on:%d/%m/%Y}"
            for one in owed
        ]
        draw(f'<section class="panel"><h2>Outstanding</h2>{bullet_list(items)}</section>')
    draw(_matrix(overview(seen.reading, last, seen.today)))
    draw(_key())
    draw(_ledger(seen.reading.entries))


def _answer(owed: list[Standing], anything: bool) -> str:
    missing = sum(one.state == "missing" for one in owed)
    if not anything:
        return "No return has been sent yet"
    if not missing:
        return "Every return that is due has been sent"
    return f"{missing} {'return is' if missing == 1 else 'returns are'} overdue"


def _matrix(rows: list[list[Standing]]) -> str:
    heads = ("Return and agency", *(str(one.quarter) for one in rows[0]))
    body = []
    for row in rows:
        duty = row[0].duty
        name = f'{safe(return_named(duty.dataset).about.title)}<span class="sub">{safe(duty.agency.name)}</span>'
        body.append((name, *(_cell(one) for one in row)))
    return table("Each return for the last eight quarters", heads, body, "matrix")


def _cell(one: Standing) -> str:
    if one.state == "not asked":
        return ""
    entry = one.entry if one.entry and one.entry.kind != "nil" else None
    rows = f'<span class="sub">{wording.counted(entry.records, "row")}</span>' if entry else ""
    when = f'<span class="sub">{one.due_on:%d/%m/%Y}</span>' if one.state in ("due", "missing") else ""
    return f'<span class="state state-{one.state.replace(" ", "-")}">{safe(one.words)}</span>{rows}{when}'


def _key() -> str:
    items = [
        f"{safe(glyph)} {safe(word)}: {safe(meaning)}" for glyph, word, meaning in STATES.values() if glyph.strip()
    ]
    return details("What the words mean", bullet_list(items))


def _ledger(entries: tuple[Submission, ...]) -> str:
    rows = [
        (
            f"Entry {e.id}",
            f"{e.recorded_at:%d/%m/%Y %H:%M} UTC",
            safe(f"{return_named(e.slot.dataset).about.title}, {e.slot.agency}, {e.slot.quarter}"),
            safe(_became(e)),
            safe(f"{wording.counted(e.records, 'row')}, {e.file_name}" if e.file_name else ""),
            safe(e.sent_by),
        )
        for e in reversed(entries[-60:])
    ]
    heads = ("Entry", "Received", "Return", "What became of it", "File", "Sent by")
    inner = table("The latest 60 entries of the ledger, newest first", heads, rows) if rows else "<p>Empty.</p>"
    return details(f"Ledger: {len(entries):,} entries, nothing is ever taken out", inner)


def _became(entry: Submission) -> str:
    if entry.status == "rejected":
        return "refused, nothing stored"
    word = {"nil": "nil return", "restatement": "restatement"}.get(entry.kind, "accepted")
    return f"{word}: {entry.reason}" if entry.reason else word


main()
