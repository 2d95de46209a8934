"""The registers as spreadsheets: all of one is taken or nothing, and what was taken away comes back unharmed."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dataset.quarter import Quarter
from dataset.register import Item, Register
from dataset.register_entry import RegisterEntry
from dataset.registering import (
    Answer,
    as_csv,
    as_written,
    items,
    read_sheet,
    remove,
    save,
    take_in,
    unarmed,
)
from dataset.store import Store
from safeguarding_metrics.registers import REGISTERS
from safeguarding_metrics.registers import files as sheets

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
Q1 = Quarter(2023, 1)
CHALLENGES, RISKS, AUDITS, CASES, DELIVERY, EVIDENCE, DECISIONS = REGISTERS


@pytest.fixture
def now() -> list[datetime]:
    return [NOON]


@pytest.fixture
def store(tmp_path: Path, now: list[datetime]) -> Iterator[Store]:
    store = Store.open(tmp_path / "store.duckdb", clock=lambda: now[0])
    yield store
    store.close()


def told(store: Store, register: Register = CHALLENGES, by: str = "Role", **cells: str) -> Answer:
    """A new item: the example with other cells."""
    row = register.example(Q1, 1) | ({"reference": ""} if register.prefix else {}) | cells
    return save(store, register, row, written_by=by)


def changed(store: Store, reason: str = "A reason", knowing: int | None = None, **cells: str) -> Answer:
    """CH-0001 with other cells."""
    (item,) = items(store, CHALLENGES)
    return save(store, CHALLENGES, item.row | cells, written_by="Other role", reason=reason, knowing=knowing)


def codes(answer: Any) -> list[str]:
    return [finding.code for finding in answer.findings]


def sheet(register: Register, *rows: dict[str, str]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(register.table.columns()))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def kept(store: Store) -> tuple[list[int], list[int]]:
    return store.keeping.of(RegisterEntry).pending(), store.keeping.of(RegisterEntry).confirmed()


# Spreadsheets


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_a_spreadsheet_adds_changes_and_leaves(register: Register, store: Store) -> None:
    row = register.example(Q1, 1)
    done = take_in(store, register, sheet(register, row), written_by="Role")
    assert (done.added, done.changed, done.same) == ((register.reference(row),), (), 0)
    assert take_in(store, register, sheet(register, row), written_by="Role").same == 1
    other = row | {"quarter" if "quarter" not in register.table.key else "evidence": "2022/23 Q4"}
    done = take_in(store, register, sheet(register, other), written_by="Role", reason="Minutes")
    assert (done.changed, done.sentence) == ((register.reference(row),), "0 new, 1 changed, 0 as they were.")
    assert [one.reason for one in items(store, register)[0].versions] == ["Taken in from a spreadsheet", "Minutes"]


def test_a_spreadsheet_is_taken_whole_or_not_at_all(store: Store) -> None:
    rows = [CHALLENGES.example(Q1, n) for n in range(1, 5)]
    rows[1]["challenge"] = "Write to jo@example.org"
    rows[3]["closed_on"] = "01/05/2023"
    done = take_in(store, CHALLENGES, sheet(CHALLENGES, *rows), written_by="Role")
    assert not done.accepted and items(store, CHALLENGES) == () and store.version == 0
    assert {(one.code, one.record) for one in done.findings} == {("NOT_APPLICABLE_HERE", 5), ("PERSONAL_DATA", 3)}
    assert len(done.findings) == 2
    rows[1]["challenge"] = rows[3]["closed_on"] = ""
    done = take_in(store, CHALLENGES, sheet(CHALLENGES, *rows), written_by="")
    assert {(one.code, one.record) for one in done.findings} == {("MISSING_VALUE", 3), ("WRITER_MISSING", None)}


def test_a_spreadsheet_without_a_column_is_told_so_and_nothing_else(store: Store) -> None:
    row = CHALLENGES.example(Q1, 1)
    raw = sheet(CHALLENGES, row).replace(b"state", b"colour", 1)
    assert set(codes(take_in(store, CHALLENGES, raw, written_by="Role"))) == {"COLUMN_MISSING", "COLUMN_UNKNOWN"}


def test_a_reference_twice_in_a_spreadsheet_is_refused(store: Store) -> None:
    row = CHALLENGES.example(Q1, 1)
    done = take_in(store, CHALLENGES, sheet(CHALLENGES, row, row), written_by="Role")
    assert codes(done) == ["DUPLICATE_KEY"] and items(store, CHALLENGES) == ()


def test_a_removed_item_taken_in_again_is_new(store: Store) -> None:
    row = DELIVERY.example(Q1, 1)
    take_in(store, DELIVERY, sheet(DELIVERY, row), written_by="Role")
    remove(store, DELIVERY, "1.a", written_by="Role", reason="A trial")
    assert take_in(store, DELIVERY, sheet(DELIVERY, row), written_by="Role").added == ("1.a",)


def test_an_import_that_fails_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    write, written = RegisterEntry.write, list[int]()

    def failing(self: RegisterEntry, connection: Any) -> None:
        written.append(self.id)
        write(self, connection) if len(written) < 3 else 1 // 0

    monkeypatch.setattr(RegisterEntry, "write", failing)
    rows = [CHALLENGES.example(Q1, n) for n in range(1, 5)]
    with pytest.raises(ZeroDivisionError):
        take_in(store, CHALLENGES, sheet(CHALLENGES, *rows), written_by="Role")
    assert (written, items(store, CHALLENGES), kept(store), store.version) == ([1, 2, 3], (), ([], []), 0)


def test_what_a_spreadsheet_would_do_is_known_before(store: Store) -> None:
    told(store)
    held = items(store, CHALLENGES)
    rows = [held[0].row | {"state": "Answered"}, CHALLENGES.example(Q1, 7)]
    found = sheets.sheet_changes(CHALLENGES, sheet(CHALLENGES, *rows), held, Q1)
    assert found.added == ("CH-23Q1-0007",)
    assert found.changed == (("CH-0001", (("State", "Raised", "Answered"),)),)
    assert (found.same, found.does_something, store.version) == (0, True, 1)
    nothing = sheets.sheet_changes(CHALLENGES, sheet(CHALLENGES), held, Q1)
    assert not nothing.accepted and "Add a row for each item" in nothing.findings[0].fix


SHEETS = {
    "csv": lambda register, found: sheets.as_csv(register, found, invented=False),
    "invented csv": lambda register, found: sheets.as_csv(register, found, invented=True),
    "xlsx": lambda register, found: sheets.as_xlsx(register, found, invented=False),
    "invented xlsx": lambda register, found: sheets.as_xlsx(register, found, invented=True),
    "csv of the dataset": as_csv,
}


@pytest.mark.parametrize("made", SHEETS.values(), ids=SHEETS)
@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_what_is_exported_comes_back_unchanged(register: Register, made: Any, store: Store) -> None:
    told(store, register)
    held = items(store, register)
    done = take_in(store, register, made(register, held), written_by="Role")
    assert (done.sentence, store.version) == ("0 new, 0 changed, 1 as they were.", 1)


# What spreadsheets and people do to texts: formulas, quotes, separators, line breaks, apostrophes, escapes.
_BITS = (
    "=",
    "+",
    "-",
    "@",
    "'",
    '"',
    "\n",
    "\r\n",
    "\t",
    ",",
    ";",
    "|",
    "a",
    "1",
    "é",
    " ",
    "_x000D_",
    "\u2028",
    "𝕏",
    "&lt;",
)
_TEXTS = st.one_of(
    st.lists(st.sampled_from(_BITS), min_size=1, max_size=12).map("".join),
    st.text(min_size=1, max_size=40),
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that is written into again and again."""
    store = Store.open(tmp_path_factory.mktemp("full") / "store.duckdb", clock=lambda: NOON)
    with store.in_bulk():
        yield store
    store.close()


@settings(max_examples=60)
@given(first=_TEXTS, second=_TEXTS, made=st.sampled_from(sorted(SHEETS)))
@example(first="='x'", second="''=1\n\n'-2", made="xlsx")
@example(first="=" + "x" * 1999, second="'" * 2000, made="csv")
@example(first="+1\r\n@2\r3", second='"quoted", and "more"', made="csv")
@example(first="_x000D_ _x005F_", second="x\ufffe\uffff\u2028y", made="xlsx")
def test_any_text_comes_back_as_it_was(first: str, second: str, made: str, full: Store) -> None:
    done = told(full, challenge=first, action=second)
    if done.entry is None:  # blank, or by chance what tells who a person is
        assert set(codes(done)) <= {"MISSING_VALUE", "PERSONAL_DATA"}
        return
    rows, findings = read_sheet(CHALLENGES, SHEETS[made](CHALLENGES, [Item(CHALLENGES, (done.entry,))]), Q1)
    assert [finding for finding in findings if finding.blocks] == []
    assert rows == [done.entry.row]


@given(text=_TEXTS)
def test_disarming_a_cell_is_undone_exactly(text: str) -> None:
    assert as_written(unarmed(text)) == text
    assert unarmed(text)[0] not in "=+-@\t\r"


def test_no_cell_of_an_export_is_a_formula(store: Store) -> None:
    told(store, challenge="=HYPERLINK(1)", action="+1", outcome="@x", state="Closed", closed_on="01/08/2023")
    held = items(store, CHALLENGES)
    (_, row) = csv.reader(io.StringIO(sheets.as_csv(CHALLENGES, held, invented=False).decode("utf-8-sig")))
    assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    book = zipfile.ZipFile(io.BytesIO(sheets.as_xlsx(CHALLENGES, held, invented=False)))
    assert not [name for name in book.namelist() if "worksheets" in name and b"<f>" in book.read(name)]
    assert rows_of(sheets.as_xlsx(CHALLENGES, held, invented=False), "challenges")[1][6] == "'=HYPERLINK(1)"


def test_days_are_days_and_numbers_are_numbers_in_a_workbook(store: Store) -> None:
    told(store, AUDITS, cases="20", repeat_due="01/10/2023")
    values = rows_of(sheets.as_xlsx(AUDITS, items(store, AUDITS), invented=False), "audits")[1]
    assert 20.0 in values and date(2023, 10, 1) in values


def rows_of(raw: bytes, sheet: str) -> list[list[Any]]:
    """The cells of a sheet as a spreadsheet reads them: numbers as numbers, days as days."""
    return CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_name(sheet).to_python()


def test_invented_rows_say_so_in_every_export(store: Store) -> None:
    told(store)
    held = items(store, CHALLENGES)
    head, row = csv.reader(io.StringIO(sheets.as_csv(CHALLENGES, held, invented=True).decode("utf-8-sig")))
    assert (head[-1], row[-1]) == ("source", "INVENTED DATA")
    found = sheets.sheet_changes(CHALLENGES, sheets.as_csv(CHALLENGES, held, invented=True), held, Q1)
    assert (found.findings, found.same) == ((), 1)
    assert sheets.file_name(RISKS, "csv", invented=True, part=True) == "risks_as_filtered_invented.csv"


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_the_guide_says_every_column_by_name_and_heading(register: Register) -> None:
    guide = sheets.guide(register)
    assert [row[0] for row in guide] == list(register.table.columns())
    assert all(row[1] and row[2] and row[3] for row in guide)
