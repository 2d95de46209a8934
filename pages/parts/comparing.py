"""An indicator beside other areas: each figure like for like, or refused with the reason."""

from __future__ import annotations

from dataset.quarter import Quarter
from pages.parts.drawing import bullet_list, draw, safe, table
from pages.parts.held import View
from pages.parts.taking import take_table
from safeguarding_metrics import comparator_wording as wording
from safeguarding_metrics.comparators import Compared, Comparison, compare
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.indicator_part_files import areas_table


def comparators(seen: View, indicator: Indicator, quarter: Quarter) -> None:
    """Draw the figures of other areas that are held for the indicator and the quarter's year."""
    compared = compare(seen.reading, seen.cube.get(indicator.id), indicator, quarter)
    draw("<h2>Other areas</h2>")
    if not compared.each:
        draw(f'<p class="quiet">{safe(wording.nothing_held(compared))}</p>')
        return
    draw(table(wording.caption(compared), wording.HEADS, [_cells(compared, one) for one in compared.each]))
    take_table(seen, lambda: areas_table(compared), f"{indicator.id}_other_areas", quarter, "These areas")
    if compared.standings:
        draw(bullet_list(safe(wording.standing_sentence(one, indicator)) for one in compared.standings))
    draw(f'<p class="quiet">{safe(wording.RULE)}</p>')


def _cells(compared: Compared, comparison: Comparison) -> tuple[str, ...]:
    area, period, figure, ours, word, definition, source, said = map(safe, wording.row(compared, comparison))
    return area, period, figure, ours, f'{word}<span class="sub">{said}</span>', definition, source
