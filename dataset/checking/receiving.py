"""Stages 0 and 1: is it a text file of a size we take, in which encoding, and how do its lines end."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from dataset.checking.findings import Finding
from dataset.checking.workbooks import is_zip, sheet_as_csv

SIZE_LIMIT = 25 * 1024 * 1024

_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "an Excel workbook or a zip file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file, or one with a password"),
    (b"\x1f\x8b", "a compressed (gzip) file"),
    (b"\x28\xb5\x2f\xfd", "a compressed (zstd) file"),
    (b"BZh", "a compressed (bzip2) file"),
    (b"\xfd7zXZ\x00", "a compressed (xz) file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed (7z) file"),
    (b"Rar!\x1a\x07", "a compressed (rar) file"),
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a Word document"),
)
_SAVE_AS_CSV = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)” and send that file."
# Control characters no text has; tab, line ends, form feed, escape and the old end mark may stand in one.
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1d\x7f]")
# bytes.strip would do, but makes a copy of the file.
_ANYTHING = re.compile(rb"[^\xef\xbb\xbf \t\r\n\x0b\x0c]")
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_REPLACEMENT = b"\xef\xbf\xbd"


@dataclass(frozen=True)
class Text:
    """The content as UTF-8 with line feeds only, how it was encoded, and what was done to it."""

    content: bytes
    encoding: str
    findings: tuple[Finding, ...] = ()


def receive(raw: bytes, size_limit: int = SIZE_LIMIT, *, sheet: str | None = None) -> Text | Finding:
    """The file's text, or the one fatal finding that says why there is none.

    With `sheet` an Excel workbook is read too: the sheet of that name, else the first one.
    """
    if refused := _wrong_size(raw, size_limit):
        return refused
    if sheet is not None and is_zip(raw):
        read = sheet_as_csv(raw, sheet)
        return read if isinstance(read, Finding) else Text(read[0], "xlsx", (read[1],))
    return _other_kind(raw) or _decoded(raw)


def _wrong_size(raw: bytes, size_limit: int) -> Finding | None:
    if not _ANYTHING.search(raw):
        return Finding("fatal", "EMPTY_FILE", "The file is empty.", fix="Send the file again; check it was saved.")
    if len(raw) <= size_limit:
        return None
    size, limit = len(raw) / 1024**2, size_limit / 1024**2
    message = f"The file is {size:,.0f} MB; returns are taken up to {limit:,.0f} MB."
    fix = "Check that it holds one quarter only, or ask the business unit."
    return Finding("fatal", "TOO_LARGE", message, fix=fix)


def _other_kind(raw: bytes) -> Finding | None:
    for magic, kind in _OTHER_KINDS:
        if raw.startswith(magic):
            return Finding("fatal", "NOT_TEXT", f"This is {kind}, not a CSV file.", fix=_SAVE_AS_CSV)
    sample = raw[:65536]
    if b"\x00" not in sample and len(_CONTROLS.findall(sample)) * 20 > len(sample):
        return Finding("fatal", "NOT_TEXT", "This is not a text file.", fix=_SAVE_AS_CSV)
    return None


def _decoded(raw: bytes) -> Text | Finding:
    notes: list[Finding] = []
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _from_utf16(raw)
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
        notes.append(Finding("note", "BOM", "The file starts with a byte order mark; it was left out."))
    if b"\x00" in raw:
        return Finding("fatal", "NUL_BYTES", "The file holds NUL bytes, which no text file has.", fix=_SAVE_AS_CSV)
    if raw.isascii():  # Most files are, which is seen without making a text of them.
        return Text(_line_feeds(raw, notes), "utf-8", tuple(notes))
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return _from_cp1252(raw, notes)
    return _finished(raw, "utf-8", notes)


def _from_utf16(raw: bytes) -> Text | Finding:
    try:
        text = raw.decode("utf-16")
        content = text.encode("utf-8")
    except UnicodeError:
        return Finding("fatal", "ENCODING_UNKNOWN", "The characters of this file cannot be read.", fix=_SAVE_AS_CSV)
    if "\x00" in text:
        return Finding("fatal", "NUL_BYTES", "The file holds NUL characters.", fix=_SAVE_AS_CSV)
    if not text.strip("\ufeff \t\r\n"):
        return Finding("fatal", "EMPTY_FILE", "The file is empty.", fix="Send the file again; check it was saved.")
    notes = [Finding("note", "ENCODING_UTF16", "The file is Excel's “Unicode text” (UTF-16); it was converted.")]
    return _finished(content, "utf-16", notes)


def _from_cp1252(raw: bytes, notes: list[Finding]) -> Text | Finding:
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return Finding("fatal", "ENCODING_UNKNOWN", "The characters of this file cannot be read.", fix=_SAVE_AS_CSV)
    examples = sorted({character for character in text if ord(character) > 127})[:8]
    notes.append(
        Finding(
            "note",
            "ENCODING_CP1252",
            f"The file is in the Windows alphabet; it was converted. Characters concerned: {' '.join(examples)}",
            fix="Check that these are what you wrote.",
        )
    )
    return _finished(text.encode("utf-8"), "cp1252", notes)


def _finished(content: bytes, encoding: str, notes: list[Finding]) -> Text:
    if _REPLACEMENT in content:
        message = "The file holds “\ufffd”, which some program wrote where it could not read a character."
        notes.append(
            Finding("note", "REPLACEMENT_CHAR", message, fix="Look for the original and save it as CSV UTF-8.")
        )
    if _C1.search(content):
        message = "The file holds invisible control characters (C1), a sign that it was converted wrongly."
        notes.append(
            Finding("note", "C1_CONTROL_CHARS", message, fix="Look for the original and save it as CSV UTF-8.")
        )
    return Text(_line_feeds(content, notes), encoding, tuple(notes))


def _line_feeds(raw: bytes, notes: list[Finding]) -> bytes:
    """Excel's CR LF and an old Mac's CR become LF; mixtures, which no reader agrees on, are noted."""
    if b"\r" not in raw:
        return raw
    kinds = _line_ends(raw)
    if kinds == {"CR"}:
        notes.append(Finding("note", "NEWLINES_CR", "Lines end in the old Mac way; they were converted."))
    elif len(kinds) > 1:
        notes.append(Finding("note", "NEWLINES_MIXED", "Lines end in more than one way; they were made the same."))
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _line_ends(raw: bytes) -> set[str]:
    """The kinds of line end outside quotes: a line break inside a quoted cell is part of the cell."""
    data = np.frombuffer(raw, np.uint8)
    outside = np.cumsum(data == 34, dtype=np.uint8) & 1 == 0 if b'"' in raw else np.ones(len(data), np.bool_)
    returns, feeds = (data == 13) & outside, (data == 10) & outside
    pairs = int(np.count_nonzero(returns[:-1] & feeds[1:]))
    counted = {"CRLF": pairs, "CR": int(returns.sum()) - pairs, "LF": int(feeds.sum()) - pairs}
    return {kind for kind, count in counted.items() if count}
