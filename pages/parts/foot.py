"""The quiet foot of every screen: where to read how it can be used by everybody, and what is held of people."""

from __future__ import annotations

from pages.parts.drawing import draw, safe

# Address and words of each link.
LINKS = (
    ("easy_read", "Easy read"),
    ("accessibility", "Accessibility"),
    ("data_protection", "Data protection"),
)


def foot() -> None:
    """Draw the foot; the frame calls it after the screen."""
    items = "".join(f'<li><a href="{place}" target="_self">{safe(words)}</a></li>' for place, words in LINKS)
    draw(f'<nav class="foot" aria-label="About this application"><ul>{items}</ul></nav>')
