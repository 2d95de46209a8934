"""Sending a return: what is stored, what is refused, what is remembered."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dataset.agencies import MAARS, POLICE, STOCKPORT
from dataset.intake import Answer, send, send_nil
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.store import Store
from dataset.tables import RETURNS, return_named
from dataset.tables.maars_referrals import MaarsReferral
from dataset.templates import example_csv

Q1 = Quarter(2023, 1)
SLOT = Slot(STOCKPORT.code, MAARS.code, "maars_referrals", Q1)
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
GOOD, BAD = (Path(__file__).with_name(name) for name in ("good_uploads", "bad_uploads"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "store.duckdb", clock=lambda: NOON)
    yield store
    store.close()


def file(rows: int = 3, quarter: Quarter = Q1) -> bytes:
    return example_csv(MaarsReferral, quarter, rows).encode()


# An example of the counts holds one measure of all that an agency owes.
ASKED = dict.fromkeys(("MEASURES_MISSING:measure", "MEASURES_OF_OTHERS:measure"), "only an example")


def sent(store: Store, raw: bytes, slot: Slot = SLOT, reason: str = "") -> Answer:
    return send(store, slot, raw, sent_by="Ann Example", file_name="return.csv", reason=reason, reasons=ASKED)


def facts(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of facts, counting or not."""
    with store.cursor() as cursor:
        return {
            table.about.name: cursor.execute(f"SELECT * FROM facts.{table.about.name} ORDER BY ALL").fetchall()
            for table in RETURNS
        }


def counting(store: Store, as_at: datetime | None = None) -> int:
    reading = store.reading(as_at)
    return int(reading.rows(f"SELECT count(*) FROM {reading.source(MaarsReferral)}")[0][0])


def codes(answer: Answer) -> list[str]:
    return [finding.code for finding in answer.findings if finding.blocks]


@pytest.mark.parametrize("table", RETURNS, ids=lambda table: table.about.name)
def test_an_accepted_return_is_stored_row_by_row(table: type[MaarsReferral], store: Store) -> None:
    slot = replace(SLOT, dataset=table.about.name, quarter=Quarter(2023, 4))
    answer = sent(store, example_csv(table, slot.quarter, 5).encode(), slot)
    assert (answer.result, answer.entry.id, answer.entry.status) == ("accepted", 1, "accepted")
    rows = facts(store)[table.about.name]
    assert len(rows) == answer.entry.records >= 1
    assert {row[:3] for row in rows} == {(1, n, slot.quarter.id) for n in range(2, len(rows) + 2)}


def test_the_entry_says_what_was_sent_by_whom_and_when(store: Store) -> None:
    raw = (GOOD / "semicolon.csv").read_bytes()
    entry = sent(store, raw).entry
    assert (entry.slot, entry.sha256, entry.bytes) == (SLOT, hashlib.sha256(raw).hexdigest(), len(raw))
    assert (entry.file_name, entry.sent_by, entry.recorded_at) == ("return.csv", "Ann Example", NOON)
    assert (entry.records, entry.encoding, entry.separator, entry.kind) == (3, "utf-8", ";", "return")
    assert store.entries() == (entry,)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.open(tmp_path_factory.mktemp("filled") / "store.duckdb")
    sent(store, file(rows=2))
    yield store
    store.close()


@pytest.mark.parametrize("path", sorted(BAD.iterdir()), ids=lambda path: path.stem)
def test_a_refused_return_leaves_the_facts_as_they_were(path: Path, filled: Store) -> None:
    before, kept = facts(filled), sorted(filled.keeping.files.rglob("*"))
    answer = sent(filled, path.read_bytes(), reason="a correction")
    assert (answer.result, answer.entry.status) == ("rejected", "rejected")
    assert facts(filled) == before
    assert sorted(filled.keeping.files.rglob("*")) == kept
    assert filled.entries()[-1] == answer.entry


def test_a_refusal_is_entered_in_the_ledger_without_its_rows(store: Store) -> None:
    answer = sent(store, (BAD / "unknown_code.csv").read_bytes())
    assert store.entries() == (answer.entry,)
    assert store.reading().counting == {}
    assert not store.keeping.has_file(answer.entry.sha256)


def test_sending_the_same_bytes_again_changes_nothing(store: Store) -> None:
    first = sent(store, file())
    before, version = facts(store), store.version
    again = sent(store, file(), reason="to be sure")
    assert (again.result, again.accepted, again.entry) == ("unchanged", True, first.entry)
    assert (facts(store), store.version, len(store.entries())) == (before, version, 1)


def test_a_slot_that_is_taken_asks_for_a_reason(store: Store) -> None:
    sent(store, file(3))
    answer = sent(store, file(4))
    assert (answer.result, codes(answer)) == ("rejected", ["SLOT_TAKEN"])
    assert "entry 1, 3 rows, on 01/05/2024 by Ann Example" in answer.findings[-1].message
    assert "give a reason" in answer.findings[-1].fix
    assert counting(store) == 3
    assert not store.keeping.has_file(answer.entry.sha256)


@pytest.mark.parametrize("reason", [" ", "\n\t"])
def test_blanks_are_no_reason(reason: str, store: Store) -> None:
    sent(store, file(3))
    assert codes(sent(store, file(4), reason=reason)) == ["SLOT_TAKEN"]


def test_a_restatement_replaces_and_both_readings_are_kept(tmp_path: Path) -> None:
    now = [NOON]
    store = Store.open(tmp_path / "store.duckdb", clock=lambda: now[0])
    sent(store, file(3))
    now[0] += timedelta(days=9)
    answer = sent(store, file(5), reason="two referrals came late")
    assert (answer.entry.kind, answer.entry.replaces) == ("restatement", 1)
    assert answer.entry.reason == "two referrals came late"
    assert [counting(store, at) for at in (NOON - timedelta(days=1), NOON, NOON + timedelta(days=9))] == [0, 3, 5]
    assert counting(store) == 5
    store.close()


def test_a_reading_taken_before_a_restatement_goes_on_seeing_what_it_saw(store: Store) -> None:
    sent(store, file(3))
    earlier = store.reading()
    sent(store, file(5), reason="late rows")
    assert earlier.rows(f"SELECT count(*) FROM {earlier.source(MaarsReferral)}") == [(3,)]
    assert counting(store) == 5


def test_going_back_to_the_first_file_is_a_restatement_too(store: Store) -> None:
    for rows, reason in ((3, ""), (5, "late rows"), (3, "they were another quarter's")):
        answer = sent(store, file(rows), reason=reason)
    assert (answer.result, answer.entry.kind, answer.entry.replaces) == ("accepted", "restatement", 2)
    assert counting(store) == 3


@pytest.mark.parametrize("other", [replace(SLOT, quarter=Quarter(2023, 2)), replace(SLOT, agency=POLICE.code)])
def test_the_same_file_for_another_quarter_or_agency_is_refused(other: Slot, store: Store) -> None:
    sent(store, file())
    answer = sent(store, file(), other, reason="sent twice")
    assert (answer.result, codes(answer)) == ("rejected", ["SAME_FILE_OTHER_RETURN"])
    assert "MAARS, 2023/24 Q1 on 01/05/2024" in answer.findings[0].message
    assert list(store.reading().counting) == [SLOT]


def test_a_file_that_no_longer_counts_may_be_sent_elsewhere(store: Store) -> None:
    sent(store, file(3))
    sent(store, file(4), reason="the first was the Police's")
    answer = sent(store, file(3), replace(SLOT, agency=POLICE.code))
    assert answer.result == "accepted"


def test_a_nil_return_is_not_a_missing_one(store: Store) -> None:
    assert SLOT not in store.reading().returned("maars_referrals")
    answer = send_nil(store, SLOT, sent_by="Ann", reason="no referrals this quarter")
    assert (answer.result, answer.entry.kind, answer.entry.records) == ("accepted", "nil", 0)
    assert store.reading().returned("maars_referrals") == {SLOT: answer.entry}
    assert counting(store) == 0


def test_a_nil_return_said_twice_is_said_once(store: Store) -> None:
    first = send_nil(store, SLOT, sent_by="Ann", reason="none")
    again = send_nil(store, SLOT, sent_by="Ann", reason="still none")
    assert (again.result, again.entry) == ("unchanged", first.entry)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_nil_return_needs_a_reason(reason: str, store: Store) -> None:
    answer = send_nil(store, SLOT, sent_by="Ann", reason=reason)
    assert (answer.result, codes(answer)) == ("rejected", ["REASON_MISSING"])


def test_a_nil_return_never_hides_rows(store: Store) -> None:
    sent(store, file(3))
    answer = send_nil(store, SLOT, sent_by="Ann", reason="there were none")
    assert (answer.result, codes(answer)) == ("rejected", ["SLOT_TAKEN"])
    assert counting(store) == 3


def test_rows_that_come_after_a_nil_return_restate_it(store: Store) -> None:
    send_nil(store, SLOT, sent_by="Ann", reason="none")
    assert codes(sent(store, file(3))) == ["SLOT_TAKEN"]
    assert sent(store, file(3), reason="found some").entry.replaces == 1
    assert counting(store) == 3


def test_an_empty_file_is_no_nil_return(store: Store) -> None:
    send_nil(store, SLOT, sent_by="Ann", reason="none")
    assert codes(sent(store, b"", reason="nothing")) == ["EMPTY_FILE"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agency": "NOBODY"}, "UNKNOWN_AGENCY"),
        ({"area": "E08000001"}, "OTHER_AREA"),
        ({"quarter": Quarter(2024, 2)}, "QUARTER_TO_COME"),
    ],
)
def test_a_wrong_address_is_refused(change: dict[str, str], code: str, store: Store) -> None:
    slot = replace(SLOT, **change)
    assert code in codes(sent(store, file(3, slot.quarter), slot))
    assert code in codes(send_nil(store, slot, sent_by="Ann", reason="none"))
    assert store.reading().counting == {}


def test_a_yearly_return_belongs_to_the_fourth_quarter(store: Store) -> None:
    raw = example_csv(return_named("survey_results"), Q1).encode()
    assert codes(sent(store, raw, replace(SLOT, dataset="survey_results"))) == ["YEARLY_RETURN"]
    assert sent(store, raw, replace(SLOT, dataset="survey_results", quarter=Quarter(2023, 4))).accepted


def test_a_sender_is_named(store: Store) -> None:
    answer = send(store, SLOT, file(), sent_by=" ", file_name="return.csv")
    assert codes(answer) == ["SENDER_MISSING"]


def test_a_return_nobody_expects_is_taken_with_a_note(store: Store) -> None:
    answer = sent(store, file(), replace(SLOT, agency=POLICE.code))
    assert answer.accepted
    assert answer.findings[0].code == "NOT_EXPECTED" and not answer.findings[0].blocks


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann.example\\up.csv", "up.csv"),
        ("/", ""),
        ("..", ".."),
        ("up\x00.csv", "up.csv"),
        ("up[1]*.csv", "up[1]*.csv"),
        ("a\nb\u202e.csv", "a b .csv"),
        ("x" * 300 + ".csv", "x" * 79 + "…"),
    ],
)
def test_a_file_name_is_only_text(given: str, kept: str, store: Store) -> None:
    answer = send(store, SLOT, file(), sent_by="Ann", file_name=given)
    assert answer.accepted
    assert answer.entry.file_name == kept
    beside = {path.name for path in store.path.parent.iterdir()} - {"store.duckdb.wal"}
    assert beside == {"store.duckdb", "store.duckdb.access", "store.duckdb.kept"}


def test_what_a_sender_writes_is_kept_as_text(store: Store) -> None:
    sent(store, file(3))
    reason = "'); DROP TABLE submission; -- <b> ![x](http://example.org) “é”\x00\udc80"
    answer = send(store, SLOT, file(4), sent_by="O'Neill;\x00DROP\nTABLE", file_name="r.csv", reason=reason)
    assert answer.entry.sent_by == "O'Neill; DROP TABLE"
    assert store.entries()[-1].reason == reason.replace("\udc80", "?")
    assert list(store.keeping.entries())[-1] == answer.entry.as_entry()


def test_the_record_of_a_fact_is_the_row_excel_shows_also_with_blank_rows(store: Store) -> None:
    answer = sent(store, (GOOD / "blank_rows.csv").read_bytes())
    rows = store.reading().rows("SELECT record, referral_id FROM facts.maars_referrals ORDER BY record")
    assert rows == [(2, "MR-0001"), (4, "MR-0002"), (7, "MR-0003")]
    assert (answer.entry.records, answer.entry.blank_records) == (3, 5)


def test_working_days_are_stored_with_a_rapid_review(store: Store) -> None:
    columns = "review_id,aware_on,notified_on,completed_on,children_involved,themes,decision"
    raw = f"{columns}\nRR-1,06/04/2023,11/04/2023,09/05/2023,1,,No further review\n".encode()
    sent(store, raw, replace(SLOT, dataset="rapid_reviews"))
    days = "days_to_notify, days_to_complete, days_from_notice"
    # Easter, 1 May and the coronation on 8 May lie in between.
    assert store.reading().rows(f"SELECT {days} FROM facts.rapid_reviews") == [(1, 19, 18)]


def test_the_file_itself_is_kept_by_its_hash_and_only_once(store: Store) -> None:
    answer = sent(store, file(3))
    sent(store, file(4), reason="one more")
    sent(store, file(3), reason="back again")
    assert store.keeping.file(answer.entry.sha256) == file(3)
    kept = [path for path in store.keeping.files.rglob("*") if path.is_file()]
    assert sorted(path.name for path in kept) == sorted(hashlib.sha256(file(n)).hexdigest() for n in (3, 4))
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.name for path in kept)


def test_nothing_stays_staged_after_a_sending(store: Store) -> None:
    sent(store, file(3))
    sent(store, (BAD / "unknown_code.csv").read_bytes())
    assert list(store.keeping.staging.iterdir()) == []
    assert store.keeping.pending() == []


def test_a_clock_set_back_does_not_run_the_ledger_backwards(tmp_path: Path) -> None:
    now = [NOON]
    store = Store.open(tmp_path / "store.duckdb", clock=lambda: now[0])
    sent(store, file(3))
    now[0] = NOON - timedelta(days=40)
    later = sent(store, file(4), reason="one more").entry
    assert later.recorded_at == NOON
    assert store.reading(NOON).counting[SLOT] == later
    store.close()


def test_times_are_kept_to_the_microsecond_in_utc(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2024-05-01T13:00:00.123456+01:00")
    store = Store.open(tmp_path / "store.duckdb", clock=lambda: moment)
    sent(store, file())
    (entry,) = store.entries()
    assert entry.recorded_at == moment
    assert entry.recorded_at.utcoffset() == timedelta(0)
    store.close()


def at_once(*calls: Callable[[], Answer]) -> list[Answer]:
    answers: list[Answer] = []
    together = threading.Barrier(len(calls))

    def run(call: Callable[[], Answer]) -> None:
        together.wait()
        answers.append(call())

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_two_who_send_the_same_slot_at_once_one_is_accepted_and_the_other_told(store: Store) -> None:
    answers = at_once(lambda: sent(store, file(3)), lambda: sent(store, file(4)))
    assert sorted(answer.result for answer in answers) == ["accepted", "rejected"]
    (told,) = (answer for answer in answers if not answer.accepted)
    assert codes(told) == ["SLOT_TAKEN"]
    (accepted,) = (answer for answer in answers if answer.accepted)
    assert counting(store) == accepted.entry.records


def test_of_two_who_send_the_same_file_at_once_it_is_stored_once(store: Store) -> None:
    answers = at_once(lambda: sent(store, file(3)), lambda: sent(store, file(3)))
    assert [answer.result for answer in answers].count("accepted") == 1
    assert counting(store) == len(facts(store)["maars_referrals"]) == 3


def test_eight_who_send_different_slots_at_once_are_all_accepted(store: Store) -> None:
    slots = [replace(SLOT, quarter=Quarter(2021, 1).plus(n)) for n in range(8)]
    answers = at_once(*(lambda s=slot: sent(store, file(9, s.quarter), s) for slot in slots))
    assert [answer.result for answer in answers] == ["accepted"] * 8
    assert sorted(entry.id for entry in store.entries()) == list(range(1, 9))
    assert (counting(store), store.version) == (72, 8)
