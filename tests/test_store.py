"""The store: made, opened, held, damaged, rebuilt, brought up to date."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from dataset.agencies import MAARS, STOCKPORT, Area
from dataset.intake import send, send_nil
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.rebuilding import rebuild
from dataset.schema import SCHEMA_VERSION, StoreVersion, facts_columns
from dataset.store import Store, StoreDamaged, StoreUnavailable
from dataset.tables import RETURNS
from dataset.tables.maars_referrals import MaarsReferral
from dataset.templates import example_csv

ROOT = Path(__file__).parents[1]
SLOT = Slot(STOCKPORT.code, MAARS.code, "maars_referrals", Quarter(2023, 1))
ENGINE_WORDS = ("duckdb error", "io error", "checksum", "block", "serialization", "traceback", "catalog", "binder")


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    store = Store.open(path)
    try:
        yield store
    finally:
        store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.duckdb"


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed store of five entries: two returns, a restatement, a refusal and a nil return."""
    with opened(path) as store:
        put(store, 0, 30)
        put(store, 1, 20)
        put(store, 1, 25, "five came late")
        put(store, 2, 0)
        send_nil(store, replace(SLOT, quarter=Quarter(2023, 4)), sent_by="Ann", reason="none")
    return path


def put(store: Store, quarters: int, rows: int, reason: str = "") -> None:
    slot = replace(SLOT, quarter=SLOT.quarter.plus(quarters))
    raw = example_csv(MaarsReferral, slot.quarter, rows).encode()
    send(store, slot, raw, sent_by="Ann", file_name="r.csv", reason=reason)


def run_sql(path: Path, *statements: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path)) as connection:
        rows = [connection.execute(statement).fetchall() for statement in statements]
    return rows[-1]


def dump(store: Store) -> dict[str, object]:
    with store.cursor() as cursor:
        names = [f"facts.{table.about.name}" for table in RETURNS] + ["submission"]
        return {name: cursor.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in names}


def refusal(path: Path) -> str:
    with pytest.raises(StoreUnavailable) as refused:
        Store.open(path)
    text = str(refused.value)
    assert text.endswith((".", "?")) or f"rebuild --store {path}" in text
    assert not [word for word in ENGINE_WORDS if word in text.casefold()]
    return text


def test_a_store_is_made_with_its_folder_where_there_is_none(tmp_path: Path) -> None:
    with opened(tmp_path / "new" / "folder" / "store.duckdb") as store:
        assert store.entries() == ()
        assert (store.version, store.reading().last, store.reading().counting) == (0, 0, {})
        assert store.reading().latest_quarter() is None
        assert not store.is_demonstration


def test_a_closed_store_opens_again_as_it_was(filled: Path) -> None:
    with opened(filled) as store:
        before, version = dump(store), store.version
    with opened(filled) as store:
        assert (dump(store), store.version) == (before, version)


def test_a_demonstration_store_says_so_for_good(path: Path) -> None:
    Store.open(path, kind="demonstration").close()
    with opened(path) as store:
        assert store.is_demonstration
        put(store, 0, 3)
    path.unlink()
    rebuild(path)
    with opened(path) as store:
        assert store.is_demonstration


def test_a_store_keeps_its_area(path: Path) -> None:
    Store.open(path, area=Area("E08000001", "Bolton")).close()
    with opened(path) as store:
        assert store.meta("area") == "E08000001"


def test_the_store_version_grows_by_one_with_every_commit(path: Path) -> None:
    with opened(path) as store:
        versions = [store.version]
        for rows, reason in ((3, ""), (3, ""), (4, ""), (4, "one more"), (0, "")):
            put(store, 0, rows, reason)
            versions.append(store.version)
    # accepted, unchanged, refused, restated, refused
    assert versions == [0, 1, 1, 2, 3, 4]


def test_a_commit_that_fails_leaves_nothing_behind(path: Path) -> None:
    with opened(path) as store:
        put(store, 0, 3)
        before, version = dump(store), store.version
        with pytest.raises(duckdb.Error, match="no_such_table"), store.cursor() as cursor, store.committing(cursor):
            cursor.execute("DELETE FROM facts.maars_referrals; DELETE FROM no_such_table")
        assert (dump(store), store.version) == (before, version)
        put(store, 1, 3)
        assert store.version == version + 1


def test_the_file_is_written_in_the_format_of_1_5(path: Path) -> None:
    with opened(path) as store, store.cursor() as cursor:
        (tags,) = cursor.execute("SELECT tags FROM duckdb_databases() WHERE NOT internal").fetchone() or ({},)
        assert tags["storage_version"].startswith("v1.5.0")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "COPY (SELECT 1) TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
    ],
)
def test_a_statement_cannot_leave_the_store(sql: str, path: Path) -> None:
    with opened(path) as store, store.cursor() as cursor, pytest.raises(duckdb.Error, match=r"disabled|locked"):
        cursor.execute(sql)


def test_a_second_process_is_told_which_one_holds_the_store(path: Path) -> None:
    script = (
        "import pathlib, sys, dataset.store as s\n"
        "held = s.Store.open(pathlib.Path(sys.argv[1]))\nprint('held', flush=True)\ninput()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout and other.stdout.readline() == "held\n"
        text = refusal(path)
        with pytest.raises(StoreUnavailable, match="open in another program"):
            rebuild(path)
        other.communicate("\n")
    assert "store.duckdb is open in another program (python" in text
    assert f"process {other.pid})" in text and "close the other one" in text


@pytest.mark.parametrize("raw", [b"", b"x", b"hello,world\n" * 9, b"SQLite format 3\0" + bytes(4096), bytes(20000)])
def test_a_file_that_is_no_store_is_refused_and_left_alone(raw: bytes, path: Path) -> None:
    path.write_bytes(raw)
    text = refusal(path)
    assert ("is an empty file" in text) == (raw == b"")
    assert path.read_bytes() == raw


def test_the_name_of_a_damaged_store_is_not_taken_for_its_fault(tmp_path: Path) -> None:
    damaged = tmp_path / "lock.duckdb"
    damaged.write_bytes(b"garbage" * 999)
    assert "damaged or not a store" in refusal(damaged)


@pytest.mark.parametrize("sql", ["CREATE TABLE t (a INTEGER)", "CREATE TABLE meta (a INTEGER)"])
def test_the_database_of_another_program_is_refused_and_left_alone(sql: str, path: Path) -> None:
    run_sql(path, sql)
    assert "is not a store of this software" in refusal(path)
    assert len(run_sql(path, "SELECT table_name FROM duckdb_tables()")) == 1


def test_a_folder_is_no_store(path: Path) -> None:
    path.mkdir()
    assert "Choose another place" in refusal(path)


def test_a_store_cannot_be_made_below_a_file(path: Path) -> None:
    path.write_text("a file")
    assert "Choose another one" in refusal(path / "store.duckdb")


@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.3, 0.5, 0.7])
def test_a_truncated_store_is_refused_and_can_be_rebuilt(share: float, filled: Path) -> None:
    whole = filled.read_bytes()
    filled.write_bytes(whole[: int(len(whole) * share)])
    assert refusal(filled)
    rebuild(filled)
    with opened(filled) as store:
        assert len(store.entries()) == 5


def test_a_damaged_block_is_found_at_the_latest_when_it_is_read(filled: Path) -> None:
    whole = bytearray(filled.read_bytes())
    refused = 0
    for place in range(4096, len(whole), len(whole) // 12):
        filled.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        try:
            with opened(filled) as store:
                store.reading().rows("SELECT * FROM facts.maars_referrals")
        except StoreDamaged:
            refused += 1
    assert refused >= 3


def test_lost_rows_are_noticed_and_a_rebuild_restores_everything(filled: Path) -> None:
    with opened(filled) as store:
        before = dump(store)
    run_sql(filled, "DELETE FROM facts.maars_referrals WHERE submission = 1 AND record > 20")
    with pytest.raises(StoreDamaged, match=r"rows of maars_referrals 2023/24 Q1 .* rebuild"):
        Store.open(filled)
    assert rebuild(filled) == (5, filled.with_name("store.duckdb.damaged"))
    with opened(filled) as store:
        assert dump(store) == before


def test_rows_too_many_are_noticed_too(filled: Path) -> None:
    run_sql(filled, "INSERT INTO facts.maars_referrals SELECT * FROM facts.maars_referrals WHERE submission = 2")
    assert "rows of maars_referrals 2023/24 Q2" in refusal(filled)


def test_a_lost_commit_is_noticed_and_restored(filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    shutil.copy2(filled, copy)
    with opened(filled) as store:
        put(store, 2, 12)
        before = dump(store)
    shutil.copy2(copy, filled)  # as a log deleted by hand would leave it
    assert "lacks 1 entries of the ledger" in refusal(filled)
    assert rebuild(filled)[0] == 6
    with opened(filled) as store:
        assert dump(store) == before


def test_a_deleted_store_is_not_taken_for_a_new_one(filled: Path) -> None:
    with opened(filled) as store:
        before = dump(store)
    filled.unlink()
    assert "lacks 5 entries" in refusal(filled)
    rebuild(filled)
    with opened(filled) as store:
        assert dump(store) == before


def test_a_rebuild_keeps_numbers_dates_and_readings(filled: Path) -> None:
    with opened(filled) as store:
        before = store.entries()
        moment = before[1].recorded_at
    rebuild(filled)
    with opened(filled) as store:
        assert store.entries() == before
        assert store.reading(moment).last >= 2
        put(store, 2, 7)
        assert store.entries()[-1].id == 6


def test_a_rebuild_without_a_kept_file_says_whose_it_was_and_changes_nothing(filled: Path) -> None:
    raw = filled.read_bytes()
    shutil.rmtree(filled.with_name("store.duckdb.kept") / "files")
    (filled.with_name("store.duckdb.kept") / "files").mkdir()
    with pytest.raises(StoreDamaged, match=r"entry 1 .maars_referrals, MAARS, 2023/24 Q1. is no longer kept"):
        rebuild(filled)
    assert filled.read_bytes() == raw


def test_a_rebuild_from_nothing_is_refused(path: Path) -> None:
    with pytest.raises(StoreDamaged, match="nothing kept"):
        rebuild(path)


def test_a_pending_entry_that_was_never_committed_is_forgotten(filled: Path) -> None:
    ledger = filled.with_name("store.duckdb.kept") / "ledger"
    (ledger / "00000006.pending.json").write_text(json.dumps({"id": 6}))
    with opened(filled) as store:
        assert len(store.entries()) == 5
        assert (store.keeping.pending(), store.keeping.confirmed()) == ([], [1, 2, 3, 4, 5])


def test_a_committed_entry_that_was_never_confirmed_is_confirmed(filled: Path) -> None:
    ledger = filled.with_name("store.duckdb.kept") / "ledger"
    (ledger / "00000005.json").rename(ledger / "00000005.pending.json")
    with opened(filled) as store:
        assert (store.keeping.pending(), store.keeping.confirmed()) == ([], [1, 2, 3, 4, 5])


def test_a_committed_entry_that_was_never_announced_is_kept_again(filled: Path) -> None:
    ledger = filled.with_name("store.duckdb.kept") / "ledger"
    said = (ledger / "00000005.json").read_bytes()
    (ledger / "00000005.json").unlink()
    opened_once = Store.open(filled)
    opened_once.close()
    assert (ledger / "00000005.json").read_bytes() == said


def test_a_newer_store_is_refused_unchanged(filled: Path) -> None:
    run_sql(filled, f"UPDATE meta SET value = '{SCHEMA_VERSION + 1}' WHERE key = 'schema_version'")
    raw = filled.read_bytes()
    with pytest.raises(StoreVersion, match=r"made by a newer version .*Use that version"):
        Store.open(filled)
    assert filled.read_bytes() == raw


def test_an_older_store_without_a_column_is_given_it_and_a_copy_is_kept(filled: Path) -> None:
    run_sql(filled, "ALTER TABLE facts.maars_referrals DROP COLUMN repeat_referral")
    with opened(filled) as store:
        assert store.reading().rows("SELECT count(*), count(repeat_referral) FROM facts.maars_referrals") == [(75, 0)]
        put(store, 2, 4)
        assert store.reading().rows("SELECT count(repeat_referral) FROM facts.maars_referrals") == [(4,)]
    (copy,) = filled.parent.glob("store.duckdb.before-*")
    assert run_sql(copy, "SELECT count(*) FROM facts.maars_referrals") == [(75,)]


def test_an_older_store_without_a_return_is_given_its_table(filled: Path) -> None:
    run_sql(filled, "DROP TABLE facts.case_audits")
    with opened(filled) as store:
        assert store.reading().rows("SELECT * FROM facts.case_audits") == []


@pytest.mark.parametrize(
    ("column", "older"), [("sex", "ENUM('Female', 'Male')"), ("risks", "ENUM('Self-neglect', 'Housing')[]")]
)
def test_an_older_store_with_a_shorter_code_list_keeps_its_words(column: str, older: str, filled: Path) -> None:
    (before,) = run_sql(
        filled, f"SELECT list({column}::VARCHAR ORDER BY submission, record) FROM facts.maars_referrals"
    )
    run_sql(filled, f"ALTER TABLE facts.maars_referrals ALTER COLUMN {column} SET DATA TYPE {older}")
    Store.open(filled).close()
    ask = f"SELECT list({column}::VARCHAR ORDER BY submission, record) FROM facts.maars_referrals"
    assert run_sql(filled, ask) == [before]
    assert len(list(filled.parent.glob("store.duckdb.before-*"))) == 1


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (
            "ALTER COLUMN sex SET DATA TYPE ENUM('Male', 'Female', 'Not Known', 'O''Other')",
            "the words O'Other of column sex",
        ),
        ("ADD COLUMN ward VARCHAR", "the column ward"),
    ],
)
def test_what_this_version_no_longer_knows_is_refused_rather_than_lost(change: str, lost: str, filled: Path) -> None:
    run_sql(filled, f"ALTER TABLE facts.maars_referrals {change}")
    raw = filled.read_bytes()
    with pytest.raises(StoreVersion, match=f"MAARS referrals hold {lost}, which this version does not know"):
        Store.open(filled)
    assert filled.read_bytes() == raw


def test_a_store_that_is_up_to_date_is_not_copied(filled: Path) -> None:
    Store.open(filled).close()
    assert list(filled.parent.glob("store.duckdb.before-*")) == []


@pytest.mark.parametrize("table", RETURNS, ids=lambda table: table.about.name)
def test_facts_say_which_entry_row_and_quarter_they_come_from(table: type[MaarsReferral], path: Path) -> None:
    with opened(path) as store:
        described = store.reading().rows(f"DESCRIBE facts.{table.about.name}")
    assert [row[0] for row in described] == list(facts_columns(table))
    assert [row[1] for row in described[:3]] == ["INTEGER", "INTEGER", "SMALLINT"]


def test_two_openings_in_one_process_see_the_same(path: Path) -> None:
    with opened(path) as one, opened(path) as other:
        put(one, 0, 3)
        put(other, 1, 3)
        assert one.entries() == other.entries()
        assert one.version == other.version == 2
