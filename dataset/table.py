"""What a return is: one pydantic class whose columns, codes, rules and words serve everything else.

Templates, guides, checks, SQL, the dictionary and the screens all read the class; the class
itself, validating one row of text, is the second opinion the tests compare the bulk checks with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from dataset.code_lists import CodeList
from dataset.columns import AnyOf, Column, Misread, OneOf, Value
from dataset.quarter import Quarter
from dataset.retention import Footing
from dataset.rules import Rule


@dataclass(frozen=True)
class About:
    """What a person wants to know before sending a return."""

    name: str
    title: str
    one_row_is: str
    why: str
    source: str
    yearly: bool = False
    footing: Footing = field(default=Footing())


@dataclass(frozen=True)
class WorkingDaysBetween:
    """A stored column: England's working days after `start` up to and with `end`; NULL if either is blank."""

    name: str
    meaning: str
    start: str
    end: str

    def columns(self) -> tuple[str, ...]:
        return (self.start, self.end)


@dataclass(frozen=True)
class DaysIntoQuarter:
    """A stored column: days from the first day of the return's quarter to `day`, below 0 for an earlier quarter.

    Conditions see no quarter: through it a return of open cases can tell those that began in its own.
    """

    name: str
    meaning: str
    day: str

    def columns(self) -> tuple[str, ...]:
        return (self.day,)


@dataclass(frozen=True)
class DaysToQuarterEnd:
    """A stored column: days from `day` to the last day of the return's quarter, below 0 for a later day; NULL if blank.

    Above 0 for what was due before the quarter's last day and is still open at its end.
    """

    name: str
    meaning: str
    day: str

    def columns(self) -> tuple[str, ...]:
        return (self.day,)


Derived = WorkingDaysBetween | DaysIntoQuarter | DaysToQuarterEnd


class Return(BaseModel):
    """One row of a return, validated from text with `context={"quarter": Quarter}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: ClassVar[About]
    key: ClassVar[tuple[str, ...]]
    period: ClassVar[str | None]
    rules: ClassVar[tuple[Rule, ...]] = ()
    derived: ClassVar[tuple[Derived, ...]] = ()

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """Column name → kind, in the order of the class, which is the order of the template."""
        return dict(_columns_of(cls))

    @classmethod
    def stored(cls) -> dict[str, Column]:
        """The columns that are kept with each row: a `quarter` that only repeats the slot's is not."""
        return {name: column for name, column in cls.columns().items() if name != "quarter"}

    @classmethod
    def code_lists(cls) -> tuple[CodeList, ...]:
        """The code lists this return uses, each once."""
        used = {c.codes.name: c.codes for c in cls.columns().values() if isinstance(c, (OneOf, AnyOf))}
        return tuple(used.values())

    @field_validator("*", mode="before")
    @classmethod
    def _read_cell(cls, text: Any, info: ValidationInfo) -> Value:
        try:
            return cls.columns()[str(info.field_name)].read(text)
        except Misread as misread:
            raise PydanticCustomError(misread.code, "{said}", {"said": misread.message}) from None

    @model_validator(mode="after")
    def _keep_rules(self, info: ValidationInfo) -> Self:
        quarter = (info.context or {})["quarter"]
        broken = [rule for rule in self.rules if rule.broken(self.__dict__, quarter)]
        if broken:
            raise PydanticCustomError(
                "rules_broken", "{broken}", {"broken": [(rule.column, rule.code) for rule in broken]}
            )
        return self


ReturnType = type[Return]


@lru_cache(maxsize=200)
def _columns_of(table: ReturnType) -> dict[str, Column]:
    return {
        name: next(part for part in info.metadata if isinstance(part, Column))
        for name, info in table.model_fields.items()
    }


def faults(table: ReturnType, cells: Mapping[str, str], quarter: Quarter) -> set[tuple[str, str]]:
    """The (column, code) pairs that the class itself finds wrong with one row of text.

    Rules are judged only when every cell could be read, as pydantic does.
    """
    from pydantic import ValidationError

    try:
        table.model_validate(dict(cells), context={"quarter": quarter})
    except ValidationError as error:
        found: set[tuple[str, str]] = set()
        for one in error.errors():
            if one["type"] == "rules_broken":
                found |= {(column, code) for column, code in one["ctx"]["broken"]}
            else:
                found.add((str(one["loc"][0]), one["type"]))
        return found
    return set()
