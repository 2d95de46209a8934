"""Sign-in by OpenID Connect: the provider says who somebody is, an account here says what they may do.

It is done in the gate and followed by a session of our own, kept on the server: that one ends after 15 minutes without
a request, after 8 hours, on signing out and when the account is closed. Streamlit's `st.login` keeps a cookie for 30 days
instead, and a copy of it still signs in after signing out.

The code flow with PKCE (RFC 7636); state, nonce, issuer, audience, expiry and signature are checked (OpenID Connect Core
1.0, “ID Token Validation”), and only signatures by a provider's private key are taken. What must be remembered between
leaving and coming back lies in a short-lived cookie that no script can read, so that nothing grows here while strangers
begin and do not end.

For Microsoft Entra: register an application for accounts of this organisation only, of the platform “Web”, with the
redirect URI https://<host>/sign-in/back; make a client secret; the issuer is
https://login.microsoftonline.com/<directory id>/v2.0, never “common”. The claim `preferred_username` is the work address
a person signs in with, which their administrator may change; `oid` never changes and is the strictest choice, with
accounts named by it. `email` is only fit where the organisation alone can set it.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from dataset.access.access import OpenIdSettings

BACK = "/sign-in/back"
FLOW_LASTS = 10 * 60  # seconds between leaving for the provider and coming back
PATIENCE = 10.0  # seconds for one answer of the provider
LEEWAY = 60  # seconds by which the provider's clock may differ
_SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_TO_READ = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderUnavailable(RuntimeError):
    """The provider does not answer, or not as a provider does; the message is for the person who wants to sign in."""


class NotIdentified(RuntimeError):
    """Coming back did not tell who somebody is; the message is for them."""


@dataclass(frozen=True)
class Flow:
    """What is remembered of one sign-in on its way; `asked` is the address to go on to, `begun` in seconds."""

    state: str
    nonce: str
    verifier: str
    asked: str
    begun: float

    def as_cookie(self) -> str:
        return base64.urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()

    @classmethod
    def from_cookie(cls, text: str) -> Flow | None:
        """None where it is no such cookie."""
        try:
            held = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
            secret = [held[name] for name in ("state", "nonce", "verifier")]
            if not all(isinstance(one, str) and one and one.isascii() for one in secret):
                return None
            return cls(secret[0], secret[1], secret[2], str(held["asked"]), float(held["begun"]))
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return None


class OpenId:
    """The provider, as this application talks to it. Every method but `sign_out_address` may wait for the network."""

    def __init__(self, settings: OpenIdSettings, clock: Callable[[], float] = time.time) -> None:
        self._settings, self._clock = settings, clock
        self._metadata: dict[str, Any] = {}
        self._keys: KeySet | None = None

    def begin(self, back: str, asked: str) -> tuple[str, Flow]:
        """Where to send somebody who wants to sign in, and what to remember. Raises ProviderUnavailable.

        `back` is the whole address of `BACK`; `asked` where they want to go in the end."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        flow = Flow(state, nonce, verifier, asked, self._clock())
        metadata = self._discovered()
        with self._session(back) as session:
            address, _ = session.create_authorization_url(
                metadata["authorization_endpoint"], state=flow.state, nonce=flow.nonce, code_verifier=flow.verifier
            )
        return str(address), flow

    def identity(self, back: str, said: Mapping[str, str], flow: Flow | None) -> str:
        """The name of the account of whoever came back; `said` are the parameters they came with.
        Raises NotIdentified and ProviderUnavailable."""
        if flow is None or not 0 <= self._clock() - flow.begun <= FLOW_LASTS:
            raise NotIdentified("This sign-in took too long or was begun in another window.")
        if not hmac.compare_digest(said.get("state", "").encode("utf-8", "replace"), flow.state.encode()):
            raise NotIdentified("This sign-in was begun in another window.")
        if said.get("iss", self._settings.issuer) != self._settings.issuer:
            raise NotIdentified("Another provider answered than the one that was asked.")
        if "error" in said or not said.get("code"):
            raise NotIdentified("The sign-in was not completed with your organisation.")
        return self._claimed(self._token(back, said["code"], flow.verifier), flow.nonce)

    def sign_out_address(self) -> str:
        """Where people may sign out of the provider as well; "" where it names none."""
        place = self._metadata.get("end_session_endpoint")
        if not isinstance(place, str) or not self._is_safe(place):
            return ""
        return f"{place}{'&' if '?' in place else '?'}{urlencode({'client_id': self._settings.client_id})}"

    def _token(self, back: str, code: str, verifier: str) -> Mapping[str, Any]:
        try:
            with self._session(back) as session:
                token = session.fetch_token(
                    self._discovered()["token_endpoint"],
                    code=code,
                    code_verifier=verifier,
                    grant_type="authorization_code",
                    allow_redirects=False,
                )
        except OAuthError:
            raise NotIdentified("The provider did not accept this sign-in.") from None
        except (OSError, ValueError):
            raise _no_answer() from None
        return dict(token)

    def _claimed(self, token: Mapping[str, Any], nonce: str) -> str:
        settings = self._settings
        params = {"nonce": nonce, "client_id": settings.client_id, "access_token": token.get("access_token")}
        options = {
            "iss": {"essential": True, "value": settings.issuer},
            "aud": {"essential": True, "value": settings.client_id},
        }
        try:
            signed = self._signed(str(token.get("id_token", "")))
            CodeIDToken(signed.claims, signed.header, options, params).validate(leeway=LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError):
            raise NotIdentified("What the provider said of you could not be checked.") from None
        name = signed.claims.get(settings.claim)
        if not isinstance(name, str) or not name.strip():
            raise NotIdentified(f"The provider did not say your {settings.claim}.")
        if settings.claim == "email" and signed.claims.get("email_verified", True) is not True:
            raise NotIdentified("The provider has not checked your e-mail address.")
        return name.strip()

    def _signed(self, text: str) -> jwt.Token:
        """The token, its signature checked; keys that have changed since are fetched once more. Raises JoseError."""
        registry = JWSRegistry(algorithms=list(_SIGNATURES), strict_check_header=False)
        try:
            return jwt.decode(text, self._key_set(), registry=registry)
        except InvalidKeyIdError:
            self._keys = None
            return jwt.decode(text, self._key_set(), registry=registry)

    def _key_set(self) -> KeySet:
        if self._keys is None:
            held = self._fetched(self._discovered()["jwks_uri"])
            # Only public keys that sign: nothing that somebody else could hold too.
            kept = [key for key in held.get("keys", []) if key.get("kty") in ("RSA", "EC") and key.get("use") != "enc"]
            self._keys = KeySet.import_key_set({"keys": kept})
        return self._keys

    def _discovered(self) -> dict[str, Any]:
        """The provider's description of itself, fetched once."""
        if not self._metadata:
            issuer = self._settings.issuer
            found = self._fetched(issuer.rstrip("/") + "/.well-known/openid-configuration")
            places = [found.get(name) for name in _TO_READ]
            if found.get("issuer") != issuer or not all(isinstance(one, str) and self._is_safe(one) for one in places):
                raise ProviderUnavailable(
                    "The sign-in provider describes itself in another way than this application was told. Tell the business unit."
                )
            self._metadata = found
        return self._metadata

    def _is_safe(self, place: str) -> bool:
        return place.startswith("https://") or self._settings.issuer.startswith("http://")

    def _fetched(self, place: str) -> dict[str, Any]:
        try:
            with self._session("") as session:
                answer = session.get(place, withhold_token=True, allow_redirects=False)
                answer.raise_for_status()
                found = answer.json()
        except (OSError, ValueError):
            raise _no_answer() from None
        if not isinstance(found, dict) or answer.status_code != 200:
            raise _no_answer()
        return found

    def _session(self, back: str) -> Any:
        ways = self._metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return OAuth2Session(
            self._settings.client_id,
            self._settings.client_secret,
            token_endpoint_auth_method="client_secret_basic" if "client_secret_basic" in ways else "client_secret_post",
            scope="openid profile email",
            redirect_uri=back,
            code_challenge_method="S256",
            default_timeout=PATIENCE,
        )


def _no_answer() -> ProviderUnavailable:
    return ProviderUnavailable("The sign-in provider does not answer. Try again in a few minutes.")
