"""The sentences about a meeting: its answer, what has changed, what to ask whom, what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dataset.meeting import Meeting
from safeguarding_metrics.meetings.changes import KINDS, Change
from safeguarding_metrics.meetings.record import Record
from safeguarding_metrics.packs.blocks import Block, Bullets, Paragraph, Section
from safeguarding_metrics.packs.parts import OFF_COURSE, ON_COURSE, day, outcomes_with
from safeguarding_metrics.wording import counted

PLANNED, FROZEN = ("○", "Planned"), ("■", "Frozen")
NO_MEETING = "No meeting has been planned yet"
NO_MEETING_HELP = (
    "Plan the first one here. It shows what the meeting would see; freezing it keeps that for ever, and the papers are "
    "made from what is kept."
)
NOT_FROZEN = "Nothing is frozen yet: this is what the meeting would see now. It moves with every return and comment."
FROM_THE_RECORD = "This is what the meeting saw. It is read from its frozen record and never changes."
FREEZING = (
    "Freezing keeps every figure, verdict, comment and register as they are now, for ever. It cannot be undone; what comes "
    "later is listed as a change since the meeting."
)
PAPERS_NEED_A_RECORD = "Papers are made from a frozen record. Freeze this meeting to make them."
NOTHING_SINCE = "Nothing is otherwise than this meeting saw it."
NAMED_AT_ONCE = 3
NOBODY = "Nobody named yet"

_FIGURES = ("restated", "newly_reported", "withdrawn")


def state_words(meeting: Meeting) -> str:
    """ "■ Frozen", "○ Planned"."""
    return " ".join(FROZEN if meeting.is_frozen else PLANNED)


def listed(meeting: Meeting) -> str:
    """A meeting in a list: "■ Frozen: Quality Assurance Partnership, 14/05/2025 (2024/25 Q4)"."""
    return f"{state_words(meeting)}: {meeting.title}"


def answer(record: Record, before: Record | None, found: Sequence[Change], *, is_frozen: bool) -> str:
    """What the meeting must know, in a sentence: the title of the screen."""
    about = record["meeting"]
    title = f"{about['group']}, {day(about['date'])} ({about['quarter']})"
    state = "" if is_frozen else ", not frozen yet"
    return f"{title}{state}: {_course(record)}; {_changed(record, before, found)}"


def _course(record: Record) -> str:
    off, on = (len(outcomes_with(record, statuses)) for statuses in (OFF_COURSE, ON_COURSE))
    if off:
        return f"{counted(off, 'target')} off course"
    return "no target off course" if on else "no target can be judged"


def _changed(record: Record, before: Record | None, found: Sequence[Change]) -> str:
    if before is None:
        return "no frozen meeting came before it"
    numbers = {
        "verdict": sum(one.kind == "turned" for one in found),
        "figure": sum(one.kind in _FIGURES for one in found),
        "return": len(sent_again_since(record, before)),
    }
    told = [counted(number, thing) for thing, number in numbers.items() if number]
    if not told:
        return "no verdict and no figure has changed since the meeting before"
    has = "has" if sum(numbers.values()) == 1 else "have"
    return f"{_listed(told)} {has} changed since the meeting before"


def _listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def sent_again_since(record: Record, before: Record) -> list[str]:
    """Returns of this year so far that were restated after the meeting before; of the same quarter, what that did to
    each figure is listed instead."""
    if record["meeting"]["quarter"] == before["meeting"]["quarter"]:
        return []
    return [
        f"{one['agency']} restated {one['return']} for {one['quarter']} on {day(one['on'])}: {one['reason'].rstrip('.')}."
        for one in record["restated"]
        if one["entry"] > before["versions"]["ledger_entry"]
    ]


def kind_words(change: Change) -> str:
    """ "↻ Restated"."""
    return " ".join(KINDS[change.kind])


def since_words(number: int, quarter: str) -> str:
    """What the table of later changes says above it."""
    if not number:
        return NOTHING_SINCE
    if number == 1:
        return f"1 thing about {quarter} is otherwise now than this meeting saw it."
    return f"{number} things about {quarter} are otherwise now than this meeting saw them."


def compared_with(before: Record | None, number: int) -> str:
    """Which meeting came before, and whether anything is otherwise."""
    if before is None:
        return "No frozen meeting came before it, so there is nothing to compare with."
    about = before["meeting"]
    title = f"{about['group']}, {day(about['date'])} ({about['quarter']})"
    return f"Compared with {title}." if number else f"Compared with {title}: nothing is otherwise."


def versions_differ(record: Record, plan_title: str, plan: str, definitions: str) -> str:
    """A sentence where today's plan or definitions are not the record's; "" where they are the same."""
    old = record["versions"]
    said = []
    if old["plan"] != plan:
        said.append(f"the plan in force is now {plan_title}; the meeting judged by {old['plan_title']}")
    if old["definitions"] != definitions:
        said.append(
            f"the definitions have changed: version {old['definitions']} then, {definitions} now, so a figure may be counted "
            "or judged in another way"
        )
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def still_missing(record: Record) -> tuple[str, ...]:
    """What is not there yet, said before a meeting is frozen without it."""
    returns = [f"{one['agency']}: {one['return']}, {one['quarter']}" for one in record["missing_returns"]]
    owing = {one["agency"] for one in record["owed"]}
    found = []
    if returns:
        are = "return is" if len(returns) == 1 else "returns are"
        found.append(f"{len(returns)} {are} not sent: {_some(returns)}.")
    if owing:
        are = "is" if len(record["owed"]) == 1 else "are"
        found.append(
            f"{counted(len(record['owed']), 'explanation')} {are} owed by {_agencies(len(owing))}: {_some(sorted(owing))}."
        )
    return tuple(found) or ("Every return that was due is in, and no explanation is owed.",)


def _agencies(number: int) -> str:
    return "1 agency" if number == 1 else f"{number} agencies"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED_AT_ONCE} more" if len(names) > NAMED_AT_ONCE else ""
    return "; ".join(names[:NAMED_AT_ONCE]) + more


@dataclass(frozen=True)
class Asked:
    """An agency and what to ask it, the most pressing first."""

    agency: str
    questions: tuple[str, ...]


def asked(record: Record) -> tuple[Asked, ...]:
    """What to ask whom: returns not sent, explanations owed, challenges, actions past their day; those with most first,
    what nobody is named for last."""
    found: dict[str, list[str]] = {}
    for agency, question in (*_not_sent(record), *_owed(record), *_challenged(record), *_late(record)):
        found.setdefault(agency or NOBODY, []).append(question)
    order = sorted(found, key=lambda name: (name == NOBODY, -len(found[name])))
    return tuple(Asked(name, tuple(found[name])) for name in order)


def to_ask(record: Record) -> Section:
    """What to ask whom, as a section: one list for each agency."""
    every = asked(record)
    if not every:
        return Section("What to ask whom", (Paragraph("Nobody owes an answer, a return or an action."),))
    number = sum(one.agency != NOBODY for one in every)
    if number:
        lead = f"{_agencies(number)} {'has' if number == 1 else 'have'} something to answer, most first."
    else:
        lead = "No agency owes an answer."
    blocks: list[Block] = [Paragraph(lead)]
    for one in every:
        blocks += [Paragraph(f"{one.agency} ({len(one.questions)})", strong=True), Bullets(one.questions)]
    return Section("What to ask whom", tuple(blocks))


_Question = tuple[str, str]


def _not_sent(record: Record) -> list[_Question]:
    return [
        (one["agency"], f"Return not sent: {one['return']}, {one['quarter']}. When will it come?")
        for one in record["missing_returns"]
    ]


def _owed(record: Record) -> list[_Question]:
    """A figure that must be discussed has a line of its own; the others an agency owes a word on share one."""
    figures = {one["id"]: one for one in record["figures"]}
    pressing, silent, moved = [], dict[str, list[str]](), dict[str, list[str]]()
    for one in record["owed"]:
        figure, agency = figures[one["indicator"]], one["agency"]
        if f"{agency}, {record['meeting']['quarter']}" in figure["this_quarter"]["missing"]:
            silent.setdefault(agency, []).append(one["title"])
        elif figure["reasons"]:
            pressing.append((agency, f"Explanation owed of {one['title']}. {_first_sentence(figure['why'])}"))
        else:
            moved.setdefault(agency, []).append(one["title"])
    return [
        *pressing,
        *((who, _grouped("that nobody has sent", titles)) for who, titles in silent.items()),
        *((who, _grouped("that moved or were sent again", titles)) for who, titles in moved.items()),
    ]


def _first_sentence(text: str) -> str:
    """The verdict or the special cause; how sure it is stands with what is off course."""
    first, _, rest = text.partition(". ")
    return f"{first}." if rest else first


def _grouped(what: str, titles: Sequence[str]) -> str:
    if len(titles) == 1:
        return f"Explanation owed of {titles[0]}."
    return f"Explanations owed of {len(titles)} figures {what}: {_some(titles)}."


def _challenged(record: Record) -> list[_Question]:
    return [
        (one["owner"], f"Challenge {one['reference']}, {_state(one)}: {one['headline']}")
        for one in record["registers"]["challenges"]
        if one["open"]
    ]


def _state(one: dict[str, Any]) -> str:
    due = f", due {day(one['due'])}" if one["due"] else ""
    return f"{one['state'].lower()}{due}{' (overdue)' if one['overdue'] else ''}"


def _late(record: Record) -> list[_Question]:
    """What is past its day, challenges apart: those are asked about already."""
    registers = record["registers"]
    challenged = {one["reference"] for one in registers["challenges"]}
    late = [
        (
            one["owner"],
            f"Overdue: {one['register']}, {one['reference']}, due {day(one['due'])}, {counted(one['drift'] or 0, 'day')} "
            f"ago: {one['headline']}",
        )
        for one in registers["overdue"]
        if one["reference"] not in challenged
    ]
    return late + [
        (one["owner"], f"Overdue: action {one['action']} of the plan, due {day(one['by'])}: {one['text']}")
        for one in registers["delivery"]
        if one["overdue"]
    ]


def figures_first(found: Iterable[Change]) -> tuple[list[Change], list[Change]]:
    """Changes of figures, verdicts and definitions, then those of the registers."""
    every = list(found)
    return [one for one in every if one.kind != "register"], [one for one in every if one.kind == "register"]
