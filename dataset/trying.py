"""What sending a file would find, before it is sent: faults and queries. Nothing is stored or entered."""

from __future__ import annotations

from dataclasses import replace

from dataset.checking import Checked, check, create_code_types
from dataset.ledger import Slot
from dataset.plausibility import queries
from dataset.store import Store
from dataset.tables import return_named


def try_out(store: Store, slot: Slot, raw: bytes) -> Checked:
    """The check of a file for a slot, with what it will be asked about; readers and senders do not wait for it."""
    table = return_named(slot.dataset)
    with store.cursor() as cursor:
        create_code_types(cursor, table)
        checked = check(raw, table, slot.quarter, cursor, store.keeping.staging)
        asked = queries(store.reading(), slot, table, checked, cursor)
    return replace(checked, findings=(*checked.findings, *asked))
