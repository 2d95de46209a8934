"""All indicators over all quarters against statements written by hand, and against pandas.

Goals: at most 1.3 times the hand-written statements (1.1 from 10⁷ rows), ten times faster than pandas at 10⁶.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd

from benchmarks.filling import filled_store
from dataset.store import Store
from dataset.tables import return_named
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.measuring import Cube, measure

HANDWRITTEN = sorted((Path(__file__).parent / "handwritten").glob("*.sql"))
TABLES = [return_named(path.stem) for path in HANDWRITTEN]
INDICATORS = [one for one in all_indicators() if one.table in TABLES]


def run(quick: bool) -> dict[str, Any]:
    """Ratios by number of rows."""
    sizes = (10_000, 1_000_000) if quick else (10_000, 1_000_000, 10_000_000)
    found: dict[str, Any] = {}
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            store = filled_store(Path(folder) / "store.duckdb", TABLES, rows)
            try:
                found[f"{rows:.0e} rows"] = _compare(store, with_pandas=rows == 1_000_000)
            finally:
                store.close()
    return found


def _compare(store: Store, *, with_pandas: bool) -> dict[str, float]:
    reading = store.reading()
    statements = [path.read_text() for path in HANDWRITTEN]

    def ours() -> Cube:
        return measure(reading, INDICATORS)

    def by_hand() -> list[pd.DataFrame]:
        with store.cursor() as cursor:
            return [cursor.execute(statement).df() for statement in statements]

    _see_that_they_agree(ours(), by_hand())
    repeats = 3 if with_pandas else 7
    mine, theirs = _interleaved(ours, by_hand, repeats)
    result = {"indicators": len(INDICATORS), "seconds": round(mine, 4), "of handwritten": round(mine / theirs, 3)}
    if with_pandas:
        slow = _pandas_seconds(store)
        result |= {"pandas seconds": round(slow, 2), "times faster than pandas": round(slow / mine, 1)}
    return result


def _interleaved(one: Callable[[], object], other: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Median CPU seconds of both, run by turns so that whatever slows the machine slows both."""
    first, second = [], []
    for _ in range(repeats):
        for work, spent in ((one, first), (other, second)):
            start = time.process_time()
            work()
            spent.append(time.process_time() - start)
    return median(first), median(second)


def _see_that_they_agree(cube: Cube, frames: list[pd.DataFrame]) -> None:
    """Every numerator written by hand is the compiled one: what is compared does the same work."""
    for frame in frames:
        for name in set(frame.columns) & set(cube):
            ours = [one.count.k for one in cube[name].quarters if one.count]
            if ours != frame[name].tolist():
                raise AssertionError(f"{name} differs from the statement written by hand")


def _pandas_seconds(store: Store) -> float:
    """CPU seconds of the same counts with pandas, one groupby an indicator; reading the frames is not counted."""
    frames = {}
    with store.cursor() as cursor:
        for table in TABLES:
            frames[table.about.name] = cursor.execute(f"SELECT * FROM facts.{table.about.name}").df()
    start = time.process_time()
    for indicator in INDICATORS:
        frame = frames[indicator.table.about.name]
        frame.groupby("quarter").apply(_counted, indicator.numerator, include_groups=False)
    return time.process_time() - start


def _counted(group: pd.DataFrame, numerator: object) -> int:
    """A plain reading of a predicate's main part in pandas: membership, equality, or all rows."""
    text = str(numerator)
    if text.startswith("list_contains("):
        column, word = text[len("list_contains(") :].split(",")[0], text.split("'")[1]
        return int(group[column].map(lambda words: word in words).sum())
    if " = '" in text:
        return int((group[text.split(" = ")[0]] == text.split("'")[1]).sum())
    return len(group)
