"""What several tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from commands import Run

from dataset.__main__ import main as dataset_main
from dataset.demonstrating import demonstrate


@pytest.fixture(scope="session")
def demonstration_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration store, made once; open it, read it, close it, and write nothing."""
    path = tmp_path_factory.mktemp("demonstration") / "demonstration.duckdb"
    demonstrate(path)
    return path


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
