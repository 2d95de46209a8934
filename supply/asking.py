"""Asking a public service, through pip-audit, what is known today against the locked packages."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from json import JSONDecodeError
from pathlib import Path

SECONDS_TO_WAIT = 180


@dataclass(frozen=True)
class Answer:
    """What a service said: how many packages it was asked for, those it could not tell of, each finding in words."""

    asked: int
    untold: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def told(self) -> int:
        return self.asked - len(self.untold)


def answer_for(lock: Path, *, service: Sequence[str] = ()) -> Answer | None:
    """The answer for everything a lock file names; None where no service could be reached.

    pip-audit itself ends well when every single package was passed over, so its list is read and not its word.
    `service` are pip-audit's own options; without any it asks the package index. Raises ModuleNotFoundError where
    pip-audit is not installed: that is no silence of a service.
    """
    if find_spec("pip_audit") is None:
        raise ModuleNotFoundError("pip-audit is not installed: `make test` installs what requirements-dev.lock names.")
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--requirement", str(lock)]
    command += ["--format", "json", "--desc", "off", "--progress-spinner", "off", "--timeout", "10", *service]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS_TO_WAIT)
        answer = _read(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, JSONDecodeError):
        return None
    return answer if answer.told else None


def _read(said: dict[str, list[dict[str, object]]]) -> Answer:
    packages = said["dependencies"]
    return Answer(
        asked=len(packages),
        untold=tuple(str(one["name"]) for one in packages if "skip_reason" in one),
        found=tuple(words for one in packages for words in _found(one)),
    )


def _found(package: dict[str, object]) -> list[str]:
    known = package.get("vulns")
    return [_in_words(package, one) for one in known] if isinstance(known, list) else []


def _in_words(package: dict[str, object], known: dict[str, object]) -> str:
    names, fixed = ([str(one) for one in _list(known.get(key))] for key in ("aliases", "fix_versions"))
    mended = f"fixed in {', '.join(fixed)}" if fixed else "not fixed yet"
    return f"{package['name']} {package['version']}: {', '.join([str(known['id']), *names])}, {mended}"


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
