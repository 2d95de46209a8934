"""What a new file would change in the rows, its rehearsal, and many people at one slot."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from maars_files import SLOT, file_of, plain, sent, trace
from trying import tried

from dataset.code_lists import SURVEY, SURVEY_AGE_BAND, SURVEY_QUESTION
from dataset.intake import send, send_nil
from dataset.quarter import Quarter
from dataset.restating import EXAMPLES, RowChange, compare, rehearse, unrehearsed
from dataset.staged import staged
from dataset.store import Reading, Store
from dataset.tables import RETURNS
from dataset.tables.maars_referrals import MaarsReferral
from dataset.templates import example_csv


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "store.duckdb")
    yield store
    store.close()


def changes(store: Store, raw: bytes) -> tuple[int, int, int, int]:
    found = compare(store, SLOT, raw)
    assert found is not None
    return found.added, found.removed, found.changed, found.same


def test_an_empty_slot_has_nothing_to_compare_with(store: Store) -> None:
    assert compare(store, SLOT, plain("A")) is None


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"not,a,return\n1,2,3\n", file_of({"A": {"sex": "?"}})])
def test_a_file_that_is_not_accepted_is_not_compared_nor_rehearsed(raw: bytes, store: Store) -> None:
    sent(store, plain("A"))
    assert compare(store, SLOT, raw) is None
    assert rehearse(store, SLOT, raw, lambda reading: reading.last) is None


def test_the_same_rows_in_another_order_are_the_same(store: Store) -> None:
    sent(store, plain("A", "B", "C"))
    assert changes(store, plain("C", "A", "B")) == (0, 0, 0, 3)


def test_the_same_risks_in_another_order_are_the_same(store: Store) -> None:
    sent(store, file_of({"A": {"risks": "Housing; Self-neglect"}}))
    assert changes(store, file_of({"A": {"risks": "Self-neglect;Housing"}})) == (0, 0, 0, 1)


def test_rows_without_a_key_in_common_are_removed_and_added(store: Store) -> None:
    sent(store, plain("A", "B"))
    assert changes(store, plain("C", "D", "E")) == (3, 2, 0, 0)


def test_after_a_nil_return_every_row_is_added(store: Store) -> None:
    send_nil(store, SLOT, sent_by="Ann", reason="none")
    assert changes(store, plain("A", "B")) == (2, 0, 0, 0)


def test_each_change_is_shown_as_its_sender_would_write_it(store: Store) -> None:
    sent(store, file_of({"A": {}, "B": {"risks": "Housing", "referred_on": "01/07/2023"}, "C": {}}))
    raw = file_of({"A": {}, "B": {"risks": "Housing; Offending", "referred_on": "2023-07-02"}, "D": {}})
    found = compare(store, SLOT, raw)
    assert found is not None
    added, changed, removed = found.examples
    cells = (("referred_on", "01/07/2023", "02/07/2023"), ("risks", "Housing", "Housing; Offending"))
    assert changed == RowChange("changed", "B", cells)
    assert (added.kind, added.key, removed.kind, removed.key) == ("added", "D", "removed", "C")
    assert ("sex", "", "Male") in added.columns and ("sex", "Male", "") in removed.columns


def test_a_blank_that_was_filled_and_a_cell_that_was_emptied_are_changes(store: Store) -> None:
    slot = replace(SLOT, dataset="survey_results", quarter=Quarter(2023, 4))
    first, second = SURVEY_AGE_BAND.values[:2]

    def survey(*margins: str) -> bytes:
        start = f"{SURVEY.values[0]},{SURVEY_QUESTION.values[0]}"
        rows = [f"{start},{age},213,300,{margin}" for age, margin in zip((first, second), margins, strict=True)]
        return "\n".join(["survey,question,age_band,said_yes,answered,margin", *rows]).encode()

    assert sent(store, survey("", "4.8"), slot).result == "accepted"
    found = compare(store, slot, survey("5", ""))
    assert found is not None and (found.changed, found.same) == (2, 0)
    assert [e.columns for e in found.examples] == [(("margin", "", "5"),), (("margin", "4.8", ""),)]
    assert found.examples[1].key.endswith(f" + {second}")


def test_examples_are_few_and_of_every_kind(store: Store) -> None:
    sent(store, plain(*(f"A{n}" for n in range(90))))
    raw = file_of({f"A{n}": {"sex": "Female"} for n in range(50)} | {"B1": {}, "B2": {}})
    found = compare(store, SLOT, raw)
    assert found is not None and (found.added, found.removed, found.changed) == (2, 40, 50)
    kinds = [example.kind for example in found.examples]
    assert len(kinds) == EXAMPLES == 20
    assert [kinds.count(kind) for kind in ("added", "changed", "removed")] == [2, 9, 9]
    assert [e.key for e in found.examples if e.kind == "changed"] == [f"A{n}" for n in range(9)]


@pytest.mark.parametrize("table", RETURNS, ids=lambda table: table.about.name)
def test_every_return_can_be_compared_with_itself(table: type[MaarsReferral], store: Store) -> None:
    slot = replace(SLOT, dataset=table.about.name, quarter=Quarter(2023, 4))
    raw = example_csv(table, slot.quarter, 5).encode()
    assert sent(store, raw, slot).result == "accepted"
    found = compare(store, slot, raw)
    assert found is not None and found.same >= 1
    assert (found.added, found.removed, found.changed, found.examples) == (0, 0, 0, ())


RETURN = st.dictionaries(
    st.sampled_from([f"R{n}" for n in range(9)]),
    st.fixed_dictionaries(
        {"sex": st.sampled_from(["Female", "Male"]), "repeat_referral": st.sampled_from(["Yes", "No"])}
    ),
    min_size=1,
)


@given(old=RETURN, new=RETURN)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_row_of_both_sides_is_counted_once(
    old: Mapping[str, Mapping[str, str]], new: Mapping[str, Mapping[str, str]], store: Store
) -> None:
    sent(store, file_of(old), reason="another")
    added, removed, changed, same = changes(store, file_of(new))
    assert (added + changed + same, removed + changed + same) == (len(new), len(old))
    assert same == sum(old[key] == new[key] for key in old.keys() & new.keys())
    assert added == len(new.keys() - old.keys())


def test_a_comparison_and_a_rehearsal_leave_no_trace(store: Store) -> None:
    sent(store, plain("A", "B"))
    before, version = trace(store), store.version
    compare(store, SLOT, plain("B", "C"))
    rehearse(store, SLOT, plain("B", "C"), rows)
    with pytest.raises(ZeroDivisionError):
        rehearse(store, SLOT, plain("B", "C"), lambda _: 1 // 0)
    assert (trace(store), store.version) == (before, version)


def rows(reading: Reading) -> list[str]:
    source = reading.source(MaarsReferral)
    return [reference for (reference,) in reading.rows(f"SELECT referral_id FROM {source} ORDER BY record")]


def test_a_rehearsal_shows_the_store_as_it_would_be_and_as_it_is(store: Store) -> None:
    sent(store, plain("A", "B"))
    seen = rehearse(store, SLOT, plain("B", "C", "D"), lambda reading: (rows(reading), rows(unrehearsed(reading))))
    assert seen == (["B", "C", "D"], ["A", "B"])
    assert rows(store.reading()) == ["A", "B"]


def test_what_is_rehearsed_is_what_is_then_stored(store: Store) -> None:
    sent(store, plain("A", "B"))
    rehearsed = rehearse(store, SLOT, plain("B", "C"), lambda reading: reading.counting[SLOT])
    entry = sent(store, plain("B", "C"), reason="a correction").entry
    assert rehearsed is not None
    known = {"sent_by": entry.sent_by, "file_name": entry.file_name, "recorded_at": entry.recorded_at}
    assert replace(rehearsed, reason=entry.reason, **known) == entry


def test_a_rehearsal_in_an_empty_store_shows_the_first_return(store: Store) -> None:
    seen = rehearse(store, SLOT, plain("A"), lambda reading: (rows(reading), unrehearsed(reading).counting))
    assert seen == (["A"], {})


def test_nobody_waits_for_a_rehearsal_nor_sees_it(store: Store) -> None:
    sent(store, plain("A", "B"))
    other = replace(SLOT, quarter=Quarter(2022, 1))

    def meanwhile(reading: Reading) -> tuple[list[str], list[str], str]:
        with ThreadPoolExecutor(1) as pool:
            seen = pool.submit(lambda: rows(store.reading())).result(timeout=20)
            sending = pool.submit(sent, store, file_of({"X": {}}, other.quarter), other)
            return seen, rows(reading), sending.result(timeout=20).result

    assert rehearse(store, SLOT, plain("C"), meanwhile) == (["A", "B"], ["C"], "accepted")
    assert sorted(rows(store.reading())) == ["A", "B", "X"]


def test_of_two_who_send_at_once_one_is_told_and_can_restate(store: Store) -> None:
    together = threading.Barrier(2)

    def send_now(raw: bytes) -> tuple[str, list[str], bytes]:
        together.wait()
        answer = sent(store, raw)
        return answer.result, [finding.code for finding in answer.findings], raw

    with ThreadPoolExecutor(2) as pool:
        accepted, told = sorted(pool.map(send_now, [plain("A", "B", "C"), plain("A", "B", "C", "D")]))
    assert (accepted[0], told[0], told[1]) == ("accepted", "rejected", ["SLOT_TAKEN"])
    seen = compare(store, SLOT, told[2])
    assert seen is not None and (seen.added, seen.removed, seen.same) in ((1, 0, 3), (0, 1, 3))
    assert sent(store, told[2], reason="mine is the later list").entry.kind == "restatement"


SUM = "SELECT count(*), sum(CAST(hash(referral_id, sex, risks) % 1000003 AS BIGINT))"


def version(number: int) -> bytes:
    """Versions that differ in their rows' number and in their cells."""
    risk = ("Housing", "Offending", "Self-neglect")[number % 3]
    return file_of({f"V{number}-{n}": {"risks": risk} for n in range(20 + number % 7)})


def checksum(reading: Reading) -> tuple[int, int]:
    return reading.rows(f"{SUM} FROM {reading.source(MaarsReferral)}")[0]  # type: ignore[return-value]


@tried(25, 100)
def test_four_readers_never_see_a_mixed_reading_during_many_restatements(times: int, store: Store) -> None:
    sent(store, version(0))
    expected = {1: checksum(store.reading())}
    seen: list[tuple[int, tuple[int, int]]] = []
    done = threading.Event()

    def read_on() -> None:
        while not done.wait(0.05):
            reading = store.reading()
            seen.append((reading.counting[SLOT].id, checksum(reading)))

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read_on) for _ in range(4)]
        try:
            for number in range(1, times + 1):
                entry = sent(store, version(number), reason="a correction").entry
                expected[entry.id] = checksum(store.reading())
        finally:
            done.set()
        assert [reader.result() for reader in readers] == [None] * 4
    assert [found[0] for _, found in sorted(expected.items())] == [20 + n % 7 for n in range(times + 1)]
    assert len(set(expected.values())) == times + 1
    assert {(number, found) for number, found in seen if expected[number] != found} == set()
    assert len({number for number, _ in seen}) > times // 10


def test_one_check_serves_the_comparison_and_the_rehearsal(store: Store) -> None:
    sent(store, plain("A", "B"))
    raw = plain("B", "C")
    with staged(store, SLOT, raw) as held:
        with staged(store, SLOT, raw) as again:
            assert again is held
        found, seen = compare(store, SLOT, raw), rehearse(store, SLOT, raw, rows)
        assert compare(store, SLOT, raw) == found
    assert found is not None and (found.added, found.removed, found.same) == (1, 1, 1)
    assert seen == ["B", "C"]


def test_another_file_slot_or_store_is_checked_for_itself(store: Store, tmp_path: Path) -> None:
    other = Store.open(tmp_path / "other.duckdb")
    elsewhere = replace(SLOT, quarter=Quarter(2022, 1))
    with staged(store, SLOT, plain("A")) as held:
        for place, slot, raw in ((store, SLOT, plain("A", "B")), (store, elsewhere, held.raw), (other, SLOT, held.raw)):
            with staged(place, slot, raw) as its_own:
                assert its_own.checked is not held.checked
                assert its_own.checked.accepted == (slot == SLOT)
    other.close()


def test_a_known_check_is_taken_for_the_very_bytes_and_slot_only(store: Store) -> None:
    raw, faulty = plain("A"), file_of({"A": {"sex": "?"}})
    with staged(store, SLOT, raw) as rows_of_raw:
        known = rows_of_raw.checked
    answers = [
        send(store, SLOT, faulty, sent_by="Ann", file_name="r.csv", known=known),
        send(store, replace(SLOT, quarter=Quarter(2022, 1)), raw, sent_by="Ann", file_name="r.csv", known=known),
        send(store, SLOT, raw, sent_by="Ann", file_name="r.csv", known=known),
    ]
    assert [answer.result for answer in answers] == ["rejected", "rejected", "accepted"]
    assert rows(store.reading()) == ["A"]
