"""What an indicator means, its parts, what the documents print of it, and where its figure comes from."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dataset.access.acting import actor_now
from dataset.columns import Column
from dataset.ledger import Submission
from dataset.published import figures_for
from dataset.quarter import Quarter
from pages.parts.choosing import pick
from pages.parts.drawing import bullet_list, draw, link, safe, table
from pages.parts.held import View
from pages.parts.taking import WORKBOOK, offer, take_table
from safeguarding_metrics import indicator_wording as words
from safeguarding_metrics import publishing, wording
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.indicator_part_files import behind_table, parts_table, said_table
from safeguarding_metrics.measuring import RowsRemoved, break_down, over
from safeguarding_metrics.progressing import OutcomeRow
from safeguarding_metrics.publishing_files import as_csv, as_xlsx
from safeguarding_metrics.publishing_history import Step, history
from safeguarding_metrics.tracing import explanations_behind, may_see_rows, parts_overlap, returns_behind, rows_behind


def said_by_senders(seen: View, indicator: Indicator, quarter: Quarter) -> None:
    """The reasons senders gave when the intake asked about a return; nothing when it never did."""
    found = explanations_behind(seen.reading, indicator, quarter.year_to_date())
    rows = [
        (safe(f"{entry.slot.agency}, {entry.slot.quarter}"), safe(one.message), safe(one.reason))
        for entry, one in found
    ]
    if not rows:
        return
    caption = f"Asked about the returns of {quarter.financial_year} up to {quarter}"
    heads = ("Agency and quarter", "What was queried", "The sender's reason")
    draw(f"<h2>What senders said about these figures</h2>{table(caption, heads, rows)}")
    take_table(seen, lambda: said_table(indicator, found, quarter), f"{indicator.id}_said", quarter, "These reasons")


def breakdown(seen: View, indicator: Indicator, quarter: Quarter) -> None:
    """The parts of a figure, each with its counts and how sure it is."""
    if not indicator.breakdowns:
        return
    names: dict[str, Column] = indicator.table.columns()
    draw('<h2 class="on_screen">By part</h2>')  # on paper the table names itself, and without one there is nothing
    by = pick("Break down by", "by", ["none", *indicator.breakdowns], "none", shown=lambda name: name.replace("_", " "))
    if by == "none":
        return
    try:
        parts = break_down(seen.reading, indicator, by, quarter.year_to_date())
    except RowsRemoved as gone:
        draw(f"<p>{safe(gone)}</p>")
        return
    rows = [
        tuple(
            map(
                safe,
                (
                    part,
                    wording.figure_words(count),
                    words.interval_words(count, indicator),
                    wording.small_numbers_words(count),
                ),
            )
        )
        for part, count in parts.items()
        if count.n or (count.n is None and count.k)
    ]
    caption = f"{indicator.title} by {by.replace('_', ' ')}, {quarter.financial_year} up to {quarter}"
    notes = [names[by].meaning, words.INTERVAL, *([words.ADD_TO_MORE] if parts_overlap(indicator, by) else [])]
    shown = table(caption, ("Part", "Figure", "Uncertainty", "Caution"), rows) if rows else f"<p>{words.NO_PARTS}</p>"
    draw(shown + "".join(f'<p class="quiet">{safe(note)}</p>' for note in notes))
    if rows:
        name = f"{indicator.id}_by_{by}"
        take_table(seen, lambda: parts_table(indicator, by, parts, quarter), name, quarter, "These parts")


def definition(indicator: Indicator) -> None:
    """What is counted, out of what, why, and an example worked through."""
    example = indicator.example
    answer = f"{example.numerator} of {example.denominator}" if indicator.is_share else str(example.numerator)
    rows = ["; ".join(f"{k} = {v or '(blank)'}" for k, v in row.items()) or "one row" for row in example.rows]
    items = [
        ("Why it matters", indicator.why_it_matters),
        ("Numerator", indicator.counts),
        ("Denominator", indicator.out_of or "none: this is a count"),
        ("Left out, or to know", indicator.left_out or "nothing"),
        ("Return", indicator.table.about.title),
        ("From the documents", indicator.source),
    ]
    body = "".join(f"<dt>{safe(name)}</dt><dd>{safe(words)}</dd>" for name, words in items)
    body += f"<dt>Worked example</dt><dd>{bullet_list(safe(row) for row in rows)}Answer: {safe(answer)}.</dd>"
    draw(f'<h2>Definition</h2><dl class="definition">{body}</dl>')


def published(seen: View, indicator: Indicator, outcomes: list[OutcomeRow]) -> None:
    """What the documents print of the measure over the years, with every break, conflict and claim that fails."""
    measures = sorted({indicator.id} | {m for row in outcomes for m in row.outcome.measures})
    figures = [figure for measure in measures for figure in figures_for(measure)]
    if not figures:
        return
    draw("<h2>What the documents say</h2>")
    for conflict in publishing.conflicts_in(measures):
        said = publishing.conflict_sentence(conflict, seen.settings)
        draw(f'<p class="lead">⚠ Published figures differ. {safe(said)} Neither is chosen here.</p>')
    for claim in publishing.wrong_claims_in(measures):
        draw(f'<p class="lead">⚠ {safe(claim.sentence)}</p>')
    rows: list[tuple[str, ...]] = []
    for strand in history(figures):
        rows.append((safe(strand.title(seen.settings)),))
        rows += [_step(step) for step in strand.steps]
    heads = ("Period", "Figure", "As printed", "Document and line", "Break in the series", "To know")
    draw(table("Published figures in order of period", heads, rows, "series"))
    name = f"{indicator.id}_published"
    files = (
        ("Published figures (CSV)", lambda: as_csv(figures, seen.settings), f"{name}.csv", "text/csv"),
        ("Published figures (Excel)", lambda: as_xlsx(figures, seen.settings), f"{name}.xlsx", WORKBOOK),
    )
    offer("published", files)
    draw(f"<p>{link('published', 'Compare these and search all published figures', measure=figures[0].measure)}.</p>")


def _step(step: Step) -> tuple[str, ...]:
    one = step.figure
    return (
        f'{safe(one.period.label)}<span class="sub">{safe(one.period.kind)}</span>',
        safe(publishing.figure_words(one)),
        safe(f"“{one.as_printed}”"),
        f'{safe(one.place)}<span class="sub">{safe(one.document.short)}</span>',
        safe(step.words),
        safe(publishing.to_know(one)),
    )


def provenance(seen: View, indicator: Indicator, quarter: Quarter) -> None:
    """From the figure to its counts, to the returns it is made of, to the rows they hold."""
    figure = over(seen.cube.get(indicator.id), indicator, quarter.year_to_date())
    made_of = words.composed_sentence(figure, indicator, quarter.financial_year)
    entries = returns_behind(seen.reading, indicator, quarter.year_to_date())
    draw(f"<h2>Where the figure comes from</h2><p>{safe(made_of)}</p>{_returns(entries, quarter)}")
    if entries:
        name = f"{indicator.id}_returns"
        take_table(seen, lambda: behind_table(indicator, entries, quarter), name, quarter, "These returns")
    if figure.count is not None and figure.count.k:
        _rows(seen, indicator, figure.had)


def _returns(entries: Sequence[Submission], quarter: Quarter) -> str:
    rows = [
        (
            f"Entry {e.id}",
            safe(f"{e.slot.agency}, {e.slot.quarter}"),
            safe(wording.counted(e.records, "row") if e.kind != "nil" else "nil return"),
            safe(f"{e.sent_by}, {e.recorded_at:%d/%m/%Y}"),
            f'<span class="hash">{safe(e.sha256[:16])}</span>',
        )
        for e in entries
    ]
    caption = f"The returns behind {quarter.financial_year} up to {quarter}"
    heads = ("Entry", "Agency and quarter", "Rows", "Sent by, on", "sha256 begins")
    return table(caption, heads, rows) if rows else f"<p>{words.NO_RETURN}</p>"


def _rows(seen: View, indicator: Indicator, quarters: tuple[Quarter, ...]) -> None:
    """The rows that the numerator counts, when they are asked for and may be seen."""
    if not may_see_rows(actor_now(), indicator):
        draw(f'<p class="quiet">{safe(words.ROWS_NOT_SHOWN)}</p>')
        return
    if not st.toggle("Show the rows behind the numerator", key=f"rows_{indicator.id}"):
        return
    found = rows_behind(seen.reading, indicator, quarters)
    heads = ("Row", "Entry", "Agency and quarter", *(name.replace("_", " ") for name in found.columns))
    rows = [
        tuple(map(safe, (f"Row {one.record:,}", one.entry, f"{one.agency}, {one.quarter}", *one.cells)))
        for one in found.rows
    ]
    draw(
        f'<div class="wide" role="region" tabindex="0" aria-label="Rows behind the numerator">'
        f"{table(words.rows_caption(len(rows), found.total), heads, rows)}</div>"
        f'<p class="quiet">{safe(words.rows_note(indicator))}</p>'
    )
