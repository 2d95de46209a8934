"""A process that works on a store until it is killed, and what it was told is stored; one kind of work a process.

Every piece of work has a number of its own that can be found again in what was stored.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.killing import FIRST, _slot, file_of
from dataset.backing_up import back_up
from dataset.backups import newest_good
from dataset.intake import send
from dataset.meetings import freeze, plan_meeting
from dataset.quarter import Quarter
from dataset.registering import save
from dataset.restoring import restore
from dataset.store import Store
from safeguarding_metrics.meetings.freezing import freeze_meeting
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.registers import REGISTERS
from safeguarding_metrics.settings import Settings

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["benchmarks.working_until_killed"])
READY = "ready"
KEEP = 3
RECORD = 20_000
Said = list[tuple[str, int]]


def killed(path: Path, kind: str, number: int, seconds: float, *, opening: bool = False) -> Said:
    """Let a process work on from a number and kill it after so long; what it was told is stored."""
    here, there = CONTEXT.Pipe(duplex=False)
    child = CONTEXT.Process(target=work, args=(path, kind, number, there))
    child.start()
    there.close()
    if not opening:
        try:
            if here.recv() != (READY, 0):
                raise AssertionError("it said something else first")
        except EOFError:
            raise AssertionError(f"{kind}: it did not start") from None
    time.sleep(seconds)
    child.kill()
    child.join()
    said: Said = []
    try:
        while True:
            said.append(here.recv())
    except (EOFError, OSError):  # what the kill cut off was never read by anybody
        pass
    if child.exitcode != -9:
        raise AssertionError(f"{kind} ended by itself: {child.exitcode}")
    child.close()
    return [one for one in said if one[0] != READY]


def work(path: Path, kind: str, number: int, said: Connection) -> None:
    """Work for ever."""
    if kind == "restores":
        said.send((READY, 0))
        folder = path.with_name(path.name + ".backups")
        backup = newest_good(path, folder)
        assert backup is not None
        restore(path, backup)
        time.sleep(60)
        return
    store = Store.open(path)
    said.send((READY, 0))
    if kind == "backups":
        threading.Thread(target=_for_ever, args=(_load, store, number, said), daemon=True).start()
        _for_ever(_back_up, store, number, said)
    _for_ever({"loads": _load, "registers": _register, "freezes": _freeze}[kind], store, number, said)


def _for_ever(step: Callable[[Store, int, Connection], None], store: Store, number: int, said: Connection) -> None:
    while True:
        step(store, number, said)
        number += 1


def _load(store: Store, number: int, said: Connection) -> None:
    answer = send(
        store,
        _slot(number),
        file_of(number),
        sent_by="Ann",
        file_name=str(number),
        reason="a correction",
        reasons={"ROWS_UNUSUAL": "made up"},
    )
    if not answer.accepted:
        raise SystemExit(f"{number}: {answer.findings}")
    said.send(("loads", number))


def _register(store: Store, number: int, said: Connection) -> None:
    register = REGISTERS[number % 2]
    row = register.example(Quarter(2023, 1), 1) | {"reference": ""}
    answer = save(store, register, row, written_by="Ann", reason=f"number {number}")
    if answer.entry is None:
        raise SystemExit(f"{number}: {answer.findings}")
    said.send(("registers", number))


def _freeze(store: Store, number: int, said: Connection) -> None:
    """Every tenth record is a real one, of half a million characters; the rest are short, so that more kills hit."""
    planned = plan_meeting(
        store, name=f"number {number}", held_on="2023-05-02", group="Board", quarter=FIRST, written_by="Ann"
    ).meeting
    assert planned is not None
    if number % 10 == 0:
        answer = freeze_meeting(store, planned, PLANS[-1], Settings(), written_by="Ann")
    else:
        moment = datetime.now(UTC)
        answer = freeze(store, planned, record_of(number), moment, written_by="Ann")
    if answer.meeting is None:
        raise SystemExit(f"{number}: {answer.findings}")
    said.send(("freezes", number))


def record_of(number: int) -> str:
    """The record of a meeting that no other meeting has."""
    return f'{{"number": {number}, "text": "{str(number) * (RECORD // len(str(number)))}"}}'


def _back_up(store: Store, number: int, said: Connection) -> None:
    made = back_up(store, keep=KEEP)
    said.send(("backups", made.backup.number))


def moment_of(chance: random.Random, kind: str) -> float:
    """How long to let it work, in seconds: long enough for several pieces, short enough to hit each step."""
    return chance.uniform(0, {"loads": 0.5, "backups": 1.0, "freezes": 0.4, "restores": 1.2}.get(kind, 0.3))
