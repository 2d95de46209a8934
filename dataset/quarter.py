"""The financial quarter, written as the partnership writes it: "2023/24 Q1".

The year runs 1 April to 31 March, so Q1 is April to June and Q4 January to March.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Self

_YEAR = r"(?P<year>\d{4})\s*[/\-–]?\s*(?P<second>\d{4}|\d{2})"
_NUMBER = r"(?:q|quarter)\s*(?P<number>[1-4])"
_FORMS = (
    re.compile(rf"{_YEAR}\s*{_NUMBER}", re.IGNORECASE),
    re.compile(rf"{_NUMBER}\s+{_YEAR}", re.IGNORECASE),
)
_ONE_YEAR = re.compile(rf"(?:(\d{{4}})\s*{_NUMBER}|(?:q|quarter)\s*[1-4]\s+(\d{{4}}))", re.IGNORECASE)
FIRST_YEAR, LAST_YEAR = 1990, 2090
_FIRST_MONTH = {1: 4, 2: 7, 3: 10, 4: 1}


class NotAQuarter(ValueError):
    """The text does not name one financial quarter; the message says what to write."""


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """One financial quarter: `year` is the calendar year in which the financial year starts.

    Figures name their quarters thousands of times, so those worked out of another one are made once and shared.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in _FIRST_MONTH:
            raise NotAQuarter(f"A financial year has quarters 1 to 4, not {self.number}.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2023/24 Q1", "Q1 2023/24", "2023-24 Q1", "Quarter 1 2023/24" or "202324 Q1".

        Raises NotAQuarter, with a sentence for the sender, for anything else; a year without
        its second half is refused because it may be a calendar or a financial year.
        """
        stripped = text.strip()
        for form in _FORMS:
            if match := form.fullmatch(stripped):
                return cls._from_match(match, stripped)
        if match := _ONE_YEAR.fullmatch(stripped):
            year = int(match[1] or match[3])
            raise NotAQuarter(
                f"“{stripped}” could belong to {year - 1}/{year % 100:02} or {year}/{(year + 1) % 100:02}: "
                f"which do you mean? Write for example “{year}/{(year + 1) % 100:02} Q1”."
            )
        raise NotAQuarter(f"“{stripped[:40]}” is not a financial quarter. Write for example “2023/24 Q1”.")

    @classmethod
    def _from_match(cls, match: re.Match[str], text: str) -> Self:
        year, second = int(match["year"]), match["second"]
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise NotAQuarter(f"“{text[:40]}” is not a year this software knows. Write for example “2023/24 Q1”.")
        if second not in (str(year + 1), f"{(year + 1) % 100:02}"):
            raise NotAQuarter(
                f"“{text}” names two years that do not follow each other. "
                f"Write “{year}/{(year + 1) % 100:02} Q{match['number']}” if that is the year you mean."
            )
        return cls(year, int(match["number"]))

    @staticmethod
    def from_id(quarter_id: int) -> Quarter:
        return _numbered(quarter_id)

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter that holds a calendar day."""
        if day.month <= 3:
            return cls(day.year - 1, 4)
        return cls(day.year, (day.month - 1) // 3)

    @property
    def id(self) -> int:
        """A whole number that counts quarters: neighbours differ by one. Stored with every fact."""
        return self.year * 4 + self.number - 1

    @property
    def start(self) -> date:
        return date(self.year + (self.number == 4), _FIRST_MONTH[self.number], 1)

    @property
    def end(self) -> date:
        return self.plus(1).start - timedelta(days=1)

    @property
    def financial_year(self) -> str:
        return financial_year(self.year)

    def plus(self, quarters: int) -> Quarter:
        return Quarter.from_id(self.id + quarters)

    def year_to_date(self) -> tuple[Quarter, ...]:
        """The quarters of this financial year up to and with this one, oldest first."""
        return quarters_between(self.plus(1 - self.number), self)

    def rolling_year(self) -> tuple[Quarter, ...]:
        """The four quarters that end with this one, oldest first."""
        return quarters_between(self.plus(-3), self)

    def __str__(self) -> str:
        return f"{self.financial_year} Q{self.number}"


@lru_cache(maxsize=10_000)
def _numbered(quarter_id: int) -> Quarter:
    return Quarter(quarter_id // 4, quarter_id % 4 + 1)


def financial_year(start_year: int) -> str:
    """2023 → "2023/24"."""
    return f"{start_year}/{(start_year + 1) % 100:02}"


@lru_cache(maxsize=1_000)
def quarters_between(first: Quarter, last: Quarter) -> tuple[Quarter, ...]:
    """Every quarter from first to last, both included; empty when last is before first."""
    return tuple(Quarter.from_id(number) for number in range(first.id, last.id + 1))
