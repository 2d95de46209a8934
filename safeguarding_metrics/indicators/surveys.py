"""What adults say in yearly surveys."""

from __future__ import annotations

from dataset.tables.survey_results import SurveyResult
from safeguarding_metrics.indicator import Example, Indicator, Total
from safeguarding_metrics.settings import Settings

THEME = "Surveys"
_SAFE = "question = 'Feel safe' AND age_band = '18-64'"


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    """Every survey indicator."""
    return (
        Indicator(
            id="survey_feel_safe",
            title="Adults aged 18 to 64 who feel safe",
            question="Of the adults aged 18 to 64 who answered the ASCOF survey, how many said they feel safe?",
            why_it_matters="It is the one measure of the plan that adults answer themselves.",
            table=SurveyResult,
            theme=THEME,
            counts="people aged 18 to 64 who say they feel safe, weighted as the survey publishes it",
            out_of="people aged 18 to 64 who answered",
            numerator=Total("said_yes", _SAFE),
            denominator=Total("answered", _SAFE),
            polarity="increase",
            margin="margin",
            source="003:330, 003:364",
            left_out="A yearly survey published after the year: a quarter never has a figure of its own.",
            example=Example(
                (
                    {"age_band": "18-64", "said_yes": "213", "answered": "300"},
                    {"age_band": "65+", "said_yes": "150", "answered": "190"},
                ),
                213,
                300,
            ),
        ),
    )
