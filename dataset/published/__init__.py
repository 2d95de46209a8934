"""Figures the partnership has published, document by document, conflicts and all.

Adding a document: one module beside these and one line below.
"""

from __future__ import annotations

from dataset.published import annual_report_2022_23, business_plan_2023_26, childrens_report_2020_21
from dataset.published.figure import PublishedFigure

FIGURES: tuple[PublishedFigure, ...] = (
    *childrens_report_2020_21.FIGURES,
    *business_plan_2023_26.FIGURES,
    *annual_report_2022_23.FIGURES,
)


def figures_for(measure: str) -> tuple[PublishedFigure, ...]:
    """Every published figure of a measure, older documents first; none is preferred over another."""
    return tuple(figure for figure in FIGURES if figure.measure == measure)
