"""What is carried from one version of the store to the next is what a store opened afresh would work out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from maars_files import file_of
from meeting_life import BEGIN, PLAN, SLOT, Ticking, opened, sent

from dataset.agencies import STOCKPORT, duties_for
from dataset.carrying import NOTHING, Carried
from dataset.commentary import comments, write_comment
from dataset.intake import send, send_nil
from dataset.ledger import Slot
from dataset.meeting import Meeting
from dataset.plausibility import query_key
from dataset.quarter import Quarter
from dataset.rebasing import start_baseline
from dataset.registering import save
from dataset.restating import rehearse
from dataset.store import Reading, Store
from dataset.tables import RETURNS
from dataset.templates import example_csv
from dataset.withdrawing import withdraw
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.measuring import measure
from safeguarding_metrics.meetings.record import Record, record_of, seen_at
from safeguarding_metrics.registers import REGISTERS
from safeguarding_metrics.settings import Settings

QUARTER, BEFORE = Quarter(2023, 4), Quarter(2023, 3)
STARTED, TODAY = datetime(2024, 5, 20, 9, tzinfo=UTC), date(2024, 6, 3)
Change = Callable[[Store], object]


def slot_of(dataset: str, quarter: Quarter = QUARTER) -> Slot:
    return Slot(STOCKPORT.code, duties_for(dataset)[0].agency.code, dataset, quarter)


def sending(dataset: str, rows: int, quarter: Quarter = QUARTER) -> Change:
    """Send the example with so many rows, as a restatement where something counts already."""

    def change(store: Store) -> None:
        table = next(one for one in RETURNS if one.about.name == dataset)
        raw = example_csv(table, quarter, rows).encode()
        slot, asked = slot_of(dataset, quarter), {}
        for _ in range(2):
            answer = send(store, slot, raw, sent_by="test", file_name="a.csv", reason="again", reasons=asked)
            asked = {query_key(one): "it is so" for one in answer.findings if one.severity == "query"}
            if answer.accepted:
                return
        pytest.fail(f"{dataset}: {answer.findings}")

    return change


def commenting(words: str) -> Change:
    return lambda store: write_comment(
        store,
        agency="MAARS",
        indicator="maars_self_neglect",
        quarter=QUARTER,
        what_happened=words,
        so_what="It is watched",
        now_what="It is looked at again",
        written_by="Coordinator",
    )


BEGINNINGS = (*(sending(table.about.name, 3) for table in RETURNS), sending("maars_referrals", 5, BEFORE))
CHANGES: dict[str, Change] = {
    "a comment": commenting("More were seen"),
    **{f"{table.about.name} restated": sending(table.about.name, 5) for table in RETURNS},
    "an earlier quarter restated": sending("maars_referrals", 4, BEFORE),
    "a comment on the changed figure": commenting("More were counted"),
    "a withdrawal": lambda store: withdraw(store, slot_of("maars_referrals"), sent_by="test", reason="not ours"),
    "nothing to report": lambda store: send_nil(
        store, slot_of("maars_referrals"), sent_by="test", reason="nobody was referred"
    ),
    "a new baseline": lambda store: start_baseline(
        store, indicator="msp_asked", quarter=BEFORE, reason="A new form", written_by="Coordinator"
    ),
    **{
        f"an item of {one.name}": lambda store, one=one: save(store, one, one.example(QUARTER, 1), written_by="me")
        for one in REGISTERS
    },
}


def everything(store: Store, as_at: datetime | None = None, quarter: Quarter = QUARTER) -> Record:
    """Every figure, verdict, comment, comparison and register item, with all that is said of it."""
    seen = seen_at(store.reading(as_at), PLAN, quarter, Settings(), TODAY, invented=False)
    meeting = Meeting(1, STOCKPORT.code, "ME-0001", "Review", "2024-06-03", "QAP", quarter, "me", BEGIN)
    return record_of(seen, meeting, BEGIN, drawn=False)


def test_after_every_kind_of_change_it_is_what_a_store_opened_afresh_finds(tmp_path: Path) -> None:
    path, wrong = tmp_path / "store.duckdb", []
    store = Store.open(path, clock=Ticking(STARTED))
    for change in BEGINNINGS:
        change(store)
    between, before = store.clock(), everything(store)
    for some in batched(CHANGES, 6):
        for name in some:
            CHANGES[name](store)
        now = everything(store)
        wrong += [some] if now != found_afresh(path) or now == before else []
        before = now
    assert everything(store, between) == found_afresh(path, between)
    assert everything(store, quarter=BEFORE) == found_afresh(path, quarter=BEFORE)
    store.close()
    assert wrong == []


def batched(names: Iterable[str], size: int) -> list[list[str]]:
    every = list(names)
    return [every[start : start + size] for start in range(0, len(every), size)]


def found_afresh(path: Path, as_at: datetime | None = None, quarter: Quarter = QUARTER) -> Record:
    store = Store.open(path)
    try:
        return everything(store, as_at, quarter)
    finally:
        store.close()


def test_a_rehearsal_carries_nothing_out_of_its_transaction(tmp_path: Path) -> None:
    store = opened(tmp_path / "store.duckdb")
    sent(store, "Housing", "Housing")
    measure(store.reading(), all_indicators())
    rehearsed = rehearse(store, SLOT, maars("Self-neglect"), lambda after: measure(after, all_indicators()))
    sent(store, "Housing", "Self-neglect", "Self-neglect", reason="more came")
    found = measure(store.reading(), all_indicators())["maars_self_neglect"].at(SLOT.quarter)
    assert rehearsed is not None and found is not None
    assert (found.count.k, found.count.n) == (2, 3)


def maars(*risks: str) -> bytes:
    return file_of({f"MR-9-{number}": {"risks": risk} for number, risk in enumerate(risks)}, SLOT.quarter)


def test_a_value_is_made_anew_when_what_it_is_made_of_is_another() -> None:
    carried, made = Carried(), []

    def value(of: str) -> str:
        return carried.once("words", "key", (of,), lambda: made.append(of) or of)

    assert [value("a"), value("a"), value("b"), value("a")] == ["a", "a", "b", "a"]
    assert made == ["a", "b", "a"]


def test_of_a_family_the_values_used_last_are_held() -> None:
    carried = Carried()
    for key in (1, 2, 1, 3):
        carried.once("numbers", key, (), lambda: object(), most=2)
    assert list(carried.families["numbers"]) == [1, 3]


def test_of_a_moment_that_is_over_only_a_share_is_held() -> None:
    carried = Carried(share=0.5)
    for key in range(6):
        carried.once("numbers", key, (), object, most=4)
    assert list(carried.families["numbers"]) == [4, 5]


def test_what_is_not_held_or_was_made_of_something_else_is_told_from_a_value_of_none() -> None:
    carried = Carried()
    assert carried.once("numbers", 1, ("a",), lambda: None) is None
    assert carried.held("numbers", 1, ("a",)) is None
    assert all(carried.held(*asked) is NOTHING for asked in (("numbers", 1, ("b",)), ("numbers", 2), ("words", 1)))


def test_everything_can_be_let_go_and_made_again() -> None:
    carried = Carried()
    first = carried.once("numbers", 1, (), object)
    carried.let_go()
    assert carried.held("numbers", 1) is NOTHING
    assert carried.once("numbers", 1, (), object) is not first


@dataclass(frozen=True)
class Overtaken(Reading):
    """A reading during which somebody else commits, just after the rows were read."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        found = super().rows(sql)
        commenting("Up by four.")(self.store)
        return found


def test_a_version_committed_while_others_are_read_is_seen_by_the_next_who_asks(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.duckdb", clock=Ticking(STARTED))
    commenting("Up by three.")(store)
    now = store.reading()
    overtaken = Overtaken(store, now.entries, now.counting, now.last, now.version, None)
    assert [one.what_happened for one in comments(overtaken)] == ["Up by three."]
    for _ in range(2):
        assert [one.what_happened for one in comments(store)] == ["Up by three.", "Up by four."]
    store.close()
