"""A new administrator: from the first start of a real store to two agencies that are signed in, by what the screens say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import serving
from browser.looking import choose_in_form, drawn, go
from browser.test_registers_journey import press, unfold

pytestmark = pytest.mark.browser

MAIN, OWN = "[data-testid=stMain]", "three plain words"


@dataclass(frozen=True)
class Started:
    """A server on a store that nobody has used, and the password it said at its start."""

    address: str
    password: str


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    with serving(tmp_path, SAFEGUARDING_STORE=str(tmp_path / "real.duckdb"), SAFEGUARDING_SIGN_IN="") as address:
        said = (tmp_path / "log.txt").read_text("utf-8", "replace")
        found = re.search(r"Sign in as administrator with the password (\S+)", said)
        assert found is not None
        yield Started(address, found[1])


def sign_in(page: Page, name: str, password: str, own: str) -> None:
    """Sign in with a password given, and choose one of one's own."""
    page.get_by_label("Name of your account").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("New password").fill(own)
    page.get_by_label("The same again").fill(own)
    page.get_by_role("button", name="Keep this password").click()
    drawn(page)


def make_account(page: Page, name: str, agency: str) -> str:
    """Make a sender's account on the screen; the password that is shown once."""
    unfold(page, "Make an account")
    page.get_by_label("Name of the account").fill(name)
    for label, option in (("Role", "Agency sender"), ("Agency (of a sender)", agency)):
        choose_in_form(page, label, option)
    press(page, "Make it")
    said = page.get_by_role("status").filter(has_text=name).inner_text()
    found = re.search(r"the password (\S+)\.", said)
    assert found is not None
    return found[1]


def test_two_agencies_are_signed_in_and_each_sees_its_own(started: Started, browser: Browser) -> None:
    window = browser.new_context(viewport={"width": 1280, "height": 900})
    page = window.new_page()
    page.goto(f"{started.address}/administration")
    sign_in(page, "administrator", started.password, OWN)
    expect(page.locator("h1")).to_contain_text("Administration: 1 open account")
    passwords = {
        "police@example": make_account(page, "police@example", "Greater Manchester Police"),
        "maars@example": make_account(page, "maars@example", "Multi-Agency Adults At Risk System coordinator"),
    }
    for name, agency in (("police@example", "Greater Manchester Police"), ("maars@example", "Multi-Agency Adults")):
        own = browser.new_context(viewport={"width": 1280, "height": 900})
        theirs = own.new_page()
        theirs.goto(f"{started.address}/upload?agency=SMBC-ASC")
        sign_in(theirs, name, passwords[name], OWN)
        expect(theirs.get_by_role("combobox", name="Agency", exact=True)).to_have_value(re.compile(agency))
        expect(theirs.get_by_role("link", name="Administration", exact=True)).to_have_count(0)
        expect(theirs.get_by_text("Sign out")).to_be_visible()
        own.close()
    go(page, f"{started.address}/administration")
    for words in ("sign in", "account police@example made: sender GMP", "are as they were written"):
        expect(page.locator(MAIN)).to_contain_text(words)
    window.close()


def test_a_page_that_is_open_shows_nothing_more_after_signing_out(started: Started, browser: Browser) -> None:
    window = browser.new_context(viewport={"width": 1280, "height": 900})
    page, other = window.new_page(), window.new_page()
    page.goto(f"{started.address}/definitions")
    sign_in(page, "administrator", started.password, OWN)
    expect(page.locator("h1")).to_be_visible()
    other.goto(f"{started.address}/sign-out")
    other.get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Quarter", exact=True).first.click()
    page.wait_for_timeout(1_500)
    assert "Rolling year" not in page.locator("body").inner_text()
    assert window.request.get(f"{started.address}/_stcore/host-config").status == 401
    window.close()
