"""The forms of the registers: entered, changed and removed; refused with every reason, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dataset.register import Register
from dataset.registering import remove, save
from pages.parts.held import held_store
from safeguarding_metrics.registers import wording
from screens.conftest import MARKUP, Q1, copy_of, holding
from screens.opening import fine, said, tags
from screens.registers_filled import (
    CHALLENGES,
    EVERY,
    RISKS,
    at,
    field,
    fill,
    held,
    press,
    roles,
    second,
)


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "safeguarding.duckdb"
    fill(path)
    return path


@pytest.fixture
def filled(filled_once: Path, tmp_path: Path) -> Iterator[Path]:
    with holding(copy_of(filled_once, tmp_path)) as path:
        yield path


# The forms


def entered(register: Register, screen: AppTest) -> AppTest:
    """The form of a new item filled in by its own labels, as the second row says."""
    row = second(register)
    for name, column in register.table.columns().items():
        if name == "reference" or not row[name]:
            continue
        key = f"register_new_{register.name}__0_{name}"
        widget = next(
            w
            for w in (
                *screen.text_input,
                *screen.text_area,
                *screen.selectbox,
                *screen.date_input,
                *screen.number_input,
                *screen.multiselect,
            )
            if w.key == key
        )
        value = column.read(row[name])
        widget.set_value(list(value) if isinstance(value, tuple) else value)
    roles(screen)
    return press(screen, "Store it")


@EVERY
def test_a_new_item_is_entered_and_shown(register: Register, empty: Path) -> None:
    screen = entered(register, at(register, quarter=str(Q1)))
    (item,) = held(register)
    reference = {"reference": f"{register.prefix}-0001"} if register.prefix else {}
    assert item.row == second(register) | reference
    assert item.now.written_by == "Coordinator"
    assert f"{item.reference} is stored." in said(screen)
    assert "img" not in tags(screen)


@EVERY
def test_a_refusal_says_everything_and_stores_nothing(register: Register, empty: Path) -> None:
    shown = said(press(at(register), "Store it"))
    assert "Nothing was stored" in shown and "Nobody is named as the writer. Write your role." in shown
    for name, column in register.table.columns().items():
        if column.required and name not in ("reference", "quarter"):
            assert f"“{wording.heading(register, name)}” is blank and must be filled." in shown
    assert held(register) == ()


def test_what_was_typed_survives_a_refusal_and_leaving_the_screen(empty: Path) -> None:
    screen = at(CHALLENGES)
    field(screen, "Challenge").set_value("Ring 0161 496 0000")
    field(screen, "Raised on").set_value(date(2025, 5, 1))
    screen = press(screen, "Store it")
    (told,) = re.findall("“Challenge”: [^.]*\\. Take it out\\.", said(screen))
    assert "a telephone number" in told
    fine(screen.switch_page("returns.py").run())
    screen = fine(screen.switch_page("registers.py").run())
    assert field(screen, "Challenge").value == "Ring 0161 496 0000"
    assert field(screen, "Raised on").value == date(2025, 5, 1)


def test_rules_are_told_in_the_words_of_the_form(filled: Path) -> None:
    screen = at(CHALLENGES, item="CH-0001")
    field(screen, "Closed on (may stay blank)").set_value(date(2025, 8, 1))
    field(screen, "Why it is changed").set_value("Done")
    roles(screen)
    shown = said(press(screen, "Store the change"))
    assert "“Closed on”: “01/08/2025” stands here although “State” is “Raised”." in shown


@EVERY
def test_an_item_is_changed_with_a_reason(register: Register, filled: Path) -> None:
    (item, *_) = held(register)
    screen = at(register, item=item.reference)
    assert field(screen, wording.heading(register, register.owner)).value == item.owner
    field(screen, wording.heading(register, register.owner)).set_value("PCFT")
    shown = said(press(screen, "Store the change"))
    assert "No reason is given." in shown and "Nobody is named" in shown
    field(screen, "Why it is changed").set_value("Handed over")
    roles(screen)
    shown = said(press(screen, "Store the change"))
    assert f"{item.reference} is stored." in shown and "→ Pennine Care NHS Foundation Trust" in shown
    now = held(register)[0]
    assert (now.owner, now.now.reason, now.now.written_by) == ("PCFT", "Handed over", "Coordinator")
    assert now.row == item.row | {register.owner: "PCFT"}


def test_an_optional_cell_can_be_emptied(filled: Path) -> None:
    row = held(RISKS)[1].row
    assert row["indicator"] == "msp_asked"
    screen = at(RISKS, item="RI-0002")
    field(screen, "Figure it is about (may stay blank)").set_value("")
    field(screen, "Why it is changed").set_value("About none")
    roles(screen)
    press(screen, "Store the change")
    assert held(RISKS)[1].row == row | {"indicator": ""}


def test_the_same_again_is_said_to_change_nothing(filled: Path) -> None:
    screen = at(CHALLENGES, item="CH-0001")
    field(screen, "Why it is changed").set_value("None")
    roles(screen)
    assert "CH-0001 says this already; nothing has changed." in said(press(screen, "Store the change"))


def test_the_change_of_somebody_else_is_told_and_nothing_typed_is_lost(filled: Path) -> None:
    screen = at(CHALLENGES, item="CH-0001")
    (item, *_) = held(CHALLENGES)
    theirs = item.row | {"state": "Answered", "answer": "Theirs", "answered_on": "01/05/2025"}
    field(screen, "Challenge").set_value("Mine")
    assert save(held_store(), CHALLENGES, theirs, written_by=MARKUP, reason="x", knowing=item.now.id).entry
    screen = press(screen, "Store the change")
    assert f"While you were writing, {MARKUP} changed this on" in said(screen)
    assert field(screen, "Challenge").value == "Mine" and field(screen, "State").value == "Raised"
    assert "Begin again from what it says now" in [one.label for one in screen.button]
    field(screen, "Why it is changed").set_value("Mine counts")
    roles(screen)
    shown = said(press(screen, "Store the change"))
    assert f"While you were writing, {MARKUP} had changed it too" in shown
    assert [one.row["challenge"] for one in held(CHALLENGES)[0].versions][-1] == "Mine"


def test_a_form_can_begin_again_from_what_was_changed_meanwhile(filled: Path) -> None:
    screen = at(CHALLENGES, item="CH-0001")
    (item, *_) = held(CHALLENGES)
    theirs = item.row | {"challenge": "Theirs"}
    assert save(held_store(), CHALLENGES, theirs, written_by="Other", reason="x", knowing=item.now.id).entry
    screen = press(fine(screen.run()), "Begin again from what it says now")
    assert field(screen, "Challenge").value == "Theirs"
    assert "While you were writing" not in said(screen)


@EVERY
def test_an_item_is_removed_with_a_reason(register: Register, filled: Path) -> None:
    (item, *rest) = held(register)
    screen = press(at(register, item=item.reference), "Remove it from the list")
    assert "No reason is given." in said(screen)
    field(screen, "Why it is removed").set_value("Entered twice")
    roles(screen)
    shown = said(press(screen, "Remove it from the list"))
    assert f"{item.reference} is removed from the list; its history stays." in shown
    assert held(register) == tuple(rest)


def test_what_somebody_removed_meanwhile_is_told(filled: Path) -> None:
    screen = at(CHALLENGES, item="CH-0001")
    remove(held_store(), CHALLENGES, "CH-0001", written_by="Other", reason="x")
    assert wording.NO_SUCH in said(fine(screen.run()))
