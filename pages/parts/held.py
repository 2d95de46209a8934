"""The one store of this process, and what was computed from it for a store version."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock, RLock
from typing import Any, NoReturn, TypeVar

import streamlit as st

from dataset.access.acting import require
from dataset.carrying import NOTHING, Carried
from dataset.commentary import comments
from dataset.meeting import Meeting
from dataset.quarter import Quarter
from dataset.register_entry import RegisterEntry
from dataset.removal import Removal
from dataset.schema import StoreVersion
from dataset.store import Reading, Store, StoreUnavailable
from dataset.versions import known
from safeguarding_metrics.measuring import Cube
from safeguarding_metrics.meetings.changes import Change, changes
from safeguarding_metrics.meetings.record import Record, Seen, record_in, record_of
from safeguarding_metrics.plan import Plan
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.progressing import Progress, cube_of, progress
from safeguarding_metrics.quarterly import QuarterView, quarter_view
from safeguarding_metrics.registers.following import Following, following
from safeguarding_metrics.settings import Settings, WrongSetting

PLAN: Plan = PLANS[-1]
OF_EACH_NAME = 16  # a table of every indicator is 140 KB; the last ones looked at are asked for again
MOST_VIEWS = 16
T = TypeVar("T")
ViewKey = tuple[int, datetime | None, Settings]


@dataclass(frozen=True)
class View:
    """What a screen reads: the store at one moment, every figure, the settings that rule them."""

    store: Store
    reading: Reading
    cube: Cube
    settings: Settings
    invented: bool
    worked_out: Carried = field(default_factory=Carried, compare=False, repr=False)
    making: defaultdict[tuple[Any, ...], RLock] = field(
        default_factory=lambda: defaultdict(RLock), compare=False, repr=False
    )

    def once(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What `make` gives, worked out once as long as nothing new is sent; a key begins with a name of its own.

        Who asks for the same thing meanwhile waits for it: worked out by each of a hundred, it would take all of them
        a hundred times as long.
        """
        family, *rest = key
        what = tuple(rest)
        if (found := self.worked_out.held(family, what)) is NOTHING:
            with self.making[key]:
                found = self.worked_out.once(family, what, (), make, OF_EACH_NAME)
        known_now: T = found
        return known_now

    @property
    def today(self) -> date:
        """The day the figures are looked at from: the as-reported day, or today."""
        return (self.reading.as_at or datetime.now(UTC)).date()


def store_path() -> Path:
    return Path(os.environ.get("SAFEGUARDING_STORE") or "data/safeguarding.duckdb")


@dataclass(frozen=True)
class Held:
    """The store of this process with the latest views of it. Neither is in Streamlit's cache, where each of the three
    lookups of a drawing costs a fiftieth of it."""

    store: Store
    views: dict[ViewKey, View] = field(default_factory=dict)
    removals: dict[int, int] = field(default_factory=dict)
    making: Lock = field(default_factory=Lock)

    def view(self, as_at: datetime | None, settings: Settings) -> View:
        """The view of the store as it is now, made by the first who asks for it."""
        version = self.store.version
        key = (version if as_at is None or _may_change(as_at) else self._settled(version)), as_at, settings
        return self.views.get(key) or self._made(key, version)

    def _settled(self, version: int) -> int:
        """What a moment that is over is held under: it changes only when rows are removed. Below every version."""
        removals = self.removals.get(version)
        if removals is None:
            removals = len(known(Removal, self.store))
            self.removals.clear()
            self.removals[version] = removals
        return -1 - removals

    def _made(self, key: ViewKey, version: int) -> View:
        with self.making:
            if key not in self.views:
                current = {version, self._settled(version)}
                kept = [(old, view) for old, view in self.views.items() if old[0] in current]
                _, as_at, settings = key
                reading = self.store.reading(as_at)
                made = View(self.store, reading, cube_of(reading, settings), settings, self.store.is_demonstration)
                held = dict([*kept[-(MOST_VIEWS - 1) :], (key, made)])
                gone = [view for old, view in self.views.items() if old not in held]
                # One replacing, so that nobody who looks meanwhile meets a half of it.
                self.views.clear()
                self.views.update(held)
                for view in gone:  # a window left open still holds it, for its downloads
                    view.worked_out.let_go()
            return self.views[key]


def _may_change(as_at: datetime) -> bool:
    """Whether something may still be reported as at this moment."""
    return as_at >= datetime.now(UTC)


_HELD: dict[Path, Held] = {}
_OPENING = Lock()


def _open(path: Path) -> Held:
    with _OPENING:
        if path not in _HELD:
            _HELD[path] = Held(Store.open(path))
        return _HELD[path]


def let_go(path: Path) -> None:
    """Close the store at a path where this process holds it; the next drawing opens it again."""
    with _OPENING:
        if held := _HELD.pop(path, None):
            held.store.close()


def held_store() -> Store:
    """The store, opened once a process; on failure the screen shows the sentence and stops."""
    return _held().store


def _held() -> Held:
    try:
        path = store_path()
        return _HELD.get(path) or _open(path)
    except (StoreUnavailable, StoreVersion) as error:
        say_and_stop("The store cannot be opened", error)


def say_and_stop(title: str, error: Exception) -> NoReturn:
    """The sentence of an error instead of the rest of the screen."""
    st.title(title)
    st.error(str(error).replace("[", "\\["))
    st.stop()


def view(as_at: datetime | None = None) -> View:
    """The figures as they are, or as they were reported at a moment."""
    require("look")
    held = _held()
    try:
        settings = Settings.from_environment()
    except WrongSetting as error:
        say_and_stop("A setting cannot be read", error)
    return held.view(as_at, settings)


def progress_view(seen: View, quarter: Quarter) -> Progress:
    """The plan judged for a quarter."""
    return seen.once(
        ("progress", quarter, seen.today),
        lambda: progress(seen.reading, seen.cube, PLAN, quarter, seen.settings, seen.today),
    )


def followed(seen: View, quarter: Quarter) -> Following:
    """What the registers say at the moment that is looked at."""
    return seen.once(
        ("registers", quarter, seen.today),
        lambda: _followed(seen, known(RegisterEntry, seen.reading), quarter),
    )


def _followed(seen: View, entries: tuple[RegisterEntry, ...], quarter: Quarter) -> Following:
    return seen.reading.carried.once(
        "registers",
        quarter,
        (entries, seen.today, seen.settings),
        lambda: following(entries, PLAN, quarter, seen.today, seen.settings),
    )


def frozen_record(seen: View, meeting: Meeting) -> Record:
    """The record of a frozen meeting, read once; nobody changes it."""
    return seen.store.carried.once("frozen records", meeting.id, (meeting.sha256,), lambda: record_in(meeting), 12)


def since_meeting(seen: View, quarter: Quarter, meeting: Meeting) -> tuple[Change, ...]:
    """What is otherwise than a frozen meeting saw it, for the quarter that is looked at."""
    return seen.once(
        ("since a meeting", meeting.reference, quarter, seen.today),
        lambda: changes(
            frozen_record(seen, meeting), _now(seen, quarter, meeting), seen.reading.entries, seen.settings
        ),
    )


def _now(seen: View, quarter: Quarter, meeting: Meeting) -> Record:
    """The record the meeting would have now, had it been of a quarter: only to be compared."""
    return record_now(seen, replace(meeting, quarter=quarter), datetime.now(UTC))


def record_now(seen: View, meeting: Meeting, shown_at: datetime) -> Record:
    """What would be frozen now; nothing is drawn for it."""
    quarter = meeting.quarter
    now = Seen(
        reading=seen.reading,
        cube=seen.cube,
        plan=PLAN,
        quarter=quarter,
        settings=seen.settings,
        today=seen.today,
        invented=seen.invented,
        progress=progress_view(seen, quarter),
        view=quarter_rows(seen, quarter),
        following=followed(seen, quarter),
        said=comments(seen.reading),
        entries=known(RegisterEntry, seen.reading),
    )
    return record_of(now, meeting, shown_at, drawn=False)


def quarter_rows(seen: View, quarter: Quarter) -> QuarterView:
    """Every indicator at a quarter."""
    return seen.once(
        ("every indicator", quarter, seen.today),
        lambda: quarter_view(seen.reading, seen.cube, PLAN, quarter, seen.settings, seen.today, comments(seen.reading)),
    )
