"""How long the rows of a return are kept, and on what footing they are held.

The periods are the opening proposal of this software and the partnership's to set: no document of the partnership
prints one. Six years hold the plan of three years in force and the one before it; reviews are followed for longer.
Counts about nobody in particular are kept as long as the figures are.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date

from dataset.quarter import Quarter

SETTING = "SAFEGUARDING_RETENTION_YEARS"
ROWS_OF_PEOPLE, REVIEWS = 6, 10
_MOST_YEARS = 100

_PUBLIC_TASK = "UK GDPR articles 6(1)(e) and 9(2)(g), Data Protection Act 2018 schedule 1 paragraph 18"
CHILDREN = f"Safeguarding of children: Children Act 2004 sections 16E to 16H; {_PUBLIC_TASK}."
ADULTS = f"Safeguarding of adults at risk: Care Act 2014 sections 43 to 45; {_PUBLIC_TASK}."
EVERYONE = f"Children Act 2004 sections 16E to 16H and Care Act 2014 sections 43 to 45; {_PUBLIC_TASK}."
NO_PERSON = "Counts or published figures; no row is about a person."
AGREEMENT = (
    "The agreement by which the partnership shares what it knows, under the rules of Greater Manchester (002:692-694; 003:192). "
    "Its reference is for the business unit to enter."
)
SEEN_BY = (
    "The business unit, its quality assurance analysts and the sending agency see rows; members of the partnership see "
    "counts and shares."
)
# 002:694 names the partnership's business support unit, within the local authority, as data controller.
CONTROLLER = "Stockport Council, which hosts the partnership's business unit, on behalf of the partnership (002:694)"


class WrongRetention(ValueError):
    """The setting is no number of years; the message says what to write."""


@dataclass(frozen=True)
class Footing:
    """On what footing a return is held: years its rows are kept after the quarter's end (None: as long as the figures),
    lawful basis, agreement, who sees it. Every word is to be confirmed by the data protection officer."""

    years: int | None = ROWS_OF_PEOPLE
    lawful_basis: str = EVERYONE
    agreement: str = AGREEMENT
    seen_by: str = SEEN_BY


def years_kept(footing: Footing) -> int | None:
    """The years in force: SAFEGUARDING_RETENTION_YEARS overrides those of every return that has a period.

    Raises WrongRetention.
    """
    said = os.environ.get(SETTING, "").strip()
    if not said or footing.years is None:
        return footing.years
    if not (said.isascii() and said.isdecimal() and 1 <= int(said) <= _MOST_YEARS):
        raise WrongRetention(f"{SETTING} is “{said[:20]}”. Write a whole number of years from 1 to {_MOST_YEARS}.")
    return int(said)


def kept_until(footing: Footing, quarter: Quarter) -> date | None:
    """The last day on which the rows of a quarter are kept; None where they have no period."""
    years = years_kept(footing)
    return None if years is None else quarter.end.replace(year=quarter.end.year + years)


def period_words(footing: Footing) -> str:
    """ "6 years after the end of the quarter"."""
    years = years_kept(footing)
    if years is None:
        return "as long as the figures are needed"
    return f"{years} {'year' if years == 1 else 'years'} after the end of the quarter"
