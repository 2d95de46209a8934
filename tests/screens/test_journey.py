"""Journey: what happens to a child or an adult after somebody is worried, and is it getting better?"""

from __future__ import annotations

from pathlib import Path

import pytest

from safeguarding_metrics.journeys import JOURNEYS, Journey
from screens.opening import at_screen, said, title


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.id)
def test_every_step_is_told_with_its_cohort(journey: Journey, demonstration: Path) -> None:
    shown = said(at_screen("journey", whose=journey.id, quarter="2024/25 Q4"))
    for step in journey.steps:
        assert step.title in shown
        assert step.cohort in shown


def test_the_title_says_whether_it_gets_better(demonstration: Path) -> None:
    assert "than in 2023/24" in title(at_screen("journey", quarter="2024/25 Q4"))


def test_both_years_stand_side_by_side(demonstration: Path) -> None:
    shown = said(at_screen("journey", quarter="2022/23 Q4"))
    assert "the year before" in shown
    assert "the same numbers as a table" in shown


def test_one_journey_leads_to_the_other(demonstration: Path) -> None:
    assert "See also: The adult's journey" in said(at_screen("journey", whose="child"))
    assert "See also: The child's journey" in said(at_screen("journey", whose="adult"))
