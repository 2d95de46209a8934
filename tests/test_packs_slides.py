"""A paper as slides: native charts and tables, real titles, nothing off the slide."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from paper_example import LONG_WORD, example_paper
from paper_reading import (
    chart_of,
    charts_of,
    flat,
    of,
    parts,
    sheets,
    slide_texts,
    slides,
    tables_of,
    words_of,
)
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from safeguarding_metrics.packs.blocks import Bullets, Line, Paper, Paragraph, Table
from safeguarding_metrics.packs.excel import as_xlsx
from safeguarding_metrics.packs.fitting import fitted, lines_of, width_of
from safeguarding_metrics.packs.powerpoint import as_pptx
from safeguarding_metrics.packs.powerpoint_shapes import BOTTOM
from safeguarding_metrics.packs.same_words import INVENTED


def test_charts_are_powerpoints_own_with_the_very_numbers() -> None:
    drawn = charts_of(as_pptx(example_paper()))
    for shape, chart in zip(drawn, example_paper().charts(), strict=True):
        (plot,) = shape.chart.plots
        assert tuple(plot.categories) == chart.categories
        assert [tuple(series.values) for series in plot.series] == [line.values for line in chart.lines]
        assert shape.chart.chart_title.text_frame.text == chart.title


def test_the_workbook_inside_a_chart_can_be_edited_and_holds_no_formula() -> None:
    lines = (Line("=1+1", (0.25, None)), Line("@SUM(A1)", (0.5, 0.5), dashed=True))
    chart = replace(chart_of(0.25, None), lines=lines, categories=("=2+2", "http://x.test"), counts=("1 of 4", ""))
    (shape,) = charts_of(as_pptx(of(chart)))
    inside = shape.chart.part.chart_workbook.xlsx_part.blob
    assert sheets(inside)["Sheet1"] == [
        ["", "=1+1", "@SUM(A1)", "Counts"],
        ["=2+2", 0.25, 0.5, "1 of 4"],
        ["http://x.test", "", 0.5, ""],
    ]
    assert b"<f>" not in parts(inside)["xl/worksheets/sheet1.xml"]
    assert b"2026" not in parts(inside)["docProps/core.xml"]


def test_what_is_promised_is_dashed_and_what_is_measured_is_not() -> None:
    for shape, chart in zip(charts_of(as_pptx(example_paper())), example_paper().charts(), strict=True):
        for series, line in zip(shape.chart.plots[0].series, chart.lines, strict=True):
            assert (series.format.line.dash_style is not None) == line.dashed
            assert (str(series.format.line.color.rgb) == "B3400A") == line.dashed


def test_a_gap_in_a_line_stays_a_gap() -> None:
    (shape, *_) = charts_of(as_pptx(example_paper()))
    assert shape.chart._chartSpace.find(".//{*}dispBlanksAs").get("val") == "gap"
    inside = parts(as_xlsx(example_paper()))["xl/charts/chart1.xml"]
    assert b"dispBlanksAs" not in inside  # Excel leaves a gap unless it is told otherwise


def test_every_chart_and_table_of_the_slides_has_alternative_text_also_in_the_notes() -> None:
    for slide in slides(as_pptx(example_paper())):
        drawn = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
        described = [shape._element.nvGraphicFramePr.cNvPr.get("descr") or "" for shape in drawn]
        assert all(described)
        own = [text for text in described if "Figures of the chart" not in text and "Facts of this paper" not in text]
        assert not own or all(text in slide.notes_slide.notes_text_frame.text for text in own)


def test_every_slide_has_a_title_the_marks_and_its_number() -> None:
    for number, slide in enumerate(slides(as_pptx(example_paper())), start=1):
        assert slide.shapes.title.text_frame.text
        by_kind = {shape.placeholder_format.type: shape for shape in slide.placeholders}
        assert by_kind[PP_PLACEHOLDER.FOOTER].text_frame.text == f"{example_paper().marking} · {INVENTED}"
        field = by_kind[PP_PLACEHOLDER.SLIDE_NUMBER]._element.find(".//{*}fld")
        assert (field.get("type"), field.find("{*}t").text) == ("slidenum", str(number))


def test_slides_are_wide_and_speak_british_english() -> None:
    made = as_pptx(example_paper())
    shown = Presentation(io.BytesIO(made))
    assert shown.slide_width * 9 == shown.slide_height * 16
    assert shown.core_properties.language == "en-GB"
    told = {lang for text in parts(made).values() for lang in re.findall(rb'<a:\w+[^>]* lang="([^"]+)"', text)}
    assert told == {b"en-GB"}


def long_papers() -> list[Paper]:
    """Papers that would run off a slide if they could."""
    endless = "It was said again and again. " * 300
    rows = tuple((f"Row {number}", endless[: 29 * number]) for number in range(120))
    cells = Table("Everything", ("Name", "What was said"), rows, (1, 2))
    narrow = Table("Narrow", tuple("ABCDEFGHIJ"), ((LONG_WORD,) * 10,) * 30, (1,) * 10)
    many = chart_of(*(place / 100 for place in range(90)), title=endless[:400])
    title = "Very long titles happen " * 30
    return [
        of(cells),
        of(narrow),
        of(many, Paragraph(endless), many),
        of(Paragraph(endless), Bullets((endless, LONG_WORD * 40)), title=title, subtitle=title, answer=title),
        replace(of(Paragraph("x")), marking=title, facts=tuple((f"Fact {n}", title[: 20 * n]) for n in range(9))),
    ]


@pytest.mark.parametrize("paper", long_papers(), ids=["cells", "columns", "charts", "texts", "cover"])
def test_nothing_stands_off_a_slide(paper: Paper) -> None:
    shown = Presentation(io.BytesIO(as_pptx(paper)))
    for slide in shown.slides:
        for shape in slide.shapes:
            high = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
            assert shape.left >= 0 and shape.left + shape.width <= shown.slide_width
            lowest = shown.slide_height if shape.is_placeholder else Pt(BOTTOM)
            assert shape.top >= 0 and shape.top + max(high, shape.height) <= lowest + 99  # of 12,700 to a point


def test_a_long_table_goes_on_over_numbered_slides_with_its_heads_again() -> None:
    found = [slide for slide in slides(as_pptx(example_paper())) if "Actions" in slide.shapes.title.text_frame.text]
    count = len(found)
    assert count > 2
    for number, slide in enumerate(found, start=1):
        texts = list(slide_texts(slide))
        assert f"Actions overdue ({number} of {count})" in texts[:1] and "What is known" in texts
    rows = [row.cells[0].text for slide in found for one in slide.shapes if one.has_table for row in one.table.rows]
    assert [name for name in rows if name != "Action"] == [f"Action {number}" for number in range(1, 41)]


def test_a_row_higher_than_a_slide_goes_on_in_the_next_and_loses_no_word() -> None:
    said = " ".join(f"word{number}" for number in range(3000))
    made = as_pptx(of(Table("Long", ("Name", "Said"), (("One", said),), (1, 3))))
    cells = [row.cells[1].text for shape in tables_of(made) for row in shape.table.rows]
    assert flat(" ".join(cell for cell in cells if cell not in ("Said", "", example_paper().facts[0][1]))).endswith(
        said[-500:]
    )
    assert {f"word{number}" for number in range(3000)} <= set(words_of(made, "pptx").split())


def test_a_title_too_long_for_its_place_is_shortened_on_the_slide_alone() -> None:
    made = as_pptx(of(Paragraph("Text"), title="Very long " * 200))
    title = slides(made)[1].shapes.title.text_frame.text
    assert title.endswith("…") and len(title) > 100


def test_a_part_of_a_chapter_says_which_above_its_title() -> None:
    found = slides(as_pptx(example_paper()))
    texts = list(slide_texts(next(one for one in found if one.shapes.title.text_frame.text == "What is on course")))
    assert "What the quarter shows" in texts


def test_text_is_broken_between_words_and_inside_one_longer_than_a_line() -> None:
    assert lines_of("one two", 1000, 10) == ["one two"]
    assert lines_of("a\n\nb", 1000, 10) == ["a", "", "b"]
    broken = lines_of(f"to {'x' * 100}", 60, 10)
    assert "".join(broken) == f"to{'x' * 100}" and all(width_of(line, 10) <= 60 for line in broken)
    assert fitted("short", 100, 20, (14, 10)) == ("short", 14)
    assert fitted("word " * 50, 100, 14, (14, 10))[0].endswith("…")
