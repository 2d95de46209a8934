"""A paper as a PDF that everyone can read: PDF/UA-1, tagged, with alternative text, the same bytes whenever it is made.

Words and numbers are those of the other forms; `paper.typ` beside this file arranges them.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import typst

from safeguarding_metrics.packs.blocks import Block, Bullets, Chart, Paper, Paragraph, Table
from safeguarding_metrics.packs.same_words import MADE_BY, alt_of, caption_of, legible, marks, numbers, one_line
from safeguarding_metrics.packs.typesetting import TEMPLATES, compiler, for_our_font, one_file, shown

_NO_FIGURE = "–"
_NUMBER = re.compile(r"[-–−+]?£?\d[\d,]*(\.\d+)?( ?%)?|[-–−]?")
# What is typed but never seen would be read out as part of the letter before it.
_UNSEEN = re.compile("[\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
_BREAKS = re.compile("[\x85\u2028\u2029]")


def as_pdf(paper: Paper) -> bytes:
    """The paper as PDF/UA-1 on A4.

    Raises ValueError for a chart without alternative text or a drawing, for a paper or section without a title, for
    a paper without a moment it was made from.
    """
    data = json.dumps(_said(paper), ensure_ascii=False)
    made = _made(paper)
    source = (TEMPLATES / "paper.typ").read_bytes()

    def compiled(data: str) -> bytes:
        return one_file(compiler(source, paper=data).compile(format="pdf", pdf_standards=["ua-1"], timestamp=made))

    try:
        return shown(data, compiled)
    except typst.TypstError as error:
        raise ValueError(f"The paper “{paper.title}” cannot be set as a PDF: {error.message}.") from error


def _made(paper: Paper) -> datetime:
    try:
        made = datetime.fromisoformat(paper.made_from)
    except ValueError as error:
        raise ValueError(f"“{paper.made_from}” is not a date and time a paper could be made from.") from error
    return (made.replace(tzinfo=UTC) if made.tzinfo is None else made.astimezone(UTC)).replace(microsecond=0)


def _said(paper: Paper) -> dict[str, Any]:
    """The whole paper as plain values, in the order they are read."""
    if not one_line(paper.title):
        raise ValueError("The paper has no title.")
    return {
        "title": _line(paper.title),
        "subtitle": _text(paper.subtitle),
        "answer": _text(paper.answer),
        "marks": [_line(mark) for mark in marks(paper)],
        "facts": [[_line(name), _text(fact)] for name, fact in paper.facts],
        "author": MADE_BY,
        "blocks": _blocks(paper),
    }


def _blocks(paper: Paper) -> list[dict[str, Any]]:
    """Headings and what stands beneath them; the first is a chapter, for no level may be left out."""
    found: list[dict[str, Any]] = []
    level = 0
    for section in paper.sections:
        if not _line(section.title):
            raise ValueError(f"A section of the paper “{paper.title}” has no title.")
        level = min(section.level, level + 1)
        found.append({"kind": "heading", "level": level, "text": _line(section.title), "new_page": section.new_page})
        found.extend(_block(block) for block in section.blocks)
    return found


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": _text(block.text), "strong": block.strong}
        case Bullets():
            return {"kind": "bullets", "items": [_text(item) for item in block.items]}
        case Table():
            return {"kind": "table", **_table(block)}
        case Chart():
            return {"kind": "chart", **_chart(block)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": _line(table.caption),
        "heads": [_text(head) for head in table.heads],
        "rows": [[_text(cell) for cell in row] for row in table.rows],
        "widths": list(table.widths),
        "aligned": ["end" if _is_numbers(table, place) else "start" for place in range(len(table.heads))],
    }


def _chart(chart: Chart) -> dict[str, Any]:
    """A gap is shown as a dash, so that no cell of numbers is empty."""
    behind = numbers(chart)
    rows = tuple(tuple(cell or _NO_FIGURE for cell in row) for row in behind.rows)
    return {
        "title": _line(chart.title),
        "caption": _line(caption_of(chart)),
        "alt": _line(alt_of(chart)),
        "svg": for_our_font(legible(chart.svg)),
        "numbers": _table(Table(behind.caption, behind.heads, rows, behind.widths)),
    }


def _is_numbers(table: Table, place: int) -> bool:
    """Whether a column holds numbers and dashes only, and at least one number; the first names the rows."""
    if place == 0:
        return False
    cells = [row[place] for row in table.rows]
    return all(_NUMBER.fullmatch(cell) for cell in cells) and any(cell.strip("-–−") for cell in cells)


def _text(text: str) -> str:
    """Text as it was typed, every line break one line feed."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", legible(text))).replace("\t", " ")


def _line(text: str) -> str:
    return " ".join(_text(text).split())
