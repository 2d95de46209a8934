"""Where a figure comes from: the returns behind it, and the rows of them that it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dataset.access.roles import Actor, can
from dataset.columns import AnyOf, Column, Identifier, OneOf
from dataset.counts.catalogue import MEASURES
from dataset.counts.measure import WHOLE
from dataset.ledger import Explanation, Submission
from dataset.quarter import Quarter
from dataset.store import Reading
from dataset.tables.agency_counts import AgencyCount
from safeguarding_metrics.indicator import Indicator, Total
from safeguarding_metrics.indicator_files import as_csv, as_xlsx, quarter_rows, table_of

ROWS_SHOWN = 50


def returns_behind(reading: Reading, indicator: Indicator, quarters: tuple[Quarter, ...]) -> list[Submission]:
    """The entries of the ledger that count for an indicator over some quarters, oldest first."""
    owners = {agency.code for agency in indicator.reported_by}
    counting = (e for one in sorted(set(quarters)) for e in reading.sent_for(indicator.table.about.name, one))
    return [e for e in counting if not owners or e.slot.agency in owners]


def explanations_behind(
    reading: Reading, indicator: Indicator, quarters: tuple[Quarter, ...]
) -> list[tuple[Submission, Explanation]]:
    """What senders said of the returns behind an indicator over some quarters, oldest first."""
    return [(entry, one) for entry in returns_behind(reading, indicator, quarters) for one in entry.explanations]


def may_see_rows(actor: Actor | None, indicator: Indicator) -> bool:
    """Whether somebody may see the rows behind an indicator: the one place where this is decided.

    A sender may where every row is of their own agency. Rows leave the partnership in no pack or file.
    """
    return all(can(actor, "look_at_rows", owner.code) for owner in indicator.owners)


@dataclass(frozen=True)
class Row:
    """One row of a return: its entry, and its number in the sender's file, which is its row in Excel.

    `cells` are in the order of `RowsBehind.columns`, "" for a blank.
    """

    entry: int
    agency: str
    quarter: Quarter
    record: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class RowsBehind:
    """The first rows that a numerator counts, in the order of quarter, agency and record; `total` of them."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not among `rows`."""
        return self.total - len(self.rows)


def rows_behind(
    reading: Reading, indicator: Indicator, quarters: tuple[Quarter, ...], most: int = ROWS_SHOWN
) -> RowsBehind:
    """The rows that the numerator of an indicator counts over some quarters, at most `most` of them.

    Of each only the pseudonymous reference and the coded columns: no day, no text of anybody's own. What an
    agency counted itself has its figures instead. For a figure of a quarter's last day, give that one quarter.
    """
    columns = shown_columns(indicator)
    entries = {entry.id: entry for entry in returns_behind(reading, indicator, quarters)}
    if not entries:
        return RowsBehind(columns, (), 0)
    inside = ", ".join(str(number) for number in entries)
    source = f"{reading.source(indicator.table)} AND facts.submission IN ({inside}) AND {_counted(indicator)}"
    total = reading.rows(f"SELECT count(*) FROM {source}")[0][0]
    wanted = ", ".join(_as_text(name, indicator.table.columns()[name]) for name in columns)
    found = reading.rows(
        f"SELECT facts.submission, facts.record, {wanted} FROM {source} "
        f"ORDER BY facts.quarter, facts.submission, facts.record LIMIT {int(most)}"
    )
    return RowsBehind(columns, tuple(_row(entries[entry], record, cells) for entry, record, *cells in found), total)


def shown_columns(indicator: Indicator) -> tuple[str, ...]:
    """The columns of a row that are shown: its reference, its coded words, and what a sum adds up."""
    summed = {part.column for part in (indicator.numerator, indicator.denominator) if isinstance(part, Total)}
    return tuple(
        name
        for name, column in indicator.table.stored().items()
        if isinstance(column, (OneOf, AnyOf)) or name in summed or _is_reference(indicator, name, column)
    )


def _is_reference(indicator: Indicator, name: str, column: Column) -> bool:
    return isinstance(column, Identifier) and name in indicator.table.key


def parts_overlap(indicator: Indicator, by: str) -> bool:
    """Whether a case may be in several parts of a breakdown, so that they add to more than the whole."""
    if indicator.table is AgencyCount:
        return any(measure.id == indicator.id and not measure.adds_up for measure in MEASURES)
    return isinstance(indicator.table.columns()[by], AnyOf)


def _counted(indicator: Indicator) -> str:
    """SQL: whether the numerator counts a row; it counts only rows of the denominator."""
    if indicator.table is AgencyCount:
        return f"facts.measure = '{indicator.id}' AND facts.breakdown = '{WHOLE}' AND facts.numerator IS NOT NULL"
    if isinstance(indicator.numerator, Total):
        return f"({indicator.numerator.where}) AND {indicator.numerator.column} > 0"
    within = f" AND ({indicator.denominator})" if isinstance(indicator.denominator, str) else ""
    return f"({indicator.numerator}){within}"


def _as_text(name: str, column: Column) -> str:
    if isinstance(column, AnyOf):
        return f"array_to_string(CAST(facts.{name} AS VARCHAR[]), '; ')"
    return f"CAST(facts.{name} AS VARCHAR)"


def _row(entry: Submission, record: int, cells: Sequence[Any]) -> Row:
    return Row(
        entry.id, entry.slot.agency, entry.slot.quarter, record, tuple("" if one is None else str(one) for one in cells)
    )


__all__ = [
    "as_csv",
    "as_xlsx",
    "explanations_behind",
    "may_see_rows",
    "parts_overlap",
    "quarter_rows",
    "returns_behind",
    "rows_behind",
    "table_of",
]
