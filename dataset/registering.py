"""Entering, changing and removing items of a register; every version is kept for ever.

A row is read exactly as a row of a return is: cell by cell, then the rules. A whole spreadsheet is taken or nothing of it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

import duckdb

from dataset.access.acting import actor_now
from dataset.access.noting import allow, note
from dataset.access.roles import can
from dataset.checking import Finding, check
from dataset.checking.findings import shown
from dataset.columns import Column, Misread, clean
from dataset.commentary import as_text, faults_of_part
from dataset.mending import own_rows
from dataset.quarter import Quarter
from dataset.register import Item, Register
from dataset.register_entry import RegisterEntry, as_cells
from dataset.store import Reading, Store
from dataset.version import latest
from dataset.versions import Same, enter, enter_all, known

LONGEST_REASON = 400
_ARMED = re.compile(r"'*[=+\-@\t\r]")
_NO_CHARACTERS = "\ufffe\uffff"  # no text has them, and no workbook can hold them

Result = Literal["accepted", "rejected", "unchanged"]


@dataclass(frozen=True)
class Answer:
    """What became of an item: its version that counts now (for "rejected", None), what was found, and the version
    that somebody else wrote while this one was being written."""

    result: Result
    entry: RegisterEntry | None
    findings: tuple[Finding, ...] = ()
    meanwhile: RegisterEntry | None = None

    @property
    def sentence(self) -> str:
        """What to tell the writer of one that was not refused."""
        assert self.entry is not None
        if self.result == "unchanged":
            return f"{self.entry.item} says this already; nothing has changed."
        if self.entry.removed:
            return f"{self.entry.item} is removed from the list; its history stays."
        if self.meanwhile is not None:
            return (
                f"{self.entry.item} is stored. While you were writing, {self.meanwhile.written_by} had changed it too: see "
                "its history, and write again if something of that version should stay."
            )
        return f"{self.entry.item} is stored."


@dataclass(frozen=True)
class Imported:
    """What became of a spreadsheet: references of the items that are new, changed and the same; findings when refused."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> bool:
        return not any(finding.blocks for finding in self.findings)

    @property
    def sentence(self) -> str:
        return f"{len(self.added)} new, {len(self.changed)} changed, {self.same} as they were."


def items(source: Reading | Store, register: Register, as_at: datetime | None = None) -> tuple[Item, ...]:
    """Every item that is not removed, in the order of its reference, as it stood at a moment."""
    return of_register(known(RegisterEntry, source, as_at), register)


def of_register(versions: Iterable[RegisterEntry], register: Register) -> tuple[Item, ...]:
    """The items of one register among versions of all."""
    found: dict[str, list[RegisterEntry]] = {}
    for one in versions:
        if one.register_name == register.name:
            found.setdefault(one.item, []).append(one)
    kept = [Item(register, tuple(every)) for every in found.values() if not every[-1].removed]
    return tuple(sorted(kept, key=lambda item: _in_order(item.reference)))


def _in_order(reference: str) -> list[tuple[int, str]]:
    """1.b before 1.c, CH-9 before CH-10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", reference)]


def next_reference(register: Register, taken: Iterable[str]) -> str:
    """The reference after the highest one given so far, such as CH-0007."""
    numbers = [int(m[1]) for one in taken if (m := re.fullmatch(rf"{re.escape(register.prefix)}-(\d+)", one))]
    return f"{register.prefix}-{max(numbers, default=0) + 1:04}"


def save(
    store: Store,
    register: Register,
    row: Mapping[str, str],
    *,
    written_by: str,
    reason: str = "",
    knowing: int | None = None,
) -> Answer:
    """Store a row as the current version of its item, or say everything that is wrong; a row without a reference is
    a new item. A change needs a reason. `knowing` is the version the writer had before them, None for a new item.
    """
    held = latest(known(RegisterEntry, store))
    told = _tidy(register, row)
    is_given = not register.prefix or bool(told[register.table.key[0]])
    if not is_given:
        told[register.table.key[0]] = next_reference(register, _taken(register, held.values()))
    draft = _draft(store, register, told, written_by, reason)
    before = held.get(draft.about)
    is_anew = before is None or (before.removed and knowing is None)
    _let(store, register, None if is_anew or not isinstance(before, RegisterEntry) else before, told)
    findings = [*row_findings(register, told), *_faults(draft, is_change=not is_anew)]
    if findings:
        return Answer("rejected", None, tuple(findings))
    if not is_given:
        return Answer("accepted", _enter_under_next_reference(store, register, draft))
    with suppress(Same):
        entered, replaced = enter(store, draft, lambda one: (one.cells, one.removed) == (draft.cells, False))
        overtaken = replaced is not None and replaced.id != knowing and not (replaced.removed and knowing is None)
        return Answer("accepted", entered, meanwhile=replaced if overtaken else None)
    return Answer("unchanged", before)


def _taken(register: Register, versions: Iterable[RegisterEntry]) -> list[str]:
    """Every reference that was ever given in a register, removed ones too."""
    return [one.item for one in versions if one.register_name == register.name]


def _enter_under_next_reference(store: Store, register: Register, draft: RegisterEntry) -> RegisterEntry:
    """Enter a new item under a reference given inside the transaction: of two entered at once neither covers the other."""

    def numbered(cursor: duckdb.DuckDBPyConnection) -> dict[str, Any]:
        given = next_reference(register, _taken(register, RegisterEntry.read(cursor)))
        return {"item": given, "cells": as_cells(draft.row | {register.table.key[0]: given})}

    return enter(store, replace(draft, item=""), lambda one: False, numbered)[0]


def _let(store: Store, register: Register, before: RegisterEntry | None, told: Mapping[str, str]) -> None:
    """Let those write who keep the registers, and an agency answer in an item that is and stays its own. Raises
    NotAllowed."""
    what, actor = f"an item: {register.name} {register.reference(told)}", actor_now()
    own = before.row.get(register.owner, "") if before else ""
    if own and own == told.get(register.owner) and not can(actor, "keep_registers"):
        allow(store, "answer", what, own)
    else:
        allow(store, "keep_registers", what)
    note(store, "keep_registers", what)


def remove(
    store: Store, register: Register, reference: str, *, written_by: str, reason: str, knowing: int | None = None
) -> Answer:
    """Take an item that was entered by mistake off the list; it stays in the history. `knowing` is the version that the
    writer had before them; where somebody has changed it since, nothing is removed."""
    allow(store, "keep_registers", f"remove an item: {register.name} {shown(reference)}")
    found = next((one for one in items(store, register) if one.reference == reference), None)
    if found is None:
        return Answer(
            "rejected", None, (_error("NO_SUCH_ITEM", f"There is no {shown(reference)}.", "Choose one listed."),)
        )
    draft = replace(_draft(store, register, found.row, written_by, reason), removed=True)
    findings = _faults(draft, is_change=True)
    if knowing is not None and found.now.id != knowing:
        message = f"{found.now.written_by} changed {reference} on {found.now.written_at:%d/%m/%Y at %H:%M} UTC."
        findings.append(_error("CHANGED_MEANWHILE", message, "Read what it says now, then remove it if it should go."))
    if findings:
        return Answer("rejected", None, tuple(findings))
    note(store, "keep_registers", f"remove an item: {register.name} {reference}")
    return Answer("accepted", enter(store, draft, lambda one: False)[0])


def take_in(
    store: Store, register: Register, raw: bytes, *, written_by: str, reason: str = "Taken in from a spreadsheet"
) -> Imported:
    """A spreadsheet (CSV or .xlsx) as items: new ones are added, known ones changed, none removed. All or nothing."""
    allow(store, "keep_registers", f"a spreadsheet: {register.name}")
    rows, findings = read_sheet(register, raw, Quarter.of(store.clock().date()))
    findings += [one for one in _faults(_draft(store, register, {}, written_by, reason), is_change=True) if one.blocks]
    if any(finding.blocks for finding in findings):
        return Imported(findings=tuple(findings))
    held = latest(known(RegisterEntry, store))
    drafts = [_draft(store, register, row, written_by, reason) for row in rows]
    changed = [one for one in drafts if (now := held.get(one.about)) is None or _differs(now, one)]
    enter_all(store, changed)
    note(store, "keep_registers", f"a spreadsheet: {register.name}, {len(changed)} items")
    listed = {about for about, one in held.items() if not one.removed}
    new = [one.item for one in changed if one.about not in listed]
    rest = [one.item for one in changed if one.about in listed]
    return Imported(tuple(new), tuple(rest), len(drafts) - len(changed), tuple(findings))


def _differs(now: object, draft: RegisterEntry) -> bool:
    return not isinstance(now, RegisterEntry) or now.removed or now.row != draft.row


def read_sheet(register: Register, raw: bytes, quarter: Quarter) -> tuple[list[dict[str, str]], list[Finding]]:
    """The rows of a spreadsheet of this register, tidied, and everything that is wrong with it."""
    checked = check(raw, register.table, quarter)
    structure, found, rows = checked.structure, list(checked.findings), list[dict[str, str]]()
    names = [name for name in structure.columns if name] if structure else []
    if structure is None or set(names) != set(register.table.columns()):
        return [], found
    said = {(one.code, one.record, one.column) for one in found}
    for record, cells in own_rows(structure, structure.rows.tolist()):
        row = _tidy(register, dict(zip(names, map(as_written, cells), strict=True)))
        # The bulk check has found most already; what only a register's own reading finds is said beside it.
        found += [
            one
            for one in row_findings(register, row, record)
            if (one.code, record, structure.headings[str(one.column)]) not in said
        ]
        rows.append(row)
    return (rows if checked.accepted else []), found


def row_findings(register: Register, row: Mapping[str, str], record: int | None = None) -> list[Finding]:
    """Everything that is wrong with a row, cell by cell, then the rules over what could be read."""
    found, values = [], {}
    for name, column in register.table.columns().items():
        try:
            values[name] = column.read(row.get(name, ""))
        except Misread as said:
            value = None if said.code == "PERSONAL_DATA" else shown(row.get(name, ""))
            found.append(Finding("error", said.code, said.message, record, name, value, said.expected, said.fix))
    quarter = Quarter(2000, 1)  # no rule of a register asks for one
    for rule in register.table.rules:
        if set(rule.columns()) <= set(values) and rule.broken(values, quarter):
            cells = {name: shown(row.get(name, "")) for name in rule.columns()}
            message, fix = rule.message(cells, quarter), rule.fix(cells, quarter)
            found.append(
                Finding(
                    "error", rule.code, message, record, rule.column, cells[rule.column], rule.expected(quarter), fix
                )
            )
    return found


def as_csv(register: Register, found: Sequence[Item]) -> bytes:
    """The items as the CSV that `take_in` reads back without a change."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    names = list(register.table.columns())
    writer.writerow(names)
    writer.writerows([unarmed(item.cell(name)) for name in names] for item in found)
    return ("\ufeff" + text.getvalue()).encode()


def unarmed(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; `as_written` undoes it exactly."""
    return f"'{text}" if _ARMED.match(text) else text


def as_written(text: str) -> str:
    """What a cell said before `unarmed`."""
    return text[1:] if text.startswith("'") and _ARMED.match(text) else text


def _tidy(register: Register, row: Mapping[str, str]) -> dict[str, str]:
    """Every column's cell, cleaned as reading cleans it, each thing written in one way: without it 2025-04-14 would be
    another day than 14/04/2025, and a quarter spelt otherwise another item."""
    return {name: _in_one_way(column, as_text(row.get(name, ""))) for name, column in register.table.columns().items()}


def _in_one_way(column: Column, text: str) -> str:
    """A cell as its value is written; as it stands where it cannot be read."""
    cleaned = clean("".join(c for c in text if c not in _NO_CHARACTERS))
    try:
        value = column.read(cleaned)
    except Misread:
        return cleaned
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return "; ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def _draft(store: Store, register: Register, row: Mapping[str, str], written_by: str, reason: str) -> RegisterEntry:
    return RegisterEntry(
        id=0,
        area=store.area,
        register_name=register.name,
        item=register.reference(row),
        cells=as_cells(row),
        reason=" ".join(as_text(reason).split()),
        written_by=shown(written_by).strip(),
        written_at=store.clock(),
    )


def _faults(draft: RegisterEntry, *, is_change: bool) -> list[Finding]:
    found = []
    if is_change and not draft.reason:
        found.append(_error("REASON_MISSING", "No reason is given.", "Say in a few words what has changed, and why."))
    elif len(draft.reason) > LONGEST_REASON:
        message = f"The reason has {len(draft.reason):,} characters; {LONGEST_REASON} is the most."
        found.append(_error("REASON_TOO_LONG", message, "Shorten it."))
    elif draft.reason:
        found += faults_of_part("Reason", draft.reason)
    if not draft.written_by:
        found.append(_error("WRITER_MISSING", "Nobody is named as the writer.", "Write your role."))
    return found


def _error(code: str, message: str, fix: str) -> Finding:
    return Finding("error", code, message, fix=fix)
