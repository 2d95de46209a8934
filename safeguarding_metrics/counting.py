"""What the rows of each return count: every indicator of a return in one statement, whole numbers out.

What an accepted return counts never changes, so it is read once in the life of a store and then known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import TypeVar

from dataset.counts.measure import WHOLE
from dataset.ledger import Submission
from dataset.purging import removals
from dataset.store import Reading
from dataset.table import ReturnType
from dataset.tables.agency_counts import AgencyCount
from safeguarding_metrics.indicator import Indicator, Total

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted: numerator `k`, denominator `n` (None for a count of cases), and a survey's own
    margin of error as a share (0.048 for 4.8 points) where it has one."""

    k: int
    n: int | None = None
    margin: float | None = None

    @property
    def value(self) -> Fraction | None:
        """k/n exactly; k itself for a count; None when there are no cases to divide by."""
        if self.n is None:
            return Fraction(self.k)
        return Fraction(self.k, self.n) if self.n else None

    def plus(self, other: Count) -> Count:
        n = None if self.n is None or other.n is None else self.n + other.n
        return Count(self.k + other.k, n, None if self.margin is None else other.margin)

    def joined(self, other: Count) -> Count:
        """Both counted together in the same quarter: of two margins of error the wider one."""
        margins = [one for one in (self.margin, other.margin) if one is not None]
        return replace(self.plus(other), margin=max(margins, default=None))


def compile_statement(table: ReturnType, indicators: Iterable[Indicator], source: str, by: str = "") -> str:
    """One SELECT for all indicators of one return: `period`, the breakdown if any, then whole-number columns
    in the order of `count_columns`."""
    parts = [f"{expression} AS c_{i}" for i, expression in enumerate(count_columns(indicators))]
    keys = ["facts.quarter"] + ([f"facts.{by}"] if by else [])
    names = ["period", "part"]
    selected = [f"{key} AS {name}" for key, name in zip(keys, names, strict=False)]
    return f"SELECT {', '.join(selected + parts)} FROM {source} GROUP BY {', '.join(keys)} ORDER BY {', '.join(keys)}"


def count_columns(indicators: Iterable[Indicator]) -> list[str]:
    """The distinct counting expressions that these indicators need, each once."""
    return list(dict.fromkeys(one for indicator in indicators for one in expressions(indicator)))


def expressions(indicator: Indicator) -> list[str]:
    """SQL: what is counted for an indicator: its numerator, its denominator if any, its margin if any."""
    found = [_counting(indicator.numerator, indicator.denominator)]
    if indicator.denominator is not None:
        found.append(_counting(indicator.denominator, None))
    if indicator.margin:
        where = indicator.denominator.where if isinstance(indicator.denominator, Total) else "true"
        found.append(f"max(CASE WHEN {where} THEN {indicator.margin} END)")
    return found


def _counting(what: str | Total, within: str | Total | None) -> str:
    """A numerator counts only rows of the denominator, so that 0 ≤ k ≤ n holds for every share."""
    if isinstance(what, Total):
        return f"cast(coalesce(sum(CASE WHEN {what.where} THEN {what.column} ELSE 0 END), 0) AS BIGINT)"
    condition = what if within in (None, "true") or isinstance(within, Total) else f"({what}) AND ({within})"
    if condition == "true":
        return "count(*)"
    return f"count(CASE WHEN {condition} THEN 1 END)"


Reports = Mapping[int, Mapping[str, Count]]
Row = Mapping[str, int | float | None]


def reported_by_entry(reading: Reading, source: str) -> dict[int, dict[str, Count]]:
    """Submission → measure → what it says of the whole; nothing where the agency could not count."""
    rows = reading.rows(
        "SELECT facts.submission, CAST(facts.measure AS VARCHAR), facts.numerator, facts.denominator "
        f"FROM {source} AND facts.breakdown = '{WHOLE}' AND facts.numerator IS NOT NULL"
    )
    said: dict[int, dict[str, Count]] = {}
    for submission, measured, k, n in rows:
        said.setdefault(submission, {})[measured] = Count(k, n)
    return said


def count_by_entry(
    reading: Reading, table: ReturnType, group: list[Indicator], source: str, numbers: Iterable[int]
) -> dict[int, dict[str, Count]]:
    """Submission → indicator → what its own rows count; noughts for one without rows."""
    found = rows_counted(reading, table, group, source) if group else {}
    return {number: {one.id: cell(one, expressions(one), found.get(number)) for one in group} for number in numbers}


def rows_counted(reading: Reading, table: ReturnType, group: list[Indicator], source: str) -> dict[int, Row]:
    """Submission → counting expression → what its rows count."""
    columns = count_columns(group)
    rows = reading.rows(compile_statement(table, group, source, "submission"))
    return {row[1]: dict(zip(columns, row[2:], strict=True)) for row in rows}


def counted(
    reading: Reading, table: ReturnType, group: list[Indicator], entries: Iterable[Submission]
) -> Mapping[int, Row]:
    """What the rows of each entry count, which never changes: only entries that were not counted before are read."""

    def read(source: str) -> dict[int, Row]:
        return rows_counted(reading, table, group, source)

    return _read_once(reading, table, tuple(sorted(count_columns(group))), entries, read, dict[str, int]())


def reports(reading: Reading) -> Reports:
    """Submission → measure → what it says of the whole."""
    entries = reading.returned(AgencyCount.about.name).values()
    said = _read_once(reading, AgencyCount, (), entries, partial(reported_by_entry, reading), dict[str, Count]())
    kept = {
        one.submission: {measure: Count(*count) for measure, count in one.kept().items()} for one in removals(reading)
    }
    return {**said, **kept} if kept else said


def _read_once(
    reading: Reading,
    table: ReturnType,
    what: tuple[str, ...],
    entries: Iterable[Submission],
    read: Callable[[str], dict[int, T]],
    nothing: T,
) -> Mapping[int, T]:
    """What `read` gives for each entry out of a source of facts, read once in the life of the store and then known.

    A transaction that will be undone knows of entries before its own, and leaves nothing behind.
    """
    known: dict[int, T] = reading.store.carried.growing("entries", (table.about.name, what), (removals(reading),))
    if reading.within:
        # Of a copy: others may add to what is known meanwhile.
        known = {number: found for number, found in known.copy().items() if number < reading.last}
    new = [entry.id for entry in entries if entry.id not in known]
    if new:
        source = reading.source(table)
        narrowed = f"{source} AND facts.submission IN ({', '.join(map(str, new))})" if known else source
        found = read(narrowed)
        known.update({number: found.get(number, nothing) for number in new})
    return known


def cell(indicator: Indicator, needed: list[str], row: Row | None) -> Count:
    """A returned quarter, from the counting expressions it needs; without rows everything in it is nought."""
    k, *rest = [row.get(expression) for expression in needed] if row else [0] * len(needed)
    n = int(rest[0] or 0) if indicator.is_share else None
    margin = rest[1] if len(rest) > 1 else None
    return Count(int(k or 0), n, None if margin is None else float(margin) / 100)
