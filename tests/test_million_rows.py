"""In a return of very many rows every fault is found, in the row that Excel shows, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest

from dataset.checking import check
from dataset.columns import AnyOf, OneOf
from dataset.quarter import Quarter
from dataset.tables.maars_referrals import MaarsReferral

QUARTER = Quarter.parse("2023/24 Q1")
BLANK, EACH = 3_000, 50
COLUMNS = MaarsReferral.columns()
NAMES = ("Notes", *COLUMNS)  # “Notes” is not part of the return and stands in front of everything.
DAYS = np.arange(np.datetime64(QUARTER.start), np.datetime64(QUARTER.end) + 1)
Cells = list[str]


def _put(name: str, text: str) -> Callable[[Cells], None]:
    def put(cells: Cells) -> None:
        cells[NAMES.index(name)] = text

    return put


# Code of the finding, column, and what makes a row faulty.
FAULTS: tuple[tuple[str, str, Callable[[Cells], None]], ...] = (
    ("UNKNOWN_CODE", "age_band", _put("age_band", "25 to 29")),
    ("UNKNOWN_CODE", "risks", _put("risks", "Housing; Loneliness")),
    ("CODE_REPEATED", "risks", _put("risks", "Housing; Housing")),
    ("DATE_OUTSIDE_QUARTER", "referred_on", _put("referred_on", "01/07/2023")),
    ("EXCEL_SERIAL_DATE", "referred_on", _put("referred_on", "45017")),
    ("MISSING_VALUE", "referrer", _put("referrer", "")),
    ("NOT_A_REFERENCE", "person_id", _put("person_id", "P 000 1")),
    ("DUPLICATE_KEY", "referral_id", _put("referral_id", "MR-0000000")),  # What the first row is called.
)


def _sound_records(rows: int, random: np.random.Generator) -> list[str]:
    """Valid rows; the notes are of one line, or two or three in quotes with separators in them."""

    def chosen(words: tuple[str, ...]) -> list[str]:
        return np.array(words, object)[random.integers(0, len(words), rows)].tolist()

    def cells(name: str) -> list[str]:
        match COLUMNS[name]:
            case OneOf(codes=codes):
                return chosen(codes.values)
            case AnyOf(codes=codes):
                return chosen((*codes.values, "; ".join(codes.values[:2]), " ; ".join(codes.values)))
        if name == "referred_on":
            return chosen(tuple(day.strftime("%d/%m/%Y") for day in DAYS.tolist()))
        return [f"MR-{row:07}" for row in range(rows)]

    notes = chosen(("", "seen", '"over\ntwo lines"', '"a ""word"", another\n\nand another"'))
    return list(map(",".join, zip(notes, *(cells(name) for name in COLUMNS), strict=True)))


def _spoil(records: list[str], random: np.random.Generator) -> dict[int, tuple[str, str]]:
    """Put every fault into as many rows, and the end rows among them; which rows, and what to say of them."""
    places = random.choice(np.arange(1, len(records) - 1), len(FAULTS) * EACH - 2, replace=False)
    places = np.concatenate((places, [len(records) - 1, 1]))
    for place, (_, _, spoil) in zip(places.tolist(), FAULTS * EACH, strict=True):
        cells = _split(records[place])
        spoil(cells)
        records[place] = ",".join(cells)
    return {place: fault[:2] for place, fault in zip(places.tolist(), FAULTS * EACH, strict=True)}


def _split(record: str) -> Cells:
    return re.split(r',(?=(?:[^"]*"[^"]*")*[^"]*$)', record)


def _with_blank_lines(records: list[str], random: np.random.Generator) -> tuple[str, np.ndarray]:
    """The text with blank lines, and lines of separators only, in front of some records; the Excel row of each record."""
    in_front = random.choice(len(records), BLANK, replace=False)
    for number, place in enumerate(in_front.tolist()):
        blank = "" if number % 2 else "," * (len(NAMES) - 1)
        records[place] = f"{blank}\n{records[place]}"
    lines_before = np.cumsum(np.bincount(in_front, minlength=len(records)))
    return "\n".join([",".join(NAMES), *records]), np.arange(len(records)) + lines_before + 2


@pytest.mark.parametrize("rows", [200_000, pytest.param(1_000_000, marks=pytest.mark.long)])
def test_every_seeded_fault_is_found_in_its_row_and_nothing_else(rows: int) -> None:
    random = np.random.default_rng(7)
    records = _sound_records(rows, random)
    seeded = _spoil(records, random)
    text, excel_row = _with_blank_lines(records, random)
    del records
    checked = check(text.encode(), MaarsReferral, QUARTER, size_limit=1 << 30)
    notes = sorted(finding.code for finding in checked.findings if not finding.blocks)
    found = [(finding.record, finding.code, finding.column) for finding in checked.findings if finding.blocks]
    assert notes == ["BLANK_ROWS", "COLUMN_UNKNOWN"]
    assert found == sorted((int(excel_row[place]), *fault) for place, fault in seeded.items())
    assert len(found) == len(FAULTS) * EACH and checked.records == rows
    assert checked.structure and checked.structure.blank_records == BLANK
