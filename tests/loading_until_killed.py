"""Loads returns into the store named on the command line until killed; prints each entry it was acknowledged.

Run by test_kill.py. Each return has as many rows as its entry's number, so that half a return shows.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from dataset.agencies import AGENCIES, STOCKPORT
from dataset.intake import send
from dataset.ledger import Slot
from dataset.quarter import Quarter
from dataset.store import Store
from dataset.tables.maars_referrals import MaarsReferral

HEADER = ",".join(MaarsReferral.columns())
store = Store.open(Path(sys.argv[1]))
first = len(store.entries()) + 1
print("ready", flush=True)
for number in range(first, 400):
    quarter = Quarter(2021, 1).plus(number % 16)
    slot = Slot(STOCKPORT.code, AGENCIES[number // 16 % len(AGENCIES)].code, "maars_referrals", quarter)
    rows = [
        f"MR-{number}-{n},P-1,{quarter.start + timedelta(n % 90)},25-29,Female,Police,Housing,No" for n in range(number)
    ]
    raw = "\n".join([HEADER, *rows]).encode()
    answer = send(store, slot, raw, sent_by="Ann", file_name="r.csv", reason="" if number < 240 else "again")
    if answer.result != "accepted":
        raise SystemExit(f"{number}: {answer.findings}")
    print(answer.entry.id, flush=True)
