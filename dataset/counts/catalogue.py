"""Every count measure, theme by theme. Adding one: a few lines in its theme's module."""

from __future__ import annotations

from dataset.counts import (
    adults,
    allegations_and_deaths,
    assurance,
    care,
    domestic_abuse,
    early_help,
    education,
    exploitation,
    finance,
    health,
    social_care,
    training,
    voice,
    young_people_and_police,
)
from dataset.counts.measure import CountMeasure

# In the order of the child's way, then the adult's, then what the partnership does for both.
THEMES = (
    early_help,
    social_care,
    care,
    exploitation,
    domestic_abuse,
    young_people_and_police,
    education,
    health,
    allegations_and_deaths,
    adults,
    training,
    assurance,
    voice,
    finance,
)
MEASURES: tuple[CountMeasure, ...] = tuple(measure for theme in THEMES for measure in theme.MEASURES)


def measures_of(agency_code: str) -> tuple[CountMeasure, ...]:
    """The measures an agency reports, in the order of the catalogue."""
    return tuple(m for m in MEASURES if any(agency.code == agency_code for agency in m.reported_by))
