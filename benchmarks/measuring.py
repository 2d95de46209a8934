"""All indicators over all quarters against statements written by hand, one a return, and against pandas.

Goals: at most 1.3 times the hand-written statements at 10⁶ rows, no more statements than there are groups of
(return, kind, date, breakdown), ten times faster than pandas at 10⁶. Rows are shared by the returns as in the
demonstration (`filling.WEIGHTS`); agencies' counts come on top, as many as their catalogue has.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pandas as pd

from benchmarks.filling import filled_store
from dataset.store import Store
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.measuring import Cube, Series, measure

INDICATORS = all_indicators()
RETURNS = sorted({one.table.about.name for one in INDICATORS})
HANDWRITTEN = {name: (Path(__file__).parent / "handwritten" / f"{name}.sql").read_text("utf-8") for name in RETURNS}
# The conditions of these are plain enough for `_mask` to read.
WITH_PANDAS = ("maars_referrals", "safeguarding_concerns", "section_42_enquiries")

# Indicator → quarter → (numerator, denominator or None).
Counts = dict[str, dict[int, tuple[int, int | None]]]


def run(quick: bool) -> dict[str, Any]:
    """Ratios by number of rows."""
    sizes = (10_000, 1_000_000) if quick else (10_000, 1_000_000, 10_000_000)
    found: dict[str, Any] = {}
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            store = _CountingStore.open(Path(folder) / "store.duckdb", kind="demonstration")
            assert isinstance(store, _CountingStore)
            try:
                held = filled_store(store, rows)
                found[f"{rows:.0e} rows"] = {"rows held": sum(held.values())} | _compare(store, rows)
            finally:
                store.close()
    return found


class _CountingStore(Store):
    """A store that keeps every statement given to its engine."""

    statements: list[str]

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        with super().cursor() as cursor:
            yield _Noting(cursor, self.__dict__.setdefault("statements", []))


class _Noting:
    """A cursor that notes what it is asked to execute."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, statements: list[str]) -> None:
        self._cursor, self._statements = cursor, statements

    def execute(self, statement: str, *parameters: Any) -> duckdb.DuckDBPyConnection:
        self._statements.append(statement)
        return self._cursor.execute(statement, *parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)


def _compare(store: _CountingStore, rows: int) -> dict[str, Any]:
    reading = store.reading()

    def ours() -> Cube:
        return measure(reading, INDICATORS)

    def by_hand() -> dict[str, list[tuple[Any, ...]]]:
        with store.cursor() as cursor:
            return {name: cursor.execute(statement).fetchall() for name, statement in HANDWRITTEN.items()}

    counted = _counted_by_hand(by_hand())
    _see_that_they_agree(ours(), counted, everywhere=rows >= 1_000_000)
    result: dict[str, Any] = {"indicators": len(INDICATORS), "returns": len(RETURNS)}
    result |= {"numerators and denominators compared": _figures(counted)}
    result |= _statements(store, ours)
    mine, theirs = _interleaved(ours, by_hand, 9)
    result |= {
        "seconds": round(mine, 4),
        "handwritten seconds": round(theirs, 4),
        "of handwritten": round(mine / theirs, 3),
    }
    if rows == 1_000_000:
        some = [one for one in INDICATORS if one.table.about.name in WITH_PANDAS]
        mine, slow = _interleaved(lambda: measure(reading, some), _with_pandas(store, some), 3)
        result |= {"pandas indicators": len(some), "times faster than pandas": round(slow / mine, 1)}
    return result


def _statements(store: _CountingStore, ours: Callable[[], Cube]) -> dict[str, int]:
    """How many statements the engine ran for the whole cube, and how many groups it has. Raises AssertionError."""
    store.statements.clear()
    ours()
    ran, groups = len(store.statements), len({_group(one) for one in INDICATORS})
    if ran > groups:
        raise AssertionError(f"{ran} statements were run for {groups} groups of indicators")
    return {"statements": ran, "groups of return, kind, date and breakdown": groups}


def _group(indicator: Indicator) -> tuple[str, str, str | None, str]:
    """(return, kind, date, breakdown): things counted over a quarter or as they stand on its last day, the day that
    puts a row into a quarter, and no breakdown, because the cube holds whole figures."""
    kind = "during" if indicator.adds_over_quarters else "at the end"
    return indicator.table.about.name, kind, indicator.table.period, ""


def _interleaved(one: Callable[[], object], other: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Median CPU seconds of both, run by turns so that whatever slows the machine slows both."""
    first: list[float] = []
    second: list[float] = []
    for _ in range(repeats):
        for work, spent in ((one, first), (other, second)):
            start = time.process_time()
            work()
            spent.append(time.process_time() - start)
    return median(first), median(second)


def _counted_by_hand(found: Mapping[str, list[tuple[Any, ...]]]) -> Counts:
    counts: Counts = {}
    for name, rows in found.items():
        if name == "agency_counts":
            for quarter, indicator, k, n in rows:
                counts.setdefault(indicator, {})[quarter] = (k, n)
            continue
        columns = ["quarter", *re.findall(r" AS (\w+),?$", HANDWRITTEN[name], re.MULTILINE)]
        for indicator, within in _denominators(HANDWRITTEN[name]).items():
            k, n = columns.index(indicator), columns.index(within) if within else None
            counts[indicator] = {row[0]: (row[k], None if n is None else row[n]) for row in rows}
    return counts


def _denominators(statement: str) -> dict[str, str]:
    """Column → the column it is a share of, "" for a count: as the comments of a statement say above the columns."""
    found, within = {}, ""
    for line in statement.splitlines():
        if line.strip().startswith("--"):
            within = line.partition("out of ")[2].strip()
        elif column := re.search(r" AS (\w+),?$", line):
            found[column[1]] = within
    return found


def _see_that_they_agree(cube: Cube, by_hand: Counts, *, everywhere: bool) -> None:
    """Every numerator and denominator written by hand is the compiled one: what is compared does the same work.

    `everywhere` asks besides that no indicator is nought in all quarters. Raises AssertionError.
    """
    for indicator in INDICATORS:
        ours = _as_counts(cube[indicator.id])
        if ours != by_hand.get(indicator.id):
            raise AssertionError(f"{indicator.id} differs from the statement written by hand")
        if everywhere and not any(k for k, _ in ours.values()):
            raise AssertionError(f"{indicator.id} is nought in every quarter, so its agreement says nothing")


def _as_counts(series: Series) -> dict[int, tuple[int, int | None]]:
    return {one.quarter.id: (one.count.k, one.count.n) for one in series.quarters if one.count is not None}


def _figures(counted: Counts) -> int:
    ours = [counted[one.id] for one in INDICATORS]
    return sum(1 if n is None else 2 for quarters in ours for _, n in quarters.values())


def _with_pandas(store: Store, indicators: Sequence[Indicator]) -> Callable[[], object]:
    """The same numerators with pandas, a mask and a grouped sum each; reading the frames is not counted."""
    with store.cursor() as cursor:
        frames = {name: cursor.execute(f"SELECT * FROM facts.{name}").df() for name in WITH_PANDAS}

    def counted() -> object:
        found = {}
        for one in indicators:
            frame = frames[one.table.about.name]
            found[one.id] = _mask(frame, str(one.numerator)).groupby(frame["quarter"]).sum()
        return found

    return counted


def _mask(frame: pd.DataFrame, condition: str) -> pd.Series:
    """The rows of a condition's main part: membership of a list, equality with a word, or all of them."""
    if member := re.match(r"list_contains\((\w+), '(.*?)'\)", condition):
        word = member[2]
        return frame[member[1]].map(lambda words: word in words)
    if equal := re.fullmatch(r"(\w+) = '([^']*)'", condition):
        return frame[equal[1]] == equal[2]
    return pd.Series(True, index=frame.index)
