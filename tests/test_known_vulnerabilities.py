"""What is publicly known against the packages: the kept advisories judge, and pip-audit asks whoever can be asked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from packaging.version import Version
from pydantic import ValidationError

from supply.__main__ import main
from supply.advisories import KEPT, Advisory, Range, kept, known_against
from supply.asking import Answer, answer_for
from supply.auditing import ACCEPTED, Audit, audit
from supply.locked import LOCKS, locked
from supply.renewing import advisories_in, renewed, written

ADVISORIES = kept()
STREAMLIT = next(one for one in ADVISORIES if one.id == "PYSEC-2023-50")
UNDECIDED = STREAMLIT.model_copy(
    update={"id": "CVE-2030-1", "aliases": (), "ranges": (), "note": "no versions were read"}
)
HASH = "0" * 64
ALL_TOLD = Answer(asked=1, untold=(), found=())


def lock_of(folder: Path, **versions: str) -> Path:
    """A lock file of these packages; a name may be written with _ for -."""
    lines = (
        f"{name.replace('_', '-')}=={version} \\\n    --hash=sha256:{HASH}\n" for name, version in versions.items()
    )
    path = folder / "tried.lock"
    path.write_text("".join(lines), "utf-8")
    return path


def audited(lock: Path, answer: Answer | None = None, accepted: dict[str, str] | None = None) -> Audit:
    return audit(lock, ADVISORIES, lambda _: answer, accepted or {})


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_nothing_kept_is_known_against_what_is_locked(lock: Path) -> None:
    known = known_against(locked(lock), ADVISORIES)
    assert [(one.package, one.id) for one in known.found if one.id not in ACCEPTED] == []
    assert known.asked > 200, "the kept advisories are about these packages"


def test_the_last_lock_file_holds_what_the_others_hold() -> None:
    *others, last = (locked(lock) for lock in LOCKS)
    assert all(one.items() <= last.items() for one in others)


@pytest.mark.parametrize(
    ("version", "is_affected"),
    [("0.62.9", False), ("0.63.0", True), ("0.80.0", True), ("0.81.0rc1", True), ("0.81.0", False), ("1.67.0", False)],
)
def test_a_range_begins_with_its_first_version_and_ends_before_the_mended_one(version: str, is_affected: bool) -> None:
    assert STREAMLIT.ranges == (Range(introduced="0.63.0", fixed="0.81.0"),)
    assert STREAMLIT.affects(Version(version)) is is_affected


def test_a_range_may_end_with_a_version_that_is_affected_or_not_end_at_all() -> None:
    assert [Range(last_affected="1.7.2").holds(Version(one)) for one in ("1.7.2", "1.7.3")] == [True, False]
    assert Range(introduced="2").holds(Version("99"))
    assert Range(fixed="1").holds(Version("0.dev1")), "0 stands before every version"
    with pytest.raises(ValidationError, match="not at both"):
        Range(fixed="2", last_affected="1")


def test_a_version_named_by_itself_is_affected_however_it_is_written() -> None:
    one = STREAMLIT.model_copy(update={"ranges": (), "versions": ("1.0",)})
    assert [one.affects(Version(version)) for version in ("1.0.0", "1.0.1")] == [True, False]


def test_a_withdrawn_advisory_is_held_against_nobody() -> None:
    withdrawn = STREAMLIT.model_copy(update={"withdrawn": STREAMLIT.modified})
    assert not withdrawn.affects(Version("0.63.0"))


def test_a_kept_line_that_is_no_advisory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kept.jsonl").write_text('{"id": "CVE-2030-1", "package": "streamlit"}\n', "utf-8")
    with pytest.raises(ValidationError, match="read_in"):
        kept(tmp_path / "kept.jsonl")


def test_every_kept_advisory_says_where_it_was_read_and_stands_once() -> None:
    assert len({(one.package, one.id) for one in ADVISORIES}) == len(ADVISORIES) > 300
    assert [one.id for one in ADVISORIES if not re.match(r"\S{5,}", one.read_in)] == []
    assert [one.id for one in ADVISORIES if one.is_undecided and not one.note] == []
    assert written(ADVISORIES) == KEPT.read_text("utf-8")


def test_a_package_taken_back_to_a_version_with_a_known_fault_fails_and_is_named(tmp_path: Path) -> None:
    done = audited(lock_of(tmp_path, streamlit="0.70.0", starlette="0.40.0"))
    assert not done.passes
    assert any("KNOWN AGAINST IT: streamlit 0.70.0: PYSEC-2023-50, CVE-2023-27494" in one for one in done.sentences)
    assert any("KNOWN AGAINST IT: starlette 0.40.0" in one for one in done.sentences)


def test_what_nobody_has_said_the_versions_of_is_told_and_judges_nothing(tmp_path: Path) -> None:
    done = audit(lock_of(tmp_path, streamlit="1.67.0"), [UNDECIDED], lambda _: ALL_TOLD)
    assert done.passes
    assert "Not decided: streamlit, CVE-2030-1: no versions were read" in done.sentences


def test_what_was_accepted_passes_with_its_reason(tmp_path: Path) -> None:
    lock = lock_of(tmp_path, streamlit="0.63.0")
    every = {one.id: "only behind the gate" for one in known_against(locked(lock), ADVISORIES).found}
    done = audited(lock, accepted=every)
    assert done.passes
    assert sum("only behind the gate" in one for one in done.sentences) == len(every) > 1


def test_each_accepted_advisory_says_why_and_what_will_be_done() -> None:
    assert [name for name, why in ACCEPTED.items() if len(why.split()) < 10] == []


def test_that_nobody_could_be_asked_is_said_and_is_no_answer_where_one_is_wanted(tmp_path: Path) -> None:
    silent, told = (audited(lock_of(tmp_path, streamlit="1.67.0"), answer) for answer in (None, ALL_TOLD))
    assert (silent.passes, silent.was_asked) == (True, False)
    assert any("Nobody could be asked from here" in one for one in silent.sentences)
    assert (told.passes, told.was_asked) == (True, True)


def test_a_service_that_leaves_a_package_out_is_no_good_word_for_it(tmp_path: Path) -> None:
    done = audited(lock_of(tmp_path, streamlit="1.67.0"), Answer(asked=2, untold=("pillow",), found=()))
    assert not done.passes
    assert any("told of 1 of 2 packages, and not of pillow" in one for one in done.sentences)


class Service(BaseHTTPRequestHandler):
    """The Open Source Vulnerability service as pip-audit asks it, over the kept advisories."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name, version = asked["package"]["name"], Version(asked["version"])
        found = [as_published(one) for one in ADVISORIES if one.package == name and one.affects(version)]
        said = json.dumps({"vulns": found} if found else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: the test says what came of it."""


def as_published(one: Advisory) -> dict[str, Any]:
    events = [{key: value} for part in one.ranges for key, value in part.model_dump(exclude_none=True).items()]
    package = {"name": one.package, "ecosystem": "PyPI"}
    affected = [{"package": package, "ranges": [{"type": "ECOSYSTEM", "events": events}], "versions": one.versions}]
    days = {key: f"{day}T00:00:00Z" for key in ("published", "modified") if (day := getattr(one, key))}
    return {"id": one.id, "aliases": one.aliases, "affected": affected, "summary": "-", **days}


@contextmanager
def served() -> Iterator[list[str]]:
    """Options that make pip-audit ask the service on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield ["--vulnerability-service", "osv", "--osv-url", f"http://127.0.0.1:{server.server_port}/v1/query"]
        server.shutdown()


def test_pip_audit_finds_what_we_find_where_it_can_ask(tmp_path: Path) -> None:
    lock = lock_of(tmp_path, streamlit="0.70.0", pillow="9.0.0", jinja2="3.1.6", urllib3="2.8.0")
    ours = {one.id for one in known_against(locked(lock), ADVISORIES).found}
    with served() as service:
        answer = answer_for(lock, service=service)
    assert answer is not None
    assert (answer.asked, answer.told) == (4, 4)
    theirs = " ".join(answer.found)
    assert ours
    assert {one for one in ours if one in theirs} == ours
    assert "streamlit 0.70.0: PYSEC-2023-50" in theirs
    assert "jinja2" not in theirs


def test_pip_audit_that_reaches_nobody_is_no_answer(tmp_path: Path) -> None:
    closed = ["--vulnerability-service", "osv", "--osv-url", "http://127.0.0.1:9/v1/query"]
    assert answer_for(lock_of(tmp_path, streamlit="1.67.0"), service=closed) is None


def test_make_asks_it_every_time() -> None:
    text = (Path(__file__).parents[1] / "Makefile").read_text("utf-8")
    assert re.search(r"^test:.*\n(?:\t.*\n)*\t\$\(BIN\)/python -m supply\n", text, re.MULTILINE)


def test_the_kept_advisories_are_brought_up_to_date_from_a_folder_of_published_ones(tmp_path: Path) -> None:
    (tmp_path / "new.json").write_text(json.dumps(as_published(STREAMLIT) | {"id": "PYSEC-2030-1"}), "utf-8")
    (tmp_path / "known.json").write_text(json.dumps(as_published(STREAMLIT)), "utf-8")
    (tmp_path / "other.json").write_text(
        json.dumps(as_published(STREAMLIT.model_copy(update={"package": "x"}))), "utf-8"
    )
    found = tuple(advisories_in(tmp_path, {"streamlit"}))
    assert [(one.id, one.package, one.ranges) for one in found] == [
        ("PYSEC-2023-50", "streamlit", STREAMLIT.ranges),
        ("PYSEC-2030-1", "streamlit", STREAMLIT.ranges),
    ]
    after = renewed(ADVISORIES, found)
    assert len(after) == len(ADVISORIES) + 1


def test_an_advisory_kept_by_another_name_is_replaced_by_what_is_published() -> None:
    told = UNDECIDED.model_copy(update={"id": "GHSA-1", "aliases": (UNDECIDED.id,), "ranges": (Range(),)})
    assert set(renewed([STREAMLIT, UNDECIDED], [told])) == {STREAMLIT, told}


def test_the_command_writes_what_a_folder_tells_and_nothing_where_a_file_is_no_advisory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, folder = tmp_path / "kept.jsonl", tmp_path / "published"
    folder.mkdir()
    place.write_text(written([UNDECIDED]), "utf-8")
    (folder / "known.json").write_text(json.dumps(as_published(STREAMLIT)), "utf-8")
    assert main(["--renew", str(folder), "--kept", str(place)]) == 0
    assert {one.id for one in kept(place)} == {STREAMLIT.id, UNDECIDED.id}
    (folder / "list.json").write_text("[1]", "utf-8")
    assert main(["--renew", str(folder), "--kept", str(place)]) == 1
    said, complaint = capsys.readouterr()
    assert "Advisories kept before: 1; now: 2; new or changed: 1." in said
    assert "Nothing was changed." in complaint and "list.json is no advisory" in complaint
    assert len(kept(place)) == 2


def test_events_are_read_as_the_format_orders_them(tmp_path: Path) -> None:
    published = as_published(STREAMLIT)
    events = [{"introduced": "0"}, {"fixed": "1.1"}, {"introduced": "2"}, {"last_affected": "2.4"}, {"introduced": "3"}]
    published["affected"][0]["ranges"] = [
        {"type": "GIT", "events": [{"introduced": "0"}]},
        {"type": "ECOSYSTEM", "events": events},
    ]
    (tmp_path / "one.json").write_text(json.dumps(published), "utf-8")
    [found] = advisories_in(tmp_path, {"streamlit"})
    assert found.ranges == (Range(fixed="1.1"), Range(introduced="2", last_affected="2.4"), Range(introduced="3"))


def test_a_file_that_is_no_advisory_is_named(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("[1]", "utf-8")
    with pytest.raises(ValueError, match=r"list\.json is no advisory"):
        list(advisories_in(tmp_path, {"streamlit"}))


def test_the_command_says_what_it_found_and_insists_on_an_answer_where_it_is_told_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert [main([], lambda _: None), main(["--asked"], lambda _: None), main(["--asked"], lambda _: ALL_TOLD)] == [
        0,
        2,
        0,
    ]
    said = capsys.readouterr().out
    assert said.count("none of them affects a version in use") == 3
    assert said.count("Nobody could be asked") == 2
