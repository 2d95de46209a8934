"""Rapid reviews: how many, what they keep finding, and whether the two clocks were kept."""

from __future__ import annotations

from dataset import code_lists
from dataset.tables.rapid_reviews import RapidReview
from safeguarding_metrics.indicator import Example, Indicator, Total
from safeguarding_metrics.settings import Settings

THEME = "Rapid reviews"
NOTIFY_WITHIN = 5
COMPLETE_WITHIN = 15

# Theme of the code list → (id, whether the plan has a target on it).
THEMES = {
    "Understanding of complex trauma in assessing risk": "rapid_reviews_complex_trauma",
    "Information sharing and seeking": "rapid_reviews_information_sharing",
    "Working with men": "rapid_reviews_working_with_men",
    "S.47 processes - roles and responsibilities": "rapid_reviews_s47_processes",
    "Safer sleep": "rapid_reviews_safer_sleep",
    "Harmful sexual behaviour": "rapid_reviews_harmful_sexual_behaviour",
}


def _with_theme(theme: str, indicator_id: str) -> Indicator:
    other = next(value for value in code_lists.REVIEW_THEME.values if value != theme)
    return Indicator(
        id=indicator_id,
        title=f"Rapid reviews with “{theme}” as a theme",
        question=f"In how many rapid reviews was “{theme}” part of the learning?",
        why_it_matters="A theme that returns year after year is learning that has not reached practice.",
        table=RapidReview,
        theme=THEME,
        counts=f"rapid reviews whose themes include “{theme}”",
        out_of="all rapid reviews completed in the period",
        numerator=f"list_contains(themes, '{theme}')",
        denominator="true",
        polarity="decrease",
        source="004:493-526",
        example=Example(
            ({"themes": f"{other}; {theme}"}, {"themes": theme}, {"themes": other}, {"themes": other}, {"themes": ""}),
            2,
            5,
        ),
    )


def _clocks(settings: Settings) -> tuple[Indicator, ...]:
    start, words = (
        ("days_to_complete", "becoming aware")
        if settings.review_clock == "aware"
        else ("days_from_notice", "the notification")
    )
    return (
        Indicator(
            id="rapid_reviews_notified_in_time",
            title="Serious incidents notified within 5 working days",
            question="How often was the National Panel told within five working days of becoming aware?",
            why_it_matters="A late notification delays what other children could be spared.",
            table=RapidReview,
            theme=THEME,
            counts=f"reviews notified within {NOTIFY_WITHIN} working days of becoming aware",
            out_of="all rapid reviews completed in the period",
            numerator=f"days_to_notify <= {NOTIFY_WITHIN}",
            denominator="true",
            polarity="increase",
            source="002:601",
            example=Example(
                (
                    # Good Friday and Easter Monday 2023 do not count: 3 April to 12 April is 5 working days.
                    {"aware_on": "03/04/2023", "notified_on": "12/04/2023", "completed_on": "02/05/2023"},
                    {"aware_on": "03/04/2023", "notified_on": "13/04/2023", "completed_on": "02/05/2023"},
                    {"aware_on": "17/04/2023", "notified_on": "24/04/2023", "completed_on": "02/05/2023"},
                ),
                2,
                3,
            ),
        ),
        Indicator(
            id="rapid_reviews_completed_in_time",
            title="Rapid reviews completed within 15 working days",
            question="How often was a rapid review finished within fifteen working days?",
            why_it_matters="The law gives fifteen working days; the learning is needed while it can still protect.",
            table=RapidReview,
            theme=THEME,
            counts=f"reviews completed within {COMPLETE_WITHIN} working days of {words}",
            out_of="all rapid reviews completed in the period",
            numerator=f"{start} <= {COMPLETE_WITHIN}",
            denominator="true",
            polarity="increase",
            source="002:601; 004:451",
            left_out="Sources differ on the start: awareness or notification. SAFEGUARDING_REVIEW_CLOCK chooses.",
            example=Example(
                (
                    {"aware_on": "03/04/2023", "notified_on": "03/04/2023", "completed_on": "26/04/2023"},
                    {"aware_on": "03/04/2023", "notified_on": "04/04/2023", "completed_on": "27/04/2023"},
                    {"aware_on": "03/04/2023", "notified_on": "03/04/2023", "completed_on": "28/04/2023"},
                    {"aware_on": "03/04/2023", "notified_on": "03/04/2023", "completed_on": "03/05/2023"},
                    {"aware_on": "17/04/2023", "notified_on": "17/04/2023", "completed_on": "05/05/2023"},
                ),
                2 if settings.review_clock == "aware" else 3,
                5,
            ),
        ),
    )


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    """Every rapid review indicator, as the settings read the clock."""
    return (
        Indicator(
            id="rapid_reviews",
            headline=True,
            title="Rapid reviews completed",
            question="How many rapid reviews were completed?",
            why_it_matters="Each stands for a child who died or was seriously harmed.",
            table=RapidReview,
            theme=THEME,
            counts="rapid reviews completed in the period",
            numerator="true",
            source="004:451-461",
            breakdowns=("decision",),
            example=Example(({}, {}, {}), 3),
        ),
        Indicator(
            id="rapid_review_children",
            title="Children whom rapid reviews were about",
            question="How many children were rapid reviews about?",
            why_it_matters="A review can be about several children of one family.",
            table=RapidReview,
            theme=THEME,
            counts="children in the rapid reviews completed in the period",
            numerator=Total("children_involved"),
            source="004:459-461",
            example=Example(({"children_involved": "1"}, {"children_involved": "3"}), 4),
        ),
        *(_with_theme(theme, indicator_id) for theme, indicator_id in THEMES.items()),
        *_clocks(settings),
    )
