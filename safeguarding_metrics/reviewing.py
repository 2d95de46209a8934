"""The screen of reviews as values: what they keep finding, whether their clocks were kept, what became of it.

Reviews are rare: a list of them, counts of n and the days since the last say what a chart of so few cannot.
Everything is shown for one period, as it was known on the period's last day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from dataset.agencies import Agency
from dataset.code_lists import REVIEW_THEME, SAR_THEME
from dataset.quarter import Quarter, quarters_between
from dataset.store import Reading
from dataset.table import ReturnType
from dataset.tables.learning_points import LearningPoint
from dataset.tables.practice_reviews import PracticeReview
from dataset.tables.rapid_reviews import RapidReview
from dataset.tables.sar_referrals import SarReferral
from dataset.working_days import add_working_days, bank_holidays
from safeguarding_metrics import review_wording
from safeguarding_metrics.comparing import Conflict, conflicts_about
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.indicators import indicator_named
from safeguarding_metrics.indicators.rapid_reviews import COMPLETE_WITHIN, NOTIFY_WITHIN, THEMES
from safeguarding_metrics.measuring import Count, Cube, PeriodCount, over
from safeguarding_metrics.rare_events import RareEvents, rare_events
from safeguarding_metrics.review_learning import Learning, PracticeReviews, latest_return, learning, practice_reviews
from safeguarding_metrics.settings import Settings

Span = Literal["year", "before", "rolling"]
SPANS: tuple[Span, ...] = ("year", "before", "rolling")

# What is compared over the three periods, in the order in which a case meets it.
COMPARED = (
    "rapid_reviews",
    "rapid_reviews_notified_in_time",
    "rapid_reviews_completed_in_time",
    "sar_referrals",
    "practice_reviews_commissioned",
    "practice_reviews_published",
    "practice_reviews_open",
    "learning_points_done",
    "learning_points_done_in_time",
    "learning_points_open",
    "learning_points_overdue",
)


def quarters_of(quarter: Quarter, span: Span) -> tuple[Quarter, ...]:
    """The financial year up to a quarter, the same quarters of the year before, or the four that end with it."""
    if span == "rolling":
        return quarter.rolling_year()
    return (quarter if span == "year" else quarter.plus(-4)).year_to_date()


@dataclass(frozen=True)
class Clock:
    """Working days from the day after `start` to the day it was done; `due_on` is the last day in time."""

    start: date
    days: int
    limit: int

    @property
    def due_on(self) -> date:
        return add_working_days(self.start, self.limit)

    @property
    def late_by(self) -> int:
        return max(self.days - self.limit, 0)


@dataclass(frozen=True)
class RapidRow:
    """One rapid review; `holidays` are the bank holidays between its first and its last day that did not count."""

    reference: str
    aware_on: date
    notified_on: date
    completed_on: date
    notify: Clock
    complete: Clock
    holidays: int
    themes: tuple[str, ...]
    decision: str

    @property
    def is_late(self) -> bool:
        return bool(self.notify.late_by or self.complete.late_by)


@dataclass(frozen=True)
class SarRow:
    reference: str
    received_on: date
    themes: tuple[str, ...]
    outcome: str


@dataclass(frozen=True)
class ThemesOfYear:
    """How many of a year's cases were about each theme, in the order of the code list; a case may have several.

    `cases` is None when no return of the year is in.
    """

    quarters: tuple[Quarter, ...]
    cases: int | None
    found: tuple[int, ...]
    missing: tuple[tuple[Agency, Quarter], ...]

    @property
    def counts(self) -> tuple[Count | None, ...]:
        return tuple(None if self.cases is None else Count(k, self.cases) for k in self.found)


@dataclass(frozen=True)
class Themes:
    """One table: years by themes."""

    words: tuple[str, ...]
    years: tuple[ThemesOfYear, ...]


@dataclass(frozen=True)
class Leading:
    """The theme that most cases of a period were about, or those that share the lead; `before` is the same theme's
    count in the same quarters a year before. No theme leads where there was no case, or no theme in any."""

    themes: tuple[str, ...]
    count: Count | None
    before: Count | None


@dataclass(frozen=True)
class RareYear:
    """The events of one year up to the last quarter shown; None where no return of it is in."""

    quarters: tuple[Quarter, ...]
    rapid_reviews: RareEvents | None
    sar_referrals: RareEvents | None


@dataclass(frozen=True)
class ComparedRow:
    """One measure over the year so far, the same quarters a year before, and the four quarters that end with it."""

    indicator: Indicator
    year: PeriodCount
    before: PeriodCount
    rolling: PeriodCount


@dataclass(frozen=True)
class Reviews:
    """Everything about reviews in one period, seen on `day`: its last day, or today while it still runs."""

    quarter: Quarter
    span: Span
    quarters: tuple[Quarter, ...]
    day: date
    clock_starts: str
    answer: str
    detail: str
    compared: tuple[ComparedRow, ...]
    rapid: tuple[RapidRow, ...]
    sars: tuple[SarRow, ...]
    rapid_events: RareEvents
    sar_events: RareEvents
    years: tuple[RareYear, ...]
    rapid_themes: Themes
    sar_themes: Themes
    conflicts: tuple[tuple[str, Conflict], ...]
    practice: PracticeReviews
    learning: Learning
    missing: tuple[tuple[Agency, ReturnType, Quarter], ...]
    anything_sent: bool


def reviews(reading: Reading, cube: Cube, quarter: Quarter, span: Span, settings: Settings, today: date) -> Reviews:
    """The reviews of a period; nothing later than its last quarter is looked at."""
    quarters = quarters_of(quarter, span)
    last = quarters[-1]
    day = max(quarters[0].start, min(today, last.end))
    rapid, sars = _rapid(reading, last, settings), _sars(reading, last)
    inside = [row for row in rapid if Quarter.of(row.completed_on) in quarters]
    years = _years(reading, last)
    rapid_themes = _themes(cube, "rapid_reviews", REVIEW_THEME.values, _dated(rapid), years)
    points = learning(reading, quarters, day)
    leading = _leading(cube, rapid, quarters)
    anything = any(reading.returned(table.about.name) for table in _OF_TABLE)
    return Reviews(
        quarter=quarter,
        span=span,
        quarters=quarters,
        day=day,
        clock_starts=settings.review_clock,
        answer=review_wording.answer(leading, points, quarters, span) if anything else review_wording.NOTHING,
        detail=review_wording.detail(leading, points, rapid_themes, span)
        if anything
        else review_wording.WHERE_TO_START,
        compared=tuple(_compared(cube, indicator_named(name, settings), quarter) for name in COMPARED),
        rapid=tuple(inside),
        sars=tuple(row for row in sars if Quarter.of(row.received_on) in quarters),
        rapid_events=rare_events([row.completed_on for row in rapid], first=quarters[0].start, last=day),
        sar_events=rare_events([row.received_on for row in sars], first=quarters[0].start, last=day),
        years=tuple(_rare_year(cube, one, rapid, sars, day) for one in years),
        rapid_themes=rapid_themes,
        sar_themes=_themes(cube, "sar_referrals", SAR_THEME.values, _dated_sars(sars), years),
        conflicts=_conflicts(),
        practice=practice_reviews(reading, quarters, day),
        learning=points,
        missing=_missing(reading, cube, quarters),
        anything_sent=anything,
    )


# A measure of each return that every return of it gives a figure for.
_OF_TABLE: dict[ReturnType, str] = {
    RapidReview: "rapid_reviews",
    SarReferral: "sar_referrals",
    PracticeReview: "practice_reviews_published",
    LearningPoint: "learning_points_done",
}


def _rapid(reading: Reading, last: Quarter, settings: Settings) -> list[RapidRow]:
    """Every rapid review up to a quarter, the latest first."""
    rows = reading.rows(
        "SELECT review_id, aware_on, notified_on, completed_on, days_to_notify, days_to_complete, days_from_notice, "
        f"themes, decision FROM {reading.source(RapidReview)} AND facts.quarter <= {last.id} "
        "ORDER BY completed_on DESC, review_id DESC"
    )
    return [_rapid_row(row, settings) for row in rows]


def _rapid_row(row: tuple[Any, ...], settings: Settings) -> RapidRow:
    reference, aware, notified, completed, to_notify, to_complete, from_notice, themes, decision = row
    from_aware = settings.review_clock == "aware"
    start = aware if from_aware else notified
    return RapidRow(
        reference=reference,
        aware_on=aware,
        notified_on=notified,
        completed_on=completed,
        notify=Clock(aware, to_notify, NOTIFY_WITHIN),
        complete=Clock(start, to_complete if from_aware else from_notice, COMPLETE_WITHIN),
        holidays=_holidays_between(aware, completed),
        themes=tuple(themes or ()),
        decision=decision,
    )


def _holidays_between(first: date, last: date) -> int:
    """Bank holidays after `first` up to and with `last`, weekends apart."""
    every = [day for year in range(first.year, last.year + 1) for day in bank_holidays(year)]
    return sum(first < day <= last and day.weekday() < 5 for day in every)


def _sars(reading: Reading, last: Quarter) -> list[SarRow]:
    """Every SAR referral up to a quarter, the latest first."""
    rows = reading.rows(
        f"SELECT referral_id, received_on, themes, outcome FROM {reading.source(SarReferral)} "
        f"AND facts.quarter <= {last.id} ORDER BY received_on DESC, referral_id DESC"
    )
    return [SarRow(reference, received, tuple(themes or ()), outcome) for reference, received, themes, outcome in rows]


Dated = list[tuple[date, tuple[str, ...]]]


def _dated(rows: list[RapidRow]) -> Dated:
    return [(row.completed_on, row.themes) for row in rows]


def _dated_sars(rows: list[SarRow]) -> Dated:
    return [(row.received_on, row.themes) for row in rows]


def _years(reading: Reading, last: Quarter) -> tuple[tuple[Quarter, ...], ...]:
    """The quarters of each financial year from the first return about cases to `last`, the latest year first."""
    sent = [slot.quarter for table in (RapidReview, SarReferral) for slot in reading.returned(table.about.name)]
    first = min((quarter for quarter in sent if quarter <= last), default=last)
    years = range(last.year, first.year - 1, -1)
    return tuple(quarters_between(Quarter(year, 1), min(Quarter(year, 4), last)) for year in years)


def _themes(
    cube: Cube, measure: str, words: tuple[str, ...], rows: Dated, years: tuple[tuple[Quarter, ...], ...]
) -> Themes:
    return Themes(words, tuple(_themes_in(cube, measure, words, rows, year) for year in years))


def _themes_in(
    cube: Cube, measure: str, words: tuple[str, ...], rows: Dated, quarters: tuple[Quarter, ...]
) -> ThemesOfYear:
    figure = over(cube.get(measure), indicator_named(measure), quarters)
    mine = [themes for day, themes in rows if Quarter.of(day) in quarters]
    found = tuple(sum(word in themes for themes in mine) for word in words)
    return ThemesOfYear(quarters, None if figure.count is None else len(mine), found, figure.missing)


def _leading(cube: Cube, rapid: list[RapidRow], quarters: tuple[Quarter, ...]) -> Leading:
    words = REVIEW_THEME.values
    year_before = tuple(quarter.plus(-4) for quarter in quarters)
    now, before = (_themes_in(cube, "rapid_reviews", words, _dated(rapid), those) for those in (quarters, year_before))
    most = max(now.found)
    themes = tuple(word for word, k in zip(words, now.found, strict=True) if k == most > 0)
    if not themes:
        return Leading((), None if now.cases is None else Count(0, now.cases), None)
    place = words.index(themes[0])
    return Leading(themes, now.counts[place], before.counts[place])


def _rare_year(
    cube: Cube, quarters: tuple[Quarter, ...], rapid: list[RapidRow], sars: list[SarRow], day: date
) -> RareYear:
    first, last = quarters[0].start, max(quarters[0].start, min(quarters[-1].end, day))

    def events(measure: str, dates: list[date]) -> RareEvents | None:
        if over(cube.get(measure), indicator_named(measure), quarters).count is None:
            return None
        return rare_events(dates, first=first, last=last)

    return RareYear(
        quarters,
        events("rapid_reviews", [row.completed_on for row in rapid]),
        events("sar_referrals", [row.received_on for row in sars]),
    )


def _compared(cube: Cube, indicator: Indicator, quarter: Quarter) -> ComparedRow:
    year, before, rolling = (over(cube.get(indicator.id), indicator, quarters_of(quarter, span)) for span in SPANS)
    return ComparedRow(indicator, year, before, rolling)


def _conflicts() -> tuple[tuple[str, Conflict], ...]:
    """What the published documents dispute about themes, each with the theme it is about."""
    return tuple((theme, one) for theme, measure in THEMES.items() for one in conflicts_about([measure]))


def _missing(
    reading: Reading, cube: Cube, quarters: tuple[Quarter, ...]
) -> tuple[tuple[Agency, ReturnType, Quarter], ...]:
    """The returns of the period that nobody has sent; nothing is owed before the first return of all."""
    if latest_return(reading, RapidReview, quarters[-1]) is None:
        return ()
    return tuple(
        (agency, table, quarter)
        for table, measure in _OF_TABLE.items()
        for agency, quarter in over(cube.get(measure), indicator_named(measure), quarters).missing
    )
