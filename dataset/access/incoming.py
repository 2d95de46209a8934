"""What a request says of itself, read without believing it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from starlette.requests import cookie_parser
from starlette.types import Scope

from dataset.access.access import Rules, is_this_machine

COOKIE = "safeguarding_session"
LOOKING = ("GET", "HEAD", "OPTIONS")
_PORTS = {"http": "80", "https": "443", "ws": "80", "wss": "443"}


def cookie_name(*, https: bool, name: str = COOKIE) -> str:
    """Through HTTPS a name that browsers take from this host alone, so that a neighbouring site cannot put one in."""
    return f"__Host-{name}" if https else name


def cookie(scope: Scope, name: str = COOKIE) -> str:
    """A cookie's value; "" where there is none."""
    return cookie_parser("; ".join(header(scope, b"cookie"))).get(name, "")


def header(scope: Scope, name: bytes) -> list[str]:
    """Every value a header has, whatever the case of its name."""
    return [value.decode("latin-1").strip() for key, value in scope["headers"] if key.lower() == name]


def only(scope: Scope, name: bytes) -> str:
    """The value of a header; "" where it is missing or there more than once, since nobody knows then which one holds."""
    found = header(scope, name)
    return found[0] if len(found) == 1 else ""


def peer(scope: Scope) -> str:
    """The address a request came from."""
    client: Any = scope.get("client")
    return str(client[0]) if client else ""


def why_unfit(scope: Scope, rules: Rules) -> tuple[int, str] | None:
    """Why a request is not even looked at, with the status: another host's name, another machine, another site's page."""
    host = only(scope, b"host")
    if host_name(host) not in rules.hosts:
        return 400, "The application does not answer under this name."
    if rules.mode in ("local", "open") and not is_this_machine(peer(scope)):
        return 403, "The application answers on its own machine only."
    if (scope["type"] == "websocket" or scope["method"] not in LOOKING) and not _from_own_page(scope, host):
        return 403, "Requests from other sites are not answered."
    return None


def _from_own_page(scope: Scope, host: str) -> bool:
    """Whether a change was asked for by a page of this application: the same host and port, as browsers say it.

    A browser says it in Origin, in Sec-Fetch-Site or in both. Who says neither is no browser; that is let through to a
    websocket, which nothing but a program opens like this and which asks for a session all the same.
    """
    origins, sites = header(scope, b"origin"), header(scope, b"sec-fetch-site")
    if any(site not in ("same-origin", "none") for site in sites) or len(origins) > 1:
        return False
    if origins:
        return _same_place(origins[0], host)
    return bool(sites) or scope["type"] == "websocket"


def _same_place(origin: str, host: str) -> bool:
    try:
        place = urlsplit(origin)
        usual = f":{_PORTS.get(place.scheme, '')}"
        return bool(place.netloc) and place.netloc.casefold().removesuffix(usual) == host.casefold().removesuffix(usual)
    except ValueError:
        return False


def host_name(host: str) -> str:
    """The name in a Host header, without port and in small letters; "" where it is no such thing."""
    try:
        place = urlsplit(f"//{host}")
        fine = place.netloc == host and "@" not in host and (place.port is None or place.port)
    except ValueError:
        return ""
    return (place.hostname or "").casefold() if fine else ""
