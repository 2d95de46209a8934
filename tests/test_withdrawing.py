"""Taking a return back: what counts afterwards, what stays readable, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from maars_files import QUARTER, SLOT, plain, sent, trace

from dataset.agencies import POLICE, duties_for
from dataset.intake import Answer, send_nil
from dataset.rebuilding import rebuild
from dataset.receipts import receipt_text
from dataset.reminding import outstanding_line
from dataset.returns_calendar import outstanding, overview, standing
from dataset.store import Store
from dataset.tables.maars_referrals import MaarsReferral
from dataset.withdrawing import withdraw

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def now() -> list[datetime]:
    return [NOON]


@pytest.fixture
def store(tmp_path: Path, now: list[datetime]) -> Iterator[Store]:
    store = Store.open(tmp_path / "store.duckdb", clock=lambda: now[0])
    yield store
    store.close()


def withdrawn(store: Store, reason: str = "it was another agency's") -> Answer:
    return withdraw(store, SLOT, sent_by="Ann", reason=reason)


def counting(store: Store, as_at: datetime | None = None) -> int:
    reading = store.reading(as_at)
    return int(reading.rows(f"SELECT count(*) FROM {reading.source(MaarsReferral)}")[0][0])


def codes(answer: Answer) -> list[str]:
    return [finding.code for finding in answer.findings]


def test_nothing_cannot_be_withdrawn(store: Store) -> None:
    answer = withdrawn(store)
    assert (answer.result, codes(answer)) == ("rejected", ["NOTHING_TO_WITHDRAW"])
    assert (answer.entry.status, answer.entry.kind, answer.entry.replaces) == ("rejected", "withdrawal", None)
    assert store.entries() == (answer.entry,)


@pytest.mark.parametrize(
    ("sent_by", "reason", "code"),
    [
        ("", "why", "SENDER_MISSING"),
        (" \t", "why", "SENDER_MISSING"),
        ("Ann", "", "REASON_MISSING"),
        ("Ann", " \n", "REASON_MISSING"),
    ],
)
def test_a_withdrawal_needs_a_sender_and_a_reason(sent_by: str, reason: str, code: str, store: Store) -> None:
    sent(store, plain("A"))
    answer = withdraw(store, SLOT, sent_by=sent_by, reason=reason)
    assert (answer.result, codes(answer), counting(store)) == ("rejected", [code], 1)


@pytest.mark.parametrize("change", [{"agency": "NOBODY"}, {"area": "E08000001"}, {"quarter": QUARTER.plus(1)}])
def test_only_the_slot_itself_is_withdrawn(change: dict[str, str], store: Store) -> None:
    sent(store, plain("A"))
    answer = withdraw(store, replace(SLOT, **change), sent_by="Ann", reason="why")
    assert "NOTHING_TO_WITHDRAW" in codes(answer)
    assert counting(store) == 1


def test_what_is_withdrawn_no_longer_counts_and_stays_readable(store: Store, now: list[datetime]) -> None:
    first = sent(store, plain("A", "B")).entry
    now[0] += timedelta(days=9)
    entry = withdrawn(store).entry
    assert (entry.status, entry.kind, entry.replaces) == ("withdrawn", "withdrawal", first.id)
    assert (entry.id, entry.recorded_at, entry.reason) == (2, now[0], "it was another agency's")
    assert [counting(store, at) for at in (NOON, now[0], None)] == [2, 0, 0]
    assert store.reading().counting == {}


def test_a_withdrawal_of_a_restatement_does_not_bring_the_first_back(store: Store) -> None:
    sent(store, plain("A"))
    sent(store, plain("A", "B"), reason="one more")
    assert withdrawn(store).entry.replaces == 2
    assert counting(store) == 0


def test_it_is_withdrawn_once(store: Store) -> None:
    sent(store, plain("A"))
    assert [withdrawn(store).result for _ in range(2)] == ["accepted", "rejected"]


def test_a_nil_return_can_be_withdrawn(store: Store) -> None:
    send_nil(store, SLOT, sent_by="Ann", reason="none")
    assert withdrawn(store).result == "accepted"
    assert store.reading().counting == {}


@pytest.mark.parametrize("raw", [plain("A"), plain("A", "B")], ids=["the same file", "another"])
def test_the_slot_may_be_sent_again_as_a_plain_return(raw: bytes, store: Store) -> None:
    sent(store, plain("A"))
    withdrawn(store)
    entry = sent(store, raw).entry
    assert (entry.status, entry.kind, entry.replaces) == ("accepted", "return", None)
    assert counting(store) == entry.records


def test_what_was_withdrawn_may_be_sent_for_the_slot_it_belongs_to(store: Store) -> None:
    sent(store, plain("A"))
    other = replace(SLOT, agency=POLICE.code)
    assert codes(sent(store, plain("A"), other)) == ["SAME_FILE_OTHER_RETURN"]
    withdrawn(store)
    assert sent(store, plain("A"), other).entry.status == "accepted"


def test_after_it_the_return_is_owed_again(store: Store) -> None:
    (duty,) = (duty for duty in duties_for(SLOT.dataset) if duty.agency.code == SLOT.agency)
    sent(store, plain("A"))
    before = standing(store.reading(), duty, QUARTER, date(2024, 5, 1))
    withdrawn(store)
    after = standing(store.reading(), duty, QUARTER, date(2024, 5, 1))
    assert (before.state, after.state, after.entry) == ("late", "withdrawn", None)
    assert (after.words, before.overdue, after.overdue) == ("⊘ Withdrawn", False, True)
    (owed,) = [
        one for one in outstanding(overview(store.reading(), QUARTER, date(2024, 5, 1))) if one.state == "withdrawn"
    ]
    assert outstanding_line(owed).endswith(f"was due {owed.due_on:%d/%m/%Y}")


def test_a_return_sent_again_after_it_no_longer_stands_as_withdrawn(store: Store) -> None:
    (duty,) = (duty for duty in duties_for(SLOT.dataset) if duty.agency.code == SLOT.agency)
    sent(store, plain("A"))
    withdrawn(store)
    sent(store, plain("B"))
    assert standing(store.reading(), duty, QUARTER, date(2024, 5, 1)).state == "late"


def test_a_rebuild_replays_it(store: Store, now: list[datetime]) -> None:
    sent(store, plain("A", "B"))
    withdrawn(store)
    sent(store, plain("C"))
    now[0] += timedelta(days=1)
    withdrawn(store, "again")
    withdrawn(store, "of nothing")
    before = {name: rows for name, rows in trace(store).items() if name.startswith(("facts", "submission"))}
    store.close()
    assert rebuild(store.path)[0] == 5
    again = Store.open(store.path)
    after = trace(again)
    assert {name: after[name] for name in before} == before
    assert (counting(again), counting(again, NOON), again.keeping.pending()) == (0, 1, [])
    again.close()


def test_it_is_kept_beside_the_store(store: Store) -> None:
    sent(store, plain("A"))
    entry = withdrawn(store).entry
    assert list(store.keeping.entries())[-1] == entry.as_entry()
    assert (store.keeping.pending(), store.version) == ([], 2)


def test_of_two_who_withdraw_at_once_one_is_told(store: Store) -> None:
    sent(store, plain("A"))
    with ThreadPoolExecutor(2) as pool:
        results = [answer.result for answer in pool.map(lambda _: withdrawn(store), range(2))]
    assert sorted(results) == ["accepted", "rejected"]


def test_its_receipt_says_what_it_did(store: Store) -> None:
    sent(store, plain("A"))
    text = receipt_text(withdrawn(store).entry, store_version=2, invented=False)
    assert "Withdrawal: MAARS referrals\n" in text
    assert "Counts as not sent from now on\n" in text and "Withdraws entry: 1\n" in text
    assert "sha256" not in text and "Rows stored" not in text


def test_a_withdrawal_that_fails_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(store, plain("A"))
    before = trace(store)
    monkeypatch.setattr("dataset.ledger.write", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        withdrawn(store)
    monkeypatch.undo()
    assert trace(store) == before
    assert withdrawn(store).entry.id == 2
