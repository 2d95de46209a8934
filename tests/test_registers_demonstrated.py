"""The invented registers: they agree with the invented returns, and every turn of their story is there at its moment."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest

from dataset.demonstrating import SimulatedClock, case_reviews, reviews, schedule
from dataset.demonstrating.allocating import Cells, Rows
from dataset.demonstrating.audits import ROUNDS
from dataset.personal_data import kinds_in
from dataset.quarter import Quarter
from dataset.register import Item, Register
from dataset.register_entry import RegisterEntry
from dataset.registering import items, row_findings
from dataset.store import Store
from dataset.versions import known
from safeguarding_metrics.demonstrating.register_steps import NotEntered, Step, day_of
from safeguarding_metrics.demonstrating.registers import ENTRIES, SIZE, fill_registers
from safeguarding_metrics.indicators import all_indicators, indicator_named
from safeguarding_metrics.measuring import Count, measure
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.registers import (
    REGISTERS,
    audits,
    case_actions,
    challenges,
    decisions,
    delivery,
    outcome_evidence,
    risks,
)
from safeguarding_metrics.registers.code_lists import GROUP
from safeguarding_metrics.registers.following import Following, following, movement, risk_score
from safeguarding_metrics.settings import Settings

NOW = Quarter(2026, 2)
CALLS = 10_000  # for each entry; some 5,500 are made


def of(register: Register) -> list[Step]:
    return [one for one in ENTRIES if one.register is register]


def said(register: Register, column: str) -> set[str]:
    """Every word of a column, in any version."""
    return {one.row.get(column, "") for one in of(register)} - {""}


def by_reference(found: tuple[Item, ...]) -> dict[str, Item]:
    return {item.reference: item for item in found}


def calls_of(work: Callable[[], object]) -> int:
    """How many functions, ours and others', are called meanwhile: the same number on any machine, busy or not."""
    made = count()
    sys.setprofile(lambda _, event, __: event.endswith("call") and next(made))
    try:
        work()
    finally:
        sys.setprofile(None)
    return next(made)


@pytest.fixture(scope="module")
def filling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, int]]:
    """A store with the registers alone, and how many calls it took to fill them."""
    clock = SimulatedClock(ENTRIES[0].moment)
    store = Store.open(tmp_path_factory.mktemp("registers") / "s.duckdb", kind="demonstration", clock=clock)
    with store.in_bulk():
        calls = calls_of(lambda: fill_registers(store, clock))
    yield store, calls
    store.close()


@pytest.fixture
def filled(filling: tuple[Store, int]) -> Store:
    """What each test looks at is a moment of it."""
    return filling[0]


def seen(store: Store, day: date, quarter: Quarter = NOW, settings: Settings = Settings()) -> Following:
    """What the registers say at the end of a day."""
    versions = known(RegisterEntry, store, datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC))
    return following(versions, PLANS[-1], quarter, day, settings)


def today(store: Store) -> Following:
    return seen(store, schedule.TODAY)


def last_seen(rows: Rows, key: str) -> dict[str, Cells]:
    """The last row of each case in the returns."""
    in_order = sorted(rows.items(), key=lambda one: one[0][1].id)
    return {row[key]: row for _, found in in_order for row in found}


# Filling


def test_every_entry_is_in_the_store_with_its_role_and_moment(filled: Store) -> None:
    entered = known(RegisterEntry, filled)
    assert [one.written_at for one in entered] == [one.moment for one in ENTRIES]
    assert [(one.register_name, one.item) for one in entered] == [(o.register.name, o.reference) for o in ENTRIES]
    assert all(one.written_by.endswith("(invented)") for one in entered)


def test_moments_are_in_order_and_none_lies_in_the_future() -> None:
    moments = [one.moment for one in ENTRIES]
    assert moments == sorted(set(moments)) and moments[-1].date() <= schedule.TODAY
    assert all(one.moment.hour < 22 for one in ENTRIES), "what is entered on a day stays on that day"


def test_a_refused_entry_is_an_error_with_its_reasons(filled: Store) -> None:
    first = of(risks.REGISTER)[0]
    wrong = Step(first.moment, first.register, {**first.row, "impact_after": "6"}, "Again", first.by, removed=False)
    with pytest.raises(NotEntered, match=r"risks RI-0001.*6"):
        wrong.to(filled)
    with pytest.raises(NotEntered, match="says this already"):
        Step(first.moment, first.register, items(filled, risks.REGISTER)[0].row, "Again", first.by, False).to(filled)


def test_an_entry_is_little_work_however_many_there_are_already(filling: tuple[Store, int]) -> None:
    assert SIZE < filling[1] < SIZE * CALLS


# What is written


def test_every_version_passes_the_checks_of_its_register() -> None:
    assert [one for one in ENTRIES if row_findings(one.register, one.row)] == []
    assert {one.register for one in ENTRIES} == set(REGISTERS)


def test_no_text_holds_what_tells_who_a_person_is() -> None:
    texts = {text for one in ENTRIES for text in (*one.row.values(), one.reason)}
    assert [text for text in texts if kinds_in(text)] == []


def test_no_step_is_dated_after_the_day_it_was_entered() -> None:
    happened = ("raised_on", "answered_on", "closed_on", "reported_on", "repeated_on", "agreed_on", "done_on")
    for one in ENTRIES:
        days = [
            one.register.value(one.row, name) for name in (*happened, "moderated_on", "signed_off_on", "decided_on")
        ]
        assert all(day <= one.moment.date() for day in days if isinstance(day, date)), one


def test_nothing_is_linked_to_a_quarter_that_is_still_to_come() -> None:
    for one in ENTRIES:
        if one.register is not audits.REGISTER:  # an audit is planned for a quarter to come
            assert Quarter.parse(one.row["quarter"]) <= Quarter.of(one.moment.date()), one
            assert Quarter(2023, 1) <= Quarter.parse(one.row["quarter"]) <= NOW, one


def test_references_are_those_the_software_would_have_given() -> None:
    for register in (one for one in REGISTERS if one.prefix):
        in_order = list(dict.fromkeys(one.reference for one in of(register)))
        assert in_order == [f"{register.prefix}-{number:04}" for number in range(1, len(in_order) + 1)]


def test_every_word_of_the_code_lists_is_used() -> None:
    assert said(challenges.REGISTER, "state") == set(challenges.STATE.values)
    assert said(risks.REGISTER, "state") == set(risks.STATE.values)
    assert said(audits.REGISTER, "state") == set(audits.STATE.values)
    assert said(audits.REGISTER, "method") == set(audits.METHOD.values)
    assert said(delivery.REGISTER, "state") == set(delivery.STATE.values)
    assert said(outcome_evidence.REGISTER, "judgement") == set(outcome_evidence.JUDGEMENT.values)
    assert said(decisions.REGISTER, "state") == set(decisions.STATE.values)
    assert said(challenges.REGISTER, "raised_by") | said(decisions.REGISTER, "decided_by") == set(GROUP.values)


def test_every_word_of_moderation_is_used() -> None:
    assert said(case_actions.REGISTER, "state") == set(case_actions.STATE.values)
    assert said(case_actions.REGISTER, "moderation") == set(case_actions.MODERATION.values)
    assert said(case_actions.REGISTER, "recommendation") == set(case_actions.RECOMMENDATION.values)
    assert len(said(case_actions.REGISTER, "review_kind")) == 4


# What they agree with


def test_every_state_that_can_last_stands_today(filled: Store) -> None:
    now = today(filled)
    assert {item.state for item in now.challenges} == set(challenges.STATE.values)
    assert {item.state for item in now.audits} == set(audits.STATE.values)
    assert {item.state for item in now.case_actions} == set(case_actions.STATE.values)
    assert {row.state for row in now.delivery} == {*delivery.STATE.values, "Not reported"}


def test_indicators_and_reviews_exist() -> None:
    linked = {one.row.get("indicator", "") for one in ENTRIES} - {""}
    assert linked <= {one.id for one in all_indicators()} and len(linked) > 15
    held = {*last_seen(case_reviews.reviews(), "review_id"), *last_seen(reviews.rows(), "review_id")}
    assert said(case_actions.REGISTER, "review_id") <= held
    named = {name for one in ENTRIES for text in one.row.values() for name in re.findall(r"(?:AU|RI|CH)-\d{4}", text)}
    assert named <= {one.reference for one in ENTRIES}


def test_an_action_after_a_review_has_the_owner_and_the_days_of_its_learning_point(filled: Store) -> None:
    points = last_seen(case_reviews.points(), "point_id").values()
    told = {(p["review_id"], p["lead_agency"], p["agreed_on"], p["due_on"], p["done_on"]) for p in points}
    found = today(filled).case_actions
    names = ("review_id", "owner", "agreed_on", "due_on", "done_on")
    assert [item for item in found if tuple(item.cell(name) for name in names) not in told] == []
    assert len(found) == 16


def test_an_audit_behind_a_figure_has_the_cases_of_its_round(filled: Store) -> None:
    asked = {(r.agency.code, r.cases, str(r.quarter)) for r in ROUNDS}
    held = by_reference(today(filled).audits)
    for reference in ("AU-0001", "AU-0002"):
        item = held[reference]
        assert (item.owner, item.number("cases"), item.cell("quarter")) in asked


# Register entry, indicator, quarter, and the figure its text gives, as it is written there.
QUOTED = (
    ("CH-0001", "concerns_not_progressed", "2023/24 Q1", 495, 630, "Of 630 concerns 495"),
    ("CH-0002", "maars_exploitation", "2023/24 Q1", 10, 19, "Ten of 19"),
    ("CH-0002", "maars_exploitation", "2023/24 Q2", 4, 20, "four of 20"),
    ("CH-0003", "return_interviews_in_time", "2023/24 Q2", 144, 237, "144 of 237"),
    ("CH-0003", "return_interviews_in_time", "2024/25 Q2", 161, 243, "161 of 243"),
    ("CH-0004", "icon_coverage", "2024/25 Q1", 647, 714, "647 of 714"),
    ("CH-0007", "maars_repeat_referrals", "2024/25 Q2", 0, 22, "Not one of 22"),
    ("CH-0007", "maars_repeat_referrals", "2024/25 Q3", 3, 24, "three of 24"),
    ("CH-0011", "welfare_checks_within_24_hours", "2025/26 Q4", 213, 260, "213 of 260"),
    ("CH-0012", "return_interviews_not_offered", "2026/27 Q1", 27, 278, "27 of 278"),
    ("CH-0013", "seen_within_4_weeks", "2026/27 Q2", 234, 279, "Of 279 children on a plan 234"),
    ("CH-0014", "maars_three_or_more_risks", "2026/27 Q2", 14, 26, "Fourteen of 26"),
    ("CH-0014", "maars_three_or_more_risks", "2026/27 Q1", 7, 24, "seven of 24"),
    ("RI-0002", "learning_points_overdue", "2023/24 Q4", 2, 6, "two of six"),
    ("RI-0002", "learning_points_overdue", "2024/25 Q4", 1, 8, "one of eight"),
    ("RI-0002", "learning_points_overdue", "2025/26 Q4", 4, 5, "Four of the five"),
    ("AU-0001", "audit_key_males_recorded", "2024/25 Q2", 15, 19, "Fifteen of the 19"),
    ("AU-0001", "audit_key_males_recorded", "2025/26 Q2", 17, 20, "Seventeen of 20"),
    ("AU-0002", "audit_adult_not_aware", "2024/25 Q3", 6, 24, "six of 24"),
    ("AU-0002", "audit_adult_not_aware", "2025/26 Q1", 4, 20, "Four of 20"),
    ("AU-0004", "section_11_returned", "2024/25 Q4", 15, 17, "Fifteen of 17"),
    ("AU-0005", "section_175_returned", "2024/25 Q4", 121, 127, "Of 127 schools 121"),
    ("AU-0008", "section_11_returned", "2025/26 Q4", 16, 17, "Sixteen of 17"),
    ("2.5 2026/27 Q1", "care_leavers_in_suitable_accommodation", "2026/27 Q1", 215, 237, "215 of 237"),
)


def test_a_figure_in_a_text_is_the_one_the_returns_give(demonstration_path: Path) -> None:
    store = Store.open(demonstration_path)
    cube = measure(store.reading(), [indicator_named(one) for one in {quote[1] for quote in QUOTED}])
    store.close()
    for reference, indicator, quarter, k, n, words in QUOTED:
        found = cube[indicator].at(Quarter.parse(quarter))
        assert found and found.count == Count(k, n), (reference, quarter)
        texts = [text for one in ENTRIES if one.reference == reference for text in (*one.row.values(), one.reason)]
        assert any(words in text for text in texts), (reference, words)


def test_the_numbers_of_a_year_are_the_sums_of_its_quarters(demonstration_path: Path) -> None:
    store = Store.open(demonstration_path)
    names = ("caring_dads_completed", "rapid_reviews_working_with_men", "sar_referrals")
    cube = measure(store.reading(), [indicator_named(one) for one in names])
    store.close()

    def year(name: str, of: int) -> tuple[int, int]:
        found = [one.count for q in (1, 2, 3, 4) if (one := cube[name].at(Quarter(of, q))) and one.count]
        return sum(one.k for one in found), sum(one.n or 0 for one in found)

    assert [year(names[0], of)[0] for of in (2023, 2024, 2025)] == [16, 18, 21], "evidence for outcome 4.5"
    assert [year(names[1], of) for of in (2023, 2024, 2025)] == [(4, 9), (3, 10), (3, 8)], "evidence for outcome 4.4"
    assert [year(names[2], of)[0] for of in (2024, 2025)] == [2, 3], "risk RI-0007"


# The story


def test_challenges_are_carried_answered_late_and_one_never_answered(filled: Store) -> None:
    then, now = seen(filled, date(2024, 9, 11), Quarter(2024, 1)), today(filled)
    assert [item.reference for item in then.carried] == ["CH-0003", "CH-0004", "CH-0005"]
    assert [item.reference for item in now.carried] == ["CH-0008", "CH-0010", "CH-0011", "CH-0012"]
    silent = [item for item in now.overdue if item.register is challenges.REGISTER and not item.cell("answer")]
    assert [item.reference for item in silent] == ["CH-0011"]
    assert len(now.challenges) == 14


def test_some_challenges_were_answered_after_their_day() -> None:
    """The day the answer is due is the one that stood when the challenge was raised."""
    asked = {
        one.reference: one.row["due_on"] for one in of(challenges.REGISTER) if one.row["state"] == challenges.RAISED
    }
    first = [one for one in of(challenges.REGISTER) if one.row["state"] == challenges.ANSWERED]
    late = [one.reference for one in first if day_of(one.row["answered_on"]) > day_of(asked[one.reference])]
    assert late == ["CH-0003", "CH-0006", "CH-0008", "CH-0009", "CH-0012"]


def test_a_risk_rises_from_9_to_12_and_crosses_to_the_executive(filled: Store) -> None:
    before, after = seen(filled, date(2026, 5, 20)), seen(filled, date(2026, 5, 21))
    assert [item.reference for item in before.to_the_executive] == ["RI-0003"]
    assert [item.reference for item in after.to_the_executive] == ["RI-0002", "RI-0003"]
    moved = movement(by_reference(after.risks)["RI-0002"])
    assert [(one.day, one.before, one.after) for one in moved] == [
        (date(2023, 9, 14), 16, 9),
        (date(2026, 5, 21), 16, 12),
    ]


def test_a_risk_at_exactly_12_is_shown_unless_the_setting_says_13(filled: Store) -> None:
    now, stricter = today(filled), seen(filled, schedule.TODAY, settings=Settings(risk_threshold=13))
    assert [(i.reference, risk_score(i, "after")) for i in now.to_the_executive] == [
        ("RI-0009", 15),
        ("RI-0002", 12),
        ("RI-0003", 12),
    ]
    assert [item.reference for item in stricter.to_the_executive] == ["RI-0009"]


def test_a_risk_falls_below_the_threshold_after_controls(filled: Store) -> None:
    assert "RI-0001" in by_reference(seen(filled, date(2024, 12, 4)).to_the_executive)
    assert "RI-0001" not in by_reference(seen(filled, date(2024, 12, 5)).to_the_executive)


def test_a_risk_is_closed_and_one_entered_by_mistake_is_removed(filled: Store) -> None:
    assert "RI-0005" in by_reference(seen(filled, date(2024, 9, 13)).risks)
    now = by_reference(today(filled).risks)
    assert "RI-0005" not in now and len(now) == 8
    assert now["RI-0004"].state == risks.CLOSED


def test_two_audits_were_repeated_and_one_is_overdue_for_it(filled: Store) -> None:
    found = by_reference(today(filled).audits)
    again = [ref for ref, item in found.items() if item.state == audits.AUDITED_AGAIN]
    assert again == ["AU-0001", "AU-0002"] and len(found) == 10
    assert [i.reference for i in today(filled).overdue if i.register is audits.REGISTER] == ["AU-0003"]
    assert "AU-0003" not in by_reference(seen(filled, date(2026, 9, 30)).overdue), "the day itself is in time"


def test_an_action_is_sent_back_done_again_and_signed_off(filled: Store) -> None:
    def stands(day: date) -> tuple[str, str]:
        item = by_reference(seen(filled, day).case_actions)["CA-0002"]
        return item.state, item.cell("moderation")

    assert "CA-0002" in by_reference(seen(filled, date(2023, 12, 6)).to_moderate)
    assert stands(date(2023, 12, 7)) == (case_actions.UNDER_WAY, "More evidence is wanted")
    assert "CA-0002" in by_reference(seen(filled, date(2024, 3, 1)).to_moderate)
    assert stands(date(2024, 4, 11)) == (case_actions.SIGNED_OFF, case_actions.ENOUGH)


def test_actions_after_reviews_drift_and_some_wait_for_moderation(filled: Store) -> None:
    now = today(filled)
    held = by_reference(now.case_actions)
    assert held["CA-0003"].drift(schedule.TODAY) == 0 and held["CA-0004"].drift(schedule.TODAY) == 150
    assert [item.reference for item in now.to_moderate] == ["CA-0014", "CA-0015"]
    late = [item.reference for item in now.overdue if item.register is case_actions.REGISTER]
    assert late == ["CA-0011", "CA-0012", "CA-0016"]


def test_the_delivery_plan_is_reported_but_for_two_actions(filled: Store) -> None:
    rows = {row.action.id: row for row in today(filled).delivery}
    assert len(rows) == 29
    assert [one for one, row in rows.items() if row.item is None] == ["2.f", "3.g"]
    assert [one for one, row in rows.items() if row.state == delivery.STOPPED] == ["3.b"]
    assert [one for one, row in rows.items() if row.is_overdue] == ["1.f", "2.d", "2.f", "3.e", "3.g", "4.c"]


def test_actions_of_the_plan_were_done_in_time_and_late(filled: Store) -> None:
    done = [(row.action, row.item) for row in today(filled).delivery if row.is_done and row.item]
    late = [action.id for action, item in done if (day := item.day("done_on")) and day > action.by]
    assert late == ["1.c", "2.c", "3.c", "3.d", "4.d", "5.a", "5.e"]
    assert len(done) == 22 and all(item.cell("evidence") for _, item in done)


def test_eleven_of_fourteen_outcomes_without_a_number_have_evidence(filled: Store) -> None:
    now = today(filled).evidence
    assert len(now) == 14
    assert [row.outcome.id for row in now if row.item is None] == ["2.2", "3.4", "4.2"]
    of_the_year = {row.outcome.id: row.item for row in now}["4.5"]
    assert of_the_year is not None and len(of_the_year.versions) == 2, "a judgement was taken back"


def test_decisions_are_carried_out_overdue_or_not_yet_due(filled: Store) -> None:
    now = today(filled)
    assert len(now.decisions) == 10
    assert [i.reference for i in now.overdue if i.register is decisions.REGISTER] == ["DE-0006", "DE-0009"]
    assert [i.reference for i in now.decisions if i.is_open] == ["DE-0006", "DE-0009", "DE-0010"]
