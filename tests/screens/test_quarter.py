"""Quarter: what must be discussed, why, and who owes an explanation."""

from __future__ import annotations

from pathlib import Path

from safeguarding_metrics.indicators import all_indicators
from screens.opening import at_screen, said, title


def test_the_title_says_what_to_discuss_and_who_is_silent(demonstration: Path) -> None:
    shown = title(at_screen("quarter", quarter="2025/26 Q3"))
    assert "figures to discuss" in shown
    assert "agencies owe an explanation" in shown
    assert "1 agency has not sent every return" in shown


def test_a_missing_return_is_named_with_what_it_leaves_open(demonstration: Path) -> None:
    shown = said(at_screen("quarter", quarter="2025/26 Q3"))
    assert "Pennine Care NHS Foundation Trust: Section 42 enquiries concluded, 2025/26 Q3" in shown
    assert "leaves open: Adults asked about their Making Safeguarding Personal outcomes" in shown


def test_every_indicator_can_be_shown(demonstration: Path) -> None:
    shown = said(at_screen("quarter", quarter="2024/25 Q4", show="all"))
    assert all(indicator.title in shown for indicator in all_indicators())


def test_it_opens_on_the_plan_and_the_headline_set(demonstration: Path) -> None:
    shown = said(at_screen("quarter", quarter="2024/25 Q4"))
    assert all(one.title in shown for one in all_indicators() if one.headline)
    assert "MAARS referrals, age 95+" not in shown


def test_the_filter_is_in_the_address(demonstration: Path) -> None:
    at = at_screen("quarter", quarter="2024/25 Q4", show="all", about="adults", agency_owner="MAARS")
    shown = said(at)
    assert "MAARS referrals, age 95+" in shown
    assert "Contacts with the front door" not in shown
    assert at.query_params["agency_owner"] == "MAARS"


def test_no_share_stands_without_its_counts(demonstration: Path) -> None:
    assert "71.0% 1,818 of 2,560" in said(at_screen("quarter", quarter="2024/25 Q4"))


def test_before_anything_was_sent_it_says_where_to_begin_and_blames_nobody(empty: Path) -> None:
    at = at_screen("quarter")
    assert "nothing has been sent yet" in title(at)
    assert "Send the first return" in said(at)
    assert "Who owes an explanation" not in said(at)
