"""Bringing the kept advisories up to date from a folder of advisories in the Open Source Vulnerability format.

Both the public export of that database and GitHub's own repository of advisories are folders of such JSON files.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from supply.advisories import FIRST, Advisory, Range


def advisories_in(folder: Path, packages: Collection[str]) -> Iterator[Advisory]:
    """Every advisory of a folder about one of the packages, once for each of them.

    Raises ValueError that names the file for one that is not of the format.
    """
    for path in sorted(folder.rglob("*.json")):
        try:
            yield from _about(json.loads(path.read_text("utf-8")), packages, path.relative_to(folder))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError(f"{path} is no advisory in the Open Source Vulnerability format.") from error


def _about(told: dict[str, Any], packages: Collection[str], place: Path) -> Iterator[Advisory]:
    affected: dict[str, list[dict[str, Any]]] = {}
    for one in told.get("affected", ()):
        if one.get("package", {}).get("ecosystem") == "PyPI":
            affected.setdefault(canonicalize_name(one["package"]["name"]), []).append(one)
    for name in sorted(affected.keys() & set(packages)):
        ranges = tuple(part for one in affected[name] for part in _ranges(one))
        versions = () if ranges else tuple(version for one in affected[name] for version in one.get("versions", ()))
        yield Advisory.model_validate(
            {
                "id": told["id"],
                "package": name,
                "aliases": told.get("aliases", ()),
                "ranges": ranges,
                "versions": versions,
                "published": _day(told, "published"),
                "modified": _day(told, "modified"),
                "withdrawn": _day(told, "withdrawn"),
                "read_in": place.as_posix(),
            }
        )


def _day(told: dict[str, Any], key: str) -> str | None:
    return str(told[key])[:10] if told.get(key) else None


def _ranges(affected: dict[str, Any]) -> Iterator[Range]:
    """The ranges of one list of events: each begins where it is introduced and ends with the next event that ends it."""
    for one in affected.get("ranges", ()):
        if one["type"] != "ECOSYSTEM":
            continue
        introduced: str | None = None
        for event in one["events"]:
            if "introduced" in event:
                introduced = str(event["introduced"])
            elif introduced is not None and event.keys() & {"fixed", "last_affected"}:
                yield Range.model_validate({"introduced": introduced or FIRST, **event})
                introduced = None
        if introduced is not None:
            yield Range(introduced=introduced)


def renewed(kept: Iterable[Advisory], found: Iterable[Advisory]) -> tuple[Advisory, ...]:
    """The kept advisories with those found in place of their older selves, or of what they were kept as under another name."""
    new = {(one.package, one.id): one for one in found}
    replaced = {(one.package, name) for one in new.values() for name in (one.id, *one.aliases)}
    stay = (one for one in kept if (one.package, one.id) not in replaced)
    return tuple(sorted((*stay, *new.values()), key=lambda one: (one.package, str(one.published or ""), one.id)))


def written(advisories: Iterable[Advisory]) -> str:
    """As they are kept: one line each."""
    return "".join(
        json.dumps(one.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False) + "\n" for one in advisories
    )
