"""Sending returns in a window: mended on the screen, asked and answered, restated, nil, the same file twice."""

from __future__ import annotations

import io
import zipfile

import pytest
from playwright.sync_api import Page, expect

from browser.looking import body, drawn, go
from browser.test_accessibility import violations
from dataset.quarter import Quarter
from dataset.spreadsheets import template_xlsx
from dataset.tables import return_named
from dataset.templates import example_csv

pytestmark = pytest.mark.browser

ENQUIRIES = return_named("section_42_enquiries")
Q2, Q3 = Quarter(2026, 2), Quarter(2026, 3)
BY, REASON = "Who sends this (your name or role)", "Why the return is sent again"
MAIN = "[data-testid=stMain]"


def at_return(page: Page, served: str, agency: str, name: str, quarter: Quarter) -> Page:
    address = f"{served}/upload?agency={agency}&return={name}&quarter={str(quarter).replace(' ', '+')}"
    return go(page, address)


def add(page: Page, name: str, text: str) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    expect(page.get_by_role("heading", name="3. What was found")).to_be_visible()
    expect(page.locator(MAIN)).to_contain_text(name)
    drawn(page)


def fill(page: Page, **fields: str) -> None:
    for label, text in fields.items():
        page.get_by_label({"by": BY, "reason": REASON}.get(label, label)).first.fill(text)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_timeout(300)
    drawn(page)


def write_first_cell(page: Page, text: str) -> None:
    """Write into the first column in question of the editor's first row, as a person with a mouse does."""
    editor = page.locator("[data-testid=stDataFrame]")
    editor.scroll_into_view_if_needed()
    cell = page.locator("#portal textarea")
    for _ in range(10):  # The editor is a drawing: nothing in the page tells when it can be written into.
        page.wait_for_timeout(800)
        editor.click(position={"x": 60 + 150 + 30, "y": 35 + 17})
        page.wait_for_timeout(300)
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        if cell.count():
            break
    cell.fill(text)
    cell.press("Enter")
    page.wait_for_timeout(800)


def test_a_refused_file_is_mended_on_the_screen_sent_and_taken_note_of(page: Page, served: str) -> None:
    at_return(page, served, "PCFT", "section_42_enquiries", Q3)
    good = example_csv(ENQUIRIES, Q3, 6)
    add(page, "mine.csv", good.replace("Own Home", "Ownn Home", 1))
    expect(page.locator(MAIN)).to_contain_text("1 thing to correct in 1 place of mine.csv")
    expect(page.get_by_role("button", name="Send this return")).to_have_count(0)
    with page.expect_download() as got:
        page.get_by_role("button", name="All findings beside your rows (Excel)").click()
    text = zipfile.ZipFile(io.BytesIO(got.value.path().read_bytes())).read("xl/worksheets/sheet1.xml").decode()
    assert "Ownn Home" in text and "E-26Q3-0001" in text

    write_first_cell(page, "Own Home")
    press(page, "Check the mended file")
    expect(page.locator(MAIN)).to_contain_text("6 rows of mine.csv pass every check")
    expect(page.locator(MAIN)).to_contain_text("Mended here: 1 cell")
    fill(page, by="Pennine Care officer (invented)")
    press(page, "Send this return")
    receipt = page.locator(".receipt")
    expect(receipt).to_contain_text("mine.csv (mended on screen: 1 cell)")
    expect(receipt).to_contain_text("Row 2, column location: “Ownn Home” became “Own Home”")

    # Withdrawn again, as somebody does who sent it as a trial.
    go(page, f"{served}/returns")
    page.get_by_text("Withdraw a return that was accepted").click()
    # A long list draws only the options in sight: a person types what they look for.
    page.get_by_role("combobox", name="Which return").click()
    page.keyboard.type("PCFT, 2026/27 Q3", delay=30)
    page.get_by_role("option", name="PCFT, 2026/27 Q3").first.click()
    fill(page, **{"Who withdraws it (your name or role)": "Officer", "Why it is withdrawn": "Sent as a trial"})
    press(page, "Withdraw this return")
    expect(page.locator(MAIN)).to_contain_text("PCFT, 2026/27 Q3. It is owed again.")


def test_a_return_is_restated_after_its_preview_with_what_was_asked_answered(page: Page, served: str) -> None:
    at_return(page, served, "SMBC-ASC", "section_42_enquiries", Q2)
    few = example_csv(ENQUIRIES, Q2, 4)
    add(page, "again.csv", few)
    expect(page.locator(MAIN)).to_contain_text("Please check 1 thing: correct the file or give a reason")
    for words in ("What changes in the rows", "4 new, ", "What changes in the figures", "before and after"):
        expect(page.locator(MAIN)).to_contain_text(words)
    assert violations(page) == []
    fill(page, by="Analyst (invented)")
    press(page, "Send as restatement")
    expect(page.locator(MAIN)).to_contain_text("Fill in why it is sent again, and a reason for each thing to check.")
    fill(page, reason="The first was a draft", **{"Reason for check 1": "Most cases moved to Q3"})
    press(page, "Send as restatement")
    receipt = page.locator(".receipt")
    for words in (
        "Restatement:",
        "Reason: The first was a draft",
        "Reason given: Most cases moved to Q3",
        "Rows stored: 4",
    ):
        expect(receipt).to_contain_text(words)

    press(page, "Send another return")
    add(page, "again.csv", few)
    expect(page.locator(MAIN)).to_contain_text("This very file was already received on")
    expect(page.get_by_role("button", name="Send as restatement")).to_have_count(0)


def test_a_nil_return_is_one_step_and_a_file_outlasts_leaving_the_screen(page: Page, served: str) -> None:
    quarter = Quarter.parse("2026/27 Q3")
    at_return(page, served, "MAARS", "case_audits", quarter)
    if "Nothing to report" not in body(page):
        pytest.skip("the demonstration has this return")
    add(page, "kept.csv", example_csv(return_named("case_audits"), quarter, 3))
    page.get_by_role("link", name="Returns", exact=True).first.click()
    page.wait_for_url("**/returns*")
    drawn(page)
    page.get_by_role("link", name="Upload", exact=True).first.click()
    page.wait_for_url("**/upload*")
    drawn(page)
    expect(page.locator(MAIN)).to_contain_text("kept.csv is still here from before")
    press(page, "Put this file aside")
    page.get_by_text("Nothing to report for this quarter?").click()
    page.get_by_label(BY).last.fill("Coordinator (invented)")
    page.get_by_label("Why there is nothing to report").fill("No audit was done")
    press(page, "Send a nil return")
    for words in ("Nil return:", "Nothing to report", "No audit was done"):
        expect(page.locator(".receipt")).to_contain_text(words)


def test_the_workbook_to_fill_in_is_offered(page: Page, served: str) -> None:
    at_return(page, served, "PCFT", "section_42_enquiries", Q2)
    with page.expect_download() as got:
        page.get_by_role("button", name="Template (Excel)").click()
    assert got.value.suggested_filename == "section_42_enquiries_2026-27_Q2_template.xlsx"
    offered = zipfile.ZipFile(got.value.path())
    assert offered.namelist() == zipfile.ZipFile(io.BytesIO(template_xlsx(ENQUIRIES))).namelist()
