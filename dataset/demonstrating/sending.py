"""What is sent when: every file and nil return of the demonstration, in the order of its moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from dataset.agencies import STOCKPORT
from dataset.demonstrating import (
    audits,
    case_reviews,
    children_enquiries,
    children_front_door,
    children_in_care,
    children_missing,
    children_plans,
    comparators,
    concerns,
    counts,
    enquiries,
    maars,
    reviews,
    sars,
    schedule,
    survey,
)
from dataset.demonstrating.allocating import Cells, Rows, csv_file
from dataset.intake import Answer, send, send_nil
from dataset.ledger import Slot
from dataset.store import Store
from dataset.tables import return_named


@dataclass(frozen=True)
class Sending:
    """A file, or a nil return when `raw` is None; `refused` when the intake is expected to say no; `reasons`
    for what it is expected to ask."""

    moment: datetime
    slot: Slot
    raw: bytes | None
    file_name: str = ""
    reason: str = ""
    refused: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)

    def to(self, store: Store) -> Answer:
        """Send it as any return is sent. Raises NotAsPlanned if the answer is not the expected one."""
        sent_by = schedule.role_of(self.slot.agency)
        if self.raw is None:
            answer = send_nil(store, self.slot, sent_by=sent_by, reason=self.reason)
        else:
            answer = send(
                store,
                self.slot,
                self.raw,
                sent_by=sent_by,
                file_name=self.file_name,
                reason=self.reason,
                reasons=self.reasons,
            )
        if answer.result != ("rejected" if self.refused else "accepted"):
            said = "; ".join(finding.message for finding in answer.findings[:3])
            raise NotAsPlanned(f"{self.slot.dataset} of {self.slot.agency} for {self.slot.quarter}: {said}")
        return answer


class NotAsPlanned(RuntimeError):
    """The intake answered an invented return otherwise than planned: a defect of the demonstration."""


def all_rows() -> dict[str, Rows]:
    """Every invented row, by dataset."""
    return {
        "child_contacts": children_front_door.rows(),
        "child_protection_enquiries": children_enquiries.rows(),
        "child_protection_plans": children_plans.rows(),
        "children_in_care": children_in_care.rows(),
        "missing_episodes": children_missing.rows(),
        "maars_referrals": maars.rows(),
        "rapid_reviews": reviews.rows(),
        "sar_referrals": sars.rows(),
        "practice_reviews": case_reviews.reviews(),
        "learning_points": case_reviews.points(),
        "safeguarding_concerns": concerns.rows(),
        "section_42_enquiries": enquiries.rows(),
        "case_audits": audits.rows(),
        "survey_results": survey.rows(),
        "comparator_figures": comparators.rows(),
        "agency_counts": counts.rows(),
    }


def sendings() -> list[Sending]:
    """Everything that is sent, in time order."""
    invented = all_rows()
    planned: list[Sending] = []
    for appointment in schedule.appointments():
        agency, dataset, quarter = appointment.name
        rows = invented.get(dataset, {}).get((agency, quarter), [])
        sending = _sending(appointment.moment, Slot(STOCKPORT.code, agency, dataset, quarter), rows)
        planned += _with_what_happened(appointment.name, sending, rows)
    return sorted(planned, key=lambda sending: sending.moment)


def _sending(moment: datetime, slot: Slot, rows: list[Cells]) -> Sending:
    if not rows:
        return Sending(moment, slot, None, reason=schedule.NOTHING_TO_REPORT.get(slot.dataset, "Nothing to report"))
    year = slot.quarter.financial_year.replace("/", "-")
    name = f"{slot.dataset}_{year}_Q{slot.quarter.number}.csv"
    reasons = schedule.EXPLAINED.get((slot.agency, slot.dataset, slot.quarter), {})
    return Sending(moment, slot, csv_file(return_named(slot.dataset), rows), name, reasons=reasons)


def _with_what_happened(name: schedule.Return, final: Sending, rows: list[Cells]) -> list[Sending]:
    """The sending with what came before or after it, for the few returns that took two goes."""
    table = return_named(final.slot.dataset)
    if name in schedule.RESTATED:
        restated = schedule.RESTATED[name]
        again = replace(final, moment=restated.moment, reason=restated.because)
        return [
            _at_first(name, final, rows),
            replace(again, file_name=final.file_name.replace(".csv", "_restated.csv")),
        ]
    if name == schedule.REFUSED_FIRST:
        day, _, year = rows[0]["referred_on"].split("/")
        slipped = [rows[0] | {"referred_on": f"{day}/07/{year}"}, *rows[1:]]
        moment = schedule.day_before(final.moment)
        return [replace(final, moment=moment, raw=csv_file(table, slipped), refused=True), final]
    return [final]


def _at_first(name: schedule.Return, final: Sending, rows: list[Cells]) -> Sending:
    """What was sent before the restatement."""
    if name == schedule.NIL_AT_FIRST:
        return _sending(final.moment, final.slot, [])
    shorten = {
        schedule.CONCERNS_AGAIN: concerns.first_version,
        schedule.PLANS_AGAIN: children_plans.first_version,
        schedule.COUNTS_AGAIN: counts.first_version,
    }[name]
    return replace(final, raw=csv_file(return_named(final.slot.dataset), shorten(rows)))
