"""Priority 1: partnership working and information sharing (003:164-199)."""

from __future__ import annotations

from fractions import Fraction

from safeguarding_metrics.plan import Action, Outcome, Priority
from safeguarding_metrics.plans.business_plan_2023_26.deadlines import BY_APRIL_2024, BY_APRIL_2025
from safeguarding_metrics.targets import AtMost, Baseline, ChangeFromBaseline, GrowthInCount, percent

_OUTCOMES = (
    Outcome(
        "1.1",
        "Whole-family support for children",
        "Agencies look at a child's family history and surroundings together when they help.",
        "003:194",
    ),
    Outcome(
        "1.2",
        "Safeguarding Adult Reviews of high quality",
        "When an adult has been seriously harmed, a good review follows and changes how agencies work together.",
        "003:195",
    ),
    Outcome(
        "1.3",
        "History and context at hand",
        "Practitioners can see a family's past, its traumas and its circumstances, and work more smoothly for it.",
        "003:196",
    ),
    Outcome(
        "1.4",
        "Adults who know who is involved",
        "Audits find the adult unaware of who supports them, and why, a quarter less often and then half as often.",
        "003:197",
        indicator="audit_adult_not_aware",
        target=ChangeFromBaseline({"2023/24": percent(25), "2024/25": percent(50)}),
        how_we_read="Both falls are measured from a first audit, whose result no document gives: "
        "the outcome cannot be judged until an audit supplies a baseline.",
    ),
    Outcome(
        "1.5",
        "Rapid reviews with information sharing as a theme",
        "Fewer rapid reviews find fault with how information was sought and passed on.",
        "003:198",
        indicator="rapid_reviews_information_sharing",
        target=AtMost({"2023/24": percent(40), "2024/25": percent(20)}),
        baseline=Baseline(
            percent(67), "2022/23", "003:170", note="The annual report gives 6 of 10 for the same year (004:506)."
        ),
        how_we_read="The share is of all rapid reviews completed in the year. "
        "The plan starts from 67% and the annual report from 6 of 10; both are shown and neither moves the milestones.",
    ),
    Outcome(
        "1.6",
        "Referrals for a Safeguarding Adult Review",
        "Training and awareness lead to a quarter more review referrals in each of two years.",
        "003:199",
        indicator="sar_referrals",
        target=GrowthInCount({"2023/24": percent(25), "2024/25": percent(25)}),
        baseline=Baseline(
            Fraction(2),
            "2022/23",
            "004:577",
            note="The plan itself prints no starting number; it speaks of 4 referrals since April 2022 (003:219).",
        ),
        how_we_read="Each rise is measured from the 2 referrals of 2022/23 and part of a referral is rounded up: "
        "3 and 3. With SAFEGUARDING_GROWTH set to compound the rises build on each other: 3 and 4.",
    ),
)

_ACTIONS = (
    Action(
        "1.a",
        "Design and start joint training on sharing and seeking information and on professional curiosity.",
        BY_APRIL_2024,
        "003:184",
        ("Training sub-group follows who attends and takes part",),
    ),
    Action(
        "1.b", "Publicise the SAR criteria afresh and give all agencies refresher training.", BY_APRIL_2024, "003:185"
    ),
    Action(
        "1.c",
        "Draw together what CSPRs, SARs and DHRs taught about sharing information, using their action plans.",
        BY_APRIL_2024,
        "003:186",
    ),
    Action("1.d", "Run sessions in which practitioners build lasting working relationships.", BY_APRIL_2024, "003:187"),
    Action(
        "1.e",
        "Audit MAARS across agencies for joint working and the exchange of risk information; "
        "report to the adults' QAP.",
        BY_APRIL_2025,
        "003:191",
    ),
    Action(
        "1.f",
        "Revise the Information Sharing Agreement and bring it back to practitioners' notice.",
        BY_APRIL_2025,
        "003:192",
        ("Briefings and learning circles", "Engagement with children, adults and families"),
    ),
)

PRIORITY = Priority(
    number=1,
    title="Improve partnership working and information sharing",
    who="joint",
    why="Two thirds (67%) of the rapid reviews of 2022/23 called for better information sharing, and adult and "
    "domestic homicide reviews say the same. SAR referrals have slowed, and a January 2023 audit of MAARS "
    "found agencies that did not know who else was helping an adult.",
    outcomes=_OUTCOMES,
    actions=_ACTIONS,
)
