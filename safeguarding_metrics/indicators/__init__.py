"""Every indicator, theme by theme, in the order a reader meets them.

Adding one: a few lines in its theme's module. Adding a theme: one module and one line below.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.indicators import (
    adult_concerns,
    adult_reviews,
    agency_counts,
    audits,
    case_reviews,
    child_protection,
    children_in_care,
    front_door,
    maars,
    missing,
    rapid_reviews,
    section_42,
    surveys,
)
from safeguarding_metrics.settings import Settings

_THEMES: tuple[Callable[[Settings], tuple[Indicator, ...]], ...] = (
    front_door.indicators,
    child_protection.indicators,
    children_in_care.indicators,
    missing.indicators,
    rapid_reviews.indicators,
    maars.indicators,
    adult_concerns.indicators,
    section_42.indicators,
    adult_reviews.indicators,
    case_reviews.indicators,
    audits.indicators,
    surveys.indicators,
    agency_counts.indicators,
)


class UnknownIndicator(LookupError):
    """No indicator has this id; the message suggests the nearest."""


@lru_cache(maxsize=8)
def all_indicators(settings: Settings = Settings()) -> tuple[Indicator, ...]:
    """Every indicator under these settings, theme by theme: one of several modules stands where its theme begins."""
    found = [indicator for theme in _THEMES for indicator in theme(settings)]
    order = {theme: place for place, theme in enumerate(dict.fromkeys(one.theme for one in found))}
    return tuple(sorted(found, key=lambda one: order[one.theme]))


@lru_cache(maxsize=8)
def _by_id(settings: Settings) -> dict[str, Indicator]:
    return {indicator.id: indicator for indicator in all_indicators(settings)}


def indicator_named(indicator_id: str, settings: Settings = Settings()) -> Indicator:
    """The indicator with this id. Raises UnknownIndicator."""
    by_id = _by_id(settings)
    if indicator_id in by_id:
        return by_id[indicator_id]
    import difflib

    near = difflib.get_close_matches(indicator_id, by_id, n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else " Definitions lists them all."
    raise UnknownIndicator(f"“{indicator_id[:60]}” is not an indicator.{hint}")
