"""What was worked out of an earlier version of the store and holds in a later one, since it is made of the same things.

Every accepted return makes a new version, but changes few of the figures. A value is carried from one version to the
next under the things it is made of: when any of them is another than before, it is made anew. So nothing is kept that
somebody would have to remember to throw away.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
NOTHING: Any = object()


@dataclass(frozen=True)
class Carried:
    """Values by family and key, each with what it is made of; of a family only so many are held, the last used ones.

    `share` is how much of that many: a moment that is over is looked at for a quarter or two, not for all of them.
    """

    share: float = 1.0
    families: dict[str, OrderedDict[Hashable, tuple[tuple[Any, ...], Any]]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def once(self, family: str, key: Hashable, made_of: tuple[Any, ...], make: Callable[[], T], most: int = 500) -> T:
        """What `make` gives, which must depend on `family`, `key` and `made_of` alone.

        `made_of` is compared by equality, and a thing that is the very same needs no comparing. What is given back is
        shared by all who ask, so nobody may change it. Two who ask at once may both make it; one of the two stays.
        """
        if (held := self.held(family, key, made_of)) is not NOTHING:
            known: T = held
            return known
        value = make()
        values = self.families.setdefault(family, OrderedDict())
        with self.lock:
            values[key] = (made_of, value)
            values.move_to_end(key)
            while len(values) > most * self.share:
                values.popitem(last=False)
        return value

    def held(self, family: str, key: Hashable, made_of: tuple[Any, ...] = ()) -> Any:
        """What is held and was made of the same things; NOTHING where it is to be made."""
        values = self.families.get(family)
        found = values.get(key) if values else None
        if values is None or found is None or found[0] != made_of:
            return NOTHING
        with self.lock:
            if key in values:
                values.move_to_end(key)
        return found[1]

    def let_go(self) -> None:
        """Forget everything; who was given something keeps it."""
        with self.lock:
            for values in list(self.families.values()):
                values.clear()

    def growing(self, family: str, key: Hashable, made_of: tuple[Any, ...] = ()) -> dict[Any, Any]:
        """A dictionary of what never changes once it is known, such as what an accepted return counts: it is only added to."""
        found: dict[Any, Any] = self.once(family, key, made_of, dict)
        return found
