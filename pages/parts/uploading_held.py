"""The file a sender is working on: held by the session until it is sent, replaced or put aside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from dataset.checking import Checked, Step
from dataset.intake import Answer
from dataset.ledger import Slot, Submission
from dataset.mending import Change, Edits, altogether, changes_of, mended, mended_name
from dataset.restating import Comparison, compare
from dataset.staged import staged
from dataset.trying import try_out
from pages.parts.held import View
from safeguarding_metrics.previewing import Preview, preview

_HELD, _LOOK, _SENT, _REFUSED, _SHOWN = "held_file", "look_at_file", "sent_return", "refused_return", "previewed_return"
_RECEIPTS = "receipts_of_this_window"
STEPS: dict[Step, str] = {
    "reading": "Reading the file…",
    "rows": "Telling its rows and columns apart…",
    "cells": "Checking every cell and rule…",
}


@dataclass(frozen=True)
class Held:
    """A file for a slot as it was added and as it is after mending; `upload` tells one adding from another."""

    slot: Slot
    name: str
    upload: str
    received: bytes
    raw: bytes
    changes: tuple[Change, ...] = ()

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def name_in_ledger(self) -> str:
        return mended_name(self.name, self.changes)


@dataclass(frozen=True)
class Look:
    """What is known of a held file: its findings and, where a return counts already, what it would change.

    `alone` is the check of the file itself, without what depends on other returns: a sending goes on from it.
    """

    digest: str
    alone: Checked
    checked: Checked
    taken: Submission | None
    comparison: Comparison | None = None
    preview: Preview | None = None


def hold(slot: Slot, name: str, upload: str, raw: bytes) -> None:
    """Hold a file that was added; one that is held already keeps what was mended in it."""
    known = st.session_state.get(_HELD)
    if not (isinstance(known, Held) and (known.slot, known.upload) == (slot, upload)):
        st.session_state[_HELD] = Held(slot, name, upload, raw, raw)


def held_for(slot: Slot) -> Held | None:
    held = st.session_state.get(_HELD)
    return held if isinstance(held, Held) and held.slot == slot else None


def put_aside() -> None:
    """Hold nothing any more."""
    for key in (_HELD, _LOOK, _REFUSED, _SHOWN):
        st.session_state.pop(key, None)


def taken_off(key: str) -> None:
    """Put the file aside when it was taken off the uploader of this key."""
    if st.session_state.get(key) is None:
        put_aside()


def mend(held: Held, checked: Checked, edits: Edits) -> bool:
    """Put a mended copy in the file's place; False when no cell differs."""
    structure = checked.structure
    made = changes_of(structure, edits) if structure else ()
    if not made or structure is None:
        return False
    changes = altogether(held.changes, made)
    st.session_state[_HELD] = replace(held, raw=mended(structure, edits), changes=changes)
    return True


def as_received() -> None:
    """Undo all that was mended in the file that is held."""
    held = st.session_state.get(_HELD)
    if isinstance(held, Held):
        st.session_state[_HELD] = replace(held, raw=held.received, changes=())


def look_at(seen: View, held: Held) -> Look:
    """What is known of the file, worked out once for a file and what counts of its return, however often it is drawn."""
    digest, known = held.digest, st.session_state.get(_LOOK)
    counting = [entry.id for entry in seen.reading.returned(held.slot.dataset).values()]
    key = (held.slot, digest, counting, seen.reading.latest_quarter())
    before: Look | None = known[1] if known and known[0][:2] == key[:2] else None
    if before is not None and known[0] == key:
        return before
    place = st.empty()
    with place.status(STEPS["reading"]) as step:

        def on_step(name: Step) -> None:
            step.update(label=STEPS[name])

        # Checked once: what is asked inside stands on the rows that this check staged.
        with staged(seen.store, held.slot, held.raw, on_step=on_step) as rows:
            step.update(label="Comparing with other returns…")
            checked, taken = try_out(seen.store, held.slot, held.raw), seen.reading.counting.get(held.slot)
            look = Look(digest, rows.checked, checked, taken)
            if checked.accepted and taken is not None and taken.sha256 != digest:
                step.update(label="Comparing with what counts now…")
                # The rows depend on nothing but the return they would take the place of.
                known_rows = before.comparison if before and before.taken == taken else None
                compared = known_rows or compare(seen.store, held.slot, held.raw)
                step.update(label="Working out what it changes in every measure…")
                effects = preview(seen.store, held.slot, held.raw, seen.settings)
                look = replace(look, comparison=compared, preview=effects)
    place.empty()
    st.session_state[_LOOK] = (key, look)
    return look


def meanwhile(look: Look, held: Held) -> bool:
    """Whether another return came for the slot since this file's preview was last drawn; asked once a drawing."""
    now = (held.slot, look.digest, look.taken.id if look.taken else None)
    before = st.session_state.get(_SHOWN)
    st.session_state[_SHOWN] = now
    return bool(before and before[:2] == now[:2] and before[2] != now[2])


def keep_answer(answer: Answer, held: Held | None) -> None:
    """Keep what became of a sending for the next drawing: a receipt, or what was said against it."""
    if answer.accepted:
        put_aside()
        st.session_state[_SENT] = (answer, held.changes if held else ())
        kept = [one for one in receipts() if one[0].entry != answer.entry]
        st.session_state[_RECEIPTS] = [*kept, st.session_state[_SENT]]
    else:
        st.session_state[_REFUSED] = answer


def answered(slot: Slot) -> tuple[Answer, tuple[Change, ...]] | None:
    """The accepted sending to a slot and the cells mended in it, until the sender goes on."""
    kept = st.session_state.get(_SENT)
    return kept if kept and kept[0].entry.slot == slot else None


def receipts() -> list[tuple[Answer, tuple[Change, ...]]]:
    """Every accepted sending of this window and the cells mended in it, oldest first."""
    return list(st.session_state.get(_RECEIPTS, ()))


def go_on() -> None:
    st.session_state.pop(_SENT, None)


def refusal(slot: Slot) -> Answer | None:
    """What was said against the last sending, once."""
    answer = st.session_state.pop(_REFUSED, None)
    return answer if isinstance(answer, Answer) and answer.entry.slot == slot else None
