"""What the registers' columns and coded words are called where people read and write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

from dataset.checking import Finding
from dataset.checking.findings import shown
from dataset.columns import AnyOf, Column, OneOf
from dataset.quarter import Quarter
from dataset.register import Register
from dataset.rules import Rule
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.plans import PLANS
from safeguarding_metrics.registers.code_lists import ACTION, AGENCY, INDICATOR, OUTCOME
from safeguarding_metrics.registers.frozen import agency_name

BLANK = "–"

_HEADINGS = {
    "reference": "Reference",
    "quarter": "Quarter",
    "indicator": "Figure it is about",
    "state": "State",
    "owner": "Owner",
    "title": "In a line",
    "due_on": "Due on",
    "done_on": "Done on",
    "closed_on": "Closed on",
    "evidence": "Evidence",
    "action": "Action",
    "raised_on": "Raised on",
    "raised_by": "Raised by",
    "to_agency": "Asked of",
    "challenge": "Challenge",
    "answer": "Answer",
    "answered_on": "Answered on",
    "outcome": "Outcome",
    "description": "Description",
    "likelihood_before": "Likelihood before controls",
    "impact_before": "Impact before controls",
    "controls": "Controls",
    "likelihood_after": "Likelihood after controls",
    "impact_after": "Impact after controls",
    "next_review": "Next review",
    "method": "Method",
    "lead": "Led by",
    "agencies": "Agencies that take part",
    "cases": "Cases read",
    "findings": "Findings",
    "reported_on": "Reported on",
    "actions": "Actions",
    "repeat_due": "To be repeated by",
    "repeated_on": "Repeated on",
    "found_again": "Found when repeated",
    "review_kind": "Kind of review",
    "review_id": "Review",
    "learning": "Learning point",
    "agreed_on": "Agreed on",
    "moderation": "Moderation",
    "moderated_on": "Moderated on",
    "recommendation": "Recommendation",
    "signed_off_on": "Signed off on",
    "note": "What was done, what is in the way",
    "agency": "Supplied by",
    "judgement": "Judgement",
    "decided_by": "Decided by",
    "decided_on": "Decided on",
    "decision": "Decision",
}
_OF_ONE_REGISTER = {
    ("challenges", "quarter"): "Quarter it arose from",
    ("challenges", "action"): "What is done about it",
    ("challenges", "outcome"): "What came of it",
    ("risks", "quarter"): "Quarter it was found in",
    ("audits", "quarter"): "Planned for",
    ("audits", "title"): "What is audited",
    ("case_actions", "quarter"): "Quarter it was agreed in",
    ("delivery", "quarter"): "Reported for",
    ("outcome_evidence", "quarter"): "Evidence of",
    ("decisions", "quarter"): "Quarter the meeting looked at",
    ("decisions", "owner"): "Carried out by",
}


def heading(register: Register, column: str) -> str:
    """A column's name as a person says it. Raises KeyError for a column that has none."""
    own = _OF_ONE_REGISTER.get((register.name, column))
    return own if own is not None else _HEADINGS[column]


@cache
def _titles() -> Mapping[str, str]:
    return {one.id: one.title for one in all_indicators()}


@cache
def _plan_titles() -> Mapping[str, str]:
    plan = PLANS[-1]
    return {one.id: one.text for _, one in plan.actions()} | {one.id: one.title for _, one in plan.outcomes()}


def word(column: Column, code: str) -> str:
    """A coded word as it is read: agencies and figures by their names, actions and outcomes with what they say."""
    if not isinstance(column, OneOf | AnyOf):
        return code
    if column.codes is AGENCY:
        return agency_name(code)
    if column.codes is INDICATOR:
        return _titles().get(code, code)
    if column.codes in (ACTION, OUTCOME) and code in _plan_titles():
        return f"{code}: {_plan_titles()[code]}"
    return code


def said(register: Register, column: str, text: str) -> str:
    """A cell as it is read; "–" for a blank one."""
    kind = register.table.columns()[column]
    if not text:
        return BLANK
    if isinstance(kind, AnyOf):
        return "; ".join(word(kind, one.strip()) for one in text.split(";"))
    return word(kind, text)


def finding_words(register: Register, row: Mapping[str, str], finding: Finding) -> str:
    """A finding about a form: the columns by their headings, and what to do."""
    columns = register.table.columns()
    if finding.column is None or finding.column not in columns:
        return finding.sentence
    place = f"“{heading(register, finding.column)}”"
    if finding.code == "MISSING_VALUE":
        return f"{place} is blank and must be filled."
    if finding.code == "PERSONAL_DATA":  # its own advice is for the sender of a file
        return f"{place}: {finding.message} Take it out."
    rule = _broken(register, row, finding)
    if rule is None:
        return f"{place}: {finding.message} {finding.fix}".strip()
    spoken, cells = _spoken(register, rule), _cells(register, rule, row)
    message, fix = spoken.message(cells, _NO_QUARTER), spoken.fix(cells, _NO_QUARTER)
    return f"{message if message.startswith(place) else f'{place}: {message}'} {fix}"


def rule_words(register: Register, rule: Rule) -> str:
    """A rule as a sentence with headings in place of the columns' names."""
    return _spoken(register, rule).statement()


_NO_QUARTER = Quarter(2000, 1)  # no rule of a register asks for one


def _broken(register: Register, row: Mapping[str, str], finding: Finding) -> Rule | None:
    """The rule a finding comes from; two rules may look at the same cell, so its words decide."""
    for rule in register.table.rules:
        cells = {name: shown(row.get(name, "")) for name in rule.columns()}
        same = (rule.code, rule.column) == (finding.code, finding.column)
        if same and rule.message(cells, _NO_QUARTER) == finding.message:
            return rule
    return None


def _spoken(register: Register, rule: Rule) -> Rule:
    """The rule over columns that bear their headings."""
    named: dict[str, Any] = {
        field.name: f"“{heading(register, getattr(rule, field.name))}”"
        for field in fields(rule)
        if isinstance(getattr(rule, field.name), str)
    }
    return replace(rule, **named)


def _cells(register: Register, rule: Rule, row: Mapping[str, str]) -> dict[str, str]:
    return {f"“{heading(register, name)}”": shown(row.get(name, "")) for name in rule.columns()}
