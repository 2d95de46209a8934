"""The application as people meet it: a server of its own on a copy of the demonstration, and Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from dataset.keeping import Keeping

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def answers(address: str) -> bool:
    with suppress(URLError, OSError), urlopen(f"{address}/healthz", timeout=2) as said:  # noqa: S310 - loopback
        return bool(said.status == 200)
    return False


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[str]:
    """The address of a server of the application with these settings; stopped by its process id."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with open(folder / "log.txt", "wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=log, stderr=subprocess.STDOUT)
        try:
            address, until = f"http://127.0.0.1:{port}", time.monotonic() + 60
            while not answers(address):
                said = (folder / "log.txt").read_text("utf-8", "replace")
                assert server.poll() is None and time.monotonic() < until, said
                time.sleep(0.1)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


@contextmanager
def serving_a_copy(demonstration: Path, folder: Path) -> Iterator[str]:
    store = folder / "demonstration.duckdb"
    shutil.copy2(demonstration, store)
    shutil.copytree(Keeping(demonstration).folder, Keeping(store).folder)
    with serving(folder, SAFEGUARDING_STORE=str(store)) as address:
        yield address


@pytest.fixture(scope="session")
def served(demonstration_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that holds a copy of the demonstration: one for all journeys, each of which sends and
    changes what no other looks at."""
    with serving_a_copy(demonstration_path, tmp_path_factory.mktemp("served")) as address:
        yield address
