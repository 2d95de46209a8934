"""The sentences of a quarter's review: what must be discussed, why, and what is to be said of the data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dataset.agencies import Agency
from dataset.quarter import Quarter
from safeguarding_metrics import wording
from safeguarding_metrics.comparator_wording import NOT_COMPARABLE, WORDS, area_words
from safeguarding_metrics.comparators import Compared, Word
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.measuring import PeriodCount
from safeguarding_metrics.process_control import ControlChart

if TYPE_CHECKING:
    from safeguarding_metrics.narrating import AgencyNarrative
    from safeguarding_metrics.quarterly import QuarterRow, Reason

REASON: dict[Reason, str] = {
    "not_met": "off its milestone",
    "concern": "special cause of concern",
    "missing": "not sent",
    "restated": "restated",
}


def answer(
    quarter: Quarter,
    rows: Sequence[QuarterRow],
    discuss: Sequence[QuarterRow],
    missing: Sequence[tuple[Agency, str, Quarter]],
    owed: Sequence[AgencyNarrative],
) -> str:
    """What must be discussed, and who is silent: the title of the screen."""
    if not any(row.own.count for row in rows):
        return f"{quarter}: nothing has been sent yet"
    silent = len({agency.code for agency, _, _ in missing})
    said = [f"{quarter}: {wording.counted(len(discuss), 'figure')} to discuss"]
    if owed:
        whom = len({one.agency.code for one in owed})
        said.append(f"{_agencies(whom)} {'owes' if whom == 1 else 'owe'} an explanation")
    has = "has" if silent == 1 else "have"
    said.append(f"{_agencies(silent)} {has} not sent every return" if silent else "every return due is in")
    return "; ".join(said)


def _agencies(number: int) -> str:
    return "1 agency" if number == 1 else f"{number} agencies"


def sentence(
    indicator: Indicator,
    quarter: Quarter,
    own: PeriodCount,
    verdict: str,
    control: ControlChart | None,
) -> str:
    """A row as a person would say it: the quarter, the year so far against its milestone, the process."""
    parts = [_own(own, quarter), verdict]
    if control is not None:
        parts.append(wording.control_sentence(control, "share" if indicator.is_share else "count"))
    return " ".join(part for part in parts if part)


def _own(own: PeriodCount, quarter: Quarter) -> str:
    missing = f" {wording.missing_words(own)}." if own.missing else ""
    if own.count is None:
        return f"No figure for {quarter}.{missing}"
    caution = wording.small_numbers_words(own.count)
    return f"{wording.figure_words(own.count)} in {quarter}.{missing} {caution}".strip()


def because(
    reasons: Iterable[Reason], verdict: str, own: PeriodCount, control: ControlChart | None, indicator: Indicator
) -> str:
    """Why a row needs discussion, in the sentences that say it and no others."""
    said = {
        "not_met": verdict,
        "concern": wording.control_sentence(control, "share" if indicator.is_share else "count") if control else "",
        "missing": f"{wording.missing_words(own)}.",
        "restated": "A later return replaced the first one.",
    }
    return " ".join(said[reason] for reason in reasons)


def why(reasons: Iterable[Reason]) -> str:
    """ "off its milestone; restated"."""
    return "; ".join(REASON[reason] for reason in reasons)


def compared_words(compared: Compared) -> str:
    """ "▼ Worse than Greater Manchester, North West"; how many figures of other areas are refused as unlike."""
    areas: dict[Word, list[str]] = {}
    for one in compared.each:
        if one.word is not None:
            areas.setdefault(one.word, []).append(area_words(one.comparator.area))
    said = [
        f"{' '.join(WORDS[word])} {'to' if word == 'similar' else 'than'} {', '.join(dict.fromkeys(named))}"
        for word, named in areas.items()
    ]
    refused = sum(one.refusal is not None for one in compared.each)
    if not said and refused:
        said.append(f"{' '.join(NOT_COMPARABLE)} with {wording.counted(refused, 'figure')} of other areas")
    return "; ".join(said)


def by_agency(owed: Iterable[AgencyNarrative]) -> list[tuple[Agency, list[AgencyNarrative]]]:
    """Each agency with the comments it owes, those that owe most first."""
    found: dict[str, tuple[Agency, list[AgencyNarrative]]] = {}
    for one in owed:
        found.setdefault(one.agency.code, (one.agency, []))[1].append(one)
    return sorted(found.values(), key=lambda one: -len(one[1]))
