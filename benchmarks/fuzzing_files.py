"""Files no sender means to send: those of tests/good_uploads and tests/bad_uploads, and workbooks, damaged by lot."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import xlsxwriter

UPLOADS = Path(__file__).parents[1] / "tests"
BOMB = 30 * 1024 * 1024
LONGEST = 200_000
# What readers trip over: quotes, ends, marks of encodings, other kinds of files, numbers and dates beyond any range.
WORDS: tuple[bytes, ...] = (
    *(
        b'"',
        b'""',
        b'"\n',
        b",",
        b";",
        b"\t",
        b"|",
        b"\r",
        b"\n",
        b"\r\n",
        b"\x00",
        b"\x1a",
        b"\x0c",
        b" ",
        b"sep=;\n",
        b"sep=",
    ),
    *(
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
    ),
    *(
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x1f\x8b",
        b"%PDF-",
        b"\xd0\xcf\x11\xe0",
        b"PAR1",
        b"=1+1",
        b"@SUM(A1)",
        b"#REF!",
    ),
    *(b"1e308", b"-1", b"99999999999999999999", b"nan", b"inf", b"0x10", b"31/02/2023", b"29/02/2024", b"00/00/0000"),
    *(
        b"9999-12-31",
        b"10000-01-01",
        b"NULL",
        b"[x]",
        b"*",
        b"'",
        b"\\",
        b"{}",
        b"%s",
        b"$1",
        b"\xcc\x81" * 40,
        b"x" * 70_000,
    ),
    *(text.encode() for text in ("\u202e", "\U0001f600", "\ufeff", "\ufffd", "\u0130", "ß", "\uff11", "\u00a0")),
)
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "utf-7", "cp037", "utf-8-sig")
NUMBERS = (b"0", b"-1", b"1048576", b"1048577", b"4294967295", b"4294967296", b"18446744073709551615", b"1e9", b"")
PLACES = (b"XFD1048576", b"A0", b"ZZZZ1", b"A4294967296", b"AAAAAAAAAAAAAAAA1", b"1A", b"", b"B1048576")


@cache
def texts() -> tuple[bytes, ...]:
    return tuple(
        path.read_bytes() for kind in ("good", "bad") for path in sorted((UPLOADS / f"{kind}_uploads").iterdir())
    )


@cache
def books() -> tuple[bytes, ...]:
    """Workbooks with the rows of the plain file: texts and days, formulas, formats, two sheets, none."""
    rows = [line.split(",") for line in (UPLOADS / "good_uploads" / "plain.csv").read_text("utf-8").splitlines()]
    return tuple(_book(rows, kind) for kind in ("plain", "inline", "mixed"))


def _book(rows: list[list[str]], kind: str) -> bytes:
    place = io.BytesIO()
    book = xlsxwriter.Workbook(place, {"in_memory": True, "constant_memory": kind == "inline"})
    sheet = book.add_worksheet("maars_referrals")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if kind == "mixed":
        sheet.write_formula(len(rows), 0, "=1/0")
        sheet.write_number(len(rows), 1, 45000.5, book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_boolean(len(rows), 2, True)
        sheet.merge_range(len(rows) + 1, 0, len(rows) + 2, 3, "over four")
        book.add_worksheet("second")
    book.close()
    return place.getvalue()


def text_file(chance: random.Random) -> bytes:
    """A text file damaged one to four times."""
    raw = chance.choice(texts()) if chance.random() < 0.95 else chance.randbytes(chance.randrange(400))
    for _ in range(chance.randint(1, 4)):
        raw = chance.choice(DAMAGES)(raw, chance)
    return raw[:LONGEST]


def workbook(chance: random.Random) -> bytes:
    """A workbook damaged as a file, or in one of its parts and packed again; now and then one that unpacks to a lot."""
    raw = chance.choice(books())
    lot = chance.random()
    if lot < 0.35:
        return chance.choice(DAMAGES)(raw, chance)[:LONGEST]
    if lot > 0.999:
        return _packed_again(raw, chance, lambda part: part + b" " * BOMB)
    return _packed_again(raw, chance, lambda part: _part_damaged(part, chance))


def _packed_again(raw: bytes, chance: random.Random, damage: Callable[[bytes], bytes]) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as archive,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        names = archive.namelist()
        likely = [
            name
            for name in names
            if "sheet" in name or "hared" in name or "styles" in name or name.endswith("workbook.xml")
        ]
        struck = chance.choice(likely if chance.random() < 0.8 else names)
        for name in names:
            part = archive.read(name)
            new.writestr(name, damage(part) if name == struck else part)
    return packed.getvalue()


def _part_damaged(part: bytes, chance: random.Random) -> bytes:
    """XML with a number or a place exchanged, or damaged as any text is."""
    lot = chance.random()
    if lot < 0.7:
        quoted = part.split(b'"')
        places = [at for at in range(1, len(quoted), 2) if quoted[at][-1:].isdigit()]
        if places:
            quoted[chance.choice(places)] = chance.choice(NUMBERS if lot < 0.35 else PLACES)
            return b'"'.join(quoted)
    return chance.choice(DAMAGES)(part, chance)


def _flip(raw: bytes, chance: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.randint(1, 8) if raw else 0):
        changed[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def _leave_out(raw: bytes, chance: random.Random) -> bytes:
    start, end = _range(raw, chance)
    return raw[:start] + raw[end:]


def _double(raw: bytes, chance: random.Random) -> bytes:
    start, end = _range(raw, chance)
    return raw[:end] + raw[start:end] * chance.choice((1, 1, 2, 50)) + raw[end:]


def _put_in(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(WORDS) + raw[at:]


def _splice(raw: bytes, chance: random.Random) -> bytes:
    other = chance.choice(texts())
    return raw[: chance.randrange(len(raw) + 1)] + other[chance.randrange(len(other) + 1) :]


def _encode_otherwise(raw: bytes, chance: random.Random) -> bytes:
    return raw.decode("latin-1" if chance.random() < 0.3 else "utf-8", "replace").encode(
        chance.choice(ENCODINGS), "replace"
    )


def _exchange_cell(raw: bytes, chance: random.Random) -> bytes:
    cells = raw.split(b",")
    cells[chance.randrange(len(cells))] = chance.choice(WORDS)
    return b",".join(cells)


def _exchange_lines(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _range(raw: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(raw) + 1)
    return start, min(len(raw), start + chance.choice((1, 2, 8, 40, 200)))


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip, _cut, _leave_out, _double, _put_in, _splice),
    *(_encode_otherwise, _exchange_cell, _exchange_lines),
)
