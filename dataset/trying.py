"""What sending a file would find, before it is sent: faults and queries. Nothing is stored or entered."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from dataset.checking import Checked, OnStep, no_step
from dataset.intake import sent_elsewhere
from dataset.ledger import Slot
from dataset.plausibility import queries
from dataset.staged import staged
from dataset.store import Store
from dataset.tables import return_named


def try_out(store: Store, slot: Slot, raw: bytes, on_step: OnStep = no_step) -> Checked:
    """The check of a file for a slot, with what it will be asked about and whether the same bytes count elsewhere."""
    reading = store.reading()
    with staged(store, slot, raw, on_step=on_step) as rows:
        elsewhere = sent_elsewhere(reading, slot, hashlib.sha256(raw).hexdigest())
        refused = replace(rows.checked, findings=(elsewhere, *rows.checked.findings)) if elsewhere else rows.checked
        asked = queries(reading, slot, return_named(slot.dataset), refused, rows.cursor)
    return replace(refused, findings=(*refused.findings, *asked))
