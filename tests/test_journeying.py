"""A journey: the number at every step, what became of it, and what can be said against the year before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dataset.quarter import Quarter
from dataset.store import Store
from safeguarding_metrics.indicators import indicator_named
from safeguarding_metrics.journey_wording import VERDICT, verdict_words
from safeguarding_metrics.journeying import JourneyView, journey_view
from safeguarding_metrics.journeys import ADULT, CHILD, JOURNEYS, Journey
from safeguarding_metrics.measuring import Cube, over
from safeguarding_metrics.progressing import cube_of
from safeguarding_metrics.settings import Settings

YEAR_END = Quarter(2024, 4)


@pytest.fixture(scope="module")
def cube(demonstration_path: Path) -> Iterator[Cube]:
    store = Store.open(demonstration_path)
    yield cube_of(store.reading(), Settings())
    store.close()


def shown(cube: Cube, journey: Journey, quarter: Quarter = YEAR_END) -> JourneyView:
    return journey_view(cube, journey, quarter, Settings())


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.id)
def test_every_step_and_rate_is_an_indicator(journey: Journey) -> None:
    for step in journey.steps:
        assert (step.shows == "figure") or indicator_named(step.indicator).is_share
        assert all(indicator_named(rate.indicator) for rate in step.rates)


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.id)
def test_every_step_but_the_first_says_whose_cases_it_counts(journey: Journey) -> None:
    assert [bool(step.cohort) for step in journey.steps] == [False, *[True] * (len(journey.steps) - 1)]


def test_referrals_are_the_contacts_that_became_one(cube: Cube) -> None:
    view = shown(cube, CHILD)
    contacts, referrals = view.steps[0].cases.now.count, view.steps[2].cases.now.count
    rate = view.steps[0].rates[0].compared.now.count
    assert contacts and referrals and rate
    assert (rate.k, rate.n) == (referrals.k, contacts.k)


def test_a_state_on_one_day_is_that_of_the_last_quarter(cube: Cube) -> None:
    plans = shown(cube, CHILD).steps[5]
    assert plans.cases.now.had == (YEAR_END,)
    assert "on 31 March 2025" in plans.sentence


def test_the_year_before_is_the_same_quarters(cube: Cube) -> None:
    half = shown(cube, ADULT, Quarter(2024, 2)).steps[0].cases
    assert half.before.had == (Quarter(2023, 1), Quarter(2023, 2))


def test_an_empty_store_compares_nothing_and_says_so() -> None:
    view = shown({}, CHILD)
    assert view.answer == "The child's journey, 2024/25: nothing can be compared with 2023/24 yet"
    assert {rate.compared.verdict for step in view.steps for rate in step.rates} == {None}
    assert "no figure" in view.story


def test_a_period_that_lacks_a_return_is_not_compared(cube: Cube) -> None:
    for quarter in (Quarter(year, number) for year in (2023, 2024, 2025) for number in (1, 2, 3, 4)):
        for journey in JOURNEYS:
            for step in shown(cube, journey, quarter).steps:
                for row in step.rates:
                    if not (row.compared.now.complete and row.compared.before.complete):
                        assert row.compared.verdict is None, (row.indicator.id, quarter)


def test_the_number_of_cases_is_never_better_or_worse(cube: Cube) -> None:
    views = [shown(cube, journey, Quarter(year, 4)) for journey in JOURNEYS for year in (2022, 2023, 2024, 2025)]
    assert {step.cases.verdict for view in views for step in view.steps} <= {"different", "too_few", None}


def test_every_sentence_has_its_counts_and_its_year_before(cube: Cube) -> None:
    for step in shown(cube, CHILD).steps:
        assert "the year before" in step.sentence
        for row in step.rates:
            count = over(cube[row.indicator.id], row.indicator, YEAR_END.year_to_date()).count
            assert count is not None
            assert f"{count.k:,}" in row.sentence


def test_the_title_counts_what_is_clearly_better_and_worse(cube: Cube) -> None:
    view = shown(cube, ADULT, Quarter(2022, 4))
    said = {0: "none is", 1: "1 is"}
    for rates, word in ((view.better, "better"), (view.worse, "worse")):
        assert f"{said.get(len(rates), f'{len(rates)} are')} clearly {word}" in view.answer


def test_a_verdict_is_a_glyph_and_words() -> None:
    assert verdict_words(None).startswith("– Not compared")
    assert len({glyph for glyph, _ in VERDICT.values()}) == len(VERDICT)
