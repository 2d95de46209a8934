"""`python -m dataset purge | erase`, and the same words for `python -m safeguarding_metrics purge | erase`.

Counting what rows gave the indicators is not the dataset's: here it is read from a file (`--counts`), there it is counted.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dataset.access.noting import note
from dataset.ledger import Submission
from dataset.purging import CannotRemove, due, erase, finish, purge, to_erase
from dataset.refusing import StoreUnavailable
from dataset.removal import CountsOfEntry, KeptCount, Removal
from dataset.retention import WrongRetention, kept_until
from dataset.store import Store
from dataset.tables import return_named

FINE, FOUND = 0, 1
Counting = Callable[[Store, Sequence[Submission]], Mapping[int, CountsOfEntry]]
ELSEWHERE = "Use “python -m safeguarding_metrics {command}”, which counts what the rows give before they go."


def add_removal_commands(commands: Any, *, counts_given: bool) -> None:
    """Their arguments; `commands` is what `add_subparsers` gave."""
    past = commands.add_parser("purge", help="remove rows and files past the period their return is kept for")
    past.add_argument("--dry-run", action="store_true", help="say what would go; remove nothing")
    one = commands.add_parser("erase", help="remove the rows and the file of one entry")
    one.add_argument("--entry", type=int, required=True, help="its number in the ledger")
    one.add_argument("--reason", required=True, help="why, in words that name nobody")
    for command in (past, one):
        command.add_argument("--by", required=True, help="the role of who removes")
        command.add_argument("--store")
        if counts_given:
            command.add_argument("--counts", metavar="FILE", help="JSON: entry → indicator → [k, n, margin]")


def removal_command(args: argparse.Namespace, path: Path, counting: Counting) -> int:
    """Run purge or erase on the store at `path`, which nobody else may have open."""
    if not path.exists():
        raise StoreUnavailable(f"There is no store {path}. Check its name.")
    store = Store.open(path)
    try:
        return (_purge if args.command == "purge" else _erase)(args, store, counting)
    except (CannotRemove, WrongRetention) as error:
        print(f"{error} Nothing was removed.")
        return FOUND
    finally:
        store.close()


def counts_from(args: argparse.Namespace) -> Counting:
    """The counts of the file that --counts names."""

    def read(store: Store, entries: Sequence[Submission]) -> Mapping[int, CountsOfEntry]:
        if not args.counts:
            raise CannotRemove(
                f"The figures made of these rows would be lost. {ELSEWHERE.format(command=args.command)}"
            )
        try:
            given = json.loads(Path(args.counts).read_text("utf-8"))
            return {int(entry): {name: KeptCount(*one) for name, one in of.items()} for entry, of in given.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            raise CannotRemove(f"The counts in {args.counts} cannot be read.") from None

    return read


def _purge(args: argparse.Namespace, store: Store, counting: Counting) -> int:
    entries = due(store, store.clock().date())
    for entry in entries:
        last = kept_until(return_named(entry.slot.dataset).about.footing, entry.slot.quarter)
        print(f"{_named(entry)}: kept until {last:%d/%m/%Y}")
    rows = sum(entry.records for entry in entries)
    if args.dry_run:
        print(f"{len(entries):,} entries with {rows:,} rows would be purged. Nothing was removed.")
        return FINE
    # Also where nothing is due: an earlier purge may have been stopped before its files were gone.
    purge(store, entries, counting(store, entries) if entries else {}, written_by=args.by)
    note(store, "administer", f"purge: {len(entries)} entries, {rows} rows")
    print(f"{len(entries):,} entries with {rows:,} rows were purged; the ledger and the counts stay.")
    _say_copies(finish(store))
    return FINE


def _erase(args: argparse.Namespace, store: Store, counting: Counting) -> int:
    entry = to_erase(store, args.entry)
    counts = counting(store, [entry])
    if entry.id not in counts:
        raise CannotRemove(f"The counts of entry {entry.id} are not given, so its figures would be lost.")
    made: Removal = erase(store, entry, counts[entry.id], reason=args.reason, written_by=args.by)
    note(store, "administer", f"erase: entry {entry.id}")
    print(f"{_named(entry)}: {made.mark}; the ledger and the counts stay.")
    _say_copies(finish(store))
    return FINE


def _named(entry: Submission) -> str:
    slot, rows = entry.slot, "1 row" if entry.records == 1 else f"{entry.records:,} rows"
    return f"Entry {entry.id}, {slot.dataset} of {slot.agency} for {slot.quarter}, {rows}"


def _say_copies(copies: Sequence[Path]) -> None:
    if copies:
        named = ", ".join(copy.name for copy in copies)
        print(f"Copies made earlier may still hold what was removed; delete them when they are not needed: {named}")
