"""Requests to the gate as a server would hand them over, so that a test can write any header in any way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.types import Message, Receive, Scope, Send

from dataset.access.access import Access
from dataset.access.accounts import Account, nobodys_code
from dataset.access.gate import COOKIE, Gate

Found = TypeVar("Found")
Headers = Sequence[tuple[str, str]]
HERE = "127.0.0.1:8501"
AS_PAGE = (("accept", "text/html"),)
OWN_PAGE = (("origin", f"http://{HERE}"),)


@dataclass
class Clock:
    """A clock that stands until it is put on."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: str

    def header(self, name: str) -> str:
        return "\n".join(value for key, value in self.headers if key == name)


@dataclass
class Behind:
    """What the gate guards: it remembers which requests reached it and sends back what it was told."""

    reached: list[Scope] = field(default_factory=list)
    heard: list[Any] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached.append(scope)
        if scope["type"] == "websocket":
            await self._talk(receive, send)
            return
        kept = [(b"cache-control", b"public")]
        if scope["path"].endswith(".csv"):
            kept.append((b"content-disposition", b'attachment; filename="figures.csv"'))
        await send({"type": "http.response.start", "status": 200, "headers": kept})
        await send({"type": "http.response.body", "body": b"what is behind"})

    async def _talk(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "websocket.connect":
                await send({"type": "websocket.accept"})
            elif message["type"] == "websocket.disconnect":
                await send({"type": "websocket.send", "text": "said too late"})
                return
            else:
                self.heard.append(message["text"])
                await send({"type": "websocket.send", "text": f"answer to {message['text']}"})

    def said_of_who(self) -> dict[str, str]:
        """What the last request that came through says of who it is from."""
        headers = self.reached[-1]["headers"]
        return {name.decode(): value.decode() for name, value in headers if b"safeguarding" in name.lower()}


def alone(work: Coroutine[Any, Any, Found]) -> Found:
    """Run on a loop and a thread of its own: a browser that is open in this process keeps a loop running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def scope_of(kind: str, path: str, query: str, headers: Headers, peer: str, method: str) -> Scope:
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    found: Scope = {
        "type": kind,
        "path": path,
        "query_string": query.encode("latin-1"),
        "headers": raw,
        "client": (peer, 50_000) if peer else None,
        "scheme": "http",
        "root_path": "",
    }
    return {**found, "method": method} if kind == "http" else found


def ask(
    gate: Gate,
    path: str,
    headers: Headers = (),
    *,
    method: str = "GET",
    query: str = "",
    body: bytes = b"",
    host: str | None = HERE,
    peer: str = "127.0.0.1",
) -> Answer:
    """One request; a change comes from a page of our own unless its headers say where from."""
    given = [*([("host", host)] if host is not None else []), *headers]
    if method not in ("GET", "HEAD", "OPTIONS") and not {"origin", "sec-fetch-site"} & {name for name, _ in given}:
        given += OWN_PAGE
    return alone(asked(gate, scope_of("http", path, query, given, peer, method), body))


async def asked(gate: Gate, scope: Scope, body: bytes) -> Answer:
    """One request among others that run at once."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await gate(scope, receive, send)
    assert [one["type"] for one in sent].count("http.response.start") == 1
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in sent[0]["headers"]]
    return Answer(sent[0]["status"], headers, b"".join(one.get("body", b"") for one in sent).decode())


def talk(
    gate: Gate,
    steps: Sequence[str | Callable[[], object]],
    headers: Headers = (),
    host: str = HERE,
    peer: str = "127.0.0.1",
) -> list[Message]:
    """A websocket over which texts are sent; a step that can be called is done between two of them. What came back."""
    left, sent = ["", *steps], list[Message]()

    async def receive() -> Message:
        while left and callable(left[0]):
            left.pop(0)()  # type: ignore[operator]
        if not left:
            return {"type": "websocket.disconnect", "code": 1000}
        text = left.pop(0)
        return {"type": "websocket.receive", "text": text} if text else {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        assert not sent or sent[-1]["type"] != "websocket.close", "nothing may follow the end"
        sent.append(message)

    given = [("host", host), *headers]
    alone(gate(scope_of("websocket", "/_stcore/stream", "", given, peer, ""), receive, send))
    return sent


def seed(access: Access, name: str, role: str, agency: str = "", *, must_change: bool = False) -> Account:
    """An account with a password that nobody knows, made without the work of a real one."""
    with access.records.writing() as database:
        line = (name, role, agency, nobodys_code(), int(must_change), 0.0)
        database.execute("INSERT INTO account VALUES (?, ?, ?, ?, ?, 0, ?)", line)
    found = access.accounts.named(name)
    assert found is not None
    return found


def signed_in(access: Access, account: Account) -> Headers:
    """The cookie of a new session."""
    return (("cookie", f"{COOKIE}={access.sessions.begin(account)}"),)
