"""The way in: `streamlit run app.py`, `python app.py` or `uvicorn app:app`.

A launcher, so that no screen lies beside the script Streamlit runs: a first request to a deep link
then runs the frame, never a screen by itself.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


async def healthz(request: Request) -> Response:
    """Whether the process answers; says nothing about the data."""
    return JSONResponse({"status": "ok"})


app = st.App(Path(__file__).parent / "pages" / "frame.py", routes=[Route("/healthz", healthz)])

if __name__ == "__main__":
    app.run()
