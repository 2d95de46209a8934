"""Tables to take away: plain values, numbers as numbers, nothing that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from struct import unpack
from zlib import crc32

import pytest
from python_calamine import CalamineWorkbook

from dataset.commentary import comments
from dataset.published import FIGURES
from dataset.quarter import Quarter
from dataset.returns_calendar import overview
from dataset.store import Reading, Store
from safeguarding_metrics import defining_files, publishing, wording
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.journey_files import journey_table
from safeguarding_metrics.journeying import journey_view
from safeguarding_metrics.journeys import JOURNEYS
from safeguarding_metrics.measuring import Count, Cube
from safeguarding_metrics.picture_files import with_texts
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.progress_files import progress_table
from safeguarding_metrics.progressing import cube_of, progress
from safeguarding_metrics.publishing_svg import picture_of
from safeguarding_metrics.quarter_files import quarter_table
from safeguarding_metrics.quarterly import chosen, quarter_view
from safeguarding_metrics.returns_files import ledger_table, standing_table
from safeguarding_metrics.review_files import review_tables
from safeguarding_metrics.reviewing import reviews
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.table_files import ABOUT, INVENTED, FileTable, as_csv, as_xlsx, counts, number, unformed

Cells = list[list[object]]
FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "   =1+1",
    "\xa0=1+1",
    "\n=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://a.b","c")',
)
QUARTER, TODAY, SETTINGS = Quarter.parse("2023/24 Q4"), date(2026, 11, 21), Settings()


def table(*cells: object, **about: object) -> FileTable:
    heads = tuple(f"head_{place}" for place in range(len(cells)))
    return FileTable("sheet", "What it is", "2023/24 Q4", heads, (cells,), **about)  # type: ignore[arg-type]


def read_csv(made: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def read_xlsx(made: bytes) -> Cells:
    return CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_written_as_text_in_both_files(text: str) -> None:
    (_, row), (_, cells) = (
        read_csv(as_csv(table(text), invented=False)),
        read_xlsx(as_xlsx(table(text), invented=False)),
    )
    assert row[0] == f"'{text}"
    assert str(cells[0]).replace("\r\n", "\n").startswith("'")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_workbook_holds_a_formula_or_a_link(text: str) -> None:
    with zipfile.ZipFile(io.BytesIO(as_xlsx(table(text), invented=False))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet and b"hyperlink" not in sheet
        assert not [name for name in parts.namelist() if "rels" in name and b"http://a.b" in parts.read(name)]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_row_says_of_itself_is_no_formula_either(text: str) -> None:
    made = FileTable("sheet", text, text, ("head",), (("cell",),), source=text)
    (_, row) = read_csv(as_csv(made, invented=False, reported=text))
    assert row[1:] == [f"'{text}"] * len(ABOUT)


@pytest.mark.parametrize("text", ["", "–", "a = b", "1 - 2", "± Hit or miss", "e@mail", "−5", "Ofsted’s “good”"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert unformed(text) == text


def test_numbers_are_numbers_and_days_are_days() -> None:
    made = table(-3, 0.25, date(2024, 3, 31), "007")
    assert read_xlsx(as_xlsx(made, invented=False))[1][:4] == [-3, 0.25, date(2024, 3, 31), "007"]
    assert read_csv(as_csv(made, invented=False))[1][:4] == ["-3", "0.25", "31/03/2024", "007"]


def test_a_day_before_excel_counts_days_is_written_out() -> None:
    assert read_xlsx(as_xlsx(table(date(1899, 1, 1)), invented=False))[1][0] == "01/01/1899"


def test_a_text_longer_than_a_cell_is_cut_in_excel_alone() -> None:
    made = table("x" * 40_000)
    assert len(str(read_xlsx(as_xlsx(made, invented=False))[1][0])) == 32_767
    assert len(read_csv(as_csv(made, invented=False))[1][0]) == 40_000


def test_every_row_says_its_table_period_report_and_source() -> None:
    made = read_csv(as_csv(table(1), invented=False, reported="latest reports"))
    assert made[0][1:] == ["table", "period", "as_reported", "source"]
    assert made[1][1:] == ["What it is", "2023/24 Q4", "latest reports", "returns of the agencies"]


def test_invented_data_are_labelled_on_every_row_and_definitions_are_nobodys_data() -> None:
    assert read_csv(as_csv(table(1), invented=True))[1][-1] == INVENTED
    own = table(1, source="definitions", of_returns=False)
    assert read_csv(as_csv(own, invented=True))[1][-1] == "definitions"


def test_an_empty_table_is_its_heads() -> None:
    made = FileTable("sheet", "Nothing", "2023/24", ("head",), ())
    assert read_csv(as_csv(made, invented=True)) == [["head", *ABOUT]]
    assert read_xlsx(as_xlsx(made, invented=True)) == [["head", *ABOUT]]


def test_a_row_has_a_cell_for_each_head() -> None:
    with pytest.raises(ValueError, match="What it is"):
        FileTable("sheet", "What it is", "", ("one", "two"), ((1,),))


def test_a_count_is_split_and_nothing_is_never_nought() -> None:
    assert counts(Count(29, 72)) == (29, 72, 0.402778)
    assert counts(Count(0, 0)) == (0, 0, "")
    assert counts(Count(7)) == (7, "", 7)
    assert counts(None) == ("", "", "")
    assert (number(Fraction(1, 3)), number(0), number(None)) == (0.333333, 0, "")


@pytest.fixture(scope="module")
def reading(demonstration_path: Path) -> Iterator[Reading]:
    store = Store.open(demonstration_path)
    yield store.reading()
    store.close()


@pytest.fixture(scope="module")
def cube(reading: Reading) -> Cube:
    return cube_of(reading, SETTINGS)


def test_the_outcomes_are_those_of_the_screen(reading: Reading, cube: Cube) -> None:
    shown = progress(reading, cube, PLANS[-1], QUARTER, SETTINGS, TODAY)
    made = progress_table(shown, ())
    assert made.column("outcome") == tuple(row.outcome.id for row in shown.rows)
    assert made.column("status") == tuple(wording.STATUS[row.judgement.status][1] for row in shown.rows)
    assert made.column("in_words") == tuple(row.sentence for row in shown.rows)
    assert [title for title in made.column("title") if str(title).startswith("<")] == []


def test_a_status_filters_the_file_as_it_filters_the_screen(reading: Reading, cube: Cube) -> None:
    shown = progress(reading, cube, PLANS[-1], QUARTER, SETTINGS, TODAY)
    for status, number_of in shown.counts.items():
        assert len(progress_table(shown, (), status).rows) == number_of


def test_every_figure_of_the_quarter_is_in_its_file(reading: Reading, cube: Cube) -> None:
    shown = quarter_view(reading, cube, PLANS[-1], QUARTER, SETTINGS, TODAY, comments(reading))
    rows = chosen(shown.rows, "discuss", "any", "children")
    made = quarter_table(shown, rows)
    assert 0 < len(made.rows) == len(rows) < len(shown.rows)
    for head, side in (("this_quarter", "own"), ("year_before", "year_ago"), ("year_to_date", "to_date")):
        found = [getattr(row, side).count for row in rows]
        assert made.column(f"{head}_numerator") == tuple("" if one is None else one.k for one in found)


def test_a_journey_has_a_row_for_each_step_and_each_rate(reading: Reading, cube: Cube) -> None:
    for journey in JOURNEYS:
        shown = journey_view(cube, journey, QUARTER, SETTINGS)
        made = journey_table(shown)
        said = [line for step in shown.steps for line in (step.sentence, *(rate.sentence for rate in step.rates))]
        assert made.column("in_words") == tuple(said)
        assert set(made.column("change")) <= {"Not compared", "No clear change", *_changes()}


def _changes() -> set[str]:
    return {f"{way} than the year before" for way in ("Better", "Worse")} | {"Changed; neither way is plainly better"}


def test_the_tables_of_reviews_hold_what_the_screen_lists(reading: Reading, cube: Cube) -> None:
    shown = reviews(reading, cube, QUARTER, "year", SETTINGS, TODAY)
    made = review_tables(shown)
    assert set(made) == {"themes", "learning", "points", "rapid", "practice", "sars", "years", "compared"}
    assert made["rapid"].column("review") == tuple(row.reference for row in shown.rapid)
    assert made["points"].column("overdue_days") == tuple(row.overdue_by for row in shown.learning.points)
    assert all(table_.rows for table_ in made.values())


def test_every_return_and_every_entry_can_be_taken_away(reading: Reading) -> None:
    calendar = overview(reading, QUARTER, TODAY)
    standing = standing_table(calendar)
    assert len(standing.rows) == sum(one.state != "not asked" for row in calendar for one in row) > 0
    assert standing.period == "2022/23 Q1 to 2023/24 Q4"
    entries = ledger_table(reading.entries).column("entry")
    assert list(entries) == sorted((one.id for one in reading.entries), reverse=True)


def test_the_definitions_are_all_there() -> None:
    plan = PLANS[-1]
    assert len(defining_files.indicators_table(all_indicators()).rows) == len(all_indicators())
    outcomes = defining_files.milestones_table(plan, SETTINGS).column("outcome")
    assert set(outcomes) == {outcome.id for _, outcome in plan.outcomes()}
    assert len(defining_files.actions_table(plan).rows) == len(list(plan.actions()))
    assert all(row for row in defining_files.returns_table().column("meaning"))
    assert defining_files.glossary_table().rows and defining_files.not_measured_table().rows
    assert defining_files.not_followed_table().rows and defining_files.agencies_table().rows


def test_every_table_is_written_without_a_formula(reading: Reading, cube: Cube) -> None:
    shown = quarter_view(reading, cube, PLANS[-1], QUARTER, SETTINGS, TODAY, comments(reading))
    for made in (quarter_table(shown, shown.rows), ledger_table(reading.entries)):
        written = read_xlsx(as_xlsx(made, invented=True))
        assert len(written) == len(made.rows) + 1
        assert {row[-1] for row in written[1:]} == {INVENTED}
        assert [row[-1] for row in read_csv(as_csv(made, invented=True))[1:]] == [INVENTED] * len(made.rows)


def chunks(png: bytes) -> dict[bytes, list[bytes]]:
    """Each kind of chunk with what its chunks hold; every checksum is right."""
    found: dict[bytes, list[bytes]] = {}
    place = 8
    while place < len(png):
        (length,), kind = unpack(">I", png[place : place + 4]), png[place + 4 : place + 8]
        held = png[place + 8 : place + 8 + length]
        assert unpack(">I", png[place + 8 + length : place + 12 + length])[0] == crc32(kind + held)
        found.setdefault(kind, []).append(held)
        place += 12 + length
    return found


def test_a_picture_holds_its_size_title_alternative_text_period_and_source() -> None:
    picture = picture_of([figure for figure in FIGURES if figure.measure == "children_in_care"])
    assert picture is not None
    found = chunks(picture.png)
    width, height = unpack(">II", found[b"IHDR"][0][:8])
    assert (width, f'height="{height // 2}"' in picture.svg) == (2 * 860, True)
    texts = [held.split(b"\0", 5) for held in found[b"iTXt"]]
    said = {keyword.decode(): text.decode() for keyword, *_, text in texts}
    assert said == {
        "Title": picture.title,
        "Description": picture.alt,
        "Comment": f"{picture.period}. Source: {picture.source}.",
    }
    assert said["Title"] == "Children in care"


def test_a_drawing_prints_its_title_period_and_source_and_describes_itself() -> None:
    for measure in publishing.measures():
        picture = picture_of([figure for figure in FIGURES if figure.measure == measure])
        if picture is not None:
            assert f'<desc id="description">{picture.alt}'.replace("&", "&amp;") in picture.svg
            assert picture.period.split()[0] in picture.svg and picture.source.split(";")[0][:20] in picture.svg


def test_one_published_figure_makes_no_picture() -> None:
    assert picture_of([FIGURES[0]]) is None


def test_what_is_no_picture_takes_no_text() -> None:
    with pytest.raises(ValueError, match="PNG"):
        with_texts(b"GIF89a", {"Title": "x"})
