"""What a workbook claims before it is read: a few bytes can ask the reader for more memory than any machine has.

The reader makes room for the whole rectangle between the first cell and the last, and for as many texts as a part says
it counts. Neither request can be refused later: it ends the process. So the claims are read first, from every part of
the workbook whatever its name.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

# The place of a row or cell: an attribute r that holds letters and digits, or digits alone.
_PLACE = re.compile(rb"""[\s"']r\s*=\s*["']\s*([A-Za-z]*)\+?(\d+)""")
_COUNT = re.compile(rb"""[cC]ount\s*=\s*["']\s*\+?(\d+)""")
_AT_ONCE, _OVERLAP = 1 << 20, 256
_MOST_LETTERS, _MOST_DIGITS = 3, 7  # Excel's last cell is XFD1048576


def claims_too_much(archive: zipfile.ZipFile, most_cells: int) -> bool:
    """Whether any part has cells over a larger rectangle than `most_cells`, or counts more things than it has bytes.

    Raises what `zipfile` raises for a damaged part.
    """
    return any(_part_claims_too_much(archive, part, most_cells) for part in archive.infolist())


def _part_claims_too_much(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most_cells: int) -> bool:
    columns, rows = 1, 1
    for piece in _pieces(archive, part):
        if any(len(count) > 18 or int(count) > part.file_size for count in set(_COUNT.findall(piece))):
            return True
        places = _PLACE.findall(piece)
        letters, digits = {place[0] for place in places}, {place[1].lstrip(b"0") for place in places}
        if max(map(len, letters), default=0) > _MOST_LETTERS or max(map(len, digits), default=0) > _MOST_DIGITS:
            return True
        columns = max(columns, *map(_column, letters), 1)
        rows = max(rows, *(int(number or b"0") for number in digits), 1)
        if columns * rows > most_cells:
            return True
    return False


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked part in pieces that overlap, so that nothing short is cut in two."""
    with archive.open(part) as unpacked:
        before = b""
        while piece := unpacked.read(_AT_ONCE):
            yield before + piece
            before = piece[-_OVERLAP:]


def _column(letters: bytes) -> int:
    """A is 1, XFD is 16,384; 0 for a row."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
