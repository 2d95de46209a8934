"""The file of accounts, sessions and trail: whole or not at all, and a sentence where it cannot be used."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dataset.access.records import Records, RecordsUnavailable


def test_it_is_prepared_by_many_at_once_and_again(tmp_path: Path) -> None:
    records = Records(tmp_path / "store.duckdb")
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: records.prepare(), range(16)))
    with records.reading() as database:
        assert database.execute("SELECT count(*) FROM account").fetchone() == (0,)


def test_what_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    records = Records(tmp_path / "store.duckdb")
    records.prepare()
    with pytest.raises(sqlite3.IntegrityError), records.writing() as database:
        database.executemany("INSERT INTO attempt VALUES (?, 1)", [("name a",), (None,)])
    with records.reading() as database:
        assert database.execute("SELECT count(*) FROM attempt").fetchone() == (0,)


def test_who_reads_cannot_write(tmp_path: Path) -> None:
    records = Records(tmp_path / "store.duckdb")
    records.prepare()
    with pytest.raises(RecordsUnavailable), records.reading() as database:
        database.execute("INSERT INTO attempt VALUES ('name a', 1)")


@pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3\x00" + b"\xff" * 4_096])
def test_a_damaged_file_is_named_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    records = Records(tmp_path / "store.duckdb")
    records.folder.mkdir()
    records.file.write_bytes(content)
    with pytest.raises(
        RecordsUnavailable, match=r"store.duckdb.access cannot be used\. Nothing was changed\."
    ) as raised:
        records.prepare()
    assert isinstance(raised.value, OSError) and "database" not in str(raised.value)
    assert records.file.read_bytes() == content


def test_a_folder_that_is_a_file_is_an_error_of_the_disk(tmp_path: Path) -> None:
    records = Records(tmp_path / "store.duckdb")
    records.folder.write_bytes(b"")
    with pytest.raises(OSError):
        records.prepare()
