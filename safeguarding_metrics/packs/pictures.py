"""A drawing as a PNG, for papers and letters that cannot hold an SVG."""

from __future__ import annotations

import typst

from safeguarding_metrics.packs.typesetting import compiler, for_our_font, one_file, shown

_DOTS = 96  # pixels of an SVG to the inch
_PAGE = b"""#set document(title: "Picture")
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#set text(font: sys.inputs.font, lang: "en", region: "GB")
#image(bytes(sys.inputs.svg), format: "svg", alt: "Picture")
"""


def as_png(svg: str, *, scale: float = 2.0) -> bytes:
    """The drawing on white, `scale` dots for each of its pixels; the same bytes on every machine.

    Raises ValueError where the SVG cannot be read or the scale is not above nought.
    """
    if not scale > 0:
        raise ValueError(f"A picture cannot be drawn at a scale of {scale:g}.")
    try:
        return shown(for_our_font(svg), lambda drawn: _drawn(drawn, scale))
    except (typst.TypstError, UnicodeEncodeError) as error:
        raise ValueError("The picture cannot be drawn: what was given is not a drawing in SVG.") from error


def _drawn(svg: str, scale: float) -> bytes:
    """A PDF/UA is tried first where letters are unusual: only that says which of them no font can show."""
    if not _usual(svg):
        compiler(_PAGE, svg=svg).compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
    return one_file(compiler(_PAGE, svg=svg).compile(format="png", ppi=_DOTS * scale))


def _usual(svg: str) -> bool:
    """Whether it holds only the letters of Western Europe, all of which typst's fonts have."""
    try:
        svg.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
