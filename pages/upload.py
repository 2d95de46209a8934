"""Upload: an agency officer sends a return, told at each step what to do next."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import UTC, datetime

import streamlit as st

from dataset.agencies import AGENCIES, DUTIES, STOCKPORT, Agency, agency
from dataset.checking import Checked, Finding, check
from dataset.checking.findings import Group, grouped
from dataset.intake import Answer, send, send_nil
from dataset.ledger import Slot, Submission
from dataset.quarter import Quarter, quarters_between
from dataset.receipts import receipt_text
from dataset.returns_calendar import standing
from dataset.table import ReturnType
from dataset.tables import return_named
from dataset.templates import example_csv, guide_rows, template_csv
from pages.parts.choosing import pick
from pages.parts.drawing import badge_of_severity, details, draw, safe, table
from pages.parts.held import View, view
from safeguarding_metrics.wording import counted

STAGED, CHECKED, DONE = "staged_file", "checked_file", "sent_return"
SHOWN_GROUPS = 100


def main() -> None:
    """Draw the screen."""
    seen = view()
    st.title("Send a return")
    slot = _choose(seen)
    chosen = return_named(slot.dataset)
    answer = st.session_state.get(DONE)
    if isinstance(answer, Answer) and answer.entry.slot == slot:
        _receipt(seen, answer)
        return
    _help(chosen, slot.quarter)
    _file(seen, slot, chosen)
    _nil(seen, slot)


def _choose(seen: View) -> Slot:
    st.header("1. Which return")
    latest = Quarter.of(datetime.now(UTC).date()).plus(-1)
    sending = [a for a in AGENCIES if any(duty.agency is a for duty in DUTIES)]
    left, middle, right = st.columns(3)
    who: Agency = pick(
        "Agency", "agency", sending, sending[0], code=lambda a: a.code, shown=lambda a: a.name, place=left
    )
    owed = [return_named(duty.dataset) for duty in DUTIES if duty.agency == who]
    what = pick(
        "Return", "return", owed, owed[0], code=lambda t: t.about.name, shown=lambda t: t.about.title, place=middle
    )
    offered = list(reversed(quarters_between(Quarter(2021, 1), latest.plus(1))))
    if what.about.yearly:
        offered = [quarter for quarter in offered if quarter.number == 4]
    default = latest if latest in offered else offered[0]
    # Apart from the quarter looked at elsewhere: nobody sends for an old quarter because they read about it.
    quarter = pick("Quarter", "quarter", offered, default, place=right, kept_as="quarter_sent")
    slot = Slot(STOCKPORT.code, who.code, what.about.name, quarter)
    _stands(seen, slot)
    return slot


def _stands(seen: View, slot: Slot) -> None:
    duty = next(d for d in DUTIES if d.agency.code == slot.agency and d.dataset == slot.dataset)
    one = standing(seen.reading, duty, slot.quarter, datetime.now(UTC).date())
    words = f"{one.words}. Due on {one.due_on:%d/%m/%Y}."
    if one.entry is not None:
        words = (
            f"{one.words}: entry {one.entry.id}, {counted(one.entry.records, 'row')}, sent by {one.entry.sent_by} on "
            f"{one.entry.recorded_at:%d/%m/%Y}. A new file would restate it; both readings are kept."
        )
    draw(f'<p class="lead">{safe(words)}</p>')


def _help(chosen: ReturnType, quarter: Quarter) -> None:
    about, stem = chosen.about, f"{chosen.about.name}_{str(quarter).replace('/', '-').replace(' ', '_')}"
    draw(f'<p class="quiet">One row is {safe(about.one_row_is)}. Never send names, dates of birth or addresses.</p>')
    left, right = st.columns(2)
    left.download_button("Template (CSV)", template_csv(chosen), f"{stem}_template.csv", "text/csv")
    right.download_button(
        "Example with invented rows (CSV)", example_csv(chosen, quarter), f"{stem}_example.csv", "text/csv"
    )
    rows = [
        (safe(row["column"]), safe(row["meaning"]), safe(row["needed"]), safe(row["write"]), safe(row["rules"]))
        for row in guide_rows(chosen)
    ]
    heads = ("Column", "Meaning", "Needed", "What to write", "Rules")
    draw(details("Column guide: what each column means and accepts", table(f"Columns of {about.title}", heads, rows)))


def _file(seen: View, slot: Slot, chosen: ReturnType) -> None:
    st.header("2. The file")
    uploaded = st.file_uploader(
        f"{chosen.about.title} for {slot.quarter}, as CSV",
        type=["csv", "txt"],
        key=f"file_{slot.agency}_{slot.dataset}_{slot.quarter.id}",
    )
    if uploaded is not None:
        # A widget forgets its file when the screen is left; the session keeps it until it is sent or replaced.
        st.session_state[STAGED] = (slot, uploaded.name, uploaded.getvalue())
    staged = st.session_state.get(STAGED)
    if not staged or staged[0] != slot:
        return
    _, name, raw = staged
    checked = _checked(slot, chosen, raw)
    st.header("3. What was found")
    _findings(name, checked)
    if not checked.accepted:
        draw(
            '<p class="lead">Nothing was stored. Correct these in your file, save it as CSV, and add it again above: '
            "the new file takes the place of this one.</p>"
        )
        return
    _commit(seen, slot, name, raw, checked)


def _checked(slot: Slot, chosen: ReturnType, raw: bytes) -> Checked:
    """The findings, worked out once for a file however often the screen is drawn again."""
    key = (slot, hashlib.sha256(raw).hexdigest())
    known = st.session_state.get(CHECKED)
    if known and known[0] == key:
        return known[1]
    with st.spinner("Checking every cell…"):
        checked = check(raw, chosen, slot.quarter)
    st.session_state[CHECKED] = (key, checked)
    return checked


def _findings(name: str, checked: Checked) -> None:
    blocking = [finding for finding in checked.findings if finding.blocks]
    if blocking:
        rows = len({finding.record for finding in blocking})
        count = f"{len(blocking):,} {'thing' if len(blocking) == 1 else 'things'}"
        st.error(f"{count} to correct in {rows:,} {'place' if rows == 1 else 'rows'} of {_plain(name)}.")
    else:
        st.success(
            f"{counted(checked.records, 'row')} of {_plain(name)} pass{'es' if checked.records == 1 else ''} every check."
        )
    if not checked.findings:
        return
    groups = grouped(checked.findings)
    draw(table("Findings, the most serious first", HEADS, [_cells(group) for group in groups[:SHOWN_GROUPS]]))
    if len(groups) > SHOWN_GROUPS:
        draw(f'<p class="quiet">{len(groups) - SHOWN_GROUPS:,} more kinds are in the download.</p>')
    st.download_button("Download all findings (CSV)", _as_csv(checked.findings), "findings.csv", "text/csv")


HEADS = ("Found", "Rows in your file", "Column", "You wrote", "What to write instead")


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


def _as_csv(findings: tuple[Finding, ...]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(findings[0].as_json()), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _harmless(value) for key, value in finding.as_json().items()} for finding in findings)
    return "\ufeff" + text.getvalue()


def _harmless(value: object) -> object:
    """A cell that a spreadsheet will not take for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t") else value


def _plain(name: str) -> str:
    """A file name without the characters that Markdown obeys."""
    return "".join(c if c.isalnum() or c in " .-" else "_" for c in name)[:80]


def _commit(seen: View, slot: Slot, name: str, raw: bytes, checked: Checked) -> None:
    taken = seen.reading.counting.get(slot)
    st.header("4. Send it")
    draw(_preview(slot, checked, taken))
    with st.form("send"):
        by = st.text_input("Who sends this (your name or role)", max_chars=80)
        reason = ""
        if taken is not None:
            reason = st.text_input("Why the return is sent again", max_chars=300)
        pressed = st.form_submit_button("Send this return", type="primary")
    if not pressed:
        return
    if not by.strip() or (taken is not None and not reason.strip()):
        st.error("Fill in who sends this" + (" and why it is sent again." if taken is not None else "."))
        return
    _answer(send(seen.store, slot, raw, sent_by=by, file_name=name, reason=reason))


def _preview(slot: Slot, checked: Checked, taken: Submission | None) -> str:
    who = agency(slot.agency).name
    now = f"{counted(checked.records, 'row')} would be stored for {who}, {slot.quarter}."
    if taken is None:
        return f'<p class="lead">{safe(now)} Nothing was stored for it before.</p>'
    before = "a nil return" if taken.kind == "nil" else counted(taken.records, "row")
    then = f"They would count instead of {before} sent on {taken.recorded_at:%d/%m/%Y}, which stay readable."
    return f'<p class="lead">{safe(now)} {safe(then)}</p>'


def _nil(seen: View, slot: Slot) -> None:
    if slot in seen.reading.counting:
        return
    with st.expander("Nothing to report for this quarter? Send a nil return"), st.form("nil"):
        by = st.text_input("Who sends this (your name or role)", max_chars=80, key="nil_by")
        reason = st.text_input("Why there is nothing to report", max_chars=300)
        pressed = st.form_submit_button("Send a nil return")
        if pressed and by.strip() and reason.strip():
            _answer(send_nil(seen.store, slot, sent_by=by, reason=reason))
        elif pressed:
            st.error("Fill in who sends this and why there is nothing to report.")


def _answer(answer: Answer) -> None:
    if answer.accepted:
        st.session_state[DONE] = answer
        st.session_state.pop(STAGED, None)
        st.rerun()
    for finding in answer.findings:
        if finding.blocks:
            draw(f'<p class="lead">{badge_of_severity(finding.severity)} {safe(finding.sentence)}</p>')


def _receipt(seen: View, answer: Answer) -> None:
    text = receipt_text(answer.entry, store_version=seen.reading.version, invented=seen.invented)
    st.header("5. Receipt")
    if answer.result == "unchanged":
        st.info("This very file was received before; nothing has changed.")
    else:
        st.success("The return is stored.")
    draw(f'<pre class="receipt">{safe(text)}</pre>')
    st.download_button("Keep the receipt (text)", text, f"receipt_{answer.entry.id}.txt", "text/plain")
    if st.button("Send another return"):
        st.session_state.pop(DONE, None)
        st.rerun()


main()
