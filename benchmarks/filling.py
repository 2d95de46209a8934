"""A store filled with made-up rows in bulk, for measuring only; every row is invented."""

from __future__ import annotations

from collections.abc import Mapping

from dataset.agencies import ADULT_SOCIAL_CARE, AGENCIES, STOCKPORT, Agency
from dataset.columns import AnyOf, Column, Day, Decimal, Identifier, OneOf, Whole, sql_list, sql_text
from dataset.counts.catalogue import measures_of
from dataset.ledger import Slot, Submission, write
from dataset.quarter import Quarter
from dataset.schema import SCHEMA_VERSION, facts_columns, facts_table
from dataset.store import Store, utc_now
from dataset.table import DaysIntoQuarter, DaysToQuarterEnd, Derived, ReturnType
from dataset.tables import return_named
from dataset.tables.agency_counts import AgencyCount

FIRST, QUARTERS = Quarter(2021, 1), 20
# Return → rows of the demonstration, made rounder: what a partnership has much and little of. The return of counts
# is not here: a figure stands in it once, so it has the size of its catalogue however many cases there are.
WEIGHTS: Mapping[str, int] = {
    "child_contacts": 41_000,
    "child_protection_enquiries": 1_600,
    "child_protection_plans": 7_200,
    "children_in_care": 11_200,
    "missing_episodes": 5_200,
    "rapid_reviews": 50,
    "maars_referrals": 440,
    "safeguarding_concerns": 13_900,
    "section_42_enquiries": 2_000,
    "sar_referrals": 12,
    "practice_reviews": 50,
    "learning_points": 150,
    "case_audits": 300,
    "survey_results": 12,
}


def filled_store(store: Store, rows: int) -> dict[str, int]:
    """Fill a new store with `rows` rows, shared as in `WEIGHTS` and evenly over the quarters, one at least in each,
    and with all that the agencies' counts can hold; return → rows in it."""
    numbers = iter(range(1, 1_000_000))
    whole = sum(WEIGHTS.values())
    for name, weight in WEIGHTS.items():
        table = return_named(name)
        quarters = [q for q in map(FIRST.plus, range(QUARTERS)) if q.number == 4 or not table.about.yearly]
        each = max(rows * weight // whole // len(quarters), 1)
        for quarter in quarters:
            _fill(store, table, quarter, next(numbers), each)
    for agency in AGENCIES:
        for quarter in map(FIRST.plus, range(QUARTERS)):
            _fill_counts(store, agency, quarter, next(numbers))
    return _sizes(store)


def _sizes(store: Store) -> dict[str, int]:
    sizes = {}
    with store.cursor() as cursor:
        for name in (*WEIGHTS, AgencyCount.about.name):
            found = cursor.execute(f"SELECT count(*) FROM facts.{name}").fetchone()
            sizes[name] = int(found[0]) if found else 0
    return sizes


def _submission(agency: Agency, table: ReturnType, quarter: Quarter, number: int, rows: int) -> Submission:
    slot = Slot(STOCKPORT.code, agency.code, table.about.name, quarter)
    return Submission(
        number, slot, f"{number:064}", "made_up.csv", 0, rows, 0, "utf-8", ",", SCHEMA_VERSION, "benchmark", utc_now(),
        "accepted", "return",
    )  # fmt: skip


def _fill(store: Store, table: ReturnType, quarter: Quarter, number: int, rows: int) -> None:
    cells = [
        f"{_cell(column, place, quarter)} AS {name}" for place, (name, column) in enumerate(table.stored().items())
    ]
    derived = [f"{_derived(one, quarter)} AS {one.name}" for one in table.derived]
    made = f"SELECT {number}, r + 2, {quarter.id}, {', '.join(cells)} FROM range({rows}) AS made(r)"
    with store.cursor() as cursor, store.committing(cursor):
        write(cursor, _submission(ADULT_SOCIAL_CARE, table, quarter, number, rows))
        cursor.execute(
            f"INSERT INTO {facts_table(table)} ({', '.join(facts_columns(table))}) "
            f"SELECT {', '.join(['*', *derived])} FROM ({made}) AS made_up"
        )


def _cell(column: Column, place: int, quarter: Quarter) -> str:
    """SQL for one cell of row r; a third of the cells that may be blank are."""
    scattered = f"hash(r * 31 + {place} + {quarter.id})"
    made_up = _made_up(column, scattered, quarter)
    return made_up if column.required else f"CASE WHEN {scattered} // 4096 % 3 > 0 THEN {made_up} END"


def _made_up(column: Column, scattered: str, quarter: Quarter) -> str:
    """A hash scatters the words, so that no column follows another."""
    if isinstance(column, (OneOf, AnyOf)):
        words, size = f"[{sql_list(column.codes.values)[1:-1]}]", len(column.codes.values)
        chosen = [f"{words}[1 + CAST({scattered} // {64**turn} % {size} AS INTEGER)]" for turn in range(4)]
        return chosen[0] if isinstance(column, OneOf) else f"list_distinct([{', '.join(chosen)}])"
    if isinstance(column, Day):
        # From three years before the quarter to two months after it: open and ended, in time and late.
        return f"DATE '{quarter.end}' + 60 - CAST({scattered} % 1000 AS INTEGER)"
    if isinstance(column, Identifier):
        return f"'{column.prefix}-' || r"
    if isinstance(column, Whole):
        return f"{column.low} + CAST({scattered} % {min(column.high - column.low + 1, 40)} AS INTEGER)"
    if isinstance(column, Decimal):
        return f"CAST({scattered} % 100 AS INTEGER) / 10.0"
    raise TypeError(f"No cell can be made up for {type(column).__name__}.")


def _derived(derived: Derived, quarter: Quarter) -> str:
    """What intake would store; working days roughly, as five of seven."""
    if isinstance(derived, DaysIntoQuarter):
        return f"date_diff('day', DATE '{quarter.start}', {derived.day})"
    if isinstance(derived, DaysToQuarterEnd):
        return f"date_diff('day', {derived.day}, DATE '{quarter.end}')"
    return f"date_diff('day', {derived.start}, {derived.end}) * 5 // 7"


def _fill_counts(store: Store, agency: Agency, quarter: Quarter, number: int) -> None:
    """Every measure of an agency, whole and in its parts; one in thirty it could not count."""
    due = [measure for measure in measures_of(agency.code) if measure.is_due_in(quarter.number)]
    figures = [(measure, word) for measure in due for word in measure.words]
    rows = []
    for place, (measure, word) in enumerate(figures):
        k = (number * 7919 + place * 104_729) % 900
        counted = (str(k), str(k + 1 + place) if measure.is_share else "NULL") if k % 30 else ("NULL", "NULL")
        cells = (str(number), str(place + 2), str(quarter.id), sql_text(measure.id), sql_text(word), *counted)
        rows.append(f"({', '.join(cells)})")
    with store.cursor() as cursor, store.committing(cursor):
        write(cursor, _submission(agency, AgencyCount, quarter, number, len(rows)))
        if rows:
            names = ", ".join(facts_columns(AgencyCount))
            cursor.execute(f"INSERT INTO {facts_table(AgencyCount)} ({names}) VALUES {', '.join(rows)}")
