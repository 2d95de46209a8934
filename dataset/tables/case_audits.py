from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from dataset import code_lists
from dataset.columns import Day, Identifier, OneOf
from dataset.retention import EVERYONE, Footing
from dataset.rules import WithinQuarter
from dataset.table import About, Return


class CaseAudit(Return):
    """One question answered about one case in a multi-agency audit."""

    about = About(
        name="case_audits",
        title="Case audits",
        one_row_is="one question answered about one audited case",
        why="Two targets can only be seen by reading cases: key males on record, and adults who know who is involved.",
        source="003:178, 003:197, 003:287, 003:313; 004:809-827",
        footing=Footing(lawful_basis=EVERYONE),
    )
    key = ("audit_id", "case_id", "question")
    period = "audited_on"
    rules: ClassVar = (WithinQuarter("audited_on"),)

    audit_id: Annotated[str, Identifier("The audit this answer belongs to.", prefix="AUD")]
    case_id: Annotated[str, Identifier("Your own reference for the case; never a name.", prefix="CASE")]
    audited_on: Annotated[date, Day("The day the case was audited.")]
    question: Annotated[str, OneOf("What the auditor looked for.", codes=code_lists.AUDIT_QUESTION)]
    answer: Annotated[str, OneOf("What the auditor found.", codes=code_lists.AUDIT_ANSWER)]
