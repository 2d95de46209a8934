"""Stage 7: what is no fault but would make a careful reader ask.

A return that raises a query is stored only with a reason, and the reason is shown with the figure. The
thresholds are loose on purpose: a query about an ordinary return would teach people to write "checked".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from dataset import schema
from dataset.checking import Checked, Finding
from dataset.checking.staging import STAGED
from dataset.checking.structure import Structure
from dataset.columns import OneOf, sql_list
from dataset.counts.asking import counts_queries
from dataset.ledger import Explanation, Slot, Submission
from dataset.quarter import Quarter
from dataset.store import Reading
from dataset.table import ReturnType
from dataset.tables.agency_counts import AgencyCount

# A quarter is compared with the mean of up to a year before it: so a season weighs as much as its year does.
EARLIER_RETURNS = 4
# Three times as many rows, or a third: real quarters of the partnership differ by less than a half.
TIMES_AS_MANY = 3
# Of few rows, three times as many is chance.
ROWS_APART = 30

UNKNOWN_WORDS = ("Not Known", "Don't Know", "Not Recorded")
# From 20 rows on, half of them unknown is how the data were recorded, not chance.
UNKNOWN_ROWS = 20
UNKNOWN_SHARE = (1, 2)

# Rows that all bear one day usually bear the day they were entered.
ONE_DAY_ROWS = 20
ONE_DAY_SHARE = (9, 10)

KEYS_NAMED = 3

FIX = "Correct the file, or give the reason: it is shown with the figure."


def queries(
    reading: Reading, slot: Slot, table: ReturnType, checked: Checked, cursor: duckdb.DuckDBPyConnection
) -> tuple[Finding, ...]:
    """What to ask about the rows that are staged on `cursor`; nothing of a file that is refused anyway.

    `reading` is what the return is compared with: the other quarters of the same agency.
    """
    structure = checked.structure
    if structure is None or not checked.accepted:
        return ()
    others = {
        other.quarter: entry
        for other, entry in sorted(reading.returned(slot.dataset).items())
        if (other.area, other.agency) == (slot.area, slot.agency) and other.quarter != slot.quarter
    }
    if table is AgencyCount:
        sent = set(AgencyCount.columns()) <= set(structure.headings)
        return counts_queries(slot, STAGED, cursor) if sent else ()
    return (
        *_rows_unusual(structure.records, [e for quarter, e in others.items() if quarter < slot.quarter]),
        *_share_unknown(table, structure, cursor),
        *_keys_seen_before(table, structure, others, cursor),
        *_dates_on_one_day(table, structure, cursor),
    )


def query_key(finding: Finding) -> str:
    """What a reason is given under: "CODE", or "CODE:column" where the query is about a column."""
    return f"{finding.code}:{finding.column}" if finding.column else finding.code


def explained(asked: Iterable[Finding], reasons: Mapping[str, str]) -> tuple[Explanation, ...] | None:
    """Each query with the reason given for it, as one line of text; None while one of them has no reason."""
    found = []
    for query in asked:
        reason = " ".join(reasons.get(query_key(query), "").encode("utf-8", "replace").decode().split())
        if not reason:
            return None
        found.append(Explanation(query.code, query.column or "", query.message, reason))
    return tuple(sorted(found, key=lambda one: (one.code, one.column)))


def _query(code: str, message: str, expected: str, column: str | None = None, value: str | None = None) -> Finding:
    return Finding("query", code, message, None, column, value, expected, FIX)


def _at_least(part: int, whole: int, share: tuple[int, int]) -> bool:
    """In whole numbers, so that exactly half is half."""
    return part * share[1] >= whole * share[0]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%"


def _rows_unusual(records: int, before: list[Submission]) -> list[Finding]:
    """`before` are the returns of earlier quarters, oldest first; a nil return had no rows."""
    compared = before[-EARLIER_RETURNS:]
    if not compared:
        return []
    total, count = sum(entry.records for entry in compared), len(compared)
    many = records * count >= TIMES_AS_MANY * total
    few = TIMES_AS_MANY * records * count <= total
    if not (many or few) or abs(records * count - total) < ROWS_APART * count:
        return []
    figures = ", ".join(f"{entry.records:,} in {entry.slot.quarter}" for entry in compared)
    message = f"The return has {_rows(records)}; those before it had {total / count:,.4g} on average ({figures})."
    expected = f"fewer than {TIMES_AS_MANY} times and more than a third of the rows before"
    return [_query("ROWS_UNUSUAL", message, expected)]


def _rows(number: int) -> str:
    return f"{number:,} row" if number == 1 else f"{number:,} rows"


def _share_unknown(table: ReturnType, structure: Structure, cursor: duckdb.DuckDBPyConnection) -> list[Finding]:
    """A query for every column of one word a cell that says nothing in half of the rows."""
    words = {
        name: known
        for name, column in structure.present(table.columns()).items()
        if isinstance(column, OneOf) and (known := tuple(w for w in column.codes.values if w in UNKNOWN_WORDS))
    }
    if structure.records < UNKNOWN_ROWS or not words:
        return []
    counts = ", ".join(f"count(*) FILTER ({name} IN {sql_list(known)})" for name, known in words.items())
    row = cursor.execute(f"SELECT {counts} FROM {STAGED}").fetchone()
    assert row is not None
    findings = []
    for (name, known), unknown in zip(words.items(), row, strict=True):
        if _at_least(unknown, structure.records, UNKNOWN_SHARE):
            said = " or ".join(f"“{word}”" for word in known)
            message = (
                f"{structure.headings[name]} is {said} in {unknown:,} of {_rows(structure.records)} "
                f"({_percent(unknown, structure.records)})."
            )
            findings.append(
                _query("SHARE_UNKNOWN", message, "known in more than half of the rows", _at(structure, name))
            )
    return findings


def _at(structure: Structure, *names: str) -> str:
    return " + ".join(structure.headings[name] for name in names)


def _keys_seen_before(
    table: ReturnType, structure: Structure, others: Mapping[Quarter, Submission], cursor: duckdb.DuckDBPyConnection
) -> list[Finding]:
    """A case belongs to the quarter of its date, so its reference in two quarters is an old row or a reference used twice.

    The message tells how many and where; the references themselves are the query's value, for the sender
    only: the message is shown with the figure.
    """
    entries = [str(entry.id) for entry in others.values() if entry.kind != "nil"]
    if table.period is None or not entries or not set(table.key) <= set(structure.headings):
        return []
    # The words of a code list are of one type in the store and of another where they are staged.
    same = " AND ".join(f"CAST(facts.{name} AS VARCHAR) = CAST(staged.{name} AS VARCHAR)" for name in table.key)
    keys = ", ".join(f"staged.{name}" for name in table.key)
    again = (
        f"SELECT staged.rowid AS place, max(facts.quarter) AS latest, concat_ws(' + ', {keys}) AS reference "
        f"FROM {STAGED} AS staged JOIN {schema.facts_table(table)} AS facts ON {same} "
        f"WHERE facts.submission IN ({', '.join(entries)}) GROUP BY ALL"
    )
    row = cursor.execute(f"SELECT count(*), list(DISTINCT latest ORDER BY latest) FROM ({again}) AS again").fetchone()
    assert row is not None
    seen, quarters = row
    if not seen:
        return []
    first = cursor.execute(
        f"SELECT reference, latest FROM ({again}) AS again ORDER BY place LIMIT {KEYS_NAMED}"
    ).fetchall()
    named = ", ".join(f"{reference} ({Quarter.from_id(latest)})" for reference, latest in first)
    column = _at(structure, *table.key)
    where = ", ".join(str(Quarter.from_id(quarter)) for quarter in quarters[-KEYS_NAMED:])
    message = (
        f"{seen:,} of {_rows(structure.records)} ({_percent(seen, structure.records)}) bear a {column} that stands "
        f"already in the return of another quarter ({where})."
    )
    return [_query("KEYS_SEEN_BEFORE", message, "references that no other quarter has", column, named)]


def _dates_on_one_day(table: ReturnType, structure: Structure, cursor: duckdb.DuckDBPyConnection) -> list[Finding]:
    if table.period is None or table.period not in structure.headings or structure.records < ONE_DAY_ROWS:
        return []
    row = cursor.execute(
        f"SELECT {table.period}, count(*) FROM {STAGED} GROUP BY ALL ORDER BY count(*) DESC, {table.period} LIMIT 1"
    ).fetchone()
    assert row is not None
    day, count = row
    if not _at_least(count, structure.records, ONE_DAY_SHARE):
        return []
    column = _at(structure, table.period)
    message = (
        f"{column} is {day:%d/%m/%Y} in {count:,} of {_rows(structure.records)} ({_percent(count, structure.records)})."
    )
    return [_query("DATES_ON_ONE_DAY", message, "the day of each case itself, not the day of entry", column)]
