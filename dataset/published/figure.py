"""A figure somebody published, held as printed, with its place, its period and its counts where known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from dataset.agencies import STOCKPORT


@dataclass(frozen=True)
class Document:
    """A published document of the partnership; `number` is the prefix of places such as 004:577."""

    number: str
    title: str
    short: str


CHILDREN_2020_21 = Document("000", "Children's annual report 2020/21", "children's report 2020/21")
BOARD_2016_17 = Document("001", "Safeguarding Children Board annual report 2016/17", "board report 2016/17")
ARRANGEMENTS_2019 = Document("002", "Safeguarding arrangements 2019", "arrangements 2019")
BUSINESS_PLAN = Document("003", "Joint business plan 2023-26", "business plan")
ANNUAL_REPORT = Document("004", "Joint annual report 2022/23", "annual report 2022/23")

Unit = Literal["percent", "count", "per 100,000", "percent change", "pounds", "days", "years", "score"]
PeriodKind = Literal[
    "financial year",
    "as at",
    "calendar quarter",
    "calendar year",
    "school year",
    "month",
    "part of a year",
    "several years",
    "since start",
    "twelve months",
]
Topic = Literal["activity", "workforce", "training", "finance", "survey", "demography", "assurance"]


@dataclass(frozen=True)
class Period:
    """What a figure is about in time: "2022/23" (financial year), "31 March 2023" (as at) and so on."""

    label: str
    kind: PeriodKind = "financial year"


@dataclass(frozen=True)
class PublishedFigure:
    """One printed figure.

    `measure` is the id of the indicator it speaks of (or a name of its own where there is none);
    figures with the same measure, breakdown, area, period and unit are claims about the same thing.
    `numerator` and `denominator` are whole numbers; `counts` says whether they are printed or
    derived (pinned by the printed share and a printed total), "" when unknown.
    `basis` says what the figure is a share of, where the document says or implies it.
    """

    measure: str
    document: Document
    line: int
    period: Period
    value: Fraction
    unit: Unit
    as_printed: str
    numerator: int | None = None
    denominator: int | None = None
    counts: Literal["printed", "derived", ""] = ""
    breakdown: str = ""
    basis: str = ""
    note: str = ""
    area: str = STOCKPORT.code
    topic: Topic = "activity"

    @property
    def place(self) -> str:
        """Document and line, such as "004:577"."""
        return f"{self.document.number}:{self.line}"

    @property
    def words(self) -> str:
        """The figure as a person would write it: "40.3% (29 of 72, worked out)", "2", "0.4 per 100,000"."""
        plain = f"{float(self.value):,.10g}"
        if self.unit == "percent change":
            return f"{'−' if self.value < 0 else '+'}{plain.removeprefix('-')}%"
        shown = {"percent": f"{plain}%", "count": plain, "pounds": f"£{plain}"}.get(self.unit, f"{plain} {self.unit}")
        if self.unit == "percent" and self.numerator is not None and self.denominator is not None:
            doubt = ", worked out" if self.counts == "derived" else ""
            return f"{shown} ({self.numerator:,} of {self.denominator:,}{doubt})"
        return shown


@dataclass(frozen=True)
class Transcript:
    """A document being read out: each call is one printed figure.

    The value is the first number of the token and the unit its sign ("%" percent, "£" pounds, else a
    count), unless they are given; a `value` that differs from the printed number needs a note.
    """

    document: Document
    topic: Topic = "activity"

    def __call__(
        self,
        line: int,
        token: str,
        measure: str,
        period: Period,
        breakdown: str = "",
        *,
        unit: Unit | None = None,
        value: str | int | None = None,
        k: int | None = None,
        n: int | None = None,
        derived: bool = False,
        basis: str = "",
        note: str = "",
        area: str = STOCKPORT.code,
        topic: Topic | None = None,
    ) -> PublishedFigure:
        return PublishedFigure(
            measure,
            self.document,
            line,
            period,
            Fraction(value) if value is not None else first_number(token),
            unit or ("percent" if "%" in token else "pounds" if "£" in token else "count"),
            token,
            k,
            n,
            "" if k is None else "derived" if derived else "printed",
            breakdown,
            basis,
            note,
            area,
            topic or self.topic,
        )


def first_number(token: str) -> Fraction:
    """The first number of a printed token: "£4,000" → 4000, "92.1%" → 921/10. Raises ValueError."""
    found = re.search(r"\d[\d,]*(\.\d+)?", token)
    if found is None:
        raise ValueError(f"“{token}” holds no number: give the value.")
    return Fraction(found[0].replace(",", ""))


def printed(text: str) -> Fraction:
    """The exact value of a printed number: "72.4" → 362/5."""
    return Fraction(text)
