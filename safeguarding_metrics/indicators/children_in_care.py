"""Children in care: how many, where and how they live, and whether they are well and safe there."""

from __future__ import annotations

from dataset.tables.children_in_care import ChildInCare
from safeguarding_metrics.indicator import Example, Indicator, Polarity
from safeguarding_metrics.settings import Settings

THEME = "Children in care"
OPEN = "ended_on IS NULL"
_FIRST, _AGAIN = "Yes, first time since April", "Yes, again since April"
_IN_CARE = "children in care at the end of the quarter"
_STILL = {"ended_on": ""}
_BREAKDOWNS = ("placed", "placement", "unaccompanied")


def _at_the_end(
    id: str,
    title: str,
    question: str,
    why: str,
    counts: str,
    condition: str,
    source: str,
    polarity: Polarity,
    yes: dict[str, str],
    no: dict[str, str],
    breakdowns: tuple[str, ...] = (),
    headline: bool = False,
) -> Indicator:
    """A share of the children in care at the end of the quarter; `yes` and `no` are cells of a child in and not in it."""
    return Indicator(
        id=id,
        title=title,
        question=question,
        why_it_matters=why,
        table=ChildInCare,
        theme=THEME,
        counts=counts,
        out_of=_IN_CARE,
        numerator=condition,
        denominator=OPEN,
        polarity=polarity,
        source=source,
        breakdowns=breakdowns,
        adds_over_quarters=False,
        headline=headline,
        example=Example((yes | _STILL, no | _STILL, no | _STILL, yes), 1, 3),
    )


_COUNTS = (
    Indicator(
        id="children_in_care",
        headline=True,
        title="Children in care",
        question="How many children were in Stockport's care at the end of the quarter?",
        why_it_matters="The council is their parent; their number decides what homes and workers are needed.",
        table=ChildInCare,
        theme=THEME,
        counts="children in care at the end of the quarter, wherever they live",
        numerator=OPEN,
        source="001:244-252; 002:109-111; 000:329; 004:205, 004:743",
        breakdowns=_BREAKDOWNS,
        left_out="Children of other councils who live in Stockport.",
        adds_over_quarters=False,
        example=Example((_STILL, _STILL, {}), 2),
    ),
    Indicator(
        id="unaccompanied_children",
        title="Unaccompanied children in care",
        question="How many children in care came to seek asylum without an adult?",
        why_it_matters="They arrive at short notice and need homes, school and people who speak their language.",
        table=ChildInCare,
        theme=THEME,
        counts="unaccompanied asylum-seeking children in care at the end of the quarter",
        numerator=f"{OPEN} AND unaccompanied = 'Yes'",
        source="002:133; 000:354; 004:763-765",
        breakdowns=("placed", "placement"),
        adds_over_quarters=False,
        example=Example(
            ({"unaccompanied": "Yes"} | _STILL, {"unaccompanied": "No"} | _STILL, {"unaccompanied": "Yes"}), 1
        ),
    ),
    Indicator(
        id="entries_to_care",
        title="Children who came into care",
        question="How many children came into care?",
        why_it_matters="Beside those who left it shows why the number of children in care rises or falls.",
        table=ChildInCare,
        theme=THEME,
        counts="children whose first day in care lies in the period",
        numerator="started_day >= 0",
        source="000:329, 000:334",
        breakdowns=_BREAKDOWNS,
        example=Example(
            ({"started_on": "2023-04-01"}, {"started_on": "2023-05-02", "ended_on": ""}, {"started_on": "2023-03-31"}),
            2,
        ),
    ),
    Indicator(
        id="discharges_from_care",
        title="Children who left care",
        question="How many children left care?",
        why_it_matters="Fewer leaving means children stay longer in care; whether that is right only their plans tell.",
        table=ChildInCare,
        theme=THEME,
        counts="children who left care in the period",
        numerator="ended_on IS NOT NULL",
        source="000:336",
        breakdowns=_BREAKDOWNS,
        example=Example(({}, {}, _STILL), 2),
    ),
    Indicator(
        id="children_in_care_missing",
        headline=True,
        title="Children in care who went missing, each once a year",
        question="How many different children in care were reported missing this year?",
        why_it_matters="Each of them was in danger while nobody who cares for them knew where they were.",
        table=ChildInCare,
        theme=THEME,
        counts="children reported missing for the first time since 1 April",
        numerator=f"went_missing = '{_FIRST}'",
        polarity="decrease",
        source="004:219",
        breakdowns=_BREAKDOWNS,
        left_out="A child missing again in the same year. Over quarters of two years a child may be counted once for each.",
        example=Example(({"went_missing": _FIRST}, {"went_missing": _AGAIN}, {"went_missing": "No"}), 1),
    ),
)
_SHARES = (
    _at_the_end(
        id="children_in_care_placed_in_stockport",
        title="Children in care who live in Stockport",
        question="What share of Stockport's children in care live in Stockport?",
        why="Near home a child can keep school, friends and family.",
        counts="children in care who live in Stockport",
        condition="placed = 'In Stockport'",
        source="001:249; 004:745, 004:769",
        polarity="increase",
        yes={"placed": "In Stockport"},
        no={"placed": "Outside Stockport"},
        breakdowns=("placement", "unaccompanied"),
    ),
    _at_the_end(
        id="children_in_care_placed_outside",
        headline=True,
        title="Children in care who live outside Stockport",
        question="What share of Stockport's children in care live outside Stockport?",
        why="Far from home it is harder to see a child, and for the child to be seen.",
        counts="children in care who live outside Stockport",
        condition="placed = 'Outside Stockport'",
        source="001:250; 004:745, 004:769",
        polarity="decrease",
        yes={"placed": "Outside Stockport"},
        no={"placed": "In Stockport"},
        breakdowns=("placement", "unaccompanied"),
    ),
    _at_the_end(
        id="in_residential_provision",
        title="Children in care in residential provision",
        question="What share of children in care live in a residential home or school?",
        why="The edge-of-care work of the partnership is meant to let more children grow up in families.",
        counts="children in care who live in a home for children or a residential school",
        condition="placement IN ('Home for children', 'Residential school')",
        source="001:258-264",
        polarity="decrease",
        yes={"placement": "Home for children"},
        no={"placement": "Fostered by others"},
        breakdowns=("placed",),
    ),
    _at_the_end(
        id="with_family_or_friends",
        title="Children in care with parents, relatives or friends",
        question="What share of children in care live with their parents, relatives or friends?",
        why="It keeps a child with people they know; the partnership asks whether care is then still needed.",
        counts="children in care placed with parents, or fostered by relatives or friends",
        condition="placement IN ('With parents', 'Fostered by relatives or friends')",
        source="000:336; 001:244",
        polarity="neutral",
        yes={"placement": "With parents"},
        no={"placement": "Fostered by others"},
        breakdowns=("placed",),
    ),
    _at_the_end(
        id="one_placement_only",
        title="Children in care with one placement so far",
        question="What share of children in care have had one placement only?",
        why="Every move costs a child people they have learnt to trust.",
        counts="children in care who have had one placement",
        condition="placements = 1",
        source="000:340",
        polarity="increase",
        yes={"placements": "1"},
        no={"placements": "2"},
        breakdowns=("placed", "placement"),
    ),
    Indicator(
        id="health_assessments_in_time",
        title="Health assessments in time",
        question="Of the health assessments due for children in care, how many were done in time?",
        why_it_matters="Children in care often come with health needs that nobody has looked after.",
        table=ChildInCare,
        theme=THEME,
        counts="health assessments due in the period and done in time",
        out_of="health assessments of children in care that were due in the period",
        numerator="health_assessment = 'In time'",
        denominator="health_assessment <> 'Not due'",
        polarity="increase",
        source="001:266, 001:435",
        breakdowns=_BREAKDOWNS,
        left_out="Children for whom no assessment was due.",
        example=Example(
            (
                {"health_assessment": "In time"},
                {"health_assessment": "In time"},
                {"health_assessment": "Late or not done"},
                {"health_assessment": "Not due"},
            ),
            2,
            3,
        ),
    ),
    Indicator(
        id="children_in_care_missing_in_quarter",
        title="Share of children in care who went missing",
        question="What share of children in care were reported missing in the quarter?",
        why_it_matters="The number of children in care changes, so only the share shows whether going missing does.",
        table=ChildInCare,
        theme=THEME,
        counts="children in care at the end of the quarter who were reported missing at least once in it",
        out_of=_IN_CARE,
        numerator="went_missing <> 'No'",
        denominator=OPEN,
        polarity="decrease",
        source="001:338; 004:219",
        breakdowns=_BREAKDOWNS,
        left_out="Children who left care in the quarter.",
        adds_over_quarters=False,
        example=Example(
            (
                {"went_missing": _FIRST} | _STILL,
                {"went_missing": _AGAIN} | _STILL,
                *({"went_missing": "No"} | _STILL for _ in range(3)),
                {"went_missing": _FIRST},
            ),
            2,
            5,
        ),
    ),
)


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    """Every indicator about children in Stockport's care."""
    return (*_COUNTS, *_SHARES)
