"""Invented answers to the yearly survey (ASCOF, adults who feel safe).

71% of those aged 18 to 64 in 2021/22 is the plan's figure; the 300 who answered, the margins and everything
else are invented. The survey of 2025/26 is not yet due on the demonstration's day.
"""

from __future__ import annotations

from dataclasses import dataclass

from dataset.agencies import ADULT_SOCIAL_CARE
from dataset.demonstrating.allocating import Cells, Rows
from dataset.quarter import Quarter


@dataclass(frozen=True)
class Group:
    """`yes` of `answered` feel safe, give or take `margin` points."""

    yes: int
    answered: int
    margin: str


@dataclass(frozen=True)
class Year:
    year: int
    under_65: Group
    over_65: Group
    margin_of_all: str


YEARS = (
    Year(2021, Group(213, 300, "4.8"), Group(271, 398, "4.3"), "3.2"),  # 71.0%
    Year(2022, Group(216, 300, "4.8"), Group(281, 405, "4.2"), "3.2"),  # 72.0%
    Year(2023, Group(231, 310, "4.7"), Group(283, 396, "4.2"), "3.1"),  # 74.5%
    Year(2024, Group(231, 300, "4.6"), Group(298, 410, "4.1"), "3.1"),  # 77.0%
)


def rows() -> Rows:
    """The three rows of each year, sent with its fourth quarter."""
    return {(ADULT_SOCIAL_CARE.code, Quarter(year.year, 4)): _year(year) for year in YEARS}


def _year(year: Year) -> list[Cells]:
    young, old = year.under_65, year.over_65
    everyone = Group(young.yes + old.yes, young.answered + old.answered, year.margin_of_all)
    return [
        {
            "survey": "ASCOF",
            "question": "Feel safe",
            "age_band": age_band,
            "said_yes": str(group.yes),
            "answered": str(group.answered),
            "margin": group.margin,
        }
        for age_band, group in (("18-64", young), ("65+", old), ("All adults", everyone))
    ]
