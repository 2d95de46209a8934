"""The catalogue of counts answers everything the partnership names, or says why not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from dataset.agencies import (
    AGENCIES,
    duties_for,
)
from dataset.counts.catalogue import MEASURES, measures_of
from dataset.counts.exclusions import EXCLUSIONS
from dataset.counts.measure import WHOLE
from safeguarding_metrics.indicators import all_indicators, indicator_named

BY_ID = {one.id: one for one in MEASURES}
IDS = {one.id for one in all_indicators()}

# What partnership and documents name → the indicators that answer it, or the exclusion that says why none does.
NAMED: Mapping[str, tuple[str, ...]] = {
    "contacts": ("contacts",),
    "referrals": ("referrals_to_social_care", "open_referrals"),
    "re-referrals within 12 months": ("re_referrals_within_12_months",),
    "no further action": ("contacts_no_further_action",),
    "early help assessments": ("early_help_assessments_completed",),
    "assessments": ("child_assessments_completed", "child_assessments_in_time"),
    "S47 enquiries": ("section_47_enquiries", "section_47_leading_to_assessment"),
    "initial conferences and how many become plans": ("initial_conferences", "conferences_without_plan"),
    "plans at quarter end": ("child_protection_plans",),
    "plans of two years or more": ("plans_two_years_or_more",),
    "second or later plans": ("second_or_later_plans",),
    "visits within 4 weeks": ("seen_within_4_weeks",),
    "children in need": ("children_in_need",),
    "own children in care": ("children_in_care",),
    "in and out of borough": ("children_in_care_placed_in_stockport", "children_in_care_placed_outside"),
    "other authorities' children": ("children_in_care_of_other_authorities", "childrens_homes"),
    "unaccompanied children": ("unaccompanied_children",),
    "entries and discharges": ("entries_to_care", "discharges_from_care"),
    "placements": ("one_placement_only", "in_residential_provision"),
    "children in care missing": ("children_in_care_missing",),
    "health assessments": ("health_assessments_in_time",),
    "care leavers": (
        "care_leavers",
        "care_leavers_in_touch",
        "care_leavers_in_suitable_accommodation",
        "care_leavers_supported",
        "care_leaver_flats",
    ),
    "GCP2 started and completed": ("gcp2_started", "gcp2_completed"),
    "private fostering": ("private_fostering_notifications", "private_fostering_arrangements"),
    "LADO": ("lado_referrals", "lado_managed_without_meeting", "lado_queries"),
    "child deaths": (
        "child_deaths",
        "child_deaths_reviewed",
        "child_deaths_with_modifiable_features",
        "sudden_infant_deaths",
        "stillbirths",
    ),
    "missing from home and care": ("missing_from_home", "missing_episodes"),
    "return interviews": ("return_interviews_completed",),
    "exploitation": ("exploitation_referrals", "exploitation_high_risk", "exploitation_incidents"),
    "domestic abuse notices": ("domestic_abuse_notices", "honour_based_abuse_referrals"),
    "MARAC and repeats": ("marac_cases", "marac_repeats"),
    "Operation Encompass": ("operation_encompass_notifications",),
    "Channel": ("channel_referrals",),
    "police protection": ("not: Police protection powers",),
    "overnight detention": ("overnight_detentions", "local_authority_beds_provided"),
    "children missing education": ("children_missing_education",),
    "home educated": ("home_educated", "home_educated_new", "home_educated_back_in_school"),
    "exclusions": ("not: Exclusions from school",),
    "EHC plans": ("ehc_plans", "sen_pupils"),
    "CAMHS referrals": ("camhs_referrals",),
    "CAMHS waits": ("not: Waits for children's mental health services",),
    "self-harm admissions": ("self_harm_admissions",),
    "ICON coverage": ("icon_coverage",),
    "youth justice entrants": ("youth_justice_first_time_entrants", "custodial_sentences"),
    "adult concerns": ("concerns", "concerns_not_progressed", "care_home_harm_reports"),
    "concerns by source": ("concerns_from_care_home",),
    "enquiries by type": ("enquiries_physical_abuse", "enquiries_self_neglect"),
    "enquiries by location": ("enquiries_in_care_homes",),
    "enquiries by demography": ("enquiries_ethnicity",),
    "deprivation of liberty": ("not: Deprivation of liberty applications",),
    "hate crime": ("not: Hate crimes recorded",),
    "MSP": ("msp_asked", "msp_achieved"),
    "MAARS": ("maars_referrals", "maars_repeat_referrals"),
    "SARs": ("sar_referrals",),
    "rapid reviews with their clocks": ("rapid_reviews_notified_in_time", "rapid_reviews_completed_in_time"),
    "CSPRs with their clocks": ("practice_reviews_commissioned", "practice_reviews_published_within_6_months"),
    "care-home ratings": ("care_home_ratings_good_or_outstanding",),
    "substance-misuse referrals": ("substance_misuse_referrals_accepted",),
    "Caring Dads": ("caring_dads_referrals", "caring_dads_accepted", "caring_dads_completed"),
    "training": ("training_attendance", "training_events", "learning_circles", "e_learning_completed"),
    "meeting attendance": ("meeting_attendance",),
    "S11 and S175 returned": ("section_11_returned", "section_175_returned"),
    "school inspections": ("school_safeguarding_effective",),
    "survey answers": ("survey_staff_available", "survey_staff_listened", "survey_staff_kept_their_word"),
    "feeling safe": ("survey_feel_safe",),
    "income and expenditure": ("income", "expenditure"),
}
DIVIDED: Mapping[str, tuple[str, ...]] = {
    "plans by category": ("child_protection_plans", "category"),
    "enquiries by sex": ("enquiries_concluded", "sex"),
    "enquiries by ethnicity": ("enquiries_ethnicity", "breakdown"),
    "enquiries by age": ("enquiries_concluded", "age_band"),
    "enquiries by type": ("enquiries_concluded", "abuse_types"),
    "enquiries by location": ("enquiries_concluded", "location"),
    "concerns by source": ("concerns", "source"),
    "training by course": ("training_attendance", "breakdown"),
    "meetings by agency": ("meeting_attendance", "breakdown"),
    "allegations by workforce": ("lado_referrals", "breakdown"),
    "harm levels": ("care_home_harm_reports", "breakdown"),
    "income by partner": ("income", "breakdown"),
    "expenditure by heading": ("expenditure", "breakdown"),
}


def test_everything_the_partnership_names_has_an_indicator_or_a_stated_reason() -> None:
    known = IDS | {f"not: {one.named}" for one in EXCLUSIONS}
    assert {what: wanted for what, ids in NAMED.items() if (wanted := sorted(set(ids) - known))} == {}


@pytest.mark.parametrize(("indicator", "by"), DIVIDED.values(), ids=DIVIDED.keys())
def test_what_is_asked_for_by_its_parts_can_be_broken_down(indicator: str, by: str) -> None:
    assert by in indicator_named(indicator).breakdowns


def test_no_measure_is_left_over_that_nobody_named() -> None:
    unnamed = set(BY_ID) - {id for ids in NAMED.values() for id in ids}
    assert unnamed == {
        "children_with_disability",
        "schools_with_nominated_social_worker",
        "ofsted_complaints",
        "mothers_assessed_after_birth",
        "scrutiny_visits",
        "participation_worker_offered",
        "parents_group_members",
        "peer_mentors_trained",
        "survey_not_confident_about_ehc_plans",
    }


def test_exclusions_say_what_why_and_where() -> None:
    assert EXCLUSIONS
    assert len({one.named for one in EXCLUSIONS}) == len(EXCLUSIONS)
    for one in EXCLUSIONS:
        assert one.reason.endswith("."), one.named
        assert all(place.strip()[:3].isdigit() for place in one.source.replace(";", ",").split(",")), one.named


def test_every_agency_that_owes_the_return_has_something_to_report_every_quarter() -> None:
    assert len(AGENCIES) == 20
    for duty in duties_for("agency_counts"):
        assert any(not one.yearly for one in measures_of(duty.agency.code)), duty.agency.code


def test_some_measures_are_headlines_and_every_theme_is_a_run() -> None:
    assert 5 <= sum(one.headline for one in MEASURES) <= 13
    runs = [one.theme for i, one in enumerate(MEASURES) if i == 0 or MEASURES[i - 1].theme != one.theme]
    assert len(runs) == len(set(runs))


def test_words_of_measures_are_one_line_without_the_reserved_whole() -> None:
    for one in MEASURES:
        parts = one.parts.values if one.parts else ()
        assert WHOLE not in parts, one.id
        assert not any("\n" in word or ";" in word for word in parts), one.id


def test_adding_a_measure_touches_its_theme_only() -> None:
    """In a process of its own: the theme gets one more measure before anybody has read it."""
    code = """
from dataclasses import replace
from dataset.counts import early_help
early_help.MEASURES += (replace(early_help.MEASURES[1], id="helped_families", title="Families helped"),)
from dataset.counts.catalogue import measures_of
from dataset.tables.agency_counts import AgencyCount, MEASURE
from dataset.templates import guide_text
from safeguarding_metrics.indicators import indicator_named
one = indicator_named("helped_families")
print(one.title, one.owners[0].code, one.breakdowns, one.example.numerator)
print("helped_families" in MEASURE.values, measures_of("SMBC-SF")[3].id, "helped_families" in guide_text(AgencyCount))
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines() == [
        "Families helped SMBC-SF ('breakdown',) 19",
        "True helped_families True",
    ]
