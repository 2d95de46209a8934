"""Figures of the children's annual report 2020/21 that bear on today's measures."""

from __future__ import annotations

from dataset.published.figure import CHILDREN_2020_21, Period, PublishedFigure, printed

FIGURES: tuple[PublishedFigure, ...] = (
    PublishedFigure("rapid_reviews", CHILDREN_2020_21, 367, Period("2020/21"), printed("4"), "count", "four"),
)
