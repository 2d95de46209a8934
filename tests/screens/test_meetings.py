"""Meetings: planned, frozen, read from the record, compared with today, made into papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from meeting_life import HOUSING, NEGLECT, QUARTER, frozen, planned, sent
from streamlit.testing.v1 import AppTest

from dataset.meeting import Meeting
from dataset.meetings import meetings
from dataset.store import Store
from pages.parts.held import held_store
from safeguarding_metrics.meetings import wording as words
from screens.conftest import holding
from screens.opening import at_screen, fine, said, tags, title

ROLE = "Your role (no name is needed)"
MARKUP = "<img src=x onerror=1> **bold**"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A real store with one return of MAARS."""
    store = Store.open(tmp_path / "safeguarding.duckdb")
    sent(store, HOUSING, HOUSING, HOUSING, NEGLECT)
    store.close()
    with holding(tmp_path / "safeguarding.duckdb") as path:
        yield path


def press(at: AppTest, label: str) -> AppTest:
    (button,) = [one for one in at.button if one.label == label]
    return fine(button.click().run(timeout=120))


def fill(at: AppTest, key: str, name: str = "Review", day: date | None = date(2023, 8, 22), by: str = "Chair") -> None:
    at.text_input(key=f"{key}_name").set_value(name)
    at.date_input(key=f"{key}_day").set_value(day)
    at.text_input(key=f"{key}_by").set_value(by)
    at.selectbox(key=f"{key}_quarter").set_value(QUARTER)


def freeze(at: AppTest, meeting: Meeting, by: str = "Chair") -> AppTest:
    at.text_input(key=f"freeze_{meeting.reference}_by").set_value(by)
    return press(at, "Freeze this meeting")


def only() -> Meeting:
    (one,) = meetings(held_store())
    return one


# No meeting, planned


def test_without_a_meeting_it_offers_to_plan_one(empty: Path) -> None:
    at = at_screen("meetings")
    assert title(at) == words.NO_MEETING
    assert words.NO_MEETING_HELP in said(at)
    assert [one.label for one in at.button] == ["Plan this meeting"]


def test_all_that_is_wrong_with_a_plan_is_said_and_what_was_typed_stays(empty: Path) -> None:
    at = at_screen("meetings")
    at.text_input(key="meeting_new_name").set_value("Ring 0161 496 0000")
    at = press(at, "Plan this meeting")
    shown = said(at)
    assert "Nothing was stored" in shown and "The day cannot be read." in shown and "Write your role." in shown
    assert "holds what looks like" in shown
    assert at.text_input(key="meeting_new_name").value == "Ring 0161 496 0000"
    assert meetings(held_store()) == ()


def test_a_planned_meeting_is_shown_at_once_with_what_it_would_see(small: Path) -> None:
    at = at_screen("meetings")
    fill(at, "meeting_new")
    at = press(at, "Plan this meeting")
    assert title(at).startswith("Quality Assurance Partnership, 22/08/2023 (2023/24 Q1), not frozen yet: ")
    shown = said(at)
    assert "22/08/2023 (2023/24 Q1) is planned." in shown
    assert words.NOT_FROZEN in shown and words.PAPERS_NEED_A_RECORD in shown
    assert "returns are not sent: " in shown and "explanations are owed by " in shown
    assert at.query_params["meeting"] == "ME-0001"


def test_another_meeting_planned_is_the_one_that_is_shown(small: Path) -> None:
    planned(held_store(), "29/08/2023")
    at = at_screen("meetings")
    fill(at, "meeting_new", name="An earlier one")
    at = press(at, "Plan this meeting")
    assert at.query_params["meeting"] == "ME-0002"
    assert at.selectbox(key="pick_meeting").value == "ME-0002"
    assert "22/08/2023" in title(at)


def test_a_planned_meeting_can_be_moved(small: Path) -> None:
    meeting = planned(held_store(), "29/08/2023")
    at = at_screen("meetings")
    key = f"meeting_{meeting.reference}_{meeting.id}"
    fill(at, key, name="Moved")
    at = press(at, "Store the changes")
    assert (only().name, only().held_on) == ("Moved", "2023-08-22")
    assert "22/08/2023" in title(at)


def headings(at: AppTest) -> list[str]:
    html = "".join(part.value for part in at.get("html"))  # type: ignore[attr-defined]
    return re.findall(r'<section class="meeting"><h2>(.*?)</h2>', html)


ORDER = ["In short", "What changed since the meeting before", "What is not on course", "What to ask whom"]
ORDER += ["What cannot be judged", "Risks scored 12 and over"]


def test_the_parts_come_in_the_order_in_which_a_chair_asks(small: Path) -> None:
    planned(held_store())
    found = headings(at_screen("meetings"))
    assert [title[: len(start)] for title, start in zip(found, ORDER, strict=True)] == ORDER


def test_a_frozen_meeting_is_compared_with_today_at_the_end(small: Path) -> None:
    frozen(held_store())
    *found, last = headings(at_screen("meetings"))
    assert (len(found), last) == (len(ORDER), "What has changed since this meeting")


# Freezing


def test_freezing_needs_a_role(small: Path) -> None:
    meeting = planned(held_store())
    at = freeze(at_screen("meetings"), meeting, by=" ")
    assert "Nobody is named as the writer. Write your role." in said(at)
    assert not only().is_frozen


def test_a_frozen_meeting_is_shown_from_its_record(small: Path) -> None:
    at = freeze(at_screen("meetings", meeting=planned(held_store()).reference), only())
    meeting, shown = only(), said(at)
    assert meeting.is_frozen
    assert "is frozen: what it saw can be shown again at any time." in shown
    assert words.FROM_THE_RECORD in shown and words.NOT_FROZEN not in shown
    assert meeting.sha256 in shown and "Version of the definitions" in shown and "Frozen by" in shown
    assert "not frozen yet" not in title(at)
    assert "Freeze this meeting" not in [one.label for one in at.button]


def test_it_links_to_the_screens_as_the_meeting_saw_them(small: Path) -> None:
    meeting = frozen(held_store())
    shown = "".join(part.value for part in at_screen("meetings").get("html"))  # type: ignore[attr-defined]
    for screen in ("progress", "quarter"):
        assert f'href="{screen}?as_at_meeting={meeting.reference}&amp;quarter=2023%2F24+Q1"' in shown


def test_a_frozen_meeting_can_no_longer_be_changed_or_frozen(small: Path) -> None:
    meeting = planned(held_store())
    at = at_screen("meetings")
    before = frozen(held_store(), "22/08/2023")  # by somebody else, while this window was open
    assert before.reference == meeting.reference
    at = freeze(at, meeting)
    assert words.FROM_THE_RECORD in said(at)
    assert only() == before


def test_what_has_come_since_is_listed_with_size_and_reason(small: Path) -> None:
    frozen(held_store())
    assert words.NOTHING_SINCE in said(at_screen("meetings"))
    sent(held_store(), HOUSING, HOUSING, NEGLECT, NEGLECT, reason="One was miscoded")
    at = at_screen("meetings")
    _, later = said(at).split("What has changed since this meeting")
    assert "⇄ Verdict turned" in later and "↻ Restated" in later
    assert "25.0% (1 of 4) 50.0% (2 of 4) +25.0 points" in later
    assert "One was miscoded." in later
    assert "1 of 4" in said(at).split("What has changed since this meeting")[0], "the record itself is as it was"


def test_the_next_meeting_is_told_what_changed_since_the_one_before(small: Path) -> None:
    frozen(held_store())
    sent(held_store(), HOUSING, HOUSING, NEGLECT, NEGLECT, reason="One was miscoded")
    frozen(held_store(), "29/08/2023")
    at = at_screen("meetings", meeting="ME-0002")
    assert "1 verdict and " in title(at) and " have changed since the meeting before" in title(at)
    assert "Compared with Quality Assurance Partnership, 22/08/2023 (2023/24 Q1)." in said(at)


def test_other_definitions_than_the_records_are_told(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen(held_store())
    assert "The definitions have changed" not in said(at_screen("meetings"))
    monkeypatch.setenv("SAFEGUARDING_RISK_THRESHOLD", "10")
    assert "The definitions have changed: version " in said(at_screen("meetings"))


def test_each_meeting_says_whether_it_is_frozen_with_a_glyph_and_a_word(small: Path) -> None:
    frozen(held_store())
    planned(held_store(), "29/08/2023")
    options = at_screen("meetings").selectbox(key="pick_meeting").options
    assert [one.partition(":")[0] for one in options] == ["○ Planned", "■ Frozen"]


@pytest.mark.parametrize("asked", ["ME-9999", "<script>", "", "me-0001"])
def test_a_meeting_that_is_not_there_is_ignored(asked: str, small: Path) -> None:
    frozen(held_store())
    assert title(at_screen("meetings", meeting=asked)) == title(at_screen("meetings"))


def test_no_markup_in_a_name_is_obeyed(small: Path) -> None:
    store = held_store()
    frozen(store, group=MARKUP, name=MARKUP)
    at = at_screen("meetings")
    assert "img" not in tags(at)
    assert MARKUP in said(at)
    assert title(at).startswith(r"\<img src=x onerror=1\> \*\*bold\*\*, 22/08/2023")


# Papers


def made(at: AppTest, forms: list[str] | None = None) -> AppTest:
    if forms is not None:
        chosen = at.multiselect(key="papers_forms")
        chosen.set_value([one for one in chosen.options if one in forms])
    return press(at, "Make the papers")


def downloads(at: AppTest) -> list[str]:
    return [one.label for one in at.get("download_button") if one.label.startswith("Download ")]  # type: ignore[attr-defined]


def test_papers_are_made_in_every_form_and_stay_when_the_screen_is_drawn_again(small: Path) -> None:
    frozen(held_store())
    at = made(at_screen("meetings"))
    assert downloads(at) == ["Download PDF", "Download PowerPoint", "Download Word", "Download Excel"]
    assert "Made: Performance pack for the meeting." in said(at)
    before = at.session_state["papers_made"]
    at = fine(at.run())
    assert downloads(at) and at.session_state["papers_made"] is before, "a rerun makes nothing again"


def test_the_report_to_the_executive_can_be_chosen(small: Path) -> None:
    frozen(held_store())
    at = at_screen("meetings")
    at.radio(key="papers_kind").set_value("executive")
    at = made(at)
    assert "Made: The chair's quarterly report to the Executive." in said(at)
    assert all(one.file_name.startswith("executive_2023-24_Q1_ME-0001.") for one in at.session_state["papers_made"][2])


def test_at_least_one_form_must_be_chosen(small: Path) -> None:
    frozen(held_store())
    at = made(at_screen("meetings"), [])
    assert "Choose at least one form." in said(at)
    assert downloads(at) == []


def test_the_papers_of_one_meeting_are_not_offered_with_another(small: Path) -> None:
    frozen(held_store())
    frozen(held_store(), "29/08/2023")
    at = made(at_screen("meetings", meeting="ME-0001"), ["Word"])
    assert downloads(at) == ["Download Word"]
    at.selectbox(key="pick_meeting").set_value("ME-0002")
    assert downloads(fine(at.run())) == []


def test_the_papers_say_that_they_are_for_members_only(demonstration: Path) -> None:
    shown = said(at_screen("meetings", meeting="ME-0001"))
    assert "Internal: full figures, for members of the partnership only." in shown


# The demonstration


def test_every_meeting_of_the_demonstration_can_be_shown(demonstration: Path) -> None:
    for meeting in meetings(held_store()):
        at = at_screen("meetings", meeting=meeting.reference)
        assert meeting.title in title(at)
        assert "Invented data." in said(at)


def test_it_opens_on_the_next_meeting(demonstration: Path) -> None:
    latest = meetings(held_store())[0]
    assert latest.title in title(at_screen("meetings"))
