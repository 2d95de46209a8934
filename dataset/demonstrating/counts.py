"""Counts of the agencies: every measure of the catalogue in every quarter, as its agency sends it.

The numbers, and which published figures they follow, are in counts_levels and counts_workforce; what they
cannot follow is said here. Figures older than 2021/22 lie before the demonstration's first quarter.
"""

from __future__ import annotations

from dataclasses import dataclass

from dataset.agencies import STOCKPORT_NHS, Agency
from dataset.counts.catalogue import MEASURES
from dataset.counts.measure import CountMeasure
from dataset.demonstrating.allocating import Cells, Rows
from dataset.demonstrating.counts_ethnicity import ethnicity
from dataset.demonstrating.counts_levels import LEVELS
from dataset.demonstrating.counts_spreading import Words, words_of
from dataset.demonstrating.counts_workforce import meetings, training_of
from dataset.quarter import Quarter


@dataclass(frozen=True)
class NotFollowed:
    """A published figure that the demonstration does not come to: of which measure and part, where, and why."""

    measure: str
    place: str
    reason: str
    breakdown: str = ""


CANNOT_FOLLOW: tuple[NotFollowed, ...] = (
    NotFollowed("gcp2_completed", "004:343", "A fall of 184% from 128 to 45 is not possible; it is one of 64.8%."),
    NotFollowed("marac_repeats", "004:441", "Only a place among the boroughs is printed, no count and no share."),
    NotFollowed(
        "training_attendance",
        "004:687",
        "More than 270 people at the conference is a rounded form of the 277 printed in the table.",
        "Domestic Homicide Review Conference, more than",
    ),
    NotFollowed(
        "learning_circles",
        "004:535",
        "Two were held about one review from June to October 2022, which is neither a quarter nor all of them.",
    ),
    NotFollowed(
        "care_leaver_flats",
        "004:797",
        "20 more flats are a plan without a date; when they open here is invented.",
        "Planned",
    ),
)

# The hospital changed its records in these quarters and could not count whom the advice had reached.
UNCOUNTED = {(STOCKPORT_NHS.code, "icon_coverage", Quarter(2023, number)) for number in (3, 4)}
_NOT_AVAILABLE = "[x]"


def rows() -> Rows:
    """What every agency counts in every quarter of the demonstration."""
    found: Rows = {}
    for measure, by_agency in _made():
        for agency, words in by_agency.items():
            for word in measure.words:
                _write(found, measure, agency, word, words)
    return found


def _made() -> list[tuple[CountMeasure, dict[Agency, Words]]]:
    """Each measure with what its agencies count, in the order of the catalogue."""
    made: dict[str, Words] = {}
    for measure in MEASURES:
        if measure.id in LEVELS:
            made[measure.id] = words_of(measure, LEVELS[measure.id], made)
    made["meeting_attendance"] = meetings()
    made["enquiries_ethnicity"] = ethnicity()
    training = {"training_attendance": training_of()}
    return [(one, training.get(one.id) or {one.reported_by[0]: made[one.id]}) for one in MEASURES]


def _write(found: Rows, measure: CountMeasure, agency: Agency, word: str, words: Words) -> None:
    numerators, denominators = words[word]
    for quarter, figure in numerators.items():
        counted = (agency.code, measure.id, quarter) not in UNCOUNTED
        below = str(denominators[quarter]) if measure.is_share else ""
        row: Cells = {
            "quarter": str(quarter),
            "measure": measure.id,
            "breakdown": word,
            "numerator": str(figure) if counted else _NOT_AVAILABLE,
            "denominator": below if counted else _NOT_AVAILABLE,
        }
        found.setdefault((agency.code, quarter), []).append(row)


def first_version(rows: list[Cells]) -> list[Cells]:
    """The return of the police before they found the notices of one division's last month."""
    return [row | {"numerator": "311"} if row["measure"] == "domestic_abuse_notices" else row for row in rows]
