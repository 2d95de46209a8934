"""The accessibility statement: what was tested, what does not work for everybody yet, how to ask for something else."""

from __future__ import annotations

import streamlit as st

from pages.parts.drawing import bullet_list, draw, safe
from safeguarding_metrics import accessible as words


def main() -> None:
    """Draw the screen."""
    st.title(words.TITLE)
    draw(f'<p class="lead">{safe(words.STANDARD)}</p>')
    for heading, before, items in words.PARTS:
        draw(f"<h2>{safe(heading)}</h2>{f'<p>{safe(before)}</p>' if before else ''}{bullet_list(map(safe, items))}")
    draw(f'<p class="quiet">{safe(words.WHEN)}</p>')


main()
