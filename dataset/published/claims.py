"""What the documents say of their own figures, true and false alike, in the order of the documents.

Whether a claim holds is never written down: it is worked out from the figures (see claim.py). Claims
whose second figure is nowhere printed, such as the rise of almost 50 plans (001:222), cannot be worked
out and are not here. Adding a claim: one entry in the module of its years.
"""

from __future__ import annotations

from collections.abc import Iterable

from dataset.published import claims_before_2022, claims_since_2022
from dataset.published.claim import Claim

CLAIMS: tuple[Claim, ...] = (*claims_before_2022.CLAIMS, *claims_since_2022.CLAIMS)


def claims_about(measures: Iterable[str]) -> tuple[Claim, ...]:
    """The claims that rest on a published figure of one of the measures."""
    wanted = set(measures)
    return tuple(claim for claim in CLAIMS if wanted & {figure.measure for figure in claim.figures})


def not_borne_out() -> tuple[Claim, ...]:
    """The claims that the documents' own figures contradict."""
    return tuple(claim for claim in CLAIMS if not claim.holds)
