"""Progress: the title answers the chair, and every outcome is there, whatever the store holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.parts.held import PLAN
from safeguarding_metrics.wording import STATUS, status_words
from screens.conftest import BOLD
from screens.opening import at_screen, fine, obeyed, said, tags, title

ANSWERS = {
    "2022/23 Q4": "The plan does not cover 2022/23, so none of its 14 targets can be judged",
    "2024/25 Q4": "3 of 14 targets are met in 2024/25; 9 are not, and 2 cannot be judged",
    "2025/26 Q4": "The plan has no milestone for 2025/26, so none of its 14 targets can be judged",
    "2026/27 Q2": "The plan does not cover 2026/27, so none of its 14 targets can be judged",
}


@pytest.mark.parametrize("quarter", ANSWERS)
def test_the_title_is_the_answer(quarter: str, demonstration: Path) -> None:
    at = at_screen("progress", quarter=quarter)
    assert title(at) == ANSWERS[quarter]
    assert at.query_params["quarter"] == quarter


@pytest.mark.parametrize("quarter", ANSWERS)
def test_every_outcome_of_the_plan_is_shown(quarter: str, demonstration: Path) -> None:
    shown = said(at_screen("progress", quarter=quarter))
    outcomes = [outcome for _, outcome in PLAN.outcomes()]
    assert len(outcomes) == 28
    for outcome in outcomes:
        assert outcome.id in shown.split()
        assert outcome.title in shown


def test_it_opens_on_the_last_quarter_of_the_plan(demonstration: Path) -> None:
    at = at_screen("progress")
    assert at.query_params["quarter"] == "2025/26 Q4"
    assert title(at) == ANSWERS["2025/26 Q4"]


def test_no_share_stands_without_its_counts_and_no_figure_without_its_period(demonstration: Path) -> None:
    shown = said(at_screen("progress", quarter="2022/23 Q4"))
    assert "72.4% 252 of 348" in shown
    assert "2022/23" in shown


def test_another_quarter_is_chosen_and_the_address_follows(demonstration: Path) -> None:
    at = at_screen("progress")
    at.selectbox(key="pick_quarter").set_value(next(o for o in _quarters(at) if str(o) == "2024/25 Q4"))
    fine(at.run())
    assert title(at) == ANSWERS["2024/25 Q4"]
    assert at.query_params["quarter"] == "2024/25 Q4"


def _quarters(at: object) -> list[object]:
    from dataset.quarter import Quarter

    return [Quarter.parse(text[:10]) for text in at.selectbox(key="pick_quarter").options]  # type: ignore[attr-defined]


def test_a_status_in_the_address_shows_only_its_outcomes(demonstration: Path) -> None:
    everything = said(at_screen("progress", quarter="2024/25 Q4"))
    met = said(at_screen("progress", quarter="2024/25 Q4", status="met"))
    assert "Priority 3." in everything
    assert len(met) < len(everything)
    assert "No measure defined: this outcome" not in met


@pytest.mark.parametrize("status", STATUS)
def test_every_status_in_the_address_can_be_drawn(status: str, demonstration: Path) -> None:
    at = at_screen("progress", quarter="2023/24 Q4", status=status)
    assert title(at).startswith("7 of 14 targets are met in 2023/24")


def test_every_word_of_status_is_explained(demonstration: Path) -> None:
    shown = said(at_screen("progress"))
    for status in STATUS:
        assert status_words(status) in shown


def test_the_return_nobody_sent_is_named(demonstration: Path) -> None:
    shown = said(at_screen("progress", quarter="2025/26 Q4"))
    assert "Pennine Care NHS Foundation Trust: Section 42 enquiries concluded, 2025/26 Q3" in shown


def test_an_earlier_day_shows_what_had_been_reported_by_then(demonstration: Path) -> None:
    shown = said(at_screen("progress", quarter="2023/24 Q2", as_at="2024-01-10"))
    assert "as reported by 10/01/2024" in shown
    assert "Restated this year" not in shown
    assert "Restated this year" in said(at_screen("progress", quarter="2023/24 Q2"))


def test_an_empty_store_says_what_to_do_first(empty: Path) -> None:
    at = at_screen("progress")
    assert title(at) == "Nothing has been sent yet, so no target can be judged"
    assert "Start with Upload" in said(at)
    assert "Send the first return" in said(at)
    assert not any(f"{word} of 14" in title(at) for word in "0123456789")


def test_a_year_with_a_missing_agency_is_incomplete_and_says_whose(half_filled: Path) -> None:
    at = at_screen("progress")
    assert at.query_params["quarter"] == "2025/26 Q1"
    assert "Pennine Care NHS Foundation Trust has not sent 2025/26 Q1" in said(at)


def test_a_reason_with_markup_is_shown_as_it_was_written(half_filled: Path) -> None:
    at = at_screen("progress")
    assert BOLD in said(at)
    assert "**bold**" not in obeyed(at)
    assert "script" not in tags(at)
