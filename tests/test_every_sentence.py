"""Every sentence about every indicator of one demonstration quarter, read as a careful person would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dataset.commentary import comments
from dataset.quarter import Quarter
from dataset.rebasing import in_force, rebases
from dataset.store import Reading, Store
from safeguarding_metrics import comparator_wording, quarter_wording, wording
from safeguarding_metrics import indicator_wording as words
from safeguarding_metrics.charted import chart_of
from safeguarding_metrics.comparators import compare
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.measuring import Cube, Series, break_down, over
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.process_charts import control_chart
from safeguarding_metrics.progressing import cube_of, progress
from safeguarding_metrics.quarterly import QuarterView, quarter_view
from safeguarding_metrics.settings import Settings

QUARTERS = (Quarter(2022, 4), Quarter(2024, 4), Quarter(2025, 3))
TODAY = date(2026, 11, 21)
SETTINGS = Settings()
BAD = {
    "a number that is none": re.compile(r"\bnan\b|\binf\b", re.I),
    "a value of the code": re.compile(
        r"\bNone\b(?! (?:was|is|in|has|of|on)\b)|\bTrue\b|\bFalse\b|Fraction\(|<[a-z]|\{|\}"
    ),
    "a double negative": re.compile(r"\b(?:not no|no no|not un\w+|not not|no not|never no|without no)\b", re.I),
    "an empty bracket": re.compile(r"\(\s*\)|:\s*[.;]|\s[.,;:](?:\s|$)|\.\.(?!\.)|,,|;;"),
    "two blanks": re.compile(r"  "),
    "a count and its word": re.compile(r"(?<![\d,.])1 (?:cases|rows|periods|figures|comments|quarters|points)\b"),
    "a share beyond what is possible": re.compile(r"(?<![\d.])-\d|\b(?:10[1-9]|1[1-9]\d|[2-9]\d\d)\.\d%|\b100\.[1-9]%"),
}
# A verdict says Met, Not met, Near or a special cause: then counts or the level that was judged stand beside it.
VERDICT = re.compile(r"(?:^|\. )(?:Met|Not met|Near|Special cause|Common cause|Better|Worse|Similar|Higher|Lower)[:,] ")
COUNTED = re.compile(r"\d[\d,]* (?:of|among) \d|the latest of \d+ periods?|: \d[\d,]* in \d{4}/\d\d")

Said = tuple[str, str]
Told = dict[Quarter, tuple[Said, ...]]


@pytest.fixture(scope="module")
def reading(demonstration_path: Path) -> Iterator[Reading]:
    store = Store.open(demonstration_path)
    yield store.reading()
    store.close()


@pytest.fixture(scope="module")
def cube(reading: Reading) -> Cube:
    return cube_of(reading, SETTINGS)


@pytest.fixture(scope="module")
def views(reading: Reading, cube: Cube) -> dict[Quarter, QuarterView]:
    known = comments(reading)
    return {one: quarter_view(reading, cube, PLANS[-1], one, SETTINGS, TODAY, known) for one in QUARTERS}


@pytest.fixture(scope="module")
def told(reading: Reading, cube: Cube, views: dict[Quarter, QuarterView]) -> Told:
    return {quarter: every_sentence(reading, cube, view) for quarter, view in views.items()}


def every_sentence(reading: Reading, cube: Cube, view: QuarterView) -> tuple[Said, ...]:
    """(whose, sentence) of everything that is said of any indicator at a quarter."""
    quarter = view.quarter
    said = [("quarter", view.answer), *of_the_quarter(view)]
    known = rebases(reading)
    for row in view.rows:
        one = row.indicator
        series = cube.get(one.id) or Series(one, ())
        said += [(one.id, words.composed_sentence(row.to_date, one, quarter.financial_year))]
        said += [(one.id, words.title(row.to_date, one, quarter.financial_year))]
        if series.quarters:
            control = control_chart(series, quarter, row.judgement, in_force(known, one.id))
            chart = chart_of(series, quarter, row.outcome, SETTINGS, control, in_force(known, one.id))
            said += [(one.id, sentence) for sentence in chart.sentences]
        for by in one.breakdowns[:2]:
            counts = break_down(reading, one, by, quarter.year_to_date()).values()
            said += [(one.id, wording.small_numbers_words(count)) for count in counts]
            said += [(one.id, words.interval_words(count, one)) for count in counts]
        compared = compare(reading, cube.get(one.id), one, quarter)
        said += [(one.id, comparator_wording.sentence(compared, each)) for each in compared.each]
        said += [(one.id, comparator_wording.standing_sentence(each, one)) for each in compared.standings]
        said += [(one.id, comparator_wording.nothing_held(compared))]
    judged = progress(reading, cube, PLANS[-1], quarter, SETTINGS, TODAY)
    said += [(row.outcome.id, row.sentence) for row in judged.rows]
    return tuple((whose, sentence) for whose, sentence in said if sentence)


def of_the_quarter(view: QuarterView) -> Iterator[Said]:
    for row in view.rows:
        yield row.indicator.id, row.sentence
        yield row.indicator.id, row.why
        yield row.indicator.id, quarter_wording.why(row.reasons)
        state = view.narratives[row.indicator.id]
        yield row.indicator.id, state.sentence
        yield from ((row.indicator.id, part.sentence) for part in state.parts)


@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
def test_every_indicator_is_spoken_of(quarter: Quarter, told: Told) -> None:
    spoken = {whose for whose, _ in told[quarter]}
    assert {one.id for one in all_indicators(SETTINGS)} < spoken
    assert len(told[quarter]) > 1000


@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
@pytest.mark.parametrize("fault", BAD)
def test_no_sentence_holds(fault: str, quarter: Quarter, told: Told) -> None:
    assert [said for said in told[quarter] if BAD[fault].search(said[1])] == []


@pytest.mark.parametrize("quarter", QUARTERS[1:], ids=str)
def test_every_verdict_has_its_counts(quarter: Quarter, told: Told) -> None:
    verdicts = [said for said in told[quarter] if VERDICT.match(said[1])]
    assert len(verdicts) > 50
    assert [said for said in verdicts if not COUNTED.search(said[1])] == []


def test_every_share_that_is_judged_stands_beside_what_it_is_out_of(told: Told) -> None:
    judged = [s for _, s in told[QUARTERS[1]] if re.match(r"(?:Met|Not met|Near): \d[\d.]*%", s)]
    assert judged
    assert [s for s in judged if not re.match(r"[\w ]+: [\d.]+% \([\d,]+ of [\d,]+\)", s)] == []


@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
def test_the_chart_says_of_its_process_what_the_quarter_says(
    quarter: Quarter, told: Told, views: dict[Quarter, QuarterView]
) -> None:
    said = set(told[quarter])
    spoken = [row for row in views[quarter].rows if row.control is not None]
    for row in spoken:
        assert row.control is not None
        sentence = wording.control_sentence(row.control, words.unit_of(row.indicator))
        assert row.sentence.endswith(sentence)
        shown = {(row.indicator.id, sentence), (row.indicator.id, f"{words.NOT_SHOWN} {sentence}")}
        assert shown & said, row.indicator.id
    assert len(spoken) > 50


@pytest.mark.parametrize("fault", BAD)
def test_each_fault_would_be_found(fault: str) -> None:
    examples = ("value nan", "is None.", "not unlikely", "Met: .", "a  b", "1 cases", "120.5% (1 of 2)")
    assert [BAD[fault].search(one) for one in examples].count(None) < len(examples)


def test_a_rolling_figure_is_named_as_one(cube: Cube, told: Told) -> None:
    rolled = over(cube["sar_referrals"], cube["sar_referrals"].indicator, QUARTERS[1].rolling_year())
    said = [s for whose, s in told[QUARTERS[1]] if whose == "sar_referrals"]
    assert rolled.count is not None
    assert any("each point is the four quarters that end there" in s for s in said)
    assert any(f"{rolled.count.k} in the four quarters to {QUARTERS[1]}" in s for s in said)
