"""Progress in easy read: the same verdicts and counts, one short sentence a line, in words of everyday use.

Nothing is judged or counted anew: every goal carries the judgement of the chair's page, and a test keeps the two equal.
Numbers are written "3 out of 14", never as shares alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dataset.meeting import Meeting
from safeguarding_metrics.easy_words import GOALS, EasyWords
from safeguarding_metrics.judging import Judgement, Status
from safeguarding_metrics.progressing import OutcomeRow, Progress
from safeguarding_metrics.registers.following import EvidenceRow, Following
from safeguarding_metrics.targets import Goal
from safeguarding_metrics.wording import STATUS

# What a verdict is called here; its glyph is that of every other screen.
EASY_STATUS: dict[Status, str] = {
    "met": "Goal met",
    "near": "Nearly there",
    "not_met": "Goal not met",
    "not_attainable": "Too few cases",
    "incomplete": "We are waiting",
    "no_data": "No numbers",
    "no_baseline": "No start number",
    "no_milestone": "No goal this year",
    "no_measure": "No number set",
}
WELL: tuple[Status, ...] = ("met",)
NOT_WELL: tuple[Status, ...] = ("not_met", "near")
UNKNOWN: tuple[Status, ...] = ("incomplete", "no_data", "not_attainable", "no_baseline", "no_milestone")
# Why a goal cannot be checked, where its verdict does not say it all.
_WHY: dict[Status, tuple[str, ...]] = {
    "not_attainable": ("With so few cases, no number can match the goal.",),
    "no_baseline": ("Nobody knows the number at the start.", "So we cannot say if it got better."),
}
_TOLD = {
    "Good progress": "This is going well.",
    "Some progress": "This is going a little better.",
    "No progress seen": "Nobody has seen this get better.",
    "Too early to say": "It is too early to say.",
}


@dataclass(frozen=True)
class EasyGoal:
    """One goal of the plan: its name as a sentence, its verdict and what is told of it, a sentence a line."""

    id: str
    name: str
    status: Status
    lines: tuple[str, ...]

    @property
    def verdict(self) -> tuple[str, str]:
        """Glyph and words."""
        return STATUS[self.status][0], EASY_STATUS[self.status]


@dataclass(frozen=True)
class EasyPart:
    """Something the reader asks: its heading, sentences, and the goals it is about."""

    heading: str
    lines: tuple[str, ...]
    goals: tuple[EasyGoal, ...] = ()


@dataclass(frozen=True)
class EasyRead:
    """The whole screen; `marks` are the goals with a number as glyphs, in the plan's order, beside the title's counts."""

    title: str
    about: tuple[str, ...]
    marks: tuple[str, ...]
    parts: tuple[EasyPart, ...]

    @property
    def counts(self) -> dict[Status, int]:
        """How many goals have each verdict."""
        return dict(Counter(goal.status for part in self.parts for goal in part.goals))


def easy_read(shown: Progress, found: Following, every: Iterable[Meeting], *, sent: bool) -> EasyRead:
    """Progress in easy read; `sent` says whether anything was sent at all, `every` meeting whether one is planned."""
    return EasyRead(
        title=_title(shown, sent=sent),
        about=_about(shown),
        marks=tuple(STATUS[row.judgement.status][0] for row in shown.numeric),
        parts=(
            _going_well(shown),
            _not_going_well(shown),
            _not_known(shown),
            _without_number(shown, found.evidence),
            _next(shown, found, _planned(every, found.today)),
        ),
    )


def out_of(k: int, n: int) -> str:
    """ "3 out of 14"."""
    return f"{k:,} out of {n:,}"


def day_words(day: date) -> str:
    """ "5 April 2025"."""
    return f"{day.day} {day:%B %Y}"


def _are(number: int, one: str, many: str) -> str:
    return one if number == 1 else many


def _title(shown: Progress, *, sent: bool) -> str:
    total = len(shown.numeric)
    if not sent:
        return "Nobody has sent numbers yet"
    if _has_no_goal(shown):
        return f"The plan has no goals for {shown.quarter.financial_year}"
    met = _number(shown, WELL)
    return f"{out_of(met, total)} goals {_are(met, 'is', 'are')} met"


def _number(shown: Progress, statuses: tuple[Status, ...]) -> int:
    return sum(row.judgement.status in statuses for row in shown.numeric)


def _about(shown: Progress) -> tuple[str, ...]:
    start = date(shown.quarter.year, 4, 1)
    return (
        "There is a plan to keep children and adults safe.",
        f"The plan has {len(shown.rows)} goals.",
        f"{len(shown.numeric)} of them have a number we can check.",
        f"This page is about {day_words(start)} to {day_words(shown.quarter.end)}.",
    )


def _of(shown: Progress, statuses: tuple[Status, ...]) -> list[OutcomeRow]:
    return [row for status in statuses for row in shown.numeric if row.judgement.status == status]


def _going_well(shown: Progress) -> EasyPart:
    return EasyPart("What is going well", (_how_many(shown, WELL, "met"),), _goals(shown, _of(shown, WELL)))


def _not_going_well(shown: Progress) -> EasyPart:
    return EasyPart(
        "What is not going well", (_how_many(shown, NOT_WELL, "not met"),), _goals(shown, _of(shown, NOT_WELL))
    )


def _how_many(shown: Progress, statuses: tuple[Status, ...], what: str) -> str:
    """Where the plan sets no goal, none is met and none missed."""
    if _has_no_goal(shown):
        return "There is nothing to check this year."
    number = _number(shown, statuses)
    return f"{out_of(number, len(shown.numeric))} goals {_are(number, 'is', 'are')} {what}."


def _has_no_goal(shown: Progress) -> bool:
    return all(row.judgement.status == "no_milestone" for row in shown.numeric)


def _not_known(shown: Progress) -> EasyPart:
    rows, total = _of(shown, UNKNOWN), len(shown.numeric)
    line = f"We cannot check {out_of(len(rows), total)} goals." if rows else f"We can check all {total} goals."
    return EasyPart("What we do not know yet", (line,), _goals(shown, rows))


def _goals(shown: Progress, rows: Iterable[OutcomeRow]) -> tuple[EasyGoal, ...]:
    return tuple(
        EasyGoal(
            row.outcome.id,
            _words(shown, row).name,
            row.judgement.status,
            (*_counted(row.judgement, _words(shown, row)), *_doubt(row.judgement)),
        )
        for row in rows
    )


def _words(shown: Progress, row: OutcomeRow) -> EasyWords:
    """A plan that has no easy words yet is shown in its own."""
    return GOALS.get(shown.plan.id, {}).get(row.outcome.id) or EasyWords(row.outcome.title, "The number")


def _counted(judgement: Judgement, known: EasyWords) -> tuple[str, ...]:
    """The number, how much that is out of 100, and the goal for it."""
    count = judgement.figure.count if judgement.figure else None
    lines: list[str] = []
    if count is not None and count.n != 0:
        said = f"{count.k:,}" if count.n is None else out_of(count.k, count.n)
        lines.append(f"{known.counted}: {said}.")
    if judgement.goal is not None:
        if count is not None and count.n and count.n != 100:
            lines.append(f"That is {_in_a_hundred(Fraction(count.k, count.n), judgement.goal)} out of every 100.")
        lines.append(f"The goal is {_goal_words(judgement.goal)}.")
    return tuple(lines)


def _in_a_hundred(share: Fraction, goal: Goal) -> str:
    """A whole number that never stands on the other side of the goal than the share itself."""
    whole = round(share * 100)
    rounded = Fraction(whole, 100)
    if rounded == share:
        return f"{whole}"
    if goal.holds(rounded) == goal.holds(share):
        return f"about {whole}"
    return f"a little {'more' if share > rounded else 'less'} than {whole}"


def _goal_words(goal: Goal) -> str:
    """ "80 or more out of every 100", "3 or more"."""
    ending, times = (" out of every 100", 100) if goal.unit == "share" else ("", 1)
    low, high = (f"{float(one * times):.4g}" if one is not None else "" for one in (goal.at_least, goal.at_most))
    if low and high:
        return f"between {low} and {high}{ending}"
    return f"{low} or more{ending}" if low else f"{high} or fewer{ending}"


def _doubt(judgement: Judgement) -> tuple[str, ...]:
    """Whether the cases suffice, whose numbers are waited for, or why the goal cannot be checked."""
    if judgement.status in _WHY:
        return _WHY[judgement.status]
    if judgement.evidence is not None:
        few = judgement.evidence.word == "too_few"
        return ("There are too few cases to be sure.",) if few else ("There are enough cases to be sure of this.",)
    if judgement.figure is not None and judgement.figure.missing:
        names = dict.fromkeys(agency.name for agency, _ in judgement.figure.missing)
        return tuple(f"We wait for numbers from {name}." for name in names)
    return ("The year is not over yet.",) if judgement.status == "incomplete" else ()


def _without_number(shown: Progress, evidence: Iterable[EvidenceRow]) -> EasyPart:
    rows = [row for row in shown.rows if not row.is_numeric]
    told = {one.outcome.id: one.item.cell("judgement") if one.item else "" for one in evidence}
    goals = tuple(
        EasyGoal(row.outcome.id, _words(shown, row).name, row.judgement.status, (_told(told.get(row.outcome.id, "")),))
        for row in rows
    )
    well = sum(told.get(row.outcome.id) == "Good progress" for row in rows)
    lines = (
        f"{len(rows)} goals have no number.",
        "People tell us what they see.",
        f"{out_of(well, len(rows))} {_are(well, 'is', 'are')} going well.",
    )
    return EasyPart("Goals without a number", lines, goals)


def _told(judged: str) -> str:
    return _TOLD.get(judged, "Nobody has told us how this is going.")


def _planned(every: Iterable[Meeting], today: date) -> Meeting | None:
    """The next meeting that is planned."""
    return min((one for one in every if not one.is_frozen and one.day >= today), key=lambda one: one.day, default=None)


def _next(shown: Progress, found: Following, meeting: Meeting | None) -> EasyPart:
    when = f"The next meeting is on {day_words(meeting.day)}." if meeting else "No day is set for the next meeting."
    talk = tuple(f"Talk first about this goal: {_words(shown, row).name}" for row in shown.discuss)
    return EasyPart("What happens next", (*_jobs(found), *_waiting(shown), *_open(found), when, *talk))


def _jobs(found: Following) -> tuple[str, ...]:
    done, late = sum(row.is_done for row in found.delivery), len(found.overdue_delivery)
    return (
        f"{out_of(done, len(found.delivery))} jobs in the plan {_are(done, 'is', 'are')} done.",
        f"{late} {_are(late, 'job is', 'jobs are')} late." if late else "No job is late.",
    )


def _waiting(shown: Progress) -> tuple[str, ...]:
    """How many reports are late, and whose."""
    if not shown.missing:
        return ("All reports that are due have come.",)
    by_agency = Counter(agency.name for agency, _, _ in shown.missing)
    total = len(shown.missing)
    whose = f"{len(by_agency)} {_are(len(by_agency), 'group', 'groups')}"
    first = f"We wait for {total} {_are(total, 'report', 'reports')} from {whose}."
    return (first, *(f"{name}: {number} {_are(number, 'report', 'reports')}." for name, number in by_agency.items()))


def _open(found: Following) -> tuple[str, ...]:
    risks, asked = len(found.to_the_executive), len(found.open_challenges)
    return (
        f"There {_are(risks, 'is 1 big risk', f'are {risks} big risks')} for leaders to look at.",
        f"{asked} {_are(asked, 'question to a group has', 'questions to groups have')} no full answer yet.",
    )
