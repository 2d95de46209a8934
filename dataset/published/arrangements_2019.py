"""Figures of the safeguarding arrangements of 2019: a picture of the area in numbers, with no dates.

The text of the picture (002:92-142) puts most numbers on a line above their labels; the note names
the label's lines. Its chart of plans by category (002:136) is a picture and left no numbers.
The time limits and thresholds of the arrangements are rules, not figures, and are not held here.
"""

from __future__ import annotations

from dataset.published.figure import ARRANGEMENTS_2019, Period, PublishedFigure, Transcript

YEAR_OF_THE_DOCUMENT = Period("2019", "as at")
UNDATED = "The document prints no date for it."
ENGLAND = "E92000001"

_read = Transcript(ARRANGEMENTS_2019)
_town = Transcript(ARRANGEMENTS_2019, "demography")
_assurance = Transcript(ARRANGEMENTS_2019, "assurance")

# Numbers apart from their labels (002:94-131): line, token, measure, label, basis, what else to know

_APART = (
    (94, "450", "initial_conferences", "lines 96 and 97", "children who had a conference", ""),
    (99, "332", "child_protection_plans", "lines 101 to 103", "children", ""),
    (
        105,
        "445",
        "children_in_care_of_other_authorities",
        "lines 106 and 107 (OLA, LAC)",
        "children looked after by other local authorities and living in Stockport",
        "",
    ),
    (109, "363", "children_in_care", "lines 110 and 111", "", ""),
    (113, "3,442", "referrals_to_social_care", "lines 114 to 116", "", ""),
    (119, "5,908", "contacts", "lines 120 and 121", "contacts of the MASSH", ""),
    (
        123,
        "3,529",
        "child_assessments_completed",
        "lines 124 to 127",
        "social work assessments authorised",
        "More assessments than referrals (002:113).",
    ),
    (129, "2008", "children_in_need", "lines 130 and 131", "", "A count, not a year."),
)

_LOCAL_CONTEXT = (
    _town(92, "62,900", "population", YEAR_OF_THE_DOCUMENT, "Aged 0-17", note=UNDATED),
    *(
        _read(
            line,
            token,
            measure,
            YEAR_OF_THE_DOCUMENT,
            basis=basis,
            note=" ".join(part for part in (f"The label is on {label}.", UNDATED, more) if part),
        )
        for line, token, measure, label, basis, more in _APART
    ),
    _read(133, "3", "unaccompanied_children", YEAR_OF_THE_DOCUMENT, note=UNDATED),
    _read(140, "216", "lado_referrals", YEAR_OF_THE_DOCUMENT, note=UNDATED),
    _read(142, "10 children", "private_fostering_arrangements", YEAR_OF_THE_DOCUMENT, note=UNDATED),
)

# Independent scrutiny (002:617)

_SCRUTINY = (
    _assurance(
        617,
        "four",
        "safeguarding_boards_judged_outstanding",
        YEAR_OF_THE_DOCUMENT,
        value=4,
        basis="boards whose measures the Greater Manchester dataset is drawn from",
        note=f"Written as a word. {UNDATED} Where the boards are is not said; held as England.",
        area=ENGLAND,
    ),
)

FIGURES: tuple[PublishedFigure, ...] = (*_LOCAL_CONTEXT, *_SCRUTINY)
