"""One item of a register: all it says, how it came to say so, and what has to do with it."""

from __future__ import annotations

from collections.abc import Sequence

from dataset.quarter import Quarter, quarters_between
from dataset.register import Item, Register
from pages.parts.drawing import bullet_list, details, link, safe, table
from pages.parts.held import View
from pages.parts.register_table import indicator_link, item_link
from safeguarding_metrics.registers import case_actions, risks
from safeguarding_metrics.registers import wording as said
from safeguarding_metrics.registers.following import DeliveryRow, Following, movement
from safeguarding_metrics.registers.headings import heading
from safeguarding_metrics.registers.headings import said as as_read
from safeguarding_metrics.registers.listing import Line
from safeguarding_metrics.registers.listing import neighbours as found_near
from safeguarding_metrics.review_learning import learning


def says(register: Register, line: Line, found: Following) -> str:
    """Every cell under its heading, and what follows from them."""
    parts = []
    if isinstance(line.row, DeliveryRow):
        parts.append(f'<p class="lead">{safe(said.action_words(line.row))}</p>')
    item = line.item
    if item is None:
        return "".join(parts)
    parts += [f'<p class="lead">{safe(words)}</p>' for words in said.standing_words(item, found)]
    filled = [name for name in register.table.columns() if item.cell(name)]
    pairs = "".join(f"<dt>{safe(heading(register, name))}</dt><dd>{_value(item, name)}</dd>" for name in filled)
    parts.append(f'<dl class="definition">{pairs}</dl>')
    blank = [heading(register, name) for name in register.table.columns() if not item.cell(name)]
    parts.append(f'<p class="quiet">{safe(said.blank_words(blank))}</p>' if blank else "")
    if register is risks.REGISTER:
        parts.append(_movement(item))
    return "".join(parts)


def _value(item: Item, name: str) -> str:
    if name == "indicator":
        return indicator_link(item)
    return _lines(as_read(item.register, name, item.cell(name)))


def _lines(text: str) -> str:
    return "<br>".join(safe(line) for line in text.split("\n"))


def _movement(item: Item) -> str:
    rows = [
        (
            f"{one.day:%d/%m/%Y}",
            safe(said.plain_score(one.before)),
            safe(said.plain_score(one.after)),
            safe(one.reason or "entered"),
        )
        for one in reversed(movement(item))
    ]
    heads = ("Since", "Before controls", "After controls", "Why")
    return table("How the score moved, the latest first", heads, rows, "movement")


def whole_history(item: Item) -> str:
    """Who wrote what, when and why; nothing is ever taken out of it."""
    rows = [
        (safe(step.moment), safe(step.by), f"{safe(step.kind)}{_changes(step)}", _lines(step.reason))
        for step in said.history(item)
    ]
    return "<h2>History</h2>" + table(
        "Every version, the latest first", ("When", "Who", "What changed", "Why"), rows, "history"
    )


def _changes(step: said.Step) -> str:
    items = [
        f"<strong>{safe(name)}</strong>: {_lines(said.change_words(before, after))}"
        for name, before, after in step.changes
    ]
    if not items:
        return ""
    return details(said.FIRST, bullet_list(items)) if step.kind == said.ENTERED else bullet_list(items)


def neighbours(seen: View, item: Item, every: Sequence[Item], quarter: Quarter) -> str:
    """Items about the same figure, review or outcome, and what that review is said to teach."""
    items = [
        f"{item_link(one.item.register, one.item.reference, said.neighbour_words(one.item), quarter)} "
        f'<span class="quiet">({safe(said.NEAR[one.why])})</span>'
        for one in found_near(item, every)
    ]
    near = f"<h2>What else has to do with it</h2>{bullet_list(items)}" if items else ""
    return near + (_learning(seen, item, quarter) if item.register is case_actions.REGISTER else "")


def _learning(seen: View, item: Item, quarter: Quarter) -> str:
    """The learning points that the returns hold of the action's review."""
    up_to = tuple(quarters_between(Quarter(2021, 1), quarter))
    points = seen.once(("all learning points", quarter, seen.today), lambda: learning(seen.reading, up_to, seen.today))
    own = [
        point
        for point in points.points
        if (point.review_kind, point.review) == (item.cell("review_kind"), item.cell("review_id"))
    ]
    if not own:
        return ""
    rows = [
        (safe(one.reference), safe(one.theme), safe(one.lead), f"{one.due_on:%d/%m/%Y}", safe(one.state)) for one in own
    ]
    heads = ("Point", "Theme", "Lead agency", "Due", "State")
    shown = table(said.learning_words(item), heads, rows)
    return f"<h2>Learning points of this review</h2>{shown}<p>{link('reviews', 'Reviews', quarter=str(quarter))}</p>"
