"""Data protection: what is held of people, why, how long and for whom, generated from the definitions."""

from __future__ import annotations

import streamlit as st

from dataset.purging import removals
from dataset.retention import WrongRetention, period_words
from dataset.table import ReturnType
from dataset.tables import RETURNS
from pages.parts.drawing import bullet_list, details, draw, safe, table
from pages.parts.held import View, say_and_stop, view
from safeguarding_metrics import protecting as words


def main() -> None:
    """Draw the screen."""
    seen = view()
    try:
        st.title(words.title(RETURNS))
    except WrongRetention as error:
        say_and_stop("The period of retention cannot be read", error)
    draw(f'<p>{safe(words.controller_words())}</p><p class="quiet">{safe(words.TO_CONFIRM)}</p>')
    draw(f"<h2>What is never held</h2>{bullet_list(map(safe, words.NEVER_HELD))}<p>{safe(words.REFUSED)}</p>")
    _record_of_processing()
    draw("<h2>What each return holds</h2>")
    for one in RETURNS:
        _held(one)
    of_users = table(
        "Everything, and for how long", words.OF_USERS_HEADS, [tuple(map(safe, row)) for row in words.OF_USERS]
    )
    draw(f"<h2>What is held of those who work with it</h2>{of_users}<p>{safe(words.IN_BACKUPS)}</p>")
    draw(f"<h2>How to ask for erasure</h2>{bullet_list(map(safe, words.ERASURE))}")
    draw(f'<p class="quiet">{safe(words.PARTS_GO)}</p>')
    _removed(seen)


def _record_of_processing() -> None:
    heads = ("Return", "Lawful basis", "Rows kept", "Sent by")
    rows = [
        (
            safe(one.about.title),
            safe(one.about.footing.lawful_basis),
            safe(period_words(one.about.footing)),
            safe(words.senders_words(one)),
        )
        for one in RETURNS
    ]
    draw(f"<h2>Record of processing</h2>{table('Every return, on what footing and how long', heads, rows)}")
    draw(f'<p class="quiet">{safe(words.setting_words())}</p>')


def _held(one: ReturnType) -> None:
    pairs = "".join(f"<dt>{safe(term)}</dt><dd>{safe(said)}</dd>" for term, said in words.footing_pairs(one))
    rows = [(safe(name), safe(column.meaning), safe(words.kind_words(column))) for name, column in one.stored().items()]
    columns = table(f"What a row of {one.about.title} holds", ("Column", "Meaning", "Holds"), rows)
    draw(details(one.about.title, f'<dl class="definition">{pairs}</dl>{columns}'))


def _removed(seen: View) -> None:
    entries = {entry.id: entry for entry in seen.reading.entries}
    found = [one for one in removals(seen.reading) if one.submission in entries]
    if not found:
        draw("<h2>Rows removed so far</h2><p>None.</p>")
        return
    heads = ("Removed", "What", "How much", "Why", "By")
    rows = [tuple(map(safe, words.removed_row(one, entries[one.submission]))) for one in reversed(found)]
    caption = words.removed_caption(found)
    draw(f"<h2>Rows removed so far</h2>{details(caption, table(caption, heads, rows))}")


main()
