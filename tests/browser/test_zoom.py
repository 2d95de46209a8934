"""Every screen at 200% zoom and at 320 CSS pixels: nothing is cut off, and nothing is read by scrolling in two directions.

A laptop of 1280 pixels at 200% is a window of 640 CSS pixels with twice as many device pixels. 320 is what WCAG 2.2 asks
for in 1.4.10 (Reflow); tables may be scrolled within themselves there.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.looking import EVERY, go
from pages.parts.foot import LINKS

pytestmark = [pytest.mark.browser, pytest.mark.long]

BESIDE = tuple(place for place, _ in LINKS)
# CSS pixels of a window at 200% zoom, then of the narrowest that must do.
WIDTHS = (640, 320)
# What reaches beyond the window, or is cut by an element that cannot be scrolled. A menu that floats, what is only for
# screen readers (a pixel), and what lies in something that scrolls by itself are passed over.
BEYOND = """() => {
  const main = document.querySelector('[data-testid=stMain]'), width = innerWidth, found = [];
  const words = one => one.tagName + '.' + one.className + ' ' + (one.textContent || '').trim().slice(0, 60);
  const scrolls = one => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
  const inScroller = one => { for (let up = one.parentElement; up && up !== main; up = up.parentElement)
    if (scrolls(up)) return true; return false; };
  for (const page of [document.scrollingElement, main])
    if (page.scrollWidth > page.clientWidth + 1) found.push('the page scrolls sideways: ' + page.scrollWidth);
  for (const one of main.querySelectorAll('*')) {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    if (box.width < 2 || box.height < 2 || style.visibility === 'hidden' || one.closest('svg') || inScroller(one)) continue;
    if (box.right > width + 1 || box.left < -1) found.push('beyond the window: ' + words(one));
    const cut = ['hidden', 'clip'].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
    if (cut && (one.textContent || '').trim() && !one.querySelector('input, canvas')) found.push('cut off: ' + words(one));
  }
  return found;
}"""


@pytest.fixture
def small(browser: Browser) -> Iterator[Page]:
    """The window of a laptop of 1280 by 900 pixels at 200% zoom."""
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 450}, device_scale_factor=2)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def beyond(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.wait_for_timeout(300)
    assert page.evaluate("innerWidth") == width
    return list(page.evaluate(BEYOND))


@pytest.mark.parametrize("screen", EVERY)
def test_nothing_is_lost_when_the_screen_is_enlarged(screen: str, small: Page, served: str) -> None:
    go(small, f"{served}/{screen}")
    assert [(width, found) for width in WIDTHS for found in beyond(small, width)] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_too_wide_would_be_found(width: int, small: Page, served: str) -> None:
    go(small, f"{served}/accessibility")
    put = "document.querySelector('h1').insertAdjacentHTML('afterend', '<p style=\"{}\">far too wide</p>')"
    small.evaluate(put.format("width: 900px"))
    assert [said for said in beyond(small, width) if "beyond the window: P" in said]
    small.evaluate(put.format("width: 60px; overflow: hidden; white-space: nowrap; padding-right: 1px"))
    assert [said for said in beyond(small, width) if "cut off: P" in said]


@pytest.mark.parametrize("place", BESIDE)
def test_the_foot_leads_to_what_stands_beside_the_screens(place: str, small: Page, served: str) -> None:
    go(small, f"{served}/returns")
    small.get_by_role("navigation", name="About this application").locator(f"a[href={place}]").click()
    small.wait_for_url(f"**/{place}*")
    expect(small.get_by_role("heading", level=1)).to_be_visible()
