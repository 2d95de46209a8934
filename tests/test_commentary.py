"""Commentary: what is taken, what is kept for ever, what survives a crash."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from maars_files import plain, sent
from trying import tried

from dataset import demonstrating
from dataset.agencies import ADULT_SOCIAL_CARE, MAARS, PENNINE_CARE, STOCKPORT, Area
from dataset.comment import Comment
from dataset.commentary import ABOUT_NOBODY, MOST_CHARACTERS, Answer, comments, current, write_comment
from dataset.demonstrating.commentary import SAYINGS, among, write_all
from dataset.quarter import Quarter
from dataset.rebuilding import rebuild
from dataset.store import Store, StoreDamaged

ROOT = Path(__file__).parents[1]
SCRIPT = Path(__file__).with_name("commenting_until_killed.py")
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
Q2 = Quarter(2023, 2)
MARKUP = "<img src=x onerror=1> ![x](http://x) **so** 'quoted' \"twice\"; DROP TABLE commentary -- ‮"


@pytest.fixture
def now() -> list[datetime]:
    return [NOON]


@pytest.fixture
def store(tmp_path: Path, now: list[datetime]) -> Iterator[Store]:
    store = Store.open(tmp_path / "store.duckdb", clock=lambda: now[0])
    yield store
    store.close()


def said(store: Store, what: str = "A cause", **other: Any) -> Answer:
    values = {"agency": "MAARS", "indicator": "maars_self_neglect", "quarter": Q2}
    values |= {"what_happened": what, "so_what": "A meaning", "now_what": "A step", "written_by": "Analyst"}
    return write_comment(store, **(values | other))


def codes(answer: Answer) -> list[str]:
    return [finding.code for finding in answer.findings]


def kept(store: Store) -> tuple[list[int], list[int]]:
    return store.keeping.of(Comment).pending(), store.keeping.of(Comment).confirmed()


def reopened(store: Store) -> Store:
    store.close()
    return Store.open(store.path)


def test_a_new_store_holds_no_comment(store: Store) -> None:
    assert comments(store) == comments(store.reading()) == ()


def test_a_comment_is_kept_whole_with_whose_and_when(store: Store) -> None:
    sent(store, plain("A"))
    answer = said(store)
    (one,) = comments(store)
    words = ("A cause", "A meaning", "A step", "Analyst")
    assert one == Comment(1, STOCKPORT.code, "MAARS", "maars_self_neglect", Q2, *words, NOON, None, ledger_at=1)
    assert (answer.result, answer.comment, answer.meanwhile, store.version) == ("accepted", one, None, 2)
    assert answer.sentence == "Your comment is stored and shown with the figure."


def test_the_area_is_that_of_the_store(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.duckdb", area=Area("E08000001", "Bolton"))
    answer = said(store)
    store.close()
    assert answer.comment is not None and answer.comment.area == "E08000001"


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_kept(store: Store) -> None:
    answer = said(store, " \n", so_what="", now_what="x" * 2001, written_by=" ", agency="NOBODY", indicator="A b")
    assert codes(answer) == [
        "UNKNOWN_AGENCY",
        "UNKNOWN_INDICATOR",
        "PART_MISSING",
        "PART_MISSING",
        "PART_TOO_LONG",
        "WRITER_MISSING",
    ]
    assert "“Now what” has 2,001 characters; 2,000 is the most. Shorten it." in [f.sentence for f in answer.findings]
    assert (answer.comment, comments(store), store.version, kept(store)) == (None, (), 0, ([], []))


def test_the_longest_part_is_taken_whole(store: Store) -> None:
    longest = "ä" * MOST_CHARACTERS
    assert said(store, longest).result == "accepted"
    assert comments(store)[0].what_happened == longest


def test_a_quarter_that_has_not_begun_has_no_comment(store: Store) -> None:
    assert codes(said(store, quarter=Quarter(2024, 1))) == []
    assert codes(said(store, quarter=Quarter(2024, 2))) == ["QUARTER_TO_COME"]


def test_only_an_owner_comments_where_the_owners_are_known(store: Store) -> None:
    owners = (ADULT_SOCIAL_CARE, PENNINE_CARE)
    answer = said(store, owners=owners)
    assert codes(answer) == ["NOT_THE_OWNER"]
    assert ADULT_SOCIAL_CARE.name in answer.findings[0].fix and PENNINE_CARE.name in answer.findings[0].fix
    assert said(store, owners=owners, agency=" pcft ").comment == comments(store)[0]
    assert comments(store)[0].agency == "PCFT"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Write to jo@example.org", "an e-mail address"),
        ("Ring 0161 496 0000 or +44 7700 900123", "a telephone number"),
        ("At SK1 3XE in June", "a postcode"),
        ("Number QQ 12 34 56 C", ""),
        ("Number AB 12 34 56 C", "a National Insurance number"),
        ("NHS 943 476 5919", "an NHS number"),
        ("NHS 9434765919", "an NHS number"),
        ("NHS 9434765918 is none", ""),
        ("In 2023/24 Q1, 1,234 of 5,678 (21.7%) on 17/01/2024, 4 in 10 above £14,500", ""),
    ],
)
def test_what_would_tell_who_a_person_is_is_refused_and_never_repeated(text: str, what: str, store: Store) -> None:
    answer = said(store, text)
    assert [f.message for f in answer.findings] == ([f"“What happened” holds what looks like {what}."] if what else [])


def test_the_warning_is_plain() -> None:
    assert "never about a person" in ABOUT_NOBODY and "your role" in ABOUT_NOBODY


def test_markup_stays_the_text_it_is(store: Store) -> None:
    said(
        store,
        MARKUP,
        so_what="Line one\r\nLine two\rthree",
        now_what=" \t=1+1\x00\x07\ud800 end ",
        written_by="<b>\nRole",
    )
    (one,) = comments(reopened(store))
    assert one.parts == (MARKUP, "Line one\nLine two\nthree", "=1+1 end")
    assert one.written_by == "<b> Role"


def test_the_same_text_again_changes_nothing(store: Store) -> None:
    first = said(store)
    again = said(store, " A cause\r\n", written_by="Manager")
    assert (again.result, again.comment, store.version) == ("unchanged", first.comment, 1)
    assert "nothing has changed" in again.sentence
    assert kept(store) == ([], [1])


def test_the_same_text_may_be_given_anew_after_the_figure_changed(store: Store) -> None:
    said(store)
    sent(store, plain("A"))
    answer = said(store, again=True, knowing=1)
    assert answer.comment is not None
    assert (answer.result, answer.comment.replaces, answer.comment.ledger_at) == ("accepted", 1, 1)


def test_a_new_text_is_a_version_and_the_earlier_ones_stay(store: Store, now: list[datetime]) -> None:
    for what in ("One", "Two", "Three", "Two"):
        said(store, what)
        now[0] += timedelta(days=1)
    assert [(c.id, c.what_happened, c.replaces) for c in comments(store)] == [
        (1, "One", None),
        (2, "Two", 1),
        (3, "Three", 2),
        (4, "Two", 3),
    ]
    assert [c.id for c in current(comments(store)).values()] == [4]


@pytest.mark.parametrize("other", [{"agency": "PCFT"}, {"indicator": "msp_asked"}, {"quarter": Quarter(2023, 1)}])
def test_another_agency_figure_or_quarter_has_versions_of_its_own(other: dict[str, object], store: Store) -> None:
    said(store)
    answer = said(store, **other)
    assert answer.comment is not None and answer.comment.replaces is None and answer.meanwhile is None
    assert len(current(comments(store))) == 2


def test_an_earlier_moment_shows_what_had_been_written_by_then(store: Store, now: list[datetime]) -> None:
    said(store, "One")
    now[0] += timedelta(days=1)
    said(store, "Two")
    moments = (NOON - timedelta(seconds=1), NOON, now[0], None)
    assert [len(comments(store, at)) for at in moments] == [0, 1, 2, 2]
    assert [len(comments(store.reading(at))) for at in moments] == [0, 1, 2, 2]


def test_a_clock_set_back_does_not_turn_the_order_round(store: Store, now: list[datetime]) -> None:
    said(store, "One")
    now[0] -= timedelta(days=9)
    said(store, "Two")
    assert [c.written_at for c in comments(store)] == [NOON, NOON]


def test_of_two_at_once_both_are_kept_and_the_later_writer_is_told(store: Store) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda by: said(store, by, written_by=by), ("Ann's team", "Bob's team")))
    first, second = sorted(answers, key=lambda answer: answer.comment.id if answer.comment else 0)
    assert (first.meanwhile, second.meanwhile) == (None, first.comment)
    assert first.comment is not None and first.comment.written_by in second.sentence
    assert "Both are kept; yours is the current one." in second.sentence
    assert [c.replaces for c in comments(store)] == [None, 1]


def test_who_had_the_version_in_sight_is_told_of_nothing(store: Store) -> None:
    said(store, "One")
    assert said(store, "Two", knowing=1).meanwhile is None
    assert said(store, "Three", knowing=1).meanwhile == comments(store)[1]


def test_a_comment_that_fails_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dataset.version.Version.write", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        said(store)
    monkeypatch.undo()
    assert (comments(store), kept(store), store.version) == ((), ([], []), 0)
    assert said(store).result == "accepted"


def test_a_rebuild_brings_every_version_back(store: Store, now: list[datetime]) -> None:
    sent(store, plain("A"))
    said(store, MARKUP)
    now[0] += timedelta(days=1)
    said(store, "Two")
    before, version = comments(store), store.version
    store.close()
    assert rebuild(store.path)[0] == 1
    again = Store.open(store.path)
    assert (comments(again), again.version, kept(again)) == (before, version, ([], [1, 2]))
    assert [entry["what_happened"] for entry in again.keeping.of(Comment).entries()] == [MARKUP, "Two"]
    again.close()


def test_comments_alone_can_be_rebuilt(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.duckdb", area=Area("E08000001", "Bolton"))
    said(store)
    before = comments(store)
    store.close()
    store.path.unlink()
    rebuild(store.path)
    again = Store.open(store.path)
    assert (comments(again), again.meta("area")) == (before, "E08000001")
    again.close()


def test_a_lost_comment_is_noticed_and_restored(store: Store, tmp_path: Path) -> None:
    said(store, "One")
    store.close()
    shutil.copy2(store.path, tmp_path / "copy.duckdb")
    again = Store.open(store.path)
    said(again, "Two")
    again.close()
    shutil.copy2(tmp_path / "copy.duckdb", store.path)  # as a log deleted by hand would leave it
    with pytest.raises(StoreDamaged, match=r"lacks 1 comments that were accepted.* rebuild"):
        Store.open(store.path)
    rebuild(store.path)
    restored = Store.open(store.path)
    assert [c.what_happened for c in comments(restored)] == ["One", "Two"]
    restored.close()


def test_killed_before_the_commit_it_is_forgotten(store: Store) -> None:
    said(store)
    store.keeping.of(Comment).announce(comments(store)[0].as_entry() | {"id": 2})
    again = reopened(store)
    assert (len(comments(again)), kept(again)) == (1, ([], [1]))
    again.close()


def test_killed_between_commit_and_confirmation_it_is_confirmed(store: Store) -> None:
    said(store)
    folder = store.keeping.of(Comment).entered
    (folder / "00000001.json").rename(folder / "00000001.pending.json")
    again = reopened(store)
    assert (len(comments(again)), kept(again)) == (1, ([], [1]))
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@tried(3, 12)
def test_a_kill_loses_no_comment_that_was_acknowledged(times: int, tmp_path: Path) -> None:
    chance = random.Random(20231120)  # noqa: S311
    path = tmp_path / "store.duckdb"
    for _ in range(times):
        command = [sys.executable, str(SCRIPT), str(path)]
        with subprocess.Popen(
            command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout and child.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0.0, 0.5))
            child.send_signal(signal.SIGKILL)
            acknowledged = [
                int(line) for line in child.communicate()[0].splitlines(keepends=True) if line.endswith("\n")
            ]
        store = Store.open(path)
        held = comments(store)
        assert [c.parts for c in held] == [(str(c.id),) * 3 for c in held]
        assert set(acknowledged) <= {c.id for c in held}
        assert (kept(store), store.version) == (([], [c.id for c in held]), len(held))
        store.close()
    assert held, "no comment was written before a kill"


def test_an_older_store_without_the_table_is_given_it(store: Store) -> None:
    sent(store, plain("A"))
    store.close()
    with duckdb.connect(str(store.path)) as connection:
        connection.execute("DROP TABLE commentary")
    shutil.rmtree(store.keeping.of(Comment).entered)
    again = Store.open(store.path)
    assert (comments(again), len(again.entries())) == ((), 1)
    assert said(again).result == "accepted"
    again.close()
    assert len(list(store.path.parent.glob("store.duckdb.before-*"))) == 1


def test_the_demonstration_comments_are_all_taken_and_some_are_written_twice(tmp_path: Path) -> None:
    clock = demonstrating.SimulatedClock(SAYINGS[0].moment)
    store = Store.open(tmp_path / "demo.duckdb", kind="demonstration", clock=clock)
    assert write_all(store, clock) == len(SAYINGS) == len(comments(store))
    latest = current(comments(store))
    assert sum(c.replaces is not None for c in latest.values()) == len(SAYINGS) - len(latest) == 2
    assert min(c.quarter for c in latest.values()).year == 2022
    assert max(c.quarter for c in latest.values()) == Quarter(2026, 2)
    assert all("(invented)" in c.written_by for c in latest.values())
    store.close()


def test_comments_come_between_the_sendings_in_the_order_of_their_moments() -> None:
    later = [saying for saying in SAYINGS if saying.agency == MAARS]
    moments = [one.moment for one in among(later)]
    assert moments == sorted(moments) and len(moments) == len(SAYINGS) + len(later)
