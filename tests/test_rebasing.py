"""Rebases: what is taken, what is kept for ever, what a chart makes of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from maars_files import plain, sent

from dataset.agencies import STOCKPORT, Area
from dataset.demonstrating.rebasing import REBASES, with_rebases
from dataset.quarter import Quarter
from dataset.rebase import Rebase
from dataset.rebasing import MOST_CHARACTERS, Answer, in_force, rebases, start_baseline, take_back
from dataset.rebuilding import rebuild
from dataset.store import Store, StoreDamaged
from safeguarding_metrics.indicators import indicator_named
from safeguarding_metrics.measuring import Count, QuarterCount, Series
from safeguarding_metrics.process_charts import control_chart, is_special
from safeguarding_metrics.process_control import ControlChart
from safeguarding_metrics.settings import Settings

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
Q2 = Quarter(2023, 2)
CHANGE = "A new form from August"


@pytest.fixture
def now() -> list[datetime]:
    return [NOON]


@pytest.fixture
def store(tmp_path: Path, now: list[datetime]) -> Iterator[Store]:
    store = Store.open(tmp_path / "store.duckdb", clock=lambda: now[0])
    yield store
    store.close()


def started(store: Store, reason: str = CHANGE, quarter: Quarter = Q2, by: str = "Analyst", of: str = "a") -> Answer:
    return start_baseline(store, indicator=of, quarter=quarter, reason=reason, written_by=by)


def undone(store: Store, reason: str = "Wrong quarter", quarter: Quarter = Q2) -> Answer:
    return take_back(store, indicator="a", quarter=quarter, reason=reason, written_by="Chair")


def codes(answer: Answer) -> list[str]:
    return [finding.code for finding in answer.findings]


def kept(store: Store) -> tuple[list[int], list[int]]:
    return store.keeping.of(Rebase).pending(), store.keeping.of(Rebase).confirmed()


def test_a_new_store_holds_no_rebase(store: Store) -> None:
    assert rebases(store) == rebases(store.reading()) == in_force(rebases(store)) == ()


def test_a_rebase_is_kept_whole_with_who_and_when(store: Store) -> None:
    answer = started(store)
    (one,) = rebases(store)
    assert one == Rebase(1, STOCKPORT.code, "a", Q2, CHANGE, "Analyst", NOON)
    assert (answer.result, answer.rebase, store.version, kept(store)) == ("accepted", one, 1, ([], [1]))
    assert answer.sentence == "A new baseline starts from 2023/24 Q2."


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_kept(store: Store) -> None:
    answer = started(store, " \n", Quarter(2024, 2), " ", "A b")
    assert codes(answer) == ["UNKNOWN_INDICATOR", "QUARTER_TO_COME", "REASON_MISSING", "WRITER_MISSING"]
    assert (answer.rebase, rebases(store), store.version, kept(store)) == (None, (), 0, ([], []))


def test_a_reason_has_a_longest_length(store: Store) -> None:
    assert codes(started(store, "x" * (MOST_CHARACTERS + 1))) == ["REASON_TOO_LONG"]
    assert codes(started(store, "x" * MOST_CHARACTERS)) == []


def test_a_reason_that_tells_who_a_person_is_is_refused_and_never_repeated(store: Store) -> None:
    answer = started(store, "Ring 0161 496 0000 about it")
    assert codes(answer) == ["PERSONAL_DATA"]
    assert "0161" not in answer.findings[0].sentence


def test_the_same_again_changes_nothing_and_another_reason_is_a_version(store: Store) -> None:
    started(store)
    assert (started(store).result, store.version) == ("unchanged", 1)
    assert started(store, "Another reason").rebase == rebases(store)[1]
    assert [one.replaces for one in rebases(store)] == [None, 1]
    assert [one.reason for one in in_force(rebases(store))] == ["Another reason"]


def test_what_is_taken_back_counts_no_longer_and_stays_in_the_history(store: Store) -> None:
    assert codes(undone(store)) == ["NO_SUCH_BASELINE"]
    started(store)
    answer = undone(store)
    assert answer.sentence == "The baseline from 2023/24 Q2 is taken back; what was said of it is kept."
    assert (in_force(rebases(store)), len(rebases(store))) == ((), 2)
    assert codes(undone(store, "Again")) == ["NO_SUCH_BASELINE"]
    started(store)
    assert [one.id for one in in_force(rebases(store), "a")] == [3]


def test_those_of_one_indicator_come_in_the_order_of_their_quarters(store: Store) -> None:
    for quarter in (Q2.plus(2), Q2, Q2.plus(-3)):
        started(store, quarter=quarter)
    started(store, of="b")
    assert [one.quarter for one in in_force(rebases(store), "a")] == [Q2.plus(-3), Q2, Q2.plus(2)]
    assert len(in_force(rebases(store))) == 4


def test_an_earlier_moment_shows_what_had_been_decided_by_then(store: Store, now: list[datetime]) -> None:
    started(store)
    now[0] += timedelta(days=2)
    undone(store)
    assert len(rebases(store, NOON + timedelta(days=1))) == 1
    assert len(rebases(store.reading(NOON + timedelta(days=1)))) == 1
    assert rebases(store, NOON - timedelta(days=1)) == ()


def test_a_clock_set_back_does_not_turn_the_order_round(store: Store, now: list[datetime]) -> None:
    started(store)
    now[0] -= timedelta(hours=3)
    started(store, "Another reason")
    assert [one.written_at for one in rebases(store)] == [NOON, NOON]


def test_one_that_fails_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dataset.version.Version.write", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        started(store)
    monkeypatch.undo()
    assert (rebases(store), kept(store), store.version) == ((), ([], []), 0)


def test_a_rebuild_brings_every_version_back(store: Store, now: list[datetime]) -> None:
    sent(store, plain("A"))
    started(store)
    now[0] += timedelta(days=1)
    undone(store)
    before, version = rebases(store), store.version
    store.close()
    assert rebuild(store.path)[0] == 1
    again = Store.open(store.path)
    assert (rebases(again), again.version, kept(again)) == (before, version, ([], [1, 2]))
    again.close()


def test_rebases_alone_can_be_rebuilt(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store.duckdb", area=Area("E08000001", "Bolton"))
    started(store)
    before = rebases(store)
    store.close()
    store.path.unlink()
    rebuild(store.path)
    again = Store.open(store.path)
    assert (rebases(again), again.meta("area")) == (before, "E08000001")
    again.close()


def test_a_lost_rebase_is_noticed_and_restored(store: Store, tmp_path: Path) -> None:
    store.close()
    shutil.copy2(store.path, tmp_path / "copy.duckdb")
    again = Store.open(store.path)
    started(again)
    again.close()
    shutil.copy2(tmp_path / "copy.duckdb", store.path)  # as a log deleted by hand would leave it
    with pytest.raises(StoreDamaged, match=r"lacks 1 rebases that were accepted.* rebuild"):
        Store.open(store.path)
    rebuild(store.path)
    restored = Store.open(store.path)
    assert [one.reason for one in rebases(restored)] == [CHANGE]
    restored.close()


def test_killed_before_the_commit_it_is_forgotten_and_after_it_confirmed(store: Store) -> None:
    started(store)
    folder = store.keeping.of(Rebase).entered
    (folder / "00000001.json").rename(folder / "00000001.pending.json")
    store.keeping.of(Rebase).announce(rebases(store)[0].as_entry() | {"id": 2})
    store.close()
    again = Store.open(store.path)
    assert (len(rebases(again)), kept(again)) == (1, ([], [1]))
    again.close()


def test_an_older_store_without_the_table_is_given_it(store: Store) -> None:
    sent(store, plain("A"))
    store.close()
    with duckdb.connect(str(store.path)) as connection:
        connection.execute("DROP TABLE rebase")
    shutil.rmtree(store.keeping.of(Rebase).entered)
    again = Store.open(store.path)
    assert (rebases(again), len(again.entries())) == ((), 1)
    assert started(again).result == "accepted"
    again.close()


REFERRALS = indicator_named("maars_referrals", Settings())


def series(values: list[int | None]) -> Series:
    found = [QuarterCount(Quarter(2021, 1).plus(i), None if v is None else Count(v), ()) for i, v in enumerate(values)]
    return Series(REFERRALS, tuple(found))


def rebased_at(place: int) -> tuple[Rebase, ...]:
    return (Rebase(1, STOCKPORT.code, REFERRALS.id, Quarter(2021, 1).plus(place), "r", "b", NOON),)


def charted(values: list[int | None], *places: int) -> ControlChart:
    one = series(values)
    decided = tuple(replace(rebased_at(place)[0], id=place + 1) for place in places)
    control = control_chart(one, one.quarters[-1].quarter, rebased=decided)
    assert control is not None
    return control


JUMP: list[int | None] = [*([20, 22] * 7), *([40, 42] * 7)]


def test_a_rebase_begins_a_new_segment_with_limits_of_its_own() -> None:
    control = charted(JUMP, 14)
    assert [point.segment for point in control.points[-24:]] == [0] * 10 + [1] * 14
    assert (control.points_since_rebase, control.points[-1].mean, control.points[0].mean) == (14, 41.0, 21.0)


def test_without_it_the_same_points_are_a_special_cause() -> None:
    one = series(JUMP)
    last = one.quarters[-1].quarter
    assert is_special(one, last)
    assert not is_special(one, last, rebased_at(14))


def test_a_rebase_at_a_missing_quarter_starts_at_the_next_with_a_figure() -> None:
    values = [20, 22, None, None, 40, 42]
    assert [point.segment for point in charted(values, 2).points] == [0, 0, 0, 0, 1, 1]


def test_a_rebase_after_the_last_quarter_has_no_effect_yet() -> None:
    assert {point.segment for point in charted([20, 22, 24], 3).points} == {0}


def test_a_rebase_before_the_first_quarter_leaves_one_segment() -> None:
    assert {point.segment for point in charted([20, 22, 24], -3).points} == {0}


def test_the_demonstration_holds_a_rebase_that_its_chart_can_speak_of(demonstration_path: Path) -> None:
    store = Store.open(demonstration_path)
    held = in_force(rebases(store))
    store.close()
    assert [(one.indicator, one.quarter, one.reason) for one in held] == [
        (one.indicator, one.quarter, one.reason) for one in REBASES
    ]
    assert all("(invented)" in one.written_by for one in held)


def test_rebases_come_between_the_sendings_in_the_order_of_their_moments() -> None:
    later = [replace(REBASES[0], moment=REBASES[0].moment + timedelta(days=days)) for days in (-1, 1)]
    moments = [one.moment for one in with_rebases(later)]
    assert moments == sorted(moments) and len(moments) == len(REBASES) + 2
