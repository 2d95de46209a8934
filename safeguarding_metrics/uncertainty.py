"""How sure a figure can make us: intervals and probabilities about the underlying rate.

Wilson's interval for a share and Byar's (exact below ten cases) for a count, as OHID's Fingertips
publishes them; the probability of meeting a target with Jeffreys' prior (Brown, Cai and DasGupta, 2001).
"""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

from scipy.special import betainc, gammainc, gammaincinv, ndtri

Number = Fraction | float
Interval = tuple[float, float]


def share_interval(k: float, n: float, confidence: float = 0.95) -> Interval | None:
    """Wilson's interval for k of n, as shares (low, high); None when n is 0.

    (2k + z² ∓ z·√(z² + 4k(1 − k/n))) / (2(n + z²)).
    """
    if n == 0:
        return None
    z = float(ndtri((1 + confidence) / 2))
    spread = z * sqrt(z * z + 4 * k * (1 - k / n))
    below, above = (2 * k + z * z - spread), (2 * k + z * z + spread)
    low, high = below / (2 * (n + z * z)), above / (2 * (n + z * z))
    return (0.0 if k == 0 else max(low, 0.0)), (1.0 if k == n else min(high, 1.0))


def count_interval(x: int, exposure: float = 1.0, confidence: float = 0.95) -> Interval | None:
    """The interval for a count, or for a rate x/exposure; None when there is no exposure.

    Below 10 cases exact (a chi-squared quantile, written as the inverse of the incomplete gamma function:
    half of it with 2x degrees of freedom is gammaincinv(x, ·)); from 10 Byar's approximation.
    """
    if exposure <= 0:
        return None
    alpha = 1 - confidence
    if x < 10:
        low = 0.0 if x == 0 else float(gammaincinv(x, alpha / 2))
        high = float(gammaincinv(x + 1, 1 - alpha / 2))
    else:
        z = float(ndtri(1 - alpha / 2))
        low = x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3
        high = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1))) ** 3
    return low / exposure, high / exposure


def probability_met(
    k: float, n: float, *, at_least: Number | None = None, at_most: Number | None = None
) -> float | None:
    """The probability that the underlying share keeps the bounds: mass of Beta(k + ½, n − k + ½) on the good
    side, between both for a band; None when n is 0."""
    if n == 0:
        return None
    high = 1.0 if at_most is None else float(betainc(k + 0.5, n - k + 0.5, float(at_most)))
    low = 0.0 if at_least is None else float(betainc(k + 0.5, n - k + 0.5, float(at_least)))
    return max(high - low, 0.0)


def probability_count_met(x: int, *, at_least: Number | None = None, at_most: Number | None = None) -> float:
    """The same for a count of cases: mass of Gamma(x + ½) on the good side."""
    high = 1.0 if at_most is None else float(gammainc(x + 0.5, float(at_most)))
    low = 0.0 if at_least is None else float(gammainc(x + 0.5, float(at_least)))
    return max(high - low, 0.0)


def effective_cases(share: float, margin: float) -> float:
    """How many plain answers would give a survey's own 95% margin (both as shares): p(1 − p)·(1.96/margin)²."""
    z = float(ndtri(0.975))
    return share * (1 - share) * (z / margin) ** 2


# Professional Head of Intelligence Assessment yardstick. Its bands leave gaps; a value in a gap takes
# the word of the nearer band, which is what these midpoints do.
_YARDSTICK = (
    (0.075, "a remote chance"),
    (0.225, "highly unlikely"),
    (0.375, "unlikely"),
    (0.525, "a realistic possibility"),
    (0.775, "likely"),
    (0.925, "highly likely"),
    (1.0, "almost certain"),
)


def in_words(probability: float) -> str:
    """A probability on the PHIA yardstick: 0.16 → "highly unlikely", 0.62 → "likely"."""
    return next(words for upper, words in _YARDSTICK if probability <= upper)
