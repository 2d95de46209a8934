"""Where a figure comes from: the returns behind it, and the same figures as a table to take away."""

from __future__ import annotations

import csv
import io

from dataset.ledger import Explanation, Submission
from dataset.quarter import Quarter
from dataset.store import Reading
from safeguarding_metrics import wording
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.measuring import PeriodCount, Series, over


def returns_behind(reading: Reading, indicator: Indicator, quarters: tuple[Quarter, ...]) -> list[Submission]:
    """The entries of the ledger that count for an indicator over some quarters, oldest first."""
    entries = reading.returned(indicator.table.about.name).values()
    owners = {agency.code for agency in indicator.reported_by}
    counting = [e for e in entries if e.slot.quarter in quarters and (not owners or e.slot.agency in owners)]
    return sorted(counting, key=lambda e: (e.slot.quarter, e.slot.agency))


def explanations_behind(
    reading: Reading, indicator: Indicator, quarters: tuple[Quarter, ...]
) -> list[tuple[Submission, Explanation]]:
    """What senders said of the returns behind an indicator over some quarters, oldest first."""
    return [(entry, one) for entry in returns_behind(reading, indicator, quarters) for one in entry.explanations]


def table_of(series: Series, last: Quarter) -> list[tuple[Quarter, PeriodCount, PeriodCount, str]]:
    """Each quarter, newest first: its own count, the year to date, and what is to be said of its data."""
    indicator = series.indicator
    rows = []
    for one in reversed(series.quarters):
        if one.quarter > last or (indicator.is_yearly and one.quarter.number != 4):
            continue
        own = over(series, indicator, (one.quarter,))
        year = over(series, indicator, one.quarter.year_to_date())
        rows.append((one.quarter, own, year, _said(own)))
    return rows


def _said(own: PeriodCount) -> str:
    said = wording.missing_words(own) if own.missing else ""
    words = (said, "restated" if own.restated else "", "explained" if own.explained else "")
    return "; ".join(word for word in words if word)


def as_csv(series: Series, last: Quarter, *, invented: bool) -> str:
    """The table as CSV. Every row says whether the data are invented, so that no cut of it can lose that."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    label = "INVENTED DATA" if invented else "returns of the agencies"
    writer.writerow(
        ["indicator", "title", "quarter", "numerator", "denominator", "value", "year_to_date", "data", "source"]
    )
    for quarter, own, year, said in table_of(series, last):
        count = own.count
        value = "" if count is None or count.value is None else f"{float(count.value):.6g}"
        k, n = (count.k, count.n) if count else ("", "")
        writer.writerow(
            [
                series.indicator.id,
                series.indicator.title,
                quarter,
                k,
                "" if n is None else n,
                value,
                wording.figure_words(year.count),
                said,
                label,
            ]
        )
    return "\ufeff" + text.getvalue()
