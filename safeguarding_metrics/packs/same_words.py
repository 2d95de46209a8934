"""What the office forms share: how text, values and the numbers behind a chart are written down."""

from __future__ import annotations

import re

from safeguarding_metrics.charted import FAR_FROM_NOUGHT
from safeguarding_metrics.charts_svg import ticks_between
from safeguarding_metrics.indicator_wording import AXIS_NOT_FROM_NOUGHT
from safeguarding_metrics.packs.blocks import Chart, Paper, Section, Table
from safeguarding_metrics.wording import percent_words

INVENTED = "Invented data: no figure in this paper is about real people or agencies."
GAP = "–"  # no cell of numbers is empty, so that nobody wonders whether something is missing
MADE_BY = "Safeguarding performance dashboard"
_MEASURED, _PROMISED = ("12436D", "28A197", "801650", "5D4596"), ("B3400A", "7A6200", "3D3D3D")
INK, BLUE, QUIET, RULE, PALE = "3D3D3D", "12436D", "5F656E", "C5CAD1", "EEF2F6"

# What XML 1.0 cannot hold. Unpaired surrogates are halves of a character that no file can hold either.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legible(text: str) -> str:
    """Text as every form can hold it: what XML 1.0 forbids left out, every line break one line feed."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """For names and alternative texts, which have no lines."""
    return " ".join(legible(text).split())


def marks(paper: Paper) -> tuple[str, ...]:
    """What stands on every page: who may read it and, where that is so, that the figures are invented."""
    found = (one_line(paper.marking), INVENTED if paper.invented else "")
    return tuple(text for text in found if text)


def alt_of(chart: Chart) -> str:
    """What a chart shows, in words. Raises ValueError where nobody has said it."""
    said = one_line(chart.alt)
    if not said:
        raise ValueError(f"The chart “{chart.title}” has no alternative text.")
    return said


def alt_of_table(table: Table) -> str:
    """ "Table of 12 rows: Indicators not on course. Columns: indicator, figure, milestone."."""
    rows = f"{len(table.rows):,} row{'' if len(table.rows) == 1 else 's'}"
    heads = ", ".join(one_line(head) for head in table.heads)
    return f"Table of {rows}: {one_line(table.caption).rstrip('.')}. Columns: {heads}."


def caption_of(chart: Chart) -> str:
    """ "2021/22 Q1 to 2024/25 Q4. Source: returns of the agencies."."""
    said = [one_line(chart.period).rstrip("."), f"Source: {one_line(chart.source)}" if chart.source.strip() else ""]
    return ". ".join(part for part in said if part).rstrip(".") + "."


def caption_on_axis(chart: Chart) -> str:
    """The caption of a chart that is drawn by the reader's program, which does not say where its axis starts."""
    return f"{caption_of(chart)} {AXIS_NOT_FROM_NOUGHT}" if axis_of(chart)[0] > 0 else caption_of(chart)


def decimals(chart: Chart) -> int:
    """Shares have one decimal, counts none unless one of them needs it."""
    held = [value for line in chart.lines for value in line.values if value is not None]
    return 1 if chart.share or any(value != round(value) for value in held) else 0


def value_words(chart: Chart, value: float | None) -> str:
    """ "72.4%" for a share, "1,234" or "12.5" for a count; a dash for a gap."""
    if value is None:
        return GAP
    return percent_words(value) if chart.share else f"{value:,.{decimals(chart)}f}"


def number_format(chart: Chart) -> str:
    """The same as `value_words`, in the language of spreadsheets."""
    return "0.0%" if chart.share else "#,##0.0" if decimals(chart) else "#,##0"


def numbers(chart: Chart) -> Table:
    """The numbers behind a chart: period, the measured value with its counts, then what it is held against."""
    names = [legible(line.name) for line in chart.lines]
    heads = ("Period", *names[:1], "Counts", *names[1:])
    columns = [[value_words(chart, value) for value in line.values] for line in chart.lines]
    columns.insert(1, [legible(text) or GAP for text in chart.counts])
    rows = tuple(
        (legible(period), *(column[place] if place < len(column) else GAP for column in columns))
        for place, period in enumerate(chart.categories)
    )
    widths = tuple(0.8 + min(max((len(row[place]) for row in rows), default=8), 18) / 12 for place in range(len(heads)))
    return Table(f"Figures of the chart: {one_line(chart.title)}", heads, rows, widths)


def numbers_in_words(chart: Chart) -> str:
    """One line a period: "2024/25 Q4: Repeat referrals 39.6% (76 of 192); Milestone 35.0%."."""
    table = numbers(chart)
    said = []
    for period, *cells in table.rows:
        value, counts, *others = ["" if cell == GAP else cell for cell in cells] if len(cells) > 1 else ("", "")
        measured = f"{value} ({counts})" if value and counts else value or counts or "no figure"
        held = zip(table.heads[3:], others, strict=True)
        said.append("; ".join([f"{period}: {measured}", *(f"{name} {text}" for name, text in held if text)]))
    return "\n".join(said)


def colours(chart: Chart) -> list[str]:
    """A colour for each line: the measured one blue, what is promised rust."""
    found: list[str] = []
    for line in chart.lines:
        kind = _PROMISED if line.dashed else _MEASURED
        found.append(kind[sum(one in kind for one in found) % len(kind)])
    return found


def axis_of(chart: Chart) -> tuple[float, float, float]:
    """The ends of the axis of values and its step, in round numbers: from nought unless all values are far from it."""
    held = [value for line in chart.lines for value in line.values if value is not None] or [0.0, 1.0]
    low, high = min(held), max(held)
    far = low > FAR_FROM_NOUGHT * high and low > 0
    low = max(low - (high - low or high) / 4, 0.0) if far else min(low, 0.0)
    ticks = ticks_between(low, high if high > low else low + 1)
    return ticks[0], ticks[-1], ticks[1] - ticks[0]


def axis_format(chart: Chart) -> str:
    """How the numbers along the axis are written, in the language of spreadsheets."""
    _, _, step = axis_of(chart)
    if chart.share:
        return "0%" if abs(step * 100 - round(step * 100)) < 1e-9 else "0.0%"
    return "#,##0" if abs(step - round(step)) < 1e-9 else "#,##0.0"


def chapters(paper: Paper) -> list[tuple[Section, str]]:
    """Each section with the title of the chapter it is a part of; a chapter is a part of none."""
    found, chapter = [], ""
    for section in paper.sections:
        chapter = "" if section.level == 1 else chapter
        found.append((section, chapter))
        chapter = one_line(section.title) if section.level == 1 else chapter
    return found
