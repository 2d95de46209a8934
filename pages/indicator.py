"""Indicator: one measure whole: its figures, what they are out of, where they come from."""

from __future__ import annotations

import streamlit as st

from dataset.quarter import Quarter
from dataset.rebasing import in_force, rebases
from pages.parts.choosing import pick, pick_as_at, pick_quarter
from pages.parts.comparing import comparators
from pages.parts.drawing import badge, draw, evidence, safe
from pages.parts.held import PLAN, View, progress_view, view
from pages.parts.indicator_chart import chart_for, draw_chart, draw_figures, offer_files
from pages.parts.indicator_rebasing import rebase_form
from pages.parts.indicator_sources import breakdown, definition, provenance, published, said_by_senders
from pages.parts.narrating import thread, write_form
from safeguarding_metrics import indicator_wording as words
from safeguarding_metrics import wording
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.measuring import Series, over
from safeguarding_metrics.process_charts import is_special
from safeguarding_metrics.progressing import OutcomeRow, data_state


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
    versions = rebases(seen.reading)
    rebased = in_force(versions, chosen)
    if series.quarters:
        chart = chart_for(seen, series, quarter, outcomes, rebased)
        draw_chart(seen, chart, quarter)
        draw_figures(series, quarter, chart)
        offer_files(seen, series, quarter, chart)
        if chart.control is not None:
            rebase_form(seen, series, quarter, versions)
        said_by_senders(seen, indicator, quarter)
    special = is_special(series, quarter, rebased)
    thread(seen, indicator, quarter, special_cause=special)
    write_form(seen, indicator, quarter, special_cause=special)
    if series.quarters:
        breakdown(seen, indicator, quarter)
    comparators(seen, indicator, quarter)
    definition(indicator)
    published(seen, indicator, outcomes)
    provenance(seen, indicator, quarter)


def _head(seen: View, indicator: Indicator, series: Series, quarter: Quarter, outcomes: list[OutcomeRow]) -> None:
    year_to_date = over(series, indicator, quarter.year_to_date())
    st.title(words.title(year_to_date, indicator, quarter.financial_year))
    rolling = over(series, indicator, quarter.rolling_year())
    state = data_state(indicator, year_to_date, quarter, seen.today)
    lines = [f"{safe(indicator.question)} {safe(wording.polarity_words(indicator.polarity).capitalize())}."]
    said = [f"Data: {state.lower() if state != '–' else 'no figure'}"]
    if rolling.complete and indicator.adds_over_quarters and not indicator.is_yearly:
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


main()
