"""`python -m safeguarding_metrics`: the chair's answer and any indicator, for people and scripts.

Exit 0: fine. 1: nothing to show. 2: wrong use.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from dataset.__main__ import FINE, FOUND, CommandParser, WrongUse, run, store_place
from dataset.commentary import PARTS, write_comment
from dataset.demonstrating import DemonstrationExists
from dataset.meetings import meetings
from dataset.quarter import Quarter
from dataset.removal_commands import add_removal_commands, removal_command
from dataset.store import Reading, Store
from safeguarding_metrics import wording
from safeguarding_metrics.indicators import UnknownIndicator, all_indicators, indicator_named
from safeguarding_metrics.measuring import WrongBreakdown, break_down, measure
from safeguarding_metrics.meetings.record import record_in
from safeguarding_metrics.packs.forms import FORMS
from safeguarding_metrics.packs.papers import KINDS, paper_of
from safeguarding_metrics.packs.showing import to_members
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.progressing import Progress, cube_of, opening_quarter, progress
from safeguarding_metrics.removing import counts_by_entry
from safeguarding_metrics.reporting import count_json, progress_json, series_json
from safeguarding_metrics.settings import Settings, WrongSetting

INVENTED = "Invented data: this is a demonstration store."


def _parser() -> argparse.ArgumentParser:
    parser = CommandParser(prog="python -m safeguarding_metrics", description="Are we on track?")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=CommandParser)
    judged = commands.add_parser("progress", help="every outcome of the plan, judged")
    judged.add_argument("--quarter", help='judge the financial year up to this quarter, such as "2023/24 Q4"')
    measured = commands.add_parser("measure", help="one indicator, quarter by quarter")
    measured.add_argument("indicator")
    measured.add_argument("--by", help="break the latest four quarters down by a column")
    said = commands.add_parser("comment", help="an owner's own words on a figure: what happened, so what, now what")
    said.add_argument("indicator")
    said.add_argument("--quarter", required=True)
    said.add_argument("--agency", required=True, help="the code of an agency that owns the figure")
    for part, (title, help_text) in PARTS.items():
        said.add_argument(f"--{part.replace('_', '-')}", required=True, metavar="TEXT", help=f"{title}: {help_text}")
    said.add_argument("--by", required=True, help="the writer's role")
    said.add_argument("--store")
    said.add_argument("--json", action="store_true")
    held = commands.add_parser("meetings", help="the meetings, planned and frozen")
    held.add_argument("--json", action="store_true")
    held.add_argument("--store")
    papers = commands.add_parser("papers", help="the papers of a frozen meeting as PDF, PowerPoint, Word and Excel")
    papers.add_argument("meeting", help="its reference, such as ME-0001")
    papers.add_argument("--to", required=True, metavar="FOLDER")
    papers.add_argument("--kind", choices=list(KINDS), default="pack")
    papers.add_argument("--store")
    add_removal_commands(commands, counts_given=False)
    invented = commands.add_parser("demonstrate", help="make a store with invented returns, registers and meetings")
    invented.add_argument("--to", required=True)
    for command in (judged, measured):
        command.add_argument("--as-at", help="as it was reported at a time, such as 2024-05-01 or 2024-05-01T09:00")
        command.add_argument("--store")
        command.add_argument("--json", action="store_true")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    args = _parser().parse_args(arguments)
    if args.command in ("purge", "erase"):
        return run(lambda: _remove(args))
    return run(lambda: _demonstrate(args) if args.command == "demonstrate" else _with_store(args))


def _remove(args: argparse.Namespace) -> int:
    """Purge or erase, with what the rows give every indicator counted before they go."""
    try:
        indicators = all_indicators(Settings.from_environment())
    except WrongSetting as error:
        raise WrongUse(str(error)) from None
    return removal_command(
        args,
        store_place(args.store),
        lambda store, entries: counts_by_entry(store.reading(), entries, indicators),
    )


def _demonstrate(args: argparse.Namespace) -> int:
    from safeguarding_metrics.demonstrating import demonstrate

    try:
        entries = demonstrate(Path(args.to))
    except DemonstrationExists as error:
        raise WrongUse(str(error)) from None
    print(f"{entries} entries of invented data, registers and meetings are in {args.to}.")
    return FINE


def _with_store(args: argparse.Namespace) -> int:
    place = store_place(args.store)
    if not place.exists():
        raise WrongUse(f"There is no store at {place}. Send a return first, or name one with --store.")
    as_at = _moment(getattr(args, "as_at", None))
    store = Store.open(place)
    try:
        reading, invented = store.reading(as_at), store.is_demonstration
        try:
            settings = Settings.from_environment()
            if args.command == "comment":
                return _comment(args, store, settings)
            if args.command in ("meetings", "papers"):
                return (_meetings if args.command == "meetings" else _papers)(args, store)
            command = _progress if args.command == "progress" else _measure
            return command(args, reading, settings, invented)
        except (UnknownIndicator, WrongBreakdown, WrongSetting) as error:
            raise WrongUse(str(error)) from None
    finally:
        store.close()


def _moment(text: str | None) -> datetime | None:
    """A day means its end: what had been reported by then."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise WrongUse(f"“{text[:40]}” is not a time. Write 2024-05-01 or 2024-05-01T09:00.") from None
    if len(text) <= 10:
        moment = moment.replace(hour=23, minute=59, second=59, microsecond=999999)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _progress(args: argparse.Namespace, reading: Reading, settings: Settings, invented: bool) -> int:
    plan = PLANS[-1]
    quarter = Quarter.parse(args.quarter) if args.quarter else opening_quarter(reading, plan)
    today = (reading.as_at or datetime.now(UTC)).date()
    result = progress(reading, cube_of(reading, settings), plan, quarter, settings, today)
    if args.json:
        print(json.dumps(progress_json(result, invented=invented), ensure_ascii=False, indent=1))
    else:
        _print_progress(result, invented)
    return FINE if reading.counting else FOUND


def _print_progress(result: Progress, invented: bool) -> None:
    print(f"{result.answer}.")
    print(f"{result.plan.title}, {result.quarter}. {result.detail}{' ' + INVENTED if invented else ''}")
    for row in result.rows:
        print(
            f"\n{row.outcome.id} {row.outcome.title}\n    {wording.status_words(row.judgement.status)}. {row.sentence}"
        )
        for conflict in row.conflicts:
            print(f"    {conflict.sentence}")


def _measure(args: argparse.Namespace, reading: Reading, settings: Settings, invented: bool) -> int:
    indicator = indicator_named(args.indicator, settings)
    series = measure(reading, [indicator])[indicator.id]
    body = series_json(indicator, series) | {"invented_data": invented}
    if args.by:
        last = reading.latest_quarter(indicator.table.about.name)
        quarters = last.rolling_year() if last else ()
        parts = break_down(reading, indicator, args.by, quarters) if quarters else {}
        body["by"] = {"column": args.by, "quarters": [str(q) for q in quarters]}
        body["parts"] = [{"part": part, **count_json(count)} for part, count in parts.items()]
    if args.json:
        print(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        _print_measure(body, invented)
    return FINE if series.quarters else FOUND


def _print_measure(body: dict[str, object], invented: bool) -> None:
    print(f"{body['title']}{' - ' + INVENTED if invented else ''}")
    for key in ("quarters", "parts"):
        rows = body.get(key, [])
        assert isinstance(rows, list)
        for row in rows:
            missing = f"  missing: {', '.join(row['missing'])}" if row.get("missing") else ""
            print(f"  {row.get('quarter') or row.get('part')}  {row['words']}{missing}")


def _comment(args: argparse.Namespace, store: Store, settings: Settings) -> int:
    """Store a comment as the screen does; nothing of a refused one is kept."""
    indicator = indicator_named(args.indicator, settings)
    answer = write_comment(
        store,
        agency=args.agency,
        indicator=indicator.id,
        quarter=Quarter.parse(args.quarter),
        **{part: getattr(args, part) for part in PARTS},
        written_by=args.by,
        owners=indicator.owners,
    )
    if args.json:
        body = {
            "result": answer.result,
            "comment": answer.comment.as_entry() if answer.comment else None,
            "findings": [finding.as_json() for finding in answer.findings],
        }
        print(json.dumps(body, ensure_ascii=False, indent=1))
    elif answer.result == "rejected":
        print("Refused; nothing was stored.", *(f"- {one.sentence}" for one in answer.findings), sep="\n")
    else:
        print(answer.sentence)
    return FOUND if answer.result == "rejected" else FINE


def _meetings(args: argparse.Namespace, store: Store) -> int:
    found = meetings(store)
    if args.json:
        shown = [
            {
                "reference": one.reference,
                "name": one.name,
                "date": one.held_on,
                "group": one.group_name,
                "quarter": str(one.quarter),
                "sha256": one.sha256,
                "shown_at": one.shown_at,
            }
            for one in found
        ]
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        for one in found:
            print(f"{one.reference}  {one.title}  {'frozen ' + one.sha256[:12] if one.is_frozen else 'planned'}")
    return FINE if found else FOUND


def _papers(args: argparse.Namespace, store: Store) -> int:
    """Write the papers of a frozen meeting; the same bytes whenever they are made."""
    meeting = next((one for one in meetings(store) if one.reference == args.meeting), None)
    if meeting is None or not meeting.is_frozen:
        raise WrongUse(f"There is no frozen meeting {args.meeting[:40]}. See: python -m safeguarding_metrics meetings")
    paper = paper_of(args.kind, to_members(record_in(meeting)), meeting.sha256)
    folder = Path(args.to)
    folder.mkdir(parents=True, exist_ok=True)
    for form in FORMS:
        place = folder / f"{paper.file_name}.{form.ending}"
        place.write_bytes(form.write(paper))
        print(place)
    return FINE


if __name__ == "__main__":
    sys.exit(main())
