"""A campaign, not a benchmark: a process that loads and restates returns is killed without warning, many times.

Each file has a number, and rows of its own that tell it from any other. A sender who saw no receipt sends the
same file again, as a person would. After every kill the store is opened and each file looked for: lost = a
receipt was seen and the return is not there; halved = it is there with fewer rows than were sent; doubled = it
is there twice, or two files count for one slot. Goal: none. The last store is then rebuilt from its kept files
and must be the same. What is killed is the process: whether a disk keeps its word in a power cut is not seen here.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from dataset.agencies import MAARS, STOCKPORT
from dataset.intake import send
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.rebuilding import rebuild
from dataset.store import Store
from dataset.tables.maars_referrals import MaarsReferral

ROOT = Path(__file__).parents[1]
FIRST, SLOTS = Quarter(2021, 1), 8
READY = "ready"
LONGEST = 0.9
# So many of the kills come while the process starts and opens the store, not while it loads.
DURING_OPENING = 5
FACTS = "facts.maars_referrals"


def run(quick: bool) -> dict[str, Any]:
    """What a hundred kills (ten when quick) lost, halved or doubled, and what they hit."""
    chance = random.Random(20231120)  # noqa: S311
    found: Counter[str] = Counter(trials=0, lost=0, halved=0, doubled=0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.duckdb"
        acknowledged: set[int] = set()
        for trial in range(10 if quick else 100):
            opening = trial % DURING_OPENING == DURING_OPENING - 1
            seen = _killed(path, max(acknowledged, default=-1) + 1, chance.uniform(0, LONGEST), opening=opening)
            acknowledged |= seen
            found += Counter(trials=1, **{"killed while opening" if opening else "killed while loading": 1})
            found["stored but not acknowledged"] += _look(path, acknowledged, found)
        figures = {name: found[name] for name in ("trials", "lost", "halved", "doubled")} | dict(found)
        return figures | {"receipts seen": len(acknowledged), **_ending(path)}


def _killed(path: Path, number: int, seconds: float, *, opening: bool) -> set[int]:
    """Load from this file on and kill after so long; the files whose receipts were seen."""
    command = [sys.executable, "-m", "benchmarks.killing", str(path), str(number)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        if not opening and child.stdout.readline() != f"{READY}\n":
            raise AssertionError(f"it does not start: {child.communicate()[1]}")
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        said, complaint = child.communicate()
    if (child.returncode, complaint) != (-signal.SIGKILL, ""):
        raise AssertionError(complaint)
    # A line cut off by the kill was never read by anybody.
    return {int(line) for line in said.splitlines(keepends=True) if line.endswith("\n") and line != f"{READY}\n"}


def _look(path: Path, acknowledged: set[int], found: Counter[str]) -> int:
    """Count what is wrong after a kill; the number of returns that are there without a receipt seen."""
    store = Store.open(path)
    try:
        accepted = [entry for entry in store.entries() if entry.status == "accepted"]
        reading = store.reading()
        rows: Counter[int] = Counter(
            dict(reading.rows(f"SELECT submission, count(*) FROM {FACTS} GROUP BY submission"))
        )
        counting = reading.rows(f"SELECT facts.quarter, count(*) FROM {reading.source(MaarsReferral)} GROUP BY ALL")
        expected = {slot.quarter.id: entry.records for slot, entry in reading.counting.items()}
    finally:
        store.close()
    held = Counter(int(entry.file_name) for entry in accepted)
    found["lost"] += len(acknowledged - set(held))
    found["halved"] += sum(rows[e.id] < e.records or e.records != rows_of(int(e.file_name)) for e in accepted)
    found["doubled"] += sum(times - 1 for times in held.values())
    found["doubled"] += sum(rows[e.id] > e.records for e in accepted) + sum(n > expected[q] for q, n in counting)
    # Rows without an entry would be half a return too.
    found["halved"] += len(set(rows) - {e.id for e in accepted})
    return len(set(held) - acknowledged)


def _ending(path: Path) -> dict[str, Any]:
    """What the store held at the end, and whether its kept files give the same again."""
    before = _held(path)
    rebuild(path)
    kinds = Counter(kind for _, kind, _ in before[0])
    return {"returns": kinds["return"], "restatements": kinds["restatement"], "rebuilt the same": _held(path) == before}


def _held(path: Path) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    store = Store.open(path)
    try:
        reading = store.reading()
        sums = (
            f"SELECT submission, count(*), sum(hash(COLUMNS(*))::HUGEINT) FROM {FACTS} GROUP BY submission ORDER BY ALL"
        )
        return [(e.id, e.kind, e.recorded_at) for e in reading.entries], reading.rows(sums)
    finally:
        store.close()


def rows_of(number: int) -> int:
    """How many rows file `number` has: some few, every fifth some thousands, so that kills hit each step."""
    return 5_000 + number % 1_000 if number % 5 == 4 else 20 + number % 200


def file_of(number: int) -> bytes:
    """File `number`; its references and days are its own."""
    quarter = _slot(number).quarter
    lines = [",".join(MaarsReferral.columns())]
    for row in range(rows_of(number)):
        lines.append(
            f"F{number}-{row},P-{row},{quarter.start.replace(day=1 + row % 28)},25-29,Female,Police,Housing,No"
        )
    return "\n".join(lines).encode()


def _slot(number: int) -> Slot:
    return Slot(STOCKPORT.code, MAARS.code, "maars_referrals", FIRST.plus(number % SLOTS))


def _load(path: Path, number: int) -> None:
    """Send file after file until killed, saying each number once its receipt is there."""
    store = Store.open(path)
    print(READY, flush=True)
    while True:
        reasons = dict.fromkeys(("ROWS_UNUSUAL",), "made up")
        answer = send(
            store,
            _slot(number),
            file_of(number),
            sent_by="Ann",
            file_name=str(number),
            reason="a correction",
            reasons=reasons,
        )
        if not answer.accepted:
            raise SystemExit(f"{number}: {answer.findings}")
        print(number, flush=True)
        number += 1


if __name__ == "__main__":
    _load(Path(sys.argv[1]), int(sys.argv[2]))
