"""The returns the partnership asks for, in the order a reader meets them.

Adding a return: one module beside these and one line below.
"""

from __future__ import annotations

import difflib

from dataset.table import ReturnType
from dataset.tables.agency_counts import AgencyCount
from dataset.tables.case_audits import CaseAudit
from dataset.tables.child_contacts import ChildContact
from dataset.tables.child_protection_enquiries import ChildProtectionEnquiry
from dataset.tables.child_protection_plans import ChildProtectionPlan
from dataset.tables.children_in_care import ChildInCare
from dataset.tables.comparator_figures import ComparatorFigure
from dataset.tables.learning_points import LearningPoint
from dataset.tables.maars_referrals import MaarsReferral
from dataset.tables.missing_episodes import MissingEpisode
from dataset.tables.practice_reviews import PracticeReview
from dataset.tables.rapid_reviews import RapidReview
from dataset.tables.safeguarding_concerns import SafeguardingConcern
from dataset.tables.sar_referrals import SarReferral
from dataset.tables.section_42_enquiries import Section42Enquiry
from dataset.tables.survey_results import SurveyResult

RETURNS: tuple[ReturnType, ...] = (
    ChildContact,
    ChildProtectionEnquiry,
    ChildProtectionPlan,
    ChildInCare,
    MissingEpisode,
    RapidReview,
    MaarsReferral,
    SafeguardingConcern,
    Section42Enquiry,
    SarReferral,
    PracticeReview,
    LearningPoint,
    CaseAudit,
    SurveyResult,
    ComparatorFigure,
    AgencyCount,
)
_BY_NAME = {table.about.name: table for table in RETURNS}


class UnknownReturn(LookupError):
    """No return has this name; the message lists those that exist."""


def return_named(name: str) -> ReturnType:
    """The class of a return by its name, such as "maars_referrals". Raises UnknownReturn."""
    found = _BY_NAME.get(name.strip())
    if found is None:
        near = difflib.get_close_matches(name, _BY_NAME, n=1)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise UnknownReturn(f"“{name.strip()[:40]}” is not a return.{hint} Write one of: {', '.join(_BY_NAME)}.")
    return found
