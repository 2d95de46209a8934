"""One indicator for every measure of the catalogue of counts; what it means is declared there."""

from __future__ import annotations

from dataset.counts.catalogue import MEASURES
from dataset.counts.measure import WHOLE, CountMeasure
from dataset.tables.agency_counts import AgencyCount
from safeguarding_metrics.indicator import Example, Indicator, Total
from safeguarding_metrics.settings import Settings


def _indicator(measure: CountMeasure) -> Indicator:
    whole = f"measure = '{measure.id}' AND breakdown = '{WHOLE}'"
    k, n = measure.example
    cells = {"measure": measure.id, "breakdown": WHOLE, "numerator": str(k), "denominator": "" if n is None else str(n)}
    rows = [cells]
    if measure.parts:  # A part is never added to the whole that holds it.
        rows.append(cells | {"breakdown": measure.words[1]})
    return Indicator(
        id=measure.id,
        title=measure.title,
        question=measure.question,
        why_it_matters=measure.why_it_matters,
        table=AgencyCount,
        theme=measure.theme,
        counts=measure.counts,
        numerator=Total("numerator", whole),
        example=Example(tuple(rows), k, n),
        source=measure.source,
        out_of=measure.out_of,
        denominator=Total("denominator", whole) if measure.is_share else None,
        polarity=measure.polarity,
        breakdowns=("breakdown",) if measure.parts else (),
        left_out=measure.left_out,
        adds_over_quarters=measure.moment == "during",
        reported_by=measure.reported_by,
        once_a_year=measure.yearly,
        headline=measure.headline,
        unit="pounds" if measure.pounds else "cases",
    )


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    return tuple(_indicator(measure) for measure in MEASURES)
