"""A paper as a Word document: real headings, lists and tables, charts as pictures with their numbers beneath."""

from __future__ import annotations

import io
from itertools import zip_longest
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.document import Document as Written
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from safeguarding_metrics.packs.blocks import Block, Bullets, Chart, Paper, Paragraph, Section, Table
from safeguarding_metrics.packs.pictures import as_png
from safeguarding_metrics.packs.same_bytes import moment, repacked
from safeguarding_metrics.packs.same_words import (
    BLUE,
    INK,
    MADE_BY,
    PALE,
    QUIET,
    RULE,
    alt_of,
    alt_of_table,
    caption_of,
    legible,
    marks,
    numbers,
    one_line,
)

FONT = "Arial"
_PAGE_WIDTH, _PAGE_HEIGHT, _SIDE, _EDGE = Cm(21), Cm(29.7), Cm(2), Cm(2.2)  # A4
_TEXT_WIDTH = _PAGE_WIDTH - 2 * _SIDE
_INSET = 90  # twentieths of a point beside the text of a cell
_TOGETHER = 16  # a table of so many rows or fewer stays on one page
_STYLES: dict[str, tuple[float, bool, str, float, float]] = {  # size, bold, colour, points before and after
    "Normal": (10.5, False, INK, 0, 6),
    "Title": (26, True, BLUE, 90, 6),
    "Subtitle": (14, False, QUIET, 0, 30),
    "Heading 1": (17, True, BLUE, 22, 8),
    "Heading 2": (13, True, BLUE, 16, 6),
    "List Bullet": (10.5, False, INK, 0, 3),
    "Caption": (9.5, True, BLUE, 10, 4),
    "Header": (8.5, False, QUIET, 0, 0),
    "Footer": (8.5, False, QUIET, 0, 0),
}


def as_docx(paper: Paper) -> bytes:
    """The whole paper. Raises ValueError for a chart without alternative text or with a drawing that cannot be read."""
    written = Document()
    _page(written, paper)
    _styles(written)
    _about(written, paper)
    _cover(written, paper)
    for place, section in enumerate(paper.sections):
        _section(written, section, new_page=section.new_page or not place)
    memory = io.BytesIO()
    written.save(memory)
    return repacked(memory.getvalue())


def _page(written: Written, paper: Paper) -> None:
    """A4, with who may read it above and the page number below."""
    page = written.sections[0]
    page.page_width, page.page_height = _PAGE_WIDTH, _PAGE_HEIGHT
    page.left_margin = page.right_margin = _SIDE
    page.top_margin = page.bottom_margin = _EDGE
    page.header_distance = page.footer_distance = Cm(1)
    head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
    _say(head, "\n".join(marks(paper)))
    _say(foot, f"{one_line(paper.title)}\tPage ")
    foot.paragraph_format.tab_stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _field(line: Line, name: str) -> None:
    """A number that Word counts itself."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {name} ")
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
    line._p.append(field)


def _styles(written: Written) -> None:
    """Our letters and colours in Word's own styles, British English throughout."""
    for name, (size, bold, colour, before, after) in _STYLES.items():
        style: Any = written.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour)
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FONT)
        space = style.paragraph_format
        space.space_before, space.space_after, space.line_spacing = Pt(before), Pt(after), 1.12
    written.styles["Caption"].paragraph_format.keep_with_next = True
    for name, what in (("Title", "w:pBdr"), ("Header", "w:tabs"), ("Footer", "w:tabs")):
        for brought in list(written.styles[name].element.iter(qn(what))):
            brought.getparent().remove(brought)  # a line beneath and tabs for another width of page
    for kind in ("w:lang", "w:themeFontLang"):
        for root in (written.styles.element, written.settings.element):
            for language in root.iter(qn(kind)):
                language.set(qn("w:val"), "en-GB")


def _about(written: Written, paper: Paper) -> None:
    about, made = written.core_properties, moment(paper.made_from).replace(tzinfo=None)
    about.title, about.subject = one_line(paper.title)[:255], one_line(paper.subtitle)[:255]
    about.category, about.comments = one_line(paper.marking)[:255], " ".join(marks(paper))[:255]
    about.author, about.last_modified_by, about.language = MADE_BY, MADE_BY, "en-GB"
    about.created, about.modified, about.revision = made, made, 1
    package = written.part.package
    brought = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)  # of the template, not of this paper
    for name in [name for name, rel in package.rels.items() if rel.reltype in brought]:
        package.rels.pop(name)


def _cover(written: Written, paper: Paper) -> None:
    _say(written.add_paragraph(style="Title"), one_line(paper.title))
    _say(written.add_paragraph(style="Subtitle"), legible(paper.subtitle))
    answer = _say(written.add_paragraph(), legible(paper.answer), size=18, bold=True, colour=BLUE)
    answer.paragraph_format.space_after = Pt(30)
    for mark in marks(paper):
        _say(written.add_paragraph(), mark, size=12, bold=True)
    if paper.facts:
        written.add_paragraph()
        facts = Table("Facts of this paper", ("Fact", "Value"), paper.facts, (1, 3.4))
        _table(written, facts, heads=False)


def _section(written: Written, section: Section, *, new_page: bool) -> None:
    head = _say(written.add_paragraph(style=f"Heading {min(max(section.level, 1), 2)}"), one_line(section.title))
    head.paragraph_format.page_break_before = new_page or None
    for block, follows in zip_longest(section.blocks, section.blocks[1:]):
        _block(written, block, follows)


def _block(written: Written, block: Block, follows: Block | None) -> None:
    if isinstance(block, Paragraph):
        line = _say(written.add_paragraph(), legible(block.text), bold=block.strong)
        line.paragraph_format.keep_with_next = isinstance(follows, Table | Chart) or None
    elif isinstance(block, Bullets):
        for item in block.items:
            _say(written.add_paragraph(style="List Bullet"), legible(item))
    elif isinstance(block, Table):
        _say(written.add_paragraph(style="Caption"), one_line(block.caption))
        _table(written, block)
    else:
        _chart(written, block)


def _say(
    line: Line, text: str, *, size: float | None = None, bold: bool | None = None, colour: str | None = None
) -> Line:
    """Text as it is, its line breaks kept."""
    run = line.add_run(text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    return line


def _chart(written: Written, chart: Chart) -> None:
    """The picture, its caption on the same page, and the numbers beneath."""
    said = alt_of(chart)
    line = written.add_paragraph()
    line.paragraph_format.keep_with_next = True
    picture = line.add_run().add_picture(io.BytesIO(as_png(chart.svg)), width=_TEXT_WIDTH)
    named = picture._inline.docPr
    named.set("descr", said)
    named.set("name", one_line(chart.title)[:200])
    _say(written.add_paragraph(style="Caption"), f"{one_line(chart.title)}. {caption_of(chart)}")
    if chart.categories:
        _table(written, numbers(chart), size=9)


def _table(written: Written, table: Table, *, heads: bool = True, size: float = 9.5) -> None:
    """A table of fixed widths; its heads stand on every page it reaches, and no row is cut."""
    total = sum(table.widths)
    room = _TEXT_WIDTH / 635 - _INSET  # twentieths of a point
    widths = [round(room * width / total) for width in table.widths]
    rows = [_row(table.heads, widths, size, heads=True)] if heads else []
    held = len(table.rows) if len(table.rows) <= _TOGETHER else 1
    rows += [_row(row, widths, size, held=place < held - 1) for place, row in enumerate(table.rows)]
    said, title = quoteattr(alt_of_table(table)), quoteattr(one_line(table.caption))
    sides = "".join(f"<w:{side} w:val='single' w:sz='4' w:color='{RULE}'/>" for side in ("top", "bottom", "insideH"))
    margins = "".join(
        f"<w:{s} w:w='{w}' w:type='dxa'/>"
        for s, w in (("top", 50), ("left", _INSET), ("bottom", 50), ("right", _INSET))
    )
    columns = "".join(f"<w:gridCol w:w='{width}'/>" for width in widths)
    body = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr><w:tblW w:w='{sum(widths)}' w:type='dxa'/>"
        f"<w:tblInd w:w='{_INSET}' w:type='dxa'/><w:tblBorders>{sides}</w:tblBorders>"
        f"<w:tblLayout w:type='fixed'/><w:tblCellMar>{margins}</w:tblCellMar>"
        f"<w:tblLook w:val='0{'4A' if heads else '48'}0' w:firstRow='{int(heads)}' w:lastRow='0' w:firstColumn='1' "
        "w:lastColumn='0' w:noHBand='1' w:noVBand='1'/>"
        f"<w:tblCaption w:val={title}/><w:tblDescription w:val={said}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    written.element.body.insert(len(written.element.body) - 1, body)  # before the page's own settings
    written.add_paragraph().paragraph_format.space_after = Pt(2)


def _row(cells: tuple[str, ...], widths: list[int], size: float, *, heads: bool = False, held: bool = False) -> str:
    """A row that is never cut; the heads, and a row that is `held`, stay on the page of the row beneath."""
    kept = "<w:cantSplit/>" + ("<w:tblHeader/>" if heads else "")
    with_next = "<w:keepNext/>" if heads or held else ""
    space = "<w:spacing w:before='0' w:after='0' w:line='252' w:lineRule='auto'/>"
    drawn = []
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        ground, ink = (BLUE, "FFFFFF") if heads else (PALE, INK) if not place else ("FFFFFF", INK)
        look = f"{'<w:b/>' if heads or not place else ''}<w:color w:val='{ink}'/><w:sz w:val='{round(size * 2)}'/>"
        shade = f"<w:shd w:val='clear' w:color='auto' w:fill='{ground}'/>"
        drawn.append(
            f"<w:tc><w:tcPr><w:tcW w:w='{width}' w:type='dxa'/>{shade}</w:tcPr><w:p><w:pPr>{with_next}{space}</w:pPr>"
            f"<w:r><w:rPr>{look}</w:rPr>{_runs(cell)}</w:r></w:p></w:tc>"
        )
    return f"<w:tr><w:trPr>{kept}</w:trPr>{''.join(drawn)}</w:tr>"


def _runs(text: str) -> str:
    """Text as WordprocessingML, line breaks and tabs kept."""
    lines = escape(legible(text)).split("\n")
    return "<w:br/>".join("<w:tab/>".join(_plain(part) for part in line.split("\t")) for line in lines)


def _plain(text: str) -> str:
    return f"<w:t xml:space='preserve'>{text}</w:t>"
