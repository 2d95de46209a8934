"""Facts about the published figures as people look for them: found, worded, ordered, compared, taken away."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from fractions import Fraction

import pytest

from dataset.published import FIGURES, figures_for
from dataset.published.figure import ANNUAL_REPORT, BUSINESS_PLAN, Period, PublishedFigure
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.publishing import (
    AREAS,
    TOPICS,
    Choice,
    all_conflicts,
    conflict_sentence,
    conflicts_in,
    counts_words,
    figure_words,
    find,
    measures,
    periods,
    title_of,
    to_know,
    value_words,
    when,
    wrong_claims,
    wrong_claims_in,
)
from safeguarding_metrics.publishing_files import HEADS, as_csv, as_xlsx, rows
from safeguarding_metrics.publishing_history import history
from safeguarding_metrics.publishing_side_by_side import chart, side_by_side

YEAR = Period("2022/23")


def one(value: str = "5", period: Period = YEAR, **more: object) -> PublishedFigure:
    """A figure to be varied: a count of the annual report."""
    figure = PublishedFigure("home_visits", ANNUAL_REPORT, 12, period, Fraction(value), "count", value)
    return replace(figure, **more)


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


# Words


@pytest.mark.parametrize(
    ("measure", "title"),
    [
        ("letters_never_sent", "Letters never sent"),
        ("lado_letters", "LADO letters"),
        ("msp_dont_care", "MSP don't care"),
        ("x", "X"),
    ],
)
def test_a_measure_that_is_no_indicator_is_called_by_its_name_in_words(measure: str, title: str) -> None:
    assert title_of(measure) == title


def test_an_indicator_has_its_own_title() -> None:
    for indicator in all_indicators():
        assert title_of(indicator.id) == indicator.title


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("72.4", "percent", "72.4%"),
        ("294776", "count", "294,776"),
        ("0.4", "per 100,000", "0.4 per 100,000"),
        ("4000", "pounds", "£4,000"),
        ("-1700", "pounds", "−£1,700"),
        ("-19", "percent change", "19% less"),
        ("87", "percent change", "87% more"),
        ("1", "days", "1 day"),
        ("14", "days", "14 days"),
        ("2", "score", "2"),
    ],
)
def test_a_value_is_written_with_its_unit(value: str, unit: str, words: str) -> None:
    assert value_words(one(value, unit=unit)) == words


def test_counts_stand_beside_a_share_and_say_when_they_were_worked_out() -> None:
    share = one("40", unit="percent", numerator=400, denominator=1000, counts="printed")
    assert figure_words(share) == "40% (400 of 1,000)"
    assert counts_words(replace(share, counts="derived")) == "400 of 1,000, worked out"
    assert counts_words(one()) == ""


def test_basis_and_note_are_sentences() -> None:
    assert to_know(one(basis="of all schools", note="Printed twice.")) == "Of all schools. Printed twice."
    assert to_know(one()) == ""


def test_every_area_and_topic_of_a_figure_has_a_name() -> None:
    assert {figure.area for figure in FIGURES} <= set(AREAS)
    assert {figure.topic for figure in FIGURES} <= set(TOPICS)


# Order of periods


@pytest.mark.parametrize(
    ("label", "kind", "end"),
    [
        ("2022/23", "financial year", (2023, 3)),
        ("1999/00", "financial year", (2000, 3)),
        ("2016/17", "school year", (2017, 8)),
        ("31 March 2017", "as at", (2017, 3)),
        ("Q1 2022", "calendar quarter", (2022, 3)),
        ("mid-2014", "as at", (2014, 6)),
        ("2021", "calendar year", (2021, 12)),
        ("31 March 2020 to 13 July 2020", "part of a year", (2020, 7)),
        ("June to October 2022", "part of a year", (2022, 10)),
        ("several years to 2015/16", "several years", (2016, 3)),
        ("2018 to the writing of the plan", "since start", (2023, 3)),
        ("the programme, from December 2014", "since start", (2023, 3)),
        ("twelve months", "twelve months", (2023, 3)),
    ],
)
def test_a_period_ends_when_its_label_says_and_otherwise_with_its_document(
    label: str, kind: str, end: tuple[int, int]
) -> None:
    assert when(one(period=Period(label, kind))) == end  # type: ignore[arg-type]


def test_every_period_is_offered_once_the_latest_first() -> None:
    offered = periods()
    assert len(offered) == len(set(offered)) == len({figure.period.label for figure in FIGURES})
    assert offered.index("2022/23") < offered.index("2021/22") < offered.index("31 March 2015")


# Finding


def test_everything_is_found_once_when_nothing_is_asked() -> None:
    found = find(Choice())
    assert sorted(found.figures, key=repr) == sorted(FIGURES, key=repr)
    assert found.conflicts == all_conflicts() and found.claims == wrong_claims()
    assert found.headline.startswith(f"{len(FIGURES):,} figures from 5 documents")


def test_every_word_of_a_search_is_found_whatever_its_case_and_apostrophe() -> None:
    assert {figure.measure for figure in find(Choice(search="DADS caring")).figures} == {
        figure.measure for figure in FIGURES if figure.measure.startswith("caring_dads")
    }
    assert find(Choice(search="children’s partnership: chair")).figures
    assert find(Choice(search="nothing of the kind")).figures == ()


@pytest.mark.parametrize("text", ["004:577", "self-neglect", "Printed as a word"])
def test_a_search_reads_place_breakdown_and_note(text: str) -> None:
    assert find(Choice(search=text)).figures


def test_blanks_are_no_search() -> None:
    assert len(find(Choice(search="   ")).figures) == len(FIGURES)


def test_filters_narrow_each_other() -> None:
    found = find(Choice(document="004", area="GM", period="2022/23"))
    assert found.figures
    assert {(f.document.number, f.area, f.period.label) for f in found.figures} == {("004", "GM", "2022/23")}
    assert find(Choice(document="001", period="2022/23")).figures == ()


def test_only_what_differs_holds_each_side_of_each_conflict_and_nothing_else() -> None:
    found = find(Choice(only="differ"))
    assert {figure for conflict in all_conflicts() for figure in conflict.figures} <= set(found.figures)
    assert all(group.differ for group in found.groups)
    assert found.claims == ()


def test_only_wrong_claims_holds_what_they_speak_of() -> None:
    found = find(Choice(only="claims"))
    assert set(found.figures) == {figure for claim in wrong_claims() for figure in claim.figures}
    assert found.conflicts == ()


def test_the_headline_answers_what_was_asked() -> None:
    wrong, figures = len(wrong_claims()), len(find(Choice(only="claims")).figures)
    ending = f"{figures} of {len(FIGURES)} published figures"
    assert find(Choice(only="claims")).headline == f"{wrong} claims that do not hold: {ending}"
    assert find(Choice(only="differ")).headline.startswith(f"{len(all_conflicts())} conflicts: ")
    assert find(Choice(only="differ", measure="msp_asked")).headline.endswith("2 published figures in 2 documents")


def test_a_conflict_shows_when_one_of_its_sides_is_found() -> None:
    (conflict,) = find(Choice(document="003", measure="msp_asked")).conflicts
    assert {figure.document for figure in conflict.figures} == {BUSINESS_PLAN, ANNUAL_REPORT}


def test_a_group_says_how_much_it_holds_over_which_time_and_whether_documents_differ() -> None:
    (group,) = find(Choice(measure="msp_asked")).groups
    assert group.is_indicator
    assert group.summary.endswith(": 3 figures, 2021/22 to 2022/23; ⚠ documents differ")


def test_measures_are_offered_by_title() -> None:
    titles = [title_of(measure).casefold() for measure in measures()]
    assert titles == sorted(titles) and len(titles) == len({figure.measure for figure in FIGURES})


# Conflicts and claims


def test_a_conflict_names_measure_period_and_both_places() -> None:
    (conflict,) = conflicts_in(["maars_self_neglect"])
    assert conflict_sentence(conflict) == (
        f"{title_of('maars_self_neglect')}, 2022/23: the business plan says 45% (003:328); "
        "the annual report 2022/23 says 40.3% (29 of 72, worked out) (004:665)."
    )


def test_a_document_that_differs_from_itself_is_named_once() -> None:
    (conflict,) = conflicts_in(["enquiries_sexual_exploitation"])
    assert conflict_sentence(conflict).count("annual report") == 1
    assert "1.8 per 100,000 (004:309) and 1 per 100,000 (004:319)" in conflict_sentence(conflict)


def test_neighbouring_measures_are_both_named_with_why_both_may_be_right() -> None:
    assert conflicts_in(["gcp2_started"]) == conflicts_in(["gcp2_completed"])
    (conflict,) = conflicts_in(["gcp2_completed"])
    said = conflict_sentence(conflict)
    assert f"45 ({title_of('gcp2_completed')}, 004:343)" in said and said.endswith(conflict.why)


def test_the_fall_of_184_percent_is_among_the_wrong_claims() -> None:
    assert "004:343" in {claim.place for claim in wrong_claims_in(["gcp2_completed"])}
    assert wrong_claims_in(["nothing_of_the_kind"]) == ()


# Series and their breaks


def words(*figures: PublishedFigure) -> list[str]:
    (strand,) = history(figures)
    return [step.words for step in strand.steps]


def test_a_series_of_one_document_and_kind_has_no_break() -> None:
    assert words(one(period=Period("2021/22")), one(), one(period=Period("2023/24"))) == ["", "", ""]


def test_a_series_is_in_order_of_period_whatever_the_order_given() -> None:
    (strand,) = history([one(), one(period=Period("2020/21")), one(period=Period("2021/22"))])
    assert [step.figure.period.label for step in strand.steps] == ["2020/21", "2021/22", "2022/23"]


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (one(period=Period("2023", "calendar year")), "≠ Break: a calendar year instead of a financial year."),
        (one(period=Period("31 March 2024", "as at")), "≠ Break: one day instead of a financial year."),
        (one(unit="percent"), "≠ Break: a share instead of a count."),
        (one(period=Period("2023/24"), document=BUSINESS_PLAN), "Another document: business plan, before it the"),
        (one(period=Period("2025/26")), "No figure for 2 years in between."),
    ],
)
def test_a_break_says_why(after: PublishedFigure, said: str) -> None:
    assert words(one(), after)[1].startswith(said)


def test_another_basis_is_a_break_and_names_the_one_before() -> None:
    share = one(unit="percent", basis="all five answers")
    later = replace(share, period=Period("2023/24"), basis="answers that are known")
    assert words(share, later)[1] == "≠ Break: another basis, before it “all five answers”."
    assert words(replace(share, basis=""), later)[1] == "≠ Break: another basis, before it not said."


def test_a_count_without_a_basis_goes_on() -> None:
    assert words(one(basis="children"), one(period=Period("2023/24"))) == ["", ""]


def test_the_same_figure_in_a_second_document_is_no_break() -> None:
    assert words(one(), one(document=BUSINESS_PLAN)) == ["", ""]


def test_breakdowns_areas_and_measures_are_series_of_their_own() -> None:
    figures = [one(), one(breakdown="Neglect"), one(area="GM"), one(measure="other_visits")]
    titles = [strand.title() for strand in history(figures)]
    assert titles == ["Home visits", "Home visits, Greater Manchester", "Home visits, Neglect", "Other visits"]


def test_no_figure_is_lost_in_the_series() -> None:
    assert sum(len(strand.steps) for strand in history(FIGURES)) == len(FIGURES)
    assert history([]) == ()


# Side by side


def test_side_by_side_has_a_column_for_each_document_and_area() -> None:
    grid = side_by_side(figures_for("msp_asked_and_stated"))
    assert {head.rpartition(", ")[2] for head in grid.heads} == {"Stockport", "Greater Manchester", "North West"}
    assert side_by_side(figures_for("msp_asked")).heads == ("Business plan", "Annual report 2022/23")


def test_a_cell_holds_each_value_once_with_all_its_places() -> None:
    grid = side_by_side(figures_for("sar_referrals"))
    (row,) = [row for row in grid.rows if row.period.label == "2020/21"]
    assert row.cells[1] == (("18", "004:577, 004:583"),) and row.cells[0] == ()


def test_a_chart_needs_three_figures_of_two_periods() -> None:
    assert chart([one()]) is None
    assert chart([one(), one(period=Period("2023/24"))]) is None
    assert chart([one(), one("6"), one("7")]) is None
    assert chart([one(), one(period=Period("2023/24")), one(period=Period("2024/25"))]) is not None


def test_a_line_stops_at_a_break() -> None:
    drawn = chart([one("1"), one("2", Period("2023/24")), one("3", Period("31 March 2025", "as at"))])
    assert drawn is not None
    (line,) = drawn[0]["data"]
    assert line["y"] == [1.0, 2.0, None, 3.0]


# Files


def test_every_row_of_a_file_carries_document_and_line() -> None:
    found = records(as_csv(find(Choice()).figures))
    assert len(found) == len(FIGURES)
    assert all(row["place"] == f"{row['document_number']}:{row['line']}" and row["document"] for row in found)


def test_numbers_are_numbers_and_unknown_counts_are_empty() -> None:
    (row,) = records(as_csv([one("-4.5", unit="percent change")]))
    assert (row["value"], row["numerator"]) == ("-4.5", "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_text_of_a_file_is_taken_for_a_formula(text: str) -> None:
    figure = one(as_printed=text, note=text, breakdown=text)
    (row,) = records(as_csv([figure]))
    assert {row["as_printed"], row["note"], row["breakdown"]} == {f"'{text}"}
    sheet = zipfile.ZipFile(io.BytesIO(as_xlsx([figure]))).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_the_workbook_holds_every_row_and_can_be_empty() -> None:
    sheet = zipfile.ZipFile(io.BytesIO(as_xlsx(FIGURES))).read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == len(FIGURES) + 1
    assert as_xlsx([])[:2] == b"PK"


def test_files_say_where_documents_differ() -> None:
    marked = {row[0] for row in rows(figures_for("msp_asked")) if row[HEADS.index("documents_differ")] == "yes"}
    assert marked == {"msp_asked"}
