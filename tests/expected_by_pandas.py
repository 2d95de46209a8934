"""What each indicator should count, written a second time in pandas from the definitions in words.

Nothing here reads an indicator's SQL.
"""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from dataset import code_lists
from dataset.working_days import is_working_day

ASKED_AND_STATED, ASKED_NOT_STATED, NOT_ASKED, DONT_KNOW, NOT_RECORDED = code_lists.MSP_ASKED.values
Expected = dict[str, tuple[int, int | None]]


def plain(words: str) -> str:
    """ "Care Home - Nursing" as part of an id, done otherwise than the definitions do it."""
    for mark in "-().,+":
        words = words.replace(mark, " ")
    return "_".join(words.lower().split())


def cells_with(cells: pd.Series, word: str) -> int:
    return sum(word in str(cell).split("; ") for cell in cells)


def maars_expected(rows: pd.DataFrame) -> Expected:
    n, young = len(rows), rows[rows["age_band"].isin(["18-24", "25-29"])]
    many = sum(str(cell).count(";") >= 2 for cell in rows["risks"])
    exploited = sum("Criminal exploitation" in cell or "Sexual exploitation" in cell for cell in rows["risks"])
    found: Expected = {
        "maars_referrals": (n, None),
        "maars_under_30": (len(young), n),
        "maars_housing_young_adults": (cells_with(young["risks"], "Housing"), len(young)),
        "maars_exploitation": (exploited, n),
        "maars_three_or_more_risks": (many, n),
        "maars_repeat_referrals": (list(rows["repeat_referral"]).count("Yes"), n),
    }
    found |= {f"maars_{plain(risk)}": (cells_with(rows["risks"], risk), n) for risk in code_lists.MAARS_RISK.values}
    ages = rows["age_band"].value_counts()
    return found | {
        f"maars_age_{plain(band)}": (int(ages.get(band, 0)), n) for band in code_lists.ADULT_AGE_BAND.values
    }


def concerns_expected(rows: pd.DataFrame) -> Expected:
    outcomes, sources = rows["outcome"].value_counts(), rows["source"].value_counts()
    n = len(rows)
    ended = n - int(outcomes.get("Progressed to Section 42 enquiry", 0))
    found: Expected = {"concerns": (n, None), "concerns_not_progressed": (ended, n)}
    for outcome in ("No further action", "Information and advice", "Existing care management", "Other response"):
        found[f"concerns_{plain(outcome)}"] = (int(outcomes.get(outcome, 0)), ended)
    return found | {f"concerns_from_{plain(s)}": (int(sources.get(s, 0)), n) for s in code_lists.CONCERN_SOURCE.values}


def enquiries_expected(rows: pd.DataFrame) -> Expected:
    n, answers, places = len(rows), rows["msp_asked"].value_counts(), rows["location"].value_counts()
    stated, not_stated, no, unsure, blank = (int(answers.get(word, 0)) for word in code_lists.MSP_ASKED.values)
    result = rows["msp_achieved"].value_counts()
    fully, partly, not_at_all = (int(result.get(word, 0)) for word in code_lists.MSP_ACHIEVED.values)
    known, homes = fully + partly + not_at_all, ("Care Home - Nursing", "Care Home - Residential")
    found: Expected = {
        "msp_asked": (stated + not_stated, n),
        "msp_asked_of_recorded": (stated + not_stated, n - blank),
        "msp_asked_of_known": (stated + not_stated, n - blank - unsure),
        "msp_asked_and_stated": (stated, n),
        "msp_asked_not_stated": (not_stated, n),
        "msp_not_asked": (no, n),
        "msp_dont_know": (unsure, n),
        "msp_not_recorded": (blank, n),
        "msp_achieved": (fully + partly, known),
        "msp_fully_achieved": (fully, known),
        "msp_partially_achieved": (partly, known),
        "msp_not_achieved": (not_at_all, known),
        "enquiries_concluded": (n, None),
        "enquiries_in_care_homes": (sum(int(places.get(home, 0)) for home in homes), n),
    }
    found |= {f"enquiries_{plain(t)}": (cells_with(rows["abuse_types"], t), n) for t in code_lists.ABUSE_TYPE.values}
    return found | {f"enquiries_at_{plain(p)}": (int(places.get(p, 0)), n) for p in code_lists.ENQUIRY_LOCATION.values}


def working_days(start: str, end: str) -> int:
    """Counted one by one, the first day counted being the day after the start."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def in_time(rows: pd.DataFrame, start: str, end: str, limit: int) -> int:
    return sum(working_days(a, b) <= limit for a, b in zip(rows[start], rows[end], strict=True))


def reviews_expected(rows: pd.DataFrame, start: str = "aware_on") -> Expected:
    n = len(rows)
    trauma, sharing, men, s47, sleep, sexual = (
        cells_with(rows["themes"], theme) for theme in code_lists.REVIEW_THEME.values
    )
    return {
        "rapid_reviews": (n, None),
        "rapid_review_children": (sum(int(cell) for cell in rows["children_involved"]), None),
        "rapid_reviews_complex_trauma": (trauma, n),
        "rapid_reviews_information_sharing": (sharing, n),
        "rapid_reviews_working_with_men": (men, n),
        "rapid_reviews_s47_processes": (s47, n),
        "rapid_reviews_safer_sleep": (sleep, n),
        "rapid_reviews_harmful_sexual_behaviour": (sexual, n),
        "rapid_reviews_notified_in_time": (in_time(rows, "aware_on", "notified_on", 5), n),
        "rapid_reviews_completed_in_time": (in_time(rows, start, "completed_on", 15), n),
    }
