"""Entering, changing, removing and importing: what is taken, what is kept for ever, what comes back unharmed."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dataset.__main__ import main
from dataset.quarter import Quarter
from dataset.register import Item, Register
from dataset.register_entry import RegisterEntry, as_cells
from dataset.registering import (
    LONGEST_REASON,
    Answer,
    items,
    next_reference,
    remove,
    save,
)
from dataset.store import Store, StoreDamaged
from dataset.versions import known
from dataset.words import Words
from safeguarding_metrics.registers import REGISTERS

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
Q1 = Quarter(2023, 1)
CHALLENGES, RISKS, AUDITS, CASES, DELIVERY, EVIDENCE, DECISIONS = REGISTERS


@pytest.fixture
def now() -> list[datetime]:
    return [NOON]


@pytest.fixture
def store(tmp_path: Path, now: list[datetime]) -> Iterator[Store]:
    store = Store.open(tmp_path / "store.duckdb", clock=lambda: now[0])
    yield store
    store.close()


def told(store: Store, register: Register = CHALLENGES, by: str = "Role", **cells: str) -> Answer:
    """A new item: the example with other cells."""
    row = register.example(Q1, 1) | ({"reference": ""} if register.prefix else {}) | cells
    return save(store, register, row, written_by=by)


def changed(store: Store, reason: str = "A reason", knowing: int | None = None, **cells: str) -> Answer:
    """CH-0001 with other cells."""
    (item,) = items(store, CHALLENGES)
    return save(store, CHALLENGES, item.row | cells, written_by="Other role", reason=reason, knowing=knowing)


def codes(answer: Any) -> list[str]:
    return [finding.code for finding in answer.findings]


def sheet(register: Register, *rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(register.table.columns()))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def kept(store: Store) -> tuple[list[int], list[int]]:
    return store.keeping.of(RegisterEntry).pending(), store.keeping.of(RegisterEntry).confirmed()


# Entering


def test_a_new_store_has_empty_registers(store: Store) -> None:
    assert [items(store, register) for register in REGISTERS] == [()] * 7


def test_a_new_item_is_given_the_next_reference(store: Store) -> None:
    assert [told(store).sentence for _ in range(2)] == ["CH-0001 is stored.", "CH-0002 is stored."]
    assert told(store, RISKS).sentence == "RI-0001 is stored."
    assert next_reference(CHALLENGES, ["CH-0009", "CH-12", "CH-x", "RI-99"]) == "CH-0013"


def test_a_reference_is_never_given_twice(store: Store) -> None:
    told(store)
    assert remove(store, CHALLENGES, "CH-0001", written_by="Role", reason="A trial").result == "accepted"
    assert told(store).sentence == "CH-0002 is stored."


def test_of_two_entered_at_once_neither_covers_the_other(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: told(store, challenge=f"Question {n}"), range(8)))
    assert sorted(answer.entry.item for answer in answers if answer.entry) == [f"CH-{n:04}" for n in range(1, 9)]
    assert {item.headline for item in items(store, CHALLENGES)} == {f"Question {n}" for n in range(8)}
    assert [answer.meanwhile for answer in answers] == [None] * 8


def test_an_item_is_kept_whole_with_whose_and_when(store: Store) -> None:
    answer = told(store, challenge="Why?\r\nHow many?", agency="no column")
    (item,) = items(store, CHALLENGES)
    assert answer.entry == item.now
    assert (item.cell("challenge"), item.now.written_by, item.now.written_at) == ("Why?\nHow many?", "Role", NOON)
    assert list(item.row) == list(CHALLENGES.table.columns()) and item.now.replaces is None


def test_one_thing_is_written_in_one_way(store: Store) -> None:
    told(
        store,
        AUDITS,
        quarter="Q1 2023/24",
        reported_on="2023-06-01",
        findings="x",
        state="Reported",
        agencies="GMP ;START",
    )
    row = items(store, AUDITS)[0].row
    assert (row["quarter"], row["reported_on"], row["agencies"]) == ("2023/24 Q1", "01/06/2023", "GMP; START")
    told(store, EVIDENCE, outcome="1.1", quarter="2023/24 Q2")
    assert codes(told(store, EVIDENCE, outcome="1.1", quarter="Q2 2023-24", evidence="More")) == ["REASON_MISSING"]


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_kept(store: Store) -> None:
    answer = save(
        store,
        CASES,
        CASES.example(Q1, 1)
        | {
            "owner": "NOBODY",
            "due_on": "soon",
            "learning": "Ring 0161 496 0000",
            "action": "x" * 2001,
            "done_on": "01/05/2023",
        },
        written_by=" ",
    )
    assert codes(answer) == [
        "PERSONAL_DATA",
        "TEXT_TOO_LONG",
        "UNKNOWN_CODE",
        "NOT_A_DATE",
        "NOT_APPLICABLE_HERE",
        "FILLED_TOGETHER",
        "WRITER_MISSING",
    ]
    assert "0161" not in " ".join(finding.sentence for finding in answer.findings)
    assert (answer.entry, items(store, CASES), store.version, kept(store)) == (None, (), 0, ([], []))


def test_the_longest_text_is_taken_whole(store: Store) -> None:
    assert told(store, challenge="ä" * 2000).result == "accepted"
    assert codes(told(store, challenge="ä" * 2001)) == ["TEXT_TOO_LONG"]


def test_markup_and_formulas_stay_the_text_they_are(store: Store) -> None:
    text = "=1+1 <img src=x onerror=1> **b** \"q\" 'q'; DROP TABLE register_entry --"
    told(store, challenge=text, by="<b>Role</b>")
    (item,) = items(store, CHALLENGES)
    assert (item.headline, item.now.written_by) == (text, "<b>Role</b>")


# Changing


def test_a_change_is_a_version_and_the_earlier_ones_stay(store: Store, now: list[datetime]) -> None:
    told(store)
    now[0] += timedelta(days=1)
    answer = changed(store, "It answered", 1, state="Answered")
    (item,) = items(store, CHALLENGES)
    assert [(one.id, one.replaces, one.written_at.day) for one in item.versions] == [(1, None, 1), (2, 1, 2)]
    assert (item.state, item.versions[0].row["state"], item.now.reason) == ("Answered", "Raised", "It answered")
    assert answer.meanwhile is None


def test_a_change_needs_a_reason_and_a_new_item_none(store: Store) -> None:
    told(store)
    assert codes(changed(store, "", 1, state="Answered")) == ["REASON_MISSING"]
    assert codes(changed(store, "x" * (LONGEST_REASON + 1), 1, state="Answered")) == ["REASON_TOO_LONG"]
    assert codes(changed(store, "Ask jo@example.org", 1, state="Answered")) == ["PERSONAL_DATA"]
    assert len(items(store, CHALLENGES)[0].versions) == 1


def test_the_same_again_changes_nothing(store: Store) -> None:
    told(store)
    answer = changed(store, "Nothing", 1)
    assert (answer.result, store.version) == ("unchanged", 1)
    assert answer.sentence == "CH-0001 says this already; nothing has changed."


def test_who_was_overtaken_is_told_by_whom(store: Store) -> None:
    told(store)
    changed(store, "First", 1, state="Answered")
    answer = changed(store, "Second", 1, state="Action agreed")
    assert answer.meanwhile is not None and answer.meanwhile.reason == "First"
    assert "While you were writing, Other role had changed it too" in answer.sentence
    assert [one.row["state"] for one in items(store, CHALLENGES)[0].versions] == ["Raised", "Answered", "Action agreed"]


def test_who_had_the_version_in_sight_is_told_of_nothing(store: Store) -> None:
    told(store)
    changed(store, "First", 1, state="Answered")
    assert changed(store, "Second", 2, state="Action agreed").meanwhile is None


def test_an_earlier_moment_shows_the_register_as_it_stood(store: Store, now: list[datetime]) -> None:
    told(store)
    now[0] += timedelta(days=1)
    changed(store, "First", 1, state="Answered")
    now[0] += timedelta(days=1)
    remove(store, CHALLENGES, "CH-0001", written_by="Role", reason="A trial")
    moments = (NOON - timedelta(seconds=1), NOON, NOON + timedelta(days=1), None)
    assert [[item.state for item in items(store.reading(at), CHALLENGES)] for at in moments] == [
        [],
        ["Raised"],
        ["Answered"],
        [],
    ]


# Removing


def test_what_is_removed_leaves_the_list_and_stays_in_the_history(store: Store) -> None:
    told(store)
    answer = remove(store, CHALLENGES, "CH-0001", written_by="Role", reason="Entered twice")
    assert answer.sentence == "CH-0001 is removed from the list; its history stays."
    assert items(store, CHALLENGES) == ()
    assert [(one.removed, one.reason) for one in known(RegisterEntry, store)] == [(False, ""), (True, "Entered twice")]


def test_a_removal_needs_a_reason_a_writer_and_an_item(store: Store) -> None:
    told(store)
    assert codes(remove(store, CHALLENGES, "CH-0001", written_by="", reason=" ")) == [
        "REASON_MISSING",
        "WRITER_MISSING",
    ]
    assert codes(remove(store, CHALLENGES, "CH-0009", written_by="Role", reason="x")) == ["NO_SUCH_ITEM"]
    assert len(items(store, CHALLENGES)) == 1


def test_what_somebody_changed_meanwhile_is_not_removed(store: Store) -> None:
    told(store)
    changed(store, "First", 1, state="Answered")
    answer = remove(store, CHALLENGES, "CH-0001", written_by="Role", reason="A trial", knowing=1)
    assert codes(answer) == ["CHANGED_MEANWHILE"] and "Other role changed CH-0001" in answer.findings[0].message
    assert remove(store, CHALLENGES, "CH-0001", written_by="Role", reason="A trial", knowing=2).result == "accepted"


def test_what_was_removed_may_be_entered_anew(store: Store) -> None:
    told(store, DELIVERY, action="1.a")
    remove(store, DELIVERY, "1.a", written_by="Role", reason="A trial")
    answer = told(store, DELIVERY, action="1.a")
    assert (answer.result, answer.meanwhile) == ("accepted", None)
    assert [one.removed for one in items(store, DELIVERY)[0].versions] == [False, True, False]


def test_a_change_after_somebody_removed_it_is_told(store: Store) -> None:
    told(store)
    (item,) = items(store, CHALLENGES)
    remove(store, CHALLENGES, "CH-0001", written_by="Remover", reason="A trial")
    row = item.row | {"state": "Answered"}
    answer = save(store, CHALLENGES, row, written_by="Role", reason="It answered", knowing=1)
    assert answer.meanwhile is not None and answer.meanwhile.written_by == "Remover"


# What survives


def test_a_rebuild_brings_every_version_back(store: Store, now: list[datetime]) -> None:
    told(store)
    now[0] += timedelta(days=1)
    changed(store, "First", 1, challenge="=1+1\n'x'")
    told(store, RISKS)
    remove(store, RISKS, "RI-0001", written_by="Role", reason="A trial")
    before = known(RegisterEntry, store)
    store.close()
    assert main(["rebuild", "--store", str(store.path)]) == 0
    again = Store.open(store.path)
    assert (known(RegisterEntry, again), kept(again)) == (before, ([], [1, 2, 3, 4]))
    assert items(again, CHALLENGES)[0].headline == "=1+1\n'x'"
    again.close()


def test_a_lost_entry_is_found_at_start(store: Store, tmp_path: Path) -> None:
    told(store)
    store.close()
    shutil.copy2(store.path, tmp_path / "copy.duckdb")
    again = Store.open(store.path)
    changed(again, "First", 1, state="Answered")
    again.close()
    shutil.copy2(tmp_path / "copy.duckdb", store.path)
    with pytest.raises(StoreDamaged, match=r"lacks 1 entries of registers that were accepted.* rebuild"):
        Store.open(store.path)
    assert main(["rebuild", "--store", str(store.path)]) == 0
    restored = Store.open(store.path)
    assert items(restored, CHALLENGES)[0].state == "Answered"
    restored.close()


def test_an_entry_that_was_never_committed_is_forgotten(store: Store) -> None:
    told(store)
    store.keeping.of(RegisterEntry).announce(known(RegisterEntry, store)[0].as_entry() | {"id": 2})
    store.close()
    again = Store.open(store.path)
    assert (len(items(again, CHALLENGES)), kept(again)) == (1, ([], [1]))
    again.close()


def test_a_column_that_is_no_more_is_kept_and_passed_over() -> None:
    row = CHALLENGES.example(Q1, 1) | {"colour": "red"}
    entry = RegisterEntry(1, "E", "challenges", "CH-1", as_cells(row), "", "Role", NOON)
    assert (entry.row["colour"], Item(CHALLENGES, (entry,)).cell("state")) == ("red", "Raised")


def test_long_texts_are_those_that_may_run_over_lines() -> None:
    assert (Words("x", longest=200).is_long, Words("x").is_long) == (False, True)
