"""What each indicator about children should count, written a second time in pandas from the definitions in words.

Nothing here reads an indicator's SQL. Rows are as sent: text, days as 2023-04-14, "" for blank.
"""

from __future__ import annotations

import pandas as pd
from expected_by_pandas import Expected, plain

from dataset import children_code_lists
from dataset.quarter import Quarter


def _count(rows: pd.DataFrame, column: str, *words: str) -> int:
    return int(rows[column].isin(words).sum())


def _began_in(rows: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    return rows[(rows["started_on"] >= quarter.start.isoformat()) & (rows["started_on"] <= quarter.end.isoformat())]


def contacts_expected(rows: pd.DataFrame, quarter: Quarter) -> Expected:
    n = len(rows)
    referred = rows[rows["outcome"] == "Referral to social care"]
    again = referred["re_referral"]
    return {
        "contacts": (n, None),
        "contacts_about_neglect": (_count(rows, "main_concern", "Neglect"), n),
        "referrals_to_social_care": (len(referred), n),
        "re_referrals_within_12_months": (int((again == "Yes").sum()), int((again != "").sum())),
        "contacts_to_early_help": (_count(rows, "outcome", "Early help assessment"), n),
        "contacts_information_and_advice": (_count(rows, "outcome", "Information and advice"), n),
        "contacts_added_to_an_open_case": (_count(rows, "outcome", "Added to an open case"), n),
        "contacts_no_further_action": (_count(rows, "outcome", "No further action"), n),
    }


def enquiries_expected(rows: pd.DataFrame, quarter: Quarter) -> Expected:
    n, held = len(rows), int((rows["conference_on"] != "").sum())
    return {
        "section_47_enquiries": (n, None),
        "section_47_leading_to_assessment": (_count(rows, "led_to_assessment", "Yes"), n),
        "section_47_leading_to_conference": (held, n),
        "initial_conferences": (held, None),
        "conferences_without_plan": (_count(rows, "plan_made", "No"), held),
    }


def plans_expected(rows: pd.DataFrame, quarter: Quarter) -> Expected:
    still_open, ended = rows[rows["ended_on"] == ""], rows[rows["ended_on"] != ""]
    began, n = _began_in(rows, quarter), int((rows["ended_on"] == "").sum())
    lasted = pd.to_datetime(ended["ended_on"]) - pd.to_datetime(ended["started_on"])
    found: Expected = {
        "child_protection_plans": (n, None),
        "plans_started": (len(began), None),
        "plans_neglect_started": (_count(began, "category", "Neglect"), None),
        "plans_ended": (len(ended), None),
        "plans_two_years_or_more": (int((lasted.dt.days > 729).sum()) if len(ended) else 0, len(ended)),
        "second_or_later_plans": (_count(began, "earlier_plan", "Yes"), len(began)),
        "seen_within_4_weeks": (_count(still_open, "seen_in_time", "Yes"), n),
    }
    return found | {
        f"plans_{plain(word)}": (_count(still_open, "category", word), n)
        for word in children_code_lists.PLAN_CATEGORY.values
    }


def care_expected(rows: pd.DataFrame, quarter: Quarter) -> Expected:
    there = rows[rows["ended_on"] == ""]
    n, due = len(there), rows[rows["health_assessment"] != "Not due"]
    first, again = "Yes, first time since April", "Yes, again since April"
    return {
        "children_in_care": (n, None),
        "unaccompanied_children": (_count(there, "unaccompanied", "Yes"), None),
        "entries_to_care": (len(_began_in(rows, quarter)), None),
        "discharges_from_care": (len(rows) - n, None),
        "children_in_care_missing": (_count(rows, "went_missing", first), None),
        "children_in_care_placed_in_stockport": (_count(there, "placed", "In Stockport"), n),
        "children_in_care_placed_outside": (_count(there, "placed", "Outside Stockport"), n),
        "in_residential_provision": (_count(there, "placement", "Home for children", "Residential school"), n),
        "with_family_or_friends": (
            _count(there, "placement", "With parents", "Fostered by relatives or friends"),
            n,
        ),
        "one_placement_only": (_count(there, "placements", "1"), n),
        "health_assessments_in_time": (_count(due, "health_assessment", "In time"), len(due)),
        "children_in_care_missing_in_quarter": (_count(there, "went_missing", first, again), n),
    }


def missing_expected(rows: pd.DataFrame, quarter: Quarter) -> Expected:
    back = rows[rows["hours_missing"] != ""]
    n, firsts = len(back), rows[rows["first_since_april"] == "Yes"]
    within, later, declined, never = (
        _count(back, "return_interview", word) for word in children_code_lists.RETURN_INTERVIEW.values
    )
    return {
        "missing_episodes": (len(rows), None),
        "missing_from_home": (_count(firsts, "missing_from", "Home"), None),
        "missing_from_care": (_count(firsts, "missing_from", "Care"), None),
        "return_interviews_completed": (within + later, n),
        "return_interviews_in_time": (within, n),
        "return_interviews_declined": (declined, n),
        "return_interviews_not_offered": (never, n),
        "welfare_checks_within_24_hours": (_count(back, "welfare_check", "Within 24 hours"), n),
        "missing_24_hours_or_more": (sum(int(hours) >= 24 for hours in back["hours_missing"]), n),
    }
