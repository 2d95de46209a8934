"""The sentences of a journey: how many, what became of them, and how that compares with the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dataset.quarter import Quarter
from safeguarding_metrics import wording
from safeguarding_metrics.changing import Verdict
from safeguarding_metrics.journeys import Journey, Step
from safeguarding_metrics.journeys import Rate as RateOf
from safeguarding_metrics.measuring import PeriodCount

if TYPE_CHECKING:
    from safeguarding_metrics.journeying import Compared, RateRow

VERDICT: dict[Verdict, tuple[str, str]] = {
    "better": ("▲", "Better than the year before"),
    "worse": ("▼", "Worse than the year before"),
    "different": ("◆", "Changed; neither way is plainly better"),
    "too_few": ("≈", "No clear change"),
}


def verdict_words(found: Verdict | None) -> str:
    """ "▲ Better than the year before"; a dash and why where nothing is compared."""
    return " ".join(VERDICT[found]) if found else "– Not compared: a figure or a return is missing"


def answer(journey: Journey, quarter: Quarter, verdicts: Mapping[Verdict | None, int]) -> str:
    """Is it getting better? The title of the screen."""
    compared = sum(number for found, number in verdicts.items() if found is not None)
    year, before = quarter.financial_year, quarter.plus(-4).financial_year
    if not compared:
        return f"{journey.whose}, {year}: nothing can be compared with {before} yet"
    better, worse = verdicts.get("better", 0), verdicts.get("worse", 0)
    if not better and not worse:
        return f"{journey.whose}, {year}: none of {compared} rates is clearly better or worse than in {before}"
    return (
        f"{journey.whose}, {year}: of {compared} rates, {_so_many(better)} clearly better than in {before} "
        f"and {_so_many(worse)} clearly worse"
    )


def _so_many(number: int) -> str:
    return {0: "none is", 1: "1 is"}.get(number, f"{number} are")


def story(steps: Iterable[tuple[Step, Compared, tuple[RateRow, ...]]], quarter: Quarter) -> str:
    """The way as one paragraph: each step's number and its first rate."""
    said = []
    for step, cases, rates in steps:
        if cases.now.count is None:
            said.append(f"{step.title}: no figure.")
            continue
        first = f"{cases.now.count.k:,} {step.noun}"
        with_figure = [row for row in rates[:1] if row.compared.now.count and row.compared.now.count.value is not None]
        rate = [f"{wording.figure_words(row.compared.now.count)} {row.rate.words}" for row in with_figure]
        said.append("; ".join([first, *rate]) + ".")
    return " ".join(said)


def cases(step: Step, compared: Compared, quarter: Quarter) -> str:
    """ "7,763 contacts in 2024/25; 7,120 the year before."""
    if compared.now.count is None:
        return f"No figure for {quarter.financial_year}{_missing(compared.now)}."
    now = f"{compared.now.count.k:,} {step.noun} in {_period(compared.now, quarter)}"
    return f"{now}{_missing(compared.now)}; {_before(compared.before)}."


def rate(rate: RateOf, compared: Compared, quarter: Quarter) -> str:
    """ "41.2% (3,204 of 7,763) became a referral; 39.0% (2,777 of 7,120) the year before."""
    if compared.now.count is None:
        return f"No figure for those who {rate.words}{_missing(compared.now)}."
    now = f"{wording.figure_words(compared.now.count)} {rate.words}{_missing(compared.now)}"
    return f"{now}; {_before(compared.before)}."


def _before(before: PeriodCount) -> str:
    return f"{wording.figure_words(before.count)} the year before{_missing(before)}"


def _missing(figure: PeriodCount) -> str:
    return f" (incomplete: {wording.missing_words(figure)})" if figure.missing else ""


def _period(figure: PeriodCount, quarter: Quarter) -> str:
    """A state is dated by its day, what adds up by the year so far."""
    if len(figure.had) == 1 and figure.had == figure.wanted and quarter.number != 1:
        return f"{figure.had[0].financial_year}, on {figure.had[0].end:%d %B %Y}".replace(", on 0", ", on ")
    return wording.period_words(figure, quarter.financial_year)
