"""A register as a spreadsheet: taken away, and taken in again once it was shown what that would change."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dataset.checking.findings import Group, grouped
from dataset.quarter import Quarter
from dataset.register import Item, Register
from dataset.registering import LONGEST_REASON, take_in
from dataset.spreadsheets import template_xlsx
from dataset.templates import template_csv
from pages.parts.drawing import badge_of_severity, bullet_list, details, draw, safe, table
from pages.parts.held import View
from pages.parts.register_form import keep_answer, role
from pages.parts.uploading_findings import XLSX
from pages.parts.who import may
from safeguarding_metrics.registers import files
from safeguarding_metrics.registers import wording as said
from safeguarding_metrics.registers.files import SheetChanges, sheet_changes

SHOWN_AT_ONCE = 100
HEADS = ("Found", "Rows", "Column", "Written", "What to write instead")


def offer_files(seen: View, register: Register, shown: Sequence[Item], held: Sequence[Item]) -> None:
    """The list as it is narrowed, and all of it, to take away."""
    if not may("take_away"):
        return
    draw(f'<h2>Take it away</h2><p class="quiet">{safe(said.COMES_BACK)}</p>')
    with st.container(horizontal=True):
        for words, items, part in (("This list", shown, True), ("Everything", held, False)):
            name = partial(files.file_name, register, invented=seen.invented, part=part)
            st.download_button(
                f"{words} (Excel)",
                partial(files.as_xlsx, register, items, invented=seen.invented),
                name("xlsx"),
                XLSX,
                on_click="ignore",
                key=f"register_{words}_xlsx",
            )
            st.download_button(
                f"{words} (CSV)",
                partial(files.as_csv, register, items, invented=seen.invented),
                name("csv"),
                "text/csv",
                on_click="ignore",
                key=f"register_{words}_csv",
            )


def take_in_panel(seen: View, register: Register, held: Sequence[Item]) -> None:
    """Take in a spreadsheet: nothing is stored before what it would change was shown."""
    turn = st.session_state.get("register_turn", 0)
    with st.expander("Take in a spreadsheet"):
        _help(register)
        uploaded = st.file_uploader(
            f"{register.about.title}, as Excel workbook (.xlsx) or CSV",
            type=["csv", "txt", "xlsx"],
            key=f"register_file_{register.name}_{turn}",
        )
        if uploaded is None:
            return
        raw, today = uploaded.getvalue(), Quarter.of(seen.today)
        found = seen.once(
            ("register sheet", register.name, uploaded.file_id),
            lambda: sheet_changes(register, raw, held, today),
        )
        _findings(found)
        if not found.accepted:
            draw("<p>Nothing was stored. Correct these in the file and add it again.</p>")
            return
        _would_change(found)
        if found.does_something:
            _store(seen, register, raw, found, f"register_sheet_{register.name}_{uploaded.file_id}")


def _help(register: Register) -> None:
    draw(f"<p>{safe(said.TAKING_IN)}</p>")
    with st.container(horizontal=True):
        st.download_button(
            "Template (Excel)",
            partial(template_xlsx, register.table),
            f"{register.name}_template.xlsx",
            XLSX,
            on_click="ignore",
        )
        st.download_button(
            "Template (CSV)",
            template_csv(register.table),
            f"{register.name}_template.csv",
            "text/csv",
            on_click="ignore",
        )
    heads = ("Column", "What it is", "Meaning", "What to write", "Rules")
    rows = [tuple(safe(cell) for cell in row) for row in files.guide(register)]
    guide = table(f"Columns of {register.about.title}", heads, rows)
    draw(details("Column guide: what each column means and accepts", guide))


def _findings(found: SheetChanges) -> None:
    if not found.findings:
        return
    groups = grouped(found.findings)
    draw(table("Found in the file, the most serious first", HEADS, [_cells(one) for one in groups[:SHOWN_AT_ONCE]]))
    if len(groups) > SHOWN_AT_ONCE:
        draw(f'<p class="quiet">{safe(said.more_words(len(groups) - SHOWN_AT_ONCE))}</p>')


def _cells(group: Group) -> tuple[str, ...]:
    first = group.first
    return (
        f"{badge_of_severity(first.severity)} {safe(first.message)}",
        safe(", ".join(map(str, group.records)) or "whole file"),
        safe(first.column or ""),
        safe(first.value or ""),
        safe(first.fix or first.expected),
    )


def _would_change(found: SheetChanges) -> None:
    draw(f'<p class="lead">{safe(said.sheet_words(len(found.added), len(found.changed), found.same))}</p>')
    if found.added:
        draw(details("What would be added", bullet_list(map(safe, found.added))))
    rows = [
        (
            safe(reference),
            bullet_list(f"{safe(name)}: {safe(said.change_words(before, after))}" for name, before, after in cells),
        )
        for reference, cells in found.changed[:SHOWN_AT_ONCE]
    ]
    if rows:
        draw(table("What would be changed", ("Reference", "From → to"), rows))


def _store(seen: View, register: Register, raw: bytes, found: SheetChanges, key: str) -> None:
    shown = st.session_state.get(f"{key}_shown")
    with st.form(key):
        reason = st.text_input("Where it comes from, or why", max_chars=LONGEST_REASON, key=f"{key}_reason")
        by = role(key)
        pressed = st.form_submit_button("Take it in", type="primary")
    st.session_state[f"{key}_shown"] = found
    if not pressed:
        return
    if shown != found:
        st.info(said.LIST_CHANGED)
        return
    done = take_in(seen.store, register, raw, written_by=by, reason=reason or said.TAKEN_IN)
    if done.accepted:
        keep_answer(register, said.taken_in_words(done))
        st.rerun()
    draw(
        '<section class="panel" role="status"><h3>Nothing was stored</h3>'
        f"{bullet_list(safe(one.sentence) for one in done.findings if one.blocks)}</section>"
    )
