"""The list of a register as a table: each register shows what its readers ask of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dataset.quarter import Quarter
from dataset.register import Item, Register
from pages.parts.drawing import link, safe, table
from safeguarding_metrics.registers import delivery, outcome_evidence
from safeguarding_metrics.registers import wording as said
from safeguarding_metrics.registers.following import DeliveryRow, EvidenceRow, Following, quarter_of
from safeguarding_metrics.registers.headings import BLANK, agency_name, heading
from safeguarding_metrics.registers.headings import said as as_read
from safeguarding_metrics.registers.listing import Line

Cells = tuple[str, ...]


def register_table(register: Register, caption: str, shown: Sequence[Line], found: Following) -> str:
    """The lines of a list."""
    heads, cells = _TABLES[register.name]
    rows: list[Cells] = []
    section = ""
    for line in shown:
        if line.row is not None and section != line.row.priority.title:
            section = line.row.priority.title
            rows.append((f"{line.row.priority.number}. {safe(section)}",))
        rows.append(cells(line, found))
    return table(caption, heads, rows, f"register {register.name}")


def item_link(register: Register, reference: str, words: str, quarter: Quarter) -> str:
    """A link to one item; the moment looked at goes along."""
    return link("registers", words, register=register.name, item=reference, quarter=str(quarter), **_moment())


def list_link(register: Register, words: str, quarter: Quarter, **more: str) -> str:
    return link("registers", words, register=register.name, quarter=str(quarter), **more, **_moment())


def indicator_link(item: Item) -> str:
    """A link to the figure an item is about, at the quarter it is linked to; "" where it is about none."""
    name, quarter = item.cell("indicator"), quarter_of(item)
    if not name:
        return ""
    at = {"quarter": str(quarter)} if quarter else {}
    return link("indicator", as_read(item.register, "indicator", name), indicator=name, **at, **_moment())


def _moment() -> dict[str, str]:
    """The moment looked at, so that a link shows the same one."""
    asked = {name: st.query_params.get(name, "") for name in ("as_at", "as_at_meeting")}
    return {name: value for name, value in asked.items() if value not in ("", "latest")}


def _head(line: Line, found: Following) -> str:
    """What an item is, as a link to it, and the figure it is about."""
    item = line.item
    assert item is not None
    title = item_link(
        item.register, item.reference, f"{item.reference}: {said.shortened(item.headline)}", found.quarter
    )
    figure = indicator_link(item)
    linked = " · ".join(part for part in (safe(item.cell("quarter")), figure) if part)
    return title + _sub(linked)


def _sub(html: str) -> str:
    return f'<span class="sub">{html}</span>' if html else ""


def _alarm(words: str) -> str:
    return f'<span class="sub state-late">{safe(words)}</span>' if words else ""


def _due(item: Item, found: Following) -> str:
    return safe(said.day_words(item.day(item.register.due))) + _alarm(said.late_words(item, found.today))


def _item_of(line: Line) -> Item:
    assert line.item is not None
    return line.item


def _challenge(line: Line, found: Following) -> Cells:
    item = _item_of(line)
    latest = next((name for name in ("outcome", "action", "answer") if item.cell(name)), "")
    return (
        _head(line, found),
        safe(agency_name(item.owner)),
        safe(item.state) + _sub(safe(said.carried_words(item, found))),
        _due(item, found),
        f"{safe(heading(item.register, latest))}: {safe(said.shortened(item.cell(latest)))}" if latest else BLANK,
    )


def _risk(line: Line, found: Following) -> Cells:
    item = _item_of(line)
    mark = said.executive_words(item, found.settings)
    return (
        _head(line, found) + (f'<span class="badge badge-not_met">{safe(mark)}</span>' if mark else ""),
        safe(agency_name(item.owner)),
        safe(said.score_words(item, "before")),
        f'<span class="big">{safe(said.score_words(item, "after"))}</span>' + _sub(safe(said.movement_words(item))),
        safe(item.state),
        _due(item, found),
    )


def _audit(line: Line, found: Following) -> Cells:
    item = _item_of(line)
    late = line.is_overdue
    repeat = safe(said.repeat_words(item, found.today))
    return (
        _head(line, found),
        safe(item.cell("method")),
        safe(agency_name(item.owner)) + _sub(safe(as_read(item.register, "agencies", item.cell("agencies")))),
        safe(item.state),
        safe(item.cell("cases") or BLANK),
        f'<span class="state-late">{repeat}</span>' if late else repeat,
    )


def _case_action(line: Line, found: Following) -> Cells:
    item = _item_of(line)
    return (
        _head(line, found),
        safe(agency_name(item.owner)),
        safe(item.cell("review_id")) + _sub(safe(item.cell("review_kind"))),
        safe(item.state),
        _due(item, found),
        safe(said.drift_words(item, found.today)),
        safe(said.moderation_words(item)),
    )


def _decision(line: Line, found: Following) -> Cells:
    item = _item_of(line)
    return (
        _head(line, found),
        safe(item.cell("decided_by")) + _sub(safe(item.cell("decided_on"))),
        safe(agency_name(item.owner)),
        safe(item.state) + _sub(safe(item.cell("done_on"))),
        _due(item, found),
    )


def _delivery(line: Line, found: Following) -> Cells:
    row = line.row
    assert isinstance(row, DeliveryRow)
    item, register = row.item, delivery.REGISTER
    return (
        item_link(register, row.action.id, f"{row.action.id}: {row.action.text}", found.quarter)
        + _sub(safe(row.action.place)),
        f"{row.action.by:%d/%m/%Y}" + _alarm(said.row_late_words(row)),
        safe(row.state) + _sub(safe(item.cell("done_on") if item else "")),
        safe(agency_name(item.owner) if item else BLANK),
        (safe(said.shortened(item.cell("note") or BLANK)) + _sub(safe(item.cell("quarter")))) if item else BLANK,
    )


def _evidence(line: Line, found: Following) -> Cells:
    register, row, item = outcome_evidence.REGISTER, line.row, line.item
    if isinstance(row, EvidenceRow):
        words, reference = f"{row.outcome.id}: {row.outcome.title}", item.reference if item else ""
    else:
        assert item is not None
        words, reference = as_read(register, "outcome", item.cell("outcome")), item.reference
    outcome = line.reference.partition(" ")[0]
    title = (
        item_link(register, reference, words, found.quarter)
        if reference
        else list_link(register, words, found.quarter, new=outcome)
    )
    if item is None:
        return title, BLANK, safe(line.state), BLANK, BLANK
    return (
        title,
        safe(said.shortened(item.cell("evidence"))),
        safe(item.state),
        safe(item.cell("quarter")),
        safe(agency_name(item.owner)),
    )


_TABLES: dict[str, tuple[Cells, Callable[[Line, Following], Cells]]] = {
    "challenges": (("Challenge", "Asked of", "State", "Due", "What came of it so far"), _challenge),
    "risks": (("Risk", "Owner", "Before controls", "After controls", "State", "Next review"), _risk),
    "audits": (("Audit", "Method", "Led by, with", "State", "Cases", "Repetition"), _audit),
    "case_actions": (("Action", "Owner", "Review", "State", "Due", "Drift", "Moderation"), _case_action),
    "delivery": (("Action", "By", "State", "Owner", "What was done, what is in the way"), _delivery),
    "outcome_evidence": (("Outcome", "Evidence", "Judgement", "Evidence of", "Supplied by"), _evidence),
    "decisions": (("Decision", "Decided by", "Carried out by", "State", "Due"), _decision),
}
