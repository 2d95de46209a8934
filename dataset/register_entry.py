"""An entry of a register: everything one item says, as one version of it. Versions are added, never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dataset.version import Version


@dataclass(frozen=True)
class RegisterEntry(Version):
    """One version of one item. `written_by` is a role, `written_at` UTC, `replaces` the version before it.

    `item` is its reference, `cells` every cell as text, in JSON; `reason` says why it was changed. `removed`
    says that it was entered by mistake; the versions before it stay.
    """

    table: ClassVar[str] = "register_entry"
    folder: ClassVar[str] = "registers"

    id: int
    area: str
    register_name: str
    item: str
    cells: str
    reason: str
    written_by: str
    written_at: datetime
    removed: bool = False
    replaces: int | None = None

    @property
    def about(self) -> tuple[str, str, str]:
        """Area code, register, reference."""
        return self.area, self.register_name, self.item

    @property
    def row(self) -> dict[str, str]:
        """Column → cell as text."""
        found: dict[str, str] = json.loads(self.cells)
        return found


def as_cells(row: Mapping[str, str]) -> str:
    """Cells as they are kept: in the order of the register's columns."""
    return json.dumps(dict(row), ensure_ascii=False)
