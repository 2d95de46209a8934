"""The way in: `streamlit run app.py`, `python app.py` or `uvicorn app:app`.

A launcher, so that no screen lies beside the script Streamlit runs: a first request to a deep link
then runs the frame, never a screen by itself.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

log = logging.getLogger("safeguarding")


async def healthz(request: Request) -> Response:
    """Whether the process answers; says nothing about the data."""
    return JSONResponse({"status": "ok"})


def say_sorry(error: Exception) -> bool:
    """A sentence with a reference instead of an error's own text; the log gets the place, never a cell."""
    reference = secrets.token_hex(4)
    places = " < ".join(f"{frame.name} {Path(frame.filename).name}:{frame.lineno}" for frame in _innermost(error))
    log.error("screen failed, reference %s: %s at %s", reference, type(error).__name__, places)
    st.error(
        f"This screen could not be drawn. Nothing was changed. Tell the business unit the reference {reference}, "
        "and try the other screens meanwhile."
    )
    return True


def _innermost(error: Exception) -> list[traceback.FrameSummary]:
    return list(reversed(traceback.extract_tb(error.__traceback__)))[:6]


app = st.App(
    Path(__file__).parent / "pages" / "frame.py",
    routes=[Route("/healthz", healthz)],
    on_script_error=say_sorry,
)

if __name__ == "__main__":
    app.run()
