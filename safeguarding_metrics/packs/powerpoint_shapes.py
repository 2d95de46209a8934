"""What slides are made of: the master they share, a titled slide, text and tables at a place. Lengths are points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation as Shown
from pptx.slide import Slide
from pptx.util import Pt

from safeguarding_metrics.packs.blocks import Paper, Table
from safeguarding_metrics.packs.fitting import fitted
from safeguarding_metrics.packs.same_bytes import moment
from safeguarding_metrics.packs.same_words import (
    BLUE,
    INK,
    MADE_BY,
    PALE,
    QUIET,
    RULE,
    alt_of_table,
    legible,
    marks,
    one_line,
)

SLIDE_WIDTH, SLIDE_HEIGHT = 960.0, 540.0  # 16:9
LEFT, WIDTH, TOP, BOTTOM = 42.0, 876.0, 106.0, 494.0  # where blocks may stand
MARGIN, ROW_PADDING = 5.0, 7.0  # beside text in a cell; above and below it together
FONT = "Arial"
_TITLE, _FOOT, _NUMBER = (LEFT, 32.0, WIDTH, 64.0), (LEFT, 502.0, 780.0, 30.0), (838.0, 502.0, 80.0, 30.0)
_SUBTITLE = (LEFT, TOP + 10, WIDTH, 44.0)
_BRITISH = MSO_LANGUAGE_ID.ENGLISH_UK
_PADDING = Pt(ROW_PADDING / 2 - 0.5)
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # each cell says how it looks
_RULE = f"<a:solidFill><a:srgbClr val='{RULE}'/></a:solidFill>"
_EDGES = "".join(f"<a:{side} w='0'><a:noFill/></a:{side}>" for side in ("lnL", "lnR")) + "".join(
    f"<a:{side} w='6350'>{_RULE}</a:{side}>" for side in ("lnT", "lnB")
)
_COVER, _PLAIN = "Title Slide", "Title Only"
_THEME = {
    "dk1": INK,
    "dk2": BLUE,
    "lt2": PALE,
    "accent1": BLUE,
    "accent2": "B3400A",
    "accent3": "28A197",
    "accent4": "801650",
    "accent5": "F46A25",
    "accent6": "A285D1",
}


@dataclass(frozen=True)
class Box:
    """Where something stands on a slide."""

    left: float
    top: float
    width: float
    height: float

    def lengths(self) -> tuple[Pt, Pt, Pt, Pt]:
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)


def new_presentation(paper: Paper) -> Shown:
    """No slides yet: 16:9, our colours and letters, British English, no time but the paper's own."""
    shown = Presentation()
    shown.slide_width, shown.slide_height = Pt(SLIDE_WIDTH), Pt(SLIDE_HEIGHT)
    for layout in list(shown.slide_layouts):
        if layout.name not in (_COVER, _PLAIN):
            shown.slide_layouts.remove(layout)
    _without(shown.part, RELATIONSHIP_TYPE.PRINTER_SETTINGS)
    for kind in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES):
        _without(shown.part.package, kind)
    _master(shown)
    about, made = shown.core_properties, moment(paper.made_from).replace(tzinfo=None)
    told = (one_line(text)[:255] for text in (paper.title, paper.subtitle, paper.marking))
    about.title, about.subject, about.category = told
    about.author, about.last_modified_by, about.language = MADE_BY, MADE_BY, "en-GB"
    about.comments = " ".join(marks(paper))[:255]
    about.created, about.modified, about.revision = made, made, 1
    return shown


def rgb(colour: str) -> Any:
    """A colour of six hexadecimal digits."""
    make: Any = RGBColor
    return make.from_string(colour)


def _without(owner: Any, kind: str) -> None:
    """Drops what the template brings along and no paper needs."""
    rels = owner.rels if hasattr(owner, "rels") else owner._rels
    for name in [name for name, rel in rels.items() if rel.reltype == kind]:
        rels.pop(name)


def _master(shown: Shown) -> None:
    """Places and letters of the titles and footers of every slide."""
    master = shown.slide_master
    places = {"title": _TITLE, "body": (LEFT, TOP, WIDTH, BOTTOM - TOP), "ftr": _FOOT, "sldNum": _NUMBER}
    for shape in list(master.placeholders):
        kind = _kind(shape)
        if kind in places:
            shape.left, shape.top, shape.width, shape.height = Box(*places[kind]).lengths()
        else:
            shape.element.getparent().remove(shape.element)  # no date but the paper's own
    for layout in shown.slide_layouts:
        for shape in list(layout.placeholders):
            kind = _kind(shape)
            if kind == "dt":
                shape.element.getparent().remove(shape.element)
            elif kind in ("ctrTitle", "subTitle"):
                place = _TITLE if kind == "ctrTitle" else _SUBTITLE
                shape.left, shape.top, shape.width, shape.height = Box(*place).lengths()
                for style in shape.element.iter(qn("a:lvl1pPr")):
                    style.set("algn", "l")
    _styles(master.element)
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme.blob = _themed(theme.blob)
    for element in (
        master.element,
        shown.notes_master.element,
        shown.element,
        *(layout.element for layout in shown.slide_layouts),
    ):
        british(element)


def _kind(placeholder: Any) -> str:
    return str(placeholder.element.ph.get("type"))


def _styles(master: Any) -> None:
    """Titles to the left in bold blue, footers to the left and small, a band of blue along the top."""
    title = master.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    letters = title.find(qn("a:defRPr"))
    letters.set("sz", "2600")
    letters.set("b", "1")
    letters.find(f".//{qn('a:schemeClr')}").set("val", "tx2")
    for style in master.iterfind(f".//{qn('p:sp')}//{qn('a:lstStyle')}/{qn('a:lvl1pPr')}"):
        style.find(qn("a:defRPr")).set("sz", "1000")
        if style.get("algn") == "ctr":
            style.set("algn", "l")
    for frame in master.iterfind(f".//{qn('p:sp')}//{qn('a:bodyPr')}"):
        frame.set("lIns", "0")  # so that titles stand over the text beneath them
        frame.set("rIns", "0")
    for colour in master.iterfind(f".//{qn('p:sp')}//{qn('a:tint')}"):
        colour.getparent().remove(colour)  # grey on white would be too pale to read
    band = parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='90' name='Band'/><p:cNvSpPr/><p:nvPr userDrawn='1'/></p:nvSpPr>"
        f"<p:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='{Pt(SLIDE_WIDTH)}' cy='{Pt(8)}'/></a:xfrm>"
        "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val='accent1'/></a:solidFill>"
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )
    tree = master.find(f".//{qn('p:spTree')}")
    tree.insert(2, band)


def _themed(blob: bytes) -> bytes:
    theme: Any = parse_xml(blob)
    for name, colour in _THEME.items():
        old = theme.find(f".//{qn('a:clrScheme')}/{qn('a:' + name)}")
        for child in list(old):
            old.remove(child)
        old.append(parse_xml(f"<a:srgbClr {nsdecls('a')} val='{colour}'/>"))
    for kind in ("a:majorFont", "a:minorFont"):
        theme.find(f".//{qn(kind)}/{qn('a:latin')}").set("typeface", FONT)
    return serialize_part_xml(theme)


def british(element: Any) -> None:
    """The language of every text beneath an element."""
    for one in element.iter():
        if one.get("lang"):
            one.set("lang", "en-GB")


def begun(shown: Shown, paper: Paper, title: str, *, part: str = "", above: str = "", cover: bool = False) -> Slide:
    """A new slide with its title, the marks of the paper and its number; `above` is the chapter it belongs to."""
    layouts = {layout.name: layout for layout in shown.slide_layouts}
    slide: Slide = shown.slides.add_slide(layouts[_COVER if cover else _PLAIN])
    said, size = fitted(
        one_line(title), WIDTH - 80, _TITLE[3] - 4, (34, 30, 26) if cover else (26, 24, 22, 20, 18, 16, 14), bold=True
    )
    heading: Any = slide.shapes.title
    fill(heading.text_frame, [said + part], size, bold=True)
    if above:
        near, small = fitted(one_line(above), WIDTH, 15, (11, 10, 9, 8))
        add_text(slide, Box(LEFT, 18, WIDTH, 16), [near], small, colour=QUIET)
    _foot(slide, paper)
    return slide


def _foot(slide: Slide, paper: Paper) -> None:
    said, size = fitted(" · ".join(marks(paper)), _FOOT[2], _FOOT[3] - 4, (10, 9, 8, 7))
    for kind, index, name in (("ftr", 11, "Footer"), ("sldNum", 12, "Slide number")):
        shape = parse_xml(
            f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='{80 + index}' name='{name}'/><p:cNvSpPr><a:spLocks noGrp='1'/>"
            f"</p:cNvSpPr><p:nvPr><p:ph type='{kind}' sz='quarter' idx='{index}'/></p:nvPr></p:nvSpPr><p:spPr/>"
            "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
        )
        slide.shapes.element.append(shape)
    foot, number = (shape for shape in slide.placeholders if shape.placeholder_format.idx in (11, 12))
    fill(foot.text_frame, [said], size)
    paragraph = number.text_frame.paragraphs[0]._p
    paragraph.append(
        parse_xml(
            f"<a:fld {nsdecls('a')} id='{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}' type='slidenum'>"
            f"<a:rPr lang='en-GB' sz='1000'/><a:t>{slide.part.package.presentation_part.presentation.slides.index(slide) + 1}"
            "</a:t></a:fld>"
        )
    )


def add_text(
    slide: Slide,
    box: Box,
    texts: Sequence[str],
    size: float,
    *,
    bold: bool = False,
    bullet: float = 0,
    colour: str = INK,
) -> None:
    """A box of text that neither grows nor shrinks; a bullet hangs so many points before its first line."""
    box = Box(box.left - bullet, box.top, box.width + bullet, box.height)
    shape = slide.shapes.add_textbox(*box.lengths())
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    fill(frame, texts, size, bold=bold, colour=colour)
    if bullet:
        for paragraph in frame.paragraphs[:1]:
            how = paragraph._p.get_or_add_pPr()
            how.set("marL", str(Pt(bullet)))
            how.set("indent", str(-Pt(bullet)))
            how.append(parse_xml(f"<a:buFont {nsdecls('a')} typeface='Arial'/>"))
            how.append(parse_xml(f"<a:buChar {nsdecls('a')} char='•'/>"))


def fill(frame: Any, texts: Sequence[str], size: float, *, bold: bool = False, colour: str = "") -> None:
    """Each text a paragraph, its line breaks kept."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    for place, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        for number, line in enumerate(text.split("\n") if text else ()):
            if number:
                paragraph.add_line_break()
            run = paragraph.add_run()
            run.text = line.replace("\v", " ")
            run.font.size, run.font.language_id = Pt(size), _BRITISH
            if bold:
                run.font.bold = True
            if colour:
                run.font.color.rgb = rgb(colour)
        if not text:  # an empty line is as high as its letters would be
            paragraph.font.size = Pt(size)
            paragraph._p.append(parse_xml(f"<a:endParaRPr {nsdecls('a')} lang='en-GB' sz='{int(size * 100)}'/>"))


def add_table(
    slide: Slide,
    box: Box,
    table: Table,
    widths: Sequence[float],
    heights: Sequence[float],
    *,
    size: float,
    heads: bool = True,
) -> None:
    """A native table with its alternative text; `heights` are those of its rows, the heads' first."""
    rows = [table.heads, *table.rows] if heads else list(table.rows)
    frame: Any = slide.shapes.add_table(1, 1, *box.lengths())
    named = frame.element.nvGraphicFramePr.cNvPr
    named.set("name", one_line(table.caption)[:200])
    named.set("descr", alt_of_table(table))
    ruled = frame.element.graphic.graphicData.tbl
    ruled.getparent().replace(ruled, parse_xml(_ruled(rows, widths, heights, size, heads=heads)))


def _ruled(
    rows: Sequence[Sequence[str]], widths: Sequence[float], heights: Sequence[float], size: float, *, heads: bool
) -> str:
    """The table as DrawingML: written at once, for setting each cell by itself takes most of the time of a paper."""
    columns = "".join(f"<a:gridCol w='{Pt(width)}'/>" for width in widths)
    lines = []
    for place, (row, height) in enumerate(zip(rows, heights, strict=True)):
        head = heads and not place
        cells = "".join(_cell(text, size, head=head, name=not spot) for spot, text in enumerate(row))
        lines.append(f"<a:tr h='{Pt(height)}'>{cells}</a:tr>")
    return (
        f"<a:tbl {nsdecls('a')}><a:tblPr firstRow='{int(heads)}' firstCol='1'>"
        f"<a:tableStyleId>{_NO_STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>{''.join(lines)}</a:tbl>"
    )


def _cell(text: str, size: float, *, head: bool, name: bool) -> str:
    """One cell, its line breaks kept, with a ground of its own and a thin line above and below."""
    look = f"lang='en-GB' sz='{int(size * 100)}'"
    ink, ground = ("FFFFFF", BLUE) if head else (INK, PALE if name else "FFFFFF")
    letters = f"<a:rPr {look} b='{int(head or name)}'><a:solidFill><a:srgbClr val='{ink}'/></a:solidFill></a:rPr>"
    said = [f"<a:r>{letters}<a:t>{part}</a:t></a:r>" for part in escape(legible(text)).split("\n")]
    runs = f"<a:br><a:rPr {look}/></a:br>".join(said) if text else f"<a:endParaRPr {look}/>"
    margin = f"marL='{Pt(MARGIN)}' marR='{Pt(MARGIN)}' marT='{_PADDING}' marB='{_PADDING}'"
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p>{runs}</a:p></a:txBody><a:tcPr {margin} anchor='t'>{_EDGES}"
        f"<a:solidFill><a:srgbClr val='{ground}'/></a:solidFill></a:tcPr></a:tc>"
    )
