"""The quarter under review: every indicator a row, and the demonstration shows everything that can be said of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from dataset.commentary import comments
from dataset.quarter import Quarter
from dataset.rebasing import in_force, rebases
from dataset.store import Reading, Store
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.measuring import Cube
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.process_charts import ENOUGH_A_QUARTER, beside_last_milestone, control_chart
from safeguarding_metrics.progressing import cube_of
from safeguarding_metrics.quarterly import (
    QuarterRow,
    QuarterView,
    chosen,
    is_headline,
    quarter_view,
)
from safeguarding_metrics.settings import Settings

TODAY = date(2026, 11, 20)


@dataclass
class Demonstration:
    reading: Reading
    cube: Cube
    shown: dict[tuple[Quarter, Settings], QuarterView]

    def at(self, quarter: str, settings: Settings = Settings()) -> QuarterView:
        key = Quarter.parse(quarter), settings
        if key not in self.shown:
            said = comments(self.reading)
            self.shown[key] = quarter_view(self.reading, self.cube, PLANS[-1], key[0], settings, TODAY, said)
        return self.shown[key]

    def row(self, indicator: str, quarter: str, settings: Settings = Settings()) -> QuarterRow:
        return next(row for row in self.at(quarter, settings).rows if row.indicator.id == indicator)


@pytest.fixture(scope="module")
def demo(demonstration_path: Path) -> Iterator[Demonstration]:
    store = Store.open(demonstration_path)
    reading = store.reading()
    yield Demonstration(reading, cube_of(reading, Settings()), {})
    store.close()


@pytest.mark.parametrize(
    ("status", "indicator", "quarter"),
    [
        ("met", "msp_asked", "2023/24 Q4"),
        ("not_met", "concerns_not_progressed", "2024/25 Q4"),
        ("not_attainable", "maars_repeat_referrals", "2023/24 Q1"),
        ("no_milestone", "msp_asked", "2025/26 Q4"),
        ("no_baseline", "audit_adult_not_aware", "2023/24 Q1"),
        ("incomplete", "sar_referrals", "2023/24 Q1"),
        ("no_data", "survey_feel_safe", "2023/24 Q1"),
    ],
)
def test_each_status_appears(status: str, indicator: str, quarter: str, demo: Demonstration) -> None:
    judgement = demo.row(indicator, quarter).judgement
    assert judgement is not None
    assert judgement.status == status


def test_near_appears_where_a_tolerance_is_set(demo: Demonstration) -> None:
    judgement = demo.row("maars_three_or_more_risks", "2024/25 Q4", Settings(tolerance=0.03)).judgement
    assert judgement is not None
    assert judgement.status == "near"


@pytest.mark.parametrize(
    ("word", "indicator", "quarter"),
    [
        ("better", "msp_asked", "2023/24 Q4"),
        ("too_few", "maars_exploitation", "2024/25 Q4"),
        ("worse", "concerns_not_progressed", "2024/25 Q4"),
    ],
)
def test_each_word_of_evidence_appears(word: str, indicator: str, quarter: str, demo: Demonstration) -> None:
    judgement = demo.row(indicator, quarter).judgement
    assert judgement is not None and judgement.evidence is not None
    assert judgement.evidence.word == word


@pytest.mark.parametrize(
    ("variation", "indicator", "quarter"),
    [
        ("common_cause", "maars_exploitation", "2024/25 Q1"),
        ("special_cause_concern", "children_in_care_placed_in_stockport", "2024/25 Q1"),
        ("special_cause_improvement", "one_placement_only", "2024/25 Q1"),
        ("special_cause_neutral_high", "section_47_leading_to_conference", "2024/25 Q1"),
        ("special_cause_neutral_low", "maars_age_85_94", "2024/25 Q1"),
    ],
)
def test_each_class_of_variation_appears(variation: str, indicator: str, quarter: str, demo: Demonstration) -> None:
    control = demo.row(indicator, quarter).control
    assert control is not None
    assert (control.chart, control.variation) == ("full", variation)


@pytest.mark.parametrize(
    ("assurance", "indicator"), [("fail", "concerns_not_progressed"), ("hit_or_miss", "maars_exploitation")]
)
def test_assurance_of_a_milestone_in_force_appears(assurance: str, indicator: str, demo: Demonstration) -> None:
    control = demo.row(indicator, "2024/25 Q1").control
    assert control is not None
    assert control.assurance == assurance


@pytest.mark.parametrize(
    ("assurance", "indicator"),
    [("pass", "msp_asked"), ("fail", "concerns_not_progressed"), ("hit_or_miss", "maars_exploitation")],
)
def test_each_assurance_appears_beside_the_last_milestone(assurance: str, indicator: str, demo: Demonstration) -> None:
    """Before 2026 none passes: the plan's milestones lie far from where 2022/23 was published to be."""
    row = demo.row(indicator, "2026/27 Q2")
    assert row.series is not None and row.outcome is not None and row.judgement is not None
    rebased = in_force(rebases(demo.reading), indicator)
    beside = beside_last_milestone(row.series, Quarter(2026, 2), row.outcome, Settings(), rebased)
    assert beside is not None
    assert (beside.year, beside.control.assurance) == ("2024/25", assurance)
    assert (row.judgement.status, row.control and row.control.assurance) == ("no_milestone", None)


def test_where_a_milestone_is_in_force_none_stands_beside(demo: Demonstration) -> None:
    row = demo.row("msp_asked", "2024/25 Q4")
    assert row.series is not None and row.outcome is not None
    assert beside_last_milestone(row.series, Quarter(2024, 4), row.outcome, Settings()) is None


@pytest.mark.parametrize(
    ("chart", "quarter"), [("run_chart", "2022/23 Q1"), ("trial_limits", "2022/23 Q4"), ("full", "2024/25 Q1")]
)
def test_each_step_of_the_ladder_appears(chart: str, quarter: str, demo: Demonstration) -> None:
    control = demo.row("maars_exploitation", quarter).control
    assert control is not None
    assert control.chart == chart
    assert (control.assurance is None) == (chart != "full")


@pytest.mark.parametrize(
    ("mark", "indicator", "quarter"),
    [
        ("late", "maars_housing_young_adults", "2021/22 Q3"),
        ("missing", "icon_coverage", "2023/24 Q3"),
        ("missing earlier in the year", "missing_episodes", "2024/25 Q4"),
        ("queried", "training_attendance", "2022/23 Q4"),
        ("restated", "concerns_not_progressed", "2023/24 Q2"),
    ],
)
def test_each_mark_of_the_data_appears(mark: str, indicator: str, quarter: str, demo: Demonstration) -> None:
    assert mark in demo.row(indicator, quarter).marks


def test_a_comparison_and_a_refused_one_appear(demo: Demonstration) -> None:
    assert demo.row("msp_asked_and_stated", "2022/23 Q4").compared == "▼ Worse than Greater Manchester, North West"
    assert demo.row("msp_asked", "2022/23 Q4").compared.startswith("≠ Not comparable")


def test_every_indicator_is_a_row_once(demo: Demonstration) -> None:
    rows = [row.indicator.id for row in demo.at("2024/25 Q4").rows]
    assert sorted(rows) == sorted(one.id for one in all_indicators())


def test_the_plan_comes_first_in_its_own_order(demo: Demonstration) -> None:
    planned = [outcome.indicator for _, outcome in PLANS[-1].outcomes() if outcome.indicator]
    rows = [row.indicator.id for row in demo.at("2024/25 Q4").rows]
    assert rows[: len(set(planned))] == list(dict.fromkeys(planned))


def test_a_rolling_year_needs_four_quarters(demo: Demonstration) -> None:
    assert demo.row("concerns", "2021/22 Q3").rolling is None
    assert demo.row("concerns", "2021/22 Q4").rolling is not None


def test_process_limits_rest_on_raw_quarters_with_enough_cases(demo: Demonstration) -> None:
    for row in demo.at("2024/25 Q4").rows:
        if row.control is None or row.series is None:
            continue
        sizes = sorted(c.n if c.n is not None else c.k for one in row.series.quarters if (c := one.count))
        assert sizes[len(sizes) // 2] >= ENOUGH_A_QUARTER // 2, row.indicator.id
        assert len(row.control.points) <= len(row.series.quarters)


def test_rare_and_yearly_measures_have_no_control_chart(demo: Demonstration) -> None:
    for name in ("sar_referrals", "rapid_reviews_working_with_men", "survey_feel_safe", "income"):
        if name in demo.cube:
            assert control_chart(demo.cube[name], Quarter(2024, 4)) is None, name


def test_worse_beyond_doubt_is_discussed_first(demo: Demonstration) -> None:
    first = demo.at("2024/25 Q4").discuss[0]
    assert first.judgement is not None and first.judgement.evidence is not None
    assert first.judgement.evidence.word == "worse"


def test_whatever_is_discussed_says_why(demo: Demonstration) -> None:
    for quarter in ("2023/24 Q2", "2024/25 Q4", "2025/26 Q3"):
        assert all(row.reasons and row.why.strip() for row in demo.at(quarter).discuss)


def test_the_title_names_how_many_and_who_is_silent(demo: Demonstration) -> None:
    view = demo.at("2025/26 Q3")
    assert view.answer.startswith(f"2025/26 Q3: {len(view.discuss)} figures to discuss")
    assert "1 agency has not sent every return" in view.answer


def test_filters_choose_rows_and_never_change_them(demo: Demonstration) -> None:
    rows = demo.at("2024/25 Q4").rows
    assert chosen(rows, "all", "any", "all") == list(rows)
    assert all(is_headline(row) for row in chosen(rows, "headline", "any", "all"))
    assert {row.indicator.about for row in chosen(rows, "all", "any", "children")} == {"children"}
    assert all("MAARS" in {owner.code for owner in row.owners} for row in chosen(rows, "all", "MAARS", "all"))
    assert chosen(rows, "discuss", "any", "all") == [row for row in rows if row.reasons]


def test_an_empty_store_has_rows_without_figures(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.duckdb")
    reading = store.reading()
    view = quarter_view(reading, cube_of(reading, Settings()), PLANS[-1], Quarter(2024, 4), Settings(), TODAY)
    store.close()
    assert view.answer == "2024/25 Q4: nothing has been sent yet"
    assert all(row.own.count is None for row in view.rows)
