"""Rows past their period go, from the store's bytes too; the ledger and every figure stay."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from commands import Run

from dataset.agencies import ADULT_SOCIAL_CARE, MAARS, PENNINE_CARE, STOCKPORT
from dataset.intake import send
from dataset.keeping import Keeping
from dataset.ledger import Slot
from dataset.purging import CannotRemove, copies_beside, due, erase, finish, purge, removals, to_erase
from dataset.quarter import Quarter
from dataset.rebuilding import rebuild
from dataset.removal import KeptCount
from dataset.retention import SETTING, Footing, WrongRetention, kept_until, period_words
from dataset.store import Store
from dataset.tables import RETURNS, return_named
from dataset.templates import example_csv
from safeguarding_metrics.__main__ import main as metrics_main
from safeguarding_metrics.indicators import all_indicators, indicator_named
from safeguarding_metrics.measuring import Cube, RowsRemoved, break_down, measure
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.progressing import cube_of, progress
from safeguarding_metrics.settings import Settings

OLD, NEW = Quarter(2018, 1), Quarter(2026, 1)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
REFERENCE = b"MR-18Q1-0002"
INDICATORS = all_indicators(Settings())


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    store = Store.open(path, clock=lambda: NOW)
    try:
        yield store
    finally:
        store.close()


def cube(path: Path) -> Cube:
    with opened(path) as store:
        return measure(store.reading(), INDICATORS)


def figures(path: Path) -> dict[str, tuple[object, ...]]:
    return {name: series.quarters for name, series in cube(path).items()}


def everywhere(path: Path) -> bytes:
    """Every byte of the store and of what is kept beside it."""
    return path.read_bytes() + b"".join(one.read_bytes() for one in Keeping(path).folder.rglob("*") if one.is_file())


@pytest.fixture(autouse=True)
def no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with a return and its restatement of 2018/19, two agencies' enquiries then, and one of this year."""
    place, minutes = tmp_path / "store.duckdb", count()
    with closing(Store.open(place, clock=lambda: NOW - timedelta(days=1, minutes=-next(minutes)))) as store:
        for name, who, quarter, rows, reason in (
            ("maars_referrals", MAARS, OLD, 2, ""),
            ("maars_referrals", MAARS, OLD, 5, "Three were late"),
            ("section_42_enquiries", ADULT_SOCIAL_CARE, OLD, 4, ""),
            ("section_42_enquiries", PENNINE_CARE, OLD, 3, ""),
            ("maars_referrals", MAARS, NEW, 6, ""),
        ):
            table, slot = return_named(name), Slot(STOCKPORT.code, who.code, name, quarter)
            raw = example_csv(table, quarter, rows).replace("E-18", f"{who.code}-18").encode()
            assert send(store, slot, raw, sent_by="QAP", file_name=f"{rows}.csv", reason=reason).accepted
    return place


@pytest.fixture
def purged(path: Path, run: Run) -> Path:
    assert run("purge", "--store", str(path), "--by", "QAP", main=metrics_main)[0] == 0
    return path


def test_what_is_due_is_what_is_past_its_period_superseded_entries_too(path: Path) -> None:
    with opened(path) as store:
        assert [entry.id for entry in due(store, NOW.date())] == [1, 2, 3, 4]
        assert due(store, date(2024, 6, 30)) == ()
        assert len(due(store, date(2024, 7, 1))) == 4


def test_a_dry_run_says_what_would_go_and_leaves_every_byte(path: Path, run: Run) -> None:
    before = everywhere(path)
    code, said, _ = run("purge", "--store", str(path), "--by", "QAP", "--dry-run", main=metrics_main)
    assert code == 0
    assert "4 entries with 14 rows would be purged" in said
    assert "Entry 2, maars_referrals of MAARS for 2018/19 Q1, 5 rows: kept until 30/06/2024" in said
    assert REFERENCE in everywhere(path) and len(before) == len(everywhere(path))


def test_rows_and_files_are_gone_from_every_byte(path: Path, run: Run) -> None:
    assert REFERENCE in everywhere(path)
    assert run("purge", "--store", str(path), "--by", "QAP", main=metrics_main)[0] == 0
    assert REFERENCE not in everywhere(path)
    assert b"MR-26Q1-0002" in everywhere(path)


def test_every_figure_stays_k_of_n(path: Path, run: Run) -> None:
    before = figures(path)
    assert run("purge", "--store", str(path), "--by", "QAP", main=metrics_main)[0] == 0
    assert figures(path) == before
    assert before["maars_referrals"][0].count.k == 5  # type: ignore[attr-defined]


def test_what_was_reported_before_the_restatement_stays_too(purged: Path) -> None:
    with opened(purged) as store:
        then = store.reading(store.entries()[0].recorded_at)
        assert [one.count.k for one in measure(then, INDICATORS)["maars_referrals"].quarters if one.count] == [2]


def test_the_ledger_keeps_every_entry_and_marks_it(purged: Path, run: Run) -> None:
    with opened(purged) as store:
        entries, found = store.entries(), removals(store)
    assert [entry.records for entry in entries] == [2, 5, 4, 3, 6]
    assert all(len(entry.sha256) == 64 for entry in entries)
    assert [(one.submission, one.why, one.records, one.written_by) for one in found] == [
        (number, "retention", rows, "QAP") for number, rows in ((1, 2), (2, 5), (3, 4), (4, 3))
    ]
    said = run("returns", "--store", str(purged))[1]
    assert said.count("purged on ") == 4


def test_a_store_is_made_again_without_the_rows_and_with_the_figures(purged: Path) -> None:
    before = figures(purged)
    assert rebuild(purged)[0] == 5
    assert figures(purged) == before
    assert REFERENCE not in everywhere(purged)
    with opened(purged) as store:
        assert len(removals(store)) == 4


def test_a_second_purge_finds_nothing_and_changes_nothing(purged: Path, run: Run) -> None:
    before = figures(purged)
    said = run("purge", "--store", str(purged), "--by", "QAP", main=metrics_main)[1]
    assert "0 entries with 0 rows were purged" in said
    assert figures(purged) == before


def test_a_purge_stopped_before_the_files_were_gone_is_finished_by_the_next(path: Path, run: Run) -> None:
    with opened(path) as store:
        counts = {entry.id: {"maars_referrals": KeptCount(1)} for entry in due(store, NOW.date())}
        purge(store, due(store, NOW.date()), counts, written_by="QAP")
    assert REFERENCE in everywhere(path)
    assert run("purge", "--store", str(path), "--by", "QAP", main=metrics_main)[0] == 0
    assert REFERENCE not in everywhere(path)


def test_a_part_of_a_figure_whose_rows_are_gone_is_refused_in_words(purged: Path) -> None:
    referrals = indicator_named("maars_referrals", Settings())
    with opened(purged) as store:
        with pytest.raises(RowsRemoved, match="only the whole is kept"):
            break_down(store.reading(), referrals, referrals.breakdowns[0], (OLD,))
        assert break_down(store.reading(), referrals, referrals.breakdowns[0], (NEW,))


def test_an_indicator_that_was_not_counted_before_has_no_figure(path: Path) -> None:
    with opened(path) as store:
        entries = due(store, NOW.date())
        purge(store, entries, {entry.id: {} for entry in entries}, written_by="QAP")
        assert measure(store.reading(), INDICATORS)["maars_referrals"].quarters[0].count is None


def test_nothing_goes_without_its_counts_or_without_a_name(path: Path) -> None:
    with opened(path) as store:
        entries = due(store, NOW.date())
        for counts, role, why in (({}, "QAP", "counts of entry 1"), ({e.id: {} for e in entries}, " ", "--by")):
            with pytest.raises(CannotRemove, match=why):
                purge(store, entries, counts, written_by=role)
        assert removals(store) == () and due(store, NOW.date()) == entries


def test_the_dataset_alone_removes_only_with_counts_from_a_file(path: Path, run: Run, tmp_path: Path) -> None:
    code, said, _ = run("purge", "--store", str(path), "--by", "QAP")
    assert code == 1 and "python -m safeguarding_metrics purge" in said and "Nothing was removed" in said
    counts = tmp_path / "counts.json"
    counts.write_text(json.dumps({number: {"maars_referrals": [number, None, None]} for number in (1, 2, 3, 4)}))
    assert run("purge", "--store", str(path), "--by", "QAP", "--counts", str(counts))[0] == 0
    assert figures(path)["maars_referrals"][0].count.k == 2  # type: ignore[attr-defined]


def test_one_entry_is_erased_on_demand_with_a_reason(path: Path, run: Run) -> None:
    before = figures(path)
    asked = ("erase", "--store", str(path), "--entry", "5", "--by", "QAP", "--reason", "An adult asked for it")
    code, said, _ = run(*asked, main=metrics_main)
    assert code == 0 and "Entry 5, maars_referrals of MAARS for 2026/27 Q1, 6 rows: erased on" in said
    assert b"MR-26Q1-0002" not in everywhere(path) and REFERENCE in everywhere(path)
    assert figures(path) == before
    code, said, _ = run(*asked, main=metrics_main)
    assert code == 1 and "was erased on" in said


@pytest.mark.parametrize(
    ("number", "reason", "why"),
    [(99, "asked", "no entry 99"), (5, " ", "needs a reason"), (5, "write to a.b@example.org", "an e-mail address")],
)
def test_an_erasure_that_cannot_be_is_refused(path: Path, number: int, reason: str, why: str) -> None:
    with opened(path) as store:
        with pytest.raises(CannotRemove, match=why):
            erase(store, to_erase(store, number), {}, reason=reason, written_by="QAP")
        assert removals(store) == ()


def test_a_file_that_two_entries_share_stays_while_one_of_them_needs_it(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    with opened(path) as store:
        first, other = (example_csv(return_named("maars_referrals"), NEW, rows).encode() for rows in (2, 3))
        slot = Slot(STOCKPORT.code, MAARS.code, "maars_referrals", NEW)
        for raw in (first, other, first):
            assert send(store, slot, raw, sent_by="QAP", file_name="a.csv", reason="Corrected").accepted
        one, two, _ = (entry.sha256 for entry in store.entries())
        for number in (1, 2):
            erase(store, to_erase(store, number), {}, reason="Sent in error", written_by="QAP")
        finish(store)
    assert Keeping(path).has_file(one) and not Keeping(path).has_file(two)


def test_copies_made_earlier_are_named(path: Path, run: Run) -> None:
    shutil.copy2(path, path.with_name("store.duckdb.before-20260101T000000"))
    said = run("purge", "--store", str(path), "--by", "QAP", main=metrics_main)[1]
    assert "may still hold what was removed" in said and "store.duckdb.before-20260101T000000" in said
    assert copies_beside(path)


@pytest.mark.parametrize(("said", "years"), [("", 6), ("1", 1), (" 12 ", 12)])
def test_a_setting_overrides_every_period(said: str, years: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, said)
    assert kept_until(Footing(), Quarter(2020, 4)) == date(2021 + years, 3, 31)
    assert kept_until(Footing(years=None), Quarter(2020, 4)) is None
    assert period_words(Footing()).startswith(f"{years} year")


@pytest.mark.parametrize("said", ["0", "six", "-1", "101", "1.5"])
def test_a_setting_that_is_no_number_of_years_is_refused(said: str, path: Path, run: Run) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SETTING, said)
        with pytest.raises(WrongRetention, match="whole number of years"):
            kept_until(Footing(), OLD)
        assert run("purge", "--store", str(path), "--by", "QAP", main=metrics_main)[0] == 1


def test_every_return_says_on_what_footing_it_is_held() -> None:
    for table in RETURNS:
        footing = table.about.footing
        assert footing.lawful_basis and footing.agreement and footing.seen_by
        assert footing.years is None or footing.years >= 6


def test_progress_and_all_figures_of_the_demonstration_stay(
    demonstration_path: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / demonstration_path.name
    shutil.copy2(demonstration_path, path)
    shutil.copytree(Keeping(demonstration_path).folder, Keeping(path).folder)
    before, answer = figures(path), judged(path)
    monkeypatch.setenv(SETTING, "1")
    assert run("purge", "--store", str(path), "--by", "QAP", main=metrics_main)[0] == 0
    assert figures(path) == before and judged(path) == answer
    with opened(path) as store:
        assert len(removals(store)) > 100


def judged(path: Path) -> list[str]:
    """Every sentence of Progress."""
    settings, quarter = Settings(), Quarter(2024, 4)
    with opened(path) as store:
        reading = store.reading()
        found = progress(reading, cube_of(reading, settings), PLANS[-1], quarter, settings, NOW.date())
        return [found.answer, found.detail, *(row.sentence for row in found.rows)]
