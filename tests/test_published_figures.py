"""Facts about the figures the partnership has published."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from dataset.published import FIGURES, figures_for
from dataset.published.figure import PublishedFigure, first_number
from safeguarding_metrics.comparing import conflicts, conflicts_about

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"


def lines_of(document: str) -> list[str]:
    found = sorted(SEEDS.glob(f"{document}_*"))
    if not found:
        pytest.skip("the source documents are not at hand")
    return found[0].read_text(encoding="utf-8").split("\n")


def values(measure: str, period: str = "2022/23", unit: str = "percent") -> set[Fraction]:
    return {f.value for f in figures_for(measure) if f.period.label == period and f.unit == unit and not f.breakdown}


def rounding(figure: PublishedFigure) -> Fraction:
    """Half of the last printed decimal place."""
    decimals = re.search(r"\.(\d+)", figure.as_printed)
    return Fraction(1, 2 * 10 ** (len(decimals[1]) if decimals else 0))


def test_every_figure_stands_on_its_line() -> None:
    for figure in FIGURES:
        line = lines_of(figure.document.number)[figure.line - 1]
        token = rf"(?<![\w.]){re.escape(figure.as_printed)}(?!\w|\.\d)"
        assert re.search(token, line), f"{figure.place}: {figure.as_printed}"


def test_a_printed_number_is_the_value_unless_a_note_says_why() -> None:
    for figure in FIGURES:
        number = re.search(r"\d", figure.as_printed)
        if number is None or first_number(figure.as_printed) != figure.value:
            assert figure.note, figure.place


def test_counts_agree_with_the_printed_share() -> None:
    for figure in FIGURES:
        assert (figure.numerator is None) == (figure.denominator is None) == (figure.counts == "")
        if figure.numerator is not None and figure.denominator is not None:
            share = Fraction(100 * figure.numerator, figure.denominator)
            assert abs(share - figure.value) <= rounding(figure), figure.place


def test_a_share_is_between_nothing_and_all() -> None:
    assert all(0 <= f.value <= 100 for f in FIGURES if f.unit == "percent")


def test_no_figure_is_held_twice() -> None:
    claims = [(f.measure, f.breakdown, f.area, f.period, f.unit, f.place, f.value) for f in FIGURES]
    assert len(claims) == len(set(claims))


@pytest.mark.parametrize(
    ("measure", "plan", "report"),
    [
        ("rapid_reviews_information_sharing", "67", "60"),
        ("rapid_reviews_complex_trauma", "100", "70"),
        ("msp_asked", "70", "72.4"),
        ("concerns_not_progressed", "84", "85.1"),
        ("maars_self_neglect", "45", "40.3"),
        ("maars_housing", "41", "51.4"),
        ("enquiries_neglect_and_acts_of_omission", "47", "29.4"),
    ],
)
def test_plan_and_report_disagree_about_2022_23(measure: str, plan: str, report: str) -> None:
    assert values(measure) == {Fraction(plan), Fraction(report)}


def test_plan_and_report_agree_about_working_with_men() -> None:
    assert {f.document.number for f in figures_for("rapid_reviews_working_with_men")} == {"003", "004"}
    assert values("rapid_reviews_working_with_men") == {Fraction(50)}


def test_the_report_disagrees_with_itself_about_sexual_exploitation() -> None:
    stockport = [f for f in figures_for("enquiries_sexual_exploitation") if f.area == "E08000007"]
    before = {f.value for f in stockport if f.period.label == "2021/22"}
    assert before == {Fraction(1), Fraction("1.8")}


def test_msp_counts_of_2022_23_add_to_348_and_252_were_asked() -> None:
    answers = ("msp_asked_and_stated", "msp_asked_not_stated", "msp_not_asked", "msp_dont_know", "msp_not_recorded")
    counts = [f.numerator for measure in answers for f in figures_for(measure) if f.numerator is not None]
    assert counts == [188, 64, 55, 10, 31]
    assert sum(counts) == 348
    assert counts[0] + counts[1] == figures_for("msp_asked")[1].numerator == 252


def test_msp_shares_of_2021_22_add_to_99_and_a_half() -> None:
    answers = ("msp_asked_and_stated", "msp_asked_not_stated", "msp_not_asked", "msp_dont_know", "msp_not_recorded")
    assert sum(sum(values(measure, "2021/22")) for measure in answers) == Fraction("99.5")


def test_72_is_the_only_total_under_144_that_gives_the_four_maars_shares() -> None:
    risks = ("maars_mental_health", "maars_substance_misuse", "maars_housing", "maars_self_neglect")
    shares = [f.value for measure in risks for f in figures_for(measure) if f.counts == "derived"]

    def fits(share: Fraction, total: int) -> bool:
        return abs(Fraction(100 * round(share * total / 100), total) - share) <= Fraction(1, 20)

    assert len(shares) == 4
    assert [total for total in range(1, 144) if all(fits(share, total) for share in shares)] == [72]


@pytest.mark.parametrize("year", ["2018/19", "2019/20", "2020/21", "2021/22", "2022/23"])
def test_sar_outcomes_add_to_the_referrals_received(year: str) -> None:
    outcomes = ("sar_did_not_meet_criteria", "sar_met_criteria", "sar_other_review_commissioned")
    parts = [values(measure, year, "count").pop() for measure in outcomes]
    assert {sum(parts)} == values("sar_referrals", year, "count")


def test_asked_and_stated_has_its_comparators() -> None:
    by_area = {f.area: f.value for f in figures_for("msp_asked_and_stated") if f.period.label == "2022/23"}
    assert by_area == {"E08000007": Fraction(54), "GM": Fraction("65.8"), "E12000002": Fraction("69.7")}


def test_an_unknown_measure_has_no_figures() -> None:
    assert figures_for("nothing_of_the_kind") == ()


def test_every_conflict_between_plan_and_report_is_computed() -> None:
    between = [c for c in conflicts(FIGURES) if {"003", "004"} <= {f.document.number for f in c.figures}]
    assert sorted((c.measure, c.figures[0].breakdown, c.period) for c in between) == [
        ("concerns_not_progressed", "", "2022/23"),
        ("enquiries_neglect_and_acts_of_omission", "", "2022/23"),
        ("gcp2_started", "", "2022/23"),
        ("maars_housing", "", "2022/23"),
        ("maars_self_neglect", "", "2022/23"),
        ("msp_asked", "", "2022/23"),
        ("population_share", "Aged 65+", "2021"),
        ("population_share", "Disabled", "2021"),
        ("rapid_reviews_complex_trauma", "", "2022/23"),
        ("rapid_reviews_information_sharing", "", "2022/23"),
    ]


def test_54_assessments_started_and_45_completed_stand_side_by_side_with_the_reason() -> None:
    (conflict,) = conflicts_about(["gcp2_started", "gcp2_completed"], "2022/23")
    assert [(f.place, f.value) for f in conflict.figures] == [("003:28", 54), ("004:204", 54), ("004:343", 45)]
    assert conflict.sentence.endswith("both may be right.")


def test_neighbouring_measures_that_agree_are_no_conflict() -> None:
    started = next(f for f in FIGURES if f.place == "004:204")
    assert conflicts([started, replace(started, measure="gcp2_completed")]) == []


def test_the_report_has_plans_for_neglect_both_rising_and_falling() -> None:
    (conflict,) = conflicts_about(["child_protection_plans"], "2022/23")
    assert [(f.place, f.value) for f in conflict.figures] == [("004:360", 87), ("004:366", -19)]


def test_a_population_rounded_to_the_hundred_or_thousand_is_no_conflict() -> None:
    printed = {f.value for f in figures_for("population") if f.period.label == "2021" and not f.breakdown}
    assert printed >= {294_776, 294_800, 295_000}
    assert conflicts_about(["population"], "2021") == []
