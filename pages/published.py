"""Published figures: everything the documents print, to be searched, compared and taken away, with what disagrees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TypeVar

import streamlit as st

from dataset.published.figure import Period, PublishedFigure
from pages.parts.choosing import pick
from pages.parts.drawing import bullet_list, draw, link, safe, table
from pages.parts.held import View, view
from pages.parts.taking import WORKBOOK, offer, picture_files
from safeguarding_metrics import publishing
from safeguarding_metrics.publishing import Choice, Found, Group
from safeguarding_metrics.publishing_files import as_csv, as_xlsx
from safeguarding_metrics.publishing_side_by_side import Cell, chart, side_by_side
from safeguarding_metrics.publishing_svg import picture_of
from safeguarding_metrics.wording import counted

SHOWN_AT_ONCE = 5
OPEN_UP_TO = 60
CHOICES_HELD = 8
T = TypeVar("T")
ANY = publishing.ANY


def main() -> None:
    """Draw the screen."""
    seen = view()
    heading = st.container()
    choice = _choice(seen)
    # Nothing here comes from returns: what was found for a choice holds in every version of the store.
    found = _kept(seen, "found", choice, lambda: publishing.find(choice, seen.settings))
    with heading:
        st.title(found.headline)
        draw(
            '<p class="lead">Each figure is given as a document printed it, with its place: 004:577 is line 577 of '
            "document 004. Nothing on this screen is invented or comes from returns; where documents differ, none is "
            "preferred.</p>"
        )
    if not found.figures:
        draw(f"<p>No published figure fits all that was asked for. {link('published', 'Show every figure')}.</p>")
        return
    if disagreements := _kept(seen, "disagreements", choice, lambda: _disagreements(seen, found)):
        draw(disagreements)
    if found.choice.measure != ANY:
        _compared(seen, found.figures)
    draw(_kept(seen, "listed", choice, lambda: _listed(found)))
    _downloads(seen, found)


def _kept(seen: View, what: str, choice: Choice, make: Callable[[], T]) -> T:
    return seen.store.carried.once(f"published: {what}", choice, (seen.settings,), make, CHOICES_HELD)


def _choice(seen: View) -> Choice:
    search = _search()
    documents = {one.number: one.title for one in publishing.documents()}
    return Choice(
        search=search,
        measure=pick(
            "Compare one measure over documents, periods and areas",
            "measure",
            [ANY, *publishing.measures(seen.settings)],
            ANY,
            shown=lambda name: "no measure chosen" if name == ANY else publishing.title_of(name, seen.settings),
            kept_as="published_measure",
        ),
        only=pick(
            "Show",
            "only",
            list(publishing.ONLY),
            "all",
            shown=publishing.ONLY.__getitem__,
            place=st.sidebar,
            kept_as="published_only",
        ),
        document=_filter("Document", "document", documents),
        topic=_filter("Topic", "topic", publishing.TOPICS),
        area=_filter("Area", "area", publishing.AREAS),
        period=_filter("Period", "period", {label: label for label in publishing.periods()}),
    )


def _search() -> str:
    """The words looked for, kept in the address."""
    text = st.text_input(
        "Search measure, breakdown, note or place",
        value=st.query_params.get("search", "")[:100],
        max_chars=100,
        type="search",
        placeholder="for example: self-neglect, or 004:577",
        key="published_search",
        persist_state="session",
    )
    if text:
        st.query_params["search"] = text
    else:
        st.query_params.pop("search", None)
    return text or ""


def _filter(label: str, name: str, options: dict[str, str]) -> str:
    return pick(
        label,
        name,
        [ANY, *options],
        ANY,
        shown=lambda code: options.get(code, "all"),
        place=st.sidebar,
        kept_as=f"published_{name}",
    )


def _disagreements(seen: View, found: Found) -> str:
    differ = [safe(publishing.conflict_sentence(one, seen.settings)) for one in found.conflicts]
    wrong = [safe(claim.sentence) for claim in found.claims]
    again = "Worked out again from the figures the documents print."
    return _panel(
        "Where documents differ, or one with itself", "None of them is chosen here.", differ, found.choice
    ) + _panel("Claims that do not hold", again, wrong, found.choice)


def _panel(title: str, about: str, sentences: list[str], choice: Choice) -> str:
    """The sentences, the later ones folded unless they were asked for."""
    if not sentences:
        return ""
    first = SHOWN_AT_ONCE if choice.only == "all" else len(sentences)
    shown, rest = sentences[:first], sentences[first:]
    more = f"<details><summary>{len(rest)} more</summary>{bullet_list(rest)}</details>" if rest else ""
    return (
        f'<section class="panel"><h2>{safe(title)}: {len(sentences)}</h2><p class="quiet">{safe(about)}</p>'
        f"{bullet_list(shown)}{more}</section>"
    )


def _compared(seen: View, figures: Sequence[PublishedFigure]) -> None:
    drawn = chart(figures)
    draw("<h2>Side by side</h2>")
    if drawn is not None:
        figure, alt = drawn
        st.plotly_chart(figure, alt=alt, config={"displayModeBar": False}, key="published_chart")
        draw(f'<p class="quiet">{safe(alt)}</p>')
        _take_chart(seen, figures)
    grid = side_by_side(figures)
    rows = [(safe(row.breakdown), _period(row.period), *(_cell(cell) for cell in row.cells)) for row in grid.rows]
    draw(table("The measure over documents, periods and areas", ("Breakdown", "Period", *grid.heads), rows))


def _take_chart(seen: View, figures: Sequence[PublishedFigure]) -> None:
    if (picture := picture_of(figures, seen.settings)) is not None:
        offer("chart", picture_files(lambda: picture, picture.name))


def _cell(cell: Cell) -> str:
    return "".join(f'{safe(words)}<span class="sub">{safe(places)}</span>' for words, places in cell)


def _period(period: Period) -> str:
    return f'{safe(period.label)}<span class="sub">{safe(period.kind)}</span>'


def _listed(found: Found) -> str:
    """Every figure found, by topic and measure; unfolded when they are few enough to be read at once."""
    few = len(found.figures) <= OPEN_UP_TO
    parts = []
    for topic, groups in groupby(found.groups, key=lambda group: group.topic):
        measures = list(groups)
        number = sum(len(group.figures) for group in measures)
        said = f"{publishing.TOPICS[topic]}: {counted(number, 'figure')} of {counted(len(measures), 'measure')}"
        inner = "".join(_group(group, found.choice, unfolded=few) for group in measures)
        parts.append(_folded(safe(said), inner, unfolded=few, css="topic"))
    return f'<h2>The figures by topic and measure</h2><div class="published">{"".join(parts)}</div>'


def _folded(summary: str, inner: str, *, unfolded: bool, css: str) -> str:
    return f'<details class="{css}"{" open" if unfolded else ""}><summary>{summary}</summary>{inner}</details>'


def _group(group: Group, choice: Choice, *, unfolded: bool) -> str:
    ways = [] if choice.measure != ANY else [link("published", "Compare side by side", measure=group.measure)]
    if group.is_indicator:
        ways.insert(0, link("indicator", f"Indicator: {group.title}", indicator=group.measure))
    heads = ("Breakdown", "Period", "Area", "Figure", "As printed", "Place", "To know")
    body = table(group.title, heads, [_row(figure) for figure in group.figures], "printed")
    return _folded(
        safe(group.summary),
        (f'<p class="quiet">{" · ".join(ways)}</p>' if ways else "") + body,
        unfolded=unfolded,
        css="measure",
    )


def _row(figure: PublishedFigure) -> tuple[str, ...]:
    counts = publishing.counts_words(figure)
    return (
        safe(figure.breakdown or publishing.WHOLE),
        _period(figure.period),
        safe(publishing.area_name(figure.area)),
        safe(publishing.value_words(figure)) + (f'<span class="sub">{safe(counts)}</span>' if counts else ""),
        safe(f"“{figure.as_printed}”"),
        f'{safe(figure.place)}<span class="sub">{safe(figure.document.short)}</span>',
        safe(publishing.to_know(figure)),
    )


def _downloads(seen: View, found: Found) -> None:
    draw(
        f'<h2>Take them away</h2><p class="quiet">What is shown, a row for each figure: {counted(len(found.figures), "row")}.</p>'
    )
    offer(
        "figures",
        (
            (
                "These figures (CSV)",
                lambda: as_csv(found.figures, seen.settings),
                "published_figures.csv",
                "text/csv",
            ),
            (
                "These figures (Excel)",
                lambda: as_xlsx(found.figures, seen.settings),
                "published_figures.xlsx",
                WORKBOOK,
            ),
        ),
    )


main()
