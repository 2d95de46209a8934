"""The rule of the return of learning points: what is done says when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dataset.columns import sql_list
from dataset.quarter import Quarter
from dataset.rules import Row, Rule


@dataclass(frozen=True)
class FilledWhen(Rule):
    """A cell that may be blank is filled whenever another holds one of `values`."""

    other: str
    values: tuple[str, ...]

    code = "NEEDED_HERE"

    def columns(self) -> tuple[str, ...]:
        return (self.column, self.other)

    def broken(self, row: Row, quarter: Quarter) -> bool:
        return row[self.column] is None and row[self.other] in self.values

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        # A cell that is filled but cannot be read is NULL too, and is no blank one.
        return f"NOT filled_{values[self.column]} AND {values[self.other]} IN {sql_list(self.values)}"

    def statement(self) -> str:
        return f"{self.column} is filled whenever {self.other} is “{'” or “'.join(self.values)}”"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"{self.other} is “{row[self.other]}”, but {self.column} is blank."

    def expected(self, quarter: Quarter) -> str:
        return f"a filled cell where {self.other} is “{'” or “'.join(self.values)}”"

    def fix(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"Fill {self.column}, or correct {self.other}."
