"""Counts of domestic abuse, from the police's notice to the fathers' course."""

from __future__ import annotations

from dataset.agencies import EDUCATION, POLICE, STOCKPORT_FAMILY
from dataset.code_lists import CodeList
from dataset.counts.measure import CountMeasure

THEME = "Domestic abuse"
CHILDREN = CodeList(
    "marac_children", ("With children", "Without children"), "As the board report 2016/17 tells them (001:364)"
)
TOLD = CodeList(
    "encompass_told",
    ("Same school day", "Next school day", "Later"),
    "How soon a school is told; the documents print no such division (004:405)",
)
HONOUR = CodeList(
    "honour_based", ("Honour-based violence", "Forced marriage"), "Words of the annual report 2022/23 (004:434)"
)

MEASURES: tuple[CountMeasure, ...] = (
    CountMeasure(
        id="domestic_abuse_notices",
        title="Domestic abuse notices for children",
        question="How many domestic abuse incidents did the police refer to the front door because of children?",
        why_it_matters="Living with abuse harms a child; the notice is often the first that services hear of it.",
        theme=THEME,
        counts="domestic abuse incidents the police referred because of children in the quarter",
        source="001:360",
        reported_by=(POLICE,),
        example=(447, None),
    ),
    CountMeasure(
        id="operation_encompass_notifications",
        title="Operation Encompass notifications to schools",
        question="How many times was a school told that a pupil had lived through domestic abuse, and how soon?",
        why_it_matters="A teacher who knows in the morning can look after the child the same day.",
        theme=THEME,
        counts="notifications to schools under Operation Encompass in the quarter, by how soon the school was told",
        source="004:405",
        reported_by=(EDUCATION,),
        parts=TOLD,
        example=(312, None),
    ),
    CountMeasure(
        id="marac_cases",
        title="Cases heard at MARAC",
        question="How many cases of high-risk domestic abuse did the Multi-Agency Risk Assessment Conference hear?",
        why_it_matters="It is where agencies together make the plan that keeps somebody alive.",
        theme=THEME,
        counts="cases heard at MARAC in the quarter",
        source="001:364; 004:379",
        reported_by=(POLICE,),
        parts=CHILDREN,
        example=(151, None),
    ),
    CountMeasure(
        id="marac_repeats",
        title="Repeat cases at MARAC",
        question="What share of the cases heard at MARAC had been heard in the 12 months before?",
        why_it_matters="A case that comes back shows that the first plan did not end the danger.",
        theme=THEME,
        counts="cases heard at MARAC that had been heard in the 12 months before",
        out_of="cases heard at MARAC in the quarter",
        source="004:441",
        reported_by=(POLICE,),
        polarity="decrease",
        example=(52, 151),
        left_out="The report gives Stockport's place among the boroughs and prints no count.",
        headline=True,
    ),
    CountMeasure(
        id="honour_based_abuse_referrals",
        title="Referrals for honour-based violence and forced marriage",
        question="How many referrals were made for honour-based violence or forced marriage?",
        why_it_matters="They rise, and practitioners need to know that asking the family can add to the danger.",
        theme=THEME,
        counts="referrals for honour-based violence or forced marriage in the quarter",
        source="004:434",
        reported_by=(POLICE,),
        parts=HONOUR,
        example=(5, None),
    ),
    CountMeasure(
        id="caring_dads_referrals",
        title="Fathers referred to Caring Dads",
        question="How many fathers were referred to the Caring Dads course?",
        why_it_matters="Work with the father who harms is what most often is missing from a plan.",
        theme=THEME,
        counts="fathers referred to the course in the quarter",
        source="004:415; 003:315",
        reported_by=(STOCKPORT_FAMILY,),
        polarity="increase",
        example=(8, None),
    ),
    CountMeasure(
        id="caring_dads_accepted",
        title="Fathers accepted by Caring Dads",
        question="How many fathers were accepted onto the Caring Dads course?",
        why_it_matters="Between referral and start a third is lost: it shows whether referrals are the right ones.",
        theme=THEME,
        counts="fathers accepted onto the course in the quarter",
        source="004:415; 003:300",
        reported_by=(STOCKPORT_FAMILY,),
        polarity="increase",
        example=(5, None),
        left_out="Fathers accepted may have been referred in an earlier quarter, so this is no share.",
    ),
    CountMeasure(
        id="caring_dads_completed",
        title="Fathers who completed Caring Dads",
        question="How many fathers completed the Caring Dads course?",
        why_it_matters="Seventeen weeks are long; only a father who stays to the end has done the work.",
        theme=THEME,
        counts="fathers who completed the course in the quarter",
        source="004:411-417; 003:293",
        reported_by=(STOCKPORT_FAMILY,),
        polarity="increase",
        example=(3, None),
        left_out="Fathers who completed it began in an earlier quarter, so this is no share.",
    ),
)
