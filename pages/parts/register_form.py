"""The forms of the registers: enter, change, remove. What was typed stays when it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dataset.columns import AnyOf, Column, Day, OneOf, Whole
from dataset.commentary import ABOUT_NOBODY
from dataset.counts.named_quarter import NamedQuarter
from dataset.quarter import Quarter, quarters_between
from dataset.register import Item, Register
from dataset.register_entry import RegisterEntry
from dataset.registering import LONGEST_REASON, Answer, remove, save
from dataset.words import Words
from pages.parts.drawing import bullet_list, draw, safe
from pages.parts.held import View
from pages.parts.narrating import BY
from pages.parts.register_table import item_link
from safeguarding_metrics.registers import wording as said
from safeguarding_metrics.registers.headings import finding_words, heading, word
from safeguarding_metrics.registers.listing import unreported

_ANSWER, _TURN, _ROLE = "answer_of_register", "register_turn", "register_role"
_FIRST, _LAST = date(1900, 1, 1), date(2099, 12, 31)


def enter_form(seen: View, register: Register, held: Sequence[Item], quarter: Quarter, about: str = "") -> None:
    """A form for a new item; `about` is the action or outcome of the plan it is for, where that is chosen already."""
    asked = about or st.query_params.get("new", "")
    key = f"register_new_{register.name}_{asked}_{st.session_state.get(_TURN, 0)}"
    begun = {"quarter": str(quarter)} | ({register.table.key[0]: asked} if asked and not register.prefix else {})
    with st.expander(said.ENTER[register.name], expanded=bool(asked)):
        draw(f'<p class="quiet">{safe(ABOUT_NOBODY)}</p>')
        with st.form(key):
            fixed = {"reference": ""} if register.prefix else {}
            row = _fields(seen, register, begun, key, fixed, held)
            by = _role(key)
            pressed = st.form_submit_button("Store it", type="primary")
        if not pressed:
            return
        _remember(by)
        if register.reference(row) in {item.reference for item in held}:
            draw(_panel("Nothing was stored", [said.already_there(register, register.reference(row))]))
            return
        _settled(register, row, save(seen.store, register, row, written_by=by))


def change_form(seen: View, item: Item) -> None:
    """A form that begins from the item as it stands; it keeps the version it began from until it is stored."""
    register, began = item.register, f"register_began_{item.register.name}_{item.reference}"
    known = {one.id: one for one in item.versions}
    version = known.get(st.session_state.setdefault(began, item.now.id), item.now)
    key = f"register_{register.name}_{item.reference}_{version.id}"
    with st.expander("Change it", expanded=version is not item.now):
        if version is not item.now:
            draw(_panel("Changed meanwhile", [said.meanwhile_words(item.now)]))
            st.button("Begin again from what it says now", on_click=_forget, args=(began,), key=f"{key}_again")
        with st.form(key):
            row = _fields(seen, register, version.row, key, {name: version.row[name] for name in register.table.key})
            reason = _reason("Why it is changed", key)
            by = _role(key)
            pressed = st.form_submit_button("Store the change", type="primary")
        if pressed:
            _remember(by)
            answer = save(seen.store, register, row, written_by=by, reason=reason, knowing=version.id)
            _settled(register, row, answer, began)


def remove_form(seen: View, item: Item) -> None:
    """A form to take an item off the list that was entered by mistake."""
    key = f"register_remove_{item.register.name}_{item.reference}_{item.now.id}"
    with st.expander("Remove it"):
        draw(f"<p>{safe(said.REMOVING)}</p>")
        with st.form(key):
            reason = _reason("Why it is removed", key)
            by = _role(key)
            pressed = st.form_submit_button("Remove it from the list")
        if pressed:
            _remember(by)
            act = remove(seen.store, item.register, item.reference, written_by=by, reason=reason, knowing=item.now.id)
            _settled(item.register, item.row, act)


def answered(register: Register) -> None:
    """What became of what was just stored, once."""
    kept = st.session_state.get(_ANSWER)
    if not kept or kept[0] != register.name:
        return
    st.session_state.pop(_ANSWER)
    _, sentence, entry = kept
    see = ""
    if entry is not None and not entry.removed:
        quarter = Quarter.parse(entry.row["quarter"])
        see = f" {item_link(register, entry.item, f'See {entry.item}', quarter)}."
    draw(f'<section class="panel calm" role="status"><p>{safe(sentence)}{see}</p></section>')


def keep_answer(register: Register, sentence: str, entry: RegisterEntry | None = None) -> None:
    """Keep what became of it for the next drawing, where every form begins anew."""
    st.session_state[_ANSWER] = (register.name, sentence, entry)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def role(key: str) -> str:
    """Who writes, as they said last time."""
    return _role(key)


def _settled(register: Register, row: Mapping[str, str], answer: Answer, began: str = "") -> None:
    """Say what was found, or keep the answer and draw the screen afresh."""
    if answer.result == "rejected":
        draw(_panel("Nothing was stored", [finding_words(register, row, one) for one in answer.findings]))
        return
    if answer.result == "unchanged":
        draw(_panel("Nothing was stored", [answer.sentence]))
        return
    keep_answer(register, answer.sentence, answer.entry)
    if began:
        _forget(began)
    st.query_params.pop("new", None)
    st.rerun()


def _forget(began: str) -> None:
    st.session_state.pop(began, None)


def _panel(title: str, sentences: Sequence[str]) -> str:
    items = bullet_list(safe(sentence) for sentence in sentences)
    return f'<section class="panel" role="status"><h3>{safe(title)}</h3>{items}</section>'


def _role(key: str) -> str:
    typed: str = st.text_input(
        BY, value=st.session_state.get(_ROLE, ""), max_chars=80, key=f"{key}_by", persist_state="session"
    )
    return typed


def _remember(by: str) -> None:
    st.session_state[_ROLE] = by


def _reason(label: str, key: str) -> str:
    typed: str = st.text_input(label, max_chars=LONGEST_REASON, key=f"{key}_reason", persist_state="session")
    return typed


def _fields(
    seen: View,
    register: Register,
    row: Mapping[str, str],
    key: str,
    fixed: Mapping[str, str],
    held: Sequence[Item] = (),
) -> dict[str, str]:
    """A field for every column that is not fixed, in the columns' order; short ones stand two abreast. The cells as text."""
    made, place = dict(fixed), _Places()
    for name, column in register.table.columns().items():
        if name in fixed:
            continue
        options = unreported(held) if (register.name, name) == ("delivery", "action") else None
        label = heading(register, name) + ("" if column.required else " (may stay blank)")
        with place.next(is_long=isinstance(column, Words) and column.is_long):
            made[name] = _field(seen, column, label, row.get(name, ""), f"{key}_{name}", options)
    return {name: made[name] for name in register.table.columns()}


class _Places:
    """Where the next field goes: short ones in pairs, so that reading and tabbing go the same way."""

    def __init__(self) -> None:
        self._free: list[Any] = []

    def next(self, *, is_long: bool) -> Any:
        if is_long:
            self._free = []
            return st.container()
        if not self._free:
            self._free = list(st.columns(2))
        return self._free.pop(0)


def _field(seen: View, column: Column, label: str, text: str, key: str, options: Sequence[str] | None) -> str:
    """The widget of a column's kind, with what the cell says now; what is in it, as the cell's text."""
    more: dict[str, Any] = {"help": column.meaning, "key": key, "persist_state": "session"}
    if isinstance(column, NamedQuarter):
        return _one_of(label, _quarters(seen, text), text, str, required=column.required, **more)
    if isinstance(column, OneOf):
        words = options if options is not None else column.codes.values
        return _one_of(label, words, text, lambda code: word(column, code), required=column.required, **more)
    if isinstance(column, AnyOf):
        chosen = [one for one in (part.strip() for part in text.split(";")) if one in column.codes.values]
        found = st.multiselect(label, column.codes.values, chosen, lambda code: word(column, code), **more)
        return "; ".join(found)
    if isinstance(column, Day):
        return _day(label, column, text, more)
    if isinstance(column, Whole):
        number = int(text) if text.isdecimal() and column.low <= int(text) <= column.high else None
        typed = st.number_input(label, column.low, column.high, number, 1, **more)
        return "" if typed is None else str(typed)
    longest = column.longest if isinstance(column, Words) else 32
    if isinstance(column, Words) and column.is_long:
        return str(st.text_area(label, text, max_chars=longest, **more))
    return str(st.text_input(label, text, max_chars=longest, **more))


def _one_of(
    label: str, codes: Sequence[str], text: str, shown: Callable[[str], str], *, required: bool, **more: Any
) -> str:
    """A select box; one that may stay blank has a blank to choose."""
    options = list(codes) if required else ["", *codes]
    index = options.index(text) if text in options else None
    chosen = st.selectbox(
        label, options, index, format_func=lambda code: shown(code) if code else "(blank)", placeholder="Choose", **more
    )
    return chosen or ""


def _quarters(seen: View, text: str) -> list[str]:
    """From the first quarter anything is held of to two years ahead, newest first: audits are planned."""
    every = [str(one) for one in reversed(quarters_between(Quarter(2021, 1), Quarter.of(seen.today).plus(8)))]
    return every if text in every or not text else [text, *every]


def _day(label: str, column: Column, text: str, more: Mapping[str, Any]) -> str:
    try:
        held = column.read(text) if text else None
    except ValueError:  # a definition has changed since it was written
        held = None
    chosen = st.date_input(label, held, _FIRST, _LAST, format="DD/MM/YYYY", **more)
    return f"{chosen:%d/%m/%Y}" if isinstance(chosen, date) else ""
