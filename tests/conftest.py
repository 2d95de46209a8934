"""What several tests share."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from commands import Run
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.components.v2 import manifest_scanner

from dataset.__main__ import main as dataset_main
from docs.take_pictures import ARGUMENTS, chromium
from safeguarding_metrics.demonstrating import demonstrate

# A property that fails does so for what it was given, never for how busy the machine is.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# A screen opened by AppTest reads the description of every installed package, a tenth of a second each time; what is
# installed does not change while the tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session")
def demonstration_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration store of this process alone; open it, read it, close it, and write nothing.

    It is made once for all the processes of a run, and copied: only one of them may hold a file open.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared_demonstration"
    made = shared / "made"
    try:
        shared.mkdir()
    except FileExistsError:
        _wait_for(made)
    else:
        demonstrate(shared / "demonstration.duckdb")
        made.touch()
    own = tmp_path_factory.mktemp("demonstration") / "store"
    shutil.copytree(shared, own)
    return own / "demonstration.duckdb"


def _wait_for(made: Path) -> None:
    deadline = time.monotonic() + 300
    while not made.exists():
        assert time.monotonic() < deadline, "the demonstration store was not made by the other process"
        time.sleep(0.2)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a folder of its own; exit code, what it printed, what it complained."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAFEGUARDING_STORE", raising=False)

    def run(*arguments: str, main: Callable[[list[str]], int] = dataset_main) -> tuple[int, str, str]:
        try:
            code = main(list(arguments))
        except SystemExit as left:
            code = int(left.code or 0)
        return code, *capsys.readouterr()

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the journeys are skipped, but never where everything is meant to be tested."""
    place = chromium()
    if not Path(place).exists():
        reason = "Chromium was not found: install it, or name it in SAFEGUARDING_CHROMIUM."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=place, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of its own, as a person on a laptop has it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()
