"""Take the pictures of the screens: `python docs/take_pictures.py ADDRESS FOLDER [SCREEN …]`.

ADDRESS is a running application (loopback only). Each screen is taken at 1280 and 390 px, light and dark.
`--readme` takes only the picture at the top of the README.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

SCREENS = ("progress", "quarter", "journey", "reviews", "published", "indicator", "upload", "returns", "definitions")
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking")


def chromium() -> str:
    """Where Debian or macOS keeps Chromium; SAFEGUARDING_CHROMIUM names another place."""
    found = os.environ.get("SAFEGUARDING_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    return found or mac


def opened(browser: Browser, address: str, width: int, scheme: str, height: int = 900) -> Page:
    """The address in a window of its own, once the screen has drawn."""
    page = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_selector("h1", timeout=30_000)
    page.wait_for_selector("[data-testid='stStatusWidget']", state="detached", timeout=30_000)
    page.wait_for_timeout(700)
    return page


def whole_height(page: Page) -> int:
    """The height of what the screen scrolls, so that a picture holds all of it."""
    return int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")) + 20


def take(browser: Browser, address: str, folder: Path, screen: str) -> None:
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            page = opened(browser, f"{address}/{screen}", width, scheme)
            page.set_viewport_size({"width": width, "height": min(whole_height(page), 9000)})
            page.wait_for_timeout(500)
            page.screenshot(path=folder / f"{screen.partition('?')[0]}-{width}-{scheme}.png")
            page.context.close()


def main() -> None:
    """Take what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("folder", type=Path)
    parser.add_argument("screens", nargs="*", default=SCREENS)
    parser.add_argument("--readme", action="store_true")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        if args.readme:
            page = opened(browser, f"{args.address}/progress?quarter=2024/25+Q4", 1280, "light", 1000)
            page.screenshot(path=args.folder / "progress.png")
        else:
            for screen in args.screens:
                take(browser, args.address, args.folder, screen)
        browser.close()


if __name__ == "__main__":
    main()
