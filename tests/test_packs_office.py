"""A paper as slides, as a document and as a workbook: the same words and numbers, ready for everyone, the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from paper_example import FORMULA, MARKUP, example_paper
from paper_reading import (
    W,
    chart_of,
    flat,
    of,
    parts,
    said_by,
    sheets,
    words_of,
)

from safeguarding_metrics.packs.blocks import Bullets, Chart, Line, Paper, Paragraph, Section, Table
from safeguarding_metrics.packs.excel import as_cell, as_xlsx
from safeguarding_metrics.packs.powerpoint import as_pptx
from safeguarding_metrics.packs.same_bytes import moment, repacked
from safeguarding_metrics.packs.same_words import INVENTED, alt_of, axis_of, numbers, numbers_in_words, value_words
from safeguarding_metrics.packs.word import as_docx

FORMS: dict[str, Callable[[Paper], bytes]] = {"pptx": as_pptx, "docx": as_docx, "xlsx": as_xlsx}
EVERY_FORM = pytest.mark.parametrize("form", FORMS)


@EVERY_FORM
def test_every_word_of_the_paper_can_be_read(form: str) -> None:
    read = words_of(FORMS[form](example_paper()), form)
    assert [text for text in said_by(example_paper()) if flat(text) not in read] == []


@EVERY_FORM
def test_a_second_making_later_has_the_same_bytes(form: str) -> None:
    first = FORMS[form](example_paper())
    time.sleep(2.1)  # zip files count in steps of two seconds
    assert FORMS[form](example_paper()) == first


def test_another_process_on_another_clock_makes_the_same_bytes() -> None:
    here = [hashlib.sha256(make(example_paper())).hexdigest() for make in FORMS.values()]
    program = (
        "import hashlib, test_packs_office as t\n"
        "print(*(hashlib.sha256(make(t.example_paper())).hexdigest() for make in t.FORMS.values()))"
    )
    tests = Path(__file__).parent
    changed = {"PYTHONPATH": f"{tests.parent}{os.pathsep}{tests}", "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    told = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | changed, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == here


@EVERY_FORM
def test_the_only_time_inside_is_that_of_the_frozen_record(form: str) -> None:
    made = FORMS[form](example_paper())
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = parts(made)["docProps/core.xml"].decode()
    assert set(re.findall(r"\d{4}-\d{2}-\d{2}T[\d:]+Z", core)) == {"2025-10-23T09:30:00Z"}


def test_a_moment_is_told_in_utc_whatever_its_zone() -> None:
    assert moment("2025-10-23T10:30:00+01:00") == moment("2025-10-23T09:30:00")
    assert moment("2025-10-23T09:30:00Z").isoformat() == "2025-10-23T09:30:00+00:00"
    with pytest.raises(ValueError):
        moment("yesterday")


def test_a_package_packed_again_holds_the_same_members() -> None:
    old = io.BytesIO()
    with zipfile.ZipFile(old, "w") as package:
        package.writestr("b.xml", "<b/>")
        package.writestr(zipfile.ZipInfo("a.xml", datetime(2026, 1, 1).timetuple()[:6]), "<a/>")
    assert list(parts(repacked(old.getvalue())).items()) == [("b.xml", b"<b/>"), ("a.xml", b"<a/>")]


@EVERY_FORM
def test_the_cover_says_who_may_read_it_and_that_the_figures_are_invented(form: str) -> None:
    paper = example_paper()
    assert INVENTED in words_of(FORMS[form](paper), form)
    assert "nvented" not in words_of(FORMS[form](of(Paragraph("Text"), invented=False)), form)


@EVERY_FORM
def test_a_chart_without_alternative_text_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match="no alternative text"):
        FORMS[form](of(chart_of(0.5, alt=" ")))


@EVERY_FORM
def test_what_a_file_cannot_hold_is_left_out_and_the_rest_kept(form: str) -> None:
    awkward = "be\x00ll\x07 \x1b[31mred\ufffe \ud800half ]]> &amp; <w:t> _x0041_"
    table = Table(awkward, (awkward, "B"), ((awkward, ""),), (1, 1))
    chart = chart_of(1.0, None, title=awkward, alt=awkward, source=awkward)
    paper = of(Paragraph(awkward), Bullets((awkward,)), table, chart, title=awkward, subtitle=awkward, marking=awkward)
    assert words_of(FORMS[form](paper), form).count("bell [31mred half ]]> &amp; <w:t> _x0041_") >= 6


@EVERY_FORM
def test_the_smallest_paper_is_still_a_paper(form: str) -> None:
    empty = Paper("T", "", "", "", False, (), (Section("Only a heading", ()),), "2026-01-01T00:00:00", "t")
    assert "Only a heading" in words_of(FORMS[form](empty), form)
    assert FORMS[form](replace(empty, sections=()))


@EVERY_FORM
@pytest.mark.parametrize("chart", [chart_of(), chart_of(None, None), chart_of(0.0, 0.0), chart_of(1.0)])
def test_a_chart_with_next_to_nothing_in_it_is_still_said(form: str, chart: Chart) -> None:
    inside = parts(FORMS[form](of(chart)))
    assert any(chart.alt.encode() in text for text in inside.values())


@EVERY_FORM
def test_a_paper_of_eighty_charts_holds_them_all(form: str) -> None:
    values = tuple(0.4 + place / 100 for place in range(16))
    charts = tuple(replace(chart_of(*values), title=f"Indicator {number}") for number in range(80))
    sections = tuple(Section(chart.title, (Paragraph(chart.alt), chart)) for chart in charts)
    read = words_of(made := FORMS[form](replace(example_paper(), sections=sections)), form)
    assert made[:2] == b"PK" and all(f"Indicator {number}" in read for number in range(80))


def test_headings_lists_and_captions_are_words_own() -> None:
    written = Document(io.BytesIO(as_docx(example_paper())))
    by_style: dict[str, list[str]] = {}
    for line in written.paragraphs:
        by_style.setdefault(line.style.name, []).append(line.text)
    assert by_style["Title"] == [example_paper().title]
    assert by_style["Heading 2"] == [one.title for one in example_paper().sections if one.level == 2]
    assert MARKUP in by_style["List Bullet"][2]
    assert sum(chart.title in line for chart in example_paper().charts() for line in by_style["Caption"]) == 2


def test_a_chapter_that_asks_for_a_new_page_gets_one_and_the_cover_stands_alone() -> None:
    chapters = tuple(Section(name, (Paragraph("Text"),), new_page=name == "C") for name in "ABC")
    written = Document(io.BytesIO(as_docx(replace(example_paper(), sections=chapters))))
    heads = [line for line in written.paragraphs if line.style.name == "Heading 1"]
    assert [bool(line.paragraph_format.page_break_before) for line in heads] == [True, False, True]


def test_tables_of_the_document_repeat_their_heads_and_cut_no_row() -> None:
    written = Document(io.BytesIO(as_docx(example_paper())))
    facts, *others = written.tables
    for table in others:
        heads = [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows]
        assert heads == [True] + [False] * (len(table.rows) - 1)
    for table in (facts, *others):
        assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows)
        assert table._tbl.tblPr.find(f"{W}tblDescription").get(f"{W}val")


def test_the_picture_of_a_chart_has_its_alternative_text_and_its_numbers_beneath() -> None:
    written = Document(io.BytesIO(as_docx(example_paper())))
    described = [shape._inline.docPr.get("descr") for shape in written.inline_shapes]
    assert described == [flat(chart.alt) for chart in example_paper().charts()]
    found = [[[cell.text for cell in row.cells] for row in table.rows] for table in written.tables]
    for chart in example_paper().charts():
        table = numbers(chart)
        assert [list(table.heads), *map(list, table.rows)] in found


def test_a_drawing_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError):
        as_docx(of(chart_of(0.5, svg="no drawing")))


def test_every_page_of_the_document_has_the_marks_and_its_number() -> None:
    written = Document(io.BytesIO(as_docx(example_paper())))
    (page,) = written.sections
    assert page.header.paragraphs[0].text == f"{example_paper().marking}\n{INVENTED}"
    counted = [field.get(f"{W}instr").strip() for field in page.footer.paragraphs[0]._p.iter(f"{W}fldSimple")]
    assert counted == ["PAGE", "NUMPAGES"]


def test_the_document_knows_its_title_and_language() -> None:
    written = Document(io.BytesIO(as_docx(example_paper())))
    about = written.core_properties
    assert (about.title, about.language) == (example_paper().title, "en-GB")
    languages = {one.get(f"{W}val") for one in written.styles.element.iter(f"{W}lang")}
    assert languages == {"en-GB"}


def test_the_workbook_has_a_cover_a_sheet_for_each_section_and_the_figures() -> None:
    names = list(sheets(as_xlsx(example_paper())))
    assert (names[0], names[-1], len(names)) == ("Cover", "Figures", len(example_paper().sections) + 2)


def test_names_of_sheets_are_short_unlike_and_free_of_what_excel_forbids() -> None:
    long = "What is not on course: [all] of it, every part"
    titles = (long, long, "Cover", "'History'", "", "a/b\\c?*", "=1+1", "HISTORY")
    paper = replace(example_paper(), sections=tuple(Section(title, (Paragraph("x"),)) for title in titles))
    names = list(sheets(as_xlsx(paper)))
    assert len({name.lower() for name in names}) == len(names) == len(titles) + 1
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert names[1:3] == ["What is not on course all of it", "What is not on course all o (2)"]


def test_every_number_behind_a_chart_is_a_number_in_the_workbook() -> None:
    rows = sheets(as_xlsx(example_paper()))["Figures"][1:]
    for chart in example_paper().charts():
        expected = [
            [chart.title, period, line.name, "" if value is None else value]
            for line in chart.lines
            for period, value in zip(chart.categories, line.values, strict=True)
        ]
        assert [row[:4] for row in rows if row[0] == chart.title] == expected
        counts = [row[4] for row in rows if row[0] == chart.title][: len(chart.categories)]
        assert tuple(counts) == chart.counts


def test_nothing_in_the_workbook_is_a_formula_or_a_link() -> None:
    lines = (Line("=1+1", (0.25, None)), Line("x!A1", (0.5, 0.5), dashed=True))
    awkward = replace(chart_of(0.25, None), title="=1+1", lines=lines, categories=("=2+2", "http://x.test"))
    inside = parts(as_xlsx(replace(example_paper(), sections=(*example_paper().sections, Section("=3+3", (awkward,))))))
    for name, text in inside.items():
        if name.startswith("xl/worksheets/"):
            assert not list(etree.fromstring(text).iter("{*}f", "{*}hyperlink")), name


def test_text_that_looks_like_a_formula_is_kept_from_becoming_one() -> None:
    assert as_cell(FORMULA) == f"'{FORMULA}"
    assert as_cell("-2+3") == "'-2+3"
    assert as_cell("@SUM(A1)") == "'@SUM(A1)"
    assert as_cell("-4.0 points") == "-4.0 points"
    assert as_cell("+5.2%") == "+5.2%"
    assert len(as_cell("x" * 40_000)) == 32_000


def test_charts_of_the_workbook_are_excels_own_with_alternative_text() -> None:
    inside = parts(as_xlsx(example_paper()))
    drawing = etree.fromstring(inside["xl/drawings/drawing1.xml"])
    described = [one.get("descr") for one in drawing.iter("{*}cNvPr")]
    assert described == [alt_of(chart) for chart in example_paper().charts()]
    first = etree.fromstring(inside["xl/charts/chart1.xml"])
    assert [one.text for one in first.iter("{*}f")][1:4] == ["Figures!$C$2", "Figures!$B$2:$B$7", "Figures!$D$2:$D$7"]
    assert [one.get("val") for one in first.iter("{*}prstDash")] == ["solid", "dash"]


def test_heads_stay_in_sight_and_every_printed_page_has_the_marks() -> None:
    inside = parts(as_xlsx(example_paper()))
    pages = [etree.fromstring(text) for name, text in inside.items() if name.startswith("xl/worksheets/sheet")]
    assert len(pages) == len(example_paper().sections) + 2
    frozen = [page.find(".//{*}pane[@state='frozen']") is not None for page in pages]
    assert frozen == [False] + [True] * (len(pages) - 1)
    for page in pages:
        assert example_paper().marking in page.find(".//{*}oddHeader").text
        assert "Page &P of &N" in page.find(".//{*}oddFooter").text


def test_numbers_are_written_as_the_screens_write_them() -> None:
    share, count = list(example_paper().charts())
    assert [value_words(share, value) for value in (0.4475, None, 0.0)] == ["44.8%", "–", "0.0%"]
    assert [value_words(count, value) for value in (1204.0, None)] == ["1,204", "–"]
    assert value_words(chart_of(1.5, 2.0, share=False), 2.0) == "2.0"
    assert numbers_in_words(share).split("\n")[2:5:2] == [
        "2024/25 Q3: no figure",
        "2025/26 Q1: 40.5% (162 of 400); Milestone 2025/26 50.0%",
    ]


def test_an_axis_starts_at_nought_unless_all_values_are_far_from_it() -> None:
    assert axis_of(chart_of(0.1, 0.9))[0] == 0
    assert axis_of(chart_of(0.9, 0.95))[0] > 0.8
    for values in ((), (None,), (0.0,), (1.0,), (5.0, 5.0), (-2.0, 3.0)):
        low, high, step = axis_of(chart_of(*values))
        assert low < high and 0 < step <= high - low
