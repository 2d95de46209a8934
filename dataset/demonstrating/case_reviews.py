"""Invented practice reviews and learning points: so few that each is written out.

From the annual report (004:528-539) are: two child reviews commissioned between April 2022 and March 2023 and
published in May and July 2023, and one published in June 2022 whose nine learning points were done by October 2022.
Every day of a month, every theme and agency of a point, and all that is later are invented. A child review follows
the rapid review that asked for it, an adult review the referral that met the criteria, both invented too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dataset.agencies import (
    ADULT_SOCIAL_CARE,
    BUSINESS_UNIT,
    EDUCATION,
    HOMES,
    NHS_GM,
    PENNINE_CARE,
    POLICE,
    PROBATION,
    STOCKPORT_FAMILY,
    STOCKPORT_NHS,
    Agency,
)
from dataset.demonstrating.allocating import FIRST, LAST, Cells, Rows
from dataset.demonstrating.days import written
from dataset.quarter import Quarter, quarters_between
from dataset.review_code_lists import ADULT_REVIEW, CHILD_REVIEW, DONE, HOMICIDE_REVIEW, RAPID_REVIEW
from dataset.working_days import add_working_days

_TRAUMA, _SHARING, _MEN, _S47, _SLEEP, _SEXUAL = (
    "Understanding of complex trauma in assessing risk",
    "Information sharing and seeking",
    "Working with men",
    "S.47 processes - roles and responsibilities",
    "Safer sleep",
    "Harmful sexual behaviour",
)
_NEGLECT, _ABUSE = "Self-neglect", "Domestic abuse"


@dataclass(frozen=True)
class Point:
    """Due so many weeks after it was agreed, done so many days after that (fewer than 0: before); None: still open."""

    theme: str
    lead: Agency
    weeks: int
    done_after: int | None
    started: bool = True


@dataclass(frozen=True)
class Review:
    """`agreed` is the day its learning points entered the action plan; a rapid review is no practice review itself."""

    reference: str
    kind: str
    commissioned: date | None
    due: date | None
    published: date | None
    agreed: date | None = None
    points: tuple[Point, ...] = ()


REVIEWS = (
    Review(
        "CSPR-2021-01",
        CHILD_REVIEW,
        date(2021, 2, 9),
        date(2021, 8, 9),
        date(2022, 6, 14),
        date(2022, 6, 20),
        (
            Point(_SEXUAL, EDUCATION, 12, -3),
            Point(_SEXUAL, STOCKPORT_FAMILY, 14, 0),
            Point(_SEXUAL, BUSINESS_UNIT, 16, 4),
            Point(_SEXUAL, POLICE, 16, -6),
            Point(_SHARING, EDUCATION, 10, -7),
            Point(_SHARING, NHS_GM, 14, 9),
            Point(_SHARING, STOCKPORT_FAMILY, 17, 5),
            Point(_TRAUMA, STOCKPORT_FAMILY, 18, -1),
            Point(_TRAUMA, BUSINESS_UNIT, 18, 2),
        ),
    ),
    Review(
        "CSPR-2223-01",
        CHILD_REVIEW,
        date(2022, 4, 12),
        date(2022, 10, 12),
        date(2023, 5, 18),
        date(2023, 6, 5),
        (
            Point(_TRAUMA, STOCKPORT_FAMILY, 20, 12),
            Point(_TRAUMA, PENNINE_CARE, 26, 88),
            Point(_SHARING, POLICE, 20, -5),
            Point(_SHARING, STOCKPORT_NHS, 24, 30),
            Point(_SHARING, EDUCATION, 18, 0),
            Point(_TRAUMA, BUSINESS_UNIT, 26, -10),
        ),
    ),
    Review(
        "CSPR-2223-02",
        CHILD_REVIEW,
        date(2023, 3, 20),
        date(2023, 9, 20),
        date(2023, 7, 13),
        date(2023, 7, 31),
        (
            Point(_MEN, STOCKPORT_FAMILY, 22, 40),
            Point(_MEN, NHS_GM, 26, 150),
            Point(_S47, POLICE, 16, -4),
            Point(_S47, STOCKPORT_FAMILY, 16, 3),
            Point(_TRAUMA, PENNINE_CARE, 26, 61),
        ),
    ),
    Review(
        "CSPR-2324-01",
        CHILD_REVIEW,
        date(2023, 4, 17),
        date(2023, 10, 17),
        date(2024, 2, 8),
        date(2024, 2, 26),
        (
            Point(_TRAUMA, STOCKPORT_FAMILY, 26, -8),
            Point(_SHARING, POLICE, 20, 16),
            Point(_SHARING, NHS_GM, 26, 0),
            Point(_MEN, PROBATION, 30, 75),
        ),
    ),
    Review(
        "DHR-2324-01",
        HOMICIDE_REVIEW,
        date(2023, 6, 5),
        None,
        date(2024, 11, 12),
        date(2024, 12, 2),
        (
            Point(_ABUSE, POLICE, 26, 20),
            Point(_ABUSE, HOMES, 26, -14),
            Point(_SHARING, ADULT_SOCIAL_CARE, 30, 47),
            Point(_MEN, PROBATION, 40, 210),
        ),
    ),
    Review(
        "CSPR-2324-02",
        CHILD_REVIEW,
        date(2023, 9, 25),
        date(2024, 3, 25),
        date(2024, 6, 19),
        date(2024, 7, 8),
        (
            Point(_TRAUMA, STOCKPORT_FAMILY, 26, 5),
            Point(_MEN, STOCKPORT_FAMILY, 30, 96),
            Point(_MEN, STOCKPORT_NHS, 26, -2),
        ),
    ),
    Review(
        "SARV-2324-01",
        ADULT_REVIEW,
        date(2023, 12, 11),
        date(2024, 6, 11),
        date(2024, 10, 30),
        date(2024, 11, 18),
        (
            Point(_ABUSE, ADULT_SOCIAL_CARE, 26, 0),
            Point(_ABUSE, POLICE, 26, 33),
            Point(_NEGLECT, HOMES, 36, 118),
        ),
    ),
    Review(
        "CSPR-2425-01",
        CHILD_REVIEW,
        date(2025, 1, 20),
        date(2025, 7, 21),
        date(2025, 8, 12),
        date(2025, 9, 1),
        (
            Point(_TRAUMA, STOCKPORT_FAMILY, 26, -9),
            Point(_TRAUMA, PENNINE_CARE, 30, 60),
            Point(_SHARING, NHS_GM, 26, None),
            Point(_MEN, STOCKPORT_FAMILY, 34, None),
            Point(_SHARING, EDUCATION, 22, 7),
        ),
    ),
    Review("CSPR-2526-01", CHILD_REVIEW, date(2025, 4, 28), date(2025, 10, 28), None),
    Review(
        "SARV-2526-01",
        ADULT_REVIEW,
        date(2025, 6, 9),
        date(2025, 12, 9),
        date(2026, 4, 21),
        date(2026, 5, 11),
        (
            Point(_NEGLECT, ADULT_SOCIAL_CARE, 14, 12),
            Point(_NEGLECT, HOMES, 16, None, started=False),
            Point(_SHARING, STOCKPORT_NHS, 26, None),
            Point(_NEGLECT, PENNINE_CARE, 36, None, started=False),
        ),
    ),
    Review("DHR-2526-01", HOMICIDE_REVIEW, date(2025, 11, 3), date(2026, 11, 3), None),
    Review(
        "RR-2526-04",
        RAPID_REVIEW,
        None,
        None,
        None,
        date(2025, 9, 15),
        (Point(_SLEEP, STOCKPORT_NHS, 20, 0), Point(_S47, POLICE, 26, 101)),
    ),
    Review(
        "RR-2627-01",
        RAPID_REVIEW,
        None,
        None,
        None,
        date(2026, 5, 4),
        (Point(_TRAUMA, STOCKPORT_FAMILY, 16, -5), Point(_S47, STOCKPORT_FAMILY, 20, None)),
    ),
)


def reviews() -> Rows:
    """Every practice review in every quarter in which it was open."""
    return _by_quarter(_review_cells)


def points() -> Rows:
    """Every learning point in every quarter in which it was open or was done."""
    return _by_quarter(_point_cells)


def _by_quarter(cells_of: Callable[[Review, Quarter], list[Cells]]) -> Rows:
    found = {
        (BUSINESS_UNIT.code, quarter): [cells for review in REVIEWS for cells in cells_of(review, quarter)]
        for quarter in quarters_between(FIRST, LAST)
    }
    return {place: rows for place, rows in found.items() if rows}


def _review_cells(review: Review, quarter: Quarter) -> list[Cells]:
    begun, ended = review.commissioned, review.published
    if begun is None or not _stands_in(quarter, begun, ended):
        return []
    is_out = ended is not None and ended <= quarter.end
    return [
        {
            "review_id": review.reference,
            "kind": review.kind,
            "commissioned_on": written(begun),
            "due_on": written(review.due) if review.due else "",
            "published_on": written(ended) if ended and is_out else "",
            "learning_points": str(len(review.points)) if is_out else "",
        }
    ]


def _point_cells(review: Review, quarter: Quarter) -> list[Cells]:
    agreed = review.agreed
    if agreed is None:
        return []
    made = []
    for number, point in enumerate(review.points, start=1):
        due = _working(agreed + timedelta(weeks=point.weeks))
        done = None if point.done_after is None else _working(due + timedelta(days=point.done_after))
        if _stands_in(quarter, agreed, done):
            is_done = done is not None and done <= quarter.end
            under_way = point.started and quarter.end >= agreed + timedelta(weeks=point.weeks // 2)
            made.append(
                {
                    "point_id": f"LP-{review.reference}-{number:02}",
                    "review_kind": review.kind,
                    "review_id": review.reference,
                    "theme": point.theme,
                    "lead_agency": point.lead.code,
                    "agreed_on": written(agreed),
                    "due_on": written(due),
                    "state": DONE if is_done else "Under way" if under_way else "Not started",
                    "done_on": written(done) if done and is_done else "",
                }
            )
    return made


def _stands_in(quarter: Quarter, begun: date, ended: date | None) -> bool:
    return begun <= quarter.end and (ended is None or ended >= quarter.start)


def _working(day: date) -> date:
    """The day itself, or the next on which people work."""
    return add_working_days(day - timedelta(days=1), 1)
