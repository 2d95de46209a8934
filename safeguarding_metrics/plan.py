"""What a business plan is: priorities, the outcomes each promises, the actions each orders.

A plan is a version: a review makes a new module beside the old one, nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dataset.quarter import Quarter
from safeguarding_metrics.targets import Baseline, Target

Who = Literal["children", "adults", "joint"]


@dataclass(frozen=True)
class Action:
    """Something the plan orders (a HOW line): `by` is the last day it may be done.

    Texts are ours, in short; `place` is the line of the document, such as "003:184".
    """

    id: str
    text: str
    by: date
    place: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Something the plan promises (a SO WHAT line).

    `promise` is our paraphrase; `indicator` the id of the measure that judges it and `target` its
    shape, both None for an outcome without a number. `how_we_read` says how an ambiguity was ruled on:
    one or two plain sentences, shown wherever the outcome is judged, never empty for a numeric outcome.
    `baseline_of` is the measure the printed baseline is about, where that is not the indicator itself.
    """

    id: str
    title: str
    promise: str
    place: str
    indicator: str | None = None
    target: Target | None = None
    baseline: Baseline | None = None
    how_we_read: str = ""
    baseline_of: str | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures whose published figures bear on this outcome: its own and its baseline's."""
        return tuple(dict.fromkeys(m for m in (self.indicator, self.baseline_of) if m))


@dataclass(frozen=True)
class Priority:
    """One priority with its outcomes and actions, in the plan's own order."""

    number: int
    title: str
    who: Who
    why: str
    outcomes: tuple[Outcome, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Plan:
    """A business plan: the quarters it covers, both included, and its priorities."""

    id: str
    title: str
    first: Quarter
    last: Quarter
    set_by: str
    place: str
    priorities: tuple[Priority, ...]

    def outcomes(self) -> Iterator[tuple[Priority, Outcome]]:
        """Every outcome with its priority, in the plan's order."""
        for priority in self.priorities:
            for outcome in priority.outcomes:
                yield priority, outcome

    def actions(self) -> Iterator[tuple[Priority, Action]]:
        """Every action with its priority, in the plan's order."""
        for priority in self.priorities:
            for action in priority.actions:
                yield priority, action

    def milestone_years(self) -> tuple[str, ...]:
        """The financial years for which any outcome has a milestone, oldest first."""
        years = {year for _, o in self.outcomes() if o.target for year in o.target.years}
        return tuple(sorted(years))
