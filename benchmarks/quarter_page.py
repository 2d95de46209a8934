"""A rerun of the Quarter page against a bare page of the same HTML, on the demonstration store: every indicator, and
those about adults (some 80).

Goals: at most 1.5 times the bare page, at most 40 ms of CPU a rerun once warm. The bare page is measured as
anybody would write it (st.html), in the quicker way in which our screens put finished HTML on the page, and in that way
in a frame: with the navigation and the choices that every screen has, so that the ratio is what Quarter itself adds.
"""

from __future__ import annotations

import gc
import os
import tempfile
import time
from pathlib import Path
from statistics import median
from threading import Lock
from typing import Any
from unittest.mock import patch

from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest

from pages.parts.held import let_go
from safeguarding_metrics.demonstrating import demonstrate

FRAME = Path(__file__).parents[1] / "pages" / "frame.py"
# What the bare page draws: the title and the pieces of HTML that the Quarter page drew, in its order.
DRAWN: list[str] = []
CASES = {"every indicator": {"show": "all"}, "about adults": {"show": "all", "about": "adults"}}
# The select boxes of the Quarter page and the number of screens, for a bare page in a frame such as every screen has.
SCREENS = 16
CHOICES: list[tuple[str, list[str]]] = []
_COMPILED: dict[str, Any] = {}


def _keeping(cache: ScriptCache) -> None:
    """A server compiles a script once; the test runner would do it at every rerun."""
    cache._cache, cache._lock = _COMPILED, Lock()


def _bare() -> None:
    import streamlit as st

    from benchmarks.quarter_page import DRAWN

    title, *pieces = DRAWN
    st.title(title)
    for piece in pieces:
        st.html(piece)


def _bare_and_quick() -> None:
    import streamlit as st

    from benchmarks.quarter_page import DRAWN
    from pages.parts.drawing import draw

    title, *pieces = DRAWN
    st.title(title)
    for piece in pieces:
        draw(piece)


def _bare_in_a_frame() -> None:
    import streamlit as st

    from benchmarks.quarter_page import CHOICES, DRAWN, SCREENS
    from pages.parts.drawing import draw

    def screen() -> None:
        title, *pieces = DRAWN
        st.title(title)
        st.date_input("As reported on", value=None)
        for label, options in CHOICES:
            st.selectbox(label, options)
        for piece in pieces:
            draw(piece)

    pages = [st.Page(screen, title=f"Screen {number}", url_path=f"screen_{number}") for number in range(SCREENS)]
    st.navigation(pages, position="top").run()


def run(quick: bool) -> dict[str, Any]:
    """Milliseconds of a warm rerun of each, wall and CPU, by turns; and what was drawn."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.duckdb"
        demonstrate(store)
        gc.collect()
        gc.freeze()  # as the application does at its start
        os.environ["SAFEGUARDING_STORE"] = str(store)
        try:
            with patch.object(ScriptCache, "__init__", _keeping):
                return {name: _compare(asked, 10 if quick else 40) for name, asked in CASES.items()}
        finally:
            let_go(store)


def _compare(asked: dict[str, str], repeats: int) -> dict[str, Any]:
    page = AppTest.from_file(FRAME, default_timeout=60)
    page.query_params.update(asked)
    page.run().switch_page("quarter.py").run()
    if page.exception:
        raise AssertionError("the page could not be drawn")
    DRAWN[:] = [page.title[0].value, *(one.proto.body for one in page.get("html"))]
    CHOICES[:] = [(box.label, list(box.options)) for box in page.selectbox]
    others = {"bare": _bare, "quick": _bare_and_quick, "framed": _bare_in_a_frame}
    apps = {"page": page} | {name: AppTest.from_function(one, default_timeout=60) for name, one in others.items()}
    wall: dict[str, list[float]] = {name: [] for name in apps}
    cpu: dict[str, list[float]] = {name: [] for name in apps}
    for turn in range(repeats + 2):
        for name, app in apps.items():
            clock, used = time.perf_counter(), time.process_time()
            app.run()
            if turn > 1:  # by then both are warm
                wall[name].append(1000 * (time.perf_counter() - clock))
                cpu[name].append(1000 * (time.process_time() - used))
    if any([one.proto.body for one in app.get("html")] != DRAWN[1:] for app in apps.values()):
        raise AssertionError("the pages do not draw the same")
    ms = {name: round(median(spent), 1) for name, spent in wall.items()}
    return {
        "indicators": sum(piece.count('<th scope="row"') for piece in DRAWN),
        "periods": _periods(),
        "HTML KB": round(sum(map(len, DRAWN)) / 1024),
        "quarter ms": ms["page"],
        "bare ms": ms["bare"],
        "bare and quick ms": ms["quick"],
        "bare, quick, in a frame ms": ms["framed"],
        "of bare": round(ms["page"] / ms["bare"], 2),
        "of bare and quick": round(ms["page"] / ms["quick"], 2),
        "of bare, quick, in a frame": round(ms["page"] / ms["framed"], 2),
        "quarter CPU ms": round(median(cpu["page"]), 1),
        "bare CPU ms": round(median(cpu["bare"]), 1),
    }


def _periods() -> int:
    """How many columns of the table are periods: all but the indicator, the verdicts and the data's state."""
    table = next(piece for piece in DRAWN if "figures quarter" in piece)
    return table.count('<th scope="col"') - 3
