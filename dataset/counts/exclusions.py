"""What the documents or the partnership name and no indicator measures, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Exclusion:
    """Something that might be looked for and is not measured: `named` says what, `source` where it is spoken of."""

    named: str
    reason: str
    source: str


_NO_FIGURE = "No document reports a figure for it, so nobody has agreed what would be counted."
_CONTEXT = "It describes the area and not the work of an agency: it is kept under Published figures."

EXCLUSIONS: tuple[Exclusion, ...] = (
    Exclusion("Police protection powers", f"{_NO_FIGURE} Only nights in custody are told.", "001:409-413"),
    Exclusion("Exclusions from school", f"{_NO_FIGURE} The word appears nowhere in the five documents.", "001:350-356"),
    Exclusion(
        "Waits for children's mental health services", f"{_NO_FIGURE} Only referrals are counted.", "001:384-387"
    ),
    Exclusion(
        "Deprivation of liberty applications",
        f"{_NO_FIGURE} The plan promises guidance and the children's report a new law, neither a count.",
        "003:348; 000:229",
    ),
    Exclusion(
        "Hate crimes recorded",
        f"{_NO_FIGURE} What is counted is attendance at the course on hate crime, a part of training.",
        "004:683, 004:696",
    ),
    Exclusion(
        "Child to parent abuse and abuse among peers",
        f"{_NO_FIGURE} Both are said to rise, without saying who counts them.",
        "004:436, 004:445",
    ),
    Exclusion(
        "Missing children's place among the boroughs, and repeat MARAC cases' place",
        "A rank comes from the figures of the other boroughs, which they do not send to this partnership.",
        "001:344; 004:441",
    ),
    Exclusion(
        "Whether a concern came from a care home or from slips, trips and falls",
        "The report means to find out; until then levels of harm are counted and causes are not.",
        "004:606",
    ),
    Exclusion(
        "Domestic Homicide Reviews",
        "The One Stockport Safety Partnership commissions and counts them.",
        "004:571",
    ),
    Exclusion(
        "Posts in the exploitation team, vetting backlogs of the police",
        "They describe how a team was staffed in one year and were never reported again.",
        "001:301-307, 001:912-914",
    ),
    Exclusion("Population, ethnicity, deprivation and poverty", _CONTEXT, "004:160-187, 004:958; 001:173-182"),
    Exclusion(
        "Free school meals, schools by kind, children with a mental disorder",
        _CONTEXT,
        "001:179-184, 001:384; 004:960-968",
    ),
    Exclusion(
        "Admissions for alcohol and falls, flu vaccination, weight and smoking",
        f"{_CONTEXT} It is printed as rates of national statistics.",
        "004:223-235",
    ),
    Exclusion(
        "Children with more than one adverse experience",
        "It is an estimate of the needs assessment and not a count of any service.",
        "004:218; 003:58",
    ),
    Exclusion(
        "Progress of action plans and delivery of the business plan",
        "They are tracked action by action, not as a count of the quarter.",
        "001:445; 004:912",
    ),
)
