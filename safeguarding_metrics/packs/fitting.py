"""How much room text takes: office files are laid out by the reader's program, so room is estimated, a little high."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

LEADING = 1.2  # height of a line over the size of its letters
_NARROW, _SLIM = frozenset(" !,./:;'ijlIft|[]’‘"), frozenset('()-r*"{}^`“”°')
_BROAD, _WIDE = frozenset("mwMW%@—…"), frozenset("ABCDEFGHKLNOPQRSTUVXYZ&~+<>=")


@cache
def _letter(letter: str) -> float:
    """Width over size, of letters like Arial's."""
    if letter in _NARROW:
        return 0.29
    if letter in _SLIM:
        return 0.38
    if letter in _BROAD:
        return 0.93
    if letter in _WIDE:
        return 0.7
    return 0.56 if ord(letter) < 0x250 else 1.0


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Points that text takes on one line."""
    return sum(map(_letter, text)) * size * (1.08 if bold else 1.02)


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Text broken into lines no wider than `width` points: between words, and inside a word longer than a line."""
    found = []
    for part in text.split("\n"):
        line, taken = "", 0.0
        for word in part.replace("\t", " ").split(" "):
            needs = width_of(word, size, bold=bold)
            if line and taken + width_of(" ", size) + needs > width:
                found.append(line)
                line, taken = "", 0.0
            if needs > width:
                *full, word = _pieces(word, width, size, bold=bold)
                found += full
                needs = width_of(word, size, bold=bold)
            line, taken = (f"{line} {word}", taken + width_of(" ", size) + needs) if line else (word, needs)
        found.append(line)
    return found


def _pieces(word: str, width: float, size: float, *, bold: bool) -> list[str]:
    pieces, taken = [""], 0.0
    for letter in word:
        needs = width_of(letter, size, bold=bold)
        if pieces[-1] and taken + needs > width:
            pieces.append("")
            taken = 0.0
        pieces[-1] += letter
        taken += needs
    return pieces


def height_of(text: str, width: float, size: float, *, bold: bool = False) -> float:
    """Points that text takes from top to bottom."""
    return len(lines_of(text, width, size, bold=bold)) * size * LEADING


def fitted(text: str, width: float, height: float, sizes: Sequence[float], *, bold: bool = False) -> tuple[str, float]:
    """The text and the largest of `sizes` that fits; where none does, as much of it as the smallest holds, and "…"."""
    for size in sizes:
        if height_of(text, width, size, bold=bold) <= height:
            return text, size
    room = max(1, int(height / (sizes[-1] * LEADING)))
    kept = lines_of(text, width, sizes[-1], bold=bold)[:room]
    return " ".join([*kept[:-1], kept[-1][:-2].rstrip()]) + "…", sizes[-1]
