"""Accounts, sessions and trail of a store of one test alone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from access.asking import Behind, Clock
from dataset.access.access import Access, Rules
from dataset.access.accounts import Accounts
from dataset.access.gate import Gate
from dataset.access.records import Records
from dataset.access.sessions import Sessions


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder of records, made once and copied: making one waits for the disk."""
    records = Records(tmp_path_factory.mktemp("prepared") / "store.duckdb")
    records.prepare()
    return records.folder


@pytest.fixture
def access(tmp_path: Path, clock: Clock, prepared: Path) -> Access:
    """Of a real store on one machine."""
    shutil.copytree(prepared, tmp_path / "store.duckdb.access")
    return opened(tmp_path / "store.duckdb", clock)


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
def gate(access: Access, behind: Behind) -> Gate:
    return Gate(behind, access)


def opened(store: Path, clock: Clock, **changed: object) -> Access:
    """Access to a store with some rules changed, by a clock of the test's own."""
    rules = replace(Rules.from_environment(store, {}), **changed)  # type: ignore[arg-type]
    found = Access(store, rules)
    found.accounts = Accounts(found.records, clock)
    found.sessions = Sessions(found.records, found.accounts, clock=clock)
    return found
