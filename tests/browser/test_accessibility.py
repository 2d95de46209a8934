"""Every screen, wide and narrow, light and dark, against axe-core's rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from browser.looking import SCREENS, drawn, go

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")

# Rule and selector of what Streamlit's own widgets do and we cannot mend, each with its reason. None today.
NOT_OURS: dict[tuple[str, str], str] = {}


def violations(page: Page) -> list[str]:
    """What axe finds serious or critical, with everything unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert found["passes"], "axe looked at nothing"
    return [
        f"{violation['id']} ({violation['impact']}): {node['target'][0]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
        if (violation["id"], str(node["target"][0])) not in NOT_OURS
    ]


@pytest.fixture(params=["light", "dark"])
def window(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.partition("?")[0])
def test_a_screen_can_be_used_by_everybody(screen: str, window: Page, served: str) -> None:
    go(window, f"{served}/{screen}")
    for width in (1280, 390):
        window.set_viewport_size({"width": width, "height": 900})
        window.wait_for_timeout(300)
        assert violations(window) == []


def test_a_file_with_findings_can_be_read_by_everybody(window: Page, served: str) -> None:
    go(window, f"{served}/{SCREENS[2]}")
    bad = Path(__file__).parents[1] / "bad_uploads" / "five_faults_at_once.csv"
    window.locator("input[type=file]").set_input_files(bad)
    window.get_by_role("heading", name="3. What was found").wait_for()
    drawn(window)
    assert violations(window) == []


def test_axe_finds_what_is_wrong(window: Page, served: str) -> None:
    go(window, f"{served}/definitions?part=glossary")
    window.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"data:,\">')")
    assert [said.split()[0] for said in violations(window)] == ["image-alt"]


def test_light_and_dark_are_two_drawings(browser: Browser, served: str) -> None:
    shades = set()
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        page = go(context.new_page(), f"{served}/indicator?indicator=msp_asked&quarter=2022/23+Q4")
        page.locator("[data-testid=stPlotlyChart] svg.main-svg").first.wait_for()
        shades.add(page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"))
        shades.add(page.evaluate("getComputedStyle(document.querySelector('h1')).color"))
        context.close()
    assert len(shades) == 4
