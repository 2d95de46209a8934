"""Priority 3: complex trauma and the assessment of risk (003:243-277)."""

from __future__ import annotations

from safeguarding_metrics.plan import Action, Outcome, Priority
from safeguarding_metrics.plans.business_plan_2023_26.deadlines import BY_APRIL_2024, BY_APRIL_2025
from safeguarding_metrics.targets import AtMost, Baseline, percent

_OUTCOMES = (
    Outcome(
        "3.1",
        "Rapid reviews with complex trauma as a theme",
        "Fewer rapid reviews find that trauma was misunderstood or risk poorly assessed.",
        "003:273",
        indicator="rapid_reviews_complex_trauma",
        target=AtMost({"2023/24": percent(80), "2024/25": percent(60)}),
        baseline=Baseline(
            percent(100),
            "2022/23",
            "003:273",
            note="The annual report gives 7 of 10 (004:500), which would already meet the first milestone.",
        ),
        how_we_read="The share is of all rapid reviews completed in the year. The plan says every review had this "
        "theme, the annual report 7 of 10; we show both and keep the plan's milestones.",
    ),
    Outcome(
        "3.2",
        "MAARS referrals with three or more risks",
        "A smaller share of MAARS referrals carries three risks or more.",
        "003:274",
        indicator="maars_three_or_more_risks",
        target=AtMost({"2023/24": percent(48), "2024/25": percent(44)}),
        baseline=Baseline(percent(53), "12 months before the plan", "003:256"),
        how_we_read="The plan says number but gives percentages, so we read a share of all MAARS referrals. "
        "A referral counts when it names 3 or more different risks.",
    ),
    Outcome(
        "3.3",
        "Trauma-informed practice",
        "Practitioners know how trauma shapes people, and no assessment blames a victim.",
        "003:275",
    ),
    Outcome(
        "3.4",
        "Parents who feel supported",
        "Parents say that agencies helped them grow stronger as parents.",
        "003:276",
    ),
    Outcome(
        "3.5",
        "Confidence in risk assessment",
        "Practitioners write good risk assessments with assurance, and these help agencies share and act early.",
        "003:277",
    ),
)

_ACTIONS = (
    Action(
        "3.a",
        "Renew the guidance on trauma-informed and restorative work and put it to use.",
        BY_APRIL_2024,
        "003:262",
    ),
    Action(
        "3.b",
        "Review Caring Dads to learn what parenting programmes achieve.",
        BY_APRIL_2024,
        "003:263",
    ),
    Action("3.c", "Write working guidance for good risk assessments.", BY_APRIL_2024, "003:264"),
    Action(
        "3.d",
        "Issue guidance on trauma-informed reports and on the words used with and about people.",
        BY_APRIL_2025,
        "003:268",
    ),
    Action("3.e", "Audit risk assessment and trauma-informed work across agencies.", BY_APRIL_2025, "003:269"),
    Action("3.f", "Audit MAARS across agencies (the audit of action 1.e).", BY_APRIL_2025, "003:270"),
    Action(
        "3.g",
        "Report to the Complex Safeguarding Sub-Group how this theme is moving on.",
        BY_APRIL_2025,
        "003:271",
    ),
)

PRIORITY = Priority(
    number=3,
    title="Understanding complex trauma and assessing risk",
    who="joint",
    why="Every recent rapid review and CSPR had something to teach about trauma and risk. "
    "MAARS referrals grow more complex: 53% of the latest year's named three or more risks.",
    outcomes=_OUTCOMES,
    actions=_ACTIONS,
)
