"""Our figure beside other areas': only like for like, with a word that the intervals decide."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset.agencies import ADULT_SOCIAL_CARE, BUSINESS_UNIT, STOCKPORT
from dataset.checking import check
from dataset.columns import example_row
from dataset.comparator_code_lists import AREAS, DEFINITIONS, NEIGHBOURS, POPULATION
from dataset.demonstrating import comparators as demonstrated
from dataset.demonstrating.allocating import csv_file
from dataset.intake import send
from dataset.ledger import Slot
from dataset.published import FIGURES, figures_for
from dataset.quarter import Quarter
from dataset.store import Store
from dataset.tables.comparator_figures import ComparatorFigure
from safeguarding_metrics import comparator_wording as wording
from safeguarding_metrics.comparators import Compared, Comparison, compare, verdict
from safeguarding_metrics.indicator import Polarity
from safeguarding_metrics.indicators import all_indicators, indicator_named
from safeguarding_metrics.measuring import Count, QuarterCount, Series
from safeguarding_metrics.uncertainty import share_interval

YEAR_END = Quarter(2022, 4)
TABLE = ComparatorFigure
STATED = "Asked and stated, of all enquiries concluded"
GOOD = {
    "area": "GM",
    "period_as_printed": "2022/23",
    "measure": "msp_asked_and_stated",
    "value": "65.8",
    "unit": "percent",
    "interval_low": "",
    "interval_high": "",
    "definition": STATED,
    "source": "A benchmark, table 3",
}
ADULTS = GOOD | {
    "area": STOCKPORT.code,
    "period_as_printed": "30/06/2022",
    "measure": POPULATION,
    "value": "232000",
    "unit": "count",
    "definition": "Residents aged 18 and over",
    "source": "Mid-year estimates 2022",
}
Row = Mapping[str, str]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store.duckdb")
    yield opened
    opened.close()


def returned(store: Store, *rows: Row, year: int = 2022) -> None:
    slot = Slot(STOCKPORT.code, BUSINESS_UNIT.code, "comparator_figures", Quarter(year, 4))
    assert send(store, slot, csv_file(TABLE, [dict(one) for one in rows]), sent_by="test", file_name="c.csv").accepted


def series(name: str, k: int, n: int | None, *, quarters: int = 4, missing: bool = False) -> Series:
    """A year of an indicator: all of it in the first quarter, nothing more in the others."""
    late = (ADULT_SOCIAL_CARE,) if missing else ()
    nothing = Count(0, None if n is None else 0)
    counts = [Count(k, n), *[nothing] * (quarters - 1)]
    return Series(
        indicator_named(name), tuple(QuarterCount(Quarter(2022, q), c, late) for q, c in enumerate(counts, 1))
    )


def compared(
    store: Store, name: str, k: int = 188, n: int | None = 348, quarter: Quarter = YEAR_END, *, missing: bool = False
) -> Compared:
    held = series(name, k, n, quarters=quarter.number if quarter.year == 2022 else 4, missing=missing)
    return compare(store.reading(), held, held.indicator, quarter)


def by_area(found: Compared) -> dict[str, Comparison]:
    return {one.comparator.area: one for one in found.each}


def refusal(found: Compared, area: str = "GM") -> str:
    one = by_area(found)[area]
    assert (one.word, one.ours) == (None, None)
    return wording.sentence(found, one)


def neighbours(*values: str, measure: str = "msp_asked_and_stated", words: str = STATED) -> list[Row]:
    return [
        GOOD | {"area": area, "value": value, "measure": measure, "definition": words}
        for area, value in zip(NEIGHBOURS, values, strict=False)
    ]


# Like for like: 004:622


def test_asked_and_stated_is_worse_than_greater_manchester_and_the_north_west(store: Store) -> None:
    found = compared(store, "msp_asked_and_stated")
    both = by_area(found)
    assert {area: (one.comparator.value, one.word) for area, one in both.items()} == {
        "GM": (Fraction("65.8"), "worse"),
        "E12000002": (Fraction("69.7"), "worse"),
    }
    assert wording.sentence(found, both["GM"]) == (
        "Worse: Stockport has 54.0% (188 of 348), with an uncertainty of 48.8% to 59.2%; the 65.8% of "
        "Greater Manchester lies above it, and higher is better."
    )


@pytest.mark.parametrize("name", ["msp_asked", "msp_asked_of_recorded", "msp_asked_of_known"])
def test_whoever_was_asked_is_never_set_beside_asked_and_stated(name: str, store: Store) -> None:
    said = refusal(compared(store, name, 252))
    assert said == (
        "Not comparable: it counts adults who were asked and said what they wanted; this indicator counts adults asked "
        "what they wanted, whether or not they said. Printed for Stockport by the same definition: 54% (Joint annual "
        "report 2022/23, 004:628)."
    )


def test_a_figure_both_shipped_and_returned_is_shown_once_and_another_source_that_differs_beside_it(
    store: Store,
) -> None:
    returned(store, GOOD, GOOD | {"value": "65.9", "source": "Another benchmark"})
    values = [one.comparator.value for one in compared(store, "msp_asked_and_stated").each]
    assert values == [Fraction("65.8"), Fraction("65.9"), Fraction("69.7")]


def test_a_figure_its_source_prints_anew_in_a_later_return_replaces_the_earlier(store: Store) -> None:
    returned(store, GOOD | {"area": "E92000001", "value": "61"})
    returned(store, GOOD | {"area": "E92000001", "value": "62"}, year=2023)
    assert by_area(compared(store, "msp_asked_and_stated"))["E92000001"].comparator.value == 62


# Refused, each for its reason


def test_another_denominator_is_refused(store: Store) -> None:
    returned(store, GOOD | {"measure": "msp_asked", "definition": "Asked, of enquiries with an answer recorded"})
    each = compared(store, "msp_asked", 252).each
    (one,) = [one for one in each if one.comparator.source == GOOD["source"]]
    assert wording.sentence(compared(store, "msp_asked", 252), one) == (
        "Not comparable: it is out of enquiries concluded with an answer recorded; this indicator is out of all "
        "Section 42 enquiries concluded."
    )


def test_another_period_is_refused_with_the_quarter_to_choose(store: Store) -> None:
    said = refusal(compared(store, "msp_asked_and_stated", quarter=Quarter(2024, 4)))
    assert said.startswith(
        "Not comparable: it is about 2022/23, and Stockport's figure about 2024/25. Choose 2022/23 Q4 to compare."
    )


def test_one_day_is_another_period_than_a_year(store: Store) -> None:
    returned(store, GOOD | {"area": "E92000001", "period_as_printed": "31/03/2023"})
    said = refusal(compared(store, "msp_asked_and_stated"), "E92000001")
    assert said == "Not comparable: it is about 31 March 2023, and Stockport's figure about 2022/23."


def test_a_year_that_is_not_over_is_not_compared_with_a_whole_one(store: Store) -> None:
    said = refusal(compared(store, "msp_asked_and_stated", quarter=Quarter(2022, 2)))
    assert "it is about the whole of 2022/23, and Stockport's figure so far about 2 of 4 quarters." in said


def test_figures_of_years_to_come_are_not_shown(store: Store) -> None:
    assert compared(store, "msp_asked_and_stated", quarter=Quarter(2021, 4)).each == ()


def test_a_figure_that_lacks_a_return_is_not_compared(store: Store) -> None:
    said = refusal(compared(store, "msp_asked_and_stated", missing=True))
    assert "Adult Social Care has not sent 2022/23 Q1" in said and "so Stockport's figure is incomplete" in said


def test_without_a_return_or_without_a_case_there_is_no_figure_to_compare(store: Store) -> None:
    indicator = indicator_named("msp_asked_and_stated")
    nothing = compare(store.reading(), None, indicator, YEAR_END)
    assert "Not comparable: Stockport has no figure for 2022/23." in refusal(nothing)
    assert "no figure" in refusal(compared(store, indicator.id, 0, 0))


def test_a_rate_without_its_people_is_refused_with_what_is_printed_for_stockport(store: Store) -> None:
    assert refusal(compared(store, "enquiries_self_neglect", 27, 400)) == (
        "Not comparable: the return holds counts, and this is a rate per 100,000; the number of residents aged 18 and "
        "over in Stockport is needed, and none is held. Printed for Stockport by the same definition: 11 per 100,000 "
        "(Joint annual report 2022/23, 004:349)."
    )


def test_residents_of_all_ages_cannot_be_whom_the_printed_rates_are_per() -> None:
    """No whole number of enquiries among them gives the printed rates, however these were rounded."""
    residents = next(f.value for f in figures_for(POPULATION) if f.place == "004:182")
    for printed in (Fraction("0.4"), Fraction("167.7"), Fraction("11.0")):
        low, high = ((printed + half) * residents / 100_000 for half in (Fraction(-1, 20), Fraction(1, 20)))
        assert math.floor(high) < low


def test_a_figure_whose_source_leaves_open_what_it_is_of_is_refused(store: Store) -> None:
    deaths = indicator_named("sudden_infant_deaths")
    held = Series(deaths, tuple(QuarterCount(Quarter(2018, q), Count(1), ()) for q in (1, 2, 3, 4)))
    said = refusal(compare(store.reading(), held, deaths, Quarter(2018, 4)))
    assert said == "Not comparable: its source leaves open what exactly it counts and out of what."


def test_where_no_other_area_has_a_figure_that_is_said(store: Store) -> None:
    found = compared(store, "maars_housing", 37, 72)
    assert found.each == ()
    assert wording.nothing_held(found).startswith("No figure of another area is held for")


# Rates, with the people they are per


def test_a_rate_is_compared_when_the_adults_are_returned(store: Store) -> None:
    returned(store, ADULTS)
    found = compared(store, "enquiries_self_neglect", 27, 400)
    one = by_area(found)["GM"]
    assert one.ours is not None and one.ours.value == Fraction(27 * 100_000, 232_000)
    assert wording.sentence(found, one) == (
        "Lower: Stockport has 11.6 per 100,000 (27 among 232,000 residents aged 18 and over on 30 June 2022; Mid-year "
        "estimates 2022), with an uncertainty of 7.7 to 16.9 per 100,000; the 44.1 per 100,000 of "
        "Greater Manchester lies above it."
    )


def test_a_rate_per_resident_takes_the_population_the_report_prints(store: Store) -> None:
    rate = {"measure": "enquiries_concluded", "unit": "per 100,000", "value": "118"}
    returned(store, GOOD | rate | {"definition": "Enquiries concluded, per 100,000 residents"})
    one = by_area(compared(store, "enquiries_concluded", 348, None))["GM"]
    assert one.ours is not None and one.ours.population is not None
    assert (one.ours.population.value, one.ours.population.source) == (294_776, "Joint annual report 2022/23, 004:182")
    assert one.word == "similar"


def test_the_latest_population_up_to_the_year_counts(store: Store) -> None:
    later = {"period_as_printed": "30/06/2023", "value": "235000", "source": "Mid-year estimates 2023"}
    earlier = {"period_as_printed": "30/06/2021", "value": "229000", "source": "Mid-year estimates 2021"}
    returned(store, ADULTS, ADULTS | later, ADULTS | earlier)
    one = by_area(compared(store, "enquiries_self_neglect", 27, 400))["GM"]
    assert one.ours is not None and one.ours.population is not None and one.ours.population.value == 232_000


# The word


@pytest.mark.parametrize(
    ("polarity", "word"), [("increase", ("worse", "better")), ("decrease", ("better", "worse")), ("neutral", None)]
)
def test_polarity_decides_what_lower_and_higher_mean(polarity: Polarity, word: tuple[str, str] | None) -> None:
    below, above = word or ("lower", "higher")
    assert verdict(polarity, (10.0, 20.0), (21, 21)) == below
    assert verdict(polarity, (10.0, 20.0), (9, 9)) == above
    assert verdict(polarity, (10.0, 20.0), (20, 20)) == verdict(polarity, (10.0, 20.0), (10, 10)) == "similar"


def test_a_published_interval_that_reaches_into_ours_makes_the_two_similar(store: Store) -> None:
    england = GOOD | {"area": "E92000001", "value": "61", "interval_low": "59", "interval_high": "63"}
    returned(store, england, GOOD | {"area": "SN", "value": "61"})
    found = compared(store, "msp_asked_and_stated")
    assert by_area(found)["E92000001"].word == "similar" and by_area(found)["SN"].word == "worse"
    assert wording.sentence(found, by_area(found)["E92000001"]).endswith("the 59% to 63% of England reaches into it.")


@given(n=st.integers(1, 5000), share=st.fractions(0, 1), theirs=st.decimals(0, 100, places=1))
def test_similar_is_exactly_what_our_interval_contains(n: int, share: Fraction, theirs: object) -> None:
    k, value = round(share * n), Fraction(str(theirs))
    low, high = share_interval(k, n) or (math.nan, math.nan)
    words = {one: verdict(one, (low * 100, high * 100), (value, value)) for one in get_args(Polarity)}
    assert {word == "similar" for word in words.values()} == {low * 100 <= value <= high * 100}
    if words["neutral"] != "similar":
        assert (words["increase"] == "better") == (words["decrease"] == "worse") == (value < k / n * 100)


# Neighbours


def test_three_neighbours_have_a_median_and_a_rank(store: Store) -> None:
    returned(store, *neighbours("50.0", "62.0", "71.0"))
    found = compared(store, "msp_asked_and_stated")
    (standing,) = found.standings
    assert (standing.median, standing.rank, standing.of, standing.joint) == (62, 3, 4, False)
    said = wording.standing_sentence(standing, found.indicator)
    assert "the median of 3 statistical neighbours is 62%. Worse: Stockport has 54.0% (188 of 348)" in said
    assert "Stockport ranks 3 of 4, where 1 is the best" in said


def test_two_neighbours_have_neither(store: Store) -> None:
    returned(store, *neighbours("50.0", "62.0"))
    found = compared(store, "msp_asked_and_stated")
    (standing,) = found.standings
    assert (standing.median, standing.rank) == (None, None)
    assert "a median and a rank need 3." in wording.standing_sentence(standing, found.indicator)


def test_the_same_printed_figure_is_a_joint_rank_and_an_even_number_has_its_median_between(store: Store) -> None:
    returned(store, *neighbours("54.0", "56.0", "40.0", "71.0"))
    (standing,) = compared(store, "msp_asked_and_stated").standings
    assert (standing.median, standing.rank, standing.of, standing.joint) == (55, 3, 5, True)
    assert standing.word == "similar"


def test_where_lower_is_better_the_lowest_is_first(store: Store) -> None:
    words = "Concerns without an enquiry, of all concerns"
    returned(store, *neighbours("60", "70", "90", measure="concerns_not_progressed", words=words))
    (standing,) = compared(store, "concerns_not_progressed", 80, 100).standings
    assert (standing.rank, standing.of, standing.word) == (3, 4, "worse")


def test_refused_neighbours_and_wider_areas_do_not_count(store: Store) -> None:
    old = [one | {"period_as_printed": "2021/22"} for one in neighbours("1", "2", "3")]
    returned(store, *old, GOOD | {"area": "SN"}, GOOD | {"area": "E92000001"})
    assert compared(store, "msp_asked_and_stated").standings == ()


# Sentences and definitions


@given(k=st.integers(0, 400), more=st.integers(0, 400), quarter=st.integers(1, 4))
def test_every_sentence_is_whole_whatever_the_counts(
    tmp_path_factory: pytest.TempPathFactory, k: int, more: int, quarter: int
) -> None:
    store = Store.open(tmp_path_factory.getbasetemp() / "sentences.duckdb")
    for name in ("msp_asked_and_stated", "msp_asked", "enquiries_modern_slavery"):
        found = compared(store, name, k, k + more, Quarter(2022, quarter))
        said = [text for one in found.each for text in wording.row(found, one)]
        assert said and all(text and "nan" not in text.casefold() and "None" not in text for text in said)
    store.close()


def test_every_definition_is_of_indicators_that_exist_and_divides_as_they_do() -> None:
    by_id = {one.id: one for one in all_indicators()}
    for one in DEFINITIONS:
        assert {*one.measures, *one.near} - {POPULATION} <= set(by_id)
        assert bool(one.denominator) == (one.unit != "count") and bool(one.population) == (one.unit == "per 100,000")
        assert all(by_id[name].is_share for name in one.measures if one.unit == "percent")
    assert len({one.words for one in DEFINITIONS}) == len(DEFINITIONS)
    assert set(NEIGHBOURS) < set(AREAS)


# The return


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit": "per 100,000"}, "UNIT_OF_ANOTHER_DEFINITION"),
        ({"value": "100.1"}, "SHARE_ABOVE_100"),
        ({"interval_low": "60"}, "FILLED_TOGETHER"),
        ({"interval_low": "66", "interval_high": "70"}, "INTERVAL_OUT_OF_ORDER"),
        ({"interval_low": "60", "interval_high": "65"}, "INTERVAL_OUT_OF_ORDER"),
        ({"period_as_printed": "2022"}, "NOT_A_PERIOD"),
        ({"period_as_printed": "2022/24"}, "NOT_A_PERIOD"),
        ({"area": "E06000001"}, "UNKNOWN_CODE"),
        ({"definition": "About right"}, "UNKNOWN_CODE"),
        ({"source": "<b>"}, "NOT_A_SOURCE"),
    ],
)
def test_what_cannot_be_compared_later_is_refused_at_once(change: Row, code: str) -> None:
    found = check(csv_file(TABLE, [dict(GOOD | change)]), TABLE, YEAR_END).findings
    assert [one.code for one in found if one.blocks] == [code]


@pytest.mark.parametrize("written", ["2022/23", "2022-23"])
def test_a_financial_year_is_kept_in_one_spelling(written: str) -> None:
    assert TABLE.columns()["period_as_printed"].read(written) == "2022/23"
    assert TABLE.columns()["period_as_printed"].read("31/03/2023") == "2023-03-31"
    assert example_row(TABLE.columns(), YEAR_END, 1)["period_as_printed"] == "2022/23"


def test_the_demonstration_sends_the_18_printed_figures_once_and_invents_none() -> None:
    ((slot, rows),) = demonstrated.rows().items()
    assert slot == (BUSINESS_UNIT.code, YEAR_END)
    printed = {(f.area, f.period.label, f.measure, f.value) for f in FIGURES}
    sent = {(r["area"], r["period_as_printed"], r["measure"], Fraction(r["value"])) for r in rows}
    assert sent <= printed and len(sent) == len(rows) == 18
    assert check(csv_file(TABLE, rows), TABLE, YEAR_END).findings == ()
