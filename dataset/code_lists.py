"""Code lists: the words a coded column may hold, in the order a person would read them.

Lists marked SAC are the Safeguarding Adults Collection's, word for word, so that an
agency sends what its national return already holds. The others are the partnership's own
words, taken from the annual report 2022/23 (004) and the business plan 2023-26 (003).
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cached_property, lru_cache

# How alike a word and a code must be to be taken for one another, from 0 to 1.
_ALIKE = 0.6


@dataclass(frozen=True)
class CodeList:
    """A named list of permitted values; `source` says where the words come from."""

    name: str
    values: tuple[str, ...]
    source: str

    def __post_init__(self) -> None:
        if len(set(self.values)) != len(self.values):
            raise ValueError(f"{self.name} repeats a value")

    @cached_property
    def folded(self) -> dict[str, str]:
        """The words by their form without differences of case and blanks."""
        return {_folded(value): value for value in self.values}

    def nearest(self, text: str) -> str | None:
        """The word that a wrong one probably stands for; None where none is alike."""
        folded = _folded(text)
        return self.folded.get(folded) or _nearest(self, folded)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


@lru_cache(4096)
def _nearest(codes: CodeList, folded: str) -> str | None:
    # Of two texts as unlike in length none can reach the likeness asked for; comparing them would take long.
    longest = len(folded) * (2 - _ALIKE) / _ALIKE
    shortest = len(folded) * _ALIKE / (2 - _ALIKE)
    near = difflib.get_close_matches(
        folded, [word for word in codes.folded if shortest <= len(word) <= longest], n=1, cutoff=_ALIKE
    )
    return codes.folded[near[0]] if near else None


_SAC = "Safeguarding Adults Collection, table "

YES_NO = CodeList("yes_no", ("Yes", "No"), "Plain answer")
AUDIT_ANSWER = CodeList("audit_answer", ("Yes", "No", "Not applicable"), "Partnership audit tool")

ADULT_AGE_BAND = CodeList(
    "adult_age_band",
    ("18-24", "25-29", "30-39", "40-49", "50-64", "65-74", "75-84", "85-94", "95+", "Not Known"),
    "SAC table SG1a with 18-64 divided, because the plan speaks of adults under 30 (003:215)",
)
SEX = CodeList("sex", ("Male", "Female", "Not Known"), _SAC + "SG1b")

MAARS_RISK = CodeList(
    "maars_risk",
    (
        "Mental health",
        "Substance misuse",
        "Housing",
        "Self-neglect",
        "Criminal exploitation",
        "Sexual exploitation",
        "Offending",
        "Domestic abuse",
        "Physical health",
        "Learning disability or autism",
        "Social isolation",
    ),
    "Annual report 2022/23 (004:660-667); the last four complete the MAARS referral form",
)
MAARS_REFERRER = CodeList(
    "maars_referrer",
    ("Adult social care", "Police", "Health", "Housing", "Probation", "Voluntary sector", "Other"),
    "Agencies that refer to MAARS",
)

REVIEW_THEME = CodeList(
    "review_theme",
    (
        "Understanding of complex trauma in assessing risk",
        "Information sharing and seeking",
        "Working with men",
        "S.47 processes - roles and responsibilities",
        "Safer sleep",
        "Harmful sexual behaviour",
    ),
    "Annual report 2022/23 (004:493-526)",
)
REVIEW_DECISION = CodeList(
    "review_decision",
    ("Local CSPR commissioned", "National review", "No further review", "Decision awaited"),
    "Working Together, as the partnership records it (004:451)",
)

SAR_OUTCOME = CodeList(
    "sar_outcome",
    ("Did not meet criteria", "Met criteria", "Other review commissioned", "Decision awaited"),
    "Annual report 2022/23 (004:579-585)",
)
SAR_THEME = CodeList(
    "sar_theme",
    ("Self-neglect", "Transitional safeguarding", "Exploitation", "Domestic abuse", "Mental health", "Other"),
    "Annual report 2022/23 (004:577)",
)

CONCERN_SOURCE = CodeList(
    "concern_source",
    ("Care home", "Hospital", "Primary care", "Police", "Ambulance", "Housing", "Family or friend", "Self", "Other"),
    "Adults' quarterly dashboard (004:600)",
)
CONCERN_OUTCOME = CodeList(
    "concern_outcome",
    (
        "Progressed to Section 42 enquiry",
        "No further action",
        "Information and advice",
        "Existing care management",
        "Other response",
    ),
    "Annual report 2022/23 (004:608-610)",
)

ABUSE_TYPE = CodeList(
    "abuse_type",
    (
        "Physical Abuse",
        "Sexual Abuse",
        "Psychological Abuse",
        "Financial or Material Abuse",
        "Discriminatory Abuse",
        "Organisational Abuse",
        "Neglect and Acts of Omission",
        "Domestic Abuse",
        "Sexual Exploitation",
        "Modern Slavery",
        "Self-Neglect",
    ),
    _SAC + "SG2a",
)
ENQUIRY_LOCATION = CodeList(
    "enquiry_location",
    (
        "Own Home",
        "In the Community (excluding community services)",
        "In a Community Service",
        "Care Home - Nursing",
        "Care Home - Residential",
        "Hospital - Acute",
        "Hospital - Mental Health",
        "Hospital - Community",
        "Other",
    ),
    _SAC + "SG2b",
)
SOURCE_OF_RISK = CodeList(
    "source_of_risk",
    ("Service Provider", "Other - Known to individual", "Other - Unknown to individual"),
    _SAC + "SG2",
)
MSP_ASKED = CodeList(
    "msp_asked",
    (
        "Yes they were asked and outcomes were expressed",
        "Yes they were asked but no outcomes were expressed",
        "No",
        "Don't Know",
        "Not Recorded",
    ),
    _SAC + "SG4a",
)
MSP_ACHIEVED = CodeList("msp_achieved", ("Fully Achieved", "Partially Achieved", "Not Achieved"), _SAC + "SG4a")

AUDIT_QUESTION = CodeList(
    "audit_question",
    ("Key males recorded", "Adult aware who is involved"),
    "Business plan 2023-26, outcomes 4.3 (003:313) and 1.4 (003:197)",
)
SURVEY = CodeList("survey", ("ASCOF",), "Adult Social Care Outcomes Framework (003:330)")
SURVEY_QUESTION = CodeList("survey_question", ("Feel safe",), "ASCOF, proportion who feel safe (003:330)")
SURVEY_AGE_BAND = CodeList("survey_age_band", ("18-64", "65+", "All adults"), "ASCOF tables")
