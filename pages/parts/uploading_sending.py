"""Sending a file that passes its checks: what it changes, the reasons asked for, and the receipt."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dataset.agencies import agency
from dataset.checking import Finding
from dataset.intake import Answer, send
from dataset.ledger import Slot, Submission
from dataset.mending import Change
from dataset.plausibility import query_key
from dataset.receipts import receipt_text
from dataset.restating import Comparison, RowChange
from dataset.tables import return_named
from pages.parts.drawing import badge_of_severity, bullet_list, details, draw, safe, table
from pages.parts.held import View
from pages.parts.uploading_held import Held, Look, go_on, keep_answer, meanwhile, receipts
from safeguarding_metrics.previewing import Preview
from safeguarding_metrics.wording import counted

SHOWN_AT_ONCE = 8
BY = "Who sends this (your name or role)"
KINDS = {"added": "+ New row", "removed": "− Row taken out", "changed": "↻ Row changed"}


def sending(seen: View, held: Held, look: Look) -> None:
    """The preview and the form; a return that came meanwhile is shown before anything can be sent over it."""
    st.header("4. Send it")
    taken = look.taken
    if taken is not None and taken.sha256 == look.digest:
        _received_already(seen, taken)
        return
    overtaken = meanwhile(look, held)
    if overtaken:
        draw(_overtaken(taken))
    draw(_what_counts(held.slot, look))
    if look.comparison is not None:
        draw(_rows_changed(look.comparison))
    if look.preview is not None:
        draw(_figures_changed(look.preview))
    _form(seen, held, look, overtaken)


def _form(seen: View, held: Held, look: Look, overtaken: bool) -> None:
    asked = [finding for finding in look.checked.findings if finding.severity == "query"]
    with st.form("send"):
        reasons = _reasons(asked, look.digest)
        by = st.text_input(BY, max_chars=80, persist_state="session", key="sent_by")
        again = ""
        if look.taken:
            again = st.text_input("Why the return is sent again", max_chars=300, key=f"again_{held.slot}")
        words = "Send as restatement" if look.taken else "Send this return"
        pressed = st.form_submit_button(words, type="primary")
    if not pressed or overtaken:
        return
    wanting = _wanting(by, again, look.taken is not None, reasons)
    if wanting:
        st.error(f"Fill in {wanting}.")
        return
    with st.spinner("Storing the return…"):
        answer = send(
            seen.store,
            held.slot,
            held.raw,
            sent_by=by,
            file_name=held.name_in_ledger,
            reason=again,
            reasons=reasons,
            known=look.alone,
        )
    keep_answer(answer, held)
    st.rerun()


def _reasons(asked: list[Finding], digest: str) -> dict[str, str]:
    """A field for each query of this very file: a reason never passes to another one."""
    if not asked:
        return {}
    draw('<p class="lead">Please check: correct the file or give a reason. The reason is shown with the figure.</p>')
    reasons = {}
    for number, query in enumerate(asked, start=1):
        draw(f"<p>{badge_of_severity('query')} {number}. {safe(query.message)}</p>")
        key = query_key(query)
        reasons[key] = st.text_input(f"Reason for check {number}", max_chars=300, key=f"reason_{digest[:16]}_{key}")
    return reasons


def _wanting(by: str, again: str, taken: bool, reasons: Mapping[str, str]) -> str:
    missing = [] if by.strip() else ["who sends this"]
    if taken and not again.strip():
        missing.append("why it is sent again")
    if not all(reason.strip() for reason in reasons.values()):
        missing.append("a reason for each thing to check")
    return ", and ".join(missing)


def _overtaken(taken: Submission | None) -> str:
    if taken is None:
        return (
            '<section class="panel" role="status"><h2>The earlier return was withdrawn meanwhile</h2>'
            "<p>Nothing of yours was stored yet. The file can now be sent as a first return.</p></section>"
        )
    what = "a nil return" if taken.kind == "nil" else counted(taken.records, "row")
    return (
        '<section class="panel" role="status"><h2>This return came from somebody else meanwhile</h2>'
        f"<p>Entry {taken.id}: {safe(what)}, sent by {safe(taken.sent_by)} on {taken.recorded_at:%d/%m/%Y at %H:%M} UTC. "
        "Nothing of yours was stored. Look at what your file would change; to correct that return, give a reason and send "
        "yours as a restatement. Both readings are kept.</p></section>"
    )


def _what_counts(slot: Slot, look: Look) -> str:
    who, taken = agency(slot.agency).name, look.taken
    now = f"{counted(look.checked.records, 'row')} would be stored for {who}, {slot.quarter}."
    if taken is None:
        return f'<p class="lead">{safe(now)} Nothing was stored for it before.</p>'
    before = "a nil return" if taken.kind == "nil" else counted(taken.records, "row")
    then = f"They would count instead of {before} sent on {taken.recorded_at:%d/%m/%Y}, which stay readable."
    return f'<p class="lead">{safe(now)} {safe(then)}</p>'


def _rows_changed(compared: Comparison) -> str:
    words = f"{compared.added:,} new, {compared.removed:,} taken out, {compared.changed:,} changed, {compared.same:,} the same."
    if not compared.examples:
        return f"<h3>What changes in the rows</h3><p>{words}</p>"
    total = compared.added + compared.removed + compared.changed
    caption = (
        "Rows that differ"
        if total <= len(compared.examples)
        else f"{len(compared.examples)} of {total:,} rows that differ"
    )
    rows = [(safe(one.key), KINDS[one.kind], _row_change(one)) for one in compared.examples]
    shown = table(caption, ("Row", "What becomes of it", "Cells"), rows, "changes")
    if len(rows) > SHOWN_AT_ONCE:
        shown = details(f"Look at {caption[0].lower()}{caption[1:]}", shown)
    return f"<h3>What changes in the rows</h3><p>{words}</p>{shown}"


def _row_change(one: RowChange) -> str:
    if one.kind == "changed":
        return bullet_list(
            f"{safe(column)}: {safe(before or 'blank')} → {safe(after or 'blank')}"
            for column, before, after in one.columns
        )
    cells = "; ".join(f"{column}: {after or before}" for column, before, after in one.columns)
    return f'<span class="quiet">{safe(cells)}</span>'


def _figures_changed(found: Preview) -> str:
    """Statuses that change stand open; of many figures the list is one step behind."""
    verdicts = bullet_list(safe(one.sentence) for one in found.verdicts) if found.verdicts else ""
    figures = bullet_list(safe(one.sentence) for one in found.effects)
    if not found.effects:
        figures = "<p>No figure changes.</p>"
    elif len(found.effects) > SHOWN_AT_ONCE:
        figures = details(f"{counted(len(found.effects), 'figure')} would change: before and after", figures)
    return f"<h3>What changes in the figures</h3>{verdicts}{figures}"


def refused(answer: Answer) -> None:
    """What was said against the last sending; nothing of it was stored."""
    said = [finding for finding in answer.findings if finding.blocks or finding.severity == "query"]
    items = bullet_list(f"{badge_of_severity(one.severity)} {safe(one.sentence)}" for one in said)
    draw(f'<section class="panel" role="status"><h2>Nothing was stored</h2>{items}</section>')


def receipt(seen: View, answer: Answer, changes: tuple[Change, ...]) -> None:
    """The proof of a sending, and the way on."""
    st.header("5. Receipt")
    if answer.result == "unchanged":
        _unchanged(answer.entry)
    else:
        st.success("The return is stored.")
    _receipt(seen, answer.entry, changes)
    if st.button("Send another return", on_click=go_on):
        st.rerun()


def earlier_receipts(seen: View) -> None:
    """The receipts of what was sent from this window: going on to another return does not take them away."""
    kept = receipts()
    if not kept:
        return
    with st.expander(f"Receipts of what you sent from this window: {len(kept):,}"):
        for answer, changes in reversed(kept):
            entry = answer.entry
            st.download_button(
                f"Receipt of entry {entry.id}: {return_named(entry.slot.dataset).about.title}, {entry.slot.agency}, "
                f"{entry.slot.quarter} (text)",
                _receipt_text(seen, entry, changes),
                f"receipt_{entry.id}.txt",
                "text/plain",
                on_click="ignore",
                key=f"receipt_{entry.id}",
            )


def _received_already(seen: View, entry: Submission) -> None:
    _unchanged(entry)
    _receipt(seen, entry, ())


def _unchanged(entry: Submission) -> None:
    st.info(f"This very file was already received on {entry.recorded_at:%d/%m/%Y}; nothing has changed.")


def _receipt(seen: View, entry: Submission, changes: tuple[Change, ...]) -> None:
    text = _receipt_text(seen, entry, changes)
    draw(f'<pre class="receipt">{safe(text)}</pre>')
    st.download_button("Keep the receipt (text)", text, f"receipt_{entry.id}.txt", "text/plain", on_click="ignore")


def _receipt_text(seen: View, entry: Submission, changes: tuple[Change, ...]) -> str:
    return receipt_text(entry, store_version=seen.reading.version, invented=seen.invented, changes=changes)
