"""Buttons to take away what a screen shows: its tables as CSV and Excel, its charts as pictures.

A file is made when its button is pressed, from what the screen showed, so that drawing a screen costs nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dataset.quarter import Quarter
from pages.parts.choosing import as_reported
from pages.parts.held import View
from pages.parts.who import may
from safeguarding_metrics.picture_files import Picture
from safeguarding_metrics.table_files import FileTable, as_csv, as_xlsx

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
File = tuple[str, Callable[[], bytes | str], str, str]


def take_table(
    seen: View, make: Callable[[], FileTable], name: str, quarter: Quarter | None = None, words: str = "This table"
) -> None:
    """The two buttons of a table; `name` begins the names of its files, `words` say which table it is."""
    reported, stem = as_reported(seen), _stem(name, quarter)

    def made(write: Callable[..., bytes]) -> bytes:
        return write(make(), invented=seen.invented, reported=reported)

    offer(
        name,
        (
            (f"{words} (CSV)", partial(made, as_csv), f"{stem}.csv", "text/csv"),
            (f"{words} (Excel)", partial(made, as_xlsx), f"{stem}.xlsx", WORKBOOK),
        ),
    )


def picture_files(make: Callable[[], Picture], stem: str) -> tuple[File, File]:
    """A chart as a drawing and as dots."""
    return (
        ("Chart (SVG)", lambda: make().svg, f"{stem}.svg", "image/svg+xml"),
        ("Chart (PNG)", lambda: make().png, f"{stem}.png", "image/png"),
    )


def offer(name: str, files: Sequence[File]) -> None:
    """A quiet row of buttons, each for a file that is made when it is asked for."""
    if not may("take_away"):
        return
    with st.container(horizontal=True, gap="small", key=f"take_away_{name}"):
        for label, make, file, kind in files:
            st.download_button(
                label,
                make,
                file,
                kind,
                key=f"take_{name}_{file.rpartition('.')[2]}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )


def _stem(name: str, quarter: Quarter | None) -> str:
    return name if quarter is None else f"{name}_{file_words(quarter)}"


def file_words(quarter: Quarter) -> str:
    """2023-24_Q4"""
    return str(quarter).replace("/", "-").replace(" ", "_")
