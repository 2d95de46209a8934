"""Opening a screen without a browser, and reading what it says."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from streamlit.testing.v1 import AppTest

FRAME = Path(__file__).parents[2] / "pages" / "frame.py"
SCREENS = (
    "progress",
    "quarter",
    "journey",
    "reviews",
    "indicator",
    "published",
    "registers",
    "meetings",
    "upload",
    "returns",
    "definitions",
)
ENGINE_WORDS = ("duckdb", "pydantic", "exception", "traceback", "io error", "sql", "varchar", "catalog")


def at_screen(name: str, **parameters: str) -> AppTest:
    """The screen through the frame, as a link to it opens it."""
    at = AppTest.from_file(FRAME, default_timeout=60)
    at.user = signed_in()
    at.query_params.update(parameters)
    return fine(at.switch_page(f"{name}.py").run())


def signed_in(role: str = "administrator", agency: str = "") -> dict[str, str]:
    """What the gate says of somebody who is signed in."""
    return {
        "safeguarding_account": f"{role}@example",
        "safeguarding_role": role,
        "safeguarding_agency": agency,
    }


def fine(at: AppTest) -> AppTest:
    assert not at.exception, [said.message for said in at.exception]
    return at


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")], "no element acts by itself"

    def handle_data(self, data: str) -> None:
        if data.strip() and self.tags[-1:] != ["style"]:
            self.words.append(data.strip())


def _read(at: AppTest) -> _Reader:
    reader = _Reader()
    for part in at.get("html"):
        reader.feed(part.value)  # type: ignore[attr-defined]
    return reader


def tags(at: AppTest) -> set[str]:
    """Every kind of element in the HTML that was drawn."""
    return set(_read(at).tags)


def obeyed(at: AppTest) -> str:
    """Every text that is shown where Markdown is obeyed."""
    parts = [*at.title, *at.header, *at.subheader, *at.markdown, *at.caption, *at.error, *at.warning, *at.info]
    return "\n".join(part.value for part in (*parts, *at.success))


def said(at: AppTest) -> str:
    """Everything a person reads on the screen, in one line."""
    return " ".join((obeyed(at) + " " + " ".join(_read(at).words)).split())


def title(at: AppTest) -> str:
    (only,) = at.title
    return only.value
