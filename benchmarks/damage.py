"""Part of the fault campaign: store files and logs damaged in many ways, each opened and read to the last block.

Silently wrong = it opens, everything can be read, and what is read is not what was stored. Goal: none.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.kills import contents
from benchmarks.working_until_killed import CONTEXT, killed
from dataset.backing_up import back_up
from dataset.rebuilding import rebuild
from dataset.store import Store, StoreUnavailable
from dataset.verifying import read_through

PAGE = 4096
# So many of the damaged stores are also made again from their kept files.
REBUILT_EVERY = 25
ENGINE_WORDS = ("duckdb error", "io error", "checksum", "serialization", "traceback", "catalog", "binder", "fatal")

Damage = Callable[[bytes, random.Random], bytes]


def _flipped(raw: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(raw))
    return raw[:place] + bytes([raw[place] ^ (1 << chance.randrange(8))]) + raw[place + 1 :]


def _truncated(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw))]


def _page_zeroed(raw: bytes, chance: random.Random) -> bytes:
    # Blocks are larger than what is in them: a page of zeros would not be damaged.
    written = [place for place in range(0, len(raw), PAGE) if any(raw[place : place + PAGE])]
    place = chance.choice(written)
    return raw[:place] + bytes(min(PAGE, len(raw) - place)) + raw[place + PAGE :]


def _tail_zeroed(raw: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(raw))
    return raw[:place] + bytes(len(raw) - place)


# What is damaged (the store's file or its log), how (None: deleted), how many of 500.
WAYS: dict[str, tuple[str, Damage | None, int]] = {
    "a bit flipped": ("", _flipped, 150),
    "truncated": ("", _truncated, 70),
    "a page zeroed": ("", _page_zeroed, 80),
    "emptied": ("", lambda raw, chance: b"", 5),
    "log: a bit flipped": (".wal", _flipped, 75),
    "log deleted": (".wal", None, 15),
    "log zeroed": (".wal", lambda raw, chance: bytes(len(raw)), 15),
    "log: its end zeroed": (".wal", _tail_zeroed, 45),
    "log truncated": (".wal", _truncated, 45),
}


def damaged(share: float = 1.0, seed: int = 20231120) -> dict[str, Any]:
    """How many damaged stores were refused, found when read, unharmed, silently wrong, or anything else."""
    chance, found, ways = random.Random(seed), Counter(dict.fromkeys(("silently wrong", "another error"), 0)), {}  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        origin = _origin(Path(folder))
        (Path(folder) / "whole").mkdir()
        truth = contents(_copied(origin, Path(folder) / "whole"))
        for name, (ending, damage, times) in WAYS.items():
            here: Counter[str] = Counter()
            for trial in range(max(1, round(times * share))):
                path = _copied(origin, Path(folder) / "damaged")
                _harm(path.with_name(path.name + ending), damage, chance)
                here[_outcome(path, truth)] += 1
                if trial % REBUILT_EVERY == 0:
                    rebuild(path)
                    found["rebuilt"] += 1
                    found["rebuilt the same"] += contents(path) == truth
                shutil.rmtree(path.parent)
            found += here
            ways[name] = dict(here)
    found["files"] = sum(sum(way.values()) for way in ways.values())
    return {
        "silently wrong": found["silently wrong"],
        "another error": found["another error"],
        **found,
        "by damage": ways,
    }


def _origin(folder: Path) -> Path:
    """A store whose last entries are only in its log, as after a kill; with returns, registers and meetings, and a backup."""
    path = folder / "origin" / "store.duckdb"
    Store.open(path).close()
    for kind, number in (("loads", 0), ("registers", 1), ("freezes", 1)):
        killed(path, kind, number, 0.6)
    store = Store.open(path)
    back_up(store)
    store.close()
    killed(path, "loads", 500, 0.6)
    killed(path, "registers", 500, 0.3)
    killed(path, "freezes", 501, 0.3)
    return path


def _copied(origin: Path, folder: Path) -> Path:
    """A copy to be damaged; what lies beside the store is replaced, never written over, so it may be shared."""

    def shared(source: str, target: str) -> None:
        (shutil.copyfile if Path(source).parent == origin.parent else os.link)(source, target)

    shutil.copytree(origin.parent, folder, dirs_exist_ok=True, copy_function=shared)
    return folder / origin.name


def _harm(place: Path, damage: Damage | None, chance: random.Random) -> None:
    if damage is None:
        place.unlink()
    else:
        place.write_bytes(damage(place.read_bytes(), chance))


def _outcome(path: Path, truth: tuple[Any, ...]) -> str:
    """Ask in a process of its own: an engine that falls over takes nobody with it."""
    here, there = CONTEXT.Pipe(duplex=False)
    child = CONTEXT.Process(target=_opened, args=(path, truth, there))
    child.start()
    there.close()
    try:
        said = str(here.recv())
    except EOFError:
        said = "another error"
    child.join()
    return said


def _opened(path: Path, truth: tuple[Any, ...], there: Any) -> None:
    try:
        store = Store.open(path)
    except StoreUnavailable as error:
        worded = not any(word in str(error).casefold() for word in ENGINE_WORDS)
        there.send("refused with a sentence" if worded and "restore" in str(error) else "another error")
        return
    try:
        read_through(store)
        there.send("unharmed" if contents(path) == truth else "silently wrong")
    except StoreUnavailable:
        there.send("found when read")
    finally:
        store.close()
