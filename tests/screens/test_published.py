"""Published figures: what disagrees comes first, everything is found, and what is shown can be taken away."""

from __future__ import annotations

from pathlib import Path

import pytest

from dataset.published import FIGURES
from safeguarding_metrics import publishing
from screens.opening import at_screen, fine, said, tags, title

JUNK = {
    "document": ("005", "004:577", ""),
    "topic": ("x", "**activity**"),
    "area": ("Stockport", "../../etc/passwd"),
    "period": ("2099/00", "<b>"),
    "measure": ("<script>", "SAR_REFERRALS"),
    "only": ("x", "Differ"),
}


def test_the_title_counts_figures_documents_conflicts_and_claims(empty: Path) -> None:
    everything = publishing.find(publishing.Choice())
    assert title(at_screen("published")) == everything.headline
    assert everything.headline.startswith(f"{len(FIGURES)} figures from 5 documents")


def test_every_figure_is_there_before_anything_was_sent(empty: Path) -> None:
    shown = said(at_screen("published"))
    assert [one.place for one in FIGURES if one.place not in shown] == []
    assert [one.as_printed for one in FIGURES if f"“{one.as_printed}”" not in shown] == []


def test_a_demonstration_says_that_these_figures_are_not_invented(demonstration: Path) -> None:
    shown = said(at_screen("published"))
    assert "Invented data." in shown
    assert "Nothing on this screen is invented" in shown


def test_what_disagrees_stands_before_the_figures_with_both_places(empty: Path) -> None:
    shown = said(at_screen("published"))
    conflict = "the business plan says 84% (003:362); the annual report 2022/23 says 85.1% (004:608)"
    claim = "004:343 says “reduced by 184%”"
    assert shown.index(conflict) < shown.index(claim) < shown.index("The figures by topic and measure")


def test_a_search_finds_by_place_and_the_address_follows(empty: Path) -> None:
    at = at_screen("published")
    fine(at.text_input(key="published_search").set_value("004:577").run())
    assert at.query_params["search"] == "004:577"
    assert title(at) == f"3 of {len(FIGURES)} published figures"
    assert "2 SAR referrals" in said(at)


def test_a_link_with_a_search_and_filters_shows_them(empty: Path) -> None:
    at = at_screen("published", search="self-neglect", document="003", period="2022/23")
    assert at.text_input(key="published_search").value == "self-neglect"
    assert at.selectbox(key="pick_published_document").value == "003"
    assert "003:328" in said(at) and "annual report 2022/23 says 40.3%" in said(at)


def test_only_the_figures_that_conflict_are_shown_when_asked(empty: Path) -> None:
    shown = said(at_screen("published", only="differ"))
    assert "003:362" in shown and "Claims that do not hold" not in shown
    assert "caring dads" not in shown.casefold()


def test_only_the_figures_of_wrong_claims_are_shown_when_asked(empty: Path) -> None:
    shown = said(at_screen("published", only="claims"))
    assert "004:343" in shown and "Where documents differ" not in shown


def test_a_measure_is_set_side_by_side_with_a_chart_described_in_words(empty: Path) -> None:
    at = at_screen("published", measure="sar_referrals")
    assert "The measure over documents, periods and areas" in said(at)
    (chart,) = at.get("plotly_chart")
    words = chart.proto.alt  # type: ignore[attr-defined]
    assert "Annual report 2022/23: from 12 in 2018/19 (financial year) to 2 in 2022/23 (financial year)." in words
    assert "Business plan: 4 in April 2022 to the writing of the plan (since start)." in words


def test_a_measure_printed_once_needs_no_chart(empty: Path) -> None:
    at = at_screen("published", measure="caring_dads_completed")
    assert title(at) == f"{publishing.title_of('caring_dads_completed')}: 1 published figure in 1 document"
    assert not at.get("plotly_chart")


def test_a_choice_that_brings_nothing_offers_the_way_back(empty: Path) -> None:
    at = at_screen("published", search="<script>alert(1)</script>")
    assert title(at) == f"0 of {len(FIGURES)} published figures"
    assert "Show every figure" in said(at)
    assert "script" not in tags(at)


def test_both_files_are_offered(empty: Path) -> None:
    labels = [one.proto.label for one in at_screen("published").get("download_button")]  # type: ignore[attr-defined]
    assert labels == ["These figures (CSV)", "These figures (Excel)"]


@pytest.mark.parametrize("name", JUNK)
def test_junk_in_the_address_is_ignored(name: str, empty: Path) -> None:
    plain = title(at_screen("published"))
    for value in JUNK[name]:
        assert title(at_screen("published", **{name: value})) == plain


def test_an_endless_search_is_cut(empty: Path) -> None:
    assert at_screen("published", search="x" * 5000).text_input(key="published_search").value == "x" * 100


def test_an_indicator_shows_its_published_history_with_breaks_conflicts_and_wrong_claims(empty: Path) -> None:
    shown = said(at_screen("indicator", indicator="child_protection_plans"))
    history = shown[shown.index("Published figures in order of period") :]
    assert history.index("001:222") < history.index("002:99") < history.index("004:206")
    assert "≠ Break: a financial year instead of one day." in history
    assert "Another document: arrangements 2019, before it the board report 2016/17." in history
    assert "87% more (004:360) and 19% less (004:366). Neither is chosen here." in shown
    assert "004:366 says “19% decrease”" in shown
