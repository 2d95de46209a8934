"""From stored rows to counts: every indicator of a return in one statement, whole numbers out.

The engine counts; division, targets, intervals and words happen once, in Python. Quarters come from
the returns that were accepted, not from rows: a return without rows is a nought, no return is no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
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
from safeguarding_metrics.indicator import Indicator, Total

T = TypeVar("T")


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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
    expressions: dict[str, None] = {}
    for indicator in indicators:
        expressions |= dict.fromkeys(_expressions(indicator))
    return list(expressions)


def _expressions(indicator: Indicator) -> list[str]:
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


SERIES_HELD = 90  # of a return, of each moment looked at; the latest moment alone has one for each of the returns


def _measure_rows(reading: Reading, table: ReturnType, group: list[Indicator]) -> dict[str, Series]:
    """The series of a return that holds a case a row."""
    entries = reading.returned(table.about.name)

    def made() -> dict[str, Series]:
        counted = _counted(reading, table, group, entries.values())
        kept = {one.submission: one.kept() for one in removals(reading)}
        sent = _by_quarter(entries)
        states = [_state(table, quarter, sent.get(quarter, ())) for quarter in spine]
        return {one.id: Series(one, tuple(_at(one, state, counted, kept) for state in states)) for one in group}

    spine = _spine(reading, table)
    made_of = ([entry.id for entry in entries.values()], spine, removals(reading), group)
    key = (table.about.name, tuple(one.id for one in group), reading.as_at)
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
        said = _reports(reading) if said is None else said
        return Series(one, tuple(_reported(one, quarter, entries, said) for quarter in spine))

    return {
        one.id: reading.carried.once(
            "reported series",
            (one.id, reading.as_at),
            (one, spine, removals(reading), [behind.get(agency.code) for agency in one.owners]),
            partial(made, one),
            SERIES_HELD * 10,
        )
        for one in group
    }


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
    found = _rows_counted(reading, table, group, source) if group else {}
    return {number: {one.id: _cell(one, _expressions(one), found.get(number)) for one in group} for number in numbers}


def _rows_counted(reading: Reading, table: ReturnType, group: list[Indicator], source: str) -> dict[int, Row]:
    """Submission → counting expression → what its rows count."""
    columns = count_columns(group)
    rows = reading.rows(compile_statement(table, group, source, "submission"))
    return {row[1]: dict(zip(columns, row[2:], strict=True)) for row in rows}


def _counted(
    reading: Reading, table: ReturnType, group: list[Indicator], entries: Iterable[Submission]
) -> Mapping[int, Row]:
    """What the rows of each entry count, which never changes: only entries that were not counted before are read."""

    def read(source: str) -> dict[int, Row]:
        return _rows_counted(reading, table, group, source)

    return _read_once(reading, table, tuple(count_columns(group)), entries, read, dict[str, int]())


def _reports(reading: Reading) -> Reports:
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
        known = {number: found for number, found in known.items() if number < reading.last}
    new = [entry.id for entry in entries if entry.id not in known]
    if new:
        source = reading.source(table)
        narrowed = f"{source} AND facts.submission IN ({', '.join(map(str, new))})" if known else source
        found = read(narrowed)
        known.update({number: found.get(number, nothing) for number in new})
    return known


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
    indicator: Indicator, state: _State, counted: Mapping[int, Row], kept: Mapping[int, CountsOfEntry]
) -> QuarterCount:
    """Rows that were removed count as they were counted before; an indicator that is newer than that has no figure."""
    needed = _expressions(indicator)
    total: Count | None = None
    for entry in state.entries:
        before = kept.get(entry.id)
        count = _cell(indicator, needed, counted.get(entry.id)) if before is None else _before(before, indicator)
        if count is None:
            total = None
            break
        total = count if total is None else total.joined(count)
    return QuarterCount(state.quarter, total, state.missing, state.restated, state.explained)


def _before(kept: CountsOfEntry, indicator: Indicator) -> Count | None:
    count = kept.get(indicator.id)
    return None if count is None else Count(*count)


def _cell(indicator: Indicator, needed: list[str], row: Row | None) -> Count:
    """A returned quarter, from the counting expressions it needs; without rows everything in it is nought."""
    k, *rest = [row.get(expression) for expression in needed] if row else [0] * len(needed)
    n = int(rest[0] or 0) if indicator.is_share else None
    margin = rest[1] if len(rest) > 1 else None
    return Count(int(k or 0), n, None if margin is None else float(margin) / 100)


@dataclass(frozen=True)
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
    wanted = tuple(q for q in quarters if not indicator.is_yearly or q.number == 4)
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
        needed = _expressions(indicator)
        parts = [f"{expression} AS c_{i}" for i, expression in enumerate(needed)]
        row = reading.rows(f"SELECT {', '.join(parts)} FROM {source} AND {member}")[0]
        counts[word] = _cell(indicator, needed, dict(zip(needed, row, strict=True)))
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
