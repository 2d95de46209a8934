"""The screen of reviews as tables to take away: cases by reference only, themes and years each in a row of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safeguarding_metrics import review_wording as said
from safeguarding_metrics import wording
from safeguarding_metrics.measuring import PeriodCount
from safeguarding_metrics.rare_events import RareEvents
from safeguarding_metrics.review_learning import PointRow, PracticeRow, Tally
from safeguarding_metrics.reviewing import SPANS, Clock, RapidRow, Reviews, Themes
from safeguarding_metrics.table_files import Cell, FileTable, Row, counts, number

THEME_HEADS = ("cases", "year", "theme", "numerator", "denominator", "value", "not_sent")
TALLY_HEADS = ("by", "name", "followed", "done", "open", "overdue", "longest_overdue_days", "left_out")
POINT_HEADS = (
    "point",
    "review_kind",
    "review",
    "theme",
    "lead_agency",
    "agreed_on",
    "due_on",
    "state",
    "done_on",
    "overdue_days",
    "left_out",
)
_CLOCK = ("working_days", "limit", "in_time_up_to", "late_by_working_days")
RAPID_HEADS = (
    "review",
    "aware_on",
    "notified_on",
    "completed_on",
    *(f"notify_{part}" for part in _CLOCK),
    *(f"complete_{part}" for part in _CLOCK),
    "bank_holidays_not_counted",
    "themes",
    "what_follows",
)
PRACTICE_HEADS = (
    "review",
    "kind",
    "state",
    "commissioned_on",
    "to_be_published_by",
    "published_on",
    "days",
    "days_past",
    "learning_points",
)
SAR_HEADS = ("referral", "received_on", "themes", "outcome")
YEAR_HEADS = ("year", "event", "count", "interval_low", "interval_high", "confidence")
COMPARED_HEADS = ("indicator", "title", "span", "numerator", "denominator", "value", "not_sent")


def review_tables(shown: Reviews) -> dict[str, FileTable]:
    """Every table of the screen by its name; one without rows is left out."""
    made = (
        ("themes", "What reviews keep finding, by year", THEME_HEADS, _themes(shown)),
        ("learning", "Learning points by review and by lead agency", TALLY_HEADS, _tallies(shown)),
        ("points", "Every learning point", POINT_HEADS, map(_point, shown.learning.points)),
        ("rapid", "Rapid reviews and their clocks", RAPID_HEADS, map(_rapid, shown.rapid)),
        ("practice", "Practice reviews, open and published", PRACTICE_HEADS, _practice(shown)),
        ("sars", "Safeguarding Adult Review referrals", SAR_HEADS, _sars(shown)),
        ("years", "Reviews of each year, with the 95% interval", YEAR_HEADS, _years(shown)),
        ("compared", "Reviews in three periods", COMPARED_HEADS, _compared(shown)),
    )
    period = f"{said.period(shown.quarters, shown.span)}, as it stood on {shown.day:%d/%m/%Y}"
    tables = (FileTable(f"reviews_{name}", title, period, heads, tuple(rows)) for name, title, heads, rows in made)
    return {table.name.removeprefix("reviews_"): table for table in tables if table.rows}


def _themes(shown: Reviews) -> Iterator[Row]:
    kinds: tuple[tuple[str, Themes], ...] = (
        ("rapid reviews", shown.rapid_themes),
        ("SAR referrals", shown.sar_themes),
    )
    for kind, themes in kinds:
        for year in themes.years:
            for theme, count in zip(themes.words, year.counts, strict=True):
                missing = said.missing_words(year.missing)
                yield kind, said.period(year.quarters, "year"), theme, *counts(count), missing


def _tallies(shown: Reviews) -> Iterator[Row]:
    groups: tuple[tuple[str, Iterable[Tally]], ...] = (
        ("review", shown.learning.by_review),
        ("lead agency", shown.learning.by_lead),
    )
    for by, tallies in groups:
        for one in tallies:
            yield by, one.name, one.followed, one.done, one.open, one.overdue, one.longest_overdue, one.dropped


def _point(one: PointRow) -> Row:
    return (
        one.reference,
        one.review_kind,
        one.review,
        one.theme,
        one.lead,
        one.agreed_on,
        one.due_on,
        one.state,
        one.done_on or "",
        one.overdue_by,
        "yes" if one.dropped else "",
    )


def _rapid(row: RapidRow) -> Row:
    return (
        row.reference,
        row.aware_on,
        row.notified_on,
        row.completed_on,
        *_clock(row.notify),
        *_clock(row.complete),
        row.holidays,
        "; ".join(row.themes),
        row.decision,
    )


def _clock(one: Clock) -> tuple[Cell, ...]:
    return one.days, one.limit, one.due_on, one.late_by


def _practice(shown: Reviews) -> Iterator[Row]:
    for row in (*shown.practice.open, *shown.practice.published):
        yield _practice_review(row)


def _practice_review(row: PracticeRow) -> Row:
    return (
        row.reference,
        row.kind,
        "published" if row.published_on else "open",
        row.commissioned_on,
        row.due_on or "",
        row.published_on or "",
        row.days,
        row.late_by,
        "" if row.learning_points is None else row.learning_points,
    )


def _sars(shown: Reviews) -> Iterator[Row]:
    for row in shown.sars:
        yield row.reference, row.received_on, "; ".join(row.themes), row.outcome


def _years(shown: Reviews) -> Iterator[Row]:
    for year in shown.years:
        named = said.period(year.quarters, "year")
        yield named, "rapid reviews completed", *_rare(year.rapid_reviews)
        yield named, "SAR referrals received", *_rare(year.sar_referrals)


def _rare(events: RareEvents | None) -> tuple[Cell, ...]:
    if events is None:
        return ("", "", "", "")
    low, high = events.interval
    return events.count, number(low), number(high), events.confidence


def _compared(shown: Reviews) -> Iterator[Row]:
    for one in shown.compared:
        figures: tuple[PeriodCount, ...] = (one.year, one.before, one.rolling)
        for span, figure in zip(SPANS, figures, strict=True):
            named = (one.indicator.id, one.indicator.title, said.span_words(span, shown.quarter))
            yield *named, *counts(figure.count), wording.missing_words(figure)
