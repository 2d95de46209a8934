"""One officer's afternoon, and what must hold for anybody who opens a link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from browser.looking import asked_elsewhere, body, choose, drawn, framed, go
from dataset.quarter import Quarter
from dataset.tables import return_named
from dataset.templates import example_csv

pytestmark = pytest.mark.browser

QUARTER = Quarter(2025, 3)  # the one Pennine Care never sent
GOOD = example_csv(return_named("section_42_enquiries"), QUARTER, 5)
WRONG = GOOD.replace("Own Home", "Ownn Home", 1).replace("/2025", "/2031", 1)
OWING = "Pennine Care NHS Foundation Trust: Section 42 enquiries concluded, 2025/26 Q3"
MEASURE = "indicator?indicator=msp_asked&quarter=2025/26+Q4"


def add(page: Page, name: str, text: str) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    expect(page.get_by_role("heading", name="3. What was found")).to_be_visible()
    expect(page.locator("[data-testid=stMain]")).to_contain_text(name)
    drawn(page)


def counts(page: Page) -> int:
    """How many cases the title of a measure is out of."""
    found = re.search(r"\(([\d,]+) of ([\d,]+)\)", page.inner_text("h1"))
    assert found, page.inner_text("h1")
    return int(found[2].replace(",", ""))


@pytest.fixture
def left(page: Page, served: str) -> list[str]:
    return asked_elsewhere(page, served)


def test_a_missing_return_is_corrected_sent_and_counts_at_once(page: Page, served: str, left: list[str]) -> None:
    go(page, f"{served}/progress?quarter=2023/24+Q4")
    expect(page.locator("h1")).to_contain_text("7 of 14 targets are met in 2023/24")
    choose(page, "Quarter", "2025/26 Q4")
    expect(page.locator("[data-testid=stMain]")).to_contain_text(OWING)
    before = counts(go(page, f"{served}/{MEASURE}"))

    page.get_by_role("link", name="Upload", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("Send a return")
    choose(page, "Agency", "Pennine Care NHS Foundation Trust")
    choose(page, "Quarter", "2025/26 Q3")
    expect(page.locator("[data-testid=stMain]")).to_contain_text("Missing. Due on 29/01/2026")

    add(page, "first_try.csv", WRONG)
    findings = page.locator("table", has_text="Findings, the most serious first")
    for row, column, wrote in (("2", "started_on", "/2031"), ("2", "location", "Ownn Home")):
        line = findings.locator("tr", has_text=wrote)
        expect(line).to_contain_text(column)
        expect(line.locator("td[data-label='Rows in your file']")).to_have_text(row)
    expect(page.get_by_role("button", name="Send this return")).to_have_count(0)

    add(page, "second_try.csv", GOOD)
    expect(page.locator("[data-testid=stMain]")).to_contain_text("5 rows of second_try.csv pass every check")
    page.get_by_label("Who sends this (your name or role)").first.fill("Pennine Care officer (invented)")
    page.get_by_role("button", name="Send this return").click()
    receipt = page.locator(".receipt")
    for words in ("INVENTED DATA", "Rows stored: 5", "2025/26 Q3", "Pennine Care officer (invented)"):
        expect(receipt).to_contain_text(words)

    assert counts(go(page, f"{served}/{MEASURE}")) == before + 5
    assert OWING not in body(go(page, f"{served}/progress?quarter=2025/26+Q4"))
    assert OWING not in body(go(page, f"{served}/returns"))
    assert left == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("upload", "Send a return"),
        ("indicator?indicator=maars_self_neglect&quarter=2022/23+Q4", "(29 of 72) in 2022/23"),
        ("returns?as_at=2026-11-19", "overdue"),
        ("definitions", "indicators from"),
    ],
)
def test_a_link_to_a_screen_opens_it_in_its_frame(address: str, words: str, page: Page, served: str) -> None:
    go(page, f"{served}/{address}")
    expect(page.locator("h1")).to_contain_text(words)
    expect(page.locator("h1")).to_have_count(1)
    framed(page)


def test_the_bare_address_opens_progress(page: Page, served: str) -> None:
    go(page, f"{served}/")
    page.wait_for_url("**/progress?*")
    framed(page)
    go(page, f"{served}/?quarter=2023/24+Q4")
    page.wait_for_url("**/progress?*")
    expect(page.locator("h1")).to_contain_text("2023/24")


def test_the_first_link_of_the_table_is_reached_with_the_tab_key(page: Page, served: str) -> None:
    go(page, f"{served}/progress?quarter=2023/24+Q4")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.querySelector('table.figures a')"):
            break
    else:
        pytest.fail("sixty steps did not lead to the table")
    page.keyboard.press("Enter")
    page.wait_for_url("**/indicator?*")
    expect(page.locator("h1")).to_contain_text("2023/24")
