"""Signing in as people do, in Chromium: with a password kept here, and with a provider."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from browser.conftest import ROOT, free_port
from playwright.sync_api import Page, expect

from access.provider import CLIENT, SECRET, provided
from dataset.access.access import Access, Rules

pytestmark = pytest.mark.browser
LINK = "/progress?quarter=2023/24+Q1"


@contextmanager
def served(store: Path, **settings: str) -> Iterator[str]:
    """The address of a server with the gate in front of a small application; ended by its process id."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "access.served:app", "--app-dir", "tests", "--port", str(port)]
    places = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    environment = os.environ | {"SAFEGUARDING_STORE": str(store), "PYTHONPATH": places} | settings
    with open(store.with_suffix(".log"), "wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + 30
        while not answers(f"http://127.0.0.1:{port}"):
            said = store.with_suffix(".log").read_text("utf-8", "replace")
            assert server.poll() is None and time.monotonic() < until, said
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def answers(address: str) -> bool:
    with suppress(URLError, OSError), urlopen(f"{address}/sign-out", timeout=2) as said:  # noqa: S310 - loopback
        return bool(said.status == 200)
    return False


@pytest.fixture
def access(tmp_path: Path) -> Access:
    """As the command line sees the store beside the running server."""
    store = tmp_path / "store.duckdb"
    return Access(store, Rules.from_environment(store, {}))


def ask(page: Page, expected: str) -> None:
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#heard")).to_have_text(expected)


def test_with_a_password_kept_here(page: Page, access: Access, tmp_path: Path) -> None:
    password = access.accounts.add("a.b", "analyst")
    with served(tmp_path / "store.duckdb") as address:
        page.goto(address + LINK)
        page.get_by_label("Name of your account").fill("a.b")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_label("New password").fill("three words of mine")
        page.get_by_label("The same again").fill("three words of mine")
        page.get_by_role("button", name="Keep this password").click()
        expect(page.get_by_role("heading")).to_have_text("a.b analyst")
        expect(page.locator("#address")).to_have_text(LINK)
        ask(page, "answer to hello")
        access.accounts.close("a.b")
        page.wait_for_timeout(1_100)
        ask(page, "closed 4401")
        page.reload()
        expect(page.get_by_role("heading")).to_have_text("Sign in")


def test_with_a_provider_and_signed_out_the_cookie_is_worth_nothing(page: Page, access: Access, tmp_path: Path) -> None:
    access.accounts.add("a.b@council", "chair")
    with provided() as provider:
        settings = {
            "SAFEGUARDING_SIGN_IN": "openid",
            "SAFEGUARDING_OPENID_ISSUER": provider.issuer,
            "SAFEGUARDING_OPENID_CLIENT_ID": CLIENT,
            "SAFEGUARDING_OPENID_CLIENT_SECRET": SECRET,
        }
        with served(tmp_path / "store.duckdb", **settings) as address:
            page.goto(address + LINK)
            expect(page.get_by_role("heading")).to_have_text("a.b@council chair")
            expect(page.locator("#address")).to_have_text(LINK)
            ask(page, "answer to hello")
            (held,) = page.context.cookies()
            assert held["httpOnly"] and held["sameSite"] == "Lax" and held["expires"] == -1
            page.goto(address + "/sign-out-everywhere")
            page.get_by_role("button", name="Sign out everywhere").click()
            expect(page.get_by_role("heading")).to_have_text("You are signed out")
            assert page.context.cookies() == []
            page.context.add_cookies([held])
            provider.person = "stranger@council"
            page.goto(address + LINK)
            expect(page.get_by_role("alert")).to_contain_text("have no open account here")
