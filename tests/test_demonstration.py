"""Facts about the demonstration store: what it adds up to, and what happened to its returns."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest

from dataset.agencies import DUTIES, duties_for
from dataset.code_lists import ABUSE_TYPE, MSP_ACHIEVED, MSP_ASKED, REVIEW_THEME
from dataset.columns import sql_text
from dataset.demonstrating import DemonstrationExists, demonstrate, schedule, sendings
from dataset.demonstrating.allocating import DoesNotFit, label_sets
from dataset.ledger import Submission
from dataset.quarter import Quarter, quarters_between
from dataset.store import Reading, Store
from dataset.tables import RETURNS, return_named
from dataset.tables.section_42_enquiries import OUTCOMES_EXPRESSED

YOUNG = "age_band IN ('18-24', '25-29')"
EXPLOITATION = "(list_contains(risks, 'Criminal exploitation') OR list_contains(risks, 'Sexual exploitation'))"
PROGRESSED = "outcome = 'Progressed to Section 42 enquiry'"


@dataclass(frozen=True)
class Demonstration:
    reading: Reading

    def one(self, dataset: str, sql: str, year: int) -> int:
        """One number over a financial year's rows that count."""
        source = self.reading.source(return_named(dataset))
        return int(self.reading.rows(f"SELECT {sql} FROM {source} AND quarter // 4 = {year}")[0][0] or 0)

    def count(self, dataset: str, condition: str = "true", year: int = 2022) -> int:
        return self.one(dataset, f"sum(CASE WHEN {condition} THEN 1 ELSE 0 END)", year)

    def entries_of(self, name: schedule.Return) -> list[Submission]:
        return [e for e in self.reading.entries if (e.slot.agency, e.slot.dataset, e.slot.quarter) == name]


@pytest.fixture(scope="module")
def store(demonstration_path: Path) -> Iterator[Store]:
    opened = Store.open(demonstration_path)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def demo(store: Store) -> Demonstration:
    return Demonstration(store.reading())


def names(column: str, label: str) -> str:
    """SQL: the cell names the label, perhaps among others."""
    return f"list_contains({column}, {sql_text(label)})"


# MAARS


def test_maars_referrals_rise_from_54_to_72(demo: Demonstration) -> None:
    assert demo.count("maars_referrals", year=2021) == 54
    assert demo.count("maars_referrals") == 72


@pytest.mark.parametrize(
    ("risk", "referrals"),
    [
        ("Mental health", 57),
        ("Substance misuse", 43),
        ("Housing", 37),
        ("Self-neglect", 29),
        ("Criminal exploitation", 21),
    ],
)
def test_maars_risks_are_the_published_counts(demo: Demonstration, risk: str, referrals: int) -> None:
    assert demo.count("maars_referrals", names("risks", risk)) == referrals


def test_exploitation_of_either_kind_is_in_24_and_criminal_about_doubled_from_10(demo: Demonstration) -> None:
    assert demo.count("maars_referrals", EXPLOITATION) == 24
    assert demo.count("maars_referrals", names("risks", "Criminal exploitation"), 2021) == 10


def test_38_of_72_have_3_risks_or_more_and_none_has_no_risk(demo: Demonstration) -> None:
    assert demo.count("maars_referrals", "len(risks) >= 3") == 38
    assert demo.count("maars_referrals", "len(risks) = 0") == 0


def test_19_of_72_are_under_30_and_6_are_repeats(demo: Demonstration) -> None:
    assert demo.count("maars_referrals", YOUNG) == 19
    assert demo.count("maars_referrals", "repeat_referral = 'Yes'") == 6


@pytest.mark.parametrize(
    ("year", "all_of_them", "several", "self_neglect", "exploited", "repeats"),
    [(2023, 80, 38, 31, 22, 6), (2024, 87, 40, 29, 13, 6)],
)
def test_maars_in_the_years_of_the_plan(
    demo: Demonstration, year: int, all_of_them: int, several: int, self_neglect: int, exploited: int, repeats: int
) -> None:
    assert demo.count("maars_referrals", year=year) == all_of_them
    assert demo.count("maars_referrals", "len(risks) >= 3", year) == several
    assert demo.count("maars_referrals", names("risks", "Self-neglect"), year) == self_neglect
    assert demo.count("maars_referrals", EXPLOITATION, year) == exploited
    assert demo.count("maars_referrals", "repeat_referral = 'Yes'", year) == repeats


@pytest.mark.parametrize(("year", "housing", "young"), [(2022, 8, 19), (2023, 8, 22), (2024, 6, 23)])
def test_housing_of_young_adults(demo: Demonstration, year: int, housing: int, young: int) -> None:
    assert demo.count("maars_referrals", YOUNG, year) == young
    assert demo.count("maars_referrals", f"{YOUNG} AND {names('risks', 'Housing')}", year) == housing


def test_a_repeat_is_a_referral_of_an_adult_referred_in_the_12_months_before(demo: Demonstration) -> None:
    source = demo.reading.source(return_named("maars_referrals"))
    columns = "person_id, referred_on, age_band, repeat_referral"
    rows = demo.reading.rows(f"SELECT {columns} FROM {source} ORDER BY referred_on, repeat_referral")
    last: dict[str, tuple[date, str]] = {}
    for person, day, age_band, repeat in rows:
        recent = person in last and (day - last[person][0]).days < 365
        assert (repeat == "Yes") == recent
        assert not recent or last[person][1] == age_band
        last[person] = (day, age_band)


# Reviews


def test_10_rapid_reviews_of_12_children_2_of_them_reviewed_further(demo: Demonstration) -> None:
    assert demo.count("rapid_reviews") == 10
    assert demo.one("rapid_reviews", "sum(children_involved)", 2022) == 12
    assert demo.count("rapid_reviews", "decision = 'Local CSPR commissioned'") == 2


@pytest.mark.parametrize(
    ("year", "reviews", "cases"), [(2022, 10, (7, 6, 5, 3, 2, 1)), (2023, 9, (7, 3, 4)), (2024, 10, (6, 4, 3))]
)
def test_review_themes(demo: Demonstration, year: int, reviews: int, cases: tuple[int, ...]) -> None:
    found = [demo.count("rapid_reviews", names("themes", theme), year) for theme in REVIEW_THEME.values]
    assert tuple(found[: len(cases)]) == cases
    assert demo.count("rapid_reviews", year=year) == reviews


def test_most_reviews_keep_both_clocks_and_a_few_do_not(demo: Demonstration) -> None:
    assert demo.count("rapid_reviews", "days_to_notify > 5") == 1
    assert demo.count("rapid_reviews", "days_to_complete > 15") == 2


def test_sar_referrals_are_1_then_2_then_3_then_2(demo: Demonstration) -> None:
    assert [demo.count("sar_referrals", year=year) for year in (2021, 2022, 2023, 2024)] == [1, 2, 3, 2]
    assert demo.count("sar_referrals", "outcome = 'Did not meet criteria'", 2021) == 1
    assert demo.count("sar_referrals", "outcome = 'Other review commissioned'") == 2


# Concerns and enquiries


def test_outcomes_of_concerns(demo: Demonstration) -> None:
    outcomes = {
        "Progressed to Section 42 enquiry": 350,
        "No further action": 1504,
        "Information and advice": 82,
        "Existing care management": 406,
        "Other response": 8,
    }
    assert {o: demo.count("safeguarding_concerns", f"outcome = '{o}'") for o in outcomes} == outcomes
    assert demo.count("safeguarding_concerns") == 2350


def test_1010_concerns_come_from_care_homes(demo: Demonstration) -> None:
    assert demo.count("safeguarding_concerns", "source = 'Care home'") == 1010


@pytest.mark.parametrize(
    ("year", "concerns", "stopped"), [(2021, 2000, 1516), (2022, 2350, 2000), (2023, 2480, 1959), (2024, 2560, 1818)]
)
def test_concerns_that_did_not_progress(demo: Demonstration, year: int, concerns: int, stopped: int) -> None:
    assert demo.count("safeguarding_concerns", year=year) == concerns
    assert demo.count("safeguarding_concerns", f"NOT {PROGRESSED}", year) == stopped


def test_348_enquiries_with_the_published_answers(demo: Demonstration) -> None:
    found = [demo.count("section_42_enquiries", f"msp_asked = {sql_text(answer)}") for answer in MSP_ASKED.values]
    assert found == [188, 64, 55, 10, 31]
    assert demo.count("section_42_enquiries") == 348


@pytest.mark.parametrize(
    ("year", "enquiries", "asked"), [(2021, 335, 231), (2022, 348, 252), (2023, 364, 342), (2024, 384, 372)]
)
def test_adults_asked_what_they_wanted(demo: Demonstration, year: int, enquiries: int, asked: int) -> None:
    assert demo.count("section_42_enquiries", year=year) == enquiries
    assert demo.count("section_42_enquiries", "msp_asked LIKE 'Yes%'", year) == asked


def test_of_188_expressed_outcomes_5_have_no_answer(demo: Demonstration) -> None:
    expressed = f"msp_asked = {sql_text(OUTCOMES_EXPRESSED)}"
    found = [demo.count("section_42_enquiries", f"msp_achieved = '{word}'") for word in MSP_ACHIEVED.values]
    assert found == [109, 63, 11]
    assert demo.count("section_42_enquiries", f"{expressed} AND msp_achieved IS NULL") == 5


def test_551_types_of_abuse_in_348_enquiries(demo: Demonstration) -> None:
    found = [demo.count("section_42_enquiries", names("abuse_types", kind)) for kind in ABUSE_TYPE.values]
    assert found == [177, 20, 90, 38, 2, 18, 162, 13, 3, 2, 26]
    assert demo.one("section_42_enquiries", "sum(len(abuse_types))", 2022) == 551


def test_150_enquiries_are_about_care_homes(demo: Demonstration) -> None:
    assert demo.count("section_42_enquiries", "location IN ('Care Home - Nursing', 'Care Home - Residential')") == 150


def test_most_adults_are_women_and_the_commonest_age_is_85_to_94(demo: Demonstration) -> None:
    women, men = (demo.count("section_42_enquiries", f"sex = '{sex}'") for sex in ("Female", "Male"))
    assert women > men
    assert demo.one("section_42_enquiries", "mode(age_band) = '85-94'", 2022)
    assert demo.count("section_42_enquiries", "age_band = '18-24'") < 10


def test_48_enquiries_are_pennine_cares(demo: Demonstration) -> None:
    slots = demo.reading.returned("section_42_enquiries").items()
    assert sum(e.records for slot, e in slots if slot.agency == "PCFT" and slot.quarter.year == 2022) == 48


# Audits and the survey


@pytest.mark.parametrize(
    ("question", "year", "yes", "no"),
    [
        ("Key males recorded", 2021, 9, 7),
        ("Adult aware who is involved", 2021, 0, 0),
        ("Adult aware who is involved", 2022, 12, 8),
        ("Key males recorded", 2023, 19, 6),
    ],
)
def test_answers_of_audits(demo: Demonstration, question: str, year: int, yes: int, no: int) -> None:
    found = [demo.count("case_audits", f"question = '{question}' AND answer = '{a}'", year) for a in ("Yes", "No")]
    assert found == [yes, no]


def test_the_audit_of_key_males_was_in_july_2021(demo: Demonstration) -> None:
    assert demo.count("case_audits", "audited_on BETWEEN DATE '2021-07-01' AND DATE '2021-07-31'", 2021) == 16


def test_who_feels_safe(demo: Demonstration) -> None:
    source = demo.reading.source(return_named("survey_results"))
    sql = f"SELECT said_yes, answered, margin FROM {source} AND age_band = '18-64' ORDER BY quarter"
    assert demo.reading.rows(sql) == [(213, 300, 4.8), (216, 300, 4.8), (231, 310, 4.7), (231, 300, 4.6)]
    assert [demo.count("survey_results", year=year) for year in (2021, 2024, 2025)] == [3, 3, 0]


# The ledger


def test_it_says_that_it_is_a_demonstration(store: Store) -> None:
    assert store.is_demonstration


def test_every_sender_is_an_invented_role(demo: Demonstration) -> None:
    assert all(entry.sent_by.endswith("(invented)") for entry in demo.reading.entries)


def test_the_few_returns_that_are_due_and_missing_were_never_sent(demo: Demonstration) -> None:
    counting = {(slot.agency, slot.dataset, slot.quarter) for slot in demo.reading.counting}
    missing = [
        name
        for quarter in quarters_between(Quarter(2021, 1), Quarter(2026, 2))
        for duty in DUTIES
        if duty.owed_for(quarter) and duty.due_on(quarter) <= schedule.TODAY
        if (name := (duty.agency.code, duty.dataset, quarter)) not in counting
    ]
    assert len(missing) == 3 and set(missing) == schedule.NEVER_SENT
    assert {("GMP", "missing_episodes", Quarter(2024, 3)), ("PCFT", "section_42_enquiries", Quarter(2025, 3))} < set(
        missing
    )


def test_13_returns_are_late_and_three_of_them_in_2026_27(demo: Demonstration) -> None:
    late = {
        (entry.slot.agency, entry.slot.dataset, entry.slot.quarter)
        for entry in demo.reading.entries
        for duty in duties_for(entry.slot.dataset)
        if duty.agency.code == entry.slot.agency and entry.kind != "restatement"
        if entry.recorded_at.date() > duty.due_on(entry.slot.quarter)
    }
    assert late == set(schedule.LATE)
    assert len(late) == 13
    assert sum(quarter.year == 2026 for _, _, quarter in late) == 3


def test_the_restatement_adds_41_hospital_concerns_and_keeps_every_other_row(demo: Demonstration, store: Store) -> None:
    first, second = demo.entries_of(schedule.CONCERNS_AGAIN)
    before, after = (set(store.keeping.file(e.sha256).decode().splitlines()) for e in (first, second))
    assert (second.kind, second.replaces, second.records) == ("restatement", first.id, first.records + 41)
    assert second.recorded_at.date() == date(2024, 1, 17)
    assert before < after
    assert all(",Hospital," in line for line in after - before)


def test_four_returns_are_restated_and_no_other(demo: Demonstration) -> None:
    restated = [e.slot for e in demo.reading.entries if e.kind == "restatement"]
    assert {(slot.agency, slot.dataset, slot.quarter) for slot in restated} == set(schedule.RESTATED)
    assert len(restated) == 4


def test_one_audit_was_all_on_one_day_and_its_sender_said_why(demo: Demonstration) -> None:
    (entry,) = [e for e in demo.reading.entries if e.explanations and e.slot.dataset == "case_audits"]
    assert (entry.slot.agency, entry.slot.dataset, entry.slot.quarter) in schedule.EXPLAINED
    (one,) = entry.explanations
    assert (one.code, one.column) == ("DATES_ON_ONE_DAY", "audited_on")
    assert "in 20 of 20 rows (100%)" in one.message
    assert "one audit day (invented)" in one.reason


def test_one_file_was_refused_and_came_right_the_next_working_day(demo: Demonstration) -> None:
    refused, accepted = demo.entries_of(schedule.REFUSED_FIRST)
    assert [e for e in demo.reading.entries if e.status == "rejected"] == [refused]
    assert accepted.status == "accepted"
    assert refused.recorded_at == schedule.day_before(accepted.recorded_at)


def test_the_ledger_is_in_time_order_and_ends_before_today(demo: Demonstration) -> None:
    moments = [entry.recorded_at for entry in demo.reading.entries]
    assert moments == sorted(moments)
    assert moments[-1].date() <= schedule.TODAY
    assert all(9 <= moment.hour < 16 and moment.weekday() < 5 for moment in moments)


def test_before_the_restatement_the_year_was_41_concerns_shorter(store: Store) -> None:
    then = Demonstration(store.reading(datetime.fromisoformat("2024-01-16T00:00:00+00:00")))
    now = Demonstration(store.reading())
    quarter = f"quarter = {Quarter(2023, 2).id}"
    assert now.count("safeguarding_concerns", quarter, 2023) - then.count("safeguarding_concerns", quarter, 2023) == 41


# Making it


def test_every_run_makes_the_same_bytes(demo: Demonstration) -> None:
    sent = [hashlib.sha256(sending.raw or b"").hexdigest() for sending in sendings()]
    assert sent == [entry.sha256 for entry in demo.reading.entries]
    code = (
        "import hashlib; from dataset.demonstrating import sendings\n"
        "for s in sendings(): print(hashlib.sha256(s.raw or b'').hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": "1"},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.split() == sent


def test_it_is_not_made_over_anything(tmp_path: Path) -> None:
    path = tmp_path / "here.duckdb"
    path.touch()
    with pytest.raises(DemonstrationExists, match="Delete it, or choose another place"):
        demonstrate(path)
    assert path.stat().st_size == 0


def test_it_is_not_made_beside_what_another_store_kept(tmp_path: Path) -> None:
    (tmp_path / "gone.duckdb.kept").mkdir()
    with pytest.raises(DemonstrationExists, match=r"gone\.duckdb\.kept"):
        demonstrate(tmp_path / "gone.duckdb")


def test_totals_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(DoesNotFit):
        label_sets([1, 1], {"a": 2, "b": 1}, Random(1))  # noqa: S311


def test_every_return_was_sent_and_among_them_are_nil_late_missing_and_restated_ones(demo: Demonstration) -> None:
    entries = demo.reading.entries
    assert {entry.slot.dataset for entry in entries if entry.status == "accepted"} == {
        one.about.name for one in RETURNS
    }
    assert {"return", "nil", "restatement"} <= {entry.kind for entry in entries if entry.status == "accepted"}
    assert {name for _, name, _ in schedule.LATE} >= {"agency_counts", "section_42_enquiries"}
    assert schedule.NEVER_SENT
