"""Writes comments into the store named on the command line until killed; prints each version it was acknowledged.

Run by test_commentary.py. Each comment says its own number in all three parts, so that half of one shows.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dataset.agencies import AGENCIES
from dataset.commentary import comments, write_comment
from dataset.quarter import Quarter
from dataset.store import Store

store = Store.open(Path(sys.argv[1]))
first = len(comments(store)) + 1
print("ready", flush=True)
for number in range(first, 2000):
    answer = write_comment(
        store,
        agency=AGENCIES[number % len(AGENCIES)].code,
        indicator="msp_asked",
        quarter=Quarter(2023, 1),
        what_happened=f"{number}",
        so_what=f"{number}",
        now_what=f"{number}",
        written_by="Analyst",
    )
    if answer.comment is None:
        raise SystemExit(f"{number}: {answer.findings}")
    print(answer.comment.id, flush=True)
