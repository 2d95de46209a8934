"""Sending a return: checked, kept, stored in one transaction, entered in the ledger, receipted.

All or nothing: a return with any blocking finding leaves the facts as they were. Sending the same
file to the same slot again changes nothing, so a sender who saw no receipt may simply send again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PureWindowsPath
from typing import Literal

import duckdb
import numpy as np

from dataset import ledger, schema
from dataset.access.noting import acts
from dataset.addressing import slot_findings
from dataset.checking import SIZE_LIMIT, Checked, Finding
from dataset.checking.findings import shown
from dataset.checking.scanning import Positions
from dataset.checking.staging import STAGED
from dataset.entering import entering
from dataset.ledger import Slot, Submission
from dataset.plausibility import explained, queries
from dataset.quarter import Quarter
from dataset.staged import staged
from dataset.store import Reading, Store
from dataset.table import DaysIntoQuarter, DaysToQuarterEnd, Derived, ReturnType, WorkingDaysBetween
from dataset.tables import return_named
from dataset.working_days import bank_holidays

Result = Literal["accepted", "rejected", "unchanged"]


@dataclass(frozen=True)
class Answer:
    """What became of a sending: `entry` is its ledger entry (for "unchanged", the earlier one)."""

    result: Result
    entry: Submission
    findings: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> bool:
        return self.result != "rejected"


def _slot_words(slot: Slot, *_: object, **__: object) -> str:
    return f"{slot.dataset} {slot.agency} {slot.quarter}"


def _slot_agency(slot: Slot, *_: object, **__: object) -> str:
    return slot.agency


@acts("send", "a return", _slot_words, _slot_agency)
def send(
    store: Store,
    slot: Slot,
    raw: bytes,
    *,
    sent_by: str,
    file_name: str,
    reason: str = "",
    reasons: Mapping[str, str] | None = None,
    size_limit: int = SIZE_LIMIT,
    known: Checked | None = None,
) -> Answer:
    """Send a file to a slot. A slot that is taken needs a `reason`: the file then restates it.

    A sound file that raises queries is stored only when `reasons` has one for each, by its `query_key`. `known` is a
    check of the file itself: where it is of these very bytes for this slot its cells are not judged again. What
    depends on the store (who counts, what to ask) is always worked out anew.
    """
    table = return_named(slot.dataset)
    entry = draft(store, slot, raw, sent_by=sent_by, file_name=file_name, reason=reason)
    address = slot_findings(slot, store.area, sent_by, entry.recorded_at.date())
    taken = store.reading().counting.get(slot)
    if taken and taken.kind != "nil" and taken.sha256 == entry.sha256:
        return Answer("unchanged", taken)
    if elsewhere := sent_elsewhere(store.reading(), slot, entry.sha256):
        with store.cursor() as cursor:
            return _refuse(store, cursor, entry, (elsewhere,))
    with staged(store, slot, raw, known=known, size_limit=size_limit) as rows:
        cursor, checked = rows.cursor, rows.checked
        entry = described(entry, checked)
        checked = replace(checked, findings=(*address, *checked.findings))
        if not checked.accepted:
            return _refuse(store, cursor, entry, checked.findings)
        asked = queries(store.reading(), slot, table, checked, cursor)
        findings = (*asked, *checked.findings)
        explanations = explained(asked, reasons or {})
        if explanations is None:
            return _refuse(store, cursor, entry, findings)
        entry = replace(entry, explanations=explanations)
        return _enter(store, cursor, entry, findings, table, checked, raw)


@acts("send", "a nil return", _slot_words, _slot_agency)
def send_nil(store: Store, slot: Slot, *, sent_by: str, reason: str) -> Answer:
    """Say that there is nothing to report for a slot: a submission of its own, not an empty file.

    It needs a reason. Rows that were accepted for the slot are never hidden by a nil return.
    """
    return_named(slot.dataset)
    entry = replace(draft(store, slot, b"", sent_by=sent_by, file_name="", reason=reason), kind="nil")
    findings = slot_findings(slot, store.area, sent_by, entry.recorded_at.date())
    if not entry.reason:
        findings += (Finding("error", "REASON_MISSING", "A nil return needs a reason.", fix="Say why in a few words."),)
    taken = store.reading().counting.get(slot)
    if taken and taken.kind == "nil":
        return Answer("unchanged", taken)
    if taken:
        findings += (_taken(taken),)
    with store.cursor() as cursor:
        if any(finding.blocks for finding in findings):
            return _refuse(store, cursor, entry, findings)
        return _enter(store, cursor, entry, findings)


def draft(store: Store, slot: Slot, raw: bytes, *, sent_by: str, file_name: str, reason: str) -> Submission:
    """An entry as it is before it is checked: its number comes when it is entered."""
    return Submission(
        id=0,
        slot=slot,
        sha256=hashlib.sha256(raw).hexdigest(),
        file_name=shown(PureWindowsPath(file_name.replace("\x00", "")).name),
        bytes=len(raw),
        records=0,
        blank_records=0,
        encoding="",
        separator="",
        schema_version=schema.SCHEMA_VERSION,
        sent_by=shown(sent_by.strip()),
        recorded_at=store.clock(),
        status="accepted",
        kind="return",
        reason=reason.strip().encode("utf-8", "replace").decode(),
    )


def described(entry: Submission, checked: Checked) -> Submission:
    """The entry with what the check found out about its file."""
    if checked.structure is None:
        return replace(entry, encoding=checked.encoding)
    structure = checked.structure
    return replace(
        entry,
        records=structure.records,
        blank_records=structure.blank_records,
        encoding=checked.encoding,
        separator=structure.separator,
    )


def sent_elsewhere(reading: Reading, slot: Slot, sha256: str) -> Finding | None:
    """What to say when the same bytes count already for another agency or quarter of the return."""
    # A return without dates may well be the same in two years.
    if return_named(slot.dataset).period is None:
        return None
    for other, entry in reading.counting.items():
        if other != slot and other.dataset == slot.dataset and entry.sha256 == sha256 and entry.kind != "nil":
            message = f"The same file was received for {other.agency}, {other.quarter} on {entry.recorded_at:%d/%m/%Y}."
            fix = "Choose the file that belongs to this agency and quarter."
            return Finding("error", "SAME_FILE_OTHER_RETURN", message, fix=fix)
    return None


def _refuse(
    store: Store, cursor: duckdb.DuckDBPyConnection, entry: Submission, findings: tuple[Finding, ...]
) -> Answer:
    """Enter the refusal in the ledger: nothing sent is forgotten, but refused rows are not stored."""
    return _enter(store, cursor, replace(entry, status="rejected"), findings)


def _enter(
    store: Store,
    cursor: duckdb.DuckDBPyConnection,
    entry: Submission,
    findings: tuple[Finding, ...],
    table: ReturnType | None = None,
    checked: Checked | None = None,
    raw: bytes = b"",
) -> Answer:
    with entering(store, cursor) as under_way:
        taken = ledger.current(under_way.entries).get(entry.slot)
        if entry.status == "accepted" and taken:
            if not entry.reason or entry.kind == "nil":
                entry = replace(entry, status="rejected", explanations=())
                findings, table = (*findings, _taken(taken)), None
            else:
                entry = replace(entry, kind="restatement", replaces=taken.id)
        if table is not None:  # Of a refused file nothing stays but its entry in the ledger.
            store.keeping.keep_file(raw, entry.sha256)
        entry = under_way.add(entry)
        if table is not None and checked is not None and checked.structure is not None:
            insert_facts(cursor, entry, table, checked)
    return Answer("rejected" if entry.status == "rejected" else "accepted", entry, findings)


def _taken(taken: Submission) -> Finding:
    message = (
        f"{taken.slot.agency} has already sent {taken.slot.dataset} for {taken.slot.quarter}: entry {taken.id}, "
        f"{_held(taken)}, on {taken.recorded_at:%d/%m/%Y} by {taken.sent_by}."
    )
    fix = "If the new file corrects it, give a reason and send it as a restatement; both readings are kept."
    return Finding("error", "SLOT_TAKEN", message, fix=fix)


def _held(entry: Submission) -> str:
    if entry.kind == "nil":
        return "a nil return"
    return "1 row" if entry.records == 1 else f"{entry.records:,} rows"


def insert_facts(cursor: duckdb.DuckDBPyConnection, entry: Submission, table: ReturnType, checked: Checked) -> None:
    """The staged rows as facts; a fact's record is its row in the sender's file."""
    structure = checked.structure
    assert structure is not None
    cells = ", ".join(table.stored())
    names = ", ".join(["submission", "record", "quarter", cells, *(d.name for d in table.derived)])
    derived = "".join(f", {_derived_sql(d, entry.slot.quarter)}" for d in table.derived)
    row_of, source = _row_of(cursor, structure.rows)
    cursor.execute(
        f"INSERT INTO {schema.facts_table(table)} ({names}) "
        f"SELECT {entry.id}, {row_of}, {entry.slot.quarter.id}, {cells}{derived} FROM {source}"
    )


def _row_of(cursor: duckdb.DuckDBPyConnection, rows: Positions) -> tuple[str, str]:
    """SQL for the Excel row of a staged record, and where to select it from: a sum, or a look-up where rows were blank."""
    # One step for each run of rows that stand together; without blank rows there is but one.
    starts = np.flatnonzero(np.diff(rows, prepend=-1) != 1)
    if len(starts) == 1:
        return f"rowid + {rows[0]}", STAGED
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE row_steps AS SELECT unnest($1::BIGINT[]) AS first_record, unnest($2::BIGINT[]) AS shift",
        [starts.tolist(), (rows[starts] - starts).tolist()],
    )
    return f"{STAGED}.rowid + shift", f"{STAGED} ASOF JOIN row_steps ON {STAGED}.rowid >= first_record"


def _derived_sql(derived: Derived, quarter: Quarter) -> str:
    if isinstance(derived, DaysIntoQuarter):
        return f"date_diff('day', DATE '{quarter.start}', {derived.day})"
    if isinstance(derived, DaysToQuarterEnd):
        return f"date_diff('day', {derived.day}, DATE '{quarter.end}')"
    return _working_days_sql(derived)


def _working_days_sql(derived: WorkingDaysBetween) -> str:
    """Working days after `start` up to and with `end`: weekdays by arithmetic, less England's bank holidays.

    1 January 1990 was a Monday; n days later, 5·⌊n/7⌋ + min(n mod 7 + 1, 5) weekdays have passed.
    """

    def weekdays(day: str) -> str:
        days = f"date_diff('day', DATE '1990-01-01', {day})"
        return f"(5 * ({days} // 7) + least({days} % 7 + 1, 5))"

    years = range(1995, 2046)
    listed = ", ".join(f"DATE '{day}'" for year in years for day in sorted(bank_holidays(year)) if day.weekday() < 5)
    holidays = f"len(list_filter([{listed}], lambda d: d > {derived.start} AND d <= {derived.end}))"
    return f"{weekdays(derived.end)} - {weekdays(derived.start)} - {holidays}"
