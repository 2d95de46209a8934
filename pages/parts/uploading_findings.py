"""What was found in a file, and mending it on the screen."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

import streamlit as st

from dataset.checking import Checked, Finding
from dataset.checking.findings import Group, grouped
from dataset.mending import can_be_mended, headings, own_rows
from dataset.spreadsheets import findings_xlsx
from pages.parts.drawing import badge_of_severity, bullet_list, details, draw, safe, table
from pages.parts.uploading_held import Held, as_received, mend
from safeguarding_metrics.wording import counted

SHOWN_GROUPS, MENDED_ROWS = 100, 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = ("Found", "Rows in your file", "Column", "You wrote", "What to write instead")
ROW, WRONG = "Row", "To correct"


def findings(held: Held, checked: Checked) -> None:
    """How the file stands in a sentence, then every finding by kind, then all of them to take away."""
    _verdict(held.name, checked)
    if not checked.findings:
        return
    groups = grouped(checked.findings)
    draw(table("Findings, the most serious first", HEADS, [_cells(group) for group in groups[:SHOWN_GROUPS]]))
    if len(groups) > SHOWN_GROUPS:
        draw(f'<p class="quiet">{len(groups) - SHOWN_GROUPS:,} more kinds are in the download.</p>')
    st.download_button(
        "All findings beside your rows (Excel)",
        partial(_as_xlsx, checked),
        "findings.xlsx",
        XLSX,
        on_click="ignore",
    )


def _verdict(name: str, checked: Checked) -> None:
    blocking = [finding for finding in checked.findings if finding.blocks]
    asked = sum(finding.severity == "query" for finding in checked.findings)
    if blocking:
        rows = len({finding.record for finding in blocking})
        count = f"{len(blocking):,} {'thing' if len(blocking) == 1 else 'things'}"
        st.error(f"{count} to correct in {rows:,} {'place' if rows == 1 else 'rows'} of {plain(name)}.")
        return
    passes = "passes" if checked.records == 1 else "pass"
    st.success(f"{counted(checked.records, 'row')} of {plain(name)} {passes} every check.")
    if asked:
        st.warning(f"Please check {asked:,} {'thing' if asked == 1 else 'things'}: correct the file or give a reason.")


def _cells(group: Group) -> tuple[str, ...]:
    first = group.first
    rows = ", ".join(str(record) for record in group.records) or "whole file"
    if group.count > len(group.records) > 0:
        rows += f" and {group.count - len(group.records):,} more"
    return (
        f"{badge_of_severity(first.severity)} {safe(first.message)}",
        safe(rows),
        safe(first.column or ""),
        safe(first.value or ""),
        safe(first.fix or first.expected),
    )


def _as_xlsx(checked: Checked) -> bytes:
    structure = checked.structure
    if structure is None:
        return findings_xlsx(checked.findings, [], [])
    records = {finding.record for finding in checked.findings if finding.record is not None}
    return findings_xlsx(checked.findings, own_rows(structure, records), headings(structure))


def plain(name: str) -> str:
    """A file name without the characters that Markdown obeys."""
    return "".join(c if c.isalnum() or c in " .-" else "_" for c in name)[:80]


def mending(held: Held, checked: Checked) -> None:
    """The rows with something to correct, to be corrected here; nothing where that would not help."""
    structure, rows = checked.structure, can_be_mended(checked.structure, checked.findings)
    if structure is None or not rows:
        return
    more = f" The first {MENDED_ROWS} of {len(rows):,} rows are shown." if len(rows) > MENDED_ROWS else ""
    draw(
        '<h3>Correct it here</h3><p class="quiet">Change the cells, then check again. Your own file stays as it is; the '
        "mended copy is sent, and the receipt lists every change. The row is the one Excel shows; the columns in question "
        f"come first.{more}</p>"
    )
    wrong, heads = _wrong_by_row(checked.findings), headings(structure)
    grid = [
        {ROW: record, WRONG: ", ".join(wrong[record]), **dict(zip(heads, cells, strict=True))}
        for record, cells in own_rows(structure, rows[:MENDED_ROWS])
    ]
    first = {column: None for record in rows[:MENDED_ROWS] for column in wrong[record] if column in heads}
    with st.form("mend", border=False):
        edited = _editor(
            grid, (*first, *(head for head in heads if head not in first)), key=f"mending_{held.digest[:16]}"
        )
        pressed = st.form_submit_button("Check the mended file", type="primary")
    if not pressed:
        return
    if mend(held, checked, {row[ROW]: {head: row[head] or "" for head in heads} for row in edited}):
        st.rerun()
    st.info("No cell was changed.")


def _editor(grid: list[dict], heads: tuple[str, ...], key: str) -> list[dict]:
    """The rows with the columns in question first, where a narrow screen shows them."""
    config = {head: st.column_config.TextColumn(head) for head in heads}
    config[ROW] = st.column_config.NumberColumn(ROW, pinned=True, width=60)
    config[WRONG] = st.column_config.TextColumn(WRONG, width=150)
    return st.data_editor(
        grid,
        column_config=config,
        column_order=[ROW, WRONG, *heads],
        disabled=[ROW, WRONG],
        hide_index=True,
        num_rows="fixed",
        key=key,
        alt="The rows of your file with something to correct",
    )


def _wrong_by_row(found: tuple[Finding, ...]) -> dict[int, list[str]]:
    """The columns in question by row, each once."""
    wrong: dict[int, list[str]] = defaultdict(list)
    for finding in found:
        if finding.record is not None and finding.column and finding.severity in ("error", "query"):
            wrong[finding.record] += [] if finding.column in wrong[finding.record] else [finding.column]
    return wrong


def mended_so_far(held: Held) -> None:
    """What was changed on the screen, to be looked over, taken away or undone."""
    if not held.changes:
        return
    count = counted(len(held.changes), "cell")
    items = [safe(change.sentence) for change in held.changes]
    draw(details(f"Mended here: {count}", bullet_list(items)))
    left, right = st.columns(2)
    left.download_button(
        "Keep the mended file (CSV)", held.raw, f"mended_{plain(held.name)}.csv", "text/csv", on_click="ignore"
    )
    right.button("Go back to the file as received", on_click=as_received)
