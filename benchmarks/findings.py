"""Saying what is wrong with a return that is wrong throughout: three faults in each of 100,000 rows.

Checked and grouped as the page shows them. Wrong words that repeat are worded once; words that all differ, and
rules, which are worded with their row's cells, cannot be. Goal: 300,000 faults in at most 2 s each way.
"""

from __future__ import annotations

import csv
import io
import time
from collections import Counter
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

from benchmarks.intake import NO_LIMIT, QUARTER, made_up
from dataset.checking import check
from dataset.checking.findings import grouped
from dataset.tables.section_42_enquiries import Section42Enquiry as Return

Spoiling = Callable[[int], Mapping[str, str]]


def _repeated(row: int) -> Mapping[str, str]:
    """Some words over and over, as a wrong template or an old code list leaves them."""
    return {
        "concluded_on": str(45017 + row % 90),
        "age_band": ("75 to 84", "over 95", "18 - 24", "unknown")[row % 4],
        "location": ("own home", "Care home", "Hospital", "Street")[row % 4],
    }


def _distinct(row: int) -> Mapping[str, str]:
    """Another word in every cell, as free text in place of codes or shifted columns leave them."""
    return {
        "concluded_on": f"12/05/2023 {row:06}",
        "age_band": f"{row} years",
        "location": f"Home of {row}, near the park",
    }


def _rules(row: int) -> Mapping[str, str]:
    """Every cell can be read and three rules are broken."""
    return {
        "started_on": "14/09/2023",
        "concluded_on": f"{row % 28 + 1:02}/08/2023",
        "msp_asked": "Don't Know" if row % 2 else "No",
        "msp_achieved": "Fully Achieved",
    }


SPOILINGS: dict[str, Spoiling] = {"repeated words": _repeated, "distinct words": _distinct, "broken rules": _rules}


def run(quick: bool) -> dict[str, Any]:
    """Seconds by kind of fault."""
    rows = 10_000 if quick else 100_000
    return {f"{3 * rows:,} {name}": _timed(_spoilt(rows, spoiling), rows) for name, spoiling in SPOILINGS.items()}


def _spoilt(rows: int, spoiling: Spoiling) -> bytes:
    """The made-up return with those cells in place of its own."""
    text = io.StringIO()
    sound = csv.DictReader(io.StringIO(made_up(rows).decode()))
    writer = csv.DictWriter(text, list(Return.columns()), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**cells, **spoiling(row)} for row, cells in enumerate(sound))
    return text.getvalue().encode()


def _timed(raw: bytes, rows: int) -> dict[str, Any]:
    """Median of three; the clock on the wall, as somebody waits for it, and the processors' own."""
    spent: list[tuple[float, float, float]] = []
    for _ in range(3):
        start, busy = time.perf_counter(), time.process_time()
        findings = check(raw, Return, QUARTER, size_limit=NO_LIMIT).findings
        checked = time.perf_counter()
        groups = grouped(findings)
        spent.append((time.perf_counter() - start, time.process_time() - busy, time.perf_counter() - checked))
    assert len(findings) == 3 * rows, Counter(finding.code for finding in findings)
    whole, busy, grouping = (round(median(column), 2) for column in zip(*spent, strict=True))
    return {"seconds": whole, "CPU seconds": busy, "of it grouping": grouping, "groups": len(groups)}
