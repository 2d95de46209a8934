"""The gate: nothing behind it is reached without a session, by HTTP or by websocket.

It stands before Streamlit's own routes and is asked again for every message of a websocket, in both directions, so that
a page that is open when its session ends shows nothing more. It takes away every header that claims to say who somebody
is and puts in its own.
"""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dataset.access.access import Access
from dataset.access.accounts import Account
from dataset.access.headers import with_security_headers
from dataset.access.incoming import COOKIE, LOOKING, cookie, cookie_name, header, only, peer, why_unfit
from dataset.access.plain_pages import quoted
from dataset.access.records import RecordsUnavailable
from dataset.access.roles import can
from dataset.access.signing_in import SignIn

ACCOUNT, ROLE, AGENCY = b"x-safeguarding-account", b"x-safeguarding-role", b"x-safeguarding-agency"
_OURS = b"x-safeguarding-"
OPEN_TO_ALL = frozenset({"/healthz"})
# Streamlit's own documents that nobody needs: they would tell of other people's sessions, or sign in another way.
REFUSED = (
    "/_stcore/metrics",
    "/_stcore/agent",
    "/_stcore/script-health-check",
    "/_stcore/message",
    "/openapi",
    "/docs",
    "/redoc",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
)
_REFUSED = re.compile("|".join(rf"{re.escape(place)}(?=[/.]|$)" for place in REFUSED))
_SIGNED_OUT, _UNFIT, _NO_RECORDS = 4401, 4403, 1011
_SORRY = "Accounts cannot be looked up at the moment. Nothing was changed. Tell the business unit."


class Gate:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app, self._access = app, access
        self._cookie = cookie_name(https=access.rules.https)
        self._sign_in = SignIn(access, self._cookie)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http":
            private = not scope["path"].startswith("/static/")
            await self._http(
                scope, receive, with_security_headers(send, https=self._access.rules.https, private=private)
            )
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        account: Account | None = None
        try:
            answer = self._unasked(scope)
            if answer is None and scope["path"] not in OPEN_TO_ALL:
                account = await self._who(scope)
                answer = await self._own_answer(scope, receive, account)
        except RecordsUnavailable:
            answer = PlainTextResponse(_SORRY, 503)
        if answer is not None:
            await answer(scope, receive, send)
        elif account is not None and scope["path"].startswith("/media/"):
            await self._app(_named(scope, account), receive, self._watched(scope, account, receive, send))
        else:
            await self._app(_named(scope, account), receive, send)

    def _unasked(self, scope: Scope) -> Response | None:
        """What is refused whoever asks."""
        if unfit := why_unfit(scope, self._access.rules):
            return PlainTextResponse(unfit[1], unfit[0])
        return PlainTextResponse("Not here.", 404) if is_refused(scope["path"]) else None

    async def _own_answer(self, scope: Scope, receive: Receive, account: Account | None) -> Response | None:
        """The gate's own page or its refusal; None for a request that may go on."""
        if self._sign_in.answers(scope["path"]):
            return await self._sign_in.respond(Request(scope, receive), account)
        if self._access.rules.mode == "open":
            return None
        if account is None:
            return _to_sign_in(scope)
        if self._must_change(account):
            return _to(scope, f"/new-password?next={quoted(_asked(scope))}")
        if _may_send(scope, account):
            return None
        # The first two parts of the address: what follows names a session or a file.
        place = "/".join(scope["path"].split("/")[:3])
        await run_in_threadpool(self._access.trail.add, account.actor, "upload", place, "refused")
        return PlainTextResponse("Your role may look, and send nothing.", 403)

    def _watched(self, scope: Scope, account: Account, receive: Receive, send: Send) -> Send:
        """`send` that lets no file leave that a role may not take away, and none unnoted: the line in the trail is
        written before the first byte leaves. What a screen only shows, such as a picture, is no file taken away."""
        answered = False

        async def sending(message: Message) -> None:
            nonlocal answered
            leaves = message["type"] == "http.response.start" and message["status"] < 300 and _is_file(message)
            answer = await self._instead(scope, account, message) if leaves else None
            if answer is not None:
                answered = True
                await answer(scope, receive, send)
            if not answered:
                await send(message)

        return sending

    async def _instead(self, scope: Scope, account: Account, start: Message) -> Response | None:
        """What is answered in the place of a file; None for the file itself."""
        allowed = can(account.actor, "take_away")
        if allowed and _only_tries(scope):
            return Response(status_code=start["status"])
        what, outcome = f"{scope['path']} {_file_name(start)}", "done" if allowed else "refused"
        if scope["method"] == "GET":
            try:
                await run_in_threadpool(self._access.trail.add, account.actor, "take away", what, outcome)
            except RecordsUnavailable:
                return PlainTextResponse(_SORRY, 503)
        return None if allowed else PlainTextResponse("Your role may look, and take away no files.", 403)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        account, code = None, _SIGNED_OUT
        is_open = self._access.rules.mode == "open"
        try:
            if self._unasked(scope) is not None:
                code = _UNFIT
            elif not is_open:
                account = await self._who(scope)
        except RecordsUnavailable:
            code = _NO_RECORDS
        if code == _SIGNED_OUT and is_open:
            await self._app(_named(scope, None), receive, send)
        elif account is None or self._must_change(account):
            await send({"type": "websocket.close", "code": code})
        else:
            await self._watch(scope, account, receive, send)

    async def _watch(self, scope: Scope, account: Account, receive: Receive, send: Send) -> None:
        """Let messages through only while the same account still has its session, its role and its agency."""
        over = False

        async def still(*, active: bool) -> bool:
            nonlocal over
            try:
                same = not over and await self._who(scope, active=active) == account
            except RecordsUnavailable:
                same = False
            if not same and not over:
                over = True
                await send({"type": "websocket.close", "code": _SIGNED_OUT})
            return not over

        async def receiving() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and not await still(active=True):
                return {"type": "websocket.disconnect", "code": _SIGNED_OUT}
            return message

        async def sending(message: Message) -> None:
            if await still(active=False) if message["type"] == "websocket.send" else not over:
                await send(message)

        await self._app(_named(scope, account), receiving, sending)

    async def _who(self, scope: Scope, *, active: bool = True) -> Account | None:
        """The account of a request: by its cookie, or by what a trusted proxy says. Raises RecordsUnavailable."""
        mode, sessions = self._access.rules.mode, self._access.sessions
        if mode == "open":
            return None
        if mode == "proxy":
            return await self._said_by_proxy(scope)
        token = cookie(scope, self._cookie)
        if not token:
            return None
        held = sessions.remembered(token, active=active)
        return held or await run_in_threadpool(sessions.account, token, active=active)

    async def _said_by_proxy(self, scope: Scope) -> Account | None:
        rules = self._access.rules
        name = only(scope, rules.proxy_header.casefold().encode())
        if not name or not rules.believes(peer(scope)):
            return None
        held = self._access.remembered_by_proxy(name)
        return held or await run_in_threadpool(self._access.by_proxy, name)

    def _must_change(self, account: Account) -> bool:
        """Only who signs in with a password kept here has one to change."""
        return account.must_change and self._access.rules.mode == "local"


def is_refused(path: str) -> bool:
    """Whether an address is one of `REFUSED`, wherever in a path and however it is written."""
    return _REFUSED.search(re.sub("/+", "/", path.casefold())) is not None


def _named(scope: Scope, account: Account | None) -> Scope:
    """The request with who it is from said by the gate and by nobody else."""
    headers = [(name, value) for name, value in scope["headers"] if not _is_ours(name)]
    if account is not None:
        said = ((ACCOUNT, account.name), (ROLE, account.role), (AGENCY, account.agency))
        headers += [(name, value.encode()) for name, value in said]
    return {**scope, "headers": headers}


def _is_ours(name: bytes) -> bool:
    return name.lower().replace(b"_", b"-").startswith(_OURS)


def _may_send(scope: Scope, account: Account) -> bool:
    """Whether a request changes nothing, or its role may send or keep something."""
    actor = account.actor
    return scope["method"] in LOOKING or can(actor, "send", actor.agency) or can(actor, "keep_registers")


def _asked(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return f"{scope['path']}?{query}" if query else str(scope["path"])


def _to_sign_in(scope: Scope) -> Response:
    return _to(scope, f"/sign-in?next={quoted(_asked(scope))}")


def _to(scope: Scope, place: str) -> Response:
    """A page is sent on; anything else is only told that nobody is signed in."""
    if scope["method"] in ("GET", "HEAD") and "text/html" in ",".join(header(scope, b"accept")):
        return RedirectResponse(place, 303)
    return PlainTextResponse("Sign in first.", 401)


def _only_tries(scope: Scope) -> bool:
    """Streamlit's page fetches every file that it offers, to see whether it is there; taking one away is a navigation.
    That fetch gets no content, so that nothing leaves that nobody took, and nothing that was taken is unnoted."""
    return only(scope, b"sec-fetch-mode") == "cors"


def _is_file(start: Message) -> bool:
    return _disposition(start).casefold().startswith("attachment")


def _file_name(start: Message) -> str:
    """The name under which an answer is to be kept."""
    return _disposition(start).partition("filename")[2].lstrip("*=").strip('"')


def _disposition(start: Message) -> str:
    headers = start.get("headers", [])
    return next((value.decode("latin-1") for name, value in headers if name.lower() == b"content-disposition"), "")


__all__ = ["COOKIE", "Gate", "cookie"]
