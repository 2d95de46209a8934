"""Definitions: generated from the definitions themselves, so it cannot drift from them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dataset.agencies import AGENCIES
from dataset.counts.exclusions import EXCLUSIONS
from dataset.demonstrating.not_followed import NOT_MET
from dataset.tables import RETURNS
from pages.parts.held import PLAN
from safeguarding_metrics.defining import example_words, owner_words
from safeguarding_metrics.glossary import GLOSSARY
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.settings import Settings
from screens.opening import at_screen, fine, said, title

INDICATORS = all_indicators(Settings())
WANTED = {
    "indicators": [
        words
        for one in INDICATORS
        for words in (one.title, one.question, one.counts, example_words(one), owner_words(one), one.source)
    ],
    "not measured": [words for one in EXCLUSIONS for words in (one.named, one.reason, one.source)],
    "returns": [words for one in RETURNS for words in (one.about.title, one.about.why, *one.columns())],
    "plan": [words for _, one in PLAN.outcomes() for words in (one.id, one.title, one.promise, one.place)],
    "agencies": [words for one in AGENCIES for words in (one.code, one.name)],
    "glossary": [words for pair in GLOSSARY for words in pair],
}


@pytest.mark.parametrize("part", WANTED)
def test_each_part_holds_everything_that_is_defined(part: str, empty: Path) -> None:
    at = at_screen("definitions", part=part)
    shown = said(at)
    assert at.query_params["part"] == part
    assert [words for words in WANTED[part] if " ".join(words.split()) not in shown] == []


def test_the_title_counts_what_there_is(empty: Path) -> None:
    assert title(at_screen("definitions")).startswith(f"{len(INDICATORS)} indicators from {len(RETURNS)} returns")


def test_every_action_of_the_plan_is_there_with_its_date(empty: Path) -> None:
    shown = said(at_screen("definitions", part="plan"))
    for _, action in PLAN.actions():
        assert f"{action.id} {action.text} (by {action.by:%B %Y}, {action.place})" in shown


def test_another_part_is_chosen_and_the_address_follows(empty: Path) -> None:
    at = at_screen("definitions")
    fine(at.selectbox(key="pick_part").set_value("glossary").run())
    assert at.query_params["part"] == "glossary"
    assert GLOSSARY[0][0] in said(at)


def test_a_demonstration_says_which_published_figures_it_does_not_follow(demonstration: Path) -> None:
    shown = said(at_screen("definitions", part="not measured"))
    assert all(one.place in shown and one.reason in shown for one in NOT_MET)


def test_about_25_indicators_are_marked_as_the_headline_set(empty: Path) -> None:
    marked = sum(one.headline for one in INDICATORS)
    assert 20 <= marked <= 30
    assert f"The headline set: {marked} indicators" in said(at_screen("definitions"))


def test_each_theme_stands_once_with_all_its_indicators(empty: Path) -> None:
    shown = said(at_screen("definitions"))
    for theme in {one.theme for one in INDICATORS}:
        number = sum(one.theme == theme for one in INDICATORS)
        assert f"{theme}: {number} indicator" in shown, theme
