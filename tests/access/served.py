"""A small application behind the gate, for a server of its own: a page that says who looks and talks by websocket."""

from __future__ import annotations

import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from dataset.access.access import Access, Rules
from dataset.access.gate import Gate

STORE = Path(os.environ["SAFEGUARDING_STORE"])
SCRIPT = """
const socket = new WebSocket(`ws://${location.host}/_stcore/stream`);
const say = (text) => { document.getElementById("heard").textContent = text; };
socket.onmessage = (event) => say(event.data);
socket.onclose = (event) => say(`closed ${event.code}`);
document.getElementById("ask").onclick = () => socket.send("hello");
"""


async def shown(request: Request) -> Response:
    headers = request.headers
    who = f"{headers['x-safeguarding-account']} {headers['x-safeguarding-role']}"
    address = f"{request.url.path}?{request.url.query}"
    return HTMLResponse(
        f'<html lang="en"><title>Shown</title><h1>{who}</h1><p id="address">{address}</p><button id="ask">Ask</button>'
        '<p id="heard"></p><script src="/static/page.js"></script></html>'
    )


async def script(request: Request) -> Response:
    return Response(SCRIPT, media_type="text/javascript")


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            await socket.send_text(f"answer to {await socket.receive_text()}")
    except WebSocketDisconnect:
        return


app = Starlette(
    routes=[Route("/static/page.js", script), WebSocketRoute("/_stcore/stream", talk), Route("/{rest:path}", shown)],
    middleware=[Middleware(Gate, access=Access(STORE, Rules.from_environment(STORE)))],
)
