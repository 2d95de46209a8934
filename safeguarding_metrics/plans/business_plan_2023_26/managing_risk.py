"""Priority 5: working with adults to manage risk and make safeguarding personal (003:318-365)."""

from __future__ import annotations

from safeguarding_metrics.plan import Action, Outcome, Priority
from safeguarding_metrics.plans.business_plan_2023_26.deadlines import BY_APRIL_2024, BY_APRIL_2025
from safeguarding_metrics.targets import AtLeast, AtMost, Baseline, Between, percent

_OUTCOMES = (
    Outcome(
        "5.1",
        "Adults asked what outcomes they want",
        "More adults are asked what they want from safeguarding, and more get it.",
        "003:361",
        indicator="msp_asked",
        target=AtLeast({"2023/24": percent(80), "2024/25": percent(85)}),
        baseline=Baseline(
            percent(70), "2022/23", "003:332", note="The annual report gives 72.4% of all five answers (004:620)."
        ),
        how_we_read="We divide adults asked by all concluded enquiries, all five answers included. The denominator "
        "decides: leaving out “not recorded” lifts 72.4% to 79.5%, and “don't know” too to 82.1%.",
    ),
    Outcome(
        "5.2",
        "Concerns that do not become an enquiry",
        "Each concern meets the response its risk calls for, so fewer go no further.",
        "003:362",
        indicator="concerns_not_progressed",
        target=AtMost({"2023/24": percent(64), "2024/25": percent(44)}),
        baseline=Baseline(percent(84), "2022/23", "003:362", note="The annual report gives 85.1% (004:608)."),
        how_we_read="The plan speaks of contacts, the annual report of concerns; we divide concerns that led to "
        "no Section 42 enquiry by all concerns received.",
    ),
    Outcome(
        "5.3",
        "MAARS referrals that feature self-neglect",
        "A smaller share of MAARS referrals involves self-neglect.",
        "003:363",
        indicator="maars_self_neglect",
        target=AtMost({"2023/24": percent(25), "2024/25": percent(20)}),
        baseline=Baseline(
            percent(45), "2022/23", "003:328", note="The annual report gives 40.3%, which fits 29 of 72 (004:665)."
        ),
        how_we_read="The share is of all MAARS referrals. A fall is not plainly good, since the annual report expects "
        "more self-neglect to be recognised (004:337).",
    ),
    Outcome(
        "5.4",
        "Adults aged 18-64 who feel safe",
        "More adults of working age say that they feel safe.",
        "003:364",
        indicator="survey_feel_safe",
        target=AtLeast({"2023/24": percent(76), "2024/25": percent(80)}),
        baseline=Baseline(percent(71), "2021/22", "003:330", note="Yearly ASCOF survey."),
        how_we_read="The figure is the yearly ASCOF survey's for adults aged 18-64. "
        "It is judged only on the year's survey, never on a quarter.",
    ),
    Outcome(
        "5.5",
        "Repeat referrals to MAARS",
        "The first response is the right one, so repeat referrals stay low, in a band of 7% to 10%.",
        "003:365",
        indicator="maars_repeat_referrals",
        target=Between(percent(7), percent(10), ("2023/24", "2024/25")),
        baseline=Baseline(percent(9), "2022/23", "003:336"),
        how_we_read="The plan asks both for a fall and for 7% to 10%; we judge the band, both ends included, in both "
        "years. Shares are compared unrounded: 5 of 72 is 6.94% and lies outside.",
    ),
)

_ACTIONS = (
    Action(
        "5.a",
        "Renew guidance for all agencies, with adults who have lived through it where possible.",
        BY_APRIL_2024,
        "003:342",
        (
            "People in a position of trust (PIPOT)",
            "Physical abuse",
            "Financial abuse",
            "Self-neglect and hoarding",
            "Deprivation of Liberty Safeguards",
            "Equality, diversity and inclusion",
        ),
    ),
    Action("5.b", "Renew every agency's guidance on SARs.", BY_APRIL_2024, "003:351"),
    Action(
        "5.c",
        "Introduce a risk matrix that helps practitioners decide and stay curious.",
        BY_APRIL_2024,
        "003:353",
    ),
    Action(
        "5.d",
        "Start a new performance framework for all agencies.",
        BY_APRIL_2024,
        "003:355",
        ("Evidence from each agency's own audits and assurance",),
    ),
    Action(
        "5.e",
        "Audit adult safeguarding referrals across agencies.",
        BY_APRIL_2025,
        "003:359",
        (
            "Whether adults are asked what they want",
            "Adults who have lived through it take part",
        ),
    ),
)

PRIORITY = Priority(
    number=5,
    title="Working with adults to manage risk effectively and make safeguarding personal",
    who="adults",
    why="Section 42 enquiries often involve physical abuse (51%) or neglect (47%), and self-neglect marks 45% of "
    "MAARS cases; yet 16% of concerns become enquiries. Only 70% were asked in 2022/23 what they wanted, "
    "and in 2021/22 71% of those aged 18-64 felt safe.",
    outcomes=_OUTCOMES,
    actions=_ACTIONS,
)
