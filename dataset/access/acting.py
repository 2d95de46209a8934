"""Who is acting now: set by the frame for every run of a screen, asked by every write."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from dataset.access.roles import Action, Actor, can


class NotAllowed(PermissionError):
    """Somebody tried what their role may not do; the message is for them. Nothing was changed."""


_ACTING: ContextVar[Actor | None] = ContextVar("acting", default=None)
_IN_A_SCREEN: ContextVar[bool] = ContextVar("in_a_screen", default=False)
_SERVED = False


@contextmanager
def acting(actor: Actor | None) -> Iterator[None]:
    """Whatever is written inside is written by this actor; None is nobody, who may write nothing."""
    one, other = _ACTING.set(actor), _IN_A_SCREEN.set(True)
    try:
        yield
    finally:
        _ACTING.reset(one)
        _IN_A_SCREEN.reset(other)


def only_screens_act() -> None:
    """From now on in this process nobody acts outside a screen: said by the application when it is served."""
    global _SERVED
    _SERVED = True


def actor_now() -> Actor | None:
    """Who acts. Outside every screen it is the user of the operating system, whose right is that to the store's file;
    in the served application it is nobody."""
    if _IN_A_SCREEN.get() or _SERVED:
        return _ACTING.get()
    return Actor(_system_user(), "administrator")


def require(action: Action, agency: str = "") -> Actor:
    """The actor, who may do this. Raises NotAllowed."""
    actor = actor_now()
    if actor is None:
        raise NotAllowed("Nobody is signed in. Nothing was changed. Sign in first.")
    if not can(actor, action, agency):
        whose = f" for {agency}" if agency else ""
        raise NotAllowed(
            f"{actor.title}: you may not do this{whose}. Nothing was changed. Ask the business unit for the right."
        )
    return actor


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a process without a name, as in some containers
        return "unnamed"
