"""The thread beside a figure and the form to write in it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from dataset.agencies import ADULT_SOCIAL_CARE, PENNINE_CARE
from dataset.commentary import ABOUT_NOBODY, comments, write_comment
from dataset.quarter import Quarter
from pages.parts.held import held_store
from screens.conftest import BOLD, MARKUP, Q1
from screens.opening import fine, obeyed, said, tags

PAGE = Path(__file__).with_name("narrating_page.py")
PARTS = ("what_happened", "so_what", "now_what")


def at_figure(indicator: str = "msp_asked", quarter: Quarter = Q1, **more: str) -> AppTest:
    at = AppTest.from_file(PAGE, default_timeout=60)
    at.query_params.update({"indicator": indicator, "quarter": str(quarter), **more})
    return fine(at.run())


def area(at: AppTest, part: str, agency: str = PENNINE_CARE.code, indicator: str = "msp_asked"):  # type: ignore[no-untyped-def]
    return at.text_area(key=f"comment_{indicator}_{Q1.id}_{agency}_{part}")


def fill(at: AppTest, words: str = "One\ntwo", by: str = "Ward manager", agency: str = PENNINE_CARE.code) -> AppTest:
    for part in PARTS:
        area(at, part, agency).set_value(f"{words} {part}")
    at.text_input(key="comment_by").set_value(by)
    return at


def press(at: AppTest) -> AppTest:
    return fine(at.button[0].click().run())


def test_what_is_owed_is_said_and_by_whom(half_filled: Path) -> None:
    shown = said(at_figure())
    assert "✎ Comment owed" in shown
    assert f"{PENNINE_CARE.name} owes a comment on {Q1}, because its return of" in shown
    assert f"{ADULT_SOCIAL_CARE.name} owes" not in shown


def test_only_the_owners_can_be_chosen_and_who_owes_stands_first(half_filled: Path) -> None:
    at = at_figure()
    assert at.selectbox[0].options == [PENNINE_CARE.name, ADULT_SOCIAL_CARE.name]
    assert [one.label for one in at.text_area] == ["What happened", "So what", "Now what"]
    assert all(one.help for one in at.text_area)
    assert ABOUT_NOBODY in said(at)


def test_a_comment_is_stored_and_shown_with_who_and_when(half_filled: Path) -> None:
    shown = said(press(fill(at_figure())))
    assert "Your comment is stored and shown with the figure." in shown
    assert "✔ Comment given" in shown and "One two what_happened" in shown
    assert "Ward manager, " in shown
    assert [c.agency for c in comments(held_store())] == [PENNINE_CARE.code]


def test_every_fault_is_said_and_the_text_stays(half_filled: Path) -> None:
    at = at_figure()
    area(at, "so_what").set_value("Ring 0161 496 0000")
    press(at)
    for fault in ("“What happened” is empty.", "a telephone number", "“Now what” is empty.", "Nobody is named"):
        assert fault in said(at)
    assert "Nothing was stored" in said(at)
    assert area(at, "so_what").value == "Ring 0161 496 0000"
    assert comments(held_store()) == ()


def test_a_new_version_starts_from_the_current_one_and_the_earlier_stays_readable(half_filled: Path) -> None:
    at = press(fill(at_figure(), "First"))
    assert area(at, "now_what").value == "First now_what"
    shown = said(press(fill(at, "Second")))
    assert "1 earlier version" in shown and "Second what_happened" in shown
    assert shown.index("Second what_happened") < shown.index("1 earlier version") < shown.index("First what_happened")


def test_the_same_text_again_is_said_to_change_nothing(half_filled: Path) -> None:
    at = press(press(fill(at_figure())))
    assert "nothing has changed" in said(at)
    assert len(comments(held_store())) == 1


def test_who_writes_over_another_is_told_and_both_are_kept(half_filled: Path) -> None:
    at = fill(at_figure(), "Mine")
    other = dict.fromkeys(PARTS, "Theirs")
    write_comment(
        held_store(), agency="PCFT", indicator="msp_asked", quarter=Q1, written_by=MARKUP, **other, knowing=None
    )
    shown = said(press(at))
    assert f"While you were writing, another version was stored by {MARKUP}" in shown
    assert [c.so_what for c in comments(held_store())] == ["Theirs", "Mine so_what"]


def test_markup_is_shown_as_it_was_written(half_filled: Path) -> None:
    at = press(fill(at_figure(), MARKUP + BOLD, by=MARKUP))
    assert MARKUP + BOLD in said(at)
    assert MARKUP not in obeyed(at) and BOLD not in obeyed(at)
    assert not tags(at) & {"img", "script"}


def test_text_typed_for_one_agency_does_not_pass_to_another(half_filled: Path) -> None:
    at = fill(at_figure(), "For Pennine Care")
    fine(at.selectbox[0].set_value(ADULT_SOCIAL_CARE).run())
    assert area(at, "what_happened", ADULT_SOCIAL_CARE.code).value == ""


def test_an_earlier_day_is_only_read(half_filled: Path) -> None:
    at = at_figure(as_at="2025-07-20")
    assert "To write a comment, empty “As reported on”" in said(at)
    assert not at.text_area


def test_the_form_is_offered_where_nothing_is_owed_too(half_filled: Path) -> None:
    at = at_figure("concerns")
    assert "No comment needed" in said(at)
    assert len(at.text_area) == 3


def test_an_empty_store_can_be_commented_on(empty: Path) -> None:
    assert "owes a comment" in said(at_figure("concerns"))
