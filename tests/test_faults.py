"""What a full disk, a read-only one, a damaged file, a clock set back and a kill leave behind: a sentence, and nothing lost."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from test_store import ENGINE_WORDS, ROOT, SLOT, dump, opened, put, refusal, run_sql
from trying import tried

from benchmarks.damage import WAYS
from benchmarks.killing import file_of
from benchmarks.kills import kills, look
from benchmarks.obstacles import small_disk
from dataset.access.records import Records, RecordsUnavailable
from dataset.backing_up import back_up
from dataset.disk import refused_by_disk
from dataset.intake import send
from dataset.quarter import Quarter
from dataset.rebuilding import rebuild
from dataset.store import Store, StoreDamaged, StoreUnavailable
from dataset.tables.maars_referrals import MaarsReferral
from dataset.templates import example_csv
from dataset.verifying import read_through, verify

# A limit on the size of any file is what a full disk is to a program, and needs no disk of its own.
UNTIL_FULL = """
import resource, sys
from pathlib import Path
from benchmarks.killing import _slot, file_of
from dataset.intake import send
from dataset.store import Store, StoreUnavailable
store = Store.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
for number in range(12):
    try:
        if send(store, _slot(number), file_of(number), sent_by="Ann", file_name=str(number), reason="more",
                reasons={"ROWS_UNUSUAL": "made up"}).accepted:
            print("accepted", number, flush=True)
    except StoreUnavailable as error:
        print(error, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.duckdb"


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one return in its file and two that are only in its log, as a kill leaves it; and a backup."""
    path = tmp_path_factory.mktemp("logged") / "store.duckdb"
    with opened(path) as store:
        put(store, 0, 30)
        back_up(store)
    store = Store.open(path)
    put(store, 1, 20)
    put(store, 2, 10)
    copy = tmp_path_factory.mktemp("copied") / "store"
    shutil.copytree(path.parent, copy)
    store.close()
    return copy / path.name


@pytest.fixture
def copied(logged: Path, tmp_path: Path) -> Path:
    shutil.copytree(logged.parent, tmp_path / "copy")
    return tmp_path / "copy" / logged.name


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("kilobytes", [2, 40])
def test_a_full_disk_is_said_and_what_was_accepted_is_still_there(kilobytes: int, path: Path) -> None:
    Store.open(path).close()
    command = [sys.executable, "-c", UNTIL_FULL, str(path), str(kilobytes * 1024)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    accepted = {int(line.split()[1]) for line in lines if line.startswith("accepted")}
    said = {line for line in lines if not line.startswith("accepted")}
    assert said and all("is full. Nothing that was accepted before is lost. Make room" in line for line in said)
    with opened(path) as store:
        assert {int(entry.file_name) for entry in store.entries()} == accepted
    assert all(one.fine for one in verify(path))


def faults_but_the_full_disk(path: Path) -> list[str]:
    """What is wrong with a store; that accounts cannot be read without a little room is said and is no fault of theirs."""
    return [
        one.sentence
        for one in verify(path)
        if not one.fine and "is full. Nothing that was accepted" not in one.sentence
    ]


def test_a_disk_that_fills_up_again_and_again_loses_nothing() -> None:
    with small_disk(1000) as folder:
        if folder is None:
            pytest.skip("only root may mount a small disk")
        with opened(folder / "store.duckdb") as store:
            for quarters in range(8):
                with suppress(StoreUnavailable):
                    put(store, quarters - 8, 1500)
                    back_up(store)
            with pytest.raises(StoreUnavailable, match="is full"):
                back_up(store)
            held = [entry.id for entry in store.entries()]
        assert faults_but_the_full_disk(folder / "store.duckdb") == []
        with opened(folder / "store.duckdb") as store:
            assert [entry.id for entry in store.entries()] == held


def test_on_a_disk_without_room_accounts_and_trail_say_so_too() -> None:
    with small_disk(1000) as folder:
        if folder is None:
            pytest.skip("only root may mount a small disk")
        records = Records(folder / "store.duckdb")
        records.prepare()
        (folder / "other").write_bytes(b"x" * shutil.disk_usage(folder).free)
        with (
            pytest.raises(RecordsUnavailable, match=r"is full\. Nothing that was accepted before is lost\. Make room"),
            records.writing() as database,
        ):
            database.execute("INSERT INTO attempt VALUES (?, 1)", ["name" * 10_000])


def test_a_read_only_disk_is_said() -> None:
    with small_disk(8000) as folder:
        if folder is None:
            pytest.skip("only root may mount a small disk")
        path = folder / "store.duckdb"
        with opened(path) as store:
            put(store, 0, 3)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        assert "cannot be written to" in refusal(path)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "is full"),
        (OSError(30, "Read-only file system"), "allows reading only"),
        (OSError(5, "Input/output error"), "Check the disk"),
        (duckdb.IOException("IO Error: Could not write file: No space left on device"), "is full"),
        (duckdb.ParserException("syntax error"), ""),
    ],
)
def test_what_a_disk_refuses_has_a_sentence_and_our_own_faults_have_none(error: Exception, said: str) -> None:
    text = refused_by_disk(error, Path("store.duckdb"))
    assert said in text and bool(text) == bool(said)
    assert not [word for word in ENGINE_WORDS if word in text.casefold()]


def test_a_clock_set_back_or_far_ahead_never_makes_the_ledger_run_backwards(path: Path) -> None:
    now = [datetime(2026, 11, 21, tzinfo=UTC)]
    for shift in (0, -2, 400, -500):
        now[0] += timedelta(days=shift)
        store = Store.open(path, clock=lambda: now[0])
        put(store, abs(shift) % 7, 5 + abs(shift) % 7, "more")
        back_up(store)
        store.close()
    moments = [entry.recorded_at for entry in store_entries(path)]
    assert len(moments) == 4 and moments == sorted(moments)
    assert all(one.fine for one in verify(path))


def store_entries(path: Path) -> tuple[object, ...]:
    with opened(path) as store:
        return store.entries()


@pytest.mark.parametrize("way", [name for name in WAYS if name.startswith("log") and "flipped" not in name])
def test_a_log_that_is_deleted_zeroed_or_cut_is_noticed_and_both_ways_out_are_named(way: str, copied: Path) -> None:
    ending, damage, _ = WAYS[way]
    log = copied.with_name(copied.name + ending)
    raw = log.read_bytes()
    log.unlink() if damage is None else log.write_bytes(damage(raw, random.Random(3)))  # noqa: S311
    said = refusal(copied)
    assert f"rebuild --store {copied}" in said
    assert f"restore --store {copied} --from newest" in said and "Nothing that was accepted would be lost." in said
    assert rebuild(copied)[0] == 3
    assert all(one.fine for one in verify(copied))


@pytest.mark.parametrize("way", ["a bit flipped", "truncated", "a page zeroed", "emptied", "log: a bit flipped"])
def test_a_damaged_store_is_never_read_as_something_else(way: str, copied: Path, logged: Path) -> None:
    ending, damage, _ = WAYS[way]
    assert damage is not None
    place, outcomes = copied.with_name(copied.name + ending), Counter[str]()
    whole = {name: logged.with_name(logged.name + name).read_bytes() for name in ("", ".wal")}
    with opened(shutil.copytree(logged.parent, copied.parent / "whole") / logged.name) as store:
        truth = dump(store)
    for seed in range(6):
        for name, raw in whole.items():
            copied.with_name(copied.name + name).write_bytes(raw)
        place.write_bytes(damage(whole[ending], random.Random(seed)))  # noqa: S311
        try:
            with opened(copied) as store:
                read_through(store)
                assert dump(store) == truth
            outcomes["unharmed"] += 1
        except StoreDamaged:
            outcomes["found"] += 1
    assert outcomes["found"] >= 2


def test_a_deleted_store_or_its_kept_folder_alone_does_not_begin_a_new_store_in_silence(copied: Path) -> None:
    copied.unlink()
    copied.with_name(copied.name + ".wal").unlink()
    assert "lacks 3 entries" in refusal(copied)


def test_a_kept_file_that_was_altered_is_not_built_into_a_new_store(path: Path) -> None:
    with opened(path) as store:
        put(store, 0, 3)
        place = store.keeping.place_of_file(store.entries()[0].sha256)
    raw = example_csv(MaarsReferral, SLOT.quarter, 3).encode()
    place.write_bytes(raw.replace(b"0001,P", b"0009,P"))
    assert place.read_bytes() != raw
    with pytest.raises(StoreDamaged, match=r"The file of entry 1 .* is altered"):
        rebuild(path)


def test_a_changed_cell_in_a_closed_store_is_found_by_verify(path: Path) -> None:
    with opened(path) as store:
        put(store, 0, 3)
    run_sql(path, "UPDATE submission SET sent_by = 'Somebody else'")
    assert "say different things of entry 1" in " ".join(one.sentence for one in verify(path))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@tried(4, 16)
def test_kills_during_loads_registers_freezes_and_backups_lose_nothing(times: int) -> None:
    found = kills(times, seed=7)
    assert (found["lost"], found["halved"], found["doubled"], found["not as kept"]) == (0, 0, 0, 0)
    assert found["trials"] == times and found["rebuilt the same"] == found["rebuilt"] == 1
    assert found["receipts for loads"] > 0


def test_the_campaign_sees_what_is_lost_and_what_is_doubled(path: Path) -> None:
    found, told = Counter[str](), {"loads": {1, 2}, "registers": {1}, "freezes": {1}, "backups": {1}}
    with opened(path) as store:
        for quarters in (0, 1):
            slot = replace(SLOT, quarter=Quarter(2021, 2).plus(quarters))
            raw = file_of(1) if not quarters else file_of(2)
            assert send(store, slot, raw, sent_by="Ann", file_name="1").accepted
    look(path, told, found)
    assert (found["lost"], found["doubled"]) == (4, 1)
