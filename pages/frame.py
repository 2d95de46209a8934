"""What every screen stands in: the list of screens, the stylesheet, the label of invented data.

Run by the launcher, never by itself; Streamlit runs it on every first request, deep links included.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from dataset.store import StoreUnavailable
from pages.parts.drawing import invented_banner, style
from pages.parts.held import held_store, say_and_stop

HERE = Path(__file__).parent

# The screens in the order of the top navigation: file, title, address. A new screen is one line.
# Not in sections: on a phone Streamlit lists those in a way that screen readers cannot follow (WCAG 1.3.1).
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
    ("data_protection.py", "Data protection", "data_protection"),
)


def main() -> None:
    """Draw the frame, then the screen asked for."""
    st.set_page_config(
        page_title="Safeguarding performance",
        page_icon=str(HERE / "parts" / "favicon.png"),
        layout="wide",
        initial_sidebar_state="auto",
    )
    pages = [st.Page(HERE / file, title=title, url_path=address) for file, title, address in SCREENS]
    home = st.Page(lambda: _go_to(pages[0]), title="Home", default=True, visibility="hidden")
    chosen = st.navigation([home, *pages], position="top")
    style()
    if held_store().is_demonstration:
        invented_banner()
    try:
        chosen.run()
    except StoreUnavailable as error:  # found damaged only now, when it was read
        say_and_stop("The store cannot be read", error)


def _go_to(page: Any) -> None:
    """The bare address opens the first screen under its own name, so that links to it can be kept."""
    st.switch_page(page, query_params=dict(st.query_params))


main()
