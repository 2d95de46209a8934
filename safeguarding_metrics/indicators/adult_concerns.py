"""Adult safeguarding concerns: where they come from and what becomes of them."""

from __future__ import annotations

from dataset import code_lists
from dataset.tables.safeguarding_concerns import SafeguardingConcern
from safeguarding_metrics.indicator import Example, Indicator, slug
from safeguarding_metrics.settings import Settings

THEME = "Adult safeguarding concerns"
PROGRESSED = "Progressed to Section 42 enquiry"
_NOT_PROGRESSED = f"outcome <> '{PROGRESSED}'"


def _with_outcome(outcome: str) -> Indicator:
    other = "No further action" if outcome != "No further action" else "Other response"
    return Indicator(
        id=f"concerns_{slug(outcome)}",
        title=f"Concerns not progressed: {outcome[0].lower() + outcome[1:]}",
        question=f"Of the concerns that did not become an enquiry, how many ended in “{outcome}”?",
        why_it_matters="What happens instead of an enquiry shows whether the adult still got help.",
        table=SafeguardingConcern,
        theme=THEME,
        counts=f"concerns with the outcome “{outcome}”",
        out_of="concerns that did not progress to a Section 42 enquiry",
        numerator=f"outcome = '{outcome}'",
        denominator=_NOT_PROGRESSED,
        source="004:610",
        breakdowns=("source", "age_band"),
        example=Example(({"outcome": outcome}, {"outcome": other}, {"outcome": other}, {"outcome": PROGRESSED}), 1, 3),
    )


def _from_source(source: str) -> Indicator:
    other = next(value for value in code_lists.CONCERN_SOURCE.values if value != source)
    return Indicator(
        id=f"concerns_from_{slug(source)}",
        title=f"Concerns raised by: {source[0].lower() + source[1:]}",
        question=f"What share of concerns comes from this source: {source[0].lower() + source[1:]}?",
        why_it_matters="A source that sends much that needs no enquiry may not know the threshold; a silent one worries more.",
        table=SafeguardingConcern,
        theme=THEME,
        counts=f"concerns raised by “{source}”",
        out_of="all concerns received in the period",
        numerator=f"source = '{source}'",
        denominator="true",
        source="004:600",
        breakdowns=("outcome",),
        example=Example(({"source": source}, {"source": other}, {"source": other}), 1, 3),
    )


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    """Every indicator about adult concerns."""
    return (
        Indicator(
            id="concerns",
            headline=True,
            title="Adult safeguarding concerns received",
            question="How many safeguarding concerns about adults were received?",
            why_it_matters="It is the demand at the adult front door.",
            table=SafeguardingConcern,
            theme=THEME,
            counts="concerns received in the period",
            numerator="true",
            source="004:593-612",
            breakdowns=("source", "outcome", "age_band"),
            example=Example(({}, {}, {}, {}), 4),
        ),
        Indicator(
            id="concerns_not_progressed",
            headline=True,
            title="Concerns that do not progress to a Section 42 enquiry",
            question="How many concerns did not become a Section 42 enquiry?",
            why_it_matters="Most concerns end without one; the plan wants the right concern to reach the right agency first.",
            table=SafeguardingConcern,
            theme=THEME,
            counts="concerns with any outcome but a Section 42 enquiry",
            out_of="all concerns received in the period",
            numerator=_NOT_PROGRESSED,
            denominator="true",
            polarity="decrease",
            source="003:329, 003:362; 004:608",
            breakdowns=("source", "age_band"),
            left_out="Concerns received and enquiries concluded in a period are different groups of adults.",
            example=Example(
                ({"outcome": PROGRESSED}, {"outcome": "No further action"}, {"outcome": "Other response"}), 2, 3
            ),
        ),
        *(_with_outcome(outcome) for outcome in code_lists.CONCERN_OUTCOME.values if outcome != PROGRESSED),
        *(_from_source(source) for source in code_lists.CONCERN_SOURCE.values),
    )
