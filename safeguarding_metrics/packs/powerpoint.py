"""A paper as slides: native charts that can be edited, native tables, real titles, nothing off the slide."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pptx.slide import Slide

from safeguarding_metrics.packs.blocks import Block, Bullets, Chart, Paper, Paragraph, Section, Table
from safeguarding_metrics.packs.fitting import LEADING, fitted, height_of, lines_of
from safeguarding_metrics.packs.powerpoint_charts import add_chart
from safeguarding_metrics.packs.powerpoint_shapes import (
    BOTTOM,
    LEFT,
    MARGIN,
    ROW_PADDING,
    TOP,
    WIDTH,
    Box,
    add_table,
    add_text,
    begun,
    fill,
    new_presentation,
)
from safeguarding_metrics.packs.same_bytes import repacked
from safeguarding_metrics.packs.same_words import (
    BLUE,
    QUIET,
    alt_of,
    alt_of_table,
    caption_of,
    caption_on_axis,
    chapters,
    legible,
    marks,
    numbers,
    numbers_in_words,
    one_line,
)

TEXT, CELL, SMALL = 16.0, 12.0, 10.0  # points: text, cells of a table, captions and the numbers beside a chart
_CAPTION = 11.0  # of tables
GAP = 14.0  # points between two blocks
_CHART_LEAST, _CHART_MOST = 250.0, 400.0  # points a chart is high
_BESIDE, _SPACE = 300.0, 14.0  # points: the numbers beside a chart, and the room between


def as_pptx(paper: Paper) -> bytes:
    """The whole paper. Raises ValueError for a chart without alternative text."""
    shown = new_presentation(paper)
    _cover(begun(shown, paper, paper.title, cover=True), paper)
    for section, chapter in chapters(paper):
        pages = list(_pages(section))
        for number, page in enumerate(pages, start=1):
            part = f" ({number} of {len(pages)})" if len(pages) > 1 else ""
            _draw(begun(shown, paper, section.title, part=part, above=chapter), page)
    memory = io.BytesIO()
    shown.save(memory)
    return repacked(memory.getvalue())


@dataclass(frozen=True)
class _Words:
    """Text as it is laid out: `mark` for an item of a list, `begins` unless that is on the slide before."""

    text: str
    strong: bool = False
    mark: bool = False
    begins: bool = True

    @property
    def width(self) -> float:
        return WIDTH - (18 if self.mark else 0)

    def lines(self) -> list[str]:
        return lines_of(self.text, self.width, TEXT, bold=self.strong)

    @property
    def height(self) -> float:
        return len(self.lines()) * TEXT * LEADING + (4 if self.mark else GAP)


@dataclass(frozen=True)
class _Rows:
    """Some of a table's rows, with a caption of their own and their heights in points, the heads' first."""

    table: Table
    caption: str
    heights: tuple[float, ...]
    widths: tuple[float, ...]
    size: float = CELL

    @property
    def said(self) -> tuple[str, float]:
        """The caption as far as three lines hold it, and the points it takes."""
        room = _CAPTION * LEADING * 3
        text, _ = fitted(one_line(self.caption), WIDTH, room, (_CAPTION,), bold=True)
        return text, height_of(text, WIDTH, _CAPTION, bold=True) + 5

    @property
    def height(self) -> float:
        return sum(self.heights) + self.said[1] + GAP


@dataclass(frozen=True)
class _Drawing:
    """A chart as high as the room left for it; its numbers beside it where they fit."""

    chart: Chart
    beside: _Rows | None
    height: float


_Piece = _Words | _Rows | _Drawing


@dataclass
class _Page:
    """What stands on one slide."""

    pieces: list[_Piece] = field(default_factory=list)
    left: float = BOTTOM - TOP


def _pages(section: Section) -> Iterator[_Page]:
    """The slides of a section, none of them higher than a slide; one without blocks has its title alone."""
    page = _Page()
    for block in section.blocks:
        for piece in _pieces(block, page):
            if piece.height > page.left and page.pieces:
                yield page
                page = _Page()
            page.pieces.append(piece)
            page.left -= piece.height
    yield page


def _pieces(block: Block, page: _Page) -> Iterator[_Piece]:
    """A block in pieces of which each fits on a slide; `page` is the slide that is being filled."""
    if isinstance(block, Paragraph):
        yield from _words(legible(block.text), strong=block.strong)
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from _words(legible(item), mark=True)
    elif isinstance(block, Table):
        yield from _tables(block, page)
    else:
        yield from _drawings(block, page)


def _words(text: str, *, strong: bool = False, mark: bool = False) -> Iterator[_Words]:
    """Text longer than a slide goes on on the next."""
    whole = _Words(text, strong, mark)
    most = int((BOTTOM - TOP - GAP) / (TEXT * LEADING))
    lines = whole.lines()
    if len(lines) <= most:
        yield whole
        return
    for start in range(0, len(lines), most):
        yield _Words("\n".join(lines[start : start + most]), strong, mark, begins=not start)


def _tables(table: Table, page: _Page) -> Iterator[_Rows]:
    """A table whole where it fits on what is left of this slide or on one of its own, else in numbered parts."""
    whole = _laid_out(table, WIDTH, CELL)
    full = BOTTOM - TOP
    if whole.height <= full:
        yield whole
        return
    table = _without_giants(table, whole, full - whole.heights[0] - _CAPTION * LEADING * 3 - 5 - GAP)
    laid = _laid_out(replace(table, caption=f"{table.caption} (99 of 99)"), WIDTH, CELL)
    heads, *rows = laid.heights
    spare = page.left if page.left > full / 2 else full
    parts: list[list[int]] = [[]]
    used = start = laid.height - sum(rows)
    for place, height in enumerate(rows):
        if parts[-1] and used + height > spare:
            parts.append([])
            used, spare = start, full
        parts[-1].append(place)
        used += height
    for number, places in enumerate(parts, start=1):
        some = tuple(table.rows[place] for place in places)
        said = f"{table.caption} ({number} of {len(parts)})" if len(parts) > 1 else table.caption
        heights = (heads, *(rows[place] for place in places))
        yield _Rows(Table(said, table.heads, some, table.widths), said, heights, whole.widths)


def _laid_out(table: Table, width: float, size: float) -> _Rows:
    total = sum(table.widths)
    widths = tuple(width * one / total for one in table.widths)
    heights = [_row_height(table.heads, widths, size, heads=True)]
    heights += [_row_height(row, widths, size) for row in table.rows]
    return _Rows(table, table.caption, tuple(heights), widths, size)


def _row_height(cells: Sequence[str], widths: Sequence[float], size: float, *, heads: bool = False) -> float:
    highest = max(
        height_of(legible(cell), width - 2 * MARGIN, size, bold=heads or not place)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return highest + ROW_PADDING


def _without_giants(table: Table, laid: _Rows, room: float) -> Table:
    """The same table where a row higher than a slide goes on in rows beneath it, its name repeated."""
    most = max(1, int((room - ROW_PADDING) / (CELL * LEADING)))
    rows: list[tuple[str, ...]] = []
    for row, height in zip(table.rows, laid.heights[1:], strict=True):
        if height <= room:
            rows.append(row)
            continue
        broken = [
            lines_of(legible(cell), width - 2 * MARGIN, CELL, bold=not place)
            for place, (cell, width) in enumerate(zip(row, laid.widths, strict=True))
        ]
        for start in range(0, max(map(len, broken)), most):
            name, *others = ("\n".join(lines[start : start + most]) for lines in broken)
            rows.append((name or "\n".join(broken[0][:most]), *others))
    return Table(table.caption, table.heads, tuple(rows), table.widths)


def _drawings(chart: Chart, page: _Page) -> Iterator[_Piece]:
    """The chart on what is left of this slide or on the next, its numbers beside it or, when many, after it."""
    alt_of(chart)
    if not chart.categories or not chart.lines:
        yield from _words(legible(f"{chart.title}. {caption_of(chart)}"), strong=True)
        yield from _words(alt_of(chart))
        return
    table, full = numbers(chart), BOTTOM - TOP
    width = min(_BESIDE + 60.0 * max(0, len(table.heads) - 4), WIDTH / 2)
    beside = _laid_out(table, width, SMALL)
    needs = max(_CHART_LEAST, sum(beside.heights) + SMALL * LEADING + 8)
    fits = needs <= full
    room = page.left if (needs if fits else _CHART_LEAST) <= page.left else full
    yield _Drawing(chart, beside if fits else None, max(needs if fits else 0.0, min(room, _CHART_MOST)))
    if not fits:
        yield from _tables(table, _Page(left=0.0))


def _draw(slide: Slide, page: _Page) -> None:
    top, notes = TOP, []
    for piece in page.pieces:
        box = Box(LEFT, top, WIDTH, piece.height)
        if isinstance(piece, _Words):
            inset = WIDTH - piece.width
            box = Box(LEFT + inset, top, piece.width, piece.height)
            add_text(slide, box, [piece.text], TEXT, bold=piece.strong, bullet=inset if piece.begins else 0)
        elif isinstance(piece, _Rows):
            _draw_table(slide, box, piece)
            notes.append(alt_of_table(piece.table))
        else:
            _draw_chart(slide, box, piece)
            said = f"{one_line(piece.chart.title)}. {caption_of(piece.chart)} {alt_of(piece.chart)}"
            notes += [said, numbers_in_words(piece.chart)]
        top += piece.height
    if notes:
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None  # the notes have a place for text
        frame.text = "\n".join(notes)


def _draw_table(slide: Slide, box: Box, rows: _Rows) -> None:
    said, line = rows.said
    add_text(slide, Box(box.left, box.top, box.width, line), [said], _CAPTION, bold=True, colour=BLUE)
    at = Box(box.left, box.top + line, box.width, sum(rows.heights))
    add_table(slide, at, rows.table, rows.widths, rows.heights, size=rows.size)


def _draw_chart(slide: Slide, box: Box, drawing: _Drawing) -> None:
    line = SMALL * LEADING + 6
    beside = drawing.beside
    width = box.width - (sum(beside.widths) + _SPACE if beside else 0)
    add_chart(slide, Box(box.left, box.top, width, box.height - line), drawing.chart)
    if beside:
        at = Box(box.left + width + _SPACE, box.top + 4, sum(beside.widths), sum(beside.heights))
        add_table(slide, at, beside.table, beside.widths, beside.heights, size=SMALL)
    said, size = fitted(caption_on_axis(drawing.chart), width, line, (SMALL, 9, 8, 7, 6))
    add_text(slide, Box(box.left, box.top + box.height - line, width, line), [said], size, colour=QUIET)


def _cover(slide: Slide, paper: Paper) -> None:
    """Subtitle, the answer in large letters, who may read it, and the facts of the frozen record."""
    subtitle, size = fitted(legible(paper.subtitle), WIDTH, 40, (18, 16, 14, 12))
    fill(slide.placeholders[1].text_frame, [subtitle], size, colour=QUIET)
    answer, size = fitted(legible(paper.answer), WIDTH, 96, (28, 24, 20, 18, 16, 14, 12), bold=True)
    add_text(slide, Box(LEFT, TOP + 66, WIDTH, 96), [answer], size, bold=True, colour=BLUE)
    said, size = fitted("\n".join(marks(paper)), WIDTH, 42, (13, 12, 11, 10, 9, 8, 7), bold=True)
    add_text(slide, Box(LEFT, TOP + 168, WIDTH, 42), [said], size, bold=True)
    if not paper.facts:
        return
    table = Table("Facts of this paper", ("Fact", "Value"), paper.facts, (1, 4))
    for size in (12.0, 11.0, 10.0, 9.0, 8.0, 7.0):
        laid = _laid_out(table, WIDTH, size)
        if TOP + 216 + sum(laid.heights[1:]) <= BOTTOM:
            break
    at = Box(LEFT, TOP + 216, WIDTH, sum(laid.heights[1:]))
    add_table(slide, at, table, laid.widths, laid.heights[1:], size=laid.size, heads=False)
