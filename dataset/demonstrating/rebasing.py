"""The rebases of the demonstration: INVENTED changes in how cases come in and are recorded, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from operator import attrgetter
from typing import Protocol, TypeVar

from dataset.agencies import ADULT_SOCIAL_CARE, MAARS
from dataset.demonstrating import schedule
from dataset.quarter import Quarter
from dataset.rebasing import Answer, start_baseline
from dataset.store import Store


class Timed(Protocol):
    @property
    def moment(self) -> datetime: ...


Sent = TypeVar("Sent", bound=Timed)


class NotRebased(RuntimeError):
    """An invented rebase was not taken: a defect of the demonstration."""


@dataclass(frozen=True)
class Rebasing:
    """A rebase that is recorded at a moment."""

    moment: datetime
    indicator: str
    quarter: Quarter
    reason: str
    written_by: str

    def to(self, store: Store) -> Answer:
        """Record it as any rebase is recorded. Raises NotRebased."""
        answer = start_baseline(
            store, indicator=self.indicator, quarter=self.quarter, reason=self.reason, written_by=self.written_by
        )
        if answer.result != "accepted":
            raise NotRebased(" ".join(finding.sentence for finding in answer.findings) or answer.sentence)
        return answer


REBASES: tuple[Rebasing, ...] = (
    Rebasing(
        datetime(2024, 5, 22, 10, 20, tzinfo=UTC),
        "maars_referrals",
        Quarter(2023, 2),
        "General practices began to refer in August 2023; no referral had come from them before.",
        schedule.role_of(MAARS.code),
    ),
    Rebasing(
        datetime(2024, 8, 21, 9, 40, tzinfo=UTC),
        "msp_asked",
        Quarter(2023, 1),
        "Since June 2023 the form of an enquiry cannot be closed before the question is answered.",
        schedule.role_of(ADULT_SOCIAL_CARE.code),
    ),
)


def with_rebases(planned: Iterable[Sent]) -> list[Sent | Rebasing]:
    """What is planned, which is in the order of its moments, with the rebases between."""
    return list(merge(planned, REBASES, key=attrgetter("moment")))
