"""What the intake asks about: each query at its threshold, and what becomes of the reason."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from dataset.agencies import MAARS, POLICE, STOCKPORT
from dataset.checking import Checked
from dataset.checking.findings import Finding
from dataset.columns import example_row
from dataset.intake import Answer, send, send_nil
from dataset.ledger import Explanation, Slot
from dataset.plausibility import FIX, explained, queries, query_key
from dataset.quarter import Quarter
from dataset.rebuilding import rebuild
from dataset.receipts import receipt_text
from dataset.store import Store
from dataset.tables import RETURNS
from dataset.tables.agency_counts import AgencyCount
from dataset.tables.case_audits import CaseAudit
from dataset.tables.maars_referrals import MaarsReferral
from dataset.templates import example_csv
from safeguarding_metrics.indicators import all_indicators
from safeguarding_metrics.measuring import measure
from safeguarding_metrics.tracing import as_csv

Q1 = Quarter(2023, 1)
SLOT = Slot(STOCKPORT.code, MAARS.code, "maars_referrals", Q1)
SHARE = {"SHARE_UNKNOWN:age_band": "the referrers' form has no age"}
MARKUP = "<b>so</b> ![x](y) '); DROP TABLE explanation; --"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.duckdb"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store.open(path)
    yield store
    store.close()


def file(rows: int, quarter: Quarter = Q1, *, unknown: int = 0, one_day: int = 1, stem: str = "") -> bytes:
    """Ordinary referrals; of `unknown` the age is not known, and `one_day` of them came on the first day."""
    columns = MaarsReferral.columns()
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns))
    writer.writeheader()
    for n in range(rows):
        day = quarter.start if n < one_day else quarter.start + timedelta(1 + n % 80)
        cells = {"referral_id": f"{stem or quarter.id}-{n}", "referred_on": f"{day:%d/%m/%Y}"}
        cells |= {"age_band": "Not Known"} if n < unknown else {}
        writer.writerow(example_row(columns, quarter, 1) | cells)
    return text.getvalue().encode()


def sent(
    store: Store, raw: bytes, slot: Slot = SLOT, reasons: Mapping[str, str] | None = None, reason: str = ""
) -> Answer:
    return send(store, slot, raw, sent_by="Ann", file_name="r.csv", reason=reason, reasons=reasons)


def before(store: Store, *rows: int) -> Slot:
    """The quarters before, with so many rows each (0: a nil return); the slot of the quarter after them."""
    for place, number in enumerate(rows):
        slot = replace(SLOT, quarter=Q1.plus(place))
        if number:
            assert sent(store, file(number, slot.quarter), slot, {"ROWS_UNUSUAL": "made so"}).accepted
        else:
            assert send_nil(store, slot, sent_by="Ann", reason="none").accepted
    return replace(SLOT, quarter=Q1.plus(len(rows)))


def asked(answer: Answer) -> list[str]:
    return [query_key(finding) for finding in answer.findings if finding.severity == "query"]


# Rules


@pytest.mark.parametrize(
    ("earlier", "rows", "is_asked"),
    [
        ((), 500, False),
        ((20,), 59, False),
        ((20,), 60, True),
        ((14,), 43, False),  # thrice, but only 29 apart
        ((15,), 45, True),
        ((90,), 31, False),
        ((90,), 30, True),
        ((44,), 14, True),
        ((43,), 14, False),
        ((0,), 29, False),
        ((0,), 30, True),
        ((900, 20, 20, 20, 20), 60, True),  # a fifth return back no longer weighs
        ((900, 20, 20, 20), 60, True),
        ((900, 20, 20, 20), 200, False),
    ],
)
def test_three_times_as_many_rows_as_usual_or_a_third_is_asked_about(
    earlier: tuple[int, ...], rows: int, is_asked: bool, store: Store
) -> None:
    slot = before(store, *earlier)
    assert asked(sent(store, file(rows, slot.quarter), slot)) == (["ROWS_UNUSUAL"] if is_asked else [])


def test_the_rows_are_compared_with_the_agencys_own_and_with_earlier_ones_only(store: Store) -> None:
    other = replace(SLOT, agency=POLICE.code)
    assert sent(store, file(400, stem="P"), other).accepted
    later = replace(SLOT, quarter=Q1.plus(1))
    assert sent(store, file(20, later.quarter), later).accepted
    assert asked(sent(store, file(90))) == []


def test_a_query_names_the_figures_it_compares(store: Store) -> None:
    slot = before(store, 20, 30)
    (query,) = (f for f in sent(store, file(90, slot.quarter), slot).findings if f.severity == "query")
    assert "90 rows" in query.message and "25 on average (20 in 2023/24 Q1, 30 in 2023/24 Q2)" in query.message
    assert query.expected == "fewer than 3 times and more than a third of the rows before"
    assert (query.fix, query.blocks, query.column) == (FIX, False, None)


@pytest.mark.parametrize(
    ("rows", "unknown", "is_asked"), [(19, 19, False), (20, 9, False), (20, 10, True), (21, 10, False), (21, 11, True)]
)
def test_a_column_unknown_in_half_of_20_rows_is_asked_about(
    rows: int, unknown: int, is_asked: bool, store: Store
) -> None:
    answer = sent(store, file(rows, unknown=unknown))
    assert asked(answer) == (["SHARE_UNKNOWN:age_band"] if is_asked else [])
    if is_asked:
        assert f"age_band is “Not Known” in {unknown} of {rows} rows" in answer.findings[0].message


def test_the_column_is_named_as_the_sender_wrote_it(store: Store) -> None:
    raw = file(20, unknown=20).replace(b"age_band", b"Age Band", 1)
    assert asked(sent(store, raw)) == ["SHARE_UNKNOWN:Age Band"]


@pytest.mark.parametrize(
    ("rows", "one_day", "is_asked"), [(19, 19, False), (20, 17, False), (20, 18, True), (30, 26, False), (30, 27, True)]
)
def test_nine_in_ten_of_20_rows_on_one_day_are_asked_about(
    rows: int, one_day: int, is_asked: bool, store: Store
) -> None:
    answer = sent(store, file(rows, one_day=one_day))
    assert asked(answer) == (["DATES_ON_ONE_DAY:referred_on"] if is_asked else [])
    if is_asked:
        assert f"referred_on is 01/04/2023 in {one_day} of {rows} rows" in answer.findings[0].message


def test_references_of_another_quarter_are_asked_about_with_the_first_three(store: Store) -> None:
    assert sent(store, file(5, stem="MR")).accepted
    slot = replace(SLOT, quarter=Q1.plus(1))
    answer = sent(store, file(9, slot.quarter, stem="MR"), slot)
    assert asked(answer) == ["KEYS_SEEN_BEFORE:referral_id"]
    (query,) = answer.findings
    assert "5 of 9 rows (56%)" in query.message and "(2023/24 Q1)" in query.message
    assert query.value == "MR-0 (2023/24 Q1), MR-1 (2023/24 Q1), MR-2 (2023/24 Q1)"
    assert "MR-0" not in query.message, "the message is shown with the figure; references are the sender's"


def test_a_reference_is_asked_about_whichever_quarter_came_first(store: Store) -> None:
    slot = replace(SLOT, quarter=Q1.plus(1))
    assert sent(store, file(1, slot.quarter, stem="MR"), slot).accepted
    assert asked(sent(store, file(3, stem="MR"))) == ["KEYS_SEEN_BEFORE:referral_id"]


def test_references_are_not_compared_with_another_agency_nor_with_what_the_file_replaces(store: Store) -> None:
    assert sent(store, file(5, stem="MR")).accepted
    assert sent(store, file(6, stem="MR"), replace(SLOT, agency=POLICE.code)).accepted
    assert sent(store, file(7, stem="MR"), reason="two more").accepted


def test_references_that_no_longer_count_are_not_asked_about(store: Store) -> None:
    assert sent(store, file(5, stem="MR")).accepted
    assert sent(store, file(5), reason="they were the next quarter's").accepted
    slot = replace(SLOT, quarter=Q1.plus(1))
    assert asked(sent(store, file(5, slot.quarter, stem="MR"), slot)) == []


def test_a_key_of_several_columns_is_seen_again_only_as_a_whole(store: Store) -> None:
    slot = replace(SLOT, dataset="case_audits")
    later = replace(slot, quarter=Q1.plus(1))
    head = ",".join(CaseAudit.columns())
    row = "A-1,C-1,{:%d/%m/%Y},{},Yes"
    males, aware = "Key males recorded", "Adult aware who is involved"
    assert sent(store, f"{head}\n{row.format(Q1.start, males)}\n".encode(), slot).accepted
    both = [row.format(later.quarter.start, question) for question in (aware, males)]
    (query,) = sent(store, "\n".join([head, *both]).encode(), later).findings
    assert query_key(query) == "KEYS_SEEN_BEFORE:audit_id + case_id + question"
    assert query.value == "A-1 + C-1 + Key males recorded (2023/24 Q1)"


def test_a_yearly_return_without_dates_may_have_the_same_keys_every_year(store: Store) -> None:
    for year, answered in ((2022, "300"), (2023, "301")):
        slot = replace(SLOT, dataset="survey_results", quarter=Quarter(year, 4))
        raw = f"survey,question,age_band,said_yes,answered,margin\nASCOF,Feel safe,18-64,213,{answered},4.8\n"
        assert asked(sent(store, raw.encode(), slot)) == []


@pytest.mark.parametrize("table", RETURNS, ids=lambda table: table.about.name)
def test_nothing_is_asked_about_the_ordinary_example_in_two_years(table: type[MaarsReferral], store: Store) -> None:
    for year, rows in ((2022, 30), (2023, 24)):
        slot = replace(SLOT, dataset=table.about.name, quarter=Quarter(year, 4))
        answer = sent(store, example_csv(table, slot.quarter, rows).encode(), slot)
        # An example of the counts holds one measure, and every agency owes more.
        expected = ["MEASURES_MISSING", "MEASURES_OF_OTHERS"] if table is AgencyCount else []
        assert [key.partition(":")[0] for key in asked(answer)] == expected


def test_nothing_is_asked_about_a_file_that_is_refused_anyway(store: Store) -> None:
    raw = file(20, unknown=20, one_day=20).replace(b"Female", b"female").replace(b"Male", b"boy", 1)
    answer = sent(store, raw)
    assert answer.result == "rejected" and asked(answer) == []
    with duckdb.connect() as nothing_staged:
        assert queries(store.reading(), SLOT, MaarsReferral, Checked(()), nothing_staged) == ()


# Reasons


@pytest.mark.parametrize("given", [None, {}, {"SHARE_UNKNOWN": "no column"}, {"SHARE_UNKNOWN:age_band": " \n\t"}])
def test_without_a_reason_nothing_is_stored_and_the_refusal_is_entered(
    given: dict[str, str] | None, store: Store
) -> None:
    answer = sent(store, file(20, unknown=20), reasons=given)
    assert (answer.result, answer.accepted, asked(answer)) == ("rejected", False, ["SHARE_UNKNOWN:age_band"])
    assert (answer.entry.status, answer.entry.explanations) == ("rejected", ())
    assert store.entries() == (answer.entry,) and store.reading().counting == {}
    assert not store.keeping.has_file(answer.entry.sha256)


def test_every_query_needs_its_own_reason(store: Store) -> None:
    raw = file(20, unknown=20, one_day=20)
    assert asked(sent(store, raw, reasons=SHARE)) == ["SHARE_UNKNOWN:age_band", "DATES_ON_ONE_DAY:referred_on"]
    assert sent(store, raw, reasons=SHARE | {"DATES_ON_ONE_DAY:referred_on": "an open day"}).accepted
    assert [one.code for one in store.entries()[-1].explanations] == ["DATES_ON_ONE_DAY", "SHARE_UNKNOWN"]


def test_a_reason_is_kept_with_the_query_it_answers(store: Store) -> None:
    answer = sent(store, file(20, unknown=20), reasons={"SHARE_UNKNOWN:age_band": f" {MARKUP}\nand\udc80 "})
    assert (answer.result, asked(answer)) == ("accepted", ["SHARE_UNKNOWN:age_band"])
    message = "age_band is “Not Known” in 20 of 20 rows (100%)."
    kept = Explanation("SHARE_UNKNOWN", "age_band", message, f"{MARKUP} and?")
    assert answer.entry.explanations == (kept,)
    assert store.entries() == (answer.entry,)
    assert list(store.keeping.entries()) == [answer.entry.as_entry()]


def test_a_reason_nobody_asked_for_is_not_kept(store: Store) -> None:
    assert sent(store, file(20), reasons=SHARE).entry.explanations == ()


def test_a_reason_is_asked_for_again_when_the_return_is_restated(store: Store) -> None:
    assert sent(store, file(20, unknown=20), reasons=SHARE).accepted
    assert asked(sent(store, file(21, unknown=20), reason="one more")) == ["SHARE_UNKNOWN:age_band"]
    assert sent(store, file(21), reason="ages found").entry.explanations == ()


def test_the_receipt_repeats_what_was_asked_and_answered(store: Store) -> None:
    entry = sent(store, file(20, unknown=20), reasons=SHARE).entry
    text = receipt_text(entry, store_version=1, invented=False)
    assert "in 20 of 20 rows (100%)" in text and SHARE["SHARE_UNKNOWN:age_band"] in text


def test_a_store_made_again_keeps_the_reasons(path: Path) -> None:
    store = Store.open(path)
    sent(store, file(20, unknown=20))
    sent(store, file(20, unknown=20), reasons=SHARE)
    entries = store.entries()
    store.close()
    path.unlink()
    assert rebuild(path) == (2, None)
    store = Store.open(path)
    assert store.entries() == entries and store.entries()[1].explanations
    store.close()


def test_a_store_and_a_ledger_from_before_there_were_queries_are_read(path: Path) -> None:
    store = Store.open(path)
    entry = sent(store, file(20)).entry
    store.close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP TABLE explanation")
    (kept,) = path.with_name("store.duckdb.kept").glob("ledger/*.json")
    kept.write_text(json.dumps({k: v for k, v in json.loads(kept.read_text()).items() if k != "explanations"}))
    for _ in ("brought up to date", "made again"):
        store = Store.open(path)
        assert store.entries() == (entry,)
        store.close()
        rebuild(path)


def test_an_explained_quarter_says_so_in_the_table_to_take_away(store: Store) -> None:
    assert sent(store, file(20, unknown=20), reasons=SHARE).accepted
    slot = replace(SLOT, quarter=Q1.plus(1))
    assert sent(store, file(21, slot.quarter), slot).accepted
    indicator = next(one for one in all_indicators() if one.table is MaarsReferral)
    series = measure(store.reading(), [indicator])[indicator.id]
    rows = list(csv.DictReader(io.StringIO(as_csv(series, slot.quarter, invented=False))))
    assert [row["data"] for row in rows] == ["", "explained"]


@pytest.mark.parametrize(("column", "key"), [(None, "CODE"), ("", "CODE"), ("sex", "CODE:sex")])
def test_a_reason_is_given_under_the_code_and_the_column(column: str | None, key: str) -> None:
    query = Finding("query", "CODE", "What?", column=column)
    assert query_key(query) == key
    assert explained([query], {key: "so"}) == (Explanation("CODE", column or "", "What?", "so"),)
