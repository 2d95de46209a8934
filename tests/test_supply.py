"""Where the packages come from: every one of the whole tree is locked by the hash of its files, and checked on installing."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from test_layers import ADDRESS, HOST

from supply.locked import PIN
from supply.locked import locked as locked_in

ROOT = Path(__file__).parents[1]
LISTS = ("requirements", "requirements-dev", "requirements-bench")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def asked(name: str) -> dict[str, str]:
    """Version by package that a list of requirements names, those of the lists it includes among them."""
    found: dict[str, str] = {}
    for line in (ROOT / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("-r "):
            found |= asked(line.removeprefix("-r ").removesuffix(".txt"))
        elif line and not line.startswith("#"):
            package, _, version = line.partition("==")
            found[canonicalize_name(package.partition("[")[0])] = version
    return found


def lock(name: str) -> str:
    return (ROOT / f"{name}.lock").read_text("utf-8")


def locked(name: str) -> dict[str, str]:
    return {package: str(version) for package, version in locked_in(ROOT / f"{name}.lock").items()}


def tree(name: str) -> set[str]:
    """Every package that those of a list need in turn, on this machine, as the installed ones say."""
    found: set[str] = set()
    waiting = set(asked(name))
    while waiting:
        package = waiting.pop()
        found.add(package)
        wanted = (Requirement(line) for line in requires(package) or ())
        needed = {canonicalize_name(one.name) for one in wanted if not one.marker or one.marker.evaluate({"extra": ""})}
        waiting |= needed - found
    return found


@pytest.mark.parametrize("name", LISTS)
def test_what_is_asked_for_is_what_is_locked(name: str) -> None:
    assert asked(name).items() <= locked(name).items(), "run `make locks` after a change of the requirements"


@pytest.mark.parametrize("name", LISTS[:2])
def test_whatever_a_package_needs_in_turn_is_locked(name: str) -> None:
    try:
        assert tree(name) <= set(locked(name))
    except PackageNotFoundError as missing:
        pytest.fail(f"{missing} is asked for and not installed")


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_locked_without_a_hash(name: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", lock(name), flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked(name)) > 40
    assert [entry.partition(" ")[0] for entry in entries if not HASH.search(entry)] == []


@pytest.mark.parametrize("name", LISTS)
def test_a_lock_file_holds_packages_and_hashes_and_nothing_else(name: str) -> None:
    text = lock(name)
    left = [
        line for line in text.splitlines() if not PIN.match(line) and not re.fullmatch(rf" +{HASH.pattern}( \\)?", line)
    ]
    assert left == []
    assert not ADDRESS.findall(text)
    assert not HOST.findall(text)
    assert "://" not in text


def test_the_lists_agree_where_they_lock_the_same_package() -> None:
    run, test, bench = (locked(name) for name in LISTS)
    assert run.items() <= test.items()
    assert test.items() <= bench.items()


def test_every_machine_finds_a_file_among_the_hashes() -> None:
    entry = next(
        one
        for one in re.split(r"^(?=[a-z0-9])", lock("requirements"), flags=re.MULTILINE)
        if one.startswith("duckdb==")
    )
    assert len(HASH.findall(entry)) > 10, "one for each system and Python that the package is made for"
    assert "tzdata" in locked("requirements"), "only Windows needs it"


def test_make_installs_nothing_that_is_not_locked() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    [install] = [line for line in text.splitlines() if "pip install" in line]
    assert install.startswith("INSTALL := ")
    assert {"--require-hashes", "--only-binary"} <= set(install.split()), "building a package would fetch others unseen"
    assert re.findall(r"^UNCOMPILED := (.*)$", text, re.MULTILINE) == ["--no-compile"]
    assert re.findall(r"\$\(INSTALL\) (?:\$\(UNCOMPILED\) )?(.*)", text) == [f"-r {name}.lock" for name in LISTS]


def test_what_is_installed_fits_together() -> None:
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_make_looks_for_weaknesses_and_each_one_passed_over_says_why() -> None:
    assert "bandit --quiet --configfile pyproject.toml" in (ROOT / "Makefile").read_text("utf-8")
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    skips = tomllib.loads(text)["tool"]["bandit"]["skips"]
    assert [code for code in skips if not re.search(rf'"{code}", # \w.{{20,}}', text)] == []
