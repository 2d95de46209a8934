"""Is anything publicly known against the packages of the lock files?

`python -m supply`: 0 nothing is known, 1 something is, or a service left packages out.
`python -m supply --asked`: for a machine with the internet, 2 when no service could be asked.
`python -m supply --renew FOLDER`: the kept advisories brought up to date from a folder of published ones.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from supply.advisories import KEPT, kept
from supply.asking import Answer, answer_for
from supply.auditing import audit
from supply.locked import LOCKS, locked
from supply.renewing import advisories_in, renewed, written


def main(arguments: list[str], ask: Callable[[Path], Answer | None] = answer_for) -> int:
    """The audit of the lock file that holds all others, or the renewal; `ask` is who is asked what became known since."""
    about, _, ways = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        prog="python -m supply", description=about, epilog=ways, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--asked", action="store_true", help="fail when no service could be asked")
    parser.add_argument("--renew", type=Path, metavar="FOLDER", help="take in what a folder of advisories tells")
    parser.add_argument(
        "--kept", type=Path, metavar="FILE", default=KEPT, help="where the kept ones stand; here without it"
    )
    asked = parser.parse_args(arguments)
    if asked.renew:
        return _renew(asked.renew, asked.kept)
    done = audit(LOCKS[-1], kept(asked.kept), ask)
    print("\n".join(done.sentences))
    if not done.passes:
        return 1
    return 2 if asked.asked and not done.was_asked else 0


def _renew(folder: Path, place: Path) -> int:
    before = kept(place)
    try:
        after = renewed(before, advisories_in(folder, locked(LOCKS[-1])))
    except ValueError as error:
        print(f"Nothing was changed. {error}", file=sys.stderr)
        return 1
    place.write_text(written(after), "utf-8")
    new = len(set(after) - set(before))
    print(f"Advisories kept before: {len(before)}; now: {len(after)}; new or changed: {new}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
