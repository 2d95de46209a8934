"""Whether a sending is addressed rightly: a known agency, a quarter that has begun, a sender."""

from __future__ import annotations

from datetime import date

from dataset.agencies import UnknownAgency, agency, duties_for
from dataset.checking.findings import Finding
from dataset.ledger import Slot
from dataset.tables import return_named


def slot_findings(slot: Slot, area: str, sent_by: str, today: date) -> tuple[Finding, ...]:
    """What is wrong with the slot or the sender, apart from the file; a note where nobody expects the return."""
    findings: list[Finding] = []
    if not sent_by.strip():
        findings.append(_error("SENDER_MISSING", "Nobody is named as the sender.", "Write your name or your role."))
    if slot.area != area:
        message = f"This store belongs to the area {area}, not to {slot.area}."
        findings.append(_error("OTHER_AREA", message, f"Send it to the store of {slot.area}."))
    findings += _agency_findings(slot)
    if slot.quarter.start > today:
        message = f"{slot.quarter} has not begun: it starts on {slot.quarter.start:%d/%m/%Y}."
        findings.append(_error("QUARTER_TO_COME", message, "Choose the quarter the rows are about."))
    if return_named(slot.dataset).about.yearly and slot.quarter.number != 4:
        message = f"This return is yearly; it is sent with the year's fourth quarter, not with {slot.quarter}."
        findings.append(_error("YEARLY_RETURN", message, f"Choose {slot.quarter.financial_year} Q4."))
    return tuple(findings)


def _agency_findings(slot: Slot) -> list[Finding]:
    try:
        known = agency(slot.agency)
    except UnknownAgency as error:
        return [_error("UNKNOWN_AGENCY", str(error), "Choose an agency of the register.")]
    if any(duty.agency is known for duty in duties_for(slot.dataset)):
        return []
    message = f"The register does not expect this return from {known.name}; it is taken all the same."
    return [Finding("note", "NOT_EXPECTED", message, fix="Tell the business unit if the register should change.")]


def _error(code: str, message: str, fix: str) -> Finding:
    return Finding("error", code, message, fix=fix)
