"""Definitions: everything the figures mean, generated from the definitions themselves."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import streamlit as st

from dataset.agencies import AGENCIES, DUTIES
from dataset.counts.exclusions import EXCLUSIONS
from dataset.demonstrating.counts import CANNOT_FOLLOW
from dataset.demonstrating.not_followed import NOT_MET
from dataset.table import ReturnType
from dataset.tables import RETURNS, return_named
from dataset.templates import guide_rows
from pages.parts.choosing import pick
from pages.parts.drawing import bullet_list, details, draw, link, safe, table
from pages.parts.held import PLAN, View, view
from pages.parts.taking import take_table
from safeguarding_metrics import wording
from safeguarding_metrics.defining import adding_words, breakdown_words, example_words, owner_words
from safeguarding_metrics.defining_files import (
    actions_table,
    agencies_table,
    glossary_table,
    indicators_table,
    milestones_table,
    not_followed_table,
    not_measured_table,
    returns_table,
)
from safeguarding_metrics.glossary import GLOSSARY
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.plan import Outcome
from safeguarding_metrics.settings import Settings

PARTS = ("indicators", "not measured", "returns", "plan", "agencies", "glossary")


def main() -> None:
    """Draw the screen."""
    seen = view()
    found = all_indicators(seen.settings)
    st.title(f"{len(found)} indicators from {len(RETURNS)} returns, and the plan they judge")
    part = pick("Show", "part", PARTS, "indicators", shown=str.capitalize)
    _part(seen, part, found)


def _part(seen: View, part: str, found: tuple[Indicator, ...]) -> None:
    """One part of the definitions with its files at the end."""
    if part == "indicators":
        draw(seen.store.carried.once("indicators defined", None, (found,), lambda: _indicators(found)))
        take_table(seen, lambda: indicators_table(found), "indicators", words="These definitions")
    elif part == "not measured":
        _not_measured(seen)
    elif part == "returns":
        for one in RETURNS:
            _return(one)
        take_table(seen, returns_table, "return_columns", words="Every column")
    elif part == "plan":
        _plan(seen.settings)
        take_table(seen, lambda: milestones_table(PLAN, seen.settings), "milestones", words="Outcomes and milestones")
        take_table(seen, lambda: actions_table(PLAN), "actions", words="Actions")
    elif part == "agencies":
        _agencies()
        take_table(seen, agencies_table, "agencies")
    else:
        draw(f'<dl class="definition">{_pairs(GLOSSARY)}</dl>')
        take_table(seen, glossary_table, "glossary", words="These terms")


def _pairs(items: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<dt>{safe(term)}</dt><dd>{safe(words)}</dd>" for term, words in items)


HEADS = ("Indicator", "Numerator", "Denominator", "Owner", "Polarity", "Source")


def _indicators(found: tuple[Indicator, ...]) -> str:
    html = ""
    first = [one for one in found if one.headline]
    if first:
        caption = f"The headline set: {wording.counted(len(first), 'indicator')} the partnership looks at first"
        html += details(caption, table(caption, HEADS, [_defined(one) for one in first]))
    for theme, group in groupby(found, key=lambda indicator: indicator.theme):
        rows = [_defined(one) for one in group]
        html += details(f"{theme}: {wording.counted(len(rows), 'indicator')}", table(theme, HEADS, rows))
    return html


def _defined(one: Indicator) -> tuple[str, ...]:
    more = (
        ("Why it matters", one.why_it_matters),
        ("Worked example", example_words(one)),
        ("May be added over", adding_words(one)),
        ("Broken down by", breakdown_words(one)),
        ("Left out", one.left_out or "nothing"),
    )
    star = '<span title="headline">★ </span>' if one.headline else ""
    return (
        star
        + link("indicator", one.title, indicator=one.id)
        + f'<span class="sub">{safe(one.question)}</span>'
        + details("Meaning and worked example", f'<dl class="definition">{_pairs(more)}</dl>'),
        safe(one.counts),
        safe(one.out_of or "none: a count"),
        safe(owner_words(one)),
        safe(wording.polarity_words(one.polarity)),
        safe(one.source),
    )


def _not_measured(seen: View) -> None:
    """What a reader may look for and not find, with the reason."""
    rows = [(safe(one.named), safe(one.reason), safe(one.source)) for one in EXCLUSIONS]
    draw(table("Named in the documents and not measured", ("What", "Why not", "Source"), rows))
    take_table(seen, not_measured_table, "not_measured")
    if seen.invented:
        told = [(safe(one.measure), safe(one.place), safe(one.reason)) for one in (*NOT_MET, *CANNOT_FOLLOW)]
        heads = ("Measure", "Place", "Why the demonstration does not follow it")
        draw(table("Published figures that this demonstration does not follow", heads, told))
        take_table(seen, not_followed_table, "not_followed")


def _return(one: ReturnType) -> None:
    about = one.about
    draw(f"<h2>{safe(about.title)}</h2><p>One row is {safe(about.one_row_is)}. {safe(about.why)}</p>")
    rows = [
        (safe(row["column"]), safe(row["meaning"]), safe(row["needed"]), safe(row["write"]), safe(row["rules"]))
        for row in guide_rows(one)
    ]
    heads = ("Column", "Meaning", "Needed", "What to write", "Rules")
    senders = ", ".join(duty.agency.name for duty in DUTIES if duty.dataset == about.name)
    draw(details("Columns", table(f"Columns of {about.title}", heads, rows)))
    draw(f'<p class="quiet">Sent by {safe(senders)}. Source: {safe(about.source)}.</p>')


def _plan(settings: Settings) -> None:
    draw(f"<p>{safe(PLAN.title)}: {PLAN.first} to {PLAN.last}, set by {safe(PLAN.set_by)} ({safe(PLAN.place)}).</p>")
    for priority in PLAN.priorities:
        draw(f"<h2>Priority {priority.number}. {safe(priority.title)}</h2><p>{safe(priority.why)}</p>")
        rows = [
            (
                safe(f"{one.id} {one.title}"),
                safe(f"{one.promise} ({one.place})"),
                _milestones(one, settings),
                safe(wording.baseline_words(one.baseline) if one.target else ""),
                safe(one.how_we_read),
            )
            for one in priority.outcomes
        ]
        draw(table("Outcomes", ("Outcome", "Promise", "Milestones", "Baseline", "How we read it"), rows))
        actions = [f"{safe(a.id)} {safe(a.text)} (by {a.by:%B %Y}, {safe(a.place)})" for a in priority.actions]
        draw(details(f"{len(actions)} actions", bullet_list(actions)))


def _milestones(outcome: Outcome, settings: Settings) -> str:
    if outcome.target is None:
        return "no measure defined"
    goals = [(year, outcome.target.goal(year, outcome.baseline, settings)) for year in outcome.target.years]
    said = [f"{year}: {goal.words if goal else 'needs a baseline'}" for year, goal in goals]
    return "<br>".join(safe(words) for words in said)


def _agencies() -> None:
    rows = [
        (
            safe(agency.code),
            safe(agency.name),
            safe(
                "; ".join(
                    f"{return_named(d.dataset).about.title}, {d.working_days} working days after "
                    f"{'the year' if d.quarters == {4} else 'the quarter'}"
                    for d in DUTIES
                    if d.agency is agency
                )
                or "none yet"
            ),
        )
        for agency in AGENCIES
    ]
    draw(table("The register of agencies", ("Code", "Agency", "Owes"), rows))


main()
