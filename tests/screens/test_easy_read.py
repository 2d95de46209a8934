"""Progress in easy read: the same verdicts and counts as Progress, in short sentences, whatever the store holds."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from dataset.meetings import meetings
from dataset.quarter import Quarter
from pages.parts.foot import LINKS
from pages.parts.held import PLAN, followed, progress_view, view
from safeguarding_metrics.easy_reading import EASY_STATUS, EasyRead, _goal_words, _in_a_hundred, easy_read
from safeguarding_metrics.easy_words import GOALS
from safeguarding_metrics.progressing import Progress
from safeguarding_metrics.registers.summaries import delivery_summary
from safeguarding_metrics.targets import Goal, percent
from safeguarding_metrics.wording import STATUS
from screens.opening import at_screen, said, title

QUARTERS = (
    "2022/23 Q4",
    "2023/24 Q1",
    "2023/24 Q2",
    "2023/24 Q4",
    "2024/25 Q3",
    "2024/25 Q4",
    "2025/26 Q4",
    "2026/27 Q2",
)


def both(quarter: str) -> tuple[Progress, EasyRead]:
    seen, of = view(), Quarter.parse(quarter)
    shown = progress_view(seen, of)
    return shown, easy_read(shown, followed(seen, of), meetings(seen.reading), sent=bool(seen.reading.counting))


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_verdict_is_that_of_progress(quarter: str, demonstration: Path) -> None:
    shown, easy = both(quarter)
    assert easy.counts == shown.counts
    told = {goal.id: goal.status for part in easy.parts for goal in part.goals}
    assert told == {row.outcome.id: row.judgement.status for row in shown.rows}
    assert easy.marks == tuple(STATUS[row.judgement.status][0] for row in shown.numeric)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_count_is_that_of_progress(quarter: str, demonstration: Path) -> None:
    shown, easy = both(quarter)
    lines = {goal.id: " ".join(goal.lines) for part in easy.parts for goal in part.goals}
    counted = {row.outcome.id: row.judgement.figure.count for row in shown.numeric if row.judgement.figure}
    figures = {id: count for id, count in counted.items() if count and count.n != 0}
    for id, count in figures.items():
        number = f"{count.k:,} out of {count.n:,}." if count.n else f"{count.k:,}."
        assert number in lines[id], id
    assert figures or quarter > "2025"


@pytest.mark.parametrize("quarter", ["2023/24 Q2", "2023/24 Q4", "2024/25 Q4"])
def test_both_titles_give_the_same_number(quarter: str, demonstration: Path) -> None:
    met, total = re.findall(r"\d+", title(at_screen("easy_read", quarter=quarter)))
    assert re.findall(r"\d+", title(at_screen("progress", quarter=quarter)))[:2] == [met, total]


@pytest.mark.parametrize("quarter", ["2024/25 Q4", "2026/27 Q2"])
def test_what_happens_next_is_what_the_registers_say(quarter: str, demonstration: Path) -> None:
    seen = view()
    found = followed(seen, Quarter.parse(quarter))
    done, total, late = re.findall(r"\d+", delivery_summary(found.delivery))[:3]
    shown = said(at_screen("easy_read", quarter=quarter))
    assert f"{done} out of {total} jobs in the plan are done." in shown and f"{late} jobs are late." in shown
    assert f"{len(found.open_challenges)} questions to groups have no full answer yet." in shown


def test_every_goal_is_named_in_easy_words_and_what_is_counted_too() -> None:
    words = GOALS[PLAN.id]
    outcomes = [outcome for _, outcome in PLAN.outcomes()]
    assert [outcome.id for outcome in outcomes] == list(words)
    assert all(bool(words[one.id].counted) == (one.target is not None) for one in outcomes)


def test_every_status_has_its_glyph_and_an_easy_word(demonstration: Path) -> None:
    assert EASY_STATUS.keys() == STATUS.keys()
    shown = said(at_screen("easy_read", quarter="2024/25 Q4"))
    assert all(f"{STATUS[one][0]} {EASY_STATUS[one]}" in shown for one in ("met", "not_met", "no_baseline"))


def test_a_share_is_never_rounded_to_the_other_side_of_its_goal() -> None:
    assert _in_a_hundred(Fraction(7, 97), Goal(at_most=percent(7))) == "a little more than 7"
    assert _in_a_hundred(Fraction(6, 87), Goal(at_least=percent(7))) == "a little less than 7"
    assert _in_a_hundred(Fraction(2, 5), Goal(at_most=percent(40))) == "40"
    assert _in_a_hundred(Fraction(1, 3), Goal(at_most=percent(40))) == "about 33"


def test_a_goal_is_said_as_a_number_of_people_out_of_a_hundred() -> None:
    assert _goal_words(Goal(at_most=percent(40))) == "40 or fewer out of every 100"
    assert _goal_words(Goal(at_least=percent(7), at_most=percent(10))) == "between 7 and 10 out of every 100"
    assert _goal_words(Goal(at_least=Fraction(3), unit="count")) == "3 or more"


def test_before_anything_was_sent_nobody_is_told_of_progress(empty: Path) -> None:
    assert title(at_screen("easy_read")) == "Nobody has sent numbers yet"


def test_a_year_without_goals_says_so_and_leads_to_the_last_one_with_goals(demonstration: Path) -> None:
    at = at_screen("easy_read", quarter="2025/26 Q4")
    assert title(at) == "The plan has no goals for 2025/26"
    assert "See 2024/25" in said(at) and "goals are met." not in said(at)


def test_a_return_that_has_not_come_is_waited_for(demonstration: Path) -> None:
    shown, easy = both("2025/26 Q4")
    assert f"We wait for {len(shown.missing)} reports" in " ".join(easy.parts[-1].lines)


def test_invented_data_are_labelled_and_the_other_screens_lead_here(demonstration: Path) -> None:
    assert "Invented data." in said(at_screen("easy_read"))
    assert [words for _, words in LINKS] == ["Easy read", "Accessibility", "Data protection"]
    foot = said(at_screen("returns"))
    assert all(words in foot for _, words in LINKS)


def test_the_statement_says_what_does_not_work_and_when_it_was_written(demonstration: Path) -> None:
    shown = said(at_screen("accessibility"))
    assert "What does not work for everybody yet" in shown and "last reviewed on" in shown
    assert "axe-core" in shown and "200% zoom" in shown and "another format" in shown
