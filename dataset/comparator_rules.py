"""The kinds of cell and the rules of the return of comparator figures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from dataset.columns import Column, Day, Misread, Value, read_day, sql_list, sql_text
from dataset.comparator_code_lists import DEFINITIONS
from dataset.quarter import FIRST_YEAR, LAST_YEAR, Quarter, financial_year
from dataset.rules import Row, Rule

_YEAR = re.compile(r"(\d{4})[/-](\d{2})", re.ASCII)
_UNIT_OF = {one.words: one.unit for one in DEFINITIONS}


@dataclass(frozen=True)
class PrintedPeriod(Column):
    """What a published figure is about in time; its value is "2022/23" or, for one day, "2023-03-31"."""

    takes_days: ClassVar[bool] = True

    def accepts(self) -> str:
        return "a financial year such as 2022/23, or the one day the figure describes, such as 31/03/2023"

    def parse(self, text: str) -> Value:
        if found := _YEAR.fullmatch(text):
            year = int(found[1])
            if FIRST_YEAR <= year <= LAST_YEAR and financial_year(year).endswith(found[2]):
                return financial_year(year)
        elif (day := read_day(text)) is not None:
            return day.isoformat()
        raise Misread(
            "NOT_A_PERIOD",
            f"“{text[:40]}” is not a financial year or a date that can be read.",
            self.accepts(),
            self.how_to_fill(),
        )

    def sql_type(self) -> str:
        return "VARCHAR"

    def sql_reading(self, text: str) -> str:
        day = Day("").sql_reading(text)
        year = f"regexp_full_match({text}, '\\d{{4}}[/-]\\d{{2}}')"
        return f"CASE WHEN {year} THEN replace({text}, '-', '/') ELSE CAST({day} AS VARCHAR) END"

    def sql_value(self, reading: str) -> str:
        year = f"CAST(left({reading}, 4) AS INTEGER)"
        follows = f"right({reading}, 2) = lpad(CAST(({year} + 1) % 100 AS VARCHAR), 2, '0')"
        return (
            f"CASE WHEN strlen({reading}) = 7 THEN "
            f"CASE WHEN {year} BETWEEN {FIRST_YEAR} AND {LAST_YEAR} AND {follows} THEN {reading} END "
            f"WHEN {reading} BETWEEN '1900-01-01' AND '2099-12-31' THEN {reading} END"
        )

    def example_for(self, quarter: Quarter, row: int) -> str:
        return self.example or quarter.financial_year


@dataclass(frozen=True)
class PrintedSource(Column):
    """Where a figure is printed, in plain letters: a publication with its table or page."""

    # Longer than every word that stands for a blank cell: no source is as short as N/A or None.
    _PATTERN = r"[A-Za-z0-9][A-Za-z0-9 ,.:;()/&'-]{4,119}"

    def accepts(self) -> str:
        return "5 to 120 plain letters, digits, blanks and , . : ; ( ) / & ' -"

    def parse(self, text: str) -> Value:
        if re.fullmatch(self._PATTERN, text, re.ASCII):
            return text
        raise Misread(
            "NOT_A_SOURCE",
            f"“{text[:40]}” is too short or too long, or has other characters than a source needs.",
            self.accepts(),
            "Name the publication, its year and its table or page. Never write a person's name.",
        )

    def sql_type(self) -> str:
        return "VARCHAR"

    def sql_reading(self, text: str) -> str:
        return f"CASE WHEN regexp_full_match({text}, {sql_text(self._PATTERN)}) THEN {text} END"


@dataclass(frozen=True)
class UnitOfDefinition(Rule):
    """A figure is expressed as its definition says."""

    definition: str

    code = "UNIT_OF_ANOTHER_DEFINITION"

    def columns(self) -> tuple[str, ...]:
        return (self.column, self.definition)

    def broken(self, row: Row, quarter: Quarter) -> bool:
        unit, words = row[self.column], row[self.definition]
        return unit is not None and words is not None and unit != _UNIT_OF[str(words)]

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        unit, words = values[self.column], values[self.definition]
        of_unit = {wanted: tuple(w for w, u in _UNIT_OF.items() if u == wanted) for wanted in set(_UNIT_OF.values())}
        return " OR ".join(
            f"({words} IN {sql_list(of_unit[wanted])} AND {unit} <> {sql_text(wanted)})" for wanted in sorted(of_unit)
        )

    def statement(self) -> str:
        return f"{self.column} is the one that the {self.definition} is expressed in"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"“{row[self.definition]}” is not expressed as {row[self.column]}."

    def expected(self, quarter: Quarter) -> str:
        return "percent for a share, per 100,000 for a rate, count for a number of people"


@dataclass(frozen=True)
class ShareUpTo100(Rule):
    """A percentage is not above 100."""

    unit: str

    code = "SHARE_ABOVE_100"

    def columns(self) -> tuple[str, ...]:
        return (self.column, self.unit)

    def broken(self, row: Row, quarter: Quarter) -> bool:
        value = row[self.column]
        return isinstance(value, float) and row[self.unit] == "percent" and value > 100

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        return f"{values[self.unit]} = 'percent' AND {values[self.column]} > 100"

    def statement(self) -> str:
        return f"{self.column} is at most 100 where {self.unit} is percent"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"{row[self.column]} per cent is more than all."


@dataclass(frozen=True)
class NotAbove(Rule):
    """One number is not above another."""

    upper: str

    code = "INTERVAL_OUT_OF_ORDER"

    def columns(self) -> tuple[str, ...]:
        return (self.column, self.upper)

    def broken(self, row: Row, quarter: Quarter) -> bool:
        lower, upper = row[self.column], row[self.upper]
        return isinstance(lower, float) and isinstance(upper, float) and lower > upper

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        return f"{values[self.column]} > {values[self.upper]}"

    def statement(self) -> str:
        return f"{self.column} is not above {self.upper}"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"{row[self.column]} is above {self.upper} ({row[self.upper]})."
