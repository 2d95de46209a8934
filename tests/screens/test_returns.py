"""Returns: who has sent what, what is outstanding, and the ledger."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from dataset.agencies import MAARS, STOCKPORT
from dataset.ledger import Slot
from dataset.withdrawing import withdraw
from pages.parts.held import held_store
from screens.conftest import BOLD, MARKUP, Q1
from screens.opening import at_screen, fine, obeyed, said, tags, title

MISSING = "Pennine Care NHS Foundation Trust: Section 42 enquiries concluded, 2025/26 Q3, was due 29/01/2026"


def test_the_title_says_how_many_are_overdue(demonstration: Path) -> None:
    assert title(at_screen("returns", as_at="2026-11-19")) == "2 returns are overdue"
    assert title(at_screen("returns", as_at="2024-01-01")) == "Every return that is due has been sent"


def test_what_is_missing_is_named_with_agency_quarter_and_due_date(demonstration: Path) -> None:
    assert MISSING in said(at_screen("returns", as_at="2026-11-19"))
    assert "was due" not in said(at_screen("returns", as_at="2024-01-01"))


def test_every_state_is_a_glyph_and_a_word(demonstration: Path) -> None:
    shown = said(at_screen("returns", as_at="2026-11-19"))
    for words in ("✔ Accepted", "◷ Accepted late", "✖ Missing", "0 Nil", "· Not due"):
        assert words in shown


def test_the_ledger_tells_a_refusal_and_a_restatement(demonstration: Path) -> None:
    assert "refused, nothing stored" in said(at_screen("returns", as_at="2025-01-31"))
    shown = said(at_screen("returns", as_at="2024-01-31"))
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


def withdrawing(at: AppTest, entry: str, by: str, reason: str) -> AppTest:
    (box,) = [box for box in at.selectbox if box.label == "Which return"]
    if entry:
        box.select_index(next(i for i, option in enumerate(box.options) if option.startswith(entry)))
    fields = {field.label: field for field in at.text_input}
    fields["Who withdraws it (your name or role)"].set_value(by)
    fields["Why it is withdrawn"].set_value(reason)
    (button,) = [button for button in at.button if button.label == "Withdraw this return"]
    return fine(button.click().run())


def test_what_is_outstanding_can_be_copied_and_taken_away(demonstration: Path) -> None:
    at = at_screen("returns", as_at="2026-11-19")
    (area,) = at.text_area
    assert area.value.startswith("Safeguarding returns outstanding:") and MISSING in area.value
    assert at.get("download_button")[0].label == "Outstanding returns (CSV)"  # type: ignore[attr-defined]


def test_an_empty_store_says_one_calm_sentence(empty: Path) -> None:
    at = at_screen("returns")
    assert "As soon as the first one is in" in said(at)
    assert "Outstanding" not in said(at) and "Missing" not in said(at)
    assert not at.text_area and "Which return" not in [one.label for one in at.selectbox]


def test_a_return_is_withdrawn_with_a_name_and_a_reason(half_filled: Path) -> None:
    slot = Slot(STOCKPORT.code, MAARS.code, "maars_referrals", Q1)
    at = at_screen("returns")
    for entry, by, reason in (("", "Ann", "Why"), ("Entry 5", " ", "Why"), ("Entry 5", "Ann", " ")):
        at = withdrawing(at, entry, by, reason)
        assert "Choose the return, and fill in who withdraws it and why." in said(at)
    assert slot in held_store().reading().counting
    shown = said(withdrawing(at, "Entry 5", MARKUP, BOLD))
    assert "Entry 5 is withdrawn: MAARS referrals, MAARS, 2025/26 Q1. It is owed again." in shown
    assert f"withdrawn (entry 5): {BOLD}" in shown
    assert slot not in held_store().reading().counting
    assert "⊘ Withdrawn: An accepted return was taken back; it is owed again." in shown


def test_what_was_withdrawn_already_is_said(half_filled: Path) -> None:
    at = at_screen("returns")
    slot = Slot(STOCKPORT.code, MAARS.code, "maars_referrals", Q1)
    (box,) = [box for box in at.selectbox if box.label == "Which return"]
    assert any(option.startswith("Entry 5") for option in box.options)
    assert withdraw(held_store(), slot, sent_by="Other", reason="Wrong quarter").accepted
    at = fine(at.run())
    (box,) = [box for box in at.selectbox if box.label == "Which return"]
    assert not [option for option in box.options if option.startswith("Entry 5")]
    assert "withdrawn (entry 5): Wrong quarter" in said(at)


def test_nothing_is_withdrawn_while_an_earlier_day_is_looked_at(half_filled: Path) -> None:
    at = at_screen("returns", as_at="2025-08-01")
    assert "Which return" not in [box.label for box in at.selectbox]
