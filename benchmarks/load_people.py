"""Who uses the application at once: readers who look around, and senders who restate a small return again and again.

Readers open every screen alike and choose on it what stands first: the latest quarters, the latest reports or the last
meetings, the first indicators. Each sending is five clicks: the file, the form, on from the receipt, a look at Returns
whether it arrived, and back.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.load_window import WentWrong, Window
from dataset.keeping import Keeping
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.store import Store
from dataset.trying import try_out

# Screens nobody reads figures on, and the choices that are not a reader's.
NOT_READ = {"", "upload", "administration"}
NOT_CHOSEN = {"Role", "Agency of the sender"}
ROWS = range(4, 80)
APART = 0.1  # seconds between two people who come
FIRST_CHOICES = 4
SEND, SEND_AGAIN, GO_ON = "Send this return", "Send as restatement", "Send another return"


@dataclass(frozen=True)
class Work:
    """What a sender sends by turns: two readings of one return, both of which pass its checks."""

    slot: Slot
    files: tuple[bytes, bytes]

    @property
    def query(self) -> str:
        chosen = {"agency": self.slot.agency, "return": self.slot.dataset, "quarter": str(self.slot.quarter)}
        return urlencode(chosen)


@dataclass
class Met:
    """What happened so far. `seconds` by screen from a click until it was drawn; `sent` are receipts by sender."""

    opening: list[float] = field(default_factory=list)
    seconds: list[tuple[str, float]] = field(default_factory=list)
    sent: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    measuring: bool = False

    @property
    def reruns(self) -> int:
        return sum(window.runs for window in self.windows)

    def took(self, screen: str, seconds: float) -> None:
        if self.measuring:
            self.seconds.append((screen, seconds))


@dataclass(frozen=True)
class Pace:
    """Seconds between two clicks of one person, give or take a fifth."""

    between: float
    chance: random.Random

    async def wait(self, spent: float) -> None:
        await asyncio.sleep(max(0.0, self.between * self.chance.uniform(0.8, 1.2) - spent))


def work_for(path: Path, people: int) -> list[Work]:
    """Small returns that count in a store, one for each sender; the second reading leaves the last row out."""
    store = Store.open(path)
    try:
        keeping, found = Keeping(path), []
        counting = store.reading().counting.items()
        for slot, entry in sorted(counting, key=lambda pair: pair[1].id, reverse=True):
            if entry.kind == "nil" or entry.records not in ROWS or slot.quarter < Quarter(2022, 1):
                continue
            whole = keeping.file(entry.sha256)
            shorter = b"\n".join(whole.rstrip().split(b"\n")[:-1]) + b"\n"
            if all(try_out(store, slot, raw).accepted for raw in (whole, shorter)):
                found.append(Work(slot, (shorter, whole)))
            if len(found) == people:
                return found
        raise RuntimeError(f"the store has {len(found)} small returns, not {people}")
    finally:
        store.close()


async def read(address: str, met: Met, pace: Pace) -> None:
    """Look at screens: every other click opens another one, the rest choose something on it."""
    window = await _opened(address, "progress", "", met)
    while True:
        spent = await _looked(window, met, pace.chance)
        await pace.wait(spent)


async def _looked(window: Window, met: Met, chance: random.Random) -> float:
    boxes = [one for one in window.of("selectbox") if not one.form_id and one.label not in NOT_CHOSEN]
    if boxes and chance.random() < 0.5:
        box = chance.choice(boxes)
        return await _timed(window, met, window.choose(box, chance.choice(list(box.options)[:FIRST_CHOICES])))
    return await _timed(window, met, window.go(chance.choice(sorted(set(window.pages) - NOT_READ))))


async def send(address: str, met: Met, pace: Pace, work: Work, name: str) -> None:
    """Send the two readings by turns: add the file, fill the form in and send it, go on from the receipt."""
    window = await _opened(address, "upload", work.query, met)
    while True:
        for raw in work.files:
            await pace.wait(await _timed(window, met, window.add_file(f"{work.slot.dataset}.csv", raw)))
            words = SEND_AGAIN if window.offers(SEND_AGAIN) else SEND
            fields = {
                "Who sends this": name,
                "Why the return": "a row was corrected",
                "Reason": "checked with the team",
            }
            spent = await _timed(window, met, window.press(words, **fields))
            if not window.offers(GO_ON):
                raise WentWrong(f"no receipt for {work.slot}")
            met.sent[name] += 1
            await pace.wait(spent)
            await pace.wait(await _timed(window, met, window.press(GO_ON)))
            await pace.wait(await _timed(window, met, window.go("returns")))
            await pace.wait(await _timed(window, met, window.go("upload")))


async def _opened(address: str, page: str, query: str, met: Met) -> Window:
    loop = asyncio.get_running_loop()
    started = loop.time()
    window = await Window.open(address, page, query)
    met.windows.append(window)
    met.opening.append(loop.time() - started)
    return window


async def _timed(window: Window, met: Met, click: Coroutine[Any, Any, float]) -> float:
    spent = await click
    met.took(window.page_name(), spent)
    return spent


async def all_of(people: Iterable[tuple[str, Coroutine[Any, Any, None]]], met: Met, seconds: float) -> None:
    """Let everybody go on for so long, one coming after another; who stops before is an error, whatever the reason."""
    tasks = []
    for name, one in people:
        tasks.append(asyncio.create_task(one, name=name))
        await asyncio.sleep(APART)
    _, going = await asyncio.wait(tasks, timeout=seconds)
    for task in going:
        task.cancel()
    for task in tasks:
        try:
            await task
        except asyncio.CancelledError:
            pass
        except Exception as error:
            met.errors.append(f"{task.get_name()}: {type(error).__name__}: {error}")
