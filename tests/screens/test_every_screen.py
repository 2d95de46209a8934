"""What holds on every screen: the label of invented data, sentences instead of faults, junk ignored."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.parts.held import held_store
from screens.opening import ENGINE_WORDS, SCREENS, at_screen, said, title

INVENTED = "Invented data."
JUNK = {
    "quarter": ("zzz", "2023/24 Q9", "", "2023/24 Q1; DROP", "2099/00 Q1"),
    "indicator": ("<script>", "MSP_ASKED", "../../etc/passwd"),
    "as_at": ("99", "0001-01-01", "9999-12-31", "2024-13-01", "x"),
    "status": ("x", "<b>"),
    "by": ("x", "submission"),
    "part": ("x", "**part**"),
    "period": ("x", "2022/23", "<b>"),
    "agency": ("x", "GMP"),
    "return": ("x", "survey_results"),
}
READ = {
    "progress": ("quarter", "as_at", "status"),
    "reviews": ("quarter", "as_at", "period"),
    "indicator": ("quarter", "as_at", "indicator", "by"),
    "upload": ("agency", "return", "quarter"),
    "returns": ("as_at",),
    "definitions": ("part",),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_invented_data_are_labelled(screen: str, demonstration: Path) -> None:
    assert INVENTED in said(at_screen(screen))


@pytest.mark.parametrize("screen", SCREENS)
def test_real_data_are_not_labelled_as_invented(screen: str, half_filled: Path) -> None:
    shown = said(at_screen(screen))
    assert INVENTED not in shown and "invented returns" not in shown


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_can_be_opened_before_anything_was_sent(screen: str, empty: Path) -> None:
    shown = said(at_screen(screen))
    assert shown and INVENTED not in shown


@pytest.mark.parametrize("screen", SCREENS)
def test_a_store_that_cannot_be_opened_says_why_and_what_to_do(screen: str, broken: Path) -> None:
    at = at_screen(screen)
    assert title(at) == "The store cannot be opened"
    assert "is damaged or not a store. Nothing was changed." in said(at)
    assert "python -m dataset rebuild --store" in said(at)
    words = said(at).replace(str(broken), "").replace(broken.name, "").casefold()
    assert not [word for word in ENGINE_WORDS if word in words]


@pytest.mark.parametrize("screen", SCREENS)
def test_a_store_that_proves_damaged_under_way_says_so_too(screen: str, own_demonstration: Path) -> None:
    held_store()
    with open(own_demonstration, "r+b") as file:
        file.seek(3 * 4096)  # the heads stay, every block is lost
        file.write(b"\xff" * (own_demonstration.stat().st_size - 3 * 4096))
    at = at_screen(screen)
    assert title(at) == "The store cannot be read"
    assert "is damaged or not a store. Nothing was changed." in said(at)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_setting_that_cannot_be_read_says_which(
    screen: str, half_filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFEGUARDING_GROWTH", "**exponential**")
    at = at_screen(screen)
    assert title(at) == "A setting cannot be read"
    assert "additive or compound" in said(at)


@pytest.mark.parametrize("screen", READ)
def test_junk_in_the_address_is_ignored(screen: str, demonstration: Path) -> None:
    plain = title(at_screen(screen))
    junk = [(name, value) for name in READ[screen] for value in JUNK[name]]
    assert junk and [one for one in junk if title(at_screen(screen, **dict([one]))) != plain] == []


@pytest.mark.parametrize("screen", SCREENS)
def test_junk_in_every_parameter_at_once_is_ignored(screen: str, demonstration: Path) -> None:
    at = at_screen(screen, **{name: values[0] for name, values in JUNK.items()})
    assert title(at) == title(at_screen(screen))
    assert "<script>" not in said(at)
