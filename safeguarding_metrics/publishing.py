"""The published figures as people look for them: found, ordered, grouped and worded.

Figures, conflicts and claims are worked out elsewhere and only chosen, ordered and worded here.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

from dataset.agencies import STOCKPORT
from dataset.published import FIGURES
from dataset.published.claim import Claim
from dataset.published.claims import not_borne_out
from dataset.published.figure import Document, PublishedFigure
from safeguarding_metrics.comparing import Conflict, conflicts
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.wording import counted

Only = Literal["all", "differ", "claims"]
Thing = tuple[str, str, str, str, str]

ANY = "all"
AREAS = {STOCKPORT.code: STOCKPORT.name, "GM": "Greater Manchester", "E12000002": "North West", "E92000001": "England"}
TOPICS = {
    "activity": "Safeguarding activity",
    "assurance": "Audits, reviews of practice and inspections",
    "workforce": "Workforce",
    "training": "Training",
    "finance": "Income and expenditure",
    "survey": "Surveys",
    "demography": "The people of the borough",
}
ONLY: dict[Only, str] = {
    "all": "every figure",
    "differ": "only where documents differ",
    "claims": "only claims that do not hold",
}
WHOLE = "As a whole"
_ACRONYMS = {
    "camhs": "CAMHS",
    "dont": "don't",
    "ehc": "EHC",
    "gcp2": "GCP2",
    "icon": "ICON",
    "lado": "LADO",
    "maars": "MAARS",
    "marac": "MARAC",
    "msp": "MSP",
    "ofsted": "Ofsted",
    "s47": "S47",
    "sar": "SAR",
    "sen": "SEN",
    "send": "SEND",
    "stockport": "Stockport",
}
_MONTHS = tuple(month_name)  # the first is empty, so that a month stands at its number


@dataclass(frozen=True)
class Choice:
    """What is asked for: words to be found, and a filter each; ANY leaves a filter open."""

    search: str = ""
    document: str = ANY
    topic: str = ANY
    area: str = ANY
    period: str = ANY
    measure: str = ANY
    only: Only = "all"

    @property
    def is_open(self) -> bool:
        """Whether nothing is asked for, so that everything is shown."""
        return self == Choice(search=self.search) and not self.search.strip()


@dataclass(frozen=True)
class Group:
    """The figures of one measure, in order of breakdown, area and period."""

    measure: str
    title: str
    is_indicator: bool
    topic: str
    figures: tuple[PublishedFigure, ...]
    differ: bool

    @property
    def summary(self) -> str:
        """ "SAR referrals: 12 figures, 2018/19 to 2022/23; documents differ"."""
        mark = "; ⚠ documents differ" if self.differ else ""
        return f"{self.title}: {counted(len(self.figures), 'figure')}, {_span(self.figures)}{mark}"


@dataclass(frozen=True)
class Found:
    """What a choice brings: figures by measure, and the conflicts and wrong claims that speak of them."""

    choice: Choice
    groups: tuple[Group, ...]
    conflicts: tuple[Conflict, ...]
    claims: tuple[Claim, ...]

    @property
    def figures(self) -> tuple[PublishedFigure, ...]:
        return tuple(figure for group in self.groups for figure in group.figures)

    @property
    def headline(self) -> str:
        """The answer in a sentence."""
        number, documents = len(self.figures), len({figure.document for figure in self.figures})
        differ = counted(len(self.conflicts), "conflict")
        wrong = f"{counted(len(self.claims), 'claim')} that {'does' if len(self.claims) == 1 else 'do'} not hold"
        if self.choice.is_open:
            return f"{number:,} figures from {documents} documents, with {differ} and {wrong}"
        if self.choice.measure != ANY and self.groups:
            return f"{self.groups[0].title}: {counted(number, 'published figure')} in {counted(documents, 'document')}"
        shown = f"{number:,} of {len(FIGURES):,} published figures"
        return shown if self.choice.only == "all" else f"{differ if self.choice.only == 'differ' else wrong}: {shown}"


@lru_cache(maxsize=8)
def _titles(settings: Settings) -> dict[str, str]:
    return {indicator.id: indicator.title for indicator in all_indicators(settings)}


def title_of(measure: str, settings: Settings = Settings()) -> str:
    """The indicator's title; of another measure its name as words: "caring_dads_completed" → "Caring dads completed"."""
    found = _titles(settings).get(measure)
    if found is not None:
        return found
    words = " ".join(_ACRONYMS.get(word, word) for word in measure.replace("re_referrals", "re-referrals").split("_"))
    return words[:1].upper() + words[1:]


def area_name(code: str) -> str:
    return AREAS.get(code, code)


def area_order(code: str) -> tuple[int, str]:
    """Stockport first, then the wider areas from near to far, then any other."""
    return (list(AREAS).index(code) if code in AREAS else len(AREAS)), code


def value_words(figure: PublishedFigure) -> str:
    """The value with its unit: "72.4%", "£4,000", "19% less", "0.4 per 100,000", "245"."""
    size = f"{abs(float(figure.value)):,.10g}"
    if figure.unit == "percent change":
        return f"{size}% {'less' if figure.value < 0 else 'more'}"
    if figure.unit == "score":
        return size
    sign = "−" if figure.value < 0 else ""
    plain = {"percent": f"{size}%", "count": size, "pounds": f"£{size}"}.get(figure.unit, f"{size} {figure.unit}")
    return sign + (plain.removesuffix("s") if figure.unit in ("days", "years") and figure.value == 1 else plain)


def counts_words(figure: PublishedFigure) -> str:
    """ "252 of 348, worked out"; empty where no counts are known."""
    if figure.numerator is None or figure.denominator is None:
        return ""
    return f"{figure.numerator:,} of {figure.denominator:,}{', worked out' if figure.counts == 'derived' else ''}"


def figure_words(figure: PublishedFigure) -> str:
    """The value with its counts: "72.4% (252 of 348, worked out)"."""
    counts = counts_words(figure)
    return f"{value_words(figure)} ({counts})" if counts else value_words(figure)


def period_words(figure: PublishedFigure) -> str:
    return f"{figure.period.label} ({figure.period.kind})"


def to_know(figure: PublishedFigure) -> str:
    """The basis and the note as sentences."""
    parts = (figure.basis[:1].upper() + figure.basis[1:], figure.note)
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def documents() -> tuple[Document, ...]:
    """Every document a figure is taken from, by its number."""
    return tuple(sorted({figure.document for figure in FIGURES}, key=lambda one: one.number))


def periods() -> tuple[str, ...]:
    """Every period a figure is about, the latest first."""
    latest = {figure.period.label: when(figure) for figure in FIGURES}
    return tuple(sorted(latest, key=lambda label: (latest[label], label), reverse=True))


def measures(settings: Settings = Settings()) -> tuple[str, ...]:
    """Every measure with a published figure, by its title."""
    return tuple(sorted({figure.measure for figure in FIGURES}, key=lambda name: title_of(name, settings).casefold()))


def when(figure: PublishedFigure) -> tuple[int, int]:
    """Year and month in which a figure's period ends, for ordering; of an open or undated period the document's."""
    end = figure.period.label.rpartition(" to ")[2]
    if figure.period.kind == "since start" and " from " in end:
        end = ""
    return _end(end, figure.period.kind) or _end(figure.document.title, "financial year") or (0, 0)


def _end(label: str, kind: str) -> tuple[int, int] | None:
    years = re.findall(r"(\d{4})(/\d{2})?", label)
    if not years:
        return None
    year, crossing = years[-1]
    if crossing:
        return int(year) + 1, 8 if kind == "school year" else 3
    named = [number for number, month in enumerate(_MONTHS) if month and month in label]
    quarter = re.search(r"\bQ([1-4])\b", label)
    return int(year), named[-1] if named else 3 * int(quarter[1]) if quarter else 6 if "mid-" in label else 12


def thing_of(figure: PublishedFigure) -> Thing:
    """What a figure is about; two that share it can be in conflict."""
    return figure.measure, figure.breakdown, figure.area, figure.period.label, figure.unit


@lru_cache(maxsize=1)
def all_conflicts() -> tuple[Conflict, ...]:
    """Every conflict among the published figures, those between documents first."""
    return tuple(sorted(conflicts(FIGURES), key=lambda one: (len({f.document for f in one.figures}) == 1, one.measure)))


@lru_cache(maxsize=1)
def things_that_differ() -> frozenset[Thing]:
    """What the conflicts are about; a figure of one of these is in conflict, also where another place repeats it."""
    return frozenset(thing_of(figure) for conflict in all_conflicts() for figure in conflict.figures)


@lru_cache(maxsize=1)
def wrong_claims() -> tuple[Claim, ...]:
    """Every claim the figures do not bear out, by its place."""
    return tuple(sorted(not_borne_out(), key=lambda claim: _by_place(claim.place)))


def _by_place(place: str) -> tuple[str, int]:
    document, _, line = place.partition(":")
    return document, int(line)


def conflict_sentence(conflict: Conflict, settings: Settings = Settings()) -> str:
    """What differs, then what each document says and where: "…, 2022/23: the business plan says 70% (003:332) and …"."""
    one = conflict.figures[0]
    about = [title_of(one.measure, settings), one.breakdown, "" if one.area == STOCKPORT.code else area_name(one.area)]
    said = []
    for document, figures in groupby(conflict.figures, key=lambda figure: figure.document):
        values = []
        for figure in figures:
            other = "" if figure.measure == one.measure else f"{title_of(figure.measure, settings)}, "
            values.append(f"{figure_words(figure)} ({other}{figure.place})")
        said.append(f"the {document.short} says {' and '.join(values)}")
    sentence = f"{', '.join(part for part in about if part)}, {conflict.period}: {'; '.join(said)}."
    return f"{sentence} {conflict.why}".rstrip()


def conflicts_in(measures: Iterable[str]) -> tuple[Conflict, ...]:
    """The conflicts among the figures of some measures."""
    wanted = set(measures)
    return tuple(one for one in all_conflicts() if wanted & {figure.measure for figure in one.figures})


def wrong_claims_in(measures: Iterable[str]) -> tuple[Claim, ...]:
    """The claims that do not hold and rest on a figure of one of the measures."""
    wanted = set(measures)
    return tuple(claim for claim in wrong_claims() if wanted & {figure.measure for figure in claim.figures})


def find(choice: Choice, settings: Settings = Settings()) -> Found:
    """The figures a choice asks for, grouped by topic and measure."""
    differing = things_that_differ()
    claimed = {figure for claim in wrong_claims() for figure in claim.figures}
    words = _plain(choice.search).split()
    kept = [figure for figure in FIGURES if _fits(figure, choice) and _holds(figure, words, settings)]
    if choice.only == "differ":
        kept = [figure for figure in kept if thing_of(figure) in differing]
    elif choice.only == "claims":
        kept = [figure for figure in kept if figure in claimed]
    shown, things = set(kept), {thing_of(figure) for figure in kept}
    return Found(
        choice,
        _grouped(kept, differing, settings),
        tuple(c for c in all_conflicts() if choice.only != "claims" and things.intersection(map(thing_of, c.figures))),
        tuple(c for c in wrong_claims() if choice.only != "differ" and shown.intersection(c.figures)),
    )


def _fits(figure: PublishedFigure, choice: Choice) -> bool:
    wanted = (
        (choice.document, figure.document.number),
        (choice.topic, figure.topic),
        (choice.area, figure.area),
        (choice.period, figure.period.label),
        (choice.measure, figure.measure),
    )
    return all(asked in (ANY, has) for asked, has in wanted)


def _holds(figure: PublishedFigure, words: Sequence[str], settings: Settings) -> bool:
    """Whether every word stands in the measure, breakdown, basis, note or place."""
    if not words:
        return True
    title = title_of(figure.measure, settings)
    text = _plain(" ".join((title, figure.measure, figure.breakdown, figure.basis, figure.note, figure.place)))
    return all(word in text for word in words)


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'").replace("‑", "-")


def _grouped(figures: Iterable[PublishedFigure], differing: frozenset[Thing], settings: Settings) -> tuple[Group, ...]:
    by_measure: dict[tuple[str, str], list[PublishedFigure]] = defaultdict(list)
    for figure in figures:
        by_measure[figure.topic, figure.measure].append(figure)
    groups = [
        Group(
            measure,
            title_of(measure, settings),
            measure in _titles(settings),
            topic,
            tuple(sorted(same, key=in_order)),
            any(thing_of(figure) in differing for figure in same),
        )
        for (topic, measure), same in by_measure.items()
    ]
    return tuple(sorted(groups, key=lambda one: (list(TOPICS).index(one.topic), one.title.casefold())))


def in_order(figure: PublishedFigure) -> tuple[object, ...]:
    """The whole before its parts, Stockport before other areas, then by time."""
    return figure.breakdown, area_order(figure.area), when(figure), figure.document.number, figure.line, figure.value


def _span(figures: Sequence[PublishedFigure]) -> str:
    ordered = sorted(figures, key=when)
    first, last = ordered[0].period.label, ordered[-1].period.label
    return first if first == last else f"{first} to {last}" if " to " not in first + last else f"{first} … {last}"
