"""The rules of the return of counts: a row fits its quarter and its measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dataset.columns import sql_list, sql_text
from dataset.counts.catalogue import MEASURES
from dataset.quarter import Quarter
from dataset.rules import Row, Rule

_BY_ID = {measure.id: measure for measure in MEASURES}
_SHARES = tuple(measure.id for measure in MEASURES if measure.is_share)
# Every measure with each of its words, line by line: the engine finds a line in one text five times as fast
# as it tries a list of words for each measure, and most returns are small.
_PAIRS = "".join(f"\n{measure.id} {word}\n" for measure in MEASURES for word in measure.words)


@dataclass(frozen=True)
class ForThisQuarter(Rule):
    """The quarter written in the row is the quarter of the return."""

    code = "OTHER_QUARTER"

    def broken(self, row: Row, quarter: Quarter) -> bool:
        return row[self.column] is not None and row[self.column] != str(quarter)

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        return f"{values[self.column]} <> {sql_text(str(quarter))}"

    def statement(self) -> str:
        return f"{self.column} is the quarter of the return"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"“{row[self.column]}” is not {quarter}, the quarter of this return."

    def expected(self, quarter: Quarter) -> str:
        return str(quarter)

    def fix(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"Write {quarter}, or send the row in the return of its own quarter."


@dataclass(frozen=True)
class WordOfTheMeasure(Rule):
    """The breakdown is one of the words that this measure is divided into."""

    measure: str

    code = "NOT_A_PART"

    def columns(self) -> tuple[str, ...]:
        return (self.column, self.measure)

    def broken(self, row: Row, quarter: Quarter) -> bool:
        word, measure = row[self.column], _BY_ID.get(str(row[self.measure]))
        return word is not None and measure is not None and word not in measure.words

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        pair = f"chr(10) || {values[self.measure]} || ' ' || {values[self.column]} || chr(10)"
        return f"NOT contains({sql_text(_PAIRS)}, {pair})"

    def statement(self) -> str:
        return f"{self.column} is “All” or one of the parts its measure is divided into"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        return f"“{row[self.column]}” is not a part of {row[self.measure]}."

    def expected(self, quarter: Quarter) -> str:
        return "“All”, or a part of the measure as the template lists them"

    def fix(self, row: Mapping[str, str], quarter: Quarter) -> str:
        measure = _BY_ID.get(row[self.measure].strip())
        return f"Write {' or '.join(f'“{word}”' for word in measure.words)}." if measure else "Correct the measure."


@dataclass(frozen=True)
class DenominatorOfShares(Rule):
    """A share has a denominator beside its numerator, a plain count has none."""

    numerator: str
    measure: str

    code = "DENOMINATOR_NEEDED"

    def columns(self) -> tuple[str, ...]:
        return (self.column, self.numerator, self.measure)

    def broken(self, row: Row, quarter: Quarter) -> bool:
        measure = _BY_ID.get(str(row[self.measure]))
        if measure is None:
            return False
        if not measure.is_share:
            return row[self.column] is not None
        return (row[self.column] is None) != (row[self.numerator] is None)

    def sql_broken(self, values: Mapping[str, str], quarter: Quarter) -> str:
        below, above = values[self.column], values[self.numerator]
        is_share = f"{values[self.measure]} IN {sql_list(_SHARES)}"
        return (
            f"CASE WHEN {values[self.measure]} IS NULL THEN false WHEN {is_share} "
            f"THEN ({below} IS NULL) <> ({above} IS NULL) ELSE {below} IS NOT NULL END"
        )

    def statement(self) -> str:
        return f"{self.column} is filled for shares and blank for counts"

    def message(self, row: Mapping[str, str], quarter: Quarter) -> str:
        measure = _BY_ID.get(row[self.measure].strip())
        if measure is not None and not measure.is_share:
            return f"{measure.id} is a plain count, but “{row[self.column]}” stands in {self.column}."
        return f"{row[self.measure]} is a share: numerator and {self.column} go together."

    def expected(self, quarter: Quarter) -> str:
        return "both numbers of a share, or [x] in both; for a count nothing"

    def fix(self, row: Mapping[str, str], quarter: Quarter) -> str:
        measure = _BY_ID.get(row[self.measure].strip())
        if measure is not None and not measure.is_share:
            return f"Leave {self.column} blank."
        out_of = f" ({measure.out_of})" if measure else ""
        return f"Write what the numerator is out of{out_of}, or [x] in both cells where it cannot be counted."
