"""The review of a quarter by keyboard alone: no mouse is moved and nothing is clicked."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser.looking import drawn, go
from safeguarding_metrics.indicators import all_indicators

MOST_STEPS = 80


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element in focus is the wanted one, as a person without a mouse does."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached with the Tab key")


def test_a_filter_is_chosen_a_figure_opened_and_its_words_unfolded(served: str, page: Page) -> None:
    go(page, f"{served}/quarter?quarter=2024/25+Q4")
    tab_to(page, "[data-testid=stMain] [role=combobox], [data-testid=stMain] input[aria-label^=Show]")
    page.keyboard.type("Every")
    page.keyboard.press("Enter")
    drawn(page)
    expect(page.locator("caption")).to_contain_text(f"{len(all_indicators())} indicators")
    tab_to(page, "table.quarter summary")
    page.keyboard.press("Enter")
    expect(page.locator("table.quarter details[open]")).to_have_count(1)
    tab_to(page, "table.quarter a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/indicator?**")
    expect(drawn(page).locator("h1")).to_contain_text("in 2024/25")


def test_a_comment_is_written(served: str, page: Page) -> None:
    go(page, f"{served}/indicator?indicator=concerns_not_progressed&quarter=2024/25+Q4")
    for part, words in (
        ("What happened", "More concerns reached the right service at once (invented)."),
        ("So what", "Fewer adults waited for an answer (invented)."),
        ("Now what", "The triage questions are taught to every care home (invented)."),
        ("Your role", "Analyst (invented)"),
    ):
        tab_to(page, f"[aria-label^='{part}']")
        page.keyboard.type(words)
    tab_to(page, "[data-testid=stFormSubmitButton] button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("More concerns reached the right service at once (invented).").first).to_be_visible()
    expect(page.get_by_text("Comment given").first).to_be_visible()
