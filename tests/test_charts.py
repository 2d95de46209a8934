"""What a chart draws and says: limits only where they are allowed, gaps as gaps, the same numbers everywhere."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from dataset.agencies import MAARS, STOCKPORT
from dataset.quarter import Quarter
from dataset.rebase import Rebase
from safeguarding_metrics.charted import Chart, chart_of
from safeguarding_metrics.charts import as_svg, figure, sparkline
from safeguarding_metrics.charts_colours import SPECIAL
from safeguarding_metrics.charts_labels import placed
from safeguarding_metrics.charts_svg import ticks_between
from safeguarding_metrics.indicator_files import HEADS, as_csv, as_xlsx, quarter_rows
from safeguarding_metrics.indicator_wording import SHAPES
from safeguarding_metrics.indicators import indicator_named
from safeguarding_metrics.measuring import Count, QuarterCount, Series
from safeguarding_metrics.plan import Outcome
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.process_charts import control_chart
from safeguarding_metrics.settings import Settings

FIRST = Quarter(2021, 1)
SHARE = indicator_named("concerns_not_progressed", Settings())
COUNT = indicator_named("maars_referrals", Settings())
RARE = indicator_named("sar_referrals", Settings())
SNAPSHOT = indicator_named("child_protection_plans", Settings())
MARKUP = "=<b>cmd</b>"
REBASED = Rebase(1, STOCKPORT.code, COUNT.id, FIRST.plus(10), MARKUP, "Analyst", datetime(2024, 5, 1, tzinfo=UTC))


def shares(*ks: int | None) -> Series:
    """Each of 100 cases; None for a quarter that was not sent."""
    found = [QuarterCount(FIRST.plus(i), None if k is None else Count(k, 100), ()) for i, k in enumerate(ks)]
    return Series(SHARE, tuple(found))


def counts(*ks: int, indicator: Any = COUNT, restated: int | None = None) -> Series:
    found = [QuarterCount(FIRST.plus(i), Count(k), (), i == restated) for i, k in enumerate(ks)]
    return Series(indicator, tuple(found))


def charted(series: Series, *rebased: Rebase, outcome: Outcome | None = None) -> Chart:
    last = series.quarters[-1].quarter
    control = control_chart(series, last, rebased=rebased)
    return chart_of(series, last, outcome, Settings(), control, rebased)


def outcome_of(name: str) -> Outcome:
    return next(outcome for _, outcome in PLANS[-1].outcomes() if outcome.indicator == name)


def trace(chart: Chart, name: str) -> dict[str, Any]:
    return next(one for one in figure(chart)["data"] if one["name"] == name)


def names(chart: Chart) -> set[str]:
    return {one["name"] for one in figure(chart)["data"]}


STEADY = (40, 44) * 7


def test_thirteen_points_have_limits_named_in_words() -> None:
    chart = charted(shares(*STEADY))
    assert {"mean", "lower", "upper"} < names(chart)
    assert trace(chart, "mean")["line"]["dash"] == "solid"
    assert "Limits from 2021/22 Q1 to 2024/25 Q2: mean 42.0%, lower 31.4%, upper 52.6%." in chart.sentences
    texts = [one["text"] for one in figure(chart)["layout"]["annotations"]]
    assert texts == ["mean 42.0%", "lower 31.4%", "upper 52.6%"]


def test_eight_points_have_trial_limits_that_are_dotted_and_say_so() -> None:
    chart = charted(shares(*STEADY[:7], 90))
    assert trace(chart, "upper")["line"]["dash"] == trace(chart, "mean")["line"]["dash"] == "dot"
    assert any(sentence.startswith("Trial limits (dotted)") for sentence in chart.sentences)
    assert not [point for point in chart.points if point.is_special]
    assert all("trial" in one["text"] for one in figure(chart)["layout"]["annotations"])


def test_seven_points_have_no_limits_and_the_recent_trend_instead() -> None:
    chart = charted(shares(*STEADY[:7]))
    assert names(chart) == {SHARE.title}
    assert chart.sentences[1] == "No limits yet: 7 periods with a figure, and 8 are needed for trial limits."
    assert chart.sentences[2].startswith("Recent trend: no significant change over the last 5 periods")


def test_limits_are_clipped_to_what_is_possible_as_they_are_drawn() -> None:
    chart = charted(shares(*(5, 95) * 7))
    (only,) = chart.stretches
    assert (only.lower, only.upper) == (0.0, 1.0)


def test_a_line_of_rolling_years_never_has_limits() -> None:
    series = counts(*(12, 14) * 9)  # enough a quarter for a process chart, too few for a line of quarters
    chart = charted(series)
    assert chart.control is not None and chart.control.chart == "full"
    assert chart.points[-1].value == 52
    assert (chart.stretches, names(chart)) == ((), {COUNT.title})
    assert any(
        one.startswith("Single quarters, which this line does not show. Common cause") for one in chart.sentences
    )


def test_rare_counts_say_how_sure_a_year_makes_us() -> None:
    chart = charted(counts(*(0, 1, 1, 0) * 5, indicator=RARE))
    assert chart.control is None
    assert "Too few a quarter for limits: 2 in the four quarters to 2025/26 Q4." in chart.alt
    assert "0.2 to 7.2 a year (95% confidence)" in chart.alt


def test_a_special_cause_has_a_shape_and_a_colour_of_its_own() -> None:
    chart = charted(shares(*STEADY, 80, 5))
    assert trace(chart, "Special cause, of concern")["marker"]["symbol"] == "diamond"
    assert trace(chart, "Special cause, improving")["x"] == ["2024/25 Q4"]
    assert "★ special cause, improving at 2024/25 Q4; ◆ special cause, of concern at 2024/25 Q3" in chart.alt
    looks = list(SPECIAL.values())
    assert len({symbol for _, symbol in looks}) == len(looks) == len(SHAPES) == len({g for g, _ in SHAPES.values()})


def test_a_missing_quarter_is_a_gap_and_is_said() -> None:
    chart = charted(shares(*STEADY[:5], None, *STEADY))
    assert trace(chart, SHARE.title)["y"][5] is None and trace(chart, SHARE.title)["connectgaps"] is False
    assert "No complete figure, so a gap: 2022/23 Q2." in chart.sentences


def test_a_quarter_that_lacks_an_agency_is_a_gap_too() -> None:
    series = shares(*STEADY)
    lacking = replace(series.quarters[5], missing=(MAARS,))
    chart = charted(Series(SHARE, (*series.quarters[:5], lacking, *series.quarters[6:])))
    assert chart.points[5].value is None


def test_a_rebase_is_a_line_with_a_text_and_splits_the_limits() -> None:
    chart = charted(counts(*(20, 22) * 5, *(40, 42) * 7), REBASED)
    layout = figure(chart)["layout"]
    assert [shape["x0"] for shape in layout["shapes"]] == [9.5]
    assert "Rebased from 2023/24 Q3" in [one["text"] for one in layout["annotations"]]
    assert f"Rebased from 2023/24 Q3: {MARKUP} (Analyst, 01/05/2024)." in chart.sentences
    assert [(one.first, one.last, one.trial) for one in chart.stretches] == [(0, 9, True), (10, 23, False)]


def test_a_restated_quarter_is_annotated() -> None:
    chart = charted(counts(*(20, 22) * 7, restated=3))
    (label,) = [one for one in figure(chart)["layout"]["annotations"] if one["text"] == "restated"]
    assert (label["x"], label["y"]) == (3, 22)
    assert "Restated by a later return: 2021/22 Q4." in chart.sentences


def test_the_milestone_is_a_stepped_dashed_line_with_a_label() -> None:
    chart = charted(shares(*STEADY), outcome=outcome_of(SHARE.id))
    drawn = trace(chart, "Milestone (at most)")
    assert (drawn["line"]["dash"], drawn["line"]["shape"]) == ("dash", "hvh")
    assert drawn["y"][:8] == [None] * 8 and drawn["y"][8] == float(chart.goals["2023/24"].at_most or 0)
    assert chart.sentences[1].startswith("The stepped dashed line is the milestone: at most 64% in 2023/24")


@pytest.mark.parametrize(("percent", "above"), [(66, False), (62, True)])
def test_a_milestones_label_stands_where_no_point_lies(percent: int, above: bool) -> None:
    chart = charted(shares(*([20] * 8), *([percent] * 4)), outcome=outcome_of(SHARE.id))
    ((place, level, words), where), *_ = placed(chart)
    assert (place, level, words) == (8, 0.64, "2023/24: at most 64%")
    assert where is above


def test_the_labels_of_neighbours_as_high_as_each_other_do_not_stand_on_each_other() -> None:
    (_, first), (_, second), *_ = placed(charted(shares(*([20] * 20)), outcome=outcome_of("msp_asked")))
    assert first is not second


def test_a_milestone_for_a_years_cases_is_not_drawn_through_single_quarters() -> None:
    rolling, single = counts(*(1, 0) * 8, indicator=RARE), counts(*(30, 31) * 8, indicator=RARE)
    assert charted(rolling, outcome=outcome_of(RARE.id)).goals
    assert not charted(single, outcome=outcome_of(RARE.id)).goals


def test_what_describes_a_quarters_last_day_is_never_drawn_over_four_quarters() -> None:
    chart = charted(counts(*(3, 4) * 7, indicator=SNAPSHOT))
    assert [point.value for point in chart.points[:2]] == [3, 4]
    assert "each point is one quarter" in chart.alt


def test_an_axis_far_from_nought_says_so() -> None:
    far, near = charted(counts(*(250, 252) * 7)), charted(counts(*(20, 44) * 7))
    assert far.axis[0] > 200 and far.sentences[-1] == "The axis does not start at nought."
    assert near.axis[0] == 0 and "nought" not in near.alt


def test_a_series_without_a_figure_says_so() -> None:
    chart = charted(shares(None, None))
    assert chart.sentences[0] == "No figures to draw."
    assert ET.fromstring(as_svg(chart, title="t", period="p", source="s")).tag.endswith("svg")  # noqa: S314 - our own drawing


def test_the_picture_to_take_away_holds_title_period_source_and_its_alternative_text() -> None:
    chart = charted(counts(*(20, 22) * 5, *(40, 42) * 7, 90, restated=2), REBASED)
    drawing = ET.fromstring(as_svg(chart, title=MARKUP, period="2021/22", source="returns"))  # noqa: S314 - our own drawing
    texts = [one.text or "" for one in drawing.iter() if one.text]
    assert drawing.findtext("{*}title") == MARKUP
    assert drawing.findtext("{*}desc") == chart.alt
    assert {"2021/22. Source: returns.", "restated", "Rebased from 2023/24 Q3", "trial limits"} < set(texts)
    assert "special cause, high" in texts
    assert not [value for one in drawing.iter() for value in one.attrib.values() if "nan" in value]


@pytest.mark.parametrize("ends", [(0.0, 1.0), (0.0, 0.07), (0.0, 7.0), (213.0, 281.0), (0.61, 0.99), (5.0, 5.0)])
def test_an_axis_has_a_few_round_numbers_that_hold_everything(ends: tuple[float, float]) -> None:
    ticks = ticks_between(*ends)
    assert ticks[0] <= ends[0] + 1e-9 and ticks[-1] >= ends[1] - 1e-9
    assert 2 <= len(ticks) <= 9
    assert all(Fraction(f"{tick:.6g}") == Fraction(str(round(tick, 6))) for tick in ticks)


def test_the_table_under_the_chart_holds_what_the_chart_draws() -> None:
    series = shares(*STEADY, 80)
    (line, levels), *_ = quarter_rows(series, FIRST.plus(14), charted(series))
    assert (line[0], levels.special_cause) == (FIRST.plus(14), "◆ of concern")
    stretch = charted(series).stretches[0]
    assert levels.mean == f"{stretch.mean:.1%}" and levels.upper == f"{stretch.upper:.1%}"


def files(series: Series, chart: Chart) -> tuple[list[dict[str, str]], list[list[Any]]]:
    last = series.quarters[-1].quarter
    read = csv.DictReader(io.StringIO(as_csv(series, last, invented=True, chart=chart)[1:]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(series, last, invented=True, chart=chart)))
    return list(read), book.get_sheet_by_index(0).to_python()


def test_the_files_hold_every_quarter_with_counts_interval_limits_and_label() -> None:
    series = shares(*STEADY, 80)
    rows, sheet = files(series, charted(series))
    assert (list(rows[0]), sheet[0], len(rows), len(sheet)) == (list(HEADS), list(HEADS), 15, 16)
    assert (rows[0]["numerator"], rows[0]["denominator"], rows[0]["value"]) == ("80", "100", "0.8")
    assert (rows[0]["interval_low"], rows[0]["interval_high"]) == ("0.711171", "0.866633")
    assert (rows[0]["special_cause"], rows[0]["trial_limits"], rows[0]["source"]) == (
        "◆ of concern",
        "no",
        "INVENTED DATA",
    )
    assert (rows[0]["rolling_year_numerator"], rows[0]["rolling_year_denominator"]) == ("208", "400")
    assert sheet[1][3:6] == [80, 100, 0.8]


def test_nothing_in_the_files_is_a_formula() -> None:
    series = counts(*(20, 22) * 5, *(40, 42) * 7)
    odd = replace(COUNT, title="=1+1")
    chart = charted(Series(odd, series.quarters), REBASED)
    rows, sheet = files(Series(odd, series.quarters), chart)
    cells = [*(cell for row in rows for cell in row.values()), *(str(cell) for row in sheet for cell in row)]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t")]
    assert rows[0]["title"] == "'=1+1" and any(MARKUP in row["rebased"] for row in rows)


def test_a_small_picture_leaves_gaps_and_says_what_it_shows() -> None:
    address, alt = sparkline(shares(*STEADY[:4], None, *STEADY[:4]), FIRST.plus(8), {})
    assert address.startswith("data:image/svg+xml;base64,")
    assert alt == "From 40.0% (40 of 100) at 2021/22 Q1 to 44.0% (44 of 100) at 2023/24 Q1; each point is one quarter."
