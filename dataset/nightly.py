"""A backup every night by a thread of the application: SAFEGUARDING_BACKUP_FOLDER and SAFEGUARDING_BACKUP_AT."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from dataset.backing_up import back_up
from dataset.backups import backups_of
from dataset.schema import StoreVersion
from dataset.store import Store, StoreUnavailable

log = logging.getLogger("safeguarding")
AT = "02:00"
# The clock is looked at anew each time: it may be set, and a machine may sleep.
LOOKS_EVERY = timedelta(minutes=1)
OVERDUE = timedelta(hours=24)

Clock = Callable[[], datetime]


def local_now() -> datetime:
    """The machine's clock with its offset."""
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Night:
    """Where backups go and when, by the machine's clock."""

    folder: Path
    at: time

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Night | None:
        """None without SAFEGUARDING_BACKUP_FOLDER. Raises StoreUnavailable for a time that cannot be read."""
        env = os.environ if environment is None else environment
        folder, at = env.get("SAFEGUARDING_BACKUP_FOLDER", ""), env.get("SAFEGUARDING_BACKUP_AT", "") or AT
        if not folder:
            return None
        try:
            return cls(Path(folder), datetime.strptime(at, "%H:%M").time())
        except ValueError:
            raise StoreUnavailable(f"SAFEGUARDING_BACKUP_AT is “{at[:20]}”. Write a time such as {AT}.") from None

    def next_after(self, moment: datetime) -> datetime:
        """When the next backup is due."""
        today = moment.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return today if today > moment else today + timedelta(days=1)


def nightly(
    path: Path,
    night: Night,
    *,
    clock: Clock = local_now,
    stop: threading.Event | None = None,
    wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
) -> threading.Thread:
    """Start the thread; set `stop` to end it. One missed because the machine was off is made at once."""
    ended = stop or threading.Event()
    thread = threading.Thread(target=_watch, args=(path, night, clock, ended, wait), name="nightly backup", daemon=True)
    thread.start()
    return thread


def _watch(
    path: Path, night: Night, clock: Clock, stop: threading.Event, wait: Callable[[threading.Event, float], bool]
) -> None:
    due = clock() if _is_overdue(path, night, clock()) else night.next_after(clock())
    while not stop.is_set():
        now = clock()
        if now >= due:
            _once(path, night)
            due = night.next_after(now)
        # A clock that was set back brings the next backup nearer, never further.
        due = min(due, night.next_after(now))
        wait(stop, min(LOOKS_EVERY, max(due - clock(), timedelta(seconds=1))).total_seconds())


def _is_overdue(path: Path, night: Night, now: datetime) -> bool:
    last = next((one for one in backups_of(path, night.folder) if one.manifest), None)
    return path.exists() and (last is None or now - last.made_at > OVERDUE)


def _once(path: Path, night: Night) -> None:
    """One backup; a refusal is logged, and the next night tries again."""
    if not path.exists():
        return
    try:
        store = Store.open(path)
        try:
            log.info("nightly backup: %s", back_up(store, night.folder).sentence)
        finally:
            store.close()
    except (StoreUnavailable, StoreVersion) as error:
        log.error("nightly backup: %s", error)
    except Exception as error:
        log.error("nightly backup failed: %s", type(error).__name__)
