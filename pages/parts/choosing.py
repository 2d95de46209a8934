"""What is looked at lives in the address, so that a link shows the same screen to somebody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Literal, TypeVar

import streamlit as st

from dataset.meeting import Meeting
from dataset.meetings import meetings
from dataset.quarter import Quarter, quarters_between
from pages.parts.held import PLAN, View, view
from safeguarding_metrics.progressing import opening_quarter

T = TypeVar("T")

FIRST_DAY = date(2000, 1, 1)  # long before anything can have been reported


@dataclass(frozen=True)
class Words:
    """What a widget shows of its options, by their codes, all said beforehand.

    Streamlit keeps a widget's function for as long as the window is open, even when another screen is shown: a function
    of a screen would keep that drawing's figures with it, a megabyte and more a window.
    """

    code: Callable[[Any], str]
    said: dict[str, str]

    def __call__(self, option: Any) -> str:
        return self.said[self.code(option)]


def words_for(options: Iterable[T], shown: Callable[[T], str], code: Callable[[T], str] = str) -> Words:
    """The words of all options; `code`, which is kept, must be no function of a screen."""
    return Words(code, {code(option): shown(option) for option in options})


def pick(
    label: str,
    name: str,
    options: Sequence[T],
    default: T,
    *,
    code: Callable[[T], str] = str,
    shown: Callable[[T], str] = str,
    place: Any = None,
    kept_as: str = "",
    width: int | Literal["stretch"] = "stretch",
) -> T:
    """A select box whose choice is the address parameter `name`; anything unknown there is ignored.

    Screens share a choice of the same name unless they keep it under a name of their own. `width` is in pixels.
    """
    by_code = {code(option): option for option in options}
    asked = by_code.get(st.query_params.get(name, ""), default)
    chosen = (place or st).selectbox(
        label,
        options,
        index=options.index(asked),
        format_func=words_for(options, shown, code),
        key=f"pick_{kept_as or name}",
        persist_state="session",
        width=width,
    )
    keep_in_address(name, code(chosen))
    return chosen


def keep_in_address(name: str, value: str) -> None:
    """Write a choice into the address; one that stands there already is not sent to the browser again."""
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def quarters_on_offer(seen: View) -> list[Quarter]:
    """The quarters from the first return to the latest, newest first; the plan's when nothing was sent."""
    return seen.once(("quarters on offer",), lambda: _quarters_on_offer(seen))


def _quarters_on_offer(seen: View) -> list[Quarter]:
    held = {slot.quarter for slot in seen.reading.counting}
    first, last = min(held, default=PLAN.first), max(held, default=PLAN.last)
    return list(reversed(quarters_between(first, last)))


def pick_quarter(seen: View) -> Quarter:
    """The quarter in the sidebar; opens on the latest of the plan that has returns."""
    offered = quarters_on_offer(seen)
    opening = seen.once(("opening quarter",), lambda: opening_quarter(seen.reading, PLAN))
    return pick(
        "Quarter",
        "quarter",
        offered,
        opening if opening in offered else offered[0],
        shown=lambda quarter: f"{quarter} ({quarter.end:%b %Y})",
        place=st.sidebar,
    )


def pick_as_at() -> datetime | None:
    """The moment as at which figures are shown, None for the latest: a frozen meeting's, or the end of a day.

    A meeting that is not there and a day that cannot be are ignored.
    """
    seen = view()
    frozen = {one.reference: one for one in frozen_meetings(seen)}
    named = {"latest": "Latest", **{key: f"Meeting: {one.title}" for key, one in frozen.items()}, "day": "On a day…"}
    opening = "latest" if _asked_day() is None else "day"
    chosen = pick("As reported", "as_at_meeting", list(named), opening, shown=named.__getitem__, place=st.sidebar)
    if chosen == "day":
        return _pick_day()
    st.query_params.pop("as_at", None)
    return frozen[chosen].as_at if chosen in frozen else None


def frozen_meetings(seen: View) -> tuple[Meeting, ...]:
    """The meetings whose record is kept, the latest first."""
    return seen.once(("frozen meetings",), lambda: tuple(one for one in meetings(seen.reading) if one.is_frozen))


def as_reported(seen: View) -> str:
    """Which reports the figures are made of, in words."""
    moment = seen.reading.as_at
    if moment is None:
        return "latest reports"
    saw = seen.once(("the meeting that saw this",), lambda: _meeting_at(seen, moment))
    return f"as the meeting of {saw.title} saw them" if saw else f"as reported by {moment:%d/%m/%Y}"


def _meeting_at(seen: View, moment: datetime) -> Meeting | None:
    """A meeting's record is written after the moment it is of, so it is looked for among those known now."""
    return next((one for one in meetings(seen.store) if one.as_at == moment), None)


def _asked_day() -> date | None:
    with suppress(ValueError):
        asked = date.fromisoformat(st.query_params.get("as_at", ""))
        if FIRST_DAY <= asked <= datetime.now(UTC).date():
            return asked
    return None


def _pick_day() -> datetime | None:
    chosen = st.sidebar.date_input(
        "As reported on",
        value=_asked_day(),
        min_value=FIRST_DAY,
        max_value=datetime.now(UTC).date(),
        format="DD/MM/YYYY",
        key="pick_as_at",
        help="A day shows the figures as they had been reported by its end; leave it empty for the latest.",
        persist_state="session",
    )
    if not isinstance(chosen, date):
        st.query_params.pop("as_at", None)
        return None
    keep_in_address("as_at", chosen.isoformat())
    return datetime.combine(chosen, time.max, UTC)
