"""A rerun of the Progress page against an empty page: script time on the demonstration store.

Goal: at most 60 ms more.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from streamlit.testing.v1 import AppTest

from safeguarding_metrics.demonstrating import demonstrate

FRAME = Path(__file__).parents[1] / "pages" / "frame.py"


def _empty() -> None:
    import streamlit as st

    st.title("Nothing")


def run(quick: bool) -> dict[str, Any]:
    """Milliseconds of wall time for a warm rerun of either, and the difference."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.duckdb"
        demonstrate(store)
        os.environ["SAFEGUARDING_STORE"] = str(store)
        progress = _milliseconds(AppTest.from_file(FRAME, default_timeout=60), 10 if quick else 40)
    empty = _milliseconds(AppTest.from_function(_empty), 10 if quick else 40)
    return {"progress ms": progress, "empty ms": empty, "more ms": round(progress - empty, 1)}


def _milliseconds(app: AppTest, repeats: int) -> float:
    app.run()
    if app.exception:
        raise AssertionError("the page could not be drawn")
    spent = []
    for _ in range(repeats):
        start = time.perf_counter()
        app.run()
        spent.append(1000 * (time.perf_counter() - start))
    return round(median(spent), 1)
