"""How sure a figure can make us: intervals and probabilities about the underlying rate.

Wilson's interval for a share and Byar's (exact below ten cases) for a count, as OHID's Fingertips
publishes them; the probability of meeting a target with Jeffreys' prior (Brown, Cai and DasGupta, 2001).
Nothing here returns NaN: what cannot be worked out is None or raises ValueError.
"""

from __future__ import annotations

from fractions import Fraction
from math import isfinite, isnan, sqrt

from scipy.special import betainc, gammainc, gammainccinv, gammaincinv, ndtri

Number = Fraction | float
Interval = tuple[float, float]


def share_interval(k: float, n: float, confidence: float = 0.95) -> Interval | None:
    """Wilson's interval for k of n, as shares (low, high); None when n is 0.

    (2k + z² ∓ z·√(z² + 4k(1 − k/n))) / (2(n + z²)). k and n may be effective cases, not whole.
    Raises ValueError for k outside 0 to n, and for a confidence outside 0 to 1 (both excluded).
    """
    _check_cases(k, n)
    z = _deviate(confidence)
    if n == 0:
        return None
    share = k / n
    spread = z * sqrt(z * z + 4 * k * (1 - share))
    below, above = (2 * k + z * z - spread), (2 * k + z * z + spread)
    low, high = below / (2 * (n + z * z)), above / (2 * (n + z * z))
    return (0.0 if k == 0 else min(max(low, 0.0), share)), (1.0 if k == n else max(min(high, 1.0), share))


def count_interval(x: float, exposure: float = 1.0, confidence: float = 0.95) -> Interval | None:
    """The interval for a count, or for a rate x/exposure; None when the exposure is 0.

    Below 10 cases exact, from 10 Byar's approximation.
    Raises ValueError for a negative count or exposure, and for a confidence outside 0 to 1 (both excluded).
    """
    if x < 10:
        return exact_count_interval(x, exposure, confidence)
    _check_count(x, exposure)
    z = _deviate(confidence)
    if exposure == 0:
        return None
    low = x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3
    high = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1))) ** 3
    return low / exposure, high / exposure


def exact_count_interval(x: float, exposure: float = 1.0, confidence: float = 0.95) -> Interval | None:
    """The exact Poisson interval for a count of any size, or for a rate; None when the exposure is 0.

    A chi-squared quantile, written as the inverse of the incomplete gamma function: half of it with 2x
    degrees of freedom is gammaincinv(x, ·). Raises as `count_interval` does.
    """
    _check_count(x, exposure)
    tail = _tail(confidence)
    if exposure == 0:
        return None
    low = 0.0 if x == 0 else float(gammaincinv(x, tail))
    high = float(gammainccinv(x + 1, tail))
    return low / exposure, high / exposure


def probability_met(
    k: float, n: float, *, at_least: Number | None = None, at_most: Number | None = None
) -> float | None:
    """The probability that the underlying share keeps the bounds: mass of Beta(k + ½, n − k + ½) on the good
    side, between both for a band; None when n is 0.

    Raises ValueError for k outside 0 to n, without a bound, and for a band whose ends are crossed.
    """
    _check_cases(k, n)
    low, high = _bounds(at_least, at_most)
    if n == 0:
        return None
    above = 1.0 if high is None else float(betainc(k + 0.5, n - k + 0.5, min(max(high, 0.0), 1.0)))
    below = 0.0 if low is None else float(betainc(k + 0.5, n - k + 0.5, min(max(low, 0.0), 1.0)))
    return max(above - below, 0.0)


def probability_count_met(x: float, *, at_least: Number | None = None, at_most: Number | None = None) -> float:
    """The same for a count of cases: mass of Gamma(x + ½) on the good side. Raises as `probability_met` does."""
    _check_count(x)
    low, high = _bounds(at_least, at_most)
    above = 1.0 if high is None else float(gammainc(x + 0.5, max(high, 0.0)))
    below = 0.0 if low is None else float(gammainc(x + 0.5, max(low, 0.0)))
    return max(above - below, 0.0)


def _check_cases(k: float, n: float) -> None:
    if not (isfinite(k) and isfinite(n)):
        raise ValueError("Cases must be finite numbers.")
    if k < 0 or n < 0:
        raise ValueError(f"Cases cannot be negative: {k:g} of {n:g}.")
    if k > n:
        raise ValueError(f"There cannot be more cases than the whole: {k:g} of {n:g}.")


def _check_count(x: float, exposure: float = 1.0) -> None:
    if not (isfinite(x) and isfinite(exposure)):
        raise ValueError("A count and its exposure must be finite numbers.")
    if x < 0:
        raise ValueError(f"A count cannot be negative: {x:g}.")
    if exposure < 0:
        raise ValueError(f"An exposure cannot be negative: {exposure:g}.")


def _bounds(at_least: Number | None, at_most: Number | None) -> tuple[float | None, float | None]:
    if at_least is None and at_most is None:
        raise ValueError("A target needs a bound: at least, at most, or both for a band.")
    low = None if at_least is None else float(at_least)
    high = None if at_most is None else float(at_most)
    if isnan(low or 0.0) or isnan(high or 0.0):
        raise ValueError("The bounds of a target must be numbers.")
    if low is not None and high is not None and low > high:
        raise ValueError(f"The lower end of a band cannot lie above the upper one: {low:g} to {high:g}.")
    return low, high


def _tail(confidence: float) -> float:
    """The probability left on either side: 0.025 for 0.95."""
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence must lie between 0 and 1, such as 0.95; it was {confidence:g}.")
    return (1 - confidence) / 2


def _deviate(confidence: float) -> float:
    """How many standard deviations the interval reaches to either side: 1.96 for 0.95."""
    return -float(ndtri(_tail(confidence)))


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
