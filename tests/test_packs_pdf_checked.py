"""A paper is PDF/UA-1 by the word of a checker that knows nothing of the typesetter, and that finds out a spoilt one."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from page import ValidationProfile, validate_pdf_bytes
from paper_example import MARKUP, TWO_LINES, example_paper, share_chart
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject

from dataset.meetings import meetings
from dataset.store import Store
from safeguarding_metrics.meetings.record import record_in
from safeguarding_metrics.packs.blocks import Block, Bullets, Paper, Paragraph, Section, Table
from safeguarding_metrics.packs.papers import KINDS, Kind, paper_of
from safeguarding_metrics.packs.pdf import as_pdf
from safeguarding_metrics.packs.showing import to_members

TALL = Table("Tall", ("Who", "What"), (("A", "word " * 3_000), ("B", "")), (1, 3))


def broken(pdf: bytes) -> set[str]:
    """The rules of PDF/UA-1 that a file breaks."""
    found = validate_pdf_bytes(pdf, profile=ValidationProfile.PDF_UA_1)
    assert found.rules.total > 100
    assert found.is_compliant is not bool(found.failures)
    return {one.rule_id for one in found.failures}


def spoilt(pdf: bytes, spoil: Callable[[PdfWriter], None]) -> bytes:
    writer, out = PdfWriter(clone_from=io.BytesIO(pdf)), io.BytesIO()
    spoil(writer)
    writer.write(out)
    return out.getvalue()


def tagged(writer: PdfWriter, kind: str) -> Iterator[Any]:
    found = [one for one in writer._objects if isinstance(one, dict) and one.get("/S") == kind and "/P" in one]
    assert found, kind
    yield from found


def without_alternative_text(writer: PdfWriter) -> None:
    del next(tagged(writer, "/Figure"))["/Alt"]


def without_title(writer: PdfWriter) -> None:
    xmp: Any = writer.root_object["/Metadata"].get_object()
    renamed = StreamObject()
    renamed.update({key: value for key, value in xmp.items() if key in ("/Type", "/Subtype")})
    renamed.set_data(xmp.get_data().replace(b"dc:title>", b"dc:other>"))
    writer.root_object[NameObject("/Metadata")] = writer._add_object(renamed)


def without_tags(writer: PdfWriter) -> None:
    del writer.root_object["/StructTreeRoot"]


def without_language(writer: PdfWriter) -> None:
    del writer.root_object["/Lang"]


def with_a_row_outside_its_table(writer: PdfWriter) -> None:
    next(tagged(writer, "/TBody"))[NameObject("/S")] = NameObject("/P")


def with_heads_of_no_column(writer: PdfWriter) -> None:
    for head in tagged(writer, "/TH"):
        del head["/A"], head["/ID"]


def with_a_level_left_out(writer: PdfWriter) -> None:
    for heading in tagged(writer, "/H2"):
        heading[NameObject("/S")] = NameObject("/H4")


def without_its_fonts(writer: PdfWriter) -> None:
    for one in writer._objects:
        if isinstance(one, dict) and one.get("/Type") == "/FontDescriptor":
            for file in {"/FontFile2", "/FontFile3"} & one.keys():
                del one[file]


SPOILT = {
    without_alternative_text: "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001",
    without_title: "PDFUA1-METADATA-TITLE-001",
    without_tags: "PDFUA1-STRUCT-TREE-ROOT-001",
    without_language: "PDFUA1-TEXT-LANGUAGE-001",
    with_a_row_outside_its_table: "PDFUA1-TR-PARENT-001",
    with_heads_of_no_column: "PDFUA1-TABLE-HEADERS-UNDEFINED-001",
    with_a_level_left_out: "PDFUA1-HEADING-NESTING-001",
    without_its_fonts: "PDFUA1-FONT-EMBEDDING-001",
}


@pytest.fixture(scope="module")
def example() -> bytes:
    return as_pdf(example_paper())


def test_a_paper_with_everything_a_paper_can_hold_breaks_no_rule(example: bytes) -> None:
    assert broken(example) == set()


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (Paragraph("\U0001f9ed 漢字 עברית \u200b\x07"), Bullets((MARKUP, TWO_LINES))),
        (Table("Nothing", ("A", "B"), (), (1, 1)),),
        (TALL,),
        (share_chart(), share_chart()),
    ],
    ids=["empty", "odd letters", "no rows", "a cell longer than a page", "charts alone"],
)
def test_an_unusual_paper_breaks_no_rule(blocks: tuple[Block, ...]) -> None:
    assert broken(as_pdf(replace(example_paper(), sections=(Section("Only chapter", blocks),)))) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_the_papers_of_every_frozen_meeting_break_no_rule(kind: Kind, demonstration_path: Path) -> None:
    store = Store.open(demonstration_path)
    held = [one for one in meetings(store) if one.is_frozen]
    store.close()
    papers: list[Paper] = [paper_of(kind, to_members(record_in(one)), one.sha256) for one in held]
    assert len(papers) >= 2
    assert {paper.file_name: rules for paper in papers if (rules := broken(as_pdf(paper)))} == {}


def test_a_paper_written_again_unspoilt_breaks_no_rule(example: bytes) -> None:
    assert broken(spoilt(example, lambda writer: None)) == set()


@pytest.mark.parametrize(("spoil", "rule"), SPOILT.items(), ids=[one.__name__ for one in SPOILT])
def test_a_spoilt_paper_is_found_out(spoil: Callable[[PdfWriter], None], rule: str, example: bytes) -> None:
    assert rule in broken(spoilt(example, spoil))
