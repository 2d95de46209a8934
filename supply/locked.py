"""What the lock files name: each package with its one version."""

from __future__ import annotations

import re
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)(?:\[[a-z,]+\])?==([^\s;\\]+)", re.MULTILINE)
# The last one holds whatever the two before it hold; tests/test_supply.py sees to it.
LOCKS = tuple(ROOT / f"{name}.lock" for name in ("requirements", "requirements-dev", "requirements-bench"))


def locked(lock: Path) -> dict[str, Version]:
    """Version by package, under the names the Python Packaging Authority writes them by.

    A version that is not written as PEP 440 asks raises InvalidVersion.
    """
    return {canonicalize_name(name): Version(version) for name, version in PIN.findall(lock.read_text("utf-8"))}
