"""INVENTED entries of every register, from 2023/24 Q1 to 2026/27 Q2, entered as anybody enters them.

Nothing in them is about anyone. They agree with the demonstration's returns: an action after a review has the days
of its learning point, a repeated audit the cases of its rounds, and a text that quotes a figure quotes the returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from dataset.demonstrating.commentary import Clock
from dataset.store import Store
from safeguarding_metrics.demonstrating import (
    register_audits,
    register_case_actions,
    register_challenges,
    register_decisions,
    register_delivery,
    register_evidence,
    register_risks,
)
from safeguarding_metrics.demonstrating.register_steps import Step

_BEGIN, _APART = timedelta(hours=13), timedelta(minutes=4)


def _one_after_another(steps: Iterable[Step]) -> Iterator[Step]:
    """Those of one day follow each other from one o'clock, so that a meeting of that morning has not seen them."""

    def day_of(step: Step) -> datetime:
        return step.moment

    for day, found in groupby(sorted(steps, key=day_of), key=day_of):
        for place, step in enumerate(found):
            yield replace(step, moment=day + _BEGIN + place * _APART)


ENTRIES: tuple[Step, ...] = tuple(
    _one_after_another(
        (
            *register_challenges.STEPS,
            *register_risks.STEPS,
            *register_audits.STEPS,
            *register_case_actions.STEPS,
            *register_delivery.STEPS,
            *register_evidence.STEPS,
            *register_decisions.STEPS,
        )
    )
)
SIZE = len(ENTRIES)


def fill_registers(store: Store, clock: Clock) -> int:
    """Enter everything into a store, in the order of its moments; how many entries. `clock` is the store's own.

    Raises NotEntered when an entry is refused.
    """
    for one in ENTRIES:
        clock.now = one.moment
        one.to(store)
    return SIZE
