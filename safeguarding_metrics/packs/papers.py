"""The papers of a meeting: the pack for the Quality Assurance Partnership and the report to the Executive."""

from __future__ import annotations

from typing import Literal

from safeguarding_metrics.meetings.record import Record
from safeguarding_metrics.packs import parts
from safeguarding_metrics.packs.blocks import Bullets, Paper, Paragraph, Section
from safeguarding_metrics.packs.showing import Shown

Kind = Literal["pack", "executive"]
KINDS: dict[Kind, str] = {
    "pack": "Performance pack for the meeting",
    "executive": "The chair's quarterly report to the Executive",
}


def paper_of(kind: Kind, shown: Shown, sha256: str) -> Paper:
    """A paper from a record as it may be shown; `sha256` is that of the frozen record."""
    record = shown.record
    meeting, versions = record["meeting"], record["versions"]
    sections = _pack(record) if kind == "pack" else _executive(record)
    return Paper(
        title=f"{KINDS[kind]}, {meeting['quarter']}",
        subtitle=f"{meeting['group']}: {meeting['name']}, {parts.day(meeting['date'])}",
        answer=f"{record['progress']['answer']}.",
        marking=shown.marking,
        invented=record["invented"],
        facts=(
            ("Meeting", f"{meeting['group']}, {parts.day(meeting['date'])}"),
            ("Quarter", meeting["quarter"]),
            ("Plan", versions["plan_title"]),
            ("Figures as at", f"{record['shown_at'][:10]} {record['shown_at'][11:16]} UTC"),
            ("Last entry of the ledger", str(versions["ledger_entry"])),
            ("Version of the definitions", versions["definitions"]),
            ("Record (SHA-256)", sha256),
        ),
        sections=tuple(sections),
        made_from=record["shown_at"],
        file_name=f"{kind}_{meeting['quarter'].replace('/', '-').replace(' ', '_')}_{meeting['reference']}",
    )


def _pack(record: Record) -> list[Section]:
    return [
        in_short(record),
        parts.on_course(record),
        parts.off_course(record),
        parts.cannot_be_judged(record),
        parts.owed_to_us(record),
        parts.challenges(record),
        parts.risks(record),
        parts.overdue(record),
        parts.data_quality(record),
        *(section for one in record["priorities"] for section in parts.priority(record, one)),
        parts.figures(record),
    ]


def _executive(record: Record) -> list[Section]:
    """Short: what the Executive must know, decide and ask."""
    return [
        in_short(record),
        parts.risks(record),
        parts.off_course(record),
        parts.cannot_be_judged(record),
        parts.owed_to_us(record),
        parts.overdue(record),
        _for_decision(record),
        parts.data_quality(record),
    ]


def in_short(record: Record) -> Section:
    registers = record["registers"]
    open_challenges = [one for one in registers["challenges"] if one["open"]]
    high = [one for one in registers["risks"] if one["to_the_executive"]]
    delivery = registers["delivery"]
    done, late = (sum(test(one) for one in delivery) for test in (_is_done, lambda one: one["overdue"]))
    known = sum(bool(one["judgement"]) for one in registers["evidence"])
    items = (
        f"{record['quarter_answer']}.",
        f"Challenges: {len(open_challenges)} open, {sum(one['overdue'] for one in open_challenges)} overdue.",
        f"Risks scored {registers['threshold']} and over: {len(high)}.",
        f"The plan's actions: {done} of {len(delivery)} done, {late} overdue.",
        f"Outcomes without a number: evidence for {known} of {len(registers['evidence'])}.",
    )
    detail = record["progress"]["detail"]
    answer = Paragraph(f"{record['progress']['answer']}.", strong=True)
    return Section("In short", (answer, *((Paragraph(detail),) if detail else ()), Bullets(items)))


def _is_done(one: dict[str, object]) -> bool:
    return one["state"] == "Done"


def _for_decision(record: Record) -> Section:
    """What the Executive is asked for: risks that reached it, agencies to be spoken to, recommendations."""
    asked = [
        f"Risk {one['reference']}, {one['headline']}: accept it at {one['after']}, or order more to be done."
        for one in record["registers"]["risks"]
        if one["to_the_executive"]
    ]
    asked += [
        f"Action {one['reference']} of {one['owner']} was referred by moderation: {one['headline']}"
        for one in record["registers"]["case_actions"]
        if one["cells"].get("recommendation") == "Take to the Executive" and one["open"]
    ]
    silent = sorted({one["agency"] for one in record["missing_returns"]})
    if silent:
        asked.append(f"Returns are missing: ask {', '.join(silent)} when they will come.")
    return Section("For decision", (Bullets(tuple(asked)) if asked else Paragraph("Nothing needs a decision."),))
