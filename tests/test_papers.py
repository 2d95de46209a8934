"""The papers of a meeting: what they say comes from the frozen record, and only from there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from meeting_life import HOUSING, NEGLECT, QUARTER, frozen, opened, sent
from paper_example import FORMULA, MARKUP, TWO_LINES

from dataset.commentary import write_comment
from dataset.meeting import Meeting
from dataset.meetings import meetings
from dataset.registering import save
from dataset.store import Store
from safeguarding_metrics.meetings.record import Record, as_text, record_in
from safeguarding_metrics.packs.blocks import Block, Bullets, Chart, Paper, Paragraph, Section, Table
from safeguarding_metrics.packs.forms import FORMS, Form, as_file
from safeguarding_metrics.packs.papers import KINDS, Kind, paper_of
from safeguarding_metrics.packs.showing import INTERNAL, to_members
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.registers import challenges, decisions

FIGURE = re.compile(r"\d[\d,]*\.\d%|\(\d[\d,]* of \d[\d,]*\)|£[\d,]+")
BOTH: tuple[Kind, ...] = tuple(KINDS)


@pytest.fixture(scope="module")
def held(demonstration_path: Path) -> Iterator[Meeting]:
    """The demonstration's meeting on the year 2024/25."""
    store = Store.open(demonstration_path)
    yield next(one for one in meetings(store) if one.is_frozen and str(one.quarter) == "2024/25 Q4")
    store.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path / "store.duckdb")
    yield store
    store.close()


def paper(meeting: Meeting, kind: Kind = "pack") -> Paper:
    return paper_of(kind, to_members(record_in(meeting)), meeting.sha256)


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text):
                yield text
            case Bullets(items):
                yield from items
            case Table():
                yield from (block.caption, *block.heads, *(cell for row in block.rows for cell in row))
            case Chart():
                yield from (block.title, block.alt, *block.counts)


def every_text(one: Paper) -> list[str]:
    return [one.answer, *(text for section in one.sections for text in texts(section.blocks))]


def section(one: Paper, title: str) -> Section:
    return next(part for part in one.sections if part.title.startswith(title))


def every_string(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from every_string(part)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("kind", BOTH)
def test_every_figure_of_a_paper_stands_in_the_record(kind: Kind, held: Meeting) -> None:
    known = {figure for text in every_string(record_in(held)) for figure in FIGURE.findall(text)}
    said = {figure for text in every_text(paper(held, kind)) for figure in FIGURE.findall(text)}
    assert len(said) > 10
    assert said <= known


def test_every_chart_has_the_values_of_the_record(held: Meeting) -> None:
    record, drawn = record_in(held), list(paper(held).charts())
    frozen_charts = {one["title"]: one for one in record["charts"].values()}
    assert len(drawn) == len([one for one in record["progress"]["outcomes"] if one["indicator"] in record["charts"]])
    for chart in drawn:
        one = frozen_charts[chart.title]
        assert [*chart.lines[0].values] == one["values"] and [*chart.counts] == one["counts"]
        assert (chart.svg, chart.alt) == (one["svg"], one["alt"])


@pytest.mark.parametrize("kind", BOTH)
def test_the_same_paper_twice_is_the_same(kind: Kind, held: Meeting) -> None:
    assert paper(held, kind) == paper(held, kind)
    assert paper(held, kind) == paper_of(kind, to_members(json.loads(held.content)), held.sha256)


def test_a_paper_changes_nothing_in_the_record(held: Meeting) -> None:
    record = record_in(held)
    for kind in BOTH:
        paper_of(kind, to_members(record), held.sha256)
    assert as_text(record) == held.content


def test_the_pack_has_every_part_a_partnership_asks_for(held: Meeting) -> None:
    titles = [part.title for part in paper(held).sections if part.level == 1]
    wanted = ["In short", "What is on course", "What is not on course", "What cannot be judged", "Who owes what"]
    wanted += ["Challenges", "Risks scored 12 and over", "Actions overdue", "Data quality"]
    wanted += [f"Priority {one.number}. {one.title}" for one in PLANS[-1].priorities] + ["The figures"]
    assert [title[: len(start)] for title, start in zip(titles, wanted, strict=True)] == wanted


def test_the_report_to_the_executive_has_what_it_must_decide(held: Meeting) -> None:
    one = paper(held, "executive")
    assert [part.title for part in one.sections][:2] == ["In short", "Risks scored 12 and over"]
    assert "For decision" in {part.title for part in one.sections}
    assert len(one.sections) < len(paper(held).sections)


def test_every_outcome_and_action_of_a_priority_stands_on_its_page(held: Meeting) -> None:
    for priority in PLANS[-1].priorities:
        said = list(texts(section(paper(held), f"Priority {priority.number}.").blocks))
        assert {one.id for one in priority.outcomes} <= set(said)
        assert {action.id for action in priority.actions} <= set(said)


def test_the_numbers_in_short_are_those_of_the_lists(held: Meeting) -> None:
    one, record = paper(held), record_in(held)
    shown = " ".join(texts(section(one, "In short").blocks))
    rows = {part: [b for b in section(one, part).blocks if isinstance(b, Table)] for part in ("Challenges", "Risks")}
    number = sum(len(found.rows) for found in rows["Challenges"])
    assert f"Challenges: {number} open, " in shown
    assert f"Risks scored 12 and over: {sum(len(found.rows) for found in rows['Risks'])}." in shown
    states = [action["state"] for action in record["registers"]["delivery"]]
    assert f"The plan's actions: {states.count('Done')} of {len(states)} done" in shown


def test_the_cover_names_the_meeting_its_versions_and_its_hash(held: Meeting) -> None:
    one, facts = paper(held), dict(paper(held).facts)
    assert facts["Record (SHA-256)"] == held.sha256
    assert facts["Version of the definitions"] == record_in(held)["versions"]["definitions"]
    assert (one.made_from, one.marking, one.invented) == (held.shown_at, INTERNAL, True)
    assert "2024-25_Q4" in one.file_name and held.reference in one.file_name


@pytest.mark.parametrize("kind", BOTH)
def test_a_paper_of_an_empty_store_says_that_nothing_is_there(kind: Kind, store: Store) -> None:
    one = paper(frozen(store), kind)
    said = every_text(one)
    assert "No target that can be judged is missed." in said
    assert "No open risk has a score of 12 or more." in said
    assert not one.invented
    assert all(b.items for part in one.sections for b in part.blocks if isinstance(b, Bullets))


def test_no_table_is_ragged_and_no_row_is_without_a_name(held: Meeting) -> None:
    tables = [b for kind in BOTH for part in paper(held, kind).sections for b in part.blocks if isinstance(b, Table)]
    for one in tables:
        assert one.rows and len(one.heads) == len(one.widths)
        assert all(len(row) == len(one.heads) and row[0] for row in one.rows)


def awkward(store: Store) -> Meeting:
    """A meeting that saw formulas, markup and line breaks in a register and a comment."""
    sent(store, NEGLECT, NEGLECT, HOUSING)
    row = challenges.REGISTER.example(QUARTER, 1) | {"reference": "CH-0001", "indicator": "maars_self_neglect"}
    assert save(store, challenges.REGISTER, row | {"challenge": FORMULA}, written_by="Chair").entry
    row = decisions.REGISTER.example(QUARTER, 1) | {"reference": "DE-0001", "indicator": "maars_self_neglect"}
    assert save(store, decisions.REGISTER, row | {"decision": MARKUP}, written_by="Chair").entry
    said = {"what_happened": TWO_LINES, "so_what": FORMULA, "now_what": MARKUP}
    assert write_comment(
        store, agency="MAARS", indicator="maars_self_neglect", quarter=QUARTER, written_by="Lead", **said
    ).comment
    return frozen(store)


def test_awkward_text_passes_through_unharmed(store: Store) -> None:
    said = every_text(paper(awkward(store)))
    (comment,) = [text for text in said if "What happened: " in text]
    assert all(part in comment for part in (TWO_LINES, FORMULA, MARKUP))
    assert any(text.endswith(f": {MARKUP}") for text in said if text.startswith("Decision DE-0001"))
    assert FORMULA in said, "a cell of the table of challenges"


@pytest.fixture(scope="module")
def of_nothing_and_awkward(tmp_path_factory: pytest.TempPathFactory) -> list[Paper]:
    """The papers of a meeting that saw nothing, and of one that saw awkward text."""
    store = opened(tmp_path_factory.mktemp("awkward") / "store.duckdb")
    seen = [frozen(store, "15/08/2023"), awkward(store)]
    store.close()
    return [paper(meeting, kind) for meeting in seen for kind in BOTH]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_form_can_be_written_of_awkward_text_and_of_nothing(
    form: Form, of_nothing_and_awkward: list[Paper]
) -> None:
    assert all(len(as_file(one, form)) > 1000 for one in of_nothing_and_awkward)


def test_what_a_paper_needs_is_in_every_record(store: Store) -> None:
    record: Record = record_in(frozen(store))
    assert {"progress", "figures", "charts", "registers", "owed", "missing_returns", "restated"} <= set(record)
