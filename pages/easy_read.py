"""Progress in easy read: big type, one short sentence a line, what is going well, what is not, what comes next."""

from __future__ import annotations

import streamlit as st

from dataset.meetings import meetings
from pages.parts.choosing import pick_as_at, pick_quarter
from pages.parts.drawing import bullet_list, draw, link, safe
from pages.parts.held import followed, progress_view, view
from safeguarding_metrics.easy_reading import EasyGoal, EasyPart, EasyRead, easy_read
from safeguarding_metrics.easy_words import HARD_WORDS


def main() -> None:
    """Draw the screen."""
    seen = view(pick_as_at())
    quarter = pick_quarter(seen)
    shown = progress_view(seen, quarter)
    page = seen.once(
        ("easy read", quarter, seen.today),
        lambda: easy_read(shown, followed(seen, quarter), meetings(seen.reading), sent=bool(seen.reading.counting)),
    )
    st.title(page.title)
    before = shown.last_judged
    earlier = link("easy_read", f"See {before.financial_year}", quarter=str(before)) if before else ""
    draw(f'<div class="easy">{_about(page)}{_line(earlier)}{"".join(map(_part, page.parts))}{_hard_words()}</div>')
    draw(f"<p>{link('progress', 'See the same with all its figures', quarter=str(quarter))}</p>")


def _about(page: EasyRead) -> str:
    """The goals as a row of glyphs, which says no more than the counts beside it, then what the page is about."""
    marks = "".join(f"<span>{safe(mark)}</span>" for mark in page.marks)
    return f'<p class="marks" aria-hidden="true">{marks}</p>{_lines(page.about)}'


def _part(part: EasyPart) -> str:
    goals = f'<ul class="goals">{"".join(map(_goal, part.goals))}</ul>' if part.goals else ""
    return f"<section><h2>{safe(part.heading)}</h2>{_lines(part.lines)}{goals}</section>"


def _goal(goal: EasyGoal) -> str:
    glyph, words = goal.verdict
    verdict = f'<span class="badge badge-{goal.status}"><span aria-hidden="true">{glyph}</span> {safe(words)}</span>'
    return f"<li><h3>{safe(goal.name)}</h3><p>{verdict}</p>{_lines(goal.lines)}</li>"


def _lines(lines: tuple[str, ...]) -> str:
    return "".join(_line(safe(line)) for line in lines)


def _line(finished: str) -> str:
    return f"<p>{finished}</p>" if finished else ""


def _hard_words() -> str:
    items = (f"<strong>{safe(word)}</strong>: {safe(meaning)}" for word, meaning in HARD_WORDS)
    return f"<section><h2>Hard words</h2>{bullet_list(items)}</section>"


main()
