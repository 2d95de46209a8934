"""A campaign, not a benchmark: kills, damaged files, full disks, clocks set back. A figure each; every "lost" must be 0.

Goals: 1,000 kills with nothing lost, halved or doubled; 500 damaged store files with none opened silently wrong; the
demonstration store made again from its kept files within 60 seconds. Takes about twenty minutes on two cores.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks import obstacles
from benchmarks.damage import damaged
from benchmarks.kills import kills, kills_of_restores
from benchmarks.working_until_killed import CONTEXT
from dataset.rebuilding import rebuild
from dataset.store import Store
from safeguarding_metrics.demonstrating import demonstrate

KILLS, RESTORES = 1000, 40


def run(quick: bool) -> dict[str, Any]:
    """Every part of the campaign; a twentieth of it when quick. What waits most runs two at a time."""
    share, started = 0.05 if quick else 1.0, time.perf_counter()
    figures: dict[str, Any] = {"rebuild": rebuilding()}
    with ProcessPoolExecutor(2, mp_context=CONTEXT) as two:
        by_turns = [two.submit(kills, round(KILLS * share / 4), seed) for seed in range(20231120, 20231124)]
        restores = two.submit(kills_of_restores, round(RESTORES * share))
        files = two.submit(damaged, share)
        others = two.submit(obstacles.every, quick)
        figures |= others.result() | {"damaged files": files.result(), "kills of restores": restores.result()}
        figures["kills"] = dict(sum((Counter(one.result()) for one in by_turns), Counter()))
    wanted = {name: figures["kills"].get(name, 0) for name in ("lost", "halved", "doubled", "not as kept")}
    figures["kills"] = wanted | figures["kills"]
    return figures | {"seconds": round(time.perf_counter() - started)}


def rebuilding() -> dict[str, Any]:
    """Seconds to make the demonstration store again from its kept files, its own file being cut in half."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demonstration.duckdb"
        demonstrate(path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        started = time.perf_counter()
        entries, _ = rebuild(path)
        seconds = time.perf_counter() - started
        store = Store.open(path)
        rows = sum(entry.records for entry in store.entries() if entry.status == "accepted")
        store.close()
        return {"entries": entries, "rows": rows, "seconds": round(seconds, 1)}
