"""The one place where it is decided what of a record a paper may show.

Papers for members show every figure in full and say so on their cover. A paper for people outside the partnership
needs another answer here, with protected counts and the sentences that go with them, and nothing else changes.
"""

from __future__ import annotations

from dataclasses import dataclass

from safeguarding_metrics.meetings.record import Record

INTERNAL = (
    "Internal: full figures, for members of the partnership only. Small numbers are not protected; do not publish or "
    "forward."
)


@dataclass(frozen=True)
class Shown:
    """A record as it may be shown, and the marking that every page of a paper made from it carries."""

    record: Record
    marking: str


def to_members(record: Record) -> Shown:
    """Everything, for those who take part in the partnership's meetings."""
    return Shown(record, INTERNAL)
