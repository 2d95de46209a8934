"""Registers: each list answers, an item shows its whole history, an earlier day as it stood, files both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dataset.register import Register
from dataset.registering import save
from pages.parts.held import held_store
from safeguarding_metrics.registers import wording
from safeguarding_metrics.registers.files import as_csv, as_xlsx
from screens.conftest import BOLD, MARKUP, Q1, copy_of, holding
from screens.opening import at_screen, fine, obeyed, said, tags, title
from screens.registers_filled import (
    CHALLENGES,
    DELIVERY,
    EVERY,
    EVIDENCE,
    RISKS,
    SOLID,
    asked,
    at,
    field,
    fill,
    held,
    links,
    press,
    roles,
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


# The lists


@EVERY
def test_an_empty_register_can_be_looked_at_and_begun(register: Register, empty: Path) -> None:
    screen = at(register)
    assert title(screen).startswith(f"{register.about.title}: ")
    assert wording.ENTER[register.name] in [one.label for one in screen.expander]
    assert "None" not in said(screen)


@EVERY
def test_the_title_answers_and_the_list_links_every_item(register: Register, filled: Path) -> None:
    screen = at(register, state="all", quarter="2025/26 Q1")
    assert re.search(r"(\d+|none) of \d+", title(screen))
    items_linked = {asked(link).get("item") for link in links(screen) if link.startswith("registers?")}
    assert {item.reference for item in held(register)} <= items_linked


def test_it_opens_on_the_challenges(filled: Path) -> None:
    assert title(at_screen("registers")) == "Challenge log: 2 of 2 challenges are open, none is overdue"


@EVERY
def test_what_people_wrote_is_only_text(register: Register, filled: Path) -> None:
    for item in (None, *held(register)):
        screen = at(register, state="all", quarter="2025/26 Q1", **({"item": item.reference} if item else {}))
        assert "img" not in tags(screen) and "script" not in tags(screen)
        assert MARKUP not in obeyed(screen) and "**bold**" not in obeyed(screen)
    assert MARKUP in said(screen)


def test_an_item_links_to_its_figure_at_its_quarter(filled: Path) -> None:
    for screen in (at(CHALLENGES), at(CHALLENGES, item="CH-0002")):
        figures = [asked(link) for link in links(screen) if link.startswith("indicator?")]
        assert {"indicator": "msp_asked", "quarter": str(Q1)} in figures


def test_filters_stand_in_the_address_and_narrow_the_list(filled: Path) -> None:
    screen = at(CHALLENGES, linked="2024/25 Q4")
    assert screen.query_params["state"] == "open"
    assert "Challenge log: 1 challenge" in said(screen) and "CH-0002" not in said(screen)
    assert "None of 2 challenges fits" in said(at(CHALLENGES, state="Closed"))
    assert "None of 2 challenges fits" in said(at(CHALLENGES, overdue="yes"))


@EVERY
def test_junk_in_the_address_is_ignored(register: Register, filled: Path) -> None:
    junk = {
        "state": "<b>",
        "owner": "nobody",
        "linked": "2099/00 Q9",
        "overdue": "perhaps",
        "item": "x",
        "new": "**x**",
    }
    assert title(at(register, **junk)) == title(at(register))
    assert title(at_screen("registers", register="<script>")) == title(at(CHALLENGES))


def test_a_risk_at_the_threshold_is_marked_in_words(filled: Path) -> None:
    (first, *_) = held(RISKS)
    row = first.row | {"likelihood_after": "3", "impact_after": "4"}
    assert save(held_store(), RISKS, row, written_by="Role", reason="Worse", knowing=first.now.id).entry
    screen = at(RISKS)
    assert title(screen) == "Risk register: 2 of 2 risks are open, 1 is at or above 12 and goes to the Executive"
    assert "⚑ 12 or more: to the Executive" in said(screen)
    assert f"1 → 12 since {datetime.now(UTC):%d/%m/%Y} (higher)" in said(screen)
    assert "How the score moved" in said(at(RISKS, item=first.reference))


def test_the_delivery_plan_shows_every_action_and_reports_on_one(filled: Path) -> None:
    screen = at(DELIVERY)
    assert title(screen).startswith("Delivery plan: none of 29 actions is done")
    assert "1.c: " in said(screen) and "Not reported" in said(screen)
    screen = at(DELIVERY, item="1.c")
    field(screen, "Owner").set_value("GMP")
    field(screen, "State").set_value("Under way")
    roles(screen)
    press(screen, "Store it")
    assert [item.reference for item in held(DELIVERY)] == ["1.a", "1.b", "1.c"]


def test_an_outcome_without_evidence_leads_to_its_form(filled: Path) -> None:
    screen = at(EVIDENCE, quarter="2025/26 Q1")
    assert title(screen).startswith("Outcomes without a number: 2 of 14 have evidence up to")
    assert "1.3" in {asked(link).get("new") for link in links(screen)}
    screen = at(EVIDENCE, new="1.3")
    assert field(screen, "Outcome").value == "1.3"


def test_evidence_that_is_there_already_is_not_covered_by_a_new_entry(filled: Path) -> None:
    screen = at(EVIDENCE, new="1.1")
    field(screen, "Evidence of").set_value(str(Q1))
    roles(screen)
    assert "1.1 2025/26 Q1 is on the list already" in said(press(screen, "Store it"))
    assert len(held(EVIDENCE)) == 2


# One item


@EVERY
def test_an_item_shows_all_it_says_and_its_whole_history(register: Register, filled: Path) -> None:
    (first, *_) = held(register)
    shown = said(at(register, item=first.reference))
    for column, text in first.row.items():
        read = wording.said(register, column, text)
        assert read == "–" or " ".join(read.split()) in shown, column
    assert shown.index("Changed") < shown.index("Entered")
    assert BOLD in shown and MARKUP in shown
    assert " → " in shown


def test_an_item_that_is_not_there_is_said_so(filled: Path) -> None:
    screen = at(CHALLENGES, item="CH-0099")
    assert wording.NO_SUCH in said(screen)
    assert "item" not in screen.query_params


def test_neighbours_are_linked_across_registers(filled: Path) -> None:
    screen = at(CHALLENGES, item="CH-0002")
    assert "What else has to do with it" in said(screen)
    near = {(asked(link).get("register"), asked(link).get("item")) for link in links(screen)}
    assert {("risks", "RI-0002"), ("audits", "AU-0002"), ("decisions", "DE-0002")} <= near


# As reported on


@EVERY
def test_an_earlier_day_shows_the_register_as_it_stood_and_no_form(register: Register, filled: Path) -> None:
    (item, *_) = held(register)
    before = at(register, as_at="2025-03-31", state="all")
    assert item.now.item not in {asked(link).get("item") for link in links(before)} or register is DELIVERY
    day = item.versions[0].written_at.date().isoformat()
    screen = at(register, as_at=day, item=item.reference, quarter="2025/26 Q1")
    assert wording.EARLIER in said(screen)
    assert not screen.button and not screen.text_area
    assert "2024/25 Q4" not in said(screen).partition("History")[2]
    own = [asked(link) for link in links(screen) if link.startswith("registers?")]
    assert own and all(one["as_at"] == day for one in own)


def test_an_earlier_day_offers_files_and_takes_none_in(filled: Path) -> None:
    screen = at(CHALLENGES, as_at="2025-04-01")
    labels = [one.label for one in screen.get("download_button")]  # type: ignore[attr-defined]
    assert labels == ["This list (Excel)", "This list (CSV)", "Everything (Excel)", "Everything (CSV)"]
    assert not screen.file_uploader and wording.EARLIER in said(screen)


# Spreadsheets


def adding(screen: AppTest, raw: bytes, name: str = "list.csv") -> AppTest:
    screen.file_uploader[0].set_value((name, raw, "text/csv"))
    return fine(screen.run())


@EVERY
def test_an_export_taken_in_again_changes_nothing(register: Register, filled: Path) -> None:
    for made, name in ((as_csv, "list.csv"), (as_xlsx, "list.xlsx")):
        shown = said(adding(at(register), made(register, held(register), invented=False), name))
        assert "0 rows would be added, 0 changed, 2 are as before." in shown
    assert "Take it in" not in [one.label for one in at(register).button]


def test_a_spreadsheet_is_shown_before_it_is_taken_in(filled: Path) -> None:
    store, before = held_store(), held_store().version
    raw = as_csv(CHALLENGES, held(CHALLENGES), invented=False).replace(b"CH-0001", b"CH-0077").replace(b"GMP", b"PCFT")
    screen = adding(at(CHALLENGES), raw)
    assert "1 row would be added, 0 changed, 1 is as before." in said(screen)
    assert "CH-0077" in said(screen) and store.version == before
    assert "Nobody is named" in said(press(screen, "Take it in")) and store.version == before
    roles(screen)
    shown = said(press(screen, "Take it in"))
    assert "The spreadsheet is taken in: 1 new, 0 changed, 1 as they were." in shown
    assert [item.reference for item in held(CHALLENGES)] == ["CH-0001", "CH-0002", "CH-0077"]


def test_a_list_that_changed_meanwhile_is_shown_again_before_it_is_stored(filled: Path) -> None:
    (item, *_) = held(CHALLENGES)
    raw = as_csv(CHALLENGES, held(CHALLENGES), invented=False).replace(b"Raised", b"Answered")
    screen = adding(at(CHALLENGES), raw)
    assert "2 changed" in said(screen) and "State: Raised → Answered" in said(screen)
    theirs = item.row | {"challenge": "Theirs"}
    assert save(held_store(), CHALLENGES, theirs, written_by="Other", reason="x", knowing=item.now.id).entry
    roles(screen)
    shown = said(press(screen, "Take it in"))
    assert wording.LIST_CHANGED in shown and "Challenge: Theirs → " in shown
    assert held(CHALLENGES)[0].headline == "Theirs"


@pytest.mark.parametrize("register", SOLID, ids=lambda one: one.name)
def test_a_spreadsheet_with_faults_is_told_row_by_row_and_not_taken(register: Register, filled: Path) -> None:
    raw = as_csv(register, held(register), invented=False).replace(b"2025/26 Q1", b"soon").replace(b"-0001", b"-0002")
    screen = adding(at(register), raw)
    shown = said(screen)
    assert "Found in the file" in shown and "soon" in shown and "stands already in row" in shown
    assert "Nothing was stored. Correct these in the file" in shown
    assert "Take it in" not in [one.label for one in screen.button]


@EVERY
def test_template_and_guide_are_offered(register: Register, empty: Path) -> None:
    screen = at(register)
    labels = [one.label for one in screen.get("download_button")]  # type: ignore[attr-defined]
    assert labels[-2:] == ["Template (Excel)", "Template (CSV)"]
    assert all(column.meaning in said(screen) for column in register.table.columns().values())
