"""Practice reviews and what is learnt from them: how many are open, published when, acted on by when."""

from __future__ import annotations

from dataset.review_code_lists import ADULT_REVIEW, DONE
from dataset.tables.learning_points import LearningPoint
from dataset.tables.practice_reviews import PracticeReview
from safeguarding_metrics.indicator import Example, Indicator, Total
from safeguarding_metrics.settings import Settings

THEME = "Practice reviews and their learning"
# The longest that 6 and 12 months can be, so that no review is called late that was in time.
SIX_MONTHS, TWELVE_MONTHS = 184, 366

_OPEN = "published_on IS NULL"
_OUT = "published_on IS NOT NULL"
_UNDONE = f"state <> '{DONE}'"
_AT_END = "A figure of the quarter's last day; a longer period has that of its latest quarter."


def _published_within(days: int, months: str, indicator_id: str, of_five: int) -> Indicator:
    return Indicator(
        id=indicator_id,
        title=f"Practice reviews published within {months} months",
        question=f"How often was a practice review published within {months} months of being commissioned?",
        why_it_matters="Learning that comes years after the harm meets other staff and other services.",
        table=PracticeReview,
        theme=THEME,
        counts=f"reviews published within {months} months of the day they were commissioned",
        out_of="all practice reviews published in the period",
        numerator=f"date_diff('day', commissioned_on, published_on) <= {days}",
        denominator=_OUT,
        polarity="increase",
        source="004:528-539",
        left_out=f"Counted as {days} days, the longest that {months} months can be. The partnership's documents print no "
        "term for publication, so there is no target.",
        example=Example(
            (
                {"commissioned_on": "01/12/2022", "published_on": "03/06/2023"},  # 184 days
                {"commissioned_on": "30/11/2022", "published_on": "03/06/2023"},  # 185
                {"commissioned_on": "01/06/2022", "published_on": "02/06/2023"},  # 366
                {"commissioned_on": "31/05/2022", "published_on": "02/06/2023"},  # 367
                {"commissioned_on": "31/01/2023", "published_on": "02/06/2023"},
                {"commissioned_on": "31/01/2023", "published_on": ""},
            ),
            of_five,
            5,
        ),
    )


def _under_way() -> tuple[Indicator, ...]:
    return (
        Indicator(
            id="practice_reviews_commissioned",
            title="Practice reviews commissioned",
            question="How many practice reviews did the partnership commission?",
            why_it_matters="Each follows a death or serious harm from which more is to be learnt.",
            table=PracticeReview,
            theme=THEME,
            counts="practice reviews commissioned in the period",
            numerator="days_commissioned >= 0",
            source="004:465, 004:530",
            breakdowns=("kind",),
            left_out="The annual report counts child safeguarding practice reviews; here all three kinds, which the "
            "breakdown tells apart.",
            example=Example(
                (
                    {"commissioned_on": "01/04/2023", "published_on": ""},
                    {"commissioned_on": "31/03/2023", "published_on": ""},
                    {"commissioned_on": "12/02/2022", "published_on": ""},
                ),
                1,
            ),
        ),
        Indicator(
            id="practice_reviews_open",
            title="Practice reviews open",
            question="How many practice reviews were not published yet?",
            why_it_matters="Learning that is not published cannot be acted on by everybody.",
            table=PracticeReview,
            theme=THEME,
            counts="practice reviews that were open on the last day of the quarter",
            numerator=_OPEN,
            source="001:472; 004:530",
            breakdowns=("kind",),
            left_out=_AT_END,
            adds_over_quarters=False,
            example=Example(({"published_on": ""}, {"published_on": "", "kind": ADULT_REVIEW}, {}), 2),
        ),
        _reviews_overdue(),
    )


def _reviews_overdue() -> Indicator:
    return Indicator(
        id="practice_reviews_overdue",
        title="Open practice reviews past the day they were to be published by",
        question="How many of the open practice reviews should have been published already?",
        why_it_matters="A review past its day is drift that the partnership has set itself to notice.",
        table=PracticeReview,
        theme=THEME,
        counts="open reviews whose due day lies before the last day of the quarter",
        out_of="open reviews for which a due day is set",
        numerator="days_past_due > 0",
        denominator=f"{_OPEN} AND due_on IS NOT NULL",
        polarity="decrease",
        source="001:472; 004:530",
        left_out=_AT_END,
        adds_over_quarters=False,
        example=Example(
            (
                {"published_on": "", "due_on": "29/06/2023"},
                {"published_on": "", "due_on": "30/06/2023"},  # The last day itself is not past.
                {"published_on": "", "due_on": "01/09/2023"},
                {"published_on": "", "due_on": ""},
                {"published_on": "20/06/2023", "due_on": "01/06/2023"},
            ),
            1,
            3,
        ),
    )


def _published() -> tuple[Indicator, ...]:
    return (
        Indicator(
            id="practice_reviews_published",
            title="Practice reviews published",
            question="How many practice reviews were published?",
            why_it_matters="Publication is when everybody can learn from what happened.",
            table=PracticeReview,
            theme=THEME,
            counts="practice reviews published in the period",
            numerator=_OUT,
            source="004:530-532",
            breakdowns=("kind",),
            example=Example(({}, {"published_on": ""}, {"published_on": ""}), 1),
        ),
        _published_within(SIX_MONTHS, "6", "practice_reviews_published_within_6_months", 2),
        _published_within(TWELVE_MONTHS, "12", "practice_reviews_published_within_12_months", 4),
        Indicator(
            id="practice_review_learning_points",
            title="Learning points in published practice reviews",
            question="How many learning points did the published practice reviews have?",
            why_it_matters="So many changes the reviews ask for; 2016/17 found that too many cannot all be delivered.",
            table=PracticeReview,
            theme=THEME,
            counts="learning points of the practice reviews published in the period",
            numerator=Total("learning_points", _OUT),
            source="001:552; 004:532",
            example=Example(
                (
                    {"learning_points": "9"},
                    {"learning_points": "4"},
                    {"learning_points": "", "published_on": ""},
                    {"learning_points": "6", "published_on": ""},
                ),
                13,
            ),
        ),
    )


_BY = ("review_kind", "theme", "lead_agency")


def _open_points() -> tuple[Indicator, ...]:
    return (
        Indicator(
            id="learning_points_open",
            title="Learning points open",
            question="How many learning points of reviews were still to be done?",
            why_it_matters="Until a point is done, what went wrong can happen again.",
            table=LearningPoint,
            theme=THEME,
            counts="learning points that were not done on the last day of the quarter",
            numerator=_UNDONE,
            source="002:595; 004:532-539",
            breakdowns=_BY,
            left_out=_AT_END,
            adds_over_quarters=False,
            example=Example(({"state": "Not started", "done_on": ""}, {"state": "Under way", "done_on": ""}, {}), 2),
        ),
        Indicator(
            id="learning_points_overdue",
            title="Open learning points past their due day",
            question="How many of the open learning points should have been done already?",
            why_it_matters="Plans after reviews have drifted before; each point that waits leaves a known risk as it was.",
            table=LearningPoint,
            theme=THEME,
            counts="open learning points whose due day lies before the last day of the quarter",
            out_of="all learning points open on that day",
            numerator="days_past_due > 0",
            denominator=_UNDONE,
            polarity="decrease",
            source="001:74, 001:445; 004:170",
            breakdowns=_BY,
            left_out=_AT_END,
            adds_over_quarters=False,
            example=Example(
                (
                    {"state": "Under way", "done_on": "", "due_on": "29/06/2023"},
                    {"state": "Not started", "done_on": "", "due_on": "30/06/2023"},  # The last day is not past.
                    {"state": "Under way", "done_on": "", "due_on": "31/12/2023"},
                    {"state": DONE, "done_on": "20/06/2023", "due_on": "01/06/2023"},
                ),
                1,
                3,
            ),
        ),
    )


def _done_points() -> tuple[Indicator, ...]:
    return (
        Indicator(
            id="learning_points_done",
            title="Learning points done",
            question="How many learning points of reviews were done?",
            why_it_matters="It shows that reviews change practice, which reports have found hard to evidence.",
            table=LearningPoint,
            theme=THEME,
            counts="learning points done in the period",
            numerator=f"state = '{DONE}'",
            source="002:595; 004:532-539, 004:918",
            breakdowns=_BY,
            example=Example(({}, {"state": "Under way", "done_on": ""}, {"state": "Not started", "done_on": ""}), 1),
        ),
        Indicator(
            id="learning_points_done_in_time",
            title="Learning points done by their due day",
            question="How often was a learning point done by the day that was agreed?",
            why_it_matters="A day that is not kept puts off what should protect somebody.",
            table=LearningPoint,
            theme=THEME,
            counts="learning points done on or before their due day",
            out_of="all learning points done in the period",
            numerator="done_on <= due_on",
            denominator=f"state = '{DONE}'",
            polarity="increase",
            source="002:595; 004:170, 004:912",
            breakdowns=_BY,
            example=Example(
                (
                    {"due_on": "20/06/2023", "done_on": "20/06/2023"},
                    {"due_on": "20/06/2023", "done_on": "21/06/2023"},
                    {"due_on": "20/06/2023", "done_on": "02/05/2023"},
                    {"due_on": "01/05/2023", "done_on": "", "state": "Under way"},
                ),
                2,
                3,
            ),
        ),
    )


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    """Every indicator of practice reviews and learning points."""
    return (*_under_way(), *_published(), *_open_points(), *_done_points())
