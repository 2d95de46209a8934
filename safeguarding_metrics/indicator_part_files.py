"""What stands beside an indicator's figures, as tables to take away: its parts, other areas, the returns behind it.

The rows behind a figure are in none of them: they leave the partnership in no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dataset.ledger import Explanation, Submission
from dataset.quarter import Quarter
from safeguarding_metrics import comparator_wording, wording
from safeguarding_metrics import indicator_wording as words
from safeguarding_metrics.comparators import Compared, Comparison
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.measuring import Count
from safeguarding_metrics.table_files import FileTable, Row, counts, number

PART_HEADS = (
    "indicator",
    "title",
    "broken_down_by",
    "part",
    "numerator",
    "denominator",
    "value",
    "range_95",
    "caution",
)
AREA_HEADS = (
    "indicator",
    "title",
    "area",
    "area_period",
    "area_value",
    "area_low",
    "area_high",
    "unit",
    "here_numerator",
    "here_denominator",
    "here_value",
    "here_low",
    "here_high",
    "compared",
    "definition",
    "area_source",
    "in_words",
)
BEHIND_HEADS = ("indicator", "entry", "agency", "quarter", "kind", "rows", "sent_by", "received_utc", "sha256")
SAID_HEADS = ("indicator", "entry", "agency", "quarter", "what_was_queried", "reason")


def parts_table(indicator: Indicator, by: str, parts: Mapping[str, Count], quarter: Quarter) -> FileTable:
    """One row for each part that has a case to speak of."""
    named = (indicator.id, indicator.title, by.replace("_", " "))
    rows = (
        (
            *named,
            part,
            *counts(count),
            words.interval_words(count, indicator),
            wording.small_numbers_words(count),
        )
        for part, count in parts.items()
        if count.n or (count.n is None and count.k)
    )
    caption = f"{indicator.title} by {named[2]}"
    return FileTable(f"{indicator.id}_by_{by}", caption, _so_far(quarter), PART_HEADS, tuple(rows))


def areas_table(compared: Compared) -> FileTable:
    """One row for each figure of another area, compared or refused with the reason."""
    indicator = compared.indicator
    rows = tuple((indicator.id, indicator.title, *_area(compared, one)) for one in compared.each)
    caption = comparator_wording.caption(compared)
    return FileTable(f"{indicator.id}_other_areas", caption, _so_far(compared.quarter), AREA_HEADS, rows)


def _area(compared: Compared, comparison: Comparison) -> Row:
    one, ours = comparison.comparator, comparison.ours
    area, period, _, _, compared_in_a_word, definition, source, said = comparator_wording.row(compared, comparison)
    here = ("", "", "") if ours is None else (number(ours.value), number(ours.low), number(ours.high))
    own = counts(ours.count if ours else None)[:2]
    value = (number(one.value), number(one.low), number(one.high), one.unit)
    return (area, period, *value, *own, *here, compared_in_a_word, definition, source, said)


def behind_table(indicator: Indicator, entries: Iterable[Submission], quarter: Quarter) -> FileTable:
    """The entries of the ledger that the figures of the year so far are made of, oldest first."""
    rows = (
        (
            indicator.id,
            one.id,
            one.slot.agency,
            str(one.slot.quarter),
            one.kind,
            one.records,
            one.sent_by,
            f"{one.recorded_at:%Y-%m-%d %H:%M}",
            one.sha256,
        )
        for one in entries
    )
    caption = f"{indicator.title}: the returns behind it"
    return FileTable(f"{indicator.id}_returns", caption, _so_far(quarter), BEHIND_HEADS, tuple(rows))


def said_table(indicator: Indicator, said: Iterable[tuple[Submission, Explanation]], quarter: Quarter) -> FileTable:
    """What the intake asked about the returns of the year so far, and what their senders answered."""
    rows = (
        (indicator.id, entry.id, entry.slot.agency, str(entry.slot.quarter), one.message, one.reason)
        for entry, one in said
    )
    caption = f"{indicator.title}: what senders said of their returns"
    return FileTable(f"{indicator.id}_said", caption, _so_far(quarter), SAID_HEADS, tuple(rows))


def _so_far(quarter: Quarter) -> str:
    return f"{quarter.financial_year} up to {quarter}"
