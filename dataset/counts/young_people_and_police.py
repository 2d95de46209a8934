"""Counts of children who meet the police and the courts."""

from __future__ import annotations

from dataset.agencies import POLICE, YOUTH_JUSTICE
from dataset.counts.measure import CountMeasure

THEME = "Children, police and courts"

MEASURES: tuple[CountMeasure, ...] = (
    CountMeasure(
        id="youth_justice_first_time_entrants",
        title="First-time entrants to youth justice",
        question="How many children entered the youth justice system for the first time?",
        why_it_matters="Help before a first offence keeps a child out of courts for years.",
        theme=THEME,
        counts="children who entered the youth justice system for the first time in the quarter",
        source="001:407",
        reported_by=(YOUTH_JUSTICE,),
        polarity="decrease",
        example=(23, None),
    ),
    CountMeasure(
        id="custodial_sentences",
        title="Children sentenced to custody",
        question="How many children were sentenced to custody?",
        why_it_matters="They are few, far from home, and need a plan for the day they come out.",
        theme=THEME,
        counts="children given a custodial sentence in the quarter",
        source="004:749-753",
        reported_by=(YOUTH_JUSTICE,),
        example=(2, None),
    ),
    CountMeasure(
        id="overnight_detentions",
        title="Children held overnight by the police",
        question="How many children were held in a police cell overnight?",
        why_it_matters="A cell is no place for a child to spend a night.",
        theme=THEME,
        counts="children held overnight in police custody after an arrest in the quarter",
        source="001:409-411",
        reported_by=(POLICE,),
        polarity="decrease",
        example=(6, None),
    ),
    CountMeasure(
        id="local_authority_beds_provided",
        title="Beds found for children out of custody",
        question="For what share of the children whom the police asked a bed for was one found?",
        why_it_matters="It is the council's part in keeping children out of cells at night.",
        theme=THEME,
        counts="beds the council provided",
        out_of="beds the custody suite asked for in the quarter",
        source="001:413",
        reported_by=(YOUTH_JUSTICE,),
        polarity="increase",
        example=(3, 4),
    ),
)
