"""A chart to take away: as a drawing (SVG), and as dots (PNG) with its title and alternative text inside the file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from struct import pack, unpack
from zlib import crc32

from safeguarding_metrics.packs.pictures import as_png

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LANGUAGE = b"en-GB"


@dataclass(frozen=True)
class Picture:
    """A drawing that prints its title, period and source; `alt` says what it shows, `name` begins its file's name."""

    name: str
    title: str
    period: str
    source: str
    alt: str
    svg: str

    @cached_property
    def png(self) -> bytes:
        """The drawing as dots, with a Title, a Description and a Comment that names period and source.

        Raises ValueError where it cannot be drawn.
        """
        said = {
            "Title": self.title,
            "Description": self.alt,
            "Comment": f"{self.period}. Source: {self.source}.",
        }
        return with_texts(as_png(self.svg), said)


def with_texts(png: bytes, texts: dict[str, str]) -> bytes:
    """A PNG with each text in a chunk of its own behind the first chunk, as the format's iTXt has it: in UTF-8.

    Keywords are plain ASCII. Raises ValueError where the bytes are no PNG.
    """
    if not png.startswith(_SIGNATURE) or png[12:16] != b"IHDR":
        raise ValueError("These bytes are not a picture in PNG.")
    (length,) = unpack(">I", png[8:12])
    head = len(_SIGNATURE) + 12 + length  # a chunk has its length, its kind and a checksum about what it holds
    return png[:head] + b"".join(_text_chunk(keyword, text) for keyword, text in texts.items()) + png[head:]


def _text_chunk(keyword: str, text: str) -> bytes:
    not_packed, not_translated = b"\0\0", b"\0"
    held = keyword.encode("ascii") + b"\0" + not_packed + _LANGUAGE + b"\0" + not_translated + text.encode()
    return pack(">I", len(held)) + b"iTXt" + held + pack(">I", crc32(b"iTXt" + held))
