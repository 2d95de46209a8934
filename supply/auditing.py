"""Whether anything is publicly known against what the application is built from, in sentences and one verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.version import Version

from supply.advisories import Advisory, Known, known_against
from supply.asking import Answer
from supply.locked import locked

# Advisory by advisory: why it cannot harm here and what will be done about it. Every entry needs both.
ACCEPTED: Mapping[str, str] = {}


@dataclass(frozen=True)
class Audit:
    """The verdict with every sentence it is made of."""

    sentences: tuple[str, ...]
    passes: bool
    was_asked: bool


def audit(
    lock: Path,
    advisories: Iterable[Advisory],
    ask: Callable[[Path], Answer | None],
    accepted: Mapping[str, str] = ACCEPTED,
) -> Audit:
    """Everything a lock file names, against the kept advisories and whoever can be asked.

    Fails for an advisory that affects a locked version, and for a service that tells of some packages and not of
    others. That nobody could be asked is said; the kept advisories judge alone then.
    """
    packages = locked(lock)
    known = known_against(packages, advisories)
    against = [one for one in known.found if one.id not in accepted]
    answer = ask(lock)
    asked_found = _not_accepted(answer, accepted)
    said = [
        _about_kept(lock, packages, known),
        *(_affected(one, packages) for one in against),
        *(f"Accepted: {one.package}, {one.id}: {accepted[one.id]}" for one in known.found if one.id in accepted),
        *(f"Not decided: {one.package}, {one.id}: {one.note}" for one in known.undecided),
        _about_asking(answer),
        *(f"KNOWN AGAINST IT: {words}." for words in asked_found),
    ]
    untold = bool(answer and answer.untold)
    return Audit(tuple(said), passes=not (against or asked_found or untold), was_asked=answer is not None)


def _not_accepted(answer: Answer | None, accepted: Mapping[str, str]) -> list[str]:
    found = answer.found if answer else ()
    return [words for words in found if not any(f" {name}," in words for name in accepted)]


def _about_kept(lock: Path, packages: Mapping[str, Version], known: Known) -> str:
    read = f", the newest of {known.newest}" if known.newest else ""
    return (
        f"{lock.name}: {len(packages)} packages; {known.asked} kept advisories are about them{read}; "
        f"{len(known.found) or 'none'} of them affect{'s' if len(known.found) < 2 else ''} a version in use."
    )


def _affected(one: Advisory, packages: Mapping[str, Version]) -> str:
    fixed = sorted({str(part.fixed) for part in one.ranges if part.fixed})
    mended = f"fixed in {', '.join(fixed)}" if fixed else "no version that mends it is kept"
    names = ", ".join([one.id, *one.aliases])
    return f"KNOWN AGAINST IT: {one.package} {packages[one.package]}: {names}, {mended}. Read in {one.read_in}."


def _about_asking(answer: Answer | None) -> str:
    if answer is None:
        return (
            "Nobody could be asked from here what became known since (pip-audit reached no service that tells of these "
            "packages). Before a release, run `make advisories` on a machine with the internet."
        )
    if answer.untold:
        return (
            f"pip-audit was told of {answer.told} of {answer.asked} packages, and not of {', '.join(answer.untold)}: "
            "ask again, or find out what became of them."
        )
    return f"pip-audit was told of all {answer.asked} packages: {len(answer.found) or 'nothing'} known against them."
