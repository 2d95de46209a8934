"""Papers read back from the files made of them, and papers made for one test."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docx import Document
from paper_example import example_paper
from pptx import Presentation
from python_calamine import CalamineWorkbook

from safeguarding_metrics.packs.blocks import Bullets, Chart, Line, Paper, Paragraph, Section, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def flat(text: str) -> str:
    return " ".join(text.split())


def of(*blocks: Any, title: str = "Part", **changes: Any) -> Paper:
    """The example with one section of its own."""
    return replace(example_paper(), sections=(Section(title, tuple(blocks)),), **changes)


def chart_of(*values: float | None, **changes: Any) -> Chart:
    periods = tuple(f"Q{place}" for place in range(1, len(values) + 1))
    drawn = next(example_paper().charts())
    lines = (Line("Measured", values),) if values else ()
    return replace(drawn, categories=periods, lines=lines, counts=("",) * len(values), **changes)


def slides(made: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(made)).slides)


def charts_of(made: bytes) -> list[Any]:
    return [shape for slide in slides(made) for shape in slide.shapes if shape.has_chart]


def tables_of(made: bytes) -> list[Any]:
    return [shape for slide in slides(made) for shape in slide.shapes if shape.has_table]


def slide_texts(slide: Any) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield shape.text_frame.text
        elif shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)
        elif shape.has_chart:
            yield shape.chart.chart_title.text_frame.text
    if slide.has_notes_slide:
        yield slide.notes_slide.notes_text_frame.text


def sheets(made: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def words_of(made: bytes, form: str) -> str:
    """All that can be read in a file, in one line."""
    if form == "pptx":
        return flat(" ".join(text for slide in slides(made) for text in slide_texts(slide)))
    if form == "xlsx":
        return flat(" ".join(str(cell) for rows in sheets(made).values() for row in rows for cell in row))
    body = Document(io.BytesIO(made)).element.body
    parts = {f"{W}t": lambda one: one.text or "", f"{W}br": lambda _: " ", f"{W}p": lambda _: " "}
    return flat("".join(parts[one.tag](one) for one in body.iter(*parts)))


def said_by(paper: Paper) -> Iterator[str]:
    """Every text of a paper that is not behind a chart."""
    yield from (paper.title, paper.subtitle, paper.answer, paper.marking, *(t for fact in paper.facts for t in fact))
    for section in paper.sections:
        yield section.title
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Bullets):
                yield from block.items
            elif isinstance(block, Table):
                yield from (block.caption, *block.heads, *(cell for row in block.rows for cell in row))
            else:
                yield from (block.title, block.period, block.source, *block.categories, *block.counts)
                yield from (line.name for line in block.lines)


def parts(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return {name: package.read(name) for name in package.namelist()}
