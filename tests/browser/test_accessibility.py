"""Every screen, opened once: axe-core's rules wide and narrow, its colours in the dark, and nothing off the side.

All rules in both schemes, and every screen there is, are asked in the long run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browser.looking import EVERY, SCREENS, asked_elsewhere, drawn, go

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
WIDTHS = (1280, 390)
BACKGROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
SHADES = f"[{BACKGROUND}, getComputedStyle(document.querySelector('h1')).color]"

# Rule and selector of what Streamlit's own widgets do and we cannot mend, each with its reason. None today.
NOT_OURS: dict[tuple[str, str], str] = {}


def violations(page: Page, rules: str = "") -> list[str]:
    """What axe finds serious or critical, with everything unfolded; by all its rules or those of one kind."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    # Nodes that pass and styles of other sheets are left away: they cost most of the time, and no rule asked needs them.
    options = {"resultTypes": ["violations"], "preload": False} | ({"runOnly": [rules]} if rules else {})
    short = "({passes, violations}) => ({passed: passes.length, violations})"
    found = page.evaluate(f"options => axe.run(document, options).then({short})", options)
    assert found["passed"], "axe looked at nothing"
    return [
        f"{violation['id']} ({violation['impact']}): {node['target'][0]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
        if (violation["id"], str(node["target"][0])) not in NOT_OURS
    ]


def narrow_and_wide(page: Page) -> Iterator[int]:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        yield width


def darken(page: Page) -> None:
    """As the person who looks turns their machine to dark while the screen stands."""
    light = page.evaluate(BACKGROUND)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => {BACKGROUND} !== light", arg=light)
    page.wait_for_timeout(300)


@dataclass(frozen=True)
class Opened:
    """A screen in a window, and what was asked of other machines meanwhile."""

    page: Page
    away: list[str]


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """One for all screens, so that what they share is fetched once."""
    context = browser.new_context(color_scheme="light")
    yield context
    context.close()


@pytest.fixture(scope="module", params=SCREENS, ids=lambda screen: screen.partition("?")[0])
def opened(request: pytest.FixtureRequest, window: BrowserContext, served: str) -> Iterator[Opened]:
    page = window.new_page()
    away = asked_elsewhere(page, served)
    yield Opened(go(page, f"{served}/{request.param}"), away)
    page.close()


def test_a_screen_can_be_used_by_everybody(opened: Opened) -> None:
    assert [(width, violations(opened.page)) for width in narrow_and_wide(opened.page)] == [(w, []) for w in WIDTHS]


def test_nothing_runs_off_the_side(opened: Opened) -> None:
    for width in narrow_and_wide(opened.page):
        main = opened.page.locator("[data-testid=stMain]")
        assert main.evaluate("main => main.scrollWidth - main.clientWidth") <= 0
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_its_colours_can_be_told_apart_in_the_dark_too(opened: Opened) -> None:
    opened.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    darken(opened.page)
    assert violations(opened.page, "cat.color") == []


def test_a_screen_asks_no_other_machine_for_anything(opened: Opened) -> None:
    assert opened.away == []


@pytest.fixture(params=["light", "dark"])
def page_in(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.long
@pytest.mark.parametrize("screen", EVERY)
def test_every_screen_can_be_used_by_everybody_in_light_and_dark(screen: str, page_in: Page, served: str) -> None:
    go(page_in, f"{served}/{screen}")
    assert [(width, violations(page_in)) for width in narrow_and_wide(page_in)] == [(w, []) for w in WIDTHS]


def test_a_file_with_findings_can_be_read_by_everybody(page: Page, served: str) -> None:
    go(page, f"{served}/{SCREENS[2]}")
    bad = Path(__file__).parents[1] / "bad_uploads" / "five_faults_at_once.csv"
    page.locator("input[type=file]").set_input_files(bad)
    page.get_by_role("heading", name="3. What was found").wait_for()
    drawn(page)
    assert violations(page) == []
    darken(page)
    assert violations(page, "cat.color") == []


def test_axe_finds_what_is_wrong(page: Page, served: str) -> None:
    go(page, f"{served}/definitions?part=glossary")
    put = "document.querySelector('h1').insertAdjacentHTML('afterend', '{}')"
    page.evaluate(put.format('<img src="data:,">'))
    assert [said.split()[0] for said in violations(page)] == ["image-alt"]
    darken(page)
    page.evaluate(put.format('<p style="color: #333">grey on black</p>'))
    assert [said.split()[0] for said in violations(page, "cat.color")] == ["color-contrast"]


def test_light_and_dark_are_two_drawings_whether_chosen_before_or_meanwhile(page: Page, served: str) -> None:
    address = f"{served}/indicator?indicator=msp_asked&quarter=2022/23+Q4"
    shades = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        go(page, address).locator("[data-testid=stPlotlyChart] svg.main-svg").first.wait_for()
        shades.append(page.evaluate(SHADES))
    assert len({*shades[0], *shades[1]}) == 4
    page.emulate_media(color_scheme="light")
    go(page, address)
    darken(page)
    assert page.evaluate(SHADES) == shades[1]
