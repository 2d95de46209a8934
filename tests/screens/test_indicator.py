"""Indicator: one measure whole, with its counts, its definition and the returns behind it."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dataset.agencies import MAARS, STOCKPORT
from dataset.intake import send
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.store import Store
from dataset.tables.maars_referrals import MaarsReferral
from dataset.templates import example_csv
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.settings import Settings
from screens.conftest import BOLD, MARKUP, Q1, holding
from screens.opening import at_screen, fine, obeyed, said, title

EVERY = {indicator.id: indicator for indicator in all_indicators(Settings())}


def test_the_title_is_the_figure_with_its_counts_and_its_period(demonstration: Path) -> None:
    at = at_screen("indicator", indicator="msp_asked", quarter="2022/23 Q4")
    assert title(at) == "Adults asked about their Making Safeguarding Personal outcomes: 72.4% (252 of 348) in 2022/23"


# Those that a plan has a target for, and the first of each theme of each return.
LEADING = {outcome.indicator or "" for plan in PLANS for _, outcome in plan.outcomes() if outcome.target} | {
    one.id for one in {(one.theme, one.table.about.name): one for one in reversed(EVERY.values())}.values()
}


@pytest.mark.parametrize("names", [LEADING, pytest.param(EVERY, marks=pytest.mark.long)], ids=["leading", "every"])
def test_an_indicator_can_be_looked_at(names: Collection[str], demonstration: Path) -> None:
    at = at_screen("indicator", quarter="2023/24 Q4")
    for name in sorted(names):
        one = EVERY[name]
        shown = said(fine(at.selectbox(key="pick_indicator").set_value(name).run()))
        assert at.query_params["indicator"] == name
        assert title(at).startswith(one.title)
        for words in (one.question, one.why_it_matters, one.counts):
            assert " ".join(words.split()) in shown


BROKEN_DOWN = [name for name, one in EVERY.items() if one.breakdowns]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.long] if n % 16 else []) for n, name in enumerate(BROKEN_DOWN)]
)
def test_every_breakdown_can_be_drawn(name: str, demonstration: Path) -> None:
    for by in EVERY[name].breakdowns:
        at = at_screen("indicator", indicator=name, quarter="2023/24 Q4", by=by)
        assert at.query_params["by"] == by
        assert f"by {by.replace('_', ' ')}, 2023/24 up to 2023/24 Q4" in said(at)


def test_the_numbers_of_the_chart_are_a_table_too(demonstration: Path) -> None:
    shown = said(at_screen("indicator", indicator="msp_asked", quarter="2022/23 Q4"))
    for quarter in ("2021/22 Q4", "2022/23 Q1", "2022/23 Q4"):
        assert quarter in shown
    assert "72.4% (252 of 348)" in shown


def test_the_chart_has_an_alternative_text(demonstration: Path) -> None:
    (chart,) = at_screen("indicator", indicator="msp_asked", quarter="2022/23 Q4").get("plotly_chart")
    assert "From " in chart.proto.alt and " at 2022/23 Q4" in chart.proto.alt  # type: ignore[attr-defined]


def test_two_documents_that_differ_are_both_shown_and_neither_chosen(demonstration: Path) -> None:
    shown = said(at_screen("indicator", indicator="msp_asked", quarter="2022/23 Q4"))
    assert "(003:332)" in shown and "(004:620)" in shown
    assert "Neither is chosen here" in shown


def test_the_returns_behind_a_figure_are_named_with_sender_day_and_hash(demonstration: Path) -> None:
    shown = said(at_screen("indicator", indicator="msp_asked", quarter="2022/23 Q1"))
    assert "The returns behind 2022/23 up to 2022/23 Q1" in shown
    assert "SMBC-ASC, 2022/23 Q1" in shown and "PCFT, 2022/23 Q1" in shown
    assert "Pennine Care safeguarding administrator (invented)" in shown


def test_an_indicator_nobody_has_sent_a_return_for_says_where_it_starts(empty: Path) -> None:
    at = at_screen("indicator")
    assert title(at).endswith("no figure for 2023/24")
    assert "Upload is where it starts" in said(at)
    assert not at.get("plotly_chart")


def test_a_quarter_that_lacks_an_agency_says_so(half_filled: Path) -> None:
    shown = said(at_screen("indicator", indicator="msp_asked", quarter="2025/26 Q1"))
    assert "Pennine Care NHS Foundation Trust has not sent 2025/26 Q1" in shown


def test_a_senders_name_with_markup_is_shown_as_it_was_written(half_filled: Path) -> None:
    at = at_screen("indicator", indicator="msp_asked", quarter="2025/26 Q1")
    assert MARKUP in said(at)
    assert MARKUP not in obeyed(at)


ASKED = "What senders said about these figures"


def test_what_a_sender_said_of_an_unusual_return_stands_under_the_figures(demonstration: Path) -> None:
    shown = said(at_screen("indicator", indicator="audit_adult_not_aware", quarter="2026/27 Q2"))
    assert shown.index("Earlier quarters") < shown.index(ASKED) < shown.index("Worked example")
    assert "MAARS, 2026/27 Q2" in shown and "in 20 of 20 rows (100%)" in shown
    assert "read all 20 cases together on one audit day" in shown
    assert shown.count("explained") == 1


def test_where_nothing_was_asked_nothing_is_said(demonstration: Path) -> None:
    assert ASKED not in said(at_screen("indicator", indicator="audit_adult_not_aware", quarter="2026/27 Q1"))
    assert ASKED not in said(at_screen("indicator", indicator="msp_asked", quarter="2026/27 Q2"))


def test_a_reason_with_markup_is_shown_as_it_was_written(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "safeguarding.duckdb", clock=lambda: datetime(2025, 7, 10, tzinfo=UTC))
    raw = example_csv(MaarsReferral, Q1, 20).replace("25-29", "Not Known").encode()
    slot = Slot(STOCKPORT.code, MAARS.code, "maars_referrals", Q1)
    reasons = {"SHARE_UNKNOWN:age_band": MARKUP + BOLD}
    assert send(store, slot, raw, sent_by="Ann", file_name="r.csv", reasons=reasons).accepted
    store.close()
    with holding(tmp_path / "safeguarding.duckdb"):
        at = at_screen("indicator", indicator="maars_self_neglect", quarter=str(Q1))
        assert MARKUP + BOLD in said(at)
        assert MARKUP not in obeyed(at) and BOLD not in obeyed(at)


def test_a_choice_stays_when_another_screen_was_visited(demonstration: Path) -> None:
    at = at_screen("indicator", indicator="maars_self_neglect", quarter="2022/23 Q4")
    chosen = title(at)
    at.query_params.clear()
    fine(at.switch_page("returns.py").run())
    at.query_params.clear()
    assert title(fine(at.switch_page("indicator.py").run())) == chosen


def charted(at: AppTest) -> dict[str, Any]:
    (chart,) = at.get("plotly_chart")
    figure: dict[str, Any] = json.loads(chart.proto.spec)  # type: ignore[attr-defined]
    return figure


def test_the_page_goes_from_the_answer_to_where_it_comes_from(demonstration: Path) -> None:
    shown = said(at_screen("indicator", indicator="msp_asked_and_stated", quarter="2022/23 Q4"))
    order = (
        "quarter by quarter",
        "What the agencies say",
        "By part",
        "Other areas",
        "Definition",
        "What the documents say",
        "Where the figure comes from",
    )
    places = [shown.index(words) for words in order]
    assert places == sorted(places)


def test_the_chart_the_words_beneath_it_and_the_table_agree_on_limits(demonstration: Path) -> None:
    at = at_screen("indicator", indicator="concerns_not_progressed", quarter="2026/27 Q2")
    assert {"mean", "lower", "upper"} < {one["name"] for one in charted(at)["data"]}
    shown, alt = said(at), at.get("plotly_chart")[0].proto.alt  # type: ignore[attr-defined]
    sentence = "Limits from 2021/22 Q1 to 2026/27 Q2: mean 74.3%, lower 67.5%, upper 81.1%."
    assert sentence in shown and sentence in alt
    assert "Upper limit" in shown and "★ improving" in shown and shown.count("81.1%") > 20


def test_a_line_of_rolling_years_has_no_limits_and_no_form_for_a_baseline(demonstration: Path) -> None:
    at = at_screen("indicator", indicator="sar_referrals", quarter="2026/27 Q2")
    assert [one["name"] for one in charted(at)["data"] if one["name"] in ("mean", "lower", "upper")] == []
    shown = said(at)
    assert "Upper limit" not in shown and "Too few a quarter for limits: 3 in the four quarters" in shown
    assert "Start a new baseline" not in [one.label for one in at.expander]


def test_a_rebase_is_shown_with_its_reason_its_author_and_its_day(demonstration: Path) -> None:
    at = at_screen("indicator", indicator="maars_referrals", quarter="2026/27 Q2")
    assert "Rebased from 2023/24 Q2: General practices began to refer in August 2023" in said(at)
    assert "(MAARS coordinator (invented), 22/05/2024)" in said(at)
    assert [one["x0"] for one in charted(at)["layout"]["shapes"]] == [8.5]


def test_a_rebase_is_not_there_before_it_was_decided(demonstration: Path) -> None:
    at = at_screen("indicator", indicator="maars_referrals", quarter="2023/24 Q4", as_at="2024-05-21")
    assert "Rebased from" not in said(at)
    assert "empty “As reported on”" in said(at)


def recorded(at: AppTest, indicator: str, kind: str, reason: str) -> AppTest:
    at.text_input(key=f"rebase_reason_{indicator}_{kind}").set_value(reason)
    at.text_input(key="rebase_by").set_value("Analyst")
    return fine(next(one for one in at.button if one.label == "Record it").set_value(True).run())


def test_a_baseline_is_started_and_taken_back_on_the_page(own_demonstration: Path) -> None:
    at = at_screen("indicator", indicator="concerns", quarter="2026/27 Q2")
    at.selectbox(key="rebase_from_concerns_start").set_value(Quarter(2023, 2))
    at = recorded(at, "concerns", "start", MARKUP + BOLD)
    assert "A new baseline starts from 2023/24 Q2." in said(at)
    assert f"Rebased from 2023/24 Q2: {MARKUP}" in said(at)
    assert MARKUP not in obeyed(at)
    at = fine(at.radio(key="rebase_kind").set_value("take_back").run())
    at = recorded(at, "concerns", "take_back", "The wrong quarter")
    assert "The baseline from 2023/24 Q2 is taken back" in said(at)
    assert "Taken back from 2023/24 Q2: The wrong quarter (Analyst, " in said(at)
    assert not charted(at)["layout"].get("shapes")


def test_a_baseline_without_a_reason_is_refused_in_words(own_demonstration: Path) -> None:
    at = at_screen("indicator", indicator="concerns", quarter="2026/27 Q2")
    at = recorded(at, "concerns", "start", "")
    assert "Nothing was stored" in said(at) and "No reason is given." in said(at)


def test_a_part_has_its_counts_its_uncertainty_and_a_caution(demonstration: Path) -> None:
    shown = said(at_screen("indicator", indicator="enquiries_in_care_homes", quarter="2022/23 Q4", by="abuse_types"))
    assert "so the parts add to more than the whole" in shown
    assert "Wilson's interval of 95%" in shown and "one more or less moves the share by" in shown
    other = said(at_screen("indicator", indicator="enquiries_in_care_homes", quarter="2022/23 Q4", by="source_of_risk"))
    assert "add to more than the whole" not in other


def test_from_the_figure_to_its_counts_to_the_rows_behind_it(demonstration: Path) -> None:
    at = at_screen("indicator", indicator="msp_asked_and_stated", quarter="2022/23 Q4")
    assert "2022/23: 188 (enquiries with the answer “asked and stated”) out of 348" in said(at)
    assert "rows behind the numerator" not in said(at)
    shown = said(fine(at.toggle(key="rows_msp_asked_and_stated").set_value(True).run()))
    assert "50 of the 188 rows behind the numerator; 138 more are in the returns" in shown
    assert "Row 3 167 PCFT, 2022/23 Q1 PE-2223-0002" in shown


def test_the_figures_and_the_chart_can_be_taken_away(demonstration: Path) -> None:
    at = at_screen("indicator", indicator="concerns_not_progressed", quarter="2026/27 Q2")
    labels = [one.proto.label for one in at.get("download_button")]  # type: ignore[attr-defined]
    assert labels[:4] == ["Figures (CSV)", "Figures (Excel)", "Chart (SVG)", "Chart (PNG)"]


def test_what_describes_a_last_day_is_titled_by_that_day_and_never_added_up(demonstration: Path) -> None:
    at = at_screen("indicator", indicator="child_protection_plans", quarter="2026/27 Q2")
    assert title(at) == "Children on a child protection plan: 279 at the end of 2026/27 Q2"
    assert "Year to date" not in said(at) and "the four quarters to" not in said(at)
