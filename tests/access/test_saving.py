"""Accounts and audit trail in a backup: copied in use, put back where they are gone or damaged, never over whole ones."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest
from commands import Run
from test_store import opened as opened_store
from test_store import put

from access.asking import Clock
from access.conftest import opened
from dataset.access.access import Access
from dataset.access.records import Records
from dataset.access.saving import are_whole, looked_at
from dataset.access.trail import Trail
from dataset.backing_up import Made, back_up
from dataset.backups import SNAPSHOT
from dataset.refusing import StoreUnavailable
from dataset.restoring import access_would_come_back, restore
from dataset.verifying import verify


@pytest.fixture
def path(tmp_path: Path, access: Access) -> Path:
    """A store with a return, two accounts, a session, an attempt and a trail."""
    with opened_store(tmp_path / "store.duckdb") as store:
        put(store, 0, 30)
    for name in ("a.b@council", "c.d@council"):
        access.accounts.add(name, "analyst")
        access.trail.add(None, "account add", name)
    account = access.accounts.named("a.b@council")
    assert account is not None
    access.sessions.begin(account)
    return tmp_path / "store.duckdb"


def backed_up(path: Path) -> Made:
    with opened_store(path) as store:
        return back_up(store)


def damaged(path: Path) -> None:
    Records(path).file.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4_096)


def names(path: Path) -> list[str]:
    return [one.name for one in opened(path, Clock()).accounts.all()]


def test_a_backup_holds_accounts_and_trail_and_says_so(path: Path) -> None:
    lines = len(Trail(Records(path)).entries())
    made = backed_up(path)
    assert f"With it: 2 accounts, {lines} lines of the audit trail." in made.sentence
    assert made.backup.has_access
    saved = looked_at(made.backup.folder / SNAPSHOT)
    assert saved is not None
    assert (saved.accounts, saved.lines, saved.holds) == (2, lines, True)


def test_nobodys_session_is_in_a_backup_and_only_its_owner_reads_it(path: Path) -> None:
    copy = Records(backed_up(path).backup.folder / SNAPSHOT)
    with copy.reading() as database:
        assert [database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("session", "attempt")] == [
            0,
            0,
        ]
    with Records(path).reading() as database:
        assert database.execute("SELECT count(*) FROM session").fetchone() == (1,)
    assert {stat.S_IMODE(place.stat().st_mode) for place in copy.folder.iterdir()} == {0o600}
    assert stat.S_IMODE(copy.folder.stat().st_mode) == 0o700


def test_looking_at_a_backup_leaves_it_as_it_was_written(path: Path) -> None:
    made = backed_up(path)
    looked_at(made.backup.folder / SNAPSHOT)
    assert made.backup.is_good


def test_an_altered_copy_is_no_good_backup(path: Path) -> None:
    made = backed_up(path)
    copy = Records(made.backup.folder / SNAPSHOT)
    with sqlite3.connect(copy.file) as database:
        database.execute("UPDATE account SET role = 'administrator'")
    database.close()
    assert "store.duckdb.access/access.sqlite is not as it was written" in type(made.backup)(made.backup.folder).fault


@pytest.mark.parametrize("is_gone", [True, False])
def test_accounts_that_are_gone_or_damaged_come_back_with_what_that_loses(path: Path, is_gone: bool) -> None:
    made = backed_up(path)
    opened(path, Clock()).accounts.add("later@council", "viewer")
    Records(path).folder.rename(path.with_name("gone")) if is_gone else damaged(path)
    assert "What was noted since would be lost" in access_would_come_back(path, made.backup)
    done = restore(path, made.backup)
    assert "The store is whole and was left as it is." in done.sentence
    assert "Accounts and audit trail are back as they were then. With it: 2 accounts" in done.sentence
    assert names(path) == ["a.b@council", "c.d@council"]
    assert Trail(Records(path)).verify().holds
    assert ("What was there is kept as" in done.sentence) is not is_gone


def test_whole_ones_are_left_as_they_are(path: Path) -> None:
    made = backed_up(path)
    opened(path, Clock()).accounts.add("later@council", "viewer")
    assert access_would_come_back(path, made.backup) == ""
    assert "Accounts" not in restore(path, made.backup).sentence
    assert "later@council" in names(path)


def test_an_altered_line_is_evidence_and_stays(path: Path) -> None:
    made = backed_up(path)
    database = sqlite3.connect(Records(path).file)
    database.execute("DROP TRIGGER trail_is_never_changed")
    database.execute("UPDATE trail SET what = 'nothing' WHERE id = 1")
    database.commit()
    database.close()
    assert are_whole(path)
    restore(path, made.backup)
    assert [one for one in verify(path) if not one.fine and "Line 1 of the audit trail was altered" in one.sentence]
    assert "Line 1 of the audit trail was altered" in backed_up(path).sentence


def test_a_store_whose_accounts_are_damaged_is_backed_up_without_them(path: Path) -> None:
    damaged(path)
    made = backed_up(path)
    assert made.backup.is_good
    assert not made.backup.has_access
    assert "Accounts and audit trail are not in it. Accounts and audit trail in" in made.sentence
    assert "this backup does not hold them" in access_would_come_back(path, made.backup)
    assert [one for one in verify(path) if not one.fine and "cannot be used" in one.sentence]


def test_where_nobody_can_tell_whether_they_are_whole_nothing_is_put_over_them(path: Path) -> None:
    made, records = backed_up(path), Records(path)
    records.file.unlink()
    records.file.mkdir()  # cannot be opened, and is no damaged file
    assert "Accounts and audit trail did not come back." in restore(path, made.backup).sentence
    with pytest.raises(StoreUnavailable, match=r"The backup was not made\. Accounts and audit trail in"):
        backed_up(path)
    assert records.file.is_dir()


def test_a_store_without_any_says_nothing_of_them(path: Path) -> None:
    Records(path).folder.rename(path.with_name("gone"))
    made = backed_up(path)
    assert not made.backup.has_access
    assert "ccount" not in made.sentence + access_would_come_back(path, made.backup)


def test_the_commands_note_a_backup_and_a_restore(path: Path, run: Run) -> None:
    assert run("backup", "--store", str(path))[0] == 0
    damaged(path)
    code, said, _ = run("restore", "--store", str(path))
    assert (code, "would come back as they were then" in said) == (1, True)
    code, said, _ = run("restore", "--store", str(path), "--yes")
    assert (code, "are back as they were then" in said) == (0, True)
    latest = Trail(Records(path)).entries()[0]
    assert (latest.action, latest.what[:17]) == ("administer", "restore: backup 1")
    code, said, _ = run("verify", "--store", str(path))
    assert (code, "Accounts can be read: 2." in said) == (0, True)
