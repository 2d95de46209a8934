"""The kind of cell that names a financial quarter, in any spelling the partnership uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from dataset.columns import Column, Misread, Value
from dataset.quarter import FIRST_YEAR, LAST_YEAR, NotAQuarter, Quarter

_FORM = r"\d{4}\s*[/\-–]?\s*(\d{4}|\d{2})\s*(q|quarter)\s*[1-4]|(q|quarter)\s*[1-4]\s+\d{4}\s*[/\-–]?\s*(\d{4}|\d{2})"


@dataclass(frozen=True)
class NamedQuarter(Column):
    """A financial quarter in any spelling the partnership uses; its value is "2023/24 Q1"."""

    takes_days: ClassVar[bool] = True

    def accepts(self) -> str:
        return "a financial quarter such as 2023/24 Q1"

    def parse(self, text: str) -> Value:
        try:
            quarter = str(Quarter.parse(text))
            # Digits and blanks of other scripts are no quarter to the engine either.
            return quarter if re.fullmatch(_FORM, text, re.IGNORECASE | re.ASCII) else str(Quarter.parse("?"))
        except NotAQuarter as refused:
            raise Misread("NOT_A_QUARTER", str(refused), self.accepts(), "Write for example 2023/24 Q1.") from None

    def sql_type(self) -> str:
        return "VARCHAR"

    def sql_reading(self, text: str) -> str:
        return f"CASE WHEN regexp_full_match({text}, '{_FORM}', 'i') THEN {text} END"

    def sql_value(self, reading: str) -> str:
        year = f"CAST(regexp_extract({reading}, '(\\d{{4}})', 1) AS INTEGER)"
        second = f"regexp_extract({reading}, '\\d{{4}}\\s*[/\\-–]?\\s*(\\d{{4}}|\\d{{2}})', 1)"
        number = f"regexp_extract({reading}, '(q|quarter)\\s*([1-4])', 2, 'i')"
        half = f"lpad(CAST(({year} + 1) % 100 AS VARCHAR), 2, '0')"
        follows = f"({second} = CAST({year} + 1 AS VARCHAR) OR {second} = {half})"
        known = f"{year} BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"
        return f"CASE WHEN {known} AND {follows} THEN {year} || '/' || {half} || ' Q' || {number} END"

    def example_for(self, quarter: Quarter, row: int) -> str:
        return str(quarter)
