"""Priority 2: moving from childhood to adulthood (003:201-241)."""

from __future__ import annotations

from safeguarding_metrics.plan import Action, Outcome, Priority
from safeguarding_metrics.plans.business_plan_2023_26.deadlines import BY_APRIL_2024, BY_APRIL_2025
from safeguarding_metrics.targets import AtMost, Baseline, percent

_OUTCOMES = (
    Outcome(
        "2.1",
        "Young adults who know their way through services",
        "Young adults know what comes next, who stays with them and where to turn when help matters.",
        "003:236",
    ),
    Outcome(
        "2.2",
        "Planned moves between services",
        "Young people move between services by plan, not because a crisis forced it.",
        "003:237",
    ),
    Outcome(
        "2.3",
        "Team Around the Adult for young adults",
        "Agencies act as one team for young adults whose needs are greater.",
        "003:238",
    ),
    Outcome(
        "2.4",
        "Housing referrals of young adults to MAARS",
        "Young adults keep their homes, so a smaller share of them reach MAARS because of housing.",
        "003:239",
        indicator="maars_housing_young_adults",
        target=AtMost({"2023/24": percent(30), "2024/25": percent(25)}),
        baseline=Baseline(
            percent(41), "2022/23", "003:217", note="Of MAARS cases of every age, so not like for like with the target."
        ),
        how_we_read="We divide referrals of adults under 30 that name housing by all referrals of adults under 30. "
        "The plan's 41% is of all MAARS cases of any age, so baseline and target are not like for like.",
        baseline_of="maars_housing",
    ),
    Outcome(
        "2.5",
        "Agreed offer to care leavers",
        "Agencies have settled together what care leavers can expect.",
        "003:240",
    ),
    Outcome(
        "2.6",
        "MAARS cases that feature exploitation",
        "Survivors of exploitation get joint help as young adults, and fewer MAARS cases feature exploitation.",
        "003:241",
        indicator="maars_exploitation",
        target=AtMost({"2023/24": percent(24), "2024/25": percent(15)}),
        baseline=Baseline(percent(29), "2022/23", "003:216", note="Counts criminal exploitation only."),
        how_we_read="Exploitation means criminal or sexual exploitation, in referrals of adults of any age. "
        "The baseline counts criminal exploitation only, so it is too low a start for this measure.",
        baseline_of="maars_criminal_exploitation",
    ),
)

_ACTIONS = (
    Action(
        "2.a",
        "Hold a learning hub on transitions.",
        BY_APRIL_2024,
        "003:225",
        ("Rethink the help young adults get to live on their own",),
    ),
    Action(
        "2.b",
        "Set up a transitional safeguarding group that reports to the Complex Safeguarding Sub-Group.",
        BY_APRIL_2024,
        "003:227",
    ),
    Action(
        "2.c",
        "Bring the guidance for Team Around the Adult and MAARS up to date for every agency.",
        BY_APRIL_2024,
        "003:228",
    ),
    Action(
        "2.d",
        "Audit MAARS and transitional safeguarding across agencies.",
        BY_APRIL_2025,
        "003:232",
    ),
    Action(
        "2.e",
        "Build what the Greater Manchester Adolescent Framework taught into local practice.",
        BY_APRIL_2025,
        "003:233",
    ),
    Action(
        "2.f",
        "Council passes on what Changing Futures work elsewhere has shown.",
        BY_APRIL_2025,
        "003:234",
    ),
)

PRIORITY = Priority(
    number=2,
    title="Effective transitions from childhood to adulthood",
    who="joint",
    why="More care leavers and more young adults with complex lives need joint help: 26% of MAARS referrals in "
    "2022/23 concerned people under 30. Of all MAARS cases 29% involve criminal exploitation and 41% housing.",
    outcomes=_OUTCOMES,
    actions=_ACTIONS,
)
