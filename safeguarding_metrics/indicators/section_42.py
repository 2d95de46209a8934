"""Section 42 enquiries concluded: what adults suffered, where, from whom, and what they wanted."""

from __future__ import annotations

from dataset import code_lists
from dataset.tables.section_42_enquiries import OUTCOMES_EXPRESSED, Section42Enquiry
from safeguarding_metrics.indicator import Example, Indicator, Polarity, slug
from safeguarding_metrics.settings import Settings

THEME = "Section 42 enquiries"
MSP = "Making Safeguarding Personal"
NO_OUTCOMES = "Yes they were asked but no outcomes were expressed"
_ALL = "all Section 42 enquiries concluded in the period"
_BREAKDOWNS = ("age_band", "sex", "location", "source_of_risk")
_HEADLINE = ("msp_asked", "msp_fully_achieved")
_ASKED = f"msp_asked IN ('{OUTCOMES_EXPRESSED}', '{NO_OUTCOMES}')"

# Answer of the national collection → (id, the partnership's own word, 004:628-632).
_ANSWERS = {
    OUTCOMES_EXPRESSED: ("msp_asked_and_stated", "asked and stated"),
    NO_OUTCOMES: ("msp_asked_not_stated", "asked but not stated"),
    "No": ("msp_not_asked", "not asked"),
    "Don't Know": ("msp_dont_know", "don't know"),
    "Not Recorded": ("msp_not_recorded", "not recorded"),
}
_ACHIEVED: dict[str, tuple[str, Polarity]] = {
    "Fully Achieved": ("msp_fully_achieved", "increase"),
    "Partially Achieved": ("msp_partially_achieved", "neutral"),
    "Not Achieved": ("msp_not_achieved", "decrease"),
}


def _quoted(word: str) -> str:
    return word.replace("'", "''")


def _with_type(abuse: str) -> Indicator:
    other = next(value for value in code_lists.ABUSE_TYPE.values if value != abuse)
    return Indicator(
        id=f"enquiries_{slug(abuse)}",
        title=f"Enquiries about {abuse.lower()}",
        question=f"How many concluded enquiries were about {abuse.lower()}?",
        why_it_matters="The kinds of harm decide where prevention and training are needed.",
        table=Section42Enquiry,
        theme=THEME,
        counts=f"enquiries whose types include “{abuse}”",
        out_of=_ALL,
        numerator=f"list_contains(abuse_types, '{abuse}')",
        denominator="true",
        source="003:326-327; 004:601-604, 004:612",
        breakdowns=_BREAKDOWNS,
        left_out="An enquiry may be about several types, so the shares of all types add to more than 100%.",
        example=Example(({"abuse_types": f"{other}; {abuse}"}, {"abuse_types": other}, {"abuse_types": other}), 1, 3),
    )


def _at_location(location: str) -> Indicator:
    other = next(value for value in code_lists.ENQUIRY_LOCATION.values if value != location)
    return Indicator(
        id=f"enquiries_at_{slug(location)}",
        title=f"Enquiries by location: {location}",
        question=f"How many concluded enquiries were about harm at: {location}?",
        why_it_matters="Where harm happens tells which provider or service must change.",
        table=Section42Enquiry,
        theme=THEME,
        counts=f"enquiries with the location “{location}”",
        out_of=_ALL,
        numerator=f"location = '{location}'",
        denominator="true",
        source="004:606",
        breakdowns=("abuse_types",),
        example=Example(({"location": location}, {"location": other}, {"location": other}), 1, 3),
    )


def _msp_answer(answer: str) -> Indicator:
    indicator_id, words = _ANSWERS[answer]
    other = "No" if answer != "No" else "Not Recorded"
    blank = {"msp_achieved": ""}
    return Indicator(
        id=indicator_id,
        title=f"Making Safeguarding Personal: {words}",
        question=f"For how many adults is the answer “{words}”?",
        why_it_matters="All five answers together show what lies behind the share who were asked.",
        table=Section42Enquiry,
        theme=MSP,
        counts=f"enquiries with the answer “{words}”",
        out_of=_ALL,
        numerator=f"msp_asked = '{_quoted(answer)}'",
        denominator="true",
        polarity="increase" if answer == OUTCOMES_EXPRESSED else "neutral",
        source="004:627-632",
        breakdowns=_BREAKDOWNS,
        example=Example(
            ({"msp_asked": answer} | blank, {"msp_asked": other} | blank, {"msp_asked": other} | blank), 1, 3
        ),
    )


def _msp_outcome(achieved: str) -> Indicator:
    indicator_id, polarity = _ACHIEVED[achieved]
    other = next(value for value in code_lists.MSP_ACHIEVED.values if value != achieved)
    return Indicator(
        id=indicator_id,
        title=f"Outcomes the adult wanted: {achieved.lower()}",
        question=f"Of the adults who said what they wanted, for how many was it {achieved.lower()}?",
        why_it_matters="Being asked is not enough: it is what the adult wanted that counts.",
        table=Section42Enquiry,
        theme=MSP,
        counts=f"enquiries with outcomes {achieved.lower()}",
        out_of="enquiries in which outcomes were expressed and the result is recorded",
        numerator=f"msp_achieved = '{achieved}'",
        denominator="msp_achieved IS NOT NULL",
        polarity=polarity,
        source="004:622",
        breakdowns=_BREAKDOWNS,
        headline=indicator_id in _HEADLINE,
        left_out="Enquiries in which no outcome was expressed, or the result is not recorded.",
        example=Example(
            ({"msp_achieved": achieved}, {"msp_achieved": other}, {"msp_achieved": other}, {"msp_achieved": ""}), 1, 3
        ),
    )


def _asked(indicator_id: str, title: str, out_of: str, denominator: str, answer: int) -> Indicator:
    return Indicator(
        id=indicator_id,
        title=title,
        question="Were adults asked what they wanted to happen?",
        why_it_matters="Safeguarding is done with the adult, not to them; the denominator decides the verdict.",
        table=Section42Enquiry,
        theme=MSP,
        counts="enquiries in which the adult was asked, whether or not outcomes were expressed",
        out_of=out_of,
        numerator=_ASKED,
        denominator=denominator,
        polarity="increase",
        source="003:332, 003:361; 004:620-632",
        breakdowns=_BREAKDOWNS,
        headline=indicator_id in _HEADLINE,
        example=Example(
            (
                {"msp_asked": OUTCOMES_EXPRESSED},
                {"msp_asked": NO_OUTCOMES, "msp_achieved": ""},
                {"msp_asked": "No", "msp_achieved": ""},
                {"msp_asked": "No", "msp_achieved": ""},
                {"msp_asked": "No", "msp_achieved": ""},
                {"msp_asked": "Don't Know", "msp_achieved": ""},
                {"msp_asked": "Not Recorded", "msp_achieved": ""},
                {"msp_asked": "Not Recorded", "msp_achieved": ""},
            ),
            2,
            answer,
        ),
    )


_TOTALS = (
    Indicator(
        id="enquiries_concluded",
        headline=True,
        title="Section 42 enquiries concluded",
        question="How many Section 42 enquiries were concluded?",
        why_it_matters="It is the number of adults whose risk was fully looked into.",
        table=Section42Enquiry,
        theme=THEME,
        counts="enquiries concluded in the period",
        numerator="true",
        source="004:593-612",
        breakdowns=(*_BREAKDOWNS, "abuse_types"),
        example=Example(({}, {}, {}), 3),
    ),
    Indicator(
        id="enquiries_in_care_homes",
        title="Enquiries about harm in care homes",
        question="How many concluded enquiries were about harm in a care home?",
        why_it_matters="Care homes are the most frequent place of harm in the partnership's own reports.",
        table=Section42Enquiry,
        theme=THEME,
        counts="enquiries located in a nursing or residential care home",
        out_of=_ALL,
        numerator="location IN ('Care Home - Nursing', 'Care Home - Residential')",
        denominator="true",
        source="004:606",
        breakdowns=("abuse_types", "source_of_risk"),
        example=Example(
            (
                {"location": "Care Home - Nursing"},
                {"location": "Care Home - Residential"},
                {"location": "Own Home"},
            ),
            2,
            3,
        ),
    ),
)

_ACHIEVED_AT_ALL = Indicator(
    id="msp_achieved",
    title="Outcomes the adult wanted: fully or partially achieved",
    question="Of the adults who said what they wanted, how many got it at least in part?",
    why_it_matters="A steady total can hide a move from fully to partially achieved, as in 2022/23.",
    table=Section42Enquiry,
    theme=MSP,
    counts="enquiries with outcomes fully or partially achieved",
    out_of="enquiries in which outcomes were expressed and the result is recorded",
    numerator="msp_achieved IN ('Fully Achieved', 'Partially Achieved')",
    denominator="msp_achieved IS NOT NULL",
    polarity="increase",
    source="004:622",
    breakdowns=_BREAKDOWNS,
    example=Example(
        ({"msp_achieved": "Partially Achieved"}, {}, {"msp_achieved": "Not Achieved"}, {"msp_achieved": ""}), 2, 3
    ),
)


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    """Every indicator about concluded Section 42 enquiries."""
    return (
        _asked("msp_asked", "Adults asked about their Making Safeguarding Personal outcomes", _ALL, "true", 8),
        _asked(
            "msp_asked_of_recorded",
            "Adults asked, leaving out “not recorded”",
            "concluded enquiries with an answer recorded",
            "msp_asked <> 'Not Recorded'",
            6,
        ),
        _asked(
            "msp_asked_of_known",
            "Adults asked, leaving out “not recorded” and “don't know”",
            "concluded enquiries in which it is known whether the adult was asked",
            "msp_asked NOT IN ('Not Recorded', 'Don''t Know')",
            5,
        ),
        *(_msp_answer(answer) for answer in _ANSWERS),
        _ACHIEVED_AT_ALL,
        *(_msp_outcome(achieved) for achieved in _ACHIEVED),
        *_TOTALS,
        *(_with_type(abuse) for abuse in code_lists.ABUSE_TYPE.values),
        *(_at_location(location) for location in code_lists.ENQUIRY_LOCATION.values),
    )
