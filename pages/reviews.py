"""Reviews: what they keep finding, and is it being acted on? Cases by reference only, never by name."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from functools import partial

import streamlit as st

from dataset.quarter import Quarter
from pages.parts.choosing import pick, pick_as_at, pick_quarter
from pages.parts.drawing import bullet_list, details, draw, link, safe, table
from pages.parts.held import View, view
from pages.parts.taking import take_table
from safeguarding_metrics import review_wording as said
from safeguarding_metrics import wording
from safeguarding_metrics.measuring import PeriodCount
from safeguarding_metrics.review_files import review_tables
from safeguarding_metrics.review_learning import PointRow, PracticeRow, Tally
from safeguarding_metrics.reviewing import SPANS, Clock, RapidRow, Reviews, Themes, reviews

SHOWN_AT_ONCE = 8


def main() -> None:
    """Draw the screen."""
    seen = view(pick_as_at())
    quarter = pick_quarter(seen)
    span = pick("Period", "period", SPANS, "year", shown=lambda one: said.span_words(one, quarter), place=st.sidebar)
    shown = reviews(seen.reading, seen.cube, quarter, span, seen.settings, seen.today)
    st.title(shown.answer)
    detail = f'<p class="lead">{safe(shown.detail)}</p>' if shown.detail else ""
    draw(detail + _basis(seen, shown))
    if not shown.anything_sent:
        first = '<p class="lead"><a href="upload" target="_self">Send the first return</a> to see reviews here.</p>'
        draw(first + _conflicts(shown))
        return
    if missing := _missing(shown):
        draw(missing)
    tables = review_tables(shown)
    for part, words in PARTS:
        draw(part(shown))
        for name in (one for one in words if one in tables):
            take_table(seen, partial(tables.__getitem__, name), f"reviews_{name}_{span}", quarter, words[name])


def _basis(seen: View, shown: Reviews) -> str:
    whose = "invented returns" if seen.invented else "returns of the business unit"
    return (
        f'<p class="quiet">{safe(said.span_words(shown.span, shown.quarter))} · as it stood on {shown.day:%d/%m/%Y} · '
        f"source: {whose}. Reviews stand here by their reference, never by a name; so few cases are for the "
        "partnership's own members and not for publication.</p>"
    )


def _missing(shown: Reviews) -> str:
    if not shown.missing:
        return ""
    items = [f"{safe(agency.name)}: {safe(table_.about.title)}, {quarter}" for agency, table_, quarter in shown.missing]
    return f'<section class="panel"><h2>Not sent, so not in these figures</h2>{bullet_list(items)}</section>'


def _learning(shown: Reviews) -> str:
    head = "<h2>Learning points: where each has got to</h2>"
    note = said.as_sent_words(shown.learning.as_sent, shown.quarters[-1])
    note = f'<p class="lead">{safe(note)}</p>' if note else ""
    points = shown.learning.points
    if not points:
        return (
            f"{head}{note}<p>No learning point was open or done in {safe(said.period(shown.quarters, shown.span))}.</p>"
        )
    overdue = shown.learning.overdue
    panel = ""
    if overdue:
        listed = bullet_list(_overdue(point) for point in overdue[:SHOWN_AT_ONCE])
        more = len(overdue) - SHOWN_AT_ONCE
        rest = f"<p>And {more} more, in the list of every point below.</p>" if more > 0 else ""
        panel = f'<section class="panel"><h3>Overdue, the longest first</h3>{listed}{rest}</section>'
    everything = table("Every learning point", POINT_HEADS, [_point(point) for point in points])
    return (
        head
        + note
        + panel
        + _tallies("By review", "Review", shown.learning.by_review)
        + _tallies("By lead agency", "Lead agency", shown.learning.by_lead)
        + details(f"Every learning point: {len(points)}", everything)
    )


def _overdue(point: PointRow) -> str:
    return (
        f"<strong>{wording.counted(point.overdue_by, 'day')}</strong>: {safe(point.theme)}, {safe(point.lead)} "
        f'<span class="quiet">({safe(point.reference)}, due {point.due_on:%d/%m/%Y}, {safe(point.state.lower())})</span>'
    )


POINT_HEADS = ("Point", "Theme", "Lead agency", "Agreed", "Due", "State")


def _point(point: PointRow) -> tuple[str, ...]:
    state = f"{point.state}, {point.done_on:%d/%m/%Y}" if point.done_on else point.state
    if point.overdue_by:
        state += f", overdue by {wording.counted(point.overdue_by, 'day')}"
    if point.dropped:
        state += ", then left out"
    return (
        safe(point.reference) + f'<span class="sub">{safe(point.review_kind)}</span>',
        safe(point.theme),
        safe(point.lead),
        f"{point.agreed_on:%d/%m/%Y}",
        f"{point.due_on:%d/%m/%Y}",
        safe(state),
    )


def _tallies(caption: str, first: str, tallies: Iterable[Tally]) -> str:
    heads = (first, "Followed", "Done", "Open", "Overdue")
    rows = [
        (
            safe(one.name) + (f'<span class="sub">{safe(said.dropped_words(one))}</span>' if one.dropped else ""),
            str(one.followed),
            str(one.done),
            str(one.open),
            safe(said.overdue_words(one)),
        )
        for one in tallies
    ]
    return table(caption, heads, rows, "tally")


def _themes(shown: Reviews) -> str:
    return (
        "<h2>What reviews keep finding</h2>"
        + _years_by_themes("Rapid reviews: themes by financial year, as counts of the reviews", shown.rapid_themes)
        + f'<p class="quiet">{safe(said.CAUTION)}</p>'
        + _conflicts(shown)
        + details(
            "Safeguarding Adult Review referrals: themes by year",
            _years_by_themes("SAR referrals: themes by financial year, as counts of the referrals", shown.sar_themes),
        )
    )


def _years_by_themes(caption: str, themes: Themes) -> str:
    rows = [
        (
            _year(year.quarters) + _not_in(year.missing),
            *(safe(said.of_words(count.k, count.n) if count else "no return") for count in year.counts),
        )
        for year in themes.years
    ]
    return table(caption, ("Year", *themes.words), rows, "themes")


def _year(quarters: tuple[Quarter, ...]) -> str:
    return safe(said.period(quarters, "year"))


def _conflicts(shown: Reviews) -> str:
    items = [
        f"⚠ {safe(theme)}. {safe(conflict.sentence)} Neither is chosen here." for theme, conflict in shown.conflicts
    ]
    heading = "What the published documents dispute about these themes"
    return f'<section class="panel calm"><h3>{heading}</h3>{bullet_list(items)}</section>' if items else ""


def _rapid(shown: Reviews) -> str:
    when = said.period(shown.quarters, shown.span)
    head = "<h2>Rapid reviews and their clocks</h2>"
    if not shown.rapid:
        return f"{head}<p>No rapid review was completed in {safe(when)}.</p>"
    heads = ("Review", "Notified: 5 working days", "Completed: 15 working days", "Themes", "What follows")
    rows = [_rapid_cells(row) for row in shown.rapid]
    return (
        f'{head}<p class="lead">{safe(said.late_words(shown.rapid))}</p>'
        f'<p class="quiet">Working days of England, bank holidays left out; {safe(said.CLOCK_STARTS[shown.clock_starts])} '
        "(setting SAFEGUARDING_REVIEW_CLOCK; 002:601, 004:451).</p>"
        + table(f"Rapid reviews completed in {when}, the latest first", heads, rows, "clocks")
    )


def _rapid_cells(row: RapidRow) -> tuple[str, ...]:
    holidays = said.holidays_words(row)
    return (
        f'{safe(row.reference)}<span class="sub">aware {row.aware_on:%d/%m/%Y}</span>',
        f'{_clock(row.notify)}<span class="sub">{row.notified_on:%d/%m/%Y}: {safe(said.clock_words(row.notify))}</span>',
        f'{_clock(row.complete)}<span class="sub">{row.completed_on:%d/%m/%Y}: {safe(said.clock_words(row.complete))}'
        f"{f'; {safe(holidays)}' if holidays else ''}</span>",
        safe("; ".join(row.themes) or "none of the list"),
        safe(row.decision),
    )


def _clock(clock: Clock) -> str:
    glyph, words = said.clock_mark(clock)
    css = "not_met" if clock.late_by else "met"
    return f'<span class="badge badge-{css}"><span aria-hidden="true">{glyph}</span> {safe(words)}</span>'


def _practice(shown: Reviews) -> str:
    when, practice = said.period(shown.quarters, shown.span), shown.practice
    head = "<h2>Practice reviews</h2>"
    note = said.as_sent_words(practice.as_sent, shown.quarters[-1])
    note = f'<p class="lead">{safe(note)}</p>' if note else ""
    opened = table(
        f"Open on {shown.day:%d/%m/%Y}, the oldest first",
        ("Review", "Commissioned", "Open for", "To be published by"),
        [_open_review(row) for row in practice.open],
    )
    published = table(
        f"Published in {when}",
        ("Review", "Commissioned", "Published", "It took", "Learning points"),
        [_published_review(row) for row in practice.published],
    )
    none_open = "" if practice.as_sent is None else "<p>No practice review is open.</p>"
    return (
        head
        + note
        + (opened if practice.open else none_open)
        + (published if practice.published else f"<p>None was published in {safe(when)}.</p>")
        + '<p class="quiet">The partnership\'s documents print no term for publication, so none is judged here; a day '
        "that the partnership itself has set is shown.</p>"
    )


def _open_review(row: PracticeRow) -> tuple[str, ...]:
    return (
        _review(row),
        f"{row.commissioned_on:%d/%m/%Y}",
        safe(said.lasted_words(row.days)),
        safe(said.due_words(row)),
    )


def _published_review(row: PracticeRow) -> tuple[str, ...]:
    return (
        _review(row),
        f"{row.commissioned_on:%d/%m/%Y}",
        f"{row.published_on:%d/%m/%Y}",
        safe(said.lasted_words(row.days)),
        "–" if row.learning_points is None else str(row.learning_points),
    )


def _review(row: PracticeRow) -> str:
    return f'{safe(row.reference)}<span class="sub">{safe(row.kind)}</span>'


def _sars(shown: Reviews) -> str:
    when = said.period(shown.quarters, shown.span)
    head = "<h2>Safeguarding Adult Review referrals</h2>"
    if not shown.sars:
        return f"{head}<p>No referral was received in {safe(when)}.</p>"
    rows = [
        (safe(row.reference), f"{row.received_on:%d/%m/%Y}", safe("; ".join(row.themes) or "none"), safe(row.outcome))
        for row in shown.sars
    ]
    heads = ("Referral", "Received", "Themes", "Outcome")
    return head + table(f"SAR referrals received in {when}, the latest first", heads, rows)


def _how_often(shown: Reviews) -> str:
    items = [
        safe(said.since_words("a rapid review", shown.rapid_events, shown.day)),
        safe(said.since_words("a SAR referral", shown.sar_events, shown.day)),
    ]
    rows = [
        (_year(year.quarters), safe(said.rare_words(year.rapid_reviews)), safe(said.rare_words(year.sar_referrals)))
        for year in shown.years
    ]
    heads = ("Year", "Rapid reviews completed", "SAR referrals received")
    return (
        f"<h2>How often, and how long since the last</h2>{bullet_list(items)}"
        + table("Count of each year, with its 95% interval", heads, rows)
        + f'<p class="quiet">{safe(said.RARE)}</p>'
    )


def _compared(shown: Reviews) -> str:
    heads = ("Measure", *(said.span_words(span, shown.quarter) for span in SPANS))
    rows = [
        (
            link("indicator", one.indicator.title, indicator=one.indicator.id, quarter=str(shown.quarter)),
            *(_figure(figure) for figure in (one.year, one.before, one.rolling)),
        )
        for one in shown.compared
    ]
    return "<h2>Year to date, year before, rolling year</h2>" + table("Reviews in three periods", heads, rows)


def _figure(figure: PeriodCount) -> str:
    return safe(wording.figure_words(figure.count)) + _not_in(figure.missing)


def _not_in(missing: Sized) -> str:
    return f'<span class="sub">{safe(said.missing_words(missing))}</span>' if missing else ""


# Each part of the screen, and what the files of its tables are called on their buttons.
PARTS = (
    (_themes, {"themes": "These themes"}),
    (_learning, {"learning": "By review and agency", "points": "Every learning point"}),
    (_rapid, {"rapid": "These rapid reviews"}),
    (_practice, {"practice": "These practice reviews"}),
    (_sars, {"sars": "These referrals"}),
    (_how_often, {"years": "These years"}),
    (_compared, {"compared": "These three periods"}),
)

main()
