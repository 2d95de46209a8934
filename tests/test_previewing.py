"""What a new file would do to figures and verdicts, said before it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from maars_files import QUARTER, SLOT, file_of, plain, sent, trace

from dataset.code_lists import SURVEY, SURVEY_AGE_BAND, SURVEY_QUESTION
from dataset.quarter import Quarter
from dataset.store import Reading, Store
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.measuring import Count, measure, over
from safeguarding_metrics.previewing import Effect, Preview, effects, preview
from safeguarding_metrics.settings import Settings

SETTINGS = Settings()
YES, NO = {"repeat_referral": "Yes"}, {"repeat_referral": "No"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "store.duckdb")
    yield store
    store.close()


def previewed(store: Store, raw: bytes) -> Preview:
    found = preview(store, SLOT, raw, SETTINGS)
    assert found is not None
    return found


def of(found: tuple[Effect, ...], indicator: str) -> list[str]:
    return [effect.sentence for effect in found if effect.indicator.id == indicator]


def test_a_file_that_is_not_accepted_has_no_preview(store: Store) -> None:
    sent(store, plain("A"))
    assert preview(store, SLOT, file_of({"A": {"sex": "?"}}), SETTINGS) is None
    assert effects(store, SLOT, b"", SETTINGS) == ()


def test_the_same_rows_change_no_figure(store: Store) -> None:
    sent(store, plain("A", "B", "C"))
    assert previewed(store, plain("C", "B", "A")) == Preview((), ())


def test_a_change_that_no_indicator_counts_changes_no_figure(store: Store) -> None:
    sent(store, file_of({"A": {"person_id": "P-1"}}))
    assert effects(store, SLOT, file_of({"A": {"person_id": "P-2"}}), SETTINGS) == ()


def test_a_first_return_gives_a_figure_where_there_was_none(store: Store) -> None:
    found = effects(store, SLOT, file_of({"A": YES, "B": NO}), SETTINGS)
    assert of(found, "maars_repeat_referrals") == [
        "MAARS repeat referrals: no figure before, 50.0% (1 of 2) after, in 2023/24 Q2",
        "MAARS repeat referrals: no figure before, 50.0% (1 of 2) after, in 2023/24 so far, 1 of 4 quarters",
    ]


def test_an_effect_names_the_figure_of_the_quarter_and_of_the_year(store: Store) -> None:
    sent(store, file_of({f"Q{n}": NO for n in range(8)}, QUARTER.plus(-1)), replace(SLOT, quarter=QUARTER.plus(-1)))
    sent(store, file_of({"A": YES, "B": NO}))
    found = effects(store, SLOT, file_of({"A": YES, "B": YES}), SETTINGS)
    quarter, year = (one for one in found if one.indicator.id == "maars_repeat_referrals")
    assert (quarter.before.count, quarter.after.count) == (Count(1, 2), Count(2, 2))
    assert (year.before.count, year.after.count) == (Count(1, 10), Count(2, 10))
    assert year.sentence.endswith("10.0% (1 of 10) before, 20.0% (2 of 10) after, in 2023/24 so far, 2 of 4 quarters")
    assert {one.indicator.id for one in found} == {"maars_repeat_referrals"}


def test_the_year_is_looked_at_up_to_its_last_return(store: Store) -> None:
    for later in (0, 1):
        sent(store, file_of({f"R{later}": NO}, QUARTER.plus(later)), replace(SLOT, quarter=QUARTER.plus(later)))
    found = effects(store, SLOT, file_of({"R0": YES}), SETTINGS)
    assert [(e.quarter, e.after.count) for e in found] == [(QUARTER, Count(1, 1)), (QUARTER.plus(1), Count(1, 2))]


def test_in_the_first_quarter_the_year_is_the_quarter_and_said_once(store: Store) -> None:
    slot = replace(SLOT, quarter=Quarter(2023, 1))
    sent(store, file_of({"A": NO}, slot.quarter), slot)
    (effect,) = effects(store, slot, file_of({"A": YES}, slot.quarter), SETTINGS)
    assert effect.sentence.endswith("0.0% (0 of 1) before, 100.0% (1 of 1) after, in 2023/24 Q1")


def test_a_yearly_figure_is_said_once_and_of_its_year(store: Store) -> None:
    slot = replace(SLOT, dataset="survey_results", quarter=Quarter(2023, 4))
    header = "survey,question,age_band,said_yes,answered,margin"
    start = f"{SURVEY.values[0]},{SURVEY_QUESTION.values[0]},{SURVEY_AGE_BAND.values[0]}"
    sent(store, f"{header}\n{start},213,300,".encode(), slot)
    found = effects(store, slot, f"{header}\n{start},240,300,".encode(), SETTINGS)
    assert found and len({e.indicator.id for e in found}) == len(found)
    assert found[0].sentence.endswith("71.0% (213 of 300) before, 80.0% (240 of 300) after, in 2023/24")


def test_a_verdict_that_changes_is_said_with_its_glyph(store: Store) -> None:
    rows = {f"R{n}": {"risks": "Housing"} for n in range(8)}
    for back in (1, 0):
        slot = replace(SLOT, quarter=QUARTER.plus(-back))
        sent(store, file_of({f"{back}{key}": cells for key, cells in rows.items()}, slot.quarter), slot)
    worse = file_of({f"0{key}": {"risks": "Self-neglect"} for key in rows})
    said = {verdict.outcome.indicator: verdict for verdict in previewed(store, worse).verdicts}
    verdict = said["maars_self_neglect"]
    assert (verdict.before, verdict.after, verdict.quarter) == ("met", "not_met", QUARTER)
    words = "✔ Met before, ✖ Not met after, in 2023/24 so far, 2 of 4 quarters"
    assert verdict.sentence == f"{verdict.outcome.title}: {words}"


def test_a_preview_leaves_no_trace(store: Store) -> None:
    sent(store, file_of({"A": YES}))
    before = trace(store)
    assert effects(store, SLOT, file_of({"A": NO}), SETTINGS)
    assert trace(store) == before


ROWS = st.dictionaries(
    st.sampled_from([f"R{n}" for n in range(6)]),
    st.fixed_dictionaries(
        {
            "repeat_referral": st.sampled_from(["Yes", "No"]),
            "risks": st.sampled_from(["Housing", "Housing; Offending", "Self-neglect"]),
        }
    ),
    min_size=1,
)


def figures(reading: Reading) -> dict[str, object]:
    cube = measure(reading, [i for i in all_indicators() if i.table.about.name == SLOT.dataset])
    return {name: over(series, series.indicator, (QUARTER,)).count for name, series in cube.items()}


@given(old=ROWS, new=ROWS)
@hypothesis_settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_previewed_is_what_the_sending_then_changes(
    old: Mapping[str, Mapping[str, str]], new: Mapping[str, Mapping[str, str]], store: Store
) -> None:
    sent(store, file_of(old), reason="before")
    before, found = figures(store.reading()), effects(store, SLOT, file_of(new), SETTINGS)
    sent(store, file_of(new), reason="after")
    after = figures(store.reading())
    said = {e.indicator.id: (e.before.count, e.after.count) for e in found if e.before.wanted == (QUARTER,)}
    assert said == {name: (before[name], after[name]) for name in before if before[name] != after[name]}
