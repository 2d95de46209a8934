"""Returns: who has sent what, what is outstanding, and the ledger."""

from __future__ import annotations

from pathlib import Path

from screens.conftest import BOLD, MARKUP
from screens.opening import at_screen, obeyed, said, tags, title

MISSING = "Pennine Care NHS Foundation Trust: Section 42 enquiries concluded, 2025/26 Q3, was due 29/01/2026"


def test_the_title_says_how_many_are_overdue(demonstration: Path) -> None:
    assert title(at_screen("returns", as_at="2026-11-19")) == "1 return is overdue"
    assert title(at_screen("returns", as_at="2024-01-01")) == "Every return that is due has been sent"


def test_what_is_missing_is_named_with_agency_quarter_and_due_date(demonstration: Path) -> None:
    assert MISSING in said(at_screen("returns", as_at="2026-11-19"))
    assert "was due" not in said(at_screen("returns", as_at="2024-01-01"))


def test_every_state_is_a_glyph_and_a_word(demonstration: Path) -> None:
    shown = said(at_screen("returns", as_at="2026-11-19"))
    for words in ("✔ Accepted", "◷ Accepted late", "✖ Missing", "0 Nil", "· Not due"):
        assert words in shown


def test_the_ledger_tells_a_refusal_and_a_restatement(demonstration: Path) -> None:
    shown = said(at_screen("returns", as_at="2025-01-31"))
    assert "refused, nothing stored" in shown
    assert "restatement: 41 concerns logged at the hospital front desk" in shown


def test_an_empty_store_has_no_return_and_an_empty_ledger(empty: Path) -> None:
    at = at_screen("returns")
    assert title(at) == "No return has been sent yet"
    assert "Ledger: 0 entries" in said(at)


def test_a_half_filled_store_tells_nil_restated_and_missing_apart(half_filled: Path) -> None:
    shown = said(at_screen("returns", as_at="2025-08-01"))
    for words in ("0 Nil", "↻ Restated", "✖ Missing", "nil return", "refused, nothing stored"):
        assert words in shown
    assert "Pennine Care NHS Foundation Trust: Section 42 enquiries concluded, 2025/26 Q1" in shown


def test_what_senders_wrote_is_shown_as_they_wrote_it(half_filled: Path) -> None:
    at = at_screen("returns")
    assert BOLD in said(at) and MARKUP in said(at) and f"{MARKUP}.csv" in said(at)
    assert not tags(at) & {"img", "script"}
    assert MARKUP not in obeyed(at) and "**bold**" not in obeyed(at)
