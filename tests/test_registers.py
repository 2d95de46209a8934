"""The seven registers: what each column means, what follows from the items, and the sentences about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dataset.columns import NULL_WORDS
from dataset.quarter import Quarter
from dataset.register import Item, Register
from dataset.register_entry import RegisterEntry
from dataset.registering import items, row_findings, save
from dataset.store import Store
from dataset.versions import known
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.registers import REGISTERS, UnknownRegister, register_named, wording
from safeguarding_metrics.registers.following import Following, crosses, following, movement, quarter_of, risk_score
from safeguarding_metrics.registers.headings import finding_words, heading, rule_words, said
from safeguarding_metrics.registers.listing import (
    ALL,
    NO_EVIDENCE,
    OPEN,
    Choice,
    line_of,
    lines,
    linked_quarters,
    neighbours,
    opening_state,
    owners,
    states,
    unreported,
)
from safeguarding_metrics.registers.wording import answer, detail, history, item_answer
from safeguarding_metrics.settings import Settings

Q1, Q2 = Quarter(2023, 1), Quarter(2023, 2)
TODAY = date(2023, 12, 1)
CHALLENGES, RISKS, AUDITS, CASES, DELIVERY, EVIDENCE, DECISIONS = REGISTERS
Put = Callable[..., Item]


@pytest.fixture
def now() -> list[datetime]:
    return [datetime(2023, 10, 2, 9, tzinfo=UTC)]


@pytest.fixture
def store(tmp_path: Path, now: list[datetime]) -> Iterator[Store]:
    store = Store.open(tmp_path / "store.duckdb", clock=lambda: now[0])
    yield store
    store.close()


@pytest.fixture
def put(store: Store, now: list[datetime]) -> Put:
    """Enter an example of a register with other cells, a day after the last one; the item as it then stands."""

    def put(register: Register, reason: str = "A reason", **cells: str) -> Item:
        now[0] += timedelta(days=1)
        row = register.example(Q1, 1) | ({"reference": ""} if register.prefix else {}) | cells
        done = save(store, register, row, written_by="Role", reason=reason)
        assert done.entry is not None, [finding.sentence for finding in done.findings]
        return next(item for item in items(store, register) if item.reference == done.entry.item)

    return put


def seen(store: Store, today: date = TODAY, quarter: Quarter = Q2, settings: Settings = Settings()) -> Following:
    return following(known(RegisterEntry, store), PLANS[-1], quarter, today, settings)


def title(store: Store, register: Register, **more: Any) -> str:
    return answer(register, items(store, register), seen(store, **more))


# What they are


def test_there_are_seven_each_with_a_name_of_its_own() -> None:
    assert len({register.name for register in REGISTERS}) == len(REGISTERS) == 7
    assert [register_named(register.name) for register in REGISTERS] == list(REGISTERS)


def test_an_unknown_register_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnknownRegister, match="challenges, risks, audits"):
        register_named("gossip")


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_the_example_passes_every_check(register: Register) -> None:
    for quarter in (Q1, Quarter(2026, 4)):
        assert row_findings(register, register.example(quarter, 1)) == []


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_every_column_has_a_meaning_and_a_heading_of_its_own(register: Register) -> None:
    columns = register.table.columns()
    assert all(column.meaning.endswith(".") for column in columns.values())
    headings = [heading(register, name) for name in columns]
    assert len(set(headings)) == len(headings)
    assert not [one for one in headings if "_" in one or not one[0].isupper()]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_what_a_register_says_of_its_columns_is_true_of_them(register: Register) -> None:
    columns = register.table.columns()
    named = {register.headline, register.owner, register.state, *register.table.key}
    named |= {name for name in (register.due, register.done) if name}
    assert named | {"quarter"} <= set(columns)
    assert set(register.open_states) <= set(columns[register.state].codes.values)  # type: ignore[attr-defined]
    assert all(rule_words(register, rule) for rule in register.table.rules)


def test_links_point_at_indicators_actions_and_outcomes_that_exist() -> None:
    plan, known_ids = PLANS[-1], {one.id for one in all_indicators()}
    linked = [r.table.columns()["indicator"] for r in REGISTERS if "indicator" in r.table.columns()]
    assert len(linked) == 4
    assert all(set(column.codes.values) == known_ids for column in linked)  # type: ignore[attr-defined]
    actions = DELIVERY.table.columns()["action"].codes.values  # type: ignore[attr-defined]
    assert actions == tuple(one.id for _, one in plan.actions())
    outcomes = EVIDENCE.table.columns()["outcome"].codes.values  # type: ignore[attr-defined]
    assert outcomes == tuple(one.id for _, one in plan.outcomes() if one.target is None) and len(outcomes) == 14


def test_no_word_of_a_list_would_be_read_as_a_blank_cell() -> None:
    words = {word for register in REGISTERS for codes in register.table.code_lists() for word in codes.values}
    assert not words & set(NULL_WORDS)


# What follows from them


def test_a_score_of_exactly_the_threshold_goes_to_the_executive(store: Store, put: Put) -> None:
    scores = {(3, 4): True, (4, 3): True, (2, 5): False, (3, 3): False, (5, 5): True}
    for (likelihood, impact), goes in scores.items():
        risk = put(RISKS, likelihood_after=str(likelihood), impact_after=str(impact))
        assert (risk_score(risk, "after"), crosses(risk, Settings())) == (likelihood * impact, goes)
    found = seen(store).to_the_executive
    assert [risk_score(risk, "after") for risk in found] == [25, 12, 12]


def test_the_threshold_is_a_setting(store: Store, put: Put) -> None:
    risk = put(RISKS, likelihood_after="3", impact_after="4")
    assert not crosses(risk, Settings(risk_threshold=13))
    assert "1 is at or above 9 and goes" in title(store, RISKS, settings=Settings(risk_threshold=9))
    assert "none is at or above 13 and goes" in title(store, RISKS, settings=Settings(risk_threshold=13))
    assert Settings.from_environment({"SAFEGUARDING_RISK_THRESHOLD": "15"}).risk_threshold == 15


def test_a_closed_risk_goes_to_nobody(put: Put) -> None:
    risk = put(RISKS, likelihood_after="5", impact_after="5", state="Closed", closed_on="01/11/2023")
    assert not crosses(risk, Settings())


def test_the_movement_of_a_risk_is_told_from_its_versions(put: Put) -> None:
    risk = put(RISKS, likelihood_after="4", impact_after="4")
    assert wording.movement_words(risk) == "unchanged since 03/10/2023"
    risk = put(RISKS, "Worded anew", **(risk.row | {"title": "Other words"}))
    risk = put(RISKS, "Graver than thought", **(risk.row | {"impact_before": "5"}))
    assert wording.movement_words(risk) == "unchanged since 03/10/2023"
    risk = put(RISKS, "Controls work", **(risk.row | {"likelihood_after": "3"}))
    assert wording.movement_words(risk) == "16 → 12 since 06/10/2023 (lower)"
    assert [(one.before, one.after) for one in movement(risk)] == [(1, 16), (5, 16), (5, 12)]
    assert [one.reason for one in movement(risk)][1:] == ["Graver than thought", "Controls work"]


def test_a_rising_score_is_said_to_be_higher(put: Put) -> None:
    risk = put(RISKS, likelihood_after="3", impact_after="3")
    risk = put(RISKS, **(risk.row | {"impact_after": "4"}))
    assert wording.movement_words(risk) == "9 → 12 since 04/10/2023 (higher)"
    assert wording.executive_words(risk, Settings()) == "⚑ 12 or more: to the Executive"


@pytest.mark.parametrize(("today", "late", "drift"), [(-1, False, 0), (0, False, 0), (1, True, 1), (400, True, 400)])
def test_the_day_itself_is_in_time(today: int, late: bool, drift: int, store: Store, put: Put) -> None:
    due = date(2023, 6, 30)
    case = put(CASES, due_on="30/06/2023", agreed_on="01/06/2023", state="Under way")
    day = due + timedelta(days=today)
    found = seen(store, today=day)
    assert (case.is_overdue(day), case in found.overdue, case.drift(day)) == (late, late, drift)
    line = line_of(CASES, case.reference, (case,), found)
    assert line is not None and line.is_overdue == late


def test_drift_ends_on_the_day_it_was_done(put: Put) -> None:
    cells = {"due_on": "30/06/2023", "agreed_on": "01/06/2023", "state": "Done", "evidence": "Minutes"}
    late, early = put(CASES, **cells, done_on="10/07/2023"), put(CASES, **cells, done_on="20/06/2023")
    assert (late.drift(TODAY), early.drift(TODAY)) == (10, 0)
    assert wording.drift_words(late, TODAY) == "10 days late"
    assert wording.drift_words(early, TODAY) == "in time"


def test_what_is_done_waits_for_moderation_and_is_not_overdue(store: Store, put: Put) -> None:
    cells = {"due_on": "30/06/2023", "agreed_on": "01/06/2023", "evidence": "Minutes", "done_on": "10/07/2023"}
    waiting = put(CASES, **cells, state="Done")
    put(
        CASES,
        **cells,
        state="Done",
        moderation="Evidence is enough",
        moderated_on="01/08/2023",
        recommendation="Sign off",
    )
    found = seen(store)
    assert (found.to_moderate, found.overdue) == ((waiting,), ())
    assert title(store, CASES) == "Case-review action plans: none of 2 actions is overdue, 1 waits for moderation"
    assert wording.moderation_words(waiting) == "Waits for moderation"


def test_open_challenges_of_earlier_quarters_are_carried_over(store: Store, put: Put) -> None:
    old, present = put(CHALLENGES, quarter="2023/24 Q1"), put(CHALLENGES, quarter="Q2 2023/24")
    put(CHALLENGES, quarter="2022/23 Q4", state="Closed", closed_on="01/10/2023", outcome="Done")
    found = seen(store)
    assert found.carried == (old,)
    assert quarter_of(present) == Q2 and wording.carried_words(present, found) == ""
    assert detail(CHALLENGES, items(store, CHALLENGES), found).startswith("1 of the open ones is carried over")


def test_the_delivery_plan_lists_every_action_reported_or_not(store: Store, put: Put) -> None:
    every = list(PLANS[-1].actions())
    first = every[0][1]
    put(DELIVERY, action=first.id, state="Done", evidence="Minutes", done_on="01/09/2023")
    found = seen(store, today=first.by + timedelta(days=1))
    assert [row.action for row in found.delivery] == [action for _, action in every]
    assert [row.is_done for row in found.delivery].count(True) == 1
    assert [row.is_overdue for row in seen(store, today=first.by).delivery].count(True) == 0
    due = sum(action.by == first.by for _, action in every)
    assert len(found.overdue_delivery) == due - 1
    said_now = answer(DELIVERY, items(store, DELIVERY), found)
    assert said_now == f"Delivery plan: 1 of 29 actions is done, {due - 1} are overdue, 28 are not reported"
    assert unreported(items(store, DELIVERY)) == tuple(action.id for _, action in every[1:])


def test_a_stopped_action_is_not_overdue(store: Store, put: Put) -> None:
    put(DELIVERY, action="1.a", state="Stopped")
    row = next(row for row in seen(store, today=date(2030, 1, 1)).delivery if row.action.id == "1.a")
    assert not row.is_overdue


def test_evidence_is_the_latest_up_to_the_quarter(store: Store, put: Put) -> None:
    for quarter in ("2023/24 Q3", "2022/23 Q4", "2023/24 Q1"):
        put(EVIDENCE, outcome="1.1", quarter=quarter)
    quarters = [row.item and row.item.cell("quarter") for row in seen(store).evidence if row.outcome.id == "1.1"]
    assert quarters == ["2023/24 Q1"]
    assert title(store, EVIDENCE) == "Outcomes without a number: 1 of 14 has evidence up to 2023/24 Q2"


# What is said of them


@pytest.mark.parametrize("register", [CHALLENGES, RISKS, AUDITS, CASES, DECISIONS], ids=lambda one: one.name)
def test_an_empty_register_says_that_nothing_is_entered(register: Register, store: Store) -> None:
    assert title(store, register) == f"{register.about.title}: nothing is entered yet"
    assert detail(register, (), seen(store)) == ""


def test_the_log_counts_what_is_open_and_overdue(store: Store, put: Put) -> None:
    put(CHALLENGES, due_on="30/11/2023")
    assert title(store, CHALLENGES) == "Challenge log: 1 of 1 challenge is open, 1 is overdue"
    put(CHALLENGES, due_on="01/12/2023")
    put(CHALLENGES, state="Closed", closed_on="01/10/2023", outcome="Done")
    assert title(store, CHALLENGES) == "Challenge log: 2 of 3 challenges are open, 1 is overdue"
    assert title(store, CHALLENGES, today=date(2023, 11, 30)).endswith("2 of 3 challenges are open, none is overdue")


def test_audits_count_reports_and_repetitions_overdue(store: Store, put: Put) -> None:
    put(AUDITS)
    cells = {"findings": "Half", "reported_on": "01/05/2023", "repeat_due": "01/10/2023"}
    late = put(AUDITS, state="Reported", **cells)
    done = put(AUDITS, state="Audited again", **cells, repeated_on="02/10/2023", found_again="All")
    assert title(store, AUDITS) == "Audit programme: 2 of 3 audits are reported, 1 repetition is overdue"
    assert wording.repeat_words(late, TODAY) == "Due on 01/10/2023, overdue by 61 days"
    assert wording.repeat_words(done, TODAY) == "Repeated on 02/10/2023"


def test_an_item_says_how_it_stands(store: Store, put: Put) -> None:
    case = put(CASES, due_on="30/06/2023", agreed_on="01/06/2023")
    line = line_of(CASES, case.reference, (case,), seen(store))
    assert line is not None
    assert item_answer(line, seen(store)) == "Action CA-0001: not started, overdue by 154 days"
    action = line_of(DELIVERY, "1.a", (), seen(store, today=date(2024, 5, 2)))
    assert action is not None and action.item is None
    expected = "Action of the plan 1.a: not reported, overdue by 2 days"
    assert item_answer(action, seen(store)) == expected


def test_the_history_names_each_change_column_by_column(put: Put) -> None:
    first = put(CHALLENGES, to_agency="GMP", indicator="msp_asked")
    cells = {"to_agency": "PCFT", "state": "Answered", "answer": "Yes", "answered_on": "2023-10-01", "indicator": ""}
    last, entered = history(put(CHALLENGES, "It answered", **(first.row | cells)))
    assert (last.kind, last.by, last.reason, last.moment) == (
        "Changed",
        "Role",
        "It answered",
        "04/10/2023 at 09:00 UTC",
    )
    assert {name: (before, after) for name, before, after in last.changes} == {
        "Asked of": ("Greater Manchester Police", "Pennine Care NHS Foundation Trust"),
        "Figure it is about": ("Adults asked about their Making Safeguarding Personal outcomes", "–"),
        "State": ("Raised", "Answered"),
        "Answer": ("–", "Yes"),
        "Answered on": ("–", "01/10/2023"),
    }
    assert entered.kind == "Entered"


def test_findings_of_a_form_speak_in_headings() -> None:
    row = CHALLENGES.example(Q1, 1) | {"outcome": "the state of play", "answered_on": "01/01/2023", "challenge": ""}
    words = [finding_words(CHALLENGES, row, finding) for finding in row_findings(CHALLENGES, row)]
    assert words == [
        "“Challenge” is blank and must be filled.",
        "“Answered on” is filled (“01/01/2023”), but “Answer” is blank. Fill “Answered on” and “Answer”, or leave both blank.",
        f"“Answered on”: “01/01/2023” is before “Raised on” (“{row['raised_on']}”). Correct “Answered on” or “Raised on”.",
        "“What came of it”: “the state of play” stands here although “State” is “Raised”. Leave “What came of it” blank, or "
        "correct “State”.",
    ]


def test_two_rules_over_one_cell_are_told_apart() -> None:
    row = CASES.example(Q1, 1) | {"moderated_on": "01/06/2023"}
    words = [finding_words(CASES, row, finding) for finding in row_findings(CASES, row)]
    assert [one.partition(", but ")[2].partition(" is")[0] for one in words] == ["“Moderation”", "“Recommendation”"]


def test_coded_words_are_read_as_names() -> None:
    assert (
        said(AUDITS, "agencies", "GMP; START") == "Greater Manchester Police; START substance misuse treatment service"
    )
    assert said(DELIVERY, "action", "1.a").startswith("1.a: ")
    assert said(CHALLENGES, "to_agency", "GONE") == "GONE"
    assert said(CHALLENGES, "answer", "") == "–"


# What a list is narrowed to


def test_a_list_opens_on_what_is_open_and_the_plan_on_everything() -> None:
    assert [opening_state(register) for register in REGISTERS] == [OPEN, OPEN, OPEN, OPEN, ALL, ALL, OPEN]
    assert states(DELIVERY)[-1] == "Not reported" and states(EVIDENCE)[-1] == NO_EVIDENCE
    assert states(RISKS) == (OPEN, ALL, "Open", "Closed")


def test_a_list_is_narrowed_by_state_owner_quarter_and_day(store: Store, put: Put) -> None:
    late = put(CHALLENGES, due_on="30/11/2023", to_agency="GMP")
    put(CHALLENGES, quarter="2023/24 Q2", to_agency="PCFT")
    put(CHALLENGES, state="Closed", closed_on="01/10/2023", outcome="Done")
    held, found = items(store, CHALLENGES), seen(store)

    def kept(**asked: Any) -> int:
        return len(lines(CHALLENGES, held, found, Choice(**asked)))

    assert (kept(), kept(state=OPEN), kept(state="Closed"), kept(owner="PCFT"), kept(linked="2023/24 Q2")) == (
        3,
        2,
        1,
        1,
        1,
    )
    assert [line.item for line in lines(CHALLENGES, held, found, Choice(overdue=True))] == [late]
    assert owners(held) == ("GMP", "PCFT", "SMBC-ASC")
    assert linked_quarters(held) == (Q2, Q1)


def test_a_chosen_quarter_shows_its_own_evidence(store: Store, put: Put) -> None:
    for quarter in ("2023/24 Q1", "2023/24 Q2"):
        put(EVIDENCE, outcome="1.1", quarter=quarter)
    held, found = items(store, EVIDENCE), seen(store)
    assert len(lines(EVIDENCE, held, found)) == 14
    (line,) = lines(EVIDENCE, held, found, Choice(linked="2023/24 Q1"))
    assert line.reference == "1.1 2023/24 Q1"


def test_neighbours_share_a_figure_a_review_or_an_outcome(store: Store, put: Put) -> None:
    challenge, risk = put(CHALLENGES, indicator="msp_asked"), put(RISKS, indicator="msp_asked")
    put(CHALLENGES, indicator="")
    one, two = put(CASES, review_id="RR-1"), put(CASES, review_id="RR-1")
    put(CASES, review_id="RR-2")
    every = tuple(item for register in REGISTERS for item in items(store, register))
    assert [(near.item, near.why) for near in neighbours(challenge, every)] == [(risk, "figure")]
    assert [(near.item, near.why) for near in neighbours(one, every)] == [(two, "review")]


def test_a_shortened_text_keeps_whole_words() -> None:
    assert wording.shortened("a\nb") == "a b"
    assert wording.shortened("word " * 60) == "word " * 32 + "…"


def test_an_item_is_never_late_without_a_day() -> None:
    entry = RegisterEntry(1, "E", "decisions", "DE-1", "{}", "", "Role", datetime(2023, 1, 1, tzinfo=UTC))
    item = Item(DECISIONS, (replace(entry, cells='{"state": "Open", "due_on": ""}'),))
    assert (item.is_open, item.is_overdue(TODAY), item.drift(TODAY)) == (True, False, None)
