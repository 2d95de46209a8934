"""Backups: made while the store is in use, checked, kept in number, restored with what would be lost said first."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from commands import Run
from test_store import ROOT, SLOT, dump, opened, put

from dataset.backing_up import back_up, back_up_kept
from dataset.backups import Backup, backups_of, default_folder, newest_good
from dataset.commentary import comments, write_comment
from dataset.meetings import freeze, plan_meeting
from dataset.nightly import Night, nightly
from dataset.purging import erase
from dataset.quarter import Quarter
from dataset.restoring import chosen, restore, would_lose
from dataset.store import Store, StoreDamaged, StoreUnavailable
from dataset.verifying import verify


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SAFEGUARDING_BACKUP_FOLDER", "SAFEGUARDING_BACKUP_AT", "SAFEGUARDING_BACKUPS_KEPT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.duckdb"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Two returns, a comment, a planned and a frozen meeting."""
    with opened(path) as store:
        put(store, 0, 30)
        put(store, 1, 20)
        comment(store, "Up by three.")
        meet(store)
        yield store


def comment(store: Store, text: str) -> None:
    said = {"what_happened": text, "so_what": "More work.", "now_what": "A review."}
    write_comment(store, agency="MAARS", indicator="msp_asked", quarter=SLOT.quarter, written_by="Analyst", **said)


def meet(store: Store, day: str = "2023-07-02") -> None:
    planned = plan_meeting(store, name="Q1", held_on=day, group="QAP", quarter=Quarter(2023, 1), written_by="Chair")
    assert planned.meeting is not None
    freeze(store, planned.meeting, '{"seen": 1}', datetime(2023, 7, 2, tzinfo=UTC), written_by="Chair")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def sentences(path: Path) -> str:
    return " ".join(one.sentence for one in verify(path))


def is_fine(path: Path) -> bool:
    return all(one.fine for one in verify(path))


def test_a_backup_of_an_open_store_holds_all_of_it_and_the_store_goes_on(store: Store) -> None:
    made = back_up(store)
    assert made.sentence.startswith("Backup 1 of ")
    assert made.backup.manifest["counts"] == {
        "submission": 2, "commentary": 1, "rebase": 0, "register_entry": 0, "meeting": 2, "removal": 0,
    }  # fmt: skip
    assert made.backup.is_good
    assert not list(made.backup.folder.parent.glob(".half-*"))
    with opened(shutil.copytree(made.backup.folder, store.path.parent / "copy") / "store.duckdb") as copy:
        assert dump(copy) == dump(store)
        assert comments(copy) == comments(store)
    put(store, 2, 5)
    assert len(store.entries()) == 3
    assert list(store.keeping.staging.iterdir()) == []


def test_a_backup_made_while_others_send_is_of_one_moment(store: Store) -> None:
    sending = threading.Thread(target=lambda: [put(store, quarter, 5) for quarter in range(2, 10)])
    sending.start()
    counts = [back_up(store).backup.manifest["counts"]["submission"] for _ in range(3)]
    sending.join()
    assert counts == sorted(counts)
    assert is_fine(store.path) or "open in another program" in sentences(store.path)
    assert all(one.is_good for one in backups_of(store.path, default_folder(store.path)))


def test_a_kept_file_is_stored_once_for_all_backups(store: Store) -> None:
    first, second = (back_up(store).backup for _ in range(2))
    digest = store.entries()[0].sha256
    files = [one.keeping.place_of_file(digest) for one in (first, second)]
    assert files[0].stat().st_ino == files[1].stat().st_ino
    assert files[0].stat().st_ino != store.keeping.place_of_file(digest).stat().st_ino


def test_a_file_altered_in_the_last_backup_is_copied_anew_from_the_store(store: Store) -> None:
    first, digest = back_up(store).backup, store.entries()[0].sha256
    first.keeping.place_of_file(digest).write_bytes(b"altered")
    assert back_up(store).backup.is_good


def test_only_the_newest_backups_stay_and_with_them_the_last_of_the_engine(store: Store) -> None:
    numbers = [back_up(store, keep=2).backup.number for _ in range(3)]
    assert [one.number for one in backups_of(store.path, default_folder(store.path))] == numbers[:0:-1]
    for _ in range(3):
        back_up_kept(store.path, keep=2)
    assert [one.number for one in backups_of(store.path, default_folder(store.path))] == [6, 5, 3]


def test_a_removal_that_is_interrupted_leaves_nothing_that_looks_like_a_backup(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(place: Path, **_: object) -> None:
        if place.name != "staging":
            raise KeyboardInterrupt

    for _ in range(2):
        back_up(store, keep=2)
    with monkeypatch.context() as interrupted:
        interrupted.setattr(shutil, "rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            back_up(store, keep=2)
    folder = default_folder(store.path)
    assert [(one.number, one.fault) for one in backups_of(store.path, folder)] == [(3, ""), (2, "")]
    for left in folder.glob(".half-*"):
        os.utime(left, (0, 0))
    back_up(store, keep=2)
    assert not list(folder.glob(".half-*"))


def test_the_only_good_backup_is_never_let_go(store: Store) -> None:
    good = back_up(store).backup
    for _ in range(2):
        bad = back_up(store, keep=9).backup
        (bad.folder / "store.duckdb").write_bytes(b"")
    assert newest_good(store.path, good.folder.parent) == good
    back_up_kept(store.path, keep=2)
    assert good.is_good and good.folder.exists()


def test_backups_are_numbered_so_a_clock_set_back_changes_nothing(path: Path) -> None:
    now = [datetime(2026, 11, 21, tzinfo=UTC)]
    store = Store.open(path, clock=lambda: now[0])
    back_up(store, keep=2)
    now[0] -= timedelta(days=400)
    later = back_up(store, keep=2).backup
    store.close()
    assert newest_good(path, default_folder(path)) == later


def test_another_stores_backups_in_the_same_folder_are_left_alone(store: Store, tmp_path: Path) -> None:
    with opened(tmp_path / "other.duckdb") as other:
        back_up(other, tmp_path / "all", keep=2)
        for _ in range(4):
            back_up(store, tmp_path / "all", keep=2)
        assert len(backups_of(other.path, tmp_path / "all")) == 1


def test_a_store_that_another_process_holds_is_backed_up_from_what_is_kept(path: Path) -> None:
    with opened(path) as store:
        put(store, 0, 12)
        command = [sys.executable, "-m", "dataset", "backup", "--store", str(path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        before = dump(store)
    assert (done.returncode, done.stderr) == (0, "")
    assert "enough to make the store again with every accepted return" in done.stdout
    shutil.rmtree(path.with_name("store.duckdb.kept"))
    path.unlink()
    restore(path, chosen(path, default_folder(path), "newest"))
    with opened(path) as store:
        assert dump(store) == before


def test_a_folder_that_cannot_be_written_is_said(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(
        StoreUnavailable, match=r"The backup was not made\. .* Nothing that was accepted before is lost"
    ):
        back_up(store, tmp_path / "file" / "backups")


def test_a_whole_store_and_its_backups_are_found_whole(store: Store) -> None:
    back_up(store)
    store.close()
    found = verify(store.path)
    assert [one.fine for one in found] == [True] * 4, "store, kept folder, accounts and trail, backup"
    assert found[0].sentence == (
        "The store store.duckdb is whole: 50 rows of returns, 2 entries of the ledger, 1 comments, 2 records of meetings."
    )


@pytest.mark.parametrize("what", ["files", "ledger/00000001.json", "comments/00000001.json", "meetings/00000002.json"])
def test_what_is_kept_and_altered_is_named_and_brought_back(what: str, store: Store) -> None:
    folder = next((p for p in (store.keeping.folder / what).rglob("*") if p.is_file()), store.keeping.folder / what)
    back_up(store)
    store.close()
    folder.write_bytes(folder.read_bytes()[:-9] + b"altered}}")
    if what != "meetings/00000002.json":  # the store mends that one by itself at its next start
        assert not is_fine(store.path)
    done = restore(store.path, chosen(store.path, default_folder(store.path), "newest"))
    assert done.aside is None
    assert is_fine(store.path)


@pytest.mark.parametrize("what", ["store.duckdb", "manifest.json", "store.duckdb.kept/ledger/00000001.json"])
@pytest.mark.parametrize("harm", ["altered", "gone"])
def test_a_backup_that_is_not_as_it_was_written_is_named_and_not_restored(what: str, harm: str, store: Store) -> None:
    bad = back_up(store).backup
    place = bad.folder / what
    place.write_bytes(place.read_bytes()[:-1]) if harm == "altered" else place.unlink()
    bad = Backup(bad.folder)
    store.close()
    assert "is not good" in sentences(store.path)
    with pytest.raises(StoreUnavailable, match="None of the 1 backups"):
        chosen(store.path, default_folder(store.path), "newest")
    with pytest.raises(StoreUnavailable, match="is not good"):
        chosen(store.path, default_folder(store.path), "1")


def test_a_restore_brings_back_what_came_after_the_backup_from_what_is_kept(store: Store) -> None:
    backup = back_up(store).backup
    put(store, 2, 9)
    put(store, 2, 10, "one more")
    comment(store, "Up by four.")
    meet(store, "2023-08-02")
    before, said = dump(store), comments(store)
    store.close()
    cut(store.path)
    assert would_lose(store.path, backup).sentence == "Nothing that was accepted would be lost."
    done = restore(store.path, backup)
    assert (done.entries, done.brought_back) == (4, 5)
    assert done.aside is not None and done.aside.exists()
    with opened(store.path) as again:
        assert (dump(again), comments(again)) == (before, said)


def test_what_is_kept_nowhere_is_named_before_it_is_lost(store: Store) -> None:
    backup = back_up(store).backup
    put(store, 2, 9)
    gone = store.entries()[-1]
    store.close()
    store.keeping.place_of_file(gone.sha256).unlink()
    cut(store.path)
    words = f"entry 3 (maars_referrals, MAARS, 2023/24 Q3, {gone.recorded_at:%d/%m/%Y})"
    assert would_lose(store.path, backup).sentence == f"It would lose {words}."
    with pytest.raises(StoreDamaged) as refused:
        Store.open(store.path)
    assert "rebuild --store" in str(refused.value) and "restore --store" in str(refused.value)
    assert words in str(refused.value)
    assert restore(store.path, backup).loss.named == (words,)
    assert is_fine(store.path)
    assert list(store.path.parent.glob("store.duckdb.before-restore-*.kept"))


def test_with_store_and_kept_folder_gone_the_backup_is_all_there_is_and_that_is_said(store: Store) -> None:
    backup, before = back_up(store).backup, dump(store)
    store.close()
    store.path.unlink()
    shutil.rmtree(store.keeping.folder)
    assert "nothing is kept beside the store" in would_lose(store.path, backup).sentence
    with pytest.raises(StoreDamaged, match=r"but there are backups of it\. .* restore --store"):
        Store.open(store.path)
    restore(store.path, backup)
    with opened(store.path) as again:
        assert dump(again) == before


def test_what_was_erased_since_the_backup_does_not_come_back(store: Store) -> None:
    backup, entry = back_up(store).backup, store.entries()[0]
    erase(store, entry, {}, reason="Sent by mistake", written_by="Role")
    store.close()
    cut(store.path)
    restore(store.path, backup)
    with opened(store.path) as again:
        assert again.reading().rows("SELECT count(*) FROM facts.maars_referrals WHERE submission = 1") == [(0,)]
        assert not again.keeping.has_file(entry.sha256)
    assert is_fine(store.path)


def test_the_backup_of_another_store_is_refused(store: Store, tmp_path: Path) -> None:
    with opened(tmp_path / "other" / "store.duckdb") as other:
        put(other, 4, 3)
        theirs = back_up(other).backup
    store.close()
    with pytest.raises(StoreUnavailable, match=r"is of another store\. Nothing was changed"):
        restore(store.path, theirs)


def test_the_commands_say_first_and_do_nothing_without_yes(store: Store, run: Run) -> None:
    place = str(store.path)
    store.close()
    assert run("backup", "--store", place)[0] == 0
    cut(store.path)
    raw = store.path.read_bytes()
    assert run("verify", "--store", place)[0] == 1
    code, said, _ = run("restore", "--store", place, "--from", "newest")
    assert (code, store.path.read_bytes()) == (1, raw)
    assert "Nothing that was accepted would be lost" in said and "--yes" in said
    assert run("restore", "--store", place, "--from", "1", "--yes")[0] == 0
    code, said, _ = run("verify", "--store", place)
    assert (code, "is whole" in said) == (0, True)


def test_a_backup_of_no_store_is_refused_and_makes_none(path: Path, run: Run) -> None:
    assert "There is no store" in run("backup", "--store", str(path))[2]
    assert run("verify", "--store", str(path))[0] == 1
    assert "No backup" in run("restore", "--store", str(path))[2]
    assert not path.exists()


def test_a_manifest_names_counts_software_and_every_file(store: Store) -> None:
    backup = back_up(store).backup
    manifest = json.loads((backup.folder / "manifest.json").read_text("utf-8"))
    assert (manifest["store"], manifest["kind"], manifest["last_entry"], manifest["lacking"]) == (
        "store.duckdb", "real", 2, [],
    )  # fmt: skip
    assert set(manifest["software"]) == {"store_version", "engine", "python"}
    assert len([name for name in manifest["files"] if "/files/" in name]) == 2


@pytest.mark.parametrize("text", ["25:00", "two", "2"])
def test_a_time_that_cannot_be_read_is_said(text: str) -> None:
    with pytest.raises(StoreUnavailable, match="Write a time such as 02:00"):
        Night.from_environment({"SAFEGUARDING_BACKUP_FOLDER": "/b", "SAFEGUARDING_BACKUP_AT": text})


def test_without_a_folder_there_is_no_nightly_backup() -> None:
    assert Night.from_environment({}) is None
    assert Night.from_environment({"SAFEGUARDING_BACKUP_FOLDER": "/b"}) == Night(Path("/b"), time(2))


def test_the_night_before_last_is_made_up_for_and_then_one_is_made_a_night(store: Store, tmp_path: Path) -> None:
    """The clock is set: three days pass in steps of an hour, the second of them set back by an hour."""
    night, stop = Night(tmp_path / "nights", time(2)), threading.Event()
    now, made = [datetime.now(UTC).replace(hour=1, minute=30)], []

    def hour_passes(ended: threading.Event, seconds: float) -> bool:
        assert 0 < seconds <= 60
        made.append(len(backups_of(store.path, night.folder)))
        now[0] += timedelta(hours=-1 if len(made) == 20 else 1)
        if len(made) == 60:
            ended.set()
        return ended.is_set()

    nightly(store.path, night, clock=lambda: now[0], stop=stop, wait=hour_passes).join(60)
    assert made[0] == 1, "there was none, so it was overdue"
    assert (made[1], made[30], made[-1]) == (2, 3, 4)


def test_a_nightly_backup_that_fails_is_logged_and_tried_again(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "nights").write_text("a file")
    stop = threading.Event()
    night = replace(Night(tmp_path / "nights", time(2)), at=time(3))
    nightly(store.path, night, stop=stop, wait=lambda ended, seconds: ended.set() or True).join(60)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "The backup was not made" in caplog.text
