"""The kinds of column a return may have: what a cell means, how it is read, how it is stored.

A kind says the same thing twice: `read` turns one cell's text into a value or says what is
wrong with it (the second opinion, and the wording of every finding); `sql_reading` and
`sql_value` are the bulk form, two steps of SQL that give the value or NULL. A property test
keeps the two equal.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import ClassVar

from dataset.code_lists import CodeList
from dataset.personal_data import NAME, kinds_in_cell, may_be_a_name
from dataset.quarter import Quarter

Value = str | int | float | date | tuple[str, ...] | None

# What Excel and people leave in a cell that holds nothing.
NULL_WORDS: tuple[str, ...] = ("N/A", "n/a", "NA", "NULL", "null", "None", "-", ".")
SUPPRESSION_MARKS: frozenset[str] = frozenset({"c", "x", "z", "*", "<5", "[c]", "[x]", "[z]", "[low]"})
# str.strip() leaves the zero-width characters that come with text pasted from web pages.
SPACES = " \t\r\n\x0b\x0c\u00a0\u200b\u200c\u200d\u2060\ufeff\u2007\u202f"

_EXCEL_EPOCH = date(1899, 12, 30)
_SHORT_YEAR = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})")
_LOOSE_DAY_FIRST = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_DAY_FIRST = re.compile(r"\d{2}/\d{2}/\d{4}", re.ASCII)
_YEAR_FIRST = re.compile(r"(19|20)\d{2}-\d{2}-\d{2}", re.ASCII)
_EXCEL_SERIAL = re.compile(r"\d{5}")


class Misread(ValueError):
    """One cell that cannot be read: a stable code, a sentence, what was expected, what to write."""

    # Slots, and no call of the base: a return that is wrong throughout raises hundreds of thousands.
    __slots__ = ("_fix", "code", "expected", "message")

    def __init__(self, code: str, message: str, expected: str, fix: str) -> None:
        self.code, self.message, self.expected, self._fix = code, message, expected, fix

    def __str__(self) -> str:
        return self.message

    @property
    def fix(self) -> str:
        return self._fix


class UnknownCode(Misread):
    """A word that is not in the list. Its fix looks for the nearest word that is, which takes long."""

    __slots__ = ("_codes", "_text")

    def __init__(self, text: str, codes: CodeList, expected: str) -> None:
        self.code, self.expected, self._text, self._codes = "UNKNOWN_CODE", expected, text, codes
        self.message = f"“{text[:60]}” is not a word this column knows."

    @property
    def fix(self) -> str:
        near = self._codes.nearest(self._text)
        return f"Did you mean “{near}”? Write it exactly so." if near else f"Write {self.expected}."


def clean(text: str) -> str:
    """The cell without surrounding blanks, no-break and zero-width spaces; "" for a null word."""
    stripped = text.strip(SPACES)
    return "" if stripped in NULL_WORDS else stripped


def sql_text(text: str) -> str:
    """An SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def sql_list(words: tuple[str, ...]) -> str:
    return "(" + ", ".join(sql_text(word) for word in words) + ")"


@dataclass(frozen=True)
class Column(ABC):
    """What every column has; `required` says whether a blank cell is refused, `formerly` are headings that the column
    had in earlier templates: they are read, with a note."""

    meaning: str
    required: bool = field(default=True, kw_only=True)
    example: str = field(default="", kw_only=True)
    formerly: tuple[str, ...] = field(default=(), kw_only=True)
    # What else than a blank cell says that there is no value here.
    nothing: tuple[str, ...] = field(default=(), kw_only=True)
    # Elsewhere a full date is somebody's date of birth until the sender says otherwise.
    takes_days: ClassVar[bool] = False

    @abstractmethod
    def accepts(self) -> str:
        """What may be written here, in words for the column guide."""

    @abstractmethod
    def parse(self, text: str) -> Value:
        """The value of a cleaned, non-blank cell. Raises Misread."""

    @abstractmethod
    def sql_type(self) -> str:
        """The type the store keeps."""

    @abstractmethod
    def sql_reading(self, text: str) -> str:
        """SQL: what the cleaned text in column `text` says, or NULL where it has not the form of this kind.

        A step of its own, because the engine works out again whatever stands twice in one expression.
        """

    def sql_value(self, reading: str) -> str:
        """SQL: the value in column `reading`, or NULL where `parse` would raise."""
        return reading

    def read(self, text: str) -> Value:
        """The value of a cell as received; None for a blank one. Raises Misread."""
        cleaned = clean(text)
        if cleaned and cleaned not in self.nothing:
            try:
                return self.parse(cleaned)
            except Misread:
                if found := self.personal_data(cleaned):
                    raise _withheld(found, self.accepts()) from None
                raise
        if self.required:
            raise Misread("MISSING_VALUE", "This cell is blank and must be filled.", self.accepts(), self.how_to_fill())
        return None

    def personal_data(self, text: str) -> list[str]:
        """What a cleaned cell that `parse` refuses holds of what tells who a person is; it is then never repeated."""
        return kinds_in_cell(text, days=self.takes_days)

    def how_to_fill(self) -> str:
        return f"Write {self.accepts()}."

    def example_for(self, quarter: Quarter, row: int) -> str:
        """An acceptable cell for the row-th example row of a return for `quarter`."""
        return self.example

    def _suppressed(self, text: str) -> Misread | None:
        if text.casefold() not in SUPPRESSION_MARKS:
            return None
        return Misread(
            "SUPPRESSED_VALUE",
            f"“{text}” marks a figure that was hidden or is not available; this return needs the figure itself.",
            self.accepts(),
            "Send the figure: it is protected before anything leaves the partnership.",
        )


def _withheld(found: list[str], expected: str) -> Misread:
    held = f"This cell holds what looks like {' and '.join(found)}; it is not repeated here."
    return Misread("PERSONAL_DATA", held, expected, f"Take it out of your own file. Write {expected}.")


@dataclass(frozen=True)
class Identifier(Column):
    """A pseudonymous reference that the sender can trace back and nobody else can."""

    prefix: str = field(default="ID", kw_only=True)

    _PATTERN = r"[A-Za-z0-9][A-Za-z0-9_/.-]{0,31}"

    def accepts(self) -> str:
        return f"a reference of 1 to 32 letters, digits, - _ / or full stops, such as {self.prefix}-0001"

    def parse(self, text: str) -> Value:
        if re.fullmatch(self._PATTERN, text):
            return text
        raise Misread(
            "NOT_A_REFERENCE",
            f"“{text[:60]}” is not a reference: it has spaces or characters that references do not use, "
            "or more than 32 of them.",
            self.accepts(),
            f"Write a reference of your own, such as {self.prefix}-0001. Never write a name.",
        )

    def personal_data(self, text: str) -> list[str]:
        return super().personal_data(text) or ([NAME] if may_be_a_name(text) else [])

    def sql_type(self) -> str:
        return "VARCHAR"

    def sql_reading(self, text: str) -> str:
        return f"CASE WHEN regexp_full_match({text}, {sql_text(self._PATTERN)}) THEN {text} END"

    def example_for(self, quarter: Quarter, row: int) -> str:
        # With the quarter in it: a reference stands in one quarter's return only.
        return f"{self.prefix}-{quarter.year % 100:02}Q{quarter.number}-{row:04}"


@dataclass(frozen=True)
class Day(Column):
    """A calendar day, written 01/04/2025 or 2025-04-01."""

    example_offset: int = field(default=10, kw_only=True)

    takes_days: ClassVar[bool] = True

    def accepts(self) -> str:
        return "a date, day first, such as 14/04/2025 (2025-04-14 is read too)"

    def parse(self, text: str) -> Value:
        if (day := read_day(text)) is not None:
            return day
        raise self._misread(text)

    def _misread(self, text: str) -> Misread:
        code, message, fix = "NOT_A_DATE", f"“{text[:40]}” is not a date that can be read.", self.how_to_fill()
        if set(text) == {"#"}:
            code, message = "EXCEL_HASHES", "Excel wrote ##### because the column was too narrow to show the date."
            fix = "Widen the column in Excel, save the CSV again and resend it."
        elif _EXCEL_SERIAL.fullmatch(text):
            meant = (_EXCEL_EPOCH + timedelta(days=int(text))).strftime("%d/%m/%Y")
            code, message = "EXCEL_SERIAL_DATE", f"{text} is Excel's number for {meant}."
            fix = f"Write {meant}: format the column as a date before saving."
        elif match := _SHORT_YEAR.fullmatch(text):
            code, message = "TWO_DIGIT_YEAR", f"“{text}” has a year of two digits."
            fix = f"Write {int(match[1]):02}/{int(match[2]):02}/20{match[3]} if that is the year you mean."
        elif (match := _LOOSE_DAY_FIRST.fullmatch(text)) and read_day(loose := _padded(match)):
            fix = f"Write {loose}."
        return Misread(code, message, self.accepts(), fix)

    def sql_type(self) -> str:
        return "DATE"

    def sql_reading(self, text: str) -> str:
        # Alone, the parser would take 1/4/2023 and 01/04/23; ten bytes leave only the two full forms.
        return f"CASE WHEN strlen({text}) = 10 THEN CAST(try_strptime({text}, ['%d/%m/%Y', '%Y-%m-%d']) AS DATE) END"

    def sql_value(self, reading: str) -> str:
        return f"CASE WHEN {reading} BETWEEN DATE '1900-01-01' AND DATE '2099-12-31' THEN {reading} END"

    def example_for(self, quarter: Quarter, row: int) -> str:
        return (quarter.start + timedelta(days=self.example_offset + row)).strftime("%d/%m/%Y")


def _padded(match: re.Match[str]) -> str:
    return f"{int(match[1]):02}/{int(match[2]):02}/{match[3]}"


def read_day(text: str) -> date | None:
    """A day written 01/04/2025 or 2025-04-01, from 1900 to 2099; None for anything else."""
    if _DAY_FIRST.fullmatch(text):
        text = f"{text[6:]}-{text[3:5]}-{text[:2]}"
    if not _YEAR_FIRST.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _name_among(codes: CodeList, text: str) -> list[str]:
    """A person's name where a word of a list was expected, unless it is like one of the words."""
    return [NAME] if may_be_a_name(text) and text not in codes.values and codes.nearest(text) is None else []


@dataclass(frozen=True)
class OneOf(Column):
    """One word of a code list."""

    codes: CodeList = field(kw_only=True)

    def accepts(self) -> str:
        return self._accepts

    @cached_property
    def _accepts(self) -> str:
        return f"one of: {' · '.join(self.codes.values)}"

    def parse(self, text: str) -> Value:
        if text in self.codes.values:
            return text
        raise self._suppressed(text) or UnknownCode(text, self.codes, self.accepts())

    def personal_data(self, text: str) -> list[str]:
        return super().personal_data(text) or _name_among(self.codes, text)

    def sql_type(self) -> str:
        return f"code_{self.codes.name}"

    def sql_reading(self, text: str) -> str:
        return f"try_cast({text} AS {self.sql_type()})"

    def example_for(self, quarter: Quarter, row: int) -> str:
        return self.example or self.codes.values[0]


@dataclass(frozen=True)
class AnyOf(Column):
    """Any number of words of a code list in one cell, with a semicolon between them."""

    codes: CodeList = field(kw_only=True)

    def accepts(self) -> str:
        return self._accepts

    @cached_property
    def _accepts(self) -> str:
        return f"one or more of these, with ; between them: {' · '.join(self.codes.values)}"

    def parse(self, text: str) -> Value:
        words = tuple(word.strip(" ") for word in text.split(";"))
        for word in words:
            if word not in self.codes.values:
                raise self._suppressed(word) or self._wrong_word(word)
        if len(set(words)) != len(words):
            raise Misread(
                "CODE_REPEATED",
                f"“{text[:80]}” names the same thing twice.",
                self.accepts(),
                "Write each only once.",
            )
        return words

    def personal_data(self, text: str) -> list[str]:
        words = [word.strip(" ") for word in text.split(";")]
        found = {what: None for part in (text, *words) for what in kinds_in_cell(part)}
        return [*found] or [what for word in words for what in _name_among(self.codes, word)][:1]

    def _wrong_word(self, word: str) -> Misread:
        if word:
            return UnknownCode(word, self.codes, self.accepts())
        return Misread(
            "CODE_BLANK", "There is a ; with nothing before or after it.", self.accepts(), "Take the extra ; away."
        )

    def sql_type(self) -> str:
        return f"code_{self.codes.name}[]"

    def sql_reading(self, text: str) -> str:
        # The pattern is dear and few cells need it: those with a blank before a semicolon, or two after it.
        spaced = (
            f"CASE WHEN contains({text}, ' ;') OR contains({text}, ';  ') "
            f"THEN regexp_replace({text}, ' *; *', ';', 'g') ELSE replace({text}, '; ', ';') END"
        )
        return f"try_cast(string_split({spaced}, ';') AS {self.sql_type()})"

    def sql_value(self, reading: str) -> str:
        # An unknown word has become NULL: it differs from nothing and is not among the distinct ones.
        # Looking for distinct ones in a list is dear, and most cells hold one word or two.
        sound = (
            f"CASE array_length({reading}) WHEN 1 THEN {reading}[1] IS NOT NULL WHEN 2 THEN {reading}[1] <> {reading}[2] "
            f"ELSE list_unique({reading}) = array_length({reading}) END"
        )
        return f"CASE WHEN {sound} THEN {reading} END"

    def example_for(self, quarter: Quarter, row: int) -> str:
        return self.example or "; ".join(self.codes.values[:2])


@dataclass(frozen=True)
class Whole(Column):
    """A whole number between `low` and `high`, both included."""

    low: int = field(default=0, kw_only=True)
    high: int = field(default=1_000_000, kw_only=True)

    def accepts(self) -> str:
        return f"a whole number from {self.low:,} to {self.high:,}, in digits only"

    def parse(self, text: str) -> Value:
        if re.fullmatch(r"\d{1,9}", text, re.ASCII):
            number = int(text)
            if self.low <= number <= self.high:
                return number
            raise Misread(
                "OUT_OF_RANGE", f"{text} is outside {self.low:,} to {self.high:,}.", self.accepts(), self.how_to_fill()
            )
        raise self._suppressed(text) or not_a_number(text, self.accepts(), whole=True)

    def sql_type(self) -> str:
        return "INTEGER"

    def sql_reading(self, text: str) -> str:
        return f"CASE WHEN regexp_full_match({text}, '\\d{{1,9}}') THEN try_cast({text} AS INTEGER) END"

    def sql_value(self, reading: str) -> str:
        return f"CASE WHEN {reading} BETWEEN {self.low} AND {self.high} THEN {reading} END"

    def example_for(self, quarter: Quarter, row: int) -> str:
        return self.example or str(max(self.low, 1))


@dataclass(frozen=True)
class Decimal(Column):
    """A number with an optional decimal part, between `low` and `high`."""

    low: float = field(default=0.0, kw_only=True)
    high: float = field(default=100.0, kw_only=True)

    def accepts(self) -> str:
        return f"a number from {self.low:g} to {self.high:g}, such as 4.5"

    def parse(self, text: str) -> Value:
        if re.fullmatch(r"\d{1,9}(\.\d{1,6})?", text, re.ASCII):
            number = float(text)
            if self.low <= number <= self.high:
                return number
            raise Misread(
                "OUT_OF_RANGE", f"{text} is outside {self.low:g} to {self.high:g}.", self.accepts(), self.how_to_fill()
            )
        raise self._suppressed(text) or not_a_number(text, self.accepts(), whole=False)

    def sql_type(self) -> str:
        return "DOUBLE"

    def sql_reading(self, text: str) -> str:
        return f"CASE WHEN regexp_full_match({text}, '\\d{{1,9}}(\\.\\d{{1,6}})?') THEN try_cast({text} AS DOUBLE) END"

    def sql_value(self, reading: str) -> str:
        return f"CASE WHEN {reading} BETWEEN {self.low} AND {self.high} THEN {reading} END"

    def example_for(self, quarter: Quarter, row: int) -> str:
        return self.example or f"{self.low:g}"


def not_a_number(text: str, expected: str, *, whole: bool) -> Misread:
    """What to say of a cell that is no number, recognising what Excel and people do to numbers."""
    digits = text.replace(",", "").strip("£% ")
    if re.fullmatch(r"\d+(\.\d+)?", digits, re.ASCII) and digits != text:
        return Misread(
            "NUMBER_DRESSED",
            f"“{text[:40]}” has a comma, a £ or a % sign in it.",
            expected,
            f"Write {digits}, in plain digits.",
        )
    if re.fullmatch(r"\d+(\.\d+)?E[+-]?\d+", text, re.IGNORECASE | re.ASCII):
        return Misread(
            "EXCEL_SCIENTIFIC",
            f"“{text[:40]}” is Excel's short form of a long number; digits were lost.",
            expected,
            "Format the column as Number or Text in Excel, enter the number again and resend.",
        )
    message = f"“{text[:40]}” is not a {'whole number' if whole else 'number'}."
    return Misread("NOT_A_NUMBER", message, expected, f"Write {expected}.")


def example_row(columns: Mapping[str, Column], quarter: Quarter, row: int) -> dict[str, str]:
    """One acceptable row of text, from each column's example."""
    return {name: column.example_for(quarter, row) for name, column in columns.items()}
