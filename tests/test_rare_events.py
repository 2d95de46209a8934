"""Reviews too rare for a chart: which, how long ago, and how sure their number makes us."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding_metrics import wording
from safeguarding_metrics.rare_events import rare_events

FIRST, LAST = date(2023, 4, 1), date(2026, 3, 31)
DAYS = st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=40)


def test_reviews_are_listed_in_order_with_the_days_between_and_since() -> None:
    events = rare_events([date(2025, 11, 8), date(2023, 4, 1), date(2024, 1, 1)], first=FIRST, last=LAST)
    assert events.dates == (date(2023, 4, 1), date(2024, 1, 1), date(2025, 11, 8))
    assert (events.count, events.gaps, events.days_since_last) == (3, (275, 677), 143)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.6889), (2, 0.2422, 7.2247), (10, 4.7954, 18.3904), (20, 12.2165, 30.8884)],
)
def test_a_number_of_reviews_has_the_exact_poisson_interval(count: int, low: float, high: float) -> None:
    # Garwood 1936, as tabled since; exact at ten and beyond too.
    events = rare_events([FIRST] * count, first=FIRST, last=LAST)
    assert events.interval == pytest.approx((low, high), abs=5e-5)


def test_a_review_that_is_not_known_yet_is_left_out() -> None:
    events = rare_events([date(2026, 4, 1)], first=FIRST, last=LAST)
    assert (events.dates, events.days_since_last) == ((), None)


def test_the_days_since_the_last_review_reach_back_before_the_period() -> None:
    events = rare_events([date(2023, 3, 31)], first=FIRST, last=LAST)
    assert (events.count, events.days_since_last) == (0, 1096)


def test_two_reviews_of_one_day_are_two() -> None:
    events = rare_events([LAST, LAST], first=FIRST, last=LAST)
    assert (events.count, events.gaps, events.days_since_last) == (2, (0,), 0)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        rare_events([], first=LAST, last=FIRST)


@given(DAYS, st.floats(0.5, 0.999))
def test_the_count_lies_in_its_interval_and_gaps_fill_the_time_between(days: list[date], confidence: float) -> None:
    events = rare_events(days, first=FIRST, last=LAST, confidence=confidence)
    assert events.interval[0] <= events.count <= events.interval[1]
    if events.dates:
        assert events.dates[0] + timedelta(sum(events.gaps)) == events.dates[-1]
        assert events.days_since_last == (LAST - events.dates[-1]).days


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        (
            [date(2025, 11, 8), date(2024, 1, 1)],
            "2 safeguarding adult reviews from 1 April 2023 to 31 March 2026, the latest 143 days before that. "
            "Uncertainty about the underlying rate: 0.2 to 7.2 in such a period (95% confidence).",
        ),
        (
            [],
            "0 safeguarding adult reviews from 1 April 2023 to 31 March 2026, none on record. "
            "Uncertainty about the underlying rate: 0.0 to 3.7 in such a period (95% confidence).",
        ),
    ],
)
def test_rare_events_are_told_in_plain_words(dates: list[date], sentence: str) -> None:
    events = rare_events(dates, first=FIRST, last=LAST)
    assert wording.rare_events_sentence(events, "safeguarding adult review") == sentence
