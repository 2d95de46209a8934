"""MAARS returns made row by row, for the tests of what a new file would change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from zlib import crc32

from dataset.agencies import MAARS, STOCKPORT
from dataset.columns import example_row
from dataset.intake import Answer, send
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.store import Store
from dataset.tables import RETURNS
from dataset.tables.maars_referrals import MaarsReferral

QUARTER = Quarter(2023, 2)
SLOT = Slot(STOCKPORT.code, MAARS.code, "maars_referrals", QUARTER)
Rows = Mapping[str, Mapping[str, str]]


def file_of(rows: Rows, quarter: Quarter = QUARTER) -> bytes:
    """A return with one row a reference, each given by the cells that matter; the rest are the example's."""
    columns = MaarsReferral.columns()
    lines = [",".join(columns)]
    for reference, cells in rows.items():
        # A day of its own for each reference, or the return would be asked why all rows bear one day.
        own = {
            "referral_id": reference,
            "referred_on": f"{quarter.start + timedelta(days=crc32(reference.encode()) % 90)}",
        }
        lines.append(",".join((example_row(columns, quarter, 1) | own | dict(cells)).values()))
    return "\n".join(lines).encode()


def plain(*references: str) -> bytes:
    return file_of({reference: {} for reference in references})


# An example of the counts holds one measure of all that an agency owes.
ASKED = dict.fromkeys(("MEASURES_MISSING:measure", "MEASURES_OF_OTHERS:measure"), "only an example")


def sent(store: Store, raw: bytes, slot: Slot = SLOT, reason: str = "") -> Answer:
    return send(store, slot, raw, sent_by="Ann", file_name="r.csv", reason=reason, reasons=ASKED)


def trace(store: Store) -> dict[str, object]:
    """Every row of every table and every file kept beside the store."""
    with store.cursor() as cursor:
        names = [f"facts.{table.about.name}" for table in RETURNS] + ["submission", "meta"]
        rows: dict[str, object] = {
            name: cursor.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in names
        }
        rows["tables"] = cursor.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
    return rows | {str(path): _content(path) for path in sorted(store.keeping.folder.rglob("*"))}


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
