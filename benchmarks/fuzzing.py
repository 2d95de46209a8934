"""Files and addresses damaged by lot, to see that each gets an answer and none an error: `python -m benchmarks fuzzing`.

`inspect` and `check` are given files (fuzzing_files.py), the screens addresses (fuzzing_addresses.py); `--inputs` says
how many in all, a million by default, of which 1 in 40 is checked as a return and 1 in 1,000 opens a screen. A process
for each core, half an hour at most: what was reached is said for each kind. Any error, any warning, and any file the
engine refused after our own scan took it for sound is a find; its bytes are kept in results/finds. Goal: none.
"""

from __future__ import annotations

import hashlib
import random
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.fuzzing_addresses import Screens
from benchmarks.fuzzing_files import text_file, workbook
from dataset.checking import check, create_code_types
from dataset.checking.inspecting import inspect
from dataset.quarter import Quarter
from dataset.tables.maars_referrals import MaarsReferral
from safeguarding_metrics.demonstrating import demonstrate

INPUTS, SECONDS, PROCESSES, SEED = 1_000_000, 1_800.0, 2, 20231120
CHECKED, WORKBOOKS, OPENED = 40, 40, 1_000  # one in so many inputs
FINDS = Path(__file__).with_name("results") / "finds"
SLOW = 10.0


@dataclass
class Found:
    """What was tried, how it was answered, and what went wrong: the kind, the input's name and the error."""

    tried: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    finds: list[tuple[str, str, str]] = field(default_factory=list)
    slowest: dict[str, float] = field(default_factory=dict)

    def attempt(self, kind: str, raw: bytes, act: Callable[[], str]) -> None:
        """Do something with an input; whatever is raised is a find."""
        started = time.perf_counter()
        self.tried[kind] += 1
        try:
            self.answers[f"{kind}: {act()}"] += 1
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic of a reader is no Exception
            self._keep(kind, raw, traceback.format_exception(error)[-1].strip()[:300], traceback.format_exc())
        spent = time.perf_counter() - started
        self.slowest[kind] = max(self.slowest.get(kind, 0.0), spent)
        if spent > SLOW:
            self._keep(kind, raw, f"took {spent:.0f} s", "")

    def _keep(self, kind: str, raw: bytes, said: str, trace: str) -> None:
        name = hashlib.sha256(raw).hexdigest()[:16]
        FINDS.mkdir(parents=True, exist_ok=True)
        (FINDS / name).write_bytes(raw)
        (FINDS / f"{name}.txt").write_text(f"{kind}\n{said}\n{trace}", "utf-8")
        self.finds.append((kind, name, said))


class ReaderRefused(AssertionError):
    """The engine refused what our own scan took for sound."""


def run(quick: bool, inputs: int = INPUTS) -> dict[str, Any]:
    """Inputs tried by kind, how they were answered, and every find."""
    seconds, started = SECONDS / 10 if quick else SECONDS, time.monotonic()
    inputs = inputs // 20 if quick else inputs
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(PROCESSES, get_context("spawn")) as several:
        store = Path(folder) / "demonstration.duckdb"
        demonstrate(store)
        left = seconds - (time.monotonic() - started)
        running = [several.submit(_tried, SEED + n, inputs // PROCESSES, left, store) for n in range(PROCESSES)]
        every = [one.result() for one in running]
    tried, answers = (sum((getattr(one, name) for one in every), Counter()) for name in ("tried", "answers"))
    return {
        "inputs": tried.total(),
        "wanted": inputs,
        "by kind": dict(sorted(tried.items())),
        "answers": dict(sorted(answers.items())),
        "slowest s": {kind: round(max(one.slowest.get(kind, 0.0) for one in every), 2) for kind in sorted(tried)},
        "finds": [find for one in every for find in one.finds],
        "seconds": round(time.monotonic() - started),
    }


def _tried(seed: int, inputs: int, seconds: float, store: Path) -> Found:
    """One process's share; each input from a number of its own, so that one can be made again by itself."""
    warnings.simplefilter("error")
    found, until, first = Found(), time.monotonic() + seconds, seed * 10_000_000
    # Two processes may not hold one store: only the first opens screens, for both.
    screens = Screens(store) if seed == SEED else None
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET threads = 1")
        create_code_types(connection, MaarsReferral)
        for number in range(first, first + inputs):
            if time.monotonic() > until:
                break
            chance = random.Random(number)  # noqa: S311
            if screens is not None and number % (OPENED // PROCESSES) == 0:
                address = screens.address(chance)
                found.attempt("address", repr(address).encode(), partial(screens.open, *address))
            elif number % CHECKED == 0:
                raw = workbook(chance) if number % (CHECKED * 5) == 0 else text_file(chance)
                found.attempt("check", raw, partial(_check, raw, connection, Path(folder)))
            elif number % WORKBOOKS == 1:
                raw = workbook(chance)
                found.attempt("inspect, workbook", raw, partial(_inspect, raw, is_workbook=True))
            else:
                raw = text_file(chance)
                found.attempt("inspect, text", raw, partial(_inspect, raw))
    return found


def _inspect(raw: bytes, *, is_workbook: bool = False) -> str:
    found = inspect(raw, is_workbook=is_workbook)
    if found.decision == "reject" and len(found.messages) != 1:
        raise AssertionError("one reason is given for a rejection")
    return found.decision


def _check(raw: bytes, connection: duckdb.DuckDBPyConnection, folder: Path) -> str:
    found = check(raw, MaarsReferral, Quarter(2023, 1), connection, folder)
    if any(finding.code == "READER_REFUSED" for finding in found.findings):
        raise ReaderRefused
    return "accepted" if found.accepted else "refused"
