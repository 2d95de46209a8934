"""Starting a process chart afresh: a known change has moved the process, so its limits begin anew.

It needs a reason and an author, because a chart that is rebased at will shows whatever its author likes.
Every version is kept for ever: announced beside the store, committed, then confirmed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from dataset.access.noting import acts
from dataset.checking import Finding
from dataset.checking.findings import shown
from dataset.commentary import as_text, faults_of_part
from dataset.quarter import Quarter
from dataset.rebase import Rebase, in_force
from dataset.store import Reading, Store
from dataset.version import latest
from dataset.versions import Same, enter, known

MOST_CHARACTERS = 300
_INDICATOR = re.compile(r"[a-z0-9][a-z0-9_]{0,79}")


@dataclass(frozen=True)
class Answer:
    """What became of it: the version that is current now (for "rejected", None) and what was found."""

    result: Literal["accepted", "rejected", "unchanged"]
    rebase: Rebase | None
    findings: tuple[Finding, ...] = ()

    @property
    def sentence(self) -> str:
        """What to tell the author of one that was not refused."""
        if self.rebase is None or self.result == "unchanged":
            return "This is recorded already; nothing has changed."
        if self.rebase.taken_back:
            return f"The baseline from {self.rebase.quarter} is taken back; what was said of it is kept."
        return f"A new baseline starts from {self.rebase.quarter}."


@acts("rebase", "a new baseline", lambda indicator, quarter, **_: f"{indicator[:80]} from {quarter}")
def start_baseline(store: Store, *, indicator: str, quarter: Quarter, reason: str, written_by: str) -> Answer:
    """Look at an indicator's process afresh from a quarter on, or say everything that is wrong.

    The quarter may have no figure: charts start at the next that has one. The same again changes nothing.
    """
    return _record(store, _draft(store, indicator, quarter, reason, written_by))


@acts("rebase", "a baseline taken back", lambda indicator, quarter, **_: f"{indicator[:80]} from {quarter}")
def take_back(store: Store, *, indicator: str, quarter: Quarter, reason: str, written_by: str) -> Answer:
    """Let a baseline that was started at a quarter count no longer; it stays in the history."""
    return _record(store, replace(_draft(store, indicator, quarter, reason, written_by), taken_back=True))


def rebases(source: Reading | Store, as_at: datetime | None = None) -> tuple[Rebase, ...]:
    """Every version written up to a moment (UTC; None: that of the reading, else now), oldest first."""
    return known(Rebase, source, as_at)


def _draft(store: Store, indicator: str, quarter: Quarter, reason: str, written_by: str) -> Rebase:
    return Rebase(
        id=0,
        area=store.area,
        indicator=indicator,
        quarter=quarter,
        reason=" ".join(as_text(reason).split()),
        written_by=shown(written_by).strip(),
        written_at=store.clock(),
    )


def _record(store: Store, draft: Rebase) -> Answer:
    if findings := _faults(store, draft):
        return Answer("rejected", None, findings)

    def is_same(before: Rebase) -> bool:
        return (before.reason, before.taken_back) == (draft.reason, draft.taken_back)

    with suppress(Same):
        return Answer("accepted", enter(store, draft, is_same)[0])
    return Answer("unchanged", latest(rebases(store)).get(draft.about))


def _faults(store: Store, draft: Rebase) -> tuple[Finding, ...]:
    """All that is wrong, each as a sentence; no text of it is repeated."""
    found = []
    if not _INDICATOR.fullmatch(draft.indicator):
        message = f"“{shown(draft.indicator)[:40]}” is not the code of an indicator."
        found.append(_error("UNKNOWN_INDICATOR", message, "Write its code as Definitions gives it."))
    if draft.quarter.start > draft.written_at.date():
        message = f"{draft.quarter} has not begun: it starts on {draft.quarter.start:%d/%m/%Y}."
        found.append(_error("QUARTER_TO_COME", message, "Choose the quarter from which the process has changed."))
    if draft.taken_back and not any(one.about == draft.about for one in in_force(rebases(store))):
        message = f"No new baseline starts at {draft.quarter}."
        found.append(_error("NO_SUCH_BASELINE", message, "Choose a quarter at which one was started."))
    if not draft.reason:
        found.append(_error("REASON_MISSING", "No reason is given.", "Say what changed in the process, and when."))
    elif len(draft.reason) > MOST_CHARACTERS:
        message = f"The reason has {len(draft.reason):,} characters; {MOST_CHARACTERS:,} is the most."
        found.append(_error("REASON_TOO_LONG", message, "Shorten it."))
    else:
        found += faults_of_part("Reason", draft.reason)
    if not draft.written_by:
        found.append(_error("WRITER_MISSING", "Nobody is named as the author.", "Write your role."))
    return tuple(found)


def _error(code: str, message: str, fix: str) -> Finding:
    return Finding("error", code, message, fix=fix)


__all__ = ["MOST_CHARACTERS", "Answer", "Rebase", "in_force", "rebases", "start_baseline", "take_back"]
