"""`python -m safeguarding_metrics`: exit codes, sentences and the keys of their JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commands import Run, as_json

from dataset.store import Store
from safeguarding_metrics.__main__ import main as metrics_main

ROOT = Path(__file__).parents[1]
GOOD, BAD = (Path(__file__).with_name(name) for name in ("good_uploads", "bad_uploads"))
PLAIN, FAULTS = str(GOOD / "plain.csv"), str(BAD / "five_faults_at_once.csv")
TO = ["--return", "maars_referrals", "--quarter", "2023/24 Q1", "--agency", "MAARS"]
BY = ["--by", "Ann Example"]

OUTCOME_KEYS = {
    "id",
    "title",
    "indicator",
    "period",
    "quarters",
    "numerator",
    "denominator",
    "value",
    "unit",
    "milestone",
    "status",
    "evidence",
    "probability",
    "interval",
    "gap",
    "progress",
    "data_state",
    "missing",
    "baseline",
    "conflicts",
    "how_we_read",
    "sentence",
}


def metrics(run: Run, demonstration: Path, *arguments: str) -> Any:
    return as_json(run, *arguments, "--store", str(demonstration), main=metrics_main)


def outcomes(run: Run, demonstration: Path, quarter: str, *more: str) -> dict[str, Any]:
    body = metrics(run, demonstration, "progress", "--quarter", quarter, *more)
    return {outcome["id"]: outcome for outcome in body["outcomes"]}


def test_progress_in_json_has_these_keys(run: Run, demonstration_path: Path) -> None:
    body = metrics(run, demonstration_path, "progress", "--quarter", "2023/24 Q4")
    assert list(body) == ["plan", "quarter", "invented_data", "answer", "detail", "outcomes", "missing_returns"]
    assert (body["plan"], body["quarter"], body["invented_data"]) == ("2023-26", "2023/24 Q4", True)
    assert len(body["outcomes"]) == 28
    assert all(set(outcome) == OUTCOME_KEYS for outcome in body["outcomes"])


@pytest.mark.parametrize(
    ("id", "numerator", "denominator", "value"),
    [
        ("1.5", 6, 10, 0.6),
        ("1.6", 2, None, 2),
        ("3.1", 7, 10, 0.7),
        ("4.1", 5, 10, 0.5),
        ("5.1", 252, 348, 0.724138),
        ("5.3", 29, 72, 0.402778),
    ],
)
def test_the_year_before_the_plan_is_the_published_one(
    id: str, numerator: int, denominator: int | None, value: float, run: Run, demonstration_path: Path
) -> None:
    row = outcomes(run, demonstration_path, "2022/23 Q4")[id]
    assert (row["numerator"], row["denominator"], row["value"]) == (numerator, denominator, value)
    assert row["period"] == "2022/23"


def test_72_and_four_tenths_percent_were_asked_what_they_want(run: Run, demonstration_path: Path) -> None:
    assert "72.4% (252 of 348)" in outcomes(run, demonstration_path, "2022/23 Q4")["5.1"]["sentence"]


@pytest.mark.parametrize("quarter", ["2022/23 Q4", "2024/25 Q2"])
def test_conflicts_name_both_places_in_every_year(quarter: str, run: Run, demonstration_path: Path) -> None:
    rows = outcomes(run, demonstration_path, quarter)
    places = {
        id: [f["place"] for c in row["conflicts"] for f in c["figures"]] for id, row in rows.items() if row["conflicts"]
    }
    assert places == {
        "1.5": ["003:170", "004:506"],
        "2.4": ["003:217", "004:664"],
        "3.1": ["003:273", "004:500"],
        "5.1": ["003:332", "004:620"],
        "5.2": ["003:362", "004:608"],
        "5.3": ["003:328", "004:665"],
    }
    assert all(place in c["sentence"] for id, named in places.items() for c in rows[id]["conflicts"] for place in named)


@pytest.mark.parametrize("quarter", ["2025/26 Q1", "2025/26 Q4"])
def test_in_2025_26_no_outcome_has_a_milestone(quarter: str, run: Run, demonstration_path: Path) -> None:
    numeric = [row for row in outcomes(run, demonstration_path, quarter).values() if row["indicator"]]
    assert len(numeric) == 14
    assert {row["status"] for row in numeric} == {"no_milestone"}
    assert {row["milestone"] for row in numeric} == {None}


def test_awareness_in_audits_has_no_baseline_in_2023_24(run: Run, demonstration_path: Path) -> None:
    row = outcomes(run, demonstration_path, "2023/24 Q4")["1.4"]
    assert (row["status"], row["baseline"], row["milestone"]) == ("no_baseline", None, None)


def concerns_of_2023_24_q2(run: Run, demonstration: Path, *more: str) -> dict[str, Any]:
    quarters = metrics(run, demonstration, "measure", "concerns", *more)["quarters"]
    return next(one for one in quarters if one["quarter"] == "2023/24 Q2")


def test_before_the_restatement_concerns_are_those_first_reported(run: Run, demonstration_path: Path) -> None:
    now = concerns_of_2023_24_q2(run, demonstration_path)
    before = concerns_of_2023_24_q2(run, demonstration_path, "--as-at", "2024-01-16")
    assert (now["numerator"] - before["numerator"], now["restated"], before["restated"]) == (41, True, False)
    on_the_day = concerns_of_2023_24_q2(run, demonstration_path, "--as-at", "2024-01-17")
    assert on_the_day == now
    earlier_that_day = concerns_of_2023_24_q2(run, demonstration_path, "--as-at", "2024-01-17T09:00")
    assert earlier_that_day == before


def test_progress_too_is_as_it_was_reported(run: Run, demonstration_path: Path) -> None:
    quarter = "2023/24 Q2"
    now = outcomes(run, demonstration_path, quarter)["5.2"]
    before = outcomes(run, demonstration_path, quarter, "--as-at", "2024-01-16")["5.2"]
    assert now["denominator"] - before["denominator"] == 41


def test_a_measure_in_json_has_these_keys(run: Run, demonstration_path: Path) -> None:
    body = metrics(run, demonstration_path, "measure", "maars_self_neglect", "--by", "sex")
    assert list(body) == ["indicator", "title", "unit", "counts", "out_of", "quarters", "invented_data", "by", "parts"]
    keys = {"numerator", "denominator", "value", "words"}
    assert all(set(one) == keys | {"quarter", "missing", "restated"} for one in body["quarters"])
    assert all(set(part) == keys | {"part"} for part in body["parts"])
    assert len(body["by"]["quarters"]) == 4


def test_the_parts_of_a_breakdown_add_up_to_the_four_quarters(run: Run, demonstration_path: Path) -> None:
    body = metrics(run, demonstration_path, "measure", "maars_self_neglect", "--by", "age_band")
    for key in ("numerator", "denominator"):
        whole = sum(one[key] for one in body["quarters"] if one["quarter"] in body["by"]["quarters"])
        assert sum(part[key] for part in body["parts"]) == whole


@pytest.mark.parametrize("arguments", [["progress"], ["measure", "maars_self_neglect"]])
def test_a_demonstration_says_that_its_figures_are_invented(
    arguments: list[str], run: Run, demonstration_path: Path
) -> None:
    code, said, _ = run(*arguments, "--store", str(demonstration_path), main=metrics_main)
    assert code == 0
    assert "Invented data: this is a demonstration store." in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["progress", "--quarter", "2023 Q1"], "which do you mean?"),
        (["progress", "--as-at", "yesterday"], "is not a time. Write 2024-05-01"),
        (["measure", "maars_selfneglect"], "is not an indicator. Did you mean maars_self_neglect"),
        (["measure", "maars_self_neglect", "--by", "ward"], "cannot be broken down by “ward”. Possible: "),
    ],
)
def test_a_wrong_word_gets_a_sentence_and_exit_2(
    arguments: list[str], sentence: str, run: Run, demonstration_path: Path
) -> None:
    code, said, complaint = run(*arguments, "--store", str(demonstration_path), main=metrics_main)
    assert (code, said) == (2, "")
    assert sentence in complaint and complaint.count("\n") == 1


def test_a_wrong_setting_gets_a_sentence_and_exit_2(
    run: Run, demonstration_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFEGUARDING_GROWTH", "linear")
    code, _, complaint = run("progress", "--store", str(demonstration_path), main=metrics_main)
    assert (code, complaint) == (2, "SAFEGUARDING_GROWTH is “linear”. Write additive or compound.\n")


@pytest.mark.parametrize("arguments", [["progress"], ["measure", "concerns"]])
def test_without_a_store_there_is_nothing_to_judge(arguments: list[str], run: Run, tmp_path: Path) -> None:
    code, said, complaint = run(*arguments, main=metrics_main)
    assert (code, said) == (2, "")
    assert "There is no store at data/safeguarding.duckdb. Send a return first" in complaint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["progress"], ["measure", "concerns"]])
def test_before_the_first_return_there_is_nothing_to_show(
    arguments: list[str], run: Run, demonstration_path: Path
) -> None:
    code, said, _ = run(*arguments, "--as-at", "2020-01-01", "--store", str(demonstration_path), main=metrics_main)
    assert code == 1
    assert "%" not in said.splitlines()[0]


WORDS = ["--what-happened", "More were asked.", "--so-what", "More wishes are known.", "--now-what", "We go on."]


def commented(run: Run, store: Path, *more: str, agency: str = "SMBC-ASC") -> Any:
    where = ["--quarter", "2023/24 Q1", "--agency", agency, "--by", "Team manager", "--store", str(store)]
    return run("comment", "msp_asked", *where, *WORDS, *more, main=metrics_main)


def test_a_comment_is_stored_once_as_on_the_screen(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    Store.open(store).close()
    first, again = commented(run, store), commented(run, store)
    assert (first[0], again[0]) == (0, 0)
    assert "stored and shown with the figure" in first[1]
    assert "nothing has changed" in again[1]


def test_only_an_owner_comments(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    Store.open(store).close()
    code, said, _ = commented(run, store, agency="GMP")
    assert code == 1
    assert "does not own this figure" in said
