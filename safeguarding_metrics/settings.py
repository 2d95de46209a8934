"""Rulings a partnership may change without changing the software; each is shown where it decides something."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, cast

Growth = Literal["additive", "compound"]
ClockStart = Literal["aware", "notified"]


class WrongSetting(ValueError):
    """A setting holds a word it does not know; the message says which and what to write."""


@dataclass(frozen=True)
class Settings:
    """`growth`: whether "+25% and +25%" is measured from the baseline both times (additive) or
    builds on itself (compound). `review_clock`: the day the 15 working days of a rapid review
    start from. `tolerance`: how near to a milestone counts as near, in shares (0.02 = 2 points);
    None means that near is never said. `risk_threshold`: the score from which a risk is shown to the Executive; the
    arrangements say "above 12" (002:432), which leaves 12 itself open, so 12 and over is the default.
    """

    growth: Growth = "additive"
    review_clock: ClockStart = "aware"
    tolerance: Fraction | None = None
    risk_threshold: int = 12

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read SAFEGUARDING_GROWTH, SAFEGUARDING_REVIEW_CLOCK, SAFEGUARDING_TOLERANCE and SAFEGUARDING_RISK_THRESHOLD.

        Raises WrongSetting for any other word than those named above.
        """
        env = os.environ if environment is None else environment
        growth = _one_of(env, "SAFEGUARDING_GROWTH", ("additive", "compound"))
        clock = _one_of(env, "SAFEGUARDING_REVIEW_CLOCK", ("aware", "notified"))
        tolerance = _tolerance(env.get("SAFEGUARDING_TOLERANCE", ""))
        threshold = _score(env.get("SAFEGUARDING_RISK_THRESHOLD", ""))
        return cls(cast(Growth, growth), cast(ClockStart, clock), tolerance, threshold)


def _one_of(env: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    word = env.get(name, words[0])
    if word not in words:
        raise WrongSetting(f"{name} is “{word}”. Write {' or '.join(words)}.")
    return word


def _tolerance(text: str) -> Fraction | None:
    if not text:
        return None
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        value = Fraction(-1)
    if not 0 <= value < 1:
        raise WrongSetting(f"SAFEGUARDING_TOLERANCE is “{text}”. Write a share such as 0.02 for two points.")
    return value


def _score(text: str) -> int:
    if not text:
        return Settings.risk_threshold
    if not text.isdecimal() or not 1 <= int(text) <= 25:
        raise WrongSetting(f"SAFEGUARDING_RISK_THRESHOLD is “{text}”. Write a whole number from 1 to 25.")
    return int(text)
