"""Missing children: how often, from where, and whether somebody asked them why."""

from __future__ import annotations

from collections.abc import Mapping

from dataset.tables.missing_episodes import MissingEpisode
from safeguarding_metrics.indicator import Example, Indicator, Polarity
from safeguarding_metrics.settings import Settings

THEME = "Missing children"
_ENDED = "hours_missing IS NOT NULL"
_EPISODES_ENDED = "episodes begun in the period after which the child was found or came back"
_STILL_MISSING = {"hours_missing": "", "welfare_check": "", "return_interview": ""}
_LEFT_OUT = "Children still missing when the return was made."
_EACH_ONCE = "A child missing again in the same year. Over quarters of two years a child may be counted once for each."
_BREAKDOWNS = ("missing_from",)
_IN_TIME, _LATER, _DECLINED, _NOT_OFFERED = (
    {"return_interview": words}
    for words in ("Completed within 72 hours", "Completed later", "Offered and declined", "Not offered")
)


def _children_from(place: str, title: str, why: str, source: str) -> Indicator:
    other = "Care" if place == "Home" else "Home"
    return Indicator(
        id=f"missing_from_{place.lower()}",
        title=title,
        question=f"How many different children went missing from {place.lower()} this year?",
        why_it_matters=why,
        table=MissingEpisode,
        theme=THEME,
        counts=f"children who went missing from {place.lower()} for the first time since 1 April",
        numerator=f"missing_from = '{place}' AND first_since_april = 'Yes'",
        source=source,
        left_out=_EACH_ONCE,
        example=Example(
            (
                {"missing_from": place},
                {"missing_from": place, "first_since_april": "No"},
                {"missing_from": other},
            ),
            1,
        ),
    )


def _of_those_back(
    id: str,
    title: str,
    question: str,
    why: str,
    counts: str,
    condition: str,
    source: str,
    polarity: Polarity,
    rows: tuple[Mapping[str, str], ...],
    answer: int,
    headline: bool = False,
) -> Indicator:
    """A share of the episodes after which the child was found or came back."""
    return Indicator(
        id=id,
        title=title,
        question=question,
        why_it_matters=why,
        table=MissingEpisode,
        theme=THEME,
        counts=counts,
        out_of=_EPISODES_ENDED,
        numerator=condition,
        denominator=_ENDED,
        polarity=polarity,
        source=source,
        breakdowns=_BREAKDOWNS,
        left_out=_LEFT_OUT,
        headline=headline,
        example=Example((*rows, _STILL_MISSING), answer, len(rows)),
    )


_EPISODES = Indicator(
    id="missing_episodes",
    title="Times a child went missing",
    question="How many times did a child go missing?",
    why_it_matters="A few children go missing again and again; only the episodes show it.",
    table=MissingEpisode,
    theme=THEME,
    counts="episodes begun in the period, from home or from care",
    numerator="true",
    source="001:338, 001:344",
    breakdowns=("missing_from", "first_since_april", "welfare_check", "return_interview"),
    example=Example(({}, {}, {}), 3),
)
_INTERVIEWS = (
    _of_those_back(
        id="return_interviews_completed",
        title="Return interviews completed",
        question="After how many episodes did the child talk to somebody independent about why they went?",
        why="It is where a child can say what they ran from, or to.",
        counts="episodes followed by a completed return interview, however late",
        condition="return_interview IN ('Completed within 72 hours', 'Completed later')",
        source="001:346, 001:434",
        polarity="increase",
        rows=(_IN_TIME, _LATER, _DECLINED, _NOT_OFFERED, _NOT_OFFERED),
        answer=2,
    ),
    _of_those_back(
        id="return_interviews_in_time",
        headline=True,
        title="Return interviews completed within 72 hours",
        question="After how many episodes was the return interview held within 72 hours?",
        why="Later the child may be gone again, or no longer willing to tell.",
        counts="episodes followed by a return interview within 72 hours",
        condition="return_interview = 'Completed within 72 hours'",
        source="001:346, 001:434",
        polarity="increase",
        rows=(_IN_TIME, _LATER, _LATER),
        answer=1,
    ),
    _of_those_back(
        id="return_interviews_declined",
        title="Return interviews declined",
        question="After how many episodes did the child not want to talk?",
        why="Many refusals may say something about who asks, and how.",
        counts="episodes after which an interview was offered and declined",
        condition="return_interview = 'Offered and declined'",
        source="001:346",
        polarity="neutral",
        rows=(_DECLINED, _IN_TIME, _NOT_OFFERED),
        answer=1,
    ),
    _of_those_back(
        id="return_interviews_not_offered",
        title="Return interviews not offered",
        question="After how many episodes did nobody offer the child a talk?",
        why="Every child who comes back should be asked.",
        counts="episodes after which no interview was offered",
        condition="return_interview = 'Not offered'",
        source="001:346, 001:434",
        polarity="decrease",
        rows=(_NOT_OFFERED, _IN_TIME, _DECLINED),
        answer=1,
    ),
)
_OTHERS = (
    _of_those_back(
        id="welfare_checks_within_24_hours",
        title="Safety checked within 24 hours of coming back",
        question="After how many episodes was the child's safety checked within 24 hours of coming back?",
        why="It is the safety net under all other work with missing children.",
        counts="episodes followed by a safe and well check within 24 hours",
        condition="welfare_check = 'Within 24 hours'",
        source="001:898",
        polarity="increase",
        rows=({"welfare_check": "Within 24 hours"}, {"welfare_check": "Later"}, {"welfare_check": "Not made"}),
        answer=1,
    ),
    _of_those_back(
        id="missing_24_hours_or_more",
        title="Children missing for 24 hours or more",
        question="How many episodes lasted 24 hours or longer?",
        why="The longer a child is away, the greater the danger.",
        counts="episodes of 24 hours or more",
        condition="hours_missing >= 24",
        source="001:338",
        polarity="decrease",
        rows=({"hours_missing": "24"}, {"hours_missing": "23"}, {"hours_missing": "2"}),
        answer=1,
    ),
)


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    """Every indicator about children who go missing."""
    return (
        _EPISODES,
        _children_from(
            place="Home",
            title="Children who went missing from home",
            why="Most children who go missing go from home, and most of them once.",
            source="001:338-341",
        ),
        _children_from(
            place="Care",
            title="Children who went missing from care in Stockport",
            why="They go more often than others, and many are children of other councils.",
            source="001:338, 001:342-344",
        ),
        *_INTERVIEWS,
        *_OTHERS,
    )
