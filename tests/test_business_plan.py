"""Facts about the business plan 2023-26 as we hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from dataset.published import FIGURES
from safeguarding_metrics.plan import Outcome
from safeguarding_metrics.plans import PLANS, plan_named
from safeguarding_metrics.plans.business_plan_2023_26 import BUSINESS_PLAN_2023_26 as PLAN
from safeguarding_metrics.settings import Settings
from safeguarding_metrics.targets import Baseline, Goal, percent

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
OUTCOMES = {outcome.id: outcome for _, outcome in PLAN.outcomes()}
NUMERIC = {id: outcome for id, outcome in OUTCOMES.items() if outcome.target}
ADDITIVE = Settings(growth="additive")
ACTIONS = [action for _, action in PLAN.actions()]


def goal(id: str, year: str, settings: Settings = ADDITIVE) -> Goal | None:
    target = OUTCOMES[id].target
    assert target is not None
    return target.goal(year, OUTCOMES[id].baseline, settings)


def own_texts() -> Iterator[str]:
    """Every sentence of ours about the plan and the figures; priorities keep the partnership's titles."""
    yield from (priority.why for priority in PLAN.priorities)
    for outcome in OUTCOMES.values():
        yield from (outcome.title, outcome.promise, outcome.how_we_read)
        yield outcome.baseline.note if outcome.baseline else ""
    for action in ACTIONS:
        yield from (action.text, *action.parts)
    for figure in FIGURES:
        yield from (figure.note, figure.basis)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


def test_the_plan_has_5_priorities_28_outcomes_and_29_actions() -> None:
    assert [priority.number for priority in PLAN.priorities] == [1, 2, 3, 4, 5]
    assert [len(priority.outcomes) for priority in PLAN.priorities] == [6, 6, 5, 6, 5]
    assert [len(priority.actions) for priority in PLAN.priorities] == [6, 6, 7, 5, 5]


def test_ids_follow_the_document() -> None:
    for priority in PLAN.priorities:
        for items, marks in ((priority.outcomes, "123456"), (priority.actions, "abcdefg")):
            assert [item.id for item in items] == [f"{priority.number}.{mark}" for mark in marks[: len(items)]]
    for places in ([o.place for o in OUTCOMES.values()], [a.place for a in ACTIONS]):
        lines = [int(place.removeprefix("003:")) for place in places]
        assert lines == sorted(set(lines))


def test_fourteen_outcomes_have_a_number() -> None:
    expected = "1.4 1.5 1.6 2.4 2.6 3.1 3.2 4.1 4.3 5.1 5.2 5.3 5.4 5.5"
    assert list(NUMERIC) == expected.split()
    assert len({outcome.indicator for outcome in NUMERIC.values()}) == 14


def test_every_outcome_with_a_number_says_how_it_is_read() -> None:
    for outcome in OUTCOMES.values():
        assert bool(outcome.indicator) == bool(outcome.target) == bool(outcome.how_we_read), outcome.id


def test_no_milestone_is_set_for_2025_26() -> None:
    assert PLAN.last.financial_year == "2025/26"
    assert PLAN.milestone_years() == ("2023/24", "2024/25")
    assert all(goal(id, "2025/26") is None for id in NUMERIC)


@pytest.mark.parametrize(
    ("id", "first", "second"),
    [
        ("1.4", None, None),
        ("1.5", "at most 40%", "at most 20%"),
        ("1.6", "at least 3", "at least 3"),
        ("2.4", "at most 30%", "at most 25%"),
        ("2.6", "at most 24%", "at most 15%"),
        ("3.1", "at most 80%", "at most 60%"),
        ("3.2", "at most 48%", "at most 44%"),
        ("4.1", "at most 35%", "at most 25%"),
        ("4.3", "at least 70%", None),
        ("5.1", "at least 80%", "at least 85%"),
        ("5.2", "at most 64%", "at most 44%"),
        ("5.3", "at most 25%", "at most 20%"),
        ("5.4", "at least 76%", "at least 80%"),
        ("5.5", "between 7% and 10%", "between 7% and 10%"),
    ],
)
def test_milestones_are_those_of_the_plan(id: str, first: str | None, second: str | None) -> None:
    goals = [goal(id, year) for year in ("2023/24", "2024/25")]
    assert [one.words if one else None for one in goals] == [first, second]


def test_growth_is_3_and_3_or_compounded_3_and_4() -> None:
    for settings, expected in ((ADDITIVE, [3, 3]), (Settings(growth="compound"), [3, 4])):
        goals = [goal("1.6", year, settings) for year in ("2023/24", "2024/25")]
        assert [one.at_least for one in goals if one] == expected


def test_awareness_in_audits_is_judged_once_a_baseline_exists() -> None:
    target = OUTCOMES["1.4"].target
    assert target is not None and OUTCOMES["1.4"].baseline is None
    audited = Baseline(percent(40), "2023/24", "an audit")
    goals = [target.goal(year, audited, Settings()) for year in ("2023/24", "2024/25")]
    assert [one.at_most for one in goals if one] == [percent(30), percent(20)]


def test_five_of_72_repeat_referrals_lie_outside_the_band() -> None:
    band = goal("5.5", "2023/24")
    assert band is not None
    assert not band.holds(Fraction(5, 72))
    assert band.holds(percent(7)) and band.holds(percent(10))


def test_baselines_are_figures_held_as_published() -> None:
    held = {(figure.place, figure.value) for figure in FIGURES}
    for outcome in NUMERIC.values():
        if outcome.baseline:
            value = outcome.baseline.value
            assert (outcome.baseline.place, value if outcome.id == "1.6" else value * 100) in held, outcome.id


def test_key_males_start_from_9_of_16() -> None:
    start = OUTCOMES["4.3"].baseline
    assert start is not None
    assert (start.numerator, start.denominator, start.period) == (9, 16, "July 2021")


def test_every_action_has_a_place_in_the_plan_and_a_last_day() -> None:
    assert all(re.fullmatch(r"003:\d+", action.place) for action in ACTIONS)
    assert {action.by for action in ACTIONS} == {date(2024, 4, 30), date(2025, 4, 30)}
    assert sum(action.by.year == 2024 for action in ACTIONS) == 17


def test_no_text_of_ours_shares_8_words_in_a_row_with_the_documents() -> None:
    documents = sorted(SEEDS.glob("00?_*"))
    if not documents:
        pytest.skip("the source documents are not at hand")
    printed = set().union(*(runs(document.read_text(encoding="utf-8"), 8) for document in documents))
    for text in own_texts():
        assert not runs(text, 8) & printed, text


def test_a_plan_is_found_by_its_id() -> None:
    assert plan_named("2023-26") is PLANS[0] is PLAN
    with pytest.raises(LookupError, match="Write one of: 2023-26"):
        plan_named("2019-22")


def test_titles_and_promises_are_different_for_every_outcome() -> None:
    def distinct(read: list[str]) -> bool:
        return all(read) and len(set(read)) == 28

    every: list[Outcome] = list(OUTCOMES.values())
    assert distinct([outcome.title for outcome in every])
    assert distinct([outcome.promise for outcome in every])
