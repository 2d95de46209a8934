"""Priority 4: working with men (003:279-316)."""

from __future__ import annotations

from safeguarding_metrics.plan import Action, Outcome, Priority
from safeguarding_metrics.plans.business_plan_2023_26.deadlines import BY_APRIL_2024, BY_APRIL_2025
from safeguarding_metrics.targets import AtLeast, AtMost, Baseline, percent

_OUTCOMES = (
    Outcome(
        "4.1",
        "Rapid reviews with men as a theme",
        "Fewer rapid reviews find that agencies overlooked the men in a child's life.",
        "003:311",
        indicator="rapid_reviews_working_with_men",
        target=AtMost({"2023/24": percent(35), "2024/25": percent(25)}),
        baseline=Baseline(percent(50), "2022/23", "003:285", note="Agrees with the annual report's 5 of 10 (004:511)."),
        how_we_read="The share is of all rapid reviews completed in the year. "
        "Plan and annual report agree on where it starts.",
    ),
    Outcome(
        "4.2",
        "Fewer non-accidental injuries, fully recorded",
        "Fewer children suffer injuries that were no accident, and every agency's file tells the whole story.",
        "003:312",
    ),
    Outcome(
        "4.3",
        "Key males recorded in audited cases",
        "Children's files name the men who matter in their lives, seen in at least 70% of audited cases.",
        "003:313",
        indicator="audit_key_males_recorded",
        target=AtLeast({"2023/24": percent(70)}),
        baseline=Baseline(
            percent(56),
            "July 2021",
            "003:287",
            numerator=9,
            denominator=16,
            note="The audit of July 2021 looked for fathers' details in birth records; 9 is worked out from 56% of 16.",
        ),
        how_we_read="The plan sets a milestone for 2023/24 only, so later years are not judged. "
        "The start is the audit of July 2021, 9 of 16 cases.",
    ),
    Outcome(
        "4.4",
        "Confidence in working with men",
        "Practitioners see what men mean to a family, and reviews and audits find fewer gaps in reaching fathers.",
        "003:314",
    ),
    Outcome(
        "4.5",
        "Fathers supported by Caring Dads",
        "More fathers take part in Caring Dads, and the QAP tells every agency what it achieves.",
        "003:315",
    ),
    Outcome(
        "4.6",
        "Stronger engagement with fathers",
        "A yearly audit shows agencies reaching fathers better.",
        "003:316",
    ),
)

_ACTIONS = (
    Action("4.a", "Test through quality assurance how well agencies work with men.", BY_APRIL_2024, "003:299"),
    Action(
        "4.b",
        "Offer men courses such as Caring Dads and New Beginnings.",
        BY_APRIL_2024,
        "003:300",
        ("Measures that show what the courses achieve",),
    ),
    Action(
        "4.c",
        "Write guidance for all agencies.",
        BY_APRIL_2024,
        "003:301",
        (
            "Full risk assessments that take in men",
            "Fewer non-accidental injuries",
            "Equality, diversity and inclusion",
        ),
    ),
    Action(
        "4.d",
        "Review what men say, to learn what keeps them from services and to improve practice.",
        BY_APRIL_2025,
        "003:308",
    ),
    Action(
        "4.e",
        "Ask in the Section 11 assessment whether better work with men has helped children.",
        BY_APRIL_2025,
        "003:309",
    ),
)

PRIORITY = Priority(
    number=4,
    title="Working with men",
    who="children",
    why="Half (50%) of the rapid reviews of 2022/23 had this theme, and in July 2021 only 56% of 16 audited "
    "cases recorded the birth father. What Caring Dads achieves is not yet fully measured.",
    outcomes=_OUTCOMES,
    actions=_ACTIONS,
)
