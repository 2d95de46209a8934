"""Removing rows of returns without losing a figure: what each entry gave every indicator is counted first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dataset.ledger import Submission
from dataset.removal import CountsOfEntry, KeptCount
from dataset.schema import facts_table
from dataset.store import Reading
from dataset.table import ReturnType
from dataset.tables import return_named
from dataset.tables.agency_counts import AgencyCount
from safeguarding_metrics.counting import Count, count_by_entry, reported_by_entry
from safeguarding_metrics.indicator import Indicator


def counts_by_entry(
    reading: Reading, entries: Sequence[Submission], indicators: Iterable[Indicator]
) -> dict[int, CountsOfEntry]:
    """Entry → indicator id → what its rows give, superseded entries too: earlier readings are made of them."""
    found: dict[int, CountsOfEntry] = {}
    every = list(indicators)
    for name in sorted({entry.slot.dataset for entry in entries}):
        table = return_named(name)
        mine = [entry.id for entry in entries if entry.slot.dataset == name]
        found |= _counts(reading, table, mine, [one for one in every if one.table is table])
    return found


def _counts(
    reading: Reading, table: ReturnType, numbers: Sequence[int], indicators: list[Indicator]
) -> dict[int, CountsOfEntry]:
    inside = ", ".join(map(str, numbers))
    source = f"{facts_table(table)} AS facts WHERE facts.submission IN ({inside})"
    counted = (
        reported_by_entry(reading, source)
        if table is AgencyCount
        else count_by_entry(reading, table, indicators, source, numbers)
    )
    return {number: {name: _kept(count) for name, count in counted.get(number, {}).items()} for number in numbers}


def _kept(count: Count) -> KeptCount:
    return KeptCount(count.k, count.n, count.margin)
