"""Who has sent what as tables to take away: the standing of every return, and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dataset.ledger import Submission
from dataset.returns_calendar import STATES, Standing
from dataset.tables import return_named
from safeguarding_metrics.table_files import FileTable, Row, days_of

STANDING_HEADS = ("return", "agency", "agency_name", "quarter", "state", "due_on", "overdue", "entry", "rows")
LEDGER_HEADS = (
    "entry",
    "received_utc",
    "return",
    "agency",
    "quarter",
    "status",
    "kind",
    "reason",
    "replaces",
    "rows",
    "file",
    "sent_by",
    "sha256",
)
_OF_THE_LEDGER = "ledger of this store"


def standing_table(overview: Sequence[Sequence[Standing]]) -> FileTable:
    """One row for each return, agency and quarter of the calendar that is asked for; no entry is ""."""
    asked = [one for row in overview for one in row if one.state != "not asked"]
    return FileTable(
        name="returns",
        caption="Each return for the last eight quarters",
        period=days_of([one.quarter for one in overview[0]]),
        heads=STANDING_HEADS,
        rows=tuple(_standing(one) for one in asked),
    )


def _standing(one: Standing) -> Row:
    entry = one.entry
    return (
        return_named(one.duty.dataset).about.title,
        one.duty.agency.code,
        one.duty.agency.name,
        str(one.quarter),
        STATES[one.state][1],
        one.due_on,
        "yes" if one.overdue else "",
        entry.id if entry else "",
        entry.records if entry else "",
    )


def ledger_table(entries: Iterable[Submission]) -> FileTable:
    """Every entry, the latest first."""
    found = sorted(entries, key=lambda entry: -entry.id)
    days = [entry.recorded_at.date() for entry in found]
    return FileTable(
        name="ledger",
        caption="The ledger of returns",
        period=f"{min(days):%d/%m/%Y} to {max(days):%d/%m/%Y}" if days else "",
        heads=LEDGER_HEADS,
        rows=tuple(_entry(one) for one in found),
        source=_OF_THE_LEDGER,
    )


def _entry(one: Submission) -> Row:
    slot = one.slot
    return (
        one.id,
        f"{one.recorded_at:%Y-%m-%d %H:%M}",
        return_named(slot.dataset).about.title,
        slot.agency,
        str(slot.quarter),
        one.status,
        one.kind,
        one.reason,
        "" if one.replaces is None else one.replaces,
        one.records,
        one.file_name,
        one.sent_by,
        one.sha256,
    )
