"""Indicator: one measure whole: its figures, what they are out of, where they come from."""

from __future__ import annotations

import streamlit as st

from dataset.columns import Column
from dataset.published import figures_for
from dataset.quarter import Quarter
from pages.parts.choosing import pick, pick_as_at, pick_quarter
from pages.parts.comparing import comparators
from pages.parts.drawing import badge, bullet_list, details, draw, evidence, link, safe, table
from pages.parts.held import PLAN, View, progress_view, view
from pages.parts.narrating import thread, write_form
from safeguarding_metrics import publishing, wording
from safeguarding_metrics.charts import figure
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.measuring import Series, break_down, over
from safeguarding_metrics.progressing import OutcomeRow, data_state
from safeguarding_metrics.publishing_history import Step, history
from safeguarding_metrics.quarterly import is_special
from safeguarding_metrics.tracing import as_csv, explanations_behind, returns_behind, table_of


def main() -> None:
    """Draw the screen."""
    seen = view(pick_as_at())
    quarter = pick_quarter(seen)
    catalogue = {indicator.id: indicator for indicator in all_indicators(seen.settings)}
    chosen = pick(
        "Indicator",
        "indicator",
        list(catalogue),
        "msp_asked",
        shown=lambda name: f"{catalogue[name].theme}: {catalogue[name].title}",
        place=st.sidebar,
    )
    indicator = catalogue[chosen]
    series = seen.cube.get(chosen) or Series(indicator, ())
    outcomes = [row for row in progress_view(seen, quarter).numeric if row.outcome.indicator == chosen]
    _head(seen, indicator, series, quarter, outcomes)
    if series.quarters:
        _chart(seen, series, quarter, outcomes)
        _figures(seen, series, quarter)
        _said_by_senders(seen, indicator, quarter)
        _breakdown(seen, indicator, quarter)
    special = is_special(series, quarter)
    thread(seen, indicator, quarter, special_cause=special)
    write_form(seen, indicator, quarter, special_cause=special)
    comparators(seen, indicator, quarter)
    _definition(indicator)
    _published(seen, indicator, outcomes)
    _provenance(seen, indicator, quarter)


def _head(seen: View, indicator: Indicator, series: Series, quarter: Quarter, outcomes: list[OutcomeRow]) -> None:
    year_to_date = over(series, indicator, quarter.year_to_date())
    st.title(wording.headline(indicator.title, year_to_date, quarter.financial_year))
    rolling = over(series, indicator, quarter.rolling_year())
    state = data_state(indicator, year_to_date, quarter, seen.today)
    lines = [f"{safe(indicator.question)} {safe(wording.polarity_words(indicator.polarity).capitalize())}."]
    said = [f"Data: {state.lower() if state != '–' else 'no figure'}"]
    if rolling.complete and not indicator.is_yearly:
        said.append(f"the four quarters to {quarter}: {wording.figure_words(rolling.count)}")
    if caution := wording.small_numbers_words(year_to_date.count):
        said.append(caution)
    lines.append(safe("; ".join(said)) + ("" if caution else "."))
    draw("".join(f'<p class="lead">{line}</p>' for line in lines))
    for row in outcomes:
        _verdict(row)
    if not series.quarters:
        st.info(f"No return of {indicator.table.about.title} has been sent yet. Upload is where it starts.")


def _verdict(row: OutcomeRow) -> None:
    draw(
        f'<section class="panel calm"><h2>Outcome {safe(row.outcome.id)} of the {safe(PLAN.title)}</h2>'
        f"<p>{badge(row.judgement.status)} {evidence(row.judgement.evidence)}</p><p>{safe(row.sentence)}</p>"
        f'<p class="quiet">{safe(row.outcome.promise)} ({safe(row.outcome.place)}). '
        f"Baseline: {safe(wording.baseline_words(row.outcome.baseline))}. {safe(row.outcome.how_we_read)}</p></section>"
    )


def _chart(seen: View, series: Series, quarter: Quarter, outcomes: list[OutcomeRow]) -> None:
    drawn, alt = figure(series, quarter, outcomes[0].outcome if outcomes else None, seen.settings)
    st.plotly_chart(drawn, alt=f"{series.indicator.title}. {alt}", config={"displayModeBar": False}, key="chart")
    source = "invented returns" if seen.invented else "returns of the agencies"
    draw(f'<p class="quiet">{safe(alt)} Source: {source}.</p>')


def _figures(seen: View, series: Series, quarter: Quarter) -> None:
    rows = [
        (str(one), safe(wording.figure_words(own.count)), safe(wording.figure_words(year.count)), safe(said))
        for one, own, year, said in table_of(series, quarter)
    ]
    heads = ("Quarter", "This quarter", "Year to date", "Data")
    shown, rest = rows[:8], rows[8:]
    draw(table(f"{series.indicator.title}, quarter by quarter", heads, shown))
    if rest:
        draw(details(f"{len(rest)} earlier quarters", table("Earlier quarters", heads, rest)))
    st.download_button(
        "Download these figures (CSV)",
        as_csv(series, quarter, invented=seen.invented),
        f"{series.indicator.id}_{str(quarter).replace('/', '-').replace(' ', '_')}.csv",
        "text/csv",
    )


def _said_by_senders(seen: View, indicator: Indicator, quarter: Quarter) -> None:
    """The reasons senders gave when the intake asked about a return; nothing when it never did."""
    rows = [
        (safe(f"{entry.slot.agency}, {entry.slot.quarter}"), safe(one.message), safe(one.reason))
        for entry, one in explanations_behind(seen.reading, indicator, quarter.year_to_date())
    ]
    if not rows:
        return
    caption = f"Asked about the returns of {quarter.financial_year} up to {quarter}"
    heads = ("Agency and quarter", "What was queried", "The sender's reason")
    draw(f"<h2>What senders said about these figures</h2>{table(caption, heads, rows)}")


def _breakdown(seen: View, indicator: Indicator, quarter: Quarter) -> None:
    if not indicator.breakdowns:
        return
    names: dict[str, Column] = indicator.table.columns()
    by = pick("Break down by", "by", ["none", *indicator.breakdowns], "none", shown=lambda name: name.replace("_", " "))
    if by == "none":
        return
    parts = break_down(seen.reading, indicator, by, quarter.year_to_date())
    rows = [
        (safe(part), safe(wording.figure_words(count)), safe(wording.small_numbers_words(count)))
        for part, count in parts.items()
        if count.n or (count.n is None and count.k)
    ]
    caption = f"{indicator.title} by {by.replace('_', ' ')}, {quarter.financial_year} up to {quarter}"
    draw(table(caption, ("Part", "Figure", "Caution"), rows) + f'<p class="quiet">{safe(names[by].meaning)}</p>')


def _definition(indicator: Indicator) -> None:
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


def _published(seen: View, indicator: Indicator, outcomes: list[OutcomeRow]) -> None:
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


def _provenance(seen: View, indicator: Indicator, quarter: Quarter) -> None:
    entries = returns_behind(seen.reading, indicator, quarter.year_to_date())
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
    inner = table(caption, heads, rows) if rows else "<p>No return for this year has been accepted.</p>"
    draw(f"<h2>Where the figure comes from</h2>{inner}")


main()
