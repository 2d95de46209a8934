"""What is said of the registers: the answer of each list and item, and the words of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dataset.register import Item, Register
from dataset.register_entry import RegisterEntry
from dataset.registering import Imported
from safeguarding_metrics.registers import audits, case_actions, delivery, outcome_evidence, risks
from safeguarding_metrics.registers.following import (
    DeliveryRow,
    Following,
    Movement,
    crosses,
    is_late,
    movement,
    risk_score,
)
from safeguarding_metrics.registers.headings import BLANK, heading, said
from safeguarding_metrics.registers.listing import ALL, OPEN, Choice, Line
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.wording import counted

SHOWN = 160  # characters of a text in a list
# What one item of a register is called, and several.
THINGS = {
    "challenges": ("challenge", "challenges"),
    "risks": ("risk", "risks"),
    "audits": ("audit", "audits"),
    "case_actions": ("action", "actions"),
    "delivery": ("action of the plan", "actions of the plan"),
    "outcome_evidence": ("outcome", "outcomes"),
    "decisions": ("decision", "decisions"),
}
ENTER = {
    "challenges": "Enter a challenge",
    "risks": "Enter a risk",
    "audits": "Enter an audit",
    "case_actions": "Enter an action",
    "delivery": "Report on an action of the plan",
    "outcome_evidence": "Enter evidence for an outcome",
    "decisions": "Enter a decision",
}
EARLIER = (
    "You look at the registers as they stood at an earlier moment, so nothing can be entered or changed here. To do so, "
    "choose “Latest” under “As reported”."
)
NO_SUCH = "There is nothing of this reference on the list any more, or not yet on the day looked at."
WHOLE_PLAN = "Every action of the plan stands here, whether anybody has reported on it or not."
EVIDENCE_UP_TO = (
    "Of each outcome the latest evidence up to the quarter is shown; “Linked to” shows that of one quarter alone."
)
COMES_BACK = (
    "What is downloaded here can be changed in a spreadsheet and taken in again; nothing of it is lost on the way."
)


TAKEN_IN = "Taken in from a spreadsheet"
TAKING_IN = (
    "New references are added, those on the list already are changed, nothing is removed: all rows are taken, or none. "
    "Never write names, dates of birth or addresses."
)
LIST_CHANGED = "The list was changed meanwhile. Look over what would change now, then take the file in."
REMOVING = (
    "For what was entered by mistake. What is settled stays on the list: give it its last state instead. Its history is "
    "kept either way."
)
ENTERED, FIRST = "Entered", "What it said at first"
NEAR = {"figure": "about the same figure", "review": "after the same review", "outcome": "about the same outcome"}


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def things(register: Register, number: int) -> str:
    """ "1 challenge", "3 actions of the plan"."""
    return f"{number:,} {THINGS[register.name][number != 1]}"


def _of(number: int, total: int, thing: str) -> str:
    """ "4 of 9 challenges", "none of 9 challenges"."""
    return f"{number if number else 'none'} of {counted(total, thing)}"


def _overdue(number: int) -> str:
    return f"{number or 'none'} {_are(number or 1)} overdue"


def answer(register: Register, held: Sequence[Item], found: Following) -> str:
    """What the list says, in a sentence: the title of the screen."""
    name = register.about.title
    if register is delivery.REGISTER:
        return f"{name}: {_delivered(found.delivery)}"
    if register is outcome_evidence.REGISTER:
        known = sum(row.item is not None for row in found.evidence)
        have = "has" if known == 1 else "have"
        return f"{name}: {known or 'none'} of {len(found.evidence)} {have if known else 'has'} evidence up to {found.quarter}"
    if not held:
        return f"{name}: nothing is entered yet"
    return f"{name}: {_standing(register, held, found)}"


def _standing(register: Register, held: Sequence[Item], found: Following) -> str:
    opened, late = sum(item.is_open for item in held), sum(is_late(item, found.today) for item in held)
    if register is risks.REGISTER:
        high = len(found.to_the_executive)
        goes = "goes" if high <= 1 else "go"
        return (
            f"{_of(opened, len(held), 'risk')} {_are(opened or 1)} open, {high or 'none'} {_are(high or 1)} at or above "
            f"{found.settings.risk_threshold} and {goes} to the Executive"
        )
    if register is case_actions.REGISTER:
        waiting = len(found.to_moderate)
        waits = "waits" if waiting <= 1 else "wait"
        return f"{_of(late, len(held), 'action')} {_are(late or 1)} overdue, {waiting or 'none'} {waits} for moderation"
    if register is audits.REGISTER:
        reported = sum(item.state in (audits.REPORTED, audits.AUDITED_AGAIN) for item in held)
        again = f"{late or 'no'} {'repetition is' if late <= 1 else 'repetitions are'} overdue"
        return f"{_of(reported, len(held), 'audit')} {_are(reported or 1)} reported, {again}"
    thing, _ = THINGS[register.name]
    return f"{_of(opened, len(held), thing)} {_are(opened or 1)} open, {_overdue(late)}"


def _delivered(rows: Sequence[DeliveryRow]) -> str:
    done, late = sum(row.is_done for row in rows), sum(row.is_overdue for row in rows)
    silent = sum(row.item is None for row in rows)
    reported = f"{silent or 'none'} {_are(silent or 1)} not reported"
    return f"{_of(done, len(rows), 'action')} {_are(done or 1)} done, {_overdue(late)}, {reported}"


def detail(register: Register, held: Sequence[Item], found: Following) -> str:
    """A second sentence where the first one leaves something out; else empty."""
    if register.name == "challenges" and found.carried:
        number = len(found.carried)
        return f"{number} of the open ones {_are(number)} carried over from quarters before {found.quarter}."
    if register is risks.REGISTER and held:
        late = sum(is_late(item, found.today) for item in held)
        review = "review is" if late == 1 else "reviews are"
        return (
            f"The score is likelihood times impact, each from 1 to 5. {late or 'No'} {'review is' if not late else review} "
            f"overdue. The Executive is shown what is {found.settings.risk_threshold} or more after controls "
            "(setting SAFEGUARDING_RISK_THRESHOLD; 002:432 says “above 12” and leaves 12 itself open)."
        )
    if register is case_actions.REGISTER and held:
        drifts = [drift for item in held if (drift := item.drift(found.today))]
        if drifts:
            run = "has run" if len(drifts) == 1 else "have run"
            return (
                f"{counted(len(drifts), 'action')} {run} past the day agreed, by up to {counted(max(drifts), 'day')}."
            )
    if register is delivery.REGISTER:
        return WHOLE_PLAN
    return EVIDENCE_UP_TO if register is outcome_evidence.REGISTER else ""


def caption(register: Register, shown: int, total: int, choice: Choice) -> str:
    """What the table holds."""
    kept = things(register, total) if shown == total else f"{shown} of {things(register, total)}"
    return f"{register.about.title}: {kept}" + (", overdue only" if choice.overdue else "")


def nothing_fits(register: Register, total: int) -> str:
    if not total:
        return f"No {THINGS[register.name][0]} is entered yet."
    return f"None of {things(register, total)} fits what was chosen above."


def state_words(register: Register, state: str) -> str:
    """What a list can be narrowed to, as it is chosen."""
    if state == OPEN:
        return "what is not done" if register is delivery.REGISTER else "what is open"
    return "all" if state == ALL else state


def carried_words(item: Item, found: Following) -> str:
    """That an open challenge is of an earlier quarter; else empty."""
    return f"carried over to {found.quarter}" if item in found.carried else ""


def shortened(text: str) -> str:
    """The beginning of a long text, on one line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= SHOWN else plain[:SHOWN].rsplit(" ", 1)[0] + " …"


def day_words(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else BLANK


def late_words(item: Item, today: date) -> str:
    """ "overdue by 3 days"; empty for what is in time or settled."""
    return f"overdue by {counted(item.drift(today) or 0, 'day')}" if is_late(item, today) else ""


def row_late_words(row: DeliveryRow) -> str:
    return f"overdue by {counted((row.today - row.action.by).days, 'day')}" if row.is_overdue else ""


def drift_words(item: Item, today: date) -> str:
    """How far an action ran past its day."""
    drift = item.drift(today)
    if drift is None:
        return BLANK
    if not drift:
        return "in time" if item.day(item.register.done) else "not due yet" if item.is_open else "in time"
    return f"{counted(drift, 'day')} late" + ("" if item.day(item.register.done) else " so far")


def moderation_words(item: Item) -> str:
    """What moderation found and recommends, or that it is waited for."""
    if item.cell("moderation"):
        found = f"{item.cell('moderation')}, {item.cell('moderated_on')}: {item.cell('recommendation').lower()}"
        return f"{found}; signed off {item.cell('signed_off_on')}" if item.cell("signed_off_on") else found
    return "Waits for moderation" if item.state == case_actions.DONE else "once it is done"


def repeat_words(item: Item, today: date) -> str:
    """Whether an audit is to be repeated, and was."""
    if item.cell("repeated_on"):
        return f"Repeated on {item.cell('repeated_on')}"
    due = item.day("repeat_due")
    if due is None:
        return "No repetition planned"
    return f"Due on {due:%d/%m/%Y}" + (f", {late}" if (late := late_words(item, today)) else "")


def score_words(item: Item, when: str) -> str:
    """ "12 (3 × 4)"."""
    score = risk_score(item, "before" if when == "before" else "after")
    if score is None:
        return BLANK
    return f"{score} ({item.cell(f'likelihood_{when}')} × {item.cell(f'impact_{when}')})"


def movement_words(item: Item) -> str:
    """How the score after controls last moved: "16 → 12 since 03/05/2024", or since when it stands."""
    steps = after_controls(item)
    if not steps:
        return BLANK
    if len(steps) == 1:
        return f"unchanged since {steps[0].day:%d/%m/%Y}"
    before, now = steps[-2].after, steps[-1].after
    assert before is not None and now is not None
    return f"{before} → {now} since {steps[-1].day:%d/%m/%Y} ({'higher' if now > before else 'lower'})"


def after_controls(item: Item) -> tuple[Movement, ...]:
    """The movements of the score after controls alone, oldest first."""
    found: list[Movement] = []
    for one in movement(item):
        if one.after is not None and (not found or found[-1].after != one.after):
            found.append(one)
    return tuple(found)


def executive_words(item: Item, settings: Settings) -> str:
    """The mark of a risk that goes to the Executive; empty for others."""
    return f"⚑ {settings.risk_threshold} or more: to the Executive" if crosses(item, settings) else ""


def item_answer(line: Line, found: Following) -> str:
    """What one item says, in a sentence: the title of its screen."""
    item = line.item
    if item is None:
        late = f", {row_late_words(line.row)}" if isinstance(line.row, DeliveryRow) and line.is_overdue else ""
        return f"{THINGS[delivery.REGISTER.name][0].capitalize()} {line.reference}: {line.state.lower()}{late}"
    parts = [item.state.lower()]
    if item.register is risks.REGISTER:
        parts += [f"score {risk_score(item, 'after')} after controls"]
        parts += ["goes to the Executive"] if crosses(item, found.settings) else []
        parts += ["review overdue"] if line.is_overdue else []
    elif isinstance(line.row, DeliveryRow):
        parts += [row_late_words(line.row)] if line.is_overdue else []
    elif line.is_overdue:
        parts += [late_words(item, found.today)]
    thing = "Evidence" if item.register is outcome_evidence.REGISTER else THINGS[item.register.name][0].capitalize()
    return f"{thing} {item.reference}: {', '.join(parts)}"


@dataclass(frozen=True)
class Step:
    """One version in the history of an item: who wrote it when and why, and (heading, from, to) of what it changed."""

    by: str
    at: datetime
    kind: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]

    @property
    def moment(self) -> str:
        return f"{self.at:%d/%m/%Y at %H:%M} UTC"


def history(item: Item) -> tuple[Step, ...]:
    """Every version, the latest first."""
    steps, before = [], dict[str, str]()
    for number, one in enumerate(item.versions):
        earlier = item.versions[number - 1] if number else None
        kind = _kind(one, earlier)
        steps.append(Step(one.written_by, one.written_at, kind, one.reason, changes(item.register, before, one.row)))
        before = one.row
    return tuple(reversed(steps))


def _kind(one: RegisterEntry, before: RegisterEntry | None) -> str:
    if before is None:
        return ENTERED
    return "Removed" if one.removed else "Entered again" if before.removed else "Changed"


def changes(register: Register, before: dict[str, str], after: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    """(heading, from, to) of every cell that differs, as people read them; a column that is no more keeps its name."""
    known = register.table.columns()
    return tuple(
        (heading(register, name), said(register, name, before.get(name, "")), said(register, name, after.get(name, "")))
        for name in known
        if before.get(name, "") != after.get(name, "")
    )


def change_words(before: str, after: str) -> str:
    return after if before == BLANK else f"{before} → {after if after != BLANK else 'blank'}"


def already_there(register: Register, reference: str) -> str:
    """Said to a writer who enters anew what stands on the list."""
    what = "Evidence for" if register is outcome_evidence.REGISTER else "A report on"
    return f"{what} {reference} is on the list already. Open it in the list and change it there; nothing was stored."


def meanwhile_words(now: RegisterEntry) -> str:
    """Said above a form that began from an earlier version."""
    how = "removed" if now.removed else "changed"
    return (
        f"While you were writing, {now.written_by} {how} this on {now.written_at:%d/%m/%Y at %H:%M} UTC: see its history. "
        "What you store counts instead; every version stays in the history."
    )


def sheet_words(added: int, changed: int, same: int) -> str:
    """What taking a spreadsheet in would do."""
    return (
        f"{counted(added, 'row')} would be added, {changed} changed, {same} {_are(same)} as before. Nothing is removed by a "
        "spreadsheet."
    )


def taken_in_words(done: Imported) -> str:
    return f"The spreadsheet is taken in: {done.sentence}"


def more_words(number: int) -> str:
    return f"And {counted(number, 'more kind')}; correct these first."


def action_words(row: DeliveryRow) -> str:
    """What the plan orders, with its day and place."""
    late = f", {row_late_words(row)}" if row.is_overdue else ""
    return f"{row.action.text} By {row.action.by:%d/%m/%Y}{late} ({row.action.place})."


def standing_words(item: Item, found: Following) -> tuple[str, ...]:
    """What follows from the cells of an item, in sentences."""
    if item.register is risks.REGISTER:
        mark = executive_words(item, found.settings)
        score = f"{score_words(item, 'before')} before controls, {score_words(item, 'after')} after them"
        return tuple(one for one in (f"{score}; after controls {movement_words(item)}.", mark) if one)
    if item.register is case_actions.REGISTER:
        return (f"Drift: {drift_words(item, found.today)}. Moderation: {moderation_words(item)}.",)
    if item.register is audits.REGISTER:
        return (f"{repeat_words(item, found.today)}.",)
    return tuple(f"{one[0].upper()}{one[1:]}." for one in (carried_words(item, found),) if one)


def blank_words(headings: Sequence[str]) -> str:
    return f"Not filled: {', '.join(headings)}."


def plain_score(score: int | None) -> str:
    return BLANK if score is None else str(score)


def neighbour_words(item: Item) -> str:
    return f"{item.reference}: {shortened(item.headline)} ({item.state.lower()})"


def learning_words(item: Item) -> str:
    """The caption of the learning points of an action's review."""
    return f"Learning points of {item.cell('review_kind').lower()} {item.cell('review_id')}, as the returns have them"
