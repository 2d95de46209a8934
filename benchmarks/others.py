"""Our whole intake of a valid return against what else does such checks: pandera on pandas, and frictionless.

All hold every cell and row to the same conditions and report every fault; a file with one fault of each kind shows
it first. pandera is followed by a load into a DuckDB file, as our intake ends with one. It does the same job: cells
are trimmed and null words blank, a day has one of two forms and no other, a fault is told with the cell as received,
the rows end up with the types that our facts have. A second file shows that too. It is timed with the reader pandas
takes by itself, and with Arrow's, which is quicker. What only our intake does is left out of its job: encodings, rows
above the header, rows that are too short, the hash, the kept copy and the ledger.

Beside it stands the least that checks anything: no trimming, no null words, days of one form read leniently, text
loaded as text, lists of words told apart by their different cells only. frictionless only checks, at 100,000 rows,
and is compared by the row. Goals at 10⁶ rows, in seconds of the processors: 1.6 times faster than pandera and load,
7 times faster than frictionless. Needs requirements-bench.txt.
"""

from __future__ import annotations

import csv
import io
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

import duckdb
import pandas as pd

from benchmarks.intake import NO_LIMIT, QUARTER, interleaved, made_up, take_in
from dataset.checking import check, create_code_types
from dataset.columns import NULL_WORDS, SPACES, AnyOf, Column, Day, Identifier, OneOf
from dataset.tables.section_42_enquiries import OUTCOMES_EXPRESSED
from dataset.tables.section_42_enquiries import Section42Enquiry as Return

COLUMNS = Return.columns()
DATES = [name for name, column in COLUMNS.items() if isinstance(column, Day)]
EARLIEST, LATEST = date(1900, 1, 1), date(2099, 12, 31)
# One fault of each kind; the last repeats the first row's key.
FAULTS: tuple[dict[str, str], ...] = (
    {"age_band": "75 to 84"},
    {"location": ""},
    {"started_on": "31/02/2023"},
    {"concluded_on": "45017"},
    {"concluded_on": "01/07/2023"},
    {"started_on": "30/06/2023", "concluded_on": "29/06/2023"},
    {"abuse_types": "Physical Abuse; Unkindness"},
    {"abuse_types": "Sexual Abuse; Sexual Abuse"},
    {"msp_asked": "No", "msp_achieved": "Fully Achieved"},
    {"enquiry_id": "J. Smith"},
    {"enquiry_id": "E-0000000"},
)
# Faults that only a strict reading sees, and cells that only one who trims and knows null words takes as sound.
STRICT_FAULTS: tuple[dict[str, str], ...] = (
    {"started_on": "1/4/2023"},
    {"concluded_on": "30/06/23"},
    {"started_on": "2023-4-01"},
    {"started_on": "2023-02-30"},
    {"enquiry_id": " - "},
)
SOUND: tuple[dict[str, str], ...] = (
    {"started_on": "2023-04-01"},
    {"location": "\u00a0Own Home "},
    {"msp_asked": "No", "msp_achieved": " N/A "},
    {"enquiry_id": "\u200bE-9999999"},
    {"concluded_on": " 30/06/2023"},
)
Reader = Literal["c", "pyarrow"]


def run(quick: bool) -> dict[str, Any]:
    """Seconds of each and how many times faster ours is."""
    rows, fewer = (100_000, 10_000) if quick else (1_000_000, 100_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        many, few = folder / "many.csv", folder / "few.csv"
        many.write_bytes(made_up(rows))
        few.write_bytes(made_up(fewer))
        see_that_they_agree(folder)
        jobs = {
            "ours": lambda: take_in(many, folder),
            "pandera and load": lambda: _pandera_and_load(many, folder, "c"),
            "pandera with Arrow's reader and load": lambda: _pandera_and_load(many, folder, "pyarrow"),
            "the least of pandera and load": lambda: _least_and_load(many, folder),
        }
        spent, waited = interleaved(jobs, 3)
        start = time.process_time()
        assert not frictionless_refuses(few)
        slow = (time.process_time() - start) * rows / fewer
    others = [name for name in spent if name != "ours"]
    ours = spent["ours"]
    faster = {f"times faster than {name}": round(spent[name] / ours, 2) for name in others}
    faster |= {f"times faster than {name}, by the clock": round(waited[name] / waited["ours"], 2) for name in others}
    return {
        "rows": rows,
        "seconds": {name: round(seconds, 2) for name, seconds in spent.items()},
        "seconds by the clock on the wall": {name: round(seconds, 2) for name, seconds in waited.items()},
        f"frictionless seconds, scaled from {fewer:,} rows": round(slow, 1),
        **faster,
        "times faster than frictionless": round(slow / ours, 1),
    }


def _with(faults: tuple[dict[str, str], ...], sound: tuple[dict[str, str], ...] = ()) -> bytes:
    """Valid rows; every tenth has a fault, and every tenth from the fifth on one of the sound oddities."""
    text = io.StringIO()
    rows = list(csv.DictReader(io.StringIO(made_up(10 * len(faults) + 1).decode())))
    for row, fault in enumerate(faults, start=1):
        rows[10 * row] |= fault
    for row, oddity in enumerate(sound):
        rows[10 * row + 5] |= oddity
    writer = csv.DictWriter(text, list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def see_that_they_agree(folder: Path) -> None:
    """Each refuses exactly the rows with a fault (counted from 0), and those that do the same job tell the same cells
    as received: what is compared does the same work."""
    faulty, strict = folder / "faulty.csv", folder / "strict.csv"
    faulty.write_bytes(_with(FAULTS))
    strict.write_bytes(_with(STRICT_FAULTS, SOUND))
    wrong = {10 * row for row in range(1, len(FAULTS) + 1)}
    told = {"ours": _ours(faulty), "pandera": _pandera(faulty, "c"), "Arrow's reader": _pandera(faulty, "pyarrow")}
    found = {name: {row for row, _, _ in cells} for name, cells in told.items()}
    found |= {"the least": pandera_refuses(_least_frame(faulty), _schema(least=True))}
    found |= {"frictionless": frictionless_refuses(faulty)}
    for name, rows in found.items():
        # pandera names both rows of a repeated key, we and frictionless the second.
        if rows - {0} != wrong:
            raise AssertionError(f"{name} differs in rows {sorted(rows ^ wrong)}")
    ours, theirs, arrow = _ours(strict), _pandera(strict, "c"), _pandera(strict, "pyarrow")
    if not ours == theirs == arrow or len(ours) != len(STRICT_FAULTS):
        raise AssertionError(f"Not the same cells are told: {ours}, {theirs}, {arrow}")


Told = set[tuple[int, str, str]]


def _ours(file: Path) -> Told:
    """Row, column and cell of each fault."""
    findings = check(file.read_bytes(), Return, QUARTER, size_limit=NO_LIMIT).findings
    return {(f.record - 2, f.column or "", f.value or "") for f in findings if f.record}


def _pandera(file: Path, reader: Reader) -> Told:
    """Row, column and cell of each fault; a fault of several cells is told with none."""
    text = _text(file, reader)
    frame = _read(text)
    return {
        (row, column, "" if column not in COLUMNS or pd.isna(text.at[row, column]) else text.at[row, column])
        for row, column in _failures(frame, _schema(least=False))
    }


def _text(file: Path, reader: Reader) -> pd.DataFrame:
    """The cells as received."""
    return pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[""], engine=reader)


def _read(text: pd.DataFrame) -> pd.DataFrame:
    """The cells trimmed, without null words where they would pass, and the days read, NaT where they cannot be."""
    frame = text.apply(lambda cells: cells.str.strip(SPACES))
    for name, column in COLUMNS.items():
        if isinstance(column, Identifier) or not column.required:
            frame[name] = frame[name].mask(frame[name].isin(("", *NULL_WORDS)))
    for name in DATES:
        frame[name] = _days(frame[name])
    return frame


def _days(cells: pd.Series) -> pd.Series:
    """Days written in one of the two full forms; pandas alone would take 1/4/2023 too."""
    full = cells.str.fullmatch(r"\d{2}/\d{2}/\d{4}")
    days = pd.to_datetime(cells, format="%d/%m/%Y", errors="coerce").where(full)
    other = cells[days.isna() & cells.str.fullmatch(r"\d{4}-\d{2}-\d{2}")]
    if len(other):
        days[other.index] = pd.to_datetime(other, format="%Y-%m-%d", errors="coerce")
    return days


def _least_frame(file: Path) -> pd.DataFrame:
    """The cells as text and the dates read, NaT where they cannot be."""
    frame = _text(file, "c")
    for name in DATES:
        frame[name] = pd.to_datetime(frame[name], format="%d/%m/%Y", errors="coerce")
    return frame


def _schema(*, least: bool) -> Any:
    from pandera.pandas import Check, DataFrameSchema
    from pandera.pandas import Column as Cell

    def conditions(name: str, column: Column) -> Check:
        match column:
            case OneOf():
                return Check.isin(column.codes.values)
            case AnyOf():
                return Check(_only_known(column.codes.values, each_once=least))
            case Day():
                first, last = (QUARTER.start, QUARTER.end) if name == "concluded_on" else (EARLIEST, LATEST)
                return Check.in_range(pd.Timestamp(first), pd.Timestamp(last))
            case _:
                return Check(lambda cells: cells.str.fullmatch(Identifier._PATTERN))

    def cell(name: str, column: Column) -> Cell:
        # No type for text: pandera would look at every cell again to see that it is text.
        kind = "datetime64[us]" if name in DATES else None
        return Cell(kind, conditions(name, column), nullable=not column.required, coerce=name in DATES)

    both = [
        Check(lambda f: ~(f["concluded_on"] < f["started_on"])),
        Check(lambda f: f["msp_achieved"].isna() | f["msp_asked"].isna() | (f["msp_asked"] == OUTCOMES_EXPRESSED)),
    ]
    cells = {name: cell(name, column) for name, column in COLUMNS.items()}
    return DataFrameSchema(cells, checks=both, unique=list(Return.key), strict=True)


def _only_known(codes: tuple[str, ...], *, each_once: bool) -> Callable[[pd.Series], pd.Series]:
    """Whether cells hold known words, none of them twice: every cell is split, or each different one once."""

    def sound(cell: str) -> bool:
        words = [word.strip(" ") for word in cell.split(";")]
        return set(words) <= set(codes) and len(set(words)) == len(words)

    if each_once:
        return lambda cells: cells.isin([cell for cell in cells.unique() if sound(cell)])
    return lambda cells: cells.map(sound)


def _failures(frame: pd.DataFrame, schema: Any) -> set[tuple[int, str]]:
    """Row and column of every failure that pandera finds."""
    from pandera.errors import SchemaErrors

    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases.dropna(subset=["index"])
        return {(int(row), str(column)) for row, column in zip(cases["index"], cases["column"], strict=True)}
    return set()


def pandera_refuses(frame: pd.DataFrame, schema: Any) -> set[int]:
    """Rows that pandera finds wrong, every one of them."""
    return {row for row, _ in _failures(frame, schema)}


def _pandera_and_load(file: Path, folder: Path, reader: Reader) -> None:
    text = _text(file, reader)
    frame = _read(text)
    assert not _failures(frame, _schema(least=False))
    _load(frame, folder, least=False)


def _least_and_load(file: Path, folder: Path) -> None:
    frame = _least_frame(file)
    assert not _failures(frame, _schema(least=True))
    _load(frame, folder, least=True)


def _load(frame: pd.DataFrame, folder: Path, *, least: bool) -> None:
    values = ", ".join(f"{_loaded(name, column, least=least)} AS {name}" for name, column in COLUMNS.items())
    with (
        tempfile.TemporaryDirectory(dir=folder) as name,
        duckdb.connect(str(Path(name) / "loaded.duckdb")) as connection,
    ):
        create_code_types(connection, Return)
        connection.register("frame", frame)
        connection.execute(f"CREATE TABLE loaded AS SELECT {values} FROM frame")
        connection.execute("CHECKPOINT")


def _loaded(name: str, column: Column, *, least: bool) -> str:
    """SQL: the value of a sound cell as the table keeps it."""
    if isinstance(column, AnyOf) and not least:
        return f"CAST(string_split(replace({name}, '; ', ';'), ';') AS {column.sql_type()})"
    return f"CAST({name} AS {column.sql_type()})" if name in DATES or not least else name


def _fields() -> Iterator[dict[str, Any]]:
    """The columns as frictionless describes them."""
    for name, column in COLUMNS.items():
        limits: dict[str, Any] = {"required": column.required}
        kind: dict[str, str] = {"type": "string"}
        match column:
            case OneOf():
                limits["enum"] = list(column.codes.values)
            case AnyOf():
                word = "|".join(column.codes.values)
                # A word may not be followed by itself.
                limits["pattern"] = rf"(?!.*\b({word}) *; *(.*; *)?\1( *;|$))({word})( *; *({word}))*"
            case Day():
                kind = {"type": "date", "format": "%d/%m/%Y"}
                first, last = (QUARTER.start, QUARTER.end) if name == "concluded_on" else (EARLIEST, LATEST)
                limits["minimum"], limits["maximum"] = first.strftime("%d/%m/%Y"), last.strftime("%d/%m/%Y")
            case _:
                limits["pattern"] = Identifier._PATTERN
        yield {"name": name, **kind, "constraints": limits}


def frictionless_refuses(file: Path) -> set[int]:
    """Rows that frictionless finds wrong, every one of them."""
    from frictionless import Checklist, Resource, Schema, checks, system

    schema = Schema.from_descriptor({"fields": list(_fields()), "primaryKey": list(Return.key)})
    both = [
        checks.row_constraint(formula="not started_on or not concluded_on or concluded_on >= started_on"),
        checks.row_constraint(formula=f"not msp_achieved or not msp_asked or msp_asked == '{OUTCOMES_EXPRESSED}'"),
    ]
    with system.use_context(trusted=True):
        report = Resource(path=str(file), schema=schema).validate(Checklist(checks=both), limit_errors=1_000_000)
    # The header is row 1.
    return {row - 2 for (row,) in report.flatten(["rowNumber"]) if row}
