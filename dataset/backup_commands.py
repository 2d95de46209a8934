"""`python -m dataset backup | verify | restore`."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path
from typing import Any

from dataset.access.acting import actor_now
from dataset.access.records import Records, RecordsUnavailable
from dataset.access.saving import are_whole
from dataset.access.trail import Trail
from dataset.backing_up import Made, back_up, back_up_kept
from dataset.backups import default_folder
from dataset.refusing import StoreHeld, StoreUnavailable
from dataset.restoring import NEWEST, access_would_come_back, chosen, restore, would_lose
from dataset.store import Store
from dataset.verifying import verify

FINE, FOUND = 0, 1


def add_backup_commands(commands: Any) -> None:
    """Their arguments; `commands` is what `add_subparsers` gave."""
    backup = commands.add_parser("backup", help="back the store up, also while the application runs")
    backup.add_argument("--store")
    backup.add_argument("--to", metavar="FOLDER", help="where backups go; <store>.backups without it")
    checked = commands.add_parser("verify", help="check the store, what is kept beside it, and every backup")
    checked.add_argument("--store")
    checked.add_argument("--backups", metavar="FOLDER")
    again = commands.add_parser("restore", help="put a backup in the place of a damaged store")
    again.add_argument("--store")
    again.add_argument(
        "--from", dest="backup", default=NEWEST, metavar="BACKUP", help="its number, its folder, or newest"
    )
    again.add_argument("--backups", metavar="FOLDER")
    again.add_argument("--yes", action="store_true", help="do it, having read what it would lose")


def backup_command(args: argparse.Namespace, path: Path) -> int:
    if not path.exists():
        raise StoreUnavailable(f"There is no store {path}. Check its name.")
    folder = _folder(args.to, path)
    made = _backed_up(path, folder)
    print(made.sentence)
    _note(path, "take away", made.backup.title)
    return FINE


def _backed_up(path: Path, folder: Path) -> Made:
    try:
        store = Store.open(path)
    except StoreHeld:
        return back_up_kept(path, folder)
    try:
        return back_up(store, folder)
    finally:
        store.close()


def _note(path: Path, action: str, what: str) -> None:
    """A line in the audit trail, where the store has one that can be written to; what was done is done without it."""
    with suppress(RecordsUnavailable):
        if are_whole(path):
            Trail(Records(path)).add(actor_now(), action, what)


def verify_command(args: argparse.Namespace, path: Path) -> int:
    found = verify(path, _folder(args.backups, path))
    for one in found:
        print(one.sentence)
    return FINE if all(one.fine for one in found) else FOUND


def restore_command(args: argparse.Namespace, path: Path) -> int:
    backup = chosen(path, _folder(args.backups, path), args.backup)
    loses = would_lose(path, backup).sentence + access_would_come_back(path, backup)
    print(f"This goes back to the {backup.title}. {loses}")
    if not args.yes:
        print("Nothing was changed. To do it, write the same again with --yes.")
        return FOUND
    print(restore(path, backup).sentence)
    _note(path, "administer", f"restore: {backup.title}")
    return FINE


def _folder(named: str | None, path: Path) -> Path:
    return Path(named) if named else default_folder(path)


BACKUP_COMMANDS = {"backup": backup_command, "verify": verify_command, "restore": restore_command}
