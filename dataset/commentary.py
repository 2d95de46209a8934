"""Commentary: an agency's own words on a figure: what happened, so what, now what.

Figures without words are what the partnership complains of (001:433, 577), so the words are kept as the
returns are: every version for ever, announced beside the store, committed, then confirmed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import duckdb

from dataset import agencies
from dataset.access.noting import acts
from dataset.agencies import Agency, UnknownAgency
from dataset.checking import Finding
from dataset.checking.findings import shown
from dataset.comment import About, Comment, current
from dataset.personal_data import kinds_in
from dataset.quarter import Quarter
from dataset.store import Reading, Store
from dataset.versions import Same, enter, known

MOST_CHARACTERS = 2000
PARTS: dict[str, tuple[str, str]] = {
    "what_happened": ("What happened", "What lies behind the figure: the cause, and how you know it."),
    "so_what": ("So what", "What it means for children, adults or the service; what the figure does not show."),
    "now_what": ("Now what", "What you do about it, which role answers for it, and by when."),
}
ABOUT_NOBODY = (
    "Write about figures and services, never about a person. Give no name, initials, address or number, and nothing "
    "else by which a child, an adult or a worker could be known. Sign with your role."
)

Result = Literal["accepted", "rejected", "unchanged"]
_INDICATOR = re.compile(r"[a-z0-9][a-z0-9_]{0,79}")


@dataclass(frozen=True)
class Answer:
    """What became of a comment: the version that is current now (for "rejected", None), what was found, and
    the version that somebody else wrote while this one was being written."""

    result: Result
    comment: Comment | None
    findings: tuple[Finding, ...] = ()
    meanwhile: Comment | None = None

    @property
    def sentence(self) -> str:
        """What to tell the writer of a comment that was not refused."""
        if self.result == "unchanged":
            return "This very text is the current version already; nothing has changed."
        if self.meanwhile is None:
            return "Your comment is stored and shown with the figure."
        return (
            f"While you were writing, another version was stored by {self.meanwhile.written_by} on "
            f"{self.meanwhile.written_at:%d/%m/%Y at %H:%M} UTC. Both are kept; yours is the current one. Read theirs "
            "among the earlier versions, and write again if something of it should stay."
        )


@acts(
    "comment",
    "a comment",
    lambda agency, indicator, quarter, **_: f"{indicator[:80]} {quarter} of {agency[:40]}",
    lambda agency, **_: agency,
)
def write_comment(
    store: Store,
    *,
    agency: str,
    indicator: str,
    quarter: Quarter,
    what_happened: str,
    so_what: str,
    now_what: str,
    written_by: str,
    owners: Sequence[Agency] | None = None,
    knowing: int | None = None,
    again: bool = False,
) -> Answer:
    """Store a comment as the current version of (agency, indicator, quarter), or say everything that is wrong.

    `owners` are the agencies whose figure it is, where the caller knows them. `knowing` is the version the
    writer had before them, None for none. The current text again changes nothing, unless `again` says
    that it is given anew, as after the figure has changed. Nothing of a refused comment is kept.
    """
    draft = Comment(
        id=0,
        area=store.area,
        agency=agency,
        indicator=indicator,
        quarter=quarter,
        what_happened=as_text(what_happened),
        so_what=as_text(so_what),
        now_what=as_text(now_what),
        written_by=shown(written_by).strip(),
        written_at=store.clock(),
    )
    with suppress(UnknownAgency):
        draft = replace(draft, agency=agencies.agency(agency).code)
    if findings := faults(draft, owners):
        return Answer("rejected", None, findings)

    def is_same(before: Comment) -> bool:
        return before.parts == draft.parts and not again

    with suppress(Same):
        entered, before = enter(store, draft, is_same, _ledger_at)
        overtaken = before is not None and before.id != knowing
        return Answer("accepted", entered, meanwhile=before if overtaken else None)
    return Answer("unchanged", current(comments(store))[draft.about])


def _ledger_at(cursor: duckdb.DuckDBPyConnection) -> dict[str, int]:
    row = cursor.execute("SELECT coalesce(max(id), 0) FROM submission").fetchone()
    return {"ledger_at": int(row[0]) if row else 0}


def comments(source: Reading | Store, as_at: datetime | None = None) -> tuple[Comment, ...]:
    """Every version written up to a moment (UTC; None: that of the reading, else now), oldest first."""
    return known(Comment, source, as_at)


def as_text(words: str) -> str:
    """The words as they were written, without what is no character of a text; blank ends are cut off."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def faults(draft: Comment, owners: Sequence[Agency] | None = None) -> tuple[Finding, ...]:
    """All that is wrong with a comment, each as a sentence; no text of it is repeated."""
    found = [*_whose(draft, owners)]
    if draft.quarter.start > draft.written_at.date():
        message = f"{draft.quarter} has not begun: it starts on {draft.quarter.start:%d/%m/%Y}."
        found.append(_error("QUARTER_TO_COME", message, "Choose the quarter the comment is about."))
    for name, (title, _) in PARTS.items():
        found += faults_of_part(title, getattr(draft, name))
    if not draft.written_by:
        found.append(_error("WRITER_MISSING", "Nobody is named as the writer.", "Write your role."))
    return tuple(found)


def _whose(draft: Comment, owners: Sequence[Agency] | None) -> list[Finding]:
    found = []
    try:
        known = agencies.agency(draft.agency)
        if owners is not None and known not in owners:
            named = ", ".join(owner.name for owner in owners) or "nobody"
            message = f"{known.name} does not own this figure, so it cannot comment on it."
            found.append(_error("NOT_THE_OWNER", message, f"It is owned by {named}."))
    except UnknownAgency as error:
        found.append(_error("UNKNOWN_AGENCY", str(error), "Choose an agency of the register."))
    if not _INDICATOR.fullmatch(draft.indicator):
        message = f"“{shown(draft.indicator)[:40]}” is not the code of an indicator."
        found.append(_error("UNKNOWN_INDICATOR", message, "Write its code as Definitions gives it."))
    return found


def faults_of_part(title: str, text: str) -> list[Finding]:
    """What is wrong with a text of somebody's own: empty, too long, or with what tells who a person is."""
    if not text:
        return [_error("PART_MISSING", f"“{title}” is empty.", "Write a sentence or two: all three parts are needed.")]
    found = []
    if len(text) > MOST_CHARACTERS:
        message = f"“{title}” has {len(text):,} characters; {MOST_CHARACTERS:,} is the most."
        found.append(_error("PART_TOO_LONG", message, "Shorten it."))
    for what in kinds_in(text):
        found.append(_error("PERSONAL_DATA", f"“{title}” holds what looks like {what}.", "Take it out."))
    return found


def _error(code: str, message: str, fix: str) -> Finding:
    return Finding("error", code, message, fix=fix)


__all__ = ["ABOUT_NOBODY", "PARTS", "About", "Answer", "Comment", "comments", "current", "write_comment"]
