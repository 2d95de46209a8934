"""The version of the definitions: it changes when anything that decides a figure or a verdict does."""

from __future__ import annotations

import hashlib

from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.plan import Plan
from safeguarding_metrics.settings import Settings

LENGTH = 12


def definitions_version(plan: Plan, settings: Settings) -> str:
    """Twelve characters that stand for every indicator, the plan with its targets, and the settings.

    They come from what is declared in the code: the same declarations give the same characters on every machine.
    """
    declared = [repr((one, one.table.about, sorted(one.table.columns().items()))) for one in all_indicators(settings)]
    text = "\n".join([*declared, repr(plan), repr(settings)])
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
