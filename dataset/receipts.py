"""What a sender keeps: the proof that a return was received, in words."""

from __future__ import annotations

from collections.abc import Sequence

from dataset.agencies import agency
from dataset.ledger import Submission
from dataset.mending import Change
from dataset.tables import return_named


def receipt_text(entry: Submission, *, store_version: int, invented: bool, changes: Sequence[Change] = ()) -> str:
    """A receipt as plain text, one fact a line; `changes` are the cells that were mended on the screen."""
    what = {"nil": "Nil return", "restatement": "Restatement", "withdrawal": "Withdrawal"}.get(entry.kind, "Return")
    lines = [
        "INVENTED DATA: this receipt is from a demonstration store." if invented else "",
        f"Receipt: entry {entry.id}",
        f"{what}: {return_named(entry.slot.dataset).about.title}",
        f"Quarter: {entry.slot.quarter}",
        f"Agency: {agency(entry.slot.agency).name} ({entry.slot.agency})",
        _rows_text(entry),
        f"File: {entry.file_name}" if entry.file_name else "",
        f"sha256 of the file: {entry.sha256}" if entry.file_name else "",
        f"Sent by: {entry.sent_by}",
        f"Received: {entry.recorded_at:%d/%m/%Y %H:%M:%S} UTC",
        f"Reason: {entry.reason}" if entry.reason else "",
        f"{'Withdraws' if entry.kind == 'withdrawal' else 'Replaces'} entry: {entry.replaces}"
        if entry.replaces
        else "",
        *(f"Asked to check: {one.message} Reason given: {one.reason}" for one in entry.explanations),
        f"Cells mended on the screen before sending: {len(changes):,}" if changes else "",
        *(f"  {change.sentence}" for change in changes),
        f"Store version: {store_version}",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _rows_text(entry: Submission) -> str:
    said = {"nil": "Nothing to report", "withdrawal": "Counts as not sent from now on"}
    return said.get(entry.kind, f"Rows stored: {entry.records:,}")
