"""The sentences about reviews: what they keep finding, whether their clocks were kept, what is done about it."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from datetime import date
from typing import TYPE_CHECKING

from dataset.quarter import Quarter
from safeguarding_metrics import wording
from safeguarding_metrics.rare_events import RareEvents

if TYPE_CHECKING:
    from safeguarding_metrics.review_learning import Learning, PracticeRow, Tally
    from safeguarding_metrics.reviewing import Clock, Leading, RapidRow, Span, Themes

NOTHING = "No return about reviews has been sent yet"
WHERE_TO_START = (
    "Start with Upload: rapid reviews, SAR referrals, practice reviews and learning points are four returns."
)
CAUTION = (
    "Few cases: a count can change a lot by chance alone, and one review may have several themes, so a row adds to more "
    "than its reviews. Compare counts, not percentages."
)
RARE = (
    "The range is the exact 95% Poisson interval: the yearly averages that could well have brought this count. Years whose "
    "ranges overlap widely need not differ. So few events are listed and counted; they make no control chart."
)
CLOCK_STARTS = {
    "aware": "both clocks start on the day the council or a partner became aware",
    "notified": "the 5 days start on the day of becoming aware, the 15 days on the day of notification",
}
_DAYS_A_MONTH = 30.4375


def period(quarters: Sequence[Quarter], span: Span) -> str:
    """ "2022/23", "2023/24 so far, up to Q2", "the four quarters to 2023/24 Q2"."""
    last = quarters[-1]
    if span == "rolling":
        return f"the four quarters to {last}"
    if last.number == 4:
        return last.financial_year
    return f"{last.financial_year}{' so far,' if span == 'year' else ''} up to Q{last.number}"


def span_words(span: Span, quarter: Quarter) -> str:
    """What a period is called where it is chosen."""
    if span == "rolling":
        return f"Rolling year: the four quarters to {quarter}"
    if span == "before":
        before = quarter.plus(-4)
        return f"Year before: {before.financial_year} up to Q{before.number}"
    return f"Year to date: {quarter.financial_year} up to Q{quarter.number}"


def answer(leading: Leading, points: Learning, quarters: Sequence[Quarter], span: Span) -> str:
    """What do reviews keep finding, and is it being acted on? The title of the screen."""
    return f"{_found(leading, period(quarters, span))}; {_acted_on(points)}"


def _found(leading: Leading, when: str) -> str:
    count, themes = leading.count, leading.themes
    if count is None:
        return f"No return of rapid reviews is in for {when}"
    if not count.n:
        return f"No rapid review was completed in {when}"
    if not themes:
        return f"No theme is recorded for {wording.counted(count.n, 'rapid review')} of {when}"
    figure = of_words(count.k, count.n)
    if len(themes) > 2:
        return f"No theme of reviews stands out: {len(themes)} were each found in {figure} in {when}"
    if len(themes) == 2:
        return f"Reviews most often found “{themes[0]}” and “{themes[1]}” ({figure} each in {when})"
    keep = "keep finding" if leading.before and leading.before.k else "most often found"
    return f"Reviews {keep} “{themes[0]}” ({figure} in {when})"


def _acted_on(points: Learning) -> str:
    if points.as_sent is None:
        return "what is done about it has not been sent"
    tally = points.all
    if not tally.followed:
        return "no learning point was open"
    if tally.done == tally.followed:
        return f"every one of {wording.counted(tally.done, 'learning point')} is done"
    overdue = f"{tally.overdue} {_are(tally.overdue)} overdue" if tally.overdue else "none is overdue"
    return f"of {wording.counted(tally.followed, 'learning point')}, {tally.done} {_are(tally.done)} done and {overdue}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def of_words(k: int, n: int | None) -> str:
    """ "6 of 10"; a count without a whole stands alone."""
    return f"{k:,}" if n is None else f"{k:,} of {n:,}"


def detail(leading: Leading, points: Learning, themes: Themes, span: Span) -> str:
    """What belongs to the title, where a theme leads: the year before, how often it led, what is done about it."""
    said = []
    if 0 < len(leading.themes) <= 2:
        first = leading.themes[0]
        if leading.before and leading.before.n:
            when = "the four quarters before" if span == "rolling" else "the same quarters of the year before"
            that = "That" if len(leading.themes) == 1 else f"“{first}”"
            said.append(f"{that} was {of_words(leading.before.k, leading.before.n)} in {when}.")
        said.append(_led(first, themes))
        said.append(_about(points.about(first)) if points.as_sent is not None else "")
    if points.all.dropped:
        said.append(dropped_words(points.all))
    return " ".join(sentence for sentence in said if sentence)


def _led(theme: str, themes: Themes) -> str:
    """Said of two years or more: of one it says nothing."""
    with_cases = [year for year in themes.years if year.cases]
    if len(with_cases) < 2:
        return ""
    place = themes.words.index(theme)
    led = sum(year.found[place] == max(year.found) for year in with_cases)
    first, last = with_cases[-1].quarters[0].financial_year, with_cases[0].quarters[0].financial_year
    years = f"{len(with_cases)} years from {first} to {last}"
    if led == len(with_cases):
        return f"In every one of the {years} no theme was found more often."
    return f"In {led} of the {years} no theme was found more often."


def _about(tally: Tally) -> str:
    if not tally.followed:
        return f"No learning point about “{tally.name}” was open or done in this time."
    points = wording.counted(tally.followed, "learning point")
    if tally.done == tally.followed:
        return f"Every one of {points} about “{tally.name}” is done."
    late = f", {tally.overdue or 'none'} of them overdue"
    if tally.overdue == tally.open:
        late = " and overdue" if tally.open else ""
    return (
        f"Of {points} about “{tally.name}”, {tally.done} {_are(tally.done)} done "
        f"and {tally.open} {_are(tally.open)} open{late}."
    )


def dropped_words(tally: Tally) -> str:
    """Points that vanished from the return: neither open nor done."""
    points = wording.counted(tally.dropped, "learning point")
    was = "was" if tally.dropped == 1 else "were"
    return f"{points} {was} left out of the latest return without ever being done."


def overdue_words(tally: Tally) -> str:
    """ "2, the longest by 204 days"; "0"."""
    if not tally.overdue:
        return "0"
    longest = wording.counted(tally.longest_overdue, "day")
    return f"{tally.overdue}, {'by' if tally.overdue == 1 else 'the longest by'} {longest}"


def clock_mark(clock: Clock) -> tuple[str, str]:
    """Glyph and words: ("✔", "In time"), ("✖", "Late by 3 working days")."""
    if clock.late_by:
        return "✖", f"Late by {wording.counted(clock.late_by, 'working day')}"
    return "✔", "In time"


def clock_words(clock: Clock) -> str:
    """ "12 of 15 working days, in time up to 24/04/2023"."""
    return f"{clock.days} of {clock.limit} working days, in time up to {clock.due_on:%d/%m/%Y}"


def holidays_words(row: RapidRow) -> str:
    """Empty where no bank holiday lay in between."""
    return f"{wording.counted(row.holidays, 'bank holiday')} not counted" if row.holidays else ""


def late_words(rows: Sequence[RapidRow]) -> str:
    """ "Of 10 rapid reviews, 1 was notified late and 2 were completed late."; empty for no review."""
    if not rows:
        return ""
    notified = sum(bool(row.notify.late_by) for row in rows)
    completed = sum(bool(row.complete.late_by) for row in rows)
    if not notified and not completed:
        return f"Both clocks were kept in every one of {wording.counted(len(rows), 'rapid review')}."
    of_all = wording.counted(len(rows), "rapid review")
    return f"Of {of_all}, {_late(notified)} notified late and {_late(completed)} completed late."


def _late(number: int) -> str:
    return f"{number} were" if number > 1 else f"{number or 'none'} was"


def since_words(event: str, events: RareEvents, day: date) -> str:
    """ "61 days from the last rapid review to 30/09/2026."; `event` with its article."""
    if events.days_since_last is None:
        return f"{_first_upper(event)} has not been recorded up to {day:%d/%m/%Y}."
    return f"{wording.counted(events.days_since_last, 'day')} from the latest {_bare(event)} to {day:%d/%m/%Y}."


def _first_upper(words: str) -> str:
    return words[0].upper() + words[1:]


def _bare(event: str) -> str:
    return event.partition(" ")[2]


def rare_words(events: RareEvents | None) -> str:
    """ "10 (4.8 to 18.4)"; "no return"."""
    if events is None:
        return "no return"
    low, high = events.interval
    return f"{events.count} ({low:.1f} to {high:.1f})"


def lasted_words(days: int) -> str:
    """ "512 days, about 17 months"; under two months the days alone."""
    months = round(days / _DAYS_A_MONTH)
    return wording.counted(days, "day") + (f", about {months} months" if months >= 2 else "")


def due_words(row: PracticeRow) -> str:
    """The day it is to be published by, and how far that is past."""
    if row.due_on is None:
        return "no day set"
    late = f", {wording.counted(row.late_by, 'day')} past" if row.late_by else ""
    return f"{row.due_on:%d/%m/%Y}{late}"


def missing_words(missing: Sized) -> str:
    """ "2 returns not in"; empty when all are."""
    return f"{wording.counted(len(missing), 'return')} not in" if missing else ""


def as_sent_words(as_sent: Quarter | None, last: Quarter) -> str:
    """Which return says what is open, where it is not that of the last quarter; empty where it is."""
    if as_sent is None:
        return f"No return has been sent for any quarter up to {last}."
    return "" if as_sent == last else f"The return for {last} is not in: this is how things stood in {as_sent}."
