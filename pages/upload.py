"""Upload: an agency officer sends a return, told at each step what to do next."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from operator import attrgetter

import streamlit as st

from dataset.agencies import AGENCIES, DUTIES, STOCKPORT, Agency
from dataset.intake import send_nil
from dataset.ledger import Slot
from dataset.quarter import Quarter, quarters_between
from dataset.returns_calendar import standing
from dataset.spreadsheets import template_name, template_xlsx
from dataset.table import ReturnType
from dataset.tables import return_named
from dataset.templates import example_csv, guide_rows, prefilled_csv, prefilled_rows
from pages.parts.choosing import pick
from pages.parts.drawing import details, draw, safe, table
from pages.parts.held import View, view
from pages.parts.uploading_findings import XLSX, findings, mended_so_far, mending, plain
from pages.parts.uploading_held import answered, held_for, hold, keep_answer, look_at, put_aside, refusal, taken_off
from pages.parts.uploading_sending import BY, earlier_receipts, receipt, refused, sending
from pages.parts.who import may
from safeguarding_metrics.wording import counted


def main() -> None:
    """Draw the screen."""
    seen = view()
    st.title("Send a return")
    senders = [one for one in AGENCIES if any(duty.agency is one for duty in DUTIES) and may("send", one.code)]
    if not senders:
        draw(
            '<p class="lead">Your role looks and sends nothing. Ask the business unit for the account of a sender.</p>'
        )
        return
    slot = _choose(seen, senders)
    chosen = return_named(slot.dataset)
    if done := answered(slot):
        receipt(seen, *done)
        return
    _help(chosen, slot)
    _file(seen, slot, chosen)
    _nil(seen, slot)
    earlier_receipts(seen)


def _choose(seen: View, sending: list[Agency]) -> Slot:
    st.header("1. Which return")
    latest = Quarter.of(datetime.now(UTC).date()).plus(-1)
    left, middle, right = st.columns(3)
    who: Agency = pick(
        "Agency", "agency", sending, sending[0], code=attrgetter("code"), shown=lambda a: a.name, place=left
    )
    owed = [return_named(duty.dataset) for duty in DUTIES if duty.agency == who]
    what = pick(
        "Return", "return", owed, owed[0], code=attrgetter("about.name"), shown=lambda t: t.about.title, place=middle
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


def _help(chosen: ReturnType, slot: Slot) -> None:
    about, quarter = chosen.about, slot.quarter
    template, known = template_name(chosen, quarter), prefilled_rows(chosen, slot.agency, quarter)
    draw(f'<p class="quiet">One row is {safe(about.one_row_is)}. Never send names, dates of birth or addresses.</p>')
    with st.container(horizontal=True):
        st.download_button("Template (Excel)", partial(template_xlsx, chosen, known), template, XLSX, on_click="ignore")
        st.download_button(
            "Template (CSV)",
            prefilled_csv(chosen, slot.agency, quarter),
            template.replace(".xlsx", ".csv"),
            "text/csv",
            on_click="ignore",
        )
        st.download_button(
            "Example with invented rows (CSV)",
            example_csv(chosen, quarter),
            template.replace("template.xlsx", "example.csv"),
            "text/csv",
            on_click="ignore",
        )
    rows = [
        (safe(row["column"]), safe(row["meaning"]), safe(row["needed"]), safe(row["write"]), safe(row["rules"]))
        for row in guide_rows(chosen)
    ]
    heads = ("Column", "Meaning", "Needed", "What to write", "Rules")
    draw(details("Column guide: what each column means and accepts", table(f"Columns of {about.title}", heads, rows)))


def _file(seen: View, slot: Slot, chosen: ReturnType) -> None:
    st.header("2. The file")
    _added(slot, chosen)
    if said := refusal(slot):
        refused(said)
    held = held_for(slot)
    if held is None:
        return
    look = look_at(seen, held)
    st.header("3. What was found")
    mended_so_far(held)
    findings(held, look.checked)
    if look.checked.accepted:
        sending(seen, held, look)
        return
    draw(
        '<p class="lead">Nothing was stored. Correct these in your file and add it again above: '
        "the new file takes the place of this one.</p>"
    )
    mending(held, look.checked)


def _added(slot: Slot, chosen: ReturnType) -> None:
    """The uploader. A widget forgets its file when the screen is left; the session keeps it."""
    key = f"file_{slot.agency}_{slot.dataset}_{slot.quarter.id}"
    uploaded = st.file_uploader(
        f"{chosen.about.title} for {slot.quarter}, as Excel workbook (.xlsx) or CSV",
        type=["csv", "txt", "xlsx"],
        key=key,
        on_change=taken_off,
        args=(key,),
    )
    if uploaded is not None:
        hold(slot, uploaded.name, uploaded.file_id, uploaded.getvalue())
        draw(
            '<p class="quiet">You may leave this screen and come back: the file stays here until it is sent or replaced, '
            "or this window is closed.</p>"
        )
    elif held := held_for(slot):
        st.info(f"{plain(held.name)} is still here from before. Send it below, or add another file in its place.")
        st.button("Put this file aside", on_click=put_aside)


def _nil(seen: View, slot: Slot) -> None:
    if slot in seen.reading.counting:
        return
    with st.expander("Nothing to report for this quarter? Send a nil return"), st.form("nil"):
        by = st.text_input(BY, max_chars=80, key="nil_by")
        reason = st.text_input("Why there is nothing to report", max_chars=300)
        pressed = st.form_submit_button("Send a nil return")
        if pressed and by.strip() and reason.strip():
            keep_answer(send_nil(seen.store, slot, sent_by=by, reason=reason), None)
            st.rerun()
        elif pressed:
            st.error("Fill in who sends this and why there is nothing to report.")


main()
