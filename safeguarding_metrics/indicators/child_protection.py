"""Child protection: enquiries into harm, the conferences they lead to, and the plans that follow."""

from __future__ import annotations

from dataset import children_code_lists
from dataset.tables.child_protection_enquiries import ChildProtectionEnquiry
from dataset.tables.child_protection_plans import ChildProtectionPlan
from safeguarding_metrics.indicator import Example, Indicator, slug
from safeguarding_metrics.settings import Settings

THEME = "Child protection"
_ENQUIRIES = "all Section 47 enquiries started in the period"
_HELD = "conference_on IS NOT NULL"
_NO_CONFERENCE = {"conference_on": "", "plan_made": ""}
_COHORT = "A conference is counted in the quarter in which its enquiry started."

OPEN = "ended_on IS NULL"
STARTED = "started_day >= 0"
_PLANS = "children on a plan at the end of the quarter"
_STILL_OPEN = {"ended_on": ""}
# Two years are 730 days here; with a leap day between, that is the day before the second anniversary.
_TWO_YEARS = "date_diff('day', started_on, ended_on) >= 730"

_ABOUT_ENQUIRIES = (
    Indicator(
        id="section_47_enquiries",
        headline=True,
        title="Section 47 enquiries",
        question="How many enquiries into significant harm were started?",
        why_it_matters="It is how often a worry was grave enough to ask whether a child is being harmed.",
        table=ChildProtectionEnquiry,
        theme=THEME,
        counts="Section 47 enquiries started in the period",
        numerator="true",
        source="001:214; 004:203",
        breakdowns=("led_to_assessment",),
        example=Example(({}, {}, {}), 3),
    ),
    Indicator(
        id="section_47_leading_to_assessment",
        title="Section 47 enquiries leading to an assessment",
        question="How many Section 47 enquiries led to a full social work assessment?",
        why_it_matters="It shows whether the enquiries begun are the right ones; the reasons for a change need looking into.",
        table=ChildProtectionEnquiry,
        theme=THEME,
        counts="enquiries that a full assessment followed",
        out_of=_ENQUIRIES,
        numerator="led_to_assessment = 'Yes'",
        denominator="true",
        source="001:214",
        example=Example(
            ({"led_to_assessment": "Yes"}, {"led_to_assessment": "Yes"}, {"led_to_assessment": "No"}), 2, 3
        ),
    ),
    Indicator(
        id="section_47_leading_to_conference",
        title="Section 47 enquiries leading to a conference",
        question="How many Section 47 enquiries led to an initial child protection conference?",
        why_it_matters="It is the step at which all agencies decide together whether a child needs a plan.",
        table=ChildProtectionEnquiry,
        theme=THEME,
        counts="enquiries that led to an initial conference",
        out_of=_ENQUIRIES,
        numerator=_HELD,
        denominator="true",
        source="001:214, 001:236",
        left_out=_COHORT,
        example=Example(({}, _NO_CONFERENCE, _NO_CONFERENCE), 1, 3),
    ),
    Indicator(
        id="initial_conferences",
        title="Initial child protection conferences",
        question="How many initial child protection conferences were held?",
        why_it_matters="Each brings every agency that knows the family to one table.",
        table=ChildProtectionEnquiry,
        theme=THEME,
        counts="initial conferences that followed an enquiry started in the period",
        numerator=_HELD,
        source="001:236; 002:94-97",
        breakdowns=("plan_made",),
        left_out=f"{_COHORT} One conference may be about several children of a family.",
        example=Example(({}, {}, _NO_CONFERENCE), 2),
    ),
    Indicator(
        id="conferences_without_plan",
        title="Conferences that made no plan",
        question="How many initial conferences did not result in a child protection plan?",
        why_it_matters="Some show good challenge by the chair; many would mean families put through it for nothing.",
        table=ChildProtectionEnquiry,
        theme=THEME,
        counts="initial conferences that made no child protection plan",
        out_of="initial conferences that followed an enquiry started in the period",
        numerator="plan_made = 'No'",
        denominator=_HELD,
        source="001:236",
        left_out=_COHORT,
        example=Example(({"plan_made": "No"}, {"plan_made": "Yes"}, {"plan_made": "Yes"}, _NO_CONFERENCE), 1, 3),
    ),
)


def _of_category(category: str) -> Indicator:
    other = next(value for value in children_code_lists.PLAN_CATEGORY.values if value != category)
    words = category.lower() if category != "Multiple" else "several categories"
    return Indicator(
        id=f"plans_{slug(category)}",
        title=f"Child protection plans for {words}",
        question=f"What share of children on a plan are on it for {words}?",
        why_it_matters="Why children need a plan decides what help and training the partnership needs.",
        table=ChildProtectionPlan,
        theme=THEME,
        counts=f"children on a plan at the end of the quarter whose latest category is “{category}”",
        out_of=_PLANS,
        numerator=f"category = '{category}'",
        denominator=OPEN,
        source="001:224-230; 004:366, 004:379",
        adds_over_quarters=False,
        example=Example(
            (
                {"category": category} | _STILL_OPEN,
                {"category": other} | _STILL_OPEN,
                {"category": other} | _STILL_OPEN,
                {"category": category},
            ),
            1,
            3,
        ),
    )


_ABOUT_PLANS = (
    Indicator(
        id="child_protection_plans",
        headline=True,
        title="Children on a child protection plan",
        question="How many children were on a child protection plan at the end of the quarter?",
        why_it_matters="These children were found to be suffering harm, or likely to; neither more nor fewer is plainly good.",
        table=ChildProtectionPlan,
        theme=THEME,
        counts="plans that were open at the end of the quarter",
        numerator=OPEN,
        source="001:222-230; 002:99-103; 004:206",
        breakdowns=("category", "earlier_plan"),
        adds_over_quarters=False,
        example=Example((_STILL_OPEN, _STILL_OPEN, {}), 2),
    ),
    Indicator(
        id="plans_started",
        title="Child protection plans started",
        question="How many children's plans were started?",
        why_it_matters="Beside the plans that ended it shows why the number of children on a plan rises or falls.",
        table=ChildProtectionPlan,
        theme=THEME,
        counts="plans whose first day lies in the period",
        numerator=STARTED,
        source="001:222; 004:360",
        breakdowns=("category", "earlier_plan"),
        example=Example(
            ({"started_on": "2023-04-01"}, {"started_on": "2023-05-02", "ended_on": ""}, {"started_on": "2023-03-31"}),
            2,
        ),
    ),
    Indicator(
        id="plans_neglect_started",
        title="Child protection plans started for neglect",
        question="How many children's plans were started because of neglect?",
        why_it_matters="Neglect is a priority; more plans may be more neglect, or neglect better seen.",
        table=ChildProtectionPlan,
        theme=THEME,
        counts="plans of the category neglect whose first day lies in the period",
        numerator=f"{STARTED} AND category = 'Neglect'",
        source="000:269; 004:360",
        breakdowns=("earlier_plan",),
        example=Example(
            (
                {"started_on": "2023-04-03", "category": "Neglect"},
                {"started_on": "2023-04-03", "category": "Emotional abuse"},
                {"started_on": "2023-03-31", "category": "Neglect"},
            ),
            1,
        ),
    ),
    Indicator(
        id="plans_ended",
        title="Child protection plans ended",
        question="How many children's plans ended?",
        why_it_matters="A plan that ends because the child is safe is what all of them are for.",
        table=ChildProtectionPlan,
        theme=THEME,
        counts="plans that ended in the period",
        numerator="ended_on IS NOT NULL",
        source="001:240",
        breakdowns=("category", "earlier_plan"),
        example=Example(({}, {}, _STILL_OPEN), 2),
    ),
    Indicator(
        id="plans_two_years_or_more",
        headline=True,
        title="Plans that lasted two years or more",
        question="Of the plans that ended, how many had lasted two years or more?",
        why_it_matters="A long plan may have drifted on without the child's life getting better.",
        table=ChildProtectionPlan,
        theme=THEME,
        counts="plans that ended in the period after 730 days or more",
        out_of="plans that ended in the period",
        numerator=_TWO_YEARS,
        denominator="ended_on IS NOT NULL",
        polarity="decrease",
        source="001:240",
        breakdowns=("category",),
        left_out="Plans still open, however long they have lasted.",
        example=Example(
            (
                {"started_on": "2021-05-10", "ended_on": "2023-05-10"},
                {"started_on": "2021-05-11", "ended_on": "2023-05-10"},
                {"started_on": "2023-01-09", "ended_on": "2023-05-10"},
                {"started_on": "2020-01-09", "ended_on": ""},
            ),
            1,
            3,
        ),
    ),
    Indicator(
        id="second_or_later_plans",
        title="Second or later plans",
        question="Of the plans started, how many were for a child who had been on a plan before?",
        why_it_matters="A child who needs a plan again was not safe for long after the last one.",
        table=ChildProtectionPlan,
        theme=THEME,
        counts="plans started in the period for a child with an earlier plan at any time",
        out_of="plans started in the period",
        numerator="earlier_plan = 'Yes'",
        denominator=STARTED,
        source="001:240; 004:360",
        breakdowns=("category",),
        left_out="Plans that started before the period.",
        example=Example(
            (
                {"started_on": "2023-04-03", "earlier_plan": "Yes"},
                {"started_on": "2023-04-04", "earlier_plan": "No"},
                {"started_on": "2023-06-30", "earlier_plan": "No", "ended_on": ""},
                {"started_on": "2023-03-31", "earlier_plan": "Yes"},
            ),
            1,
            3,
        ),
    ),
    Indicator(
        id="seen_within_4_weeks",
        headline=True,
        title="Children on a plan seen at least every 4 weeks",
        question="How many children on a plan were seen by a social worker at least every four weeks?",
        why_it_matters="A plan protects a child only if somebody goes and looks.",
        table=ChildProtectionPlan,
        theme=THEME,
        counts="children on a plan at the end of the quarter who were seen at least every 4 weeks in it",
        out_of=_PLANS,
        numerator="seen_in_time = 'Yes'",
        denominator=OPEN,
        polarity="increase",
        source="001:232",
        breakdowns=("category",),
        left_out="Children whose plan ended in the quarter.",
        adds_over_quarters=False,
        example=Example(
            (
                {"seen_in_time": "Yes"} | _STILL_OPEN,
                {"seen_in_time": "Yes"} | _STILL_OPEN,
                {"seen_in_time": "No"} | _STILL_OPEN,
                {"seen_in_time": "No"},
            ),
            2,
            3,
        ),
    ),
)


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    """Every indicator about Section 47 enquiries and child protection plans."""
    return (
        *_ABOUT_ENQUIRIES,
        *_ABOUT_PLANS,
        *(_of_category(category) for category in children_code_lists.PLAN_CATEGORY.values),
    )
