"""What a published figure of another area may be about: areas, units, and the definitions that decide what is alike.

A definition says what is counted and out of what; two figures are compared only when both agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dataset.agencies import STOCKPORT
from dataset.code_lists import ABUSE_TYPE, CodeList
from dataset.published.figure import PublishedFigure

Unit = Literal["percent", "per 100,000", "count"]

GREATER_MANCHESTER, NORTH_WEST, ENGLAND, NEIGHBOURS_TOGETHER = "GM", "E12000002", "E92000001", "SN"
POPULATION = "population"

# The Department for Education's ten of 2025, from the nearest on; Trafford is a Greater Manchester borough too.
NEIGHBOURS = {
    "E08000029": "Solihull",
    "E08000009": "Trafford",
    "E06000050": "Cheshire West and Chester",
    "E10000013": "Gloucestershire",
    "E10000015": "Hertfordshire",
    "E10000032": "West Sussex",
    "E10000031": "Warwickshire",
    "E06000024": "North Somerset",
    "E06000025": "South Gloucestershire",
    "E10000003": "Cambridgeshire",
}
AREAS = {
    GREATER_MANCHESTER: "Greater Manchester",
    NORTH_WEST: "North West",
    ENGLAND: "England",
    NEIGHBOURS_TOGETHER: "Statistical neighbours",
    **NEIGHBOURS,
    STOCKPORT.code: STOCKPORT.name,
}


@dataclass(frozen=True)
class Definition:
    """What a figure counts and what it is out of.

    `words` is what a return writes. `measures` are the indicators that count exactly this out of exactly that
    (of a rate, exactly this), `near` those easily taken for it. `population` names the definition of the
    people a rate is per.
    """

    words: str
    unit: Unit
    numerator: str
    denominator: str = ""
    measures: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    population: str = ""


RESIDENTS = Definition("Residents of all ages", "count", "residents of all ages", measures=(POPULATION,))
ADULTS = Definition("Residents aged 18 and over", "count", "residents aged 18 and over", measures=(POPULATION,))

_CONCLUDED = "all Section 42 enquiries concluded"
_ASKED = "adults asked what they wanted, whether or not they said"
_EXPRESSED = "enquiries in which the adult said what they wanted and the result is recorded"
_MSP = ("msp_asked", "msp_asked_of_recorded", "msp_asked_of_known", "msp_asked_and_stated")


def _msp(words: str, measure: str, numerator: str, denominator: str) -> Definition:
    near = tuple(one for one in _MSP if one != measure)
    return Definition(words, "percent", numerator, denominator, (measure,), near)


def _per(words: str, measure: str, numerator: str, people: Definition) -> Definition:
    return Definition(words, "per 100,000", numerator, people.numerator, (measure,), population=people.words)


def _of_type(abuse: str) -> tuple[Definition, Definition]:
    measure = "enquiries_" + abuse.casefold().replace("-", "_").replace(" ", "_")
    counted = f"Section 42 enquiries concluded about {abuse.casefold()}"
    return (
        _per(f"Enquiries about {abuse.casefold()}, per 100,000 adults", measure, counted, ADULTS),
        Definition(
            f"Enquiries about {abuse.casefold()}, of all enquiries concluded",
            "percent",
            counted,
            _CONCLUDED,
            (measure,),
        ),
    )


ASKED_AND_STATED = _msp(
    "Asked and stated, of all enquiries concluded",
    "msp_asked_and_stated",
    "adults who were asked and said what they wanted",
    _CONCLUDED,
)
_TYPES = {abuse: _of_type(abuse) for abuse in ABUSE_TYPE.values}

DEFINITIONS: tuple[Definition, ...] = (
    ASKED_AND_STATED,
    _msp("Asked, of all enquiries concluded", "msp_asked", _ASKED, _CONCLUDED),
    _msp(
        "Asked, of enquiries with an answer recorded",
        "msp_asked_of_recorded",
        _ASKED,
        "enquiries concluded with an answer recorded",
    ),
    _msp(
        "Asked, of enquiries with a known answer",
        "msp_asked_of_known",
        _ASKED,
        "enquiries concluded in which it is known whether the adult was asked",
    ),
    Definition(
        "Outcomes fully achieved, of those expressed",
        "percent",
        "enquiries with outcomes fully achieved",
        _EXPRESSED,
        ("msp_fully_achieved",),
        ("msp_achieved",),
    ),
    Definition(
        "Outcomes fully or partly achieved, of those expressed",
        "percent",
        "enquiries with outcomes fully or partly achieved",
        _EXPRESSED,
        ("msp_achieved",),
        ("msp_fully_achieved",),
    ),
    Definition(
        "Concerns without an enquiry, of all concerns",
        "percent",
        "concerns that did not lead to a Section 42 enquiry",
        "all safeguarding concerns received",
        ("concerns_not_progressed",),
    ),
    Definition(
        "Adults aged 18 to 64 who feel safe, of those who answered",
        "percent",
        "people aged 18 to 64 who say they feel safe",
        "people aged 18 to 64 who answered the survey",
        ("survey_feel_safe",),
    ),
    Definition(
        "Adults of all ages who feel safe, of those who answered",
        "percent",
        "people of all ages who say they feel safe",
        "people of all ages who answered the survey",
        near=("survey_feel_safe",),
    ),
    _per("Concerns received, per 100,000 adults", "concerns", "safeguarding concerns received", ADULTS),
    _per("Enquiries concluded, per 100,000 adults", "enquiries_concluded", "Section 42 enquiries concluded", ADULTS),
    _per(
        "Enquiries concluded, per 100,000 residents", "enquiries_concluded", "Section 42 enquiries concluded", RESIDENTS
    ),
    *(one for both in _TYPES.values() for one in both),
    RESIDENTS,
    ADULTS,
)
_BY_WORDS = {one.words: one for one in DEFINITIONS}

# What the annual report prints without saying what it is of. The two shares stand beside Stockport's own table
# of answers (004:622-632), which has every concluded enquiry as its whole. The rates are per adult and not per
# resident: no whole number of enquiries among the 294,776 residents (004:182) gives Stockport's 0.4 or 11.0.
_PRINTED = {("msp_asked_and_stated", "percent"): ASKED_AND_STATED} | {
    (rate.measures[0], "per 100,000"): rate for rate, _ in _TYPES.values()
}

COMPARATOR_AREA = CodeList("comparator_area", tuple(AREAS), "Office for National Statistics; GM and SN are our own")
COMPARATOR_UNIT = CodeList(
    "comparator_unit", ("percent", "per 100,000", "count"), "How published figures are expressed"
)
COMPARATOR_MEASURE = CodeList(
    "comparator_measure",
    tuple(dict.fromkeys(measure for one in DEFINITIONS for measure in one.measures)),
    "The indicators that have a definition to compare by, and the population",
)
COMPARATOR_DEFINITION = CodeList(
    "comparator_definition", tuple(_BY_WORDS), "Written out in dataset/comparator_code_lists.py"
)


def definition_named(words: str) -> Definition:
    """The definition with these words, as a return writes them. Raises KeyError."""
    return _BY_WORDS[words]


def definition_of(figure: PublishedFigure) -> Definition | None:
    """What a shipped published figure is of; None where its document leaves that open."""
    return None if figure.breakdown else _PRINTED.get((figure.measure, figure.unit))
