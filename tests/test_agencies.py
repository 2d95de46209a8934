"""The register of agencies and what each owes."""

from __future__ import annotations

from datetime import date

import pytest

from dataset.agencies import (
    ADULT_SOCIAL_CARE,
    AGENCIES,
    BUSINESS_UNIT,
    DUTIES,
    MAARS,
    PENNINE_CARE,
    Duty,
    UnknownAgency,
    agency,
    duties_for,
    owed,
)
from dataset.quarter import Quarter
from dataset.tables import RETURNS, return_named


def test_register_codes_and_names_are_unique() -> None:
    assert len({one.code for one in AGENCIES}) == len({one.name for one in AGENCIES}) == len(AGENCIES)


def test_codes_can_be_written_in_any_command_or_file_name() -> None:
    assert all(one.code.replace("-", "").isalnum() and one.code.isupper() for one in AGENCIES)


@pytest.mark.parametrize("text", ["MAARS", "maars", " Maars\n"])
def test_a_code_is_found_in_any_case(text: str) -> None:
    assert agency(text) is MAARS


@pytest.mark.parametrize("text", ["", "MAAR", "Stockport", "'; --", "x" * 200])
def test_an_unknown_code_is_refused_with_the_codes_that_exist(text: str) -> None:
    with pytest.raises(UnknownAgency, match="Write one of: SMBC-ASC, SMBC-SF") as refused:
        agency(text)
    assert len(str(refused.value)) < 250


def test_every_duty_names_a_return_that_exists_and_an_agency_of_the_register() -> None:
    for duty in DUTIES:
        assert return_named(duty.dataset).about.name == duty.dataset
        assert duty.agency in AGENCIES


def test_every_return_is_owed_by_somebody_and_nobody_owes_it_twice() -> None:
    for table in RETURNS:
        owing = [duty.agency for duty in duties_for(table.about.name)]
        assert owing, table.about.name
        assert len(set(owing)) == len(owing)


def test_a_yearly_return_is_owed_only_for_the_fourth_quarter() -> None:
    for table in RETURNS:
        for duty in duties_for(table.about.name):
            assert [n for n in (1, 2, 3, 4) if duty.owed_for(Quarter(2023, n))] == (
                [4] if table.about.yearly else [1, 2, 3, 4]
            )


def test_nothing_is_owed_before_the_duty_began() -> None:
    duty = Duty(MAARS, "maars_referrals", 15, since=Quarter(2023, 2))
    assert not duty.owed_for(Quarter(2023, 1))
    assert duty.owed_for(Quarter(2023, 2))


@pytest.mark.parametrize(
    ("duty", "quarter", "due"),
    [
        (Duty(MAARS, "maars_referrals", 15), Quarter(2023, 1), date(2023, 7, 21)),
        (Duty(BUSINESS_UNIT, "rapid_reviews", 10), Quarter(2022, 4), date(2023, 4, 18)),  # over Easter
        (Duty(ADULT_SOCIAL_CARE, "safeguarding_concerns", 20), Quarter(2022, 4), date(2023, 5, 3)),  # and 1 May
        (Duty(PENNINE_CARE, "section_42_enquiries", 20), Quarter(2023, 3), date(2024, 1, 29)),  # New Year's Day
    ],
)
def test_returns_are_due_working_days_after_the_quarter_ends(duty: Duty, quarter: Quarter, due: date) -> None:
    assert duty in DUTIES
    assert duty.due_on(quarter) == due


def test_what_is_owed_between_two_quarters_has_both_ends() -> None:
    listed = [
        (duty.agency.code, str(q)) for duty, q in owed("section_42_enquiries", Quarter(2023, 4), Quarter(2024, 1))
    ]
    assert listed == [(code, quarter) for quarter in ("2023/24 Q4", "2024/25 Q1") for code in ("SMBC-ASC", "PCFT")]
    assert owed("survey_results", Quarter(2023, 1), Quarter(2023, 3)) == ()
