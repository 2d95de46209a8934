"""Upload: told what to correct, then sent, then a receipt; nothing is stored before."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

from dataset import checking
from dataset.agencies import ADULT_SOCIAL_CARE, DUTIES
from dataset.checking.judging import judge_rows
from dataset.intake import Answer, send
from dataset.mending import altogether, changes_of, mended
from dataset.quarter import Quarter
from dataset.tables import return_named
from dataset.templates import example_csv, guide_rows
from dataset.trying import try_out
from pages.parts import uploading_sending
from pages.parts.held import held_store
from screens.conftest import BOLD, MARKUP, MISSING, Q1
from screens.opening import at_screen, fine, obeyed, said, tags, title

BAD = Path(__file__).parents[1] / "bad_uploads"
ENQUIRIES = return_named("section_42_enquiries")
GOOD = example_csv(ENQUIRIES, Q1, 4).encode()
WRONG = GOOD.replace(b"Own Home", b"Ownn Home", 1).replace(b"2025", b"2031", 2)
MISSPELT = GOOD.replace(b"Own Home", b"Ownn Home", 1)


def choosing(agency: str = "PCFT", name: str = "section_42_enquiries", quarter: Quarter = Q1) -> AppTest:
    return at_screen("upload", agency=agency, quarter=str(quarter), **{"return": name})


def adding(at: AppTest, raw: bytes, name: str = "return.csv") -> AppTest:
    at.file_uploader[0].set_value((name, raw, "text/csv"))
    return fine(at.run())


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [button for button in at.button if button.label == label]
    return fine(button.click().run())


def write(at: AppTest, label: str, text: str, which: int = 0) -> None:
    [field for field in at.text_input if field.label == label][which].set_value(text)


def sent(at: AppTest, by: str = "Ann Example", reason: str | None = None) -> AppTest:
    """The form filled in and sent; with a reason (be it blank) as a restatement."""
    write(at, "Who sends this (your name or role)", by)
    if reason is None:
        return press(at, "Send this return")
    write(at, "Why the return is sent again", reason)
    return press(at, "Send as restatement")


def test_it_offers_the_returns_an_agency_owes(demonstration: Path) -> None:
    at = choosing("SMBC-ASC")
    owed = [return_named(duty.dataset).about.title for duty in DUTIES if duty.agency is ADULT_SOCIAL_CARE]
    assert at.selectbox(key="pick_return").options == owed


def test_the_guide_says_every_column_and_what_to_write(demonstration: Path) -> None:
    shown = said(choosing())
    for row in guide_rows(ENQUIRIES):
        assert row["column"] in shown and " ".join(row["write"].split()) in shown


def test_a_bad_file_is_told_row_by_row_and_column_by_column_and_nothing_is_stored(half_filled: Path) -> None:
    before = held_store().entries()
    shown = said(adding(choosing(), WRONG))
    assert "Ownn Home" in shown and "location" in shown
    assert "Must be corrected" in shown
    assert "Nothing was stored" in shown
    assert held_store().entries() == before


@pytest.mark.parametrize("path", sorted(BAD.iterdir())[::4], ids=lambda path: path.stem)
def test_every_bad_file_is_answered_in_words(path: Path, demonstration: Path) -> None:
    at = adding(choosing("MAARS", "maars_referrals", Quarter(2023, 1)), path.read_bytes(), path.name)
    assert "to correct in" in said(at)
    assert not [button for button in at.button if button.label == "Send this return"]
    assert "img" not in tags(at)


def test_a_good_file_is_shown_before_it_is_sent(half_filled: Path) -> None:
    before = held_store().entries()
    shown = said(adding(choosing(), GOOD))
    assert "4 rows of return.csv pass every check" in shown
    assert "4 rows would be stored for Pennine Care NHS Foundation Trust, 2025/26 Q1." in shown
    assert held_store().entries() == before


def test_sending_leads_to_a_receipt_and_an_entry(half_filled: Path) -> None:
    at = adding(choosing(), WRONG, "first.csv")
    at = sent(adding(at, GOOD, "second.csv"))
    entry = held_store().entries()[-1]
    assert (entry.slot, entry.status, entry.records, entry.file_name) == (MISSING, "accepted", 4, "second.csv")
    shown = said(at)
    for words in (f"Receipt: entry {entry.id}", entry.sha256, "Rows stored: 4", "Sent by: Ann Example"):
        assert words in shown
    assert "INVENTED" not in shown


def test_what_was_sent_counts_on_every_screen_at_once(half_filled: Path) -> None:
    words = "Pennine Care NHS Foundation Trust has not sent 2025/26 Q1"
    assert words in said(at_screen("progress"))
    sent(adding(choosing(), GOOD))
    assert words not in said(at_screen("progress"))
    assert " of 7) in 2025/26" in title(at_screen("indicator", indicator="msp_asked", quarter="2025/26 Q1"))


def test_the_receipt_of_a_demonstration_says_that_it_is_invented(own_demonstration: Path) -> None:
    late = example_csv(ENQUIRIES, Quarter(2025, 3), 2).encode()
    shown = said(sent(adding(choosing(quarter=Quarter(2025, 3)), late)))
    assert "INVENTED DATA: this receipt is from a demonstration store." in shown


def test_the_next_return_begins_with_an_empty_hand(half_filled: Path) -> None:
    at = press(sent(adding(choosing(), GOOD)), "Send another return")
    assert "Receipt" not in said(at)
    assert "3. What was found" not in said(at)


def test_the_receipts_of_this_window_stay_within_reach(half_filled: Path) -> None:
    at = press(sent(adding(choosing(), GOOD)), "Send another return")
    label = "Receipt of entry 8: Section 42 enquiries concluded, PCFT, 2025/26 Q1 (text)"
    assert label in [button.label for button in at.get("download_button")]  # type: ignore[attr-defined]
    assert "Receipts of what you sent from this window: 1" in [box.label for box in at.expander]


def test_a_file_is_checked_once_from_its_adding_to_its_receipt(
    half_filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = []
    monkeypatch.setattr(checking, "judge_rows", lambda *a: judged.append(a) or judge_rows(*a))
    at = adding(choosing("SMBC-ASC"), example_csv(ENQUIRIES, Q1, 4).replace("Own Home", "Other", 1).encode())
    assert "What changes in the figures" in said(at)
    sent(at, reason="One was wrong")
    assert held_store().entries()[-1].kind == "restatement" and len(judged) == 1


def test_a_sending_without_a_sender_asks_who_it_is(half_filled: Path) -> None:
    before = held_store().entries()
    at = press(adding(choosing(), GOOD), "Send this return")
    assert "Fill in who sends this" in said(at)
    assert held_store().entries() == before


def test_a_return_that_is_there_already_is_restated_with_a_reason(half_filled: Path) -> None:
    at = adding(choosing("SMBC-ASC"), GOOD)
    assert "They would count instead of 3 rows sent on 10/07/2025" in said(at)
    assert "Fill in why it is sent again." in said(sent(at, reason=" "))
    at = sent(at, reason=BOLD)
    entry = held_store().entries()[-1]
    assert (entry.kind, entry.records, entry.reason) == ("restatement", 4, BOLD)
    assert BOLD in said(at) and "**bold**" not in obeyed(at)


def test_a_nil_return_needs_a_reason_and_gets_a_receipt(half_filled: Path) -> None:
    at = press(choosing(), "Send a nil return")
    assert "Fill in who sends this and why there is nothing to report" in said(at)
    write(at, "Who sends this (your name or role)", MARKUP)
    write(at, "Why there is nothing to report", BOLD)
    shown = said(press(at, "Send a nil return"))
    assert "Nil return: Section 42 enquiries concluded" in shown and "Nothing to report" in shown
    assert (held_store().entries()[-1].kind, held_store().entries()[-1].reason) == ("nil", BOLD)


@pytest.mark.parametrize("name", [f"{MARKUP}.csv", "![x](y).csv", "**b**_[1]_.csv", "../../up.csv", f"{'é' * 300}.csv"])
def test_a_file_name_is_only_text(name: str, half_filled: Path) -> None:
    at = adding(choosing(), GOOD, name)
    assert "](" not in obeyed(at) and "<" not in obeyed(at)
    at = sent(at, by=MARKUP)
    assert "img" not in tags(at)
    assert MARKUP in said(at)


def test_the_file_of_one_agency_is_never_held_out_for_another(half_filled: Path) -> None:
    at = adding(choosing(), GOOD)
    others = at.selectbox(key="pick_agency")
    fine(others.select_index(0).run())
    fine(at.selectbox(key="pick_return").select_index(1).run())
    assert at.query_params["return"] == "section_42_enquiries"
    assert "pass every check" not in said(at)


def test_the_quarter_looked_at_elsewhere_is_not_the_quarter_sent_for(demonstration: Path) -> None:
    at = at_screen("progress", quarter="2022/23 Q1")
    at.query_params.clear()
    fine(at.switch_page("upload.py").run())
    assert at.query_params["quarter"] != "2022/23 Q1"


def test_a_yearly_return_is_asked_for_the_fourth_quarter_only(demonstration: Path) -> None:
    at = choosing("SMBC-ASC", "survey_results", Quarter(2024, 4))
    assert {text[-1] for text in at.selectbox(key="pick_quarter_sent").options} == {"4"}


def test_it_offers_the_template_as_workbook_and_as_csv(demonstration: Path) -> None:
    labels = [button.label for button in choosing().get("download_button")]  # type: ignore[attr-defined]
    assert labels == ["Template (Excel)", "Template (CSV)", "Example with invented rows (CSV)"]


def test_a_filled_workbook_is_taken(half_filled: Path) -> None:
    rows = list(csv.reader(io.StringIO(GOOD.decode("utf-8-sig"))))
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        sheet = book.add_worksheet(ENQUIRIES.about.name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    assert "4 rows of return.xlsx pass every check" in said(adding(choosing(), memory.getvalue(), "return.xlsx"))


def mend(at: AppTest, edits: dict[int, dict[str, str]]) -> AppTest:
    """What pressing the button under the editor does; AppTest cannot write into an editor, the browser's tests do."""
    held = at.session_state["held_file"]
    checked = try_out(held_store(), held.slot, held.raw)
    made = changes_of(checked.structure, edits)
    raw = mended(checked.structure, edits)
    at.session_state["held_file"] = replace(held, raw=raw, changes=altogether(held.changes, made))
    return fine(at.run())


def test_the_rows_with_errors_are_offered_to_be_corrected_on_the_screen(half_filled: Path) -> None:
    at = adding(choosing(), WRONG)
    assert "Correct it here" in said(at)
    at = press(at, "Check the mended file")
    assert "No cell was changed." in said(at)
    assert "Send this return" not in [button.label for button in at.button]


def test_a_file_without_a_shape_is_not_offered_to_be_corrected(half_filled: Path) -> None:
    for name in ("unclosed_quote.csv", "missing_column.csv", "no_header.csv"):
        at = adding(choosing("MAARS", "maars_referrals", Quarter(2023, 1)), (BAD / name).read_bytes(), name)
        assert "Correct it here" not in said(at)


def test_a_mended_file_is_sent_as_such_and_the_receipt_lists_the_cells(half_filled: Path) -> None:
    at = mend(adding(choosing(), MISSPELT), {2: {"location": "Own Home"}})
    assert "4 rows of return.csv pass every check" in said(at)
    shown = said(sent(at))
    entry = held_store().entries()[-1]
    assert entry.file_name == "return.csv (mended on screen: 1 cell)"
    assert held_store().keeping.file(entry.sha256).endswith(GOOD.replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf"))
    assert "Row 2, column location: “Ownn Home” became “Own Home”" in shown


def test_mending_can_be_undone(half_filled: Path) -> None:
    at = mend(adding(choosing(), MISSPELT), {2: {"location": "Own Home"}})
    at = press(at, "Go back to the file as received")
    assert "“Ownn Home”" in said(at) and "Mended here" not in said(at)


def test_a_query_is_sent_with_its_reason(half_filled: Path) -> None:
    later = Q1.plus(1)
    at = choosing("SMBC-ASC")
    fine(at.selectbox(key="pick_quarter_sent").select(later).run())
    at = adding(at, example_csv(ENQUIRIES, later, 40).encode())
    assert "Please check 1 thing: correct the file or give a reason." in said(at)
    assert "a reason for each thing to check" in said(sent(at))
    write(at, "Reason for check 1", BOLD)
    shown = said(sent(at))
    assert f"Reason given: {BOLD}" in shown
    assert held_store().entries()[-1].explanations[0].reason == BOLD


def test_a_restatement_shows_its_rows_and_figures_before_it_is_sent(half_filled: Path) -> None:
    changed = example_csv(ENQUIRIES, Q1, 4).replace("Own Home", "Other", 1).encode()
    shown = said(adding(choosing("SMBC-ASC"), changed))
    assert "What changes in the rows 1 new, 0 taken out, 1 changed, 2 the same." in shown
    assert "location: Own Home → Other" in shown
    assert "Section 42 enquiries concluded: 3 before, 4 after, in 2025/26" in shown


def test_the_same_file_twice_is_said_at_once_with_its_receipt(half_filled: Path) -> None:
    sent(adding(choosing(), GOOD))
    before = held_store().entries()
    shown = said(adding(choosing(), GOOD))
    assert f"already received on {before[-1].recorded_at:%d/%m/%Y}; nothing has changed" in shown
    assert f"Receipt: entry {before[-1].id}" in shown
    assert held_store().entries() == before


def test_the_same_file_for_another_agency_is_told_and_not_stored(half_filled: Path) -> None:
    sent(adding(choosing(), GOOD))
    counting = held_store().reading().counting
    at = adding(choosing("SMBC-ASC"), GOOD)
    assert "Nothing was stored" in said(at) and "The same file was received for PCFT, 2025/26 Q1" in said(at)
    assert not {"Send this return", "Send as restatement"} & {button.label for button in at.button}
    assert held_store().reading().counting == counting


def test_a_return_that_somebody_else_sent_meanwhile_is_shown_before_it_is_restated(half_filled: Path) -> None:
    at = adding(choosing(), GOOD)
    other = example_csv(ENQUIRIES, Q1, 2).encode()
    assert send(held_store(), MISSING, other, sent_by=MARKUP, file_name="other.csv").accepted
    write(at, "Who sends this (your name or role)", "Ann Example")
    at = press(at, "Send this return")
    shown = said(at)
    assert "This return came from somebody else meanwhile" in shown and MARKUP in shown
    assert "2 new, 0 taken out, 0 changed, 2 the same." in shown
    assert held_store().entries()[-1].sent_by == MARKUP
    sent(at, reason="Two were left out")
    assert held_store().entries()[-1].kind == "restatement"


def test_a_return_taken_at_the_very_moment_is_refused_with_the_way_on(
    half_filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = example_csv(ENQUIRIES, Q1, 2).encode()

    def overtaken(*arguments: Any, **named: Any) -> Answer:
        monkeypatch.undo()
        assert send(held_store(), MISSING, other, sent_by="Other", file_name="other.csv").accepted
        return send(*arguments, **named)

    at = adding(choosing(), GOOD)
    monkeypatch.setattr(uploading_sending, "send", overtaken)
    shown = said(sent(at))
    assert "Nothing was stored" in shown and "PCFT has already sent section_42_enquiries" in shown
    assert "What changes in the rows" in shown


def test_leaving_the_screen_loses_nothing(half_filled: Path) -> None:
    at = adding(choosing(), GOOD, "mine.csv")
    fine(at.switch_page("returns.py").run())
    at.query_params.update({"agency": "PCFT", "return": "section_42_enquiries", "quarter": str(Q1)})
    at = fine(at.switch_page("upload.py").run())
    assert "mine.csv is still here from before" in said(at)
    assert "4 rows of mine.csv pass every check" in said(at)
    assert "pass every check" not in said(press(at, "Put this file aside"))
