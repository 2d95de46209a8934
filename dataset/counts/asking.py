"""What the intake asks about a return of counts: what is missing from it, what does not belong, what does not add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import duckdb

from dataset.checking import Finding
from dataset.counts.catalogue import MEASURES, measures_of
from dataset.counts.measure import WHOLE, CountMeasure
from dataset.ledger import Slot

_NAMED = 6
_FIX = "Correct the file, or give the reason: it is shown with the figure."


def counts_queries(slot: Slot, source: str, cursor: duckdb.DuckDBPyConnection) -> tuple[Finding, ...]:
    """Queries about the rows of `source`, an SQL relation with measure, breakdown and numerator."""
    rows = cursor.execute(
        f"SELECT CAST(measure AS VARCHAR), CAST(breakdown AS VARCHAR), numerator FROM {source}"
    ).fetchall()
    sent: dict[str, dict[str, int | None]] = {}
    for measure, part, numerator in rows:
        sent.setdefault(measure, {})[part] = numerator
    return (
        *_missing(slot, sent),
        *_of_others(slot, sent),
        *_not_adding_up(sent),
    )


Sent = dict[str, dict[str, int | None]]


def due(slot: Slot) -> tuple[CountMeasure, ...]:
    """The measures the slot's agency owes for the slot's quarter."""
    return tuple(m for m in measures_of(slot.agency) if m.is_due_in(slot.quarter.number))


def _missing(slot: Slot, sent: Sent) -> Iterator[Finding]:
    absent = [m.id for m in due(slot) if sent.get(m.id, {}).get(WHOLE) is None]
    if absent:
        yield _query(
            "MEASURES_MISSING",
            f"{_counted(absent)} that {slot.agency} reports {_has(absent)} no figure: {_some(absent)}.",
            "a row with breakdown “All” and a number for each measure of the template",
        )


def _of_others(slot: Slot, sent: Sent) -> Iterator[Finding]:
    foreign = sorted(set(sent) - {m.id for m in measures_of(slot.agency)})
    if foreign:
        yield _query(
            "MEASURES_OF_OTHERS",
            f"{_counted(foreign)} in this return {_has(foreign)} another owner and will not be counted: {_some(foreign)}.",
            f"measures that {slot.agency} reports",
        )


def _not_adding_up(sent: Sent) -> Iterator[Finding]:
    wrong = [m.id for m in MEASURES if m.parts and m.adds_up and not _adds_up(m.parts.values, sent.get(m.id, {}))]
    if wrong:
        yield _query(
            "PARTS_DO_NOT_ADD",
            f"The parts of {_counted(wrong)} do not add up to “{WHOLE}”: {_some(wrong)}.",
            f"parts whose sum is the number beside “{WHOLE}”",
        )


def _adds_up(words: Iterable[str], parts: dict[str, int | None]) -> bool:
    """A measure sent without its parts, or with a part that could not be counted, claims nothing."""
    whole, known = parts.get(WHOLE), [parts.get(word) for word in words]
    numbers = [number for number in known if number is not None]
    return whole is None or len(numbers) < len(known) or sum(numbers) == whole


def _query(code: str, message: str, expected: str) -> Finding:
    return Finding("query", code, message, None, "measure", None, expected, _FIX)


def _counted(ids: list[str]) -> str:
    return "1 measure" if len(ids) == 1 else f"{len(ids)} measures"


def _has(ids: list[str]) -> str:
    return "has" if len(ids) == 1 else "have"


def _some(ids: list[str]) -> str:
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more
