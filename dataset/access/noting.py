"""A line in the audit trail for what is done to a store."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from dataset.access.access import trail_of
from dataset.access.acting import NotAllowed, actor_now, require
from dataset.access.roles import Action

if TYPE_CHECKING:
    from dataset.store import Store

P = ParamSpec("P")


class Answered(Protocol):
    """What a write gives back: a result in a word."""

    @property
    def result(self) -> str: ...


A = TypeVar("A", bound=Answered)


def note(store: Store, action: str, what: str, outcome: str = "done") -> None:
    """Who did what, and with which outcome; nothing while a demonstration is being made."""
    if not store.keeping.in_bulk:
        trail_of(store.path.resolve()).add(actor_now(), action, what, outcome)


def allow(store: Store, action: Action, what: str, agency: str = "") -> None:
    """Let somebody do something who may. Raises NotAllowed for others, and the refusal is noted."""
    try:
        require(action, agency)
    except NotAllowed:
        note(store, action, what, "refused")
        raise


def outcome_of(result: str) -> str:
    """How an answer's result stands in the trail."""
    return {"accepted": "done", "rejected": "not accepted"}.get(result, result)


def acts(
    action: Action, words: str, what: Callable[..., str], agency: Callable[..., str] = lambda *_, **__: ""
) -> Callable[[Callable[Concatenate[Store, P], A]], Callable[Concatenate[Store, P], A]]:
    """A write to a store: done only for those who may, and noted with its outcome under `words`.

    `what` and `agency` are called with the write's own arguments after the store.
    """

    def decorated(write: Callable[Concatenate[Store, P], A]) -> Callable[Concatenate[Store, P], A]:
        @wraps(write)
        def acting(store: Store, /, *args: P.args, **kwargs: P.kwargs) -> A:
            subject = f"{words}: {what(*args, **kwargs)}"
            allow(store, action, subject, agency(*args, **kwargs))
            answer = write(store, *args, **kwargs)
            note(store, action, subject, outcome_of(answer.result))
            return answer

        return acting

    return decorated
