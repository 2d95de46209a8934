"""Reviews: the title answers, every case stands by its reference, and nobody is named."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dataset.code_lists import REVIEW_THEME
from screens.opening import at_screen, fine, said, title

TRAUMA = REVIEW_THEME.values[0]
ANSWERS = {
    (
        "2022/23 Q4",
        "year",
    ): f"Reviews keep finding “{TRAUMA}” (7 of 10 in 2022/23); every one of 9 learning points is done",
    ("2023/24 Q4", "before"): f"Reviews keep finding “{TRAUMA}” (7 of 10 in 2022/23); "
    "every one of 9 learning points is done",
    ("2025/26 Q4", "year"): f"Reviews keep finding “{TRAUMA}” (4 of 8 in 2025/26); "
    "of 15 learning points, 10 are done and 4 are overdue",
    ("2026/27 Q2", "rolling"): f"Reviews keep finding “{TRAUMA}” (3 of 5 in the four quarters to 2026/27 Q2); "
    "of 15 learning points, 9 are done and 4 are overdue",
    ("2021/22 Q4", "before"): "No return of rapid reviews is in for 2020/21; what is done about it has not been sent",
}


class _Tables(HTMLParser):
    """Every table's caption with its head cells and its rows."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: dict[str, list[str]] = {}
        self.rows: dict[str, list[list[str]]] = {}
        self._caption, self._in, self._head = "", "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._head = {"thead": True, "tbody": False}.get(tag, self._head)
        if tag == "tr" and not self._head:
            self.rows[self._caption].append([])
        if tag in ("th", "td") and not self._head:
            self.rows[self._caption][-1].append("")
        if tag in ("th", "td", "caption"):
            self._in = tag

    def handle_endtag(self, tag: str) -> None:
        self._in = "" if tag == self._in else self._in

    def handle_data(self, data: str) -> None:
        if self._in == "caption":
            self._caption, self.heads[data], self.rows[data] = data, [], []
        elif self._in and self._head:
            self.heads[self._caption].append(data)
        elif self._in:
            self.rows[self._caption][-1][-1] += f" {data}" if self.rows[self._caption][-1][-1] else data


def tables(at: AppTest) -> _Tables:
    found = _Tables()
    for part in at.get("html"):
        found.feed(part.value)  # type: ignore[attr-defined]
    return found


def rows(at: AppTest, caption: str) -> list[list[str]]:
    return next(rows for name, rows in tables(at).rows.items() if name.startswith(caption))


@pytest.mark.parametrize(("quarter", "period"), ANSWERS)
def test_the_title_says_what_reviews_find_and_whether_it_is_acted_on(
    quarter: str, period: str, demonstration: Path
) -> None:
    at = at_screen("reviews", quarter=quarter, period=period)
    assert title(at) == ANSWERS[quarter, period]
    assert (at.query_params["quarter"], at.query_params["period"]) == (quarter, period)


def test_another_period_is_chosen_and_the_address_follows(demonstration: Path) -> None:
    at = at_screen("reviews", quarter="2023/24 Q4")
    fine(at.selectbox(key="pick_period").set_value("before").run())
    assert at.query_params["period"] == "before"
    assert "(7 of 10 in 2022/23)" in title(at)


def test_themes_are_one_table_of_years_by_themes_with_a_caution(demonstration: Path) -> None:
    at = at_screen("reviews", quarter="2022/23 Q4")
    assert rows(at, "Rapid reviews: themes") == [
        ["2022/23", "7 of 10", "6 of 10", "5 of 10", "3 of 10", "2 of 10", "1 of 10"],
        ["2021/22", "6 of 8", "5 of 8", "4 of 8", "2 of 8", "1 of 8", "1 of 8"],
    ]
    assert "Few cases: a count can change a lot by chance alone" in said(at)


def test_every_rapid_review_is_a_row_with_both_clocks(demonstration: Path) -> None:
    found = rows(at_screen("reviews", quarter="2022/23 Q4"), "Rapid reviews completed")
    assert len(found) == 10 and len({row[0] for row in found}) == 10
    for reference, notified, completed, *_ in found:
        assert re.match(r"RR-2223-\d\d aware \d\d/\d\d/\d{4}", reference)
        assert re.search(r"\d+ of 5 working days", notified) and re.search(r"\d+ of 15 working days", completed)
    assert sum("Late by" in row[1] for row in found) == 1
    assert sum("Late by" in row[2] for row in found) == 2


def test_open_reviews_and_overdue_points_say_by_how_much(demonstration: Path) -> None:
    at = at_screen("reviews", quarter="2025/26 Q4")
    assert rows(at, "Open on 31/03/2026")[0][2:] == ["337 days, about 11 months", "28/10/2025, 154 days past"]
    assert "204 days : Working with men, Greater Manchester Probation Service" in said(at)
    assert [sum(int(row[n]) for row in rows(at, "By review")) for n in (1, 2, 3)] == [15, 10, 5]
    assert [sum(int(row[n]) for row in rows(at, "By lead agency")) for n in (1, 2, 3)] == [15, 10, 5]


def test_a_count_of_a_year_has_its_interval_and_there_is_no_chart(demonstration: Path) -> None:
    at = at_screen("reviews", quarter="2022/23 Q4")
    assert rows(at, "Count of each year")[0] == ["2022/23", "10 (4.8 to 18.4)", "2 (0.2 to 7.2)"]
    assert not at.get("plotly_chart")
    assert "21 days from the latest rapid review to 31/03/2023." in said(at)


def test_what_documents_dispute_is_shown_and_neither_chosen(demonstration: Path) -> None:
    shown = said(at_screen("reviews"))
    assert "(003:273)" in shown and "(003:170)" in shown and "Neither is chosen here." in shown


@pytest.mark.parametrize("quarter", ["2021/22 Q1", "2022/23 Q4", "2024/25 Q3", "2026/27 Q2"])
def test_no_column_could_hold_a_name(quarter: str, demonstration: Path) -> None:
    found = tables(at_screen("reviews", quarter=quarter, period="rolling"))
    heads = " ".join(head for heads in found.heads.values() for head in heads).casefold().split()
    assert not {"name", "child", "adult", "born", "age", "sex", "address", "story", "summary"} & {*heads}
    references = [row[0] for name, cases in found.rows.items() if "the latest first" in name for row in cases]
    assert references and all(re.match(r"(RR|SAR)-\d{4}-\d\d", reference) for reference in references)


def test_an_earlier_day_shows_what_had_been_reported_by_then(demonstration: Path) -> None:
    at = at_screen("reviews", quarter="2022/23 Q4", as_at="2023-01-31")
    assert at.query_params["quarter"] != "2022/23 Q4"
    assert "Child safeguarding practice review CSPR-2021-01" in said(at)


def test_an_empty_store_says_what_to_do_first(empty: Path) -> None:
    at = at_screen("reviews")
    assert title(at) == "No return about reviews has been sent yet"
    assert "Send the first return" in said(at) and "(003:273)" in said(at)


def test_a_return_that_is_not_in_is_named(half_filled: Path) -> None:
    at = at_screen("reviews", quarter="2025/26 Q1")
    assert "Safeguarding Partnership business unit: Learning points of reviews, 2025/26 Q1" in said(at)
    assert "what is done about it has not been sent" in title(at)


def test_the_clock_of_the_setting_is_named(half_filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFEGUARDING_REVIEW_CLOCK", "notified")
    assert "the 15 days on the day of notification" in said(at_screen("reviews", quarter="2025/26 Q1"))
