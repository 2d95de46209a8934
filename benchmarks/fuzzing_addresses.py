"""Addresses nobody was given: every screen opened afresh with parameters made up, half right, or damaged."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

PAGES = Path(__file__).parents[1] / "pages"
# Every parameter a screen reads, with values that are right on one screen or another.
KNOWN: dict[str, tuple[str, ...]] = {
    "quarter": ("2025/26 Q4", "2023/24 Q1", "1999/00 Q1"),
    "as_at": ("2025-05-01", "2000-01-01", "9999-12-31", "0001-01-01"),
    "as_at_meeting": ("latest", "day", "ME-0001", "ME-9999"),
    "indicator": ("msp_asked", "MSP_ASKED"),
    "by": ("none", "age_band", "submission"),
    "agency": ("MAARS", "GMP", "SMBC-ASC"),
    "return": ("maars_referrals", "survey_results"),
    "register": ("challenges", "risks", "decisions"),
    "item": ("CH-0001", "RI-0001", "ME-0001"),
    "new": ("yes", "msp_asked"),
    "search": ("section 42", "%"),
    "as_role": ("viewer", "sender", "administrator"),
    **dict.fromkeys(
        ("status", "state", "owner", "linked", "overdue", "show", "about"), ("all", "any", "open", "yes", "x")
    ),
    **dict.fromkeys(
        ("part", "period", "measure", "only", "document", "topic", "area"), ("all", "any", "year", "indicators")
    ),
    **dict.fromkeys(("meeting", "agency_owner", "whose", "as_agency", "embed"), ("ME-0001", "any", "child", "x")),
}
JUNK = (
    *(
        "",
        " ",
        "\x00",
        "\n",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "![x](y)",
        "'; DROP TABLE submission; --",
        "%00",
    ),
    *(
        "\U0001f600" * 50,
        "\u202e",
        "[]",
        "{}",
        "None",
        "nan",
        "-1",
        "1e309",
        "9" * 400,
        "x" * 20_000,
        "2023/24 Q9",
    ),
    *(
        "2024-02-30",
        "2024-13-01",
        "+010000-01-01",
        "2024-W01-1",
        "20240501",
        "٢٠٢٤-٠٥-٠١",
        "2023/24 Q１",
        "$x",
        ":red[x]",
    ),
)


class Screens:
    """The screens over one store, opened without a browser."""

    def __init__(self, store: Path) -> None:
        os.environ["SAFEGUARDING_STORE"] = str(store)
        self.names = sorted(path.name for path in PAGES.glob("*.py") if path.stem not in ("__init__", "frame"))

    def address(self, chance: random.Random) -> tuple[str, dict[str, str]]:
        """A screen and one to eight parameters."""
        names = [chance.choice(sorted(KNOWN)) for _ in range(chance.randint(1, 8))]
        return chance.choice(self.names), {name: _value(name, chance) for name in names}

    def open(self, screen: str, parameters: dict[str, str]) -> str:
        """Open it as a link does; "drawn". Raises AssertionError where an error is shown."""
        at: Any = AppTest.from_file(PAGES / "frame.py", default_timeout=120)
        at.query_params.update(parameters)
        at.run().switch_page(screen).run()
        if at.exception:
            raise AssertionError(str([said.message for said in at.exception]))
        return "drawn"


def _value(name: str, chance: random.Random) -> str:
    lot, right = chance.random(), chance.choice(KNOWN[name])
    if lot < 0.35:
        return right
    if lot < 0.7:
        return chance.choice(JUNK)
    cut = chance.randrange(len(right) + 1)
    return right[:cut] + chance.choice((*JUNK[:15], chr(chance.randrange(1, 0xD7FF)))) + right[cut:]
