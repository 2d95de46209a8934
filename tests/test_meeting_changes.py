"""What has changed since a meeting: which figure, by how much and why; and what a meeting is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from meeting_life import HOUSING, NEGLECT, PLAN, QUARTER, SLOT, frozen, opened, planned, record_now, sent

from dataset.meeting import Meeting
from dataset.registering import items, remove, save
from dataset.store import Store
from dataset.withdrawing import withdraw
from safeguarding_metrics.meetings import wording as words
from safeguarding_metrics.meetings.changes import KINDS, Change, changes, size_words
from safeguarding_metrics.meetings.record import Record, record_in
from safeguarding_metrics.packs.blocks import Bullets
from safeguarding_metrics.registers import challenges, delivery, risks
from safeguarding_metrics.settings import Settings

WHY = "One was miscoded"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path / "store.duckdb")
    yield store
    store.close()


@pytest.fixture
def seen(store: Store) -> Meeting:
    """A meeting that saw one referral of four for self-neglect: the milestone of 25% is met."""
    sent(store, HOUSING, HOUSING, HOUSING, NEGLECT)
    return frozen(store)


def since(store: Store, meeting: Meeting, settings: Settings = Settings()) -> tuple[Change, ...]:
    return changes(
        record_in(meeting), record_now(store, meeting, settings=settings, drawn=False), store.entries(), settings
    )


def about(found: tuple[Change, ...], indicator: str) -> dict[str, Change]:
    return {one.kind: one for one in found if one.indicator == indicator}


def entered(store: Store, register: Any, **cells: str) -> None:
    """A new item, or a change of the one that has the reference."""
    row = register.example(QUARTER, 1) | cells
    answer = save(store, register, row, written_by="Chair", reason="It moved on")
    assert answer.result == "accepted", [finding.sentence for finding in answer.findings]


def test_when_nothing_was_sent_nothing_has_changed(store: Store, seen: Meeting) -> None:
    assert since(store, seen) == ()


def test_a_restated_figure_is_told_with_its_size_and_the_reason(store: Store, seen: Meeting) -> None:
    sent(store, HOUSING, HOUSING, NEGLECT, NEGLECT, reason=WHY)
    change = about(since(store, seen), "maars_self_neglect")["restated"]
    assert (change.before, change.after, change.size) == ("25.0% (1 of 4)", "50.0% (2 of 4)", "+25.0 points")
    assert "coordinator restated MAARS referrals for 2023/24 Q1 on 15/08/2023: One was miscoded." in change.reason
    assert change.sentence.startswith("↻ Restated: MAARS referrals featuring self-neglect: 25.0% (1 of 4) before")


def test_a_verdict_that_turned_comes_first_with_both_verdicts(store: Store, seen: Meeting) -> None:
    sent(store, HOUSING, HOUSING, NEGLECT, NEGLECT, reason=WHY)
    found = since(store, seen)
    assert found[0].kind == "turned"
    change = about(found, "maars_self_neglect")["turned"]
    assert (change.before, change.after) == ("✔ Met, 25.0% (1 of 4)", "✖ Not met, 50.0% (2 of 4)")
    assert change.title == "5.3 MAARS referrals that feature self-neglect" and WHY in change.reason


def test_a_count_that_was_restated_is_told_in_cases(store: Store, seen: Meeting) -> None:
    sent(store, HOUSING, NEGLECT, reason=WHY)
    change = about(since(store, seen), "maars_referrals")["restated"]
    assert (change.before, change.after, change.size) == ("4", "2", "−2")


def test_a_figure_that_came_after_the_meeting_is_newly_reported(store: Store) -> None:
    meeting = frozen(store)
    sent(store, HOUSING, NEGLECT)
    change = about(since(store, meeting), "maars_self_neglect")["newly_reported"]
    assert (change.before, change.after, change.size) == ("no figure", "50.0% (1 of 2)", "")
    assert "sent MAARS referrals for 2023/24 Q1" in change.reason


def test_a_figure_that_was_taken_back_is_withdrawn(store: Store, seen: Meeting) -> None:
    withdraw(store, SLOT, sent_by="MAARS", reason="Another year's file")
    change = about(since(store, seen), "maars_self_neglect")["withdrawn"]
    assert (change.before, change.after) == ("25.0% (1 of 4)", "no figure")
    assert "withdrew MAARS referrals for 2023/24 Q1 on 15/08/2023: Another year's file." in change.reason


def test_what_was_refused_is_no_reason(store: Store, seen: Meeting) -> None:
    withdraw(store, SLOT, sent_by=" ", reason="")
    assert since(store, seen) == ()


def test_other_settings_are_another_definition(store: Store, seen: Meeting) -> None:
    (change,) = since(store, seen, replace(Settings(), risk_threshold=10))
    assert (change.kind, change.title, change.indicator) == ("definitions", "The definitions", "")
    assert change.before == record_in(seen)["versions"]["definitions"] != change.after


def test_another_plan_is_named(store: Store, seen: Meeting) -> None:
    before = record_in(seen)
    before["versions"] |= {"plan": "2019-22", "plan_title": "The plan before"}
    (change,) = changes(before, record_now(store, seen), store.entries())
    assert (change.kind, change.before, change.after) == ("definitions", "The plan before", PLAN.title)


def test_of_a_later_quarter_verdicts_are_compared_and_figures_are_not(store: Store, seen: Meeting) -> None:
    sent(store, NEGLECT, NEGLECT, quarter=QUARTER.plus(1))
    later = planned(store, "29/08/2023", quarter=QUARTER.plus(1))
    found = changes(record_in(seen), record_now(store, later), store.entries())
    assert {one.kind for one in found} == {"turned"}
    assert (
        about(found, "maars_self_neglect")["turned"].reason == "Judged for 2023/24 Q2; the meeting judged 2023/24 Q1."
    )


def test_the_size_of_a_change_is_exact_or_is_not_said() -> None:
    def figure(k: int | None, n: int | None) -> dict[str, Any]:
        return {"k": k, "n": n, "value": None if k is None or n == 0 else k / n if n else float(k)}

    assert size_words(figure(1, 8), figure(2, 10)) == "+7.5 points"
    assert size_words(figure(1, 2), figure(2, 4)) == "no change in the share"
    assert size_words(figure(1200, None), figure(3, None)) == "−1,197"
    assert size_words(figure(2, None), figure(2, None)) == "no change"
    assert size_words(figure(None, None), figure(2, None)) == size_words(figure(0, 0), figure(1, 2)) == ""


# Registers


def registered(store: Store, meeting: Meeting) -> list[Change]:
    return [one for one in since(store, meeting) if one.kind == "register"]


def test_a_new_item_a_changed_one_and_one_taken_off_are_told(store: Store) -> None:
    for number in (1, 2):
        entered(store, challenges.REGISTER, reference=f"CH-000{number}", challenge=f"Question {number}?")
    meeting = frozen(store)
    answered = {"answer": "Yes.", "answered_on": "14/08/2023", "state": "Answered"}
    entered(store, challenges.REGISTER, reference="CH-0001", challenge="Question 1?", **answered)
    entered(store, challenges.REGISTER, reference="CH-0003", challenge="Question 3?")
    remove(store, challenges.REGISTER, "CH-0002", written_by="Chair", reason="Entered twice")
    told = {one.title: (one.before, one.after, one.reason) for one in registered(store, meeting)}
    assert told == {
        "Challenge log, CH-0001: Question 1?": ("Raised", "Answered", "Changed: state, answer, answered on."),
        "Challenge log, CH-0002: Question 2?": ("listed", "removed", ""),
        "Challenge log, CH-0003: Question 3?": ("not entered", "Raised", "New."),
    }


def test_a_risk_that_crosses_the_threshold_says_so(store: Store) -> None:
    entered(store, risks.REGISTER, reference="RI-0001", title="Homes", likelihood_after="3", impact_after="3")
    meeting = frozen(store)
    entered(store, risks.REGISTER, reference="RI-0001", title="Homes", likelihood_after="3", impact_after="4")
    (change,) = registered(store, meeting)
    assert (change.before, change.after, change.size) == ("Open, score 9", "Open, score 12", "+3, reaching 12")
    entered(store, risks.REGISTER, reference="RI-0001", title="Homes", likelihood_after="1", impact_after="4")
    (change,) = registered(store, meeting)
    assert change.size == "−5"


def test_an_action_of_the_plan_is_told_by_its_text(store: Store) -> None:
    meeting = frozen(store)
    entered(store, delivery.REGISTER, action="1.b", state="Under way")
    (change,) = registered(store, meeting)
    text = next(one.text for _, one in PLAN.actions() if one.id == "1.b")
    assert change.title == f"Delivery plan, 1.b: {text}"


def test_every_kind_of_change_has_a_glyph_and_a_word() -> None:
    assert len({glyph for glyph, _ in KINDS.values()}) == len({word for _, word in KINDS.values()}) == len(KINDS)


# What a meeting is told


def answer(store: Store, meeting: Meeting, before: Meeting | None = None) -> str:
    now, old = record_now(store, meeting, drawn=False), record_in(before) if before else None
    found = changes(old, now, store.entries()) if old else ()
    return words.answer(now, old, found, is_frozen=meeting.is_frozen)


def test_the_title_says_what_is_off_course_and_what_has_changed(store: Store, seen: Meeting) -> None:
    sent(store, HOUSING, HOUSING, NEGLECT, NEGLECT, reason=WHY)
    meeting = planned(store, "29/08/2023")
    shown = answer(store, meeting, seen)
    assert shown.startswith("Quality Assurance Partnership, 29/08/2023 (2023/24 Q1), not frozen yet: ")
    assert "targets off course; 1 verdict and " in shown and "figures have changed since the meeting before" in shown


def test_the_title_says_so_when_nothing_has_changed_or_came_before(store: Store, seen: Meeting) -> None:
    assert answer(store, seen, seen).endswith("; no verdict and no figure has changed since the meeting before")
    assert answer(store, seen).endswith("; no frozen meeting came before it")


def test_before_anything_is_sent_no_target_can_be_judged(store: Store) -> None:
    assert "): no target can be judged; " in answer(store, frozen(store))


def test_a_restatement_of_an_earlier_quarter_is_told_too(store: Store, seen: Meeting) -> None:
    sent(store, HOUSING, HOUSING, HOUSING, HOUSING, reason=WHY)
    later = planned(store, "29/08/2023", quarter=QUARTER.plus(1))
    now = record_now(store, later, drawn=False)
    (told,) = words.sent_again_since(now, record_in(seen))
    assert told.endswith("restated MAARS referrals for 2023/24 Q1 on 15/08/2023: One was miscoded.")
    assert "1 return" in answer(store, later, seen)
    assert words.sent_again_since(now, now) == []


def asked(record: Record) -> dict[str, tuple[str, ...]]:
    return {one.agency: one.questions for one in words.asked(record)}


def test_each_agency_is_asked_for_what_it_owes(store: Store) -> None:
    sent(store, NEGLECT, NEGLECT, NEGLECT, NEGLECT)
    due = {"raised_on": "01/06/2023", "due_on": "01/07/2023", "to_agency": "MAARS", "challenge": "Why so many?"}
    entered(store, challenges.REGISTER, reference="CH-0001", **due)
    found = asked(record_now(store, planned(store)))
    mine = found["Multi-Agency Adults At Risk System coordinator"]
    assert any(
        one.startswith("Explanation owed of MAARS referrals featuring self-neglect. Not met: 100.0%") for one in mine
    )
    assert "Challenge CH-0001, raised, due 01/07/2023 (overdue): Why so many?" in mine
    assert sum("CH-0001" in one for one in mine) == 1, "it is not asked about twice"
    police = found["Greater Manchester Police"]
    assert police[0] == "Return not sent: Missing children, 2023/24 Q1. When will it come?"
    assert any("figures that nobody has sent" in one for one in police)


def test_an_overdue_action_nobody_is_named_for_comes_last(store: Store) -> None:
    meeting = planned(store)
    late = record_now(store, meeting)
    late["registers"]["delivery"][0] |= {"overdue": True, "owner": ""}
    assert list(asked(late))[-1] == words.NOBODY
    assert asked(late)[words.NOBODY][0].startswith("Overdue: action 1.a of the plan, due 30/04/2024: ")


def test_where_nobody_owes_anything_it_says_so(store: Store) -> None:
    record = record_now(store, planned(store))
    record |= {"missing_returns": [], "owed": []}
    assert words.to_ask(record).blocks[0].text == "Nobody owes an answer, a return or an action."  # type: ignore[union-attr]
    assert words.still_missing(record) == ("Every return that was due is in, and no explanation is owed.",)


def test_what_to_ask_is_one_list_an_agency_and_none_is_empty(store: Store) -> None:
    section = words.to_ask(record_now(store, planned(store)))
    lists = [one for one in section.blocks if isinstance(one, Bullets)]
    assert lists and all(one.items for one in lists)


def test_what_is_missing_is_said_before_a_meeting_is_frozen(store: Store) -> None:
    returns, owed = words.still_missing(record_now(store, planned(store)))
    assert "returns are not sent: " in returns and returns.endswith(" more.")
    assert "explanations are owed by " in owed


def test_other_versions_are_told_of_a_frozen_record(store: Store, seen: Meeting) -> None:
    record = record_in(seen)
    definitions = record["versions"]["definitions"]
    assert words.versions_differ(record, PLAN.title, PLAN.id, definitions) == ""
    told = words.versions_differ(record, "The next plan", "2026-29", "abc")
    assert told.startswith(
        "The plan in force is now The next plan; the meeting judged by Joint business plan 2023-26; "
    )
    assert f"version {definitions} then, abc now" in told


def test_the_registers_stand_apart_from_figures(store: Store, seen: Meeting) -> None:
    sent(store, NEGLECT, reason=WHY)
    entered(store, challenges.REGISTER, reference="CH-0001")
    figures, registers = words.figures_first(since(store, seen))
    assert figures and {one.kind for one in registers} == {"register"}
    assert [one.reference for one in items(store, challenges.REGISTER)] == ["CH-0001"]


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "Nothing is otherwise than this meeting saw it."),
        (1, "1 thing about 2023/24 Q1 is otherwise now than this meeting saw it."),
        (2, "2 things about 2023/24 Q1 are otherwise now than this meeting saw them."),
    ],
)
def test_how_much_is_otherwise_is_said(number: int, told: str) -> None:
    assert words.since_words(number, "2023/24 Q1") == told
