"""Part of the fault campaign: processes killed without warning while they load, freeze, write in registers, back up, restore.

After every kill the store is opened, read to its last block and compared with what is kept beside it. Lost = a receipt
was seen and the thing is not there; halved = it is there in part; doubled = it is there twice. Goal: none.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.killing import rows_of
from benchmarks.working_until_killed import KEEP, killed, moment_of, record_of
from dataset.backups import backups_of, newest_good
from dataset.meeting import Meeting
from dataset.rebuilding import rebuild
from dataset.register_entry import RegisterEntry
from dataset.restoring import restore
from dataset.store import Store
from dataset.verifying import of_open
from dataset.versions import known

KINDS = ("loads", "registers", "freezes", "backups")
# A store grows with every trial, and so does looking at all of it: a fresh one after so many.
TRIALS_A_STORE = 25
DURING_OPENING = 10
NUMBER_OF_A_ROW = "regexp_extract(facts.referral_id, '^F(\\d+)-', 1)"


def kills(trials: int, seed: int = 20231120) -> dict[str, Any]:
    """What so many kills lost, halved or doubled, by turns of the kinds of work."""
    chance, found = random.Random(seed), Counter(dict.fromkeys(("lost", "halved", "doubled", "not as kept"), 0))  # noqa: S311
    for first in range(0, trials, TRIALS_A_STORE):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "store.duckdb"
            Store.open(path).close()
            acknowledged: dict[str, set[int]] = {kind: set() for kind in KINDS}
            for trial in range(first, min(first + TRIALS_A_STORE, trials)):
                _trial(path, trial, chance, acknowledged, found)
            _ending(path, found)
    found["trials"] = trials
    return dict(found)


def _trial(
    path: Path, trial: int, chance: random.Random, acknowledged: dict[str, set[int]], found: Counter[str]
) -> None:
    kind = KINDS[trial % len(KINDS)]
    opening = trial % DURING_OPENING == DURING_OPENING - 1
    # The sender of a file whose receipt was never seen sends it again; so it goes on from the last receipt.
    ours = acknowledged["loads" if kind == "backups" else kind]
    number = max(ours, default=-1) + 1 if kind in ("loads", "backups") else trial * 1000 + 1
    for what, told in killed(path, kind, number, moment_of(chance, kind), opening=opening):
        acknowledged[what].add(told)
        found[f"receipts for {what}"] += 1
    found[f"killed while opening, {kind}" if opening else f"killed during {kind}"] += 1
    look(path, acknowledged, found)


def look(path: Path, acknowledged: dict[str, set[int]], found: Counter[str]) -> None:
    """Count what is wrong with a store and its backups."""
    store = Store.open(path)
    try:
        _look_at_returns(store, acknowledged["loads"], found)
        _look_at_versions(store, acknowledged, found)
        found["not as kept"] += sum(not one.fine for one in of_open(store))
    finally:
        store.close()
    every = backups_of(path, path.with_name(path.name + ".backups"))
    found["halved"] += sum(not one.is_good for one in every)
    numbers = {one.number for one in every}
    found["lost"] += sum(n not in numbers for n in acknowledged["backups"] if sum(m > n for m in numbers) < KEEP)


def _look_at_returns(store: Store, told: set[int], found: Counter[str]) -> None:
    accepted = [entry for entry in store.entries() if entry.status == "accepted"]
    rows = {
        (entry, int(number)): count
        for entry, number, count in store.reading().rows(
            f"SELECT submission, {NUMBER_OF_A_ROW}, count(DISTINCT referral_id) FROM facts.maars_referrals AS facts "
            "GROUP BY ALL"
        )
    }
    held = Counter(int(entry.file_name) for entry in accepted)
    found["lost"] += len(told - set(held))
    found["doubled"] += sum(times - 1 for times in held.values())
    expected = {(entry.id, int(entry.file_name)): rows_of(int(entry.file_name)) for entry in accepted}
    found["halved"] += sum(rows.get(key) != count for key, count in expected.items()) + len(set(rows) - set(expected))


def _look_at_versions(store: Store, told: dict[str, set[int]], found: Counter[str]) -> None:
    written = Counter(int(one.reason.split()[1]) for one in known(RegisterEntry, store))
    frozen = [one for one in known(Meeting, store) if one.is_frozen]
    meetings = Counter(int(one.name.split()[1]) for one in frozen)
    for kind, held in (("registers", written), ("freezes", meetings)):
        found["lost"] += len(told[kind] - set(held))
        found["doubled"] += sum(times - 1 for times in held.values())
    short = [(one, int(one.name.split()[1])) for one in frozen]
    found["halved"] += sum(not one.is_intact for one in frozen)
    found["halved"] += sum(one.content != record_of(number) for one, number in short if number % 10)


def _ending(path: Path, found: Counter[str]) -> None:
    """The store made again from its kept files, and restored from its newest backup, is the same."""
    before = contents(path)
    rebuild(path)
    found["rebuilt the same"] += contents(path) == before
    backup = newest_good(path, path.with_name(path.name + ".backups"))
    if backup is not None:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        restore(path, backup)
        found["restored"] += 1
        found["restored the same"] += contents(path) == before
    found["rebuilt"] += 1


def contents(path: Path) -> tuple[Any, ...]:
    """Everything a store holds, as values that can be compared."""
    store = Store.open(path)
    try:
        sums = "SELECT submission, count(*), sum(hash(COLUMNS(*))::HUGEINT) FROM facts.maars_referrals GROUP BY ALL ORDER BY ALL"
        return (store.entries(), store.reading().rows(sums), known(RegisterEntry, store), known(Meeting, store))
    finally:
        store.close()


def kills_of_restores(trials: int, seed: int = 20231121) -> dict[str, Any]:
    """A damaged store whose restore is killed is restored whole by the next one."""
    chance, found = random.Random(seed), Counter(trials=0, lost=0)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        origin = Path(folder) / "origin" / "store.duckdb"
        Store.open(origin).close()
        for kind in ("loads", "freezes", "backups", "registers", "loads"):
            killed(origin, kind, 1000 if kind != "loads" else 0, 1.5)
        before = contents(origin)
        for trial in range(trials):
            path = Path(folder) / str(trial) / "store.duckdb"
            shutil.copytree(origin.parent, path.parent)
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
            killed(path, "restores", 0, moment_of(chance, "restores"))
            backup = newest_good(path, path.with_name(path.name + ".backups"))
            if backup is None:
                found["lost"] += 1
                continue
            restore(path, backup)
            found["lost"] += contents(path) != before
            found["trials"] += 1
            shutil.rmtree(path.parent)
    return dict(found)
