"""What a paper is made of, whatever form it is written in: every form says the same words and the same numbers.

Nothing here computes: texts and numbers come as they are to be read. Text is plain, no markup; it may hold anything
people have typed (line breaks, quotes, <, >, &, #, *, $, a leading =), and each form shows it as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `strong` for the one sentence of a section that must not be missed."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list; never empty."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with a caption and named columns. Each row has as many cells as `heads`; its first cell names the row.

    `widths` are relative widths of the columns, as many as `heads`.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Line:
    """One line of a chart: a value for each category, None for a gap. `dashed` for what is promised, not measured."""

    name: str
    values: tuple[float | None, ...]
    dashed: bool = False


@dataclass(frozen=True)
class Chart:
    """One line chart with its numbers.

    `categories` are the periods, `lines` the measured line first and then what it is held against; values are shares
    from 0 to 1 where `share`, else counts. `counts` are the k of n behind each value of the first line, in words,
    "" for a gap. `svg` is the same chart drawn (a whole document, title and description in it); `alt` says in words
    what it shows.
    """

    title: str
    period: str
    source: str
    alt: str
    categories: tuple[str, ...]
    lines: tuple[Line, ...]
    counts: tuple[str, ...]
    share: bool
    svg: str


Block = Paragraph | Bullets | Table | Chart


@dataclass(frozen=True)
class Section:
    """A part with a heading; in slides it begins a new slide. `level` is 1 for a chapter, 2 for a part of the one
    before it; a chapter on a `new_page` begins one on paper too."""

    title: str
    blocks: tuple[Block, ...]
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True)
class Paper:
    """A whole paper. `answer` is its one sentence; `marking` who may read it ("Internal: …"), shown on the cover and
    every page; `invented` whether its figures are invented, which then stands on every page too.

    `facts` are pairs of the cover: meeting, date, quarter, plan, content hash and so on. `made_from` is the moment of
    the frozen record (UTC, ISO 8601): the only time a file of this paper may carry, so that it is the same whenever
    it is made again. `file_name` is without extension.
    """

    title: str
    subtitle: str
    answer: str
    marking: str
    invented: bool
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    made_from: str
    file_name: str

    def charts(self) -> Iterator[Chart]:
        """Every chart in its order."""
        for section in self.sections:
            yield from (block for block in section.blocks if isinstance(block, Chart))
