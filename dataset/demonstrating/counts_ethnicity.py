"""Invented ethnic groups of the adults whom the invented enquiries are about, as many as there are enquiries.

2022/23 follows the annual report: 74.1% White British and 22.7% unknown (004:641) are 258 and 79 of 348.
"""

from __future__ import annotations

from random import Random

from dataset.counts.adults import ETHNICITY
from dataset.counts.measure import WHOLE
from dataset.demonstrating import enquiries
from dataset.demonstrating.allocating import FIRST, SEED, apportion, quarters_of
from dataset.demonstrating.counts_spreading import Figures, Words, drawn

# Per cent of each group from 2021/22 on, in the order of the code list: fewer are unknown each year.
_SHARES = (
    (73.5, 3.0, 23.5),
    (74.1, 3.2, 22.7),
    (75.0, 4.0, 21.0),
    (76.0, 4.6, 19.4),
    (76.5, 5.2, 18.3),
    (76.8, 5.5, 17.7),
)


def ethnicity() -> Words:
    """Adults by group in every quarter."""
    chance = Random(f"{SEED} ethnicity")
    whole: Figures = {}
    for (_, quarter), rows in sorted(enquiries.rows().items()):
        whole[quarter] = whole.get(quarter, 0) + len(rows)
    words: Words = {WHOLE: (whole, {})} | {word: ({}, {}) for word in ETHNICITY.values}
    british, others, unknown = (words[word][0] for word in ETHNICITY.values)
    for year, shares in enumerate(_SHARES, FIRST.year):
        quarters = [quarter for quarter in quarters_of(year) if quarter in whole]
        totals = [whole[quarter] for quarter in quarters]
        most, _, least = apportion(sum(totals), shares)
        british |= dict(zip(quarters, drawn(most, totals, chance), strict=True))
        left = [whole[quarter] - british[quarter] for quarter in quarters]
        unknown |= dict(zip(quarters, drawn(least, left, chance), strict=True))
        others |= {quarter: whole[quarter] - british[quarter] - unknown[quarter] for quarter in quarters}
    return words
