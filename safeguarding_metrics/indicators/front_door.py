"""The front door: who is worried about a child, about what, and what comes of it."""

from __future__ import annotations

from dataset.tables.child_contacts import REFERRAL, ChildContact
from safeguarding_metrics.indicator import Example, Indicator
from safeguarding_metrics.settings import Settings

THEME = "Front door"
_ALL = "all contacts with the front door in the period"
_NO_REFERRAL = {"re_referral": ""}
_REFERRED = f"outcome = '{REFERRAL}'"


def _ended_with(id: str, outcome: str, title: str, question: str, why: str, source: str) -> Indicator:
    """The share of contacts with an outcome that is no referral."""
    other = "Information and advice" if outcome != "Information and advice" else "Early help assessment"
    return Indicator(
        id=id,
        title=title,
        question=question,
        why_it_matters=why,
        table=ChildContact,
        theme=THEME,
        counts=f"contacts with the outcome “{outcome}”",
        out_of=_ALL,
        numerator=f"outcome = '{outcome}'",
        denominator="true",
        source=source,
        breakdowns=("source", "main_concern"),
        example=Example(
            ({"outcome": outcome} | _NO_REFERRAL, {"outcome": other} | _NO_REFERRAL, {"outcome": REFERRAL}), 1, 3
        ),
    )


_CONTACTS = Indicator(
    id="contacts",
    headline=True,
    title="Contacts with the front door",
    question="How many times did somebody tell the front door of a worry about a child?",
    why_it_matters="Every later step rests on it: fewer contacts may mean fewer worries, or worries nobody passes on.",
    table=ChildContact,
    theme=THEME,
    counts="contacts received in the period",
    numerator="true",
    source="001:194; 002:119-120; 004:357",
    breakdowns=("source", "main_concern", "outcome"),
    example=Example(({}, {}, {}), 3),
)
_NEGLECT = Indicator(
    id="contacts_about_neglect",
    title="Contacts about neglect",
    question="How many contacts were mainly about neglect?",
    why_it_matters="Neglect is a priority; more of it seen may be better seeing, so a rise is not plainly bad.",
    table=ChildContact,
    theme=THEME,
    counts="contacts whose main concern is neglect",
    out_of=_ALL,
    numerator="main_concern = 'Neglect'",
    denominator="true",
    source="000:267; 004:357",
    breakdowns=("source", "outcome"),
    example=Example(
        ({"main_concern": "Neglect"}, {"main_concern": "Domestic abuse"}, {"main_concern": "Missing"}), 1, 3
    ),
)
_REFERRALS = Indicator(
    id="referrals_to_social_care",
    title="Contacts that became referrals to social care",
    question="How many contacts were passed to social care as a referral?",
    why_it_matters="It shows whether the right worries reach the front door, and what social care has to answer.",
    table=ChildContact,
    theme=THEME,
    counts=f"contacts with the outcome “{REFERRAL}”",
    out_of=_ALL,
    numerator=_REFERRED,
    denominator="true",
    source="001:206; 002:113-116; 004:202",
    breakdowns=("source", "main_concern"),
    example=Example(
        (
            {"outcome": REFERRAL},
            {"outcome": REFERRAL, "re_referral": "Yes"},
            {"outcome": "Early help assessment"} | _NO_REFERRAL,
        ),
        2,
        3,
    ),
)
_RE_REFERRALS = Indicator(
    id="re_referrals_within_12_months",
    headline=True,
    title="Re-referrals within 12 months",
    question="How many referrals were about a child referred already in the twelve months before?",
    why_it_matters="A child who comes back soon may not have been helped enough the first time.",
    table=ChildContact,
    theme=THEME,
    counts="referrals of a child referred in the 12 months before",
    out_of="referrals to social care in the period for which it is known",
    numerator="re_referral = 'Yes'",
    denominator=f"{_REFERRED} AND re_referral IS NOT NULL",
    polarity="decrease",
    source="001:210",
    breakdowns=("source", "main_concern"),
    left_out="Referrals for which nobody has said whether the child was referred before.",
    example=Example(
        (
            {"outcome": REFERRAL, "re_referral": "Yes"},
            {"outcome": REFERRAL, "re_referral": "No"},
            {"outcome": REFERRAL, "re_referral": "No"},
            {"outcome": REFERRAL, "re_referral": ""},
            {"outcome": "No further action", "re_referral": ""},
        ),
        1,
        3,
    ),
)


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    """Every indicator about contacts with the front door."""
    return (
        _CONTACTS,
        _NEGLECT,
        _REFERRALS,
        _RE_REFERRALS,
        _ended_with(
            id="contacts_to_early_help",
            outcome="Early help assessment",
            title="Contacts that went to early help",
            question="How many contacts led to an early help assessment?",
            why="Help that comes early keeps a worry from becoming a danger.",
            source="001:206-208; 002:160",
        ),
        _ended_with(
            id="contacts_information_and_advice",
            outcome="Information and advice",
            title="Contacts answered with information and advice",
            question="How many contacts were answered with information and advice?",
            why="Many such contacts may mean that agencies need to be told what help there is.",
            source="001:194-196",
        ),
        _ended_with(
            id="contacts_added_to_an_open_case",
            outcome="Added to an open case",
            title="Contacts about a child already known",
            question="How many contacts were added to a case already open?",
            why="A new worry about a child who is being helped tells the worker how it goes.",
            source="001:206",
        ),
        _ended_with(
            id="contacts_no_further_action",
            outcome="No further action",
            title="Contacts with no further action",
            question="How many contacts ended with no further action?",
            why="Many may mean needless worries passed on, or worries not taken up: audits must tell which.",
            source="001:194, 001:210",
        ),
    )
