"""What the registers say at a moment, as plain values for the record of a meeting."""

from __future__ import annotations

from typing import Any

from dataset.agencies import UnknownAgency, agency
from dataset.register import Item
from safeguarding_metrics.registers.following import (
    DeliveryRow,
    EvidenceRow,
    Following,
    movement,
    quarter_of,
    risk_score,
)


def register_values(found: Following) -> dict[str, Any]:
    """Everything a paper or a later look needs of the registers; days are written 2024-05-14."""
    carried = {item.reference for item in found.carried}
    return {
        "threshold": found.settings.risk_threshold,
        "challenges": [
            _item(item, found) | {"carried": item.reference in carried, "cells": item.row} for item in found.challenges
        ],
        "risks": [_risk(item, found) for item in found.risks],
        "audits": [_item(item, found) | {"cells": item.row} for item in found.audits],
        "case_actions": [
            _item(item, found) | {"cells": item.row, "drift": item.drift(found.today)} for item in found.case_actions
        ],
        "decisions": [_item(item, found) | {"cells": item.row} for item in found.decisions],
        "delivery": [_delivery(row) for row in found.delivery],
        "evidence": [_evidence(row) for row in found.evidence],
        "overdue": [
            _item(item, found) | {"register": item.register.about.title, "drift": item.drift(found.today)}
            for item in found.overdue
        ],
        "to_moderate": [item.reference for item in found.to_moderate],
    }


def agency_name(code: str) -> str:
    """An agency's name; the code itself where the register does not know it any more."""
    try:
        return agency(code).name
    except UnknownAgency:
        return code


def _item(item: Item, found: Following) -> dict[str, Any]:
    due, quarter = item.day(item.register.due), quarter_of(item)
    return {
        "reference": item.reference,
        "headline": item.headline,
        "owner": agency_name(item.owner),
        "state": item.state,
        "open": item.is_open,
        "overdue": item.is_overdue(found.today),
        "due": due.isoformat() if due else "",
        "quarter": str(quarter) if quarter else "",
        "indicator": item.cell("indicator"),
    }


def _risk(item: Item, found: Following) -> dict[str, Any]:
    return _item(item, found) | {
        "cells": item.row,
        "before": risk_score(item, "before"),
        "after": risk_score(item, "after"),
        "to_the_executive": item in found.to_the_executive,
        "movement": [
            {"on": one.day.isoformat(), "before": one.before, "after": one.after, "reason": one.reason}
            for one in movement(item)
        ],
    }


def _delivery(row: DeliveryRow) -> dict[str, Any]:
    return {
        "action": row.action.id,
        "text": row.action.text,
        "priority": row.priority.number,
        "by": row.action.by.isoformat(),
        "state": row.state,
        "overdue": row.is_overdue,
        "owner": agency_name(row.item.owner) if row.item else "",
        "note": row.item.cell("note") if row.item else "",
        "evidence": row.item.cell("evidence") if row.item else "",
        "done_on": row.item.cell("done_on") if row.item else "",
    }


def _evidence(row: EvidenceRow) -> dict[str, Any]:
    return {
        "outcome": row.outcome.id,
        "title": row.outcome.title,
        "priority": row.priority.number,
        "quarter": row.item.cell("quarter") if row.item else "",
        "agency": agency_name(row.item.owner) if row.item else "",
        "evidence": row.item.cell("evidence") if row.item else "",
        "judgement": row.item.cell("judgement") if row.item else "",
    }
