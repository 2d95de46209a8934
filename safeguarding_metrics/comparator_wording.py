"""Every sentence about our figure beside another area's."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from dataset.agencies import STOCKPORT
from dataset.comparator_code_lists import AREAS
from safeguarding_metrics.comparators import (
    NEIGHBOURS_NEEDED,
    Comparator,
    Compared,
    Comparison,
    Ours,
    Refusal,
    Standing,
    Word,
)
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.measuring import PeriodCount
from safeguarding_metrics.wording import counted, figure_words, missing_words, polarity_words

HEADS = ("Area", "Period", "Figure", STOCKPORT.name, "Compared", "Definition", "Source")
WORDS: dict[Word, tuple[str, str]] = {
    "similar": ("≈", "Similar"),
    "better": ("▲", "Better"),
    "worse": ("▼", "Worse"),
    "higher": ("↑", "Higher"),
    "lower": ("↓", "Lower"),
}
NOT_COMPARABLE = ("≠", "Not comparable")
RULE = (
    "Similar: the uncertainty about Stockport's underlying rate (95%) includes the other figure. Where the other area "
    "publishes an uncertainty of its own, similar means that the two have a value in common, because both figures "
    "are uncertain."
)


def caption(compared: Compared) -> str:
    """What the table of comparators shows."""
    return f"{compared.indicator.title}: {compared.quarter.financial_year} beside other areas"


def area_words(code: str) -> str:
    return AREAS.get(code, code)


def day_words(period: str) -> str:
    """ "2022/23" as it is; "2023-03-31" as "31 March 2023"."""
    if len(period) != 10 or period[4] != "-":
        return period
    day = date.fromisoformat(period)
    return f"{day.day} {day:%B %Y}"


def amount_words(value: Fraction | float, unit: str) -> str:
    """ "65.8%", "44.1 per 100,000", "294,776"."""
    plain = f"{float(value):,.10g}"
    return {"percent": f"{plain}%", "count": plain}.get(unit, f"{plain} {unit}")


def range_words(low: Fraction | float, high: Fraction | float, unit: str) -> str:
    """ "48.8% to 59.2%", "7.7 to 16.9 per 100,000"."""
    return f"{amount_words(low, unit if unit == 'percent' else 'count')} to {amount_words(high, unit)}"


def value_words(one: Comparator) -> str:
    """The figure with its own interval where one is published: "65.8% (61.2% to 70.1%)"."""
    shown = amount_words(one.value, one.unit)
    if one.low is None or one.high is None:
        return shown
    return f"{shown} ({range_words(one.low, one.high, one.unit)})"


def ours_words(ours: Ours | None) -> str:
    """ "54.0% (188 of 348)", "11.6 per 100,000 (27 among 232,000 residents aged 18 and over in 2022/23)", or "–"."""
    if ours is None:
        return "–"
    if ours.population is None or ours.population.definition is None:
        return figure_words(ours.count)
    people = ours.population
    assert people.definition is not None
    when = f"{'on' if len(people.period) == 10 else 'in'} {day_words(people.period)}"
    among = f"{ours.count.k:,} among {int(people.value):,} {people.definition.numerator} {when}"
    return f"{float(ours.value):.1f} per 100,000 ({among}; {people.source})"


def word_words(comparison: Comparison) -> str:
    """ "▼ Worse", "≠ Not comparable"."""
    return " ".join(WORDS[comparison.word] if comparison.word else NOT_COMPARABLE)


def sentence(compared: Compared, comparison: Comparison) -> str:
    """The verdict, or the reason why there is none."""
    if comparison.refusal is not None:
        reason = _reason(comparison.refusal, compared.indicator, compared.figure, compared.quarter.financial_year)
        return f"Not comparable: {reason}{_printed_here(comparison)}"
    assert comparison.ours is not None and comparison.word is not None  # it is compared
    one, ours = comparison.comparator, comparison.ours
    said = f"{WORDS[comparison.word][1]}: {STOCKPORT.name} has {ours_words(ours)}, {_uncertain(ours, one.unit)}"
    theirs = f"the {amount_words(one.value, one.unit)} of {_named(one.area)}"
    if one.low is not None and one.high is not None:
        theirs = f"the {range_words(one.low, one.high, one.unit)} of {_named(one.area)}"
    return f"{said}; {theirs} {_lies(comparison.word, ours, one.value, compared.indicator)}."


def standing_sentence(standing: Standing, indicator: Indicator) -> str:
    """ "Statistical neighbours (…): the median of 3 is 52%. Stockport is 2 of 4, where 1 is the best. …" """
    words, unit = standing.definition.words, standing.definition.unit
    number = counted(len(standing.neighbours), "statistical neighbour")
    if standing.median is None or standing.word is None:
        have = "has" if len(standing.neighbours) == 1 else "have"
        return f"{words}: {number} {have} a comparable figure; a median and a rank need {NEIGHBOURS_NEEDED}."
    first = "the highest" if indicator.polarity == "neutral" else "the best"
    joint = "joint " if standing.joint else ""
    return (
        f"{words}: the median of {number} is {amount_words(standing.median, unit)}. {WORDS[standing.word][1]}: "
        f"{STOCKPORT.name} has {ours_words(standing.ours)}, {_uncertain(standing.ours, unit)}; the median "
        f"{_lies(standing.word, standing.ours, standing.median, indicator)}. {STOCKPORT.name} ranks {joint}{standing.rank} "
        f"of {standing.of}, where 1 is {first}; neighbours that are similar may change places by chance."
    )


def nothing_held(compared: Compared) -> str:
    """What to say where no other area has a figure."""
    return f"No figure of another area is held for {compared.indicator.title} up to {compared.quarter.financial_year}."


def row(compared: Compared, comparison: Comparison) -> tuple[str, str, str, str, str, str, str, str]:
    """A line of the table in the order of HEADS, and last the sentence that stands beneath the word."""
    one = comparison.comparator
    return (
        area_words(one.area),
        day_words(one.period),
        value_words(one),
        ours_words(comparison.ours),
        word_words(comparison),
        one.definition.words if one.definition else "not said",
        one.source,
        sentence(compared, comparison),
    )


def _named(area: str) -> str:
    """As a sentence has it: "the North West", "the statistical neighbours"."""
    name = area_words(area)
    return {"North West": "the North West", "Statistical neighbours": "the statistical neighbours"}.get(name, name)


def _uncertain(ours: Ours, unit: str) -> str:
    return f"with an uncertainty of {range_words(round(ours.low, 1), round(ours.high, 1), unit)}"


def _lies(word: Word, ours: Ours, value: Fraction, indicator: Indicator) -> str:
    if word == "similar":
        return "lies within it" if ours.low <= value <= ours.high else "reaches into it"
    side = "above it" if value > ours.high else "below it"
    return f"lies {side}" + ("" if word in ("higher", "lower") else f", and {polarity_words(indicator.polarity)}")


def _reason(refusal: Refusal, indicator: Indicator, figure: PeriodCount, year: str) -> str:
    if refusal.why == "incomplete":
        return f"{missing_words(figure)}, so Stockport's figure is incomplete."
    if refusal.why == "period":
        theirs, ours = day_words(refusal.theirs), day_words(refusal.ours)
        wanted = f" Choose {theirs} Q4 to compare." if "/" in theirs and indicator.adds_over_quarters else ""
        return f"it is about {theirs}, and Stockport's figure about {ours}.{wanted}"
    return {
        "undefined": "its source leaves open what exactly it counts and out of what.",
        "numerator": f"it counts {refusal.theirs}; this indicator counts {refusal.ours}.",
        "denominator": f"it is out of {refusal.theirs}; this indicator is out of {refusal.ours}.",
        "part_year": f"it is about the whole of {refusal.theirs}, and Stockport's figure so far about "
        f"{refusal.ours} of 4 quarters.",
        "no_figure": f"Stockport has no figure for {year}.",
        "no_population": "the return holds counts, and this is a rate per 100,000; the number of "
        f"{refusal.theirs} in {STOCKPORT.name} is needed, and none is held.",
    }[refusal.why]


def _printed_here(comparison: Comparison) -> str:
    """What may be set beside the figure instead: what is printed for Stockport by the same definition."""
    if not comparison.printed_here:
        return ""
    said = " and ".join(f"{amount_words(one.value, one.unit)} ({one.source})" for one in comparison.printed_here)
    return f" Printed for {STOCKPORT.name} by the same definition: {said}."
