"""What the partnership's own work costs, and who pays for it, in whole pounds a year."""

from __future__ import annotations

from dataset.agencies import BUSINESS_UNIT
from dataset.code_lists import CodeList
from dataset.counts.measure import CountMeasure

THEME = "Money"
_CHILDREN, _ADULTS = "Children's Partnership", "Adults' Partnership"
CONTRIBUTOR = CodeList(
    "contributor",
    (
        *(f"{_CHILDREN}: {who}" for who in ("SMBC", "ICS", "GMP", "SNHSFT", "Probation", "Education")),
        *(f"{_ADULTS}: {who}" for who in ("SMBC", "ICS", "GMP")),
    ),
    "Partners of the table in the annual report 2022/23 (004:889-894)",
)
HEADING = CodeList(
    "expenditure_heading",
    (
        *(
            f"{_CHILDREN}: {what}"
            for what in ("Chair", "Salaries", "TASP", "MRC", "Mcr Rape", "ICT", "Room hire", "Sundries")
        ),
        *(f"{_ADULTS}: {what}" for what in ("Chair", "Salaries", "Quality Assurance")),
    ),
    "Headings of the table in the annual report 2022/23 (004:897-905)",
)

MEASURES: tuple[CountMeasure, ...] = (
    CountMeasure(
        id="income",
        title="Income of the partnership",
        question="How much did each partner pay towards the partnership in the year?",
        why_it_matters="The three statutory partners are to share the cost fairly; everyone can see whether they do.",
        theme=THEME,
        counts="pounds received in the financial year, by partner",
        source="004:883-895; 001:1179-1191",
        reported_by=(BUSINESS_UNIT,),
        yearly=True,
        parts=CONTRIBUTOR,
        pounds=True,
        example=(337114, None),
        left_out="What partners give in kind: rooms, trainers, the time of their staff.",
    ),
    CountMeasure(
        id="expenditure",
        title="Expenditure of the partnership",
        question="What did the partnership spend in the year, and on what?",
        why_it_matters="Almost all of it is people: it says how much audit and training there can be.",
        theme=THEME,
        counts="pounds spent in the financial year, by heading",
        source="004:896-906; 001:1192-1202",
        reported_by=(BUSINESS_UNIT,),
        yearly=True,
        parts=HEADING,
        pounds=True,
        example=(329870, None),
    ),
)
