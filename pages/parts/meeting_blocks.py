"""The blocks of a paper as HTML, so that a screen and the papers have the same words and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pages.parts.drawing import bullet_list, details, safe, table
from safeguarding_metrics.packs.blocks import Block, Bullets, Chart, Paragraph, Section, Table

SHOWN_FIRST = 6
CHARACTERS_FIRST = 900
ROWS_FIRST = 10


def section(found: Section) -> str:
    """A section under its heading; what is long is folded, never left out."""
    return f'<section class="meeting"><h2>{safe(found.title)}</h2>{blocks(found.blocks)}</section>'


def blocks(found: Iterable[Block]) -> str:
    return "".join(_block(one) for one in found)


def _block(block: Block) -> str:
    match block:
        case Paragraph(text, strong):
            return f"<p><strong>{_lines(text)}</strong></p>" if strong else f"<p>{_lines(text)}</p>"
        case Bullets(items):
            return _bullets([_lines(item) for item in items])
        case Table():
            return _table(block)
        case Chart():
            return f"<p>{safe(block.alt)}</p>"


def _bullets(items: Sequence[str]) -> str:
    """The first few, the rest one step behind; the first stands open however long it is."""
    number, characters = 0, 0
    for item in items[:SHOWN_FIRST]:
        characters += len(item)
        if number and characters > CHARACTERS_FIRST:
            break
        number += 1
    more = details(f"{len(items) - number} more", bullet_list(items[number:])) if len(items) > number else ""
    return bullet_list(items[:number]) + more


def _table(found: Table) -> str:
    rows = [tuple(_lines(cell) for cell in row) for row in found.rows]
    whole = table(found.caption, found.heads, rows)
    return details(f"{found.caption}: {len(rows)}", whole) if len(rows) > ROWS_FIRST else whole


def _lines(text: str) -> str:
    """Text as text, its line breaks kept."""
    return "<br>".join(safe(line) for line in text.splitlines())
