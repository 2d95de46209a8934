"""What is owed in words: which figures, from whom, and whether it was given in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from maars_files import QUARTER, SLOT, Rows, file_of, sent

from dataset.agencies import ADULT_SOCIAL_CARE, BUSINESS_UNIT, MAARS, PENNINE_CARE, POLICE, STOCKPORT
from dataset.commentary import Answer, comments, write_comment
from dataset.counts.catalogue import MEASURES
from dataset.demonstrating.commentary import SAYINGS
from dataset.intake import send, send_nil
from dataset.ledger import Slot, current
from dataset.quarter import Quarter
from dataset.restating import rehearse
from dataset.store import Reading, Store
from dataset.tables.section_42_enquiries import Section42Enquiry
from dataset.templates import example_csv
from dataset.withdrawing import withdraw
from safeguarding_metrics.indicators import all_indicators, indicator_named
from safeguarding_metrics.judging import Judgement, judge
from safeguarding_metrics.measuring import measure, over
from safeguarding_metrics.narrating import (
    NARRATIVE,
    NarrativeState,
    Past,
    judgements_by_indicator,
    narrative_state,
    narratives,
    owed,
    owed_lines,
    owed_sentence,
)
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.progressing import progress
from safeguarding_metrics.settings import Settings

NOON = datetime(2023, 11, 6, 12, tzinfo=UTC)
FIRST = replace(SLOT, quarter=Quarter(2023, 1))
IN_TIME, LATER = date(2023, 10, 5), date(2024, 5, 1)
NEGLECT = "maars_self_neglect"
HALF = {"A": {"risks": "Self-neglect"}, "B": {"risks": "Housing"}}
NONE = {"A": {"risks": "Housing"}, "B": {"risks": "Housing"}}


@pytest.fixture
def now() -> list[datetime]:
    return [NOON]


@pytest.fixture
def store(tmp_path: Path, now: list[datetime]) -> Iterator[Store]:
    store = Store.open(tmp_path / "store.duckdb", clock=lambda: now[0])
    yield store
    store.close()


def state(store: Store, name: str = NEGLECT, quarter: Quarter = QUARTER, **more: Any) -> NarrativeState:
    reading, indicator = store.reading(more.pop("as_at", None)), indicator_named(name)
    values = {"said": comments(reading), "today": LATER} | more
    return narrative_state(reading, measure(reading, [indicator]), indicator, quarter, **values)


def verdict(store: Store, outcome: str = "5.3", quarter: Quarter = QUARTER) -> Judgement:
    (chosen,) = (one for _, one in PLANS[-1].outcomes() if one.id == outcome)
    indicator = indicator_named(str(chosen.indicator))
    series = measure(store.reading(), [indicator])[indicator.id]
    return judge(chosen, PLANS[-1], quarter, over(series, indicator, quarter.year_to_date()), Settings())


def written(store: Store, what: str = "A cause", **other: Any) -> Answer:
    values = {"agency": MAARS.code, "indicator": NEGLECT, "quarter": QUARTER}
    words = {"what_happened": what, "so_what": "A meaning", "now_what": "A step", "written_by": "Coordinator"}
    return write_comment(store, **(values | words | other))


def put(store: Store, rows: Rows, slot: Slot = SLOT, reason: str = "") -> None:
    assert sent(store, file_of(rows, slot.quarter), slot, reason).result == "accepted"


def in_first(store: Store, rows: Rows, reason: str = "") -> None:
    """Send rows for the quarter before, under references of their own."""
    put(store, {f"F-{reference}": cells for reference, cells in rows.items()}, FIRST, reason)


def enquiries(store: Store, who: str) -> None:
    slot = Slot(STOCKPORT.code, who, "section_42_enquiries", QUARTER)
    raw = example_csv(Section42Enquiry, QUARTER, 3).encode()
    assert send(store, slot, raw, sent_by="Ann", file_name=f"{who}.csv").accepted


def reasons(found: NarrativeState) -> list[tuple[str, list[str]]]:
    return [(part.agency.code, [reason.word for reason in part.reasons]) for part in found.parts]


def test_a_figure_that_stands_well_needs_no_comment(store: Store) -> None:
    put(store, HALF)
    found = state(store)
    assert (found.state, found.owed_by, reasons(found)) == ("not_needed", (), [("MAARS", [])])
    assert found.sentence.startswith("A comment is asked for where") and "none of these" in found.sentence


def test_a_figure_that_is_not_met_needs_one_from_every_owner(store: Store) -> None:
    in_first(store, HALF)
    put(store, HALF)
    judgement = verdict(store)
    found = state(store, judgements=[judgement])
    assert judgement.status == "not_met"
    assert (found.state, found.owed_by, reasons(found)) == ("owed", (MAARS,), [("MAARS", ["not_met"])])
    assert "not met: 50.0% (2 of 4) in 2023/24 so far, 2 of 4 quarters, against at most 25%" in found.sentence


def test_a_figure_that_is_met_or_cannot_be_judged_asks_for_nothing(store: Store) -> None:
    in_first(store, NONE)
    put(store, NONE)
    met = verdict(store)
    assert met.status == "met"
    cannot = [replace(met, status=status) for status in ("incomplete", "no_milestone", "no_data", "not_attainable")]
    assert state(store, judgements=[met, *cannot]).state == "not_needed"


def test_a_special_cause_asks_every_owner_and_shows_the_quarters_figure(store: Store) -> None:
    put(store, HALF)
    found = state(store, special_cause=True)
    assert reasons(found) == [("MAARS", ["special_cause"])]
    assert "the quarter's 50.0% (1 of 2) is special-cause variation" in found.sentence


def test_a_missing_return_is_explained_by_the_agency_that_has_not_sent_it(store: Store) -> None:
    enquiries(store, ADULT_SOCIAL_CARE.code)
    found = state(store, "msp_asked")
    assert reasons(found) == [("SMBC-ASC", []), ("PCFT", ["missing"])]
    assert found.owed_by == (PENNINE_CARE,)
    assert "has not come" in found.sentence and ADULT_SOCIAL_CARE.name not in found.sentence


def test_a_return_that_is_not_due_yet_is_not_missing(store: Store) -> None:
    enquiries(store, ADULT_SOCIAL_CARE.code)
    assert state(store, "msp_asked", today=IN_TIME).state == "not_needed"


def test_where_nobody_has_sent_every_owner_owes_its_explanation(store: Store) -> None:
    assert state(store, "msp_asked").owed_by == (ADULT_SOCIAL_CARE, PENNINE_CARE)
    assert state(store, "msp_asked", today=IN_TIME).owed_by == ()


def test_a_withdrawn_return_is_missing(store: Store) -> None:
    put(store, HALF)
    written(store)
    withdraw(store, SLOT, sent_by="Ann", reason="wrong file")
    found = state(store)
    assert (found.state, reasons(found)) == ("outdated", [("MAARS", ["missing"])])


def test_a_nil_return_is_no_missing_one(store: Store) -> None:
    send_nil(store, SLOT, sent_by="Ann", reason="none")
    assert state(store).state == "not_needed"


def test_an_agency_whose_counts_hold_no_figure_is_asked_why(store: Store) -> None:
    measured = next(m.id for m in MEASURES if [o.code for o in indicator_named(m.id).owners] == [POLICE.code])
    slot = Slot(STOCKPORT.code, POLICE.code, "agency_counts", QUARTER)
    assert send_nil(store, slot, sent_by="Ann", reason="not counted").accepted
    found = state(store, measured, today=IN_TIME)
    assert reasons(found) == [("GMP", ["missing"])]
    assert "holds no figure for this" in found.sentence


def test_a_yearly_figure_is_asked_about_with_the_fourth_quarter_only(store: Store) -> None:
    name = "survey_feel_safe"
    assert state(store, name, quarter=Quarter(2022, 3)).state == "not_needed"
    assert "This figure comes with Q4." in state(store, name, quarter=Quarter(2022, 3)).sentence
    assert state(store, name, quarter=Quarter(2022, 4)).owed_by == (ADULT_SOCIAL_CARE,)


def test_a_restated_figure_is_explained_with_both_figures(store: Store, now: list[datetime]) -> None:
    put(store, HALF)
    now[0] += timedelta(days=3)
    put(store, NONE, reason="one was wrong")
    found = state(store)
    assert reasons(found) == [("MAARS", ["restated"])]
    assert "sent again on 09/11/2023: 50.0% (1 of 2) became 0.0% (0 of 2)" in found.sentence


def test_a_return_sent_again_asks_nothing_about_figures_it_left_alone(store: Store) -> None:
    put(store, HALF)
    put(store, {**HALF, "B": {"risks": "Housing", "sex": "Female"}}, reason="sex was wrong")
    assert state(store).state == "not_needed"


def test_a_figure_changed_by_an_earlier_restatement_is_still_a_restated_one(store: Store) -> None:
    put(store, HALF)
    put(store, NONE, reason="one was wrong")
    put(store, {**NONE, "B": {"risks": "Housing", "sex": "Female"}}, reason="sex was wrong")
    assert reasons(state(store)) == [("MAARS", ["restated"])]


def test_another_agencys_restatement_is_not_ones_own(store: Store) -> None:
    put(store, HALF)
    other = replace(SLOT, agency=POLICE.code)
    put(store, {"P": {"risks": "Housing"}}, other)
    put(store, {"P": {"risks": "Self-neglect"}}, other, reason="wrong risk")
    assert state(store).state == "not_needed"


def test_a_comment_after_the_figure_is_given(store: Store) -> None:
    put(store, HALF)
    written(store)
    found = state(store, special_cause=True)
    assert (found.state, found.owed_by) == ("given", ())
    assert found.sentence == f"{MAARS.name} commented on 06/11/2023."


def test_a_comment_nobody_asked_for_is_given_too(store: Store) -> None:
    put(store, HALF)
    written(store)
    assert state(store).state == "given"


def test_a_comment_before_the_figure_changed_has_to_be_looked_at_again(store: Store) -> None:
    put(store, HALF)
    written(store)
    put(store, NONE, reason="one was wrong")
    found = state(store)
    assert (found.state, found.owed_by) == ("outdated", (MAARS,))
    assert "commented on 06/11/2023, before the figure changed. It has to look again" in found.sentence
    assert written(store, again=True, knowing=1).result == "accepted"
    assert state(store).state == "given"


def test_a_return_sent_again_with_the_same_figure_leaves_the_comment_valid(store: Store) -> None:
    put(store, HALF)
    written(store)
    put(store, {**HALF, "B": {"risks": "Housing", "sex": "Female"}}, reason="sex was wrong")
    assert state(store).state == "given"


def test_a_change_in_an_earlier_quarter_of_a_verdicts_year_counts_as_a_change(store: Store) -> None:
    in_first(store, HALF)
    put(store, HALF)
    written(store)
    assert state(store, judgements=[verdict(store)]).state == "given"
    in_first(store, {**HALF, "C": {"risks": "Housing"}}, "one more")
    assert state(store, judgements=[verdict(store)]).state == "outdated"
    assert state(store).state == "given"


def test_a_comment_on_another_quarter_or_figure_does_not_help(store: Store) -> None:
    put(store, HALF)
    written(store, quarter=Quarter(2023, 1))
    written(store, indicator="maars_exploitation")
    assert state(store, special_cause=True).state == "owed"


def test_an_earlier_moment_shows_what_was_owed_then(store: Store, now: list[datetime]) -> None:
    put(store, HALF)
    now[0] += timedelta(days=1)
    written(store)
    now[0] += timedelta(days=1)
    put(store, NONE, reason="one was wrong")
    moments = (NOON, NOON + timedelta(days=1), None)
    assert [state(store, special_cause=True, as_at=at).state for at in moments] == ["owed", "given", "outdated"]


def test_a_rehearsed_restatement_shows_what_it_would_make_owed(store: Store) -> None:
    put(store, HALF)
    indicator = indicator_named(NEGLECT)
    found = rehearse(
        store,
        SLOT,
        file_of(NONE),
        lambda reading: narrative_state(
            reading, measure(reading, [indicator]), indicator, QUARTER, said=comments(reading), today=LATER
        ),
    )
    assert found is not None and reasons(found) == [("MAARS", ["restated"])]
    assert state(store).state == "not_needed"


def as_the_ledger_stood(reading: Reading, entry: int) -> Reading:
    """All of an earlier moment, by the number of its last entry."""
    seen = tuple(one for one in reading.entries if one.id <= entry)
    counting, moment = current(seen), max(one.recorded_at for one in seen)
    return replace(reading, entries=seen, counting=counting, last=entry, as_at=moment)


def test_a_figure_after_any_entry_is_what_the_whole_ledger_of_that_moment_gives(demonstration_path: Path) -> None:
    store = Store.open(demonstration_path)
    try:
        reading, every = store.reading(), all_indicators()
        past, tried = Past(reading, every), 0
        for entry in (one for one in reading.entries if one.replaces is not None or one.status == "withdrawn"):
            group = [one for one in every if one.table.about.name == entry.slot.dataset]
            for number in (entry.id - 1, entry.id):
                whole = measure(as_the_ledger_stood(reading, number), group)
                for one, span in product(group, ((entry.slot.quarter,), entry.slot.quarter.year_to_date())):
                    assert past.count(number, one, span) == over(whole.get(one.id), one, span).count, (number, one.id)
                    tried += 1
        assert tried > 200
    finally:
        store.close()


def test_what_is_owed_is_listed_by_agency_and_a_missing_return_is_one_line(store: Store) -> None:
    put(store, HALF)
    enquiries(store, ADULT_SOCIAL_CARE.code)
    reading = store.reading()
    chosen = [one for one in all_indicators() if one.table.about.name in ("maars_referrals", "section_42_enquiries")]
    found = narratives(
        reading,
        measure(reading, chosen),
        chosen,
        QUARTER,
        said=(),
        today=LATER,
        judgements={},
        special_cause={NEGLECT},
    )
    number = sum(one.table.about.name == "section_42_enquiries" for one in chosen)
    assert set(found) == {one.id for one in chosen}
    assert [part.agency for part in owed(found.values())] == [MAARS] + [PENNINE_CARE] * number
    lines = owed_lines(found.values())
    assert len(lines) == 2 and lines[1].startswith(f"{number} figures, of them ") and "has not come." in lines[1]
    said = owed_sentence(found.values(), QUARTER)
    assert said == f"{number + 1} comments are owed for {QUARTER}: {MAARS.name} 1; {PENNINE_CARE.name} {number}."
    assert owed_sentence([], QUARTER) == f"No comment is owed for {QUARTER}."


def test_the_verdicts_of_the_plan_are_found_by_indicator(store: Store) -> None:
    put(store, HALF)
    reading = store.reading()
    shown = progress(reading, measure(reading, all_indicators()), PLANS[-1], QUARTER, Settings(), LATER)
    found = judgements_by_indicator(shown.rows)
    assert found[NEGLECT] == (verdict(store),)
    assert set(found) == {row.outcome.indicator for row in shown.rows if row.outcome.indicator}


def test_every_figure_has_an_owner_who_can_be_asked() -> None:
    assert [one.id for one in all_indicators() if not one.owners] == []


def test_every_comment_of_the_demonstration_is_by_an_owner_of_a_known_figure() -> None:
    for saying in SAYINGS:
        assert saying.agency in indicator_named(saying.indicator).owners
    assert BUSINESS_UNIT in {saying.agency for saying in SAYINGS}


def test_every_state_has_a_glyph_and_a_word() -> None:
    assert all(len(glyph) == 1 and word for glyph, word in NARRATIVE.values())
