"""Registers with something in them, and how a person finds their way on their screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dataset.register import Item, Register
from dataset.registering import items, save
from dataset.store import Store
from pages.parts.held import held_store
from safeguarding_metrics.registers import REGISTERS
from screens.conftest import BOLD, MARKUP, Q1
from screens.opening import at_screen, fine

CHALLENGES, RISKS, AUDITS, CASES, DELIVERY, EVIDENCE, DECISIONS = REGISTERS
SOLID = [register for register in REGISTERS if register.prefix]
ROLE = "Your role (no name is needed)"
EVERY = pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)


def fill(path: Path) -> None:
    """Two items of every register in the spring of 2025, whose writers wrote markup; the first was changed."""
    now = [datetime(2025, 4, 1, 9, 30, tzinfo=UTC)]
    store = Store.open(path, clock=lambda: now[0])
    for register in REGISTERS:
        own = {"reference": ""} if register.prefix else {}
        for row in (register.example(Q1, 1), second(register)):
            assert save(store, register, row | own, written_by=MARKUP).entry
        now[0] += timedelta(days=1)
        (first, *_) = items(store, register)
        changed = first.row | {"quarter" if "quarter" not in register.table.key else "evidence": "2024/25 Q4"}
        assert save(store, register, changed, written_by=MARKUP, reason=BOLD, knowing=first.now.id).entry
    store.close()


def second(register: Register) -> dict[str, str]:
    """Another row: markup in its headline, another key where that is chosen by hand, the first figure of the list."""
    row = register.example(Q1, 2)
    if register is DELIVERY:
        return row | {"action": "1.b", "note": MARKUP}
    if register is EVIDENCE:
        return row | {"outcome": "1.2", "evidence": MARKUP}
    return row | {register.headline: MARKUP} | ({"indicator": "msp_asked"} if "indicator" in row else {})


def at(register: Register, **more: str) -> AppTest:
    return at_screen("registers", register=register.name, **more)


def held(register: Register) -> tuple[Item, ...]:
    return items(held_store(), register)


def press(screen: AppTest, label: str) -> AppTest:
    (button,) = [one for one in screen.button if one.label == label]
    return fine(button.click().run())


def field(screen: AppTest, label: str, which: int = 0):  # type: ignore[no-untyped-def]
    every = [*screen.text_input, *screen.text_area, *screen.selectbox, *screen.date_input, *screen.number_input]
    return [one for one in (*every, *screen.multiselect) if one.label == label][which]


def roles(screen: AppTest, words: str = "Coordinator") -> None:
    for one in screen.text_input:
        if one.label == ROLE:
            one.set_value(words)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if tag == "a" and name == "href"]


def links(screen: AppTest) -> list[str]:
    reader = _Links()
    for part in screen.get("html"):
        reader.feed(part.value)  # type: ignore[attr-defined]
    return reader.found


def asked(link: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
