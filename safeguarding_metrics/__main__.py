"""`python -m safeguarding_metrics`: the chair's answer and any indicator, for people and scripts.

Exit 0: fine. 1: nothing to show. 2: wrong use.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from dataset.__main__ import FINE, FOUND, CommandParser, WrongUse, run, store_place
from dataset.commentary import PARTS, write_comment
from dataset.quarter import Quarter
from dataset.store import Reading, Store
from safeguarding_metrics import wording
from safeguarding_metrics.indicators import UnknownIndicator, indicator_named
from safeguarding_metrics.measuring import WrongBreakdown, break_down, measure
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.progressing import Progress, cube_of, opening_quarter, progress
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
    for command in (judged, measured):
        command.add_argument("--as-at", help="as it was reported at a time, such as 2024-05-01 or 2024-05-01T09:00")
        command.add_argument("--store")
        command.add_argument("--json", action="store_true")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    args = _parser().parse_args(arguments)
    return run(lambda: _with_store(args))


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


if __name__ == "__main__":
    sys.exit(main())
