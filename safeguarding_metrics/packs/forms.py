"""The forms a paper can be written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from safeguarding_metrics.packs.blocks import Paper


@dataclass(frozen=True)
class Form:
    """A form: what people call it, the ending of its files, their media type, and how it is written."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Paper], bytes]


def _pdf(paper: Paper) -> bytes:
    from safeguarding_metrics.packs.pdf import as_pdf

    return as_pdf(paper)


def _pptx(paper: Paper) -> bytes:
    from safeguarding_metrics.packs.powerpoint import as_pptx

    return as_pptx(paper)


def _docx(paper: Paper) -> bytes:
    from safeguarding_metrics.packs.word import as_docx

    return as_docx(paper)


def _xlsx(paper: Paper) -> bytes:
    from safeguarding_metrics.packs.excel import as_xlsx

    return as_xlsx(paper)


# Each is loaded when it is first written: nobody who only looks at a screen waits for four libraries.
FORMS: tuple[Form, ...] = (
    Form("PDF", "pdf", "application/pdf", _pdf),
    Form("PowerPoint", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", _pptx),
    Form("Word", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    Form("Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
)


def as_file(paper: Paper, form: Form) -> bytes:
    """The paper written in a form."""
    return form.write(paper)
