"""From stored rows to counts: every indicator of a return in one statement, whole numbers out.

The engine counts; division, targets, intervals and words happen once, in Python. Quarters come from
the returns that were accepted, not from rows: a return without rows is a nought, no return is no figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from dataset.agencies import Agency, Duty, duties_for
from dataset.columns import AnyOf, OneOf
from dataset.counts.catalogue import MEASURES
from dataset.counts.measure import WHOLE
from dataset.ledger import Submission
from dataset.purging import removals
from dataset.quarter import Quarter, quarters_between
from dataset.removal import CountsOfEntry
from dataset.store import Reading
from dataset.table import ReturnType
from dataset.tables.agency_counts import AgencyCount
from safeguarding_metrics.indicator import Indicator, Total


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
    """Every indicator over every quarter of a reading: one statement a return."""
    by_table: dict[ReturnType, list[Indicator]] = {}
    for indicator in indicators:
        by_table.setdefault(indicator.table, []).append(indicator)
    cube: dict[str, Series] = {}
    for table, group in by_table.items():
        if table is AgencyCount:
            cube |= _measure_reports(reading, group)
            continue
        counted = _count(reading, table, group)
        spine = _spine(reading, table)
        kept = _kept(reading, table)
        found = [(state, counted.get(state.quarter.id), kept.get(state.quarter, ())) for state in spine]
        for indicator in group:
            needed = _expressions(indicator)
            cube[indicator.id] = Series(indicator, tuple(_at(indicator, needed, *one) for one in found))
    return cube


def _measure_reports(reading: Reading, group: list[Indicator]) -> dict[str, Series]:
    """The return of counts holds a figure a row, so one statement reads what each agency reported.

    A measure that an agency could not count, or left out of its return, is missing and not nought.
    """
    spine = _spine(reading, AgencyCount)
    entries: dict[Quarter, dict[str, Submission]] = {}
    for slot, entry in reading.returned(AgencyCount.about.name).items():
        entries.setdefault(slot.quarter, {})[slot.agency] = entry
    said = _reports(reading)
    return {
        one.id: Series(one, tuple(_reported(one, s.quarter, entries.get(s.quarter, {}), said) for s in spine))
        for one in group
    }


Reports = Mapping[tuple[int, str], Count]


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
    columns = count_columns(group)
    rows = reading.rows(compile_statement(table, group, source, "submission")) if group else []
    found: dict[int, Row] = {row[1]: dict(zip(columns, row[2:], strict=True)) for row in rows}
    return {number: {one.id: _cell(one, _expressions(one), found.get(number)) for one in group} for number in numbers}


def _reports(reading: Reading) -> Reports:
    """(submission, measure) → what it says of the whole."""
    entries = reported_by_entry(reading, reading.source(AgencyCount))
    said = {(entry, measured): count for entry, counts in entries.items() for measured, count in counts.items()}
    for one in removals(reading):
        said |= {(one.submission, measure): Count(*count) for measure, count in one.kept().items()}
    return said


def _reported(indicator: Indicator, quarter: Quarter, here: Mapping[str, Submission], said: Reports) -> QuarterCount:
    owners = [agency for agency in indicator.owners if indicator.is_due_in(quarter)]
    total: Count | None = None
    used, missing = [], []
    for agency in owners:
        entry = here.get(agency.code)
        count = said.get((entry.id, indicator.id)) if entry else None
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


Row = Mapping[str, int | float | None]
Counted = Mapping[int, Row]


def _count(reading: Reading, table: ReturnType, group: list[Indicator]) -> Counted:
    columns = count_columns(group)
    rows = reading.rows(compile_statement(table, group, reading.source(table)))
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}


@dataclass(frozen=True)
class _State:
    quarter: Quarter
    returned: bool
    missing: tuple[Agency, ...]
    restated: bool
    explained: bool


def _spine(reading: Reading, table: ReturnType) -> list[_State]:
    """Every quarter from the first to the last that the store holds any return for."""
    name = table.about.name
    entries = reading.returned(name)
    last = reading.latest_quarter()
    if not entries or last is None:
        return []
    states = []
    for quarter in quarters_between(min(slot.quarter for slot in entries), last):
        here = {slot.agency: entry for slot, entry in entries.items() if slot.quarter == quarter}
        missing = tuple(d.agency for d in duties_for(name) if d.owed_for(quarter) and d.agency.code not in here)
        restated = any(entry.replaces is not None for entry in here.values())
        explained = any(entry.explanations for entry in here.values())
        states.append(_State(quarter, bool(here), missing, restated, explained))
    return states


def _kept(reading: Reading, table: ReturnType) -> dict[Quarter, tuple[CountsOfEntry, ...]]:
    """What is kept of the counting returns whose rows were removed."""
    kept: dict[Quarter, tuple[CountsOfEntry, ...]] = {}
    numbers = {entry.id: slot.quarter for slot, entry in reading.returned(table.about.name).items()}
    for one in removals(reading):
        if quarter := numbers.get(one.submission):
            kept[quarter] = (*kept.get(quarter, ()), one.kept())
    return kept


def _at(
    indicator: Indicator, needed: list[str], state: _State, row: Row | None, kept: Iterable[CountsOfEntry]
) -> QuarterCount:
    """Rows that were removed count as they were counted before; an indicator that is newer than that has no figure."""
    count = _cell(indicator, needed, row) if state.returned else None
    for counts in kept:
        before = counts.get(indicator.id)
        count = None if before is None or count is None else count.joined(Count(*before))
    return QuarterCount(state.quarter, count, state.missing, state.restated, state.explained)


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
    return any(quarter in quarters for quarter in _kept(reading, indicator.table))


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
