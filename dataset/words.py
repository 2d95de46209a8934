"""The kind of cell that holds a text of somebody's own: for registers, never for returns."""

from __future__ import annotations

from dataclasses import dataclass, field

from dataset.columns import Column, Misread, Value
from dataset.personal_data import kinds_in
from dataset.quarter import Quarter


@dataclass(frozen=True)
class Words(Column):
    """A text of up to `longest` characters, in which nothing tells who a person is.

    Only a register's own reading looks for that; the bulk reading knows the length alone, so a register is
    read cell by cell and never in bulk.
    """

    longest: int = field(default=2000, kw_only=True)

    @property
    def is_long(self) -> bool:
        """Whether it may run over several lines."""
        return self.longest > 200

    def accepts(self) -> str:
        return f"a text of up to {self.longest:,} characters that names no person"

    def parse(self, text: str) -> Value:
        if len(text) > self.longest:
            message = f"This text has {len(text):,} characters; {self.longest:,} is the most."
            raise Misread("TEXT_TOO_LONG", message, self.accepts(), "Shorten it.")
        if found := kinds_in(text):
            message = f"This text holds what looks like {' and '.join(found)}."
            raise Misread("PERSONAL_DATA", message, self.accepts(), "Take it out.")
        return text

    def sql_type(self) -> str:
        return "VARCHAR"

    def sql_reading(self, text: str) -> str:
        # One more: a spreadsheet's cell may have an apostrophe before it, which is no part of the text.
        return f"CASE WHEN length({text}) <= {self.longest + 1} THEN {text} END"

    def example_for(self, quarter: Quarter, row: int) -> str:
        return self.example or "In a sentence or two"
