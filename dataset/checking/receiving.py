"""Stages 0 and 1: is it a text file of a size we take, and in which encoding."""

from __future__ import annotations

from dataclasses import dataclass

from dataset.checking.findings import Finding

SIZE_LIMIT = 25 * 1024 * 1024

_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "an Excel workbook or a zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"\x1f\x8b", "a compressed (gzip) file"),
    (b"\x28\xb5\x2f\xfd", "a compressed (zstd) file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"PAR1", "a Parquet file"),
)
_SAVE_AS_CSV = "In Excel choose File, Save As, “CSV UTF-8 (Comma delimited)” and send that file."


@dataclass(frozen=True)
class Text:
    """The content as UTF-8 with line feeds only, how it was encoded, and what was done to it."""

    content: bytes
    encoding: str
    findings: tuple[Finding, ...] = ()


def receive(raw: bytes, size_limit: int = SIZE_LIMIT) -> Text | Finding:
    """The file's text, or the one fatal finding that says why there is none."""
    refused = _not_a_text_file(raw, size_limit)
    return refused or _decoded(raw)


def _not_a_text_file(raw: bytes, size_limit: int) -> Finding | None:
    if not raw or raw.isspace():
        return Finding("fatal", "EMPTY_FILE", "The file is empty.", fix="Send the file again; check it was saved.")
    if len(raw) > size_limit:
        size, limit = len(raw) / 1024**2, size_limit / 1024**2
        return Finding(
            "fatal",
            "TOO_LARGE",
            f"The file is {size:,.0f} MB; returns are taken up to {limit:,.0f} MB.",
            fix="Check that it holds one quarter only, or ask the business unit.",
        )
    for magic, kind in _OTHER_KINDS:
        if raw.startswith(magic):
            return Finding("fatal", "NOT_TEXT", f"This is {kind}, not a CSV file.", fix=_SAVE_AS_CSV)
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
    try:
        if not raw.isascii():  # Most files are, which is seen without making a text of them.
            raw.decode("utf-8")
    except UnicodeDecodeError:
        return _from_cp1252(raw, notes)
    return Text(_line_feeds(raw, notes), "utf-8", tuple(notes))


def _from_utf16(raw: bytes) -> Text | Finding:
    try:
        text = raw.decode("utf-16")
    except UnicodeDecodeError:
        return Finding("fatal", "ENCODING_UNKNOWN", "The characters of this file cannot be read.", fix=_SAVE_AS_CSV)
    if "\x00" in text:
        return Finding("fatal", "NUL_BYTES", "The file holds NUL characters.", fix=_SAVE_AS_CSV)
    notes = [Finding("note", "ENCODING_UTF16", "The file is Excel's “Unicode text” (UTF-16); it was converted.")]
    return Text(_line_feeds(text.encode("utf-8"), notes), "utf-16", tuple(notes))


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
    return Text(_line_feeds(text.encode("utf-8"), notes), "cp1252", tuple(notes))


def _line_feeds(raw: bytes, notes: list[Finding]) -> bytes:
    """Excel's CR LF and an old Mac's CR become LF; mixtures, which no reader agrees on, are noted."""
    if b"\r" not in raw:
        return raw
    pairs, returns, feeds = raw.count(b"\r\n"), raw.count(b"\r"), raw.count(b"\n")
    if returns > pairs and feeds == pairs == 0:
        notes.append(Finding("note", "NEWLINES_CR", "Lines end in the old Mac way; they were converted."))
    elif returns > pairs or feeds > pairs:
        notes.append(Finding("note", "NEWLINES_MIXED", "Lines end in more than one way; they were made the same."))
    return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
