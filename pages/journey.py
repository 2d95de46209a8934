"""Journey: what happens to a child or an adult after somebody is worried, and is it getting better?"""

from __future__ import annotations

from operator import attrgetter

import streamlit as st

from pages.parts.choosing import pick, pick_as_at, pick_quarter
from pages.parts.drawing import bullet_list, draw, link, safe, table
from pages.parts.held import View, view
from pages.parts.taking import take_table
from safeguarding_metrics import wording
from safeguarding_metrics.journey_files import journey_table
from safeguarding_metrics.journey_wording import VERDICT, verdict_words
from safeguarding_metrics.journeying import Compared, JourneyView, RateRow, StepRow, journey_view
from safeguarding_metrics.journeys import JOURNEYS, Journey

HEADS = ("Step and what became of it", "This year", "Year before", "Change")


def main() -> None:
    """Draw the screen."""
    seen = view(pick_as_at())
    quarter = pick_quarter(seen)
    journey: Journey = pick(
        "Whose journey",
        "whose",
        JOURNEYS,
        JOURNEYS[0],
        code=attrgetter("id"),
        shown=lambda one: one.whose,
        place=st.sidebar,
    )
    shown = journey_view(seen.cube, journey, quarter, seen.settings)
    st.title(shown.answer)
    draw(f'<p class="lead">{safe(shown.story)}</p>{_basis(seen, shown)}{_other(shown)}')
    if said := _better_and_worse(shown):
        draw(said)
    draw(f'<ol class="journey">{"".join(_step(shown, row) for row in shown.steps)}</ol>')
    draw(_as_table(shown))
    take_table(seen, lambda: journey_table(shown), f"journey_{journey.id}", quarter)


def _basis(seen: View, shown: JourneyView) -> str:
    whose = "invented returns" if seen.invented else "returns of the agencies"
    return (
        f'<p class="quiet">Financial year {shown.quarter.financial_year} up to {shown.quarter}, beside the same quarters '
        f"of the year before · source: {whose} ({safe(shown.journey.source)} describe the way). The steps count different "
        "children or adults where a step says so: the numbers of two steps make no rate unless one is printed.</p>"
    )


def _other(shown: JourneyView) -> str:
    others = [one for one in JOURNEYS if one.id != shown.journey.id]
    links = [link("journey", one.whose, whose=one.id, quarter=str(shown.quarter)) for one in others]
    return f'<p class="quiet">See also: {", ".join(links)}</p>'


def _better_and_worse(shown: JourneyView) -> str:
    if not shown.better and not shown.worse:
        return ""
    parts = []
    for title, rates in (("Better than the year before", shown.better), ("Worse than the year before", shown.worse)):
        items = [f"{_named(shown, row)}: {safe(row.sentence)}" for row in rates]
        body = bullet_list(items) if items else "<p>None of the rates that have a better way.</p>"
        parts.append(f'<section class="panel calm"><h2>{title}</h2>{body}</section>')
    return f'<div class="pair">{"".join(parts)}</div>'


def _named(shown: JourneyView, row: RateRow) -> str:
    return link("indicator", row.indicator.title, indicator=row.indicator.id, quarter=str(shown.quarter))


def _step(shown: JourneyView, row: StepRow) -> str:
    rates = [
        f'<li>{_verdict(rate.compared)}<span class="said">{safe(rate.sentence)}</span> '
        f'<span class="sub">{_named(shown, rate)}</span></li>'
        for rate in row.rates
    ]
    cohort = f'<p class="cohort">Who is counted: {safe(row.step.cohort)}</p>' if row.step.cohort else ""
    number = wording.value_words(row.cases.now.count)
    return (
        f"<li><h2>{safe(row.step.title)}</h2>"
        f'<p class="quiet">{safe(row.step.what_happens)}</p>'
        f'<p class="cases"><span class="big">{safe(number)}</span> {safe(row.step.noun)}'
        f'<span class="sub">{safe(row.sentence)}</span></p>'
        f'{cohort}<ul class="rates">{"".join(rates)}</ul></li>'
    )


def _verdict(compared: Compared) -> str:
    found = compared.verdict
    glyph, words = VERDICT[found] if found else ("–", "Not compared")
    return (
        f'<span class="change change-{found or "none"}"><span aria-hidden="true">{glyph}</span> {safe(words)}</span> '
    )


def _as_table(shown: JourneyView) -> str:
    rows: list[tuple[str, ...]] = []
    for row in shown.steps:
        rows.append((safe(row.step.title),))
        rows.append(_cells(safe(row.step.noun), row.cases))
        rows += [_cells(_named(shown, rate), rate.compared) for rate in row.rates]
    caption = (
        f"{shown.journey.whose}: the same numbers as a table, {shown.quarter.financial_year} up to {shown.quarter}"
    )
    return table(caption, HEADS, rows)


def _cells(name: str, compared: Compared) -> tuple[str, ...]:
    now, before = (wording.figure_words(figure.count) for figure in (compared.now, compared.before))
    return (name, safe(now), safe(before), safe(verdict_words(compared.verdict)))


main()
