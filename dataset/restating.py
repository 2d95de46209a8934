"""What a new file would change, before it is sent: its rows against those that count, and a rehearsal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypeVar

import duckdb

from dataset import ledger, schema
from dataset.checking import Checked
from dataset.checking.staging import STAGED
from dataset.columns import AnyOf, OneOf
from dataset.intake import described, draft, insert_facts
from dataset.ledger import Slot, Submission
from dataset.staged import staged
from dataset.store import Reading, Store
from dataset.table import ReturnType
from dataset.tables import return_named

T = TypeVar("T")
Change = Literal["added", "removed", "changed"]
EXAMPLES = 20
# No store has this version: what is worked out in a rehearsal must never be found again as what is.
_REHEARSED = -1


@dataclass(frozen=True)
class RowChange:
    """One row that differs: its key, and the cells that do as (column, before, after), "" for blank or none."""

    kind: Change
    key: str
    columns: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Comparison:
    """Rows of a new file against those that count: added + changed + same are the new rows, removed + changed
    + same the old ones. The examples are at most twenty, of each kind as evenly as may be, in the order of the rows."""

    added: int
    removed: int
    changed: int
    same: int
    examples: tuple[RowChange, ...]


def compare(store: Store, slot: Slot, raw: bytes) -> Comparison | None:
    """A file against what counts for its slot, rows matched by the return's key.

    None when nothing counts there or the file does not pass the checks. Nothing is stored.
    """
    counting = store.reading().counting.get(slot)
    if counting is None:
        return None
    table = return_named(slot.dataset)
    with staged(store, slot, raw) as rows:
        if not rows.checked.accepted:
            return None
        cursor = rows.cursor
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE matched AS {_matched_sql(table, counting)}")
        kinds = dict(cursor.execute("SELECT _became, count(*) FROM matched GROUP BY _became").fetchall())
        examples = cursor.execute(_examples_sql(table, counting)).fetchall()
        added, removed, changed, same = (kinds.get(kind, 0) for kind in ("added", "removed", "changed", "same"))
        return Comparison(added, removed, changed, same, tuple(_row_change(table, row) for row in examples))


def rehearse(store: Store, slot: Slot, raw: bytes, look: Callable[[Reading], T]) -> T | None:
    """What `look` sees in the store as it would be had the file been sent; None when it does not pass the checks.

    All happens in one transaction that is always undone: other readers see nothing of it and senders do
    not wait. The reading holds only as long as `look` runs.
    """
    with staged(store, slot, raw) as rows:
        cursor, checked = rows.cursor, rows.checked
        if not checked.accepted:
            return None
        # Staged before it begins: a table's rows are numbered otherwise in the transaction that makes it.
        held = store.entries()
        cursor.execute("BEGIN")
        try:
            entries = store.entries_seen_by(cursor, held)
            entry = _next(store, slot, raw, checked, entries)
            insert_facts(cursor, entry, return_named(slot.dataset), checked)
            return look(_reading(store, (*entries, entry), cursor))
        finally:
            cursor.execute("ROLLBACK")


def unrehearsed(reading: Reading) -> Reading:
    """The store as it is, in the transaction of a rehearsal: what the rehearsed entry is to be compared with."""
    assert reading.within is not None
    return _reading(reading.store, reading.entries[:-1], reading.within)


def _reading(store: Store, entries: tuple[Submission, ...], cursor: duckdb.DuckDBPyConnection) -> Reading:
    last = max((entry.id for entry in entries), default=0)
    return Reading(store, entries, ledger.current(entries), last, _REHEARSED, None, cursor)


def _next(store: Store, slot: Slot, raw: bytes, checked: Checked, entries: tuple[Submission, ...]) -> Submission:
    """The entry the file would get."""
    entry = described(draft(store, slot, raw, sent_by="", file_name="", reason=""), checked)
    taken = ledger.current(entries).get(slot)
    number = max((e.id for e in entries), default=0) + 1
    entry = replace(entry, id=number, recorded_at=store.next_moment(entries))
    return replace(entry, kind="restatement", replaces=taken.id) if taken else entry


def _matched_sql(table: ReturnType, counting: Submission) -> str:
    """A SELECT of each row of both sides: what became of it, its record before, its place in the new file.

    No column of a return begins with an underscore, so these names are never taken for one.
    """
    both = " AND ".join(f"before.{name} = after.{name}" for name in table.key)
    cells = [name for name in table.stored() if name not in table.key]
    differs = " OR ".join(f"before.{name} IS DISTINCT FROM after.{name}" for name in cells)
    return (
        "SELECT CASE WHEN before._record IS NULL THEN 'added' WHEN after._place IS NULL THEN 'removed' "
        f"WHEN {differs} THEN 'changed' ELSE 'same' END AS _became, before._record, after._place "
        f"FROM {_before(table, counting)} AS before FULL JOIN {_after(table)} AS after ON {both}"
    )


def _examples_sql(table: ReturnType, counting: Submission) -> str:
    """A SELECT of the examples: what became of the row, then every cell before, then every cell after."""
    names = list(table.stored())
    cells = ", ".join(f"{side}.{name}" for side in ("before", "after") for name in names)
    ranked = (
        "SELECT *, row_number() OVER (PARTITION BY _became ORDER BY coalesce(_record, _place), _place) AS _turn "
        "FROM matched WHERE _became <> 'same'"
    )
    return (
        f"SELECT _became, {cells} FROM (SELECT * FROM ({ranked}) ORDER BY _turn, _became LIMIT {EXAMPLES}) AS shown "
        f"LEFT JOIN {_before(table, counting)} AS before ON shown._record = before._record "
        f"LEFT JOIN {_after(table)} AS after ON shown._place = after._place ORDER BY _became, _turn"
    )


def _before(table: ReturnType, counting: Submission) -> str:
    source = f"{schema.facts_table(table)} WHERE submission = {counting.id}"
    return f"(SELECT record AS _record, {_comparable(table)} FROM {source})"


def _after(table: ReturnType) -> str:
    return f"(SELECT rowid AS _place, {_comparable(table)} FROM {STAGED})"


def _comparable(table: ReturnType) -> str:
    """The cells in a form both sides share: words as text, several words in one order, as theirs means nothing."""
    return ", ".join(
        f"list_sort(CAST({name} AS VARCHAR[])) AS {name}"
        if isinstance(column, AnyOf)
        else f"CAST({name} AS VARCHAR) AS {name}"
        if isinstance(column, OneOf)
        else name
        for name, column in table.stored().items()
    )


def _row_change(table: ReturnType, row: tuple[Any, ...]) -> RowChange:
    kind, *cells = row
    names = list(table.stored())
    before, after = (dict(zip(names, side, strict=True)) for side in (cells[: len(names)], cells[len(names) :]))
    known = before if kind != "added" else after
    differing = [name for name in names if name not in table.key and before[name] != after[name]]
    return RowChange(
        kind,
        " + ".join(_shown(known[name]) for name in table.key),
        tuple((name, _shown(before[name]), _shown(after[name])) for name in differing),
    )


def _shown(cell: Any) -> str:
    """A cell as a sender would write it."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return "; ".join(cell) if isinstance(cell, list) else str(cell)
