"""What every screen offers to be taken away, and that a file holds what its screen shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.testing.v1 import AppTest

from dataset.agencies import MAARS
from screens.opening import at_screen, said

File = Callable[[], bytes | str]
AT = {"quarter": "2023/24 Q4"}
OFFERED = {
    "progress": {"outcomes_2023-24_Q4"},
    "quarter": {"quarter_2023-24_Q4"},
    "journey": {"journey_child_2023-24_Q4"},
    "reviews": {
        f"reviews_{name}_year_2023-24_Q4"
        for name in ("themes", "learning", "points", "rapid", "practice", "sars", "years", "compared")
    },
    "published": {"published_figures"},
    "returns": {"returns", "ledger"},
}
PARTS = {
    "indicators": {"indicators"},
    "not measured": {"not_measured", "not_followed"},
    "returns": {"return_columns"},
    "plan": {"milestones", "actions"},
    "agencies": {"agencies"},
    "glossary": {"glossary"},
}
TABLES, PICTURES = (".csv", ".xlsx"), (".svg", ".png")


class Taken:
    """What makes each file, by the mark that its button carries."""

    def __init__(self) -> None:
        self.made: dict[str, tuple[str, File]] = {}

    def at(self, screen: str, **parameters: str) -> dict[str, File]:
        """The files that a screen offers, by their names."""
        return self.of(at_screen(screen, **parameters))

    def of(self, at: AppTest) -> dict[str, File]:
        offered = [button.proto.deferred_file_id for button in at.get("download_button")]  # type: ignore[attr-defined]
        return dict(self.made[mark] for mark in offered if mark)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Taken:
    found, keep = Taken(), MediaFileManager.add_deferred

    def noting(self: MediaFileManager, make: File, *about: object, file_name: str, **more: object) -> str:
        mark = keep(self, make, *about, file_name=file_name, **more)  # type: ignore[arg-type]
        found.made[mark] = file_name, make
        return mark

    monkeypatch.setattr(MediaFileManager, "add_deferred", noting)
    return found


def pairs(names: set[str], endings: tuple[str, ...] = TABLES) -> set[str]:
    return {f"{name}{ending}" for name in names for ending in endings}


def rows(made: bytes | str) -> list[dict[str, str]]:
    text = made.decode("utf-8-sig") if isinstance(made, bytes) else made.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("screen", OFFERED)
def test_every_screen_offers_its_tables(screen: str, demonstration: Path, taken: Taken) -> None:
    assert set(taken.at(screen, **AT)) == pairs(OFFERED[screen])


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_definitions_is_offered(part: str, demonstration: Path, taken: Taken) -> None:
    assert set(taken.at("definitions", part=part)) == pairs(PARTS[part])


def test_an_indicator_offers_its_tables_and_its_chart(demonstration: Path, taken: Taken) -> None:
    found = set(taken.at("indicator", indicator="enquiries_in_care_homes", by="abuse_types", **AT))
    own = "enquiries_in_care_homes"
    assert pairs({f"{own}_2023-24_Q4"}, TABLES + PICTURES) <= found
    assert pairs({f"{own}_by_abuse_types_2023-24_Q4", f"{own}_returns_2023-24_Q4"}) <= found
    assert not [name for name in found if "rows" in name], "rows leave the partnership in no file"


def test_published_figures_offer_their_chart(empty: Path, taken: Taken) -> None:
    offered = taken.at("published", measure="children_in_care")
    assert pairs({"published_children_in_care"}, PICTURES) <= set(offered)


@pytest.mark.parametrize("screen", ["progress", "quarter", "journey", "reviews", "returns"])
def test_every_row_of_a_demonstration_says_that_it_is_invented(screen: str, demonstration: Path, taken: Taken) -> None:
    offered = taken.at(screen, **AT)
    found = [row for name, make in offered.items() if name.endswith(".csv") for row in rows(make())]
    assert {row["source"] for row in found} == {"INVENTED DATA"}
    assert all(row["period"] and row["as_reported"] == "latest reports" for row in found)


@pytest.mark.parametrize("screen", ["progress", "quarter", "journey", "reviews", "returns"])
def test_no_row_of_a_real_store_is_called_invented(screen: str, half_filled: Path, taken: Taken) -> None:
    offered = taken.at(screen)
    found = [make() for name, make in offered.items() if name.endswith(".csv")]
    assert found and not [made for made in found if b"INVENTED" in made]  # type: ignore[operator]


def test_the_file_says_what_the_screen_says(demonstration: Path, taken: Taken) -> None:
    at = at_screen("progress", **AT)
    shown = said(at)
    found = rows(taken.of(at)["outcomes_2023-24_Q4.csv"]())
    judged = [row for row in found if row["denominator"]]
    assert judged and all(row["in_words"] in shown and row["title"] in shown for row in found)
    for row in judged:
        k, n = int(row["numerator"]), int(row["denominator"])
        assert f"{k / n:.1%}" in shown and f"{k:,} of {n:,}" in shown
        assert float(row["value"]) == pytest.approx(k / n, abs=1e-6)


def test_a_filter_of_the_screen_is_a_filter_of_the_file(demonstration: Path, taken: Taken) -> None:
    met = rows(taken.at("progress", status="met", **AT)["outcomes_2023-24_Q4.csv"]())
    assert {row["status"] for row in met} == {"Met"}
    offered = taken.at("quarter", show="all", about="adults", agency_owner="MAARS", **AT)
    found = rows(offered["quarter_2023-24_Q4.csv"]())
    assert found and all(MAARS.name in row["owners"] for row in found)


def test_what_senders_wrote_is_text_in_the_ledger(half_filled: Path, taken: Taken) -> None:
    found = rows(taken.at("returns")["ledger.csv"]())
    assert [row["entry"] for row in found] == [str(number) for number in range(len(found), 0, -1)]
    assert "<img src=x onerror=1>" in {row["sent_by"] for row in found}


def test_an_earlier_day_is_named_in_the_file(demonstration: Path, taken: Taken) -> None:
    offered = taken.at("journey", as_at="2024-06-30", as_at_meeting="day", **AT)
    made = rows(offered["journey_child_2023-24_Q4.csv"]())
    assert {row["as_reported"] for row in made} == {"as reported by 30/06/2024"}


def test_the_drawing_and_the_picture_are_of_the_chart_shown(demonstration: Path, taken: Taken) -> None:
    offered = taken.at("indicator", indicator="concerns_not_progressed", quarter="2026/27 Q2")
    drawing, picture = (offered[f"concerns_not_progressed_2026-27_Q2{ending}"]() for ending in PICTURES)
    assert isinstance(drawing, str) and "invented returns of a demonstration" in drawing and "<desc" in drawing
    assert isinstance(picture, bytes) and picture.startswith(b"\x89PNG")
    for text in (b"iTXtTitle", b"iTXtDescription", b"invented returns of a demonstration"):
        assert text in picture


def test_nothing_is_offered_before_anything_was_sent(empty: Path, taken: Taken) -> None:
    assert not taken.at("reviews") and not taken.at("returns")
