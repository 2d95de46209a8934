"""How hard a sentence is to read: the Flesch-Kincaid grade, and where our own sentences stand.

Counted here because the packages that count it bring whole language toolkits with them, for one line of arithmetic.
Source of the formula: Kincaid, Fishburne, Rogers and Chissom, Derivation of new readability formulas for Navy enlisted
personnel (1975). Syllables are counted by vowel groups, which errs by a few in a hundred; the limits leave room for it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

WORD = re.compile(r"[A-Za-z]+(?:[’'][a-z]+)?|\d[\d.,/%]*")
_VOWELS = re.compile(r"[aeiouy]+")
# Where one sentence ends and the next begins: a semicolon and a colon end none.
_ENDS = re.compile(r"(?<=[.!?])[”)]?\s+(?=[A-Z“\d])|\n+|\s·\s")
_BLOCKS = {"p", "li", "h1", "h2", "h3", "td", "th", "caption", "summary", "dt", "dd", "section", "div", "span", "ul"}
LEAST_WORDS = 5  # fewer make a heading or a label, of which a grade says nothing


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e or ed at the end; at least one. A number is read at a glance."""
    if word[0].isdigit():
        return 1
    plain = word.casefold().replace("’", "").replace("'", "")
    groups = len(_VOWELS.findall(plain))
    if re.search(r"[^aeiouyl]e$|[^aeiouydt]ed$|[^aeiouysxzcg]es$", plain):
        groups -= 1
    return max(groups, 1)


def grade(sentence: str) -> float:
    """The school grade (United States; age less five) at which one sentence is read with ease."""
    words = WORD.findall(sentence)
    return 0.39 * len(words) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def sentences(text: str) -> list[str]:
    """The sentences of a text that are long enough to be graded."""
    parts = (part.strip() for part in _ENDS.split(text))
    return [part for part in parts if len(WORD.findall(part)) >= LEAST_WORDS]


def written(path: Path) -> Iterator[str]:
    """The sentences in a module's texts, docstrings apart; what is put in later reads as one short word."""
    tree = ast.parse(path.read_text("utf-8"))
    passed_over = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed_over |= {id(part) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in passed_over:
            text = _text(node)
            if text.rstrip().endswith((".", ".”")) and "<" not in text:
                yield from sentences(text)


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "3" for part in node.values)


class Blocks(HTMLParser):
    """The texts of a piece of HTML, block by block: a cell is never read on into the next."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = [""]
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._style = tag == "style"
        if tag in _BLOCKS:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._style = False
        if tag in _BLOCKS:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.texts[-1] += data


def blocks(html: str) -> list[str]:
    reader = Blocks()
    reader.feed(html)
    return [" ".join(text.split()) for text in reader.texts if text.strip()]


def without_names(text: str, names: tuple[str, ...]) -> str:
    """A text whose names, quoted words and brackets are passed over: names are not ours to choose."""
    text = re.sub(r"“[^”]*”", "this", re.sub(r"\s*\([^()]*\)", "", text))
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "it")
    return text
