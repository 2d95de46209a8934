"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from dataset.demonstrating import demonstrate


@pytest.fixture(scope="session")
def demonstration_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration store, made once; open it, read it, close it, and write nothing."""
    path = tmp_path_factory.mktemp("demonstration") / "demonstration.duckdb"
    demonstrate(path)
    return path
