"""A hundred people reading and twenty sending at once, real screens on the demonstration store, everything on this machine.

A server of its own on a copy of the store; people speak to it as a browser does (load_window.py) and click every 5
seconds, senders too; what they look at and send is said in load_people.py. Counted from the moment when everybody has
come. Goals: 95 of 100 clicks drawn within 1 second, at most 40 ms of processor time a rerun (all of the server's,
sending included), no error, every receipt in the ledger, memory at most 5% more after 1,000 more reruns. Needs
Linux's /proc. Takes four minutes.
"""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import numpy as np

from benchmarks.load_people import APART, Met, Pace, Work, all_of, read, send, work_for
from dataset.store import Store
from safeguarding_metrics.demonstrating import demonstrate

ROOT = Path(__file__).parents[1]
READERS, SENDERS, BETWEEN, SECONDS, WARM = 100, 20, 5.0, 150.0, 15.0
LOOKS = (200, 1200, 2200, 3200)  # reruns after everybody has come
LOG = "log.txt"


def run(quick: bool) -> dict[str, Any]:
    """Every figure of the goals; quick is a fifth of the people for half of the time."""
    share, seconds = (0.2, SECONDS / 2) if quick else (1.0, SECONDS)
    readers, senders = round(READERS * share), round(SENDERS * share)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demonstration.duckdb"
        demonstrate(path)
        work = work_for(path, senders)
        before = _last_entry(path)
        with _served(path) as (address, process):
            met, figures = asyncio.run(_day(address, process, readers, work, seconds))
        figures["lines in the server's log"] = _complaints(Path(folder) / LOG)
        lost = _lost(path, before, met.sent)
    told = sum(met.sent.values())
    return {"readers": readers, "senders": senders} | figures | {"receipts": told, "lost": lost, "errors": met.errors}


async def _day(
    address: str, process: int, readers: int, work: list[Work], seconds: float
) -> tuple[Met, dict[str, Any]]:
    met = Met()
    paces = (Pace(BETWEEN, random.Random(seed)) for seed in range(20231120, 20240000))  # noqa: S311
    people = [(f"reader {n}", read(address, met, next(paces))) for n in range(readers)]
    people += [(f"sender {n}", send(address, met, next(paces), one, f"Sender {n}")) for n, one in enumerate(work)]
    random.Random(20231120).shuffle(people)  # noqa: S311
    coming = WARM + APART * len(people)
    watching = asyncio.create_task(_watch(process, met, coming, seconds))
    await all_of(people, met, WARM + seconds)
    return met, await watching


async def _watch(process: int, met: Met, coming: float, seconds: float) -> dict[str, Any]:
    """Processor time and memory of the server, from when everybody has come."""
    await asyncio.sleep(coming)
    met.measuring = True
    started, spent, runs = time.monotonic(), _processor(process), met.reruns
    memory: dict[int, float] = {}
    while time.monotonic() < started + seconds - 1:
        for at in LOOKS:
            if met.reruns - runs >= at:
                memory.setdefault(at, _memory(process))
        await asyncio.sleep(0.05)
    met.measuring = False
    reruns, took = met.reruns - runs, time.monotonic() - started
    used = _processor(process) - spent
    return _clicks(met) | {
        "reruns": reruns,
        "seconds": round(took),
        "processor ms a rerun": round(1000 * used / reruns, 1),
        "share of one core": round(used / took, 2),
        "memory MB": {str(at): round(size, 1) for at, size in memory.items()} | {"end": round(_memory(process), 1)},
        "memory growth over 1,000 reruns": _growth(memory),
    }


def _clicks(met: Met) -> dict[str, Any]:
    by_screen: dict[str, list[float]] = {}
    for screen, seconds in met.seconds:
        by_screen.setdefault(screen, []).append(seconds)
    return {
        "clicks": len(met.seconds),
        "median s": _at([seconds for _, seconds in met.seconds], 50),
        "p95 s": _at([seconds for _, seconds in met.seconds], 95),
        "slowest s": _at([seconds for _, seconds in met.seconds], 100),
        "p95 s to open": _at(met.opening, 95),
        "p95 s by screen": {screen: _at(values, 95) for screen, values in sorted(by_screen.items())},
    }


def _at(values: list[float], percent: int) -> float:
    return round(float(np.percentile(values, percent)), 3)


def _growth(memory: dict[int, float]) -> dict[str, float]:
    """Of each thousand reruns, as a share of the memory at its beginning."""
    return {f"{one} to {two}": round(memory[two] / memory[one] - 1, 3) for one, two in pairwise(LOOKS) if two in memory}


def _last_entry(path: Path) -> int:
    store = Store.open(path)
    last = max(entry.id for entry in store.entries())
    store.close()
    return last


def _lost(path: Path, before: int, sent: Counter[str]) -> int:
    """Receipts shown that have no accepted entry of their own in the ledger of the store, opened again."""
    store = Store.open(path)
    held = Counter(entry.sent_by for entry in store.entries() if entry.id > before and entry.status == "accepted")
    store.close()
    return (sent - held).total()


@contextmanager
def _served(path: Path) -> Iterator[tuple[str, int]]:
    """The host and port of the application on a store, and its process; stopped by its process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = os.environ | {"SAFEGUARDING_STORE": str(path)}
    place = path.with_name(LOG)
    with open(place, "wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            until = time.monotonic() + 60
            while not _answers(f"http://127.0.0.1:{port}/healthz"):
                if server.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(place.read_text("utf-8", "replace"))
                time.sleep(0.1)
            yield f"127.0.0.1:{port}", server.pid
        finally:
            server.terminate()
            server.wait(timeout=60)


def _answers(address: str) -> bool:
    with suppress(URLError, OSError), urlopen(address, timeout=2) as said:  # noqa: S310 - loopback
        return bool(said.status == 200)
    return False


def _complaints(log: Path) -> int:
    """Lines of the server's log that tell of a failed screen or a traceback."""
    return sum(
        "Traceback" in line or "screen failed" in line for line in log.read_text("utf-8", "replace").splitlines()
    )


def _processor(process: int) -> float:
    """Seconds of processor time so far, of every thread."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(process: int) -> float:
    """Resident memory in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2
