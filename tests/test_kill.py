"""What an acknowledged return survives: its process killed at any moment."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from dataset.store import Store

ROOT = Path(__file__).parents[1]
SCRIPT = Path(__file__).with_name("loading_until_killed.py")
CHANCE = random.Random(20231120)  # noqa: S311
MOMENTS = [round(CHANCE.uniform(0.0, 0.9), 3) for _ in range(12)]
LATER = [pytest.param(moment, marks=pytest.mark.long) for moment in MOMENTS[4:]]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One store for every trial: each goes on where the last was killed."""
    return tmp_path_factory.mktemp("killed") / "store.duckdb"


def killed_after(path: Path, seconds: float) -> list[int]:
    """Load returns for so long, kill the process without warning; the entries it was told are stored."""
    command = [sys.executable, str(SCRIPT), str(path)]
    with subprocess.Popen(
        command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout and child.stdout.readline() == "ready\n"
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        said, complaint = child.communicate()
    assert (child.returncode, complaint) == (-signal.SIGKILL, "")
    # A line cut off by the kill was never read by anybody.
    return [int(line) for line in said.splitlines(keepends=True) if line.endswith("\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("seconds", [*MOMENTS[:4], *LATER])
def test_a_kill_loses_nothing_acknowledged_and_leaves_nothing_half(seconds: float, path: Path) -> None:
    acknowledged = killed_after(path, seconds)
    store = Store.open(path)
    try:
        entries = {entry.id: entry for entry in store.entries()}
        rows = Counter(number for (number,) in store.reading().rows("SELECT submission FROM facts.maars_referrals"))
        confirmed, pending, version = store.keeping.confirmed(), store.keeping.pending(), store.version
    finally:
        store.close()
    assert set(acknowledged) <= set(entries), "an acknowledged return is gone"
    assert max(entries, default=0) - max(acknowledged, default=max(entries, default=0)) in (0, 1)
    assert rows == {number: number for number in entries}, "a return is there by half"
    assert all(entry.records == number for number, entry in entries.items())
    assert (confirmed, pending, version) == (sorted(entries), [], len(entries))
