from __future__ import annotations

from typing import Annotated, ClassVar

from dataset import code_lists
from dataset.columns import Decimal, OneOf, Whole
from dataset.retention import NO_PERSON, Footing
from dataset.rules import NotMoreThan
from dataset.table import About, Return


class SurveyResult(Return):
    """One answer of a yearly survey for one group of people."""

    about = About(
        name="survey_results",
        title="Survey results (yearly)",
        one_row_is="one question of a yearly survey for one age group, sent with the year's fourth quarter",
        why="It is the only measure of the plan in which adults themselves say whether they feel safe.",
        source="003:330, 003:364",
        yearly=True,
        footing=Footing(years=None, lawful_basis=NO_PERSON),
    )
    key = ("survey", "question", "age_band")
    period = None
    rules: ClassVar = (NotMoreThan("said_yes", "answered"),)

    survey: Annotated[str, OneOf("Which survey.", codes=code_lists.SURVEY)]
    question: Annotated[str, OneOf("Which question.", codes=code_lists.SURVEY_QUESTION)]
    age_band: Annotated[str, OneOf("Age group of those who answered.", codes=code_lists.SURVEY_AGE_BAND)]
    said_yes: Annotated[
        int, Whole("How many gave the answer counted, weighted as the survey publishes it.", example="213")
    ]
    answered: Annotated[int, Whole("How many answered the question.", low=1, example="300")]
    margin: Annotated[
        float | None,
        Decimal(
            "The survey's own 95% margin of error, in percentage points; blank if not published.",
            low=0.0,
            high=50.0,
            required=False,
            example="4.8",
        ),
    ]
