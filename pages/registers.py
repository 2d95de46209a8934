"""Registers: what was challenged, what is at risk, audited, owed after reviews, delivered and decided, with its history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dataset.quarter import Quarter
from dataset.register import Item, Register
from dataset.register_entry import RegisterEntry
from dataset.registering import of_register
from dataset.versions import known
from pages.parts.choosing import pick, pick_as_at, pick_quarter
from pages.parts.drawing import draw, safe
from pages.parts.held import PLAN, View, view
from pages.parts.register_form import answered, change_form, enter_form, remove_form
from pages.parts.register_history import neighbours, says, whole_history
from pages.parts.register_import import offer_files, take_in_panel
from pages.parts.register_table import list_link, register_table
from pages.parts.who import may
from safeguarding_metrics.registers import REGISTERS, register_named
from safeguarding_metrics.registers import wording as said
from safeguarding_metrics.registers.following import Following, following
from safeguarding_metrics.registers.headings import agency_name
from safeguarding_metrics.registers.listing import (
    ALL,
    ANY,
    Choice,
    Line,
    falls_due,
    line_of,
    lines,
    linked_quarters,
    opening_state,
    owners,
    states,
)


@dataclass(frozen=True)
class Looked:
    """What the screen stands on: every item of every register, those of the one chosen, and what they come to."""

    every: tuple[Item, ...]
    held: tuple[Item, ...]
    found: Following


def main() -> None:
    """Draw the screen."""
    seen = view(pick_as_at())
    quarter = pick_quarter(seen)
    top, asked = st.container(), st.query_params.get("register", REGISTERS[0].name)
    titles = {one.name: one.about.title for one in REGISTERS}
    register = register_named(
        pick("Register", "register", list(titles), REGISTERS[0].name, shown=titles.__getitem__, kept_as="one_register")
    )
    looked = _looked(seen, register, quarter)
    wanted = st.query_params.get("item", "")
    line = line_of(register, wanted, looked.held, looked.found)
    if line is None:
        st.query_params.pop("item", None)
        with top:
            _head(register, looked)
        answered(register)
        if wanted and asked == register.name:
            draw(f'<p class="quiet">{safe(said.NO_SUCH)}</p>')
        _list(seen, register, looked, quarter)
        return
    with top:
        st.title(said.item_answer(line, looked.found))
    answered(register)
    _item(seen, register, line, looked, quarter)


def _looked(seen: View, register: Register, quarter: Quarter) -> Looked:
    return seen.once(("register", register.name, quarter, seen.today), lambda: _worked_out(seen, register, quarter))


def _worked_out(seen: View, register: Register, quarter: Quarter) -> Looked:
    versions = known(RegisterEntry, seen.reading)
    every = tuple(item for one in REGISTERS for item in of_register(versions, one))
    held = tuple(item for item in every if item.register is register)
    return Looked(every, held, following(versions, PLAN, quarter, seen.today, seen.settings))


def _head(register: Register, looked: Looked) -> None:
    st.title(said.answer(register, looked.held, looked.found))
    detail = said.detail(register, looked.held, looked.found)
    draw(
        (f'<p class="lead">{safe(detail)}</p>' if detail else "")
        + f'<p class="quiet">{safe(register.about.why)} ({safe(register.about.source)})</p>'
    )


def _list(seen: View, register: Register, looked: Looked, quarter: Quarter) -> None:
    choice = _choice(register, looked.held)
    total = lines(register, looked.held, looked.found, Choice(linked=choice.linked))
    shown = lines(register, looked.held, looked.found, choice)
    if seen.reading.as_at is not None:
        draw(f'<p class="quiet">{safe(said.EARLIER)}</p>')
    elif may("keep_registers"):
        enter_form(seen, register, looked.held, quarter)
    if shown:
        caption = said.caption(register, len(shown), len(total), choice)
        draw(register_table(register, caption, shown, looked.found))
    else:
        draw(f"<p>{safe(said.nothing_fits(register, len(total)))}</p>")
    offer_files(seen, register, [line.item for line in shown if line.item], looked.held)
    if seen.reading.as_at is None and may("keep_registers"):
        take_in_panel(seen, register, looked.held)


def _choice(register: Register, held: Sequence[Item]) -> Choice:
    """What the list is narrowed to; each register keeps its own."""
    name, places = register.name, st.columns(3)
    return Choice(
        state=pick(
            "Show",
            "state",
            states(register),
            opening_state(register),
            shown=lambda one: said.state_words(register, one),
            place=places[0],
            kept_as=f"register_state_{name}",
        ),
        owner=pick(
            "Agency",
            "owner",
            [ANY, *owners(held)],
            ANY,
            shown=lambda one: "any agency" if one == ANY else agency_name(one),
            place=places[1],
            kept_as=f"register_owner_{name}",
        ),
        linked=pick(
            "Linked to",
            "linked",
            [ANY, *map(str, linked_quarters(held))],
            ANY,
            shown=lambda one: "any quarter" if one == ANY else one,
            place=places[2],
            kept_as=f"register_linked_{name}",
        ),
        overdue=falls_due(register) and _only_overdue(name),
    )


def _only_overdue(name: str) -> bool:
    asked = st.query_params.get("overdue") == "yes"
    chosen = st.checkbox("Overdue only", value=asked, key=f"pick_register_overdue_{name}", persist_state="session")
    if chosen:
        st.query_params["overdue"] = "yes"
    else:
        st.query_params.pop("overdue", None)
    return chosen


def _item(seen: View, register: Register, line: Line, looked: Looked, quarter: Quarter) -> None:
    draw(f"<p>{list_link(register, f'← {register.about.title}: the whole list', quarter, state=ALL)}</p>")
    draw(says(register, line, looked.found))
    if seen.reading.as_at is not None:
        draw(f'<p class="quiet">{safe(said.EARLIER)}</p>')
    elif line.item is None:
        if may("keep_registers"):
            enter_form(seen, register, looked.held, quarter, about=line.reference)
    elif may("answer", line.item.owner):
        change_form(seen, line.item)
        if may("keep_registers"):
            remove_form(seen, line.item)
    if line.item is not None:
        draw(whole_history(line.item) + neighbours(seen, line.item, looked.every, quarter))


main()
