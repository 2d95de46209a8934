"""Practice reviews and learning points as values: which are open and for how long, where each point has got to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dataset.agencies import agency
from dataset.quarter import Quarter
from dataset.review_code_lists import DONE
from dataset.store import Reading
from dataset.table import ReturnType
from dataset.tables.learning_points import LearningPoint
from dataset.tables.practice_reviews import PracticeReview


@dataclass(frozen=True)
class PracticeRow:
    """A practice review: `days` from commissioning to publication, or to the day looked at while it is open;
    `late_by` those of them after the due day, 0 if none."""

    reference: str
    kind: str
    commissioned_on: date
    due_on: date | None
    published_on: date | None
    learning_points: int | None
    days: int
    late_by: int


@dataclass(frozen=True)
class PracticeReviews:
    """`as_sent` is the quarter whose return says what is open; None when none was sent up to the last quarter."""

    as_sent: Quarter | None
    open: tuple[PracticeRow, ...]
    published: tuple[PracticeRow, ...]


@dataclass(frozen=True)
class PointRow:
    """A learning point as its latest return has it.

    `overdue_by` are the days from the due day to the day looked at while it is open, 0 when there are none. A point
    is `dropped` when a later return leaves it out although it was never said to be done.
    """

    reference: str
    review_kind: str
    review: str
    theme: str
    lead: str
    agreed_on: date
    due_on: date
    state: str
    done_on: date | None
    overdue_by: int
    dropped: bool

    @property
    def is_done(self) -> bool:
        return self.state == DONE

    @property
    def is_open(self) -> bool:
        return not self.is_done and not self.dropped


@dataclass(frozen=True)
class Tally:
    """Where the points of a review, of an agency or of a theme have got to; `overdue` are among the open ones."""

    name: str
    followed: int
    done: int
    open: int
    overdue: int
    longest_overdue: int
    dropped: int


@dataclass(frozen=True)
class Learning:
    """Every point that was open or done in the period, the longest overdue first."""

    as_sent: Quarter | None
    points: tuple[PointRow, ...]

    @property
    def all(self) -> Tally:
        return _tally("All learning points", self.points)

    @property
    def by_review(self) -> tuple[Tally, ...]:
        """The review first that has most to do."""
        return self._by([f"{point.review_kind} {point.review}" for point in self.points])

    @property
    def by_lead(self) -> tuple[Tally, ...]:
        return self._by([point.lead for point in self.points])

    def about(self, theme: str) -> Tally:
        return _tally(theme, [point for point in self.points if point.theme == theme])

    @property
    def overdue(self) -> tuple[PointRow, ...]:
        return tuple(point for point in self.points if point.overdue_by)

    def _by(self, names: list[str]) -> tuple[Tally, ...]:
        grouped: dict[str, list[PointRow]] = {}
        for name, point in zip(names, self.points, strict=True):
            grouped.setdefault(name, []).append(point)
        tallies = [_tally(name, points) for name, points in grouped.items()]
        return tuple(
            sorted(tallies, key=lambda one: (-one.overdue, -one.longest_overdue, -one.open, -one.dropped, one.name))
        )


def _tally(name: str, points: Iterable[PointRow]) -> Tally:
    mine = list(points)
    overdue = [point.overdue_by for point in mine if point.overdue_by]
    return Tally(
        name=name,
        followed=len(mine),
        done=sum(point.is_done for point in mine),
        open=sum(point.is_open for point in mine),
        overdue=len(overdue),
        longest_overdue=max(overdue, default=0),
        dropped=sum(point.dropped for point in mine),
    )


def practice_reviews(reading: Reading, quarters: tuple[Quarter, ...], day: date) -> PracticeReviews:
    """What was open at the end of the quarters, seen on `day`, and what was published in them."""
    as_sent = latest_return(reading, PracticeReview, quarters[-1])
    rows = reading.rows(
        "SELECT facts.quarter, review_id, kind, commissioned_on, due_on, published_on, learning_points "
        f"FROM {reading.source(PracticeReview)} AND facts.quarter <= {quarters[-1].id} ORDER BY commissioned_on, review_id"
    )
    shown = {quarter.id for quarter in quarters}
    return PracticeReviews(
        as_sent,
        tuple(_practice(row, day) for at, *row in rows if as_sent and at == as_sent.id and row[4] is None),
        tuple(_practice(row, day) for at, *row in rows if at in shown and row[4] is not None),
    )


def _practice(row: list[object], day: date) -> PracticeRow:
    reference, kind, commissioned, due, published, points = row
    assert isinstance(commissioned, date) and (due is None or isinstance(due, date))
    assert published is None or isinstance(published, date)
    until = published or day
    return PracticeRow(
        reference=str(reference),
        kind=str(kind),
        commissioned_on=commissioned,
        due_on=due,
        published_on=published,
        learning_points=points if isinstance(points, int) else None,
        days=max((until - commissioned).days, 0),
        late_by=max((until - due).days, 0) if due else 0,
    )


def learning(reading: Reading, quarters: tuple[Quarter, ...], day: date) -> Learning:
    """Every point that a return of the quarters holds, as the latest return up to their end has it, seen on `day`."""
    as_sent = latest_return(reading, LearningPoint, quarters[-1])
    rows = reading.rows(
        "SELECT facts.quarter, point_id, review_kind, review_id, theme, lead_agency, agreed_on, due_on, state, done_on "
        f"FROM {reading.source(LearningPoint)} AND facts.quarter <= {quarters[-1].id} ORDER BY facts.quarter, point_id"
    )
    shown = {quarter.id for quarter in quarters}
    followed = {row[1] for row in rows if row[0] in shown}
    latest = {row[1]: row for row in rows if row[1] in followed}
    points = [_point(row, as_sent, day) for row in latest.values()]
    return Learning(as_sent, tuple(sorted(points, key=lambda one: (-one.overdue_by, one.due_on, one.reference))))


def _point(row: tuple[object, ...], as_sent: Quarter | None, day: date) -> PointRow:
    at, reference, kind, review, theme, lead, agreed, due, state, done = row
    assert isinstance(agreed, date) and isinstance(due, date) and (done is None or isinstance(done, date))
    dropped = state != DONE and as_sent is not None and at != as_sent.id
    is_open = state != DONE and not dropped
    return PointRow(
        reference=str(reference),
        review_kind=str(kind),
        review=str(review),
        theme=str(theme),
        lead=agency(str(lead)).name,
        agreed_on=agreed,
        due_on=due,
        state=str(state),
        done_on=done,
        overdue_by=max((day - due).days, 0) if is_open else 0,
        dropped=dropped,
    )


def latest_return(reading: Reading, table: ReturnType, last: Quarter) -> Quarter | None:
    """The latest quarter up to `last` for which the return is in, a nil one included."""
    return max((slot.quarter for slot in reading.returned(table.about.name) if slot.quarter <= last), default=None)
