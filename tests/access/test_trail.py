"""The audit trail: what it holds, and what shows that somebody changed it."""

from __future__ import annotations

import multiprocessing
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from dataset.access.access import Access, trail_of
from dataset.access.records import Records
from dataset.access.roles import Actor
from dataset.access.trail import MOST_BEHIND, Trail, as_csv

SENDER = Actor("a.b@council", "sender", "GMP")


@pytest.fixture
def records(access: Access) -> Records:
    return access.records


@pytest.fixture(scope="module")
def five_lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a trail, made once and copied."""
    store = tmp_path_factory.mktemp("five") / "store.duckdb"
    writing(store, 5)
    return Records(store).folder


@pytest.fixture
def trail(records: Records, five_lines: Path) -> Trail:
    shutil.copytree(five_lines, records.folder, dirs_exist_ok=True)
    return Trail(records)


def forced(records: Records, *changes: str) -> None:
    """Changed by somebody with the file in hand, who takes the triggers away first."""
    database = sqlite3.connect(records.file)
    for name in ("trail_is_never_changed", "trail_is_never_cut"):
        database.execute(f"DROP TRIGGER {name}")
    for change in changes:
        database.execute(change)
    database.commit()
    database.close()


def test_an_empty_trail_holds(records: Records) -> None:
    verified = Trail(records).verify()
    assert verified.holds and verified.lines == 0 and verified.sentence == "The audit trail has no line yet."


def test_it_holds_who_did_what_when_and_with_which_outcome(trail: Trail) -> None:
    trail.add(None, "sign in", "an unknown name", "refused")
    last, before = trail.entries()[:2]
    assert (last.id, last.account, last.role, last.agency, last.outcome) == (6, "", "", "", "refused")
    assert (before.account, before.role, before.agency, before.what) == ("a.b@council", "sender", "GMP", "return 4")
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", last.at)


def test_verified_it_says_so(trail: Trail) -> None:
    assert trail.verify().sentence == "All 5 lines of the audit trail are as they were written."


@pytest.mark.parametrize(
    "change", ["UPDATE trail SET what = ''", "DELETE FROM trail WHERE id = 5", "DELETE FROM trail"]
)
def test_the_database_itself_refuses_to_change_a_line(trail: Trail, records: Records, change: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never"), records.writing() as database:
        database.execute(change)
    assert trail.verify().lines == 5


@pytest.mark.parametrize("column", ["at", "account", "role", "agency", "action", "what", "outcome", "mac"])
def test_a_change_in_any_column_is_found(trail: Trail, records: Records, column: str) -> None:
    forced(records, f"UPDATE trail SET {column} = {column} || 'x' WHERE id = 3")
    verified = trail.verify()
    assert not verified.holds and verified.broken_at == 3
    assert verified.sentence == "Line 3 of the audit trail was altered or left out."


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ("DELETE FROM trail WHERE id = 1", 1),
        ("DELETE FROM trail WHERE id = 3", 3),
        (
            "INSERT INTO trail SELECT 6, at, account, role, agency, action, what, outcome, mac FROM trail WHERE id = 5",
            6,
        ),
        (
            "INSERT INTO trail SELECT 0, at, account, role, agency, action, what, outcome, mac FROM trail WHERE id = 5",
            1,
        ),
        ("UPDATE trail SET id = 7 WHERE id = 5", 5),
        ("UPDATE trail SET mac = x'00ff', what = x'00' WHERE id = 2", 2),
        ("UPDATE trail SET mac = 'é' WHERE id = 2", 2),
        ("UPDATE trail SET action = 'sen', what = 'd' || what WHERE id = 4", 4),
    ],
)
def test_a_line_left_out_put_in_moved_or_spoilt_is_found(
    trail: Trail, records: Records, change: str, line: int
) -> None:
    forced(records, change)
    assert trail.verify().broken_at == line


@pytest.mark.parametrize(
    "change", ["DELETE FROM trail WHERE id = 5", "DELETE FROM trail WHERE id > 1", "DELETE FROM trail"]
)
def test_an_end_that_was_cut_off_is_found(trail: Trail, records: Records, change: str) -> None:
    forced(records, change)
    verified = trail.verify()
    assert not verified.holds and verified.broken_at == 0 and "end of the audit trail is missing" in verified.sentence


@pytest.mark.parametrize("text", ["", "5", "x y", "4 " + "0" * 64, "99 x", "-1 x", "٥ x", "9" * 5_000])
def test_a_head_that_was_altered_is_found(trail: Trail, records: Records, text: str) -> None:
    (records.folder / "trail.head").write_text(text, "utf-8")
    assert trail.verify().broken_at == 0


def test_a_head_or_a_key_that_is_gone_is_found(trail: Trail, records: Records) -> None:
    (records.folder / "trail.head").unlink()
    assert trail.verify().broken_at == 0
    (records.folder / "trail.key").unlink()
    verified = trail.verify()
    assert not verified.holds and "key of the audit trail is missing" in verified.sentence


def test_another_key_fits_no_line(trail: Trail, records: Records) -> None:
    (records.folder / "trail.key").write_text("0" * 64)
    assert trail.verify().broken_at == 1


def test_a_head_that_is_behind_after_a_kill_is_no_alarm_and_soon_right_again(trail: Trail, records: Records) -> None:
    head = records.folder / "trail.head"
    before = head.read_text()
    trail.add(SENDER, "send", "return 5")
    head.write_text(before)
    assert trail.verify().holds
    trail.add(SENDER, "send", "return 6")
    assert head.read_text().startswith("7 ") and trail.verify().holds


def test_a_kill_right_after_the_first_line_is_no_alarm(records: Records) -> None:
    trail = Trail(records)
    trail.add(SENDER, "send")
    (records.folder / "trail.head").write_text("0 ")
    assert trail.verify().holds


def test_a_head_that_is_far_behind_is_an_alarm(trail: Trail, records: Records) -> None:
    head = records.folder / "trail.head"
    early = head.read_text()
    for _ in range(MOST_BEHIND + 1):
        trail.add(SENDER, "send")
    assert trail.verify().holds
    head.write_text(early)
    assert trail.verify().broken_at == 0


def writing(store: Path, lines: int) -> None:
    for number in range(lines):
        trail_of(store).add(SENDER, "send", f"return {number}")


def test_processes_that_write_at_once_keep_one_chain(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    spawn = multiprocessing.get_context("spawn")
    others = [spawn.Process(target=writing, args=(store, 20)) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join(60)
    assert [other.exitcode for other in others] == [0, 0]
    verified = trail_of(store).verify()
    assert verified.holds and verified.lines == 40
    assert (tmp_path / "store.duckdb.access" / "trail.head").read_text().startswith("40 ")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", 2),
        ("  ", 2),
        ("minutes", 1),
        ("MINUTES gmp", 1),
        ("minutes return", 0),
        ("of%", 0),
        ("of", 2),
        ("a.b@council", 2),
    ],
)
def test_every_word_of_a_search_is_held_by_a_line(records: Records, words: str, found: int) -> None:
    trail = Trail(records)
    trail.add(SENDER, "send", "return of an agency")
    trail.add(SENDER, "take away", "minutes of a meeting")
    assert len(trail.entries(words)) == found


def test_the_newest_lines_come_first_and_no_more_than_asked(trail: Trail) -> None:
    assert [one.id for one in trail.entries(most=2)] == [5, 4]


def test_a_line_is_one_line_of_at_most_300_characters_whatever_it_is_given(trail: Trail) -> None:
    for what in ("a\nb\r\n\tc", "\x1f\x1e\x00", "\ud800 half", "x" * 5_000, "é" * 400, "'; DROP TABLE trail; --"):
        trail.add(SENDER, "send", what)
    assert trail.verify().holds
    assert all(len(one.what) <= 300 and "\n" not in one.what for one in trail.entries())
    assert trail.entries("drop")[0].what == "'; DROP TABLE trail; --"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_nothing_in_the_csv_is_a_formula(trail: Trail, start: str) -> None:
    trail.add(Actor(f"{start}1+1", "sender"), f"{start}HYPERLINK()", f'{start}cmd|"/c calc"!A0')
    cells = as_csv(trail.entries(most=1)).decode("utf-8-sig").splitlines()[1].split(",")
    assert not [cell for cell in cells if cell.strip('"')[:1] == start]


def test_the_csv_has_a_heading_and_opens_in_excel(trail: Trail) -> None:
    text = as_csv(trail.entries())
    assert text.startswith(b"\xef\xbb\xbfid,at,account,role,agency,action,what,outcome,mac\r\n")
    assert text.count(b"\r\n") == 6


def test_the_key_and_the_file_are_readable_by_their_owner_alone(trail: Trail, records: Records) -> None:
    modes: Callable[[Path], int] = lambda place: place.stat().st_mode & 0o777  # noqa: E731
    assert modes(records.folder) == 0o700
    assert {modes(place) for place in records.folder.iterdir() if place.suffix in (".key", ".head", ".sqlite")} == {
        0o600
    }
