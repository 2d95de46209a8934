"""Stores for the screens to stand on; each is this process's one held store while a test runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dataset.agencies import ADULT_SOCIAL_CARE, BUSINESS_UNIT, MAARS, PENNINE_CARE, STOCKPORT
from dataset.intake import send, send_nil
from dataset.keeping import Keeping
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.store import Store
from dataset.tables import return_named
from dataset.templates import example_csv
from pages.parts.held import let_go

Q1 = Quarter(2025, 1)
MARKUP, BOLD = "<img src=x onerror=1>", "**bold** ![x](y) <script>1</script>"
MISSING = Slot(STOCKPORT.code, PENNINE_CARE.code, "section_42_enquiries", Q1)


@contextmanager
def holding(path: Path) -> Iterator[Path]:
    """The screens hold the store at `path`, and nothing of it stays held."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFEGUARDING_STORE", str(path))
        for name in ("SAFEGUARDING_GROWTH", "SAFEGUARDING_REVIEW_CLOCK", "SAFEGUARDING_TOLERANCE"):
            patch.delenv(name, raising=False)
        yield path
        let_go(path)


def copy_of(path: Path, folder: Path) -> Path:
    copied = folder / path.name
    shutil.copy2(path, copied)
    shutil.copytree(Keeping(path).folder, Keeping(copied).folder)
    return copied


@pytest.fixture(scope="module")
def demonstration(demonstration_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demonstration, to be read."""
    with holding(copy_of(demonstration_path, tmp_path_factory.mktemp("read"))) as path:
        yield path


@pytest.fixture
def own_demonstration(demonstration_path: Path, tmp_path: Path) -> Iterator[Path]:
    """The demonstration, to be written to."""
    with holding(copy_of(demonstration_path, tmp_path)) as path:
        yield path


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Path]:
    """The partnership's own store before anything was sent."""
    Store.open(tmp_path / "safeguarding.duckdb").close()
    with holding(tmp_path / "safeguarding.duckdb") as path:
        yield path


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Path]:
    """A file that is no store."""
    (tmp_path / "safeguarding.duckdb").write_bytes(b"not a store of anything\n" * 400)
    with holding(tmp_path / "safeguarding.duckdb") as path:
        yield path


def fill(path: Path) -> None:
    """The first quarter of 2025/26: a nil return, a restatement, a refusal; Pennine Care has not sent."""
    store = Store.open(path, clock=lambda: datetime(2025, 7, 10, 9, 30, tzinfo=UTC))
    for dataset, who in (
        ("maars_referrals", MAARS),
        ("section_42_enquiries", ADULT_SOCIAL_CARE),
        ("safeguarding_concerns", ADULT_SOCIAL_CARE),
        ("rapid_reviews", BUSINESS_UNIT),
    ):
        slot = Slot(STOCKPORT.code, who.code, dataset, Q1)
        raw = example_csv(return_named(dataset), Q1, 3).encode()
        assert send(store, slot, raw, sent_by=MARKUP, file_name=f"{MARKUP}.csv").accepted
    again = example_csv(return_named("maars_referrals"), Q1, 5).encode()
    slot = Slot(STOCKPORT.code, MAARS.code, "maars_referrals", Q1)
    assert send(store, slot, again, sent_by="MAARS", file_name="two.csv", reason=BOLD).accepted
    nil = replace(slot, agency=BUSINESS_UNIT.code, dataset="sar_referrals")
    assert send_nil(store, nil, sent_by="Coordinator", reason=BOLD).accepted
    assert not send(store, MISSING, b"no\r\nreturn\r\n", sent_by="Pennine Care", file_name="bad.csv").accepted
    store.close()


@pytest.fixture(scope="session")
def half_filled_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Filled once, and copied; nothing is written into it."""
    path = tmp_path_factory.mktemp("half_filled") / "safeguarding.duckdb"
    fill(path)
    return path


@pytest.fixture
def half_filled(half_filled_path: Path, tmp_path: Path) -> Iterator[Path]:
    """A real store with some of a quarter's returns, whose senders wrote markup."""
    with holding(copy_of(half_filled_path, tmp_path)) as path:
        yield path
