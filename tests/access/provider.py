"""A small OpenID provider on this machine, with keys made at its start and faults on request."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, SECRET = "dashboard", "client-secret"


class Provider:
    """What the provider knows; a test changes it to see what is refused.

    `claims` are put over those of the identity token, None takes one away; `header` over its header; `key` signs it.
    """

    def __init__(self, issuer: str) -> None:
        self.issuer, self.person = issuer, "a.b@council"
        self.keys = [RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})]
        self.key: RSAKey | OctKey = self.keys[0]
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.description: dict[str, Any] = {}
        self.asked: list[str] = []
        self.begun: dict[str, dict[str, str]] = {}

    def discovery(self) -> dict[str, Any]:
        places = {name: f"{self.issuer}/{place}" for name, place in _PLACES.items()}
        return {"issuer": self.issuer, "id_token_signing_alg_values_supported": ["RS256"], **places, **self.description}

    def key_set(self) -> dict[str, Any]:
        return dict(KeySet(self.keys).as_dict(private=False))

    def code_for(self, asked: dict[str, str]) -> str:
        """Somebody signed in and is sent back with this code."""
        code = secrets.token_urlsafe(16)
        self.begun[code] = asked
        return code

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The answer to a code; None where client, code, verifier or address is not the one of before."""
        begun = self.begun.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        client = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if begun is None or begun["code_challenge"] != challenge or authorization != f"Basic {client}":
            return None
        if begun["code_challenge_method"] != "S256" or begun["redirect_uri"] != form.get("redirect_uri"):
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 300,
            "nonce": begun["nonce"],
            "preferred_username": self.person,
            **self.claims,
        }
        kept = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": self.keys[0].kid, **self.header}
        algorithms = [header["alg"]]
        return {
            "access_token": "opaque",
            "token_type": "Bearer",
            "id_token": jwt.encode(header, kept, self.key, algorithms=algorithms),
        }


_PLACES = {
    "authorization_endpoint": "authorize",
    "token_endpoint": "token",
    "jwks_uri": "keys",
    "end_session_endpoint": "end",
}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = urlsplit(self.path)
            provider.asked.append(place.path)
            if place.path == "/authorize":
                self._send_back({name: values[0] for name, values in parse_qs(place.query).items()})
            elif place.path == "/keys":
                self._say(200, provider.key_set())
            elif place.path == "/.well-known/openid-configuration":
                self._say(200, provider.discovery())
            else:
                self._say(404, {})

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            text = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(text).items()}
            found = provider.token(form, self.headers.get("authorization", ""))
            self._say(200 if found else 400, found or {"error": "invalid_grant"})

        def _send_back(self, asked: dict[str, str]) -> None:
            back = urlencode({"code": provider.code_for(asked), "state": asked["state"], "iss": provider.issuer})
            self.send_response(302)
            self.send_header("location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()

        def _say(self, status: int, found: dict[str, Any]) -> None:
            body = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is written to the screen of a test."""

    return Handler


@contextmanager
def provided() -> Iterator[Provider]:
    """A provider that runs while a test does."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = _handler(provider)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
