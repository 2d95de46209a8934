"""Data protection: generated from the definitions; and personal data in a file are on no screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from test_personal_data import BARE, SAID

from dataset.purging import erase, finish, to_erase
from dataset.retention import SETTING, period_words
from dataset.store import Store
from dataset.tables import RETURNS
from pages.parts.held import let_go
from safeguarding_metrics.protecting import ERASURE, NEVER_HELD, OF_USERS, senders_words
from screens.conftest import holding
from screens.opening import at_screen, said, tags, title
from screens.test_upload import GOOD, adding, choosing


def everything_drawn(at: AppTest) -> str:
    """Every element with all it holds; what the window itself holds, such as the file that was added, apart."""
    found: list[object] = [*at.main.children.values()]
    words = [said(at)]
    while found:
        one = found.pop()
        inner = getattr(one, "children", None)
        found += inner.values() if inner else []
        words += [] if inner else [repr(one)]
    return "\n".join(words)


@pytest.mark.parametrize("one", RETURNS, ids=lambda one: one.about.name)
def test_each_return_has_its_columns_purpose_basis_period_and_senders(one, empty: Path) -> None:  # type: ignore[no-untyped-def]
    shown = said(at_screen("data_protection"))
    footing = one.about.footing
    wanted = [
        one.about.title,
        one.about.why,
        one.about.source,
        footing.lawful_basis,
        footing.agreement,
        footing.seen_by,
    ]
    wanted += [period_words(footing), senders_words(one)]
    wanted += [words for name, column in one.stored().items() for words in (name, column.meaning)]
    assert [words for words in wanted if " ".join(words.split()) not in shown] == []


def test_it_says_what_is_never_held_and_how_to_ask_for_erasure(empty: Path) -> None:
    at = at_screen("data_protection")
    assert [words for words in (*NEVER_HELD, *ERASURE) if words not in said(at)] == []
    assert title(at).startswith(f"13 of {len(RETURNS)} returns")
    assert "002:694" in said(at) and "None." in said(at)


def test_it_says_what_is_held_of_those_who_work_with_it_and_for_how_long(empty: Path) -> None:
    shown = said(at_screen("data_protection"))
    assert [words for row in OF_USERS for words in row if words not in shown] == []
    assert "It ends after 15 minutes without use, or 8 hours." in shown
    assert "Backups hold accounts and the audit trail as well." in shown


def test_the_setting_of_years_is_what_the_screen_says(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "3")
    shown = said(at_screen("data_protection"))
    assert "3 years after the end of the quarter" in shown and "6 years" not in shown


def test_a_setting_that_is_no_number_is_answered_in_words(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "six")
    at = at_screen("data_protection")
    assert "whole number of years" in at.error[0].value


def test_what_was_erased_is_listed_as_text(half_filled: Path) -> None:
    let_go(half_filled)
    store = Store.open(half_filled)
    number = next(entry.id for entry in store.entries() if entry.slot.dataset == "rapid_reviews")
    erase(store, to_erase(store, number), {}, reason="<b>Asked</b> for", written_by="QAP")
    finish(store)
    with holding(half_filled):
        at = at_screen("data_protection")
        assert f"Entry {number}: rapid_reviews" in said(at) and "<b>Asked</b> for" in said(at)
        assert "b" not in tags(at)


@pytest.mark.parametrize("kind", SAID)
def test_personal_data_in_a_file_are_named_and_shown_on_no_screen(kind: str, half_filled: Path) -> None:
    at = adding(choosing(), GOOD.replace(b"Own Home", SAID[kind].encode(), 1))
    assert kind in said(at) and "Nothing was stored" in said(at)
    assert SAID[kind] not in everything_drawn(at)
    assert "Correct it here" not in said(at)


@pytest.mark.parametrize("kind", BARE)
def test_references_that_are_personal_data_are_shown_on_no_screen(kind: str, half_filled: Path) -> None:
    raw = GOOD
    for number, text in enumerate(BARE[kind][:4], start=1):
        raw = raw.replace(f"E-25Q1-{number:04}".encode(), text.encode())
    at = adding(choosing(), raw)
    assert kind in said(at)
    assert not [text for text in BARE[kind] if text in everything_drawn(at)]
