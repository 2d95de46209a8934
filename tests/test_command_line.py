"""The two commands: exit codes, sentences and the keys of their JSON."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import Run, as_json

from dataset.__main__ import main as dataset_main
from dataset.tables import RETURNS
from safeguarding_metrics.__main__ import main as metrics_main

ROOT = Path(__file__).parents[1]
GOOD, BAD = (Path(__file__).with_name(name) for name in ("good_uploads", "bad_uploads"))
PLAIN, FAULTS = str(GOOD / "plain.csv"), str(BAD / "five_faults_at_once.csv")
TO = ["--return", "maars_referrals", "--quarter", "2023/24 Q1", "--agency", "MAARS"]
BY = ["--by", "Ann Example"]

FINDING_KEYS = {"severity", "code", "record", "column", "value", "expected", "message", "fix"}
SUBMISSION_KEYS = {
    "id",
    "area",
    "agency",
    "dataset",
    "quarter",
    "sha256",
    "file_name",
    "bytes",
    "records",
    "blank_records",
    "encoding",
    "explanations",
    "separator",
    "schema_version",
    "sent_by",
    "recorded_at",
    "status",
    "kind",
    "reason",
    "replaces",
}


# python -m dataset


@pytest.mark.parametrize("module", ["dataset", "safeguarding_metrics"])
def test_both_commands_start_from_the_root_of_the_repository(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"usage: python -m {module}" in done.stdout


@pytest.mark.parametrize("main", [dataset_main, metrics_main])
@pytest.mark.parametrize("arguments", [[], ["nothing"], ["check"], ["progress", "--nothing"], ["measure"]])
def test_wrong_use_prints_the_usage_and_exits_2(
    main: Callable[[list[str]], int], arguments: list[str], run: Run
) -> None:
    code, said, complaint = run(*arguments, main=main)
    assert (code, said) == (2, "")
    assert "usage: python -m" in complaint


@pytest.mark.parametrize("name", [table.about.name for table in RETURNS])
def test_template_example_and_guide_are_printed(name: str, run: Run) -> None:
    code, header, _ = run("template", name)
    assert code == 0 and header.count("\n") == 1 and not header.startswith("\ufeff")
    assert run("template", name, "--example", "2023/24 Q4")[1].startswith(header)
    assert all(f"\n{column} (" in run("template", name, "--guide")[1] for column in header.strip().split(","))


@pytest.mark.parametrize("table", RETURNS, ids=lambda table: table.about.name)
def test_an_example_that_is_printed_passes_the_check(table: Any, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "example.csv"
    file.write_bytes(run("template", table.about.name, "--example", "Q4 2023/24")[1].encode())
    to = ["--return", table.about.name, "--quarter", "2023/24 Q4", "--agency", "SMBC-ASC"]
    assert run("check", str(file), *to)[0] == 0


def test_a_template_piped_into_a_check_is_refused_for_having_no_rows(tmp_path: Path) -> None:
    template = subprocess.run(
        [sys.executable, "-m", "dataset", "template", "maars_referrals"], cwd=ROOT, capture_output=True, check=True
    )
    (tmp_path / "template.csv").write_bytes(template.stdout)
    command = [sys.executable, "-m", "dataset", "check", str(tmp_path / "template.csv"), *TO]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "send a nil return instead" in done.stdout


def test_a_check_says_how_many_rows_it_read_and_stores_nothing(run: Run, tmp_path: Path) -> None:
    code, said, complaint = run("check", PLAIN, *TO)
    assert (code, complaint) == (0, "")
    assert said.startswith("accepted: 3 rows read\n") and "that needs the store: --store PATH" in said
    assert list(tmp_path.iterdir()) == []


def test_one_row_is_one_row(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("".join((GOOD / "plain.csv").read_text().splitlines(keepends=True)[:2]))
    assert run("check", "one.csv", *TO)[1].startswith("accepted: 1 row read\n")
    assert ", 1 row, sent by Ann Example" in run("load", "one.csv", *TO, *BY)[1]
    assert "entry 1, 1 row, on " in run("load", PLAIN, *TO, *BY)[1]


def many(tmp_path: Path, rows: int = 40) -> str:
    """A return for the next quarter with so many more rows that it is asked about."""
    header, row = (GOOD / "plain.csv").read_text().splitlines()[:2]
    lines = [row.replace("MR-0001", f"MS-{n}").replace("/04/2023", f"/0{7 + n % 3}/2023") for n in range(rows)]
    (tmp_path / "many.csv").write_text("\n".join([header, *lines]))
    return "many.csv"


LATER = [*TO[:3], "2023/24 Q2", *TO[4:]]


def test_a_check_with_the_store_asks_what_a_load_asks_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("load", PLAIN, *TO, *BY, "--store", "s.duckdb")
    file, before = many(tmp_path), as_json(run, "returns", "--store", "s.duckdb")
    code, said, _ = run("check", file, *LATER, "--store", "s.duckdb")
    assert code == 1 and said.startswith("queried: 40 rows read\n")
    assert "--explain 'ROWS_UNUSUAL=…'" in said
    body = as_json(run, "check", file, *LATER, "--store", "s.duckdb")
    assert (body["decision"], body["queries_asked"]) == ("queried", True)
    assert [f["code"] for f in body["findings"]] == ["ROWS_UNUSUAL"]
    assert as_json(run, "returns", "--store", "s.duckdb") == before


def test_a_check_with_the_store_sees_the_same_file_elsewhere(run: Run) -> None:
    run("load", PLAIN, *TO, *BY, "--store", "s.duckdb")
    code, said, _ = run("check", PLAIN, *TO[:5], "SMBC-ASC", "--store", "s.duckdb")
    assert code == 1 and "The same file was received for MAARS, 2023/24 Q1" in said


def test_a_check_with_a_store_that_is_not_there_makes_none(run: Run, tmp_path: Path) -> None:
    code, said, complaint = run("check", PLAIN, *TO, "--store", "nowhere.duckdb")
    assert (code, said) == (2, "") and "There is no store nowhere.duckdb" in complaint
    assert list(tmp_path.iterdir()) == []


def test_the_way_to_give_a_reason_is_told_until_the_reason_is_given(run: Run, tmp_path: Path) -> None:
    run("load", PLAIN, *TO, *BY)
    file = many(tmp_path)
    assert "To give a reason: --explain 'ROWS_UNUSUAL=…'" in run("load", file, *LATER, *BY)[1]
    code, said, _ = run("load", file, *LATER, *BY, "--explain", "ROWS_UNUSUAL=Two teams merged")
    assert code == 0 and "- query: " in said
    assert "To give a reason" not in said


def test_a_check_in_json_has_these_keys(run: Run) -> None:
    body = as_json(run, "check", FAULTS, *TO)
    assert list(body) == ["decision", "records", "queries_asked", "findings"]
    assert (body["decision"], body["records"]) == ("rejected", 4)
    assert all(set(finding) == FINDING_KEYS for finding in body["findings"])
    assert [(f["code"], f["record"], f["column"]) for f in body["findings"]] == [
        ("COLUMN_MISSING", 1, "sex"),
        ("RAGGED_ROWS", 5, "age_band"),
        ("DATE_OUTSIDE_QUARTER", 3, "referred_on"),
        ("UNKNOWN_CODE", 4, "age_band"),
        ("DUPLICATE_KEY", 6, "referral_id"),
    ]


def test_findings_are_printed_with_place_and_fix_and_exit_1(run: Run) -> None:
    code, said, _ = run("check", FAULTS, *TO)
    assert code == 1
    assert "- error: Row 3, column referred_on: “01/07/2023” is not in 2023/24 Q1." in said
    assert "send it in the return for 2023/24 Q2" in said


def test_findings_that_say_the_same_are_printed_once_with_their_number(run: Run, tmp_path: Path) -> None:
    lines = (GOOD / "plain.csv").read_text().replace("Female", "F").replace("Male", "F").splitlines()
    (tmp_path / "many.csv").write_text("\n".join(lines))
    said = run("check", str(tmp_path / "many.csv"), *TO)[1]
    assert said.count("“F”") == 1
    assert "(and 1 more like it)" in said


@pytest.mark.parametrize(
    ("place", "word", "sentence"),
    [
        (1, "maars_referals", "is not a return. Did you mean “maars_referrals”?"),
        (3, "2023 Q1", "which do you mean?"),
        (3, "soon", "is not a financial quarter. Write for example"),
        (5, "NOBODY", "is not an agency of the register. Write one of: SMBC-ASC"),
    ],
)
@pytest.mark.parametrize("command", [["check", PLAIN], ["load", PLAIN, *BY], ["nil", *BY, "--reason", "none"]])
def test_a_wrong_return_quarter_or_agency_gets_a_sentence_and_exit_2(
    command: list[str], place: int, word: str, sentence: str, run: Run, tmp_path: Path
) -> None:
    to = [*TO[:place], word, *TO[place + 1 :]]
    code, said, complaint = run(*command, *to)
    assert (code, said) == (2, "")
    assert sentence in complaint and complaint.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["template", "maars"], ["template", "maars_referrals", "--example", "2023 Q1"]])
def test_a_template_of_nothing_known_exits_2(arguments: list[str], run: Run) -> None:
    code, said, complaint = run(*arguments)
    assert (code, said) == (2, "")
    assert "Write" in complaint


@pytest.mark.parametrize("file", ["nowhere.csv", "."])
def test_a_file_that_cannot_be_read_gets_a_sentence_and_exit_2(file: str, run: Run) -> None:
    code, _, complaint = run("check", file, *TO)
    assert code == 2
    assert f"The file {file} cannot be read" in complaint


def test_a_return_for_the_wrong_quarter_of_a_yearly_survey_fails_the_check_as_it_would_the_sending(run: Run) -> None:
    to = ["--return", "survey_results", "--quarter", "2023/24 Q1", "--agency", "SMBC-ASC"]
    Path("survey.csv").write_text(run("template", "survey_results", "--example", "2023/24 Q4")[1], newline="")
    body = as_json(run, "check", "survey.csv", *to)
    assert (body["decision"], [f["code"] for f in body["findings"]]) == ("rejected", ["YEARLY_RETURN"])


def test_a_load_is_listed_by_returns(run: Run) -> None:
    body = as_json(run, "load", PLAIN, *TO, *BY, "--store", "s.duckdb")
    assert list(body) == ["decision", "submission", "findings"]
    assert (body["decision"], body["findings"]) == ("accepted", [])
    listed = as_json(run, "returns", "--store", "s.duckdb")
    assert listed == [body["submission"]]
    assert set(listed[0]) == SUBMISSION_KEYS
    assert (listed[0]["quarter"], listed[0]["records"], listed[0]["file_name"]) == ("2023/24 Q1", 3, "plain.csv")


def test_a_receipt_names_entry_rows_sender_and_hash(run: Run) -> None:
    code, said, _ = run("load", PLAIN, *TO, *BY)
    assert code == 0
    assert said.startswith(
        "Accepted and stored. Entry 1: maars_referrals of MAARS for 2023/24 Q1, 3 rows, sent by Ann Example"
    )
    assert "sha256 " in said
    assert run("load", PLAIN, *TO, *BY)[:2] == (
        0,
        said.replace("Accepted and stored", "Already received; nothing changed"),
    )


def test_a_load_that_is_refused_exits_1_and_stores_nothing(run: Run) -> None:
    code, said, _ = run("load", FAULTS, *TO, *BY)
    assert code == 1 and said.startswith("Refused; nothing was stored.")
    assert [entry["status"] for entry in as_json(run, "returns")] == ["rejected"]


def test_a_second_file_for_a_slot_needs_a_reason(run: Run) -> None:
    run("load", PLAIN, *TO, *BY)
    other = str(GOOD / "first_and_last_day.csv")
    code, said, _ = run("load", other, *TO, *BY)
    assert code == 1 and "give a reason and send it as a restatement" in said
    body = as_json(run, "load", other, *TO, *BY, "--reason", "two dates were wrong")
    assert (body["submission"]["kind"], body["submission"]["replaces"]) == ("restatement", 1)


def test_a_nil_return_needs_a_reason_and_is_listed(run: Run) -> None:
    assert run("nil", *TO, *BY)[0] == 2
    body = as_json(run, "nil", *TO, *BY, "--reason", "none were referred")
    assert (body["decision"], body["submission"]["kind"], body["submission"]["records"]) == ("accepted", "nil", 0)
    code, said, _ = run("returns")
    assert code == 0 and "2023/24 Q1  MAARS     maars_referrals" in said and "nil" in said


def test_where_nothing_was_sent_returns_says_so_and_makes_no_store(run: Run, tmp_path: Path) -> None:
    assert run("returns") == (1, "Nothing has been sent yet.\n", "")
    assert run("returns", "--json") == (1, "[]\n", "")
    assert list(tmp_path.iterdir()) == []


def test_the_store_may_be_named_by_the_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFEGUARDING_STORE", str(tmp_path / "named.duckdb"))
    assert run("load", PLAIN, *TO, *BY)[0] == 0
    assert (tmp_path / "named.duckdb").exists()
    assert run("returns", "--store", "other.duckdb")[0] == 1


@pytest.mark.parametrize("command", [["returns"], ["load", PLAIN, *TO, *BY], ["rebuild"]])
def test_a_file_that_is_no_store_gets_a_sentence_and_exit_1(command: list[str], run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.duckdb").write_bytes(b"garbage" * 999)
    code, said, complaint = run(*command, "--store", "s.duckdb")
    assert (code, said) == (1, "")
    assert complaint.count("\n") == 1 and "rror" not in complaint


def test_a_damaged_store_is_rebuilt_by_the_command_it_names(run: Run, tmp_path: Path) -> None:
    run("load", PLAIN, *TO, *BY, "--store", "s.duckdb")
    before = as_json(run, "returns", "--store", "s.duckdb")
    (tmp_path / "s.duckdb").write_bytes(b"garbage" * 999)
    assert "python -m dataset rebuild --store s.duckdb" in run("returns", "--store", "s.duckdb")[2]
    assert run("rebuild", "--store", "s.duckdb")[:2] == (
        0,
        "1 entries were restored. The damaged store is kept as s.duckdb.damaged.\n",
    )
    assert as_json(run, "returns", "--store", "s.duckdb") == before


def test_a_demonstration_is_not_made_over_another_store(run: Run, demonstration_path: Path) -> None:
    before = demonstration_path.stat().st_mtime_ns
    code, _, complaint = run("demonstrate", "--to", str(demonstration_path))
    assert code == 2 and "is there already" in complaint
    assert demonstration_path.stat().st_mtime_ns == before


@pytest.mark.parametrize("arguments", [["template", "maars_referrals"], ["template", "maars_referrals", "--guide"]])
def test_a_reader_that_goes_away_is_no_error(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        [sys.executable, "-m", "dataset", *arguments],
        cwd=ROOT, env=environment, stdout=writing, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_without_our_characters_gets_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert dataset_main(["template", "maars_referrals", "--guide"]) == 0
    assert b"Male ? Female ? Not Known" in raw.getvalue()
