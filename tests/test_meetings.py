"""Meetings: planned, frozen once, and then the same for ever, whatever comes later."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest
from meeting_life import GROUP, HOUSING, NEGLECT, PLAN, QUARTER, again, frozen, opened, planned, record_now, sent

from dataset.commentary import write_comment
from dataset.meeting import Meeting
from dataset.meetings import LONGEST_NAME, Answer, freeze, meeting_before, meetings, plan_meeting
from dataset.quarter import Quarter
from dataset.rebasing import start_baseline
from dataset.rebuilding import rebuild
from dataset.register_entry import RegisterEntry
from dataset.registering import save
from dataset.store import Store, StoreDamaged
from safeguarding_metrics.meetings.changes import changes
from safeguarding_metrics.meetings.freezing import freeze_meeting
from safeguarding_metrics.meetings.record import FORMAT, as_text, record_in
from safeguarding_metrics.packs.papers import paper_of
from safeguarding_metrics.packs.showing import to_members
from safeguarding_metrics.registers import challenges
from safeguarding_metrics.settings import Settings

KEPT_FORMAT_1 = Path(__file__).with_name("frozen_meetings") / "format_1.json.gz"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path / "store.duckdb")
    yield store
    store.close()


def plan(store: Store, reference: str = "", **other: Any) -> Answer:
    said = {"name": "Review", "held_on": "22/08/2023", "group": GROUP, "quarter": QUARTER, "written_by": "Coordinator"}
    return plan_meeting(store, reference=reference, **(said | other))


def codes(answer: Answer) -> list[str]:
    return [finding.code for finding in answer.findings]


def altered_later(store: Store) -> None:
    """All that people write after a meeting: a restatement, a comment, a challenge, a baseline."""
    sent(store, NEGLECT, NEGLECT, reason="Two were miscoded")
    said = dict.fromkeys(("what_happened", "so_what", "now_what"), "More was seen.")
    write_comment(store, agency="MAARS", indicator="maars_self_neglect", quarter=QUARTER, written_by="Lead", **said)
    save(store, challenges.REGISTER, challenges.REGISTER.example(QUARTER, 1), written_by="Chair")
    start_baseline(store, indicator="maars_referrals", quarter=QUARTER, reason="A new form", written_by="Analyst")


# Planning


def test_a_store_has_no_meeting_until_one_is_planned(store: Store) -> None:
    assert meetings(store) == meetings(store.reading()) == ()


def test_a_planned_meeting_is_kept_whole_with_who_and_when(store: Store) -> None:
    answer = plan(store)
    (one,) = meetings(store)
    assert answer.meeting == one
    assert (one.reference, one.day.isoformat(), one.quarter, one.is_frozen) == ("ME-0001", "2023-08-22", QUARTER, False)
    assert one.as_at is None
    assert answer.sentence == f"{GROUP}, 22/08/2023 (2023/24 Q1) is planned."


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_kept(store: Store) -> None:
    answer = plan(store, name=" \n", held_on="31/02/2023", group="", quarter=Quarter(2023, 4), written_by=" ")
    assert codes(answer) == ["NOT_A_DATE", "QUARTER_TO_COME", "PART_MISSING", "PART_MISSING", "WRITER_MISSING"]
    assert (answer.meeting, meetings(store), store.version) == (None, (), 0)


def test_a_name_has_a_longest_length_and_holds_nothing_about_a_person(store: Store) -> None:
    assert codes(plan(store, name="x" * (LONGEST_NAME + 1))) == ["TEXT_TOO_LONG"]
    assert plan(store, name="x" * LONGEST_NAME).result == "accepted"
    refused = plan(store, name="Ring 0161 496 0000")
    assert codes(refused) == ["PERSONAL_DATA"]
    assert "0161" not in refused.findings[0].sentence


def test_the_quarter_under_way_can_be_looked_at(store: Store) -> None:
    assert plan(store, quarter=Quarter(2023, 2)).result == "accepted"


def test_the_same_again_changes_nothing_and_a_change_is_a_version(store: Store) -> None:
    first = planned(store)
    assert plan(store).result == "unchanged", "a button pressed twice"
    assert (plan(store, first.reference).result, store.version) == ("unchanged", 1)
    moved = plan(store, first.reference, held_on="2023-08-29").meeting
    assert moved and (moved.reference, moved.replaces, moved.held_on) == (first.reference, first.id, "2023-08-29")
    assert len(meetings(store)) == 1


def test_the_latest_day_comes_first(store: Store) -> None:
    days = ("22/08/2023", "19/09/2023", "25/07/2023")
    assert [planned(store, day).reference for day in days] == ["ME-0001", "ME-0002", "ME-0003"]
    assert [one.reference for one in meetings(store)] == ["ME-0002", "ME-0001", "ME-0003"]


def at_once(*calls: Callable[[], Answer]) -> list[Answer]:
    with ThreadPoolExecutor(len(calls)) as pool:
        return [one.result() for one in [pool.submit(call) for call in calls]]


def test_of_several_planned_at_once_none_covers_another(store: Store) -> None:
    days = [f"2023-09-{day:02}" for day in range(1, 13)]
    answers = at_once(*(partial(plan, store, held_on=day) for day in days))
    assert {one.result for one in answers} == {"accepted"}
    assert sorted(one.held_on for one in meetings(store)) == days
    assert len({one.reference for one in meetings(store)}) == 12


def test_the_meeting_before_is_of_the_same_group_else_of_any(store: Store) -> None:
    board = frozen(store, "01/08/2023", "Executive")
    first, second = frozen(store, "08/08/2023"), frozen(store, "22/08/2023")
    planned(store, "15/08/2023")
    every = meetings(store)
    assert meeting_before(second, every) == again(store, first)
    assert meeting_before(first, every) == again(store, board)
    assert meeting_before(board, every) is None


# Freezing


def test_what_is_frozen_carries_the_hash_of_its_bytes_and_its_moment(store: Store) -> None:
    sent(store, HOUSING, NEGLECT)
    meeting = frozen(store)
    assert meeting.sha256 == hashlib.sha256(meeting.content.encode()).hexdigest()
    assert meeting.as_at and meeting.as_at <= meeting.written_at
    record = record_in(meeting)
    assert (record["shown_at"], record["format"]) == (meeting.shown_at, FORMAT)
    assert record["versions"]["ledger_entry"] == 1
    assert record["versions"]["plan"] == PLAN.id


def test_a_meeting_is_frozen_once(store: Store) -> None:
    meeting = frozen(store)
    refused = freeze_meeting(store, meeting, PLAN, Settings(), written_by="Chair")
    assert (codes(refused), refused.meeting) == (["MEETING_FROZEN"], None)
    assert codes(plan(store, meeting.reference, name="Another")) == ["MEETING_FROZEN"]
    assert again(store, meeting) == meeting


def test_of_several_who_freeze_the_same_plan_only_one_does(store: Store) -> None:
    meeting = planned(store)
    texts = [f'{{"a":{number}}}' for number in range(8)]
    moment = meeting.written_at
    answers = at_once(*(partial(freeze, store, meeting, text, moment, written_by="Chair") for text in texts))
    (one,) = [answer for answer in answers if answer.result == "accepted"]
    assert {code for answer in answers for code in codes(answer)} == {"MEETING_FROZEN"}
    assert again(store, meeting) == one.meeting


def test_freezing_needs_a_writer(store: Store) -> None:
    meeting = planned(store)
    assert codes(freeze_meeting(store, meeting, PLAN, Settings(), written_by=" ")) == ["WRITER_MISSING"]
    assert again(store, meeting) == meeting


def test_a_planned_meeting_has_no_record(store: Store) -> None:
    with pytest.raises(ValueError, match="is not frozen"):
        record_in(planned(store))


def test_an_empty_store_can_be_frozen(store: Store) -> None:
    record = record_in(frozen(store))
    assert {value for one in record["charts"].values() for value in one["values"]} == {None}
    assert {one["this_quarter"]["words"] for one in record["figures"]} == {"no figure"}


# For ever


def test_the_same_reading_gives_the_same_text(store: Store) -> None:
    sent(store, HOUSING, NEGLECT)
    meeting = planned(store)
    moment = store.still_moment()
    texts = {as_text(record_now(store, meeting, as_at=moment)) for _ in range(2)}
    kept = freeze(store, meeting, texts.pop(), moment, written_by="Chair")
    assert (texts, kept.result) == (set(), "accepted")


def test_a_record_does_not_change_by_what_comes_later(store: Store) -> None:
    sent(store, HOUSING, NEGLECT)
    meeting = frozen(store)
    altered_later(store)
    assert again(store, meeting) == meeting


def test_a_reading_as_at_the_meeting_still_gives_its_record(store: Store) -> None:
    sent(store, HOUSING, NEGLECT)
    meeting = frozen(store)
    altered_later(store)
    then, now = record_in(meeting), record_now(store, meeting, as_at=meeting.as_at)
    now["versions"]["store"] = then["versions"]["store"]  # grows with every commit, whatever is read
    assert as_text(now) == as_text(then)
    assert changes(then, record_now(store, meeting), store.entries())


def test_it_survives_closing_and_a_rebuild_from_the_kept_files(store: Store) -> None:
    sent(store, HOUSING, NEGLECT)
    meeting = frozen(store)
    store.close()
    assert reopened(store.path) == (meeting,)
    rebuild(store.path)
    assert reopened(store.path) == (meeting,)


def reopened(path: Path) -> tuple[Meeting, ...]:
    store = Store.open(path)
    try:
        return meetings(store)
    finally:
        store.close()


def changed_by_hand(path: Path, *statements: str) -> None:
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_it_is_the_same_byte_for_byte_after_the_tables_have_changed(store: Store) -> None:
    sent(store, HOUSING, NEGLECT)
    meeting = frozen(store)
    store.close()
    # As a store looks that was made before the return had these columns: opening it adds them, without values.
    table = "ALTER TABLE facts.maars_referrals"
    changed_by_hand(store.path, f"{table} DROP COLUMN risks", f"{table} DROP COLUMN sex")
    assert reopened(store.path) == (meeting,)
    assert list(store.path.parent.glob("*.before-*")), "the store was brought up to date"
    newer = Store.open(store.path)
    said = changes(record_in(meeting), record_now(newer, meeting, drawn=False), newer.entries())
    newer.close()
    assert "turned" in {one.kind for one in said}, "today's figure is another one, the record is not"


def test_an_older_store_without_registers_and_meetings_is_given_them(store: Store) -> None:
    sent(store, HOUSING)
    store.close()
    changed_by_hand(store.path, "DROP TABLE meeting", "DROP TABLE register_entry")
    for kind in (Meeting, RegisterEntry):
        shutil.rmtree(store.keeping.of(kind).entered)
    newer = opened(store.path)
    assert (meetings(newer), len(newer.entries())) == ((), 1)
    assert frozen(newer).is_frozen
    newer.close()


def kept_since_format_1() -> dict[str, Any]:
    """The entry of a meeting as it was kept by the first version that could freeze one."""
    entry: dict[str, Any] = json.loads(gzip.decompress(KEPT_FORMAT_1.read_bytes()))
    return entry


def test_a_meeting_frozen_by_the_first_version_is_still_the_same_and_can_be_read(store: Store) -> None:
    entry = kept_since_format_1()
    kept = store.keeping.of(Meeting)
    kept.announce(entry)
    kept.confirm(entry["id"])
    store.close()
    rebuild(store.path)
    (meeting,) = reopened(store.path)
    assert (meeting.content, meeting.sha256) == (entry["content"], entry["sha256"])
    assert meeting.is_intact
    record = record_in(meeting)
    assert record["format"] == 1
    assert [paper_of(kind, to_members(record), meeting.sha256).answer for kind in ("pack", "executive")]


def test_a_record_of_the_first_version_can_be_compared_with_one_of_today(store: Store) -> None:
    old = json.loads(kept_since_format_1()["content"])
    sent(store, HOUSING, NEGLECT, NEGLECT, NEGLECT)
    found = changes(old, record_now(store, planned(store), drawn=False), store.entries())
    assert [one.title for one in found if one.kind == "turned"][:1] == [
        "2.4 Housing referrals of young adults to MAARS"
    ]


# Lost or altered


def test_a_lost_meeting_is_noticed_and_restored(store: Store, tmp_path: Path) -> None:
    store.close()
    shutil.copy2(store.path, tmp_path / "copy.duckdb")
    newer = opened(store.path)
    meeting = frozen(newer)
    newer.close()
    shutil.copy2(tmp_path / "copy.duckdb", store.path)
    with pytest.raises(StoreDamaged, match=r"lacks 2 records of meetings that were accepted.* rebuild"):
        Store.open(store.path)
    rebuild(store.path)
    assert reopened(store.path) == (meeting,)


def test_a_record_altered_in_the_store_is_noticed_and_restored(store: Store) -> None:
    meeting = frozen(store)
    store.close()
    changed_by_hand(store.path, "UPDATE meeting SET content = replace(content, 'Review', 'Revue')")
    with pytest.raises(StoreDamaged, match=r"is not the one that was frozen\. Nothing was changed\..* rebuild"):
        Store.open(store.path)
    rebuild(store.path)
    assert reopened(store.path) == (meeting,)


def kept_record(store: Store, meeting: Meeting) -> Path:
    return store.keeping.of(Meeting).entered / f"{meeting.id:08}.json"


def test_a_record_altered_beside_the_store_is_noticed_and_kept_again(store: Store) -> None:
    meeting = frozen(store)
    store.close()
    kept = kept_record(store, meeting)
    entry = json.loads(kept.read_text("utf-8"))
    content = entry["content"].replace("Review", "Revue")
    kept.write_text(json.dumps(entry | {"content": content, "sha256": hashlib.sha256(content.encode()).hexdigest()}))
    with pytest.raises(StoreDamaged, match=r"The store holds it unaltered: delete .*00000002\.json"):
        Store.open(store.path)
    kept.unlink()
    assert reopened(store.path) == (meeting,)
    assert Meeting.from_entry(json.loads(kept.read_text("utf-8"))) == meeting


def test_no_store_is_rebuilt_with_a_record_that_was_altered(store: Store) -> None:
    meeting = frozen(store)
    store.close()
    kept = kept_record(store, meeting)
    kept.write_text(kept.read_text("utf-8").replace("no figure", "a figure"), "utf-8")
    before = store.path.read_bytes()
    with pytest.raises(StoreDamaged, match=r"kept record of .* is not the one that was frozen"):
        rebuild(store.path)
    assert store.path.read_bytes() == before


def test_a_meeting_killed_before_its_commit_is_forgotten(store: Store) -> None:
    meeting = frozen(store)
    store.keeping.of(Meeting).announce(replace(meeting, id=9).as_entry())
    store.close()
    assert reopened(store.path) == (meeting,)
    assert store.keeping.of(Meeting).pending() == []


def test_an_earlier_moment_shows_the_meetings_of_then(store: Store) -> None:
    meeting = planned(store)
    before = datetime(2023, 8, 1, tzinfo=UTC)
    assert (meetings(store, before), meetings(store.reading(before))) == ((), ())
    assert meetings(store, meeting.written_at) == (meeting,)
