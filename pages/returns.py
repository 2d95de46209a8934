"""Returns: who has sent what, quarter by quarter, what is outstanding, and taking a return back."""

from __future__ import annotations

import streamlit as st

from dataset.intake import Answer
from dataset.ledger import Submission
from dataset.quarter import Quarter
from dataset.reminding import outstanding_csv, outstanding_line, outstanding_text
from dataset.returns_calendar import STATES, Standing, outstanding, overview
from dataset.tables import return_named
from dataset.withdrawing import withdraw
from pages.parts.choosing import pick_as_at
from pages.parts.drawing import badge_of_severity, bullet_list, details, draw, link, safe, table
from pages.parts.held import View, view
from pages.parts.taking import take_table
from pages.parts.who import may
from safeguarding_metrics import wording
from safeguarding_metrics.returns_files import ledger_table, standing_table

_ANSWER = "withdrawal_answer"


def main() -> None:
    """Draw the screen."""
    seen = view(pick_as_at())
    last = Quarter.of(seen.today)
    rows = seen.once(("returns", last, seen.today), lambda: overview(seen.reading, last, seen.today))
    owed = outstanding(rows)
    anything = bool(seen.reading.counting)
    st.title(_answer(owed, anything))
    _answered()
    if anything:
        draw(
            f'<p class="quiet">As of {seen.today:%d/%m/%Y}. Due dates are working days after the quarter ends; '
            "England's bank holidays do not count.</p>"
        )
        _outstanding(owed)
        draw(seen.once(("returns drawn", last, seen.today), lambda: _matrix(rows)))
        take_table(seen, lambda: standing_table(rows), "returns")
        draw(_key())
        _withdrawing(seen)
    else:
        draw(
            '<p class="lead">As soon as the first one is in, this screen shows who has sent what and what is still '
            f"outstanding. {link('upload', 'Send a return')}.</p>"
        )
    draw(seen.once(("ledger",), lambda: _ledger(seen.reading.entries)))
    if seen.reading.entries:
        take_table(seen, lambda: ledger_table(seen.reading.entries), "ledger", words="The whole ledger")


def _answer(owed: list[Standing], anything: bool) -> str:
    missing = sum(one.overdue for one in owed)
    if not anything:
        return "No return has been sent yet"
    if not missing:
        return "Every return that is due has been sent"
    return f"{missing} {'return is' if missing == 1 else 'returns are'} overdue"


def _outstanding(owed: list[Standing]) -> None:
    if not owed:
        return
    items = [safe(outstanding_line(one)) for one in owed]
    draw(f'<section class="panel"><h2>Outstanding</h2>{bullet_list(items)}</section>')
    if not may("take_away"):
        return
    with st.expander("Take the list of what is outstanding with you"):
        st.text_area("To copy into a message", outstanding_text(owed), height="content", key="outstanding_text")
        st.download_button(
            "Outstanding returns (CSV)", outstanding_csv(owed), "outstanding.csv", "text/csv", on_click="ignore"
        )


def _withdrawing(seen: View) -> None:
    """Taking back what counts; not while an earlier day is looked at."""
    if seen.reading.as_at is not None:
        return
    mine = (entry for entry in seen.reading.counting.values() if may("send", entry.slot.agency))
    counting = sorted(mine, key=lambda entry: -entry.id)
    if not counting:
        return
    named = seen.reading.carried.growing("entries named", ())
    named.update({entry.id: _named(entry) for entry in counting if entry.id not in named})
    with st.expander("Withdraw a return that was accepted"):
        draw(
            '<p class="quiet">The return stops counting on every screen at once and is owed again. Nothing is deleted: '
            "the ledger keeps it, and an earlier “As reported on” still shows it. To correct a return, send a new file "
            "instead.</p>"
        )
        with st.form("withdraw", border=False):
            chosen = st.selectbox(
                "Which return",
                [entry.id for entry in counting],
                index=None,
                format_func=named.__getitem__,
                placeholder="Choose an entry",
            )
            by = st.text_input("Who withdraws it (your name or role)", max_chars=80)
            reason = st.text_input("Why it is withdrawn", max_chars=300)
            pressed = st.form_submit_button("Withdraw this return")
        if not pressed:
            return
        entry = next((one for one in counting if one.id == chosen), None)
        if entry is None or not by.strip() or not reason.strip():
            st.error("Choose the return, and fill in who withdraws it and why.")
            return
        st.session_state[_ANSWER] = withdraw(seen.store, entry.slot, sent_by=by, reason=reason)
        st.rerun()


def _answered() -> None:
    """What became of a withdrawal, once."""
    answer = st.session_state.pop(_ANSWER, None)
    if not isinstance(answer, Answer):
        return
    if answer.accepted:
        taken_back = f"Entry {answer.entry.replaces} is withdrawn: {_slot_words(answer.entry)}."
        draw(f'<section class="panel calm" role="status"><p>{safe(taken_back)} It is owed again.</p></section>')
        return
    items = bullet_list(f"{badge_of_severity(one.severity)} {safe(one.sentence)}" for one in answer.findings)
    draw(f'<section class="panel" role="status"><h2>Nothing was withdrawn</h2>{items}</section>')


def _named(entry: Submission) -> str:
    held = "nil" if entry.kind == "nil" else wording.counted(entry.records, "row")
    return f"Entry {entry.id}: {_slot_words(entry)}, {held}"


def _slot_words(entry: Submission) -> str:
    return f"{return_named(entry.slot.dataset).about.title}, {entry.slot.agency}, {entry.slot.quarter}"


def _matrix(rows: list[list[Standing]]) -> str:
    heads = ("Return and agency", *(str(one.quarter) for one in rows[0]))
    body = []
    for row in rows:
        duty = row[0].duty
        name = f'{safe(return_named(duty.dataset).about.title)}<span class="sub">{safe(duty.agency.name)}</span>'
        body.append((name, *(_cell(one) for one in row)))
    return table("Each return for the last eight quarters", heads, body, "matrix")


def _cell(one: Standing) -> str:
    if one.state == "not asked":
        return ""
    entry = one.entry if one.entry and one.entry.kind != "nil" else None
    rows = f'<span class="sub">{wording.counted(entry.records, "row")}</span>' if entry else ""
    when = f'<span class="sub">{one.due_on:%d/%m/%Y}</span>' if one.state in ("due", "missing", "withdrawn") else ""
    return f'<span class="state state-{one.state.replace(" ", "-")}">{safe(one.words)}</span>{rows}{when}'


def _key() -> str:
    items = [
        f"{safe(glyph)} {safe(word)}: {safe(meaning)}" for glyph, word, meaning in STATES.values() if glyph.strip()
    ]
    return details("What the words mean", bullet_list(items))


def _ledger(entries: tuple[Submission, ...]) -> str:
    rows = [
        (
            f"Entry {e.id}",
            f"{e.recorded_at:%d/%m/%Y %H:%M} UTC",
            safe(_slot_words(e)),
            safe(_became(e)),
            safe(f"{wording.counted(e.records, 'row')}, {e.file_name}" if e.file_name else ""),
            safe(e.sent_by),
        )
        for e in reversed(entries[-60:])
    ]
    heads = ("Entry", "Received", "Return", "What became of it", "File", "Sent by")
    inner = table("The latest 60 entries of the ledger, newest first", heads, rows) if rows else "<p>Empty.</p>"
    return details(f"Ledger: {len(entries):,} entries, nothing is ever taken out", inner)


def _became(entry: Submission) -> str:
    if entry.status == "rejected":
        return "refused, nothing stored"
    if entry.status == "withdrawn":
        return f"withdrawn (entry {entry.replaces}): {entry.reason}"
    word = {"nil": "nil return", "restatement": "restatement"}.get(entry.kind, "accepted")
    return f"{word}: {entry.reason}" if entry.reason else word


main()
