"""Part of the fault campaign: what stands in the way of writing: a full disk, a read-only one, a held store, a clock set back.

Each ends in a sentence, and what was accepted before is still there. Needs root for the disks; says so where it is not.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.killing import _slot, file_of
from benchmarks.working_until_killed import CONTEXT
from dataset.backing_up import back_up
from dataset.intake import send
from dataset.restoring import restore
from dataset.store import Store, StoreUnavailable
from dataset.verifying import verify

ROOT = Path(__file__).parents[1]
FAKETIME = ("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1")
NOT_TRIED = "not tried here"


@contextmanager
def small_disk(kilobytes: int) -> Iterator[Path | None]:
    """A file system of its own; None where this user may not mount one."""
    with tempfile.TemporaryDirectory() as folder:
        size = f"size={kilobytes}k"
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], capture_output=True, check=False)
        if made.returncode:
            yield None
            return
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


def every(quick: bool) -> dict[str, Any]:
    """Each of them, one after the other."""
    found = disk_full(range(900, 3000, 700 if quick else 90))
    return found | read_only() | lock_held() | clock_set_back() | restore_rehearsed()


def disk_full(sizes: range) -> dict[str, Any]:
    """Files loaded, and backups made, until disks of many sizes are full; then looked at again."""
    refused = lost = wrong = accepted = 0
    for kilobytes in sizes:
        with small_disk(kilobytes) as folder:
            if folder is None:
                return {"disk full": NOT_TRIED}
            path, told = folder / "store.duckdb", set[int]()
            try:
                store = Store.open(path)
            except StoreUnavailable:
                refused += 1
                continue
            for number in range(30):
                try:
                    if number % 7 == 6:
                        back_up(store)
                    elif _send(store, number):
                        told.add(number)
                except StoreUnavailable as error:
                    refused += 1
                    wrong += "is full" not in str(error)
            store.close()
            with_all = Store.open(path)
            held = {int(entry.file_name) for entry in with_all.entries() if entry.status == "accepted"}
            with_all.close()
            # Accounts cannot be read without a little room, which is said and loses nothing.
            lost += len(told - held) + sum(not one.fine and "is full" not in one.sentence for one in verify(path))
            accepted += len(told)
    return {
        "disk full": {
            "disks": len(sizes),
            "accepted": accepted,
            "refused": refused,
            "without its sentence": wrong,
            "lost": lost,
        }
    }


def _send(store: Store, number: int) -> bool:
    answer = send(
        store,
        _slot(number),
        file_of(number),
        sent_by="Ann",
        file_name=str(number),
        reason="more",
        reasons={"ROWS_UNUSUAL": "made up"},
    )
    return answer.accepted


def read_only() -> dict[str, Any]:
    """A store on a disk that allows reading only is refused in a sentence, and opens again afterwards."""
    with small_disk(8000) as folder:
        if folder is None:
            return {"read-only": NOT_TRIED}
        path = folder / "store.duckdb"
        store = Store.open(path)
        _send(store, 0)
        store.close()
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        said = _refusal(path)
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
        store = Store.open(path)
        held = len(store.entries())
        store.close()
        return {"read-only": {"said": said.replace(str(path), "STORE"), "lost": 1 - held}}


def lock_held() -> dict[str, Any]:
    """While another process holds the store: a second one is told so, and a backup of what is kept is made all the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.duckdb"
        here, there = CONTEXT.Pipe()
        child = CONTEXT.Process(target=_hold, args=(path, there))
        child.start()
        here.recv()
        said = _refusal(path)
        command = [sys.executable, "-m", "dataset", "backup", "--store", str(path)]
        backup = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        here.send("enough")
        child.join()
        fine = all(one.fine for one in verify(path))
        named = "is open in another program" in said
        return {"lock held": {"named": named, "backup made": backup.returncode == 0, "lost": int(not fine)}}


def _hold(path: Path, there: Any) -> None:
    store = Store.open(path)
    _send(store, 0)
    there.send("held")
    there.recv()
    store.close()


def clock_set_back() -> dict[str, Any]:
    """A machine's clock set back two days between loads and backups: entries and backups still run forwards."""
    library = next((place for place in FAKETIME if Path(place).exists()), None)
    if library is None:
        return {"clock set back": NOT_TRIED}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.duckdb"
        for number, shift in ((0, ""), (1, "-2d"), (2, "+3d"), (3, "-400d")):
            more = {"LD_PRELOAD": library, "FAKETIME": shift} if shift else {}
            command = [sys.executable, "-m", "benchmarks.obstacles", str(path), str(number)]
            subprocess.run(command, cwd=ROOT, env=os.environ | more, check=True)
        store = Store.open(path)
        moments = [entry.recorded_at for entry in store.entries()]
        store.close()
        fine = all(one.fine for one in verify(path))
        backwards = sum(later < earlier for earlier, later in pairwise(moments))
        return {
            "clock set back": {"entries": len(moments), "backwards": backwards, "lost": 4 - len(moments) + (not fine)}
        }


def restore_rehearsed() -> dict[str, Any]:
    """A backup, three more returns, then the store and the half of what is kept beside it gone: what was said, what came."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.duckdb"
        store = Store.open(path)
        _send(store, 0)
        backup = back_up(store).backup
        for number in (1, 2, 3):
            _send(store, number)
        gone = store.entries()[-1]
        store.close()
        path.write_bytes(b"")
        store.keeping.place_of_file(gone.sha256).unlink()
        done = restore(path, backup)
        named = [f"entry {gone.id}" in one for one in done.loss.named]
        return {
            "restore rehearsed": {
                "entries": done.entries,
                "brought back": done.brought_back,
                "lost and named": sum(named),
                "lost and not named": 4 - done.entries - sum(named),
            }
        }


def _refusal(path: Path) -> str:
    try:
        Store.open(path).close()
    except StoreUnavailable as error:
        return str(error)
    return "it opened"


if __name__ == "__main__":
    place, which = Path(sys.argv[1]), int(sys.argv[2])
    opened = Store.open(place, clock=lambda: datetime.now(UTC))
    if not _send(opened, which):
        raise SystemExit("refused")
    back_up(opened)
    opened.close()
