"""What a sender keeps: the proof that a return was received, in words."""

from __future__ import annotations

from dataset.agencies import agency
from dataset.ledger import Submission
from dataset.tables import return_named


def receipt_text(entry: Submission, *, store_version: int, invented: bool) -> str:
    """A receipt as plain text, one fact a line."""
    what = {"nil": "Nil return", "restatement": "Restatement"}.get(entry.kind, "Return")
    lines = [
        "INVENTED DATA: this receipt is from a demonstration store." if invented else "",
        f"Receipt: entry {entry.id}",
        f"{what}: {return_named(entry.slot.dataset).about.title}",
        f"Quarter: {entry.slot.quarter}",
        f"Agency: {agency(entry.slot.agency).name} ({entry.slot.agency})",
        f"Rows stored: {entry.records:,}" if entry.kind != "nil" else "Nothing to report",
        f"File: {entry.file_name}" if entry.file_name else "",
        f"sha256 of the file: {entry.sha256}" if entry.file_name else "",
        f"Sent by: {entry.sent_by}",
        f"Received: {entry.recorded_at:%d/%m/%Y %H:%M:%S} UTC",
        f"Reason: {entry.reason}" if entry.reason else "",
        f"Replaces entry: {entry.replaces}" if entry.replaces else "",
        f"Store version: {store_version}",
    ]
    return "\n".join(line for line in lines if line) + "\n"
