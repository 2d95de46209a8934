"""What a person does and sees in a window."""

from __future__ import annotations

from playwright.sync_api import Page, Request, expect

NAMES = (
    "Progress",
    "Quarter",
    "Journey",
    "Indicator",
    "Reviews",
    "Published figures",
    "Registers",
    "Meetings",
    "Upload",
    "Returns",
    "Definitions",
)
# Each screen with something on it, and few enough of its kind to be looked at often.
SCREENS = (
    "progress?quarter=2023/24+Q4",
    "indicator?indicator=maars_self_neglect&quarter=2022/23+Q4&by=sex",
    "upload?agency=MAARS&return=maars_referrals&quarter=2023/24+Q1",
    "returns?as_at=2026-11-19",
    "definitions?part=plan",
    "published?document=002",
    "published?measure=sar_referrals",
    "reviews?quarter=2025/26+Q4",
    "journey?quarter=2024/25+Q4",
    "journey?whose=adult&quarter=2024/25+Q4",
    "quarter?quarter=2024/25+Q4",
    "meetings?meeting=ME-0005",
    "meetings?meeting=ME-0009",
    "registers?register=challenges&state=all&quarter=2026/27+Q2",
)
# All there is: with every published figure at once, and what stands beside the screens.
EVERY = (*SCREENS, "published", "easy_read?quarter=2024/25+Q4", "accessibility", "data_protection")


def go(page: Page, address: str) -> Page:
    page.goto(address)
    return drawn(page)


def drawn(page: Page) -> Page:
    """Wait until the screen stands: its title is there and nothing is being worked out."""
    page.wait_for_selector("h1")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    return page


def choose_in_form(page: Page, label: str, option: str) -> None:
    """Pick inside a form by the keyboard, again until it stands there: a list may be drawn anew while one types."""
    box = page.locator("[data-testid=stForm]").get_by_role("combobox", name=label, exact=True)
    for _ in range(6):
        box.click()
        box.fill(option)
        try:
            expect(page.get_by_role("option", name=option).first).to_be_visible(timeout=3_000)
        except AssertionError:
            page.keyboard.press("Escape")
            continue
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")  # what was typed and not chosen goes away
        page.wait_for_timeout(250)
        chosen = box.locator("xpath=ancestor::*[@data-testid='stSelectbox' or @data-testid='stMultiSelect'][1]")
        if option in box.input_value() or option in chosen.inner_text():
            return
    raise AssertionError(f"{option} cannot be chosen for {label}")


def choose(page: Page, label: str, option: str) -> None:
    """Pick from a select box by writing, as the keyboard does it."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option).first.click()
    drawn(page)


def asked_elsewhere(page: Page, served: str) -> list[str]:
    """The address of everything that is asked of another machine from now on."""
    away: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((f"{served}/", "data:", "blob:")):
            away.append(request.url)

    page.context.on("request", note)
    page.on("websocket", lambda socket: None if "//127.0.0.1:" in socket.url else away.append(socket.url))
    return away


def framed(page: Page) -> None:
    """The screen stands in its frame: every entry of the navigation, and the label of invented data."""
    for name in NAMES:
        expect(page.get_by_role("link", name=name, exact=True).first).to_be_visible()
    expect(page.get_by_role("note")).to_contain_text("Invented data.")


def body(page: Page) -> str:
    return page.locator("[data-testid=stMain]").inner_text()
