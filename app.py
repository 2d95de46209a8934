"""The way in: `streamlit run app.py`, `python app.py` or `uvicorn app:app`.

A launcher, so that no screen lies beside the script Streamlit runs: a first request to a deep link
then runs the frame, never a screen by itself.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import secrets
import sys
import threading
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dataset.access.access import FIRST, Access, Rules, WrongAccess
from dataset.access.acting import only_screens_act
from dataset.access.gate import Gate
from dataset.nightly import Night, nightly
from dataset.store import StoreUnavailable

log = logging.getLogger("safeguarding")
M_ARENA_MAX = -8  # malloc.h
STORE = Path(os.environ.get("SAFEGUARDING_STORE") or "data/safeguarding.duckdb")


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


def access_to(store: Path) -> Access:
    """Who may come in to this store; where that cannot be settled the application does not start."""
    try:
        return Access(store, Rules.from_environment(store))
    except WrongAccess as error:
        sys.exit(str(error))
    except OSError:
        sys.exit(f"The folder {store.parent} cannot be written to. Choose another one with SAFEGUARDING_STORE.")


def backups_at_night() -> Night | None:
    """When and where a backup is made every night; a setting that cannot be used stops the start."""
    try:
        return Night.from_environment()
    except StoreUnavailable as error:
        sys.exit(str(error))


def _let_the_collector_rest() -> None:
    """What is loaded stays, and figures are small objects without circles: going through all of them for circles
    took 130 ms, and happened in the middle of every few drawings. It still happens, less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _few_arenas() -> None:
    """Every drawing has a thread of its own, and glibc gives threads arenas whose freed pages seldom come back: with
    120 people a fifth of the memory in use was such pages. Two do, since Python runs one thread at a time."""
    with suppress(OSError, AttributeError):  # another C library than glibc
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


@asynccontextmanager
async def start(_: st.App) -> AsyncIterator[None]:
    """On the first start of a real store an administrator is made, whose password is said once, here."""
    _let_the_collector_rest()
    if password := ACCESS.first_administrator():
        print(
            f"\n  Sign in as {FIRST} with the password {password}\n  You choose a password of your own then. It is not shown "
            f"again; a new one: python -m dataset accounts new-password {FIRST} --store {STORE}\n",
            flush=True,
        )
    stop = threading.Event()
    if (night := backups_at_night()) is not None:
        nightly(STORE, night, stop=stop)
    yield
    stop.set()


_few_arenas()
only_screens_act()
ACCESS = access_to(STORE)
app = st.App(
    Path(__file__).parent / "pages" / "frame.py",
    routes=[Route("/healthz", healthz)],
    middleware=[Middleware(Gate, access=ACCESS)],
    lifespan=start,
    on_script_error=say_sorry,
)

if __name__ == "__main__":
    app.run()
