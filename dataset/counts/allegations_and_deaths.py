"""Counts of allegations against people who work with children, and of children's deaths."""

from __future__ import annotations

from dataset.agencies import NHS_GM, STOCKPORT_FAMILY, STOCKPORT_NHS
from dataset.code_lists import CodeList
from dataset.counts.measure import CountMeasure

ALLEGATIONS = "Allegations against professionals"
DEATHS = "Deaths of children"
WORKFORCE = CodeList(
    "lado_workforce",
    ("Education", "Early years", "Residential care", "Foster care", "Health", "Police", "Voluntary sector", "Other"),
    "Workforces of the partnership's agencies; the documents name only that of schools (001:1012)",
)
EXPECTED = CodeList("child_death_expected", ("Expected", "Unexpected"), "Words of the board report 2016/17 (001:510)")
_PANEL = "the Child Death Overview Panel that Stockport shares with Trafford and Tameside"

MEASURES: tuple[CountMeasure, ...] = (
    CountMeasure(
        id="lado_referrals",
        title="Referrals to the designated officer",
        question="How many allegations against people who work with children were referred to the designated officer?",
        why_it_matters="Somebody who harms a child at work must be found before they move on to the next post.",
        theme=ALLEGATIONS,
        counts="referrals to the Local Authority Designated Officer (LADO) in the quarter, by workforce",
        source="001:534; 001:1012-1013; 002:140",
        reported_by=(STOCKPORT_FAMILY,),
        parts=WORKFORCE,
        example=(61, None),
    ),
    CountMeasure(
        id="lado_managed_without_meeting",
        title="Allegations managed without a formal meeting",
        question="What share of the allegations was managed without a formal meeting?",
        why_it_matters="It shows whether agencies bring the right matters to the designated officer.",
        theme=ALLEGATIONS,
        counts="referrals to the designated officer that needed no formal meeting",
        out_of="referrals to the designated officer in the quarter",
        source="001:534",
        reported_by=(STOCKPORT_FAMILY,),
        example=(43, 61),
    ),
    CountMeasure(
        id="lado_queries",
        title="Queries about allegations",
        question="How many times was advice asked about an allegation?",
        why_it_matters="Agencies that ask early learn where the line is.",
        theme=ALLEGATIONS,
        counts="queries about people who work with children answered in the quarter",
        source="001:534",
        reported_by=(STOCKPORT_FAMILY,),
        example=(67, None),
        left_out="Queries that became a referral: they are counted there.",
    ),
    CountMeasure(
        id="child_deaths",
        title="Deaths of children",
        question="How many children who lived in Stockport died?",
        why_it_matters="Every death is looked at for what could keep the next child alive.",
        theme=DEATHS,
        counts=f"deaths of children notified to {_PANEL}",
        source="001:504-510; 002:328-332",
        reported_by=(NHS_GM,),
        parts=EXPECTED,
        example=(5, None),
    ),
    CountMeasure(
        id="child_deaths_reviewed",
        title="Deaths of children reviewed",
        question="How many deaths of children did the panel finish reviewing?",
        why_it_matters="Learning from a death comes with its review, often long after the death.",
        theme=DEATHS,
        counts=f"deaths whose review was finished in the quarter by {_PANEL}",
        source="001:504-506; 002:332",
        reported_by=(NHS_GM,),
        example=(4, None),
        left_out="Most of the deaths reviewed happened in an earlier quarter: the two counts are not of the same children.",
    ),
    CountMeasure(
        id="child_deaths_with_modifiable_features",
        title="Deaths with something that could be changed",
        question="In what share of the deaths reviewed was there something that could have been changed?",
        why_it_matters="Smoking, weight and unsafe sleep are things a service can talk about in time.",
        theme=DEATHS,
        counts="deaths whose review named a modifiable feature",
        out_of="deaths of children whose review was finished in the quarter",
        source="001:512",
        reported_by=(NHS_GM,),
        example=(1, 4),
    ),
    CountMeasure(
        id="sudden_infant_deaths",
        title="Sudden deaths of infants",
        question="How many babies died suddenly and without explanation?",
        why_it_matters="Most of these deaths follow unsafe sleep: advice to parents saves lives.",
        theme=DEATHS,
        counts="sudden unexplained deaths of infants in the quarter",
        source="000:405-417; 001:512",
        reported_by=(NHS_GM,),
        polarity="decrease",
        example=(1, None),
    ),
    CountMeasure(
        id="stillbirths",
        title="Stillbirths",
        question="How many babies were stillborn?",
        why_it_matters="Smoking and weight in pregnancy weigh on them: they show whether advice arrives.",
        theme=DEATHS,
        counts="stillbirths in the quarter",
        source="001:530",
        reported_by=(STOCKPORT_NHS,),
        polarity="decrease",
        example=(3, None),
        left_out="The board report calls its two whole numbers a rate; they are read as counts.",
    ),
)
