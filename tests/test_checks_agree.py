"""The bulk check and the class that defines a return find the same faults, whatever the cells hold."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trying import tried

from dataset.agencies import ADULT_SOCIAL_CARE, STOCKPORT
from dataset.checking import Checked, check, create_code_types
from dataset.checking.staging import STAGED, RowsLost, stage
from dataset.checking.structure import RECORD_LIMIT
from dataset.columns import (
    NULL_WORDS,
    SPACES,
    AnyOf,
    Column,
    Day,
    Decimal,
    Identifier,
    Misread,
    OneOf,
    Whole,
    example_row,
)
from dataset.comparator_rules import PrintedSource
from dataset.intake import send
from dataset.ledger import Slot
from dataset.personal_data import REFERENCE_FORMS, ReferenceForm, is_too_many, kinds_in
from dataset.quarter import Quarter
from dataset.store import Store
from dataset.table import ReturnType, faults
from dataset.tables import RETURNS
from dataset.tables.comparator_figures import ComparatorFigure
from dataset.tables.maars_referrals import MaarsReferral
from dataset.tables.rapid_reviews import RapidReview
from dataset.tables.safeguarding_concerns import SafeguardingConcern
from dataset.tables.survey_results import SurveyResult

QUARTER = Quarter.parse("2023/24 Q1")
Row = Mapping[str, str]
Found = set[tuple[int, str, str]]

# fmt: off
_EXCEL = ("#####", "########", "45748", "1.23E+05", "1,234", "45%", "£12", "12.0", "#REF!", "#N/A", "=A1", "'45", "TRUE")
_DRESSED = (
    "*", "<5", "[c]", "X", "c", "Total", "5–9", "٣", "１２", "٤٥٧٤٨", "Ünïcode", "ID 0001", "J. Smith", "é-1", "_a", "/a",
    "-a", "a:b", "A" * 32, "A" * 33,
)
_NUMBERS = (
    "0", "1", "007", "+5", "-1", "1e3", "0x1F", "1_000", "1.", ".5", "4.5", "50.0000001", "50.000000", "20", "21", "213",
    "300", "1000000", "1000001", "999999999", "1000000000", "99999999999999999999", "NaN", "inf", "100.5",
    "0000000020",
)
_DATES = (
    "01/04/23", "1/4/2023", "01-04-2023", "2023/04/01", "20230401", "2023-4-1", "31/06/2023", "29/02/2023", "29/02/2024",
    "2023-02-30", "00/00/2000", "01/13/2023", "13/04/2023", "2023-04-13 00:00", "25-01-05", "epoch", "infinity",
    "31/12/1899", "01/01/1900", "31/12/2099", "01/01/2100", "12023-04-01", "2023-04-01 (BC)", "01/04/0023", "0/04/2023",
    "1/4/202300", "01/04/2023 ",
)
_MARKS = (
    "a,b", "a;b", "a\tb", "a|b", 'say "yes"', '"', '""', "'", "a\nb", "a\r\nb", ";", ";;", " ; ", "\\", "\\N", "%", "_",
)
# fmt: on
_ODD_WORDS = (*_EXCEL, *_DRESSED, *_NUMBERS, *_DATES, *_MARKS, *NULL_WORDS, "none", "--", "")
# Cells that could be read as references or sources, and tell who somebody is when many of a column do (all invented).
_TELLING = (
    ("9434765900", "9434765919", "9434765927", "9434765935"),
    ("01-04-2013", "2013/04/02", "03.04.2013", "04-04-2013"),
    ("Ada.Bloggs", "Ben_Bloggs", "Cy-Bloggs", "Di.Bloggs"),
    ("SK1-3XE", "SK13XF", "SK1.3XG", "SK1/3XH"),
    ("Page 3, SK1 3XE", "Tel 0161 496 0000", "Table 12 of 2023", "Call 0161 496 0001"),
)
_ODD = st.sampled_from((*_ODD_WORDS, "", "", ""))
_BLANKS = st.text(st.sampled_from([*SPACES, "\u00a0", "\u200b", " ", "\u3000", "\x1c", "\x85"]), max_size=3)
_ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


def _good(column: Column) -> st.SearchStrategy[str]:
    """Cells that the column accepts, mostly; days lie in, just outside and far from the quarter."""
    match column:
        case OneOf():
            return st.sampled_from(column.codes.values)
        case AnyOf():
            words = st.lists(st.sampled_from(column.codes.values), min_size=1, max_size=4)
            return st.builds(
                lambda between, chosen: between.join(chosen), st.sampled_from(("; ", ";", " ;  ", ",")), words
            )
        case Day():
            offsets = st.one_of(st.integers(-2, 93), st.integers(-40_000, 30_000))
            forms = st.sampled_from(("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%-d/%-m/%Y"))
            return st.builds(lambda days, form: (date(2023, 4, 1) + timedelta(days)).strftime(form), offsets, forms)
        case Whole() | Decimal():
            return st.one_of(
                st.integers(0, 30).map(str), st.integers(0, 2_000_000).map(str), st.decimals(0, 120, places=2).map(str)
            )
        case _:
            return st.from_regex(r"[A-Za-z0-9_/.-]{1,33}", fullmatch=True)


def _cell(column: Column) -> st.SearchStrategy[str]:
    good = _good(column)
    padded = st.builds(lambda left, cell, right: left + cell + right, _BLANKS, st.one_of(good, _ODD), _BLANKS)
    changed = st.builds(lambda cell, change: change(cell), good, st.sampled_from(_CHANGES))
    return st.one_of(good, good, good, good, padded, changed, _ODD, _ANY_TEXT)


_CHANGES = (
    str.upper,
    str.lower,
    str.swapcase,
    lambda cell: cell[:-1],
    lambda cell: cell + ";",
    lambda cell: f'"{cell}"',
)
_CHANGES += (
    lambda cell: cell.replace(" ", "\u00a0"),
    lambda cell: cell.replace(" ", "  "),
    lambda cell: cell + "\u0301",
)


def _rows(table: ReturnType) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(st.fixed_dictionaries({name: _cell(c) for name, c in table.columns().items()}), max_size=12)


def _as_csv(lines: Sequence[Sequence[str]], separator: str, *, all_quoted: bool, newline: str, ended: bool) -> str:
    def written(cell: str) -> str:
        needs_quotes = all_quoted or any(mark in cell for mark in (separator, '"', "\r", "\n"))
        return '"' + cell.replace('"', '""') + '"' if needs_quotes else cell

    text = newline.join(separator.join(written(cell) for cell in line) for line in lines)
    return text + newline if ended else text


def _expected(table: ReturnType, rows: Sequence[Row]) -> Found:
    """What the class says of each row, and of every row that repeats the key of one above it."""
    found: Found = set()
    keys: set[tuple[object, ...]] = set()
    heading = " + ".join(table.key)
    for excel_row, row in enumerate(rows, start=2):
        found |= {(excel_row, column, code) for column, code in faults(table, row, QUARTER)}
        key = _key(table, row)
        if key is not None and key in keys:
            found.add((excel_row, heading, "DUPLICATE_KEY"))
        elif key is not None:
            keys.add(key)
    return found


def _key(table: ReturnType, row: Row) -> tuple[object, ...] | None:
    """The values of the key; None where one of its cells cannot be read."""
    try:
        return tuple(table.columns()[name].read(row[name]) for name in table.key)
    except Misread:
        return None


def _telling(table: ReturnType, rows: Sequence[Row]) -> Found:
    """Sound cells that tell who a person is: references of one form in a whole column, and printed sources."""
    found: Found = set()
    for name, column in table.columns().items():
        sound = {place: text for place, row in enumerate(rows, start=2) if (text := _sound(column, row[name]))}
        if isinstance(column, Identifier):
            told = {text for form in REFERENCE_FORMS for text in _of_one_form(form, set(sound.values()))}
        else:
            told = {text for text in sound.values() if isinstance(column, PrintedSource) and kinds_in(text)}
        found |= {(place, name, "PERSONAL_DATA") for place, text in sound.items() if text in told}
    return found


def _sound(column: Column, cell: str) -> str:
    """The text that a reference or a source is read as; "" for a cell that cannot be read, and for other kinds."""
    try:
        return str(column.read(cell) or "") if isinstance(column, Identifier | PrintedSource) else ""
    except Misread:
        return ""


def _of_one_form(form: ReferenceForm, texts: set[str]) -> set[str]:
    alike = {text for text in texts if form.is_met_by(text)}
    passing = {text for text in alike if form.passes is None or form.passes(text)}
    return passing if is_too_many(len(passing), len(alike if form.passes else texts)) else set()


def _found(table: ReturnType, checked: Checked, telling: Found) -> Found:
    """The bulk findings; those of a rule count only in rows whose every cell could be read, as in the class."""
    errors = [finding for finding in checked.findings if finding.severity != "note"]
    assert all(finding.severity == "error" and finding.record for finding in errors), errors
    found = {(finding.record or 0, finding.column or "", finding.code) for finding in errors}
    unread = {row for row, _, code in found - telling if code not in _row_codes(table)}
    return {one for one in found if one[0] not in unread or one[2] not in {rule.code for rule in table.rules}}


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@tried(12, 60)
@pytest.mark.parametrize("table", RETURNS, ids=lambda table: table.about.name)
def test_the_bulk_check_finds_what_the_class_finds(
    table: ReturnType, times: int, engine: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("staging")
    create_code_types(engine, table)

    @settings(max_examples=times, suppress_health_check=list(HealthCheck))
    @given(
        _rows(table),
        st.sampled_from((",", ";", "\t", "|")),
        st.booleans(),
        st.sampled_from(("\n", "\r\n")),
        st.booleans(),
        st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
    )
    def agree(
        rows: list[dict[str, str]], separator: str, all_quoted: bool, newline: str, ended: bool, encoding: str
    ) -> None:
        # The first row is good, so that there is something to check; rows without a character are blank, not wrong.
        rows = [example_row(table.columns(), QUARTER, 0), *(row for row in rows if any(row.values()))]
        lines = [[*table.columns(), "Notes"], *([*(row[name] for name in table.columns()), "unasked"] for row in rows)]
        text = _as_csv(lines, separator, all_quoted=all_quoted, newline=newline, ended=ended)
        checked = check(text.encode(encoding), table, QUARTER, engine, folder)
        assert checked.records == len(rows)  # “Notes” is not part of any return and disturbs none.
        telling = _telling(table, rows)
        assert _found(table, checked, telling) == _expected(table, rows) | telling

    agree()


@pytest.mark.parametrize("table", [MaarsReferral, ComparatorFigure], ids=lambda table: table.about.name)
@pytest.mark.parametrize("telling", _TELLING, ids=lambda cells: cells[0])
def test_columns_that_tell_who_people_are_are_found_alike(
    table: ReturnType, telling: tuple[str, ...], engine: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    create_code_types(engine, table)
    names = [name for name, column in table.columns().items() if isinstance(column, Identifier | PrintedSource)]
    met: Found = set()
    for name, others in itertools.product(names, range(1, 8)):
        rows = [example_row(table.columns(), QUARTER, number) for number in range(others)]
        rows += [example_row(table.columns(), QUARTER, 90 + n) | {name: cell} for n, cell in enumerate(telling)]
        lines = [list(table.columns()), *(list(row.values()) for row in rows)]
        text = _as_csv(lines, ",", all_quoted=False, newline="\n", ended=True)
        checked = check(text.encode(), table, QUARTER, engine, tmp_path)
        expected = _telling(table, rows)
        assert _found(table, checked, expected) == _expected(table, rows) | expected
        met |= expected
    references = [column for column in table.columns().values() if isinstance(column, Identifier)]
    assert met or not any(_sound(column, cell) for column in references for cell in telling)


def _every_small_change(cell: str) -> set[str]:
    """The cell with each ASCII character put at, or in place of, each of its characters, and with each taken out."""
    places = range(len(cell) + 1)
    put = [cell[:i] + chr(code) + cell[i + skip :] for i in places for code in range(1, 128) for skip in (0, 1)]
    return {*put, *(cell[:i] + cell[i + 1 :] for i in places)}


def _good_cells(column: Column, example: str) -> tuple[str, ...]:
    match column:
        case Day():
            return ("14/04/2023", "2023-04-14")
        case OneOf() | AnyOf():
            shortest, second, *_ = sorted(column.codes.values, key=len)
            return (shortest,) if isinstance(column, OneOf) else (f"{shortest}; {second}",)
        case _:
            return (example,)


@pytest.mark.parametrize(
    ("table", "name"),
    [(RapidReview, name) for name in ("review_id", "aware_on", "children_involved", "themes", "decision")]
    + [(SurveyResult, "margin")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_odd_words_and_every_small_change_of_a_good_cell_are_read_alike(
    table: ReturnType, name: str, engine: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    create_code_types(engine, table)
    column, example = table.columns()[name], example_row(table.columns(), QUARTER, 0)
    changed = (change for cell in _good_cells(column, example[name]) for change in _every_small_change(cell))
    cells = sorted({*changed, *_ODD_WORDS})
    lines = [list(example), *([*(example | {name: cell}).values()] for cell in cells)]
    text = _as_csv(lines, ",", all_quoted=False, newline="\n", ended=True)
    # Files without anything to trim take a shorter way; the first row decides which.
    for first in ("", " "):
        checked = check(text.replace("\n", f"\n{first}", 1).encode(), table, QUARTER, engine, tmp_path)
        codes = {f.record: f.code for f in checked.findings if f.column == name and f.code not in _row_codes(table)}
        assert codes == {row: said for row, cell in enumerate(cells, start=2) if (said := _said(column, cell))}


def _row_codes(table: ReturnType) -> set[str]:
    return {rule.code for rule in table.rules} | {"DUPLICATE_KEY"}


def _said(column: Column, cell: str) -> str:
    try:
        column.read(cell)
    except Misread as misread:
        return misread.code
    return ""


@pytest.mark.parametrize("blank", [" ", "\t", "\u00a0", "\u200b", "\ufeff"])
@pytest.mark.parametrize("quoted", [False, True], ids=["bare", "quoted"])
def test_one_padded_cell_is_trimmed_wherever_it_stands(
    blank: str, quoted: bool, engine: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    create_code_types(engine, SafeguardingConcern)
    rows = [list(example_row(SafeguardingConcern.columns(), QUARTER, row).values()) for row in range(3)]
    for row, column, before in itertools.product(range(3), range(5), (True, False)):
        lines = [[*SafeguardingConcern.columns()], *(list(cells) for cells in rows)]
        cell = lines[row + 1][column]
        lines[row + 1][column] = blank + cell if before else cell + blank
        text = _as_csv(lines, ",", all_quoted=quoted, newline="\n", ended=False)
        assert check(text.encode(), SafeguardingConcern, QUARTER, engine, tmp_path).findings == ()


def _concern(reference: str, source: str = "Police", received: str = "03/04/2023") -> str:
    return f"{reference},{received},{source},18-24,No further action"


_HEADER = ",".join(SafeguardingConcern.columns())
_SPREAD = "\n".join(
    [
        "Safeguarding concerns",  # row 1: a title, passed over
        _HEADER,
        _concern("A-1"),  # row 3
        "",
        ",,,,",
        _concern("A-2", source='"over\nthree\nlines"'),  # row 6: Excel shows one row for a cell of several lines
        _concern("A-3", received="99/04/2023"),
        "",
        _concern("A-4"),
        _concern("A-1"),  # row 10
    ]
)


def test_findings_name_the_row_that_excel_shows() -> None:
    checked = check(_SPREAD.encode(), SafeguardingConcern, QUARTER)
    blocking = {(finding.record, finding.column, finding.code) for finding in checked.findings if finding.blocks}
    assert blocking == {
        (6, "source", "UNKNOWN_CODE"),
        (7, "received_on", "NOT_A_DATE"),
        (10, "concern_id", "DUPLICATE_KEY"),
    }
    assert checked.records == 5 and checked.structure and checked.structure.blank_records == 3


def test_stored_facts_carry_the_row_that_excel_shows(tmp_path: Path) -> None:
    lines = [_concern("A-1"), "", ",,,,", _concern('"A-2\n"'), _concern("A-3"), "", _concern("A-4")]
    store = Store.open(tmp_path / "store.duckdb")
    slot = Slot(STOCKPORT.code, ADULT_SOCIAL_CARE.code, "safeguarding_concerns", QUARTER)
    answer = send(store, slot, "\n".join([_HEADER, *lines]).encode(), sent_by="test", file_name="concerns.csv")
    rows = store.reading().rows("SELECT record, concern_id FROM facts.safeguarding_concerns ORDER BY record")
    store.close()
    assert answer.accepted and answer.entry.records == 4 and answer.entry.blank_records == 3
    assert rows == [(2, "A-1"), (5, "A-2"), (6, "A-3"), (8, "A-4")]


@pytest.mark.parametrize(("longer", "code"), [(0, "CELL_TOO_LONG"), (1, "RECORD_TOO_LONG")])
def test_a_cell_or_a_record_that_is_too_long_is_said_once(longer: int, code: str) -> None:
    cell = '"' + "é\n" * 9
    cell += "x" * (RECORD_LIMIT + longer - len(_concern("A-1", source=cell + '"').encode())) + '"'
    record = _concern("A-1", source=cell)
    assert len(record.encode()) == RECORD_LIMIT + longer
    findings = check("\n".join([_HEADER, record, _concern("A-2")]).encode(), SafeguardingConcern, QUARTER).findings
    assert [(finding.code, finding.record) for finding in findings] == [(code, 2)]


def test_many_records_are_staged_each_once_and_in_order(engine: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """More than one buffer of the reader, so that several threads read."""
    count = 400_000
    create_code_types(engine, SafeguardingConcern)
    lines = (_concern(f"A-{number}", source='"Family or friend\n"') for number in range(count))
    checked = check("\n".join([_HEADER, *lines]).encode(), SafeguardingConcern, QUARTER, engine, tmp_path, 1 << 30)
    assert checked.accepted and checked.records == count
    out_of_order = f"SELECT count(*) FILTER (concern_id <> 'A-' || rowid), count(*) FROM {STAGED}"
    assert engine.execute(out_of_order).fetchone() == (0, count)


def test_a_record_that_the_reader_does_not_give_back_is_never_passed_over(
    engine: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    create_code_types(engine, SafeguardingConcern)
    text = "\n".join([_HEADER, _concern("A-1"), _concern("A-2")]).encode()
    structure = check(text, SafeguardingConcern, QUARTER, engine, tmp_path).structure
    assert structure is not None
    short = replace(structure, starts=structure.starts[:-1], ends=structure.ends[:-1])
    with pytest.raises(RowsLost):
        stage(short, SafeguardingConcern.columns(), engine, tmp_path)
    assert not list(tmp_path.iterdir())
