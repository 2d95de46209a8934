"""What auditors find when they read cases."""

from __future__ import annotations

from dataset.tables.case_audits import CaseAudit
from safeguarding_metrics.indicator import Example, Indicator
from safeguarding_metrics.settings import Settings

THEME = "Case audits"
KEY_MALES = "Key males recorded"
AWARE = "Adult aware who is involved"
_NOT_APPLICABLE = "Cases where the question does not apply are left out of both numbers."


def indicators(settings: Settings) -> tuple[Indicator, ...]:
    """Every indicator from case audits."""
    return (
        Indicator(
            id="audit_key_males_recorded",
            title="Audited cases that record the key males",
            question="In how many audited cases are the important men in a child's life on record?",
            why_it_matters="A man nobody wrote down is a risk, or a support, nobody can see.",
            table=CaseAudit,
            theme=THEME,
            counts="audited cases with the answer “Yes”",
            out_of="audited cases with the answer “Yes” or “No”",
            numerator="answer = 'Yes'",
            denominator=f"question = '{KEY_MALES}' AND answer IN ('Yes', 'No')",
            polarity="increase",
            source="003:287, 003:313",
            left_out=_NOT_APPLICABLE,
            example=Example(
                (
                    {"question": KEY_MALES, "answer": "Yes"},
                    {"question": KEY_MALES, "answer": "Yes"},
                    {"question": KEY_MALES, "answer": "No"},
                    {"question": KEY_MALES, "answer": "Not applicable"},
                    {"question": AWARE, "answer": "Yes"},
                ),
                2,
                3,
            ),
        ),
        Indicator(
            id="audit_adult_not_aware",
            title="Audited cases in which the adult does not know who is involved",
            question="In how many audited MAARS or Team Around the Adult cases is the adult unaware who is involved?",
            why_it_matters="An adult cannot take part in a plan made by people they have not heard of.",
            table=CaseAudit,
            theme=THEME,
            counts="audited cases with the answer “No”",
            out_of="audited cases with the answer “Yes” or “No”",
            numerator="answer = 'No'",
            denominator=f"question = '{AWARE}' AND answer IN ('Yes', 'No')",
            polarity="decrease",
            source="003:178, 003:197",
            left_out=_NOT_APPLICABLE,
            example=Example(
                (
                    {"question": AWARE, "answer": "No"},
                    {"question": AWARE, "answer": "Yes"},
                    {"question": AWARE, "answer": "Yes"},
                    {"question": KEY_MALES, "answer": "No"},
                ),
                1,
                3,
            ),
        ),
    )
