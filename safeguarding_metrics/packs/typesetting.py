"""Typst as this project uses it: fonts of its own only, nothing fetched, the same bytes on every machine."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import typst

# DejaVu Sans has every glyph that statuses use; its condensed face, kept beside this file, is about as wide as Arial.
FONT = "DejaVu Sans"
# Drawings are laid out for Arial, whose letters are a little narrower at the same size.
LARGER = 0.96
TEMPLATES = Path(__file__).parent

_TEXT = re.compile(r"<(?:text|tspan)\b[^<>]*>")
_SIZE = re.compile(r'(?<=\sfont-size=")[0-9.]+(?=")')
_UNSHOWABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_UNSEEN = {"Cc", "Cf", "Cs", "Mn"}


def compiler(source: bytes, **inputs: str) -> typst.Compiler:
    """A template with its data (`sys.inputs`); it may read no file but those beside it, which hold no data."""
    return typst.Compiler(
        source, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={"font": FONT, **inputs}
    )


def one_file(made: bytes | list[bytes] | None) -> bytes:
    """What typst made, where that is a single file."""
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    """The fonts kept here and those that come with typst, whatever the machine has."""
    return typst.Fonts(include_system_fonts=False, font_paths=[TEMPLATES / "fonts"])


def for_our_font(svg: str) -> str:
    """The drawing with its text scaled to the room it leaves for Arial; typst itself shows it in `FONT`."""
    return _TEXT.sub(lambda tag: _SIZE.sub(lambda size: f"{float(size[0]) * LARGER:.4g}", tag[0]), svg)


def shown(data: str, compiled: Callable[[str], bytes]) -> bytes:
    """What `compiled` makes of `data`, with characters no font of typst has named in words: "[grinning face]".

    Typst itself says which they are; it then refuses PDF/UA. Raises typst.TypstError for anything else it refuses.
    """
    while True:
        try:
            return compiled(data)
        except typst.TypstError as error:
            named = in_words(data, unshowable(error.diagnostic))
            if named == data:
                raise
            data = named


def unshowable(diagnostic: str) -> set[str]:
    """The pieces of text that a diagnostic of typst says no font can show."""
    found = _UNSHOWABLE.findall(diagnostic)
    return {_ESCAPED.sub(lambda code: chr(int(code[1], 16)), one) for one in found}


def in_words(data: str, pieces: set[str]) -> str:
    """`data` with each piece replaced by the names of its characters; ASCII stays, what cannot be seen goes."""
    for piece in sorted(pieces, key=len, reverse=True):
        data = data.replace(piece, "".join(_named(character) for character in piece))
    return data


def _named(character: str) -> str:
    if character.isascii():
        return character
    if unicodedata.category(character) in _UNSEEN:
        return ""
    return f"[{unicodedata.name(character, f'character {ord(character):X}').lower()}]"
