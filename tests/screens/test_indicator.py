"""Indicator: one measure whole, with its counts, its definition and the returns behind it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dataset.agencies import MAARS, STOCKPORT
from dataset.intake import send
from dataset.ledger import Slot
from dataset.store import Store
from dataset.tables.maars_referrals import MaarsReferral
from dataset.templates import example_csv
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.settings import Settings
from screens.conftest import BOLD, MARKUP, Q1, holding
from screens.opening import at_screen, fine, obeyed, said, title

EVERY = {indicator.id: indicator for indicator in all_indicators(Settings())}


def test_the_title_is_the_figure_with_its_counts_and_its_period(demonstration: Path) -> None:
    at = at_screen("indicator", indicator="msp_asked", quarter="2022/23 Q4")
    assert title(at) == "Adults asked about their Making Safeguarding Personal outcomes: 72.4% (252 of 348) in 2022/23"


def test_every_indicator_can_be_looked_at(demonstration: Path) -> None:
    at = at_screen("indicator", quarter="2023/24 Q4")
    for name, one in EVERY.items():
        shown = said(fine(at.selectbox(key="pick_indicator").set_value(name).run()))
        assert at.query_params["indicator"] == name
        assert title(at).startswith(one.title)
        for words in (one.question, one.why_it_matters, one.counts):
            assert " ".join(words.split()) in shown


@pytest.mark.parametrize("name", [name for name, one in EVERY.items() if one.breakdowns][::8])
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
