"""The rules that bind several cells of a row, or a row to its quarter.

As with columns, each rule says the same thing twice: `broken` judges one row in Python, `sql_broken`
is the bulk form. A rule looks only at cells that could be read; a NULL in SQL never breaks a rule.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dataset.columns import Value, clean, read_day, sql_list
from dataset.quarter import Quarter

Row = Mapping[str, Value]


@dataclass(frozen=True)
class Rule(ABC):
    """A condition on a row; `column` is the cell a finding points at."""

    column: str

    code = ""

    @abstractmethod
    def broken(self, row: Row, quarter: Quarter) -> bool:
        """Whether the row breaks the rule."""

    @abstractmethod
    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        """SQL: true when the row breaks the rule; `values` maps a column to its value expression."""

    @abstractmethod
    def statement(self) -> str:
        """The rule as a sentence for the guide."""

    def columns(self) -> tuple[str, ...]:
        """Every column the rule reads."""
        return (self.column,)

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return self.statement()

    def expected(self, quarter: Quarter) -> str:
        return self.statement()

    def fix(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return "Correct the cell, or the one it is compared with."


@dataclass(frozen=True)
class WithinQuarter(Rule):
    """The date that decides which quarter a row belongs to lies in the quarter of the return."""

    code = "DATE_OUTSIDE_QUARTER"

    def broken(self, row: Row, quarter: Quarter) -> bool:
        day = row[self.column]
        return isinstance(day, date) and not quarter.start <= day <= quarter.end

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        return f"{values[self.column]} NOT BETWEEN DATE '{quarter.start}' AND DATE '{quarter.end}'"

    def statement(self) -> str:
        return f"{self.column} lies in the quarter of the return"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"“{row[self.column]}” is not in {quarter}."

    def expected(self, quarter: Quarter) -> str:
        return f"a date from {quarter.start:%d/%m/%Y} to {quarter.end:%d/%m/%Y}"

    def fix(self, row: Mapping[str, str], quarter: Quarter) -> str:
        day = read_day(clean(row[self.column]))
        home = f" for {Quarter.of(day)}" if day else " of its own quarter"
        return f"Correct the date, or take the row out and send it in the return{home}."


@dataclass(frozen=True)
class EndedInQuarter(WithinQuarter):
    """In a return of open cases the end lies in the quarter, or the cell is blank."""

    def statement(self) -> str:
        return f"{self.column} lies in the quarter of the return, or is blank for what was still open at its end"

    def expected(self, quarter: Quarter) -> str:
        return f"{super().expected(quarter)}, or a blank cell"

    def fix(self, row: Mapping[str, str], quarter: Quarter) -> str:
        day = read_day(clean(row[self.column]))
        if day is not None and day > quarter.end:
            return f"Leave the cell blank: at the end of {quarter} it was still open."
        return f"Correct the date; what ended before {quarter} does not belong in this return."


@dataclass(frozen=True)
class NotAfterQuarter(Rule):
    """A date may lie before the quarter but not after it: nobody knows the future."""

    code = "DATE_AFTER_QUARTER"

    def broken(self, row: Row, quarter: Quarter) -> bool:
        day = row[self.column]
        return isinstance(day, date) and day > quarter.end

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        return f"{values[self.column]} > DATE '{quarter.end}'"

    def statement(self) -> str:
        return f"{self.column} is not after the quarter of the return"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"“{row[self.column]}” is after the end of {quarter}."

    def expected(self, quarter: Quarter) -> str:
        return f"a date up to {quarter.end:%d/%m/%Y}"


@dataclass(frozen=True)
class NotBefore(Rule):
    """A step of a process is not dated before the step it follows."""

    earlier: str

    code = "DATES_OUT_OF_ORDER"

    def columns(self) -> tuple[str, ...]:
        return (self.column, self.earlier)

    def broken(self, row: Row, quarter: Quarter) -> bool:
        later, earlier = row[self.column], row[self.earlier]
        return isinstance(later, date) and isinstance(earlier, date) and later < earlier

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        return f"{values[self.column]} < {values[self.earlier]}"

    def statement(self) -> str:
        return f"{self.column} is not before {self.earlier}"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"“{row[self.column]}” is before {self.earlier} (“{row[self.earlier]}”)."

    def expected(self, quarter: Quarter) -> str:
        return f"a date on or after {self.earlier}"

    def fix(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"Correct {self.column} or {self.earlier}."


@dataclass(frozen=True)
class OnlyWhen(Rule):
    """A cell is filled only when another holds one of `values`."""

    other: str
    values: tuple[str, ...]

    code = "NOT_APPLICABLE_HERE"

    def columns(self) -> tuple[str, ...]:
        return (self.column, self.other)

    def broken(self, row: Row, quarter: Quarter) -> bool:
        return row[self.column] is not None and row[self.other] is not None and row[self.other] not in self.values

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        return f"{values[self.column]} IS NOT NULL AND {values[self.other]} NOT IN {sql_list(self.values)}"

    def statement(self) -> str:
        return f"{self.column} is filled only when {self.other} is “{'” or “'.join(self.values)}”"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"“{row[self.column]}” stands here although {self.other} is “{row[self.other]}”."

    def expected(self, quarter: Quarter) -> str:
        return f"a blank cell, unless {self.other} is “{'” or “'.join(self.values)}”"

    def fix(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"Leave {self.column} blank, or correct {self.other}."


@dataclass(frozen=True)
class FilledTogether(Rule):
    """Two cells that may be blank are both filled or both blank."""

    other: str

    code = "FILLED_TOGETHER"

    def columns(self) -> tuple[str, ...]:
        return (self.column, self.other)

    def broken(self, row: Row, quarter: Quarter) -> bool:
        return (row[self.column] is None) != (row[self.other] is None)

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        # A cell that is filled but cannot be read is NULL too, and is no blank one.
        return f"filled_{values[self.column]} <> filled_{values[self.other]}"

    def statement(self) -> str:
        return f"{self.column} is filled exactly when {self.other} is"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        filled, blank = (self.column, self.other) if clean(row[self.column]) else (self.other, self.column)
        return f"{filled} is filled (“{row[filled]}”), but {blank} is blank."

    def expected(self, quarter: Quarter) -> str:
        return f"{self.column} and {self.other} both filled, or both blank"

    def fix(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"Fill {self.column} and {self.other}, or leave both blank."


@dataclass(frozen=True)
class NotMoreThan(Rule):
    """A part is not larger than its whole."""

    whole: str

    code = "PART_EXCEEDS_WHOLE"

    def columns(self) -> tuple[str, ...]:
        return (self.column, self.whole)

    def broken(self, row: Row, quarter: Quarter) -> bool:
        part, whole = row[self.column], row[self.whole]
        return isinstance(part, int) and isinstance(whole, int) and part > whole

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        return f"{values[self.column]} > {values[self.whole]}"

    def statement(self) -> str:
        return f"{self.column} is not more than {self.whole}"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"{row[self.column]} is more than {self.whole} ({row[self.whole]})."
