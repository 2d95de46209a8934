"""A store filled with made-up rows in bulk, for measuring only; every row is invented."""

from __future__ import annotations

from pathlib import Path

from dataset.agencies import STOCKPORT
from dataset.columns import AnyOf, Column, Day, Identifier, OneOf, Whole, sql_list
from dataset.ledger import Slot, Submission, write
from dataset.quarter import Quarter
from dataset.schema import SCHEMA_VERSION, facts_columns, facts_table
from dataset.store import Store, utc_now
from dataset.table import ReturnType

FIRST, QUARTERS = Quarter(2021, 1), 20


def filled_store(path: Path, tables: list[ReturnType], rows: int) -> Store:
    """A store with `rows` rows shared evenly by the returns and by twenty quarters."""
    store = Store.open(path, kind="demonstration")
    each = rows // len(tables) // QUARTERS
    number = 0
    for table in tables:
        for back in range(QUARTERS):
            number += 1
            _fill(store, table, FIRST.plus(back), number, each)
    return store


def _fill(store: Store, table: ReturnType, quarter: Quarter, number: int, rows: int) -> None:
    slot = Slot(STOCKPORT.code, "SMBC-ASC", table.about.name, quarter)
    entry = Submission(
        number, slot, f"{number:064}", "made_up.csv", 0, rows, 0, "utf-8", ",", SCHEMA_VERSION, "benchmark", utc_now(),
        "accepted", "return",
    )  # fmt: skip
    values = ", ".join(_made_up(column, place) for place, column in enumerate(table.columns().values()))
    derived = "".join(", CAST(r * 7919 % 20 AS INTEGER)" for _ in table.derived)
    names = ", ".join(facts_columns(table))
    with store.cursor() as cursor, store.committing(cursor):
        write(cursor, entry)
        cursor.execute(
            f"INSERT INTO {facts_table(table)} ({names}) "
            f"SELECT {number}, r + 2, {quarter.id}, {values}{derived} FROM range({rows}) AS made(r)"
        )


def _made_up(column: Column, place: int) -> str:
    """SQL for one cell of row r; a hash scatters the words so that no column follows another."""
    scattered = f"hash(r * 31 + {place})"
    if isinstance(column, (OneOf, AnyOf)):
        words = f"[{sql_list(column.codes.values)[1:-1]}]"
        size = len(column.codes.values)
        if isinstance(column, OneOf):
            return f"{words}[1 + CAST({scattered} % {size} AS INTEGER)]"
        first = f"1 + CAST({scattered} % {size} AS INTEGER)"
        return f"list_distinct([{words}[{first}], {words}[1 + CAST({scattered} // 64 % {size} AS INTEGER)]])"
    if isinstance(column, Day):
        return f"DATE '2023-04-01' + CAST({scattered} % 90 AS INTEGER)"
    if isinstance(column, Identifier):
        return f"'{column.prefix}-' || r"
    return "1" if isinstance(column, Whole) else "NULL"
