"""The published advisories about our packages that are kept in this repository, so that they can be asked without the internet.

One line of `advisories.jsonl` an advisory: its facts (which versions, from when) and where they were read, none of its
words. They are as old as the day they were read; what appeared since is asked for by pip-audit (asking.py).
Format of the facts: the Open Source Vulnerability schema's events, a range from `introduced` (0: from the first
version) to before `fixed` or up to `last_affected`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from packaging.version import Version
from pydantic import BaseModel, ConfigDict, model_validator

KEPT = Path(__file__).with_name("advisories.jsonl")
FIRST = "0"


class Range(BaseModel):
    """Versions from one to another, as an advisory writes them."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    introduced: str = FIRST
    fixed: str | None = None
    last_affected: str | None = None

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.fixed and self.last_affected:
            raise ValueError("a range ends before `fixed` or at `last_affected`, not at both")
        for version in filter(None, (self.introduced, self.fixed, self.last_affected)):
            Version(version)
        return self

    def holds(self, version: Version) -> bool:
        """Whether a version lies in it; 0 stands before every version, a first development version among them."""
        if self.introduced != FIRST and version < Version(self.introduced):
            return False
        if self.fixed:
            return version < Version(self.fixed)
        return self.last_affected is None or version <= Version(self.last_affected)


class Advisory(BaseModel):
    """What is publicly known against some versions of a package.

    Without ranges and versions nobody has said which ones: it is told, and judges nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    package: str
    aliases: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    versions: tuple[str, ...] = ()
    published: date | None
    modified: date | None
    withdrawn: date | None = None
    read_in: str
    note: str = ""

    def affects(self, version: Version) -> bool:
        if self.withdrawn:
            return False
        return any(one.holds(version) for one in self.ranges) or version in map(Version, self.versions)

    @property
    def is_undecided(self) -> bool:
        return not (self.ranges or self.versions or self.withdrawn)


@dataclass(frozen=True)
class Known:
    """What the kept advisories say of some packages: which affect them, which leave it open, how far they were read."""

    found: tuple[Advisory, ...]
    undecided: tuple[Advisory, ...]
    asked: int
    newest: date | None


def kept(path: Path = KEPT) -> tuple[Advisory, ...]:
    """Every kept advisory, each checked; a line that is none raises pydantic's ValidationError."""
    return tuple(map(Advisory.model_validate_json, path.read_text("utf-8").splitlines()))


def known_against(packages: Mapping[str, Version], advisories: Iterable[Advisory]) -> Known:
    """What the advisories say of these versions."""
    about = [one for one in advisories if one.package in packages]
    return Known(
        found=tuple(one for one in about if one.affects(packages[one.package])),
        undecided=tuple(one for one in about if one.is_undecided),
        asked=len(about),
        newest=max((one.modified for one in about if one.modified), default=None),
    )
