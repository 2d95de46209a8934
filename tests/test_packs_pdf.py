"""A paper as a PDF everyone can read, and a drawing as a PNG: what they hold, and that they are always the same."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from paper_example import FORMULA, LONG_WORD, MARKUP, count_chart, example_paper, share_chart
from PIL import Image
from pypdf import PdfReader

from safeguarding_metrics.packs.blocks import Block, Bullets, Chart, Paper, Paragraph, Section, Table
from safeguarding_metrics.packs.pdf import as_pdf
from safeguarding_metrics.packs.pictures import as_png
from safeguarding_metrics.packs.same_words import INVENTED, numbers
from safeguarding_metrics.packs.typesetting import for_our_font

ODD = "\U0001f9ed 漢字 עברית ✓ \U0001f468\u200d\U0001f469 e\u0489 \ue000 \x07\ud800 a\u2028b"


@pytest.fixture(scope="module")
def example() -> PdfReader:
    return read(as_pdf(example_paper()))


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def paper_of(*blocks: Block, title: str = "Only chapter", level: int = 1) -> Paper:
    return replace(example_paper(), sections=(Section(title, blocks, level),))


def squeezed(text: str) -> str:
    """Without white space: where lines break is not what a paper says."""
    return "".join(text.split())


def body(page: Any) -> str:
    return str(page.extract_text())


def lowest(page: Any) -> float:
    """How far above the lower edge of the page its lowest text stands, in points."""
    found: list[float] = []

    def seen(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            found.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

    page.extract_text(visitor_text=seen)
    return min(found)


def all_text(pdf: PdfReader) -> str:
    return squeezed("".join(body(page) for page in pdf.pages))


def texts_of_table(table: Table) -> list[str]:
    return [table.caption, *table.heads, *(cell for row in table.rows for cell in row)]


def texts_of(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [block.text]
        case Bullets():
            return list(block.items)
        case Table():
            return texts_of_table(block)
        case Chart():
            return [block.title, block.period, block.source, *texts_of_table(numbers(block))]


def elements(node: Any) -> Iterator[dict[str, Any]]:
    """Every element of the tree of tags, in reading order."""
    node = node.get_object()
    for child in node if isinstance(node, list) else [node.get("/K")] if isinstance(node, dict) else []:
        if child is not None:
            yield from elements(child)
    if isinstance(node, dict) and "/S" in node:
        yield node


def tagged(pdf: PdfReader, *kinds: str) -> list[dict[str, Any]]:
    root: Any = pdf.trailer["/Root"]
    return [one for one in elements(root["/StructTreeRoot"]) if one["/S"] in kinds]


def shared_letters(png: bytes, box: tuple[int, int, int, int]) -> int:
    """How many colours stand in a part of a picture: one where it is blank."""
    return len(Image.open(io.BytesIO(png)).convert("RGB").crop(box).getcolors(1_000_000) or [])


def test_the_same_paper_is_the_same_file() -> None:
    assert as_pdf(example_paper()) == as_pdf(example_paper())


def test_it_is_the_same_file_for_another_user_elsewhere_in_the_world(tmp_path: Path) -> None:
    elsewhere = {"HOME": str(tmp_path), "TZ": "Pacific/Auckland", "FONTCONFIG_PATH": str(tmp_path), "PATH": ""}
    paths = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1])])
    code = (
        "import sys; from paper_example import example_paper; from safeguarding_metrics.packs.pdf import as_pdf; "
        "sys.stdout.buffer.write(as_pdf(example_paper()))"
    )
    made = subprocess.run(
        [sys.executable, "-c", code], env={**elsewhere, "PYTHONPATH": paths}, capture_output=True, check=True
    )
    assert made.stdout == as_pdf(example_paper())


def test_it_carries_only_fonts_of_its_own(example: PdfReader) -> None:
    found: list[Any] = [page["/Resources"] for page in example.pages]
    names = {str(font.get_object()["/BaseFont"]) for resources in found for font in resources["/Font"].values()}
    assert names
    assert all(re.fullmatch(r"/[A-Z]{6}\+DejaVuSans.*", name) for name in names)


def test_every_word_and_number_can_be_read_back(example: PdfReader) -> None:
    paper, said = example_paper(), all_text(example)
    cover = [paper.title, paper.subtitle, paper.answer, paper.marking, *(text for fact in paper.facts for text in fact)]
    inside = [text for section in paper.sections for block in section.blocks for text in texts_of(block)]
    wanted = [*cover, *(section.title for section in paper.sections), *inside]
    assert [text for text in wanted if squeezed(text) not in said] == []
    assert all(squeezed(text) in said for text in (FORMULA, MARKUP, LONG_WORD))


def test_the_numbers_of_a_chart_stand_beside_their_period(example: PdfReader) -> None:
    said = all_text(example)
    assert squeezed("2025/26 Q2 44.8% 179 of 400 50.0%") in said
    assert squeezed("2024/25 Q3 – – –") in said
    assert squeezed("2025/26 Q1 1,310 1,310 referrals 1,126 1,000") in said


def test_it_says_that_it_is_pdf_ua_1_and_when_its_record_was_frozen(example: PdfReader) -> None:
    root: Any = example.trailer["/Root"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<xmp:CreateDate>2025-10-23T09:30:00+00:00</xmp:CreateDate>" in xmp
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert example.metadata is not None and example.metadata.title == example_paper().title


def test_headings_are_tagged_in_their_order(example: PdfReader) -> None:
    levels = [f"/H{section.level}" for section in example_paper().sections]
    found = tagged(example, "/H1", "/H2", "/H3")
    assert [one["/S"] for one in found] == levels
    assert [one["/T"] for one in found] == [section.title for section in example_paper().sections]


def test_every_figure_has_its_alternative_text(example: PdfReader) -> None:
    assert [one["/Alt"] for one in tagged(example, "/Figure")] == [chart.alt for chart in example_paper().charts()]


def test_every_table_has_a_row_of_heads(example: PdfReader) -> None:
    tables = [block for section in example_paper().sections for block in section.blocks if isinstance(block, Table)]
    tables += [numbers(chart) for chart in example_paper().charts()]
    assert len(tagged(example, "/Table")) == len(tagged(example, "/THead")) == len(tables)
    assert len(tagged(example, "/TH")) == sum(len(table.heads) for table in tables)


def test_heads_are_repeated_and_no_row_is_cut(example: PdfReader) -> None:
    pages = [body(page) for page in example.pages]
    held = [page for page in pages if re.search(r"Action \d+ ", page)]
    assert len(held) >= 2
    assert all(squeezed("Action Owner Drift What is known") in squeezed(page) for page in held)


def test_a_row_stands_whole_on_one_page() -> None:
    rows = tuple((f"Row {n}", "\n".join(f"line {n}.{place}." for place in range(9))) for n in range(40))
    pages = [squeezed(body(page)) for page in read(as_pdf(paper_of(Table("Tall", ("A", "B"), rows, (1, 1))))).pages]
    assert sum("line" in page for page in pages) >= 4
    whole = [squeezed(f"Row {n}" + "".join(f"line {n}.{place}." for place in range(9))) for n in range(40)]
    assert [row for row in whole if sum(row in page for page in pages) != 1] == []


@pytest.mark.parametrize(
    "block",
    [Paragraph("long" * 60), Bullets(("long" * 60,)), Table("T", ("A", "B"), (("long" * 20, "end"),), (1, 3))],
)
def test_a_word_wider_than_its_place_goes_on_in_the_next_line(block: Block) -> None:
    said = "".join(body(page) for page in read(as_pdf(paper_of(block))).pages)
    word = texts_of(block)[-2 if isinstance(block, Table) else 0]
    assert word not in said.splitlines() and all(len(line) < 130 for line in said.splitlines())
    assert word in squeezed(said)


def test_every_page_says_who_may_read_it_that_it_is_invented_and_which_page_it_is(example: PdfReader) -> None:
    for number, page in enumerate(example.pages, start=1):
        said = " ".join(body(page).split())
        assert example_paper().marking in said
        assert INVENTED in said
        assert f"Page {number} of {len(example.pages)}" in said


def test_real_figures_are_not_called_invented() -> None:
    assert "Invented" not in all_text(read(as_pdf(replace(paper_of(Paragraph("Real.")), invented=False))))


@pytest.mark.parametrize("alt", ["", " \n"])
def test_a_chart_without_alternative_text_is_refused(alt: str) -> None:
    with pytest.raises(ValueError, match=r"Concerns that led to an enquiry.*alternative text"):
        as_pdf(paper_of(replace(share_chart(), alt=alt)))


def test_a_chart_without_a_drawing_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be set as a PDF"):
        as_pdf(paper_of(replace(share_chart(), svg="<svg")))


@pytest.mark.parametrize(
    ("paper", "why"),
    [
        (replace(example_paper(), title=" "), "no title"),
        (paper_of(title="\n"), "no title"),
        (replace(example_paper(), made_from="yesterday"), "“yesterday” is not a date and time"),
    ],
)
def test_a_paper_without_a_title_or_a_moment_is_refused(paper: Paper, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        as_pdf(paper)


def test_a_paper_may_begin_below_a_chapter() -> None:
    assert [one["/S"] for one in tagged(read(as_pdf(paper_of(level=2))), "/H1", "/H2")] == ["/H1"]


def test_what_no_font_has_is_named_in_words_everywhere() -> None:
    drawn = share_chart().svg.replace("Concerns", "\U0001f9ed concerns")
    chart = replace(share_chart(), alt=f"{ODD} is shown", svg=drawn)
    pdf = read(as_pdf(paper_of(Paragraph(ODD), Table(ODD, (ODD, "B"), ((ODD, ""),), (1, 1)), chart, title=ODD)))
    said = all_text(pdf)
    assert said.count("[compass]") >= 6
    assert "[cjkunifiedideograph-6f22]" in said and "[man][woman]" in said and "✓" in said
    assert [str(one["/Alt"]).split(" [cjk")[0] for one in tagged(pdf, "/Figure")] == ["[compass]"]


def test_a_cell_longer_than_a_page_goes_on_and_loses_nothing() -> None:
    told = " ".join(f"word{place}" for place in range(2_000))
    pdf = read(as_pdf(paper_of(Table("Long", ("Who", "What"), (("A", told), ("B", "end")), (1, 3)))))
    pages = [re.findall(r"word\d+", body(page)) for page in pdf.pages]
    assert len([page for page in pages if page]) >= 2
    assert [word for page in pages for word in page] == told.split()


@pytest.mark.parametrize("blocks", [(), (Table("Nothing", ("A", "B"), (), (1, 1)),)])
def test_an_empty_chapter_and_a_table_without_rows_are_still_a_paper(blocks: tuple[Block, ...]) -> None:
    assert "Onlychapter" in all_text(read(as_pdf(paper_of(*blocks))))


def test_long_charts_do_not_run_off_the_page() -> None:
    periods = tuple(f"Month {place}" for place in range(60))
    line = replace(share_chart().lines[0], values=tuple(place / 100 for place in range(60)))
    chart = replace(share_chart(), categories=periods, lines=(line,), counts=tuple(f"{n} of 100" for n in range(60)))
    pdf = read(as_pdf(paper_of(chart)))
    text = all_text(pdf)
    assert [n for n in range(60) if squeezed(f"Month {n} {n}.0% {n} of 100") not in text] == []
    assert all(lowest(page) > 0 for page in pdf.pages)


def test_text_of_a_drawing_is_changed_in_size_and_never_in_words() -> None:
    typed = 'font-size="12" font-family="Arial"'
    svg = f'<svg><text font-size="10">{typed}</text></svg>'
    assert f'<text font-size="9.6">{typed}</text>' in for_our_font(svg)
    assert for_our_font("<svg/>") == "<svg/>"


@pytest.mark.parametrize(("scale", "size"), [(1.0, (640, 300)), (2.0, (1280, 600)), (3.0, (1920, 900))])
def test_a_picture_has_the_size_of_its_drawing_times_the_scale(scale: float, size: tuple[int, int]) -> None:
    assert Image.open(io.BytesIO(as_png(share_chart().svg, scale=scale))).size == size


def test_a_picture_is_on_white_shows_its_text_and_is_always_the_same() -> None:
    svg = share_chart().svg.replace('<rect width="640" height="300" fill="#ffffff"/>', "")
    png = as_png(svg)
    assert png == as_png(svg)
    assert Image.open(io.BytesIO(png)).convert("RGBA").getpixel((2, 2)) == (255, 255, 255, 255)
    assert shared_letters(png, (40, 16, 600, 60)) > 10, "the title"
    assert shared_letters(png, (0, 0, 30, 600)) == 1, "the margin"


def test_a_picture_shows_letters_no_font_has_by_their_names() -> None:
    with_face = as_png(share_chart().svg.replace("Concerns", "\U0001f9ed"))
    named = as_png(share_chart().svg.replace("Concerns", "[compass]"))
    assert with_face == named
    assert as_png(count_chart().svg) != with_face


@pytest.mark.parametrize("svg", ["", "a chart", "<svg", "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", "\ud800"])
def test_what_is_not_a_drawing_is_refused_in_a_sentence(svg: str) -> None:
    with pytest.raises(ValueError, match=r"^The picture cannot be drawn: .*\.$"):
        as_png(svg)


@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan")])
def test_a_picture_has_a_scale_above_nought(scale: float) -> None:
    with pytest.raises(ValueError, match="at a scale of"):
        as_png(share_chart().svg, scale=scale)
