"""Quarter: what must be discussed, why, and who owes an explanation?"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dataset.agencies import AGENCIES
from pages.parts.choosing import as_reported, pick, pick_as_at, pick_quarter
from pages.parts.drawing import badge, bullet_list, details, draw, evidence, link, missing_return, picture, safe, table
from pages.parts.held import View, quarter_rows, view
from pages.parts.narrating import narrative_badge
from pages.parts.taking import take_table
from safeguarding_metrics import wording
from safeguarding_metrics.charts import sparkline
from safeguarding_metrics.judging import Evidence
from safeguarding_metrics.measuring import PeriodCount
from safeguarding_metrics.narrating import AgencyNarrative, owed
from safeguarding_metrics.quarter_files import quarter_table
from safeguarding_metrics.quarter_wording import by_agency, why
from safeguarding_metrics.quarterly import QuarterRow, QuarterView, chosen

HEADS = ("Indicator", "This quarter", "Last quarter", "Year before", "Year to date", "Rolling year", "Verdicts", "Data")
WHICH = {"headline": "The plan and the headline set", "discuss": "Needs discussion", "all": "Every indicator"}
PEOPLE = {"all": "Children and adults", "children": "Children", "adults": "Adults"}
SHOWN_FIRST = 5
WIDE = 262  # pixels: three choices beside each other, each beneath the other on a phone
NAMED = 3
CELLS_HELD = 1_000  # of each indicator and quarter looked at


def main() -> None:
    """Draw the screen."""
    seen = view(pick_as_at())
    quarter = pick_quarter(seen)
    shown = quarter_rows(seen, quarter)
    st.title(shown.answer)
    draw(_basis(seen, shown))
    day = seen.today
    if seen.reading.counting:
        draw(seen.once(("discuss", quarter, day), lambda: _discuss_and_silence(seen, shown)))
    else:  # that everybody owes everything helps nobody to begin
        draw('<p class="lead"><a href="upload" target="_self">Send the first return</a> to see figures here.</p>')
    filters = _filters()
    draw(seen.once(("quarter", quarter, day, filters), lambda: _table(seen, shown, chosen(shown.rows, *filters))))
    take_table(seen, lambda: quarter_table(shown, chosen(shown.rows, *filters)), "quarter", quarter)


def _filters() -> tuple[str, str, str]:
    place = st.container(horizontal=True)  # three columns would be four blocks to send
    which = pick("Show", "show", list(WHICH), "headline", shown=WHICH.__getitem__, place=place, width=WIDE)
    people = pick("About", "about", list(PEOPLE), "all", shown=PEOPLE.__getitem__, place=place, width=WIDE)
    names = {"any": "Any agency"} | {agency.code: agency.name for agency in AGENCIES}
    agency = pick("Owner", "agency_owner", list(names), "any", shown=names.__getitem__, place=place, width=WIDE)
    return which, agency, people


def _basis(seen: View, shown: QuarterView) -> str:
    whose = "invented returns" if seen.invented else "returns of the agencies"
    number = wording.counted(len(shown.rows), "indicator")
    return f'<p class="quiet">{shown.quarter} · {number} · {safe(as_reported(seen))} · source: {whose}.</p>'


def _discuss_and_silence(seen: View, shown: QuarterView) -> str:
    return f'<div class="pair">{_discuss(shown)}{_silence(seen, shown)}</div>'


def _discuss(shown: QuarterView) -> str:
    items = [
        f"{_name(shown, row)} <strong>{safe(why(row.reasons))}</strong>. {safe(row.why)}"
        for row in shown.discuss[:SHOWN_FIRST]
    ]
    more = [f"{_name(shown, row)} <strong>{safe(why(row.reasons))}</strong>" for row in shown.discuss[SHOWN_FIRST:]]
    body = bullet_list(items) if items else "<p>No figure of this quarter needs discussion.</p>"
    if more:
        body += details(f"{len(more)} more", bullet_list(more))
    return f'<section class="panel"><h2>To discuss, most pressing first</h2>{body}</section>'


def _silence(seen: View, shown: QuarterView) -> str:
    missing = [missing_return(*one, seen.settings) for one in shown.missing]
    owed_now = [
        f"<strong>{safe(agency.name)}</strong>, {wording.counted(len(parts), 'comment')}: {_some(shown, parts)}"
        for agency, parts in by_agency(owed(shown.narratives.values()))
    ]
    sent = bullet_list(missing) if missing else "<p>Every return due for this quarter is in.</p>"
    explain = bullet_list(owed_now) if owed_now else "<p>Nobody: no comment is owed.</p>"
    return (
        f'<section class="panel calm"><h2>Who owes an explanation</h2>{explain}'
        f"<h2>Returns not sent for {shown.quarter}</h2>{sent}</section>"
    )


def _some(shown: QuarterView, parts: Sequence[AgencyNarrative]) -> str:
    """The first few by name, those one step behind all the rest."""
    links = [
        link("indicator", one.indicator.title, indicator=one.indicator.id, quarter=str(shown.quarter)) for one in parts
    ]
    more = details(f"{len(links) - NAMED} more", bullet_list(links[NAMED:])) if len(links) > NAMED else ""
    return ", ".join(links[:NAMED]) + more


def _name(shown: QuarterView, row: QuarterRow) -> str:
    return link("indicator", row.indicator.title, indicator=row.indicator.id, quarter=str(shown.quarter))


def _table(seen: View, shown: QuarterView, rows: list[QuarterRow]) -> str:
    body: list[tuple[str, ...]] = []
    section = ""
    for row in rows:
        place = f"Priority {row.priority.number}. {row.priority.title}" if row.priority else row.indicator.theme
        if place != section:
            body.append((safe(place),))
            section = place
        body.append(_cells(seen, shown, row))
    caption = f"{shown.quarter}: {wording.counted(len(rows), 'indicator')}"
    return table(caption, HEADS, body, "quarter")


def _cells(seen: View, shown: QuarterView, row: QuarterRow) -> tuple[str, ...]:
    made_of = (row, shown.narratives[row.indicator.id])
    key = (row.indicator.id, shown.quarter)
    return seen.reading.carried.once("quarter cells", key, made_of, lambda: _made_cells(shown, row), CELLS_HELD)


def _made_cells(shown: QuarterView, row: QuarterRow) -> tuple[str, ...]:
    return (
        _name(shown, row) + _line(shown, row) + details("In words", f"<p>{safe(row.sentence)}</p>"),
        _figure(row.own),
        _figure(row.last),
        _figure(row.year_ago),
        _figure(row.to_date),
        _figure(row.rolling) if row.rolling else '<span class="sub">fewer than four quarters</span>',
        _verdicts(row),
        _commented(shown, row)
        + safe(row.data)
        + "".join(f'<span class="sub">{safe(mark)}</span>' for mark in row.marks),
    )


def _figure(figure: PeriodCount) -> str:
    count = figure.count
    counts = f'<span class="sub">{count.k:,} of {count.n:,}</span>' if count and count.n else ""
    return f'<span class="big">{safe(wording.value_words(count))}</span>{counts}'


def _line(shown: QuarterView, row: QuarterRow) -> str:
    if row.series is None or not row.series.quarters:
        return ""
    return picture(*sparkline(row.series, shown.quarter, {}))


def _commented(shown: QuarterView, row: QuarterRow) -> str:
    state = shown.narratives[row.indicator.id].state
    return "" if state == "not_needed" else f"{narrative_badge(state)}<br>"


def _verdicts(row: QuarterRow) -> str:
    parts = []
    if row.judgement is not None:
        found: Evidence | None = row.judgement.evidence
        parts.append(badge(row.judgement.status) + evidence(found))
    if row.control is not None:
        said = [
            words for words in (wording.variation_words(row.control), wording.assurance_words(row.control)) if words
        ]
        parts += [f'<span class="evidence">{safe(words)}</span>' for words in said]
    if row.compared:
        parts.append(f'<span class="evidence">{safe(row.compared)}</span>')
    return "".join(parts) or '<span class="evidence">no milestone</span>'


main()
