"""DEFINITIONS: the way of a child from a contact to care, and of an adult from a concern to an outcome.

The partnership's own complaint is a dataset in which the journey cannot be seen (001:160, 577). A
journey is a list of steps, each a measure that exists already; nothing is counted anew for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Part = Literal["figure", "numerator", "denominator"]


@dataclass(frozen=True)
class Rate:
    """A share that says how a step goes on or how well it is done; `words` reads after the share:
    "41.2% became a referral"."""

    indicator: str
    words: str


@dataclass(frozen=True)
class Step:
    """One step: how many cases there were, and what became of them.

    `shows` says which number of the indicator is the number of cases. `cohort` says plainly how the
    cases of this step differ from those of the step before, "" for the first.
    """

    title: str
    what_happens: str
    indicator: str
    noun: str
    rates: tuple[Rate, ...] = ()
    shows: Part = "figure"
    cohort: str = ""


@dataclass(frozen=True)
class Journey:
    """The steps in the order in which they happen."""

    id: str
    whose: str
    question: str
    steps: tuple[Step, ...]
    source: str


CHILD = Journey(
    id="child",
    whose="The child's journey",
    question="What happens to a child after somebody is worried, and is it getting better?",
    source="001:190-346; 002:92-142; 004:202-219, 004:739-781",
    steps=(
        Step(
            "Somebody is worried",
            "A parent, teacher, nurse, police officer or neighbour contacts the front door.",
            "contacts",
            "contacts",
            (
                Rate("referrals_to_social_care", "became a referral to social care"),
                Rate("contacts_no_further_action", "ended without further action"),
            ),
        ),
        Step(
            "Help without social care",
            "Where a plan with the family is enough, an early help assessment is made.",
            "early_help_assessments_completed",
            "early help assessments begun",
            (Rate("early_help_assessments_completed", "were completed"),),
            shows="denominator",
            cohort="Assessments begun by any service in the period, not only after a contact of the period.",
        ),
        Step(
            "Social care takes the case",
            "A referral is a decision that a social worker looks into it.",
            "referrals_to_social_care",
            "referrals",
            (Rate("re_referrals_within_12_months", "were about a child referred in the year before"),),
            shows="numerator",
            cohort="The same contacts as in the first step: those that became a referral.",
        ),
        Step(
            "Is the child safe?",
            "Where significant harm is suspected, a Section 47 enquiry is made.",
            "section_47_enquiries",
            "Section 47 enquiries",
            (Rate("section_47_leading_to_assessment", "led to a social work assessment"),),
            cohort="Enquiries begun in the period; some follow a referral of an earlier quarter, some concern a child "
            "already known.",
        ),
        Step(
            "Everybody meets",
            "An initial child protection conference decides whether a plan is needed.",
            "conferences_without_plan",
            "initial conferences",
            (Rate("conferences_without_plan", "did not result in a plan"),),
            shows="denominator",
            cohort="Conferences after the enquiries of the step before; a conference may follow in a later quarter.",
        ),
        Step(
            "A plan protects the child",
            "Children who are subject to a child protection plan on the last day of the period.",
            "child_protection_plans",
            "children with a plan on the last day",
            (
                Rate("seen_within_4_weeks", "were seen in time"),
                Rate("second_or_later_plans", "of the plans begun were a second or later one"),
                Rate("plans_two_years_or_more", "of the plans ended had lasted two years or more"),
            ),
            cohort="A state on one day, whenever the plan began: these are not the children of the conferences above.",
        ),
        Step(
            "The child lives in care",
            "Children looked after by Stockport on the last day of the period.",
            "children_in_care",
            "children in care on the last day",
            (
                Rate("children_in_care_placed_outside", "were placed outside Stockport"),
                Rate("children_in_care_missing", "went missing"),
            ),
            cohort="A state on one day; most came into care in earlier years, and not all had a plan before.",
        ),
    ),
)

ADULT = Journey(
    id="adult",
    whose="The adult's journey",
    question="What happens to an adult after somebody is worried, and is it getting better?",
    source="004:593-632",
    steps=(
        Step(
            "Somebody is worried",
            "A care home, hospital, police officer, relative or the adult tells Adult Social Care.",
            "concerns",
            "safeguarding concerns",
            (Rate("concerns_not_progressed", "did not become a Section 42 enquiry"),),
        ),
        Step(
            "No enquiry, but is there help?",
            "A concern that does not become an enquiry may still be answered in another way.",
            "concerns_no_further_action",
            "concerns that did not become an enquiry",
            (
                Rate("concerns_no_further_action", "ended without further action"),
                Rate("concerns_information_and_advice", "were answered with information and advice"),
            ),
            shows="denominator",
            cohort="The same concerns as in the first step: those that did not become an enquiry.",
        ),
        Step(
            "An enquiry is held",
            "The council finds out whether the adult is at risk and what should be done.",
            "enquiries_concluded",
            "Section 42 enquiries concluded",
            (Rate("enquiries_in_care_homes", "were about harm in a care home"),),
            cohort="Enquiries concluded in the period, whenever they began: not the concerns of the same period.",
        ),
        Step(
            "Was the adult asked?",
            "Making Safeguarding Personal: the adult is asked what outcome they want.",
            "msp_asked",
            "adults asked",
            (Rate("msp_asked", "of all adults in concluded enquiries were asked"),),
            shows="numerator",
            cohort="The same enquiries as in the step before.",
        ),
        Step(
            "Did the adult get it?",
            "Of the adults who said what they wanted, those whose wishes were met.",
            "msp_achieved",
            "adults who said what they wanted",
            (
                Rate("msp_fully_achieved", "fully got the outcome they wanted"),
                Rate("msp_not_achieved", "did not get it"),
            ),
            shows="denominator",
            cohort="Only the adults who were asked and said what they wanted.",
        ),
    ),
)

JOURNEYS: tuple[Journey, ...] = (CHILD, ADULT)
