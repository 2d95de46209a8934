"""The terms the screens use, for somebody who meets them the first time."""

from __future__ import annotations

GLOSSARY: tuple[tuple[str, str], ...] = (
    ("Numerator and denominator", "The cases counted, and the cases they are counted among: 29 of 72."),
    ("Baseline", "The figure a promise starts from, with the document that gives it."),
    ("Milestone", "What the plan wants by the end of one financial year. It is never carried into another year."),
    ("Polarity", "Which way is better: higher, lower, or neither plainly."),
    ("Financial year", "1 April to 31 March. 2023/24 Q1 is April to June 2023."),
    ("So far", "A year that is not over: the quarters returned are added, and how many is said."),
    ("Incomplete", "An agency has not sent a return that is part of the figure. Missing is never counted as nought."),
    ("Nil return", "An agency says that there was nothing to report. This counts as nought."),
    ("Restatement", "A later file for the same agency, return and quarter. Both readings are kept."),
    ("Provisional and final", "Final once the year's last returns are due and all are in; until then provisional."),
    (
        "Too few cases to tell",
        "The figure keeps or misses the milestone, but chance alone could explain it: the milestone lies inside the "
        "95% interval of the underlying rate.",
    ),
    (
        "Probability",
        "How likely the underlying rate meets the milestone, from the cases counted (Jeffreys' prior). Words follow the "
        "PHIA scale; a value between two of its bands takes the nearer one's word.",
    ),
    (
        "Not attainable at this size",
        "No whole number of cases lies in the band: of 18 referrals, neither 1 (5.6%) nor 2 (11.1%) is 7-10%.",
    ),
    (
        "Concern",
        "A report that an adult may be at risk. Concerns received and enquiries concluded are different groups.",
    ),
    ("Section 42 enquiry", "The council's duty to find out what an adult at risk needs (Care Act 2014)."),
    ("Making Safeguarding Personal (MSP)", "Asking the adult what they want to happen, and working towards it."),
    ("MAARS", "Multi-Agency Adults At Risk System: support for adults at risk outside Adult Social Care."),
    ("Rapid review", "A quick review of a serious incident involving a child, to be done within 15 working days."),
    ("CSPR", "Child Safeguarding Practice Review, which may follow a rapid review."),
    ("SAR", "Safeguarding Adult Review of a serious incident or death of an adult at risk."),
    ("ASCOF", "Adult Social Care Outcomes Framework: a yearly survey, published after the year."),
)
