"""Whether a figure has changed from one period to another, as far as the cases can tell.

Two shares are compared by Newcombe's interval of their difference, built from the two Wilson intervals
(Newcombe 1998, method 10); two counts over periods of the same length by the exact split of their sum.
"""

from __future__ import annotations

from math import sqrt
from typing import Literal

from safeguarding_metrics.indicator import Polarity
from safeguarding_metrics.measuring import Count
from safeguarding_metrics.uncertainty import share_interval

Direction = Literal["higher", "lower", "too_few"]
Verdict = Literal["better", "worse", "different", "too_few"]


def direction(now: Count, before: Count) -> Direction | None:
    """ "higher" or "lower" where the 95% interval of the difference excludes nought; None where a share has no cases."""
    if now.n is None and before.n is None:
        return _counts(now.k, before.k)
    if not now.n or not before.n:
        return None
    low, high = difference_interval(now.k, now.n, before.k, before.n)
    return "higher" if low > 0 else "lower" if high < 0 else "too_few"


def difference_interval(k: int, n: int, before_k: int, before_n: int) -> tuple[float, float]:
    """95% interval of k/n − before_k/before_n, both n above 0, as (low, high) between −1 and 1."""
    p, q = k / n, before_k / before_n
    mine, other = share_interval(k, n), share_interval(before_k, before_n)
    assert mine is not None and other is not None
    low = p - q - sqrt((p - mine[0]) ** 2 + (other[1] - q) ** 2)
    high = p - q + sqrt((mine[1] - p) ** 2 + (q - other[0]) ** 2)
    return low, high


def _counts(now: int, before: int) -> Direction:
    """Were both periods alike, half of all cases would fall into each."""
    split = share_interval(now, now + before)
    if split is None:
        return "too_few"
    return "higher" if split[0] > 0.5 else "lower" if split[1] < 0.5 else "too_few"


def verdict(found: Direction, polarity: Polarity) -> Verdict:
    """What a change means where one direction is better; "different" where neither plainly is."""
    if found == "too_few":
        return "too_few"
    if polarity == "neutral":
        return "different"
    return "better" if (found == "higher") == (polarity == "increase") else "worse"
