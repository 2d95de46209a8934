"""What is owed in words: which figures of a quarter need a comment, from whom, and whether it was given.

A comment is asked for where a figure is not met, missing, restated or of special cause. Each owner of a
figure that is not met or of special cause answers for it; a missing return or a restated figure is explained
by the agency whose it is. A comment given before the figure changed has to be looked at again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from dataset import ledger
from dataset.agencies import AGENCIES, Agency, duties_for
from dataset.comment import Comment, current
from dataset.ledger import Slot, Submission
from dataset.purging import removals
from dataset.quarter import Quarter
from dataset.store import Reading
from safeguarding_metrics import wording
from safeguarding_metrics.indicator import Indicator
from safeguarding_metrics.judging import Judgement, Status
from safeguarding_metrics.measuring import Count, Cube, Series, measure, over
from safeguarding_metrics.progressing import OutcomeRow
from safeguarding_metrics.tracing import returns_behind

PAST_HELD = 2_000
STATES_HELD = 1_500  # of each indicator and quarter looked at
NarrativeWord = Literal["owed", "given", "outdated", "not_needed"]
ReasonWord = Literal["not_met", "missing", "special_cause", "restated"]

NARRATIVE: dict[NarrativeWord, tuple[str, str]] = {
    "owed": ("✎", "Comment owed"),
    "outdated": ("↻", "Given before the figure changed"),
    "given": ("✔", "Comment given"),
    "not_needed": ("·", "No comment needed"),
}
ASKED_FOR = "A comment is asked for where a figure is not met, missing, restated or of special cause"
# "Not attainable" is left out: no number of cases could have met the milestone, so nobody has to answer for it.
_MISSED: frozenset[Status] = frozenset({"not_met", "near"})


@dataclass(frozen=True)
class Reason:
    """Why a comment is asked for; `words` carry the figure with its counts."""

    word: ReasonWord
    words: str


@dataclass(frozen=True)
class AgencyNarrative:
    """One owner's part in the commentary on one figure: what it was asked, its current version, and a sentence."""

    agency: Agency
    indicator: Indicator
    quarter: Quarter
    state: NarrativeWord
    reasons: tuple[Reason, ...]
    comment: Comment | None
    sentence: str

    @property
    def is_owed(self) -> bool:
        """Whether the agency has something to write: a first comment, or one on the changed figure."""
        return bool(self.reasons) and self.state in ("owed", "outdated")


@dataclass(frozen=True)
class NarrativeState:
    """The commentary on one figure: the word for a table, a sentence, and each owner's part."""

    indicator: Indicator
    quarter: Quarter
    state: NarrativeWord
    sentence: str
    parts: tuple[AgencyNarrative, ...]

    @property
    def owed_by(self) -> tuple[Agency, ...]:
        return tuple(part.agency for part in self.parts if part.is_owed)


class Past:
    """Figures as the ledger stood after an earlier entry. What counted for the quarters asked about makes a figure, so
    nothing else of the ledger is measured, and entries between two restatements of a return find the same one."""

    def __init__(self, reading: Reading, indicators: Iterable[Indicator]) -> None:
        self.reading, self.indicators = reading, tuple(indicators)
        self._cubes: dict[tuple[int, ...], Cube] = {}

    def count(self, entry: int, indicator: Indicator, quarters: tuple[Quarter, ...]) -> Count | None:
        """The figure over some quarters after that entry; None where nobody had returned."""
        entries = self._about(indicator.table.about.name, quarters)
        counting = ledger.current(one for one in entries if one.id <= entry)
        if not counting:
            return None
        counted = tuple(sorted(one.id for one in counting.values()))
        return self.reading.carried.once(
            "past figures",
            (counted, indicator.id, quarters),
            (indicator, removals(self.reading)),
            lambda: over(self._cube(counted, counting, indicator).get(indicator.id), indicator, quarters).count,
            PAST_HELD,
        )

    def _about(self, dataset: str, quarters: Iterable[Quarter]) -> list[Submission]:
        """The entries of a return for some quarters, oldest first."""
        found = self.reading.once("entries by quarter", lambda: _entries_by_quarter(self.reading.entries))
        return sorted((one for each in set(quarters) for one in found.get((dataset, each), ())), key=lambda one: one.id)

    def _cube(self, counted: tuple[int, ...], counting: dict[Slot, Submission], indicator: Indicator) -> Cube:
        if counted not in self._cubes:
            entries = tuple(sorted(counting.values(), key=lambda one: one.id))
            moment = max(one.recorded_at for one in entries)
            then = replace(self.reading, entries=entries, counting=counting, last=counted[-1], as_at=moment)
            self._cubes[counted] = measure(then, [one for one in self.indicators if one.table is indicator.table])
        return self._cubes[counted]


def _entries_by_quarter(entries: Iterable[Submission]) -> dict[tuple[str, Quarter], list[Submission]]:
    found: dict[tuple[str, Quarter], list[Submission]] = {}
    for one in entries:
        found.setdefault((one.slot.dataset, one.slot.quarter), []).append(one)
    return found


def narrative_state(
    reading: Reading,
    cube: Cube,
    indicator: Indicator,
    quarter: Quarter,
    *,
    said: Sequence[Comment],
    today: date,
    judgements: Sequence[Judgement] = (),
    special_cause: bool = False,
    past: Past | None = None,
) -> NarrativeState:
    """The commentary on one indicator's figure of one quarter.

    `said` are the comments known, `judgements` those of the figure in its year up to the quarter,
    `special_cause` whether its point on the process chart is one.
    """
    series, past = cube.get(indicator.id), past or Past(reading, [indicator])
    shared = [*_not_met(judgements), *_special(series, indicator, quarter, special_cause)]
    latest = {c.agency: c for c in current(said).values() if (c.indicator, c.quarter) == (indicator.id, quarter)}
    spans = [(quarter,), *(j.figure.wanted for j in judgements if j.figure and j.status in _MISSED)]
    behind, parts = returns_behind(reading, indicator, (quarter,)), []
    for agency in indicator.owners:
        own = [
            *_missing(reading, series, indicator, quarter, agency, today),
            *_restated(behind, indicator, quarter, agency, past),
        ]
        reasons = (*shared, *own) if indicator.is_due_in(quarter) else ()
        comment = latest.get(agency.code)
        changed = comment is not None and _changed_since(reading, series, indicator, spans, comment, past)
        parts.append(_part(agency, indicator, quarter, reasons, comment, changed))
    return _whole(indicator, quarter, tuple(parts))


def narratives(
    reading: Reading,
    cube: Cube,
    indicators: Sequence[Indicator],
    quarter: Quarter,
    *,
    said: Sequence[Comment],
    today: date,
    judgements: Mapping[str, Sequence[Judgement]],
    special_cause: Collection[str] = (),
) -> dict[str, NarrativeState]:
    """The commentary on every indicator's figure of a quarter, by indicator id; `special_cause` holds ids."""
    past, about = Past(reading, indicators), dict[str, list[Comment]]()
    for one in said:
        if one.quarter == quarter:
            about.setdefault(one.indicator, []).append(one)

    def state(indicator: Indicator) -> NarrativeState:
        mine, verdicts = about.get(indicator.id, []), tuple(judgements.get(indicator.id, ()))
        special = indicator.id in special_cause

        def made() -> NarrativeState:
            return narrative_state(
                reading,
                cube,
                indicator,
                quarter,
                said=mine,
                today=today,
                judgements=verdicts,
                special_cause=special,
                past=past,
            )

        # What was sent of other quarters reaches it through the series and the verdicts alone.
        sent = returns_behind(reading, indicator, (quarter,))
        made_of = (indicator, cube.get(indicator.id), mine, verdicts, special, sent, today)
        return reading.carried.once("narratives", (indicator.id, quarter), made_of, made, STATES_HELD)

    return {one.id: state(one) for one in indicators}


def owed(states: Iterable[NarrativeState]) -> tuple[AgencyNarrative, ...]:
    """Every comment that is owed, agency by agency in the order of the register."""
    found = [part for state in states for part in state.parts if part.is_owed]
    return tuple(sorted(found, key=lambda part: AGENCIES.index(part.agency)))


def owed_lines(states: Iterable[NarrativeState]) -> tuple[str, ...]:
    """What is owed as sentences, one for each agency and reason: a return that has not come is one, not thirty."""
    alike: dict[tuple[str, str], list[AgencyNarrative]] = {}
    for part in owed(states):
        why = "; ".join(reason.words for reason in part.reasons)
        alike.setdefault((part.agency.name, why if part.state == "owed" else part.sentence), []).append(part)
    return tuple(_line(parts) for parts in alike.values())


def _line(parts: Sequence[AgencyNarrative]) -> str:
    first = parts[0]
    if len(parts) == 1:
        return f"{first.indicator.title}: {first.sentence}"
    why = "; ".join(reason.words for reason in first.reasons)
    return f"{len(parts)} figures, of them {first.indicator.title}: {first.agency.name} owes comments, because {why}."


def owed_sentence(states: Iterable[NarrativeState], quarter: Quarter) -> str:
    """How many comments are owed for a quarter, and by whom."""
    found = owed(states)
    if not found:
        return f"No comment is owed for {quarter}."
    by_agency: dict[str, int] = {}
    for part in found:
        by_agency[part.agency.name] = by_agency.get(part.agency.name, 0) + 1
    whom = "; ".join(f"{name} {number}" for name, number in by_agency.items())
    verb = "is" if len(found) == 1 else "are"
    return f"{wording.counted(len(found), 'comment')} {verb} owed for {quarter}: {whom}."


def judgements_by_indicator(rows: Iterable[OutcomeRow]) -> dict[str, tuple[Judgement, ...]]:
    """The plan's verdicts by the indicator they are on; one indicator may serve several outcomes."""
    found: dict[str, tuple[Judgement, ...]] = {}
    for row in rows:
        if row.outcome.indicator:
            found[row.outcome.indicator] = (*found.get(row.outcome.indicator, ()), row.judgement)
    return found


def _not_met(judgements: Sequence[Judgement]) -> list[Reason]:
    return [
        Reason(
            "not_met",
            f"the milestone is not met: {wording.figure_words(one.figure.count if one.figure else None)} in "
            f"{wording.period_words(one.figure, one.year)}, against {one.goal.words if one.goal else 'no goal'}",
        )
        for one in judgements
        if one.status in _MISSED
    ]


def _special(series: Series | None, indicator: Indicator, quarter: Quarter, special_cause: bool) -> list[Reason]:
    count = over(series, indicator, (quarter,)).count
    if not special_cause or count is None:
        return []
    return [Reason("special_cause", f"the quarter's {wording.figure_words(count)} is special-cause variation")]


def _missing(
    reading: Reading, series: Series | None, indicator: Indicator, quarter: Quarter, agency: Agency, today: date
) -> list[Reason]:
    """Whether the agency's part of the figure is missing: its return is past its due date, or holds no figure."""
    if agency not in {one for one, _ in over(series, indicator, (quarter,)).missing}:
        return []
    dataset, title = indicator.table.about.name, indicator.table.about.title
    if Slot(reading.store.area, agency.code, dataset, quarter) in reading.counting:
        return [Reason("missing", f"its return of {title} for {quarter} holds no figure for this")]
    late = any(
        duty.agency == agency and duty.owed_for(quarter) and today > duty.due_on(quarter)
        for duty in duties_for(dataset)
    )
    return [Reason("missing", f"its return of {title} for {quarter} has not come")] if late else []


def _restated(
    behind: Sequence[Submission], indicator: Indicator, quarter: Quarter, agency: Agency, past: Past
) -> list[Reason]:
    """Whether sending the agency's return again changed this very figure; a change elsewhere in it asks for nothing."""
    found = next((entry for entry in behind if entry.slot.agency == agency.code), None)
    while found is not None and found.replaces is not None:
        before, after = (past.count(number, indicator, (quarter,)) for number in (found.id - 1, found.id))
        if before != after:
            said = f"{wording.figure_words(before)} became {wording.figure_words(after)}"
            return [Reason("restated", f"its return was sent again on {found.recorded_at:%d/%m/%Y}: {said}")]
        replaced = found.replaces
        found = next((entry for entry in past.reading.entries if entry.id == replaced), None)
    return []


def _changed_since(
    reading: Reading,
    series: Series | None,
    indicator: Indicator,
    spans: Sequence[tuple[Quarter, ...]],
    comment: Comment,
    past: Past,
) -> bool:
    """Whether the figure, or the one its verdict rests on, is another than when the comment was written."""
    quarters = {quarter for span in spans for quarter in span}

    def touches(entry: Submission) -> bool:
        here = entry.slot.dataset == indicator.table.about.name and entry.slot.quarter in quarters
        return here and entry.id > comment.ledger_at and entry.status != "rejected"

    if not any(touches(entry) for entry in reading.entries):
        return False
    return any(past.count(comment.ledger_at, indicator, span) != over(series, indicator, span).count for span in spans)


def _part(
    agency: Agency,
    indicator: Indicator,
    quarter: Quarter,
    reasons: tuple[Reason, ...],
    comment: Comment | None,
    changed: bool,
) -> AgencyNarrative:
    why = "; ".join(reason.words for reason in reasons)
    if comment is not None:
        on = f"{agency.name} commented on {comment.written_at:%d/%m/%Y}"
        if not changed:
            return AgencyNarrative(agency, indicator, quarter, "given", reasons, comment, f"{on}.")
        again = f". It has to look again, because {why}." if why else "."
        sentence = f"{on}, before the figure changed{again}"
        return AgencyNarrative(agency, indicator, quarter, "outdated", reasons, comment, sentence)
    if reasons:
        sentence = f"{agency.name} owes a comment on {quarter}, because {why}."
        return AgencyNarrative(agency, indicator, quarter, "owed", reasons, None, sentence)
    return AgencyNarrative(
        agency, indicator, quarter, "not_needed", (), None, f"{agency.name} is asked for no comment on {quarter}."
    )


def _whole(indicator: Indicator, quarter: Quarter, parts: tuple[AgencyNarrative, ...]) -> NarrativeState:
    order: tuple[NarrativeWord, ...] = ("owed", "outdated", "given")
    state: NarrativeWord = next((word for word in order if any(part.state == word for part in parts)), "not_needed")
    if state == "not_needed":
        why = (
            f"; none of these is so for {quarter}." if indicator.is_due_in(quarter) else ". This figure comes with Q4."
        )
        sentence = ASKED_FOR + why
    else:
        sentence = " ".join(part.sentence for part in parts if part.state != "not_needed")
    return NarrativeState(indicator, quarter, state, sentence, parts)
