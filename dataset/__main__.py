"""`python -m dataset`: the intake for people and scripts without the screen.

Exit 0: fine. 1: findings, or nothing to show. 2: wrong use.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from dataset import templates
from dataset.access.commands import ACCESS_COMMANDS, WrongAccountCommand, add_access_commands
from dataset.addressing import slot_findings
from dataset.agencies import STOCKPORT, UnknownAgency, agency
from dataset.backup_commands import BACKUP_COMMANDS, add_backup_commands
from dataset.checking import Checked, Finding, check
from dataset.checking.findings import grouped
from dataset.checking.inspecting import inspect
from dataset.disk import refused_by_disk
from dataset.intake import Answer, send, send_nil
from dataset.keeping import Keeping
from dataset.ledger import Slot, Submission
from dataset.mending import headings, own_rows
from dataset.plausibility import query_key
from dataset.purging import removals
from dataset.quarter import NotAQuarter, Quarter
from dataset.rebuilding import rebuild
from dataset.removal_commands import add_removal_commands, counts_from, removal_command
from dataset.schema import StoreVersion
from dataset.spreadsheets import findings_xlsx, template_xlsx
from dataset.store import Store, StoreUnavailable, utc_now
from dataset.tables import RETURNS, UnknownReturn, return_named
from dataset.trying import try_out
from dataset.withdrawing import withdraw

DEFAULT_STORE = Path("data/safeguarding.duckdb")
FINE, FOUND, WRONG_USE = 0, 1, 2


class WrongUse(Exception):
    """The command was called in a way it cannot serve; the message says what to write."""


class CommandParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}\n{self.format_usage()}", file=sys.stderr)
        raise SystemExit(WRONG_USE)


def store_place(given: str | None) -> Path:
    """The store of a command: --store, else SAFEGUARDING_STORE, else data/safeguarding.duckdb."""
    return Path(given or os.environ.get("SAFEGUARDING_STORE") or DEFAULT_STORE)


def run(main: Callable[[], int]) -> int:
    """Run a command; every foreseen refusal becomes a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # A terminal without our characters gets a question mark, no error.
            stream.reconfigure(errors="replace")
    try:
        code = main()
        sys.stdout.flush()
        return code
    except (UnknownReturn, UnknownAgency, NotAQuarter, WrongUse, WrongAccountCommand) as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except (StoreUnavailable, StoreVersion) as error:
        print(error, file=sys.stderr)
        return FOUND
    except BrokenPipeError:  # The reader of our output went away (`| head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        print(refused_by_disk(error, Path(error.filename or ".")), file=sys.stderr)
        return FOUND


def _parser() -> CommandParser:
    parser = CommandParser(prog="python -m dataset", description="Check, send and list the partnership's returns.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=CommandParser)
    names = ", ".join(table.about.name for table in RETURNS)

    template = commands.add_parser("template", help="the CSV template of a return, its column guide or an example")
    template.add_argument("name", help=names)
    template.add_argument("--xlsx", metavar="FILE", help="write an Excel template with guide and drop-down lists")
    template.add_argument("--guide", action="store_true", help="what each column means and accepts")
    template.add_argument("--example", metavar="QUARTER", help="invented rows that pass the checks for a quarter")

    inspected = commands.add_parser("inspect", help="whether the records and cells of any file can be told apart")
    inspected.add_argument("file")
    inspected.add_argument("--json", action="store_true")

    for name, words in (("check", "check a file without sending it"), ("load", "check a file and send it")):
        command = commands.add_parser(name, help=words)
        command.add_argument("file")
        command.add_argument("--return", dest="dataset", required=True, help=names)
        command.add_argument("--quarter", required=True, help='such as "2023/24 Q1"')
        command.add_argument("--agency", required=True, help="the agency's code in the register")
        command.add_argument("--json", action="store_true")
        command.add_argument("--xlsx", metavar="FILE", help="also write the findings beside their rows as Excel")
        if name == "check":
            command.add_argument("--store", help="also ask what depends on earlier returns; the store is not changed")
        else:
            _add_sender(command)
            command.add_argument(
                "--explain",
                action="append",
                default=[],
                metavar="KEY=REASON",
                help="the reason for a query, as often as needed",
            )

    nil = commands.add_parser("nil", help="say that there is nothing to report")
    nil.add_argument("--return", dest="dataset", required=True, help=names)
    nil.add_argument("--quarter", required=True)
    nil.add_argument("--agency", required=True)
    nil.add_argument("--json", action="store_true")
    _add_sender(nil)

    back = commands.add_parser("withdraw", help="take a return back; its history stays")
    back.add_argument("--return", dest="dataset", required=True, help=names)
    back.add_argument("--quarter", required=True)
    back.add_argument("--agency", required=True)
    back.add_argument("--json", action="store_true")
    _add_sender(back)

    returns = commands.add_parser("returns", help="the ledger: what was sent")
    returns.add_argument("--store")
    returns.add_argument("--json", action="store_true")

    _add_whole_stores(commands)
    return parser


def _add_whole_stores(commands: Any) -> None:
    """Commands about a store as a whole, and who may use it."""
    demonstrate = commands.add_parser("demonstrate", help="make a store with invented data")
    demonstrate.add_argument("--to", required=True)

    again = commands.add_parser("rebuild", help="make a damaged store again from its kept files")
    again.add_argument("--store")
    add_backup_commands(commands)
    add_access_commands(commands)
    add_removal_commands(commands, counts_given=True)


def _reasons(explained: Sequence[str]) -> dict[str, str]:
    """ "ROWS_UNUSUAL=Two hospitals merged" → the reason for that query."""
    reasons = {}
    for text in explained:
        key, equals, reason = text.partition("=")
        if not equals or not reason.strip():
            raise WrongUse(f"“{text[:60]}” is not a reason. Write KEY=REASON with the key that the query names.")
        reasons[key.strip()] = reason.strip()
    return reasons


def _add_sender(command: argparse.ArgumentParser) -> None:
    command.add_argument("--by", required=True, help="who sends it")
    command.add_argument("--reason", default="", help="why, for a restatement or a nil return")
    command.add_argument("--store")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    args = _parser().parse_args(arguments)
    if args.command in ("purge", "erase"):
        return run(lambda: removal_command(args, store_place(args.store), counts_from(args)))
    if command := (BACKUP_COMMANDS | ACCESS_COMMANDS).get(args.command):
        return run(lambda: command(args, store_place(args.store)))
    return run(lambda: _COMMANDS[args.command](args))


def _template(args: argparse.Namespace) -> int:
    table = return_named(args.name)
    if args.xlsx:
        Path(args.xlsx).write_bytes(template_xlsx(table))
    elif args.guide:
        print(templates.guide_text(table))
    elif args.example:
        sys.stdout.write(templates.example_csv(table, Quarter.parse(args.example)).lstrip("\ufeff"))
    else:
        sys.stdout.write(templates.template_csv(table).lstrip("\ufeff"))
    return FINE


def _inspect(args: argparse.Namespace) -> int:
    found = inspect(_bytes(args), is_workbook=args.file.casefold().endswith(".xlsx"))
    if args.json:
        print(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        print(
            f"{found.decision}: {found.records} records, {found.columns} columns, {found.encoding or 'unknown encoding'}"
        )
        for code, message in zip(found.codes, found.messages, strict=False):
            print(f"- {code}: {message}")
    return FOUND if found.decision == "reject" else FINE


def _slot(args: argparse.Namespace) -> Slot:
    return_named(args.dataset)
    return Slot(STOCKPORT.code, agency(args.agency).code, args.dataset, Quarter.parse(args.quarter))


def _bytes(args: argparse.Namespace) -> bytes:
    try:
        return Path(args.file).read_bytes()
    except OSError as error:
        raise WrongUse(f"The file {args.file} cannot be read ({error.strerror}). Check its name.") from None


def _check(args: argparse.Namespace) -> int:
    slot = _slot(args)
    raw, with_store = _bytes(args), args.store is not None
    checked = _tried(args.store, slot, raw) if with_store else check(raw, return_named(slot.dataset), slot.quarter)
    findings = (*slot_findings(slot, STOCKPORT.code, "check", utc_now().date()), *checked.findings)
    decision = "queried" if any(finding.severity == "query" for finding in findings) else "accepted"
    if any(finding.blocks for finding in findings):
        decision = "rejected"
    _write_findings(args.xlsx, findings, checked)
    _say(args.json, decision, findings, {"records": checked.records, "queries_asked": with_store and checked.accepted})
    if not with_store and not args.json and decision == "accepted":
        print("What depends on earlier returns was not asked; that needs the store: --store PATH")
    return FINE if decision == "accepted" else FOUND


def _tried(place: str, slot: Slot, raw: bytes) -> Checked:
    """The check with what the store adds to it; the store stays as it is."""
    if not Path(place).is_file():
        raise WrongUse(f"There is no store {place}. Check its name, or leave --store out.")
    store = Store.open(Path(place))
    try:
        return try_out(store, slot, raw)
    finally:
        store.close()


def _write_findings(place: str | None, findings: Sequence[Finding], checked: Checked) -> None:
    """The findings beside the sender's own rows, as an Excel file."""
    if not place:
        return
    records = [finding.record for finding in findings if finding.record is not None]
    rows: Sequence[tuple[int, Sequence[str]]] = []
    names: Sequence[str] = ()
    if checked.structure is not None:
        rows, names = own_rows(checked.structure, records), headings(checked.structure)
    Path(place).write_bytes(findings_xlsx(findings, rows, names))


def _load(args: argparse.Namespace) -> int:
    slot, raw = _slot(args), _bytes(args)
    store = Store.open(store_place(args.store))
    try:
        answer = send(
            store,
            slot,
            raw,
            sent_by=args.by,
            file_name=Path(args.file).name,
            reason=args.reason,
            reasons=_reasons(args.explain),
        )
    finally:
        store.close()
    return _answered(args, answer)


def _nil(args: argparse.Namespace) -> int:
    slot = _slot(args)
    if not args.reason.strip():
        raise WrongUse("A nil return needs a reason: write --reason and a few words.")
    store = Store.open(store_place(args.store))
    try:
        answer = send_nil(store, slot, sent_by=args.by, reason=args.reason)
    finally:
        store.close()
    return _answered(args, answer)


def _withdraw(args: argparse.Namespace) -> int:
    slot = _slot(args)
    store = Store.open(store_place(args.store))
    try:
        answer = withdraw(store, slot, sent_by=args.by, reason=args.reason)
    finally:
        store.close()
    return _answered(args, answer)


def _answered(args: argparse.Namespace, answer: Answer) -> int:
    _say(args.json, answer.result, answer.findings, {"submission": answer.entry.as_entry()})
    return FINE if answer.accepted else FOUND


def _say(as_json: bool, decision: str, findings: Sequence[Finding], more: dict[str, object]) -> None:
    if as_json:
        body = {"decision": decision, **more, "findings": [finding.as_json() for finding in findings]}
        print(json.dumps(body, ensure_ascii=False, indent=1))
        return
    if "submission" in more:
        print(_receipt(decision, more["submission"]))
    else:
        print(f"{decision}: {_rows(more['records'])} read")
    for group in grouped(findings):
        more_rows = f" (and {group.count - 1:,} more like it)" if group.count > 1 else ""
        print(f"- {group.first.severity}: {group.first.sentence}{more_rows}")
        if group.first.severity == "query" and decision in ("rejected", "queried"):
            print(f"  To give a reason: --explain '{query_key(group.first)}=…'")


def _rows(number: object) -> str:
    return "1 row" if number == 1 else f"{number} rows"


def _receipt(decision: str, entry: object) -> str:
    assert isinstance(entry, dict)
    said = {
        "accepted": "Accepted and stored",
        "rejected": "Refused; nothing was stored",
        "unchanged": "Already received; nothing changed",
    }[decision]
    return (
        f"{said}. Entry {entry['id']}: {entry['dataset']} of {entry['agency']} for {entry['quarter']}, "
        f"{_rows(entry['records'])}, sent by {entry['sent_by']} on {entry['recorded_at'][:19]} UTC, sha256 {entry['sha256']}"
    )


def _returns(args: argparse.Namespace) -> int:
    place = store_place(args.store)
    if not place.exists() and not Keeping(place).folder.exists():
        print("[]" if args.json else "Nothing has been sent yet.")
        return FOUND
    store = Store.open(place)
    try:
        entries, marks = store.entries(), {one.submission: one.mark for one in removals(store)}
        if store.is_demonstration and not args.json:
            print("Invented data: this is a demonstration store.")
    finally:
        store.close()
    if args.json:
        shown = [entry.as_entry() | ({"removed": marks[entry.id]} if entry.id in marks else {}) for entry in entries]
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    elif not entries:
        print("Nothing has been sent yet.")
    else:
        print("\n".join(f"{_line(entry)} {marks.get(entry.id, '')}".rstrip() for entry in entries))
    return FINE if entries else FOUND


def _line(entry: Submission) -> str:
    slot = entry.slot
    return (
        f"{entry.id:>5}  {entry.recorded_at:%Y-%m-%d}  {slot.quarter}  {slot.agency:<9} {slot.dataset:<22} "
        f"{entry.records:>6}  {entry.status:<9} {entry.kind}"
    )


def _demonstrate(args: argparse.Namespace) -> int:
    from dataset.demonstrating import DemonstrationExists, demonstrate

    try:
        entries = demonstrate(Path(args.to))
    except DemonstrationExists as error:
        raise WrongUse(str(error)) from None
    print(f"{entries} entries of invented data are in {args.to}.")
    return FINE


def _rebuild(args: argparse.Namespace) -> int:
    restored, aside = rebuild(store_place(args.store))
    print(f"{restored} entries were restored." + (f" The damaged store is kept as {aside}." if aside else ""))
    return FINE


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "template": _template,
    "inspect": _inspect,
    "check": _check,
    "load": _load,
    "nil": _nil,
    "withdraw": _withdraw,
    "returns": _returns,
    "demonstrate": _demonstrate,
    "rebuild": _rebuild,
}

if __name__ == "__main__":
    sys.exit(main())
