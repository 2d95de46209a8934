"""Progress: the chair asks “are we on track?”, the title answers."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dataset.tables import return_named
from pages.parts.choosing import as_reported, frozen_meetings, pick_as_at, pick_quarter, words_for
from pages.parts.drawing import badge, bullet_list, details, draw, evidence, link, missing_return, picture, safe, table
from pages.parts.held import View, followed, progress_view, since_meeting, view
from pages.parts.taking import take_table
from safeguarding_metrics import wording
from safeguarding_metrics.charts import goals_of, sparkline
from safeguarding_metrics.judging import Status
from safeguarding_metrics.progress_files import progress_table
from safeguarding_metrics.progressing import OutcomeRow, Progress
from safeguarding_metrics.registers.summaries import (
    challenge_summary,
    delivery_line,
    delivery_summary,
    evidence_line,
    risk_lines,
)

SHOWN_FIRST = 5
HEADS = ("Outcome", "Status", "Figure", "Milestone", "Year before", "Line", "Data")


def main() -> None:
    """Draw the screen."""
    seen = view(pick_as_at())
    quarter = pick_quarter(seen)
    shown = progress_view(seen, quarter)
    st.title(shown.answer)
    draw(f'<p class="lead">{safe(shown.detail)} {_earlier(shown)}</p>' + _basis(seen, shown))
    if not seen.reading.counting:
        draw('<p class="lead"><a href="upload" target="_self">Send the first return</a> to see figures here.</p>')
    _discuss(shown)
    status = _pick_status(shown)
    draw(_outcomes(seen, shown, status))
    evidence = followed(seen, quarter).evidence
    take_table(seen, lambda: progress_table(shown, evidence, status), "outcomes", quarter)
    _what_is_missing(seen, shown)
    _registers(seen, shown)
    _since_the_last_meeting(seen, shown)
    draw(_key())


def _earlier(shown: Progress) -> str:
    if shown.last_judged is None:
        return ""
    return link("progress", f"Show {shown.last_judged.financial_year}", quarter=str(shown.last_judged))


def _basis(seen: View, shown: Progress) -> str:
    whose = "invented returns" if seen.invented else "returns of the agencies"
    return (
        f'<p class="quiet">{safe(shown.plan.title)} · financial year {shown.quarter.financial_year} '
        f"up to {shown.quarter} · {safe(as_reported(seen))} · source: {whose}, published figures where named. "
        f"{link('easy_read', 'Read this in easy words', quarter=str(shown.quarter))}</p>"
    )


def _discuss(shown: Progress) -> None:
    if not shown.discuss:
        return
    items = [
        f"{link('indicator', row.outcome.title, indicator=str(row.outcome.indicator), quarter=str(shown.quarter))}. "
        f"{safe(row.sentence)}"
        for row in shown.discuss
    ]
    draw(
        f'<section class="panel"><h2>Needs discussion: furthest from their milestone</h2>{bullet_list(items)}</section>'
    )


def _pick_status(shown: Progress) -> Status | None:
    """Counts by status; choosing one filters the table, and the choice is in the address."""
    order: list[Status] = [status for status in wording.STATUS if shown.counts.get(status)]
    asked = st.query_params.get("status", "")
    chosen = st.pills(
        "Outcomes by status (choose one to see only those)",
        order,
        default=next((status for status in order if status == asked), None),
        format_func=words_for(order, lambda status: f"{wording.status_words(status)}: {shown.counts[status]}"),
        key=f"status_{shown.quarter.id}",
    )
    if chosen:
        st.query_params["status"] = chosen
    else:
        st.query_params.pop("status", None)
    return chosen


def _outcomes(seen: View, shown: Progress, status: Status | None) -> str:
    rows: list[tuple[str, ...]] = []
    evidence_of = {row.outcome.id: evidence_line(row) for row in followed(seen, shown.quarter).evidence}
    for priority in shown.plan.priorities:
        mine = [row for row in shown.rows if row.priority is priority and status in (None, row.judgement.status)]
        if mine:
            rows.append((f"Priority {priority.number}. {safe(priority.title)}",))
        rows += [_cells(seen, shown, row) for row in mine if row.is_numeric]
        if unmeasured := [row for row in mine if not row.is_numeric]:
            rows.append((_without_number(unmeasured, evidence_of), "plain"))
    return table(
        f"Outcomes of the {shown.plan.title}, {shown.quarter.financial_year} up to {shown.quarter}",
        HEADS,
        rows,
        "outcomes",
    )


def _without_number(rows: list[OutcomeRow], evidence_of: Mapping[str, str]) -> str:
    """The outcomes of a priority that promise something without a number, side by side with the rest."""
    items = [
        f"{safe(row.outcome.id)} {safe(row.outcome.title)}"
        f'<span class="sub">{safe(evidence_of[row.outcome.id])}</span>{_behind(row)}'
        for row in rows
    ]
    return f'{badge("no_measure")}<span class="sub">{safe(rows[0].sentence)}</span>{bullet_list(items)}'


def _cells(seen: View, shown: Progress, row: OutcomeRow) -> tuple[str, ...]:
    key = (row.outcome.id, shown.quarter)
    return seen.reading.carried.once("progress cells", key, (row, seen.settings), lambda: _made_cells(seen, shown, row))


def _made_cells(seen: View, shown: Progress, row: OutcomeRow) -> tuple[str, ...]:
    judgement = row.judgement
    name = (
        safe(row.outcome.id)
        + " "
        + link("indicator", row.outcome.title, indicator=str(row.outcome.indicator), quarter=str(shown.quarter))
    )
    count = judgement.figure.count if judgement.figure else None
    counts = f"{count.k:,} of {count.n:,}, " if count and count.n else ""
    figure = (
        f'<span class="big">{safe(wording.value_words(count))}</span>'
        f'<span class="sub">{counts}{safe(wording.period_words(judgement.figure, judgement.year))}</span>'
    )
    milestone = (
        f'{safe(judgement.goal.words if judgement.goal else "none set")}<span class="sub">{judgement.year}</span>'
    )
    if gap := wording.gap_words(judgement):
        milestone += f'<span class="sub">{safe(gap)}</span>'
    before = row.year_before.count if row.year_before else None
    year_before = f'{safe(wording.value_words(before))}<span class="sub">{_of(before)}</span>'
    return (
        name + _behind(row),
        badge(judgement.status) + evidence(judgement.evidence),
        figure,
        milestone,
        year_before,
        _line(seen, shown, row),
        safe(row.data_state),
    )


def _of(count: object) -> str:
    k, n = getattr(count, "k", None), getattr(count, "n", None)
    return f"{k:,} of {n:,}" if n else ""


def _line(seen: View, shown: Progress, row: OutcomeRow) -> str:
    if row.series is None or not row.series.quarters:
        return ""
    return picture(*sparkline(row.series, shown.quarter, goals_of(row.outcome, seen.settings)))


def _behind(row: OutcomeRow) -> str:
    """One step behind a row: the promise, how it is read, the baseline and what documents dispute."""
    parts = [f"<p>{safe(row.outcome.promise)} ({safe(row.outcome.place)})</p>"]
    if row.is_numeric:
        parts.insert(0, f"<p><strong>{safe(row.sentence)}</strong></p>")
        parts.append(f"<p>How we read this: {safe(row.outcome.how_we_read)}</p>")
        parts.append(f"<p>Baseline: {safe(wording.baseline_words(row.outcome.baseline))}.</p>")
        if said := wording.progress_words(row.judgement.progress):
            parts.append(f"<p>From the baseline to the milestone: {safe(said)}.</p>")
        parts += [f"<p>⚠ {safe(conflict.sentence)}</p>" for conflict in row.conflicts]
    mark = " · documents differ" if row.conflicts else ""
    return details(f"More{mark}", "".join(parts))


def _what_is_missing(seen: View, shown: Progress) -> None:
    missing = [missing_return(*one, seen.settings) for one in shown.missing]
    restated = [
        f"{safe(return_named(e.slot.dataset).about.title)} of {safe(e.slot.agency)}, {e.slot.quarter}, "
        f"on {e.recorded_at:%d/%m/%Y}: {safe(e.reason)}"
        for e in shown.restated
    ]
    body = bullet_list(missing) if missing else "<p>Every return due for this year so far is in.</p>"
    if restated:
        body += f"<h3>Restated this year</h3>{bullet_list(restated)}"
    draw(f'<section class="panel calm"><h2>Returns not sent</h2>{body}</section>')


def _registers(seen: View, shown: Progress) -> None:
    """Delivery, risks and challenges in short, with the way to each register."""
    found = followed(seen, shown.quarter)
    delivery = details(
        delivery_summary(found.delivery), bullet_list(safe(delivery_line(row)) for row in found.delivery)
    )
    risks = [safe(line) for line in risk_lines(found)]
    threshold = seen.settings.risk_threshold
    high = bullet_list(risks) if risks else f"<p>No open risk has a score of {threshold} or more.</p>"
    ways = " · ".join(
        link("registers", title, register=name)
        for name, title in (("delivery", "Delivery plan"), ("risks", "Risk register"), ("challenges", "Challenge log"))
    )
    draw(
        f'<section class="panel calm"><h2>Delivery actions</h2>{delivery}'
        f"<h2>Risks scored {threshold} and over</h2>{high}"
        f"<h2>Challenges</h2><p>{safe(challenge_summary(found))}.</p><p>{ways}</p></section>"
    )


def _since_the_last_meeting(seen: View, shown: Progress) -> None:
    last = next(iter(frozen_meetings(seen)), None)
    if last is None:
        return
    found = since_meeting(seen, shown.quarter, last)
    items = [safe(one.sentence) for one in found]
    body = bullet_list(items[:SHOWN_FIRST]) if items else "<p>Nothing is otherwise than the meeting saw it.</p>"
    if more := items[SHOWN_FIRST:]:
        body += details(f"{len(more)} more", bullet_list(more))
    way = link("meetings", last.title, meeting=last.reference)
    draw(f'<section class="panel calm"><h2>What has changed since the last meeting</h2><p>{way}</p>{body}</section>')


def _key() -> str:
    meanings = {
        "met": "the figure keeps the milestone, exactly compared",
        "near": "within the tolerance a partnership has set; none is set unless said",
        "not_met": "the figure misses the milestone",
        "not_attainable": "no whole number of cases could keep it, so no verdict",
        "incomplete": "an agency has not sent a return, or the year must end first",
        "no_data": "nothing was sent, or there was no case to divide by",
        "no_baseline": "a change was promised from a start nobody has measured",
        "no_milestone": "the plan gives none for this year; none is carried forward",
        "no_measure": "the plan promises it without a number",
    }
    items = [f"{badge(status)} {safe(meanings[status])}" for status in wording.STATUS]
    more = (
        "<p>Evidence compares the 95% interval of the underlying rate with the milestone. The percentage is the "
        "probability that the underlying rate meets it.</p>"
    )
    return details("What the words mean", bullet_list(items) + more)


main()
