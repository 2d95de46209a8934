"""Figures the partnership has published, document by document, conflicts and all.

Adding a document: one module beside these and one line below.
"""

from __future__ import annotations

from dataset.published import (
    annual_report_2022_23,
    annual_report_2022_23_children,
    annual_report_2022_23_people_and_money,
    arrangements_2019,
    board_report_2016_17,
    board_report_2016_17_agencies,
    board_report_2016_17_children,
    business_plan_2023_26,
    childrens_report_2020_21,
)
from dataset.published.figure import PublishedFigure

FIGURES: tuple[PublishedFigure, ...] = (
    *board_report_2016_17.FIGURES,
    *board_report_2016_17_children.FIGURES,
    *board_report_2016_17_agencies.FIGURES,
    *childrens_report_2020_21.FIGURES,
    *arrangements_2019.FIGURES,
    *business_plan_2023_26.FIGURES,
    *annual_report_2022_23.FIGURES,
    *annual_report_2022_23_children.FIGURES,
    *annual_report_2022_23_people_and_money.FIGURES,
)


def figures_for(measure: str) -> tuple[PublishedFigure, ...]:
    """Every published figure of a measure, older documents first; none is preferred over another."""
    return tuple(figure for figure in FIGURES if figure.measure == measure)
