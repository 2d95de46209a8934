"""Every write asks who acts: each role and agency, done or refused, and a line in the trail either way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dataset.access.access import trail_of
from dataset.access.acting import NotAllowed, acting
from dataset.access.roles import Actor
from dataset.agencies import STOCKPORT
from dataset.commentary import write_comment
from dataset.intake import send, send_nil
from dataset.ledger import Slot
from dataset.meetings import plan_meeting
from dataset.quarter import Quarter
from dataset.rebasing import start_baseline, take_back
from dataset.registering import remove, save, take_in
from dataset.store import Store
from dataset.withdrawing import withdraw
from safeguarding_metrics.registers import register_named

Q = Quarter(2025, 1)
SLOT = Slot(STOCKPORT.code, "MAARS", "maars_referrals", Q)
RISKS = register_named("risks")
WORDS = {"what_happened": "One", "so_what": "Two", "now_what": "Three"}

WRITES: dict[str, Callable[[Store], object]] = {
    "send": lambda store: send(store, SLOT, b"no return", sent_by="Role", file_name="a.csv"),
    "nil": lambda store: send_nil(store, SLOT, sent_by="Role", reason="None"),
    "withdraw": lambda store: withdraw(store, SLOT, sent_by="Role", reason="Wrong"),
    "comment": lambda store: write_comment(
        store, agency="MAARS", indicator="maars_referrals", quarter=Q, **WORDS, written_by="Role"
    ),
    "rebase": lambda store: start_baseline(
        store, indicator="concerns", quarter=Q, reason="New form", written_by="Role"
    ),
    "take back": lambda store: take_back(store, indicator="concerns", quarter=Q, reason="Old form", written_by="Role"),
    "enter": lambda store: save(store, RISKS, RISKS.example(Q, 1), written_by="Role"),
    "remove": lambda store: remove(store, RISKS, "RI-0001", written_by="Role", reason="Twice"),
    "take in": lambda store: take_in(store, RISKS, b"reference\r\n", written_by="Role"),
    "plan": lambda store: plan_meeting(
        store, name="Review", held_on="14/05/2025", group="Executive", quarter=Q, written_by="Role"
    ),
}
MAY: dict[str, set[str]] = {
    "send": {"administrator", "sender MAARS"},
    "nil": {"administrator", "sender MAARS"},
    "withdraw": {"administrator", "sender MAARS"},
    "comment": {"administrator", "sender MAARS"},
    "rebase": {"administrator", "analyst"},
    "take back": {"administrator", "analyst"},
    "enter": {"administrator", "analyst", "chair"},
    "remove": {"administrator", "analyst", "chair"},
    "take in": {"administrator", "analyst", "chair"},
    "plan": {"administrator", "analyst", "chair"},
}
ACTORS: dict[str, Actor | None] = {
    "nobody": None,
    "viewer": Actor("a", "viewer"),
    "sender MAARS": Actor("a", "sender", "MAARS"),
    "sender GMP": Actor("a", "sender", "GMP"),
    "analyst": Actor("a", "analyst"),
    "chair": Actor("a", "chair"),
    "administrator": Actor("a", "administrator"),
}


def dump(store: Store) -> list[tuple[object, ...]]:
    with store.cursor() as cursor:
        tables = ("submission", "commentary", "rebase", "register_entry", "meeting")
        return [row for name in tables for row in cursor.execute(f"SELECT * FROM {name} ORDER BY id").fetchall()]


@pytest.mark.parametrize("write", WRITES)
def test_a_write_is_done_by_those_who_may_and_refused_to_all_others(write: str, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.duckdb")
    for name, actor in ACTORS.items():
        before = dump(store)
        with acting(actor):
            if name in MAY[write]:
                WRITES[write](store)
                continue
            with pytest.raises(NotAllowed):
                WRITES[write](store)
        assert dump(store) == before, name
        assert trail_of(store.path.resolve()).entries()[0].outcome == "refused", name
    assert trail_of(store.path.resolve()).verify().holds
    store.close()


def test_an_agency_answers_in_an_item_that_is_its_own_and_gives_it_to_nobody_else(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.duckdb")
    row = RISKS.example(Q, 1) | {"reference": "RI-0001", "owner": "GMP"}
    save(store, RISKS, row, written_by="Business unit")
    with acting(Actor("a", "sender", "GMP")):
        assert (
            save(store, RISKS, row | {"title": "Told anew"}, written_by="Police", reason="Better").result == "accepted"
        )
        with pytest.raises(NotAllowed):
            save(store, RISKS, row | {"owner": "SHG"}, written_by="Police", reason="Not ours")
        with pytest.raises(NotAllowed):
            save(store, RISKS, row | {"reference": "RI-0002"}, written_by="Police")
    with acting(Actor("a", "sender", "SHG")), pytest.raises(NotAllowed):
        save(store, RISKS, row | {"title": "Mine"}, written_by="Homes", reason="Mine")
    store.close()


def test_the_trail_names_what_was_done_and_holds_no_cell(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.duckdb")
    with acting(Actor("officer@example", "sender", "MAARS")):
        send(store, SLOT, b"referral_id\r\nSECRET-1\r\n", sent_by="Role", file_name="SECRET.csv")
    (line, *_) = trail_of(store.path.resolve()).entries()
    assert (line.account, line.agency, line.outcome) == ("officer@example", "MAARS", "not accepted")
    assert "maars_referrals MAARS 2025/26 Q1" in line.what and "SECRET" not in line.what
    store.close()
