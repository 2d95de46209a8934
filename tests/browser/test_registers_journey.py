"""A challenge from its raising to its closing, a risk that crosses to the Executive, and a list taken away and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.looking import choose_in_form, drawn, go
from browser.test_accessibility import violations
from browser.test_keyboard import tab_to
from dataset.quarter import Quarter
from safeguarding_metrics.registers import register_named

pytestmark = pytest.mark.browser

MAIN = "[data-testid=stMain]"
ROLE = "Your role (no name is needed)"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_timeout(400)
    drawn(page)


def unfold(page: Page, name: str) -> None:
    drawn(page)
    page.locator("[data-testid=stExpander] summary", has_text=name).click()
    page.wait_for_timeout(300)


def write_day(page: Page, label: str, day: str) -> None:
    """Type a day into the three parts of a date field, day first."""
    field = page.locator("[data-testid=stDateInput]", has_text=label).first
    field.get_by_role("spinbutton").first.click()
    page.keyboard.type(day.replace("/", ""), delay=30)
    page.keyboard.press("Escape")


def test_a_challenge_is_raised_answered_and_closed(page: Page, served: str) -> None:
    go(page, f"{served}/registers?quarter=2026/27+Q2")
    unfold(page, "Enter a challenge")
    press(page, "Store it")
    expect(page.locator(MAIN)).to_contain_text("“Challenge” is blank and must be filled.")
    assert violations(page) == []
    write_day(page, "Raised on", "10/11/2026")
    choose_in_form(page, "Raised by", "Quality Assurance Partnership")
    choose_in_form(page, "Asked of", "Greater Manchester Police")
    page.get_by_label("Challenge", exact=True).fill("Why do reports of missing children come late? (invented)")
    choose_in_form(page, "State", "Raised")
    page.get_by_label(ROLE).first.fill("Coordinator (invented)")
    press(page, "Store it")
    status = page.get_by_role("status").filter(has_text="is stored")
    expect(status).to_be_visible()
    status.get_by_role("link").click()
    page.wait_for_url("**item=CH-*")
    expect(drawn(page).locator("h1")).to_contain_text(re.compile(r"^Challenge CH-\d{4}: raised$"))

    unfold(page, "Change it")
    choose_in_form(page, "State", "Closed")
    page.get_by_label("What came of it (may stay blank)", exact=True).fill("A desk sends them weekly (invented)")
    page.get_by_label("Why it is changed", exact=True).fill("It was answered and done")
    page.get_by_label(ROLE).first.fill("Coordinator (invented)")
    press(page, "Store the change")
    expect(page.locator("h1")).to_contain_text(": closed")
    expect(page.locator("table.history")).to_contain_text("State: Raised → Closed")
    expect(page.locator("table.history")).to_contain_text("It was answered and done")
    assert violations(page) == []


def test_a_risk_crosses_to_the_executive_by_keyboard_alone(page: Page, served: str) -> None:
    go(page, f"{served}/registers?register=risks&state=all&quarter=2026/27+Q2")
    raw = register_named("risks").example(Quarter(2026, 2), 1) | {"reference": "RI-9001"}
    upload(page, raw)
    go(page, f"{served}/registers?register=risks&item=RI-9001&quarter=2026/27+Q2")
    tab_to(page, "[data-testid=stMain] [data-testid=stExpander] summary")
    page.keyboard.press("Enter")
    for label, words in (
        ("Likelihood after controls", "3"),
        ("Impact after controls", "4"),
        ("Why it is changed", "Worse"),
        ("Your role", "Coordinator (invented)"),
    ):
        tab_to(page, f"[aria-label^='{label}']")
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
    tab_to(page, "[data-testid=stFormSubmitButton] button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("score 12 after controls, goes to the Executive")
    expect(page.locator("table.movement")).to_contain_text("Worse")


def upload(page: Page, row: dict[str, str]) -> None:
    """Take in a spreadsheet of one row."""
    unfold(page, "Take in a spreadsheet")
    text = ",".join(row) + "\r\n" + ",".join(f'"{cell}"' for cell in row.values())
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(MAIN)).to_contain_text("1 row would be added")
    # The form comes after the sentence; until then the last role asked for is one in a folded form.
    expect(page.get_by_role("button", name="Take it in", exact=True)).to_be_visible()
    page.get_by_label(ROLE).last.fill("Business unit (invented)")
    press(page, "Take it in")
    expect(page.locator(MAIN)).to_contain_text("The spreadsheet is taken in: 1 new")


def test_a_list_is_taken_away_and_taken_in_again(page: Page, served: str) -> None:
    go(page, f"{served}/registers?register=audits&state=all&quarter=2026/27+Q2")
    upload(page, register_named("audits").example(Quarter(2026, 2), 1) | {"reference": "AU-9001", "title": "=1+1"})
    for words in ("Everything (Excel)", "Everything (CSV)"):
        with page.expect_download() as got:
            page.get_by_role("button", name=words).click()
        name = got.value.suggested_filename
        assert name.startswith("audits_invented.")
        raw = got.value.path().read_bytes()
        unfold(page, "Take in a spreadsheet")
        page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": raw})
        expect(page.locator(MAIN)).to_contain_text(
            re.compile(r"0 rows would be added, 0 changed, \d+ (is|are) as before")
        )
        expect(page.get_by_role("button", name="Take it in")).to_have_count(0)
        go(page, f"{served}/registers?register=audits&state=all&quarter=2026/27+Q2")


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["challenges", "risks", "audits", "case_actions", "delivery", "outcome_evidence", "decisions"]
)
def test_every_register_can_be_used_by_everybody(name: str, scheme: str, browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = go(context.new_page(), f"{served}/registers?register={name}&state=all&quarter=2026/27+Q2")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        assert violations(page) == []
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
    context.close()
