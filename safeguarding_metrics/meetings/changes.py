"""What has changed since a meeting: figures restated, newly reported or withdrawn, verdicts turned, registers moved on.

Two records are compared: the frozen one, and one made now in the very same way. Of the same quarter, a figure can only
differ because something was sent, explained or decided since, and that is named. Of a later quarter, the verdicts on
the plan's outcomes are compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dataset.ledger import Submission
from dataset.quarter import Quarter
from dataset.register import Register
from dataset.tables import return_named
from safeguarding_metrics.indicators import UnknownIndicator, indicator_named
from safeguarding_metrics.meetings.record import Record
from safeguarding_metrics.registers import REGISTERS, delivery, risks
from safeguarding_metrics.registers.frozen import agency_name
from safeguarding_metrics.settings import Settings

Kind = Literal["restated", "newly_reported", "withdrawn", "turned", "definitions", "register"]
KINDS: dict[Kind, tuple[str, str]] = {
    "turned": ("⇄", "Verdict turned"),
    "restated": ("↻", "Restated"),
    "newly_reported": ("+", "Newly reported"),
    "withdrawn": ("−", "Withdrawn"),
    "definitions": ("≠", "Definition changed"),
    "register": ("✎", "Register"),
}


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise now. `before` and `after` are as they were and are shown; `size` says how far apart,
    "" where that cannot be said; `reason` what brought it about. `indicator` is the figure's id, "" for none."""

    kind: Kind
    indicator: str
    title: str
    before: str
    after: str
    size: str
    reason: str

    @property
    def sentence(self) -> str:
        """ "↻ Restated: Repeat referrals: 12.5% (1 of 8) before, 20.0% (2 of 10) now (+7.5 points). MAARS restated …"."""
        size = f" ({self.size})" if self.size else ""
        now = f"{self.before} before, {self.after} now{size}" if self.before != self.after else self.after
        return f"{' '.join(KINDS[self.kind])}: {self.title.rstrip('.')}: {now}. {self.reason}".rstrip()


def changes(
    before: Record, after: Record, entries: Sequence[Submission], settings: Settings = Settings()
) -> tuple[Change, ...]:
    """What is otherwise in `after`, the most telling first; `entries` is the ledger at `after`."""
    entries = [one for one in entries if one.id > before["versions"]["ledger_entry"] and one.status != "rejected"]
    found = [*_definitions(before, after)]
    if before["meeting"]["quarter"] == after["meeting"]["quarter"]:
        found += _figures(before, after, entries, settings)
    found += _outcomes(before, after, entries, settings)
    found += _registers(before, after)
    order = list(KINDS)
    return tuple(sorted(found, key=lambda one: order.index(one.kind)))


def _definitions(before: Record, after: Record) -> Iterator[Change]:
    old, new = before["versions"], after["versions"]
    if old["plan"] != new["plan"]:
        yield Change(
            "definitions", "", "The plan", old["plan_title"], new["plan_title"], "", "Another plan is in force."
        )
    if old["definitions"] != new["definitions"]:
        reason = "What is counted, a target or a setting is declared otherwise than it was at the meeting."
        yield Change("definitions", "", "The definitions", old["definitions"], new["definitions"], "", reason)


def _figures(before: Record, after: Record, entries: Sequence[Submission], settings: Settings) -> Iterator[Change]:
    """Figures of the year so far that are no longer what they were."""
    old = {one["id"]: one for one in before["figures"]}
    for now in after["figures"]:
        was = old.get(now["id"])
        if was is None or _counts(was["year_to_date"]) == _counts(now["year_to_date"]):
            continue
        then, today = was["year_to_date"], now["year_to_date"]
        kind: Kind = "restated"
        if then["k"] is None or len(today["missing"]) < len(then["missing"]):
            kind = "newly_reported"
        elif today["k"] is None or len(today["missing"]) > len(then["missing"]):
            kind = "withdrawn"
        reason = _why(now["id"], Quarter.parse(after["meeting"]["quarter"]), entries, settings)
        yield Change(kind, now["id"], now["title"], then["words"], today["words"], size_words(then, today), reason)


def _counts(figure: dict[str, Any]) -> tuple[int | None, int | None, int]:
    return figure["k"], figure["n"], len(figure["missing"])


def size_words(then: dict[str, Any], now: dict[str, Any]) -> str:
    """How far two figures lie apart: points of a share, or cases; "" where one of them has no value."""
    if then["value"] is None or now["value"] is None:
        return ""
    if then["n"] is None:
        return _signed(now["k"] - then["k"], "")
    return _signed(round(100 * (now["value"] - then["value"]), 1), " points")


def _signed(difference: float, unit: str) -> str:
    if not difference:
        return "no change in the share" if unit else "no change"
    return f"{'+' if difference > 0 else '−'}{abs(difference):,}{unit}"


def _why(indicator_id: str, quarter: Quarter, entries: Sequence[Submission], settings: Settings) -> str:
    """What of the entries since was sent about the quarters of a figure's year, each with its reason."""
    try:
        indicator = indicator_named(indicator_id, settings)
    except UnknownIndicator:
        return "The indicator is no longer declared."
    year, owners = set(quarter.year_to_date()), {one.code for one in indicator.owners}
    since = [
        one
        for one in entries
        if one.slot.dataset == indicator.table.about.name and one.slot.quarter in year and one.slot.agency in owners
    ]
    return " ".join(_sent(one) for one in since) or "Nothing was sent since; the definitions or the settings differ."


def _sent(entry: Submission) -> str:
    what = {"restatement": "restated", "nil": "said there was nothing to report in", "withdrawal": "withdrew"}.get(
        entry.kind, "sent"
    )
    reason = f": {entry.reason.rstrip('.')}" if entry.reason else ""
    return (
        f"{agency_name(entry.slot.agency)} {what} {return_named(entry.slot.dataset).about.title} for "
        f"{entry.slot.quarter} on {entry.recorded_at:%d/%m/%Y}{reason}."
    )


def _outcomes(before: Record, after: Record, entries: Sequence[Submission], settings: Settings) -> Iterator[Change]:
    """Outcomes of the plan whose status is another one."""
    old = {one["id"]: one for one in before["progress"]["outcomes"]}
    same_quarter = before["meeting"]["quarter"] == after["meeting"]["quarter"]
    for now in after["progress"]["outcomes"]:
        was = old.get(now["id"])
        if was is None or was["status"] == now["status"]:
            continue
        if same_quarter and now["indicator"]:
            reason = _why(now["indicator"], Quarter.parse(after["meeting"]["quarter"]), entries, settings)
        else:
            reason = f"Judged for {after['meeting']['quarter']}; the meeting judged {before['meeting']['quarter']}."
        yield Change(
            "turned",
            now["indicator"] or "",
            f"{now['id']} {now['title']}",
            f"{was['status_words']}, {was['figure_words']}",
            f"{now['status_words']}, {now['figure_words']}",
            "",
            reason,
        )


def _registers(before: Record, after: Record) -> Iterator[Change]:
    """Items that are new, gone, or in another state."""
    for register in REGISTERS:
        old, new = ({one["item"]: one for one in _entries(record, register.name)} for record in (before, after))
        for item, one in new.items():
            was = old.get(item)
            if was is not None and was["version"] == one["version"]:
                continue
            then = _stands(before, register, was) if was else "not entered"
            reason = "New." if was is None else _changed(was["cells"], one["cells"], register.table.columns())
            title, size = _title(after, register, one), _moved(before, after, register, item)
            yield Change(
                "register", one["cells"].get("indicator", ""), title, then, _stands(after, register, one), size, reason
            )
        for item in sorted(old.keys() - new.keys()):
            yield Change("register", "", _title(before, register, old[item]), "listed", "removed", "", "")


def _title(record: Record, register: Register, one: dict[str, Any]) -> str:
    """ "Challenge log, CH-0006: …"; an action of the plan is known by its text."""
    headline = one["cells"].get(register.headline, "")
    if register is delivery.REGISTER:
        headline = next((row["text"] for row in record["registers"]["delivery"] if row["action"] == one["item"]), "")
    return f"{register.about.title}, {one['item']}{': ' if headline else ''}{headline}"


def _stands(record: Record, register: Register, one: dict[str, Any]) -> str:
    """How far an item is; of a risk its score after controls too."""
    state: str = one["cells"].get(register.state, "")
    score = _score(record, one["item"]) if register is risks.REGISTER else None
    return state if score is None else f"{state}, score {score}"


def _score(record: Record, item: str) -> int | None:
    return next((one["after"] for one in record["registers"]["risks"] if one["reference"] == item), None)


def _moved(before: Record, after: Record, register: Register, item: str) -> str:
    """How far a risk's score moved, and whether it crossed the Executive's threshold on the way."""
    then, now = _score(before, item), _score(after, item)
    if register is not risks.REGISTER or then is None or now is None or then == now:
        return ""
    threshold = after["registers"]["threshold"]
    crossed = f", {'reaching' if now >= threshold else 'falling below'} {threshold}"
    return _signed(now - then, "") + (crossed if (then >= threshold) != (now >= threshold) else "")


def _entries(record: Record, register: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = record["register_entries"].get(register, [])
    return found


def _changed(was: dict[str, str], now: dict[str, str], columns: Iterable[str]) -> str:
    named = [name.replace("_", " ") for name in columns if was.get(name, "") != now.get(name, "")]
    return f"Changed: {', '.join(named)}."
