"""Sending a return of valid rows against the least that any intake with this engine must do.

The floor is read_csv with every column VARCHAR (no guessing), CREATE TABLE AS and CHECKPOINT into a file; for the
rules alone the same into memory. Loading straight into dates and codes, which stops at the first wrong cell, is
shown beside it. Goals at 10⁶ rows: whole intake at most 2.5 floors and 700 MB, rules alone at most 1.8 floors in
memory; 10,000 rows in at most 0.25 s.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import numpy as np

from dataset.agencies import ADULT_SOCIAL_CARE, STOCKPORT
from dataset.checking import create_code_types
from dataset.checking.judging import judge_rows
from dataset.checking.receiving import Text, receive
from dataset.checking.staging import stage
from dataset.checking.structure import Structure, read_structure
from dataset.columns import AnyOf, Column, OneOf
from dataset.intake import send
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.store import Store
from dataset.tables.section_42_enquiries import OUTCOMES_EXPRESSED
from dataset.tables.section_42_enquiries import Section42Enquiry as Return

QUARTER = Quarter.parse("2023/24 Q1")
SLOT = Slot(STOCKPORT.code, ADULT_SOCIAL_CARE.code, Return.about.name, QUARTER)
NO_LIMIT = 1 << 40


def run(quick: bool) -> dict[str, Any]:
    """Seconds and ratios by number of rows."""
    sizes = (10_000, 100_000) if quick else (10_000, 1_000_000)
    return {f"{rows:,} rows": _compare(rows) for rows in sizes}


def _compare(rows: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "return.csv"
        file.write_bytes(made_up(rows))
        structure = _sound(file)
        jobs = {
            "whole intake": lambda: take_in(file, folder),
            "floor": lambda: _load(file, folder, typed=False),
            "floor, typed": lambda: _load(file, folder, typed=True),
            "rules alone": lambda: _rules(structure, folder),
            "floor in memory": lambda: _load(file, None, typed=False),
            "floor in memory, typed": lambda: _load(file, None, typed=True),
        }
        spent, waited = interleaved(jobs, 5 if rows > 100_000 else 15)
        peak = _peak_megabytes(file)
    whole, rules = spent["whole intake"], spent["rules alone"]
    return {
        "seconds": {name: round(seconds, 3) for name, seconds in spent.items()},
        "seconds by the clock on the wall": {name: round(seconds, 3) for name, seconds in waited.items()},
        "whole intake of floor": round(whole / spent["floor"], 2),
        "whole intake of typed floor": round(whole / spent["floor, typed"], 2),
        "rules alone of floor in memory": round(rules / spent["floor in memory"], 2),
        "rules alone of typed floor in memory": round(rules / spent["floor in memory, typed"], 2),
        "peak MB": peak,
    }


def made_up(rows: int) -> bytes:
    """A valid return of that many rows; every row is invented."""
    random = np.random.default_rng(1)
    columns = Return.columns()

    def words(column: str) -> tuple[str, ...]:
        kind = columns[column]
        assert isinstance(kind, OneOf | AnyOf)
        return kind.codes.values

    def chosen(values: list[str] | tuple[str, ...], places: Any = None) -> list[str]:
        picked = random.integers(0, len(values), rows) if places is None else places
        return [str(value) for value in np.array(values, dtype=object)[picked]]

    days = [QUARTER.start + timedelta(offset) for offset in range(-60, (QUARTER.end - QUARTER.start).days + 1)]
    written = [day.strftime("%d/%m/%Y") for day in days]
    concluded = random.integers(60, len(days), rows)
    asked = random.integers(0, len(words("msp_asked")), rows)
    stated = asked == words("msp_asked").index(OUTCOMES_EXPRESSED)
    types = words("abuse_types")
    cells = {name: chosen(words(name)) for name in ("age_band", "sex", "location", "source_of_risk")}
    cells |= {
        "enquiry_id": [f"E-{number:07}" for number in range(rows)],
        "started_on": chosen(written, concluded - random.integers(0, 60, rows)),
        "concluded_on": chosen(written, concluded),
        "abuse_types": chosen([one if one == other else f"{one}; {other}" for one in types for other in types]),
        "msp_asked": chosen(words("msp_asked"), asked),
        "msp_achieved": chosen((*words("msp_achieved"), ""), np.where(stated, random.integers(0, 3, rows), 3)),
    }
    lines = map(",".join, zip(*(cells[name] for name in columns), strict=True))
    return "\n".join([",".join(columns), *lines]).encode() + b"\n"


def take_in(file: Path, folder: Path) -> None:
    """Send the file into a fresh store."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        store = Store.open(Path(name) / "store.duckdb", kind="demonstration")
        try:
            answer = send(store, SLOT, file.read_bytes(), sent_by="b", file_name="return.csv", size_limit=NO_LIMIT)
        finally:
            store.close()
    assert answer.accepted and not answer.findings, answer.findings[:3]


def _load(file: Path, folder: Path | None, *, typed: bool) -> None:
    """The floor: into a file that is thrown away, or into memory."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        place = ":memory:" if folder is None else str(Path(name) / "floor.duckdb")
        with duckdb.connect(place) as connection:
            create_code_types(connection, Return)
            kinds = {column: _floor_type(kind) if typed else "VARCHAR" for column, kind in Return.columns().items()}
            columns = ", ".join(f"'{column}': '{kind}'" for column, kind in kinds.items())
            connection.execute(
                f"CREATE TABLE loaded AS SELECT * FROM read_csv('{file}', columns={{{columns}}}, auto_detect=false, "
                "header=true, delim=',', dateformat='%d/%m/%Y')"
            )
            connection.execute("CHECKPOINT")


def _floor_type(kind: Column) -> str:
    return "VARCHAR" if isinstance(kind, AnyOf) else kind.sql_type()


def _sound(file: Path) -> Structure:
    text = receive(file.read_bytes(), NO_LIMIT)
    assert isinstance(text, Text)
    structure = read_structure(text.content, tuple(Return.columns()))
    assert isinstance(structure, Structure)
    return structure


def _rules(structure: Structure, folder: Path) -> None:
    """The check's own passes over a text whose structure is known: cells read, rules and keys judged, in memory."""
    with duckdb.connect() as connection:
        create_code_types(connection, Return)
        stage(structure, Return.columns(), connection, folder)
        assert not judge_rows(Return, QUARTER, structure, connection, folder)


def interleaved(jobs: Mapping[str, Callable[[], None]], repeats: int) -> tuple[dict[str, float], dict[str, float]]:
    """Median seconds of each, of the processors and by the clock, run by turns so that whatever slows the machine
    slows all."""
    spent: dict[str, list[float]] = {name: [] for name in jobs}
    waited: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(repeats):
        for name, job in jobs.items():
            start, begun = time.process_time(), time.perf_counter()
            job()
            spent[name].append(time.process_time() - start)
            waited[name].append(time.perf_counter() - begun)
    return {name: median(seconds) for name, seconds in spent.items()}, {
        name: median(seconds) for name, seconds in waited.items()
    }


def _peak_megabytes(file: Path) -> int:
    """The most memory that a process holds which takes in the file and does nothing else.

    Read from /proc, as ru_maxrss of a new process begins with what its parent held.
    """
    code = (
        "import pathlib, re, sys; from benchmarks.intake import take_in; file = pathlib.Path(sys.argv[1]); "
        "take_in(file, file.parent); print(re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1])"
    )
    child = subprocess.run([sys.executable, "-c", code, str(file)], check=True, capture_output=True, text=True)
    return int(child.stdout) // 1024
