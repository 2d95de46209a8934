"""The screens in the order of the top navigation: a new screen is one line here and one file beside the frame."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any, Literal

import streamlit as st

Visibility = Literal["visible", "hidden"]
FOLDER = Path(__file__).parents[1]

# File, title, address. Not in sections: on a phone Streamlit lists those in a way that screen readers cannot follow
# (WCAG 1.3.1).
SCREENS: tuple[tuple[str, str, str], ...] = (
    ("progress.py", "Progress", "progress"),
    ("quarter.py", "Quarter", "quarter"),
    ("journey.py", "Journey", "journey"),
    ("indicator.py", "Indicator", "indicator"),
    ("reviews.py", "Reviews", "reviews"),
    ("published.py", "Published figures", "published"),
    ("registers.py", "Registers", "registers"),
    ("meetings.py", "Meetings", "meetings"),
    ("upload.py", "Upload", "upload"),
    ("returns.py", "Returns", "returns"),
    ("definitions.py", "Definitions", "definitions"),
    ("administration.py", "Administration", "administration"),
    ("easy_read.py", "Easy read", "easy_read"),
    ("accessibility.py", "Accessibility", "accessibility"),
    ("data_protection.py", "Data protection", "data_protection"),
)
# Reached from the foot of every screen: the top has room for what people work with.
AT_THE_FOOT = ("data_protection", "accessibility", "easy_read")


def screens(visibility: Callable[[str], Visibility]) -> list[Any]:
    """Streamlit's pages, each shown in the navigation or not, by its address.

    Copies, for Streamlit writes on a page which drawing it may be called in. Making one looks for its file on the disk:
    all of them took a sixth of a drawing of Quarter.
    """
    return [copy(_screen(file, title, address, visibility(address))) for file, title, address in SCREENS]


@cache
def _screen(file: str, title: str, address: str, visibility: Visibility) -> Any:
    return st.Page(FOLDER / file, title=title, url_path=address, visibility=visibility)


@cache
def icon() -> str:
    """The picture of the browser's tab, in its address: a file would be read and handed over anew for every drawing."""
    picture = (Path(__file__).with_name("favicon.png")).read_bytes()
    return f"data:image/png;base64,{b64encode(picture).decode()}"
