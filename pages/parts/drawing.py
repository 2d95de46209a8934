"""HTML that several screens draw: text made safe, badges, tables that read well on paper and on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from dataset.agencies import Agency
from dataset.checking.findings import Severity
from dataset.quarter import Quarter
from dataset.tables import return_named
from safeguarding_metrics.judging import Evidence, Status
from safeguarding_metrics.progressing import left_open
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.wording import STATUS, evidence_words, left_open_words

_STYLE = Path(__file__).with_name("style.css")


def safe(text: object) -> str:
    """Text as text: whatever it holds, no markup of it is obeyed."""
    return escape(str(text), quote=True)


@dataclass(frozen=True)
class _Finished:
    """HTML that is sent as it stands: of a plain text Streamlit asks whether it is a file, and cuts its margin."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def draw(html: str) -> None:
    """Put finished HTML on the page; every outside text in it went through `safe`."""
    st.html(_Finished(html))


def style() -> None:
    """The stylesheet of all screens."""
    st.html(_style())


@lru_cache(maxsize=1)
def _style() -> _Finished:
    return _Finished(f"<style>{_STYLE.read_text('utf-8')}</style>")


def invented_banner() -> None:
    """The label every screen of a demonstration store carries."""
    draw(
        '<p class="invented" role="note"><strong>Invented data.</strong> This is a demonstration: '
        "every row is made up and no person in it exists. Only yearly totals up to 2022/23 follow the published reports.</p>"
    )


def badge(status: Status) -> str:
    """Glyph, word and colour of a status."""
    glyph, word = STATUS[status]
    return f'<span class="badge badge-{status}"><span aria-hidden="true">{glyph}</span> {safe(word)}</span>'


def evidence(found: Evidence | None) -> str:
    return f'<span class="evidence">{safe(evidence_words(found))}</span>' if found else ""


def link(screen: str, words: str, **parameters: str) -> str:
    """A link to another screen with what it is to show."""
    return f'<a href="{safe(screen)}?{safe(urlencode(parameters))}" target="_self">{safe(words)}</a>'


def picture(address: str, alt: str) -> str:
    return f'<img class="spark" src="{address}" alt="{safe(alt)}" width="132" height="34">'


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], css: str = "") -> str:
    """A table of finished cells; the first cell of a row is its heading. A row of one cell is a section;
    a row of a cell and the word "plain" spans the table."""
    body = []
    for cells in rows:
        if len(cells) == 1:
            body.append(f'<tr class="section"><th scope="colgroup" colspan="{len(heads)}">{cells[0]}</th></tr>')
            continue
        if len(cells) == 2 and cells[1] == "plain" and len(heads) > 2:
            body.append(f'<tr class="plain"><td colspan="{len(heads)}">{cells[0]}</td></tr>')
            continue
        first = f'<th scope="row" data-label="{safe(heads[0])}">{cells[0]}</th>'
        rest = "".join(
            f'<td data-label="{safe(head)}">{cell}</td>' for head, cell in zip(heads[1:], cells[1:], strict=True)
        )
        body.append(f"<tr>{first}{rest}</tr>")
    head = "".join(f'<th scope="col">{safe(name)}</th>' for name in heads)
    return (
        f'<table class="figures {css}"><caption>{safe(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table>"
    )


def missing_return(agency: Agency, dataset: str, quarter: Quarter, settings: Settings) -> str:
    """A return that has not come, and what it leaves open."""
    titles = [indicator.title for indicator in left_open(agency, dataset, settings)]
    named = f"{safe(agency.name)}: {safe(return_named(dataset).about.title)}, {quarter}"
    return f'{named}<span class="sub">{safe(left_open_words(titles))}</span>'


def bullet_list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def details(summary: str, inner: str) -> str:
    """Something one step behind."""
    return f"<details><summary>{safe(summary)}</summary>{inner}</details>"


def badge_of_severity(severity: Severity) -> str:
    """What a finding asks of the sender, as glyph and word."""
    glyph, word, css = {
        "fatal": ("✖", "Must be corrected", "not_met"),
        "error": ("✖", "Must be corrected", "not_met"),
        "query": ("?", "Please check", "near"),
        "note": ("i", "For your information", "note"),
    }[severity]
    return f'<span class="badge badge-{css}"><span aria-hidden="true">{glyph}</span> {word}</span>'
