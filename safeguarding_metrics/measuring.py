"""From stored rows to counts: every indicator of a return in one statement, whole numbers out.

The engine counts; division, targets, intervals and words happen once, in Python. Quarters come from
the returns that were accepted, not from rows: a return without rows is a nought, no return is no figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeVar

from dataset.agencies import Agency, Duty, duties_for
from dataset.columns import AnyOf, OneOf
from dataset.counts.catalogue import MEASURES
from dataset.counts.measure import WHOLE
from dataset.ledger import Slot, Submission
from dataset.purging import removals
from dataset.quarter import Quarter, quarters_between
from dataset.removal import CountsOfEntry
from dataset.store import Reading
from dataset.table import ReturnType
from dataset.tables.agency_counts import AgencyCount
from safeguarding_metrics.counting import Count as Count
from safeguarding_metrics.counting import Reports, Row, cell, counted, expressions, reports
from safeguarding_metrics.indicator import Indicator

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class QuarterCount:
    """One quarter of one indicator: `count` is None when no agency has returned; `missing` names the
    agencies that owe a return and have not sent it, `restated` whether a counting return replaced another,
    `explained` whether a sender gave a reason for something unusual in one."""

    quarter: Quarter
    count: Count | None
    missing: tuple[Agency, ...]
    restated: bool = False
    explained: bool = False


@dataclass(frozen=True)
class Series:
    """An indicator's quarters from the first to the last that anybody returned, without gaps."""

    indicator: Indicator
    quarters: tuple[QuarterCount, ...]

    @cached_property
    def _by_quarter(self) -> dict[int, QuarterCount]:
        return {one.quarter.id: one for one in self.quarters}

    def at(self, quarter: Quarter) -> QuarterCount | None:
        return self._by_quarter.get(quarter.id)


Cube = Mapping[str, Series]


def measure(reading: Reading, indicators: Iterable[Indicator]) -> Cube:
    """Every indicator over every quarter of a reading: one statement a return, over the entries not counted before.

    Of a return to which nothing was added since an earlier reading the very same series come back.
    """
    by_table: dict[ReturnType, list[Indicator]] = {}
    for indicator in indicators:
        by_table.setdefault(indicator.table, []).append(indicator)
    cube: dict[str, Series] = {}
    for table, group in by_table.items():
        cube |= _measure_reports(reading, group) if table is AgencyCount else _measure_rows(reading, table, group)
    return cube


FIGURES_HELD = 10_000
SERIES_HELD = 60  # of each return and group of indicators asked for together


def _measure_rows(reading: Reading, table: ReturnType, group: list[Indicator]) -> dict[str, Series]:
    """The series of a return that holds a case a row."""
    entries = reading.returned(table.about.name)

    def made() -> dict[str, Series]:
        rows = counted(reading, table, group, entries.values())
        kept = {one.submission: one.kept() for one in removals(reading)}
        sent = _by_quarter(entries)
        states = [_state(table, quarter, sent.get(quarter, ())) for quarter in spine]
        return {
            one.id: Series(one, tuple(_at(one, needed, state, rows, kept) for state in states))
            for one, needed in ((one, expressions(one)) for one in group)
        }

    spine = _spine(reading, table)
    made_of = ([entry.id for entry in entries.values()], spine, removals(reading), group)
    key = (table.about.name, tuple(one.id for one in group))
    return reading.carried.once("series", key, made_of, made, SERIES_HELD)


def _measure_reports(reading: Reading, group: list[Indicator]) -> dict[str, Series]:
    """The return of counts holds a figure a row, so one statement reads what each agency reported.

    A measure that an agency could not count, or left out of its return, is missing and not nought.
    """
    spine = _spine(reading, AgencyCount)
    entries: dict[str, dict[Quarter, Submission]] = {}
    for slot, entry in reading.returned(AgencyCount.about.name).items():
        entries.setdefault(slot.agency, {})[slot.quarter] = entry
    behind = {code: [entry.id for entry in sent.values()] for code, sent in entries.items()}
    said: Reports | None = None

    def made(one: Indicator) -> Series:
        nonlocal said
        said = reports(reading) if said is None else said
        return Series(one, tuple(_carried_quarter(reading, one, quarter, entries, said) for quarter in spine))

    return {
        one.id: reading.carried.once(
            "reported series",
            one.id,
            (one, spine, removals(reading), [behind.get(agency.code) for agency in one.owners]),
            partial(made, one),
            SERIES_HELD * 10,
        )
        for one in group
    }


def _carried_quarter(
    reading: Reading,
    indicator: Indicator,
    quarter: Quarter,
    entries: Mapping[str, Mapping[Quarter, Submission]],
    said: Reports,
) -> QuarterCount:
    """The very same figure as before where nobody has sent anything else for the quarter."""
    sent = tuple(entries.get(agency.code, {}).get(quarter) for agency in indicator.owners)
    return reading.carried.once(
        "reported figures",
        (indicator.id, quarter),
        (indicator, sent, removals(reading)),
        lambda: _reported(indicator, quarter, entries, said),
        FIGURES_HELD,
    )


def _reported(
    indicator: Indicator, quarter: Quarter, entries: Mapping[str, Mapping[Quarter, Submission]], said: Reports
) -> QuarterCount:
    owners = [agency for agency in indicator.owners if indicator.is_due_in(quarter)]
    total: Count | None = None
    used, missing = [], []
    for agency in owners:
        entry = entries.get(agency.code, {}).get(quarter)
        count = said.get(entry.id, {}).get(indicator.id) if entry else None
        if entry is None or count is None:
            missing.append(agency)
            continue
        used.append(entry)
        total = count if total is None else total.plus(count)
    return QuarterCount(
        quarter,
        total,
        tuple(missing),
        any(entry.replaces is not None for entry in used),
        any(entry.explanations for entry in used),
    )


@dataclass(frozen=True)
class _State:
    """A quarter of a return: the entries that count for it, who has not sent, and what is to be said of them."""

    quarter: Quarter
    entries: tuple[Submission, ...]
    missing: tuple[Agency, ...]
    restated: bool
    explained: bool


def _spine(reading: Reading, table: ReturnType) -> tuple[Quarter, ...]:
    """Every quarter from the first of a return to the last that the store holds any return for."""
    quarters = {slot.quarter for slot in reading.returned(table.about.name)}
    last = reading.latest_quarter()
    return tuple(quarters_between(min(quarters), last)) if quarters and last else ()


def _by_quarter(entries: Mapping[Slot, Submission]) -> dict[Quarter, tuple[Submission, ...]]:
    found: dict[Quarter, tuple[Submission, ...]] = {}
    for slot, entry in entries.items():
        found[slot.quarter] = (*found.get(slot.quarter, ()), entry)
    return found


def _state(table: ReturnType, quarter: Quarter, entries: tuple[Submission, ...]) -> _State:
    sent = {entry.slot.agency for entry in entries}
    owed = (duty.agency for duty in duties_for(table.about.name) if duty.owed_for(quarter))
    return _State(
        quarter,
        entries,
        tuple(agency for agency in owed if agency.code not in sent),
        any(entry.replaces is not None for entry in entries),
        any(entry.explanations for entry in entries),
    )


def _at(
    indicator: Indicator, needed: list[str], state: _State, rows: Mapping[int, Row], kept: Mapping[int, CountsOfEntry]
) -> QuarterCount:
    """Rows that were removed count as they were counted before; an indicator that is newer than that has no figure."""
    total: Count | None = None
    for entry in state.entries:
        before = kept.get(entry.id)
        count = cell(indicator, needed, rows.get(entry.id)) if before is None else _before(before, indicator)
        if count is None:
            total = None
            break
        total = count if total is None else total.joined(count)
    return QuarterCount(state.quarter, total, state.missing, state.restated, state.explained)


def _before(kept: CountsOfEntry, indicator: Indicator) -> Count | None:
    count = kept.get(indicator.id)
    return None if count is None else Count(*count)


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """An indicator over several quarters: `wanted` are the quarters asked for, `had` those with a figure.

    `missing` lists each (agency, quarter) that owes a return. `count` is None when nobody returned.
    """

    wanted: tuple[Quarter, ...]
    had: tuple[Quarter, ...]
    count: Count | None
    missing: tuple[tuple[Agency, Quarter], ...]
    restated: tuple[Quarter, ...] = ()
    explained: tuple[Quarter, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.missing and len(self.had) == len(self.wanted)


def over(series: Series | None, indicator: Indicator, quarters: tuple[Quarter, ...]) -> PeriodCount:
    """Add numerators and denominators over quarters; never averages. A yearly return has one quarter a year."""
    wanted = tuple(q for q in quarters if q.number == 4) if indicator.is_yearly else quarters
    found = [one for q in wanted if series and (one := series.at(q))]
    if not indicator.adds_over_quarters:
        return _at_the_end(found, indicator, wanted)
    total: Count | None = None
    for one in found:
        if one.count is not None:
            total = one.count if total is None else total.plus(one.count)
    silent = [q for q in wanted if not series or series.at(q) is None]
    missing = [(agency, one.quarter) for one in found for agency in one.missing]
    missing += [(agency, q) for q in silent for agency in _owners_at(indicator, q)]
    had = tuple(one.quarter for one in found if one.count is not None)
    restated = tuple(one.quarter for one in found if one.restated)
    explained = tuple(one.quarter for one in found if one.explained)
    return PeriodCount(wanted, had, total, tuple(sorted(missing, key=lambda m: m[1])), restated, explained)


def _at_the_end(found: list[QuarterCount], indicator: Indicator, wanted: tuple[Quarter, ...]) -> PeriodCount:
    """What describes the last day of a quarter is that of the latest quarter with a figure."""
    one = next((one for one in reversed(found) if one.count is not None), None)
    if one is None:
        last = wanted[-1:]
        return PeriodCount(last, (), None, tuple((agency, q) for q in last for agency in _owners_at(indicator, q)))
    quarter = (one.quarter,)
    # Later quarters of the period that a sender owes leave the figure open: it is not yet the last one.
    missing = tuple((agency, each.quarter) for each in found if each.quarter >= one.quarter for agency in each.missing)
    return PeriodCount(
        quarter, quarter, one.count, missing, quarter if one.restated else (), quarter if one.explained else ()
    )


def _owners_at(indicator: Indicator, quarter: Quarter) -> tuple[Agency, ...]:
    if indicator.reported_by:
        return indicator.reported_by if indicator.is_due_in(quarter) else ()
    return tuple(duty.agency for duty in _owing(indicator, quarter))


def _owing(indicator: Indicator, quarter: Quarter) -> tuple[Duty, ...]:
    return tuple(duty for duty in duties_for(indicator.table.about.name) if duty.owed_for(quarter))


class WrongBreakdown(ValueError):
    """The indicator cannot be broken down so; the message lists what is possible."""


class RowsRemoved(WrongBreakdown):
    """Rows of the quarters asked for are past their period or erased; their parts cannot be counted any more."""


def break_down(reading: Reading, indicator: Indicator, by: str, quarters: tuple[Quarter, ...]) -> dict[str, Count]:
    """An indicator over some quarters for each word of a coded column, in the order of its code list.

    A column with several words a cell gives one count a word, by membership: such counts add to more
    than the whole. Raises WrongBreakdown, and RowsRemoved where rows of the quarters are gone.
    """
    if by not in indicator.breakdowns:
        possible = ", ".join(indicator.breakdowns) or "none"
        raise WrongBreakdown(f"{indicator.id} cannot be broken down by “{by[:40]}”. Possible: {possible}.")
    if not indicator.adds_over_quarters:
        quarters = _latest_of(reading, indicator, quarters)
    if _rows_removed(reading, indicator, quarters):
        raise RowsRemoved(f"Rows behind {indicator.title} were removed: only the whole is kept, and no part of it.")
    if indicator.table is AgencyCount:
        return _reported_parts(reading, indicator, quarters)
    column = indicator.table.columns()[by]
    if not isinstance(column, (AnyOf, OneOf)):
        raise WrongBreakdown(f"{by} has no list of words to break {indicator.id} down by.")
    words = column.codes.values
    inside = " OR ".join(f"quarter = {q.id}" for q in quarters)
    source = f"{reading.source(indicator.table)} AND ({inside})"
    counts = {}
    for word in words:
        literal = "'" + word.replace("'", "''") + "'"
        member = f"list_contains({by}, {literal})" if isinstance(column, AnyOf) else f"{by} = {literal}"
        needed = expressions(indicator)
        parts = [f"{expression} AS c_{i}" for i, expression in enumerate(needed)]
        row = reading.rows(f"SELECT {', '.join(parts)} FROM {source} AND {member}")[0]
        counts[word] = cell(indicator, needed, dict(zip(needed, row, strict=True)))
    return counts


def _rows_removed(reading: Reading, indicator: Indicator, quarters: tuple[Quarter, ...]) -> bool:
    gone = {one.submission for one in removals(reading)}
    entries = reading.returned(indicator.table.about.name).items()
    return any(entry.id in gone and slot.quarter in quarters for slot, entry in entries)


def _latest_of(reading: Reading, indicator: Indicator, quarters: tuple[Quarter, ...]) -> tuple[Quarter, ...]:
    return over(measure(reading, [indicator]).get(indicator.id), indicator, quarters).had


def _reported_parts(reading: Reading, indicator: Indicator, quarters: tuple[Quarter, ...]) -> dict[str, Count]:
    """Each part an agency reported, in the order of the catalogue; a part that nobody reported is left out."""
    owners = {agency.code for agency in indicator.owners}
    used = [
        str(entry.id)
        for slot, entry in reading.returned(AgencyCount.about.name).items()
        if slot.agency in owners and slot.quarter in quarters
    ]
    if not used:
        return {}
    rows = reading.rows(
        "SELECT CAST(facts.breakdown AS VARCHAR), sum(facts.numerator)::BIGINT, sum(facts.denominator)::BIGINT "
        f"FROM {reading.source(AgencyCount)} AND facts.measure = '{indicator.id}' AND facts.breakdown <> '{WHOLE}' "
        f"AND facts.numerator IS NOT NULL AND facts.submission IN ({', '.join(used)}) GROUP BY facts.breakdown"
    )
    said = {part: Count(k, n) for part, k, n in rows}
    return {part: said[part] for part in _PARTS[indicator.id] if part in said}


_PARTS = {measure.id: measure.words for measure in MEASURES}
