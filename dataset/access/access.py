"""Everything the gate and the screens need to know of who may come in, for one store."""

from __future__ import annotations

import ipaddress
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal, get_args
from urllib.parse import urlsplit

from dataset.access.accounts import Account, Accounts, WrongAccount
from dataset.access.acting import require
from dataset.access.records import Records
from dataset.access.roles import Actor
from dataset.access.sessions import IDLE, REMEMBERED, Sessions
from dataset.access.trail import Trail
from dataset.keeping import folder_beside

Mode = Literal["open", "local", "proxy", "openid"]
MODES: tuple[Mode, ...] = get_args(Mode)
LOOPBACK = ("127.0.0.1", "::1", "localhost")
FIRST = "administrator"


class WrongAccess(ValueError):
    """A setting of the sign-in cannot be used; the message says which and what to write."""


@dataclass(frozen=True)
class OpenIdSettings:
    """Where people sign in: the provider's `issuer`, what it knows this application by, and the `claim` of a person that
    is the name of their account here."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str = "preferred_username"


@dataclass(frozen=True)
class Rules:
    """How people sign in: `mode`; `hosts` under which the application answers; `proxy_header` that names who is signed in
    and `proxy_from` the addresses or networks it is believed from; `https` whether people reach it through HTTPS."""

    mode: Mode
    hosts: frozenset[str]
    proxy_header: str = ""
    proxy_from: frozenset[str] = frozenset(LOOPBACK)
    https: bool = False
    openid: OpenIdSettings | None = None

    @classmethod
    def from_environment(cls, store: Path, environment: Mapping[str, str] | None = None) -> Rules:
        """Read SAFEGUARDING_SIGN_IN, _HOSTS, _HTTPS, for a proxy _PROXY_HEADER and _PROXY_FROM, for OpenID Connect
        _OPENID_ISSUER, _OPENID_CLIENT_ID, _OPENID_CLIENT_SECRET and _OPENID_CLAIM. Raises WrongAccess.

        A demonstration store is open to whoever sits at the machine; any other asks for an account.
        """
        env = os.environ if environment is None else environment
        mode = _mode(env.get("SAFEGUARDING_SIGN_IN", ""), invented=is_demonstration(store))
        hosts, https = _listed(env.get("SAFEGUARDING_HOSTS", "")), env.get("SAFEGUARDING_HTTPS", "") == "1"
        if hosts - set(LOOPBACK) and not https:
            raise WrongAccess(
                "People reach the application by other names than this machine's own (SAFEGUARDING_HOSTS). Put HTTPS in front "
                "of it, then set SAFEGUARDING_HTTPS to 1."
            )
        return cls(
            mode,
            hosts | frozenset(LOOPBACK),
            _proxy_header(env) if mode == "proxy" else "",
            _listed(env.get("SAFEGUARDING_PROXY_FROM", "")) or frozenset(LOOPBACK),
            https,
            _openid(env) if mode == "openid" else None,
        )

    def believes(self, peer: str) -> bool:
        """Whether a proxy at this address may say who is signed in."""
        return any(_lies_in(peer, place) for place in self.proxy_from)


def _mode(asked: str, *, invented: bool) -> Mode:
    asked = asked or ("open" if invented else "local")
    mode = next((one for one in MODES if one == asked), None)
    if mode is None:
        raise WrongAccess(f"SAFEGUARDING_SIGN_IN is “{asked}”. Write one of: {', '.join(MODES)}.")
    if mode == "open" and not invented:
        raise WrongAccess("Only a demonstration store may be open. Set SAFEGUARDING_SIGN_IN to local, proxy or openid.")
    return mode


def _proxy_header(env: Mapping[str, str]) -> str:
    header = env.get("SAFEGUARDING_PROXY_HEADER", "").strip()
    if not header:
        raise WrongAccess("SAFEGUARDING_PROXY_HEADER is missing: name the header in which the proxy says who it is.")
    for place in _listed(env.get("SAFEGUARDING_PROXY_FROM", "")) - set(LOOPBACK):
        try:
            ipaddress.ip_network(place, strict=False)
        except ValueError:
            raise WrongAccess(
                f"SAFEGUARDING_PROXY_FROM holds “{place}”. Write addresses or networks, separated by commas."
            ) from None
    if env.get("FORWARDED_ALLOW_IPS") != "":
        # The server would put the address of X-Forwarded-For in the place of the proxy's, and anybody can write that header.
        raise WrongAccess(
            "Set FORWARDED_ALLOW_IPS to nothing (FORWARDED_ALLOW_IPS=): only then is it certain who said who is signed in."
        )
    return header


def _openid(env: Mapping[str, str]) -> OpenIdSettings:
    names = ("SAFEGUARDING_OPENID_ISSUER", "SAFEGUARDING_OPENID_CLIENT_ID", "SAFEGUARDING_OPENID_CLIENT_SECRET")
    found = [env.get(name, "").strip() for name in names]
    if missing := [name for name, value in zip(names, found, strict=True) if not value]:
        raise WrongAccess(f"{' and '.join(missing)} must be set to sign in by OpenID Connect.")
    if not _is_safe_place(found[0]):
        raise WrongAccess("SAFEGUARDING_OPENID_ISSUER must begin with https://.")
    claim = env.get("SAFEGUARDING_OPENID_CLAIM", "").strip() or "preferred_username"
    return OpenIdSettings(found[0], found[1], found[2], claim)


def _is_safe_place(issuer: str) -> bool:
    """HTTPS; plain HTTP only on this machine."""
    try:
        place = urlsplit(issuer)
        return bool(place.hostname) and (
            place.scheme == "https" or (place.scheme == "http" and place.hostname in LOOPBACK)
        )
    except ValueError:
        return False


def is_this_machine(peer: str) -> bool:
    """Whether an address is one of the machine's own; "" is a socket in its file system."""
    found = _address(peer)
    return peer == "" or (found is not None and found.is_loopback)


def _lies_in(peer: str, place: str) -> bool:
    found = _address(peer)
    if found is None:
        return False
    return found.is_loopback if place == "localhost" else found in ipaddress.ip_network(place, strict=False)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _listed(text: str) -> frozenset[str]:
    return frozenset(part.strip().casefold() for part in text.split(",") if part.strip())


def is_demonstration(store: Path) -> bool:
    """Whether what is kept beside a store says that its data are invented; a store that is not there yet is real."""
    return (folder_beside(store) / "demonstration").exists()


class Access:
    """Accounts, sessions and trail of one store."""

    def __init__(self, store: Path, rules: Rules) -> None:
        self.rules = rules
        self.records = Records(store)
        self.records.prepare()
        self.accounts = Accounts(self.records)
        self.sessions = Sessions(self.records, self.accounts)
        self.trail = Trail(self.records)
        self._by_proxy: dict[str, tuple[float, Account]] = {}
        self._lock = Lock()

    def by_proxy(self, name: str) -> Account | None:
        """The open account of somebody who signed in at the proxy. The first request, and the first after 15 minutes
        without one, is its line in the trail."""
        account, now = self.accounts.named(name), time.monotonic()
        if account is None or account.closed:
            return None
        with self._lock:
            last = self._by_proxy.get(account.name)
            self._by_proxy[account.name] = (now, account)
        if last is None or now - last[0] > IDLE:
            self.trail.add(account.actor, "sign in", "by the proxy")
        return account

    def remembered_by_proxy(self, name: str) -> Account | None:
        """What was found within the last second; None where it has to be looked up, which waits for the disk."""
        with self._lock:
            held = self._by_proxy.get(name)
        return held[1] if held and time.monotonic() - held[0] < REMEMBERED else None

    def first_administrator(self) -> str | None:
        """The password of the first account, made when there is none and people sign in here; it is shown once."""
        if self.rules.mode != "local" or self.accounts.all():
            return None
        try:
            password = self.accounts.add(FIRST, "administrator")
        except WrongAccount:  # Another process that started at the same moment has made it.
            return None
        self.trail.add(None, "first administrator made", FIRST)
        return password


@lru_cache(maxsize=8)
def trail_of(store: Path) -> Trail:
    """The audit trail of a store, made when it is first written to."""
    records = Records(store)
    records.prepare()
    return Trail(records)


class Administration:
    """What an administrator changes on a screen, each change a line of the trail."""

    def __init__(self, store: Path) -> None:
        records = Records(store)
        records.prepare()
        self.accounts, self.trail = Accounts(records), Trail(records)

    def make(self, actor: Actor | None, name: str, role: str, agency: str) -> str:
        """A new account; its first password. Raises WrongAccount, NotAllowed."""
        require("administer")
        password = self.accounts.add(name, role, agency)
        self.trail.add(actor, "administer", f"account {name} made: {role} {agency}")
        return password

    def new_password(self, actor: Actor | None, name: str) -> str:
        """A new password for a first sign-in. Raises WrongAccount, NotAllowed."""
        require("administer")
        password = self.accounts.give_new_password(name)
        self.trail.add(actor, "administer", f"account {name} given a new password")
        return password

    def close(self, actor: Actor | None, name: str, *, closed: bool) -> None:
        """Close an account or open it again. Raises WrongAccount, NotAllowed."""
        require("administer")
        self.accounts.close(name, closed=closed)
        self.trail.add(actor, "administer", f"account {name} {'closed' if closed else 'opened again'}")


@lru_cache(maxsize=8)
def administration_of(store: Path) -> Administration:
    """The accounts and the trail of a store, for its administrators."""
    return Administration(store)
