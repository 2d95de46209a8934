"""The gate's own addresses: sign in, come back from the provider, choose a password, sign out."""

from __future__ import annotations

import math
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dataset.access.access import Access
from dataset.access.accounts import Account, TooSoon, WrongAccount
from dataset.access.incoming import LOOKING, cookie, cookie_name, only, peer
from dataset.access.openid import BACK, FLOW_LASTS, Flow, NotIdentified, OpenId, ProviderUnavailable
from dataset.access.plain_pages import alert, button, link, new_password_form, page, quoted, sign_in_form
from dataset.access.slowly import Slowly, TooBusy

PLACES = ("/sign-in", BACK, "/sign-out", "/sign-out-everywhere", "/new-password")
HOME = "/"
LONGEST_ADDRESS = 2_000  # characters
_FLOW = "safeguarding_flow"
_MOST_BYTES = 4_096
_MOST_FIELDS = 10


class SignIn:
    """Answers to the gate's own addresses."""

    def __init__(self, access: Access, cookie: str) -> None:
        rules = access.rules
        self._access, self._cookie = access, cookie
        self._flow = cookie_name(https=rules.https, name=_FLOW)
        self._openid = OpenId(rules.openid) if rules.mode == "openid" and rules.openid else None
        # A password costs 64 MiB and a processor; a provider costs a thread that waits.
        self._passwords, self._provider = Slowly(at_once=2, waiting=16), Slowly(at_once=4, waiting=32)

    def answers(self, path: str) -> bool:
        return path in PLACES and self._access.rules.mode != "open"

    async def respond(self, request: Request, account: Account | None) -> Response:
        """The answer to one of `PLACES`."""
        path, mode = request.scope["path"], self._access.rules.mode
        if request.method not in (*LOOKING, "POST"):
            return PlainTextResponse("This address can be read or sent a form.", 405)
        try:
            if path == "/sign-in":
                return await self._sign_in(request)
            if path == BACK and mode == "openid":
                return await self._came_back(request)
            if path == "/new-password" and mode == "local":
                return await self._new_password(request, account)
            if path.startswith("/sign-out"):
                return await self._sign_out(request, account, everywhere=path == "/sign-out-everywhere")
        except TooBusy:
            return page("Sign in", alert("Many people are signing in. Try again in a few seconds."), 503)
        return PlainTextResponse("Not here.", 404)

    async def _sign_in(self, request: Request) -> Response:
        asked, mode = local_address(request.query_params.get("next", "")), self._access.rules.mode
        if mode == "proxy":
            said = "Your sign-in is not known here. Ask the business unit for an account under the name you signed in with."
            return page("Not signed in", alert(said), 403)
        if self._openid is not None:
            return await self._leave(request, self._openid, asked)
        return await self._signing_in(request, asked) if request.method == "POST" else _form(asked)

    async def _signing_in(self, request: Request, asked: str) -> Response:
        fields = await _fields(request)
        name = fields.get("name", "")
        found = await self._passwords.do(
            self._access.accounts.check, name, fields.get("password", ""), peer(request.scope)
        )
        if isinstance(found, TooSoon):
            seconds = max(1, math.ceil(found.seconds))
            answer = _form(asked, f"Too many attempts. Try again in {seconds} seconds.", 429)
            answer.headers["Retry-After"] = str(seconds)
            return answer
        if found is None:
            await run_in_threadpool(self._note_refusal, name)
            return _form(asked, "Name and password do not match an open account.", 401)
        await run_in_threadpool(self._access.trail.add, found.actor, "sign in")
        return await self._let_in(request, found, f"/new-password?next={quoted(asked)}" if found.must_change else asked)

    def _note_refusal(self, name: str) -> None:
        """The name only where an account has it: people type passwords into the wrong field."""
        known = self._access.accounts.named(name)
        self._access.trail.add(None, "sign in", f"account {known.name}" if known else "an unknown name", "refused")

    async def _let_in(self, request: Request, account: Account, place: str) -> Response:
        """On to a place with a new session; the one a browser came with ends, whoever put it there."""
        if old := cookie(request.scope, self._cookie):
            await run_in_threadpool(self._access.sessions.end, old)
        answer = RedirectResponse(place, 303)
        self.remember(answer, await run_in_threadpool(self._access.sessions.begin, account))
        return answer

    def remember(self, answer: Response, token: str) -> None:
        """Put a session's token into the cookie, which no script can read and no other site can send."""
        self._set(answer, self._cookie, token)

    def _set(self, answer: Response, name: str, value: str, seconds: int | None = None) -> None:
        secure = self._access.rules.https
        answer.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure, path="/")

    def _unset(self, answer: Response, name: str) -> None:
        secure = self._access.rules.https
        answer.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=secure)

    async def _leave(self, request: Request, openid: OpenId, asked: str) -> Response:
        try:
            place, flow = await self._provider.do(openid.begin, self._back(request), asked)
        except ProviderUnavailable as error:
            return _again(str(error), asked, 503)
        answer = RedirectResponse(place, 303)
        self._set(answer, self._flow, flow.as_cookie(), FLOW_LASTS)
        return answer

    async def _came_back(self, request: Request) -> Response:
        assert self._openid is not None
        flow = Flow.from_cookie(cookie(request.scope, self._flow))
        asked, said = local_address(flow.asked if flow else ""), dict(request.query_params)
        try:
            name = await self._provider.do(self._openid.identity, self._back(request), said, flow)
        except ProviderUnavailable as error:
            answer = _again(str(error), asked, 503)
        except NotIdentified as error:
            answer = _again(str(error), asked, 403)
        else:
            answer = await self._identified(request, name, asked)
        self._unset(answer, self._flow)
        return answer

    async def _identified(self, request: Request, name: str, asked: str) -> Response:
        account = await run_in_threadpool(self._access.accounts.named, name)
        trail = self._access.trail
        if account is None or account.closed:
            await run_in_threadpool(trail.add, None, "sign in", f"{name[:80]}, who has no open account", "refused")
            said = "You have signed in with your organisation, but have no open account here. Ask the business unit for one."
            return _again(said, asked, 403)
        await run_in_threadpool(trail.add, account.actor, "sign in", "by OpenID Connect")
        return await self._let_in(request, account, asked)

    def _back(self, request: Request) -> str:
        """The whole address of `BACK`, under the name people use, which was checked before."""
        return f"{'https' if self._access.rules.https else 'http'}://{only(request.scope, b'host')}{BACK}"

    async def _new_password(self, request: Request, account: Account | None) -> Response:
        if account is None:
            return RedirectResponse("/sign-in?next=/new-password", 303)
        asked, said, status = local_address(request.query_params.get("next", "")), "", 200
        if request.method == "POST":
            fields = await _fields(request)
            try:
                await self._passwords.do(self._change_password, account, fields, peer(request.scope))
            except WrongAccount as error:
                said, status = str(error), 400
            else:
                return await self._let_in(request, account, asked)
        return page(
            "Choose a password", alert(said) + new_password_form(asked, asks_for_old=not account.must_change), status
        )

    def _change_password(self, account: Account, fields: dict[str, str], address: str) -> None:
        """Raises WrongAccount. The old password is asked for, unless it was given a moment ago at the first sign-in, so
        that nobody takes over an account at a desk that was left."""
        first, accounts = fields.get("password", ""), self._access.accounts
        if first != fields.get("again", ""):
            raise WrongAccount("The two passwords are not the same.")
        if not account.must_change and not isinstance(
            accounts.check(account.name, fields.get("old", ""), address), Account
        ):
            raise WrongAccount(
                "The password you have now is another one, or there were too many attempts. Wait, try again."
            )
        accounts.change_password(account.name, first)
        self._access.sessions.end_all(account.name)
        self._access.trail.add(account.actor, "choose a password")

    async def _sign_out(self, request: Request, account: Account | None, *, everywhere: bool) -> Response:
        if self._access.rules.mode == "proxy":
            return page(
                "Sign out", "<p>You are signed in by your organisation. Sign out there, or close the browser.</p>"
            )
        if request.method != "POST":
            place = request.scope["path"]
            return page("Sign out", button(place, "Sign out everywhere" if everywhere else "Sign out"))
        await run_in_threadpool(self._end, cookie(request.scope, self._cookie), account, everywhere)
        elsewhere = self._openid.sign_out_address() if self._openid else ""
        more = link(elsewhere, "Sign out of your organisation’s account as well") if elsewhere else ""
        answer = page("You are signed out", link("/sign-in", "Sign in again") + more)
        self._unset(answer, self._cookie)
        return answer

    def _end(self, token: str, account: Account | None, everywhere: bool) -> None:
        if account is not None and everywhere:
            self._access.sessions.end_all(account.name)
        if token:
            self._access.sessions.end(token)
        if account is not None:
            self._access.trail.add(account.actor, "sign out everywhere" if everywhere else "sign out")


def local_address(text: str) -> str:
    """An address on this site to go on to; anything else becomes the start."""
    plain = text.isprintable() and "\\" not in text and len(text) <= LONGEST_ADDRESS
    if not plain or not text.startswith("/") or text.startswith("//"):
        return HOME
    try:
        parts = urlsplit(text)
    except ValueError:
        return HOME
    return HOME if parts.netloc or parts.scheme or parts.path.rstrip("/") in PLACES else text


def _form(asked: str, said: str = "", status: int = 200) -> Response:
    return page("Sign in", alert(said) + sign_in_form(asked), status)


def _again(said: str, asked: str, status: int) -> Response:
    return page("Not signed in", alert(said) + link(f"/sign-in?next={quoted(asked)}", "Sign in again"), status)


async def _fields(request: Request) -> dict[str, str]:
    """The fields of a form; of one that is longer than any real one, none."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > _MOST_BYTES:
                return {}
        found = parse_qs(body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)
    except (ValueError, ClientDisconnect):
        return {}
    return {name: values[0] for name, values in found.items()}
