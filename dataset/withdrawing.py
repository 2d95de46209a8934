"""Withdrawing a return: an entry of its own after which the slot counts as not sent; nothing is deleted.

What was reported stays readable: a reading of an earlier moment still shows the figures of then.
"""

from __future__ import annotations

from dataclasses import replace

from dataset import ledger
from dataset.access.noting import acts
from dataset.addressing import slot_findings
from dataset.checking import Finding
from dataset.entering import entering
from dataset.intake import Answer, draft
from dataset.ledger import Slot
from dataset.store import Store


@acts(
    "send",
    "a withdrawal",
    lambda slot, **_: f"{slot.dataset} {slot.agency} {slot.quarter}",
    lambda slot, **_: slot.agency,
)
def withdraw(store: Store, slot: Slot, *, sent_by: str, reason: str) -> Answer:
    """Take back what counts for a slot, a nil return too; the slot may then be sent again as a plain return.

    It needs a sender and a reason; a withdrawal of nothing is refused and entered in the ledger as such.
    """
    entry = draft(store, slot, b"", sent_by=sent_by, file_name="", reason=reason)
    entry = replace(entry, status="withdrawn", kind="withdrawal")
    address = slot_findings(slot, store.area, sent_by, entry.recorded_at.date())
    findings = [finding for finding in address if finding.blocks]
    if not entry.reason:
        fix = "Say why in a few words."
        findings.append(Finding("error", "REASON_MISSING", "A withdrawal needs a reason.", fix=fix))
    with store.cursor() as cursor, entering(store, cursor) as under_way:
        counting = ledger.current(under_way.entries).get(slot)
        if counting is None:
            findings.append(_nothing(slot))
        else:
            entry = replace(entry, replaces=counting.id)
        if findings:
            entry = replace(entry, status="rejected", replaces=None)
        entry = under_way.add(entry)
    return Answer("rejected" if findings else "accepted", entry, tuple(findings))


def _nothing(slot: Slot) -> Finding:
    message = f"Nothing of {slot.agency} counts for {slot.dataset}, {slot.quarter}, so there is nothing to withdraw."
    return Finding("error", "NOTHING_TO_WITHDRAW", message, fix="Choose a return that was accepted.")
